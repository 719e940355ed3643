"""The state of an embedded unit as tables for people: records by kind, and what was built by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scorewright.plugin.sandboxes import Shown
from scorewright_pardot.sandbox.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright_pardot.sandbox.store import Record
    from scorewright_pardot.sandbox.unit import Unit

__all__ = ["shown"]

_COLUMNS = {
    "account": ("company", "level"),
    "campaigns": ("id", "name"),
    "custom-fields": ("id", "name", "fieldId", "type"),
    "custom-redirects": ("id", "name", "destinationUrl", "campaignId", "folderId", "isDeleted"),
    "engagement-studio-programs": ("id", "name", "status", "recipientListIds"),
    "folder-contents": ("id", "folderId", "objectType", "objectName"),
    "list-memberships": ("id", "listId", "prospectId"),
    "lists": ("id", "name", "description", "isDynamic", "isDeleted"),
    "prospects": ("id", "email", "score", "grade", "isDeleted"),
    "tagged-objects": ("id", "tagId", "objectType", "objectName"),
    "tracker-domains": ("id", "domain"),
    "users": ("id", "firstName", "lastName", "email"),
}
_NAMED = ("id", "name", "isDeleted")
_PLAIN = ("name", "for", "lowering")


def shown(unit: Unit) -> tuple[Shown, ...]:
    """Records as they are now, not as reads see them."""
    return (*_records(unit), *_by_hand(unit))


def _records(unit: Unit) -> Iterator[Shown]:
    for kind in KINDS:
        columns = _COLUMNS.get(kind, tuple(name for name in _NAMED if name in KINDS[kind].fields))
        rows = tuple(tuple(_text(one.get(name)) for name in columns) for one in unit.store.all(kind))
        if rows:
            yield Shown(kind, columns, rows)


def _by_hand(unit: Unit) -> Iterator[Shown]:
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, name, table in unit.store.by_hand():
        found.setdefault(kind, []).append((name, _content(table)))
    for kind, rows in found.items():
        yield Shown(f"By hand: {kind}", ("name", "content"), tuple(rows))


def _content(table: Record) -> str:
    return _text({key: value for key, value in table.items() if key not in _PLAIN})


def _text(value: object) -> str:
    """A value in one line, with nothing in it that a page cannot be written with."""
    text = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8")
