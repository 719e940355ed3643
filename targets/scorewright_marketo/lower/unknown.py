"""Events that do not tell what is asked of them: a constraint takes an empty number for 0, an empty answer for no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.conditions import Is, Range
from scorewright_marketo.lower.bounds import by_event

if TYPE_CHECKING:
    from scorewright.model.conditions import Test
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder

__all__ = ["say_unknown"]


def say_unknown(b: Builder, event: Event) -> None:
    """One note for an event whose properties are asked for what an empty one may count as.

    No other constraint on the same property can ask whether it is known.
    """
    _say_untold(b, event)
    names = [name for name, test in event.where if name != "bot" and _lets_empty_in(test)]
    key = ("empty properties", b.element.name if b.element is not None else "", b.product, event)
    if not names or key in b.memo:
        return
    b.memo[key] = True
    b.bounded(
        "empty-property-counts",
        f"Without {' and '.join(names)} an event may count as one with 0, or with no: nothing asks whether it is known.",
        "every event of which that is unknown counts, too; ask for at least 1, or have the other system always send it",
        "empty-scores",
        path=(*event.path, "where"),
        bounds=by_event(b, event),
    )


def _say_untold(b: Builder, event: Event) -> None:
    """Every activity says yes or no to Is Bot Activity, so one of which nobody knows it is a person's."""
    asked = any(name == "bot" and _lets_empty_in(test) for name, test in event.where)
    key = ("untold bots", b.element.name if b.element is not None else "", b.product, event)
    if not asked or key in b.memo:
        return
    b.memo[key] = True
    b.bounded(
        "untold-is-a-person",
        "Is Bot Activity says yes or no of every activity: what nobody has told apart counts as a person's.",
        "every such event of which nobody knows whether a bot did it counts, too; leave `bot` out if it should",
        "bot-constraint",
        path=(*event.path, "where"),
        bounds=by_event(b, event, "whose-untold"),
    )


def _lets_empty_in(test: Test) -> bool:
    if isinstance(test, Is):
        return 0 in test.values  # false, too
    if not isinstance(test, Range):
        return False
    least, most = test.bounds.least, test.bounds.most
    return (least is None or least <= 0) and (most is None or most >= 0)
