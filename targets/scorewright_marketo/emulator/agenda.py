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
