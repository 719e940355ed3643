"""The smallest specs of every feature, as models, and what a target answers to one."""

from __future__ import annotations

import tomllib
from typing import NamedTuple

from scorewright.compiling.gate import refused_features
from scorewright.model.read import read
from scorewright.plugin.conformance.specs import SPECS
from scorewright.plugin.notes import Result
from scorewright.plugin.target import Request
from tests.verify.made import task_of

__all__ = ["SHAPES", "Answer", "ask"]

SHAPES = {
    (feature, place): shape.text for feature, shapes in SPECS.items() for place, shape in enumerate(shapes)
}
"""Feature and place = the text of a spec; the kit of the plugin contract lowers one of them, here it is all."""


class Answer(NamedTuple):
    """What a target makes of a spec: why it refuses, each with its way out, or a task to prove it."""

    refusals: tuple[tuple[str, str], ...]
    task: object


def ask(target, text):
    """Compile a text that is sound for the language, with the facts as they are taken."""
    data = tomllib.loads(text)
    data.pop("language")
    reading = read(data, {})
    assert not reading.findings, [finding.message for finding in reading.findings]
    model = reading.model
    facts = {fact.id: fact.value for fact in target.facts()}
    bundle = target.compile(Request(model, model.options.get(target.name, {}), facts))
    table = {item.feature: item for item in target.capabilities()}
    found = [(finding.message, finding.help) for finding in refused_features(target, model)]
    found += [(note.message, note.instead) for note in bundle.notes if note.result is Result.REFUSED]
    assert table
    return Answer(tuple(found), None if found else task_of(target, model, bundle))
