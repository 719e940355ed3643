"""What an explanation of a syntax error looks at, and what it answers."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Answer", "Context", "clip", "context_at", "line_number"]

_CLIP = 60
"""Characters of a text that a message quotes."""


class Context(NamedTuple):
    """What the explanations look at: the parser's message and where it stopped."""

    text: str
    message: str
    offset: int
    line_start: int
    line: str

    @property
    def char(self) -> str:
        """The character at which the parser stopped, empty at the end."""
        return self.text[self.offset : self.offset + 1]

    @property
    def before(self) -> str:
        """The line up to there."""
        return self.text[self.line_start : self.offset]


class Answer(NamedTuple):
    """What is wrong, what to write instead, and where the caret belongs."""

    message: str
    help: str
    offset: int


def context_at(text: str, message: str, offset: int) -> Context:
    """Give the context of a parser's message, without its coordinates, and the offset at which it stopped."""
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    return Context(text, message, offset, line_start, line)


def clip(text: str) -> str:
    """Shorten what is quoted in a message."""
    return text if len(text) <= _CLIP else f"{text[: _CLIP - 1]}…"


def line_number(text: str, offset: int) -> int:
    """Count lines from 1."""
    return text.count("\n", 0, offset) + 1
