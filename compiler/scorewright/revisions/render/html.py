"""The sheet as one self-contained page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from scorewright.diagnostics.characters import safe
from scorewright.output.page import page_head
from scorewright.revisions.render.grid import HEADS, grid

if TYPE_CHECKING:
    from scorewright.revisions.render.grid import Cell
    from scorewright.revisions.values import Table

__all__ = ["html"]

_STYLE = """\
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem; }
div { overflow-x: auto; } table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; min-width: 8rem; }
thead th { background: var(--soft); } tbody th { font-weight: 600; position: sticky; left: 0; background: var(--back); }
"""


def html(table: Table) -> str:
    """One table with its heads; opens from disk and runs nothing."""
    rows, title = grid(table), safe(table.title)
    head = "\n".join(_row(row, "th") for row in rows[:HEADS])
    body = "\n".join(_row(row, "td") for row in rows[HEADS:])
    return (
        f"{page_head(f'{title}: revisions', _STYLE)}<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f'<div tabindex="0" role="region" aria-label="Revisions"><table>\n<thead>\n{head}\n</thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>\n</main>\n</body>\n</html>\n"
    )


def _row(cells: list[Cell], tag: str) -> str:
    first, *rest = (escape(safe(str(cell))) for cell in cells)
    scope = "col" if tag == "th" else "row"
    others = "".join(f"<{tag}>{cell}</{tag}>" for cell in rest)
    return f'<tr><th scope="{scope}">{first}</th>{others}</tr>' if first else f"<tr><td></td>{others}</tr>"
