"""Plays people under both versions and counts: whose scores moved, who is handed over now and was not before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scorewright.semantics import Machine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scorewright.diff.people.crowd import Both
    from scorewright.diff.values import Name
    from scorewright.model.elements import Model
    from scorewright.model.history import Person
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.timeline import Change

__all__ = ["Case", "Consequences", "Crossing", "Labelled", "Shift", "consequences"]

_MOST_CASES = 5
"""Cases that are told of one change: who reads a report reads no more."""


class Shift(NamedTuple):
    """A score: of how many people it differs at the end, and by how much at most, down and up."""

    score: str
    people: int
    down: int
    up: int


class Crossing(NamedTuple):
    """A threshold: how many people it handed over before and now, and how many of them only now, or no more."""

    threshold: str
    before: int
    after: int
    come: int
    gone: int


class Labelled(NamedTuple):
    """A label of a band or grade: how many people bear it at the end, before and now."""

    band: str
    label: str
    before: int
    after: int


class Case(NamedTuple):
    """One person whose scores or handovers differ: pairs of before and now."""

    who: str
    scores: tuple[tuple[str, int, int], ...]
    thresholds: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """What the change did to the people that were played.  ``source`` says who they are."""

    source: str
    people: int
    shifts: tuple[Shift, ...]
    crossings: tuple[Crossing, ...]
    labels: tuple[Labelled, ...]
    cases: tuple[Case, ...]


class _End(NamedTuple):
    """How one person ends under one version."""

    scores: Mapping[str, int]
    labels: Mapping[str, str]
    fired: Mapping[str, int]


class _Two(NamedTuple):
    who: str
    before: _End
    after: _End


def consequences(
    old: Model, new: Model, moved: Mapping[Name, str], people: Sequence[Both], source: str
) -> Consequences:
    """Play everybody under both versions.  Scores and thresholds that only one version has are not compared."""
    machines = (Machine(old), Machine(new))
    two = [
        _Two(
            both.who,
            _end(machines[0], both.before, both.until, moved),
            _end(machines[1], both.after, both.until),
        )
        for both in people
    ]
    scores = _shared(two, lambda end: end.scores)
    thresholds = [key for key in new.thresholds if key in _keys(old.thresholds, moved, "thresholds")]
    return Consequences(
        source=source,
        people=len(two),
        shifts=tuple(shift for key in scores if (shift := _shift(key, two)).people),
        crossings=tuple(item for key in thresholds if (item := _crossing(key, two)).come or item.gone),
        labels=tuple(_labels(two)),
        cases=tuple(_cases(two, scores, thresholds)),
    )


def _keys(keys: Iterable[str], moved: Mapping[Name, str], table: str) -> set[str]:
    return {_now(key, moved, table) for key in keys}


def _now(key: str, moved: Mapping[Name, str], table: str) -> str:
    name, at, product = key.partition("@")
    return moved.get((table, name), name) + at + moved.get(("products", product), product)


def _end(machine: Machine, person: Person, until: int, moved: Mapping[Name, str] | None = None) -> _End:
    """Play one person; ``moved`` gives old ids as they are called now."""
    ends: list[tuple[dict[str, int], dict[str, str]]] = []
    moved = moved or {}

    def look(ask: Ask, _changes: tuple[Change, ...]) -> None:
        scores = {_now(key, moved, "scores"): ask.score(key) for key in ask.model.scores}
        labels = {_now(key, moved, "bands"): ask.label(band) for key, band in ask.model.bands.items()}
        labels |= {_now(key, moved, "grades"): ask.letter(grade) for key, grade in ask.model.grades.items()}
        ends.append((scores, labels))

    until = max(until, person.created)
    timeline = machine.run(person, until, {until: [look]})
    fired = Counter(
        _now(change.name, moved, "thresholds") for change in timeline.changes if change.kind == "fired"
    )
    return _End(*ends[0], fired)


def _shared(two: Sequence[_Two], of: Callable[[_End], Mapping[str, object]]) -> list[str]:
    """The keys that both versions have, in the order of the new one."""
    return [key for key in of(two[0].after) if key in of(two[0].before)] if two else []


def _shift(score: str, two: Sequence[_Two]) -> Shift:
    moves = [item.after.scores[score] - item.before.scores[score] for item in two]
    return Shift(score, sum(1 for move in moves if move), min(0, *moves), max(0, *moves))


def _crossing(threshold: str, two: Sequence[_Two]) -> Crossing:
    pairs = [
        (item.before.fired.get(threshold, 0) > 0, item.after.fired.get(threshold, 0) > 0) for item in two
    ]
    return Crossing(
        threshold,
        sum(before for before, _ in pairs),
        sum(after for _, after in pairs),
        sum(after and not before for before, after in pairs),
        sum(before and not after for before, after in pairs),
    )


def _labels(two: Sequence[_Two]) -> Iterable[Labelled]:
    for band in _shared(two, lambda end: end.labels):
        before, after = (
            Counter(end.labels[band] for end in ends)
            for ends in zip(*((i[1], i[2]) for i in two), strict=True)
        )
        if before != after:
            for label in sorted({*before, *after}):
                yield Labelled(band, label, before[label], after[label])


def _cases(two: Sequence[_Two], scores: Sequence[str], thresholds: Sequence[str]) -> Iterable[Case]:
    """A few people, those first whose handovers differ, then by how far their scores moved."""
    cases = [_case(item, scores, thresholds) for item in two]
    told = [case for case in cases if case.scores or case.thresholds]
    told.sort(
        key=lambda case: (not case.thresholds, -max((abs(b - a) for _, a, b in case.scores), default=0))
    )
    return told[:_MOST_CASES]


def _case(item: _Two, scores: Sequence[str], thresholds: Sequence[str]) -> Case:
    moved = ((key, item.before.scores[key], item.after.scores[key]) for key in scores)
    fired = ((key, item.before.fired.get(key, 0), item.after.fired.get(key, 0)) for key in thresholds)
    return Case(item.who, tuple(m for m in moved if m[1] != m[2]), tuple(f for f in fired if f[1] != f[2]))
