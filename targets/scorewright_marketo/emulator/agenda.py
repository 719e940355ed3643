"""What is still to come for one person, in order of time; what is due at once comes before the next instant."""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from scorewright_marketo.emulator.state import FOREVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright_marketo.emulator.state import State

__all__ = ["Agenda"]


class Agenda:
    """Things to do at instants.  ``count`` moves with everything that is put off."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.count = 0
        self.ready: deque[tuple[Callable[..., object], tuple[Any, ...]]] = deque()
        self._heap: list[tuple[int, int, Callable[..., object], tuple[Any, ...]]] = []

    def at(self, when: int, do: Callable[..., object], *arguments: Any) -> None:
        """Do something later; what is due at once comes after what is waiting already."""
        if when <= self.state.now:
            self.ready.append((do, arguments))
        else:
            self.later(when, do, *arguments)

    def later(self, when: int, do: Callable[..., object], *arguments: Any, first: bool = False) -> None:
        """Do something by itself, after all that was asked for earlier at the same instant, or (``first``) before."""
        self.count += 1
        heappush(self._heap, (when, -self.count if first else self.count, do, arguments))

    def recast(self, change: Callable[[Any], Any]) -> None:
        """Put another thing in the place of each that something is to be done with; where there is none, it is not done."""
        for place, (when, count, do, arguments) in enumerate(self._heap):
            self._heap[place] = (when, count, *_recast(do, arguments, change))
        self.ready = deque(_recast(do, arguments, change) for do, arguments in self.ready)

    def due(self) -> int:
        """When something comes next."""
        return self._heap[0][0] if self._heap else FOREVER

    def step(self) -> None:
        """Go to the next instant at which something comes, and do one thing; then all that is due at once."""
        when, _, do, arguments = heappop(self._heap)
        self.state.now = when
        do(*arguments)
        self.settle()

    def settle(self) -> None:
        """Do all that is due at once."""
        while self.ready:
            do, arguments = self.ready.popleft()
            do(*arguments)


def _recast(
    do: Callable[..., object], arguments: tuple[Any, ...], change: Callable[[Any], Any]
) -> tuple[Callable[..., object], tuple[Any, ...]]:
    found = tuple(change(item) for item in arguments)
    gone = any(after is None and before is not None for before, after in zip(arguments, found, strict=True))
    return (_nothing, ()) if gone else (do, found)


def _nothing() -> None:
    """What was to be done is no more."""
