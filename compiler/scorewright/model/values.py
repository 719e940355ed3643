"""The small values that everything else in a model is made of: numbers, bounds, durations, windows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Active", "Bound", "Bounds", "Duration", "Number", "Window", "round_half_up"]

_SECONDS = {"min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_DAY = 86_400


class Number(NamedTuple):
    """An integer and, where the spec gave it one, its name: ``50``, or ``50`` by the name of ``contact``.

    The name is the id of the value (or the role in a product); a target may turn it into a token.
    """

    value: int
    name: str | None = None


class Bound(NamedTuple):
    """One side of a comparison; ``inclusive`` tells *at least* from *above*."""

    number: Number
    inclusive: bool


class Bounds(NamedTuple):
    """A lower bound, an upper bound, or both; scores and counts are integers, so each has a plain integer form."""

    lower: Bound | None = None
    upper: Bound | None = None

    @property
    def least(self) -> int | None:
        """The least integer inside; ``None`` where the bottom is open."""
        if self.lower is None:
            return None
        return self.lower.number.value if self.lower.inclusive else self.lower.number.value + 1

    @property
    def most(self) -> int | None:
        """The greatest integer inside; ``None`` where the top is open."""
        if self.upper is None:
            return None
        return self.upper.number.value if self.upper.inclusive else self.upper.number.value - 1

    def holds(self, value: int) -> bool:
        """Whether an integer lies inside."""
        least, most = self.least, self.most
        return (least is None or value >= least) and (most is None or value <= most)


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time as it was written: a count and a unit (``min``, ``h``, ``d`` or ``w``)."""

    count: int
    unit: str

    @property
    def seconds(self) -> int:
        """Its length in seconds of elapsed time."""
        return self.count * _SECONDS[self.unit]

    @property
    def days(self) -> int | None:
        """Its length in whole days; ``None`` when it is no whole number of days."""
        return self.seconds // _DAY if self.seconds % _DAY == 0 else None

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch that a count or a limit looks at.

    ``rolling`` is set for a duration; otherwise ``calendar`` is ``day``, ``week``, ``month``, ``quarter`` or ``year``,
    or ``visit`` for one visit.
    """

    rolling: Duration | None = None
    calendar: str = ""

    def __str__(self) -> str:
        if self.rolling is not None:
            return str(self.rolling)
        return self.calendar if self.calendar == "visit" else f"calendar {self.calendar}"


class Active(NamedTuple):
    """The days on which something is in force, both included, as ISO dates; ``None`` where a side is open."""

    first: str | None = None
    last: str | None = None


def round_half_up(numerator: int, denominator: int) -> int:
    """⌊numerator / denominator + 1/2⌋, also for negatives: the language's only rounding (question 38)."""
    return (2 * numerator + denominator) // (2 * denominator)
