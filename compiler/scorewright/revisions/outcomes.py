"""Reads what came of the leads, by day, and adds it up between the revisions."""

from __future__ import annotations

import csv
from bisect import bisect_right
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from scorewright.revisions.values import Figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["COLUMNS", "BrokenOutcomesError", "Outcome", "between", "read_outcomes"]

COLUMNS = ("date", "leads", "opportunities", "won")


class BrokenOutcomesError(Exception):
    """The file is no such table; the message says in which line and what is wrong."""


class Outcome(NamedTuple):
    """One day's figures (ISO)."""

    day: str
    figures: Figures


def read_outcomes(text: str) -> tuple[Outcome, ...]:
    """Read CSV with the columns ``date``, ``leads``, ``opportunities``, ``won``.  Raises ``BrokenOutcomesError``."""
    separator = max(",;\t", key=(text.splitlines() or [""])[0].count)
    rows = csv.reader(StringIO(text), delimiter=separator, strict=True)
    try:
        header = [cell.strip().casefold() for cell in next(rows, [])]
        missing = [name for name in COLUMNS if name not in header]
        if missing:
            raise BrokenOutcomesError(
                f"line 1 has no column {', '.join(missing)}; it has to be {','.join(COLUMNS)}"
            )
        return tuple(_rows(rows, [header.index(name) for name in COLUMNS]))
    except csv.Error as error:
        raise BrokenOutcomesError(f"line {rows.line_num}: {error}") from None


def _rows(rows: Iterator[list[str]], places: Sequence[int]) -> Iterator[Outcome]:
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = [row[place].strip() if place < len(row) else "" for place in places]
        try:
            day = date.fromisoformat(cells[0]).isoformat()
        except ValueError:
            raise BrokenOutcomesError(
                f"line {number}: {cells[0]!r} is no date; write it as 2026-05-01"
            ) from None
        if not all(cell.isascii() and cell.isdigit() for cell in cells[1:]):
            raise BrokenOutcomesError(f"line {number}: leads, opportunities and won are whole numbers")
        yield Outcome(day, Figures(*(int(cell) for cell in cells[1:])))


def between(outcomes: Sequence[Outcome], days: Sequence[str]) -> tuple[Figures, ...]:
    """The sums from each of the days (in order) up to the next; what was before the first counts nowhere."""
    sums = [Figures(0, 0, 0) for _ in days]
    for outcome in outcomes:
        place = bisect_right(days, outcome.day) - 1
        if place >= 0:
            sums[place] = Figures(*(a + b for a, b in zip(sums[place], outcome.figures, strict=True)))
    return tuple(sums)
