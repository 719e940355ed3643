"""What must hold for any input at all: no exception, and every message complete and in its place."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from scorewright.checks.catalogue import all_rules
from scorewright.checks.run import check_spec
from scorewright.compiling import compile_spec
from scorewright.compiling.rules import BROKEN_PLUGIN
from scorewright.diagnostics.render import render
from scorewright.project import Project

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from scorewright.diagnostics.diagnostic import Diagnostic, Place

__all__ = ["faults", "look"]

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ASIDE = re.compile(r"Traceback|0x[0-9a-f]{8,}|<[a-z_.]+ object|\bNoneType\b")


def look(
    path: Path, *, today: date, targets: tuple[str, ...]
) -> tuple[tuple[Diagnostic, ...], dict[str, str]]:
    """Check the spec, compile it where there is no error, and render what was found; gives that and the texts read."""
    checked = check_spec(path, today=today)
    found, texts = checked.diagnostics, checked.texts
    if checked.ok and targets:
        compiled = compile_spec(
            path, project=Project(path.parent), targets=targets, edition=None, instance=None, today=today
        )
        found = compiled.diagnostics
        errors = [item for item in found if item.severity == "error"]
        assert bool(compiled.files) != bool(errors), "files without a clean compile, or none after one"
    for form in ("text", "json", "sarif", "github"):
        render(found, form)
    return found, dict(texts)


def faults(found: Iterable[Diagnostic], texts: dict[str, str]) -> list[str]:
    """What is wrong with the messages themselves."""
    return [fault for item in found for fault in _faults(item, texts)]


@cache
def _rules() -> dict[str, Any]:
    return all_rules()


def _faults(item: Diagnostic, texts: dict[str, str]) -> Iterable[str]:
    head = f"{item.code} {item.message!r}"
    rule = _rules().get(item.code)
    if rule is None:
        yield f"{head}: an unknown code"
    elif (item.name, item.severity) != (rule.name, rule.severity):
        yield f"{head}: not what the catalogue says of the code"
    if not item.message.strip():
        yield f"{head}: no message"
    if len(item.message) > 2000:
        yield f"{head[:200]}: {len(item.message)} characters long"
    for text in (item.message, item.help):
        if _ASIDE.search(text):
            yield f"{head}: {text!r} shows our own insides"
    if item.code == BROKEN_PLUGIN.code:
        yield f"{head}: a target broke"
    if item.place is None:
        yield f"{head}: no place"
    for place in (item.place, *(other.place for other in item.related)):
        if place is not None:
            yield from (f"{head}: {fault}" for fault in _outside(place, texts))


def _outside(place: Place, texts: dict[str, str]) -> Iterable[str]:
    """Whether a place lies inside the file that it names."""
    if place.source is None:
        if (place.line, place.column) != (1, 1):
            yield "a line and column of a file without text"
        return
    if place.file not in texts:
        yield f"a place in {place.file!r}, which was not read"
        return
    lines = texts[place.file].split("\n")
    if not 1 <= place.line <= len(lines):
        yield f"line {place.line} of {len(lines)}"
    elif lines[place.line - 1] != place.source:
        yield f"line {place.line} is {lines[place.line - 1]!r}, shown is {place.source!r}"
    elif not 1 <= place.column <= len(place.source) + 1 or place.end_column <= place.column:
        yield f"columns {place.column} to {place.end_column} of {len(place.source)}"
