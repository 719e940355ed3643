"""What was sent, written down before and after, so that a push that was cut off can be read and taken up again.

One line of JSON an entry, in ``.scorewright/<instance>.journal`` beside the spec.  A line without its answer is a call of
which nobody knows; a last line that was cut off in the middle is one that was never sent.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scorewright.plugin.reach import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import TextIO

    from scorewright.plugin.wire import Call

__all__ = ["FOLDER", "Entry", "Journal", "JournalError", "read_journal"]

FOLDER = ".scorewright"
"""Beside the spec; not for git: what the team has to share stands in the lock file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A call that writes, as the journal has it: when, for which account and object, and what came of it.

    ``outcome`` is one of ``scorewright.plugin.wire.OUTCOMES``, or empty where no answer was written down.
    """

    at: float
    identity: str
    deed: str
    key: Key
    makes: bool
    outcome: str = ""


class JournalError(Exception):
    """The file cannot be read or written; the message says which and why."""


def _unkept(path: Path, error: OSError) -> JournalError:
    return JournalError(f"the journal {path}: {(error.strerror or type(error).__name__).lower()}")


class Journal:
    """Appends to the file, and syncs each line that stands for a write before the call goes out."""

    def __init__(self, path: Path, identity: str, clock: Callable[[], float]) -> None:
        self._path, self._identity, self._clock = path, identity, clock
        self._file: TextIO | None = None
        self._count = 0
        self._doing: tuple[str, Key] = ("look", Key("", ""))

    def about(self, deed: str, key: Key) -> None:
        """What the calls from now on are for."""
        self._doing = (deed, key)

    def before(self, call: Call) -> int:
        """A call is about to go out; gives its number.  Raises ``JournalError``."""
        self._count += 1
        deed, key = self._doing
        self._append(
            {
                "call": self._count,
                "at": self._clock(),
                "time": datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds"),
                "identity": self._identity,
                "deed": deed,
                "kind": key.kind,
                "name": key.name,
                "writes": call.writes,
                "makes": call.makes,
                "what": call.what,
                "sent": f"{call.method} {call.path}",
            },
            sync=call.writes,
        )
        return self._count

    def after(self, call: Call, number: int, outcome: str, code: str, words: str) -> None:
        """Its answer has come, or the end of waiting for it.  Raises ``JournalError``."""
        line = {"call": number, "outcome": outcome, "code": code, "words": words}
        self._append({name: value for name, value in line.items() if value != ""}, sync=call.writes)

    def _append(self, line: dict[str, Any], *, sync: bool) -> None:
        try:
            file = self._open()
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            if sync:
                os.fsync(file.fileno())
        except OSError as error:
            raise _unkept(self._path, error) from None

    def _open(self) -> TextIO:
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            ignore = self._path.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            self._file = self._path.open("a", encoding="utf-8")
            if self._path.stat().st_size and not self._path.read_bytes().endswith(b"\n"):
                self._file.write("\n")  # the last push was cut off within a line
        return self._file

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            with suppress(OSError):  # what a full disk did not take: whoever wrote it was told
                self._file.close()
            self._file = None


def read_journal(path: Path) -> tuple[Entry, ...]:
    """Every call that wrote, in order, with what came of it; what is no line of ours is passed over.

    Raises ``JournalError``.
    """
    if not path.exists():
        return ()
    entries: list[Entry] = []
    place: dict[int, int] = {}
    for line in _lines(path):
        if "deed" in line:
            place.pop(
                line["call"], None
            )  # each command counts from 1: the answer is to the latest of the number
            if line.get("writes"):
                place[line["call"]] = len(entries)
                entries.append(_entry(line))
        elif "outcome" in line and line.get("call") in place:
            index = place.pop(line["call"])
            entries[index] = _answered(entries[index], str(line["outcome"]))
    return tuple(entries)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        texts = path.read_text("utf-8", errors="replace").splitlines()
    except OSError as error:
        raise _unkept(path, error) from None
    for text in texts:
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict) and isinstance(line.get("call"), int):
            yield line


def _entry(line: dict[str, Any]) -> Entry:
    key = Key(str(line.get("kind", "")), str(line.get("name", "")))
    at = line.get("at", 0.0)
    return Entry(
        float(at) if isinstance(at, int | float) else 0.0,
        str(line.get("identity", "")),
        str(line["deed"]),
        key,
        bool(line.get("makes")),
    )


def _answered(entry: Entry, outcome: str) -> Entry:
    from dataclasses import replace

    return replace(entry, outcome=outcome)
