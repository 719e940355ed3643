"""The situation of a threshold that may see, for a while, what a reset then hides: another score moves beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.verify.lives.turning import scores_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Model
    from scorewright.verify.lives.sights import View
    from scorewright.verify.lives.turning import Turn

__all__ = ["reset_beside"]


def reset_beside(view: View, _: Sequence[Turn]) -> Iterator[str]:
    """A threshold each time that a score which it asks for is reset, at the moment that another one is moved."""
    resets = _resets(view.model)
    acted: dict[int, set[str]] = {}
    moved: dict[int, set[str]] = {}
    for change in view.timeline.changes:
        acted.setdefault(change.at, set()).update(resets.get(change.element, ()))
        if change.kind in {"score", "holds"} and change.reason not in {"reset", "clamped"}:
            moved.setdefault(change.at, set()).add(change.name)
    for key, asked in scores_of(view.model).items():
        for at, scores in acted.items():
            beside = moved.get(at, set())
            if any(beside - {score} for score in scores & asked):
                yield key


def _resets(model: Model) -> dict[str, set[str]]:
    """The scores that each element resets; one that changes nothing is a reset too, but nothing tells of it."""
    tables = (model.rules, model.thresholds, model.decay)
    return {
        element.name: found
        for table in tables
        for element in table.values()
        if (found := {action.score for action in element.then if isinstance(action, act.Reset)})
    }
