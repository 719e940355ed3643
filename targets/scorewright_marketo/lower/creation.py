"""Fields that somebody is created with: their first value is a change too, which no Data Value Changes tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.folders import TRIGGERS
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.objects import FlowStep

__all__ = ["emit_at_creation", "first_values"]


def first_values(b: Builder, on: tuple[Event, ...]) -> tuple[Clause, ...]:
    """For each field that they watch, who is created with it: it has changed, but fires no Data Value Changes."""
    plain = [event for event in on if event.verb == "changes" and event.nth == 1 and not event.where]
    if not plain or not b.fact("created-without-change"):
        return ()
    keys = dict.fromkeys(key for event in plain for key in event.objects)
    return tuple(_filled(b, key) for key in keys)


def _filled(b: Builder, key: str) -> Clause:
    """Who has a value; a boolean has no empty state, so only a yes can be told."""
    never_empty = b.model.fields[key].type == "yes_no" and b.fact("empty-boolean-is-false")
    return (
        Clause(b.field_label(key), "is", ("true",))
        if never_empty
        else Clause(b.field_label(key), "is not empty")
    )


def emit_at_creation(
    b: Builder, name: str, who: Expr, flow: tuple[FlowStep, ...], *, stage: str, role: str
) -> None:
    """What a change of these fields starts, for who is created with them (``who``)."""
    b.campaign(
        name,
        TRIGGERS,
        "trigger",
        who,
        flow,
        triggers=(Clause("Person is Created"),),
        stage=stage,
        role=role,
        population=False,
        why="The first value of a field counts as a change.",
    )
