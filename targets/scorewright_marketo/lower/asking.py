"""What a threshold asks: the leaves of its condition, of what shuts it, and of whom the model scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.values import Bounds
from scorewright_marketo.lower.reading import score_bands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Threshold
    from scorewright_marketo.lower.context import Builder

__all__ = ["also_asked", "asked", "conjuncts", "leaves", "sure_marks"]


def conjuncts(item: con.Condition) -> tuple[con.Condition, ...]:
    """The parts of a condition that must all hold."""
    return item.members if isinstance(item, con.All) else (item,)


def also_asked(b: Builder, item: Threshold) -> Iterator[tuple[con.Condition, bool]]:
    """What else shuts it: ``unless`` and the population, and whether each has to hold."""
    head = b.model.header
    if item.unless is not None:
        yield item.unless, False
    if head.eligible is not None:
        yield b.model.segments[head.eligible].when, True
    yield from ((b.model.segments[key].when, False) for key in head.exclude)


def leaves(b: Builder, item: con.Condition, *, positive: bool = True) -> Iterator[tuple[con.Condition, bool]]:
    """Every leaf, with those of the segments and the bands that are asked for, and whether it has to hold."""
    if isinstance(item, con.Not):
        yield from leaves(b, item.member, positive=not positive)
    elif isinstance(item, (con.All, con.AnyOf)):
        for member in item.members:
            yield from leaves(b, member, positive=positive)
    elif isinstance(item, con.InSegment):
        yield from leaves(b, b.model.segments[item.segment].when, positive=positive)
    elif isinstance(item, con.BandTest):
        yield from ((con.ScoreTest(score, Bounds()), positive) for score in _band_scores(b, item.band))
    else:
        yield item, positive


def asked(b: Builder, item: Threshold) -> Iterator[tuple[con.Condition, bool]]:
    """Every leaf of what must hold for it to be open, and whether that has to hold."""
    for when, wanted in ((item.when, True), *also_asked(b, item)):
        yield from leaves(b, when, positive=wanted)


def _band_scores(b: Builder, key: str) -> tuple[str, ...]:
    band = b.model.bands[key]
    return tuple(part.score for part in score_bands(b, band) if part.score is not None)


def sure_marks(item: Threshold) -> set[tuple[str, bool]]:
    """The marks that somebody past it must bear, and those that they must not."""
    found = set()
    for part in conjuncts(item.when):
        inner = part.member if isinstance(part, con.Not) else part
        if isinstance(inner, con.HasMark):
            found.add((inner.mark, inner is part))
    unless = item.unless.members if isinstance(item.unless, con.AnyOf) else (item.unless,)
    return found | {(part.mark, False) for part in unless if isinstance(part, con.HasMark)}
