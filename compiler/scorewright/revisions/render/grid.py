"""The sheet as a grid: heads, the rows of the model, and below them what came of the leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorewright.revisions.values import Figures, Table

__all__ = ["HEADS", "Cell", "grid"]

Cell = str | int | float
HEADS = 4
"""Rows above the first element: commit, day, author, reason."""


def grid(table: Table) -> list[list[Cell]]:
    """Every row with as many cells as there are revisions, and two more for the element and its title."""
    heads: list[list[Cell]] = [
        ["Element", "Title", *(revision.commit for revision in table.revisions)],
        ["", "Date", *(revision.day for revision in table.revisions)],
        ["", "Author", *(revision.author for revision in table.revisions)],
        ["", "Reason", *(revision.reason for revision in table.revisions)],
    ]
    rows: list[list[Cell]] = [[row.name, row.title, *row.cells] for row in table.rows]
    return [*heads, *rows, *_figures(table)]


def _figures(table: Table) -> Iterator[list[Cell]]:
    if any(revision.figures is not None for revision in table.revisions):
        for name, of in _OUTCOMES:
            counted = (revision.figures for revision in table.revisions)
            yield ["Outcomes", name, *("" if figures is None else of(figures) for figures in counted)]


def _percent(part: int, whole: int) -> Cell:
    return round(100 * part / whole, 1) if whole else ""


_OUTCOMES: tuple[tuple[str, Callable[[Figures], Cell]], ...] = (
    ("Leads", lambda found: found.leads),
    ("Opportunities", lambda found: found.opportunities),
    ("Won", lambda found: found.won),
    ("Leads that became opportunities, %", lambda found: _percent(found.opportunities, found.leads)),
    ("Opportunities that were won, %", lambda found: _percent(found.won, found.opportunities)),
)
