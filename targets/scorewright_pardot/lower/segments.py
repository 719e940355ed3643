"""Segments as dynamic lists, and the population as criteria that every rule carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.lower.conditions import criteria, plain_list, segment_list
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both
from scorewright_pardot.lower.fitting import fit, member
from scorewright_pardot.objects import DynamicList

if TYPE_CHECKING:
    from scorewright.model.elements import Segment
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["lower_segments", "population"]


def lower_segments(cx: Context) -> None:
    """One dynamic list a segment; a segment that reads another asks for membership of its list."""
    for segment in cx.model.segments.values():
        cx.begin()
        try:
            _segment(cx, segment)
        except CannotLowerError as error:
            cx.refuse(segment, error)


def _segment(cx: Context, segment: Segment) -> None:
    name = segment_list(cx, segment.key)
    if plain_list(cx, segment.key):
        cx.finish(
            segment, "nothing-to-build", f"the members of the list {name!r}, without a list of their own"
        )
        return
    tree = fit(cx, criteria(cx, segment.when, segment), segment)
    cx.rest_on("dynamic-list-lag")
    cx.dynamic_list(DynamicList(name, tree, cx.made(segment, "dynamic-list", segment.why or segment.title)))
    cx.finish(segment, "dynamic-list", f"the dynamic list {name!r}; people come and go as it is rebuilt")


def population(cx: Context) -> Expression:
    """Whom the model scores, as criteria; everybody when it does not say."""
    head = cx.model.header
    inside = () if head.eligible is None else (member(cx, segment_list(cx, head.eligible)),)
    outside = tuple(member(cx, segment_list(cx, key), inside=False) for key in head.exclude)
    return both(*inside, *outside)
