"""Time as the subscription counts it: one zone for everything, spans spelled out, schedules of recurring batches."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Clock", "Recurrence", "recurrence", "span"]

DAY = 86_400
_UNITS = {"minute": 60, "hour": 3_600, "day": DAY, "week": 7 * DAY, "month": 30 * DAY}
_SPAN = re.compile(r"(\d{1,9}) (minute|hour|day|week|month)s?")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AT = re.compile(r"(?P<head>.+), at (?P<clock>[0-2]\d:[0-5]\d)")
_EVERY = re.compile(r"Daily, every (\d{1,3}) days?")
_MONTHLY = re.compile(r"Monthly, on day (\d{1,2})(?:, every (\d{1,2}) months from January)?")
_LONGEST = 100 * 366 * DAY
_LONGEST_MONTH, _MONTHS = 31, 12


def span(text: str) -> int:
    """``30 days`` in seconds; a month is 30 days.  Raises ``ValueError``."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no span: write a number and minutes, hours, days, weeks or months")
    length = int(found[1]) * _UNITS[found[2]]
    if length > _LONGEST:
        raise ValueError(f"{text!r} is longer than anybody lives")
    return length


class Clock:
    """The subscription's wall clock over instants in seconds since 1970."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)

    def day(self, at: int) -> date:
        """The calendar day."""
        return _day(at, self.zone)

    def wall(self, at: int) -> datetime:
        """What the clock shows, without a zone."""
        return datetime.fromtimestamp(at, self.zone).replace(tzinfo=None)

    def midnight(self, at: int, back: int = 0) -> int:
        """The start of the day, or of a day so many days before."""
        return _instant(self.day(at) - timedelta(days=back), time(), self.zone)

    def next_midnight(self, at: int) -> int:
        """The start of the next day."""
        return self.midnight(at, -1)

    def read(self, text: str) -> int:
        """The instant of an ISO date or time; without an offset on this clock.  Raises ``ValueError``."""
        parsed = datetime.fromisoformat(text)
        try:
            if parsed.tzinfo is not None:
                return int(parsed.timestamp())
            return _instant(parsed.date(), parsed.time(), self.zone)
        except (
            ValueError,
            OverflowError,
        ):  # the first and the last day of all calendars are over the edge in some zone
            raise ValueError(f"{text!r} is no day of this calendar") from None

    def frame(self, name: str, at: int, *, monday: bool) -> int:
        """Where a time frame (``Today``, ``This Week`` …) begins.  Raises ``ValueError``."""
        day = self.day(at)
        firsts = {
            "Today": day,
            "This Week": day - timedelta(days=(day.weekday() + (0 if monday else 1)) % 7),
            "This Month": day.replace(day=1),
            "This Quarter": day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
            "This Year": day.replace(month=1, day=1),
        }
        if name not in firsts:
            raise ValueError(f"{name!r} is no time frame")
        return _instant(firsts[name], time(), self.zone)


@lru_cache(maxsize=16384)
def _day(at: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(at, zone).date()


@lru_cache(maxsize=16384)
def _instant(day: date, clock: time, zone: ZoneInfo) -> int:
    """A time that is skipped is the next minute that exists; one that is repeated is its first showing."""
    shown = datetime.combine(day, clock)
    while True:
        found = int(shown.replace(tzinfo=zone).timestamp())
        if datetime.fromtimestamp(found, zone).replace(tzinfo=None) == shown:
            return found
        shown = shown.replace(second=0, microsecond=0) + timedelta(minutes=1)


class Recurrence(NamedTuple):
    """When a batch recurs: a clock time in a zone on some days; ``days``: of the week, ``month_day``: of the month."""

    clock: time
    zone: ZoneInfo
    every: int = 1
    days: tuple[int, ...] = ()
    month_day: int = 0
    months: int = 1

    def on(self, day: date) -> bool:
        """Whether it runs on a day."""
        if self.month_day:
            return day.day == self.month_day and (day.month - 1) % self.months == 0
        return day.weekday() in self.days if self.days else day.toordinal() % self.every == 0

    def at(self, day: date) -> int:
        """The instant on a day."""
        return _instant(day, self.clock, self.zone)

    @property
    def period(self) -> int:
        """The longest time between two runs, in seconds."""
        if self.month_day:
            return 31 * DAY * self.months
        if not self.days:
            return DAY * self.every
        gaps = [
            (later - first) % 7 or 7
            for first, later in zip(self.days, (*self.days[1:], self.days[0]), strict=True)
        ]
        return DAY * max(gaps)


def recurrence(text: str, zone: ZoneInfo) -> Recurrence:
    """A schedule in the words of the sheet.  Raises ``ValueError``."""
    found = _AT.fullmatch(text)
    if found is None:
        raise ValueError(f"the schedule {text!r} has no clock time")
    head, clock = found["head"], time.fromisoformat(found["clock"])
    words = head.split(", ")
    if "/" in words[-1] or words[-1] == "UTC":
        zone, head = _zone(words[-1]), ", ".join(words[:-1])
    if (every := _EVERY.fullmatch(head)) and int(every[1]):
        return Recurrence(clock, zone, every=int(every[1]))
    if monthly := _MONTHLY.fullmatch(head):
        day, months = int(monthly[1]), int(monthly[2] or 1)
        if 1 <= day <= _LONGEST_MONTH and 1 <= months <= _MONTHS:
            return Recurrence(clock, zone, month_day=day, months=months)
    if head.startswith("Weekly, on "):
        names = head.removeprefix("Weekly, on ").split(", ")
        if all(name in _DAYS for name in names):
            return Recurrence(clock, zone, days=tuple(sorted(_DAYS.index(name) for name in names)))
    raise ValueError(f"the schedule {text!r} is not known")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: a folder of zones
        raise ValueError(f"no time zone is called {name!r}") from None
