"""What a compile tells on the terminal: objects, quota, notes, hand work, and what nobody is sure of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scorewright.compiling.gate import accepted
from scorewright.compiling.sheet import minutes
from scorewright.model.elements import EVERY
from scorewright.plugin.notes import Result
from scorewright.plugin.plans import as_text as plan_lines
from scorewright.plugin.plans import record as plan_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.compiling.values import Built, Compiled
    from scorewright.plugin.notes import Note

__all__ = ["summary"]


def summary(compiled: Compiled, form: str = "text") -> str:
    """The summary of every target.  Forms: ``text``, ``json`` (version 1)."""
    if form == "json":
        from scorewright.diagnostics.json_ import dumps

        return dumps({"version": 1, "targets": [_record(built) for built in compiled.built]})
    return "\n".join(line for built in compiled.built for line in _lines(built))


def _lines(built: Built) -> Iterator[str]:
    bundle = built.bundle
    yield f"{built.target.name}: {built.target.title}"
    yield f"  objects    {_counted(_kinds(built)) or 'none'}"
    for quota in (item for item in bundle.quotas if item.used):
        given = "no known limit" if quota.given is None else f"of {quota.given}"
        yield f"  quota      {quota.used} {quota.name}, {given}"
    yield f"  notes      {_counted(_results(built))}"
    said: dict[str, list[Note]] = {}
    for result in (Result.BOUNDED, Result.BY_HAND):
        for note in (note for note in bundle.notes if note.result is result):
            said.setdefault(f"{result}: {_bounded(built, note)}", []).append(note)
    for text, notes in said.items():
        yield f"             {text}{_times(notes)}"
    for table in bundle.plans:
        yield from (f"  {line}" for line in plan_lines(table))
    tasks = sum(len(section.tasks) for section in bundle.sheet.sections)
    yield f"  by hand    {tasks} things, about {minutes(bundle.sheet.minutes)}: build-sheet.html"
    unsure = _unsure(built)
    if unsure:
        yield f"  rests on   {len(unsure)} facts that nobody is sure of: {', '.join(unsure)}"


def _bounded(built: Built, note: Note) -> str:
    """What is taken knowingly; of a product's copies all say the same."""
    return f"{note.element}, {note.name}: {note.bound or note.message}{_broadly(built, note)}"


def _times(notes: list[Note]) -> str:
    """How often one thing is said: once for each copy of an element, mostly."""
    if len(notes) == 1:
        return ""
    copies = len({note.product for note in notes if note.product is not None})
    return f" (for each of {copies} products)" if copies == len(notes) else f" ({len(notes)} times)"


def _broadly(built: Built, note: Note) -> str:
    """Say so where the note was taken for every element at once, and not for this one."""
    taken = accepted(built.model, built.target.name, note)
    return f" (taken for all by accept.{taken.id})" if taken is not None and taken.element == EVERY else ""


def _kinds(built: Built) -> Counter[str]:
    return Counter(item.kind.replace("-", " ") for item in built.bundle.objects)


def _results(built: Built) -> Counter[str]:
    return Counter(str(note.result) for note in built.bundle.notes)


def _counted(counter: Counter[str]) -> str:
    return " · ".join(f"{count} {_singular(name) if count == 1 else name}" for name, count in counter.items())


def _singular(name: str) -> str:
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _unsure(built: Built) -> list[str]:
    return [fact.id for fact in built.facts if fact.unsure and fact.id not in built.probed]


def _record(built: Built) -> dict[str, Any]:
    bundle = built.bundle
    return {
        "target": built.target.name,
        "objects": dict(_kinds(built)),
        "quotas": [{"name": item.name, "used": item.used, "given": item.given} for item in bundle.quotas],
        "notes": dict(_results(built)),
        "bounded": [
            {"element": note.element, "note": note.name, "message": note.message, "bound": note.bound}
            for note in bundle.notes
            if note.result is Result.BOUNDED
        ],
        "plans": [plan_record(table) for table in bundle.plans],
        "minutes_by_hand": round(bundle.sheet.minutes, 1),
        "unsure_facts": _unsure(built),
    }
