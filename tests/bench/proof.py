"""``python -m tests.bench.proof``: histories a second, on the reference machine and on each emulator, on one core and two."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scorewright.compiling import compile_spec
from scorewright.plugin.emulation import Schedule
from scorewright.plugin.registry import builtin_names
from scorewright.project import load_project
from scorewright.verify.bundle import read_bundle
from scorewright.verify.lives import random_life
from scorewright.verify.play import Stage
from scorewright.verify.run import processors, verify
from scorewright.verify.work import Task
from tests.bench.generate import write_spec

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

    from scorewright.verify.lives import Life

_SCHEDULES = ("prompt", "late")


class Rate(NamedTuple):
    """So many histories in so many seconds."""

    what: str
    histories: int
    seconds: float


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.proof", description=__doc__)
    parser.add_argument("--rules", type=int, default=100, help="rules of the model (100)")
    parser.add_argument("--lives", type=int, default=200, help="histories for each figure (200)")
    parser.add_argument(
        "--effort", type=int, default=10, help="the effort of the whole proof (10); 0: leave it out"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scorewright-bench-") as name:
        path = write_spec(Path(name) / "model", options.rules)
        tasks = _tasks(path, options.effort or 1)
        _say(f"a model of {options.rules} rules; histories a second")
        for cores in sorted({1, processors()}):
            for rate in _rates(tasks, options.lives, cores):
                _say(
                    f"  {rate.what:<20}{cores} core{'s' * (cores > 1)}{rate.histories / rate.seconds:>10.1f}"
                )
        for task in tasks.values() if options.effort else ():
            _whole(task)
    return 0


def _tasks(path: Path, effort: int) -> dict[str, Task]:
    project = load_project(path).project
    compiled = compile_spec(
        path,
        project=project,
        targets=builtin_names(),
        edition=None,
        instance="pardot-bench",
        today=date(2026, 1, 1),
    )
    if not compiled.files:
        raise SystemExit("\n".join(f"{item.code} {item.message}" for item in compiled.diagnostics))
    return {
        built.target.name: Task(
            built.model,
            built.target.name,
            read_bundle(compiled.files[built.target.name]),
            built.answers,
            built.probed,
            1,
            effort,
        )
        for built in compiled.built
    }


def _rates(tasks: dict[str, Task], lives: int, cores: int):
    task = next(iter(tasks.values()))
    yield _rate("reference machine", task, "", lives, cores)
    for name, each in tasks.items():
        yield _rate(name, each, name, lives, cores)


def _rate(what: str, task: Task, target: str, lives: int, cores: int) -> Rate:
    shares = [(first, cores) for first in range(cores)]
    context = get_context("spawn")
    with ProcessPoolExecutor(cores, context, _begin, (task, target, lives, context.Barrier(cores))) as pool:
        list(pool.map(_ready, range(cores)))
        started = time.perf_counter()
        list(pool.map(_play, shares))
        return Rate(what, lives, time.perf_counter() - started)


class Place(NamedTuple):
    """What a process plays on: made when it starts, and all lives told, so that only the playing is measured."""

    task: Task
    target: str
    stage: Stage
    lives: tuple[Life, ...]
    barrier: Barrier


_PLACE: list[Place] = []


def _begin(task: Task, target: str, lives: int, barrier: Barrier) -> None:
    from scorewright.plugin.registry import load

    stage = Stage(task.model, load(target or task.target), task.bundle)
    told = tuple(random_life(task.model, task.seed, number) for number in range(lives))
    _PLACE.append(Place(task, target, stage, told, barrier))
    _play((0, lives))


def _ready(_number: int) -> None:
    """Every process has begun: none can take the place of another here."""
    _PLACE[0].barrier.wait()


def _play(share: tuple[int, int]) -> None:
    """A share of the histories: on the reference machine alone, or looked at monthly on an emulator."""
    task, target, stage, lives, _ = _PLACE[0]
    first, step = share
    for number, life in islice(enumerate(lives), first, None, step):
        if target:
            looks = range(life.person.created + 30 * 86_400, life.until, 30 * 86_400)
            stage.emulator(task.facts).play(
                life.person, tuple(looks), Schedule(_SCHEDULES[number % 2], number)
            )
        else:
            stage.machine.run(life.person, life.until)


def _whole(task: Task) -> None:
    from scorewright.plugin.registry import load

    started = time.perf_counter()
    verdict = verify(task, load(task.target))
    seconds = time.perf_counter() - started
    tally = verdict.tally
    _say(
        f"  {task.target} at effort {task.effort} on {processors()} cores: {seconds:.1f} s, {tally.lives:,} lives, "
        f"{tally.plays:,} plays, {tally.compared:,} values compared, {'holds' if verdict.holds else 'DOES NOT HOLD'}"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
