"""Triggers and filters as ``includeRules`` shows them, from what a build sheet asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EMPTY", "rules_of"]

EMPTY: dict[str, Any] = {"filterMatchType": "all", "triggers": [], "filters": []}
"""The rules of what nobody has built yet."""
_MATCH = {"ALL": "all", "ANY": "any"}


def rules_of(smart_list: Mapping[str, Any]) -> dict[str, Any]:
    """The rules of a smart list as an emitted file has it.

    The expression of advanced filters is not shown.  No page shows a trigger, or a filter on a field: they are made
    like the filter on an activity that Adobe shows (smart-lists.md).
    """
    logic = smart_list.get("filter_logic", "ALL")
    return {
        "filterMatchType": _MATCH.get(logic, "advanced"),
        "triggers": [_rule(each, number) for number, each in enumerate(smart_list.get("triggers", ()), 1)],
        "filters": [_rule(each, number) for number, each in enumerate(smart_list.get("filters", ()), 1)],
    }


def _rule(clause: Mapping[str, Any], number: int) -> dict[str, Any]:
    name = clause.get("api", clause["rule"])
    activity = "attribute" in clause or not clause.get("operator")
    return {
        "id": number,
        "name": name,
        "ruleTypeId": _number(name),
        "ruleType": "Activity" if activity else "Attribute",
        "operator": "occurs" if activity else clause["operator"],
        "conditions": [
            *_primary(clause),
            *(_condition(one, primary=False) for one in clause.get("constraints", ())),
        ],
    }


def _primary(clause: Mapping[str, Any]) -> list[dict[str, Any]]:
    if not clause.get("operator"):
        return []
    name = clause.get("attribute", clause.get("api", clause["rule"]))
    asked = {"name": name, "operator": clause["operator"], "values": clause.get("values", ())}
    return [_condition(asked, primary=True)]


def _condition(asked: Mapping[str, Any], *, primary: bool) -> dict[str, Any]:
    return {
        "activityAttributeId": _number(asked["name"]),
        "activityAttributeName": asked["name"],
        "operator": asked["operator"],
        "values": [str(value) for value in asked["values"]],
        "isPrimary": primary,
    }


def _number(name: str) -> int:
    """An id that is always the same for a name."""
    return crc32(name.encode()) % 1000 + 1
