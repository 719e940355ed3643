"""Plays one person's history: tick by tick and event by event, in the one order that the language knows.

A *moment* is an event, a field that changes, the end of a wait, a scheduled hour or a tick.  Within a moment nothing
cascades: all points at once, then the clamps, then the rules' actions, then one look at all thresholds, then their
actions, then the clamps (question 52).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.history import FieldSet, Happening, Listed
from scorewright.semantics import awards, decay, reads, standing, terms, thresholds, versions
from scorewright.semantics.agenda import Sort
from scorewright.semantics.ask import is_known
from scorewright.semantics.parts import Parts, parts_of
from scorewright.semantics.play import Run
from scorewright.semantics.schedules import Hour, hours, zone_of
from scorewright.semantics.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.history import Person
    from scorewright.semantics.agenda import Entry
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.log import Points
    from scorewright.semantics.timeline import Change

__all__ = ["Looks", "Machine", "Play", "Version", "run"]

Looks = dict[int, list["Callable[[Ask, tuple[Change, ...]], None]"]]
"""Functions to be called at instants."""


class Machine:
    """A model, made ready once to play any number of people."""

    def __init__(self, model: Model) -> None:
        self.parts = parts_of(model)

    def run(
        self, person: Person, until: int, looks: Looks | None = None, later: Sequence[Version] = ()
    ) -> Timeline:
        """Play a person's history up to an instant (seconds since 1970, this included).

        ``looks`` maps an instant to functions that are called after everything that falls on it, with the questions
        that can be asked of the state then and the changes so far.  ``later`` are versions of the model that go live
        after this one, in order; before anything else that falls on the instant (question 61).
        """
        return Play(self.parts, person, later).play(until, looks or {})


class Version(NamedTuple):
    """Another version of a model, and the instant at which it goes live."""

    at: int
    machine: Machine


def run(model: Model, person: Person, until: int, looks: Looks | None = None) -> Timeline:
    """Play one person's history; see ``Machine.run``."""
    return Machine(model).run(person, until, looks)


class Play(Run):
    """One person's way through one model."""

    idle = False
    """Whether a day's start would change nothing, unless a decay is due."""

    def __init__(self, parts: Parts, person: Person, later: Sequence[Version] = ()) -> None:
        super().__init__(parts, person)
        self.later = tuple(version for version in later if version.at > person.created)

    # --- the way ----------------------------------------------------------------------------------------------------

    def play(self, until: int, looks: Looks) -> Timeline:
        """Play up to an instant, this included."""
        self._lay_out(until, looks)
        self._create()
        for entry in self.agenda.up_to(until):
            self.state.now = entry.at
            self._entry(entry)
        return Timeline(tuple(self.log.changes))

    def _lay_out(self, until: int, looks: Looks) -> None:
        """Everything that is known to come; what was before the person was known arrives with them (question 10)."""
        created, told = self.person.created, []
        for place, item in enumerate(self.person.history):
            known = item.known if isinstance(item, Happening) and item.known is not None else item.at
            told.append((max(known, created), item.at, place, item))
        for known, _, _, item in sorted(told, key=lambda entry: entry[:3]):
            self.agenda.add(known, Sort.EVENT, item)
        ends = [*(version.at - 1 for version in self.later), until]
        for first, last, parts in zip(
            (created, *ends),
            ends,
            (self.parts, *(version.machine.parts for version in self.later)),
            strict=False,
        ):
            for at in parts.clock.days(first, last):
                self.agenda.add(at, Sort.TICK)
            for at, hour in hours(parts, first, last):
                self.agenda.add(at, Sort.HOUR, hour)
        for version in self.later:
            self.agenda.add(version.at, Sort.START, version.machine.parts)
        for at, asks in looks.items():
            self.agenda.add(at, Sort.LOOK, asks)

    def _create(self) -> None:
        """The person as the history finds them: new, or with a past, or there before the model starts."""
        state, person, starts = self.state, self.person, self.parts.starts
        state.fields = {**person.fields}
        state.fields.setdefault("created", self.clock.wall(person.created).isoformat())
        state.marks |= person.marks
        for key, score in self.model.scores.items():
            if score.kind == "engagement":
                state.scores[key] = score.start.value if score.start is not None else 0
                self.log.put(key, person.scores.get(key, state.scores[key]), score.path, "start")
            state.held[key] = 0
        state.open = {threshold.key: False for threshold in self.parts.thresholds}
        if starts is not None and person.created < starts:
            self.agenda.add(starts, Sort.START)
        elif person.scores or person.marks:
            self._start()
        else:
            changed = sorted(key for key, value in person.fields.items() if is_known(value))
            self._moment([Happening(state.now, "changes", key, {"from": None}) for key in changed])

    def _entry(self, entry: Entry) -> None:
        if entry.sort is Sort.TICK:
            self._day()
        elif entry.sort is Sort.LOOK:
            for ask in entry.what:  # type: ignore[attr-defined]
                ask(self.ask, tuple(self.log.changes))
        elif isinstance(entry.what, Hour):
            self._hour(entry.what)
        else:
            self.idle = False
            self._stir(entry)

    def _stir(self, entry: Entry) -> None:
        match entry.sort, entry.what:
            case Sort.START, Parts() as parts:
                self._change(parts)
            case Sort.START, _:
                self._start()
            case Sort.TIMER, awards.Waiting() as waiting:
                self._end_of_wait(waiting)
            case Sort.TIMER, _:
                self._passage()
            case Sort.EVENT, FieldSet() as change:
                self._field(change)
            case Sort.EVENT, Listed() as change:
                self._list(change)
            case Sort.EVENT, Happening() as happening:
                self._event(happening)

    # --- moments that can hand over ---------------------------------------------------------------------------------

    def _event(self, happening: Happening) -> None:
        if not (self.model.header.ignore_bots and happening.properties.get("bot") is True):
            self._moment([happening])

    def _field(self, change: FieldSet) -> None:
        """A field that gets the value that it has does not change; one that loses its value does."""
        before, after = self.state.fields.get(change.field), change.value if is_known(change.value) else None
        if after == before or not (is_known(after) or is_known(before)):
            return
        self.log.write(change.field, after, ("fields", change.field), "set outside")
        self._moment([Happening(self.state.now, "changes", change.field, {"from": before})])

    def _list(self, change: Listed) -> None:
        if (change.list in self.state.lists) is not change.on:
            path = ("assets", change.list)
            self.log.keep("list", self.state.lists, change.list, change.on, path, "set outside")
            self._moment([])

    def _moment(self, happenings: Sequence[Happening]) -> None:
        """Something happens: question 52, step by step."""
        for happening in happenings:
            self._remember(happening)
            decay.activity(self, happening)
        scored = [item for item in happenings if self.parts.starts is None or item.at >= self.parts.starts]
        changed = self._what_time_has_changed()
        earned = awards.give(self, scored)
        self._settle([*changed, *earned.points])
        self.log.act_all(earned.actions)
        self._enter_or_leave()
        thresholds.look(self, scored)
        self._close()

    def _end_of_wait(self, waiting: awards.Waiting) -> None:
        """If a rule gives now, that is the event, late; if none does, nothing has happened."""
        changed = self._what_time_has_changed()
        earned = awards.decide(self, waiting)
        self._settle([*changed, *earned.points])
        self.log.act_all(earned.actions)
        self._enter_or_leave()
        if earned.by:
            thresholds.look(self)
        self._close()

    def _hour(self, hour: Hour) -> None:
        """A schedule's hour, for those who live in its zone: first its decays, then its thresholds are looked at."""
        if zone_of(self.ask, hour.schedule) == hour.zone:
            idle, known = self.idle, len(self.log.changes)
            if not idle or not decay.sleeps(self, hour.schedule.id):
                self._tick(hour.schedule.id)
            thresholds.look(self, schedule=hour.schedule.id)
            self._close()
            self.idle = idle and self._is_settled(known)

    # --- moments that cannot ----------------------------------------------------------------------------------------

    def _day(self) -> None:
        """A day's start.  If it changes nothing, the next will not either, until something happens or falls due."""
        if not self.idle or not decay.sleeps(self, None):
            known = len(self.log.changes)
            self._tick()
            self.idle = not self.parts.dated and self._is_settled(known)

    def _is_settled(self, known: int) -> bool:
        """Whether nothing has changed since so many changes were known, and nothing waits to be looked at."""
        waits = self.state.inside and self.state.stirred != {reads.TIME}
        return len(self.log.changes) == known and not waits

    def _tick(self, schedule: str | None = None) -> None:
        """A day's start, or a decay's hour: silences are noticed (question 3), and windows' ends (question 31)."""
        self._settle(self._what_time_has_changed())
        if self.state.inside:
            decay.tick(self, schedule)
        self._close()

    def _passage(self) -> None:
        """An award ends or melts."""
        self._settle(self._what_time_has_changed())
        self._close()

    def _start(self) -> None:
        """The model starts for somebody who is there already (questions 33 and 59)."""
        self._settle(self._what_time_has_changed())
        thresholds.begin(self)
        self._close()

    def _change(self, parts: Parts) -> None:
        """Another version of the model goes live: what holds is looked at anew, and nothing fires (question 61)."""
        known = frozenset(self.state.open)
        versions.adopt(self, parts)
        self._settle(self._what_time_has_changed())
        self.state.open = {threshold.key: False for threshold in parts.thresholds}
        thresholds.begin(self, known)
        self._close()

    # --- parts of a moment ------------------------------------------------------------------------------------------

    def _remember(self, happening: Happening) -> None:
        self.state.past.remember(happening)
        self.state.stirred.add(reads.verb(happening.verb))
        if happening.verb == "joins":
            status = happening.properties.get("status")
            for key in self.model.assets:
                if self.ask.names(key, happening):
                    self.state.stirred.add(reads.MEMBERSHIP)
                    self.state.campaigns[key] = None if status is None else str(status)

    def _what_time_has_changed(self) -> list[Points]:
        """Terms that are over, and what holds now; outside the population both stand still (question 57)."""
        self._enter_or_leave()
        return [*terms.due(self), *standing.look(self)] if self.state.inside else []

    def _enter_or_leave(self) -> None:
        starts = self.parts.starts
        started = starts is None or self.state.now >= starts
        self.state.inside = started and self.ask.in_population()

    def _settle(self, points: list[Points]) -> None:
        """All points of the moment at once, then the clamps; labels follow."""
        if points:
            self.log.add(points)
        self._label()

    def _close(self) -> None:
        """The end of a moment: what has closed is closed, by whatever has been done in it."""
        self._label()
        self._enter_or_leave()
        thresholds.close(self)

    def _label(self) -> None:
        """Write the labels of bands into their fields."""
        for band in self.parts.labelled if self.state.inside else ():
            label = self.ask.label(band)
            if band.field is not None and self.state.fields.get(band.field) != label:
                self.log.write(band.field, label, band.path, "label")
