"""What ``compile --format json`` prints, as one object, and the JSON Schema that it keeps to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorewright.compiling.summary import summary
from scorewright.diagnostics.json_ import closed, report, schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scorewright.compiling.values import Compiled
    from scorewright.diagnostics.diagnostic import Diagnostic

__all__ = ["check_schema", "compile_report", "compile_schema"]


def compile_report(compiled: Compiled, diagnostics: Sequence[Diagnostic], out: Path | None) -> dict[str, Any]:
    """The findings as ``check`` reports them, where the files went (``None``: nothing was written), and each target."""
    made = json.loads(summary(compiled, "json"))
    return {**report(diagnostics), "out": None if out is None else out.as_posix(), "targets": made["targets"]}


def check_schema() -> dict[str, Any]:
    """The JSON Schema of what ``check --format json`` prints."""
    return schema()


def compile_schema() -> dict[str, Any]:
    """The JSON Schema of what ``compile --format json`` prints: that of ``check`` and two keys more."""
    return {
        **schema(out=_OUT, targets={"type": "array", "items": _TARGET}),
        "title": "Scorewright compile report",
        "description": "What scorewright compile prints with --format json.",
    }


_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_OUT = {
    "description": "The folder that holds <target>/; null when nothing was written.",
    "type": ["string", "null"],
}
_COUNTS = {"type": "object", "additionalProperties": _COUNT}
_PLAN = closed(
    title=_TEXT,
    columns={"type": "array", "items": _TEXT},
    rows={"type": "array", "items": {"type": "array", "items": {"type": ["string", "integer", "null"]}}},
    words={"type": "array", "description": "What the columns mean.", "items": _TEXT},
    element={**_TEXT, "description": "The element of the spec that it is about."},
    chosen={"type": ["integer", "null"], "description": "The row that was built."},
    facts={"type": "array", "description": "Facts that decide which column is so.", "items": _TEXT},
)

_TARGET = closed(
    target={**_TEXT, "description": "The target's name."},
    objects={**_COUNTS, "description": "How many objects of each kind."},
    quotas={
        "type": "array",
        "description": "What is used of each limited resource; given is null when no limit is known.",
        "items": closed(name=_TEXT, used=_COUNT, given={"type": ["integer", "null"]}),
    },
    notes={**_COUNTS, "description": "How many notes of each result: exact, bounded, by hand, refused."},
    bounded={
        "type": "array",
        "description": "What was accepted knowingly, with its bound.",
        "items": closed(element=_TEXT, note=_TEXT, message=_TEXT, bound=_TEXT),
    },
    plans={"type": "array", "description": "What was chosen, among what could be had.", "items": _PLAN},
    minutes_by_hand={"type": "number", "minimum": 0},
    unsure_facts={
        "type": "array",
        "description": "Facts that the output rests on and nobody is sure of.",
        "items": _TEXT,
    },
)
