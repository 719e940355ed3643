"""The plays that a proof consists of, cut into parts that processes of their own can do."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.emulation import SCHEDULES, Schedule
from scorewright.verify.cover import reached
from scorewright.verify.lives import lives
from scorewright.verify.play import Stage
from scorewright.verify.starts import starting_lives
from scorewright.verify.tally import Failure, Sway, Tally, add
from scorewright.verify.worlds import worlds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.model.elements import Model
    from scorewright.plugin.target import Target
    from scorewright.verify.bundle import ReadBundle
    from scorewright.verify.compare import Difference
    from scorewright.verify.lives import Life
    from scorewright.verify.play import Outcome

__all__ = ["Job", "Task", "all_lives", "do", "first_failure", "schedules"]


class Task(NamedTuple):
    """What is to be proven, and how hard to try.

    ``facts`` maps every fact to the value that the bundle was made for; ``answered`` are those that an instance has
    settled; ``effort`` is 1 to 10.
    """

    model: Model
    target: str
    bundle: ReadBundle
    facts: Mapping[str, bool | int | str]
    answered: frozenset[str]
    seed: int
    effort: int
    only: str = ""
    """The name of the one life to play; empty: all."""


class Job(NamedTuple):
    """One part of the work: every ``step``-th life from ``first`` on."""

    first: int
    step: int


def all_lives(task: Task) -> Iterator[tuple[int, Life]]:
    """Every life of a task with its number, the same ones each time."""
    numbered = enumerate(_every(task))
    return ((number, life) for number, life in numbered if not task.only or life.name == task.only)


def _every(task: Task) -> Iterator[Life]:
    yield from lives(task.model, task.seed, task.effort)
    yield from starting_lives(task.model, task.effort)


def schedules(task: Task, number: int) -> tuple[Schedule, ...]:
    """How a life is played: at once and late always; the others in turn at small effort, all of them at greater."""
    others = tuple(name for name in SCHEDULES if name not in {"prompt", "late"})
    more = 1 if task.effort < 4 else 2 if task.effort < 8 else len(others)
    turned = (*others[number % len(others) :], *others[: number % len(others)])
    if task.only:
        more = len(others)
    return tuple(Schedule(name, task.seed + number) for name in ("prompt", "late", *turned[:more]))


def do(task: Task, target: Target, job: Job) -> Tally:
    """Do one part of the work."""
    stage = Stage(task.model, target, task.bundle)
    tally = Tally()
    for number, life in islice(all_lives(task), job.first, None, job.step):
        tally = add(tally, _one(stage, task, number, life))
    return add(tally, Tally(sways=tuple(_sways(stage, task, job))))


def first_failure(task: Task, target: Target) -> Failure | None:
    """The first life that differs, if any does; the rest is not played."""
    stage = Stage(task.model, target, task.bundle)
    for number, life in all_lives(task):
        wanted = stage.meant(life)
        for schedule in schedules(task, number):
            failure = next(_failures(number, stage.play(life, schedule, task.facts, wanted)), None)
            if failure is not None:
                return failure
    return None


def _one(stage: Stage, task: Task, number: int, life: Life) -> Tally:
    wanted = stage.meant(life)
    outcomes = [stage.play(life, schedule, task.facts, wanted) for schedule in schedules(task, number)]
    seen = {
        gauge.name
        for gauge in stage.bundle.gauges
        if any(look.quiet >= gauge.settles * 3600 for look in wanted.looks)
    }
    tally = Tally(lives=1, plays=len(outcomes), reached=reached(task.model, wanted), seen=frozenset(seen))
    for outcome in outcomes:
        judged = outcome.judged
        failures = tuple(_failures(number, outcome))
        tally = add(tally, Tally(compared=judged.compared, used=judged.used, failures=failures))
    return tally


def _failures(number: int, outcome: Outcome) -> Iterator[Failure]:
    for difference in outcome.judged.differences:
        yield Failure(number, outcome.life, outcome.schedule, difference)


# --- other worlds -----------------------------------------------------------------------------------------------------

_LIVES_A_WORLD = 24
"""How many lives, per step of effort, look for one that a fact changes."""


def _sways(stage: Stage, task: Task, job: Job) -> Iterator[Sway]:
    """The facts that change what some life shows; each job takes its share of the facts."""
    modelled = stage.emulator(task.facts).modelled - task.answered
    others = islice(worlds(stage.target.facts(), task.facts, modelled), job.first, None, job.step)
    for world in others:
        failure = next(_failing(stage, task, world.facts), None)
        if failure is not None:
            yield Sway(world.fact, world.value, failure)


def _failing(stage: Stage, task: Task, facts: Mapping[str, bool | int | str]) -> Iterator[Failure]:
    """Lives that differ where these facts hold, and do not where those of the task do."""
    for number, life in _spread(task):
        wanted = stage.meant(life)
        for schedule in schedules(task, number)[:2]:
            outcome = stage.play(life, schedule, facts, wanted)
            if outcome.judged.differences:
                known = {
                    item.gauge for item in stage.play(life, schedule, task.facts, wanted).judged.differences
                }
                fresh = [item for item in outcome.judged.differences if item.gauge not in known]
                if fresh:
                    yield Failure(number, life, schedule, _first(fresh))


def _first(differences: Iterable[Difference]) -> Difference:
    return min(differences, key=lambda item: item.at)


def _spread(task: Task) -> Iterator[tuple[int, Life]]:
    """Some lives from all over the list, so that each element has its turn."""
    every = [*all_lives(task)]
    wanted = _LIVES_A_WORLD * task.effort
    stride = max(1, len(every) // wanted)
    return iter(every[::stride][:wanted])
