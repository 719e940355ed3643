"""What one batch of a decay does: the losses of the steps that are due together, with what is done besides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.values import Bounds
from scorewright_marketo.folders import DECAY
from scorewright_marketo.lower.actions import actions
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.expr import both, either
from scorewright_marketo.lower.losses import loss
from scorewright_marketo.lower.pieces import overlap
from scorewright_marketo.lower.points import execute
from scorewright_marketo.lower.reading import score_range
from scorewright_marketo.objects import FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Step
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.losses import Job

__all__ = ["deeds"]


def deeds(b: Builder, job: Job, due: list[Step]) -> tuple[FlowStep, ...]:
    """The flow for who has been silent for so long: whoever a step spares goes through it all the same."""
    decay, turn = job.decay, _turn(due[0])
    levels = any(step.level != Bounds() for step in due)
    if len(due) > 1 and overlap(b, job.score, due, decay):
        return _one_by_one(b, job, due)
    if not decay.then or not (levels or decay.when is not None):
        return (*loss(b, job, due), *actions(b, decay.then))
    meant = either(*(score_range(b, job.label, step.level) for step in due)) if levels else both()
    if any(step.level == Bounds() for step in due):
        meant = both()
    name = b.campaign_name(f"Do {decay.title} {turn}")
    b.campaign(
        name,
        DECAY,
        "executable",
        both(meant, condition(b, decay.when)),
        (*loss(b, job, due, when=False), *actions(b, decay.then)),
        role=f"do {turn}",
        why="Actions go with a step that acts; who is spared has spent it all the same.",
    )
    return (execute(b, name),)


def _one_by_one(b: Builder, job: Job, due: list[Step]) -> tuple[FlowStep, ...]:
    """Steps that can act on the same score: each on the result of the one before, the levels read before the first."""
    decay, turn = job.decay, _turn(due[0])
    level = b.helper("Level", "score", f"The score before “{decay.title}” acts; for one run only.")
    b.rests_on("lead-token-in-data-value")
    copied = FlowStep(
        "Change Data Value", (("Attribute", level), ("New Value", "{{lead." + job.label + "}}"))
    )
    steps: list[FlowStep] = [copied]
    for number, step in enumerate(due, 1):
        name = b.campaign_name(f"Do {decay.title} {turn} {number}")
        who = score_range(b, level, step.level) if step.level != Bounds() else both()
        whole = step._replace(level=Bounds())
        flow = (*loss(b, job, [whole], when=False), *actions(b, decay.then))
        why = "One of several steps of a night; the level is that before the first of them."
        b.campaign(name, DECAY, "executable", who, flow, role=f"do {turn}-{number}", why=why)
        steps.append(execute(b, name))
    if decay.when is None:
        return tuple(steps)
    name = b.campaign_name(f"Do {decay.title} {turn}")
    why = "Whether somebody decays is asked once, before the first of several steps."
    b.campaign(name, DECAY, "executable", condition(b, decay.when), tuple(steps), role=f"do {turn}", why=why)
    return (execute(b, name),)


def _turn(step: Step) -> str:
    """What tells the batches of a decay apart: how long a silence, or how often in one."""
    return str(step.after) if step.every is None else f"every {step.every}"
