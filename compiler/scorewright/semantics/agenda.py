"""What falls on which instant, and in which order what falls on the same one."""

from __future__ import annotations

from enum import IntEnum
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Agenda", "Entry", "Sort"]


class Sort(IntEnum):
    """What can fall on an instant, in the order in which it is played there (question 4: the tick first)."""

    START = 0
    """The model's first day begins."""
    TICK = 1
    """A day begins."""
    TIMER = 2
    """A wait is over, or an award changes."""
    HOUR = 3
    """A schedule's hour, in one zone."""
    EVENT = 4
    LOOK = 5
    """Somebody asks."""


class Entry(NamedTuple):
    """One entry; ``place`` is the order in which entries of one sort and instant were added."""

    at: int
    sort: Sort
    place: int
    what: object


class Agenda:
    """The entries still to come.  What is added while the others are played takes its place among them."""

    def __init__(self) -> None:
        self._heap: list[Entry] = []
        self._count = 0

    def add(self, at: int, sort: Sort, what: object = None) -> None:
        """Add an entry."""
        self._count += 1
        heappush(self._heap, Entry(at, sort, self._count, what))

    def all(self) -> Iterator[object]:
        """What is still to come, in no order."""
        return (entry.what for entry in self._heap)

    def up_to(self, last: int) -> Iterator[Entry]:
        """The entries up to an instant, this included, each taken off as it is given."""
        while self._heap and self._heap[0].at <= last:
            yield heappop(self._heap)
