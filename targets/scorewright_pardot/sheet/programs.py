"""The sheet's pages of engagement programs: settings, then steps in the order in which they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Step
from scorewright_pardot.objects import ActionStep, RuleStep
from scorewright_pardot.sheet.steps import act_steps, criterion_steps
from scorewright_pardot.sheet.tasks import task_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.sheet import Task
    from scorewright_pardot.objects import EngagementProgram

__all__ = ["program_task", "start_task"]

_PLACE = Step("open", "Marketing › Automation", "Engagement Studio")


def program_task(item: EngagementProgram, folder: str) -> Task:
    """Make a program; it stays a draft."""
    steps = (
        _PLACE,
        Step("click", "+ Add Program"),
        Step("type", "Name", item.name),
        Step("choose", "Folder", folder),
        Step("choose", "Recipient Lists", item.recipients),
        Step(
            "choose", "Suppression Lists", "none", note="who leaves the recipient list stops where they are"
        ),
        *_repeat(item),
        Step("untick", "Send emails during business hours only"),
        Step("click", "Save"),
        *_drawn(item),
        Step("check", "Status", "Draft"),
    )
    asks = any(isinstance(step, RuleStep) for step in item.steps)
    checks = (
        f"{len(item.steps)} steps and one End; every path leads to the End.",
        "Test it: with a category of 0 no action comes; with a high one the actions come in the order of the steps."
        if asks
        else "Test it: each action comes when its wait is over, in the order of the steps.",
    )
    return task_of("engagement-programs", item.name, item.made, steps, checks=checks)


def _repeat(item: EngagementProgram) -> Iterator[Step]:
    if item.repeat is None:
        yield Step("untick", "Prospects can go through the program again", note="each prospect once")
        return
    yield Step("tick", "Prospects can go through the program again", default="not ticked")
    yield Step("type", "Days before eligible to go through it again", str(item.repeat), depth=1)
    yield Step("choose", "Number of times", "Unlimited", depth=1)


def _drawn(item: EngagementProgram) -> Iterator[Step]:
    """Each step with its number; where a path goes on is said by number, for later steps are drawn later."""
    end = len(item.steps) + 1
    for number, step in enumerate(item.steps, 1):
        kind = "Action" if isinstance(step, ActionStep) else "Rule"
        yield Step("click", f"Step {number}: + {kind}")
        if isinstance(step, ActionStep):
            yield from act_steps(step.act, 1)
            yield _wait(step)
            yield Step("note", f"then {_named(step.then, end)}", depth=1)
            continue
        if len(step.criteria) > 1:
            yield Step("choose", "Match Type", "Match All", depth=1)
        for criterion in step.criteria:
            yield from criterion_steps(criterion, 1)
        yield _wait(step)
        yield Step("note", f"Yes: {_named(step.yes, end)}; No: {_named(step.no, end)}", depth=1)
    yield Step("click", f"Step {end}: End")


def _wait(step: RuleStep | ActionStep) -> Step:
    if step.wait:
        return Step(
            "choose", "Wait", f"{step.wait} day{'s' if step.wait > 1 else ''}", default="Immediately", depth=1
        )
    return Step("choose", "Wait", "Immediately", depth=1)


def _named(number: int, end: int) -> str:
    return "to the End" if number == end else f"to step {number}"


def start_task(item: EngagementProgram) -> Task:
    """Start a program, when its turn has come."""
    steps = (
        _PLACE,
        Step("choose", "Program", item.name),
        Step("check", "Recipient Lists", item.recipients, note=item.check),
        Step("click", "Start", note="no step is marked as invalid"),
    )
    return task_of("resume", item.name, item.made._replace(why="", facts=()), steps, time=1.0)
