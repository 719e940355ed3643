"""Rules against days: what it costs to bring a scoring category down, under each answer that nobody has yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.plans import PlanTable
from scorewright_pardot.planning import coins, digits
from scorewright_pardot.planning.scheme import left_after_one
from scorewright_pardot.planning.timing import TIMINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright_pardot.planning.scheme import Scheme
    from scorewright_pardot.planning.timing import Timing

__all__ = ["digit_table", "rule_table"]

_MOST_DAYS = 30
_MOST_RULES = 12
_DAYS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 21, 30)


def rule_table(top: int, *, grain: int = 1, element: str = "", scheme: Scheme | None = None) -> PlanTable:
    """The fewest days for each number of rules, one span of the category a rule.

    Days are repeat intervals: twice as many where the least interval is two days.  ``scheme`` is the one that was
    chosen: its number of rules is marked.
    """
    distance = max(1, -(-top // grain))
    rows: list[tuple[int | str | None, ...]] = []
    chosen = None
    last: tuple[int | None, ...] = ()
    for rules in range(1, _MOST_RULES + 1):
        days = tuple(coins.fewest_days(distance, rules, timing, _MOST_DAYS) for timing in TIMINGS)
        wanted = scheme is not None and scheme.form == "coins" and len(scheme.rules) == rules
        if any(day is not None for day in days) and (days != last or wanted):
            chosen = len(rows) if wanted else chosen
            rows.append((rules, *days, *_best(distance, rules, days[0], grain)))
        last = days
    return PlanTable(
        f"rules against days, for values up to {top:,}" + (f" in steps of {grain:,}" if grain > 1 else ""),
        ("rules", *(timing.key.upper() for timing in TIMINGS), "left", "points taken"),
        tuple(rows),
        (
            *(f"{timing.key.upper()}: {timing.words} ({_facts(timing)})" for timing in TIMINGS),
            "left: the most that somebody keeps who comes back after the first day",
        ),
        element,
        chosen,
        ("repeat-counts-elapsed-days", "rules-follow-one-another"),
    )


def _facts(timing: Timing) -> str:
    return ", ".join(f"{fact}: {'yes' if value else 'no'}" for fact, value in timing.facts)


def _best(distance: int, rules: int, days: int | None, grain: int) -> tuple[int | None, str]:
    """What the best coins for a row leave after a day, and the coins."""
    found = None if days is None else coins.coins(distance, rules, days)
    if found is None:
        return None, ""
    return left_after_one(found, distance) * grain, _said(coin * grain for coin in found)


def _said(points: Iterable[int]) -> str:
    return " ".join(map(str, points))


def digit_table(top: int, *, grain: int = 1, element: str = "", scheme: Scheme | None = None) -> PlanTable:
    """The fewest rules of all, and the rule groups that they need, for each number of days."""
    distance = max(1, -(-top // grain))
    rows: list[tuple[int | str | None, ...]] = []
    chosen = None
    for days in sorted({digits.fewest_days(distance, day) for day in _DAYS}):
        found = digits.plan(top, days, grain=grain)
        chosen = len(rows) if scheme == found else chosen
        rows.append((days, len(found.rules), found.groups, _said(found.points)))
    return PlanTable(
        f"the fewest rules of all, for values up to {top:,}"
        + (f" in steps of {grain:,}" if grain > 1 else ""),
        ("days", "rules", "groups", "points taken"),
        tuple(rows),
        ("groups: rule groups to type in all, Match Any; each is a stretch of the category",),
        element,
        chosen,
        ("rule-groups-most",),
    )
