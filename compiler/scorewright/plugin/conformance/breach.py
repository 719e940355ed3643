"""What the kit finds: a promise that was broken, where, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Breach", "PromiseBrokenError", "hold"]

_SHOWN = 8
"""Breaches of one promise that are shown before they are counted."""


class Breach(NamedTuple):
    """One case of a broken promise: in which spec or table, what is wrong, and what to do about it."""

    where: str
    wrong: str
    do: str


class PromiseBrokenError(AssertionError):
    """A plugin breaks one of the contract's promises."""


def hold(promise: str, breaches: Iterable[Breach]) -> None:
    """Raise ``PromiseBrokenError`` when there is any breach, with the promise, the places and what to do."""
    __tracebackhide__ = True
    found = tuple(dict.fromkeys(breaches))
    if found:
        raise PromiseBrokenError(_words(promise, found))


def _words(promise: str, found: tuple[Breach, ...]) -> str:
    groups: dict[str, list[Breach]] = {}
    for breach in found:
        groups.setdefault(breach.do, []).append(breach)
    lines = [f"The target breaks a promise: {promise}"]
    for do, breaches in groups.items():
        lines.extend(f"  {breach.where}: {breach.wrong}" for breach in breaches[:_SHOWN])
        if len(breaches) > _SHOWN:
            lines.append(f"  … and {len(breaches) - _SHOWN} more like these")
        lines.append(f"    What to do: {do}")
    return "\n".join(lines)
