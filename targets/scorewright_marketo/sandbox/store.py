"""Rows of the sandbox: each kind numbers its own, so that ids of different kinds collide as they do on the platform."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

__all__ = ["Home", "Row", "Rows"]

_TABLE = (
    "CREATE TABLE IF NOT EXISTS marketo (kind TEXT NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, "
    "folded TEXT NOT NULL, home_type TEXT NOT NULL, home INTEGER NOT NULL, data TEXT NOT NULL, PRIMARY KEY (kind, id))"
)
_NUMBERS = "CREATE TABLE IF NOT EXISTS marketo_ids (kind TEXT PRIMARY KEY, last INTEGER NOT NULL)"
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS marketo_names ON marketo (kind, folded)",
    "CREATE INDEX IF NOT EXISTS marketo_homes ON marketo (home_type, home)",
)
_FIRST_ID = 1001
"""As in an instance that has been in use: no id is taken for a count or a place."""
_COLUMNS = "kind, id, name, home_type, home, data"


class Home(NamedTuple):
    """Where something stands: in a ``Folder`` or a ``Program`` of this id; ids alone do not tell."""

    type: str
    id: int


class Row(NamedTuple):
    """One thing of the instance."""

    kind: str
    id: int
    name: str
    home: Home
    data: dict[str, Any]


class Rows:
    """All things of the instance."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store
        for statement in (_TABLE, _NUMBERS, *_INDEXES):
            store.execute(statement)

    def make(self, kind: str, name: str, home: Home, data: dict[str, Any], id: int | None = None) -> Row:
        """A new row; its id is the next of its kind, also after the last one was deleted."""
        row = Row(kind, self._next(kind) if id is None else id, name, home, data)
        self.save(row)
        return row

    def _next(self, kind: str) -> int:
        found = self._store.execute("SELECT last FROM marketo_ids WHERE kind = ?", (kind,)).fetchone()
        number: int = found[0] + 1 if found else _FIRST_ID
        self._store.execute("INSERT OR REPLACE INTO marketo_ids VALUES (?, ?)", (kind, number))
        return number

    def save(self, row: Row) -> Row:
        """Keep it as it is now."""
        data = json.dumps(row.data, ensure_ascii=False)
        values = (row.kind, row.id, row.name, row.name.casefold(), row.home.type, row.home.id, data)
        self._store.execute("INSERT OR REPLACE INTO marketo VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        return row

    def drop(self, row: Row) -> None:
        """Delete it."""
        self._store.execute("DELETE FROM marketo WHERE kind = ? AND id = ?", (row.kind, row.id))

    def get(self, kind: str, id: int) -> Row | None:
        """The one of this id."""
        return next(self._rows("kind = ? AND id = ?", kind, id), None)

    def named(self, kind: str, name: str) -> tuple[Row, ...]:
        """All of exactly this name; the platform's search never finds a name with a comma."""
        if "," in name:
            return ()
        return tuple(row for row in self.alike(kind, name) if row.name == name)

    def alike(self, kind: str, name: str) -> tuple[Row, ...]:
        """All whose name is this one but for capitals: no two may be made where names are unique."""
        return tuple(self._rows("kind = ? AND folded = ?", kind, name.casefold()))

    def inside(self, kind: str, home: Home) -> tuple[Row, ...]:
        """All of the kind that stand right there, in the order in which they were made."""
        return tuple(self._rows("home_type = ? AND home = ? AND kind = ?", *home, kind))

    def every(self, kind: str) -> tuple[Row, ...]:
        """All of the kind."""
        return tuple(self._rows("kind = ?", kind))

    def count(self, kind: str) -> int:
        """How many there are of the kind."""
        number: int = self._store.execute("SELECT count(*) FROM marketo WHERE kind = ?", (kind,)).fetchone()[
            0
        ]
        return number

    def commit(self) -> None:
        """Keep everything that was changed."""
        self._store.commit()

    def rollback(self) -> None:
        """Forget everything that was changed since the last commit."""
        self._store.rollback()

    def _rows(self, where: str, *values: Any) -> Iterator[Row]:
        found = self._store.execute(f"SELECT {_COLUMNS} FROM marketo WHERE {where} ORDER BY id", values)  # noqa: S608 - ours
        for kind, id, name, home_type, home, data in found.fetchall():
            yield Row(kind, id, name, Home(home_type, home), json.loads(data))
