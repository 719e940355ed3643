"""An award that is missing, or given too often: in words, and as bounds of all that it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.values import Number
from scorewright_pardot.lower import bounds as room

if TYPE_CHECKING:
    from scorewright.model.elements import Limit, Rule
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.context import Context

__all__ = ["Points", "either_way", "lacking", "one_by_one", "paid", "unpaid", "worth"]

Points = tuple[tuple[str, Number], ...]
"""What one award gives: score key and number."""


def unpaid(cx: Context, rule: Rule, count: int | None, when: str) -> tuple[Bound, ...]:
    """The award is missing so often (``None``: any number of times)."""
    lost = room.each_way(rule.points, lambda points: room.times(room.missing(points), count))
    return (*cx.off(lost, when), *cx.acted(rule, None if count is None else -count, 0, when))


def paid(cx: Context, rule: Rule, count: int | None, when: str) -> tuple[Bound, ...]:
    """The award is given so often too many."""
    more = room.each_way(rule.points, lambda points: room.times(room.moved(points), count))
    return (*cx.off(more, when), *cx.acted(rule, 0, count, when))


def either_way(cx: Context, rule: Rule, count: int | None, when: str) -> tuple[Bound, ...]:
    """Missing or given too often, up to so many times."""
    return room.merged((*unpaid(cx, rule, count, when), *paid(cx, rule, count, when)))


def one_by_one(rule: Rule, limit: Limit) -> tuple[Points, ...]:
    """What each award of a limit for ever gives, the first to the last.

    A limit in points has an account for each score, and its last award gives what still fits (questions 18 and 21).
    """
    if limit.kind == "times":
        return (rule.points,) * limit.count
    left = dict.fromkeys((key for key, number in rule.points if number.value), limit.count)
    found: list[Points] = []
    while any(left.values()):
        given = [(key, number, min(abs(number.value), left.get(key, 0))) for key, number in rule.points]
        left = {key: left[key] - size for key, _, size in given if key in left}
        found.append(tuple((key, Number(size if number.value > 0 else -size)) for key, number, size in given))
    return tuple(found)


def worth(rule: Rule) -> str:
    """What one award gives, in words."""
    return ", ".join(f"{number.value} points" for _, number in rule.points) or "its actions"


def lacking(rule: Rule) -> str:
    """What a person lacks who is not paid: points less, or, where the award is negative, points more."""
    found = [
        f"{abs(number.value)} point{'' if abs(number.value) == 1 else 's'} {'less' if number.value > 0 else 'more'}"
        for _, number in rule.points
    ]
    return ", ".join(found) or "no action"
