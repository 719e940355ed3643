"""A whole model: pushed, built by hand, read back; pushed again nothing is left to do, and nothing is there twice."""

from __future__ import annotations

from functools import cache

import pytest

from tests.pardot.making import SPECS, compile_model, spec_model
from tests.pardot.unit import Unit, api_of

NAMES = sorted(path.name for path in SPECS.iterdir() if (path / "model.toml").is_file())


@cache
def tables_of(name):
    return _tables(compile_model(spec_model(name)))


def _tables(bundle):
    found = {}
    for item in bundle.objects:
        found.setdefault(item.kind, []).append({"name": item.name, "for": list(item.elements), **item.table})
    return found


def push(unit, api, tables):
    """Make what is not there, in order; give what was made."""
    resources = api.resources(tables)
    seen = unit.drive(api, api.look(resources, deep=False))
    ids = {one.key: one.id for one in seen.found}
    made = []
    for resource in resources:
        if resource.made and resource.key not in ids:
            (found,) = unit.drive(api, api.create(resource, ids))
            ids[found.key] = found.id
            made.append(found)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_what_is_pushed_and_built_is_read_back_as_it_is_to_be(name):
    unit, tables = Unit().sign_in(), tables_of(name)
    api = api_of()
    wanted = [one for one in api.resources(tables) if one.made]
    made = push(unit, api, tables)
    assert {one.key for one in made} == {one.key for one in wanted}
    unit.wait()
    unit.sandbox.build(tables)
    assert not push(unit, api, tables)
    seen = unit.drive(api, api.look(api.resources(tables), deep=True))
    found = {one.key: one for one in seen.found}
    assert not seen.unread
    for resource in api.resources(tables):
        if resource.made or resource.by_hand:
            assert dict(found[resource.key].made) == dict(resource.made), resource.key
            assert found[resource.key].by_hand == dict(resource.by_hand), resource.key
            assert not found[resource.key].also, resource.key
        else:
            assert resource.unread, resource.key


def test_everything_of_a_sheet_can_be_built():
    for name in NAMES:
        unit, tables = Unit().sign_in(), tables_of(name)
        push(unit, api_of(), tables)
        unit.wait()
        unit.sandbox.build(tables)
        for kind in {*tables} - {"custom-fields", "tags", "static-lists"}:
            rows = {row["name"] for row in unit.rows(f"By hand: {kind}")}
            assert rows >= {table["name"] for table in tables[kind]}, (name, kind)


def test_a_push_takes_a_read_and_a_write_for_each_object_and_a_handful_more():
    unit, tables = Unit().sign_in(), tables_of("op-scoring")
    api = api_of()
    looked = len(unit.calls)
    unit.drive(api, api.look(api.resources(tables), deep=False))
    looked = len(unit.calls) - looked
    assert looked <= 12
    begun = len(unit.calls)
    made = push(unit, api, tables)
    assert len(unit.calls) - begun == looked + 2 * len(made)
    writes = [call for call in unit.calls if unit.sandbox.writes(call)]
    assert len(writes) == len(made)
