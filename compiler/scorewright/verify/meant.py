"""What a history means: the reference machine's values for every gauge at every look, and its timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright.plugin.emulation import done_key
from scorewright.semantics.parts import question
from scorewright.semantics.reads import TIME
from scorewright.semantics.standing import worth
from scorewright.verify.lives.life import known_at
from scorewright.verify.quiet import LONGEST_DAY, around, lately, looks_of, turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Model
    from scorewright.model.history import Person, Scalar
    from scorewright.plugin.emulation import Gauge
    from scorewright.semantics import Change, Machine, Timeline, Version
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.parts import Standing
    from scorewright.verify.lives import Life
    from scorewright.verify.quiet import Look

__all__ = ["Meant", "Turn", "meant"]


class Meant(NamedTuple):
    """A life with what it means: the looks that are worth it, each gauge's value at each of them, and the timeline.

    ``cases`` are the places of the tiers' cases that counted at some look.  ``turned`` says for a look and a gauge that a
    date has turned without a change in the timeline for how many seconds it has been quiet instead.
    """

    looks: tuple[Look, ...]
    sights: tuple[Mapping[str, Scalar], ...]
    timeline: Timeline
    cases: frozenset[KeyPath]
    turned: Mapping[tuple[int, str], int]


class Turn(NamedTuple):
    """Another version that goes live in a life, and the instant from which on it is looked at, by its own gauges."""

    version: Version
    settled: int

    def after(self, looks: Sequence[Look]) -> tuple[Look, ...]:
        """The looks after it: what was quiet before does not count."""
        return tuple(
            look._replace(quiet=min(look.quiet, look.at - self.settled))
            for look in looks
            if look.at > self.settled
        )


def meant(machine: Machine, life: Life, gauges: Sequence[Gauge], turn: Turn | None = None) -> Meant:
    """Play a life twice: once to see when it is quiet, once to look then.

    With a ``turn`` another version goes live on the way: the looks are those after it, and what is done counts from then.
    """
    later, last, since = (
        ((turn.version,), turn.version.machine, turn.version.at) if turn else ((), machine, 0)
    )
    beyond = machine.run(_as_told(life), life.until + LONGEST_DAY, None, later)
    timeline = replace(beyond, changes=tuple(item for item in beyond.changes if item.at <= life.until))
    starts = last.parts.starts
    quiet = looks_of(life, beyond, gauges, {item.element.name for item in _turning(last)})
    looks = tuple(
        look for look in (turn.after(quiet) if turn else quiet) if starts is None or look.at >= starts
    )  # before the model starts nothing of it is on the platform
    seen: dict[int, Mapping[str, Scalar]] = {}
    cases: set[KeyPath] = set()
    stale: set[int] = set()
    unseen = _unseen(last, stale)
    asks = {look.at: [_look(look.at, gauges, seen, cases, since), *unseen] for look in looks}
    by_clock = [gauge for gauge in gauges if gauge.kind in _UNTOLD] if _dated(last.parts.model) else []
    more = around(looks) | lately(looks, by_clock, machine.parts.clock.days) if by_clock else set[int]()
    for at in sorted(more - asks.keys()):
        asks[at] = [_look(at, by_clock, seen, set())]
    machine.run(life.person, max([life.until, *asks]), asks, later)
    looks = tuple(look for look in looks if look.at not in stale)
    turned = turns(looks, by_clock, seen, _day_by_day(machine, life, by_clock, later))
    return Meant(looks, tuple(seen[look.at] for look in looks), timeline, frozenset(cases), turned)


def _as_told(life: Life) -> Person:
    """The person with what is told by the end of the life: after it only the clock goes on."""
    person = life.person
    told = tuple(item for item in person.history if known_at(item, person.created) <= life.until)
    return replace(person, history=told)


def _turning(machine: Machine) -> tuple[Standing, ...]:
    """The facts, tiers and inputs that the clock alone can turn."""
    return tuple(item for item in machine.parts.standing.values() if TIME in item.reads)


def _unseen(machine: Machine, stale: set[int]) -> list[Callable[[Ask, tuple[Change, ...]], None]]:
    """Notes the instants at which the clock has turned what holds and no moment has come yet that sees it.

    What happens before the next day's start can turn it back, and then no change tells of it.
    """
    turning = _turning(machine)

    def look(ask: Ask, _changes: tuple[Change, ...]) -> None:
        state = ask.state
        if state.inside and any(worth(ask, item) != state.worth.get(item.name) for item in turning):
            stale.add(state.now)

    return [look] if turning else []


def _dated(model: Model) -> bool:
    """Whether the clock alone can turn a segment or a grade."""
    conditions = [
        *(segment.when for segment in model.segments.values()),
        *(criterion.when for grade in model.grades.values() for criterion in grade.criteria),
    ]
    return any(
        (isinstance(item, con.FieldTest) and isinstance(item.test, (con.Age, con.Day)))
        or (isinstance(item, con.Happened) and item.event.within is not None)
        for condition in conditions
        for item in con.walk(condition)
    )


def _day_by_day(
    machine: Machine, life: Life, gauges: Sequence[Gauge], later: tuple[Version, ...]
) -> Callable[[int, int], Mapping[int, Mapping[str, Scalar]]]:
    """The values of gauges at each day's start between two instants, the last instant included."""

    def found(first: int, last: int) -> Mapping[int, Mapping[str, Scalar]]:
        seen: dict[int, Mapping[str, Scalar]] = {}
        days = dict.fromkeys((*machine.parts.clock.days(first, last), last))
        machine.run(life.person, last, {at: [_look(at, gauges, seen, set())] for at in days}, later)
        return seen

    return found


_UNTOLD = frozenset({"segment", "grade"})
"""Gauges of whose changes the timeline does not tell."""


def _look(
    at: int,
    gauges: Sequence[Gauge],
    seen: dict[int, Mapping[str, Scalar]],
    cases: set[KeyPath],
    since: int = 0,
) -> Callable[[Ask, tuple[Change, ...]], None]:
    def look(ask: Ask, changes: tuple[Change, ...]) -> None:
        done = _done(change for change in changes if change.at >= since)
        seen[at] = {gauge.name: _value(ask, gauge, done) for gauge in gauges}
        for tier in ask.model.tiers.values():
            counts = (case.path for case in tier.cases if ask.holds(question(tier, case)))
            cases.update([*counts][:1])

    return look


def _value(ask: Ask, gauge: Gauge, done: Mapping[str, int]) -> Scalar:
    if gauge.kind == "done":
        return done.get(gauge.key, 0)
    return _READ[gauge.kind](ask, gauge.key)


_READ: Mapping[str, Callable[[Ask, str], Scalar]] = {
    "score": lambda ask, key: ask.score(key),
    "grade": lambda ask, key: ask.letter(ask.model.grades[key]),
    "mark": lambda ask, key: key in ask.state.marks,
    "segment": lambda ask, key: ask.holds(con.InSegment(key)),
    "list": lambda ask, key: key in ask.state.lists,
    "field": lambda ask, key: ask.state.fields.get(key),
    "campaign": lambda ask, key: ask.state.campaigns.get(key),
}


def _done(changes: Iterable[Change]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for change in changes:
        if change.kind == "done":
            product = None if change.after is None else str(change.after)
            key = done_key(change.path, product)
            counts[key] = counts.get(key, 0) + 1
    return counts
