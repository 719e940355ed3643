"""Runs a command in a process of its own and says how long it took and how much memory it held at most."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Cost", "cost", "parse_seconds"]

_KIB = 1024 if sys.platform != "darwin" else 1
"""``ru_maxrss`` counts KiB on Linux and bytes on macOS."""

_PEAK = """
import os, resource, sys
words = sys.argv[1:]
code = 0
if words:
    from scorewright.cli import main
    code = main(words)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if os.path.exists("/proc/self/status"):  # on Linux the figure above is at least the parent's, this one is our own
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(peak, file=sys.stderr)
sys.exit(code)
"""

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
    """The quickest of several runs in seconds, the least time of the processor, and the peak of memory in MiB."""

    seconds: float
    processor: float
    mib: float


def cost(words: Sequence[str], *, cwd: Path, caches: Path, times: int) -> Cost:
    """Run ``scorewright`` with these words so often, or bare Python without words.

    A first run, which fills the caches of bytecode, is not counted for the time; it tells the memory.

    Raises:
        RuntimeError: a run failed; with what it printed.
    """
    peak = int(_run(("-c", _PEAK, *words), cwd, caches).said.splitlines()[-1])
    command = ("-m", "scorewright", *words) if words else ("-c", "pass")
    runs = [_run(command, cwd, caches) for _ in range(times)]
    return Cost(min(run.seconds for run in runs), min(run.processor for run in runs), peak * _KIB / 2**20)


class _Ran(NamedTuple):
    seconds: float
    processor: float
    said: str


def _run(words: Sequence[str], cwd: Path, caches: Path) -> _Ran:
    """Run Python once, with what it took and what it wrote to standard error."""
    started, used = time.perf_counter(), _processor()
    done = subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env=_environment(caches),
        capture_output=True,
        text=True,
        check=False,
    )
    ran = _Ran(time.perf_counter() - started, _processor() - used, done.stderr)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} gave {done.returncode}:\n{done.stdout}{done.stderr}"[-2000:])
    return ran


def _processor() -> float:
    """What all processes that have ended so far have used of the processor, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


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
