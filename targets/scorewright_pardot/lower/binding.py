"""Which bounds of a score can bind, and what it is reset to: so where something has to bring it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.actions import Reset
from scorewright.model.values import Number
from scorewright_pardot.lower.worth import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay, Model, Score, Step

__all__ = ["Kept", "binds", "chain", "decays", "fallen", "held_up", "kept", "resets", "within"]


class Kept(NamedTuple):
    """The bounds that rules have to keep a score within; ``None``: nothing takes it past that one."""

    floor: int | None
    ceiling: int | None


def kept(model: Model, score: Score) -> Kept:
    """The bounds of a score that something can take it past."""
    low, high = score.floor, score.ceiling
    return Kept(
        low.value if low is not None and binds(model, score, "floor", low.value) else None,
        high.value if high is not None and binds(model, score, "ceiling", high.value) else None,
    )


def within(score: Score, number: int) -> int:
    """A number as a score shows it: within its bounds."""
    number = number if score.ceiling is None else min(number, score.ceiling.value)
    return number if score.floor is None else max(number, score.floor.value)


def held_up(model: Model) -> Model:
    """The same model, where each decay ends within the bounds of its score: a floor beats every step, as a stop does.

    So no rule takes somebody below whom another one then lifts, and the first takes again, for as long as they are silent.
    """
    decays = {key: _held(decay, model.scores[decay.score]) for key, decay in model.decay.items()}
    return model if decays == model.decay else replace(model, decay=decays)


def _held(decay: Decay, score: Score) -> Decay:
    floor, stop = score.floor, 0 if decay.stop_at is None else decay.stop_at.value
    steps = tuple(_set_within(step, score) for step in decay.steps)
    falls = floor is not None and floor.value > stop and any(step.set_to is None for step in steps)
    return replace(decay, steps=steps, stop_at=floor if falls else decay.stop_at)


def _set_within(step: Step, score: Score) -> Step:
    if step.set_to is None or within(score, step.set_to.value) == step.set_to.value:
        return step
    return step._replace(set_to=Number(within(score, step.set_to.value)))


def chain(model: Model, key: str) -> list[str]:
    """A score, and what it feeds, and what that feeds."""
    found = [key]
    while (feeds := model.scores[found[-1]].feeds) is not None:
        found.append(feeds)
    return found


def decays(model: Model, key: str) -> list[Decay]:
    """The decays of a score."""
    return [decay for decay in model.decay.values() if decay.score == key]


def resets(model: Model, key: str) -> tuple[int, ...]:
    """What actions reset a score to, within its bounds, each number once."""
    score = model.scores[key]
    return tuple(dict.fromkeys(within(score, number) for number in _reset_to(model, key)))


def _reset_to(model: Model, key: str) -> Iterator[int]:
    for table in (model.thresholds, model.rules, model.decay):
        for element in table.values():
            for item in element.then:
                if isinstance(item, Reset) and item.score == key:
                    yield item.to.value


def binds(model: Model, score: Score, key: str, bound: int) -> bool:
    """Whether anything can take the score past its bound; ``key`` is ``floor`` or ``ceiling``."""
    low, high = reach(model, score.key)
    events = [
        number.value
        for rule in model.rules.values()
        if rule.on
        for name, number in rule.points
        if score.key in chain(model, name)
    ]
    if score.kind == "combined" or any(key == "ceiling" or points < 0 for points in events):
        return True
    left = fallen(model, score)
    if key == "floor" and left and min(left) - high < bound:
        return True  # what a fact gave may be gone when it is taken back
    lifted = [*left, *([] if score.floor is None else [score.floor.value])]
    if key == "ceiling" and lifted and max(lifted) - low > bound:
        return True  # likewise for what a fact took
    sinking = any(
        any(step.set_to is not None and step.set_to.value < bound for step in decay.steps)
        or (0 if decay.stop_at is None else decay.stop_at.value) < bound
        for decay in decays(model, score.key)
    )
    start = 0 if score.start is None else score.start.value
    return high + max(start, 0) > bound if key == "ceiling" else start + low < bound or sinking


def fallen(model: Model, score: Score) -> list[int]:
    """Where decay and resets can leave a score, whatever facts have given before."""
    mine = decays(model, score.key)
    found = [0 if decay.stop_at is None else decay.stop_at.value for decay in mine]
    for decay in mine:
        found += [step.set_to.value for step in decay.steps if step.set_to is not None]
    return [*found, *_reset_to(model, score.key)]
