"""What has happened to a person, by the time at which it happened: counts in windows, and visits."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.history import Happening

__all__ = ["Past"]

_QUIET = 30 * 60
"""A visit begins after so many quiet seconds (question 6)."""


class Past:
    """All events that are known.  One that becomes known late stands where it happened (question 9)."""

    def __init__(self) -> None:
        self._by_verb: dict[str, list[Happening]] = {}
        self._visits: list[Happening] = []
        """All that a visit can be made of: a field that changes is nothing that a visitor does."""

    def remember(self, happening: Happening) -> None:
        """Take in an event; those of one instant stay in the order in which they became known."""
        insort(self._by_verb.setdefault(happening.verb, []), happening, key=_at)
        if happening.verb != "changes":
            insort(self._visits, happening, key=_at)

    def between(self, verb: str, after: int | None, until: int | None) -> Iterator[Happening]:
        """The events of a verb after an instant and up to another, this included; ``None``: no bound."""
        events = self._by_verb.get(verb, [])
        first = 0 if after is None else bisect_right(events, after, key=_at)
        last = len(events) if until is None else bisect_right(events, until, key=_at)
        return iter(events[first:last])

    def all_of(self, *verbs: str) -> list[Happening]:
        """All events of some verbs (no ``changes``), as they happened; those of one instant in their own order."""
        return [event for event in self._visits if event.verb in verbs]

    def visit(self, instant: int) -> tuple[int, int | None]:
        """The visit that holds an instant: where it begins, and where the next one does.

        A visit begins with ``starts_visit`` or after 30 quiet minutes, and lasts to the next.  Before the first, and
        for somebody who never came, all is one visit.
        """
        place = bisect_right(self._visits, instant, key=_at)
        first = next((n for n in range(place - 1, -1, -1) if self._begins(n)), 0)
        after = next((n for n in range(place, len(self._visits)) if self._begins(n)), None)
        begin = self._visits[first].at if place else instant
        return begin, None if after is None else self._visits[after].at

    def _begins(self, place: int) -> bool:
        event = self._visits[place]
        return place == 0 or event.verb == "starts_visit" or event.at - self._visits[place - 1].at >= _QUIET


def _at(happening: Happening) -> int:
    return happening.at
