"""Who assigns, where several elements could at one moment: whoever has an owner keeps them, and rules come in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model.elements import Decay, Rule, Threshold
from scorewright.model.together import Together
from scorewright.plugin.emulation import Bound, done_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Element
    from scorewright_pardot.lower.context import Context

__all__ = ["say_rivals"]


def say_rivals(cx: Context, action: act.Assign, element: Element) -> None:
    """Say of an element that assigns which others may come before it."""
    names = dict.fromkeys(_called(other, element) for other in _rivals(cx, element))
    if names:
        text = f"one assignment each time that nobody owns the person, which {' or '.join(names)} makes"
        bound = Bound(f"done {done_key(action.path, element.product)}", None, None, "two-assign")
        cx.bounded("who-assigns", text, "order-is-not-promised", bounds=(bound,))


def _called(other: Element, element: Element) -> str:
    return f"“{other.title}”" if other.name != element.name else f"that for {other.product}"


def _rivals(cx: Context, element: Element) -> Iterator[Element]:
    tables = (cx.model.thresholds, cx.model.rules, cx.model.decay)
    together = Together(cx.model)
    for table in tables:
        for other in table.values():
            if (
                other is not element
                and any(isinstance(action, act.Assign) for action in other.then)
                and _at_once(together, element, other)
            ):
                yield other


def _at_once(together: Together, one: Element, other: Element) -> bool:
    """Whether both may assign at one moment: silence does so at no event, and two rules by events of one kind."""
    if isinstance(one, Decay) or isinstance(other, Decay):
        return isinstance(one, Decay) and isinstance(other, Decay)
    if isinstance(one, Threshold) and isinstance(other, Threshold):
        return not together.exclude(one, other)
    if isinstance(one, Rule) and isinstance(other, Rule):
        return bool({event.verb for event in one.on} & {event.verb for event in other.on})
    return True
