"""The grammar as data: a valid JSON Schema with a description for every key, and every key is read."""

from __future__ import annotations

import json
from functools import cache

import jsonschema
import pytest

from scorewright.model.read import read
from scorewright.schema.build import json_schema
from scorewright.schema.grammar import TABLES, TOP_KEYS
from scorewright.schema.records import RECORDS
from tests.making.choose import Choose
from tests.making.spec import make_spec

EVERY_RECORD = {**RECORDS, **{table.record.name: table.record for table in TABLES.values()}}
SEEDS = 500
LENDERS = {"expectation": "condition", "tier_case": "test"}
"""They borrow the keys of others: what reads a condition reads it in both."""
ONE_WORD = {("decay_limit", "per")}
"""Says `"silence"` and can say nothing else, so nobody has to look."""
ACCEPT_AND_WAIVE = {("accept", key) for key in ("target", "note", "for", "why")} | {
    ("waive", key) for key in ("check", "for", "why")
}


# --- the schema -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrapped", [True, False])
def test_the_schema_is_valid_2020_12(wrapped):
    schema = json_schema(wrapped_dates=wrapped)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_part_without_a_model_is_valid_for_an_editor():
    validator = jsonschema.Draft202012Validator(json_schema())
    assert validator.is_valid({"language": 1, "marks": {"quiet": {}}})
    assert not validator.is_valid({"marks": {"quiet": {}}})


def test_an_editor_reads_dates_as_texts():
    validator = jsonschema.Draft202012Validator(json_schema())
    rule = {"on": {"visits": "any-page"}, "points": {"e": 1}}
    assert validator.is_valid({"language": 1, "rules": {"r": {**rule, "active": {"from": "2026-05-01"}}}})
    assert not validator.is_valid({"language": 1, "rules": {"r": {**rule, "active": {"from": 5}}}})


def properties(node, path=()):
    """Every key that the schema knows, by its place; ``properties`` may itself be such a key."""
    if isinstance(node, list):
        for index, value in enumerate(node):
            yield from properties(value, (*path, index))
    for name, value in node.items() if isinstance(node, dict) else ():
        if name == "properties":
            yield from (((*path, key), inner) for key, inner in value.items())
            yield from (found for key, inner in value.items() for found in properties(inner, (*path, key)))
        elif name == "$defs":
            yield from (found for key, inner in value.items() for found in properties(inner, (*path, key)))
        else:
            yield from properties(value, (*path, name))


def test_every_key_is_described():
    found = dict(properties(json_schema()))
    assert len(found) > 200
    assert [path for path, value in found.items() if not str(value.get("description", "")).strip()] == []


def test_every_reference_leads_somewhere():
    schema = json_schema()
    text = json.dumps(schema)
    named = {part.split('"', 1)[0] for part in text.split('"#/$defs/')[1:]}
    assert named == named & set(schema["$defs"])
    assert set(schema["$defs"]) == set(EVERY_RECORD)


# --- the grammar ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("record", EVERY_RECORD.values(), ids=EVERY_RECORD)
def test_a_record_names_only_keys_that_it_has(record):
    names = [key.name for key in record.keys]
    assert len(names) == len(set(names))
    for variant in (*record.variants, *([record.default_variant] if record.default_variant else [])):
        assert {*variant.marks, *variant.beside, *variant.required} <= set(names)
    if record.variants:
        assert {name for v in record.variants for name in (*v.marks, *v.beside)} | set(
            record.default_variant.beside if record.default_variant else ()
        ) == set(names)


def test_every_table_by_id_takes_title_and_why():
    for table in TABLES.values():
        names = [key.name for key in table.record.keys]
        if not table.single and table.name not in {"values", "targets", "accept", "waive"}:
            assert (names[0], names[-1]) == ("title", "why"), table.name


# --- every key is read ----------------------------------------------------------------------------------------------


def home(record, key):
    """The record that a key comes from, and the key."""
    lender = LENDERS.get(record)
    borrowed = lender is not None and key in {item.name for item in RECORDS[lender].keys}
    return (lender if borrowed else record), key


class Watched(dict):
    """A table that notes which of its keys are looked at."""

    def __init__(self, record, entries, seen):
        super().__init__(entries)
        self.record, self.seen = record, seen

    def note(self, key):
        if key in self.keys():
            self.seen.add(home(self.record, key))

    def __getitem__(self, key):
        self.note(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self.note(key)
        return super().get(key, default)

    def __contains__(self, key):
        self.note(key)
        return super().__contains__(key)

    def items(self):
        for key in self:
            yield key, self[key]


def watch(record, value, seen):
    if isinstance(value, list):
        return [watch(record, item, seen) for item in value]
    if not isinstance(value, dict):
        return value
    if record.name == "where":
        return {name: watch(RECORDS["test"], test, seen) for name, test in value.items()}
    inner = {}
    for key in record.keys:
        if key.name in value:
            inner[key.name] = watch_key(key, value[key.name], seen)
    assert set(inner) == set(value)
    return Watched(record.name, inner, seen)


def watch_key(key, value, seen):
    record = RECORDS.get(key.type.record or "")
    if record is None:
        return value
    if key.type.schema.get("type") == "object" and "additionalProperties" in key.type.schema:  # by id
        return {name: watch(record, item, seen) for name, item in value.items()}
    return watch(record, value, seen)


def watched(data, seen):
    result = dict(data)
    for table in TABLES.values():
        entries = data.get(table.name)
        if table.name == "targets" or entries is None:
            continue
        if table.single:
            result[table.name] = watch(table.record, entries, seen)
        else:
            result[table.name] = {key: watch(table.record, entry, seen) for key, entry in entries.items()}
    return result


@cache
def keys_seen():
    """The keys that the reader looked at, and those that stood in some document."""
    seen, there = set(), set()
    for seed in range(SEEDS):
        made = make_spec(Choose.seeded(seed))
        document = watched(made.data, seen)
        there |= set(tables_in(document))
        assert read(document, made.texts).findings == ()
    return frozenset(seen), frozenset(there)


def tables_in(value):
    if isinstance(value, Watched):
        yield from (home(value.record, key) for key in value)
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from tables_in(item)


def test_every_key_of_the_grammar_stands_in_a_made_document():
    every = {home(record.name, key.name) for record in EVERY_RECORD.values() for key in record.keys}
    _, there = keys_seen()
    assert every - there == ACCEPT_AND_WAIVE


def test_every_key_is_read():
    seen, there = keys_seen()
    assert there - seen == ONE_WORD


def test_accept_and_waive_are_read():
    seen = set()
    data = {
        "language": 1,
        "model": {"id": "m", "title": "M", "timezone": "UTC"},
        "accept": {"a": {"target": "pardot", "note": "n", "for": "rules.r", "why": "W."}},
        "waive": {"w": {"check": "unused", "for": "rules.r", "why": "W."}},
    }
    assert read(watched(data, seen)).findings == ()
    assert {(name, key) for name, key in seen if name in {"accept", "waive"}} == ACCEPT_AND_WAIVE


def test_the_top_keys_are_the_language_and_the_includes():
    assert [key.name for key in TOP_KEYS] == ["language", "include"]
