"""The moves of a migration, each with the clicks: what is shown is what is changed, from old to new."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright.plugin.migration import Move
from scorewright.plugin.moving import differing, wait
from scorewright.plugin.sheet import Step, Task
from scorewright_marketo.migration.making import made
from scorewright_marketo.migration.tables import CAMPAIGNS, FIELDS, flow_of, is_batch, smart_list_of
from scorewright_marketo.renaming import OWN_NAMES
from scorewright_marketo.sheet.rows import flow_rows, smart_list_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.plugin.bundle import Emitted

__all__ = ["create", "delete", "edit", "pause", "rename", "resume", "run", "wait"]

_EDITS = ("edits-of-active", "qualification-memory")
"""What rests on an edit of a campaign that is switched on."""


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
    element = item.elements[0] if item.elements else "model"
    minutes = round(0.5 + 0.3 * len(clicks), 1)
    return Task(
        f"{act}: {item.kind}: {item.name}",
        f"{act.capitalize()} {item.name}",
        element,
        why,
        minutes,
        clicks,
        checks,
        facts,
    )


def _at(item: Emitted) -> Step:
    """Where the object stands."""
    table = item.table
    if item.kind in FIELDS:
        return Step("open", "Admin > Field Management", item.name)
    if item.kind == "tokens":
        return Step("open", f"{table['program']} > My Tokens", table["token"])
    if item.kind == CAMPAIGNS:
        return Step("open", f"{table['program']} > {table['folder']}", table["campaign"])
    if item.kind in OWN_NAMES and "program" in table:
        return Step("open", table["program"], str(table.get(OWN_NAMES[item.kind], "")))
    return Step("open", "Marketing Activities", item.name)


# --- switching ------------------------------------------------------------------------------------------------------


def pause(item: Emitted, why: str, *, new: Mapping[str, Any] | None = None) -> Move:
    """Switch a campaign off; who has been through stays a member.  ``new`` is the table of one that stays off."""
    word = (
        "Schedule > Delete the recurrence, or End it today"
        if is_batch(item.table)
        else "Schedule > Deactivate"
    )
    task = _task("pause", item, why, (_at(item), Step("click", word)))
    return Move(
        "pause",
        item.kind,
        item.name,
        task,
        item.elements,
        dict(item.table) if new else None,
        dict(new) if new else None,
        lowering=item.lowering if new else "",
    )


def resume(item: Emitted, why: str, *, facts: tuple[str, ...] = ()) -> Move:
    """Switch a campaign on: what happens from now on starts it."""
    if is_batch(item.table):
        step = Step("choose", "Schedule > Schedule Recurrence", item.table["schedule"], default="None")
    else:
        step = Step("click", "Schedule > Activate")
    return Move(
        "resume",
        item.kind,
        item.name,
        _task("resume", item, why, (_at(item), step), facts=facts),
        item.elements,
    )


# --- making and taking away -----------------------------------------------------------------------------------------


def create(item: Emitted, task: Task | None, why: str) -> Move:
    """Make what the version before does not have, as the sheet says."""
    return Move(
        "create",
        item.kind,
        item.name,
        _make(item, task, "create", why),
        item.elements,
        None,
        dict(item.table),
        lowering=item.lowering,
    )


def run(item: Emitted, why: str, *, there: bool = False, facts: tuple[str, ...] = ()) -> Move:
    """Run a batch once, and wait until it has finished; it is made first unless it is there already (``there``)."""
    steps = (_at(item),) if there else tuple(made(item))
    task = _task("run", item, why, (*steps, Step("click", "Schedule > Run Once > Run")), facts=facts)
    checks = ("The Results tab shows that it has finished.",)
    new = None if there else dict(item.table)
    lowering = "" if there else item.lowering
    return Move(
        "run",
        item.kind,
        item.name,
        replace(task, checks=checks),
        item.elements,
        None,
        new,
        lowering=lowering,
    )


def _make(item: Emitted, task: Task | None, act: str, why: str) -> Task:
    """The task of the sheet, as one of the migration; an object that has none of its own there gets clicks here."""
    if task is not None:
        return replace(task, id=f"{act}: {item.kind}: {item.name}", why=why)
    return _task("check" if item.kind == "prerequisites" else act, item, why, made(item))


def delete(item: Emitted, why: str) -> Move:
    """Take an object away; what is deleted here nobody asks for any more."""
    checks = ("Used By is empty.",) if item.kind != "folders" else ("Nothing stands in it.",)
    task = _task("delete", item, why, (_at(item), Step("click", "Delete")), checks=checks)
    return Move("delete", item.kind, item.name, task, item.elements, dict(item.table))


# --- editing --------------------------------------------------------------------------------------------------------


def rename(old: Emitted, new: Emitted, why: str) -> Move:
    """Give an object another name; whoever refers to it holds its id."""
    own = OWN_NAMES[old.kind]
    name = str(new.table[own])
    steps = (_at(old), Step("click", "Rename"), Step("type", "Name", name, default=str(old.table[own])))
    task = _task("rename", old, why, (*steps, Step("click", "Save")), facts=("renames-follow",))
    table = {**new.table, "name": new.name}
    return Move("edit", old.kind, old.name, task, new.elements, dict(old.table), table, lowering=new.lowering)


def edit(old: Emitted, new: Emitted, why: str, *, facts: tuple[str, ...] | None = None) -> Move:
    """Change an object in place; only what differs is shown, with what stands there before."""
    rests = facts if facts is not None else _EDITS if old.kind == CAMPAIGNS else ()
    steps = (_at(old), *_changes(old.table, new.table))
    task = _task("edit", old, why, steps, facts=rests)
    return Move(
        "edit",
        old.kind,
        old.name,
        task,
        new.elements,
        dict(old.table),
        dict(new.table),
        lowering=new.lowering,
    )


_TOLD = (
    "smart_list",
    "flow",
    "filters",
    "filter_logic",
    "why",
    "coupled",
    "inverse",
    "shown",
    "reference",
    "check",
)


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Step]:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key, ""), new.get(key, "")
        if key not in _TOLD and before != after:
            yield Step(
                "type",
                _LABELS.get(key, key.replace("_", " ").capitalize()),
                _shown(key, after),
                default=_shown(key, before),
            )
    asked = "smart_list" if "smart_list" in new else ""
    lists = [tuple(smart_list_rows(smart_list_of(table.get(asked, table)))) for table in (old, new)]
    yield from _opened("The smart list", *lists)
    flows = [tuple(flow_rows(flow_of(table.get("flow", ())))) for table in (old, new)]
    yield from _opened("The flow", *flows)


_LABELS = {
    "qualification": "Edit Qualification Rules",
    "schedule": "Schedule > Schedule Recurrence",
    "value": "Value",
}


def _shown(key: str, value: Any) -> str:
    return f"{value:+d}" if key == "value" and isinstance(value, int) else str(value)


def _opened(what: str, old: Sequence[Step], new: Sequence[Step]) -> Iterator[Step]:
    if old != new:
        yield Step("open", what)
        yield from differing(old, new, what)
