"""Turns what a file says for a field or a property into a value of the machine, or says that it cannot be one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from scorewright.explain.person.json_text import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.explain.person.said import Said

__all__ = ["NOT_READ", "YEARS", "read_value"]

YEARS = range(1970, 2200)
"""In which every date and time of a file lies: the machine plays day by day."""

NOT_READ = object()
"""In the place of a value that was wrong: ``None`` is a value, it means unknown."""

_LARGEST = 10**15
"""Up to here a number in JSON is exact in every reader."""
_YES = {
    "yes": True,
    "true": True,
    "1": True,
    "on": True,
    "no": False,
    "false": False,
    "0": False,
    "off": False,
}


def read_value(kind: str, said: Said) -> object:
    """The value for a type of the language (``text number date yes_no choice choices any``), or ``NOT_READ``."""
    value = said.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not said.typed:
        return _of_text(kind, str(value))
    return _READERS.get(kind, _text)(value)


def _text(value: object) -> object:
    return value if isinstance(value, str) else NOT_READ


def _plain(value: object) -> object:
    return value if isinstance(value, (str, int, bool)) else NOT_READ


def _truth(value: object) -> object:
    return value if isinstance(value, bool) else NOT_READ


def _of_text(kind: str, text: str) -> object:
    if kind == "number":
        digits = text.replace(" ", "").removeprefix("+")
        return _whole(int(digits)) if digits.lstrip("-").isdecimal() and len(digits) < 18 else NOT_READ
    if kind == "yes_no":
        return _YES.get(text.casefold(), NOT_READ)
    if kind == "choices":
        return tuple(part.strip() for part in text.split(";") if part.strip())
    return _day(text) if kind == "date" else text


def _whole(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    good = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST
    return value if good else NOT_READ


def _several(value: object) -> object:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, (list, tuple)):
        return NOT_READ
    texts = tuple(item.value for item in value if isinstance(item, Node))
    return texts if all(isinstance(text, str) for text in texts) else NOT_READ


def _day(value: object) -> object:
    if not isinstance(value, str):
        return NOT_READ
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return NOT_READ
    return value.strip() if found.year in YEARS else NOT_READ


_READERS: Mapping[str, Callable[[object], object]] = {
    "any": _plain,
    "number": _whole,
    "yes_no": _truth,
    "choices": _several,
    "date": _day,
}
