"""Criteria as a tree of and and or, and how a tree becomes what a rule can hold: two levels, inner parts as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.labels import CRITERIA, OPERATORS
from scorewright_pardot.objects import Criteria, Criterion, DynamicList, Group, Made

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Element
    from scorewright_pardot.lower.context import Context

__all__ = [
    "EVERYBODY",
    "NOBODY",
    "Expression",
    "Node",
    "both",
    "either",
    "fit",
    "leaf",
    "member",
    "tagged",
    "untagged",
]


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


def untagged(cx: Context, *tags: str) -> Expression:
    """Bears none of these tags."""
    cx.flag("tag-isnt-matches-untagged")
    return both(*(leaf("tag", tag, "is-not") for tag in tags))


def member(cx: Context, name: str, *, inside: bool = True) -> Criterion:
    """Is in a list, or is not."""
    if not inside:
        cx.flag("list-isnt-matches-others")
    return leaf("list", name, "is" if inside else "is-not")


def fit(cx: Context, tree: Expression, element: Element) -> Criteria:
    """A tree as criteria of depth two; what lies deeper becomes a dynamic list that the criteria ask for."""
    if isinstance(tree, Criterion):
        return Criteria("all", (tree,))
    return Criteria(tree.match, tuple(_item(cx, item, element) for item in tree.members))


def _item(cx: Context, item: Expression, element: Element) -> Criterion | Group:
    if isinstance(item, Criterion):
        return item
    return Group(item.match, tuple(_flat(cx, inner, element) for inner in item.members))


def _flat(cx: Context, item: Expression, element: Element) -> Criterion:
    return item if isinstance(item, Criterion) else member(cx, part(cx, item, element))


def part(cx: Context, tree: Expression, element: Element) -> str:
    """The dynamic list that holds a tree; equal trees share one."""
    if tree not in cx.parts:
        label = element.name.replace(".", " ") + (f" {element.product}" if element.product else "")
        count = cx.part_counts[label] = cx.part_counts.get(label, 0) + 1
        name = cx.names.list(label, f"part {count}")
        cx.parts[tree] = name
        cx.rest_on("nesting-depth", "dynamic-list-lag")
        criteria = fit(cx, tree, element)
        why = "A rule holds two levels of criteria; this list holds what lies deeper."
        cx.dynamic_list(
            DynamicList(name, criteria, Made((element.name,), "inner-list", why, ("nesting-depth",)))
        )
    else:
        cx.rest_on("nesting-depth", "dynamic-list-lag")
    return cx.parts[tree]
