"""What is left of a score while somebody is quiet, as the reference machine plays it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Model, Score

__all__ = ["Quiet", "quiet"]

_DAY = 86_400
_DAYS = 730
"""Days of silence that are drawn: two years, after which nobody asks."""
_PLAIN_START, _LEAST_START = 100, 20
"""The score that a silence begins with where no threshold tells one; and the least that shows anything."""
_SOME_DAY = "2026-01-05"


class Quiet(NamedTuple):
    """One score from a day on which somebody was active last: the level then, and each later (day, level) that is new."""

    score: Score
    start: int
    levels: tuple[tuple[int, int], ...]


def quiet(model: Model) -> tuple[Quiet, ...]:
    """A curve for each score that falls by itself; of the copies of products the first one."""
    found: dict[str, Quiet] = {}
    for key, score in model.scores.items():
        if score.id in found or score.kind != "engagement":
            continue
        decays = [each for each in model.decay.values() if each.score == key]
        if decays:
            curve = _played(model, key, score, decays)
            if curve.levels:
                found[score.id] = curve
    return tuple(found.values())


def _played(model: Model, key: str, score: Score, decays: list[Decay]) -> Quiet:
    """Somebody with nothing but this score, who is active once, and then never again.

    Whoever does nothing earns nothing, so rules, tiers and thresholds are left out; the machine's answer is the same.
    """
    from scorewright.model.history import Happening, Person
    from scorewright.semantics.clock import Clock
    from scorewright.semantics.machine import run

    header = replace(model.header, eligible=None, exclude=())
    alone = {key: score, **{name: each for name, each in model.scores.items() if name != key}}
    bare = replace(
        model,
        header=header,
        rules={},
        tiers={},
        inputs={},
        thresholds={},
        examples={},
        scores=alone,
    )
    start = _start(model, key)
    first = Clock(header.timezone).read((header.starts or _first(model) or _SOME_DAY)[:10])
    verb = next(
        (verb for decay in decays for verb in (*decay.activity, *header.counts_as_activity)), "visits"
    )
    person = Person(first, scores={key: start}, history=(Happening(first, verb),))
    changes = run(bare, person, first + _DAYS * _DAY).changes
    levels = {
        round((change.at - first) / _DAY): int(change.after)
        for change in changes
        if change.kind == "score" and change.name == key and isinstance(change.after, int)
    }
    begun = levels.pop(0, start)
    return Quiet(score, begun, tuple(levels.items()))


def _first(model: Model) -> str | None:
    return model.header.active.first if model.header.active is not None else None


def _start(model: Model, key: str) -> int:
    """The level at which somebody is handed over, so that one sees how long that lasts; else a round number."""
    from scorewright.model.conditions import ScoreTest, walk

    asked = [
        test.bounds.lower.number.value + (not test.bounds.lower.inclusive)
        for threshold in model.thresholds.values()
        for test in walk(threshold.when)
        if isinstance(test, ScoreTest) and test.score == key and test.bounds.lower is not None
    ]
    return max((level for level in asked if level >= _LEAST_START), default=_PLAIN_START)
