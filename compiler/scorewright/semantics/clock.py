"""Days, windows and silences: which time counts where (questions 1 to 8 of the language)."""

from __future__ import annotations

from bisect import bisect_right
from calendar import isleap
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scorewright.model.values import Active, Window

__all__ = ["Clock"]

_QUARTER = 3


class Clock:
    """The model's wall clock over instants in seconds since 1970.

    Windows and limits count elapsed seconds; silences are measured on the wall clock, so that ninety days that begin
    at midnight end at midnight, whatever daylight saving did in between.
    """

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)

    def wall(self, instant: int) -> datetime:
        """What the wall clock shows, without a zone."""
        return _wall(instant, self.zone)

    def instant(self, shown: datetime, zone: ZoneInfo | None = None) -> int:
        """The instant at which a wall clock shows a time.

        A time that is skipped is the next minute that exists; a time that is repeated is its first showing.
        """
        return _instant(shown, zone or self.zone)

    def read(self, text: str) -> int:
        """The instant of an ISO date or time; without an offset on the model's wall clock, a date at its start."""
        parsed = datetime.fromisoformat(text)
        return self.instant(parsed) if parsed.tzinfo is None else int(parsed.astimezone(UTC).timestamp())

    def day(self, instant: int) -> date:
        """The calendar day."""
        return self.wall(instant).date()

    def day_start(self, day: date) -> int:
        """The instant at which a day starts."""
        return self.instant(datetime.combine(day, time()))

    def days(self, first: int, last: int) -> Iterator[int]:
        """The starts of the days after ``first`` and up to ``last``."""
        for year in range(self.day(first).year, self.day(last).year + 1):
            starts = _days(year, self.zone)
            yield from starts[bisect_right(starts, first) : bisect_right(starts, last)]

    def at(self, clock: str, day: date, zone: str | None = None) -> int:
        """The instant at which a clock time shows on a day, in a zone."""
        return self.instant(
            datetime.combine(day, time.fromisoformat(clock)), ZoneInfo(zone) if zone else None
        )

    def in_force(self, active: Active | None, instant: int) -> bool:
        """Whether an instant lies in the days of ``active``, both included."""
        if active is None:
            return True
        shown = self.day(instant).isoformat()
        return (active.first is None or shown >= active.first[:10]) and (
            active.last is None or shown <= active.last[:10]
        )

    def silent_for(self, last: int, now: int) -> timedelta:
        """How far the wall clock has moved."""
        return self.wall(now) - self.wall(last)

    def window_start(self, window: Window, now: int) -> int:
        """The last instant before the window that holds ``now``: what lies after it counts.

        A rolling window is ``(now - length, now]``; a calendar window begins with its first instant.
        """
        if window.rolling is not None:
            return now - window.rolling.seconds
        return self.day_start(_first_day(window.calendar, self.day(now))) - 1


# Days begin at the same instants for everybody, so these are asked the same again and again.


@lru_cache(maxsize=16384)
def _wall(instant: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(instant, zone).replace(tzinfo=None)


@lru_cache(maxsize=16384)
def _instant(shown: datetime, zone: ZoneInfo) -> int:
    while True:
        found = int(shown.replace(tzinfo=zone).timestamp())
        if _wall(found, zone) == shown:
            return found
        shown = shown.replace(second=0, microsecond=0) + timedelta(minutes=1)


@lru_cache(maxsize=256)
def _days(year: int, zone: ZoneInfo) -> tuple[int, ...]:
    """The instants at which the days of a year start."""
    first = datetime(year, 1, 1)  # noqa: DTZ001 - what the wall clock shows
    days = 366 if isleap(year) else 365
    return tuple(_instant(first + timedelta(days=day), zone) for day in range(days))


def _first_day(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return day.replace(month=(day.month - 1) // _QUARTER * _QUARTER + 1, day=1)
    return day.replace(month=1, day=1) if unit == "year" else day
