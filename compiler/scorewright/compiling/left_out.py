"""Elements that a spec leaves out on one platform, knowingly: ``[accept.<id>] note = "left-out"``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright.compiling.rules import CANNOT_LEAVE_OUT
from scorewright.model.elements import EVERY
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Note, Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Acceptance, Element, Model

__all__ = ["LEFT_OUT", "leave_out"]

LEFT_OUT = "left-out"
"""The name of the note of an element that is not built on a platform."""

_WHOLE = "a whole model"

_TABLES = ("rules", "tiers", "inputs", "decay", "thresholds")
"""Elements that nothing else is built on."""


def leave_out(model: Model, target: str) -> tuple[Model, tuple[Note, ...], tuple[Finding, ...]]:
    """The model without what it leaves out on a target, a bounded note for each, and what cannot be left out."""
    wanted = {
        item.element: item
        for item in model.accept.values()
        if item.target == target and item.note == LEFT_OUT
    }
    if not wanted:
        return model, (), ()
    tables = {table: getattr(model, table) for table in _TABLES}
    gone = {
        element.name: element
        for entries in tables.values()
        for element in entries.values()
        if element.name in wanted
    }
    kept: dict[str, Any] = {
        table: {key: element for key, element in entries.items() if element.name not in wanted}
        for table, entries in tables.items()
    }
    notes = tuple(_note(target, element) for element in gone.values())
    faults = tuple(_faults(item for name, item in wanted.items() if name not in gone))
    return replace(model, **kept), notes, faults


def _note(target: str, element: Element) -> Note:
    message = f"not built on {target}: the spec leaves it out there"
    bound = "all that the element would do is missing on this platform"
    everything = Bound("*", None, None)
    return Note(LEFT_OUT, Result.BOUNDED, element.name, element.path, message, bound, bounds=(everything,))


def _faults(items: Iterable[Acceptance]) -> Iterable[Finding]:
    for item in items:
        tables = ", ".join(_TABLES)
        message = f"{_WHOLE if item.element == EVERY else item.element} cannot be left out"
        yield CANNOT_LEAVE_OUT.at(
            (*item.path, "for"), message, help=f"only elements of {tables} that exist can be"
        )
