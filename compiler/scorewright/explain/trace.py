"""One person's scores at one time: the sum behind each, what was cut and why, marks, handovers, the whole timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scorewright.explain.cuts import cuts
from scorewright.explain.found import lacks, raised_by
from scorewright.explain.ledger import ledger
from scorewright.explain.names import Names
from scorewright.model.history import Happening
from scorewright.model.phrases import phrase_action
from scorewright.semantics.machine import Play
from scorewright.semantics.parts import parts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from scorewright.explain.ledger import Ledger
    from scorewright.model.elements import Model, Threshold
    from scorewright.model.history import Person
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.timeline import Change

__all__ = ["Handover", "Kept", "Label", "Trace", "Traced", "Waiting", "score_keys", "trace"]


class Traced(NamedTuple):
    """One score: its sum, and sentences about what was cut."""

    ledger: Ledger
    cuts: tuple[str, ...]


class Kept(NamedTuple):
    """A mark, list or campaign that the person has: since when, by which element, with which status."""

    kind: str
    key: str
    since: int
    element: str
    status: str | None = None


class Label(NamedTuple):
    """A grade's letter or a band's label now."""

    kind: str
    key: str
    text: str


class Handover(NamedTuple):
    """A threshold that fired, and what it asked for."""

    at: int
    threshold: Threshold
    actions: tuple[str, ...]


class Waiting(NamedTuple):
    """A threshold that has never fired: what it still lacks, and the events that fire it whatever the scores."""

    threshold: Threshold
    lacks: tuple[str, ...]
    raised_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that can be said of a person at an instant."""

    names: Names
    person: Person
    at: int
    outside: str
    """Why the person is not scored now; empty when they are."""
    scores: tuple[Traced, ...]
    labels: tuple[Label, ...]
    kept: tuple[Kept, ...]
    handovers: tuple[Handover, ...]
    waiting: tuple[Waiting, ...]
    remarks: tuple[str, ...]
    changes: tuple[Change, ...]


def score_keys(model: Model, asked: Collection[str] = ()) -> tuple[str, ...]:
    """The scores to explain, the overall one first; a name stands for all copies of its score."""
    keys = [key for key in model.scores if not asked or key in asked or key.partition("@")[0] in asked]
    return tuple(sorted(keys, key=lambda key: not model.scores[key].overall))


def trace(model: Model, person: Person, at: int, asked: Collection[str] = ()) -> Trace:
    """Play a person's history up to an instant that is not before their creation, and explain what came of it."""
    play = Play(parts_of(model), person)
    changes = play.play(at, {}).changes
    names, shown = Names(model, play.clock, at), score_keys(model, asked)
    return Trace(
        names,
        person,
        at,
        _outside(play.ask, play.parts.starts),
        tuple(
            Traced(ledger(play.ask, changes, key), cuts(names, play.parts, changes, key, shown))
            for key in shown
        ),
        () if asked else tuple(_labels(play.ask)),
        tuple(_kept(play.ask, changes)),
        tuple(_handovers(model, changes)),
        tuple(_waiting(play.ask, changes)),
        tuple(_remarks(model, person, at, play.parts.starts)),
        changes,
    )


def _outside(ask: Ask, starts: int | None) -> str:
    """Why nobody scores the person now."""
    head, now = ask.model.header, ask.state.now
    if starts is not None and now < starts:
        return f"the model starts on {head.starts}"
    if not ask.clock.in_force(head.active, now):
        return "the model is not in force on this day"
    if head.eligible is not None and not ask.holds(ask.model.segments[head.eligible].when):
        return f"not in {ask.model.segments[head.eligible].title}, and only those are scored"
    for key in head.exclude:
        if ask.holds(ask.model.segments[key].when):
            return f"in {ask.model.segments[key].title}, and those are not scored"
    return ""


def _labels(ask: Ask) -> Iterator[Label]:
    for key, grade in ask.model.grades.items():
        yield Label("grade", key, ask.letter(grade))
    for key, band in ask.model.bands.items():
        yield Label("band", key, ask.label(band))


# --- what the person has --------------------------------------------------------------------------------------------


def _kept(ask: Ask, changes: Sequence[Change]) -> Iterator[Kept]:
    state = ask.state
    for kind, keys in (("mark", state.marks), ("list", state.lists)):
        for key in sorted(keys):
            put = [
                change for change in changes if change.kind == kind and change.name == key and change.after
            ]
            yield Kept(kind, key, put[-1].at, put[-1].element) if put else Kept(kind, key, state.created, "")
    for key in sorted(state.campaigns):
        put = [change for change in changes if change.kind == "campaign" and change.name == key]
        status = state.campaigns[key]
        if put:  # being a member of a webinar that one has joined is what was told, not what a rule did
            yield Kept("campaign", key, put[-1].at, put[-1].element, status)


def _handovers(model: Model, changes: Sequence[Change]) -> Iterator[Handover]:
    for change in changes:
        if change.kind == "fired":
            threshold = model.thresholds[change.name]
            yield Handover(change.at, threshold, tuple(phrase_action(action) for action in threshold.then))


def _waiting(ask: Ask, changes: Sequence[Change]) -> Iterator[Waiting]:
    """The thresholds that have not fired yet; those whose ``unless`` holds are shut, and wait for nothing."""
    fired = {change.name for change in changes if change.kind == "fired"}
    for key, threshold in ask.model.thresholds.items():
        if key not in fired:
            yield Waiting(threshold, tuple(lacks(ask, threshold)), tuple(raised_by(ask, threshold)))


# --- what was told and does not count -------------------------------------------------------------------------------


def _remarks(model: Model, person: Person, at: int, starts: int | None) -> Iterator[str]:
    """What stands in the file and cannot be seen in the scores."""
    told = person.history
    later = sum(
        1 for item in told if (item.known or item.at if isinstance(item, Happening) else item.at) > at
    )
    if later:
        yield f"{_events(later)} of the file {_lie(later)} after this time"
    events = [item for item in told if isinstance(item, Happening) and (item.known or item.at) <= at]
    bots = sum(1 for item in events if item.properties.get("bot") is True)
    if bots and model.header.ignore_bots:
        yield f"{_events(bots)} of bots {'does' if bots == 1 else 'do'} not count"
    early = sum(1 for item in events if starts is not None and item.at < starts)
    if early:
        yield f"{_events(early)} from before the model starts ({model.header.starts}) earned nothing"


def _events(number: int) -> str:
    return "1 event" if number == 1 else f"{number} events"


def _lie(number: int) -> str:
    return "lies" if number == 1 else "lie"
