"""Criteria as a tree of and and or: pure values, joined so that nothing stands in them twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.labels import CRITERIA, OPERATORS
from scorewright_pardot.objects import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EVERYBODY", "NOBODY", "Expression", "Node", "both", "either", "leaf", "tagged"]


class Node(NamedTuple):
    """All of, or any of, its members.  ``all`` of nothing is everybody, ``any`` of nothing is nobody."""

    match: str
    members: tuple[Expression, ...]


Expression = Criterion | Node

EVERYBODY = Node("all", ())
NOBODY = Node("any", ())


def leaf(what: str, of: str, operator: str, value: str | int = "") -> Criterion:
    """One criterion from our short words."""
    return Criterion(CRITERIA[what].text, of, OPERATORS[operator].text, str(value))


def both(*members: Expression) -> Expression:
    """All of these."""
    return _join("all", members)


def either(*members: Expression) -> Expression:
    """Any of these."""
    return _join("any", members)


def _join(match: str, members: Iterable[Expression]) -> Expression:
    neutral, absorbing = (EVERYBODY, NOBODY) if match == "all" else (NOBODY, EVERYBODY)
    flat: dict[Expression, None] = {}
    for item in members:
        if item == absorbing:
            return absorbing
        if isinstance(item, Node) and item.match == match:
            flat.update(dict.fromkeys(item.members))
        elif item != neutral:
            flat[item] = None
    kept = _tightest(match, tuple(flat))
    return kept[0] if len(kept) == 1 else Node(match, kept)


_GREATER, _LESS = OPERATORS["greater"].text, OPERATORS["less"].text


def _tightest(match: str, members: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Of several bounds of one number only the one that decides: the tightest under all, the widest under any."""
    best: dict[tuple[str, str, str], int] = {}
    for item in members:
        if isinstance(item, Criterion) and item.operator in {_GREATER, _LESS}:
            key, value = (item.what, item.of, item.operator), int(item.value)
            upward = (item.operator == _GREATER) == (match == "all")
            best[key] = (
                value if key not in best else max(best[key], value) if upward else min(best[key], value)
            )
    if not best:
        return members
    return tuple(
        item
        for item in members
        if not isinstance(item, Criterion)
        or (item.what, item.of, item.operator) not in best
        or best[item.what, item.of, item.operator] == int(item.value)
    )


def tagged(tag: str) -> Criterion:
    """Bears a tag."""
    return leaf("tag", tag, "is")
