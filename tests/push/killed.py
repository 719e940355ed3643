"""``python -m tests.push.killed``: one push for each call number, its process killed there with SIGKILL, and run again."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scorewright.plugin.registry import load
from scorewright.push.journal import FOLDER, read_journal
from scorewright.sandbox import Service, open_store, serving
from tests.conftest import ROOT

SETTINGS = {"pardot": {"lag": 0}, "marketo": {"rate": 100_000}}
ACCOUNT = {
    "pardot": 'business_unit = "0Uv000000000000001"\nlag = 0\n',
    "marketo": "calls = 10000\n",
}
SECRETS = (("CLIENT_ID", "local"), ("CLIENT_SECRET", "local-secret"))
GRAVES = {"marketo": "permanent-field", "pardot": "rescores-everyone"}


class Box:
    """A spec in a folder, and an embedded sandbox that answers over a socket."""

    def __init__(self, target: str, spec: str, folder: Path) -> None:
        self.target, self.folder, self.store = target, folder, open_store(None, target)
        shutil.copytree(ROOT / "specs" / spec, folder)
        self.instance = load(target).sandbox(self.store, time.time, SETTINGS[target])
        self.calls = 0
        self.kill: tuple[int, str] = (0, "")
        self.process: subprocess.Popen[bytes] | None = None
        self.service = Service(target, self.instance, self.store, time.time, watch=self._watch)

    def _watch(self, number: int, when: str) -> None:
        self.calls = max(self.calls, number)
        if (number, when) == self.kill and self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def push(self) -> int:
        """The command as it is typed, in a process of its own; its exit code."""
        confirm = ("--yes", "--confirm", GRAVES[self.target])
        words = [sys.executable, "-m", "scorewright", "push", ".", "--instance", "box", *confirm]
        with subprocess.Popen(
            words, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as self.process:
            return self.process.wait(120)

    def state(self) -> list[tuple[str, list[tuple[str, ...]]]]:
        """What stands there; ids, order and how many calls it took are no part of it."""
        return [
            (one.title, sorted(tuple(cell for cell in row if not cell.isdigit()) for row in one.rows))
            for one in self.instance.shown()
            if "calls" not in one.title.lower()
        ]


def run(target: str, spec: str, folder: Path, kill: tuple[int, str]) -> tuple[Box, int]:
    """Push, killed where it is said, and push again."""
    box = Box(target, spec, folder)
    with serving(box.service) as server:
        head = f'[instances.box]\ntarget = "{target}"\nkind = "sandbox"\n\n[instances.box.api]\n'
        toml = f'{head}address = "{server.address}"\n{ACCOUNT[target]}'
        (folder / "scorewright.toml").write_text(toml, encoding="utf-8")
        box.kill = kill
        code = box.push()
        if kill[0]:
            box.kill = (0, "")
            code = box.push()
    return box, code


def main() -> int:
    """Give 1 when one of them ended otherwise."""
    parser = argparse.ArgumentParser(prog="python -m tests.push.killed", description=__doc__)
    parser.add_argument("--target", default="marketo", choices=sorted(SETTINGS))
    parser.add_argument("--spec", default="first-n-only")
    options = parser.parse_args()
    os.environ |= {f"SCOREWRIGHT_BOX_{name}": text for name, text in SECRETS}
    wrong = tried = 0
    with tempfile.TemporaryDirectory(prefix="scorewright-killed-") as name:
        os.environ["XDG_STATE_HOME"] = name
        whole, code = run(options.target, options.spec, Path(name) / "whole", (0, ""))
        assert code == 0
        for number in range(1, whole.calls + 1):
            for when in ("before", "after"):
                box, code = run(options.target, options.spec, Path(name) / f"{number}-{when}", (number, when))
                tried += 1
                journal = read_journal(box.folder / FOLDER / "box.journal")
                if code or box.state() != whole.state() or not journal:
                    wrong += 1
                    sys.stdout.write(f"killed {when} call {number}: exit {code}, another state\n")
                box.store.close()
    sys.stdout.write(f"{options.target}: killed at {tried} places, {wrong} ended otherwise\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
