"""A life for every value that a decaying score can begin with: what brings a score down is tried from everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.verify.lives.ranges import planned
from scorewright.verify.lives.scene import Scene
from scorewright.verify.lives.silences import become_active, ready

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay, Model
    from scorewright.verify.lives import Life
    from scorewright.verify.lives.story import Story

__all__ = ["starting_lives"]

_DAY = 86_400
_TAIL = 45
"""Days after the last step, in which nothing more may come."""
_AT_LEAST, _AT_MOST = 40, 1_000
"""The range of scores that people begin a silence with goes up to something between these two."""


def starting_lives(model: Model, effort: int, settle_hours: int = 24) -> Iterator[Life]:
    """For each decay, silence from every start up to beyond the greatest number that the model compares its score with, and
    up to the range that a target plans for.

    At an effort under 10 only every n-th of them, and the numbers themselves.
    """
    stage = Scene(model, settle_hours)
    for decay in model.decay.values():
        score, name = decay.score, f"decay.{decay.key}"
        tail = _end(decay) // _DAY + _TAIL
        marks = sorted({number + near for number in _numbers(model, score) for near in (-1, 0, 1)})
        range_ = planned(model, model.scores[score])
        top = min(_AT_MOST, max(_AT_LEAST, 2 * max(marks, default=0), range_))
        stride = max(1, (11 - effort) * top // 100)
        given = _left_alone(stage, decay, 0).score(score)
        for start in sorted(
            {*range(-2, top + 1, stride), range_, *(number for number in marks if number <= top)}
        ):
            story = _left_alone(stage, decay, start - given)
            yield story.life(f"{name}: {score} is {start} when the silence begins", name, tail=tail)


def _left_alone(stage: Scene, decay: Decay, start: int) -> Story:
    """Somebody who begins with so many points, is active once, and never again."""
    story = ready(stage, decay, start)
    become_active(stage, story, decay)
    return story


def _end(decay: Decay) -> int:
    last = [step.after.seconds + 2 * (step.every.seconds if step.every else 0) for step in decay.steps]
    return max(last)


def _numbers(model: Model, score: str) -> Iterator[int]:
    """The numbers that the model compares a score with."""
    for decay in model.decay.values():
        if decay.score == score:
            for step in decay.steps:
                yield from (
                    bound.number.value for bound in (step.level.lower, step.level.upper) if bound is not None
                )
                yield from (number.value for number in (step.subtract, step.set_to) if number is not None)
            if decay.stop_at is not None:
                yield decay.stop_at.value
    for threshold in model.thresholds.values():
        for item in con.walk(threshold.when):
            if isinstance(item, con.ScoreTest) and item.score == score:
                yield from (
                    bound.number.value
                    for bound in (item.bounds.lower, item.bounds.upper)
                    if bound is not None
                )
