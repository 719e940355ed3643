"""Rules that only take a tag off, for one reason: one rule takes all of their tags off.

To take off a tag that is not there does nothing, so whoever bears one of them loses them all where the reason holds for
all.  Nothing else is put together here: any other action would be done to somebody whom it is not for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.expression import tagged
from scorewright_pardot.objects import AutomationRule, Criteria, Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorewright_pardot.objects import Object

__all__ = ["share_drops"]

_OFF = ACTIONS["tag-remove"].text
Reason = tuple[object, ...]


def share_drops(objects: Iterable[Object]) -> tuple[Object, ...]:
    """The same objects, where each reason to take tags off has one rule, in the place of its first."""
    objects = tuple(objects)
    by_reason: dict[Reason, list[AutomationRule]] = {}
    for item in objects:
        reason = _reason(item)
        if reason is not None and isinstance(item, AutomationRule):
            by_reason.setdefault(reason, []).append(item)
    found: list[Object] = []
    for item in objects:
        some = by_reason.get(_reason(item) or (), [])
        if len(some) < 2:
            found.append(item)
        elif item == some[0]:
            found.append(_one(some))
    return tuple(found)


def _reason(item: Object) -> Reason | None:
    """Why and when a rule takes one tag off, its own tag aside; ``None`` for any other object."""
    if not isinstance(item, AutomationRule) or [act.label for act in item.actions] != [_OFF]:
        return None
    own = tagged(item.actions[0].of)
    if item.repeat is None or item.criteria.match != "all" or own not in item.criteria.items or item.passes:
        return None
    others = frozenset(part for part in item.criteria.items if part != own)
    return (others, item.repeat, item.matches, item.phase) if others else None


def _one(rules: Sequence[AutomationRule]) -> AutomationRule:
    first = rules[0]
    tags = tuple(tagged(rule.actions[0].of) for rule in rules)
    others = tuple(part for part in first.criteria.items if part not in tags)
    criteria = Criteria("all", (Group("any", tags), *others))
    elements = dict.fromkeys(name for rule in rules for name in rule.made.elements)
    facts = dict.fromkeys(fact for rule in rules for fact in rule.made.facts)
    made = first.made._replace(elements=tuple(elements), facts=tuple(facts))
    actions = tuple(rule.actions[0] for rule in rules)
    return first._replace(criteria=criteria, actions=actions, made=made)
