"""Runs the examples of a spec on the reference machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.history import FieldSet, Happening, Person
from scorewright.semantics.clock import Clock
from scorewright.semantics.machine import run
from scorewright.semantics.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.model.elements import Example, ExampleEvent, Expectation, Model
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.timeline import Change

__all__ = ["Outcome", "person_of", "run_example"]


class Outcome(NamedTuple):
    """What came of one expectation: whether it held, what was so in words, and every change up to then."""

    expectation: Expectation
    held: bool
    found: str
    changes: tuple[Change, ...]


def _scores(ask: Ask, _expected: Expectation) -> str:
    return ", ".join(f"{key} is {ask.score(key)}" for key in ask.model.scores)


def run_example(
    model: Model, example: Example, said: Callable[[Ask, Expectation], str] = _scores
) -> tuple[Outcome, ...]:
    """Play an example's history and look at each of its expectations, in order.

    ``said`` puts into words what is so of an expectation when it is looked at.
    """
    clock = Clock(model.header.timezone)
    outcomes: dict[int, Outcome] = {}
    looks: dict[int, list[Callable[[Ask, tuple[Change, ...]], None]]] = {}
    for place, expected in enumerate(example.expect):
        looks.setdefault(clock.read(expected.at), []).append(_look(place, expected, said, outcomes))
    run(model, person_of(clock, example), max(looks), looks)
    return tuple(outcomes[place] for place in sorted(outcomes))


def _look(
    place: int,
    expected: Expectation,
    said: Callable[[Ask, Expectation], str],
    outcomes: dict[int, Outcome],
) -> Callable[[Ask, tuple[Change, ...]], None]:
    def look(ask: Ask, changes: tuple[Change, ...]) -> None:
        found = said(ask, expected)
        if expected.fired is None:
            held = ask.holds(expected.condition)
        else:
            fired = Timeline(changes).fired(expected.fired, ask.state.now)
            held = fired == expected.times
            times = f"{expected.fired} has fired {fired} time{'' if fired == 1 else 's'}"
            found = f"{times}; {found}" if found else times
        outcomes[place] = Outcome(expected, held, found, changes)

    return look


def person_of(clock: Clock, example: Example) -> Person:
    """The person whose story an example tells."""
    return Person(
        created=clock.read(example.created),
        fields=dict(example.person),
        scores=dict(example.scores),
        marks=frozenset(example.marks),
        history=tuple(item for told in example.events for item in _told(clock, told)),
    )


def _told(clock: Clock, told: ExampleEvent) -> tuple[Happening | FieldSet, ...]:
    at = clock.read(told.at)
    if told.verb == "sets":
        return (FieldSet(at, told.what, None if told.value == "" else told.value),)
    return (Happening(at, told.verb, told.what, dict(told.properties)),) * told.times
