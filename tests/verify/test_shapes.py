"""The shapes that emulators ask for are those of the tables that compiles write: no key more, and hardly one fewer."""

from __future__ import annotations

from importlib import import_module

import jsonschema
import pytest

from scorewright.model.read import read
from scorewright.plugin.registry import load
from scorewright.verify.bundle import read_bundle
from tests.making.choose import Choose
from tests.making.spec import make_spec
from tests.verify.faults.pardot.facts import DATED
from tests.verify.faults.pardot.programs import FADING
from tests.verify.faults.planting import work_on
from tests.verify.made import lowered, task_of
from tests.verify.shipped import SPECS, TARGETS, compiled

MADE = 20
SELDOM = {
    "pardot": ("custom-redirects", "gauges.at.times", "segmentation-rules.actions.value"),
    "marketo": (
        "gauges.at.nth",
        "smart-campaigns.flow.api",
        "smart-campaigns.flow.choices.if.constraints",
    ),
}
"""What is described, and emitted for none of these specs."""


CHOSEN = {"pardot": (FADING, DATED)}
"""Specs with options that neither of those has, and with facts that hold on some days."""


def bundles(target):
    """The tables of every shipped spec, and of so many made ones."""
    found = [
        read_bundle(made.files[target]).tables
        for made in (compiled(spec, target) for spec in SPECS)
        if target in made.files
    ]
    for number in range(MADE):
        spec = make_spec(Choose.seeded(number))
        model, bundle = lowered(load(target), read(spec.data, spec.texts).model)
        if bundle is not None:
            found.append(task_of(load(target), model, bundle).bundle.tables)
    return [*found, *(work_on(target, text).task.bundle.tables for text in CHOSEN.get(target, ()))]


def shape_of(target):
    return import_module(f"scorewright_{target}.shape")


def paths(value, path):
    """Where each key of a row stands, elements of arrays alike."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield f"{path}.{key}"
            yield from paths(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from paths(item, path)


def described(piece, path, parts, opened=()):
    """The same of a description; what is made of its like is opened once."""
    part = piece.get("$ref", "").rpartition("/")[2]
    if part and part not in opened:
        yield from described(parts[part], path, parts, (*opened, part))
    for key, item in piece.get("properties", {}).items():
        yield f"{path}.{key}"
        yield from described(item, f"{path}.{key}", parts, opened)
    for inner in (piece.get("items"), piece.get("then"), piece.get("else"), *piece.get("allOf", ())):
        if inner:
            yield from described(inner, path, parts, opened)


@pytest.mark.parametrize("target", TARGETS)
def test_whatever_is_emitted_has_its_shape_and_whatever_is_described_is_emitted(target):
    shape = shape_of(target)
    every = bundles(target)
    assert len(every) > MADE // 2
    seen = {kind for tables in every for kind in tables}
    for tables in every:
        assert shape.misshapen(tables) is None
        for kind, rows in tables.items():
            seen.update(path for row in rows for path in paths(row, kind))
    wanted = {path for kind, piece in shape.SHAPES.items() for path in described(piece, kind, shape.PARTS)}
    assert {path for path in {*wanted, *shape.SHAPES} if not path.startswith(SELDOM[target])} <= seen


@pytest.mark.parametrize("target", TARGETS)
def test_a_shape_is_json_schema_and_closed(target):
    shape = shape_of(target)
    for piece in (*shape.SHAPES.values(), *shape.PARTS.values()):
        jsonschema.Draft202012Validator.check_schema(piece)
        assert all("additionalProperties" in table for table in records(piece))


def records(piece):
    """Every description of a table with keys of its own, inside a piece."""
    if isinstance(piece, dict):
        if "properties" in piece and "required" in piece:
            yield piece
        for inner in piece.values():
            yield from records(inner)
    elif isinstance(piece, list):
        for inner in piece:
            yield from records(inner)


def test_every_kind_of_object_is_described():
    from scorewright_pardot.emit import KINDS

    assert {kind for kind, _, _ in KINDS} | {"gauges"} == set(shape_of("pardot").SHAPES)
