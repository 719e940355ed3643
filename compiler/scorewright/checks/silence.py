"""Decay: what ends a silence, when a step is due, and what it can take at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.scores import spelled
from scorewright.checks.silence_rules import (
    BELOW_FLOOR,
    LIFTS,
    LIMIT_OF_SETS,
    MORE_THAN_ALL,
    NO_ACTIVITY,
    OUT_OF_REACH,
    REPEATS_NOTHING,
    RULES,
    TAKES_NOTHING,
    WHOLE_DAYS,
)
from scorewright.checks.subject import Family
from scorewright.checks.walk import actions
from scorewright.model.actions import Reset
from scorewright.model.values import Bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Decay, Model, Rule, Score, Step
    from scorewright.model.values import Number

__all__ = ["FAMILY"]

_ALL = 100
"""Percent."""


def activity(subject: Subject) -> Iterator[Finding]:
    """Each decay knows what ends a silence."""
    for decay in subject.model.decay.values():
        if not decay.activity:
            message = f"nothing says what ends a silence for {decay.id!r}"
            help_ = 'add counts_as_activity = ["visits", "submits", …] under [model], or here'
            yield NO_ACTIVITY.at(decay.path, message, help=help_, on="key")


def whole_days(subject: Subject) -> Iterator[Finding]:
    """Silences are counted in days, since they are noticed at a day's start."""
    for _, step in _steps(subject.model):
        for key, duration in (("after", step.after), ("every", step.every)):
            if duration is not None and duration.days is None:
                days = max(1, round(duration.seconds / 86_400))
                message = f"{duration} is no whole number of days, and a silence is noticed at a day's start"
                yield WHOLE_DAYS.at((*step.path, key), message, help=f'write "{days}d"')


def _steps(model: Model) -> Iterator[tuple[Decay, Step]]:
    for decay in model.decay.values():
        yield from ((decay, step) for step in decay.steps)


# --- how much -------------------------------------------------------------------------------------------------------


def amounts(subject: Subject) -> Iterator[Finding]:
    """What is taken is more than nothing, and not more than all."""
    for _, step in _steps(subject.model):
        yield from _amount(step.subtract, step.percent, step.path)
    for rule in subject.model.rules.values():
        if rule.fades is not None:
            yield from _amount(rule.fades.subtract, rule.fades.percent, (*rule.path, "fades"))


def _amount(subtract: Number | None, percent: int | None, path: KeyPath) -> Iterator[Finding]:
    if subtract is not None and subtract.value <= 0:
        word = "nothing" if subtract.value == 0 else "less than nothing"
        message = f"to subtract {spelled(subtract)} takes {word}"
        help_ = f"write subtract = {-subtract.value}" if subtract.value else "write how many points it takes"
        yield TAKES_NOTHING.at((*path, "subtract"), message, help=help_)
    elif percent is not None and percent > _ALL:
        message = f"{percent} percent is more than all there is"
        yield MORE_THAN_ALL.at((*path, "percent"), message, help="write at most 100")


def bounds(subject: Subject) -> Iterator[Finding]:
    """Where decay stops, against the floor and the ceiling of its score."""
    for decay in subject.model.decay.values():
        score = subject.model.scores[decay.score]
        stop, floor, ceiling = decay.stop_at, score.floor, score.ceiling
        if stop is not None and ceiling is not None and stop.value >= ceiling.value:
            message = f"decay stops at {spelled(stop)}, and {score.id!r} is never above {spelled(ceiling)}"
            help_ = "write a smaller stop_at, or leave the decay out"
            yield OUT_OF_REACH.at((*decay.path, "stop_at"), message, help=help_)
        elif stop is not None and floor is not None and stop.value < floor.value:
            yield _below_floor((*decay.path, "stop_at"), stop, score, floor)
        for step in decay.steps:
            if step.set_to is not None and floor is not None and step.set_to.value < floor.value:
                yield _below_floor((*step.path, "set"), step.set_to, score, floor)


def _below_floor(path: KeyPath, number: Number, score: Score, floor: Number) -> Finding:
    message = f"{spelled(number)} lies below the floor of {score.id!r}, {spelled(floor)}, where decay ends"
    return BELOW_FLOOR.at(path, message, help=f"write {floor.value}, or another floor")


def limits(subject: Subject) -> Iterator[Finding]:
    """A limit in points counts what steps subtract; a step that sets is not counted."""
    for decay in subject.model.decay.values():
        if decay.limit is not None and all(step.set_to is not None for step in decay.steps):
            message = f"the limit of {decay.id!r} counts what subtract and percent take, and every step sets"
            help_ = "leave the limit out, or say by stop_at where decay ends"
            yield LIMIT_OF_SETS.at((*decay.path, "limit"), message, help=help_, on="key")


# --- set ------------------------------------------------------------------------------------------------------------


def lifting(subject: Subject) -> Iterator[Finding]:
    """A step that sets, without a level, where somebody can stand below (question 43)."""
    lowest = _lowest(subject.model)
    for decay, step in _steps(subject.model):
        to, score = step.set_to, subject.model.scores[decay.score]
        if to is None or step.level != Bounds() or score.kind != "engagement":
            continue
        if decay.stop_at is not None and decay.stop_at.value >= to.value:
            continue  # whoever stands at stop_at or below it is left alone
        under = _lowest_here(decay, step, lowest[decay.score])
        if under is None or under < to.value:
            who = "somebody below 0" if under is None else f"a {under}"
            message = f"after {step.after} {who} is lifted to {spelled(to)}, for set means set"
            name = f'"{to.name}"' if to.name is not None else str(to.value)
            help_ = f'to lower only, write {{ after = "{step.after}", at_least = {name}, set = {name} }}'
            yield LIFTS.at((*step.path, "set"), message, help=help_)


def _lowest_here(decay: Decay, step: Step, lowest: int | None) -> int | None:
    """The lowest number at which this step can find the score; ``None`` for somewhere below 0."""
    if lowest is None:
        return None
    lower = [lowest]
    for other in decay.steps:
        if other is step or other.after.seconds >= step.after.seconds:
            continue
        if other.set_to is not None:
            lower.append(other.set_to.value)
        else:
            lower.append(decay.stop_at.value if decay.stop_at is not None else 0)
    return min(lower)


def _lowest(model: Model) -> dict[str, int | None]:
    """For each score the lowest number that it can have without decay; ``None`` where points are taken.

    A floor holds everybody, so nobody stands below it.
    """
    taking = _scores_taken_from(model)
    lowest: dict[str, int | None] = {}
    for key, score in model.scores.items():
        start = score.start.value if score.start is not None else 0
        if score.floor is not None:
            lowest[key] = max(score.floor.value, start) if key not in taking else score.floor.value
        else:
            lowest[key] = None if key in taking else start
    for _, action in actions(model):
        if isinstance(action, Reset) and lowest[action.score] is not None:
            lowest[action.score] = min(lowest[action.score] or 0, action.to.value)
    return lowest


def _scores_taken_from(model: Model) -> frozenset[str]:
    """The scores that some rule, tier or input takes points from, also by way of a score that feeds them."""
    taken = {key for rule in model.rules.values() for key, number in rule.points if number.value < 0}
    for tier in model.tiers.values():
        points = [case.points.value for case in tier.cases]
        if min([*points, tier.otherwise.value, tier.unknown.value if tier.unknown else 0]) < 0:
            taken.add(tier.score)
    taken.update(
        item.score for item in model.inputs.values() if item.at_least is None or item.at_least.value < 0
    )
    for key in list(taken):
        fed = model.scores[key].feeds
        while fed is not None and fed not in taken:
            taken.add(fed)
            fed = model.scores[fed].feeds
    return frozenset(taken)


# --- again and again ------------------------------------------------------------------------------------------------


def repeating(subject: Subject) -> Iterator[Finding]:
    """``every`` beside ``set``, where nothing moves the score while the silence lasts."""
    moved = _moved_by(subject.model)
    for decay, step in _steps(subject.model):
        if step.every is None or step.set_to is None or step.level != Bounds():
            continue
        if all(_ends_silence(rule, decay) for rule in moved[decay.score]) and decay.score not in _held(
            subject.model
        ):
            message = f"the score is {spelled(step.set_to)} already when {decay.id!r} sets it again"
            help_ = "leave every out: whatever moves this score also ends the silence"
            yield REPEATS_NOTHING.at((*step.path, "every"), message, help=help_, on="key")


def _ends_silence(rule: Rule, decay: Decay) -> bool:
    return decay.activity == ("awards",) or all(event.verb in decay.activity for event in rule.on)


def _moved_by(model: Model) -> dict[str, list[Rule]]:
    """For each score the event rules whose awards reach it."""
    moved: dict[str, list[Rule]] = {key: [] for key in model.scores}
    for rule in model.rules.values():
        for key, _ in rule.points:
            reached: str | None = key
            seen: set[str] = set()
            while reached is not None and reached not in seen:
                seen.add(reached)
                moved[reached].append(rule)
                reached = model.scores[reached].feeds
    return moved


def _held(model: Model) -> frozenset[str]:
    """The scores that something else than an event can move: facts, expiries, resets, several decays."""
    held = {key for rule in model.rules.values() if not rule.on for key, _ in rule.points}
    held.update(tier.score for tier in model.tiers.values())
    held.update(item.score for item in model.inputs.values())
    held.update(action.score for _, action in actions(model) if isinstance(action, Reset))
    held.update(score.feeds for score in model.scores.values() if score.feeds is not None)
    decayed = [decay.score for decay in model.decay.values()]
    held.update(key for key in decayed if decayed.count(key) > 1)
    return frozenset(held)


FAMILY = Family(RULES, (activity, whole_days, amounts, bounds, limits, lifting), (repeating,))
