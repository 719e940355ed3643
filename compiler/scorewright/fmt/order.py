"""In which order the members of a table stand: the grammar's, and what it does not know behind, as written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from scorewright.schema.grammar import RECORDS, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.schema.grammar import Record
    from scorewright.schema.types import Type

__all__ = ["ANY", "Shape", "members"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the grammar says of a value: the record that it is, or that each of its members is."""

    record: str = ""
    by_id: bool = False
    """The keys are the writer's: each member is the record."""


ANY = Shape()
"""A value of which the grammar says nothing, or a single one."""

_RECORDS: dict[str, Record] = {**RECORDS, **{table.record.name: table.record for table in TABLES.values()}}


def members(table: Mapping[str, Any], shape: Shape) -> Iterator[tuple[str, Any, Shape]]:
    """Give key, value and shape of every member, in canonical order."""
    if shape.by_id:
        inner = Shape(shape.record)
        return ((key, value, inner) for key, value in table.items())
    known = _keys(shape.record)
    behind = len(known)
    unknown = (behind, ANY)
    ranked = sorted(table, key=lambda key: known.get(key, unknown)[0])
    return ((key, table[key], known.get(key, unknown)[1]) for key in ranked)


@cache
def _keys(name: str) -> Mapping[str, tuple[int, Shape]]:
    """Rank and shape of each key of a record."""
    record = _RECORDS.get(name)
    keys = list(record.keys) if record else []
    return {key.name: (rank, _shape(key.type)) for rank, key in enumerate(keys)}


def _shape(type_: Type) -> Shape:
    if (
        type_.record == "where"
    ):  # a table of tests by property, which the grammar states as a record without keys
        return Shape("test", by_id=True)
    return Shape(type_.record or "", by_id=type_.schema.get("type") == "object")
