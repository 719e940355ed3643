"""Which unsure facts one bundle rests on, and what would be built otherwise if they were otherwise."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scorewright.plugin.probes import Probe
from scorewright.plugin.target import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.compiling.values import Built
    from scorewright.plugin.bundle import Bundle

__all__ = ["probes_for"]

_SHOWN = 5
"""Names that a line gives before it counts the rest."""


def probes_for(built: Built) -> tuple[Probe, ...]:
    """The unsure facts that a bundle rests on and no instance has answered, with what hangs on each."""
    return tuple(
        Probe(
            fact,
            tuple(_rests(built.bundle, fact.id)),
            tuple((value, tuple(_changes(built, fact.id, value))) for value in fact.alternatives),
        )
        for fact in built.facts
        if fact.unsure and fact.id not in built.probed
    )


def _rests(bundle: Bundle, fact: str) -> Iterator[str]:
    """The elements of the spec whose notes or objects name the fact, each once."""
    named = [note.element for note in bundle.notes if fact in note.facts]
    named += [element for item in bundle.objects if fact in item.facts for element in item.elements]
    named += [
        task.element for section in bundle.sheet.sections for task in section.tasks if fact in task.facts
    ]
    yield from dict.fromkeys(name for name in named if name)


def _changes(built: Built, fact: str, value: bool | int | str) -> Iterator[str]:
    """What another answer would make of the same model, in words."""
    request = Request(built.model, built.options, {**built.answers, fact: value})
    try:
        other = built.target.compile(request)
    except Exception as error:  # noqa: BLE001 - a plugin of a stranger may raise anything
        yield f"the target fails: {type(error).__name__}: {error}"
        return
    found = [*_notes(built.bundle, other), *_objects(built.bundle, other)]
    yield from found or ["the same is built; whether it shows something else, `scorewright verify` tries"]


def _notes(before: Bundle, after: Bundle) -> Iterator[str]:
    was = {(note.element, note.product): set[str]() for note in (*before.notes, *after.notes)}
    is_ = {key: set[str]() for key in was}
    for notes, table in ((before.notes, was), (after.notes, is_)):
        for note in notes:
            table[note.element, note.product].add(f"{note.result} ({note.name})")
    for (element, _), old in was.items():
        new = is_[element, _]
        if old != new:
            yield f"{element} is {_joined(new - old)}" + (
                f" instead of {_joined(old - new)}" if old - new else ""
            )


def _joined(words: set[str]) -> str:
    return " and ".join(sorted(words)) or "noted no longer"


def _objects(before: Bundle, after: Bundle) -> Iterator[str]:
    was = {(item.kind, item.name): item.table for item in before.objects}
    is_ = {(item.kind, item.name): item.table for item in after.objects}
    for keys, done in (
        (is_.keys() - was.keys(), "more"),
        (was.keys() - is_.keys(), "fewer"),
        ({key for key in was.keys() & is_.keys() if was[key] != is_[key]}, "otherwise"),
    ):
        for kind, count in sorted(Counter(kind for kind, _ in keys).items()):
            names = sorted(name for its, name in keys if its == kind)
            rest = f" and {count - _SHOWN} more" if count > _SHOWN else ""
            yield f"{kind.replace('-', ' ')}: {count} {done} ({', '.join(names[:_SHOWN])}{rest})"
