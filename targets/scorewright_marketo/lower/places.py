"""Where each score, mark, segment and grade of the model stands on the platform, for the gauges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.lower.marks import mark_list
from scorewright_marketo.lower.reading import letter_field, segment_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright_marketo.lower.context import Builder

__all__ = ["places"]


def places(b: Builder) -> tuple[tuple[str, str, str], ...]:
    """Kind of gauge, the thing's key, and the name of the field or list, after everything has been lowered."""
    return tuple(_places(b))


def _places(b: Builder) -> Iterator[tuple[str, str, str]]:
    model = b.model
    for score in model.scores.values():
        yield "score", score.key, b.score_field(score)
    for grade in model.grades.values():
        b.element = grade
        yield "grade", grade.key, letter_field(b, grade)
    for mark in model.marks.values():
        b.element = mark
        yield "mark", mark.key, mark_list(b, mark.key)
    for segment in model.segments.values():
        yield "segment", segment.key, segment_list(b, segment.key)
