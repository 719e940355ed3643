"""Several kinds of events counted as one: each filter counts its own kind, and every way to share a number among them does."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from scorewright_marketo.lower.expr import Both, both, either
from scorewright_marketo.lower.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorewright.model.events import Event
    from scorewright_marketo.lower.assets import Shape
    from scorewright_marketo.lower.expr import Expr

__all__ = ["in_all"]

_MOST = 24
"""So many filters of one count are the most that somebody builds by hand."""


def in_all(event: Event, shapes: Sequence[Shape], least: int, asked: Callable[[Shape, int], Expr]) -> Expr:
    """At least so many of all shapes together; ``asked`` is the filter for so many of one."""
    shapes = _each_once(shapes)
    if any(_both_meet(one, other) for one, other in combinations(shapes, 2)):
        raise RefusedError(
            "condition-impossible",
            event.path,
            "one of these events can pass two filters of Marketo, and would be counted twice",
            'name the assets one by one, with match = "is", and no form beside the page that it is on',
        )
    if len(shapes) > 1 and len(shapes) * least > _MOST:
        raise RefusedError(
            "condition-impossible",
            event.path,
            f"each kind of event is counted by a filter of its own, which makes more than {_MOST} filters here",
            f"ask for at most {_MOST // len(shapes)} of them together, or for each kind apart",
        )
    return _shared(shapes, least, asked)


def _each_once(shapes: Sequence[Shape]) -> tuple[Shape, ...]:
    """Names that a pattern beside them means as well are left to the pattern."""
    found = []
    for shape in shapes:
        patterns = [other for other in shapes if other.operator == "starts with" and _alike(shape, other)]
        names = tuple(
            text
            for text in shape.values
            if shape.operator != "is" or not any(_fits(shape, text, o, z) for o in patterns for z in o.values)
        )
        if names or not shape.values:
            found.append(shape._replace(values=names))
    return tuple(found)


def _shared(shapes: Sequence[Shape], least: int, asked: Callable[[Shape, int], Expr]) -> Expr:
    """So many of the first and the rest of the others, for every number."""
    first, *others = shapes
    if not others:
        return asked(first, least)
    ways = []
    for many in range(least, -1, -1):
        mine = asked(first, many) if many else Both(())
        ways.append(both(mine, _shared(others, least - many, asked)) if many < least else mine)
    return either(*ways)


def _both_meet(one: Shape, other: Shape) -> bool:
    """Whether one event could pass both: it is told apart by its kind, or by names that differ."""
    if one.labels.filter != other.labels.filter:
        return False
    if {one.operator, other.operator} <= _BY_NAME and _alike(one, other):
        return any(_fits(one, a, other, z) for a in one.values for z in other.values)
    return True


_BY_NAME = {"is", "starts with"}


def _alike(one: Shape, other: Shape) -> bool:
    """Whether they ask the same of one kind of event, but for the names."""
    return (one.labels.filter, one.constraints) == (other.labels.filter, other.constraints)


def _fits(one: Shape, a: str, other: Shape, z: str) -> bool:
    a, z = a.casefold(), z.casefold()
    whole = (one.operator == "is", other.operator == "is")
    return a == z or (not whole[0] and z.startswith(a)) or (not whole[1] and a.startswith(z))
