"""Reads JSON with the place of every value and key, and every key that stands twice: ``json`` tells neither."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["BrokenJsonError", "Node", "parse_json"]

_BLANK = re.compile(r"[ \t\n\r]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[A-Za-z0-9_+.-]+")
_WORDS = {"true": True, "false": False, "null": None}
_DEEPEST = 16
"""Brackets inside one another: a history needs four, and the reader calls itself for each."""
_DIGITS = 18
"""Signs of a number: all fit into 64 bits, and none takes long to read."""


class BrokenJsonError(Exception):
    """The text is no JSON: at which character, and what to do about it."""

    def __init__(self, at: int, message: str, help: str = "") -> None:
        super().__init__(message)
        self.at = at
        self.message = message
        self.help = help


@dataclass(frozen=True, slots=True)
class Node:
    """One value with the offset at which it begins.

    ``value`` is a text, number, yes or no, or ``None``; a tuple of nodes; or a dictionary of them.  ``keys`` has the
    offset of each key, ``twice`` the keys that stand there again with their offsets.
    """

    value: str | int | float | bool | Sequence[Node] | Mapping[str, Node] | None
    at: int
    keys: Mapping[str, int]
    twice: Sequence[tuple[str, int]] = ()


def parse_json(text: str) -> Node:
    """Read one JSON value.

    Raises:
        BrokenJsonError: at the first mistake.
    """
    reader = _Reader(text)
    node = reader.value(0)
    if reader.skip() < len(text):
        reader.fail("the file goes on behind the end of the object", "one file is one person")
    return node


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def fail(self, message: str, help: str = "", at: int | None = None) -> NoReturn:
        raise BrokenJsonError(self.at if at is None else at, message, help)

    def skip(self) -> int:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def sign(self) -> str:
        self.skip()
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> Node:
        sign, begin = self.sign(), self.at
        if depth > _DEEPEST:
            self.fail("brackets stand inside one another too deeply", "a person's file needs four levels")
        if sign == "{":
            return self._object(begin, depth)
        if sign == "[":
            return Node(tuple(self._items(depth)), begin, {})
        if sign == '"':
            return Node(self._string(), begin, {})
        return Node(self._scalar(), begin, {})

    def _object(self, begin: int, depth: int) -> Node:
        self.at += 1
        members: dict[str, Node] = {}
        keys: dict[str, int] = {}
        twice: list[tuple[str, int]] = []
        while self._another("}", first=not members):
            if self.sign() != '"':
                self.fail("here must stand a key in double quotes", 'for example "created"')
            place, key = self.at, self._string()
            if self.sign() != ":":
                self.fail(f'a colon is missing behind the key "{key[:40]}"', "write : between key and value")
            self.at += 1
            if key in members:
                twice.append((key, place))
            keys.setdefault(key, place)
            members[key] = self.value(depth + 1)
        return Node(members, begin, keys, tuple(twice))

    def _items(self, depth: int) -> Sequence[Node]:
        self.at += 1
        found: list[Node] = []
        while self._another("]", first=not found):
            found.append(self.value(depth + 1))
        return found

    def _another(self, end: str, *, first: bool) -> bool:
        """Whether another member follows; goes past the comma before it, or past the end."""
        sign = self.sign()
        if sign == end:
            self.at += 1
            return False
        if first:
            return True
        if sign != ",":
            message = f"{end} is missing: the file ends here" if not sign else f"here must stand , or {end}"
            self.fail(message, "the entries of a JSON array or object have a comma between them")
        comma = self.at
        self.at += 1
        if self.sign() == end:
            self.fail("a comma before the closing bracket", "delete it: JSON has no comma at the end", comma)
        return True

    def _string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if found is None:
            self.fail(
                "this text has no end on its line", 'close it with "; a new line inside it is written \\n'
            )
        try:
            text: str = json.loads(found[0])
        except ValueError:
            self.fail("a backslash that stands for nothing", "write \\\\ for a backslash itself")
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            self.fail(
                "half a character: an escape \\uD8.. needs its second half", "write the character itself"
            )
        self.at = found.end()
        return text

    def _scalar(self) -> int | float | bool | None:
        word = _WORD.match(self.text, self.at)
        text = word[0] if word else ""
        if text in _WORDS:
            self.at += len(text)
            return _WORDS[text]
        if not text or not _NUMBER.fullmatch(text):
            self._no_value(text)
        if len(text) > _DIGITS:
            self.fail(f"the number {text[:20]}… is too long", f"at most {_DIGITS} digits and signs are read")
        self.at += len(text)
        return int(text) if text.lstrip("-").isdigit() else float(text)

    def _no_value(self, text: str) -> NoReturn:
        if not text:
            if self.at >= len(self.text):
                self.fail("the file ends where a value must stand", "the rest of it may have been cut off")
            self.fail(
                f"{self.text[self.at]!r} cannot begin a value",
                'texts stand in double quotes: "…"; JSON has no comments and no single quotes',
            )
        help_ = {"nan": "leave the key out, or write null", "none": "write null"}.get(text.lower())
        if text in {"True", "False"}:
            help_ = f"write {text.lower()}"
        self.fail(
            f"{text[:40]} is no value of JSON", help_ or "texts stand in double quotes, numbers are plain"
        )
