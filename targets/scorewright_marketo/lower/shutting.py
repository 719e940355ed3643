"""Thresholds that shut themselves or one another: what the actions of one make untrue that another asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import (
    AddToList,
    Assign,
    PutMark,
    RemoveFromList,
    Reset,
    SetField,
    SetLifecycle,
    Snapshot,
    Stamp,
    TakeMark,
)
from scorewright.model.together import Together
from scorewright_marketo.lower.asking import asked, leaves
from scorewright_marketo.lower.points import reached
from scorewright_marketo.lower.sums import affected

if TYPE_CHECKING:
    from scorewright.model.actions import Action
    from scorewright.model.elements import Threshold
    from scorewright_marketo.lower.context import Builder

__all__ = ["closes_itself", "exclude", "shut_by", "undoes"]


def closes_itself(b: Builder, item: Threshold) -> bool:
    """Whether its own actions close it: by a mark that it asks about, or by what it, or whom the model scores, asks for."""
    marks = {
        part.mark
        for when in (item.when, item.unless)
        for part in con.walk(when)
        if isinstance(part, con.HasMark)
    }
    touched = {action.mark for action in item.then if isinstance(action, (PutMark, TakeMark))}
    reset = any(isinstance(action, Reset) for action in item.then)
    return bool(marks & touched) or reset or _shuts(b, item, item)


def shut_by(b: Builder, item: Threshold) -> tuple[str, ...]:
    """The other thresholds that may open in the same moment, and whose actions shut this one."""
    found = (
        other for other in b.model.thresholds.values() if other is not item and not exclude(b, item, other)
    )
    return tuple(
        dict.fromkeys(
            other.title
            for other in found
            if _shuts(b, other, item) and _opened_by(b, other) & _opened_by(b, item)
        )
    )


def _opened_by(b: Builder, item: Threshold) -> set[str]:
    """Whether an event of its own, a field (or whoever comes into the population), or both can open a threshold."""
    events_of, fields_of = _scores_by(b)
    found = {"fields"} if b.model.header.eligible is not None or b.model.header.exclude else set()
    found |= {"events"} if item.or_on else set()
    for leaf, _ in leaves(b, item.when):
        if isinstance(leaf, con.ScoreTest):
            found |= {"events"} if leaf.score in events_of else set()
            found |= {"fields"} if leaf.score in fields_of else set()
        else:
            found |= {"events"} if isinstance(leaf, (con.HasMark, con.Happened)) else {"fields"}
    shutting = (
        any(not isinstance(leaf, con.HasMark) for leaf, _ in leaves(b, item.unless)) if item.unless else False
    )
    return found | ({"fields"} if item.required_fields or shutting else set())


def _scores_by(b: Builder) -> tuple[set[str], set[str]]:
    """The scores that events raise, and those that fields do."""
    rules = b.model.rules.values()
    happening = {key for rule in rules if rule.on for key, _ in rule.points}
    standing = {tier.score for tier in b.model.tiers.values()} | {
        copy.score for copy in b.model.inputs.values()
    }
    changing = (rule for rule in rules if not rule.on or any(event.verb == "changes" for event in rule.on))
    standing |= {key for rule in changing for key, _ in rule.points}
    return (
        {name for key in happening for name in reached(b, key)},
        {name for key in standing for name in reached(b, key)},
    )


def exclude(b: Builder, one: Threshold, other: Threshold) -> bool:
    """Whether what the two ask keeps them from being open at once: marks, segments, fields or scores that both cannot have."""
    if "together" not in b.memo:
        b.memo["together"] = Together(b.model)
    together: Together = b.memo["together"]
    return together.exclude(one, other)


def _shuts(b: Builder, other: Threshold, item: Threshold) -> bool:
    """Whether what the one does makes something untrue that this one asks for."""
    return any(
        undoes(b, action, leaf, wanted=wanted) for action in other.then for leaf, wanted in asked(b, item)
    )


def undoes(b: Builder, action: Action, leaf: con.Condition, *, wanted: bool) -> bool:
    """Whether an action can make a leaf untrue that is to hold (``wanted``), or true that is not to."""
    if isinstance(leaf, con.HasMark):
        kind = TakeMark if wanted else PutMark
        return isinstance(action, kind) and action.mark == leaf.mark
    if isinstance(leaf, con.MemberOf):
        on_list = RemoveFromList if wanted else AddToList
        return isinstance(action, on_list) and action.list == leaf.asset
    if isinstance(leaf, con.ScoreTest):
        return isinstance(action, Reset) and leaf.score in {
            score.key for score, _ in affected(b, action.score)
        }
    if isinstance(leaf, con.FieldTest):
        writes = (
            isinstance(action, (SetField, Stamp, Snapshot)) and getattr(action, "field", "") == leaf.field
        )
        stage = isinstance(action, SetLifecycle) and b.model.lifecycle.field == leaf.field
        return writes or stage
    if isinstance(leaf, con.Assigned):
        return isinstance(action, Assign) and leaf.value is not wanted
    return False
