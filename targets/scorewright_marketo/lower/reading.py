"""How others read what is lowered elsewhere: stretches of numbers, letters, labels of bands, lists of segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.values import Bound, Bounds, Number
from scorewright_marketo.lower.expr import both, either
from scorewright_marketo.lower.operators import test_operator
from scorewright_marketo.names import capital, clean
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from scorewright.model.elements import Band, Grade
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = [
    "LETTERS",
    "band_expr",
    "inside",
    "letter_field",
    "outside",
    "score_bands",
    "score_range",
    "segment_list",
    "segment_name",
    "span",
    "stretches",
]

LETTERS = ("F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+")
"""The scale from below; a third of a letter is one place."""


def letter_field(b: Builder, grade: Grade) -> str:
    """The text field that holds a grade's letter."""
    title = capital(grade.title) or grade.id
    label = f"{title} Grade" if "grade" not in title.lower() else title
    label = b.claim("field", label, ("grade", grade.key), grade.key)
    return b.shared_helper(label, "string", f"The letter grade “{grade.title}”.")


def inside(bounds: Bounds) -> tuple[str, tuple[str, ...]]:
    """The operator and values of a stretch."""
    return test_operator(con.Range(bounds), ())


def outside(label: str, least: int | None, most: int | None) -> list[Clause]:
    """The filters of what lies below and above a stretch."""
    below = [Clause(label, "less than", (str(least),))] if least is not None else []
    return below + ([Clause(label, "greater than", (str(most),))] if most is not None else [])


def score_range(b: Builder, label: str, bounds: Bounds, *, negated: bool = False) -> Expr:
    """A score lies inside; an empty score is 0, which is 0 finds and comparisons may not."""
    least, most = bounds.least, bounds.most
    holds_zero = (least is None or least <= 0) and (most is None or most >= 0)
    parts = outside(label, least, most) if negated else [Clause(label, *inside(bounds))]
    if holds_zero is not negated:
        b.rests_on("is-zero-matches-empty")
        parts.append(Clause(label, "is", ("0",)))
    return either(*parts)


def stretches(band: Band) -> list[tuple[str, int | None, int | None]]:
    """Labels with their least and greatest score; the first case that fits wins."""
    found: list[tuple[str, int | None, int | None]] = []
    above: int | None = None
    for case in band.cases:
        low = None if case.lower is None else case.lower.number.value + (0 if case.lower.inclusive else 1)
        found.append((case.label, low, None if above is None else above - 1))
        above = low
    return found


def span(low: int | None, high: int | None) -> Bounds:
    """From one number to another, both inside; ``None``: open."""
    lower = Bound(Number(low), inclusive=True) if low is not None else None
    upper = Bound(Number(high), inclusive=True) if high is not None else None
    return Bounds(lower, upper)


def band_expr(b: Builder, band: Band, labels: tuple[str, ...], *, negated: bool) -> Expr:
    """Who has one of these labels, asked of the scores themselves."""
    if not band.join:
        assert band.score is not None
        name = b.score_field(b.model.scores[band.score])
        rows = [(low, high) for label, low, high in stretches(band) if (label in labels) is not negated]
        return either(
            *(
                both() if low is None and high is None else score_range(b, name, span(low, high))
                for low, high in rows
            )
        )
    wanted = [parts for label, parts in _joined(b, band) if (label in labels) is not negated]
    return either(
        *(
            both(*(band_expr(b, b.model.bands[key], (text,), negated=False) for key, text in parts.items()))
            for parts in wanted
        )
    )


def score_bands(b: Builder, band: Band) -> tuple[Band, ...]:
    """The bands of scores that a label is made of, however deep they are joined, each once."""
    if not band.join:
        return (band,)
    parts = (part for key in band.join for part in score_bands(b, b.model.bands[key]))
    return tuple({part.key: part for part in parts}.values())


def _joined(b: Builder, band: Band) -> list[tuple[str, dict[str, str]]]:
    """Every label, with the labels of the scores' own bands that make it; one band has one label at a time."""
    if not band.join:
        return [(case.label, {band.key: case.label}) for case in band.cases]
    found: list[tuple[str, dict[str, str]]] = [("", {})]
    for key in band.join:
        more = _joined(b, b.model.bands[key])
        found = [
            (head + label, {**chosen, **parts})
            for head, chosen in found
            for label, parts in more
            if all(chosen.get(name, text) == text for name, text in parts.items())
        ]
    return found


def segment_list(b: Builder, key: str) -> str:
    """The smart list of a segment, as filters name it; made where the segment itself is lowered."""
    return f"{b.programs[None].name}.{segment_name(b, key)}"


def segment_name(b: Builder, key: str) -> str:
    """The name of a segment's smart list, without its program."""
    return b.claim("segment", clean(f"Segment {b.model.segments[key].title}"), key, key)
