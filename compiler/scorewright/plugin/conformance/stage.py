"""A target's embedded sandbox in this process, and whoever pushes to it: a clock that waits by itself, calls that are cut off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from scorewright.compiling.values import Compiled
    from scorewright.plugin.reach import Api
    from scorewright.plugin.wire import Call, Reply
    from scorewright.push.apply import Applied
    from scorewright.push.guards import Allowed
    from scorewright.push.session import Opened
    from scorewright.push.values import Plan
    from scorewright.push.wire import Http, Pace
    from scorewright.sandbox.faults import Faults

__all__ = ["ADDRESS", "NAME", "KilledError", "Stage"]

NAME = "box"
"""What the instance is called."""
ADDRESS = "http://127.0.0.1:8321"
"""Where it is said to answer; no socket is opened."""
_TODAY = "2026-05-01"
_CALL_SECONDS = 0.05


class KilledError(BaseException):
    """The process is gone: nothing catches this."""


@dataclass
class Stage:
    """One sandbox, and the folder with the lock file and the journal of whoever pushes to it.

    ``target`` is one that has both ``api`` and ``sandbox``; ``settings`` are the sandbox's, ``account`` what the
    instance's table says beside what the sandbox asks for; ``now`` is in seconds since 1970.
    """

    target: Any
    folder: Path
    given: Compiled | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    account: Mapping[str, Any] = field(default_factory=dict)
    now: float = 1_777_600_000.0
    killing: tuple[int, str] = (0, "")
    garbling: int = 0

    def __post_init__(self) -> None:
        from scorewright.project.values import Instance
        from scorewright.sandbox.store import open_store

        self.store = open_store(None, self.target.name)
        self.sandbox = self.target.sandbox(self.store, lambda: self.now, self.settings)
        settings = {**self.sandbox.account, "address": ADDRESS, **self.account}
        self.instance = Instance(NAME, self.target.name, "sandbox", {}, settings)
        self.sent: list[tuple[Call, Mapping[str, str]]] = []
        self.begin()

    def begin(
        self, *, killing: tuple[int, str] = (0, ""), garbling: int = 0, faults: Faults | None = None
    ) -> None:
        """A server as after a start: calls count from one, and these faults are ordered.

        ``killing`` is the number of the call at which the process dies, and ``before`` or ``after`` it was done;
        ``garbling`` that of the call whose answer arrives without its content.
        """
        from scorewright.sandbox.service import Service

        self.killing, self.garbling, self._answers = killing, garbling, 0
        self.service = Service(
            self.target.name, self.sandbox, self.store, lambda: self.now, faults=faults, watch=self._watch
        )

    def _watch(self, number: int, when: str) -> None:
        self.now += _CALL_SECONDS
        if (number, when) == self.killing:
            raise KilledError

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    def compiled(self) -> Compiled:
        """What is to be pushed."""
        assert self.given is not None
        return self.given

    def open(self, *, writes: bool) -> AbstractContextManager[Opened]:
        """A conversation, as the commands open one."""
        from scorewright.project.values import Project
        from scorewright.push.secrets import variable
        from scorewright.push.session import World, opened

        secrets = {variable(NAME, name): value for name, value in self.sandbox.secrets.items()}
        environ = {**secrets, "XDG_STATE_HOME": str(self.folder / "state")}
        self.folder.mkdir(parents=True, exist_ok=True)
        return opened(
            self.compiled(),
            Project(self.folder, instances={NAME: self.instance}),
            self.instance,
            folder=self.folder,
            production=False,
            writes=writes,
            today=_TODAY,
            world=World(lambda: self.now, self.sleep, self._wire, environ),
        )

    def _wire(self, api: Api, pace: Pace) -> Http:
        """Without a socket; a line that breaks looks as it does with one."""
        import httpx

        from scorewright.push.wire import Http
        from scorewright.sandbox.service import DroppedError
        from scorewright.sandbox.wsgi import application

        class InProcess(httpx.WSGITransport):
            def handle_request(self, request: httpx.Request) -> httpx.Response:
                try:
                    return super().handle_request(request)
                except DroppedError as error:
                    text = "Server disconnected without sending a response."
                    raise httpx.RemoteProtocolError(text) from error

        stage = self

        class Noting(Http):
            def send(self, call: Call, headers: Mapping[str, str], address: str) -> Reply:
                return stage.noted(call, headers, super().send(call, headers, address))

        return Noting(pace, local=True, patience=api.patience, transport=InProcess(application(self.service)))

    def noted(self, call: Call, headers: Mapping[str, str], reply: Reply) -> Reply:
        """Keep what was sent, and give the answer as it arrives."""
        self.sent.append((call, headers))
        self._answers += 1
        garbled = self._answers == self.garbling and reply.data is not None
        return reply._replace(data=emptied(reply.data)) if garbled else reply

    def plan(self, *, deep: bool = True) -> Plan:
        """What a push would do."""
        from scorewright.push.run import plan_of

        with self.open(writes=False) as session:
            return plan_of(session, deep=deep)

    def allowed(self, session: Opened) -> Allowed:
        """Whoever says yes to all."""
        from scorewright.push.guards import Allowed
        from scorewright.push.plan import GRAVES

        return Allowed(10_000, frozenset({**GRAVES, **session.api.graves}))

    def push(self, **more: Any) -> tuple[Plan, Applied | None]:
        """Push, and agree to all."""
        from scorewright.push.run import push

        with self.open(writes=True) as session:
            return push(session, self.allowed(session), lambda _: True, **more)

    def retire(self, **more: Any) -> tuple[Plan, Applied | None]:
        """Take away, and agree to all."""
        from scorewright.push.run import retire

        with self.open(writes=True) as session:
            return retire(session, self.allowed(session), lambda _: True, **more)

    def build(self) -> None:
        """Do by hand what the sheet asks."""
        from scorewright.compiling.lock import tables_of

        self.service.build(tables_of(self.compiled().files[self.target.name]))

    def calls(self) -> tuple[int, int]:
        """How many calls were answered so far, and how many of these write."""
        from scorewright.sandbox.store import Calls

        rows = Calls(self.store).counted()
        return sum(each.times for each in rows), sum(each.times for each in rows if each.writes)

    def state(self) -> list[tuple[str, list[tuple[str, ...]]]]:
        """All that stands there, as the page shows it; ids, order and how many calls it took are no part of it."""
        shown = (one for one in self.sandbox.shown() if "calls" not in one.title.lower())
        return [(one.title, sorted(_without_ids(one.columns, one.rows))) for one in shown]


def emptied(data: Any) -> Any:
    """An answer whose innermost tables have nothing in them."""
    if isinstance(data, list):
        return [emptied(each) for each in data]
    if not isinstance(data, dict):
        return data
    inner = {key: emptied(value) for key, value in data.items() if isinstance(value, (dict, list))}
    return {**data, **inner} if inner else {}


def _without_ids(columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    kept = [place for place, column in enumerate(columns) if column.lower() not in {"id", "folderid"}]
    return [tuple(row[place] for place in kept) for row in rows]
