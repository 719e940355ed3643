"""What a rule may see that never was so: a dynamic list follows hours after what it asks for.

A rule that can take back what it gave puts such a mistake right.  One that acts for good must not make it: it waits until
the lists of somebody new are built, and is bounded where one change can turn a list and what stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import CRITERIA, OPERATORS
from scorewright_pardot.lower.expression import leaf
from scorewright_pardot.objects import Criterion, DynamicList, Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.objects import Criteria

__all__ = ["follows", "is_list", "lets_in_too_early", "one_change_turns_both", "there_for_a_day"]

_LIST = CRITERIA["list"].text
_IS_NOT = OPERATORS["is-not"].text
_FIELDS = {CRITERIA[word].text for word in ("account-field", "custom-field", "default-field")}
_ALONE = {CRITERIA[word].text for word in ("crm-status", "assignment")}


def there_for_a_day(cx: Context) -> Expression:
    """The prospect was created a day ago or earlier: every list has been built by then."""
    cx.rest_on("dynamic-list-lag")
    return leaf("time", "created", "days-greater", 0 if cx.flag("days-greater-than-is-strict") else 1)


def follows(cx: Context, criteria: Criteria) -> bool:
    """Whether criteria ask for a dynamic list."""
    return any(_dynamic(cx, item) is not None for item in _leaves(criteria.items))


def is_list(tree: Expression) -> bool:
    """Whether a tree is nothing but a list, so that its opposite is not being on it."""
    return isinstance(tree, Criterion) and tree.what == _LIST


def lets_in_too_early(cx: Context, name: str) -> bool:
    """Whether a list, or one that it asks for, takes whoever is not yet on another list that is built."""
    made = cx.objects.get((DynamicList, name))
    if not isinstance(made, DynamicList):
        return False
    for item in _leaves(made.criteria.items):
        found = _dynamic(cx, item)
        if found is not None and (item.operator == _IS_NOT or lets_in_too_early(cx, found.name)):
            return True
    return False


def one_change_turns_both(cx: Context, criteria: Criteria) -> bool:
    """Whether one thing that happens can turn both a list and another criterion, or two lists."""
    direct: set[str] = set()
    lists: list[set[str]] = []
    for item in _leaves(criteria.items):
        found = _dynamic(cx, item)
        if found is None:
            direct.add(_cell(item))
        else:
            lists.append(_cells(cx, found, set()))
    seen = direct
    for cells in lists:
        if cells & seen:
            return True
        seen |= cells
    return False


def _leaves(items: Iterable[Criterion | Group]) -> Iterator[Criterion]:
    for item in items:
        yield from item.criteria if isinstance(item, Group) else (item,)


def _dynamic(cx: Context, item: Criterion) -> DynamicList | None:
    made = cx.objects.get((DynamicList, item.of)) if item.what == _LIST else None
    return made if isinstance(made, DynamicList) else None


def _cells(cx: Context, item: DynamicList, met: set[str]) -> set[str]:
    """What turns a list, through the lists that it asks for."""
    met.add(item.name)
    cells: set[str] = set()
    for inner in _leaves(item.criteria.items):
        found = _dynamic(cx, inner)
        if found is None:
            cells.add(_cell(inner))
        elif found.name not in met:
            cells |= _cells(cx, found, met)
    return cells


def _cell(item: Criterion) -> str:
    """What has to change: a field by itself; all that an event leaves behind may change by one event."""
    if item.what in _FIELDS:
        return f"field {item.of}"
    return item.what if item.what in _ALONE else "event"
