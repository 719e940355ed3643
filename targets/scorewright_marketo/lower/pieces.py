"""What a decay step does to each stretch of a score, as choices from the highest stretch down."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.actions import Reset
from scorewright_marketo.lower.bounds import by_scores
from scorewright_marketo.lower.extents import largest, top_of
from scorewright_marketo.lower.sums import NOTHING, Amount, literal
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Decay, Score, Step
    from scorewright.model.values import Number
    from scorewright.plugin.emulation import Bound
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.sums import Row

__all__ = [
    "Piece",
    "amount",
    "many_bands",
    "near",
    "overlap",
    "pieces",
    "reach",
    "rows",
    "spelled_out",
    "wide",
]

_MANY = 30
"""So many choices of one step are the most that somebody builds by hand; a share of more values is taken bit by bit."""
_SPELLED = 16
"""Scores in a stretch that are spelled out, a choice for each in every step; a wider one is done bit by bit."""


class Piece(NamedTuple):
    """From ``low`` to ``high`` (``None``: open), a score loses ``subtract`` or becomes ``set_to``."""

    low: int | None
    high: int | None
    subtract: Number | int | None = None
    set_to: int | None = None
    taken: bool = True
    """Whether what it loses counts against the decay's limit; what a step sets does not."""


def reach(b: Builder, score: Score) -> int:
    """The largest score that the steps reach, said in a note where the spec does not give it."""
    top = top_of(b, score)
    if top is None and b.options.largest_score is None and ("reach", b.element) not in b.memo:
        b.memo["reach", b.element] = True
        b.bounded(
            "largest-score",
            f"The steps reach scores up to {largest(b)}.",
            f"people above {largest(b)} lose less than they should; write a ceiling, or [targets.marketo] largest_score",
            "score-operations",
            bounds=_beyond(b, score),
        )
    return top if top is not None else largest(b)


def _beyond(b: Builder, score: Score) -> tuple[Bound, ...]:
    """A loss is too small; what is set stays too far from it, above or below."""
    actions = getattr(b.element, "then", ())
    resets = any(isinstance(action, Reset) for action in actions)
    return by_scores(b, ((score.key, None if resets else 0, None),), "large", fed=False)


def many_bands(b: Builder, score: Score, percent: int) -> bool:
    """Whether a share has so many values that taking powers of two is less to build than a choice for each."""
    return 100 % percent == 0 and percent < 100 and reach(b, score) * percent // 100 > _MANY


def pieces(b: Builder, score: Score, steps: list[Step], decay: Decay) -> list[Piece]:
    """Every stretch, highest first."""
    found = (piece for step in steps for piece in _of_step(b, score, step, decay))
    return sorted(found, key=_low, reverse=True)


def overlap(b: Builder, score: Score, steps: list[Step], decay: Decay) -> bool:
    """Whether two steps can act on the same score."""
    found = pieces(b, score, steps, decay)
    return any(below.high is None or below.high >= _low(above) for above, below in pairwise(found))


def _low(piece: Piece) -> int:
    return piece.low if piece.low is not None else -(1 << 31)


def _of_step(b: Builder, score: Score, step: Step, decay: Decay) -> Iterator[Piece]:
    floor = score.floor.value if score.floor is not None else None
    stops = [n for n in (decay.stop_at.value if decay.stop_at else None, floor) if n is not None]
    low, high = step.level.least, step.level.most
    if step.set_to is not None:
        target = max([step.set_to.value, *stops])
        first = _up(low, max(stops) + 1) if decay.stop_at is not None else low
        yield from _if_any(Piece(first, high, set_to=target, taken=False))
        return
    stop = max([*stops] if decay.stop_at is not None else [0, *stops])
    if step.subtract is not None:
        size = step.subtract.value
        yield from _if_any(Piece(_up(low, stop + size), high, step.subtract))
        yield from _if_any(Piece(_up(low, stop + 1), _down(high, stop + size - 1), set_to=stop))
    else:
        assert step.percent is not None
        yield from _bands(low, high, stop, step.percent, reach(b, score))


def _bands(low: int | None, high: int | None, stop: int, percent: int, most: int) -> Iterator[Piece]:
    """One stretch for each value that the loss can have; the highest is open."""
    above: int | None = None
    for loss in range((most * percent + 50) // 100, 0, -1):
        edge = -(-(2 * loss - 1) * 50 // percent)
        top = _down(high, above - 1) if above is not None else high
        yield from _if_any(Piece(_up(low, max(edge, stop + loss)), top, loss))
        yield from _if_any(Piece(_up(low, max(edge, stop + 1)), _down(top, stop + loss - 1), set_to=stop))
        above = edge


def _if_any(piece: Piece) -> Iterator[Piece]:
    if piece.low is None or piece.high is None or piece.low <= piece.high:
        yield piece


def _up(low: int | None, other: int) -> int:
    return other if low is None else max(low, other)


def _down(high: int | None, other: int) -> int:
    return other if high is None else min(high, other)


def near(piece: Piece) -> bool:
    """Whether a wide stretch is set to the score just below it, which can be done bit by bit."""
    return piece.set_to is not None and wide(piece) and piece.low == piece.set_to + 1


def wide(piece: Piece) -> bool:
    """Whether a stretch holds too many scores to have a choice for each."""
    return piece.low is None or piece.high is None or piece.high - piece.low >= _SPELLED


def spelled_out(piece: Piece) -> list[Piece]:
    """A stretch that is set, as one loss for each score in it: sums can only lose, not be set."""
    assert piece.low is not None
    assert piece.high is not None
    assert piece.set_to is not None
    scores = range(piece.high, piece.low - 1, -1)
    return [Piece(n, n, n - piece.set_to, taken=piece.taken) for n in scores if n != piece.set_to]


def amount(b: Builder, piece: Piece, label: str) -> Amount:
    """What a stretch loses, as it stands under Change; what is set has no size, and no sum can follow it."""
    if piece.set_to is not None:
        return Amount(0, f"={piece.set_to}")
    assert piece.subtract is not None
    if isinstance(piece.subtract, int):
        return Amount(-piece.subtract, literal(-piece.subtract))
    return Amount(-piece.subtract.value, b.token(piece.subtract, label, negate=True))


def rows(label: str, found: list[Piece], amounts: list[Amount]) -> list[Row]:
    """Choices from the highest stretch down; gaps between stretches do nothing; an open bottom is the default."""
    made: list[Row] = []
    above: int | None = None
    for piece, value in zip(found, amounts, strict=True):
        if piece.high is not None and (above is None or piece.high < above - 1):
            made.append((Clause(label, "at least", (str(piece.high + 1),)), NOTHING))
        if piece.low is not None:
            made.append((Clause(label, "at least", (str(piece.low),)), value))
        above = piece.low
    return made
