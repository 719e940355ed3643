"""Counters of awards that are given so many times: what was given before is counted before the new rules look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS
from scorewright_pardot.migration.tables import leaves, put_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright_pardot.migration.compare import Difference

__all__ = ["filled_counters"]

_RULES = "automation-rules"
_FIELD, _GREATER = CRITERIA["custom-field"].text, OPERATORS["greater"].text


def filled_counters(difference: Difference) -> Iterator[Emitted]:
    """Segmentation rules that set counters: of a new one to what was given, of an old one to what was paid for."""
    olds = [
        item
        for item in (*(pair.old for pair in (*difference.same, *difference.changed)), *difference.removed)
        if item.kind == _RULES and item.lowering == "limited-award"
    ]
    fresh = {
        item.name for item in difference.added if item.kind == "custom-fields" and item.lowering == "counter"
    }
    news = [
        item
        for item in (*(pair.new for pair in difference.changed), *difference.added)
        if item.kind == _RULES and item.lowering == "limited-award"
    ]
    done: set[str] = set()
    for rule in news:
        field, number = _counted(rule)
        if not field or field in done:
            continue
        mine = [item for item in olds if item.elements == rule.elements]
        paid = [_counted(item)[1] for item in mine if _counted(item)[0] == field]
        if field in fresh and mine:
            done.add(field)
            tags = [tag for item in mine for tag in put_by(item.table)]
            kept = [
                item.name
                for item in difference.kept
                if item.kind == "tags" and item.elements == rule.elements
            ]
            yield _set(rule, field, _bears([*tags, *kept]), 1, "given before")
        elif paid and number > max(paid):
            done.add(field)
            beyond = {"criterion": _FIELD, "of": field, "operator": _GREATER, "value": str(max(paid))}
            yield _set(
                rule, field, {"match": "all", "criteria": [beyond]}, max(paid), "counted beyond the limit"
            )


def _counted(rule: Emitted) -> tuple[str, int]:
    """The counter that a rule reads, and the how-manieth time it pays."""
    for item in leaves(rule.table):
        if item.what == _FIELD and item.operator == _GREATER and item.of.endswith(" count"):
            return item.of, int(item.value) + 1
    return "", 0


def _bears(tags: Sequence[str]) -> dict[str, Any]:
    rows = [
        {"criterion": CRITERIA["tag"].text, "of": tag, "operator": OPERATORS["is"].text}
        for tag in dict.fromkeys(tags)
    ]
    return {"match": "any" if len(rows) > 1 else "all", "criteria": rows}


def _set(rule: Emitted, field: str, criteria: dict[str, Any], value: int, what: str) -> Emitted:
    actions = [{"action": ACTIONS["custom-field"].text, "of": field, "value": str(value)}]
    name = f"{rule.name.partition(':')[0]}: {what}"
    return Emitted(
        "segmentation-rules", name, {**criteria, "actions": actions}, rule.elements, "migration-initial"
    )
