"""Points that only the version before gave: a category comes to a value in steps, planned for what it can hold now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_pardot.migration.telling.decays import most
from scorewright_pardot.migration.telling.ground import WHEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model, Score
    from scorewright.plugin.notes import Note
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.scores import Homes
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["grains", "narrowed"]


def grains(ground: Ground) -> Iterator[Note]:
    """Scores that somebody holds between the numbers that this version can bring about: less than one grain stays."""
    before = ground.since.model
    if before is None:
        return
    was, now = (
        {key: homes.grain(key) for key, home in homes.of.items() if home.kind == "category"}
        for _, homes in (_homes(ground, model) for model in (before, ground.request.model))
    )
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


def narrowed(ground: Ground) -> Iterator[Note]:
    """Categories that are held within less than before: whoever is outside comes in step by step, and decays wait for it."""
    before = ground.since.model
    if before is None:
        return
    (cx, homes), (_, now) = (_homes(ground, model) for model in (before, ground.request.model))
    for key, home in now.of.items():
        score, old = ground.request.model.scores[key], before.scores.get(key)
        if home.kind != "category" or old is None or homes.of[key].kind != "category":
            continue
        top, sure = homes.top(cx, key)
        bottom = old.floor.value if old.floor is not None else min(0, homes.reach(key)[0])
        over = 0 if score.ceiling is None else max(0, top - score.ceiling.value)
        under = 0 if score.floor is None else max(0, score.floor.value - bottom)
        if not (over or under):
            continue
        taken = sum(
            most(ground, item.name) for item in ground.request.model.decay.values() if item.score == key
        )
        low, high = -under, over + taken
        bounds = [
            bound
            for name in ground.reached(key)
            for bound in (
                Bound(f"score {name}", low, high, WHEN),
                *(() if sure or not over else (Bound(f"score {name}", 0, None, "above-range"),)),
            )
        ]
        yield ground.note(
            "held-within-less",
            Result.BOUNDED,
            score.name,
            bound=f"{low:+d} to {high:+d} points while whoever was outside comes in, and until their next silence",
            bounds=tuple(bound for bound in dict.fromkeys(bounds) if bound.gauge in ground.at),
            facts=("category-only-adjusts",),
        )


def _homes(ground: Ground, model: Model) -> tuple[Context, Homes]:
    """Where the scores of a model stand."""
    from dataclasses import replace

    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.scores import Homes

    cx = Context(replace(ground.request, model=model))
    return cx, Homes(cx.model, cx.options, cx.facts)


def _is_brought_to_a_value(model: Model, score: Score) -> bool:
    """Whether a decay, a reset or a bound of its own takes a score to a number."""
    resets = any(
        isinstance(action, Reset) and action.score == score.key
        for threshold in model.thresholds.values()
        for action in threshold.then
    )
    decays = any(decay.score == score.key for decay in model.decay.values())
    return resets or decays or score.floor is not None or score.ceiling is not None
