"""A decay as engagement programs: ordered steps, and hardly an automation rule.

What a step takes from everybody in a band is taken by going once through a program (``decay_once``).  A category that comes
down to a value from wherever it is comes down step by step: a program asks one question after another and acts in
between, so nothing meets what another has half done.  Whoever leaves its list stops at the step where they are, and goes
on there when they are on it again; so in the next silence the steps before are made up for by going through it once
more, which a repeating program lets everybody do who is on the list still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_once import OnceDecay, parts
from scorewright_pardot.lower.decay_rules import Span
from scorewright_pardot.lower.decay_values import lifts
from scorewright_pardot.lower.expression import both, either, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.happened import active_within, silent_for
from scorewright_pardot.lower.programs import Runs, add_program, chain
from scorewright_pardot.lower.spent import NOBODY_YET, PHASE_DECAY, has_been
from scorewright_pardot.lower.ticks import ticks
from scorewright_pardot.objects import Act, AutomationRule
from scorewright_pardot.planning.ladder import ladder, left_after
from scorewright_pardot.planning.table import program_table

if TYPE_CHECKING:
    from scorewright.model.elements import Step
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.programs import Question
    from scorewright_pardot.lower.ticks import Band, Tick
    from scorewright_pardot.objects import EngagementProgram
    from scorewright_pardot.planning.ladder import Level

__all__ = ["ProgramDecay"]

_MOST_ASKED = 50
"""From more values a category comes down step by step, over some days."""
_ENDS = {"ladder": "whoever comes back stops where they are, and goes on there in the next silence"}


class _Group(NamedTuple):
    """Days on which the same is done, with what comes next after each; ``down`` where a category comes down to a value."""

    days: tuple[Tick, ...]
    room: int | None
    after: tuple[int | None, ...]
    down: Band | None


class ProgramDecay(OnceDecay):
    """One decay on its way to programs: one for each value that it sets to, and one for each thing that a step takes."""

    def lower(self) -> str:
        """Emit the programs; gives what is said of them.  Raises ``CannotLowerError``."""
        self._check_range()
        self._check_others()
        self._told()
        first = ticks(self.decay, 1)[0]
        if self._repeats_alone() and self._down(first) is None:
            return self._endless(first)
        due = self._due()
        self._stops()
        if self.percent:
            self._percent_bounds()
        groups = self._groups(due)
        self._may_stop_midway()
        gated = self._gated(groups)
        said = [self._build(groups, gated), self._late_start(groups, gated)]
        return "; ".join(text for text in said if text)

    # --- what is there ----------------------------------------------------------------------------------------------

    def _check_others(self) -> None:
        """Another decay of the score keeps apart by its days, where both go once through a program on each of them."""
        strategy = self.cx.options.strategy
        if any(strategy(other) != "program" for other in self._others()):
            raise self._cannot(
                f"another decay takes from the same score by rules ({', '.join(other.name for other in self._others())}), and a rule and a program can meet the same person"
            )

    def _down(self, tick: Tick, room: int | None = None) -> Band | None:
        """The band in which a category comes down to a value step by step: from wherever it is, or from too many values
        for a question each; ``None`` for every other step.
        """
        sets = [band for band in self._bands(tick, room) if band.to is not None and not lifts(band)]
        if self.home.kind != "category" or len(sets) != 1:
            return None
        (band,) = sets
        assert band.to is not None
        assert band.low is not None
        if band.high is None:
            return band
        unit = self._unit(self.decay.score)
        return band if (band.high - band.to) // unit - (band.low - band.to) // unit > _MOST_ASKED else None

    def _groups(self, due: tuple[tuple[Tick, int | None], ...]) -> list[_Group]:
        """Days on which the same steps take the same, together."""
        found: dict[tuple[tuple[Step, ...], int | None, int], list[Tick]] = {}
        for tick, room in due:
            apart = tick.day if self._stages(tick) else 0  # its states are its own
            found.setdefault((tick.steps, room, apart), []).append(tick)
        return [
            _Group(
                tuple(days),
                room,
                tuple(self._next(tick.day) for tick in days),
                None if apart else self._down(days[0], room),
            )
            for (_, room, apart), days in found.items()
        ]

    def _gated(self, groups: list[_Group]) -> bool:
        """Whether a tag has to say for whom a category comes down: for some of those above, by what moves with it, or with more to do."""
        downs = [(group, group.down) for group in groups if group.down is not None]
        return bool(downs) and (
            bool(self.actions)
            or self.own
            or any(self._is_for_some(group, down) for group, down in downs)
            or (any(len(group.days) > 1 for group, _ in downs) and (self.earned or len(downs) < len(groups)))
        )

    def _is_for_some(self, group: _Group, down: Band) -> bool:
        """Whether not everybody above the value comes down to it."""
        assert down.to is not None
        bands = self._bands(group.days[0], group.room)
        alone = all(band == down or (lifts(band) and self._lifted() == 0) for band in bands)
        return not alone or down.high is not None or down.low != down.to + 1

    # --- what is said -----------------------------------------------------------------------------------------------

    def _may_stop_midway(self) -> None:
        """Who comes back between a question and what follows goes on there in the next silence, with what was asked then."""
        one = self._taken()[0]
        self.cx.edge(*self.cx.off({self.decay.score: (-one, one)}, "crowded", feeds=False))
        if any(step.level.lower or step.level.upper for step in self.decay.steps):
            # what a last day has taken too much may bring somebody below a level, or out of it, once more
            self.cx.edge(*self._spread((-2 * one, one), (-1, 2), "last-day"))

    def _late_start(self, groups: list[_Group], gated: bool) -> str:
        """What windows do to a silence that is there already; what comes down without a tag is made up for."""
        windows = gated or any(group.down is None for group in groups)
        if not windows:
            return ""
        for when in ("existing", "past-unknown"):
            self.cx.edge(*self._spread((0, self._taken()[1]), (None, 0), when))
        return self._missed("programs are started")

    # --- building ---------------------------------------------------------------------------------------------------

    def _endless(self, tick: Tick) -> str:
        every = next(iter(self.every))
        self.due_days = ((tick, None),)
        if self.percent:
            self._percent_bounds()
        self._may_stop_midway()
        found = parts(tick.steps, self._bands(tick, None), acting=bool(self.actions))
        self._again(tick.day, every, self._questions(found))
        for when in ("existing", "past-unknown"):
            self.cx.edge(*self._spread((0, self._taken()[1]), (None, 0), when))
        return (
            "an engagement program that everybody silent goes through with the interval; whoever is silent for longer when "
            "it is started gets one step then, not those that were due before"
        )

    def _build(self, groups: list[_Group], gated: bool) -> str:
        before: tuple[_Before, ...] = ()
        tags: tuple[str, ...] = ()
        for group in groups if gated else ():
            if group.down is not None:
                tags = (*tags, self._tagged_down(group, tags))
        for group in groups:
            if group.down is None:
                self._through(group, tags)
                before = ()  # the programs before are over by then
            elif not gated:
                before = (*before, *self._plain_down(group, before))
        down = any(group.down is not None for group in groups)
        once = any(group.down is None for group in groups)
        said = ["an engagement program that everybody silent goes through once"] if once else []
        said += [f"an engagement program: {_ENDS['ladder']}"] if down else []
        return "; and ".join(said)

    def _through(self, group: _Group, tags: tuple[str, ...]) -> None:
        """Steps that take from everybody in a band, or that set the overall score."""
        tick = group.days[0]
        spans, repeat = self._spans([day.day for day in group.days], group.after)
        found = parts(tick.steps, self._bands(tick, group.room), acting=bool(self.actions))
        sets = any(item.band is not None and item.band.to is not None for item in found)
        settled = tuple(self._settled(spans)) if sets else ()
        stages = self._stages(tick)
        asked = tuple(question for stage in stages for question in self._questions_of(stage, tick.steps))
        self._once(
            "",
            spans,
            repeat,
            asked if stages else self._questions(found),
            (*settled, *((untagged(self.cx, *tags),) if tags else ())),
        )

    def _plain_down(self, group: _Group, before: tuple[_Before, ...]) -> tuple[_Before, ...]:
        """One program for a value: whoever is silent for so long, and above it, but not above those of the steps before.

        Where points come without ending a silence, a tag says of whoever is at the value that the step has been.
        """
        assert group.down is not None
        assert group.down.to is not None
        left = group.down.to + self._unit(self.decay.score) - 1
        least = min((item.left for item in before), default=None)
        if least is not None and least <= left and not self.earned:
            return ()  # whoever is above has come as low already
        if len(self._bands(group.days[0], group.room)) > 1:  # only who stood below the value before is lifted
            self.cx.edge(*self.cx.off({self.decay.score: (None, 0)}, "existing", feeds=False))
        been, still = self._been(group.days[0], left)
        top = self.top if least is None or been else least
        in_turn = (item.leaves(self) for item in before)
        self._ladder(group, both(self._until(group), *in_turn, still, self.guard), (top, not before))
        return (_Before(left, been),)

    def _been(self, tick: Tick, low: int) -> tuple[str, Expression]:
        """The tag for whoever is as low as the step brings them, so that they keep what they earn in the same silence."""
        if not self.earned:
            return "", both()
        put, still = has_been(self.cx, self.decay, tick.day)
        there = self.cx.homes.between(self.cx, self.decay.score, None, low)
        self._add("nothing to take", (Span(tick.day, None),), both(there, still), (put,), self.cx.repeat)
        return put.of, still

    def _until(self, group: _Group) -> Expression:
        """A program that is followed by one that everybody goes through ends when that comes."""
        end = group.after[-1]
        if end is None or self._comes_down_on(end):
            return both()
        return active_within(self.cx, end)

    def _comes_down_on(self, day: int) -> bool:
        return any(tick.day == day and self._down(tick) is not None for tick, _ in self.due_days)

    def _tagged_down(self, group: _Group, tags: tuple[str, ...]) -> str:
        """Everybody silent goes once through a program that tags whom the step is for; they are on the next one's list."""
        cx, decay, tick, down = self.cx, self.decay, group.days[0], group.down
        assert down is not None
        assert down.to is not None
        why = "Says that the category is coming down to its value; it comes off there, or when they are active again."
        tag = cx.tag(cx.names.tag("decay", decay.key, f"down-{tick.day}"), decay, why)
        put, drop = Act(ACTIONS["tag-add"].text, tag), Act(ACTIONS["tag-remove"].text, tag)
        cx.falling.setdefault(decay.key, {})[tag] = None
        spans, repeat = self._spans([day.day for day in group.days], group.after)
        found = parts(tick.steps, self._bands(tick, group.room), acting=bool(self.actions))
        takes = any(item.band not in {None, down} for item in found)
        apart = untagged(cx, *tags, tag) if takes else untagged(cx, *tags)
        self._once(", for whom", spans, repeat, self._questions(found, {down: put}), (apart,))
        there = cx.homes.between(cx, decay.score, None, down.to + self._unit(decay.score) - 1)
        off = fit(cx, both(tagged(tag), either(there, active_within(cx, tick.day))), decay)
        name = cx.names.rule(f"decay {decay.key}", f"{tick.day} days, at {down.to}")
        made = cx.made(decay, "decay-arm-again")
        cx.add(AutomationRule(name, off, (drop,), cx.repeat, PHASE_DECAY, NOBODY_YET, made), name)
        whom = both(tagged(tag), untagged(cx, *tags))
        self._ladder(group, whom, (self.top if down.high is None else down.high, not tags))
        return tag

    def _ladder(self, group: _Group, whom: Expression, top_and_first: tuple[int, bool]) -> None:
        """A program that brings everybody on its list down to the value, step by step; ``whom`` it is for besides."""
        cx, score, day, down = self.cx, self.decay.score, group.days[0].day, group.down
        assert down is not None
        assert down.to is not None
        to, unit = down.to, self._unit(score)
        top, first = top_and_first
        levels = ladder(max(1, top - to), cx.options.settle_days, unit)
        self._may_move_total(top - to)
        wait = 0 if cx.flag("program-steps-read-afresh") else 1
        steps = chain([self._level(level, to) for level in levels], wait)
        on = both(silent_for(cx, day), cx.homes.between(cx, score, to + unit, None), whom)
        program = add_program(cx, self.decay, Runs(f"{day} days, to {to}", day), on, steps)
        self._hold_ladder_to_room(program, group)
        self._keeps(to)
        self._comes_down(program, levels, (top - to, first))
        cx.plans.append(program_table(max(1, top - to), grain=unit, element=self.decay.name, levels=levels))

    def _hold_ladder_to_room(self, program: EngagementProgram, group: _Group) -> None:
        """Whoever comes down has arrived when everybody goes through the next program."""
        takes = 2 * program.waits + (program.repeat or 0) + 2 * self.cx.number("clock-sweep-days")
        for tick, end in zip(group.days, group.after, strict=True):
            if end is not None and not self._comes_down_on(end) and takes > end - tick.day:
                raise CannotLowerError(
                    "silence-too-short",
                    f"a program brings the category down within {takes} days, and the next step comes after {end - tick.day}",
                    "allow fewer settle_days in [targets.pardot] (more steps, and sooner), or let steps lie further apart",
                    self.decay.path,
                    ("program-steps-read-afresh",),
                )

    def _level(self, level: Level, to: int) -> list[Question]:
        """The questions of a level, the greatest first."""
        found: list[Question] = []
        for times in range(level.most, 0, -1):
            points = level.unit * times
            found.append((self._asked(to + points, None), self._take(points)))
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
