"""Answers requests: the platform's go to the target's sandbox, with faults and a log; ``/`` and ``/sandbox/`` are ours."""

from __future__ import annotations

import json
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from scorewright.plugin.sandboxes import Answer
from scorewright.sandbox.faults import Faults
from scorewright.sandbox.origin import refusal
from scorewright.sandbox.page import page
from scorewright.sandbox.store import Called, Calls

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.sandboxes import Asked, Sandbox
    from scorewright.sandbox.faults import Fate

__all__ = ["DroppedError", "Service", "Watch"]

MOST_SHOWN = 200
"""Calls on the page; the log keeps them all."""

Watch: TypeAlias = "Callable[[int, str], None]"
"""Told of every call of the platform's: its number since the start, and ``before`` or ``after`` it was done."""


class DroppedError(ConnectionError):
    """The line breaks here: whoever serves closes it without an answer."""


class Service:
    """One sandbox as something that answers requests, from any number of threads, one at a time."""

    def __init__(
        self,
        title: str,
        sandbox: Sandbox,
        store: sqlite3.Connection,
        clock: Callable[[], float],
        *,
        faults: Faults | None = None,
        built: Callable[[], Tables] | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._title = title
        self._sandbox = sandbox
        self._calls = Calls(store)
        self._clock = clock
        self._faults = faults or Faults()
        self._built = built
        self._watch = watch or _unwatched
        self._lock = Lock()
        self._number = 0
        self._running: list[str] = []

    def respond(self, asked: Asked) -> Answer:
        """Answer; raises ``DroppedError`` where the line is to break."""
        refused = refusal(asked)
        if refused:
            return _plain(403, refused)
        if asked.path == "/" or asked.path.startswith("/sandbox/"):
            with self._lock:
                return self._own(asked)
        return self._platform(asked)

    def build(self, tables: Tables) -> None:
        """Do by hand what the sheet asks, on what is there."""
        with self._lock:
            self._sandbox.build(tables)

    def _platform(self, asked: Asked) -> Answer:
        name = f"{asked.method} {asked.path}"
        beside = tuple(self._running)
        self._running.append(name)
        try:
            with self._lock:
                self._number += 1
                return self._numbered(self._number, asked._replace(beside=beside))
        finally:
            self._running.remove(name)

    def _numbered(self, number: int, asked: Asked) -> Answer:
        fate = self._faults.fate(number)
        self._watch(number, "before")
        answer = None if fate.before else self._done(asked, fate)
        status = 0 if answer is None or fate.after else answer.status
        fault = fate.code or ("lost" if not status else "")
        writes = self._sandbox.writes(asked)
        self._calls.write(Called(0, asked.method, asked.path, self._clock(), status, fault, writes))
        self._watch(number, "after")
        if answer is None or fate.after:
            raise DroppedError
        return answer

    def _done(self, asked: Asked, fate: Fate) -> Answer:
        return self._sandbox.failing(fate.code, asked) if fate.code else self._sandbox.answer(asked)

    def _own(self, asked: Asked) -> Answer:
        match asked.method, asked.path:
            case "GET", "/":
                shown, calls = self._sandbox.shown(), self._calls.latest(MOST_SHOWN)
                return page(self._title, shown, calls, buildable=self._built is not None)
            case "GET", "/sandbox/calls.json":
                return self._counted()
            case "POST", "/sandbox/build":
                return self._build(asked)
        return _plain(404, "the sandbox has / and /sandbox/calls.json, and POST /sandbox/build")

    def _counted(self) -> Answer:
        counted = self._calls.counted()
        body = {
            "version": 1,
            "total": sum(each.times for each in counted),
            "writing": sum(each.times for each in counted if each.writes),
            "calls": [each._asdict() for each in counted],
        }
        return Answer(200, json.dumps(body).encode())

    def _build(self, asked: Asked) -> Answer:
        if asked.body.lstrip()[:1] == b"{":
            try:
                tables = json.loads(asked.body)["tables"]
            except (ValueError, KeyError, RecursionError):
                return _plain(
                    400, 'send {"tables": {"tokens": [...], ...}}, as the files of a bundle hold them'
                )
        elif self._built is not None:
            tables = self._built()
        else:
            return _plain(400, "start the sandbox with --built DIR, or send the tables of a bundle")
        try:
            self._sandbox.build(tables)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return _plain(400, f"these are not the tables of a bundle: {type(error).__name__}")
        return Answer(303, b"", (("Location", "/"),))


def _plain(status: int, text: str) -> Answer:
    return Answer(status, f"{text}\n".encode(), (("Content-Type", "text/plain; charset=utf-8"),))


def _unwatched(_number: int, _when: str) -> None:
    return
