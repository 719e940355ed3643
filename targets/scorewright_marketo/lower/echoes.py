"""What one night's batch brings about and the next one follows: it opens a threshold, and what holds reads what that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import SetField, SetLifecycle, Snapshot, Stamp
from scorewright.model.elements import Input, Tier
from scorewright_marketo.lower.asking import leaves
from scorewright_marketo.lower.drifting import changed_by_night
from scorewright_marketo.lower.points import reached
from scorewright_marketo.lower.shutting import undoes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model import conditions as con
    from scorewright.model.actions import Action
    from scorewright.model.elements import Rule
    from scorewright_marketo.lower.context import Builder

__all__ = ["echoes", "echoes_in"]


def echoes(b: Builder, element: Rule | Tier | Input) -> bool:
    """Whether the element reads what a threshold writes that opens by night: meant is one day, and here it takes two."""
    written = [
        action for item in b.model.thresholds.values() if changed_by_night(b, item) for action in item.then
    ]
    read = [*_read(b, element)]
    key = None if not isinstance(element, (Tier, Input)) else element.field
    return any(
        (key is not None and _field(b, action) == key) or any(_writes(b, action, leaf) for leaf in read)
        for action in written
    )


def echoes_in(b: Builder, score: str) -> bool:
    """Whether such an element gives points that arrive in a score."""
    model = b.model
    facts = [(key, rule) for rule in model.rules.values() if not rule.on for key, _ in rule.points]
    others = [(item.score, item) for table in (model.tiers, model.inputs) for item in table.values()]
    return any(score in reached(b, key) and echoes(b, item) for key, item in (*facts, *others))


def _read(b: Builder, element: Rule | Tier | Input) -> Iterator[con.Condition]:
    """Every leaf of what the element asks for."""
    conditions = [getattr(element, "when", None), *(case.when for case in getattr(element, "cases", ()))]
    for condition in conditions:
        if condition is not None:
            yield from (leaf for leaf, _ in leaves(b, condition))


def _writes(b: Builder, action: Action, leaf: con.Condition) -> bool:
    return any(undoes(b, action, leaf, wanted=wanted) for wanted in (True, False))


def _field(b: Builder, action: Action) -> str | None:
    if isinstance(action, SetLifecycle):
        return b.model.lifecycle.field
    return action.field if isinstance(action, (SetField, Stamp, Snapshot)) else None
