"""One walk through a whole history: what is so whenever it is looked at, and so of every part of it from the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.semantics.machine import Version
from scorewright.verify.lives.life import known_at
from scorewright.verify.lives.sights import sight_of
from scorewright.verify.lives.turning import Asking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from scorewright.model.history import Person
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.machine import Looks, Machine
    from scorewright.semantics.timeline import Change, Timeline
    from scorewright.verify.lives.life import Life
    from scorewright.verify.lives.sights import Ready, Sight
    from scorewright.verify.lives.turning import Turn

__all__ = ["Since", "Walk"]


class Since(NamedTuple):
    """Another version that a history begins with: its machine, whom that plays, and when it is followed by the one asked."""

    machine: Machine
    person: Person
    at: int


class Walk:
    """What is so at the beginning, after everything that is told or changes, at each day's start, and where a part ends.

    ``ends`` are the instants at which parts end that will be asked for.  A history that begins ``since`` another version
    is that one's until the change: what this one would have opened or turned before it, nobody has seen.
    """

    def __init__(
        self,
        ready: Ready,
        life: Life,
        timeline: Timeline,
        ends: Iterable[int] = (),
        since: Since | None = None,
    ) -> None:
        created = life.person.created
        told = [known_at(item, created) for item in life.person.history]
        self.since = since.at if since is not None else None
        begun = {self.since} if self.since is not None else set[int]()
        self._told = {created, *told, *(change.at for change in timeline.changes), *begun}
        days = {*ready.clock.days(created, life.until), *(at - 1 for at in told if at > created)}
        self._regular = self._told | days
        if ready.needs_days:
            self._told |= days
        self._sights: list[Sight] = []
        self._turns: list[Turn] = []
        self._thresholds = [item for item in ready.machine.parts.thresholds if item.schedule is None]
        self._asking, self._scores = Asking(ready.model), tuple(ready.model.scores)
        instants = {at for at in (*self._regular, *ends, life.until) if at <= life.until}
        if since is None:
            ready.machine.run(life.person, life.until, {at: [self._look] for at in instants})
        else:
            looks: Looks = {at: [self._look if at >= since.at else self._look_before] for at in instants}
            since.machine.run(since.person, life.until, looks, [Version(since.at, ready.machine)])

    def _look(self, ask: Ask, _: tuple[Change, ...]) -> None:
        self._sights.append(sight_of(ask, self._thresholds))
        self._turns.append(self._asking.turn(ask, self._turns[-1] if self._turns else None))

    def _look_before(self, ask: Ask, _: tuple[Change, ...]) -> None:
        """Under the version before: who is scored and what their fields hold goes on to be so."""
        sight = sight_of(ask, ())
        scores = {key: sight.scores.get(key, 0) for key in self._scores}
        self._sights.append(sight._replace(scores=scores))

    def sights(self, until: int) -> list[Sight]:
        """What was seen up to the end of a part."""
        return [item for item in self._sights if _is_seen(item.at, until, self._told)]

    def turns(self, until: int) -> list[Turn]:
        """The same for what is asked of single elements: also at each day's start, and a second before what is told."""
        return [item for item in self._turns if _is_seen(item.at, until, self._regular)]


def _is_seen(at: int, until: int, regular: Collection[int]) -> bool:
    return at == until or (at < until and at in regular)
