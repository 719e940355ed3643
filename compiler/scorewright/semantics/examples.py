"""Runs the examples of a spec on the reference machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.history import FieldSet, Happening, Person
from scorewright.semantics.clock import Clock
from scorewright.semantics.machine import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.model.elements import Example, ExampleEvent, Expectation, Model
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.timeline import Change

__all__ = ["Outcome", "run_example"]


class Outcome(NamedTuple):
    """What came of one expectation: whether it held, and what was so instead, in words."""

    expectation: Expectation
    held: bool
    found: str


def run_example(model: Model, example: Example) -> tuple[Outcome, ...]:
    """Play an example's history and look at each of its expectations, in order."""
    clock = Clock(model.header.timezone)
    outcomes: dict[int, Outcome] = {}
    looks: dict[int, list[Callable[[Ask, tuple[Change, ...]], None]]] = {}
    for place, expected in enumerate(example.expect):
        looks.setdefault(clock.read(expected.at), []).append(_look(place, expected, outcomes))
    run(model, _person(clock, example), max(looks), looks)
    return tuple(outcomes[place] for place in sorted(outcomes))


def _look(
    place: int, expected: Expectation, outcomes: dict[int, Outcome]
) -> Callable[[Ask, tuple[Change, ...]], None]:
    def look(ask: Ask, changes: tuple[Change, ...]) -> None:
        if expected.fired is not None:
            fired = sum(
                1
                for item in changes
                if item.kind == "fired" and item.name.partition("@")[0] == expected.fired
            )
            outcomes[place] = Outcome(
                expected, fired == expected.times, f"{expected.fired} has fired {fired} times"
            )
            return
        scores = ", ".join(f"{key} is {ask.score(key)}" for key in ask.model.scores)
        outcomes[place] = Outcome(expected, ask.holds(expected.condition), scores)

    return look


def _person(clock: Clock, example: Example) -> Person:
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
