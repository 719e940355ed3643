"""Lives in which the version changes: where it does, and what comes later for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.history import FieldSet, Happening, Listed
from scorewright.verify.lives import lives
from scorewright.verify.lives.life import known_at
from scorewright.verify.meant import meant
from scorewright.verify.quiet import settle_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.history import Person
    from scorewright.semantics import Machine
    from scorewright.verify.lives import Life
    from scorewright.verify.passage.way import Way

__all__ = ["Cut", "Place", "Turning", "known", "places"]

_HOUR, _DAY = 3_600, 86_400
_MOMENTS = 10
"""More than there are moments of a change at one place."""
_TAIL = 100 * _DAY
"""How long somebody is watched who does nothing more, to find moments for a change in their silence."""

Told = Happening | FieldSet | Listed


class Place(NamedTuple):
    """A life, and after how many of the things that happen in it the version changes; ``number`` is its own."""

    life: Life
    after: int
    number: int


class Turning(NamedTuple):
    """A life, and the instant at which the moves to the new version begin."""

    life: Life
    at: int
    number: int = 0


def places(way: Way) -> Iterator[Place]:
    """Every place of a change in lives of both models, or of so many one, as the way's stride has it."""
    hours = hours_to_rest(way)
    old, new = way.models
    number = 0
    for pair in _by_turns(lives(new, way.seed, way.effort, hours), lives(old, way.seed, way.effort, hours)):
        life = pair._replace(person=_known_person(pair.person, old))
        for after in _places(life, number, way.effort):
            number += 1
            if number % way.stride == 0:
                yield Place(life, after, number)


def hours_to_rest(way: Way) -> int:
    """How long either version may need until all that it shows is right."""
    return max(settle_hours(way.before.gauges), settle_hours(way.after.gauges))


def _by_turns(first: Iterable[Life], second: Iterable[Life]) -> Iterator[Life]:
    """One of each; a life that both models tell is told once."""
    seen: set[str] = set()
    one, other = iter(first), iter(second)
    for pair in iter(lambda: (next(one, None), next(other, None)), (None, None)):
        for life in pair:
            if life is not None and (told := repr((life.person, life.until))) not in seen:
                seen.add(told)
                yield life


def _places(life: Life, number: int, effort: int) -> tuple[int, ...]:
    """After how many of the things that happen the version changes: at the end, and in turn elsewhere."""
    count = len(life.person.history)
    others = [(number + step) % (count + 1) for step in range(1 + effort // 3)]
    return tuple(dict.fromkeys((count, *others)))


# --- where ----------------------------------------------------------------------------------------------------------


class Cut:
    """Cuts lives in two and puts the change between; ``machine`` plays the old model, ``after`` the new one.

    Nobody changes a version before it starts: its first step says so.
    """

    def __init__(self, way: Way, machine: Machine, after: Machine) -> None:
        self.way = way
        self.machine = machine
        self.after = after
        self.wait = hours_to_rest(way) * _HOUR

    def at(self, place: Place) -> Iterator[Turning]:
        """The life with the change at a moment at which nothing is under way; where nothing follows, at several of them."""
        life, number = place.life, place.number
        told = sorted(life.person.history, key=lambda item: known_at(item, life.person.created))
        first, rest = (
            [item for item in told[: place.after] if known(self.way.models[0], item)],
            told[place.after :],
        )
        last = max([life.person.created, *(known_at(item, life.person.created) for item in first)])
        at_rest = life._replace(person=replace(life.person, history=tuple(first)), until=last + _TAIL)
        moments = [at for at in self._moments(at_rest) if at > last]
        if not moments:
            return
        chosen = [moments[(number + step * 7) % len(moments)] for step in range(1 + self.way.effort // 2)]
        for count, at in enumerate(dict.fromkeys(chosen[:1] if rest else (moments[0], *chosen))):
            yield Turning(self._moved_on(life, first, rest, at), at, _MOMENTS * number + count)

    def _moments(self, life: Life) -> Iterator[int]:
        """When all that the old version shows has been right for a while, both have started, and the clock does nothing for a day."""
        starts = max((parts.starts or 0 for parts in (self.machine.parts, self.after.parts)), default=0)
        for look in meant(self.machine, life, self.way.before.gauges).looks:
            started = not starts or look.at > starts + self.wait
            if look.quiet >= self.wait and look.at > life.person.created and started:
                yield look.at + 1

    def _moved_on(self, life: Life, first: Sequence[Told], rest: Sequence[Told], at: int) -> Life:
        """What comes after the change waits until it is done."""
        created = life.person.created
        begins = min((known_at(item, created) for item in rest), default=life.until)
        by = max(0, at + self.way.busy + self.wait + _DAY - begins)
        moved = [_later(item, by) for item in rest if known(self.way.models[1], item)]
        until = max(life.until + by, at + self.way.whole + self.wait + 3 * _DAY)
        return life._replace(person=replace(life.person, history=(*first, *moved)), until=until)


def _later(item: Told, by: int) -> Told:
    if isinstance(item, Happening) and item.known is not None:
        return item._replace(at=item.at + by, known=item.known + by)
    return item._replace(at=item.at + by)


# --- who knows what -------------------------------------------------------------------------------------------------


def known(model: Model, item: Told) -> bool:
    """Whether a model has a name for what happens."""
    if isinstance(item, FieldSet):
        return item.field in model.fields or "_" in item.field
    if isinstance(item, Listed):
        return item.list in model.assets
    if item.verb == "does":
        return item.what in model.activities
    if item.verb == "changes":
        return item.what in model.fields
    return not item.what or item.verb in {"bounces", "opportunity"} or item.what in model.assets


def _known_person(person: Person, old: Model) -> Person:
    """Whoever begins with fields, scores or marks has those that the old model knows."""
    return replace(
        person,
        fields={key: value for key, value in person.fields.items() if key in old.fields or "_" in key},
        scores={key: value for key, value in person.scores.items() if key in old.scores},
        marks=frozenset(mark for mark in person.marks if mark in old.marks),
    )
