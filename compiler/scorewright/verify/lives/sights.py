"""A history as it is looked at to name its situations: what is told and when, and what the reference machine shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.history import Happening
from scorewright.semantics.ask import Ask
from scorewright.semantics.machine import Machine
from scorewright.semantics.state import State
from scorewright.semantics.thresholds import is_open
from scorewright.verify.lives.asked import events
from scorewright.verify.lives.life import HOUR, known_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright.model.elements import Model, Threshold
    from scorewright.model.history import FieldSet, Listed, Scalar
    from scorewright.semantics.clock import Clock
    from scorewright.semantics.timeline import Timeline
    from scorewright.verify.lives.life import Life

__all__ = ["Ready", "Sight", "View", "sight_of"]


class Sight(NamedTuple):
    """What is so at an instant, after everything that falls on it."""

    at: int
    inside: bool
    scores: Mapping[str, int]
    fields: Mapping[str, Scalar]
    waits: bool
    """Whether a threshold is open that nothing has found open yet."""


class Ready:
    """A model made ready once, for any number of histories."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.machine = Machine(model)
        self.clock: Clock = self.machine.parts.clock
        self.starts = self.machine.parts.starts
        self.ask = Ask(self.machine.parts, State(0, 0))
        self.spans = frozenset(_spans(model))
        head = model.header
        self.needs_days = head.eligible is not None or bool(head.exclude) or head.active is not None
        """Whether somebody can leave the population by the passing of days alone."""


def _spans(model: Model) -> Iterator[int]:
    """The rolling windows and the waits of a model, in seconds."""
    limits = [item.limit for item in model.rules.values()] + [
        item.limit for item in model.thresholds.values()
    ]
    windows = [limit.per for limit in limits if limit is not None]
    windows += [group.limit.per for group in model.groups.values()]
    windows += [event.within for event in events(model)]
    yield from (
        window.rolling.seconds for window in windows if window is not None and window.rolling is not None
    )
    yield from (rule.wait.seconds for rule in model.rules.values() if rule.wait is not None)


def sight_of(ask: Ask, thresholds: Sequence[Threshold]) -> Sight:
    """What is so now; ``thresholds`` are those that are looked at whatever happens."""
    scores = {key: ask.score(key) for key in ask.model.scores}
    inside, waits = ask.in_population(), _waits(ask, thresholds)
    return Sight(ask.state.now, inside, scores, dict(ask.state.fields), waits)


def _waits(ask: Ask, thresholds: Sequence[Threshold]) -> bool:
    """Whether an action or the clock has opened one, which only the person's next event will find so."""
    return any(not ask.state.open[item.key] and is_open(ask, item) for item in thresholds)


@dataclass(frozen=True)
class View:
    """One history, with what the reference machine made of it."""

    ready: Ready
    life: Life
    timeline: Timeline
    settle: int
    """In seconds."""
    sights: Sequence[Sight]
    """What is so at the beginning, after everything that is told or changes, and at the end.

    Where somebody can leave the population by the clock alone, also at each day's start and before what is told.
    """
    since: int | None = None
    """When this version followed another, if it did: what is otherwise from then on is no turn of the person's."""
    told: tuple[int, ...] = field(init=False)
    """When the platform learns of each thing that is told, in the order of the history."""

    def __post_init__(self) -> None:
        person = self.life.person
        object.__setattr__(self, "told", tuple(known_at(item, person.created) for item in person.history))

    @property
    def model(self) -> Model:
        """The model."""
        return self.ready.model

    @property
    def history(self) -> tuple[Happening | FieldSet | Listed, ...]:
        """What is told."""
        return self.life.person.history

    @property
    def happenings(self) -> list[Happening]:
        """The events that are told, in the order in which they happened."""
        return sorted(
            (item for item in self.history if isinstance(item, Happening)), key=lambda item: item.at
        )

    @cached_property
    def turns(self) -> tuple[int, ...]:
        """When somebody came into the population, or left it, by the clock alone.

        A date of theirs may come at any time between two looks, so both are given; the model's days begin with a day.
        """
        if not self.ready.needs_days:
            return ()
        told, found = {self.life.person.created, *self.told}, list[int]()
        for one, other in pairwise(self.sights):
            if one.inside is not other.inside and other.at not in told and other.at != self.since:
                found += (
                    [other.at] if self._in_force(one) is not self._in_force(other) else [one.at, other.at]
                )
        return tuple(found)

    def _in_force(self, sight: Sight) -> bool:
        return self.ready.clock.in_force(self.model.header.active, sight.at)

    def settling(self, seconds: int) -> View:
        """The same for a gauge that takes so long; what has been looked at is not looked at again."""
        other = replace(self, settle=seconds)
        other.__dict__.update(self.__dict__ | {"settle": seconds})
        return other

    def close(self, one: int, other: int) -> bool:
        """Whether two instants are closer than the platform needs to settle."""
        return abs(one - other) < self.settle

    def hours(self, instant: int) -> float:
        """Hours since the start of the day on the model's clock."""
        clock = self.ready.clock
        return (instant - clock.day_start(clock.day(instant))) / HOUR
