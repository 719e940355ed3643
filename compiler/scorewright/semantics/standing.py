"""What holds: facts, tiers and inputs are worth their points while they are so (questions 24 to 33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.value_tests import Known
from scorewright.model.values import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Input, Rule, Tier
    from scorewright.semantics.machine import Run

__all__ = ["look"]


def look(run: Run) -> None:
    """Look at everything that can hold.

    A fit score is the sum of what holds.  In a counter the difference is an award: a decay or a reset does not forget
    what a fact has added, so its end takes that back, down to the floor (question 26).
    """
    differences: list[tuple[str, int, KeyPath, str]] = []
    for name, path, worth in _all(run):
        before = run.state.worth.get(name, {})
        if worth == before:
            continue
        run.state.worth[name] = worth
        for key in dict.fromkeys([*before, *worth]):
            change = worth.get(key, 0) - before.get(key, 0)
            reason = "holds" if worth.get(key, 0) else "ends"
            differences.append((key, change, path, reason))
            if run.model.scores[key].kind == "fit" and change:
                run.log.note("holds", key, before.get(key, 0), worth.get(key, 0), path, reason)
    run.log.add(differences)


def _all(run: Run) -> Iterator[tuple[str, KeyPath, dict[str, int]]]:
    for rule in run.model.rules.values():
        if not rule.on:
            yield f"rules.{rule.key}", rule.path, _fact(run, rule)
    for tier in run.model.tiers.values():
        yield f"tiers.{tier.key}", tier.path, {tier.score: _tier(run, tier)}
    for item in run.model.inputs.values():
        yield f"inputs.{item.key}", item.path, {item.score: _input(run, item)}


def _fact(run: Run, rule: Rule) -> dict[str, int]:
    kept = rule.keep and bool(run.state.worth.get(f"rules.{rule.key}"))
    so = kept or (run.clock.in_force(rule.active, run.state.now) and run.ask.holds(rule.when))
    return {key: number.value for key, number in rule.points} if so else {}


def _tier(run: Run, tier: Tier) -> int:
    if tier.field is not None and run.ask.passes(run.state.fields.get(tier.field), Known(known=False)):
        return tier.unknown.value if tier.unknown is not None else 0
    for case in tier.cases:
        if case.test is not None and tier.field is not None:
            fits = run.ask.holds(con.FieldTest(tier.field, case.test))
        else:
            fits = run.ask.holds(case.when)
        if fits:
            return case.points.value
    return tier.otherwise.value


def _input(run: Run, item: Input) -> int:
    value = run.state.fields.get(item.field)
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    points = round_half_up(value * item.percent, 100)
    if item.at_most is not None:
        points = min(points, item.at_most.value)
    return max(points, item.at_least.value) if item.at_least is not None else points
