"""Plays one person's history: tick by tick and event by event, in the one order that the language knows.

A *moment* is an event, a field that changes, a scheduled hour or a tick.  Within a moment nothing cascades: the
awards of all rules, then the clamps, then the rules' actions, then one look at all thresholds, then their actions,
then the clamps (question 52).
"""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING, NamedTuple

from scorewright.semantics import awards, decay, standing, thresholds
from scorewright.semantics.ask import Ask
from scorewright.semantics.clock import Clock
from scorewright.semantics.history import FieldSet, Happening, Timeline
from scorewright.semantics.log import Log
from scorewright.semantics.state import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorewright.model.elements import Model
    from scorewright.semantics.history import Change, Person

__all__ = ["Run", "run"]

_TICK, _TIMER, _HOUR, _EVENT, _LOOK = range(5)
"""The order of what falls on one instant: ticks, ends of waits and terms, scheduled hours, events, questions."""

_QUIET = 30 * 60
"""A visit ends after so many quiet seconds (question 6)."""


Looks = dict[int, list["Callable[[Ask, tuple[Change, ...]], None]"]]
"""Functions to be called at instants."""


class _Moment(NamedTuple):
    at: int
    order: int
    place: int
    what: object


class Run:
    """One person's way through one model."""

    def __init__(self, model: Model, person: Person) -> None:
        self.model = model
        self.clock = Clock(model.header.timezone)
        self.state = State(person.created, person.created)
        self.ask = Ask(model, self.clock, self.state)
        self.log = Log(model, self.ask, self.state)
        self.person = person
        self.starts = self.clock.read(model.header.starts) if model.header.starts is not None else None

    # --- the way ----------------------------------------------------------------------------------------------------

    def play(self, until: int, looks: Looks) -> Timeline:
        """Play up to an instant, this included; ``looks`` are called at their instants, after all that falls there."""
        self._begin()
        timers = awards.Timers()
        for moment in self._moments(until, looks):
            self.state.now = moment.at
            for due in timers.due_before(moment.at, tick=moment.order == _TICK):
                self._timer(due, timers)
            self.state.now = moment.at
            self._moment(moment, timers)
        return Timeline(tuple(self.log.changes))

    def _begin(self) -> None:
        """The person as the history finds them (questions 15, 33 and 59)."""
        state, person = self.state, self.person
        state.marks |= person.marks
        for key, score in self.model.scores.items():
            if score.kind == "engagement":
                start = score.start.value if score.start is not None else 0
                state.scores[key] = self.log.clamped(key, person.scores.get(key, start))
        state.fields.update(person.fields)
        state.fields.setdefault("created", self.clock.wall(person.created).isoformat())
        state.inside = self.ask.in_population()
        if state.inside:
            standing.look(self)
        had_a_past = bool(person.scores or person.marks)
        thresholds.begin(self, existing=had_a_past)
        if not had_a_past:
            thresholds.look(self, None)

    def _moments(self, until: int, looks: Looks) -> Iterator[_Moment]:
        created = self.person.created
        ticks = (_Moment(at, _TICK, 0, None) for at in self.clock.days(created, until))
        known = (
            (item.known if isinstance(item, Happening) and item.known is not None else item.at)
            for item in self.person.history
        )
        told = [
            _Moment(at, _EVENT, place, item)
            for place, (at, item) in enumerate(zip(known, self.person.history, strict=True))
        ]
        events = iter(
            sorted((moment for moment in told if moment.at <= until), key=lambda moment: moment[:3])
        )
        asked = iter(sorted(_Moment(at, _LOOK, 0, asks) for at, asks in looks.items() if at <= until))
        hours = thresholds.hours(self, created, until)
        return merge(
            ticks,
            (_Moment(at, _HOUR, place, key) for at, place, key in hours),
            events,
            asked,
            key=lambda moment: moment[:3],
        )

    # --- one moment -------------------------------------------------------------------------------------------------

    def _moment(self, moment: _Moment, timers: awards.Timers) -> None:
        if moment.order == _LOOK:
            for look in moment.what:  # type: ignore[attr-defined]
                look(self.ask, tuple(self.log.changes))
        elif moment.order == _TICK:
            self._tick(None)
        elif moment.order == _HOUR:
            self._hour(str(moment.what))
        elif isinstance(moment.what, FieldSet):
            self._field(moment.what, timers)
        elif isinstance(moment.what, Happening):
            self._event(moment.what, timers)

    def _tick(self, schedule: str | None) -> None:
        """A day's start, or a decay's scheduled hour: silences are noticed, facts looked at, thresholds may close."""
        self._enter_or_leave()
        if self.state.inside:
            standing.look(self)
            decay.tick(self, schedule)
        thresholds.close(self)

    def _hour(self, schedule: str) -> None:
        self._tick(schedule)
        thresholds.look(self, None, schedule=schedule)

    def _field(self, change: FieldSet, timers: awards.Timers) -> None:
        before = self.state.fields.get(change.field)
        if before == change.value:
            return
        self.state.fields[change.field] = change.value
        self.log.note("field", change.field, before, change.value, ("fields", change.field), "set outside")
        happening = Happening(change.at, "changes", change.field, {"from": before})
        self._event(happening, timers)

    def _event(self, happening: Happening, timers: awards.Timers) -> None:
        """An event, in the one order of question 52."""
        if self.model.header.ignore_bots and happening.properties.get("bot") is True:
            return
        self._remember(happening)
        self._enter_or_leave()
        decay.activity(self, happening)
        scored = self.state.inside and (self.starts is None or happening.at >= self.starts)
        actions = awards.give(self, happening, timers) if scored else ()
        if self.state.inside:
            standing.look(self)
        self.log.act_all(actions)
        thresholds.look(self, happening)

    def _timer(self, due: awards.Due, timers: awards.Timers) -> None:
        """The end of a wait, or of an award's term."""
        self.state.now = due.at
        self._enter_or_leave()
        if due.waiting is None:
            awards.melt(self, due, timers)
            thresholds.close(self)
            return
        actions = awards.decide(self, due.waiting, timers) if self.state.inside else ()
        self.log.act_all(actions)
        thresholds.look(self, None)

    def _remember(self, happening: Happening) -> None:
        state = self.state
        last = state.events[-1].at if state.events else None
        fresh = last is None or happening.verb == "starts_visit" or happening.at - last >= _QUIET
        state.events.append(happening)
        state.visits.append((state.visits[-1] if state.visits else 0) + (1 if fresh else 0))

    def _enter_or_leave(self) -> None:
        """Outside the population scores, marks and facts stand still, and thresholds are closed (questions 57, 58)."""
        self.state.inside = self.ask.in_population()


def run(
    model: Model,
    person: Person,
    until: int,
    looks: Looks | None = None,
) -> Timeline:
    """Play a person's history up to an instant (seconds since 1970, this included).

    ``looks`` maps an instant to functions that are called after everything that falls on it, with the questions that
    can be asked of the state then and the changes so far.
    """
    return Run(model, person).play(until, looks or {})
