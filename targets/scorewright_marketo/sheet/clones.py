"""Products by clone: where a product's program differs from the first one only in names and numbers, list the edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Section, Step, Task
from scorewright_marketo.names import counted
from scorewright_marketo.sheet.ground import token_note
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
    """What a clone cannot change by an edit of values: tokens, roles, steps, rules, and how many of each."""
    tokens = sorted(token.name for token in lowered.tokens if token.program == program)
    return tokens, *(
        (
            campaign.role,
            campaign.type,
            campaign.folder,
            campaign.qualification,
            campaign.schedule,
            campaign.stage,
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
        Step("type", "Description", program.description, default=template.description),
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
    there = {token.name: token for token in lowered.tokens if token.program == template}
    here = [token for token in lowered.tokens if token.program == program]
    return [
        _retyped(token, there[token.name])
        for token in sorted(here, key=lambda each: each.value == there[each.name].value)
    ]


def _retyped(token: ob.Token, first: ob.Token) -> Step:
    """A token whose number is another one is typed; of others the number is looked at."""
    shown, note = f"{token.value:+d}", token_note(token)
    if token.value == first.value:
        return Step("check", token.name, shown, note=note, depth=1)
    return Step("type", token.name, shown, default=f"{first.value:+d}", note=note, depth=1)


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
    anew = -1  # how deep the row stands that is dragged anew: whatever stands below it is made anew, too
    for before, after in rows:
        place = [*place[: after.depth], after]
        anew = anew if after.depth > anew >= 0 else -1
        follows = after.value in {before.value, before.value.replace(old.program, new.program)}
        if anew >= 0 or before.label != after.label or not follows:
            where = " > ".join(filter(None, (*(_place(step) for step in place[:-1]), after.label)))
            dragged = anew < 0 and after.label.startswith(_DRAGGED)
            stands = "" if anew >= 0 else before.value
            changed.append(Step(after.act, where, after.value, stands, _BY_HAND if dragged else "", depth=1))
            anew = after.depth if dragged else anew
    renamed = [Step("type", "Name", new.name, default=old.name, depth=1)] if new.name != old.name else []
    return [Step("open", old.name, new.folder), *renamed, *changed] if changed or renamed else []


_DRAGGED = ("Trigger", "Filter ", "Flow step ")
_BY_HAND = "Delete it, drag the new one to its place, and compare the numbers of advanced filters."
"""A trigger, a filter or a step is of one kind for good."""


def _place(step: Step) -> str:
    """A row that others stand under: a flow step or filter by its number, a choice by its own."""
    if step.act == "click":
        return step.value
    if step.act == "note":
        return step.label.removeprefix("Under ").removesuffix(":")
    return f"{step.label} ({step.value})"
