"""A category's decay as an engagement program: ordered steps, and no automation rule.

A program asks a prospect one question after another and acts in between, so nothing meets what another has half done.
Whoever leaves its list stops at the step where they are, and goes on there when they are on it again; so in the next
silence the steps before are made up for by going through it once more, which a repeating program lets everybody do who
is on the list still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_off import DecayOff
from scorewright_pardot.lower.expression import both
from scorewright_pardot.lower.happened import silent_for
from scorewright_pardot.lower.programs import add_program, chain
from scorewright_pardot.lower.ticks import ticks
from scorewright_pardot.planning.ladder import ladder, left_after
from scorewright_pardot.planning.table import program_table

if TYPE_CHECKING:
    from scorewright_pardot.lower.programs import Question
    from scorewright_pardot.lower.ticks import Band, Tick
    from scorewright_pardot.objects import EngagementProgram
    from scorewright_pardot.planning.ladder import Level

__all__ = ["ProgramDecay"]


class ProgramDecay(DecayOff):
    """One decay on its way to programs: one for each value that it sets to."""

    def lower(self) -> str:
        """Emit the programs; gives what is said of them.  Raises ``CannotLowerError``."""
        self._check()
        self._told()
        above: int | None = None
        for tick in ticks(self.decay, 1):
            band = self._whole(tick)
            assert band.to is not None
            self._set_to(tick, band.to, above)
            above = band.to
        return "an engagement program, which needs no rule: whoever comes back stops where they are, and goes on there"

    def _check(self) -> None:
        """What only rules can do."""
        cx, decay = self.cx, self.decay
        if self.home.kind != "category":
            raise self._cannot("a program is for a scoring category; an overall score is set by one rule")
        if self.actions:
            raise self._cannot(
                "a program goes over its steps again, so it would do the actions of `then` again"
            )
        if self.earned:
            raise self._cannot("points can come without ending a silence, and a program would take them too")
        if any(other.key != decay.key and other.score == decay.score for other in cx.model.decay.values()):
            raise self._cannot("another decay takes from the same score, and nothing keeps the two apart")

    def _cannot(self, message: str) -> CannotLowerError:
        return CannotLowerError("program-cannot", message, self._by("bands"), self.decay.path)

    def _whole(self, tick: Tick) -> Band:
        """The one band of a day: everybody above a value comes down to it."""
        found = self._bands(tick, None)
        if len(found) != 1 or found[0].to is None or found[0].high is not None or self.every:
            raise self._cannot(
                "a program brings everybody above a value down to it, and this step does something else"
            )
        if found[0].low is None or found[0].low <= found[0].to:
            raise self._cannot_lift(found[0].to)
        if found[0].low != found[0].to + 1:
            raise self._cannot("whoever is below the level on the way down would leave the program's list")
        return found[0]

    def _set_to(self, tick: Tick, to: int, above: int | None) -> None:
        """One program: who is silent for so long, and above the value, but not above that of the step before."""
        cx, score = self.cx, self.decay.score
        unit = self._unit(score)
        levels = ladder((self.top if above is None else above) - to, cx.options.settle_days, unit)
        wait = 0 if cx.flag("program-steps-read-afresh") else 1
        cx.plans.append(
            program_table(
                (self.top if above is None else above) - to,
                grain=unit,
                element=self.decay.name,
                levels=levels,
            )
        )
        steps = chain([self._level(level, to) for level in levels], wait)
        whom = both(silent_for(cx, tick.day), cx.homes.between(cx, score, to + unit, above), self.guard)
        program = add_program(cx, self.decay, f"{tick.day} days, to {to}", whom, steps)
        self._keeps(to)
        self._comes_down(program, levels, to, above)

    def _level(self, level: Level, to: int) -> list[Question]:
        """The questions of a level, the greatest first."""
        cx, score = self.cx, self.decay.score
        found: list[Question] = []
        for times in range(level.most, 0, -1):
            points = level.unit * times
            asked = cx.homes.between(cx, score, to + points, None)
            found.append(((asked,), self._take(points)))  # type: ignore[arg-type]
        return found

    def _comes_down(
        self, program: EngagementProgram, levels: tuple[Level, ...], to: int, above: int | None
    ) -> None:
        """What is still there half-way, and what a step takes that has not noticed a return."""
        cx, key = self.cx, self.decay.score
        most = (self.top if above is None else above) - to
        under = -max(level.unit * level.most for level in levels)
        left = left_after(levels, most)
        bounds = (
            *cx.off({key: (under, most)}, "crowded", feeds=False),
            *cx.off({key: (None, None)}, "cut-twice", feeds=False),
        )
        if above is not None:
            cx.edge(*bounds)
            return
        days = 2 * program.waits + (program.repeat or 0)
        text = (
            f"up to {left[0]} points are kept by somebody who comes back half-way, and up to {most} before the first step; "
            f"they go on there in their next silence, and are through after {days} days at most"
        )
        higher = () if self.sure else cx.off({key: (0, None)}, "above-range", feeds=False)
        cx.bounded("program-settles-slowly", text, bounds=(*bounds, *higher))
