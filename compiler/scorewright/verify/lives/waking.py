"""The situation of a threshold that wakes somebody whom a decay has marked, by what platforms do not count as activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.verify.lives.life import DAY
from scorewright.verify.lives.quietness import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Model, Threshold
    from scorewright.verify.lives.sights import View
    from scorewright.verify.lives.turning import Turn

__all__ = ["woken_unseen"]

_NEAR = 2 * DAY
"""Platforms look at days, and some of them early."""


def woken_unseen(view: View, _: Sequence[Turn]) -> Iterator[str]:
    """A threshold each time that it takes off a decay's mark from somebody whom the platform still holds for silent."""
    usual = [item.at for item in view.happenings if item.verb in USUAL]
    for key, threshold in view.model.thresholds.items():
        first = _first_step(view.model, threshold)
        if first is None:
            continue
        span = max(0, first - _NEAR)
        for change in view.timeline.changes:
            woken = change.kind == "fired" and change.name == key
            if woken and not any(change.at - span <= at <= change.at for at in usual):
                yield f"thresholds.{key}"


def _first_step(model: Model, threshold: Threshold) -> int | None:
    """The shortest silence after which a decay puts a mark that a threshold asks for which takes one of these off, in seconds."""
    members = threshold.when.members if isinstance(threshold.when, con.All) else (threshold.when,)
    asked = {item.mark for item in members if isinstance(item, con.HasMark)}
    taken = {action.mark for action in threshold.then if isinstance(action, act.TakeMark)}
    marks = asked if asked & taken else set[str]()
    return min(
        (
            step.after.seconds
            for decay in model.decay.values()
            if any(isinstance(action, act.PutMark) and action.mark in marks for action in decay.then)
            for step in decay.steps
        ),
        default=None,
    )
