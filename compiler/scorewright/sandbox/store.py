"""The sandbox's store: one SQLite database, in memory or in a file, which belongs to one target and one server."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Called", "Calls", "Counted", "StoreError", "open_store"]

_ABOUT = "CREATE TABLE IF NOT EXISTS sandbox_about (target TEXT NOT NULL)"
_CALLS = (
    "CREATE TABLE IF NOT EXISTS sandbox_calls (number INTEGER PRIMARY KEY, method TEXT NOT NULL, "
    "path TEXT NOT NULL, at REAL NOT NULL, status INTEGER NOT NULL, fault TEXT NOT NULL, writes INTEGER NOT NULL)"
)


class StoreError(ValueError):
    """A state file that cannot be used; the message says why."""


def open_store(file: Path | None, target: str) -> sqlite3.Connection:
    """Open the state of ``target``, in memory without a ``file``.

    Who calls keeps it to one thread at a time.  Raises ``StoreError`` where the file is another's, in use, or no database.
    """
    try:
        store = sqlite3.connect(":memory:" if file is None else file, check_same_thread=False, timeout=0)
        try:
            _claim(store, target)
        except BaseException:
            store.close()
            raise
    except sqlite3.Error as error:
        locked = "it is in use by another sandbox" if "locked" in str(error) else str(error)
        raise StoreError(f"{file} cannot hold the state: {locked}") from None
    return store


def _claim(store: sqlite3.Connection, target: str) -> None:
    # A write ahead of the data keeps the file whole when the process is killed; the disk need not be waited for.
    store.execute("PRAGMA locking_mode=EXCLUSIVE")
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=OFF")
    known = {name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if known and "sandbox_about" not in known:
        raise StoreError("this is the database of another program: name a file of the sandbox's own")
    store.execute(_ABOUT)
    store.execute(_CALLS)
    owner = store.execute("SELECT target FROM sandbox_about").fetchone()
    if owner is None:
        store.execute("INSERT INTO sandbox_about VALUES (?)", (target,))
    elif owner[0] != target:
        raise StoreError(f"this is the state of a sandbox of {owner[0]}: name another file for {target}")
    store.commit()


class Called(NamedTuple):
    """A call that was made: no header, no query and no body of it is kept."""

    number: int
    method: str
    path: str
    at: float
    status: int
    """HTTP's; 0: the line broke."""
    fault: str
    """The fault that was ordered for it."""
    writes: bool


class Counted(NamedTuple):
    """How often one path was called with one method."""

    method: str
    path: str
    times: int
    writes: bool


class Calls:
    """The log of calls, in the same store as the state."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    def write(self, call: Called) -> None:
        """Keep one; ``number`` is given anew, since a state outlives its server."""
        self._store.execute(
            "INSERT INTO sandbox_calls (method, path, at, status, fault, writes) VALUES (?, ?, ?, ?, ?, ?)",
            (call.method, call.path, call.at, call.status, call.fault, int(call.writes)),
        )
        self._store.commit()

    def latest(self, most: int) -> Sequence[Called]:
        """The last calls, the newest first."""
        rows = self._store.execute("SELECT * FROM sandbox_calls ORDER BY number DESC LIMIT ?", (most,))
        return [Called._make((*row[:-1], bool(row[-1]))) for row in rows]

    def counted(self) -> Sequence[Counted]:
        """How often what was called, by path and method."""
        rows = self._store.execute(
            "SELECT method, path, count(*), max(writes) FROM sandbox_calls GROUP BY path, method ORDER BY path, method"
        )
        return [Counted(method, path, count, bool(writes)) for method, path, count, writes in rows]
