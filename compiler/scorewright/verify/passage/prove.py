"""Proves a migration: lives that are lived under both versions, and what differs after the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorewright.plugin.emulation import SCHEDULES, Schedule
from scorewright.verify.passage.stage import Stage
from scorewright.verify.passage.turning import Turning, turning_lives
from scorewright.verify.shrink import shrink
from scorewright.verify.tally import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.plugin.target import Target
    from scorewright.verify.bundle import BoundOf
    from scorewright.verify.lives import Life
    from scorewright.verify.passage.way import Way
    from scorewright.verify.play import Outcome

__all__ = ["Passed", "first_failure", "prove"]

_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Passed:
    """What the proof of a migration found.

    ``plays`` is how many were played, ``compared`` how many values were held against their meaning, ``skipped`` how many
    lives differed under the old version already; ``failures`` is for each gauge the first life that differs, ``shown``
    the first of them made short, with when the moves began.
    """

    way: Way
    lives: int
    plays: int
    compared: int
    skipped: int
    failures: tuple[Failure, ...]
    shown: tuple[tuple[int, Failure, Outcome], ...]
    slack: tuple[BoundOf, ...]
    """The bounds of the migration that no life has used."""

    @property
    def holds(self) -> bool:
        """Whether every life shows what it means, and any was compared at all."""
        return not self.failures and (self.compared > 0 or not self.way.after.gauges)


def prove(way: Way, target: Target) -> Passed:
    """Prove one migration.  Raises ``EmulatorFaultError``, and ``UnreadableBundleError``."""
    stage = Stage(way, target)
    lives = plays = compared = skipped = 0
    found: dict[str, tuple[Turning, Failure]] = {}
    used: dict[int, tuple[int, int]] = {}
    for number, (turning, outcomes, dirty) in enumerate(_played(stage)):
        lives += 1
        skipped += dirty
        for outcome in outcomes:
            plays += 1
            compared += outcome.judged.compared
            _use(used, outcome.judged.used)
            for item in outcome.judged.differences:
                failure = Failure(number, turning.life, outcome.schedule, item)
                found.setdefault(item.gauge, (turning, failure))
    shown = tuple(
        (turning.at, failure, _smallest(stage, turning, failure))
        for turning, failure in [*found.values()][:_SHOWN]
    )
    slack = tuple(
        item
        for place, item in enumerate(way.after.bounds)
        if item.bound.when == "migrated" and used.get(place, (0, 0)) == (0, 0)
    )
    return Passed(
        way, lives, plays, compared, skipped, tuple(failure for _, failure in found.values()), shown, slack
    )


def first_failure(way: Way, target: Target) -> Failure | None:
    """The first life that differs, if any does; the rest is not played."""
    stage = Stage(way, target)
    for number, (turning, outcomes, _) in enumerate(_played(stage)):
        for outcome in outcomes:
            for item in outcome.judged.differences:
                return Failure(number, turning.life, outcome.schedule, item)
    return None


def _played(stage: Stage) -> Iterator[tuple[Turning, tuple[Outcome, ...], int]]:
    """Each life with its plays, and how many of them were left out as they differed before."""
    for number, turning in enumerate(turning_lives(stage.way, stage.before.machine)):
        wanted = stage.meant(turning)
        chosen = _schedules(stage.way, number)
        clean = [schedule for schedule in chosen if stage.is_clean(turning, schedule)]
        outcomes = tuple(stage.play(turning, schedule, wanted) for schedule in clean)
        yield turning, outcomes, len(chosen) - len(clean)


def _schedules(way: Way, number: int) -> tuple[Schedule, ...]:
    """At once and late always, the others in turn."""
    others = [name for name in SCHEDULES if name not in {"prompt", "late"}]
    names = (
        ("prompt", "late", others[number % len(others)])
        if way.effort > 1 or number % 2
        else ("prompt", "late")
    )
    return tuple(Schedule(name, way.seed + number) for name in names)


def _use(used: dict[int, tuple[int, int]], more: Mapping[int, tuple[int, int]]) -> None:
    for place, (low, high) in more.items():
        before = used.get(place, (0, 0))
        used[place] = (min(before[0], low), max(before[1], high))


def _smallest(stage: Stage, turning: Turning, failure: Failure) -> Outcome:
    """The shortest life that still differs after the change, and only after it."""
    nothing = stage.play(turning, failure.schedule)

    def play(life: Life) -> Outcome:
        smaller = Turning(life, turning.at)
        if not stage.fits(smaller) or not stage.is_clean(smaller, failure.schedule):
            return nothing._replace(life=life, judged=nothing.judged._replace(differences=()))
        return stage.play(smaller, failure.schedule)

    return shrink(nothing, failure.difference.gauge, play)
