"""What ``test`` and ``trace`` print with ``--format json``, and the JSON Schemas that they keep to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.json_ import closed, report, schema
from scorewright.explain.results import examples_json
from scorewright.explain.trace_json import trace_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.explain.asking import Answer
    from scorewright.explain.testing import Tested

__all__ = ["examples_report", "examples_schema", "trace_report", "trace_schema"]


def examples_report(tested: Sequence[Tested], before: Sequence[Diagnostic] = ()) -> dict[str, Any]:
    """The findings as ``check`` reports them, and every example.

    First come those from ``before`` any spec was read, then the specs' errors, then what failed.
    """
    found = [error for each in tested for error in each.errors]
    results = [result for each in tested for result in each.results]
    refused = [result.refused for result in results if result.refused is not None]
    failed = [item for result in results for item in result.failures.values()]
    return {**report([*before, *found, *refused, *failed]), "examples": examples_json(tested)}


def examples_schema() -> dict[str, Any]:
    """The JSON Schema of what ``test --format json`` prints."""
    return {
        **schema(examples={"type": "array", "items": _EXAMPLE}),
        "title": "Scorewright test report",
        "description": "What scorewright test prints with --format json.",
    }


def trace_report(answer: Answer) -> dict[str, Any]:
    """The findings as ``check`` reports them, and the trace: ``null`` where they hold it up."""
    return {
        **report(answer.diagnostics),
        "trace": trace_json(answer.trace) if answer.trace is not None else None,
    }


def trace_schema() -> dict[str, Any]:
    """The JSON Schema of what ``trace --format json`` prints."""
    return {
        **schema(trace={"anyOf": [{"type": "null"}, _TRACE]}),
        "title": "Scorewright trace report",
        "description": "What scorewright trace prints with --format json.",
    }


_TEXT = {"type": "string"}
_YES_NO = {"type": "boolean"}
_TIME = {**_TEXT, "format": "date-time", "description": "With the offset of the model's time zone."}
_SCALAR = {"type": ["string", "integer", "boolean", "array", "null"], "items": _TEXT}
_CHANGE = closed(
    at=_TIME,
    kind={
        "description": "What changed; holds is the sum of a fit score before floor and ceiling.",
        "enum": ["score", "holds", "mark", "list", "campaign", "field", "fired", "limit", "decay", "done"],
    },
    name=_TEXT,
    before=_SCALAR,
    after=_SCALAR,
    element={**_TEXT, "description": "The element of the spec that did it: rules.contact."},
    reason=_TEXT,
)
_EXPECTATION = closed(
    at={**_TEXT, "description": "As written in the spec."},
    expected=_TEXT,
    held=_YES_NO,
    found={**_TEXT, "description": "What was so at that time of what was asked about."},
    timeline={
        "description": "Every change up to then; empty where the expectation held.",
        "type": "array",
        "items": _CHANGE,
    },
)
_EXAMPLE = closed(
    spec=_TEXT,
    id=_TEXT,
    title=_TEXT,
    held=_YES_NO,
    expectations={"type": "array", "items": _EXPECTATION},
)
_MAYBE_TEXT = {"type": ["string", "null"]}
_TEXTS = {"type": "array", "items": _TEXT}
_NUMBERS = {"type": "array", "items": {"type": "integer"}}
_TERM = closed(
    amount={
        "description": "In points, exact to the hundredth; the amounts of all terms add up to the value.",
        "type": "number",
    },
    kind={
        "enum": [
            "start", "set", "award", "holds", "expired", "faded", "decay", "clamped", "part", "rounded",
        ]
    },
    element={**_TEXT, "description": "The element of the spec: rules.contact."},
    words={**_TEXT, "description": "What the text output says behind the amount."},
    why=_MAYBE_TEXT,
    each={**_NUMBERS, "description": "The amount of every change that the term sums."},
    first={**_MAYBE_TEXT, "format": "date-time"},
    last={**_MAYBE_TEXT, "format": "date-time"},
)  # fmt: skip
_SCORE = closed(
    id=_TEXT,
    product=_MAYBE_TEXT,
    title=_TEXT,
    kind={"enum": ["engagement", "fit", "combined"]},
    overall=_YES_NO,
    value={"type": "integer"},
    terms={"type": "array", "items": _TERM},
    cuts={**_TEXTS, "description": "What limits took, in words."},
)
_KEPT = closed(
    kind={"enum": ["mark", "list", "campaign"]},
    id=_TEXT,
    since=_TIME,
    element={**_MAYBE_TEXT, "description": "What put it there; null for a mark that was there at the start."},
    status=_MAYBE_TEXT,
)
_TRACE = closed(
    model=_TEXT,
    timezone=_TEXT,
    at=_TIME,
    created=_TIME,
    not_scored={
        **_MAYBE_TEXT,
        "description": "Why the person is outside the population; null for those inside.",
    },
    remarks={**_TEXTS, "description": "What the file tells and no score shows."},
    scores={"type": "array", "items": _SCORE},
    labels={
        "description": "Letters of grades and labels of bands.",
        "type": "array",
        "items": closed(kind={"enum": ["grade", "band"]}, id=_TEXT, label=_TEXT),
    },
    kept={"type": "array", "items": _KEPT},
    handovers={"type": "array", "items": closed(at=_TIME, threshold=_TEXT, title=_TEXT, actions=_TEXTS)},
    waiting={
        "description": "Thresholds that have not fired, with what they lack.",
        "type": "array",
        "items": closed(threshold=_TEXT, title=_TEXT, lacks=_TEXTS, raised_by=_TEXTS),
    },
    timeline={"type": "array", "items": _CHANGE},
)
