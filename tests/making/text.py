"""Tables to TOML text as people write it: a header for each entry, one line for each key, inline tables inside."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

__all__ = ["toml_key", "toml_text", "toml_value"]

_BARE = re.compile("[A-Za-z0-9_-]+")
_SINGLE = {"model", "lifecycle"}
_SHORT = {"values", "fields", "activities", "assets", "marks", "goals"}


def toml_text(data: dict[str, Any]) -> str:
    """The text of one file.  ``data`` holds tables of the language, and the keys that stand above them."""
    lines = _keys({key: value for key, value in data.items() if not isinstance(value, dict)})
    for table, entries in data.items():
        if not isinstance(entries, dict):
            continue
        name, together = toml_key(table), table in _SINGLE or table in _SHORT
        inline = {key: entry for key, entry in entries.items() if together or not isinstance(entry, dict)}
        if inline or not entries:
            lines += ["", f"[{name}]", *_keys(inline)]
        for key, entry in entries.items():
            if key not in inline:
                lines += ["", f"[{name}.{toml_key(key)}]", *_keys(entry)]
    return "\n".join(lines) + "\n"


def _keys(entries: dict[str, Any]) -> list[str]:
    return [f"{toml_key(key)} = {toml_value(value)}" for key, value in entries.items()]


def toml_key(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def toml_value(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, dict):
        return f"{{ {', '.join(_keys(value))} }}" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return repr(value)  # integers, and floats: nan and inf are written alike in both languages
