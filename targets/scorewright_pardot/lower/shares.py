"""How much of a score's points counts in the overall score: by each sum that it is in, in whole points only."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from scorewright_pardot.lower.cannot import CannotLowerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model, Score

__all__ = ["counted", "in_total", "sums_of"]


def sums_of(model: Model, key: str) -> Iterator[tuple[Score, int]]:
    """Each sum that a score is part of, with its share in percent."""
    for other in model.scores.values():
        if key in other.sum_of:
            yield other, 100
        yield from ((other, percent) for part, percent in other.percent_of if part == key)


def counted(model: Model, key: str, total: str | None) -> Fraction:
    """What one point of a score is in the overall score; 0 where that does not hold it."""
    if key == total:
        return Fraction(1)
    return sum(
        (Fraction(percent, 100) * counted(model, other.key, total) for other, percent in sums_of(model, key)),
        Fraction(0),
    )


def in_total(model: Model, key: str, points: int, total: str | None) -> int:
    """What points of a score are in the overall score.

    Rules add whole numbers, and a sum is rounded once at its end: both agree where every share is whole.  Raises
    ``CannotLowerError`` where one is not.
    """
    if key == total:
        return points
    found = 0
    for other, percent in sums_of(model, key):
        if not counted(model, other.key, total):
            continue
        share = Fraction(points * percent, 100)
        if share.denominator > 1:
            raise CannotLowerError(
                "no-home-for-score",
                f"{points} points are {float(share):g} in {other.title!r}, and rules add whole numbers only",
                f"choose points of which {percent} % are whole, or put the weight into the points and use sum_of",
                (),
            )
        found += in_total(model, other.key, int(share), total)
    return found
