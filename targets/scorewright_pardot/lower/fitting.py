"""How a tree of criteria becomes what a rule can hold: two levels, inner parts as lists; and who lacks a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.expression import both, leaf
from scorewright_pardot.lower.normal import two_levels
from scorewright_pardot.objects import Act, AutomationRule, Criteria, Criterion, DynamicList, Group, Made, Tag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Element, Model
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.names import Names
    from scorewright_pardot.objects import Object

__all__ = ["everybody", "fit", "fits", "member", "nobody", "part", "untagged"]


class Ground(Protocol):
    """The part of a run that holds facts, names, and the objects and lists made so far."""

    model: Model
    facts: Mapping[str, bool | int | str]
    names: Names
    uses: dict[str, None]
    parts: dict[Expression, str]
    part_counts: dict[str, int]

    def flag(self, fact: str) -> bool:
        """A yes-or-no fact, noted."""
        ...

    def rest_on(self, *facts: str) -> None:
        """Note facts without asking for their value."""
        ...

    def add(self, item: Object, name: str) -> None:
        """Add an object under its name."""
        ...

    def dynamic_list(self, item: DynamicList) -> str:
        """Add a dynamic list and give its name back."""
        ...


_FIRST = 5
"""The phase of what every other rule counts on."""


def untagged(cx: Ground, *tags: str) -> Expression:
    """Bears none of these tags."""
    if tags and not cx.flag("tag-isnt-matches-untagged"):
        _tag_everybody(cx)
    return both(*(leaf("tag", tag, "is-not") for tag in tags))


def member(cx: Ground, name: str, *, inside: bool = True) -> Criterion:
    """Is in a list, or is not."""
    if not inside and not cx.flag("list-isnt-matches-others"):
        _list_everybody(cx)
    return leaf("list", name, "is" if inside else "is-not")


_EVER = 36_500
"""Days within which every prospect was created: a hundred years."""


def everybody() -> Criteria:
    """A criterion that everybody meets: what has none cannot be saved."""
    return Criteria("all", (leaf("time", "created", "days-less", _EVER),))


def nobody() -> Criterion:
    """A criterion that nobody meets, for a list that must be there all the same."""
    return leaf("time", "created", "days-greater", _EVER)


def _whole_model(cx: Ground, lowering: str, why: str) -> Made:
    element = next(iter(cx.model.scores.values()))
    return Made((element.name,), lowering, why, tuple(cx.uses))


def _tag_everybody(cx: Ground) -> None:
    """A tag that everybody bears, where 'tag isn't' matches only people with some tag."""
    name, tag = cx.names.rule("everybody", "a tag for all"), cx.names.tag("everybody")
    made = _whole_model(
        cx, "everybody", "'Prospect tag isn't' matches only people who bear a tag; with this one all do."
    )
    cx.add(Tag(tag, made), tag)
    put = (Act(ACTIONS["tag-add"].text, tag),)
    cx.add(AutomationRule(name, everybody(), put, None, _FIRST, "Everybody who is there today.", made), name)


def _list_everybody(cx: Ground) -> None:
    """A list that everybody is on, where 'list isn't' matches only people who are on some list."""
    name = cx.names.list("everybody")
    made = _whole_model(
        cx, "everybody", "'Prospect list isn't' matches only people who are on a list; on this one all are."
    )
    cx.dynamic_list(DynamicList(name, everybody(), made))


def fits(cx: Ground, tree: Expression) -> bool:
    """Whether a rule can hold a tree without any list of its own."""
    return two_levels(tree) is not None and int(cx.facts["nesting-depth"]) >= 2


def fit(cx: Ground, tree: Expression, element: Element) -> Criteria:
    """A tree as criteria of two levels: what lies deeper is spread out, or a dynamic list that the criteria ask for."""
    below = int(cx.facts["nesting-depth"]) - 1
    if below == 1:
        tree = two_levels(tree) or tree
    if isinstance(tree, Criterion):
        return Criteria("all", (tree,))
    return Criteria(tree.match, tuple(_item(cx, item, element, below) for item in tree.members))


def _item(cx: Ground, item: Expression, element: Element, levels: int) -> Criterion | Group:
    """One criterion, or a group where so many levels are left; a list where none is."""
    if isinstance(item, Criterion):
        return item
    if not levels:
        return member(cx, part(cx, item, element))
    return Group(item.match, tuple(_item(cx, inner, element, levels - 1) for inner in item.members))


def part(cx: Ground, tree: Expression, element: Element) -> str:
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
