"""When a model may change without a reason, and which changes of a diff come without one outside that time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from scorewright.diff.values import Change
    from scorewright.model.elements import Model

__all__ = ["Window", "window_of"]


class Window(NamedTuple):
    """The days (``MM-DD``, both included) between which the model changes, and what is excepted in words.

    ``outside``: today is none of them.  ``unreasoned`` are then the changes of what people earn or of an agreement whose
    element gives no new reason (``why``).
    """

    first: str
    last: str
    excepted: str
    outside: bool
    unreasoned: tuple[str, ...]


def window_of(model: Model, changes: Iterable[Change], today: date) -> Window | None:
    """The model's change window as of a day; ``None`` where the model has none."""
    window = model.header.change_window
    if window is None:
        return None
    first, last, excepted = window
    outside = not _inside(first, last, today)
    found = (".".join(filter(None, each.name)) for each in changes if outside and _asks(each))
    return Window(first, last, excepted, outside, tuple(found))


def _inside(first: str, last: str, today: date) -> bool:
    day = f"{today:%m-%d}"
    return first <= day <= last if first <= last else day >= first or day <= last


def _asks(change: Change) -> bool:
    """Whether a change asks for a reason and has none: an element that changed says another ``why``, a new one any."""
    if change.gravity not in {"agreement", "behaviour"}:
        return False
    said = any(part.what == "reason" and part.after for part in change.parts)
    return not (said or (change.kind == "added" and change.why))
