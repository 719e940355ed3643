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
    if kind in _HOLD_OTHERS:
        found = {
            each: {called(name, old, new): _deep(row, old, new) for name, row in rows.items()}
            for each, rows in there.items()
        }
    else:
        found = {
            each: {
                new if (each, name) == (kind, old) else name: _referring(row, kind, old, new)
                for name, row in rows.items()
            }
            for each, rows in there.items()
        }
    if new in found.get(kind, {}):
        row = found[kind][new]
        own = {OWN_NAMES[kind]: new.removeprefix(f"{row.get('program', '')}."), "name": new}
        found[kind][new] = {**row, **{key: value for key, value in own.items() if key in row}}
    return found


_HOLD_OTHERS = {"programs", "folders"}
"""What others stand in, so that its name is the beginning of theirs."""

_RULES = {
    "Member of List": "static-lists",
    "Member of Smart List": "smart-lists",
    "Member of Smart Campaign": "smart-campaigns",
}
_STEPS = {
    "Execute Campaign": "smart-campaigns",
    "Request Campaign": "smart-campaigns",
    "Add to List": "static-lists",
    "Remove from List": "static-lists",
}
"""What a filter or a step refers to: things of two kinds may have one name."""


def _referring(value: Any, kind: str, old: str, new: str) -> Any:
    """A table whose filters and steps refer to a thing of a kind by its new name."""
    if isinstance(value, dict):
        meant = _RULES.get(value.get("rule", ""), _STEPS.get(value.get("step", "")))
        listed = value.get("attribute") == "List Name" and kind == "static-lists"
        inner = {key: _referring(item, kind, old, new) for key, item in value.items()}
        if meant == kind or listed:
            return {
                key: item if key == "choices" else _exact(item, old, new) for key, item in inner.items()
            } | (
                {"choices": [{**row, "value": _exact(row["value"], old, new)} for row in inner["choices"]]}
                if "choices" in inner
                else {}
            )
        return inner
    return [_referring(item, kind, old, new) for item in value] if isinstance(value, (list, tuple)) else value


def _exact(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return new if value == old else value
    if isinstance(value, dict):
        return {key: _exact(item, old, new) for key, item in value.items()}
    return [_exact(item, old, new) for item in value] if isinstance(value, (list, tuple)) else value


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
