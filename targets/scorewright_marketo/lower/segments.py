"""Segments and the population: smart lists that filters ask for, never a copy of their conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.expr import Both, both
from scorewright_marketo.lower.reading import segment_list, segment_name
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from scorewright.model.elements import Segment
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["lower_segment", "outside", "population"]


def lower_segment(b: Builder, segment: Segment) -> None:
    """The smart list, with its conditions; inner segments are asked for by membership."""
    name = segment_name(b, segment.key)
    b.smart_list(name, condition(b, segment.when), segment.why or f"The segment “{segment.title}”.")
    b.exact("segment", f"The smart list {segment_list(b, segment.key)}.")


def population(b: Builder) -> Expr:
    """Who is scored: in the eligible list and in none of the excluded ones."""
    head = b.model.header
    parts: list[Expr] = []
    if head.eligible is not None:
        parts.append(Clause("Member of Smart List", "in", (segment_list(b, head.eligible),)))
    parts += [Clause("Member of Smart List", "not in", (segment_list(b, key),)) for key in head.exclude]
    return both(*parts) if parts else Both(())


def outside(b: Builder) -> Clause:
    """Who is not scored: the population has no negation of its own, so it becomes a smart list."""
    name = b.smart_list(
        "Scored people", b.population, "Everybody who is scored; others ask who is not in it."
    )
    return Clause("Member of Smart List", "not in", (name,))
