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
    cx.homes.require(cx, band.score, band.path)
    stretches: list[list[int | None]] = []
    upper: int | None = None
    for case in band.cases:
        least = None
        if case.lower is not None:
            least = case.lower.number.value + (0 if case.lower.inclusive else 1)
        if (case.label in wanted) == holds:
            if stretches and stretches[-1][0] is not None and upper == (stretches[-1][0] or 0) - 1:
                stretches[-1][0] = least  # the next band goes on where the last one ends
            else:
                stretches.append([least, upper])
        upper = None if least is None else least - 1
    return either(*(cx.homes.between(cx, band.score, least, most) for least, most in stretches))


def _joined_tree(cx: Context, band: Band, wanted: tuple[str, ...], *, holds: bool) -> Expression:
    bands = tuple(cx.model.bands[key] for key in band.join)
    every = product(*(labels(cx, part) for part in bands))
    return _grouped(cx, bands, tuple(item for item in every if ("".join(item) in wanted) == holds))


def _grouped(cx: Context, bands: tuple[Band, ...], wanted: tuple[tuple[str, ...], ...]) -> Expression:
    """Combinations as few boxes: first labels that go with the same rest stand together."""
    first, *others = bands
    if not others:
        return label_tree(cx, first, tuple(item[0] for item in wanted), holds=True)
    rests: dict[str, tuple[tuple[str, ...], ...]] = {}
    for item in wanted:
        rests[item[0]] = (*rests.get(item[0], ()), item[1:])
    together: dict[tuple[tuple[str, ...], ...], tuple[str, ...]] = {}
    for label, rest in rests.items():
        together[rest] = (*together.get(rest, ()), label)
    return either(
        *(
            both(label_tree(cx, first, heads, holds=True), _grouped(cx, tuple(others), rest))
            for rest, heads in together.items()
        )
    )
