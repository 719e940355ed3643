"""Whether more than one element had somebody to assign: only then does it matter which of them comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Assign

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Rule, Threshold
    from scorewright.verify.lives.sights import View

__all__ = ["two_assign"]


def two_assign(view: View) -> bool:
    """Whether two elements that assign have come up, the copies of two products being two.

    What assigns nobody because there is an owner leaves no trace of it: so a threshold counts when it fires, a rule
    when one of its events happens, and a decay when it takes a step.
    """
    model = view.model
    return (
        sum(_fired(view, item) for item in model.thresholds.values() if _assigns(item))
        + sum(_heard(view, item) for item in model.rules.values() if _assigns(item))
        + sum(_stepped(view, item) for item in model.decay.values() if _assigns(item))
        > 1
    )


def _assigns(item: Rule | Threshold | Decay) -> bool:
    return any(isinstance(action, Assign) for action in item.then)


def _fired(view: View, item: Threshold) -> bool:
    return any(change.kind == "fired" and change.name == item.key for change in view.timeline.changes)


def _heard(view: View, item: Rule) -> bool:
    ask = view.ready.ask
    return any(ask.is_about(happening, event) for happening in view.happenings for event in item.on)


def _stepped(view: View, item: Decay) -> bool:
    return any(change.path[:2] == item.path[:2] for change in view.timeline.changes)
