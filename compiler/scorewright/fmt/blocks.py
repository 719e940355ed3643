"""The comments of a text as they stand: beside something, or in blocks with lines of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from scorewright.source.lexical import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Beside", "Block", "find_comments"]

_BLOCK = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\n)*+(?:[ \t]*+#[^\n]*+)?")


@dataclass(frozen=True, slots=True)
class Beside:
    """A comment behind something on the same line."""

    start: int
    text: str
    bracket: int
    """Where the last bracket before it stands, opening or closing; -1 when there is none."""
    opening: int
    """Where that bracket is, or the one that it closes."""
    opens: str
    """Which of the two opens there: ``[`` or ``{``."""


@dataclass(frozen=True, slots=True)
class Block:
    """Comments one below the other, with nothing but blank lines between them."""

    start: int
    end: int
    groups: tuple[tuple[str, ...], ...]
    """The comments as blank lines divide them."""
    container: int | None
    """Where the innermost bracket around them opens."""
    opens: str
    """Which bracket that is, ``[`` or ``{``; empty when there is none."""
    touches_above: bool
    """No blank line divides them from what stands above."""
    touches_below: bool


def find_comments(text: str) -> Iterator[Beside | Block]:
    """Give every comment of ``text``, which tomllib must have accepted, in order."""
    brackets: list[int] = []
    bracket = opening = -1
    read_to = 0
    for token in tokens(text):
        start = token.start()
        if token["open"] is not None:
            brackets.append(start)
            bracket = opening = start
        elif token["close"] is not None:
            bracket, opening = start, brackets.pop()
        elif token["comment"] is not None and start >= read_to:
            line = text.rfind("\n", 0, start) + 1
            if text[line:start].strip():
                yield Beside(start, token[0].rstrip(" \t"), bracket, opening, text[opening : opening + 1])
            else:
                block = _block(text, line, brackets[-1] if brackets else None)
                read_to = block.end
                yield block


def _block(text: str, start: int, container: int | None) -> Block:
    match = _BLOCK.match(text, start)
    assert match is not None  # it may be empty, so it always matches
    lines = [line.strip(" \t") for line in match[0].removesuffix("\n").split("\n")]
    groups = tuple(tuple(group) for is_text, group in groupby(lines, bool) if is_text)
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    opens = "" if container is None else text[container]
    return Block(start, match.end(), groups, container, opens, bool(above.strip()), bool(lines[-1]))
