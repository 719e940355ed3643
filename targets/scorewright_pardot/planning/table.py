"""Rules against days: what it costs to bring a scoring category down, under each answer that nobody has yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.plans import PlanTable
from scorewright_pardot.planning import coins, digits
from scorewright_pardot.planning.ladder import ladder, left_after, steps_of
from scorewright_pardot.planning.scheme import left_after_one
from scorewright_pardot.planning.timing import TIMINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright_pardot.planning.ladder import Level
    from scorewright_pardot.planning.scheme import Scheme
    from scorewright_pardot.planning.timing import Timing

__all__ = ["digit_table", "program_table", "rule_table"]

_MOST_DAYS = 30
_MOST_RULES = 12
_MOST_STEPS = 300
"""A program with so many is not started."""
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
    rows.append(_by_a_program(top, grain))
    return PlanTable(
        f"rules against days, for values up to {top:,}" + (f" in steps of {grain:,}" if grain > 1 else ""),
        ("rules", *(timing.key.upper() for timing in TIMINGS), "left", "points taken"),
        tuple(rows),
        (
            *(f"{timing.key.upper()}: {timing.words} ({_facts(timing)})" for timing in TIMINGS),
            "left: the most that somebody keeps who comes back after the first day",
            "program: an engagement program, and no rule; 0 days if program-steps-read-afresh: yes",
        ),
        element,
        chosen,
        ("repeat-counts-elapsed-days", "rules-follow-one-another"),
    )


def _by_a_program(top: int, grain: int) -> tuple[int | str | None, ...]:
    """What the program with the fewest steps costs, as a row among rules: its days rest on facts of its own."""
    levels = ladder(top, _MOST_DAYS, grain)
    days = len(levels) - 1
    return ("program", days, days, days, left_after(levels, top)[0], _said(level.unit for level in levels))


def program_table(
    top: int, *, grain: int = 1, element: str = "", levels: tuple[Level, ...] | None = None
) -> PlanTable:
    """Steps against days for an engagement program; ``levels`` are those that were chosen: they are marked."""
    found = dict.fromkeys(ladder(top, days, grain) for days in range(1, _MOST_DAYS + 1))
    rows: list[tuple[int | str | None, ...]] = []
    chosen = None
    for some in found:
        if steps_of(some) + 1 < _MOST_STEPS:
            chosen = len(rows) if some == levels else chosen
            days = len(some) - 1
            rows.append((steps_of(some), days, 0, 2 * days + 1, 1, left_after(some, top)[0], _taken(some)))
    return PlanTable(
        f"steps of an engagement program against days, for values up to {top:,}"
        + (f" in steps of {grain:,}" if grain > 1 else ""),
        ("steps", "A", "B", "A again", "B again", "left", "points taken"),
        tuple(rows),
        (
            "A: a step sees what was done after a day (program-steps-read-afresh: no)",
            "B: a step sees at once what was done (program-steps-read-afresh: yes)",
            "again: for whoever came half-way in an earlier silence: to the end, a day (program-repeat-least-days), all of it",
            "left: the most that somebody keeps who comes back after the first level",
        ),
        element,
        chosen,
        ("program-steps-read-afresh", "program-repeat-least-days", "program-repeat-counts-from-end"),
    )


def _taken(levels: tuple[Level, ...]) -> str:
    """What each level takes: up to so many times its unit."""
    return " ".join(f"{level.most}×{level.unit}" if level.most > 1 else str(level.unit) for level in levels)


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
