"""Ways through a model that several families take: every condition, event and action with its element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.conditions import Happened, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.actions import Action
    from scorewright.model.conditions import Condition
    from scorewright.model.elements import Decay, Element, Model, Rule, Threshold
    from scorewright.model.events import Event

__all__ = ["actions", "conditions", "events", "roots", "thens"]


def roots(model: Model) -> Iterator[tuple[Element, Condition]]:
    """Every outermost condition of the model (not of its examples), with the element that it stands in."""
    for segment in model.segments.values():
        yield segment, segment.when
    for rule in model.rules.values():
        if rule.when is not None:
            yield rule, rule.when
    for tier in model.tiers.values():
        yield from ((tier, case.when) for case in tier.cases if case.when is not None)
    for decay in model.decay.values():
        if decay.when is not None:
            yield decay, decay.when
    for grade in model.grades.values():
        yield from ((grade, criterion.when) for criterion in grade.criteria)
    for threshold in model.thresholds.values():
        yield threshold, threshold.when
        if threshold.unless is not None:
            yield threshold, threshold.unless


def conditions(model: Model) -> Iterator[tuple[Element, Condition]]:
    """Every condition, also inside others and in what examples expect, with its element."""
    for element, root in roots(model):
        for condition in walk(root):
            yield element, condition
    for example in model.examples.values():
        for expected in example.expect:
            for condition in walk(expected.condition):
                yield example, condition


def events(model: Model) -> Iterator[tuple[Element, Event]]:
    """Every event, in the present and in the past, with its element."""
    for rule in model.rules.values():
        yield from ((rule, event) for event in rule.on)
    for threshold in model.thresholds.values():
        yield from ((threshold, event) for event in threshold.or_on)
    for element, condition in conditions(model):
        if isinstance(condition, Happened):
            yield element, condition.event


def actions(model: Model) -> Iterator[tuple[Element, Action]]:
    """Every action, with its element."""
    for element, then in thens(model):
        yield from ((element, action) for action in then)


def thens(model: Model) -> Iterator[tuple[Rule | Decay | Threshold, tuple[Action, ...]]]:
    """Every ``then``, with its element."""
    tables: tuple[Mapping[str, Rule | Decay | Threshold], ...] = (model.rules, model.decay, model.thresholds)
    for table in tables:
        yield from ((element, element.then) for element in table.values() if element.then)
