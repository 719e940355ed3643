"""Tables to TOML text as people write it: a header for each entry, one line for each key, inline tables inside."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

__all__ = ["toml_text", "toml_value"]

_SINGLE = {"model", "lifecycle"}
_SHORT = {"values", "fields", "activities", "assets", "marks", "goals"}


def toml_text(data: dict[str, Any]) -> str:
    """The text of one file.  ``data`` holds tables of the language, and the keys that stand above them."""
    lines = [f"{key} = {toml_value(value)}" for key, value in data.items() if not isinstance(value, dict)]
    for table, entries in data.items():
        if not isinstance(entries, dict):
            continue
        if table in _SINGLE or table in _SHORT:
            lines += ["", f"[{table}]", *_keys(entries)]
            continue
        for name, entry in entries.items():
            lines += ["", f"[{table}.{name}]", *_keys(entry)]
    return "\n".join(lines) + "\n"


def _keys(entries: dict[str, Any]) -> list[str]:
    return [f"{key} = {toml_value(value)}" for key, value in entries.items()]


def toml_value(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return str(value)
