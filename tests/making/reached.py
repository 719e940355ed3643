"""Which keys and words of the grammar a document uses, so that a test can say what no made spec reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.schema.grammar import RECORDS, TABLES, TOP_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.schema.grammar import Key, Record

__all__ = ["Point", "all_points", "reached"]

Point = tuple[str, str, str]
"""A record, one of its keys, and a word where the key takes one of a list: ``("step", "after", "")``."""


def all_points() -> set[Point]:
    """Everything that the grammar offers."""
    points = {("", key.name, "") for key in TOP_KEYS}
    points |= {("", name, "") for name in TABLES}
    for record in {**RECORDS, **{table.record.name: table.record for table in TABLES.values()}}.values():
        for key in record.keys:
            name = _name(record, key)
            points.add((name, key.name, ""))
            points |= {(name, key.name, word) for word in _words(key)}
    return points


def reached(data: Mapping[str, Any]) -> set[Point]:
    """What one document uses."""
    points = {("", name, "") for name in data}
    for name, table in TABLES.items():
        entries = data.get(name, {})
        for entry in (entries,) if table.single else entries.values():
            points.update(_of_record(table.record, entry))
    return points


def _name(record: Record, key: Key) -> str:
    """The record that a key counts for: an expectation and a tier's case borrow the keys of conditions and tests."""
    lender = {"expectation": RECORDS["condition"], "tier_case": RECORDS["test"]}.get(record.name)
    return lender.name if lender is not None and key in lender.keys else record.name


def _of_record(record: Record, value: Any) -> Iterator[Point]:
    if not isinstance(value, dict):
        return
    if record.name == "where":
        for test in value.values():
            yield from _of_record(RECORDS["test"], test)
        return
    for key in record.keys:
        if key.name in value:
            yield _name(record, key), key.name, ""
            yield from _of_key(record, key, value[key.name])


def _of_key(record: Record, key: Key, value: Any) -> Iterator[Point]:
    words = _words(key)
    for item in _flat(value):
        if words and str(item) in words:
            yield _name(record, key), key.name, str(item)
        if key.type.record is not None:
            yield from _of_record(RECORDS[key.type.record], item)


def _flat(value: Any) -> Iterable[Any]:
    """A value itself, and what an array or a table by id holds."""
    yield value
    if isinstance(value, list):
        yield from value
    elif isinstance(value, dict):
        yield from value.values()


def _words(key: Key) -> set[str]:
    schema = key.type.schema
    inner = schema.get("items", schema.get("additionalProperties", {}))
    words = {*schema.get("enum", ()), *(inner.get("enum", ()) if isinstance(inner, dict) else ())}
    return {str(word) for word in words}
