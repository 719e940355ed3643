"""The situations that a history has held so far: what comes after a look excuses nothing that is seen at it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.verify.lives.life import DAY, known_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from scorewright.semantics.timeline import Timeline
    from scorewright.verify.lives.holding import Situations
    from scorewright.verify.lives.life import Life
    from scorewright.verify.lives.walked import Since, Walk

__all__ = ["Held"]


class Held:
    """The situations of one history up to any instant, found out when they are asked for.

    ``looks`` are the instants that will be asked for.  What comes more than a day later is left out: platforms notice at
    times what the next day's start would tell, had nothing come before it.  A situation that is held once is held from
    then on.  ``since`` is the version that the history begins with, if that is another.
    """

    def __init__(
        self,
        situations: Situations,
        life: Life,
        timeline: Timeline,
        hours: Collection[int],
        looks: Iterable[int],
        *,
        since: Since | None = None,
    ) -> None:
        self._situations = situations
        self._life = life
        self._timeline = timeline
        self._hours = tuple(hours)
        self._looks = tuple(looks)
        self._since = since
        self._walk: Walk | None = None
        self._found: dict[int, Mapping[int, frozenset[str]]] = {}

    def at(self, hours: int, instant: int) -> frozenset[str]:
        """What holds by an instant for a gauge that takes so many hours to be right."""
        whole = self._by(self._life.until)[hours]
        before = [self._found[at][hours] for at in self._found if at <= instant]
        return whole if whole in before else self._by(instant)[hours]

    def _by(self, instant: int) -> Mapping[int, frozenset[str]]:
        if instant not in self._found:
            person, until = self._life.person, min(self._life.until, instant + DAY)
            told = tuple(item for item in person.history if known_at(item, person.created) <= until)
            life = self._life._replace(person=replace(person, history=told), until=until)
            changes = tuple(change for change in self._timeline.changes if change.at <= until)
            timeline = replace(self._timeline, changes=changes)
            self._found[instant] = self._situations.of_each(life, timeline, self._hours, self._walked())
        return self._found[instant]

    def _walked(self) -> Walk:
        """The whole history, walked through once."""
        if self._walk is None:
            ends = (at + DAY for at in self._looks)
            self._walk = self._situations.walk(self._life, self._timeline, ends, self._since)
        return self._walk
