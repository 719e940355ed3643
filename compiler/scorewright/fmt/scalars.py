"""How a key is spelled, and a value that holds no others: one spelling for each."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from scorewright.source.text import is_hidden

__all__ = ["key_text", "paragraphs", "scalar_text"]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_GROUPED_FROM = 10_000
"""From here on an integer has ``_`` between its thousands, so that nobody has to count digits."""
_IDLE_ZEROS = re.compile(r"(\.\d*?)0+(?!\d)")


def key_text(key: str) -> str:
    """Give one part of a key, without quotes where TOML can do without."""
    return key if _BARE.fullmatch(key) else _string(key)


def scalar_text(value: Any) -> str:
    """Give a value other than an array or a table, on one line."""
    match value:
        case str():
            return _string(value)
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value:_}" if abs(value) >= _GROUPED_FROM else str(value)
        case dt.date() | dt.time():  # a datetime is a date
            return _time(value)
        case _:
            return repr(value)  # of floats Python writes what TOML reads


def paragraphs(text: str) -> list[str]:
    """Give a text of several lines as a multi-line string, line by line."""
    body = "".join(char if char in '"\n' else _escaped(char) for char in text).replace('"""', '""\\"')
    if body.endswith('"') and not body.endswith('\\"'):
        body = body[:-1] + '\\"'
    return ['"""', *f'{body}"""'.split("\n")]


def _string(text: str) -> str:
    """Give a text as a basic string, or as a literal one where only that needs no escape."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    if text.isprintable() and "'" not in text:
        return f"'{text}'"
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    if char in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[char]
    return f"\\u{ord(char):04X}" if is_hidden(ord(char)) else char


def _time(value: dt.date | dt.time) -> str:
    text = _IDLE_ZEROS.sub(r"\1", value.isoformat())
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
