"""The sheet as a Markdown table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.diff.render.markdown import code
from scorewright.revisions.render.grid import grid

if TYPE_CHECKING:
    from scorewright.revisions.render.grid import Cell
    from scorewright.revisions.values import Table

__all__ = ["markdown"]


def markdown(table: Table) -> str:
    """One table; what comes from a spec or from git stands in code spans, where nothing is markup."""
    first, *rest = grid(table)
    lines = [_row(first), "|".join(["", *(" --- " for _ in first), ""]), *map(_row, rest)]
    return f"### {code(table.title)}: revisions\n\n" + "\n".join(lines) + "\n"


def _row(cells: list[Cell]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(cell: Cell) -> str:
    return code(cell).replace("|", "\\|") if isinstance(cell, str) and cell else str(cell)
