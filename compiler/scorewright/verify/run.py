"""Proves one bundle: plays lives on both machines, on as many processors as there are, and says what was found."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Descends
from scorewright.verify.asked import EmulatorFaultError
from scorewright.verify.cover import goals
from scorewright.verify.play import Stage
from scorewright.verify.shrink import shrink
from scorewright.verify.tally import Tally, add
from scorewright.verify.work import Job, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.plugin.emulation import Descent
    from scorewright.plugin.target import Target
    from scorewright.verify.bundle import BoundOf
    from scorewright.verify.cover import Goal
    from scorewright.verify.lives import Life
    from scorewright.verify.play import Outcome
    from scorewright.verify.tally import Failure, Sway
    from scorewright.verify.work import Task

__all__ = ["MOST_SHOWN", "Shown", "Verdict", "processors", "verify"]

MOST_SHOWN = 3
"""How many failures are made small and shown side by side; the others are named."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A failure as it was found, and the shortest life that still shows it."""

    failure: Failure
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a proof of one bundle found."""

    task: Task
    tally: Tally
    shown: tuple[Shown, ...]
    missed: tuple[Goal, ...]
    """What no life has reached."""
    blind: tuple[str, ...]
    """The gauges that were never quiet long enough to be compared."""
    slack: tuple[BoundOf, ...]
    """The bounds that no life has used."""
    unnamed: tuple[Sway, ...]
    """Facts that change the result although no note names them."""
    descents: tuple[Descent, ...] = ()
    """How every value comes down where setting a score takes several objects: walked through, not tried."""

    @property
    def holds(self) -> bool:
        """Whether the bundle does what the spec means, as far as was tried, and rests on nothing that it hides."""
        walked = not any(descent.fault for descent in self.descents)
        return walked and not self.tally.failures and not self.unnamed


def processors() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def verify(task: Task, target: Target, *, jobs: int | None = None, most_shown: int = MOST_SHOWN) -> Verdict:
    """Prove one bundle.

    ``target`` is the plugin that made it.  ``jobs`` is the number of processes (default: one a processor); with one,
    everything runs in this process.  The verdict is the same for any number of them.  Raises
    ``UnreadableBundleError`` for files that no compile wrote.
    """
    stage = Stage(task.model, target, task.bundle)
    emulator = stage.emulator(task.facts)
    workers = 1 if task.only else jobs or processors()
    tally = _together(task, target, workers) if workers > 1 else Work(task, target).do(Job(0, 1))
    shown = tuple(_smallest(stage, task, failure) for failure in _most_telling(tally.failures, most_shown))
    return Verdict(
        task,
        tally,
        shown,
        tuple(goal for key, goal in goals(task.model).items() if key not in tally.reached),
        tuple(gauge.name for gauge in task.bundle.gauges if gauge.name not in tally.seen),
        tuple(_slack(task, tally)),
        tuple(sway for sway in tally.sways if sway.fact not in task.bundle.facts),
        emulator.descents() if isinstance(emulator, Descends) else (),
    )


def _most_telling(failures: Sequence[Failure], most: int) -> Iterable[Failure]:
    """The failures seen in the earliest lives, one a life: lives at the edges come first, and are the easiest to read."""
    by_life: dict[int, Failure] = {}
    for failure in sorted(failures, key=lambda item: (item.number, item.difference.at)):
        by_life.setdefault(failure.number, failure)
    return [*by_life.values()][:most]


def _smallest(stage: Stage, task: Task, failure: Failure) -> Shown:
    def play(life: Life) -> Outcome:
        return stage.play(life, failure.schedule, task.facts)

    return Shown(failure, shrink(play(failure.life), failure.difference.gauge, play))


def _slack(task: Task, tally: Tally) -> Iterator[BoundOf]:
    """Bounds that no life came near: a number that nothing reaches promises less than is so."""
    for place, item in enumerate(task.bundle.bounds):
        low, high = tally.used.get(place, (0, 0))
        if low == high == 0 and item.note != "left-out":
            yield item


# --- several processes ----------------------------------------------------------------------------------------------

_WORK: list[Work] = []
"""What a worker process works on; filled once, when it starts."""


def _together(task: Task, target: Target, workers: int) -> Tally:
    """Share the work among processes; a target that cannot be loaded by name there is proven in this one."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    packed = _pack(task, target)
    if packed is None:
        return Work(task, target).do(Job(0, 1))
    parts = workers * 4
    try:
        with ProcessPoolExecutor(workers, get_context("spawn"), _begin, (packed,)) as pool:
            tallies = pool.map(_part, [Job(number, parts) for number in range(parts)])
            return reduce(add, tallies, Tally())
    except BrokenProcessPool:
        words = "ended its process, or the system did for want of memory: --jobs 1 needs the least"
        raise EmulatorFaultError(words) from None


def _pack(task: Task, target: Target) -> bytes | None:
    from scorewright.plugin.registry import UnknownTargetError, load

    try:
        if load(task.target) is not target:
            return None
        return pickle.dumps(task)
    except (UnknownTargetError, pickle.PicklingError, TypeError, AttributeError):
        return None


def _begin(packed: bytes) -> None:
    from scorewright.plugin.registry import load

    task: Task = pickle.loads(packed)  # noqa: S301 - our own bytes, from the parent process
    _WORK.append(Work(task, load(task.target)))


def _part(job: Job) -> Tally:
    return _WORK[0].do(job)
