"""The plays that the proof of a migration consists of, in parts that processes of their own can do."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from scorewright.plugin.emulation import SCHEDULES, Schedule
from scorewright.verify.cover import reached
from scorewright.verify.passage.cover import Exercised, since
from scorewright.verify.passage.stage import Stage
from scorewright.verify.passage.turning import Cut, places
from scorewright.verify.tally import Failure, Sway, Tally, add
from scorewright.verify.work import moves_of
from scorewright.verify.worlds import worlds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.plugin.target import Target
    from scorewright.verify.meant import Meant
    from scorewright.verify.passage.turning import Place, Turning
    from scorewright.verify.passage.way import Way
    from scorewright.verify.play import Outcome
    from scorewright.verify.work import Job

__all__ = ["PassageWork"]


class PassageWork:
    """A migration made ready in one process: every place of a change, and the instance on which the moves are carried out."""

    def __init__(self, way: Way, target: Target) -> None:
        self.way, self.target = way, target
        self.stage = Stage(way, target)
        self.exercised = Exercised(way)
        self.cut = Cut(way, self.stage.before.machine, self.stage.machine)
        self.places = tuple(place for place in places(way) if not way.only or place.life.name == way.only)

    def do(self, job: Job) -> Tally:
        """Do one part of the work."""
        tally = Tally()
        for turning in self._turnings(islice(self.places, job.first, None, job.step)):
            tally = add(tally, self._one(turning))
        return add(tally, Tally(sways=tuple(self._sways(job))))

    def first_failure(self) -> Failure | None:
        """The first life that differs, if any does; the rest is not played."""
        for turning in self._turnings(self.places):
            for outcome in self._played(
                self.stage, turning, self.stage.meant(turning), self._schedules(turning)
            ):
                for failure in _failures(turning, outcome):
                    return failure
        return None

    def _turnings(self, chosen: Iterator[Place] | Sequence[Place]) -> Iterator[Turning]:
        for place in chosen:
            yield from self.cut.at(place)

    def _schedules(self, turning: Turning) -> tuple[Schedule, ...]:
        """At once and late always, the others in turn; all of them for one life that is asked for by its name."""
        others, number = [name for name in SCHEDULES if name not in {"prompt", "late"}], turning.number
        turned = [others[number % len(others)]] if self.way.effort > 1 or number % 2 else []
        names = ("prompt", "late", *(others if self.way.only else turned))
        return tuple(Schedule(name, self.way.seed + number) for name in names)

    @staticmethod
    def _played(
        stage: Stage, turning: Turning, wanted: Meant, chosen: Sequence[Schedule]
    ) -> Iterator[Outcome]:
        """The plays that show what they mean until the change begins."""
        for schedule in chosen:
            if stage.is_clean(turning, schedule):
                yield stage.play(turning, schedule, wanted)

    def _one(self, turning: Turning) -> Tally:
        wanted, chosen, way = self.stage.meant(turning), self._schedules(turning), self.way
        outcomes = [*self._played(self.stage, turning, wanted, chosen)]
        longest = max((look.quiet for look in wanted.looks), default=0)
        gauges = way.after.gauges
        found = {f"after {key}" for key in reached(way.models[1], since(wanted, turning.at))}
        found |= {f"before {key}" for key in reached(way.models[0], self.stage.meant_before(turning))}
        tally = Tally(lives=1, skipped=len(chosen) - len(outcomes))
        for outcome in outcomes:
            judged = outcome.judged
            moves = self.exercised.of(wanted.timeline, outcome.played.deeds, turning.at)
            more = Tally(
                plays=1,
                compared=judged.compared,
                used=judged.used,
                failures=tuple(_failures(turning, outcome)),
                reached=frozenset({*found, *moves}),
                seen=frozenset(gauge.name for gauge in gauges if longest >= gauge.settles * 3_600),
                moved=frozenset(moves_of(wanted.sights, gauges)),
            )
            tally = add(tally, more)
        return tally

    # --- other worlds -------------------------------------------------------------------------------------------------

    def _sways(self, job: Job) -> Iterator[Sway]:
        """The facts that change what some life shows after the moves; each job takes its share of the facts."""
        way = self.way
        if not way.worlds:
            return
        modelled = self.stage.modelled - way.answered
        for world in islice(worlds(self.target.facts(), way.facts, modelled), job.first, None, job.step):
            other = Stage(replace(way, facts=world.facts), self.target)
            failure = next(self._failing(other), None)
            if failure is not None:
                yield Sway(world.fact, world.value, failure)

    def _failing(self, other: Stage) -> Iterator[Failure]:
        """Lives that are clean before the change in another world, and differ after it in that world alone."""
        wanted = self.way.worlds * self.way.effort
        spread = self.places[:: max(1, len(self.places) // wanted)][:wanted]
        for turning in self._turnings(spread):
            meant = self.stage.meant(turning)
            for outcome in self._played(other, turning, meant, self._schedules(turning)[:2]):
                if outcome.judged.differences:
                    usual = self.stage.play(turning, outcome.schedule, meant).judged.differences
                    known = {item.gauge for item in usual}
                    yield from (
                        item for item in _failures(turning, outcome) if item.difference.gauge not in known
                    )


def _failures(turning: Turning, outcome: Outcome) -> Iterator[Failure]:
    for difference in outcome.judged.differences:
        yield Failure(turning.number, turning.life, outcome.schedule, difference, turning.at)
