"""Lowered objects as plain tables, one kind a file, in the order in which they are built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.bundle import Emitted
from scorewright_marketo.labels import API_FLOW_STEPS, API_RULES
from scorewright_marketo.objects import DO_NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright_marketo import objects as ob

__all__ = ["emit", "smart_list_table"]


def emit(lowered: ob.Lowered) -> tuple[Emitted, ...]:
    """Every object of a bundle."""
    return tuple(_all(lowered))


def _all(lowered: ob.Lowered) -> Iterator[Emitted]:
    for item in lowered.prerequisites:
        yield _emitted(
            "prerequisites",
            f"{item.kind}: {item.name}",
            item,
            {"kind": item.kind, "asset": item.name, "check": item.check},
        )
    for field in lowered.fields:
        kind = "helper-fields" if field.helper else "score-fields"
        yield _emitted(kind, field.name, field, _field(field))
    yield from (
        _emitted("programs", program.name, program, _program(program, lowered))
        for program in lowered.programs
    )
    yield from _folders(lowered)
    for token in lowered.tokens:
        yield _emitted("tokens", f"{token.program}.{token.name}", token, _token(token))
    for static in lowered.static_lists:
        table = {"program": static.program, "list": static.name, "why": static.why}
        yield _emitted("static-lists", f"{static.program}.{static.name}", static, table)
    for found in lowered.smart_lists:
        table = {
            "program": found.program,
            "list": found.name,
            "why": found.why,
            **smart_list_table(found.smart_list),
        }
        yield _emitted("smart-lists", f"{found.program}.{found.name}", found, table)
    for campaign in lowered.campaigns:
        yield _emitted("smart-campaigns", campaign.qualified_name, campaign, _campaign(campaign))


def _emitted(kind: str, name: str, item: ob.Asset, table: dict[str, Any]) -> Emitted:
    return Emitted(
        kind,
        name,
        {key: value for key, value in table.items() if value != ""},
        item.elements,
        item.lowering,
        item.facts,
    )


def _field(field: ob.Field) -> dict[str, Any]:
    return {
        "label": field.name,
        "api_name": field.api,
        "type": field.type,
        "standard": field.standard,
        "can_be_deleted": False,
        "why": field.why,
    }


def _program(program: ob.Program, lowered: ob.Lowered) -> dict[str, Any]:
    return {
        "program": program.name,
        "type": "Default",
        "channel": "Operational",
        "folder": lowered.folder,
        "workspace": lowered.workspace,
        "description": program.description,
        "product": program.product or "",
    }


def _folders(lowered: ob.Lowered) -> Iterator[Emitted]:
    for program in lowered.programs:
        campaigns = [campaign for campaign in lowered.campaigns if campaign.program == program.name]
        for folder in sorted({campaign.folder for campaign in campaigns}):
            inside = [campaign for campaign in campaigns if campaign.folder == folder]
            elements = tuple(dict.fromkeys(element for campaign in inside for element in campaign.elements))
            yield Emitted(
                "folders",
                f"{program.name}.{folder}",
                {"program": program.name, "folder": folder},
                elements,
                "folder",
            )


def _token(token: ob.Token) -> dict[str, Any]:
    return {
        "program": token.program,
        "token": token.name,
        "type": "score",
        "value": token.value,
        "shown": f"{token.value:+d}",
        "reference": "{{my." + token.name + "}}",
        "coupled": list(token.coupled),
        "inverse": list(token.inverse),
    }


def smart_list_table(item: ob.SmartList) -> dict[str, Any]:
    """Triggers and filters, as they stand in a table."""
    table: dict[str, Any] = {}
    if item.triggers:
        table["triggers"] = [_clause(clause) for clause in item.triggers]
    if item.filters:
        table |= {"filters": [_clause(clause) for clause in item.filters], "filter_logic": item.logic}
    return table


def _clause(clause: ob.Clause) -> dict[str, Any]:
    table: dict[str, Any] = {"rule": clause.rule}
    if clause.rule in API_RULES:
        table["api"] = API_RULES[clause.rule]
    if clause.primary:
        table["attribute"] = clause.primary
    if clause.operator:
        table |= {"operator": clause.operator, "values": list(clause.values)}
    if clause.constraints:
        table["constraints"] = [
            {"name": item.name, "operator": item.operator, "values": list(item.values)}
            for item in clause.constraints
        ]
    return table


def _campaign(campaign: ob.Campaign) -> dict[str, Any]:
    return {
        "program": campaign.program,
        "campaign": campaign.name,
        "folder": campaign.folder,
        "type": campaign.type,
        "status": "inactive",
        "smart_list": smart_list_table(campaign.smart_list),
        "flow": [_step(step) for step in campaign.flow],
        "qualification": campaign.qualification,
        "schedule": campaign.schedule,
        "switched_on": campaign.stage,
        "why": campaign.why,
    }


def _step(step: ob.FlowStep) -> dict[str, Any]:
    table: dict[str, Any] = {"step": step.step}
    if step.step in API_FLOW_STEPS:
        table["api"] = API_FLOW_STEPS[step.step]
    table["fields"] = [
        {"label": label, "value": value} for label, value in step.fields if label != step.varies
    ]
    if step.choices:
        table["varies"] = step.varies
        table["choices"] = [
            {"if": _clause(choice.condition), "value": choice.value} for choice in step.choices
        ]
        table["default"] = dict(step.fields).get(step.varies, DO_NOTHING)
    return table
