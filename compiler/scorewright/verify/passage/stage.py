"""One life on both sides of a change: what it means, what the platform shows, and what differs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model.history import Happening
from scorewright.plugin.migration import Changes
from scorewright.semantics import Machine, Version
from scorewright.verify.acting import Acting
from scorewright.verify.asked import EmulatorFaultError, built, played
from scorewright.verify.compare import Judge
from scorewright.verify.lives import Held, Since, Situations
from scorewright.verify.lives.life import BY_CLOCK, DAY, known_at
from scorewright.verify.meant import Turn, meant
from scorewright.verify.passage.turning import known
from scorewright.verify.play import Outcome
from scorewright.verify.play import Stage as Before
from scorewright.verify.quiet import hours_of
from scorewright.verify.reach import reach_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorewright.plugin.emulation import Emulator, Schedule
    from scorewright.plugin.migration import Changed
    from scorewright.plugin.target import Target
    from scorewright.verify.meant import Meant
    from scorewright.verify.passage.turning import Turning
    from scorewright.verify.passage.way import Way
    from scorewright.verify.play import Prepared

__all__ = ["Stage"]

_HOUR = 3_600


class Stage:
    """A migration made ready to be played.  Raises ``EmulatorFaultError`` and ``UnreadableBundleError``."""

    def __init__(self, way: Way, target: Target) -> None:
        old, new = way.models
        self.way = way
        self.before = Before(old, target, way.before)
        self.machine = Machine(new)
        self.judge = Judge(way.after.gauges, way.after.bounds, reach_of(new))
        emulator = built(lambda: target.emulator(new, way.after.tables, way.facts))
        self.modelled = emulator.modelled
        self.changed = self._changed(emulator)
        self._names = tuple(gauge.name for gauge in way.after.gauges)
        self._acting = Acting(way.after.tables)
        self._situations = Situations(new)
        self._hours = {
            hours_of(gauge, schedule) for gauge in way.after.gauges for schedule in ("prompt", "late")
        }
        self._first: tuple[Turning, Prepared] | None = None
        self._wait = max((gauge.settles for gauge in way.before.gauges), default=24) * _HOUR

    def _changed(self, emulator: Emulator) -> Changed:
        if not isinstance(emulator, Changes):
            raise EmulatorFaultError("cannot be changed: it has no `since`")
        way = self.way
        return built(lambda: emulator.since(way.models[0], way.before.tables, way.moves))

    def fits(self, turning: Turning) -> bool:
        """Whether nothing is under way when the moves begin, and nobody does anything while they last."""
        person, at = turning.life.person, turning.at
        told = [person.created, *(known_at(item, person.created) for item in person.history)]
        if any(at - self._wait < when < at + self.way.busy for when in told):
            return False
        line = self.before.machine.run(person, at + DAY)
        clock = [change.at for change in line.changes if change.reason in BY_CLOCK]
        return not any(at - self._wait < when <= at + DAY for when in clock)

    def is_clean(self, turning: Turning, schedule: Schedule) -> bool:
        """Whether the old version shows what it means up to the change: what was off before is not the change's."""
        judged = self.before.play(self._first_part(turning), schedule, self.way.facts).judged
        return not judged.differences and not judged.used

    def meant_before(self, turning: Turning) -> Meant:
        """What the life means under the old version, up to the change."""
        return self._first_part(turning).meant

    def _first_part(self, turning: Turning) -> Prepared:
        """The life up to the change; it is asked for under one schedule after the other."""
        if self._first is None or self._first[0] is not turning:
            person, at = turning.life.person, turning.at
            told = tuple(item for item in person.history if known_at(item, person.created) < at)
            life = turning.life._replace(person=replace(person, history=told), until=at - 1)
            self._first = (turning, self.before.prepare(life))
        return self._first[1]

    def meant(self, turning: Turning) -> Meant:
        """What the life means after the change."""
        turn = Turn(Version(turning.at, self.machine), turning.at + self.way.busy)
        return meant(self.before.machine, turning.life, self.way.after.gauges, turn)

    def play(self, turning: Turning, schedule: Schedule, wanted: Meant | None = None) -> Outcome:
        """Play one life under one schedule."""
        wanted = wanted if wanted is not None else self.meant(turning)
        looks = tuple(look.at for look in wanted.looks)
        shown = played(self.changed, turning.life, looks, schedule, self._names, turning.at)
        acted = self._acting.of(wanted.timeline, shown.deeds)
        situations = self._held(turning, wanted)
        judged = self.judge.judge(wanted, shown.sights, situations, schedule.name, acted)
        return Outcome(turning.life, schedule, wanted, shown, judged)

    def _held(self, turning: Turning, wanted: Meant) -> Callable[[int, int], frozenset[str]]:
        """The situations of a life, as the new model sees them; in all of them a version has changed.

        What the change itself makes of what holds is no turn of the person's facts: a bound for those does not excuse it.
        """
        life, person = turning.life, turning.life.person
        changes = tuple(change for change in wanted.timeline.changes if change.at != turning.at)
        told = tuple(item for item in person.history if known(self.way.models[1], item))
        fields = {
            key: value
            for key, value in person.fields.items()
            if key in self.way.models[1].fields or "_" in key
        }
        seen = life._replace(person=replace(person, history=told, fields=fields))
        looks = [look.at for look in wanted.looks]
        since = Since(self.before.machine, person, turning.at)
        timeline = replace(wanted.timeline, changes=changes)
        held = Held(self._situations, seen, timeline, self._hours, looks, since=since)
        always = frozenset({"migrated", *_lived_before(turning)})
        return lambda hours, instant: held.at(hours, instant) | always


def _lived_before(turning: Turning) -> Iterator[str]:
    """That something happened before the change, and how often."""
    created = turning.life.person.created
    told = (item for item in turning.life.person.history if isinstance(item, Happening))
    times = sum(min(item.at, known_at(item, created)) < turning.at for item in told)
    if times:
        yield "lived-before"
        yield from (f"lived-before {number}" for number in range(1, times + 1))
