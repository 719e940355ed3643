"""The sheet as one self-contained page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from scorewright.diagnostics.characters import safe
from scorewright.revisions.render.grid import HEADS, grid

if TYPE_CHECKING:
    from scorewright.revisions.render.grid import Cell
    from scorewright.revisions.values import Table

__all__ = ["html"]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """\
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem; }
div { overflow-x: auto; } table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .3rem .5rem; text-align: left; vertical-align: top; min-width: 8rem; }
thead th { background: var(--soft); } tbody th { font-weight: 600; position: sticky; left: 0; background: Canvas; }
"""


def html(table: Table) -> str:
    """One table with its heads; opens from disk and runs nothing."""
    rows, title = grid(table), escape(safe(table.title))
    head = "\n".join(_row(row, "th") for row in rows[:HEADS])
    body = "\n".join(_row(row, "td") for row in rows[HEADS:])
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{title}: revisions</title>\n<style>\n{_STYLE}</style>\n<main>\n<h1>{title}</h1>\n"
        f"<div><table>\n<thead>\n{head}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table></div>\n</main>\n</html>\n"
    )


def _row(cells: list[Cell], tag: str) -> str:
    first, *rest = (escape(safe(str(cell))) for cell in cells)
    scope = "col" if tag == "th" else "row"
    others = "".join(f"<{tag}>{cell}</{tag}>" for cell in rest)
    return f'<tr><th scope="{scope}">{first}</th>{others}</tr>'
