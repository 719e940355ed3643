"""When things run: nights, the hours of schedules with their zones, and days between which something is in force."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.plugin.notes import Result
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.expr import Both, both
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Rule
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["nightly", "say_dates", "say_schedule", "schedule_times", "side_by_side"]

_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def nightly(b: Builder, minutes: int = 0) -> str:
    """The schedule of a nightly batch, so many minutes after the night's first."""
    return f"Daily, every 1 day, at {_later(b.options.night, minutes)}"


def _later(clock: str, minutes: int) -> str:
    hour, minute = map(int, clock.split(":"))
    total = (hour * 60 + minute + minutes) % 1440
    return f"{total // 60:02d}:{total % 60:02d}"


def schedule_times(b: Builder, key: str, minutes: int = 0) -> list[tuple[str, Expr]]:
    """Each clock time (so many minutes later) as a recurrence, and whom it is for: the first zone that somebody is in."""
    schedule = b.model.schedules[key]
    days = ", ".join(_DAYS[day] for day in schedule.days)
    recurrence = f"Weekly, on {days}" if days else "Daily, every 1 day"
    clocks = [_later(clock, minutes) for clock in schedule.at]
    found: list[tuple[str, Expr]] = []
    before: list[Clause] = []
    for row in schedule.zones:
        inside = condition(b, con.InSegment(row.segment))
        assert isinstance(inside, Clause)
        found += [(f"{recurrence}, {row.timezone}, at {clock}", both(inside, *before)) for clock in clocks]
        before.append(inside._replace(operator="not in"))
    zone = schedule.timezone or b.model.header.timezone
    rest = both(*before) if before else Both(())
    return found + [(f"{recurrence}, {zone}, at {clock}", rest) for clock in clocks]


def side_by_side(b: Builder, key: str) -> bool:
    """Whether two hours of a schedule lie less than an hour apart, so that the second batch may begin before the first ends."""
    minutes = sorted(int(clock[:2]) * 60 + int(clock[3:]) for clock in b.model.schedules[key].at)
    return any(
        (after - before) % 1440 < 60
        for before, after in itertools.pairwise([*minutes, *minutes[:1]])
        if after != before
    )


def say_schedule(b: Builder, key: str, path: KeyPath) -> None:
    """The hours are a person's to set, in the one zone that the subscription has."""
    b.note(
        "zones-by-hand" if b.model.schedules[key].zones else "scheduled-hours",
        Result.BY_HAND,
        "Batches recur at the hours of the subscription's time zone; the sheet gives the zone beside each hour.",
        path=(*path, "schedule"),
    )


def say_dates(b: Builder, rule: Rule) -> None:
    """A rule between dates is switched by a person: no filter knows today's date."""
    if rule.active is None:
        return
    first = f"activate it on {rule.active.first}" if rule.active.first else ""
    last = f"deactivate it after {rule.active.last}" if rule.active.last else ""
    b.note(
        "dates-by-hand",
        Result.BY_HAND,
        f"In force between dates: {' and '.join(filter(None, (first, last)))}.",
        path=(*rule.path, "active"),
    )
