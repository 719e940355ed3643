"""Specs in a few lines, compiled for Pardot in this process."""

from __future__ import annotations

import tomllib
from pathlib import Path

from scorewright.model.read import read
from scorewright.plugin.target import Request
from scorewright_pardot import TARGET

SPECS = Path(__file__).parent.parent.parent / "specs"

HEAD = """
[model]
id = "m"
title = "M"
timezone = "UTC"
counts_as_activity = ["visits", "submits", "fails", "clicks", "downloads", "starts_visit", "searches"]
"""

TOTAL = """
[scores.lead]
title = "Lead"
kind = "engagement"
overall = true
"""


CATEGORY = """
[assets]
demo = { form = "Demo" }
[scores.interest]
title = "Interest"
kind = "engagement"
[rules.demo]
on = { submits = "demo" }
points = { interest = 1 }
[decay.quiet]
score = "interest"
steps = [{ after = "60d", at_least = 1, set = 0 }]
"""
"""A score in a category, which comes down to nothing after two months."""


def model_of(text, texts=None):
    data = tomllib.loads(text)
    data.pop("language", None)
    reading = read(data, texts or {})
    assert not reading.findings, reading.findings
    assert reading.model is not None
    return reading.model


def compile_model(model, **facts):
    values = {fact.id: fact.value for fact in TARGET.facts()}
    overrides = {key.replace("_", "-"): value for key, value in facts.items()}
    assert not overrides.keys() - values.keys(), overrides
    return TARGET.compile(Request(model, model.options.get("pardot", {}), {**values, **overrides}))


def compile_text(*parts, head=HEAD, **facts):
    return compile_model(model_of("\n".join((head, *parts))), **facts)


def spec_model(name):
    """A shipped spec with its parts and lists, read without the command line."""
    folder = SPECS / name
    data = tomllib.loads((folder / "model.toml").read_text(encoding="utf-8"))
    for part in data.pop("include", ()):
        for table, entries in tomllib.loads((folder / part).read_text(encoding="utf-8")).items():
            if isinstance(entries, dict):
                data.setdefault(table, {}).update(entries)
    data.pop("language", None)
    texts = {}
    for key, terms in data.get("terms", {}).items():
        if "file" in terms:
            lines = (folder / terms["file"]).read_text(encoding="utf-8").splitlines()
            texts[key] = tuple(line for line in lines if line and not line.startswith("#"))
    reading = read(data, texts)
    assert not reading.findings, reading.findings
    return reading.model


def shipped():
    return sorted(path.parent.name for path in SPECS.glob("*/model.toml"))


def notes(bundle, element):
    return [(note.name, str(note.result)) for note in bundle.notes if note.element == element]


def note(bundle, element, name):
    return next(note for note in bundle.notes if (note.element, note.name) == (element, name))


def objects(bundle, kind):
    return {item.name: dict(item.table) for item in bundle.objects if item.kind == kind}


def rules(bundle):
    return objects(bundle, "automation-rules")


def leaves(table):
    """Every criterion of a rule or list, groups opened."""
    for item in table["criteria"]:
        if "criteria" in item:
            yield from item["criteria"]
        else:
            yield item
