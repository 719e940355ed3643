"""In which ways criteria hold, and which of them exclude each other: nobody then meets both of two rules."""

from __future__ import annotations

from itertools import product
from math import inf, prod
from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.labels import CRITERIA, OPERATORS
from scorewright_pardot.objects import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright_pardot.objects import Criteria, Criterion

__all__ = ["Asked", "apart", "asked", "nobody_in_both", "span", "ways"]

_IS, _IS_NOT = OPERATORS["is"].text, OPERATORS["is-not"].text
_EMPTY, _EMPTY_NOT = OPERATORS["empty"].text, OPERATORS["empty-not"].text
_GREATER, _LESS = OPERATORS["greater"].text, OPERATORS["less"].text
_OLDER, _YOUNGER = OPERATORS["days-greater"].text, OPERATORS["days-less"].text
_FIELD_KINDS = {CRITERIA[word].text for word in ("account-field", "custom-field", "default-field")}

Way = tuple["Criterion", ...]


def ways(criteria: Criteria) -> list[Way]:
    """Ways in which criteria hold, each with what surely holds then: what one of several alternatives asks is left out."""
    if criteria.match == "any":
        return [_alone(item) for item in criteria.items]
    return [tuple(leaf for item in criteria.items for leaf in _alone(item))]


def _alone(item: Criterion | Group) -> Way:
    if not isinstance(item, Group):
        return (item,)
    surely = item.match == "all" or len(item.criteria) == 1
    return tuple(leaf for inner in item.criteria for leaf in _alone(inner)) if surely else ()


_MOST_WAYS = 256


def _every_way(criteria: Criteria) -> list[Way]:
    """The same, with each alternative a way of its own, as long as they are not too many."""
    group = Group(criteria.match, criteria.items)
    return _alternatives(group) if _count(group) <= _MOST_WAYS else ways(criteria)


def _alternatives(item: Criterion | Group) -> list[Way]:
    if not isinstance(item, Group):
        return [(item,)]
    each = [_alternatives(inner) for inner in item.criteria]
    if item.match == "any":
        return [way for found in each for way in found]
    return [tuple(leaf for way in found for leaf in way) for found in product(*each)]


def _count(item: Criterion | Group) -> int:
    if not isinstance(item, Group):
        return 1
    counts = map(_count, item.criteria)
    return sum(counts) if item.match == "any" else prod(counts)


def span(way: Way, what: str, of: str) -> tuple[float, float]:
    """Between which numbers a way needs a score or a silence to lie, ends included."""
    low, high = -inf, inf
    for item in way:
        if (item.what, item.of) == (what, of):
            number = float(item.value) if item.value.lstrip("-").isdigit() else None
            if number is None:
                continue
            if item.operator in {_GREATER, _OLDER}:
                low = max(low, number + 1)
            elif item.operator in {_LESS, _YOUNGER}:
                high = min(high, number - 1)
            elif item.operator == _IS:
                low, high = max(low, number), min(high, number)
    return low, high


class Asked(NamedTuple):
    """What one way asks: between which numbers each thing has to lie, and by which operators each value is asked for."""

    spans: Mapping[tuple[str, str], tuple[float, float]]
    values: Mapping[tuple[str, str, str], set[str]]


def asked(criteria: Criteria) -> list[Asked]:
    """What each way asks in which criteria hold."""
    found = []
    for way in _every_way(criteria):
        values: dict[tuple[str, str, str], set[str]] = {}
        for item in way:
            values.setdefault((item.what, item.of, item.value), set()).add(item.operator)
        found.append(Asked({key[:2]: span(way, *key[:2]) for key in values}, values))
    return found


def _exclude(one: Asked, other: Asked) -> bool:
    """Whether nobody can match both: numbers apart, or one asks for what the other asks not to be."""
    for key in one.spans.keys() & other.spans.keys():
        mine, its = one.spans[key], other.spans[key]
        if mine[1] < its[0] or its[1] < mine[0]:
            return True
    return any(
        (what, of) == (kind, its_of)
        and (
            _denies(mine, value, its, wish)
            or _denies(its, wish, mine, value)
            or _differ(what, mine, value, its, wish)
        )
        for (what, of, value), mine in one.values.items()
        for (kind, its_of, wish), its in other.values.items()
    )


def _denies(mine: set[str], value: str, its: set[str], wish: str) -> bool:
    """Whether one asks for what the other leaves out, or for no value where the other asks for one."""
    if _IS in mine and _IS_NOT in its and {*value.split(";")} <= {*wish.split(";")}:
        return True
    return _EMPTY in mine and bool(its & {_IS, _GREATER, _LESS, _EMPTY_NOT})


def _differ(what: str, mine: set[str], value: str, its: set[str], wish: str) -> bool:
    """Whether they want other values of one field (which of them hold several values at once cannot be seen here)."""
    return what in _FIELD_KINDS and _IS in mine & its and not {*value.split(";")} & {*wish.split(";")}


def apart(one: Iterable[Asked], other: Iterable[Asked]) -> bool:
    """Whether no way of one goes with a way of the other."""
    return all(_exclude(way, its) for way in one for its in other)


def nobody_in_both(one: Criteria, other: Criteria) -> bool:
    """Whether criteria are sure to exclude each other."""
    return apart(asked(one), asked(other))
