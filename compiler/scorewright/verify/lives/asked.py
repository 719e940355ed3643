"""Everything that a model asks: its conditions, its events, and for each field the tests that read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.semantics.parts import question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model
    from scorewright.model.events import Event
    from scorewright.model.value_tests import Test

__all__ = ["conditions", "events", "fields", "properties"]


def conditions(model: Model) -> Iterator[con.Condition]:
    """Every condition of the model, with those inside it."""
    for outer in _outer(model):
        yield from con.walk(outer)


def _outer(model: Model) -> Iterator[con.Condition | None]:
    for table in (model.segments, model.rules, model.decay):
        for item in table.values():
            yield item.when
    for tier in model.tiers.values():
        for case in tier.cases:
            yield question(tier, case)
    for grade in model.grades.values():
        for criterion in grade.criteria:
            yield criterion.when
    for threshold in model.thresholds.values():
        yield threshold.when
        yield threshold.unless


def events(model: Model) -> list[Event]:
    """Every event that the model names, present or past, each once."""
    named = [event for rule in model.rules.values() for event in rule.on]
    named += [event for threshold in model.thresholds.values() for event in threshold.or_on]
    named += [item.event for item in conditions(model) if isinstance(item, con.Happened)]
    return list(dict.fromkeys(named))


def fields(model: Model) -> dict[str, list[Test]]:
    """The fields that the model reads, with the tests of each; some are read as they stand, or for being known."""
    found: dict[str, list[Test]] = {}
    for item in conditions(model):
        if isinstance(item, con.FieldTest):
            found.setdefault(item.field, []).append(item.test)
    for tier in model.tiers.values():
        if tier.field is not None:
            found.setdefault(tier.field, [])
    for threshold in model.thresholds.values():
        for name in threshold.required_fields:
            found.setdefault(name, [])
    for value in model.inputs.values():
        found.setdefault(value.field, [])
    for event in events(model):
        if event.verb == "changes":
            for name in event.objects:
                found.setdefault(name, []).extend(test for _, test in event.where)
    return {name: list(dict.fromkeys(tests)) for name, tests in found.items()}


def properties(model: Model, verb: str, prop: str) -> list[Test]:
    """The tests that the model has of one property of what happens."""
    found = [
        test for event in events(model) if event.verb == verb for name, test in event.where if name == prop
    ]
    return list(dict.fromkeys(found))
