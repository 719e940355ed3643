"""What follows when something on the platform gets another name: whoever refers to it holds its id, not its name.

A field is no such thing: its API name stays for ever, and tokens hold its label as a text.
"""

from __future__ import annotations

from typing import Any

__all__ = ["OWN_NAMES", "Rows", "called", "renamed"]

Row = dict[str, Any]
Rows = dict[str, dict[str, Row]]
"""Objects by kind and name, as their files hold them."""

OWN_NAMES = {
    "programs": "program",
    "folders": "folder",
    "static-lists": "list",
    "smart-lists": "list",
    "smart-campaigns": "campaign",
}
"""What can be given another name, and the key of its own part of it."""


def renamed(there: Rows, kind: str, old: str, new: str) -> Rows:
    """The objects once one of them is called otherwise: it, what stands in it, and whoever refers to it."""
    if kind not in OWN_NAMES or old == new:
        return there
    return {
        each: {
            called(name, old, new): _row(
                row, old, new, OWN_NAMES[kind] if (each, name) == (kind, old) else ""
            )
            for name, row in rows.items()
        }
        for each, rows in there.items()
    }


def _row(row: Row, old: str, new: str, own: str) -> Row:
    found: Row = _deep(row, old, new)
    program = f"{found.get('program', '')}."
    return {**found, own: new.removeprefix(program)} if own else found


def _deep(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return called(value, old, new)
    if isinstance(value, dict):
        return {key: _deep(item, old, new) for key, item in value.items()}
    return [_deep(item, old, new) for item in value] if isinstance(value, (list, tuple)) else value


def called(text: str, old: str, new: str) -> str:
    """A name once something is called otherwise: its own, or that of what stands in it."""
    if text == old:
        return new
    return new + text[len(old) :] if text.startswith(f"{old}.") else text
