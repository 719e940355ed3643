"""Triggers, filters and flow steps as rows to click, shared by campaigns and smart lists."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Step
from scorewright_marketo.labels import API_RULES
from scorewright_marketo.objects import DO_NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright_marketo import objects as ob

__all__ = ["flow_rows", "smart_list_rows", "values_text"]

_STANDS = "in past 30 days"
"""What an inactivity filter looks back by itself."""


def values_text(values: tuple[str, ...]) -> str:
    """Values one after the other with semicolons; a blank at a value's end is shown as ␣."""
    return "; ".join(_shown(value) for value in values)


def _shown(value: str) -> str:
    inner = value.strip(" ")
    if inner == value:
        return value
    before, after = len(value) - len(value.lstrip(" ")), len(value) - len(value.rstrip(" "))
    return f"{'␣' * before}{inner}{'␣' * after}"


def smart_list_rows(item: ob.SmartList, depth: int = 0) -> Iterator[Step]:
    """Triggers, then numbered filters, then the logic if it is not the one that stands there."""
    for clause in item.triggers:
        yield from _clause_rows("Trigger", clause, depth)
    for number, clause in enumerate(item.filters, 1):
        yield from _filter_rows(number, clause, depth)
    if len(item.filters) > 1 and item.logic == "ANY":
        yield Step("choose", "Use", "ANY filters", default="ALL filters", depth=depth)
    elif len(item.filters) > 1 and item.logic != "ALL":
        yield Step("choose", "Use", "Advanced filters", default="ALL filters", depth=depth)
        yield Step("type", "Advanced filters", item.logic, depth=depth + 1)


@lru_cache(maxsize=256)
def _filter_rows(number: int, clause: ob.Clause, depth: int) -> tuple[Step, ...]:
    """The same few filters stand in most campaigns."""
    return tuple(_clause_rows(f"Filter {number}", clause, depth))


def _clause_rows(what: str, clause: ob.Clause, depth: int) -> Iterator[Step]:
    other = API_RULES.get(clause.rule)
    yield Step("choose", what, clause.rule, note=f"API: {other}" if other else "", depth=depth)
    if clause.operator:
        label = clause.primary or clause.rule
        if clause.values:
            blanks = any(value != value.strip(" ") for value in clause.values)
            yield Step(
                "type",
                f"{label}: {clause.operator}",
                values_text(clause.values),
                note="Type a blank for each ␣, and look whether it stays." if blanks else "",
                depth=depth + 1,
            )
        else:
            yield Step("choose", label, clause.operator, depth=depth + 1)
    for item in clause.constraints:
        value = f"{item.operator} {values_text(item.values)}".strip()
        stands = item.name == "Date of Activity" and clause.rule.startswith("Not ")
        if stands and value == _STANDS:
            yield Step("check", item.name, value, note="It stands there already.", depth=depth + 1)
        else:
            default = _STANDS if stands else ""
            yield Step(
                "choose",
                item.name if stands else f"Add Constraint > {item.name}",
                value,
                default=default,
                depth=depth + 1,
            )


def flow_rows(flow: tuple[ob.FlowStep, ...]) -> Iterator[Step]:
    """Steps in their order; the choices of a step in theirs, and what stands under Default Choice."""
    for number, step in enumerate(flow, 1):
        yield _step_row(number, step.step, _note(step))
        if not step.choices:
            yield from (_value_row(label, value, 1) for label, value in step.fields)
            continue
        fixed = [(label, value) for label, value in step.fields if label != step.varies]
        for place, choice in enumerate(step.choices, 1):
            yield Step("click", "Add Choice", f"Choice {place}", depth=1)
            yield Step("choose", "If", _condition(choice.condition), depth=2)
            yield from _outcome(step, fixed, choice.value, 2)
        yield Step("note", "Under Default Choice:", depth=1)
        yield from _outcome(step, fixed, dict(step.fields).get(step.varies, DO_NOTHING), 2)


def _outcome(step: ob.FlowStep, fixed: list[tuple[str, str]], value: str, depth: int) -> Iterator[Step]:
    if value == DO_NOTHING:
        yield Step("choose", fixed[0][0] if fixed else step.step, DO_NOTHING, depth=depth)
        return
    yield from (_value_row(label, text, depth) for label, text in fixed)
    yield _value_row(step.varies, value, depth)


_PICKED = frozenset(
    {
        "Score Name",
        "Attribute",
        "Campaign",
        "List Name",
        "Use Parent Campaign Token Context",
        "Assign To",
        "Send To",
        "Owner",
        "Type",
        "Email",
    }
)
"""Fields of flow steps that are picked from a list; the others are typed."""


@lru_cache(maxsize=256)
def _value_row(label: str, value: str, depth: int) -> Step:
    if not value:
        return Step("note", f"Leave {label} empty", depth=depth)
    return Step("choose" if label in _PICKED else "type", label, value, depth=depth)


@lru_cache(maxsize=256)
def _step_row(number: int, name: str, note: str) -> Step:
    return Step("choose", f"Flow step {number}", name, note=note)


def _condition(clause: ob.Clause) -> str:
    extra = "".join(
        f"; {item.name} {item.operator} {values_text(item.values)}" for item in clause.constraints
    )
    primary = f" {clause.primary}" if clause.primary else ""
    return f"{clause.rule}{primary} {clause.operator} {values_text(clause.values)}".strip() + extra


def _note(step: ob.FlowStep) -> str:
    return "Only the first choice that matches acts: keep the order." if len(step.choices) > 1 else ""
