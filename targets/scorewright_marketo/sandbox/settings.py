"""What can be set of the sandbox, with ``--set KEY=VALUE``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Settings", "read_settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The instance's limits and the choices where Adobe's pages leave two.

    ``rate`` calls in 20 seconds and ``quota`` calls a day are answered; ``lifetime`` is that of an access token in
    seconds, and ``token`` what tokens begin with.  ``browse_below``: browsing a program shows what stands in its local
    folders too; nobody documents whether it does.
    """

    rate: int = 100
    quota: int = 50_000
    lifetime: int = 3600
    token: str = ""
    browse_below: bool = False


def read_settings(given: Mapping[str, Any]) -> Settings:
    """Read them.  Raises ``ValueError`` for one that there is not, or of another type."""
    known = {each.name: type(getattr(Settings(), each.name)) for each in fields(Settings)}
    for key, value in given.items():
        if key not in known:
            raise ValueError(f"there is no setting {key!r}; there are {', '.join(known)}")
        if type(value) is not known[key] or (known[key] is int and value < 0):
            raise ValueError(f"{key} takes {_KINDS[known[key]]}, not {value!r}")
    return Settings(**given)


_KINDS = {int: "a whole number", str: "a text", bool: "true or false"}
