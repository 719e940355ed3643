"""Lays a file out: what stands on top, the tables in the grammar's order, and which entries share a header."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.fmt.order import ANY, Shape, members
from scorewright.fmt.scalars import key_text
from scorewright.fmt.writer import Writer
from scorewright.schema.grammar import TABLES, TOP_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.fmt.comments import Comments

__all__ = ["render"]


def render(data: Mapping[str, Any], comments: Comments) -> str:
    """Give the text of a file's data with its comments."""
    writer = Writer(comments)
    writer.notes(comments.head)
    writer.begin_block()
    for key in _sorted(data, (top.name for top in TOP_KEYS)):
        if not isinstance(data[key], dict):
            writer.pair(key_text(key), (key,), data[key], ANY)
    writer.end_table(())
    for name in _sorted(data, TABLES):
        if isinstance(data[name], dict):
            _table(writer, name, data[name])
    writer.begin_block()
    writer.notes(comments.foot)
    return writer.text()


def _sorted(data: Iterable[str], known: Iterable[str]) -> list[str]:
    ranks = {name: rank for rank, name in enumerate(known)}
    return sorted(data, key=lambda name: ranks.get(name, len(ranks)))


def _table(writer: Writer, name: str, table: dict[str, Any]) -> None:
    grammar = TABLES.get(name)
    if grammar is None:
        is_by_id = bool(table) and all(isinstance(entry, dict) for entry in table.values())
        shape, is_short = ANY, False
    else:
        is_by_id = not grammar.single
        shape, is_short = Shape(grammar.record.name), grammar.short
    if is_by_id:
        _entries(writer, name, table, shape, is_short=is_short)
    else:
        _body(writer, (name,), table, shape)


def _entries(writer: Writer, name: str, table: dict[str, Any], shape: Shape, *, is_short: bool) -> None:
    """Write a table by id: what shares its header, if there is anything, and below it what has one of its own."""
    shared: dict[str, Any] = {}
    own: dict[str, dict[str, Any]] = {}
    for key, entry in table.items():
        if isinstance(entry, dict) and not (is_short and not writer.has_header((name, key), entry, shape)):
            own[key] = entry
        else:
            shared[key] = entry
    if shared or not own:
        _body(writer, (name,), shared, Shape(shape.record, by_id=True))
    else:
        writer.section((name,))
    for key, entry in own.items():
        _body(writer, (name, key), entry, shape)


def _body(writer: Writer, path: tuple[str, ...], table: Mapping[str, Any], shape: Shape) -> None:
    writer.header(path)
    for key, value, of in members(table, shape):
        writer.pair(key_text(key), (*path, key), value, of)
    writer.end_table(path)
