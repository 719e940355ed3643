"""Puts the tables of all files of a spec into one tree, and says which file each came from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.source.spec_rules import ELEMENT_TWICE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.source.document import SourceFile
    from scorewright.source.offsets import Offsets

__all__ = ["Merged", "merge"]

_OWN = frozenset({"language", "include"})  # each file's own; the merged tree has the main file's


class Merged(NamedTuple):
    """The tree, the files of its tables and elements, and what stands in it twice."""

    data: dict[str, Any]
    owners: dict[KeyPath, int]
    findings: tuple[Finding, ...]


def merge(parts: Sequence[tuple[SourceFile, Mapping[str, Any]]], offsets: Offsets) -> Merged:
    """Merge table by table and id by id; of what is declared twice the first stays.

    What is not a table of tables is kept as it is, for the schema to judge.
    """
    data: dict[str, Any] = {}
    owners: dict[KeyPath, int] = {}
    twice: list[tuple[int, KeyPath]] = []
    for index, (_, tables) in enumerate(parts):
        for table, value in tables.items():
            if index and table in _OWN:
                continue
            twice.extend((index, path) for path in _add(data, owners, index, table, value))
    files = [file for file, _ in parts]
    return Merged(data, owners, tuple(_twice(files, index, path, owners, offsets) for index, path in twice))


def _add(
    data: dict[str, Any], owners: dict[KeyPath, int], index: int, table: str, value: object
) -> tuple[KeyPath, ...]:
    """Add one file's table; give the paths that were there already."""
    there = data.get(table)
    if table not in data:
        data[table] = dict(value) if isinstance(value, dict) else value
        owners[(table,)] = index
    elif not isinstance(there, dict) or not isinstance(value, dict):
        return ((table,),)
    if not isinstance(value, dict):
        return ()
    repeated = tuple((table, key) for key in value if there is not None and key in there)
    for key, element in value.items():
        if (table, key) not in owners:
            owners[(table, key)] = index
            data[table][key] = element
    return repeated


def _twice(
    files: Sequence[SourceFile], index: int, path: KeyPath, owners: Mapping[KeyPath, int], offsets: Offsets
) -> Finding:
    first = files[owners.get(path, owners[path[:1]])]
    name = ".".join(str(part) for part in path)
    message = f"{name} stands in two files: here and in {first.name}"
    finding = ELEMENT_TWICE.in_file(
        files[index].name,
        message,
        help="keep one, or give one of them another id",
        offset=offsets.start(files[index], path, "key"),
    )
    return replace(finding, related=((path, f"{name} is declared here too"),))
