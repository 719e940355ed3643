"""Which labels a band has, and how a label is asked of the scores themselves."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from scorewright_pardot.lower.expression import both, either

if TYPE_CHECKING:
    from scorewright.model.elements import Band
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["label_tree", "labels"]


def labels(cx: Context, band: Band) -> tuple[str, ...]:
    """Every label of a band; of joined bands every combination."""
    if not band.join:
        return tuple(dict.fromkeys(case.label for case in band.cases))
    parts = (labels(cx, cx.model.bands[key]) for key in band.join)
    return tuple(dict.fromkeys("".join(combination) for combination in product(*parts)))


def label_tree(cx: Context, band: Band, wanted: tuple[str, ...], *, holds: bool) -> Expression:
    """Whether the person is in one of these bands (or in none of them), asked of the scores."""
    if band.join:
        return _joined_tree(cx, band, wanted, holds=holds)
    assert band.score is not None
    found = []
    upper: int | None = None
    for case in band.cases:
        least = None
        if case.lower is not None:
            least = case.lower.number.value + (0 if case.lower.inclusive else 1)
        if (case.label in wanted) == holds:
            cx.homes.require(cx, band.score, band.path)
            found.append(cx.homes.between(cx, band.score, least, upper))
        upper = None if least is None else least - 1
    return either(*found)


def _joined_tree(cx: Context, band: Band, wanted: tuple[str, ...], *, holds: bool) -> Expression:
    bands = [cx.model.bands[key] for key in band.join]
    found = []
    for combination in product(*(labels(cx, part) for part in bands)):
        if ("".join(combination) in wanted) == holds:
            parts = zip(bands, combination, strict=True)
            found.append(both(*(label_tree(cx, part, (label,), holds=True) for part, label in parts)))
    return either(*found)
