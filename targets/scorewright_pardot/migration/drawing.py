"""The clicks that change an engagement program: what is deleted, what is edited, and what is drawn between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.moving import differing
from scorewright.plugin.sheet import Step
from scorewright_pardot import objects as ob
from scorewright_pardot.migration.programs import goes_on
from scorewright_pardot.sheet.steps import act_steps, criterion_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["PLACE", "program_changes", "program_drawn"]

PLACE = Step("open", "Marketing › Automation", "Engagement Studio")


def program_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Step]:
    """From one form of a program to another; steps are called by the numbers that they have on the sheet before and after."""
    if old["recipient_list"] != new["recipient_list"]:
        yield Step("choose", "Recipient Lists", new["recipient_list"], default=old["recipient_list"])
    kept = dict(goes_on(old["steps"], new["steps"]))
    there = {step["number"]: step for step in old["steps"]}
    for number, step in there.items():
        if number not in kept and step["step"] != "End":
            way = "; keep the path of No" if step["step"] == "Rule" else ""
            yield Step(
                "click",
                f"Step {number}: Delete",
                note=f"who waits there goes on to the next step{way}",
            )
    back = {now: was for was, now in kept.items()}
    for step in new["steps"][:-1]:
        number = step["number"]
        was = back.get(number)
        if was is None:
            yield from _new(step, new["steps"])
        elif _form(there[was]) != _form(step):
            yield Step("click", f"Step {was}: Edit", note=f"step {number} from now on")
            yield from differing(tuple(_said(there[was])), tuple(_said(step)), "The step")
        yield from _ways(there.get(was), step, kept)


def program_drawn(steps: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
    """Every step of a new program, in order."""
    for step in steps[:-1]:
        yield from _new(step, steps)
        yield from _ways(None, step, {})
    yield Step("click", f"Step {len(steps)}: End")


def _new(step: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
    yield Step("click", f"Step {step['number']}: + {step['step']}", note=f"of {len(steps) - 1}")
    yield from _said(step)
    wait = step.get("wait_days", 0)
    yield Step("choose", "Wait", f"{wait} day{'s' if wait > 1 else ''}" if wait else "Immediately", depth=1)


def _form(step: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in step.items() if key not in {"number", "then", "yes", "no"}}


def _said(step: Mapping[str, Any]) -> Iterator[Step]:
    if step["step"] == "Action":
        yield from act_steps(ob.Act(step["action"], step.get("of", ""), step.get("value", "")), 1)
        return
    for row in step["criteria"]:
        item = ob.Criterion(row["criterion"], row.get("of", ""), row["operator"], row.get("value", ""))
        yield from criterion_steps(item, 1)


def _ways(old: Mapping[str, Any] | None, new: Mapping[str, Any], kept: Mapping[int, int]) -> Iterator[Step]:
    """Where a step leads, unless it leads to the same step as before."""
    ways = ("then",) if new["step"] == "Action" else ("yes", "no")
    if old is None or any(kept.get(old[way]) != new[way] for way in ways):
        names = {"then": "then", "yes": "Yes:", "no": "No:"}
        yield Step("note", "; ".join(f"{names[way]} to step {new[way]}" for way in ways), depth=1)
