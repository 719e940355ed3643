"""Proves a migration: lives that are lived under both versions, and what differs after the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorewright.verify.passage.cover import passage_goals
from scorewright.verify.passage.stage import Stage
from scorewright.verify.passage.turning import Turning
from scorewright.verify.passage.work import PassageWork
from scorewright.verify.processes import together
from scorewright.verify.run import MOST_SHOWN, Shown, most_telling, slack, workers
from scorewright.verify.shrink import shrink

if TYPE_CHECKING:
    from scorewright.plugin.target import Target
    from scorewright.verify.bundle import BoundOf
    from scorewright.verify.lives import Life
    from scorewright.verify.passage.way import Way
    from scorewright.verify.play import Outcome
    from scorewright.verify.tally import Failure, Sway, Tally

__all__ = ["Passed", "first_failure", "prove"]


@dataclass(frozen=True, slots=True)
class Passed:
    """What the proof of a migration found; its words are those of a ``Verdict``."""

    way: Way
    tally: Tally
    shown: tuple[Shown, ...]
    goals: int
    missed: tuple[str, ...]
    """What no life has reached of both versions and of the moves, in words."""
    blind: tuple[str, ...]
    hollow: tuple[str, ...]
    slack: tuple[BoundOf, ...]
    """The bounds of the migration that no life has used."""
    unnamed: tuple[Sway, ...]

    @property
    def failures(self) -> tuple[Failure, ...]:
        """For each gauge the first life that differs after the change."""
        return self.tally.failures

    @property
    def holds(self) -> bool:
        """Whether every life shows what it means, and any was compared at all; and nothing is rested on that is hidden."""
        sound = not self.tally.failures and not self.unnamed
        return sound and (self.tally.compared > 0 or not self.way.after.gauges)


def prove(way: Way, target: Target, *, jobs: int | None = 1, most_shown: int = MOST_SHOWN) -> Passed:
    """Prove one migration, in so many processes (``None``: one a processor); the result is the same for any number.

    Raises ``EmulatorFaultError``, and ``UnreadableBundleError``.
    """
    stage = Stage(way, target)
    tally = together(way, target, 1 if way.only else workers(jobs), PassageWork)
    goals, gauges = passage_goals(way), way.after.gauges
    return Passed(
        way,
        tally,
        tuple(_smallest(stage, failure) for failure in most_telling(tally.failures, most_shown)),
        len(goals),
        tuple(said for key, said in goals.items() if key not in tally.reached),
        tuple(gauge.name for gauge in gauges if gauge.name not in tally.seen),
        tuple(gauge.name for gauge in gauges if gauge.name not in tally.moved),
        tuple(item for item in slack(way.after.bounds, tally) if item.bound.when == "migrated"),
        tuple(sway for sway in tally.sways if sway.fact not in way.after.facts),
    )


def first_failure(way: Way, target: Target) -> Failure | None:
    """The first life that differs, if any does; the rest is not played."""
    return PassageWork(way, target).first_failure()


def _smallest(stage: Stage, failure: Failure) -> Shown:
    """The shortest life that still differs after the change, and only after it."""
    whole = Turning(failure.life, failure.turns, failure.number)
    nothing = stage.play(whole, failure.schedule)

    def play(life: Life) -> Outcome:
        smaller = whole._replace(life=life)
        if not stage.fits(smaller) or not stage.is_clean(smaller, failure.schedule):
            return nothing._replace(life=life, judged=nothing.judged._replace(differences=()))
        return stage.play(smaller, failure.schedule)

    return Shown(failure, shrink(nothing, failure.difference.gauge, play))
