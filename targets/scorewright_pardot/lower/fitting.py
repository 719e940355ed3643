"""How a tree of criteria becomes what a rule can hold: two levels, inner parts as lists; and who lacks a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.lower.expression import both, leaf
from scorewright_pardot.objects import Criteria, Criterion, DynamicList, Group, Made

if TYPE_CHECKING:
    from scorewright.model.elements import Element
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["fit", "member", "part", "untagged"]


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
