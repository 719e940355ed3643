"""What a rule's table says, for whoever compares two versions of it: criteria, actions, windows, and what it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot import objects as ob
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "REPEAT",
    "Key",
    "Window",
    "actions_of",
    "adjusts",
    "bears",
    "criteria_of",
    "crossed_by",
    "leaves",
    "put_by",
    "same_repeat",
    "taken_by",
    "window_of",
]

Key = tuple[str, str]
"""Kind and name of an object."""

REPEAT = ("repeat", "days_before_repeat", "match_limit")
"""What is frozen when a rule is resumed."""

_TAG, _IS = CRITERIA["tag"].text, OPERATORS["is"].text
_ADD, _REMOVE = ACTIONS["tag-add"].text, ACTIONS["tag-remove"].text
_POINTS = {ACTIONS["score"].text, ACTIONS["category"].text}
_TIME = CRITERIA["time"].text
_OLDER, _YOUNGER = OPERATORS["days-greater"].text, OPERATORS["days-less"].text


def criteria_of(table: Mapping[str, Any]) -> ob.Criteria:
    """The criteria as the sheet explains them."""
    return ob.Criteria(table["match"], tuple(_item(row) for row in table["criteria"]))


def _item(row: Mapping[str, Any]) -> ob.Criterion | ob.Group:
    if "criteria" in row:
        return ob.Group(row["match"], tuple(_item(inner) for inner in row["criteria"]))
    return ob.Criterion(row["criterion"], row.get("of", ""), row["operator"], row.get("value", ""))


def actions_of(table: Mapping[str, Any]) -> tuple[ob.Act, ...]:
    """The actions as the sheet explains them."""
    return tuple(
        ob.Act(row["action"], row.get("of", ""), row.get("value", "")) for row in table.get("actions", ())
    )


def leaves(table: Mapping[str, Any]) -> Iterator[ob.Criterion]:
    """Every criterion, groups opened."""
    yield from _leaves(criteria_of(table).items)


def _leaves(items: Iterable[ob.Criterion | ob.Group]) -> Iterator[ob.Criterion]:
    for item in items:
        if isinstance(item, ob.Group):
            yield from _leaves(item.criteria)
        else:
            yield item


def bears(table: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags that whoever matches must bear."""
    if table["match"] != "all":
        return ()
    items = criteria_of(table).items
    return tuple(
        item.of
        for item in items
        if isinstance(item, ob.Criterion) and (item.what, item.operator) == (_TAG, _IS)
    )


def put_by(table: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags that a rule applies."""
    return tuple(act.of for act in actions_of(table) if act.label == _ADD)


def crossed_by(table: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags among them that say that a threshold was crossed."""
    return tuple(tag for tag in put_by(table) if tag.endswith("/crossed"))


def taken_by(table: Mapping[str, Any]) -> tuple[str, ...]:
    """The tags that a rule removes."""
    return tuple(act.of for act in actions_of(table) if act.label == _REMOVE)


def adjusts(table: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """By how much a rule moves each score: by action and category (``By`` for the overall one)."""
    found: dict[tuple[str, str], int] = {}
    for act in actions_of(table):
        if act.label in _POINTS and act.of != "To":
            found[act.label, act.of] = found.get((act.label, act.of), 0) + int(act.value)
    return found


def same_repeat(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether Repeat Rule is set alike: what is frozen once the rule was resumed."""
    return all(old.get(key) == new.get(key) for key in REPEAT)


class Window(NamedTuple):
    """The days of silence in which a rule can match: from ``first`` on, before ``end`` (``None``: open)."""

    first: int
    end: int | None


def window_of(table: Mapping[str, Any]) -> Window | None:
    """When in a silence a rule matches, over all of its groups; ``None``: it asks for no silence."""
    silent = [item for item in leaves(table) if (item.what, item.of) == (_TIME, "last activity")]
    older = [int(item.value) for item in silent if item.operator == _OLDER]
    younger = [int(item.value) for item in silent if item.operator == _YOUNGER]
    if not older:
        return None
    return Window(min(older), max(younger) if len(younger) >= len(older) else None)
