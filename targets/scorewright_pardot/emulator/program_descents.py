"""Proves how engagement programs bring a scoring category down: from every value, and from every step where somebody waits.

Who left a program's list in an earlier silence goes on where they stopped, so a walk begins at each step at which
somebody can have been waiting.  A rule step without a wait may not see yet what the action step before it did: both
answers are walked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["Ladder", "LadderWalk", "halts"]

Row = "Mapping[str, Any]"


class Ladder(NamedTuple):
    """A program that takes from a category: for which values somebody is on its list, its steps by number, its repeat.

    ``asks`` and ``takes`` read a step: whether a value passes its criteria, and what its action takes of the category.
    """

    holds: Callable[[int], bool]
    steps: Mapping[int, Mapping[str, Any]]
    repeat: int
    asks: Callable[[Mapping[str, Any], int], bool]
    takes: Callable[[Mapping[str, Any]], int]
    afresh: bool


class _Stand(NamedTuple):
    """Where somebody is: the value, and in each program the step (0: not inside)."""

    value: int
    places: tuple[int, ...]


def halts(ladder: Ladder) -> tuple[int, ...]:
    """The steps at which somebody can wait, 0 among them: outside."""
    return (0, *(number for number, step in ladder.steps.items() if step.get("wait_days", 0)))


class LadderWalk:
    """All walks through the programs of one category; ``fault`` says what goes wrong, ``rest`` what stays at most."""

    def __init__(self, ladders: Sequence[Ladder], to: int) -> None:
        self.ladders = ladders
        self.to = to
        self.fault = ""
        self.rest = 0
        self._known: dict[_Stand, int] = {}

    def down(self, start: int) -> int:
        """The most days until everybody who begins at a value is at the end, whatever step they had come to before."""
        none = (0,) * len(self.ladders)
        begins = {
            (*none[:place], step, *none[place + 1 :])
            for place, ladder in enumerate(self.ladders)
            for step in halts(ladder)
        }
        return max((self._days(_Stand(start, places)) for places in sorted(begins)), default=0)

    def _days(self, stand: _Stand) -> int:
        """Days from a stand until nothing moves any more."""
        if stand.value <= self.to or self.fault:
            return 0
        if stand not in self._known:
            self._known[stand] = 0  # coming back to it: nothing has moved
            self._known[stand] = self._from(stand)
        return self._known[stand]

    def _from(self, stand: _Stand) -> int:
        on = [place for place, ladder in enumerate(self.ladders) if ladder.holds(stand.value)]
        if len(on) > 1:
            self.fault = self.fault or f"two programs take from {stand.value} at once"
            return 0
        if not on:
            self.rest = max(self.rest, stand.value - self.to)
            return 0
        place = on[0]
        most = 0
        for value, step, days in set(self._through(self.ladders[place], stand.value, stand.places[place])):
            if value < self.to:
                self.fault = self.fault or f"it falls to {value}, below {self.to}"
            if value == stand.value and not step and not stand.places[place]:
                self.rest = max(self.rest, value - self.to)
                continue
            places = (*stand.places[:place], step, *stand.places[place + 1 :])
            most = max(most, days + self._days(_Stand(value, places)))
        return most

    def _through(self, ladder: Ladder, value: int, begin: int) -> Iterator[tuple[int, int, int]]:
        """From a step to the next at which somebody waits: the value, that step, the days of its wait.

        From outside all the way through counts as one, so that a time in which nothing is taken is seen.
        """
        stack = [(value, value, begin or 1, 0)]
        while stack:
            now, seen, number, days = stack.pop()
            step = ladder.steps[number]
            if step["step"] == "End":
                yield now, 0, days + ladder.repeat
                continue
            wait = step.get("wait_days", 0)
            if wait and number != begin:
                if now != value:
                    yield now, number, days + wait
                    continue
                days, seen = days + wait, now
            if step["step"] == "Action":
                stack.append((now - ladder.takes(step), now, step["then"], days))
                continue
            views = {now} if ladder.afresh or wait else {now, seen}
            stack += [
                (now, seen, step["yes"] if ladder.asks(step, view) else step["no"], days)
                for view in sorted(views)
            ]
