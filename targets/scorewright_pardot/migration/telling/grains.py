"""Points that only the version before gave: what brings a category to a value is planned for what it can hold now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_pardot.migration.telling.ground import WHEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model, Score
    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["grains"]


def grains(ground: Ground) -> Iterator[Note]:
    """Scores that somebody holds between the numbers that this version can bring about: less than one grain stays."""
    before = ground.since.model
    if before is None:
        return
    was, now = (_grains(ground, model) for model in (before, ground.request.model))
    for key, grain in now.items():
        score = ground.request.model.scores[key]
        if was.get(key, 0) % grain and _is_brought_to_a_value(ground.request.model, score):
            near = grain - 1
            bounds = (Bound(f"score {name}", -near, near, WHEN) for name in ground.reached(key))
            yield ground.note(
                "planned-for-what-is-given-now",
                Result.BOUNDED,
                score.name,
                bound=f"up to {near} points more or less for who holds points that this version does not give",
                bounds=tuple(bound for bound in dict.fromkeys(bounds) if bound.gauge in ground.at),
                facts=("category-only-adjusts",),
            )


def _grains(ground: Ground, model: Model) -> dict[str, int]:
    """For each score in a category what divides all that it is moved by."""
    from dataclasses import replace

    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.scores import Homes

    cx = Context(replace(ground.request, model=model))
    homes = Homes(cx.model, cx.options, cx.facts)
    return {key: homes.grain(key) for key, home in homes.of.items() if home.kind == "category"}


def _is_brought_to_a_value(model: Model, score: Score) -> bool:
    """Whether a decay, a reset or a bound of its own takes a score to a number."""
    resets = any(
        isinstance(action, Reset) and action.score == score.key
        for threshold in model.thresholds.values()
        for action in threshold.then
    )
    decays = any(decay.score == score.key for decay in model.decay.values())
    return resets or decays or score.floor is not None or score.ceiling is not None
