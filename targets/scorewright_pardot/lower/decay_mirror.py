"""The decay of a score that a number field keeps: a field can be set, so each step is one rule."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_off import DecayOff
from scorewright_pardot.lower.decay_rules import Span
from scorewright_pardot.lower.expression import both, either
from scorewright_pardot.lower.scores import set_field_act
from scorewright_pardot.lower.spent import has_been, none_of
from scorewright_pardot.lower.ticks import ticks

if TYPE_CHECKING:
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.ticks import Tick
    from scorewright_pardot.objects import Act

__all__ = ["MirrorDecay"]


class MirrorDecay(DecayOff):
    """One decay on its way to rules that set a field."""

    def lower(self) -> str:
        """Emit a rule for each value; gives what is said of them.  Raises ``CannotLowerError``."""
        self._check()
        self._told()
        due = ticks(self.decay, 1)
        ends = {one.day: other.day for one, other in pairwise(due)}
        for tick in due:
            self._set_field(tick, Span(tick.day, ends.get(tick.day)))
        return "a rule for each step, which sets the field that keeps the score"

    def _check(self) -> None:
        """A field can be set, and moved by nothing else than 1."""
        decay = self.decay
        if any(step.set_to is None or step.every is not None for step in decay.steps):
            raise self._cannot("a rule can set a field, and cannot subtract from it")
        if decay.stop_at is not None or self.actions:
            raise self._cannot("a stop, or actions in `then`, ask for more than setting a field")
        if any(
            other.key != decay.key and other.score == decay.score for other in self.cx.model.decay.values()
        ):
            raise self._cannot("another decay sets the same field, and nothing keeps the two apart")

    def _cannot(self, message: str) -> CannotLowerError:
        return CannotLowerError("mirror-is-not-sound", message, self._by("bands"), self.decay.path)

    def _set_field(self, tick: Tick, span: Span) -> None:
        cx, score = self.cx, self.decay.score
        found = self._bands(tick, None)
        put, still = self._been(tick, span)
        for to in dict.fromkeys(
            band.to if band.to is not None else (band.low or 0) - band.take for band in found
        ):
            mine = (
                band
                for band in found
                if (band.to if band.to is not None else (band.low or 0) - band.take) == to
            )
            whom = either(*(cx.homes.between(cx, score, band.low, band.high) for band in mine))
            self._add(
                f"set to {to}",
                (span,),
                both(whom, still),
                (set_field_act(self.home.name, to), *put),
                cx.repeat,
            )

    def _been(self, tick: Tick, span: Span) -> tuple[tuple[Act, ...], Expression]:
        """Where points come without ending a silence: a tag for everybody for whom the step has been."""
        if not self.earned:
            return (), both()
        cx, score = self.cx, self.decay.score
        put, still = has_been(cx, self.decay, tick.day)
        ranges = [(band.low, band.high) for band in self._bands(tick, None)]
        others = tuple(both(item, still) for item in none_of(cx, score, ranges))
        if others:
            self._add("nothing to set", (span,), others, (put,), cx.repeat)
        return (put,), still
