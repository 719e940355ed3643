"""Tables of what a target could do for what price, for the person who chooses: values, and how they are shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PlanTable", "Plans", "as_markdown", "as_text", "record"]

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class PlanTable:
    """Rows to choose from.

    ``element`` is the element of the spec that it is about (empty: none).  A cell of ``None`` cannot be had.
    ``chosen`` is the row that the bundle was made by; ``words`` explain the columns, one line each; ``facts`` are those
    that decide which of the columns is so.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    words: tuple[str, ...] = ()
    element: str = ""
    chosen: int | None = None
    facts: tuple[str, ...] = ()


@runtime_checkable
class Plans(Protocol):
    """A target that has something to choose, for a score of a given range."""

    def plans(self, top: int) -> tuple[PlanTable, ...]:
        """The tables for scores from 0 to ``top``, under each answer of the facts that they rest on."""
        ...


def as_text(table: PlanTable) -> Iterator[str]:
    """The table in lines for a terminal; the chosen row has a star, and the last column is flush left if it is text."""
    cells = [[_said(cell) for cell in row] for row in (table.columns, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    yield table.title
    for number, row in enumerate(cells, -1):
        star = "*" if number == table.chosen else " "
        last = row[-1] if isinstance(table.rows[0][-1], str) else row[-1].rjust(widths[-1])
        body = [cell.rjust(width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
        yield f"{star} " + "  ".join((*body, last))
    yield from (f"  {line}" for line in table.words)


def as_markdown(table: PlanTable) -> Iterator[str]:
    """The same as a Markdown table; the chosen row is bold."""
    yield f"**{table.title}**\n"
    yield f"| {' | '.join(table.columns)} |"
    yield "|" + "---|" * len(table.columns)
    for number, row in enumerate(table.rows):
        cells = (f"**{_said(cell)}**" if number == table.chosen else _said(cell) for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield from (f"- {line}" for line in table.words)


def _said(cell: Cell) -> str:
    return "-" if cell is None else f"{cell:,}" if isinstance(cell, int) else cell


def record(table: PlanTable) -> dict[str, Any]:
    """The same for tools."""
    return {**asdict(table), "columns": [*table.columns], "rows": [[*row] for row in table.rows]} | {
        "words": [*table.words],
        "facts": [*table.facts],
    }
