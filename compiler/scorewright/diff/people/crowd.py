"""Whose histories are played: the specs' own examples, lives made for what changed, or people from a file."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from scorewright.diff.people.translate import translate
from scorewright.diff.values import MOST_ELEMENTS
from scorewright.semantics.clock import Clock
from scorewright.semantics.examples import person_of
from scorewright.verify.lives import boundary_lives, random_life

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from scorewright.diff.values import Name
    from scorewright.model.elements import Example, Model
    from scorewright.model.history import Person
    from scorewright.verify.lives import Life

__all__ = ["Both", "made_people", "told_people"]

_AIMED, _BY_CHANCE = 60, 30
"""Lives from each version at the edges of what changed, and by chance."""
_EFFORT, _SEED = 3, 1
_DAY = 86_400


class Both(NamedTuple):
    """One person under both versions, up to an instant (seconds since 1970) at which the two are compared."""

    who: str
    before: Person
    after: Person
    until: int


def made_people(
    old: Model, new: Model, touched: Collection[Name], moved: Mapping[Name, str]
) -> tuple[Both, ...]:
    """The examples of both versions, lives at the edges of the elements that are touched, and some by chance.

    ``touched`` are names of the new version; ``moved`` the ids that were renamed.
    """
    back = {(table, to): key for (table, key), to in moved.items()}
    then = {(table, back.get((table, key), key)) for table, key in touched}
    found = [
        *(_ahead(*item, new, moved) for item in _examples(old)),
        *(_behind(*item, old, back) for item in _examples(new)),
    ]
    if max(len(old.elements()), len(new.elements())) <= MOST_ELEMENTS:
        found += [_ahead(*item, new, moved) for item in _lives(old, then)]
        found += [_behind(*item, old, back) for item in _lives(new, touched)]
    return tuple({both.who: both for both in found}.values())


def told_people(people: Iterable[tuple[str, tuple[Person, ...]]]) -> tuple[Both, ...]:
    """People as a file tells them, read by each version's own names; looked at a day after the last that is told."""
    return tuple(Both(who, before, after, _end(before, after)) for who, (before, after) in people)


def _end(*persons: Person) -> int:
    ends = [person.created for person in persons]
    ends += [getattr(item, "known", None) or item.at for person in persons for item in person.history]
    return max(ends) + _DAY


_Told = tuple[str, "Person", int]


def _ahead(who: str, person: Person, until: int, new: Model, moved: Mapping[Name, str]) -> Both:
    return Both(who, person, translate(person, new, moved), until)


def _behind(who: str, person: Person, until: int, old: Model, back: Mapping[Name, str]) -> Both:
    return Both(who, translate(person, old, back), person, until)


def _examples(model: Model) -> Iterator[_Told]:
    """Those of the new version stand for those of the old one that have the same id."""
    clock = Clock(model.header.timezone)
    for example in model.examples.values():
        yield f"example {example.id}", person_of(clock, example), _last(clock, example)


def _last(clock: Clock, example: Example) -> int:
    return max([clock.read(example.created), *(clock.read(item.at) for item in example.expect)])


def _lives(model: Model, touched: Collection[Name]) -> Iterator[_Told]:
    names = {".".join(name) for name in touched}
    aimed = (
        life
        for life in boundary_lives(model, _EFFORT)
        if any(aim.partition("@")[0] in names for aim in life.aims)
    )
    chance = (random_life(model, _SEED, number) for number in range(_BY_CHANCE))
    for life in (*islice(aimed, _AIMED), *chance):
        yield _told(life)


def _told(life: Life) -> _Told:
    return life.name, life.person, life.until
