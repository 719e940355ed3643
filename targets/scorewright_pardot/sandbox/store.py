"""What an embedded business unit keeps, in SQLite: every version of every record, so that a read can lag behind."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

__all__ = ["Record", "Store"]

Record = dict[str, Any]

_TABLES = (
    "CREATE TABLE IF NOT EXISTS pardot_versions (seq INTEGER PRIMARY KEY, kind TEXT, id INTEGER, at REAL, body TEXT)",
    "CREATE INDEX IF NOT EXISTS pardot_by_record ON pardot_versions (kind, id, seq)",
    "CREATE TABLE IF NOT EXISTS pardot_by_hand (kind TEXT, name TEXT, body TEXT, PRIMARY KEY (kind, name))",
    "CREATE TABLE IF NOT EXISTS pardot_tokens (token TEXT PRIMARY KEY, until REAL NOT NULL)",
    "CREATE TABLE IF NOT EXISTS pardot_pages (token TEXT PRIMARY KEY, until REAL NOT NULL, body TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS pardot_days (day TEXT PRIMARY KEY, calls INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS pardot_files (id INTEGER PRIMARY KEY, body BLOB NOT NULL)",
)
_LATEST = (
    "SELECT body FROM pardot_versions AS v WHERE kind = ? AND seq = (SELECT MAX(seq) FROM pardot_versions "
    "WHERE kind = v.kind AND id = v.id AND at <= ?)"
)
_EVER = float("inf")


class Store(NamedTuple):
    """The tables of one unit.  Instants are seconds since 1970; nothing is committed here."""

    db: sqlite3.Connection

    def open(self) -> Store:
        """Make the tables where there are none."""
        for table in _TABLES:
            self.db.execute(table)
        self.db.commit()
        return self

    def all(self, kind: str, at: float = _EVER) -> Iterator[Record]:
        """Every record of a kind as of an instant, by id; what lies in the recycle bin too."""
        for (body,) in self.db.execute(f"{_LATEST} ORDER BY id", (kind, at)).fetchall():
            if body is not None:
                yield json.loads(body)

    def one(self, kind: str, id: int, at: float = _EVER) -> Record | None:
        """A record as of an instant."""
        row = self.db.execute(f"{_LATEST} AND id = ?", (kind, at, id)).fetchone()
        return None if row is None or row[0] is None else json.loads(row[0])

    def put(self, kind: str, record: Record, at: float) -> Record:
        """Keep a version of a record; one without an id gets the next of its kind: ids of two kinds collide."""
        if "id" not in record:
            (last,) = self.db.execute(
                "SELECT COALESCE(MAX(id), 0) FROM pardot_versions WHERE kind = ?", (kind,)
            ).fetchone()
            record = {"id": last + 1, **record}
        self._keep(kind, record["id"], at, json.dumps(record))
        return record

    def drop(self, kind: str, id: int, at: float) -> None:
        """A record is gone for good."""
        self._keep(kind, id, at, None)

    def _keep(self, kind: str, id: int, at: float, body: str | None) -> None:
        self.db.execute(
            "INSERT INTO pardot_versions (kind, id, at, body) VALUES (?, ?, ?, ?)", (kind, id, at, body)
        )

    # --- what only people make: no API reads it -----------------------------------------------------------------------

    def by_hand(self) -> Iterator[tuple[str, str, Record]]:
        """Kind, name and content of all that the user interface alone can make."""
        for kind, name, body in self.db.execute(
            "SELECT * FROM pardot_by_hand ORDER BY kind, name"
        ).fetchall():
            yield kind, name, json.loads(body)

    def build(self, kind: str, name: str, content: Record) -> None:
        """Make it, or make it anew."""
        self.db.execute(
            "INSERT OR REPLACE INTO pardot_by_hand VALUES (?, ?, ?)", (kind, name, json.dumps(content))
        )

    def unbuild(self, kind: str, name: str) -> None:
        """Take it away."""
        self.db.execute("DELETE FROM pardot_by_hand WHERE kind = ? AND name = ?", (kind, name))

    # --- tokens, pages, quotas, files ---------------------------------------------------------------------------------

    def let_in(self, token: str, until: float) -> None:
        """An access token that is good until then.  It is kept as its digest: a state file may be shown around."""
        self.db.execute("INSERT OR REPLACE INTO pardot_tokens VALUES (?, ?)", (_digest(token), until))

    def knows(self, token: str, now: float) -> bool:
        """Whether an access token is good now."""
        if not token.isascii():
            return False
        row = self.db.execute("SELECT until FROM pardot_tokens WHERE token = ?", (_digest(token),)).fetchone()
        return row is not None and now < row[0]

    def turn(self, token: str, until: float, body: Record) -> None:
        """A page token, and where it goes on."""
        self.db.execute(
            "INSERT OR REPLACE INTO pardot_pages VALUES (?, ?, ?)", (token, until, json.dumps(body))
        )

    def page(self, token: str) -> tuple[float, Record] | None:
        """Until when a page token is good, and where it goes on."""
        if not token.isascii():
            return None
        row = self.db.execute("SELECT until, body FROM pardot_pages WHERE token = ?", (token,)).fetchone()
        return None if row is None else (row[0], json.loads(row[1]))

    def calls(self, day: str) -> int:
        """Calls made on a day."""
        row = self.db.execute("SELECT calls FROM pardot_days WHERE day = ?", (day,)).fetchone()
        return 0 if row is None else int(row[0])

    def tally(self, day: str) -> None:
        """One more call on a day."""
        self.db.execute(
            "INSERT INTO pardot_days VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET calls = calls + 1", (day,)
        )

    def file(self, id: int) -> bytes | None:
        """The structure file of a program."""
        row = self.db.execute("SELECT body FROM pardot_files WHERE id = ?", (id,)).fetchone()
        return None if row is None else bytes(row[0])

    def keep_file(self, id: int, body: bytes) -> None:
        """Keep the structure file of a program."""
        self.db.execute("INSERT OR REPLACE INTO pardot_files VALUES (?, ?)", (id, body))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
