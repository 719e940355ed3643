"""An instance of a real target for a test: its embedded sandbox in this process, a clock that waits by itself, a spec in a folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import httpx

from scorewright.compiling.run import compile_spec
from scorewright.compiling.since import before
from scorewright.plugin.registry import load
from scorewright.project import Instance, Project
from scorewright.push.guards import Allowed
from scorewright.push.run import plan_of, push, retire
from scorewright.push.session import World, opened
from scorewright.push.wire import Http
from scorewright.sandbox import DroppedError, Service, application, open_store
from scorewright.sandbox.faults import Faults
from scorewright.sandbox.store import Calls
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from scorewright.compiling.values import Compiled

TODAY = date(2026, 5, 1)
ACCOUNTS = {
    "marketo": {"address": "http://127.0.0.1:8321"},
    "pardot": {"address": "http://127.0.0.1:8321", "business_unit": "0Uv000000000000001"},
}
GRAVES = {"marketo": ("permanent-field", "coupled-number"), "pardot": ("rescores-everyone", "coupled-number")}
SPECS = sorted(path.parent.name for path in (ROOT / "specs").glob("*/model.toml"))


class KilledError(BaseException):
    """The process is gone: nothing catches this."""


class _InProcess(httpx.WSGITransport):
    """Without a socket; a line that breaks looks as it does with one."""

    def handle_request(self, request):
        try:
            return super().handle_request(request)
        except DroppedError as error:
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.") from error


@dataclass
class Stage:
    """A sandbox, what it was asked, and a folder with the spec, the lock file and the journal of whoever pushes to it."""

    target: str
    folder: Path
    lag: float = 0.0
    now: float = 1_777_600_000.0
    killing: tuple[int, str] = (0, "")
    given: Compiled | None = None

    def __post_init__(self):
        plugin = load(self.target)
        self.store = open_store(None, self.target)
        self.instance = plugin.sandbox(self.store, lambda: self.now, {"lag": self.lag} if self.lag else {})
        account = {**ACCOUNTS[self.target], **({"lag": int(self.lag)} if self.lag else {})}
        self.account = Instance("box", self.target, "sandbox", {}, account)
        self.begin()

    def begin(self, *, killing=(0, ""), faults=None):
        """A server as after a start: calls count from one, and these faults are ordered."""
        self.killing = killing
        self.service = Service(
            self.target,
            self.instance,
            self.store,
            lambda: self.now,
            faults=faults or Faults(),
            watch=self._watch,
        )

    def _watch(self, number, when):
        self.now += 0.05
        if (number, when) == self.killing:
            raise KilledError

    def sleep(self, seconds):
        self.now += seconds

    def spec(self, name):
        """Put a shipped spec into the folder."""
        shutil.copytree(ROOT / "specs" / name, self.folder, dirs_exist_ok=True)

    def open(self, *, writes):
        """A conversation, as the commands open one."""
        one = self.compiled()
        world = World(lambda: self.now, self.sleep, self._wire)
        return opened(
            one,
            Project(self.folder, instances={"box": self.account}),
            self.account,
            folder=self.folder,
            production=False,
            writes=writes,
            today=TODAY.isoformat(),
            world=world,
        )

    def compiled(self):
        """The spec in the folder, since what the lock file says; or what was compiled before."""
        if self.given is not None:
            return self.given
        lock = self.folder / "scorewright.lock"
        since = {}
        if lock.exists() and "[instances.box" in lock.read_text():
            since = {name: one.since for name, one in before(lock, (self.target,), "box", TODAY).items()}
        return compile_spec(
            self.folder,
            project=Project(self.folder, instances={"box": self.account}),
            targets=(self.target,),
            edition=None,
            instance="box",
            today=TODAY,
            since=since,
        )

    def _wire(self, api, pace):
        return Http(pace, local=True, patience=5.0, transport=_InProcess(application(self.service)))

    def plan(self, *, deep=True):
        with self.open(writes=False) as session:
            return plan_of(session, deep=deep)

    def everything(self):
        """Whoever says yes to all."""
        return Allowed(10_000, frozenset(GRAVES[self.target]))

    def push(self, **more):
        with self.open(writes=True) as session:
            return push(session, self.everything(), lambda plan: True, **more)

    def retire(self, **more):
        with self.open(writes=True) as session:
            return retire(session, self.everything(), lambda plan: True, **more)

    def build(self):
        """Do by hand what the sheet asks."""
        from scorewright.compiling.lock import tables_of

        self.service.build(tables_of(self.compiled().files[self.target]))

    def calls(self):
        """How many calls were made so far, and how many of these write."""
        rows = Calls(self.store).counted()
        return sum(each.times for each in rows), sum(each.times for each in rows if each.writes)

    def state(self):
        """Everything that stands there, as the page shows it; ids, order and how many calls it took are no part of it."""
        shown = (one for one in self.instance.shown() if "calls" not in one.title.lower())
        return [(one.title, sorted(_without_ids(one))) for one in shown]


def _without_ids(shown):
    kept = [place for place, column in enumerate(shown.columns) if column.lower() not in {"id", "folderid"}]
    return [tuple(row[place] for place in kept) for row in shown.rows]
