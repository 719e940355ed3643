"""The situation of a threshold that may see, for a while, what goes on beside its scores: others move, and it does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import actions as act
from scorewright.verify.lives.turning import scores_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Model
    from scorewright.verify.lives.sights import View
    from scorewright.verify.lives.turning import Turn

__all__ = ["moved_beside"]


class _Move(NamedTuple):
    """A score goes up or down."""

    score: str
    up: bool


def moved_beside(view: View, _: Sequence[Turn]) -> Iterator[str]:
    """A threshold each time that at one moment scores beside its own go up and down, or move while one of its own is reset."""
    resets, created = _resets(view.model), view.life.person.created
    reset: dict[int, set[str]] = {}
    moved: dict[int, set[_Move]] = {created: {*_begun(view.model)}}
    for change in view.timeline.changes:
        reset.setdefault(change.at, set()).update(resets.get(change.element, ()))
        if change.kind in {"score", "holds"} and change.reason not in {"reset", "clamped"}:
            before, after = (
                value if isinstance(value, int) else 0 for value in (change.before, change.after)
            )
            moved.setdefault(change.at, set()).add(_Move(change.name, after > before))
    for key, asked in scores_of(view.model).items():
        for at, moves in moved.items():
            beside = {move for move in moves if move.score not in asked}
            ways = {move.up for move in beside}
            for score in reset.get(at, set()) & asked:
                ways |= {True, False} if any(move.score != score for move in moves) else set()
            if len(ways) > 1:
                yield key


def _begun(model: Model) -> Iterator[_Move]:
    """What everybody begins with."""
    for score in model.scores.values():
        if score.start is not None and score.start.value:
            yield _Move(score.key, score.start.value > 0)


def _resets(model: Model) -> dict[str, set[str]]:
    """The scores that each element resets; one that changes nothing is a reset too, but nothing tells of it."""
    tables = (model.rules, model.thresholds, model.decay)
    return {
        element.name: found
        for table in tables
        for element in table.values()
        if (found := {action.score for action in element.then if isinstance(action, act.Reset)})
    }
