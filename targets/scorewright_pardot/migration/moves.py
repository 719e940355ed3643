"""The moves of a migration, each with the clicks: what is shown is what is changed, from old to new."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright.plugin.migration import Move
from scorewright.plugin.moving import differing, wait
from scorewright.plugin.sheet import Step, Task
from scorewright_pardot.migration.drawing import PLACE, program_changes, program_drawn
from scorewright_pardot.migration.programs import PROGRAMS, goes_on
from scorewright_pardot.migration.tables import REPEAT, actions_of, criteria_of
from scorewright_pardot.sheet.steps import action_steps, criteria_steps, minutes, of_admins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.plugin.bundle import Emitted

__all__ = ["create", "delete", "edit", "make", "pause", "resume", "run", "wait"]

_RULES = (Step("open", "Marketing › Automation", "Automation Rules"),)
_OFF = {PROGRAMS: "Pause", "automation-rules": "Pause automation rules"}
_PLACES: Mapping[str, tuple[Step, ...]] = {
    "automation-rules": _RULES,
    PROGRAMS: (PLACE,),
    "segmentation-rules": (Step("open", "Marketing › Segmentation", "Segmentation Rules"),),
    "static-lists": (Step("open", "Marketing › Segmentation", "Lists"),),
    "dynamic-lists": (Step("open", "Marketing › Segmentation", "Lists"),),
    "tags": (Step("open", "Marketing › Segmentation", "Tags"),),
    "page-actions": (Step("open", "Marketing › Automation", "Page Actions"),),
    "custom-fields": (Step("open", "Object and Field Configuration", "Prospect Fields"),),
    "custom-redirects": (Step("open", "Marketing › Content", "Custom Redirects"),),
    "completion-actions": (Step("note", "On the asset itself", note="Edit › Completion Actions."),),
    "baseline-scoring": (
        Step("open", "Account Engagement Settings › Automation Settings", "Scoring"),
        Step("click", "Edit scoring rules"),
    ),
}
_KINDS: Mapping[str, str] = {
    "automation-rules": "Automation rule",
    PROGRAMS: "Program",
    "segmentation-rules": "Segmentation rule",
    "static-lists": "List",
    "dynamic-lists": "List",
    "tags": "Tag",
    "page-actions": "Page action",
    "completion-actions": "Completion actions",
    "custom-fields": "Custom field",
    "formula-fields": "Formula field",
    "scoring-categories": "Scoring category",
    "custom-redirects": "Custom redirect",
    "baseline-scoring": "Baseline row",
    "profile-criteria": "Profile criterion",
    "prerequisites": "Prerequisite",
}
NOBODY = "Prospect score › is less than"
"""What a rule asks for that is on its way out: nobody is below it."""


def _task(
    act: str,
    item: Emitted,
    why: str,
    steps: Iterable[Step],
    *,
    facts: tuple[str, ...] = (),
    checks: tuple[str, ...] = (),
) -> Task:
    clicks = tuple(steps)
    element = item.elements[0] if item.elements else ""
    title = f"{act.capitalize()} {item.name}"
    return Task(
        f"{act}: {item.kind}: {item.name}",
        title,
        element,
        why,
        minutes(len(clicks)),
        clicks,
        checks,
        facts,
        of_admins(clicks),
    )


def _at(item: Emitted) -> Iterator[Step]:
    yield from _PLACES.get(item.kind, ())
    yield Step("choose", _KINDS.get(item.kind, item.kind), item.name)


def pause(item: Emitted, why: str) -> Move:
    """Switch a rule or a program off; what it remembers stays, and who is inside."""
    task = _task("pause", item, why, (*_at(item), Step("click", _OFF[item.kind])))
    return Move("pause", item.kind, item.name, task, item.elements)


def resume(item: Emitted, why: str, *, check: str = "", facts: tuple[str, ...] = ()) -> Move:
    """Switch a rule on; everybody is searched.  Or start a program."""
    steps: tuple[Step, ...] = (
        *_at(item),
        Step("click", "Preview", note=check),
        Step("click", "Resume automation rules"),
    )
    if item.kind == PROGRAMS:
        whom = Step("check", "Recipient Lists", str(item.table["recipient_list"]), note=check)
        steps = (*_at(item), whom, Step("click", "Start", note="no step is marked as invalid"))
    return Move("resume", item.kind, item.name, _task("resume", item, why, steps, facts=facts), item.elements)


def create(item: Emitted, task: Task | None, why: str, *, facts: tuple[str, ...] = ()) -> Move:
    """Make what the version before does not have, as the sheet says."""
    made = make(item, task, "create", why, facts)
    return Move(
        "create", item.kind, item.name, made, item.elements, None, dict(item.table), lowering=item.lowering
    )


def run(item: Emitted, task: Task | None, why: str) -> Move:
    """Make a segmentation rule, and run it once."""
    made = make(item, task, "run", why, ())
    return Move(
        "run", item.kind, item.name, made, item.elements, None, dict(item.table), lowering=item.lowering
    )


def make(item: Emitted, task: Task | None, act: str, why: str, facts: tuple[str, ...]) -> Task:
    """The task of the sheet, as one of the migration; an object that the sheet does not have gets clicks of its own."""
    if task is not None:
        return replace(task, id=f"{act}: {task.id}", why=why, facts=(*task.facts, *facts))
    return _task(act, item, why, _made(item), facts=facts)


def _made(item: Emitted) -> Iterator[Step]:
    label = _KINDS.get(item.kind, item.kind)
    yield from _PLACES.get(item.kind, ())
    yield Step("click", f"+ Add {label}")
    yield Step("type", "Name", item.name)
    if item.kind == "automation-rules":
        yield from _repeat(item.table)
    yield from _body(item.table)
    if item.kind == PROGRAMS:
        yield Step("choose", "Recipient Lists", str(item.table["recipient_list"]))
        yield from program_drawn(item.table["steps"])
    if item.kind == "automation-rules":
        yield Step("click", "Create automation rules")
        yield Step("check", "Status", "Paused")
    elif item.kind == "segmentation-rules":
        yield Step("click", "Create segmentation rule")
        yield Step("click", "Run")


def _repeat(table: Mapping[str, Any]) -> Iterator[Step]:
    if not table.get("repeat"):
        yield Step("untick", "Repeat Rule", note="each person once")
        return
    limit = table["match_limit"]
    yield Step("tick", "Repeat Rule", default="not ticked")
    yield Step("type", "Days before eligible to repeat rule", str(table["days_before_repeat"]), depth=1)
    yield Step("choose", "Limit of matches", "Unlimited" if limit == "unlimited" else str(limit), depth=1)


def _body(table: Mapping[str, Any]) -> Iterator[Step]:
    if "criteria" in table:
        yield from criteria_steps(criteria_of(table))
    if "actions" in table:
        yield from action_steps(actions_of(table))


def delete(item: Emitted, why: str) -> Move:
    """Take an object away.  A rule asks for nobody first: one that is restored from the recycle bin runs at once."""
    steps = [*_at(item)]
    if item.kind == "automation-rules":
        steps += [
            Step("click", "Edit"),
            Step(
                "type",
                NOBODY,
                "-1000000",
                note="in the place of all other criteria; restored, it would run at once",
            ),
            Step("click", "Save"),
        ]
    steps.append(Step("click", "Delete"))
    return Move(
        "delete", item.kind, item.name, _task("delete", item, why, steps), item.elements, dict(item.table)
    )


def edit(
    old: Emitted,
    new: Emitted,
    why: str,
    *,
    facts: tuple[str, ...] = (),
    first: bool = True,
    last: bool = True,
) -> Move:
    """Change an object in place; only what differs is shown, with what stands there before.

    Rows of the baseline are changed in one visit: the ``first`` opens the form, the ``last`` saves it.
    """
    steps = [*_at(old)]
    if old.kind == "baseline-scoring":
        row = Step("type", old.name, str(new.table["points"]), default=str(old.table["points"]))
        save = (Step("click", "Save scoring rules"),) if last else ()
        steps = [*(_PLACES[old.kind] if first else ()), row, *save]
    else:
        steps += [Step("click", "Edit"), *_changes(old, new), Step("click", "Save")]
    table: dict[str, Any] = {**new.table, "name": new.name} if new.name != old.name else dict(new.table)
    if old.kind == PROGRAMS:
        table["goes_on"] = [[*pair] for pair in goes_on(old.table["steps"], new.table["steps"])]
    task = _task("edit", old, why, steps, facts=facts)
    return Move("edit", old.kind, old.name, task, new.elements, dict(old.table), table, lowering=new.lowering)


def _changes(old: Emitted, new: Emitted) -> Iterator[Step]:
    if old.name != new.name:
        yield Step("type", "Name", new.name, default=old.name)
    if "steps" in new.table:
        yield from program_changes(old.table, new.table)
        return
    for key in new.table:
        if key not in {"match", "criteria", "actions", "state", "resume_phase", "days", *REPEAT}:
            before, after = old.table.get(key), new.table[key]
            if before != after:
                yield from _plain(key, before, after)
    if "criteria" in new.table:
        befores = tuple(criteria_steps(criteria_of(old.table)))
        yield from differing(befores, tuple(criteria_steps(criteria_of(new.table))), "The criteria")
    if "actions" in new.table:
        befores = tuple(action_steps(actions_of(old.table)))
        yield from differing(befores, tuple(action_steps(actions_of(new.table))), "The actions")


def _plain(key: str, before: Any, after: Any) -> Iterator[Step]:
    """A value of another kind: a path, a folder, the assets in it."""
    if not isinstance(after, list):
        yield Step(
            "type",
            key.replace("_", " ").capitalize(),
            str(after),
            default="" if before is None else str(before),
        )
        return
    texts = [_said(item) for item in after]
    there = [_said(item) for item in before or ()]
    yield from (Step("choose", "Take away", text) for text in there if text not in texts)
    yield from (Step("choose", "Add", text) for text in texts if text not in there)


def _said(item: Any) -> str:
    return " ".join(map(str, item.values())) if isinstance(item, dict) else str(item)
