"""The state of a sandbox as one page: tables and the calls made, self-contained, and nothing in it can run."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from scorewright.diagnostics.characters import safe
from scorewright.plugin.sandboxes import Answer, Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.sandbox.store import Called

__all__ = ["page"]

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --grave: #b3261e; --link: #2155c4; }
@media (prefers-color-scheme: dark) { :root { --grave: #ff8a80; --link: #9ab8ff; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .4rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1rem; margin: .8rem 0; } a { color: var(--link); }
h2 small, .none { font-weight: 400; opacity: .7; }
div { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top;
  overflow-wrap: break-word; white-space: pre-wrap; }
thead th { background: var(--soft); white-space: nowrap; }
tr.fault td { color: var(--grave); }
button { font: inherit; padding: .3rem .8rem; border: 1px solid var(--line); border-radius: .4rem; cursor: pointer; }
"""
_DIGEST = b64encode(sha256(_STYLE.encode()).digest()).decode()
_HEADERS = (
    ("Content-Type", "text/html; charset=utf-8"),
    (
        "Content-Security-Policy",
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
_BUTTON = (
    '<form method="post" action="/sandbox/build"><button>Do by hand what the build sheet asks</button></form>'
)


def page(title: str, tables: Sequence[Shown], calls: Sequence[Called], *, buildable: bool) -> Answer:
    """The page; with ``buildable`` it offers to do a person's part."""
    every = (*tables, _of_calls(calls))
    return Answer(200, "\n".join(_lines(title, every, buildable)).encode("utf-8", "replace"), _HEADERS)


def _of_calls(calls: Sequence[Called]) -> Shown:
    rows = tuple(
        (str(call.number), call.method, call.path, _time(call.at), str(call.status or "-"), call.fault)
        for call in calls
    )
    return Shown("Calls, the newest first", ("Number", "Method", "Path", "When", "Status", "Fault"), rows)


def _time(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def _lines(title: str, tables: Iterable[Shown], buildable: bool) -> Iterator[str]:
    tables, name = tuple(tables), escape(safe(title))
    yield '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{name}: sandbox</title>\n<style>{_STYLE}</style>\n<main>"
    yield f"<header><h1>{name}: sandbox</h1>{_BUTTON if buildable else ''}</header>"
    links = (f'<a href="#t{number}">{escape(safe(table.title))}</a>' for number, table in enumerate(tables))
    yield f"<nav>{' '.join(links)}</nav>"
    for number, table in enumerate(tables):
        yield from _table(number, table)
    yield "</main>\n</html>\n"


def _table(number: int, table: Shown) -> Iterator[str]:
    yield f'<h2 id="t{number}">{escape(safe(table.title))} <small>{len(table.rows)}</small></h2>'
    if not table.rows:
        yield '<p class="none">none</p>'
        return
    head = "".join(f'<th scope="col">{escape(safe(column))}</th>' for column in table.columns)
    yield f"<div><table>\n<thead><tr>{head}</tr></thead>\n<tbody>"
    fault = len(table.columns) - 1 if table.columns[-1] == "Fault" else None
    for row in table.rows:
        marked = ' class="fault"' if fault is not None and row[fault] else ""
        yield f"<tr{marked}>{''.join(f'<td>{escape(safe(cell))}</td>' for cell in row)}</tr>"
    yield "</tbody>\n</table></div>"
