"""Makes text safe to print: what a terminal would obey is shown as an escape, and columns are counted as shown."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["cells", "safe", "shown", "width"]

_OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
_TAB = "    "


def safe(text: str) -> str:
    """Write control characters, direction marks and lone surrogates as escapes; a new line stays, a tab is a space."""
    return _OBEYED.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return " " if code == 0x09 else f"\\u{code:04x}"


def shown(line: str) -> str:
    """Write one source line as it is shown: tabs as four blanks, the rest as ``safe`` does."""
    return safe(line.replace("\t", _TAB)).replace("\n", " ")


def width(text: str) -> int:
    """Count the columns that a terminal gives to text that ``shown`` has written."""
    return len(text) if text.isascii() else sum(cells(char) for char in text)


def cells(char: str) -> int:
    """Count the columns of one character: two for wide ones, none for marks that stand on the one before."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
