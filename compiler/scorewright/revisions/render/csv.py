"""The sheet as CSV, for any spreadsheet: nothing in it is taken for a formula."""

from __future__ import annotations

import csv as _csv
from io import StringIO
from typing import TYPE_CHECKING

from scorewright.diagnostics.characters import safe
from scorewright.revisions.render.grid import grid

if TYPE_CHECKING:
    from scorewright.revisions.render.grid import Cell
    from scorewright.revisions.values import Table

__all__ = ["csv"]

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Full-width signs too: some spreadsheets read them alike.  Source: OWASP, CSV Injection."""


def csv(table: Table) -> str:
    """The whole grid, commas between cells."""
    written = StringIO()
    _csv.writer(written, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in grid(table))
    return written.getvalue()


def _cell(cell: Cell) -> Cell:
    """A text that a spreadsheet would calculate gets an apostrophe, as the spreadsheet itself writes one."""
    if not isinstance(cell, str):
        return cell
    text = safe(cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
