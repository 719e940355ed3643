"""Gives diagnostics as one versioned JSON object, as ``report.schema.json`` beside this file describes it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.summary import counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic, Place

__all__ = ["VERSION", "closed", "dumps", "render", "report", "schema"]

VERSION = 1
"""The version of the object; it rises when a reader of the old one would misread the new one."""

_LONGEST_SOURCE = 2000
"""Characters of a line that is given along; who shows a longer one reads the file."""
_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Give the report as indented JSON."""
    return dumps(report(diagnostics))


def dumps(value: object) -> str:
    """Write JSON that is safe to print: characters that a terminal obeys are escaped, others stand as they are."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def report(diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """Give the report as a value."""
    number = {
        f"{severity}s" if severity != "advice" else "advice": n for severity, n in counts(diagnostics).items()
    }
    return {"version": VERSION, "diagnostics": [_diagnostic(each) for each in diagnostics], "summary": number}


def schema(**more: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of the report; ``more`` are the keys that a command adds to it, each with its schema."""
    from importlib.resources import files

    found: dict[str, Any] = json.loads(
        files("scorewright.diagnostics").joinpath("report.schema.json").read_text("utf-8")
    )
    return {
        **found,
        "required": [*found["required"], *more],
        "properties": {**found["properties"], **more},
    }


def closed(**properties: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of an object that has these keys, all of them and no other."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _diagnostic(each: Diagnostic) -> dict[str, Any]:
    return {
        "code": each.code,
        "name": each.name,
        "severity": str(each.severity),
        "message": each.message,
        "help": each.help,
        "element": each.element,
        "place": _place(each.place) if each.place is not None else None,
        "related": [{"message": related.message, "place": _place(related.place)} for related in each.related],
    }


def _place(place: Place) -> dict[str, Any]:
    too_long = place.source is None or len(place.source) > _LONGEST_SOURCE
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_column": place.end_column,
        "source": None if too_long else place.source,
    }
