"""What one firing after another costs in days: the answers that nobody has yet from the platform."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["TIMINGS", "Timing"]


class Timing(NamedTuple):
    """Days that a rule's firings in a row take: ``first`` after other rules have fired, ``again`` for each more.

    ``facts`` are the answers under which it is so.
    """

    key: str
    words: str
    first: int
    again: int
    facts: tuple[tuple[str, bool], ...]

    def cost(self, firings: int) -> int:
        """Days for so many firings of one rule in a row."""
        return self.first + (firings - 1) * self.again if firings else 0

    def firings(self, days: int) -> int:
        """The fewest firings in a row that take more than ``days - 1`` days."""
        return max(1, -(-(days - self.first) // self.again) + 1)


TIMINGS = (
    Timing(
        "a",
        "one rule fires a day",
        1,
        1,
        (("rules-follow-one-another", False), ("repeat-counts-elapsed-days", False)),
    ),
    Timing(
        "b",
        "one rule fires a day, and the same rule again needs two",
        1,
        2,
        (("rules-follow-one-another", False), ("repeat-counts-elapsed-days", True)),
    ),
    Timing(
        "c",
        "different rules follow one another within the day; the days are those after the first",
        0,
        1,
        (("rules-follow-one-another", True), ("repeat-counts-elapsed-days", False)),
    ),
)
"""The three answers, the safe one first; ``b`` is the slowest."""
