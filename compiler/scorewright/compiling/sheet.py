"""The build sheet as Markdown: what a person clicks, in order, with every value ready to copy."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from scorewright.compiling.gate import accepted
from scorewright.plugin.notes import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.compiling.places import Places
    from scorewright.compiling.values import Built
    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Quota
    from scorewright.plugin.facts import Fact
    from scorewright.plugin.notes import Note
    from scorewright.plugin.sheet import Section, Step, Task

__all__ = [
    "bound_of",
    "code",
    "differences",
    "escape",
    "minutes",
    "prose",
    "render_sheet",
    "sentence",
    "unsure",
    "used_of",
    "waiting",
]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~@!])")
_MARKUP = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)")
"""What means something within a line; an underscore does at the edge of a word (GFM, "Emphasis")."""
_OPENING = re.compile(r"^(\s*)([#>+=~|-])")
_TICKS = re.compile(r"`+")
_ACTS = {"click": "Click", "tick": "Tick", "untick": "Untick", "check": "Check:"}


def render_sheet(built: Built, model: Model, places: Places) -> bytes:
    """The whole sheet of one target, in UTF-8; made part by part, since a large one has megabytes."""
    sections = built.bundle.sheet.sections
    parts = [_part([*_head(built, model), *_way(built, places), *_contents(sections)])]
    parts += [_part(_section(number, section, places)) for number, section in enumerate(sections, 1)]
    parts.append(_part([*_differences(built, model, places), *_facts(built)]))
    while len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    parts[-1] = parts[-1].rstrip() + b"\n"
    return b"".join(parts)


def _part(lines: Iterable[str]) -> bytes:
    return "".join([f"{line}\n" for line in lines]).encode()


def used_of(quota: Quota) -> str:
    """How much of a quota is used, in a sentence."""
    given = "" if quota.given is None else f" of {quota.given}"
    return f"Uses {quota.used}{given} {quota.name}."


def _head(built: Built, model: Model) -> Iterator[str]:
    sheet = built.bundle.sheet
    yield f"# {escape(sheet.title)}"
    yield ""
    tasks = sum(len(section.tasks) for section in sheet.sections)
    yield f"Model: **{escape(model.header.title)}** ({code(model.header.id)}). Platform: {built.target.title}."
    whole = "The whole has " if built.migration is not None else ""
    yield f"{whole}{tasks} things{'' if whole else ' to do'}, about {minutes(sheet.minutes)} of work."
    for quota in (item for item in built.bundle.quotas if item.used):
        yield used_of(quota)
    yield ""
    for paragraph in sheet.intro:
        yield prose(paragraph)
        yield ""


def _way(built: Built, places: Places) -> Iterator[str]:
    """From the version before to this one: the moves in order."""
    migration = built.migration
    if migration is None:
        return
    yield f"## From the version of {escape(migration.since.label)} to this one"
    yield ""
    if migration.moves:
        waits = f", and {waiting(migration.hours)} of waiting" if migration.hours else ""
        yield f"{len(migration.moves)} steps, about {minutes(migration.minutes)} of work{waits}."
        yield ""
    for paragraph in migration.intro:
        yield prose(paragraph)
        yield ""
    for quota in migration.quotas:
        yield used_of(quota)
        yield ""
    for note in migration.notes:
        bound = f" Bound: {sentence(note.bound)}" if note.bound else ""
        yield f"- {code(note.element)}, **{note.name}** ({note.result}): {inline(sentence(note.message) + bound)}"
    if migration.notes:
        yield ""
    for number, move in enumerate(migration.moves, 1):
        gone = bool(move.task.element) and not places.has(move.task.element)
        why = f"{move.task.why} It was for {move.task.element}." if gone else move.task.why
        task = replace(move.task, element="" if gone else move.task.element, why=why)
        yield _task(f"0.{number}", task, places)
    yield "## The whole, as it stands in the end"
    yield ""


def _contents(sections: Iterable[Section]) -> Iterator[str]:
    yield "| part | what | things | time |"
    yield "|--:|---|--:|--:|"
    for number, section in enumerate(sections, 1):
        total = sum(task.minutes for task in section.tasks)
        yield f"| {number} | {escape(section.title)} | {len(section.tasks)} | {minutes(total)} |"
    yield ""


def _section(number: int, section: Section, places: Places) -> Iterator[str]:
    yield f"## {number}. {escape(section.title)}"
    yield ""
    if section.intro:
        yield prose(section.intro)
        yield ""
    for index, task in enumerate(section.tasks, 1):
        yield _task(f"{number}.{index}", task, places)


def _task(number: str, task: Task, places: Places) -> str:
    """One task as one text: a large sheet has tens of thousands of lines."""
    origin = f"For {code(task.element)} ({places.words(task.element)})." if task.element else ""
    why = " ".join(part for part in (prose(task.why), origin) if part)
    lines = [f"### {number} {escape(task.title)}", "", why, "", *_steps(task.steps), ""]
    if task.checks:
        lines += ["Before you go on, check:", "", *(f"- [ ] {inline(check)}" for check in task.checks), ""]
    if task.facts:
        lines += ["Rests on: " + ", ".join(map(code, task.facts)) + ".", ""]
    return "\n".join(lines)


def _steps(steps: Iterable[Step]) -> list[str]:
    """A numbered list; deeper steps are lists of their own inside the step above them."""
    lines, counts = [], [0]
    for step in steps:
        depth = max(step.depth, 0)
        if len(counts) != depth + 1:
            del counts[depth + 1 :]
            counts.extend([0] * (depth + 1 - len(counts)))
        counts[depth] += 1
        lines.append(f"{'   ' * depth}{counts[depth]}. {_words(step)}")
    return lines


def _words(step: Step) -> str:
    text = _act(step)
    if step.default:
        text += f" (it stands at *{escape(step.default)}*: change it)"
    if not step.note:
        return text
    note = inline(step.note)
    return f"{text}. {note}" if note[:1].isupper() else f"{text} ({note})"


def _act(step: Step) -> str:
    label = inline(step.label)
    if step.act == "open":
        return f"Open **{' › '.join(part for part in (label, inline(step.value)) if part)}**"
    if step.act not in {"note", "check"}:
        label = f"**{label}**"
    if step.act == "note" or step.act in _ACTS:
        act = f"{_ACTS[step.act]} " if step.act in _ACTS else ""
        label = label if act else _OPENING.sub(r"\1\\\2", label)
        return f"{act}{label}" + (f" {code(step.value)}" if step.value else "")
    return f"{label}: {code(step.value)}" if step.value else label


# --- what a reader must know ----------------------------------------------------------------------------------------


def differences(built: Built) -> list[Note]:
    """The notes that a reader must know, each once."""
    return [
        *dict.fromkeys(note for note in built.bundle.notes if note.result in {Result.BOUNDED, Result.BY_HAND})
    ]


def unsure(built: Built) -> list[Fact]:
    """The facts that nobody is sure of and the instance has not answered."""
    return [fact for fact in built.facts if fact.unsure and fact.id not in built.probed]


def _differences(built: Built, model: Model, places: Places) -> Iterator[str]:
    notes = differences(built)
    if not notes:
        return
    yield "## What differs from the spec, and what stays a person's duty"
    yield ""
    for note in notes:
        yield f"- {code(note.element)} ({places.words(note.element)}), **{note.name}**: {inline(sentence(note.message) + bound_of(built, model, note))}"
    yield ""


def bound_of(built: Built, model: Model, note: Note) -> str:
    """How much a bounded note differs at most, and why the spec takes it; nothing for others."""
    if note.result is not Result.BOUNDED:
        return ""
    taken = accepted(model, built.target.name, note)
    bound = f" Bound: {sentence(note.bound)}" if note.bound else ""
    return f"{bound} Accepted: {taken.why}" if taken is not None else bound


def sentence(text: str) -> str:
    """A text with its full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _facts(built: Built) -> Iterator[str]:
    facts = unsure(built)
    if not facts:
        return
    yield "## What nobody is sure of"
    yield ""
    yield "The output rests on these; each can be settled in a sandbox, and the answer written into scorewright.toml."
    yield ""
    for fact in facts:
        value = str(fact.value).lower() if isinstance(fact.value, bool) else str(fact.value)
        yield f"- {code(fact.id)} ({fact.confidence}; taken as {code(value)}): {inline(f'{sentence(fact.statement)} To settle it: {sentence(fact.probe)}')}"
    yield ""


# --- Markdown -------------------------------------------------------------------------------------------------------


def escape(text: str) -> str:
    """A text that Markdown shows as it is: names in a spec cannot inject markup, links or mentions."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def prose(text: str) -> str:
    """A sentence of a target as a paragraph of its own: it begins no heading, list or quotation."""
    return _OPENING.sub(r"\1\\\2", inline(text))


@lru_cache(maxsize=2048)
def inline(text: str) -> str:
    """A sentence of a target, in which names of a spec may stand: shown as it is, and on one line."""
    flat = " ".join(text.split()) if "\n" in text or "\r" in text else text
    return _MARKUP.sub(r"\\\g<0>", flat)


def code(text: str) -> str:
    """A text as a code span, whatever backticks it holds."""
    flat = text.replace("\n", " ")
    if flat and "`" not in flat and flat[0] != " ":
        return f"`{flat}`"
    longest = max((len(run) for run in _TICKS.findall(flat)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest or flat.startswith(" ") or not flat else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def waiting(hours: float) -> str:
    """Hours that pass by themselves, in words: ``5 h``, ``30 days 5 h``."""
    days, rest = divmod(round(hours), 24)
    parts = (f"{days} day{'' if days == 1 else 's'}" if days else "", f"{rest} h" if rest or not days else "")
    return " ".join(filter(None, parts))


def minutes(amount: float) -> str:
    """Minutes in words: ``45 min``, ``2 h 05 min``."""
    whole = max(1, round(amount)) if amount else 0
    hours, rest = divmod(whole, 60)
    return f"{hours} h {rest:02d} min" if hours else f"{rest} min"
