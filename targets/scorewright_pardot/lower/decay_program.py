"""A category's decay as an engagement program: ordered steps, and no automation rule.

A program asks a prospect one question after another and acts in between, so nothing meets what another has half done.
Whoever leaves its list stops at the step where they are, and goes on there when they are on it again; so in the next
silence the steps before are made up for by going through it once more, which a repeating program lets everybody do who
is on the list still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import actions as act
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_off import DecayOff
from scorewright_pardot.lower.decay_rules import Span
from scorewright_pardot.lower.expression import both, either, tagged
from scorewright_pardot.lower.fitting import untagged
from scorewright_pardot.lower.happened import silent_for
from scorewright_pardot.lower.programs import add_program, chain
from scorewright_pardot.lower.spent import has_been
from scorewright_pardot.lower.ticks import ticks
from scorewright_pardot.planning.ladder import ladder, left_after
from scorewright_pardot.planning.table import program_table

if TYPE_CHECKING:
    from scorewright_pardot.lower.expression import Expression
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
        before: _Before | None = None
        for tick in ticks(self.decay, 1):
            band = self._whole(tick)
            assert band.to is not None
            been = self._set_to(tick, band.to, before)
            before = _Before(band.to + self._unit(self.decay.score) - 1, been)
        self._act()
        return "an engagement program: whoever comes back stops where they are, and goes on there in the next silence"

    def _check(self) -> None:
        """What only rules can do."""
        cx, decay = self.cx, self.decay
        if self.home.kind != "category":
            raise self._cannot("a program is for a scoring category; an overall score is set by one rule")
        if any(other.key != decay.key and other.score == decay.score for other in cx.model.decay.values()):
            raise self._cannot("another decay takes from the same score, and nothing keeps the two apart")

    def _act(self) -> None:
        """The actions of ``then``, by a rule beside the program: for whom the step is, also once they have come down."""
        if not self.actions:
            return
        if self.earned:
            raise self._cannot(
                "points can come without ending a silence, so nothing tells for whom the actions of `then` are"
            )
        first = ticks(self.decay, 1)[0]
        band = self._whole(first)
        acting, least = self._acting(band), first.steps[0].level.least
        if acting is None or least is None or band.to is None or least > band.to:
            raise self._cannot(
                "the actions of `then` are for whom the program has brought down before a rule has seen them"
            )
        marks = [action for action in self.decay.then if isinstance(action, act.PutMark)]
        spans = (Span(first.day, None),)
        if len(marks) == len(self.decay.then):
            unmarked = (
                untagged(self.cx, self.cx.homes.tag_of(self.cx.model.marks[mark.mark])) for mark in marks
            )
            whom = both(acting, either(*unmarked))
        else:
            whom = self._done_once(acting, acting, spans)
        self._add("what is done then", spans, whom, self.actions, self.cx.repeat)

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

    def _set_to(self, tick: Tick, to: int, before: _Before | None) -> str:
        """One program: who is silent for so long, and above the value, but not above that of the step before.

        Where points come without ending a silence, a tag says of whoever is at the value that the step has been; gives it.
        """
        cx, score = self.cx, self.decay.score
        unit = self._unit(score)
        been, still = self._been(tick, to + unit - 1)
        above = None if before is None else before.left
        top = self.top if above is None or been else above
        levels = ladder(max(1, top - to), cx.options.settle_days, unit)
        self._may_move_total(top - to)
        wait = 0 if cx.flag("program-steps-read-afresh") else 1
        steps = chain([self._level(level, to) for level in levels], wait)
        in_turn = both() if before is None else before.leaves(self)
        whom = both(
            silent_for(cx, tick.day), cx.homes.between(cx, score, to + unit, None), in_turn, still, self.guard
        )
        program = add_program(cx, self.decay, (tick.day, to), whom, steps)
        self._keeps(to)
        self._comes_down(program, levels, (top - to, before is None))
        element = self.decay.name
        cx.plans.append(program_table(max(1, top - to), grain=unit, element=element, levels=levels))
        return been

    def _been(self, tick: Tick, low: int) -> tuple[str, Expression]:
        """The tag for whoever is as low as the step brings them, so that they keep what they earn in the same silence."""
        if not self.earned:
            return "", both()
        put, still = has_been(self.cx, self.decay, tick.day)
        there = self.cx.homes.between(self.cx, self.decay.score, None, low)
        self._add("nothing to take", (Span(tick.day, None),), both(there, still), (put,), self.cx.repeat)
        return put.of, still

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
        self, program: EngagementProgram, levels: tuple[Level, ...], most_and_first: tuple[int, bool]
    ) -> None:
        """What is still there half-way, and what a step takes that has not noticed a return."""
        cx, key = self.cx, self.decay.score
        most, first = most_and_first
        under = -max(level.unit * level.most for level in levels)
        bounds = (
            *cx.off({key: (under, most)}, "crowded", feeds=False),
            *cx.off({key: (None, None)}, "cut-twice", feeds=False),
        )
        if not first:
            cx.edge(*bounds)
            return
        days = 2 * program.waits + (program.repeat or 0)
        text = (
            f"up to {left_after(levels, most)[0]} points are kept by somebody who comes back half-way, and up to {most} "
            f"before the first step; they go on there in their next silence, and are through after {days} days at most"
        )
        higher = () if self.sure else cx.off({key: (0, None)}, "above-range", feeds=False)
        cx.bounded("program-settles-slowly", text, bounds=(*bounds, *higher))


class _Before(NamedTuple):
    """The step before: what it leaves at the most, and the tag that says that it has been (or none)."""

    left: int
    been: str

    def leaves(self, decay: ProgramDecay) -> Expression:
        """Whom its program does not take: whoever is as low, or has been there in this silence."""
        low = decay.cx.homes.between(decay.cx, decay.decay.score, None, self.left)
        return either(low, tagged(self.been)) if self.been else low
