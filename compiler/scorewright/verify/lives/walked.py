"""One walk through a whole history: what is so whenever it is looked at, and so of every part of it from the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.verify.lives.life import known_at
from scorewright.verify.lives.sights import sight_of
from scorewright.verify.lives.turning import Asking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from scorewright.semantics.ask import Ask
    from scorewright.semantics.timeline import Change, Timeline
    from scorewright.verify.lives.life import Life
    from scorewright.verify.lives.sights import Ready, Sight
    from scorewright.verify.lives.turning import Turn

__all__ = ["Walk"]


class Walk:
    """What is so at the beginning, after everything that is told or changes, at each day's start, and where a part ends.

    ``ends`` are the instants at which parts end that will be asked for.
    """

    def __init__(self, ready: Ready, life: Life, timeline: Timeline, ends: Iterable[int] = ()) -> None:
        created = life.person.created
        told = [known_at(item, created) for item in life.person.history]
        self._told = {created, *told, *(change.at for change in timeline.changes)}
        days = {*ready.clock.days(created, life.until), *(at - 1 for at in told if at > created)}
        self._regular = self._told | days
        if ready.needs_days:
            self._told |= days
        self._sights: list[Sight] = []
        self._turns: list[Turn] = []
        thresholds = [item for item in ready.machine.parts.thresholds if item.schedule is None]
        asking = Asking(ready.model)

        def look(ask: Ask, _: tuple[Change, ...]) -> None:
            self._sights.append(sight_of(ask, thresholds))
            self._turns.append(asking.turn(ask, self._turns[-1] if self._turns else None))

        instants = {at for at in (*self._regular, *ends, life.until) if at <= life.until}
        ready.machine.run(life.person, life.until, {at: [look] for at in instants})

    def sights(self, until: int) -> list[Sight]:
        """What was seen up to the end of a part."""
        return [item for item in self._sights if _is_seen(item.at, until, self._told)]

    def turns(self, until: int) -> list[Turn]:
        """The same for what is asked of single elements: also at each day's start, and a second before what is told."""
        return [item for item in self._turns if _is_seen(item.at, until, self._regular)]


def _is_seen(at: int, until: int, regular: Collection[int]) -> bool:
    return at == until or (at < until and at in regular)
