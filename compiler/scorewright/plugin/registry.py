"""Where targets come from: a static map for the built-in ones, entry points for the others."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from scorewright.plugin.target import Target

__all__ = ["BUILTIN", "GROUP", "UnknownTargetError", "WrongApiError", "builtin_names", "load", "others"]

GROUP = "scorewright.targets"
"""The entry-point group that a plugin declares itself in."""

BUILTIN = {
    "pardot": "scorewright_pardot:TARGET",
    "marketo": "scorewright_marketo:TARGET",
}
"""The targets that ship with Scorewright; a test holds this equal to the declared entry points."""


class UnknownTargetError(LookupError):
    """No installed plugin has this name."""


class WrongApiError(RuntimeError):
    """The plugin was written for another version of the contract."""


def builtin_names() -> tuple[str, ...]:
    """The names of the targets that ship with Scorewright."""
    return tuple(BUILTIN)


def others() -> tuple[str, ...]:
    """The names of the targets that other distributions have declared, sorted.  Imports none of them."""
    from importlib.metadata import entry_points

    return tuple(sorted({point.name for point in entry_points(group=GROUP)} - set(BUILTIN)))


def load(name: str) -> Target:
    """Import one target by name.

    Raises ``UnknownTargetError`` when no plugin has the name and ``WrongApiError`` when its contract is another.
    """
    target = _import(BUILTIN[name]) if name in BUILTIN else _from_entry_point(name)
    from scorewright.plugin.target import API_VERSION

    if target.api_version[0] != API_VERSION[0]:
        wanted, found = (".".join(map(str, version)) for version in (API_VERSION, target.api_version))
        message = (
            f"the target {name!r} was written for version {found} of the plugin contract; this is {wanted}"
        )
        raise WrongApiError(message)
    return target


def _import(reference: str) -> Target:
    module, _, attribute = reference.partition(":")
    return cast("Target", getattr(import_module(module), attribute))


def _from_entry_point(name: str) -> Target:
    from importlib.metadata import entry_points

    for point in entry_points(group=GROUP):
        if point.name == name:
            return cast("Target", point.load())
    raise UnknownTargetError(name)
