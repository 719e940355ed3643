"""What dates have to do with a decay: points that come or go on a day, beside a step that acts some time after it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright_pardot.lower.binding import chain
from scorewright_pardot.lower.bounds import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay, Model, Rule, Step
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.context import Context

__all__ = ["tell_dates"]


def tell_dates(cx: Context, decay: Decay) -> None:
    """Say what a step is off by that meets points which a date has brought, or taken, since it was due."""
    found = [*_dated(cx.model, decay.score)]
    worth = sum(points for _, points in found)
    if not worth:
        return
    top, sure = cx.homes.top(cx, decay.score)
    most = max(abs(top), *(abs(step.set_to.value) for step in decay.steps if step.set_to is not None), 0)
    room = either(*(_off(step, worth, most) for step in decay.steps))
    keys = (decay.score, *cx.coupled(decay.score))
    values = cx.off(dict.fromkeys(keys, room), "facts-change", feeds=False)
    if not sure:
        values = (*values, *cx.off(dict.fromkeys(keys, (None, None)), "above-range", feeds=False))
    names = ", ".join(dict.fromkeys(name for name, _ in found))
    text = (
        f"{-(room[0] or 0)} points less or {room[1]} more, for somebody to whom a date gives or takes points of {names} "
        "when a step is due, before its rules have acted"
    )
    acted = cx.acted(decay, -len(decay.steps), len(decay.steps), "facts-change")
    cx.bounded("date-beside-a-step", text, "clock-sweep-days", bounds=(*values, *acted))


def _off(step: Step, worth: int, top: int) -> Room:
    """A step takes of what came since it was due; or nothing, where what was to be taken has left the step's level."""
    if step.percent is not None:
        more, all_ = (-(-points * step.percent // 100) + 1 for points in (worth, top + worth))
    elif step.subtract is not None:
        more = all_ = step.subtract.value
    else:
        more, all_ = worth, top + worth
    if step.level.lower is not None or step.level.upper is not None:
        more = all_
    return -more, all_


def _dated(model: Model, score: str) -> Iterator[tuple[str, int]]:
    """What holds by the day, and gives to a score: its points, once for each time that a date turns it."""
    for rule in model.rules.values():
        turns = _turns(model, rule)
        points = sum(abs(number.value) for key, number in rule.points if score in chain(model, key))
        if not rule.on and turns and points:
            yield rule.name, turns * points
    for tier in model.tiers.values():
        by_day = any(isinstance(case.test, con.Age) or _asks_date(model, case.when) for case in tier.cases)
        if by_day and score in chain(model, tier.score):
            worth = [case.points.value for case in tier.cases] + [tier.otherwise.value]
            yield tier.name, 2 * (max(worth) - min(worth))


def _turns(model: Model, rule: Rule) -> int:
    if _asks_date(model, rule.when):
        return 2
    active = rule.active
    return 0 if active is None else sum(day is not None for day in (active.first, active.last))


def _asks_date(model: Model, condition: con.Condition | None) -> bool:
    return any(
        (isinstance(item, con.FieldTest) and isinstance(item.test, con.Age))
        or (isinstance(item, con.InSegment) and _asks_date(model, model.segments[item.segment].when))
        for item in con.walk(condition)
    )
