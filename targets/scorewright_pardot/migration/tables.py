"""What a rule's table says, for whoever compares two versions of it: criteria, actions, windows, and what it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot import objects as ob
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.plugin.bundle import Emitted

__all__ = [
    "REPEAT",
    "Key",
    "Window",
    "actions_of",
    "adjusts",
    "bears",
    "criteria_of",
    "crossed_by",
    "element_of",
    "is_closed",
    "leaves",
    "put_by",
    "same_repeat",
    "set_to",
    "taken_by",
    "window_of",
]

Key = tuple[str, str]
"""Kind and name of an object."""

REPEAT = ("repeat", "days_before_repeat", "match_limit", "entry_limit")
"""What is frozen when a rule is resumed."""

_TAG, _IS = CRITERIA["tag"].text, OPERATORS["is"].text
_ADD, _REMOVE = ACTIONS["tag-add"].text, ACTIONS["tag-remove"].text
_SET = (ACTIONS["score"].text, "To")
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


# --- of an object as a whole --------------------------------------------------------------------------------------------


def element_of(item: Emitted) -> str:
    """The element that an object is made for, the first of them; ``""``: none."""
    return item.elements[0] if item.elements else ""


def is_closed(item: Emitted) -> bool:
    """Whether a rule matches in a window of a silence that ends."""
    window = window_of(item.table)
    return window is not None and window.end is not None


def set_to(item: Emitted) -> tuple[int, int] | None:
    """For a rule that sets the overall score: the greatest score that it leaves alone, and what it sets others to."""
    if item.kind != "automation-rules":
        return None
    values = [int(act.value) for act in actions_of(item.table) if (act.label, act.of) == _SET]
    guards = [
        int(leaf.value)
        for leaf in leaves(item.table)
        if (leaf.what, leaf.operator) == ("Prospect score", "is greater than")
    ]
    return (min(guards), values[0]) if values and guards else None
