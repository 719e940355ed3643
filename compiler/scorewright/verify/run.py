"""Proves one bundle: plays lives on both machines, on as many processors as there are, and says what was found."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Descends
from scorewright.verify.cover import goals
from scorewright.verify.lives import highest
from scorewright.verify.play import Stage
from scorewright.verify.processes import together
from scorewright.verify.shrink import shrink
from scorewright.verify.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.model.elements import Model
    from scorewright.plugin.emulation import Descent, Emulator
    from scorewright.plugin.target import Target
    from scorewright.verify.bundle import BoundOf
    from scorewright.verify.cover import Goal
    from scorewright.verify.lives import Life
    from scorewright.verify.play import Outcome
    from scorewright.verify.tally import Failure, Sway, Tally
    from scorewright.verify.work import Task

__all__ = ["MOST_SHOWN", "Shown", "Verdict", "most_telling", "processors", "slack", "verify", "workers"]

_MOST_A_PROCESSOR = 4
"""More processes than this would only take turns, and memory."""

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
    hollow: tuple[str, ...]
    """The gauges that are meant to stay as they are in every life: of what moves them nothing was compared."""
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


def workers(jobs: int | None) -> int:
    """How many processes share a proof, of those that were asked for (``None``: one a processor)."""
    return min(jobs or processors(), _MOST_A_PROCESSOR * processors())


def verify(task: Task, target: Target, *, jobs: int | None = None, most_shown: int = MOST_SHOWN) -> Verdict:
    """Prove one bundle.

    ``target`` is the plugin that made it.  ``jobs`` is the number of processes (default: one a processor); with one,
    everything runs in this process.  The verdict is the same for any number of them.  Raises
    ``UnreadableBundleError`` for files that no compile wrote.
    """
    stage = Stage(task.model, target, task.bundle)
    emulator = stage.emulator(task.facts)
    tally = together(task, target, 1 if task.only else workers(jobs), Work)
    shown = tuple(_smallest(stage, task, failure) for failure in most_telling(tally.failures, most_shown))
    return Verdict(
        task,
        tally,
        shown,
        tuple(goal for key, goal in goals(task.model).items() if key not in tally.reached),
        tuple(gauge.name for gauge in task.bundle.gauges if gauge.name not in tally.seen),
        tuple(gauge.name for gauge in task.bundle.gauges if gauge.name not in tally.moved),
        tuple(slack(task.bundle.bounds, tally)),
        tuple(sway for sway in tally.sways if sway.fact not in task.bundle.facts),
        tuple(_judged(descent, task.bundle.bounds) for descent in _descents(emulator, task.model)),
    )


def _descents(emulator: Emulator, model: Model) -> tuple[Descent, ...]:
    most = {key: highest(model, score) for key, score in model.scores.items()}
    return emulator.descents(most) if isinstance(emulator, Descends) else ()


def _judged(descent: Descent, bounds: Iterable[BoundOf]) -> Descent:
    """A rest above the value is a fault, unless a bound allows it always."""
    mine = (item.bound for item in bounds if item.bound.gauge == descent.gauge and item.bound.when == "any")
    allowed = max((descent.rest if bound.most is None else bound.most for bound in mine), default=0)
    if descent.fault or descent.rest <= allowed:
        return descent
    stays = descent.to + descent.rest
    return descent._replace(fault=f"from {descent.start}, it rests at {stays}, and not at {descent.to}")


def most_telling(failures: Sequence[Failure], most: int) -> Iterable[Failure]:
    """The failures seen in the earliest lives, one a life: lives at the edges come first, and are the easiest to read."""
    by_life: dict[int, Failure] = {}
    for failure in sorted(failures, key=lambda item: (item.number, item.difference.at)):
        by_life.setdefault(failure.number, failure)
    return [*by_life.values()][:most]


def _smallest(stage: Stage, task: Task, failure: Failure) -> Shown:
    def play(life: Life) -> Outcome:
        return stage.play(life, failure.schedule, task.facts)

    return Shown(failure, shrink(play(failure.life), failure.difference.gauge, play))


def slack(bounds: Iterable[BoundOf], tally: Tally) -> Iterator[BoundOf]:
    """Bounds that no life came near: a number that nothing reaches promises less than is so."""
    for place, item in enumerate(bounds):
        low, high = tally.used.get(place, (0, 0))
        if low == high == 0 and item.note != "left-out":
            yield item
