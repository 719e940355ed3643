"""Runs a command in a process of its own and says how long it took and how much memory it held at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Cost", "cost", "parse_seconds"]

_KIB_IN_MAXRSS = 1024 if sys.platform != "darwin" else 1
"""``ru_maxrss`` counts KiB on Linux and bytes on macOS."""

_PARSE = """
import sys, time, tomllib
best = 9e9
for _ in range(int(sys.argv[2])):
    with open(sys.argv[1], "rb") as file:
        started = time.perf_counter()
        tomllib.load(file)
        best = min(best, time.perf_counter() - started)
print(best)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """The quickest of several runs in seconds, and the largest peak of memory in MiB."""

    seconds: float
    mib: float


def cost(words: Sequence[str], *, cwd: Path, caches: Path, times: int) -> Cost:
    """Run Python with these words so often; a first run, which fills the caches of bytecode, is not counted.

    Raises:
        RuntimeError: a run failed; with what it printed.
    """
    runs = [_run(words, cwd, caches) for _ in range(times + 1)][1:]
    return Cost(min(run.seconds for run in runs), max(run.mib for run in runs))


def _run(words: Sequence[str], cwd: Path, caches: Path) -> Cost:
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *words],
        cwd=cwd,
        env=_environment(caches),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert child.stdout is not None
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(
            f"{' '.join(words)} gave {child.returncode}:\n{said.decode('utf-8', 'replace')[-2000:]}"
        )
    return Cost(seconds, usage.ru_maxrss * _KIB_IN_MAXRSS / 2**20)


def parse_seconds(model: Path, *, caches: Path, times: int) -> float:
    """How long ``tomllib.load`` takes for the same text, the import and the start of Python not counted."""
    done = subprocess.run(
        [sys.executable, "-c", _PARSE, str(model), str(times)],
        env=_environment(caches),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _environment(caches: Path) -> dict[str, str]:
    """The caller's, with the checkout importable and bytecode kept as it is for people who installed the package."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SCOREWRIGHT"))
    }
    paths = os.pathsep.join(str(ROOT / name) for name in ("compiler", "targets"))
    return {**kept, "PYTHONPATH": paths, "PYTHONPYCACHEPREFIX": str(caches)}
