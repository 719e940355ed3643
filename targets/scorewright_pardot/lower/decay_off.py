"""What a decay's rules leave off, whatever the plan: a schedule's hours, a condition that becomes so later, a return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.lower.bounds import times
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_bounds import most_taken, starts
from scorewright_pardot.lower.decay_rules import DecayRules
from scorewright_pardot.lower.silence import counted_otherwise, longest_wait
from scorewright_pardot.lower.ticks import bands, ticks

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Step
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.scores import Home
    from scorewright_pardot.lower.ticks import Band, Tick

__all__ = ["DecayOff"]

_MOST_BANDS = 200
"""Each band is a rule at least, and no edition has more rules than that by anybody's count."""


class DecayOff(DecayRules):
    """The bands of a decay's days, and how far they can leave a score off."""

    def __init__(self, cx: Context, decay: Decay, home: Home) -> None:
        super().__init__(cx, decay, home)
        self.every = {step.every.days or 1 for step in decay.steps if step.every is not None}
        self.found: dict[tuple[tuple[Step, ...], int | None], tuple[Band, ...]] = {}

    def _told(self) -> None:
        """What is bounded whatever the plan: the hours of a schedule, and a condition that becomes so later."""
        cx, decay = self.cx, self.decay
        one, every = self._taken()
        lift = self._lifted()
        self._edges(one)
        self._other_activity(every)
        if decay.schedule is not None:
            text = f"a step comes when it is due, up to {longest_wait(cx, decay.schedule)} days before the scheduled hour"
            cx.bounded("no-schedule", text, bounds=self._in_a_silence((-one, lift), (0, 1)))
        if decay.when is not None:
            text = "somebody for whom the condition becomes so later in a silence loses the step then"
            acted = None if self.every else len(ticks(decay, 1))
            cx.bounded("once-looked-at-later", text, bounds=self._in_a_silence((-every, lift), (0, acted)))

    def _edges(self, one: int) -> None:
        """Who comes back before a step is noticed keeps it, on its last day may lose it; and a set overwrites what comes
        between looking and doing.
        """
        lost = 0 if self.home.kind == "category" else None
        sets = any(step.subtract is None for step in self.decay.steps)
        above = () if self.sure else self._spread((0, None), (0, 0), "above-range")
        lift = self._lifted()
        most = None if lift is None else max(one, lift)
        self.cx.edge(
            *self._spread((lost, most), (None, None), "crowded"),
            *self._spread((None, None), (None, None), "cut-twice"),
            *self._spread((-one if self.sure or not sets else None, lift), (0, 1), "last-day"),
            *(above if sets else ()),
        )

    def _other_activity(self, every: int) -> None:
        """A silence that is none for the spec, or is none here: all that it takes, or nothing; a second one as much again."""
        cx, decay = self.cx, self.decay
        text, usual = counted_otherwise(cx, decay)
        if not text:
            return
        any_number: Room = (None, None)
        keys = (decay.score, *cx.coupled(decay.score))
        far = not self.sure and (bool(self.every) or any(step.subtract is None for step in decay.steps))
        lift = self._lifted()
        most = None if lift is None else max(every, lift)
        count = None if self.every else len(decay.steps)
        once: Room = (None if most is None or far else -most, most)
        acted: Room = any_number if count is None else (-count, count)
        found: list[Bound] = []
        for when, room, done in (
            ("other-activity" if usual else "any", once if usual else any_number, acted),
            ("other-silences" if usual else "any", any_number, any_number),
        ):
            found += (*cx.off(dict.fromkeys(keys, room), when, feeds=False), *cx.acted(decay, *done, when))
        if usual and far:
            found += cx.off(dict.fromkeys(keys, (0, None)), "above-range", feeds=False)
        cx.bounded("activity-is-the-platforms", text, bounds=found)

    def _starts(self) -> tuple[int, ...]:
        found = (band for tick in ticks(self.decay, 1) for band in self._bands(tick, None))
        return starts(self.top, found)

    def _taken(self) -> tuple[int, int]:
        """The most that one step takes, and that a whole silence takes, from the scores that are planned for."""
        decay, begin = self.decay, self._starts()
        due = ticks(decay, 1)
        one = max(most_taken(decay, (tick,), begin) for tick in due)
        every = most_taken(decay, due, begin, for_ever=bool(self.every))
        return one, every if decay.limit is None or self._sets() else min(every, decay.limit)

    def _sets(self) -> bool:
        """Whether a step sets, which counts for no limit."""
        return any(step.set_to is not None for step in self.decay.steps)

    def _spread(self, score: Room, acted: Room, when: str) -> tuple[Bound, ...]:
        found = self.cx.off({self.decay.score: score}, when, feeds=False)
        return (*found, *self.cx.acted(self.decay, *acted, when))

    def _in_a_silence(
        self,
        score: Room,
        acted: Room = (0, 0),
        when: str = "any",
        *,
        twice: str = "silent-twice",
        above: bool = True,
    ) -> tuple[Bound, ...]:
        """Bounds of one silence; ``twice`` may add as much again, and with ``above`` a score beyond the range more."""
        cx, decay = self.cx, self.decay
        more = [] if self.sure or not above else ["above-range"]
        found = [*cx.off({decay.score: score}, when, feeds=False), *cx.acted(decay, *acted, when)]
        for other in (twice, *more):
            found += cx.off({decay.score: times(score, None)}, other, feeds=False)
        return (*found, *cx.acted(decay, *times(acted, None), twice))

    def _above(self) -> tuple[Bound, ...]:
        """Of a score beyond the range that is planned for too little is taken."""
        return () if self.sure else self.cx.off({self.decay.score: (0, None)}, "above-range", feeds=False)

    def _bands(self, tick: Tick, room: int | None) -> tuple[Band, ...]:
        key = (tick.steps, room)
        if key not in self.found:
            error = self.cx.options.percent_error
            self.found[key] = bands(self.decay, tick.steps, self.top, error, room, most=_MOST_BANDS)
        found = self.found[key]
        if len(found) > _MOST_BANDS:
            raise self._too_many(tick)
        return found

    def _too_many(self, tick: Tick) -> CannotLowerError:
        """More bands than are ever built."""
        return CannotLowerError(
            "range-too-large",
            f"up to a score of {self.top:,} a step needs more than {_MOST_BANDS} bands, each a rule of its own",
            "give the score a lower ceiling, or say a smaller range or a percent_error in [targets.pardot]",
            tick.steps[0].path,
        )

    def _built(self, tick: Tick, score: int) -> int:
        """What the bands that are built leave of a score."""
        for band in self._bands(tick, None):
            if (band.low is None or score >= band.low) and (band.high is None or score <= band.high):
                return score - band.take if band.to is None else band.to
        return score
