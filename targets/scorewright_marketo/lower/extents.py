"""How far a score goes: its greatest and its least value, and by how much a bound can be passed before it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright_marketo.lower.bounds import by_scores
from scorewright_marketo.lower.points import awarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Score
    from scorewright_marketo.lower.context import Builder

__all__ = ["bottom_of", "largest", "overshoot", "top_of"]


def largest(b: Builder) -> int:
    """The largest score that steps reach."""
    return b.options.largest_score or 1000


def top_of(b: Builder, score: Score) -> int | None:
    """The greatest value that a score can have, where the model says."""
    if score.ceiling is not None:
        return score.ceiling.value
    return sum(max(0, n) for n in _standing(b, score.key)) if score.kind == "fit" else None


def bottom_of(b: Builder, score: Score) -> int | None:
    """The least value that a score can have, where the model says; without a floor 0, where nothing takes it lower."""
    if score.floor is not None:
        return score.floor.value
    model = b.model
    chains = [item.then for table in (model.rules, model.thresholds) for item in table.values()]
    resets = [
        item for chain in chains for item in chain if isinstance(item, Reset) and item.score == score.key
    ]
    sets = [step.set_to for decay in model.decay.values() if decay.score == score.key for step in decay.steps]
    given = [n for rule in model.rules.values() for name, n in rule.points if score.key in awarded(b, name)]
    numbers = [*given, *(item.to for item in resets), *filter(None, (*sets, score.start))]
    lowest = [number.value for number in numbers] + [*_standing(b, score.key)]
    return 0 if min(lowest, default=0) >= 0 else None


def _standing(b: Builder, key: str) -> Iterator[int]:
    """The greatest and least points of everything that stands in a score, one pair for each."""
    for rule in b.model.rules.values():
        if not rule.on:
            yield from (number.value for name, number in rule.points if key in awarded(b, name))
    for tier in b.model.tiers.values():
        if key in awarded(b, tier.score):
            values = [case.points.value for case in tier.cases] + [
                tier.otherwise.value,
                tier.unknown.value if tier.unknown else 0,
            ]
            yield from (max(values), min(values))
    for item in b.model.inputs.values():
        if key in awarded(b, item.score):
            yield item.at_most.value if item.at_most is not None else largest(b)
            yield item.at_least.value if item.at_least is not None else -largest(b)


def _steps(b: Builder, key: str) -> Iterator[int]:
    """Every amount that can be added to a score at once."""
    for rule in b.model.rules.values():
        yield from (abs(number.value) for name, number in rule.points if key in awarded(b, name))
    yield from map(abs, _standing(b, key))


def overshoot(b: Builder, score: Score, *, up: bool) -> int:
    """By how much a clamp can be passed before it is held again."""
    if score.kind == "engagement":
        return max(_steps(b, score.key), default=0)
    if score.kind == "fit":
        total = sum(abs(n) for n in _standing(b, score.key) if (n > 0) is up)
        bound = score.ceiling if up else score.floor
        return max(0, total - (bound.value if up else -bound.value) if bound is not None else total)
    parts = [*((key, 100) for key in score.sum_of), *score.percent_of]
    tops = [(top_of(b, b.model.scores[key]), percent) for key, percent in parts]
    if all(top is not None for top, _ in tops) or b.options.largest_score is not None:
        return sum(-(-(top if top is not None else largest(b)) * percent // 100) for top, percent in tops)
    b.bounded(
        "largest-score",
        f"What “{score.title}” would have above its bound is remembered.",
        f"more than {largest(b)} points above it are forgotten; write the largest score under [targets.marketo] largest_score",
        bounds=by_scores(b, ((score.key, None, None),), "large", fed=False),
    )
    return largest(b)
