"""Criteria on dates: so many days ago or ahead, before, on and after a day."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scorewright_pardot.emulator.days import DAY, Flip
from scorewright_pardot.emulator.texts import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright_pardot.emulator.days import Calendar
    from scorewright_pardot.emulator.prospect import Value
    from scorewright_pardot.emulator.unit import Unit

    DateTest = Callable[[int | None, int], bool]

__all__ = ["date_of", "date_test"]


def date_of(calendar: Calendar) -> Callable[[Value], int | None]:
    """Reads the date in a field."""

    @lru_cache(maxsize=256)
    def read(value: Value) -> int | None:
        return calendar.read(value[0]) if value else None

    return read


def date_test(unit: Unit, operator: str, value: str, basis: str) -> tuple[DateTest, frozenset[Flip]] | None:
    """Whether a date matches at an instant, and when that can turn; ``None`` for a value that cannot be typed there.

    No date matches nothing.  Days are whole: what lies 29 days and 23 hours back lies 29 days back.
    """
    if operator in {"after", "before", "is"}:
        return _against_a_day(unit, operator, value)
    days = whole(value)
    if days is None or days < 0:
        return None
    if basis.startswith("date ") and not unit.world.dates_compare_in_days:
        return (lambda *_: False), frozenset()
    if operator == "days-greater":
        first = (days + 1 if unit.world.days_greater_than_is_strict else days) * DAY
        return (lambda date, now: date is not None and now - date >= first), frozenset((Flip(basis, first),))
    if operator == "days-less":
        end = (days if unit.world.days_less_than_is_strict else days + 1) * DAY
        begins = (Flip(basis, 0),) if basis.startswith("date ") else ()
        turns = frozenset((Flip(basis, end), *begins))
        return (lambda date, now: date is not None and 0 <= now - date < end), turns
    ahead = days * DAY
    turns = frozenset((Flip(basis, -ahead + 1), Flip(basis, 1)))
    return (lambda date, now: date is not None and 0 <= date - now < ahead), turns


def _against_a_day(unit: Unit, operator: str, value: str) -> tuple[DateTest, frozenset[Flip]] | None:
    day = unit.calendar.read(value)
    if day is None:
        return None
    end = unit.calendar.day_after(day)
    never: frozenset[Flip] = frozenset()
    if operator == "before":
        return (lambda date, _: date is not None and date < day), never
    if operator == "after":
        return (lambda date, _: date is not None and date >= end), never
    return (lambda date, _: date is not None and day <= date < end), never
