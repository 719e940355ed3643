"""Numbers in sentences: one point, two points."""

from __future__ import annotations

import re

__all__ = ["in_number", "out_of_number"]

_WORDS = "point|day|hour|minute|step|handoff|award|rule|time|period|event|action"
_MANY = re.compile(rf"(?<![\d.,])1 ({_WORDS})s\b( are\b)?")
_ONE = re.compile(rf"(?<![\d.,])1 ({_WORDS})\b( is\b)?")


def in_number(text: str) -> str:
    """A sentence that was made with a number in it: ``up to 1 points`` becomes ``up to 1 point``."""
    return _MANY.sub(lambda found: f"1 {found[1]}{' is' if found[2] else ''}", text)


def out_of_number(text: str) -> str:
    """The sentence as it was made, for whoever looks it up."""
    return _ONE.sub(lambda found: f"1 {found[1]}s{' are' if found[2] else ''}", text)
