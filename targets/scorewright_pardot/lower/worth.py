"""What gives points to each score and how many, and which numbers it is compared with: read off the model once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model import conditions as con

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Input, Model

__all__ = ["MOST_BANDS", "is_wide", "reach", "scores_read", "sources", "worths"]


MOST_BANDS = 40
"""An input is lowered band by band up to so many values, each two rules; beyond that no edition has rules enough."""


def is_wide(item: Input) -> bool:
    """Whether an input has more numbers of points than rules are built for."""
    low, high = item.at_least, item.at_most
    return low is None or high is None or high.value - low.value > MOST_BANDS


def reach(model: Model, key: str) -> tuple[int, int]:
    """The least and the greatest sum that facts, tiers and inputs can give to a score (what feeds it included)."""
    low = high = 0
    for worth in worths(model, key, standing=True):
        low += min(0, *worth)
        high += max(0, *worth)
    return low, high


def worths(model: Model, key: str, *, standing: bool = False) -> Iterator[tuple[int, ...]]:
    """For each thing that gives points to a score, directly or by feeding it: the numbers it can give.

    With ``standing`` only what is taken back when it no longer holds, not what is given for good.
    """
    feeders = {key}
    while more := {name for name, score in model.scores.items() if score.feeds in feeders} - feeders:
        feeders |= more
    for rule in model.rules.values():
        numbers = tuple(number.value for name, number in rule.points if name in feeders)
        if numbers and not (standing and rule.on):
            yield (sum(numbers),)
    for tier in model.tiers.values():
        if tier.score in feeders:
            unknown = 0 if tier.unknown is None else tier.unknown.value
            yield (*(case.points.value for case in tier.cases), tier.otherwise.value, unknown)
    for item in model.inputs.values():
        if item.score in feeders:
            bounds = (item.at_least, item.at_most)
            yield (
                1,
                *(
                    bound.value if bound is not None else sign * 2**31
                    for bound, sign in zip(bounds, (-1, 1), strict=True)
                ),
            )
    if model.scores[key].start is not None and not standing:
        yield (model.scores[key].start.value,)  # type: ignore[union-attr]


def sources(model: Model) -> dict[str, tuple[str, ...]]:
    """Score key = what gives it points, of scores that facts, tiers and inputs give to (also by feeding)."""
    found: dict[str, list[str]] = {}

    def give(key: str, kind: str) -> None:
        chain: str | None = key
        while chain is not None:
            found.setdefault(chain, []).append(kind)
            chain = model.scores[chain].feeds

    for rule in model.rules.values():
        for key, _ in rule.points:
            give(key, "keep" if rule.keep or rule.on else f"rule {rule.key}")
    for tier in model.tiers.values():
        give(tier.score, f"tier {tier.key}")
    for item in model.inputs.values():
        give(item.score, f"input {item.key}")
    return {key: tuple(kinds) for key, kinds in found.items()}


def scores_read(model: Model) -> dict[str, tuple[int, ...]]:
    """Score key = the numbers it is compared with, for scores that something reads."""
    found: dict[str, list[int]] = {}
    for condition in _conditions(model):
        for item in con.walk(condition):
            if isinstance(item, con.ScoreTest):
                numbers = [bound.number.value for bound in item.bounds if bound is not None]
                found.setdefault(item.score, []).extend(numbers)
    for band in model.bands.values():
        if band.score is not None:
            bounds = [case.lower.number.value for case in band.cases if case.lower is not None]
            found.setdefault(band.score, []).extend(bounds)
    for decay in model.decay.values():
        numbers = [] if decay.stop_at is None else [decay.stop_at.value]
        found.setdefault(decay.score, []).extend(numbers)
    for then in _actions(model):
        for action in then:
            if isinstance(action, (act.Reset, act.Snapshot)):
                found.setdefault(action.score, [])
    return {key: tuple(numbers) for key, numbers in found.items()}


def _actions(model: Model) -> Iterator[tuple[act.Action, ...]]:
    for threshold in model.thresholds.values():
        yield threshold.then
    for rule in model.rules.values():
        yield rule.then
    for decay in model.decay.values():
        yield decay.then


def _conditions(model: Model) -> Iterator[con.Condition | None]:
    for segment in model.segments.values():
        yield segment.when
    for rule in model.rules.values():
        yield rule.when
    for tier in model.tiers.values():
        yield from (case.when for case in tier.cases)
    for decay in model.decay.values():
        yield decay.when
    for grade in model.grades.values():
        yield from (criterion.when for criterion in grade.criteria)
    for threshold in model.thresholds.values():
        yield threshold.when
        yield threshold.unless
