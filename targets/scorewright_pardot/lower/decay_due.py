"""On which days of a silence something is due, for how many repetitions, and what comes of the days that are not built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.lower.bounds import either
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_bounds import stepping, stopping
from scorewright_pardot.lower.decay_off import DecayOff
from scorewright_pardot.lower.spent import only_lowers
from scorewright_pardot.lower.ticks import result, ticks

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Step
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.scores import Home
    from scorewright_pardot.lower.ticks import Tick

__all__ = ["DecayDue", "takes_alike"]

_ANNUAL = 365
_MOST_PERIODS = 12
_MOST_TRIED = 200
_MOST_SCORE = 1_000_000
"""`range` in the options has the same bound."""
_MOST_BY_PERCENT = 100_000
"""The bands of a percent are found score by score."""


class DecayDue(DecayOff):
    """The days of a decay: each in a window of its own, or one that comes again and again."""

    def __init__(self, cx: Context, decay: Decay, home: Home) -> None:
        super().__init__(cx, decay, home)
        self.percent = any(step.percent is not None for step in decay.steps)
        self.due_days: tuple[tuple[Tick, int | None], ...] = ()

    @property
    def periods(self) -> int:
        """How many repetitions in one silence are built: as the options say, else those of a year."""
        return self.cx.options.periods or self._of_a_year

    @property
    def _of_a_year(self) -> int:
        """So many repetitions come before a silence is what the situation ``drawn-out`` speaks of."""
        return max(1, min(_MOST_PERIODS, _ANNUAL // min(self.every, default=_ANNUAL)))

    def _check_range(self) -> None:
        """Bands are found up to a highest score."""
        most = _MOST_BY_PERCENT if self.percent else _MOST_SCORE
        if self.top > most:
            raise CannotLowerError(
                "range-too-large",
                f"bands are planned for scores up to {most:,}, and this one may reach {self.top:,}",
                "give the score a ceiling, or say its range in [targets.pardot]",
                (*self.decay.path, "score"),
            )

    def _due(self) -> tuple[tuple[Tick, int | None], ...]:
        """Every day that is built, with what the limit of the silence still allows then."""
        decay = self.decay
        periods = self.periods if decay.limit is None else max(self.periods, decay.limit)
        self.due_days = self._spend(ticks(decay, periods))
        return self.due_days

    def _others(self) -> list[Decay]:
        """Other decays of the same score."""
        return [
            other
            for other in self.cx.model.decay.values()
            if other.key != self.decay.key and other.score == self.decay.score
        ]

    def _next(self, day: int) -> int | None:
        """The day of what comes next for the score, in this decay or another one."""
        periods = max(self.periods, self.decay.limit or 0)
        days = {tick.day for decay in (self.decay, *self._others()) for tick in ticks(decay, periods)}
        return min((other for other in days if other > day), default=None)

    def _repeats_alone(self) -> bool:
        """Whether one thing comes again with its interval, no later than a new silence comes due, with nothing beside it."""
        one = len({(step.after.days, step.every and step.every.days) for step in self.decay.steps}) == 1
        often = all(
            (step.every.days or 1) <= (step.after.days or 1) for step in self.decay.steps if step.every
        )
        free = self.decay.limit is None and not self._others()
        return bool(self.every) and one and often and free and not self._covered()

    def _covered(self) -> bool:
        """Whether so many repetitions as the options allow bring everybody to rest, for sure."""
        return self.sure and self._at_rest(ticks(self.decay, self.periods))

    def _at_rest(self, due: tuple[Tick, ...]) -> bool:
        score = self.top
        for tick in due:
            score = result(self.decay, tick.steps, score)
        return not due or result(self.decay, due[-1].steps, score) == score

    def _spend(self, due: tuple[Tick, ...]) -> tuple[tuple[Tick, int | None], ...]:
        """Each day with what the limit of the silence still allows; days on which nothing is left fall away."""
        limit = self.decay.limit
        if limit is None:
            return tuple((tick, None) for tick in due)
        found: list[tuple[Tick, int | None]] = []
        room = limit
        for tick in due:
            if room > 0:
                found.append((tick, room))
            room -= sum(step.subtract.value for step in tick.steps if step.subtract is not None)
        return tuple(found)

    def _stops(self) -> None:
        """What stays where a silence goes on after the last day that is built."""
        decay, due = self.decay, [tick for tick, _ in self.due_days]
        if not self.every or decay.limit is not None or (self.sure and self._at_rest(tuple(due))):
            return
        rest = self.top
        for tick in due:
            rest = self._built(tick, rest)
        text = f"from day {due[-1].day + 1} of a silence nothing more is taken: {self.top} rests at {rest}"
        kept = either(stopping(decay, due, self._starts(), self._built), self._beyond(due))
        when = "drawn-out" if self.periods >= self._of_a_year else "any"
        values = (*self._in_a_silence(kept, (None, 0), when, above=False), *self._above())
        self.cx.bounded("decay-stops-after-periods", text, bounds=values)

    def _beyond(self, due: list[Tick]) -> Room:
        """How far a score is off when steps come after the repetitions that are built: they meet another score."""
        built = {tick.day: tick for tick in due}
        every = [tick for tick in ticks(self.decay, _MOST_PERIODS * self.periods) if tick.day <= due[-1].day]
        found = self._starts()
        rooms = []
        for start in found[:: max(1, len(found) // _MOST_TRIED)]:
            shown = meant = start
            for tick in every:
                shown = self._built(built[tick.day], shown) if tick.day in built else shown
                meant = result(self.decay, tick.steps, meant)
                rooms.append((min(0, shown - meant), max(0, shown - meant)))
        return either(*rooms)

    def _percent_bounds(self) -> None:
        error = self.cx.options.percent_error
        last = self._bands(self.due_days[0][0], None)[-1:]
        off = (
            [f"every score above {self.top} loses {last[0].take} at a step"] if last and not self.sure else []
        )
        off += [f"each step is off by up to {error} points"] if error else []
        if off:
            due = [tick for tick, _ in self.due_days]
            each = stepping(self.decay, due, self._starts(), self._built)
            off += [f"up to {max(-(each[0] or 0), each[1] or 0)} in a whole silence"] if error else []
            values = (*self._in_a_silence(each, above=False), *self._above())
            self.cx.bounded("percent-in-steps", "; ".join(off), bounds=values)

    def _missed(self, what: str = "rules are resumed") -> str:
        """What the start, or a pause, does to a silence that is there already: earlier steps are not made up for."""
        due = [tick for tick, _ in self.due_days]
        score, kept = self.top, 0
        for tick in due:
            score = result(self.decay, tick.steps, score)
            kept = max(kept, result(self.decay, tick.steps, self.top) - score)
        if any(band.to is None for band in self._bands(due[-1], None)):
            kept = max(self.top - score, self._taken()[1])
        if self.decay.limit is not None and not self._sets():
            kept = min(kept, self.decay.limit)
        if not kept:
            return ""
        for when in ("existing", "past-unknown"):
            self.cx.edge(*self._spread((0, kept), (None, 0), when))
        return (
            f"whoever is silent already when the {what}, or while they are paused, gets only the step in whose "
            f"window they are then: of {self.top} points up to {kept} more are kept, until their next silence"
        )


def takes_alike(step: Step) -> bool:
    """Whether a step takes one number from everybody, or nothing that a limit counts: so what is left of it is known."""
    if step.set_to is not None:
        return only_lowers(step)
    return step.percent is None and step.level.lower is None and step.level.upper is None
