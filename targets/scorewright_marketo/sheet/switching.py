"""The last section: in which order everything is switched on, and what is looked at in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.sheet import Section, Step, Task
from scorewright_marketo.sheet.clones import cloned_programs

if TYPE_CHECKING:
    from scorewright_marketo import objects as ob

__all__ = ["switching_section"]


_COPY = "A clone arrives inactive; nothing requests it yet."


class Stage(NamedTuple):
    """A stage of the switching on: what is clicked in each of its campaigns, and what is looked at afterwards."""

    id: str
    title: str
    act: str
    label: str
    why: str
    checks: tuple[str, ...]


_STAGES = (
    Stage(
        "requested",
        "Look whether what is requested is active",
        "check",
        "Schedule: active",
        "They were activated when they were built; until somebody requests them they do nothing.",
        (),
    ),
    Stage(
        "helpers",
        "Activate the triggers that keep helper fields",
        "click",
        "Schedule > Activate",
        "Before the fields are filled, so that nobody who changes meanwhile stays stale.",
        (),
    ),
    Stage(
        "start",
        "Run once: fields, stamps and records",
        "click",
        "Run Once > Run",
        "Fills what the others read. Wait until each has finished.",
        (),
    ),
    Stage(
        "live",
        "Activate the triggers that award",
        "click",
        "Schedule > Activate",
        "From now on nothing is lost. Thresholds are still off.",
        ("Fill out one form with a test person and read the score.",),
    ),
    Stage(
        "nightly",
        "Schedule the nightly batches",
        "choose",
        "Schedule > Schedule Recurrence",
        "The first night gives everybody the points for what holds.",
        ("Wait for one whole night before the next task.",),
    ),
    Stage(
        "threshold-start",
        "Run once: who is past a threshold already",
        "click",
        "Run Once > Run",
        "Nobody may be handed over for what happened before.",
        ("The lists of who is past a threshold are as long as you expect.",),
    ),
    Stage(
        "threshold",
        "Switch the thresholds on",
        "click",
        "Schedule > Activate",
        "From now on people are handed over.",
        ("Lift a test person over a threshold and look at the handoff after the wait.",),
    ),
)


def switching_section(lowered: ob.Lowered) -> Section:
    """One task a stage; the order is what keeps the past from being handed over."""
    stages = [row for row in _STAGES if any(campaign.stage == row.id for campaign in lowered.campaigns)]
    tasks = tuple(_task(lowered, row) for row in stages)
    intro = "In this order. A campaign that is already live keeps its memory of who went through: edit it in place, never rebuild it."
    return Section("Switching on", intro, tasks)


def _task(lowered: ob.Lowered, row: Stage) -> Task:
    campaigns = [campaign for campaign in lowered.campaigns if campaign.stage == row.id]
    if row.id == "start":
        campaigns.sort(key=lambda campaign: campaign.folder)  # helpers first: grades and others read them
    copies = cloned_programs(lowered)
    steps = tuple(
        _awake(campaign)
        if row.id == "requested" and campaign.program in copies
        else _step(campaign, row.act, row.label)
        for campaign in campaigns
    )
    idle = (
        (
            "A trigger that nobody qualifies for in 6 months is deactivated by Marketo: look at rare ones twice a year.",
        )
        if row.id == "live"
        else ()
    )
    return Task(
        f"switch {row.id}",
        row.title,
        campaigns[0].elements[0],
        row.why,
        round(1 + 0.5 * len(steps), 1),
        steps,
        (*row.checks, *idle),
        ("idle-triggers",) if idle else (),
    )


def _awake(campaign: ob.Campaign) -> Step:
    return Step("click", f"{campaign.qualified_name} > Schedule > Activate", note=_COPY)


def _step(campaign: ob.Campaign, act: str, label: str) -> Step:
    if campaign.type == "batch" and campaign.schedule not in {"", "Run once"}:
        return Step(
            "choose",
            f"{campaign.qualified_name} > Schedule > Schedule Recurrence",
            campaign.schedule,
            default="None",
        )
    return Step(act, f"{campaign.qualified_name} > {label}")
