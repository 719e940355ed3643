"""Smart campaigns: executables first, since others run them by name; then batches and triggers, all left inactive."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Section, Step, Task
from scorewright_marketo.sheet.rows import flow_rows, smart_list_rows

if TYPE_CHECKING:
    from scorewright_marketo import objects as ob

__all__ = ["campaign_sections", "campaign_task", "heading", "qualification", "settings"]

_ONCE = "Only once"
_NEW = (Step("click", "New > New Smart Campaign"), Step("click", "Create"), Step("open", "Smart List"))
_NEW_EXECUTABLE = (_NEW[0], Step("tick", "Executable", note="It cannot be changed afterwards."), *_NEW[1:])
_ACTIVATE = Step(
    "click",
    "Activate",
    note="Now: Request Campaign lists active campaigns only, and nothing requests it yet.",
)
_FLOW, _SETTINGS, _SCHEDULE = Step("open", "Flow"), Step("open", "Settings"), Step("open", "Schedule")


def campaign_sections(lowered: ob.Lowered, clones: tuple[str, ...]) -> tuple[Section, ...]:
    """One section a type; products that are cloned are left to the section of clones."""
    own = [campaign for campaign in _ordered(lowered.campaigns) if campaign.program not in clones]
    parts = (
        (
            ("executable", "requested"),
            "Campaigns that others run",
            "Others find these by name when they are built, so they come first, each before whoever runs it.",
        ),
        (("batch",), "Batch campaigns", "Do not schedule yet: the last section says when."),
        (("trigger",), "Trigger campaigns", "Do not activate yet: the last section says when."),
    )
    return tuple(
        Section(title, intro, tuple(campaign_task(campaign) for campaign in own if _kind(campaign) in kinds))
        for kinds, title, intro in parts
    )


def _kind(campaign: ob.Campaign) -> str:
    return campaign.stage if campaign.stage == "requested" else campaign.type


def _ordered(campaigns: tuple[ob.Campaign, ...]) -> list[ob.Campaign]:
    """Campaigns after those that they execute or request, else in the order of the model."""
    names = {campaign.qualified_name: campaign for campaign in campaigns}
    done: dict[str, ob.Campaign] = {}

    def visit(campaign: ob.Campaign) -> None:
        if campaign.qualified_name in done:
            return
        for step in campaign.flow:
            if step.step in {"Execute Campaign", "Request Campaign"}:
                for name in (dict(step.fields)["Campaign"], *(choice.value for choice in step.choices)):
                    if name in names and names[name] is not campaign:
                        visit(names[name])
        done[campaign.qualified_name] = campaign

    for campaign in campaigns:
        visit(campaign)
    return list(done.values())


def campaign_task(campaign: ob.Campaign) -> Task:
    """One campaign: new, smart list, flow, schedule tab."""
    steps = (
        Step("open", campaign.program, campaign.folder),
        *heading(campaign.type, campaign.name),
        *smart_list_rows(campaign.smart_list, 1),
        _FLOW,
        *flow_rows(campaign.flow),
        settings(campaign.type),
        qualification(campaign.qualification),
        *((_ACTIVATE,) if campaign.stage == "requested" else ()),
    )
    minutes = (
        1.5
        + 0.4 * len(campaign.smart_list.triggers + campaign.smart_list.filters)
        + 0.4 * sum(1 + len(step.choices) for step in campaign.flow)
    )
    checks = (
        (*campaign.checks, "The Schedule tab reports no errors.")
        if campaign.type != "executable"
        else campaign.checks
    )
    return Task(
        f"campaign {campaign.qualified_name}",
        f"{campaign.name} ({campaign.type})",
        campaign.elements[0],
        campaign.why or _why(campaign),
        round(minutes, 1),
        steps,
        checks,
        campaign.facts,
    )


def heading(kind: str, name: str) -> tuple[Step, ...]:
    """From the folder to the open smart list of a new campaign."""
    first, *rest = _NEW_EXECUTABLE if kind == "executable" else _NEW
    return (first, Step("type", "Name", name), *rest)


def settings(kind: str) -> Step:
    """Where it is said how often a person can run through."""
    return _SETTINGS if kind == "executable" else _SCHEDULE


@cache
def qualification(rule: str) -> Step:
    """How often a person can run through."""
    if rule == _ONCE:
        label = "Qualification Rules: Each person can run through the flow"
        return Step("check", label, _ONCE, note="What stands there; leave it.")
    return Step(
        "choose", "Edit Qualification Rules: Each person can run through the flow", rule, default=_ONCE
    )


def _why(campaign: ob.Campaign) -> str:
    if campaign.type == "trigger":
        return "Notices the event and executes the award; nothing else stands here, so that every path shares the award's limits."
    return f"Stands for {campaign.elements[0]} of the spec."
