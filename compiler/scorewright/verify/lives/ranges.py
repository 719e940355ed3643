"""Situations of size: scores above what a target plans for, and numbers that are large altogether."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import Reset
from scorewright.verify.lives.asked import conditions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model, Score
    from scorewright.verify.lives.sights import View

__all__ = ["above_range", "highest", "large", "planned"]

_LARGE = 1_000
"""Where the situation `large` begins, as its words say."""
_LEAST_COMPARED, _AT_LEAST = 25, 50
"""What a score counts as compared with where nothing asks for it; and the least that is planned for."""


def above_range(view: View) -> bool:
    """A score that decays or is reset, and has no ceiling, rises above the range that is planned for it."""
    model = view.model
    down = {decay.score for decay in model.decay.values()} | set(_reset(model))
    most = {key: planned(model, model.scores[key]) for key in down if model.scores[key].ceiling is None}
    return any(sight.scores[key] > top for sight in view.sights for key, top in most.items())


def _reset(model: Model) -> Iterator[str]:
    for table in (model.rules, model.decay, model.thresholds):
        for element in table.values():
            yield from (action.score for action in element.then if isinstance(action, Reset))


def highest(model: Model, score: Score) -> int:
    """The greatest value that a score has, or is planned for."""
    return planned(model, score) if score.ceiling is None else score.ceiling.value


def planned(model: Model, score: Score) -> int:
    """The smallest range in any target's table; without one, twice the greatest number that the score meets."""
    named = []
    for table in model.options.values():
        ranges = table.get("range")
        if isinstance(ranges, Mapping):
            found = ranges.get(score.key, ranges.get(score.id))
            named += [found] if isinstance(found, int) else []
    if named:
        return min(named)
    greatest = max((abs(number) for number in _compared(model, score.key)), default=_LEAST_COMPARED)
    return max(2 * greatest, _AT_LEAST)


def _compared(model: Model, key: str) -> Iterator[int]:
    """The numbers that a score is compared with."""
    bounds = [
        item.bounds for item in conditions(model) if isinstance(item, con.ScoreTest) and item.score == key
    ]
    for decay in model.decay.values():
        if decay.score == key and decay.stop_at is not None:
            yield decay.stop_at.value
    for both in bounds:
        yield from (bound.number.value for bound in (both.lower, both.upper) if bound is not None)
    for band in model.bands.values():
        if band.score == key:
            yield from (case.lower.number.value for case in band.cases if case.lower is not None)


def large(view: View) -> bool:
    """The sizes of all scores, together with the largest of the number fields, pass 1,000."""
    numbers = [key for key, item in view.model.fields.items() if item.type == "number"]
    return any(
        sum(map(abs, sight.scores.values()))
        + max((_size(sight.fields.get(key)) for key in numbers), default=0)
        > _LARGE
        for sight in view.sights
    )


def _size(value: object) -> int:
    return abs(value) if isinstance(value, int) and not isinstance(value, bool) else 0
