"""A shipped spec in a folder, pushed to its target's embedded sandbox without a socket."""

from __future__ import annotations

import shutil
from datetime import date

from scorewright.compiling.run import compile_spec
from scorewright.compiling.since import before
from scorewright.plugin.conformance.stage import NAME, KilledError
from scorewright.plugin.conformance.stage import Stage as Bare
from scorewright.plugin.registry import load
from scorewright.project import Project
from tests.conftest import ROOT

__all__ = ["SPECS", "TODAY", "KilledError", "Stage"]

TODAY = date(2026, 5, 1)
SPECS = sorted(path.parent.name for path in (ROOT / "specs").glob("*/model.toml"))


class Stage(Bare):
    """A target by its name; without ``given`` the spec of the folder is compiled each time, since its lock file."""

    def __init__(self, name, folder, *, lag=0.0, given=None):
        settings = {"lag": lag} if lag else {}
        super().__init__(load(name), folder, given, settings, {"lag": int(lag)} if lag else {})
        self.lag = lag

    def spec(self, name):
        """Put a shipped spec into the folder."""
        shutil.copytree(ROOT / "specs" / name, self.folder, dirs_exist_ok=True)

    def compiled(self):
        """The spec in the folder, since what the lock file says; or what was compiled before."""
        if self.given is not None:
            return self.given
        lock, name = self.folder / "scorewright.lock", self.target.name
        since = {}
        if lock.exists() and f"[instances.{NAME}" in lock.read_text():
            since = {one: each.since for one, each in before(lock, (name,), NAME, TODAY).items()}
        return compile_spec(
            self.folder,
            project=Project(self.folder, instances={NAME: self.instance}),
            targets=(name,),
            edition=None,
            instance=NAME,
            today=TODAY,
            since=since,
        )
