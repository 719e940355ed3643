"""Compile a spec given as text, and look things up in what came of it."""

from __future__ import annotations

import tomllib
from typing import Any

from scorewright.model.read import read
from scorewright.plugin.target import Request
from scorewright_marketo import TARGET

HEAD = """
language = 1
[model]
id = "test"
title = "Test model"
timezone = "UTC"
counts_as_activity = ["visits", "submits", "clicks"]
"""

SCORE = """
[scores.lead]
title = "Lead score"
kind = "engagement"
overall = true
"""


def model_of(text: str, head: str = HEAD):
    reading = read(tomllib.loads(head + text))
    assert not reading.findings, reading.findings
    assert reading.model is not None
    return reading.model


def compile_model(model, **facts: Any):
    values = {fact.id: fact.value for fact in TARGET.facts()}
    values.update({name.replace("_", "-"): value for name, value in facts.items()})
    return TARGET.compile(Request(model, dict(model.options.get("marketo", {})), values))


def compile_text(text: str, head: str = HEAD, **facts: Any):
    return compile_model(model_of(text, head), **facts)


def tables(bundle, kind: str) -> dict[str, dict[str, Any]]:
    return {item.name: dict(item.table) for item in bundle.objects if item.kind == kind}


def campaign(bundle, name: str) -> dict[str, Any]:
    found = [
        dict(item.table)
        for item in bundle.objects
        if item.kind == "smart-campaigns" and item.table["campaign"] == name
    ]
    assert len(found) == 1, sorted(tables(bundle, "smart-campaigns"))
    return found[0]


def tokens(bundle) -> dict[str, int]:
    return {item.table["token"]: item.table["value"] for item in bundle.objects if item.kind == "tokens"}


def notes(bundle, result: str) -> list[tuple[str, str]]:
    return [(note.name, note.element) for note in bundle.notes if note.result.value == result]


def called(step: dict[str, Any]) -> list[str]:
    """The campaigns that a flow step runs or requests, under whatever choice."""
    if step["step"] not in {"Execute Campaign", "Request Campaign"}:
        return []
    plain = [row["value"] for row in step["fields"] if row["label"] == "Campaign"]
    choices = [choice["value"] for choice in step.get("choices", [])]
    named = [*plain, *choices, *([step["default"]] if choices else [])]
    return [name for name in named if name != "--Do Nothing--"]
