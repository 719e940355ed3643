"""Yes/no fields as something that changes: a boolean has no empty state, so a first no is no change on Marketo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.conditions import FieldTest, Is
from scorewright_marketo.lower.asking import conjuncts
from scorewright_marketo.lower.bounds import by_actions, by_awards, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Rule, Threshold
    from scorewright.model.events import Event
    from scorewright.plugin.emulation import Bound
    from scorewright_marketo.lower.context import Builder

__all__ = ["say_noes"]

_FACT = "empty-boolean-is-false"


def say_noes(b: Builder, element: Rule | Threshold, on: Iterable[Event]) -> None:
    """What hears of a change hears of no first no, and of none that is taken back; who asks for a yes misses nothing."""
    watched = {key for event in on if event.verb == "changes" for key in event.objects}
    asked = (
        conjuncts(element.when) if element.when is not None and getattr(element, "wait", None) is None else ()
    )
    yes = {part.field for part in asked if isinstance(part, FieldTest) and part.test == Is((True,))}
    yes = set() if element.path[0] == "thresholds" else yes  # what raises a hand does so whatever the scores
    booleans = sorted(key for key in watched - yes if b.model.fields[key].type == "yes_no")
    if booleans and b.fact(_FACT):
        labels = " and ".join(b.field_label(key) for key in booleans)
        b.bounded(
            "first-no-unseen",
            f"{labels}: a boolean, which has no empty state, so that a first no changes nothing.",
            "what a no gives that follows no answer, or no answer a no; make it a text field with Yes and No to hear of it",
            _FACT,
            bounds=joined(_missed(b, element, 1, "any"), _missed(b, element, None, "unanswered")),
        )


def _missed(b: Builder, element: Rule | Threshold, few: int | None, when: str) -> tuple[Bound, ...]:
    """What is limited comes later instead, so it may be one too many by then."""
    many = few if element.limit is not None else 0
    if element.path[0] == "rules":
        return by_awards(b, element, few=few, many=many, when=when)  # type: ignore[arg-type]
    return by_actions(b, element, element.then, few=few, many=many, when=when)
