"""At which instants a schedule's hours fall, and for whom (questions 7 and 8)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Schedule
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.parts import Parts

__all__ = ["Hour", "hours", "zone_of"]


class Hour(NamedTuple):
    """An hour of a schedule, for those who live in one of its zones (``None``: the model's)."""

    schedule: Schedule
    zone: str | None


def hours(parts: Parts, first: int, last: int) -> Iterator[tuple[int, Hour]]:
    """Every hour of every schedule in each of its zones, after one instant and up to another."""
    for schedule in parts.schedules:
        for zone in dict.fromkeys((schedule.timezone, *(zone.timezone for zone in schedule.zones))):
            for at in _in_zone(parts, schedule, zone, first, last):
                if first < at <= last:
                    yield at, Hour(schedule, zone)


def _in_zone(parts: Parts, schedule: Schedule, zone: str | None, first: int, last: int) -> Iterator[int]:
    # One day more on both sides: it may be another day there.
    day = parts.clock.day(first) - timedelta(days=1)
    while day <= parts.clock.day(last) + timedelta(days=1):
        if not schedule.days or _DAYS[day.weekday()] in schedule.days:
            yield from (parts.clock.at(shown, day, zone) for shown in schedule.at)
        day += timedelta(days=1)


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def zone_of(ask: Ask, schedule: Schedule) -> str | None:
    """The first zone whose segment the person is in at this moment; ``None``: the model's."""
    for zone in schedule.zones:
        if ask.holds(ask.model.segments[zone.segment].when):
            return zone.timezone
    return schedule.timezone
