"""Days ago and days ahead: when such a criterion holds, and at which instants it can turn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

__all__ = ["DAY", "Calendar", "Flip"]

DAY = 86_400


class Flip(NamedTuple):
    """A criterion can turn so many seconds after a date: ``activity``, ``created`` or ``date X`` of a field."""

    basis: str
    offset: int


class Calendar:
    """The wall clock of the business unit."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)

    def read(self, text: str) -> int | None:
        """The instant of an ISO date (its first moment) or time; ``None`` for any other text."""
        try:
            found = datetime.fromisoformat(text)
            if found.tzinfo is None:
                found = found.replace(tzinfo=self.zone)
            return int(found.astimezone(UTC).timestamp())
        except (
            ValueError,
            OverflowError,
        ):  # the first and the last day of all calendars are over the edge in some zone
            return None

    def day(self, instant: int) -> int:
        """The calendar day of an instant, as a number."""
        return datetime.fromtimestamp(instant, self.zone).date().toordinal()

    def day_after(self, instant: int) -> int:
        """The first moment of the day after that of an instant."""
        try:
            return self.day_start(self.day(instant) + 1)
        except (ValueError, OverflowError):  # there is no day after the last one
            return instant + DAY

    def day_start(self, day: int) -> int:
        """The first moment of a calendar day."""
        start = datetime.fromordinal(day).replace(tzinfo=self.zone)
        return int(start.astimezone(UTC).timestamp())
