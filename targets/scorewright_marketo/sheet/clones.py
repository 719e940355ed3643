"""Products by clone: where a product's program differs from the first one only in names and numbers, list the edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Section, Step, Task
from scorewright_marketo.names import counted
from scorewright_marketo.sheet.rows import flow_rows, smart_list_rows

if TYPE_CHECKING:
    from scorewright_marketo import objects as ob

__all__ = ["clone_section", "cloned_programs"]


def cloned_programs(lowered: ob.Lowered) -> tuple[str, ...]:
    """Programs of products that are shaped like the first product's."""
    products = [program for program in lowered.programs if program.product is not None]
    if len(products) < 2:
        return ()
    model = _shape(lowered, products[0].name)
    return tuple(program.name for program in products[1:] if model and _shape(lowered, program.name) == model)


def _shape(lowered: ob.Lowered, program: str) -> tuple[object, ...]:
    """What a clone cannot change by an edit of values: roles, steps, rules, and how many of each."""
    return tuple(
        (
            campaign.role,
            campaign.type,
            campaign.smart_list.logic,
            tuple(
                (step.act, step.depth)
                for step in (*smart_list_rows(campaign.smart_list), *flow_rows(campaign.flow))
            ),
        )
        for campaign in lowered.campaigns
        if campaign.program == program
    )


def clone_section(lowered: ob.Lowered, clones: tuple[str, ...]) -> tuple[Section, ...]:
    """One task a product: clone, tokens, then every place where the copy still speaks of the first product."""
    if not clones:
        return ()
    template = next(program for program in lowered.programs if program.product is not None)
    tasks = tuple(
        _clone(program, template, lowered) for program in lowered.programs if program.name in clones
    )
    intro = (
        "A clone keeps the Score Name of each step and the literals of choices and filters: it goes on changing the first product's "
        "score until each of these edits is made. References to campaigns of the same program should point to the copies: look at each."
    )
    return (Section("Programs of the other products, by clone", intro, tasks),)


def _clone(program: ob.Program, template: ob.Program, lowered: ob.Lowered) -> Task:
    edits = [step for pair in _pairs(lowered, template.name, program.name) for step in _edits(*pair)]
    count = sum(step.act != "open" for step in edits)
    steps = (
        Step("open", "Marketing Activities", template.name),
        Step("click", "Clone Program"),
        Step("type", "Clone Name", program.name),
        Step("choose", "Folder", lowered.folder),
        Step("open", f"{program.name} > My Tokens"),
        *_tokens(lowered, template.name, program.name),
        *edits,
    )
    checks = (
        "Every campaign of the copy is inactive.",
        f"Search the copy's campaigns for “{template.title}”: nothing of it is left.",
        "Every Execute Campaign and Request Campaign step points into the copy.",
    )
    return Task(
        f"clone {program.name}",
        f"{program.name}: {counted(count, 'edit')}",
        program.elements[0],
        program.description,
        3 + 0.5 * count,
        steps,
        checks,
        ("clone-keeps-score-names", "clone-repoints"),
    )


def _tokens(lowered: ob.Lowered, template: str, program: str) -> list[Step]:
    here = {token.name: token for token in lowered.tokens if token.program == program}
    there = {token.name: token for token in lowered.tokens if token.program == template}
    steps = [
        Step(
            "type",
            name,
            f"{token.value:+d}",
            default=f"{there[name].value:+d}" if name in there else "",
            depth=1,
        )
        for name, token in here.items()
        if name not in there or there[name].value != token.value
    ]
    return steps + [
        Step("check", name, f"{here[name].value:+d}", depth=1)
        for name in here
        if name in there and there[name].value == here[name].value
    ]


def _pairs(lowered: ob.Lowered, template: str, program: str) -> list[tuple[ob.Campaign, ob.Campaign]]:
    first = [campaign for campaign in lowered.campaigns if campaign.program == template]
    second = [campaign for campaign in lowered.campaigns if campaign.program == program]
    return list(zip(first, second, strict=True))


def _edits(old: ob.Campaign, new: ob.Campaign) -> list[Step]:
    """Rows of the copy that differ, each with its place; those that only name the program itself follow by themselves."""
    rows = zip(
        (*smart_list_rows(old.smart_list), *flow_rows(old.flow)),
        (*smart_list_rows(new.smart_list), *flow_rows(new.flow)),
        strict=False,
    )
    changed: list[Step] = []
    place: list[Step] = []
    for before, after in rows:
        place = [*place[: after.depth], after]
        moved = before.label != after.label  # the rows of a filter that was dragged anew
        if moved or after.value not in {before.value, before.value.replace(old.program, new.program)}:
            where = " > ".join(filter(None, (*(_place(step) for step in place[:-1]), after.label)))
            stands = "" if moved else before.value
            changed.append(Step(after.act, where, after.value, default=stands, note=_by_hand(after), depth=1))
    renamed = [Step("type", "Name", new.name, default=old.name, depth=1)] if new.name != old.name else []
    return [Step("open", new.name, new.folder), *renamed, *changed] if changed or renamed else []


def _place(step: Step) -> str:
    """A row that others stand under: a flow step or filter by its number, a choice by its own."""
    if step.act == "click":
        return step.value
    if step.act == "note":
        return step.label.removeprefix("Under ").removesuffix(":")
    return f"{step.label} ({step.value})"


def _by_hand(step: Step) -> str:
    """A filter is on one field for good."""
    if step.label.startswith("Filter "):
        return "Delete it, drag the new one to its place, and compare the numbers of advanced filters."
    return ""
