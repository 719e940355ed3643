"""Grammar to JSON Schema (draft 2020-12): one for editors and the world, one for our own validator.

Shape of the schema: flat closed ``properties`` on every table; what may stand beside what is said by ``if`` on the
presence of a marking key and ``propertyNames`` inside, so that an editor flags only what is wrong and a nested
condition is looked at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.schema.grammar import RECORDS, TABLES, TOP_KEYS
from scorewright.schema.types import DATES, ID_PATTERN

if TYPE_CHECKING:
    from scorewright.schema.keys import Key, Record, Table, Variant

__all__ = ["DATE_KEY", "json_schema"]

DATE_KEY = "$date"
"""How a TOML date is wrapped for our own validator: ``{"$date": "2026-05-01"}``."""

_ID_KEYS = {"pattern": ID_PATTERN, "maxLength": 64}


def json_schema(*, wrapped_dates: bool = False) -> dict[str, Any]:
    """The JSON Schema of the language.

    With ``wrapped_dates`` a date is an object with the key ``$date``, so that a quoted date and a date where a text
    belongs are both wrong; without it a date is a string with ``format``, as editors read TOML.
    """
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scorewright model, version 1",
        "description": "A lead-scoring model. The language is described in docs/language.md.",
        "type": "object",
        "properties": {
            **{key.name: _property(key) for key in TOP_KEYS},
            **{table.name: _table(table, telling=wrapped_dates) for table in TABLES.values()},
        },
        "required": ["language"],
        "additionalProperties": False,
        "$defs": {record.name: _record(record) for record in _all_records()},
    }
    return _wrap_dates(schema) if wrapped_dates else schema


def _all_records() -> list[Record]:
    """The shared records and those of the tables, each once."""
    records = {**RECORDS, **{table.record.name: table.record for table in TABLES.values()}}
    return list(records.values())


def _property(key: Key) -> dict[str, Any]:
    default = f" Default: {key.default}." if key.default else ""
    return {**key.type.to_schema(), "description": key.doc + default}


def _table(table: Table, *, telling: bool) -> dict[str, Any]:
    """One top table; ``telling`` says what is wrong inside an entry that may be two things, which editors cannot read."""
    ref: dict[str, Any] = {"$ref": f"#/$defs/{table.record.name}"}
    if table.single:
        return {**ref, "description": table.doc}
    entry = ref
    if table.value is not None:
        either = {"if": {"type": "object"}, "then": ref} if telling else {"anyOf": [{"type": "integer"}, ref]}
        entry = {**table.value.to_schema(), **either}
    return {
        "type": "object",
        "description": table.doc,
        "propertyNames": dict(_ID_KEYS),
        "additionalProperties": entry,
        "x-words": f"a table of {table.name}",
    }


def _record(record: Record) -> dict[str, Any]:
    if record.name == "where":
        return {
            "type": "object",
            "description": record.doc,
            "propertyNames": dict(_ID_KEYS),
            "additionalProperties": {"$ref": "#/$defs/test"},
            "minProperties": 1,
            "x-words": "a table of tests by property",
        }
    if record.name == "target":
        return {"type": "object", "description": record.doc, "x-words": "a table of options"}
    schema: dict[str, Any] = {
        "type": "object",
        "description": record.doc,
        "x-record": record.name,
        "x-words": f"a table ({record.name.replace('_', ' ')})",
        "properties": {key.name: _property(key) for key in record.keys},
        "additionalProperties": False,
    }
    required = [key.name for key in record.keys if key.required]
    if required:
        schema["required"] = required
    schema.update(_forms(record))
    return schema


def _forms(record: Record) -> dict[str, Any]:
    """What may stand beside what, and that one marking key is there."""
    if not record.variants:
        return {}
    marks = [mark for variant in record.variants for mark in variant.marks]
    forms: dict[str, Any] = {"allOf": [_form(record, variant) for variant in record.variants]}
    default = record.default_variant
    if default is None:
        forms["not"] = _none_of(marks)
        forms["x-one-of"] = record.one_of
    else:
        then = {"propertyNames": _names(record, default.beside), "required": list(default.required)}
        forms["allOf"].append({"if": _none_of(marks), "then": then})
    return forms


def _form(record: Record, variant: Variant) -> dict[str, Any]:
    then: dict[str, Any] = {"propertyNames": _names(record, (*variant.marks, *variant.beside))}
    if variant.required:
        then["required"] = list(variant.required)
    return {"if": _none_of(list(variant.marks)), "else": then}


def _names(record: Record, names: tuple[str, ...]) -> dict[str, Any]:
    """The keys that may stand in one form of a record; the record's name is there for the messages."""
    return {"enum": list(dict.fromkeys(names)), "x-record": record.name}


def _none_of(marks: list[str]) -> dict[str, Any]:
    return {"propertyNames": {"not": {"enum": marks}}}


def _wrap_dates(node: Any) -> Any:
    """Replace every string that stands for a date by the wrapped form."""
    if isinstance(node, list):
        return [_wrap_dates(item) for item in node]
    if not isinstance(node, dict):
        return node
    dates = node.get(DATES)
    if dates == "only":
        words = {key: value for key, value in node.items() if key.startswith("x-") or key == "description"}
        return {**words, "type": "object", "required": [DATE_KEY]}
    result = {key: _wrap_dates(value) for key, value in node.items()}
    if dates == "too":
        plain = result.pop("anyOf")[0]
        return {**result, **plain, "type": [*plain["type"], "object"], "required": [DATE_KEY]}
    return result
