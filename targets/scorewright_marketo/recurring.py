"""How often a batch recurs, read from the words of a schedule: what a person picks, and what the API says of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Recurring", "of_record", "of_words"]

_HEAD = re.compile(r"(Daily|Weekly|Monthly), (.+), at (\d\d):(\d\d)")
_EVERY = re.compile(r"every (\d+) (?:day|week|month)s?(?: from January)?")
_DAY = re.compile(r"on day (\d+)")
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Recurring(NamedTuple):
    """An interval of days, weeks or months; the days of a week, or the day of a month, where some are picked."""

    kind: str
    every: int
    weekdays: tuple[str, ...] = ()
    day: int | None = None
    clock: tuple[int, int] = (0, 0)

    @property
    def often(self) -> str:
        """Without the hour, which the API shows in another zone."""
        picked = f", on {', '.join(self.weekdays)}" if self.weekdays else ""
        picked += f", on day {self.day}" if self.day is not None else ""
        return f"{self.kind}, every {self.every}{picked}"


def of_words(words: str) -> Recurring | None:
    """A schedule as the sheet says it; ``None`` for what does not recur."""
    found = _HEAD.fullmatch(words)
    if found is None:
        return None
    parts = [part.removeprefix("on ") if part[3:] in _WEEK else part for part in found[2].split(", ")]
    every = next((int(match[1]) for part in parts if (match := _EVERY.fullmatch(part))), 1)
    day = next((int(match[1]) for part in parts if (match := _DAY.fullmatch(part))), None)
    weekdays = tuple(name for name in _WEEK if name in parts)
    return Recurring(found[1], every, weekdays, day, (int(found[3]), int(found[4])))


def of_record(record: Mapping[str, Any]) -> Recurring | None:
    """What a campaign's record says of it; ``None``: it does not recur."""
    found = record.get("recurrence") or {}
    if not isinstance(found, dict) or not found.get("intervalType"):
        return None
    mask = {str(name)[:3].casefold() for name in found.get("weekdayMask") or ()}
    weekdays = tuple(name for name in _WEEK if name[:3].casefold() in mask)
    day = str(found.get("dayOfMonth") or "")
    return Recurring(
        str(found["intervalType"]),
        int(found.get("interval") or 1),
        weekdays,
        int(day) if day.isdigit() else None,
    )
