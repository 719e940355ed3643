"""A model's elements as the machine takes them: each sort by its key, since the order of a file never matters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from scorewright.model import conditions as con
from scorewright.semantics import reads
from scorewright.semantics.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.model.elements import (
        Band,
        Decay,
        Element,
        Input,
        Model,
        Rule,
        Schedule,
        Threshold,
        Tier,
        TierCase,
    )

__all__ = ["Parts", "Standing", "parts_of", "question"]

E = TypeVar("E", bound="Element")


class Standing(NamedTuple):
    """A fact, tier or input, under a name of its own, and what it reads."""

    name: str
    element: Rule | Tier | Input
    reads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Parts:
    """A model made ready to be played, once for any number of people."""

    model: Model
    clock: Clock
    starts: int | None
    """The instant before which nothing is scored."""
    rules: Mapping[str, tuple[Rule, ...]]
    """The rules with ``on``, by the verbs of their events."""
    standing: Mapping[str, Standing]
    """What can hold, by name: facts, tiers and inputs."""
    readers: Mapping[str, tuple[str, ...]]
    """The names of what can hold, by what it reads."""
    decays: tuple[Decay, ...]
    thresholds: tuple[Threshold, ...]
    labelled: tuple[Band, ...]
    """The bands whose label stands in a field."""
    schedules: tuple[Schedule, ...]
    """The schedules by which something is done."""
    population: tuple[tuple[con.Condition | None, bool], ...]
    """What must be so, and what must not, for somebody to be scored."""
    dated: bool
    """Whether something that is looked at when a day begins can turn by the calendar alone."""
    reached: Mapping[str, tuple[str, ...]]
    """The scores that an award reaches, by the score that it is given to: that one, and all along its ``feeds``."""
    asking: dict[tuple[str, str, str | None], tuple[Rule, ...]] = field(default_factory=dict)
    """The rules that ask for an event of this verb and asset, once that has been found out."""
    named: dict[tuple[str, str, str | None], bool] = field(default_factory=dict)
    """What has been found out already about which asset is which; it is the same for everybody."""

    def counters(self, key: str) -> tuple[str, ...]:
        """The counters among the scores that an award reaches."""
        return tuple(name for name in self.reached[key] if self.model.scores[name].kind == "engagement")


def parts_of(model: Model) -> Parts:
    """Make a model ready."""
    clock = Clock(model.header.timezone)
    rules = _by_key(model.rules)
    verbs = sorted({event.verb for rule in rules for event in rule.on})
    decays, thresholds = _by_key(model.decay), _by_key(model.thresholds)
    standing = {item.name: item for item in sorted(_standing(model), key=lambda item: item.name)}
    used = {*(item.schedule for item in decays), *(item.schedule for item in thresholds)}
    return Parts(
        model,
        clock,
        starts=None if model.header.starts is None else clock.read(model.header.starts),
        rules={
            verb: tuple(rule for rule in rules if any(event.verb == verb for event in rule.on))
            for verb in verbs
        },
        standing=standing,
        readers={
            thing: tuple(name for name, item in standing.items() if thing in item.reads)
            for thing in frozenset().union(*(item.reads for item in standing.values()))
        },
        decays=decays,
        thresholds=thresholds,
        labelled=tuple(band for band in _by_key(model.bands) if band.field is not None),
        schedules=tuple(item for item in _by_key(model.schedules) if item.id in used),
        population=tuple(_population(model)),
        dated=_is_dated(model, standing.values()),
        reached={key: _reached(model, key) for key in model.scores},
    )


def _by_key(table: Mapping[str, E]) -> tuple[E, ...]:
    return tuple(table[key] for key in sorted(table))


def _standing(model: Model) -> Iterator[Standing]:
    for rule in _by_key(model.rules):
        if not rule.on:
            days = frozenset() if rule.active is None else frozenset({reads.TIME})
            yield Standing(f"rules.{rule.key}", rule, reads.read_by(rule.when, model.segments) | days)
    for tier in _by_key(model.tiers):
        own = frozenset() if tier.field is None else frozenset({reads.field(tier.field)})
        asked = [reads.read_by(question(tier, case), model.segments) for case in tier.cases]
        yield Standing(f"tiers.{tier.key}", tier, own.union(*asked))
    for item in _by_key(model.inputs):
        yield Standing(f"inputs.{item.key}", item, frozenset({reads.field(item.field)}))


def question(tier: Tier, case: TierCase) -> con.Condition | None:
    """What must be so for a tier's case."""
    if tier.field is None or case.test is None:
        return case.when
    return con.FieldTest(tier.field, case.test)


def _population(model: Model) -> Iterator[tuple[con.Condition | None, bool]]:
    head = model.header
    if head.eligible is not None:
        yield model.segments[head.eligible].when, True
    yield from ((model.segments[key].when, False) for key in head.exclude)


def _is_dated(model: Model, standing: Iterable[Standing]) -> bool:
    """Who is scored, what holds, and which thresholds close: that is looked at whenever a day begins."""
    conditions: list[con.Condition | None] = [segment.when for segment in model.segments.values()]
    conditions += [criterion.when for grade in model.grades.values() for criterion in grade.criteria]
    conditions += [when for item in model.thresholds.values() for when in (item.when, item.unless)]
    by_date = model.header.active is not None or any(reads.TIME in item.reads for item in standing)
    return by_date or any(map(reads.turns, conditions))


def _reached(model: Model, key: str) -> tuple[str, ...]:
    found: list[str] = []
    score = model.scores.get(key)
    while score is not None and score.key not in found:
        found.append(score.key)
        score = model.scores.get(score.feeds or "")
    return tuple(found)
