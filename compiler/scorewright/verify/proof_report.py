"""What ``verify --format json`` prints, whatever came of it, and the JSON Schema that it keeps to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.json_ import report
from scorewright.diagnostics.json_ import schema as report_schema
from scorewright.verify.report import as_json, schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.verify.run import Verdict

__all__ = ["proof_report", "proof_schema"]


def proof_report(verdicts: Sequence[Verdict], diagnostics: Sequence[Diagnostic]) -> dict[str, Any]:
    """The findings as ``check`` reports them, and the verdict of each target that was proven.

    With an error among the findings nothing holds: not everything that was asked for has been proven.
    """
    proven = as_json(verdicts)
    stopped = any(found.severity == "error" for found in diagnostics)
    return {**report(diagnostics), **proven, "holds": proven["holds"] and not stopped}


def proof_schema() -> dict[str, Any]:
    """The JSON Schema of what ``verify --format json`` prints: that of ``check`` and two keys more."""
    proven = schema()
    more = {key: piece for key, piece in proven["properties"].items() if key != "version"}
    return {**report_schema(**more), "title": proven["title"], "description": proven["description"]}
