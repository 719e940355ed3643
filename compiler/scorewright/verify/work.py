"""The plays that a proof consists of, cut into parts that processes of their own can do."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from scorewright.plugin.emulation import SCHEDULES, Schedule
from scorewright.verify.cover import reached
from scorewright.verify.lives import lives
from scorewright.verify.play import Stage
from scorewright.verify.quiet import settle_hours
from scorewright.verify.starts import starting_lives
from scorewright.verify.tally import Failure, Sway, Tally, add
from scorewright.verify.worlds import worlds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.history import Scalar
    from scorewright.plugin.emulation import Gauge
    from scorewright.plugin.target import Target
    from scorewright.verify.bundle import ReadBundle
    from scorewright.verify.lives import Life
    from scorewright.verify.play import Outcome, Prepared

__all__ = ["Job", "Task", "Work", "moves_of", "schedules"]


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
    worlds: int = 24
    """How many lives, per step of effort, look for one that a fact changes; 0: the facts are left as they are."""


class Job(NamedTuple):
    """One part of the work: every ``step``-th life from ``first`` on, and as many of the other worlds."""

    first: int
    step: int


def schedules(task: Task, number: int) -> tuple[Schedule, ...]:
    """How a life is played: at once and late always; the others in turn at small effort, all of them at greater."""
    others = tuple(name for name in SCHEDULES if name not in {"prompt", "late"})
    more = 1 if task.effort < 3 else 2 if task.effort < 8 else len(others)
    turned = (*others[number % len(others) :], *others[: number % len(others)])
    if task.only:
        more = len(others)
    return tuple(Schedule(name, task.seed + number) for name in ("prompt", "late", *turned[:more]))


class Work:
    """A task made ready in one process: every life of it, and what was found out of them already."""

    def __init__(self, task: Task, target: Target) -> None:
        self.task = task
        self.stage = Stage(task.model, target, task.bundle)
        self.lives = tuple(
            (number, life)
            for number, life in enumerate(_every(task))
            if not task.only or life.name == task.only
        )
        self._prepared: dict[int, Prepared] = {}

    def prepared(self, number: int, life: Life) -> Prepared:
        """What a life means, found out once."""
        if number not in self._prepared:
            self._prepared[number] = self.stage.prepare(life)
        return self._prepared[number]

    def do(self, job: Job) -> Tally:
        """Do one part of the work."""
        tally = Tally()
        for number, life in islice(self.lives, job.first, None, job.step):
            tally = add(tally, self._one(number, life))
        return add(tally, Tally(sways=tuple(self._sways(job))))

    def first_failure(self) -> Failure | None:
        """The first life that differs, if any does; the rest is not played."""
        for number, life in self.lives:
            for outcome in self._outcomes(number, life):
                failure = next(_failures(number, outcome), None)
                if failure is not None:
                    return failure
        return None

    def _outcomes(self, number: int, life: Life) -> Iterator[Outcome]:
        ready = self.prepared(number, life)
        for schedule in schedules(self.task, number):
            yield self.stage.play(ready, schedule, self.task.facts)

    def _one(self, number: int, life: Life) -> Tally:
        outcomes = [*self._outcomes(number, life)]
        wanted = outcomes[0].meant
        longest = max((look.quiet for look in wanted.looks), default=0)
        seen = frozenset(gauge.name for gauge in self.stage.bundle.gauges if longest >= gauge.settles * 3_600)
        tally = Tally(
            lives=1,
            plays=len(outcomes),
            reached=reached(self.task.model, wanted),
            seen=seen,
            moved=frozenset(moves_of(wanted.sights, self.stage.bundle.gauges)),
        )
        for outcome in outcomes:
            judged = outcome.judged
            failures = tuple(_failures(number, outcome))
            tally = add(tally, Tally(compared=judged.compared, used=judged.used, failures=failures))
        return tally

    # --- other worlds -------------------------------------------------------------------------------------------------

    def _sways(self, job: Job) -> Iterator[Sway]:
        """The facts that change what some life shows; each job takes its share of the facts."""
        task = self.task
        modelled = self.stage.emulator(task.facts).modelled - task.answered
        others = worlds(self.stage.target.facts(), task.facts, modelled)
        for world in islice(others, job.first, None, job.step):
            failure = next(self._failing(world.facts), None)
            if failure is not None:
                yield Sway(world.fact, world.value, failure)

    def _failing(self, facts: Mapping[str, bool | int | str]) -> Iterator[Failure]:
        """Lives that differ where these facts hold, and do not where those of the task do."""
        task = self.task
        for number, life in self._spread():
            ready = self.prepared(number, life)
            for schedule in schedules(task, number)[:2]:
                differences = self.stage.play(ready, schedule, facts).judged.differences
                if differences:
                    usual = self.stage.play(ready, schedule, task.facts).judged.differences
                    known = {item.gauge for item in usual}
                    fresh = [item for item in differences if item.gauge not in known]
                    if fresh:
                        yield Failure(number, life, schedule, min(fresh, key=lambda item: item.at))

    def _spread(self) -> Sequence[tuple[int, Life]]:
        """Some lives from all over the list, so that each element has its turn."""
        wanted = self.task.worlds * self.task.effort
        if not wanted:
            return ()
        return self.lives[:: max(1, len(self.lives) // wanted)][:wanted]


def _every(task: Task) -> Iterator[Life]:
    hours = settle_hours(task.bundle.gauges)
    yield from lives(task.model, task.seed, task.effort, hours)
    yield from starting_lives(task.model, task.effort, hours)


def _failures(number: int, outcome: Outcome) -> Iterator[Failure]:
    for difference in outcome.judged.differences:
        yield Failure(number, outcome.life, outcome.schedule, difference)


def moves_of(sights: Sequence[Mapping[str, Scalar]], gauges: Sequence[Gauge]) -> Iterator[str]:
    """The gauges that show two values; of what is done, nothing had been before the first look."""
    for gauge in gauges:
        before = {0} if gauge.kind == "done" else set()
        if len(before | {sight[gauge.name] for sight in sights}) > 1:
            yield gauge.name
