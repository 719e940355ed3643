"""Segments as dynamic lists, and the population as criteria that every rule carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.lower.conditions import criteria, plain_list, segment_list
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both, either
from scorewright_pardot.lower.fitting import fit, member, nobody
from scorewright_pardot.lower.following import lets_in_too_early, there_for_a_day
from scorewright_pardot.objects import DynamicList, Made

if TYPE_CHECKING:
    from scorewright.model.elements import Segment
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["lower_segments", "population"]

_WHY = "Whom the model scores; rules ask for this list, so that nobody is scored before it is known who is left out."


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
    cx.dynamic_list(DynamicList(name, tree, cx.made(segment, "dynamic-list", segment.why)))
    cx.finish(segment, "dynamic-list", f"the dynamic list {name!r}; people come and go as it is rebuilt")


def population(cx: Context, *, inside: bool = True) -> Expression:
    """Whom the model scores, or does not score, as criteria; everybody when it does not say."""
    head = cx.model.header
    if _by_one_list(cx):
        return member(cx, _scored(cx), inside=inside)
    eligible = () if head.eligible is None else (member(cx, segment_list(cx, head.eligible), inside=inside),)
    kept_out = tuple(member(cx, segment_list(cx, key), inside=not inside) for key in head.exclude)
    return (both if inside else either)(*eligible, *kept_out)


def _by_one_list(cx: Context) -> bool:
    """Whether lists that follow late could let somebody in, for a while, who is outside: one list then says who is inside."""
    head = cx.model.header
    if any(not plain_list(cx, key) for key in head.exclude):
        return True
    return head.eligible is not None and lets_in_too_early(cx, segment_list(cx, head.eligible))


def _scored(cx: Context) -> str:
    """The list of whom the model scores: nobody is on it before it has been built for them."""
    head = cx.model.header
    name = cx.names.list("scored")
    if (DynamicList, name) in cx.objects:
        cx.rest_on("dynamic-list-lag")
        return name
    names = (*((head.eligible,) if head.eligible is not None else ()), *head.exclude)
    first = cx.model.segments[names[0]]
    let_in = (_told(cx, key, first, holds=True) for key in (head.eligible,) if key is not None)
    kept_out = (_told(cx, key, first, holds=False) for key in head.exclude)
    # Whoever is let in is kept out as well: the two would follow one after the other, and let somebody in between.
    tree = nobody() if head.eligible in head.exclude else both(*let_in, *kept_out)
    made = Made(tuple(cx.model.segments[key].name for key in names), "population", _WHY)
    cx.dynamic_list(DynamicList(name, fit(cx, tree, first), made))
    if lets_in_too_early(cx, name):
        guarded = fit(cx, both(tree, there_for_a_day(cx)), first)
        cx.objects[DynamicList, name] = DynamicList(name, guarded, made)
    cx.rest_on("dynamic-list-lag")
    return name


def _told(cx: Context, key: str, first: Segment, *, holds: bool) -> Expression:
    """In a segment or outside it: by its criteria themselves, which follow nothing, else by its list."""
    try:
        return criteria(cx, cx.model.segments[key].when, first, holds=holds)
    except CannotLowerError:
        return member(cx, segment_list(cx, key), inside=holds)
