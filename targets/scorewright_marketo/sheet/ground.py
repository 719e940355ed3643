"""The first sections: what must be there, fields, programs with their folders, tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Section, Step, Task
from scorewright_marketo.names import counted

if TYPE_CHECKING:
    from scorewright_marketo import objects as ob

__all__ = ["ground_sections", "token_note"]


_ADMIN = True
"""The area Admin is open to those whose role has it (Adobe, "Managing User Roles and Permissions")."""


def ground_sections(lowered: ob.Lowered, clones: tuple[str, ...]) -> tuple[Section, ...]:
    """Before you start, fields, programs, tokens."""
    return (
        Section(
            "Check before you start",
            "If one of these is missing, ask for it now: without it a campaign does not validate.",
            (*_settings(lowered), *(_prerequisite(item) for item in lowered.prerequisites)),
        ),
        Section(
            "Fields",
            "A field can be hidden, but never deleted. Check each name letter by letter before you save.",
            tuple(_field(field) for field in lowered.fields),
        ),
        Section(
            "Programs and folders",
            "Operational programs: type Default, channel Operational.",
            tuple(_program(program, lowered) for program in lowered.programs if program.name not in clones),
        ),
        Section(
            "Tokens",
            "Tab My Tokens of each program; drag Score from the right for each token.",
            tuple(
                task
                for program in lowered.programs
                if program.name not in clones
                for task in _tokens(program, lowered)
            ),
        ),
    )


def _settings(lowered: ob.Lowered) -> tuple[Task, ...]:
    steps = (
        Step(
            "check",
            "Admin > Location > Time Zone",
            lowered.timezone,
            note="Batches recur at the hours of this zone. If it is another, shift the hours.",
        ),
        Step(
            "check",
            "Marketing Activities",
            lowered.folder,
            note=f"A folder of this name in the workspace {lowered.workspace}; make it if it is missing.",
        ),
    )
    return (
        Task(
            "settings", "Time zone and folder", "model", "Everything is built on these.", 3, steps, admin=True
        ),
    )


def _prerequisite(item: ob.Prerequisite) -> Task:
    step = Step("check", item.kind[:1].upper() + item.kind[1:], item.name, note=item.check)
    return Task(
        f"prerequisite {item.kind} {item.name}",
        f"{item.kind[:1].upper()}{item.kind[1:]}: {item.name}",
        item.elements[0] if item.elements else "model",
        "Campaigns ask for it by this name.",
        1,
        (step,),
        facts=item.facts,
        admin=item.check.startswith("Admin >"),
    )


def _field(field: ob.Field) -> Task:
    element = field.elements[0] if field.elements else "model"
    title = f"{field.name} ({field.type})"
    if field.standard:
        step = Step(
            "check",
            "Admin > Field Management",
            field.name,
            note="Marketo's own field: look whether other programs change it too. What it holds from before counts from the "
            "first night on: export it, then set it to 0 by one batch, or keep it knowingly.",
        )
        return Task(
            f"field {field.name}", title, element, field.why, 1, (step,), (), ("person-score",), _ADMIN
        )
    steps = (
        Step("open", "Admin > Field Management"),
        Step("click", "New Custom Field"),
        Step("choose", "Type", field.type.capitalize(), note="The type cannot be changed afterwards."),
        Step("type", "Name", field.name),
        Step(
            "type", "API Name", field.api, note="The same in every instance, or programs cannot be imported."
        ),
        Step("click", "Create", note="It can never be deleted."),
    )
    return Task(
        f"field {field.name}", title, element, field.why, 2, steps, (), ("field-never-deleted",), _ADMIN
    )


def _program(program: ob.Program, lowered: ob.Lowered) -> Task:
    folders = sorted({campaign.folder for campaign in lowered.campaigns if campaign.program == program.name})
    steps = [
        Step("open", "Marketing Activities", lowered.folder),
        Step("click", "New > New Program"),
        Step("type", "Name", program.name),
        Step("choose", "Program Type", "Default"),
        Step("choose", "Channel", "Operational"),
        Step("type", "Description", program.description),
        Step("click", "Create"),
    ]
    for folder in folders:
        steps += [Step("click", "New Folder", depth=1), Step("type", "Name", folder, depth=1)]
    return Task(
        f"program {program.name}",
        program.name,
        program.elements[0],
        program.description,
        2 + 0.5 * len(folders),
        tuple(steps),
        facts=("program-name-length",),
    )


def _tokens(program: ob.Program, lowered: ob.Lowered) -> tuple[Task, ...]:
    """One task for all tokens of a program: they are typed into one table."""
    tokens = [token for token in lowered.tokens if token.program == program.name]
    if not tokens:
        return ()
    steps = [Step("open", f"{program.name} > My Tokens")]
    for token in tokens:
        steps += [
            Step("choose", "Score", token.name, note=token_note(token)),
            Step("type", "Value", f"{token.value:+d}", default="0", depth=1),
        ]
    steps.append(Step("click", "Save"))
    return (
        Task(
            f"tokens {program.name}",
            f"My Tokens of {program.name}",
            "model",
            "The numbers of the model, where a change of them is one edit.",
            1 + 0.5 * len(tokens),
            tuple(steps),
            (f"The list shows {counted(len(tokens), 'local token')} of type Score.",),
            ("score-token-signed", "token-name-length"),
        ),
    )


def token_note(token: ob.Token) -> str:
    """What else has to be changed with a token's number."""
    parts = []
    if token.coupled:
        parts.append(
            f"The same number stands as a literal in: {', '.join(token.coupled)}. Change them together."
        )
    if token.inverse:
        parts.append(
            f"Taken back by a literal in: {', '.join(token.inverse)}. Add the old value there before you change the token."
        )
    return " ".join(parts)
