"""Raised hands: events that hand a person over whatever the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.folders import THRESHOLDS, TRIGGERS
from scorewright_marketo.lower import events
from scorewright_marketo.lower.creation import emit_at_creation, first_values
from scorewright_marketo.lower.expr import Both, both, either
from scorewright_marketo.lower.itself import raise_wait
from scorewright_marketo.lower.points import execute
from scorewright_marketo.lower.waits import wait_minutes
from scorewright_marketo.names import clean
from scorewright_marketo.objects import Choice, Clause

if TYPE_CHECKING:
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.told import Gate
    from scorewright_marketo.objects import FlowStep

__all__ = ["emit_hand_raisers"]


def emit_hand_raisers(b: Builder, gate: Gate, cross: str) -> None:
    """These events fire whatever the scores; required fields and ``unless`` hold for them too.

    An event that raises a hand and lifts the score over the threshold is one handoff: who crosses now is crossed here,
    and the watch on the score, which waits twice as long, finds the list.
    """
    plain = tuple(event for event in gate.item.or_on if event.nth == 1)
    if plain:
        _emit_raised(b, gate, cross, plain, "")
    for number, event in enumerate(event for event in gate.item.or_on if event.nth > 1):
        _emit_raised(b, gate, cross, (event,), f" {number + 2}" if plain or number else "")


def _emit_raised(b: Builder, gate: Gate, cross: str, on: tuple[Event, ...], suffix: str) -> None:
    """A trigger on some events; who must have raised a hand several times is asked of the log after the wait."""
    item = gate.item
    raised = b.campaign_name(f"Raised {item.title}{suffix}")
    counted = [events.happened(b, event, event.nth, event.within) for event in on if event.nth > 1]
    b.campaign(
        raised,
        THRESHOLDS,
        "executable",
        both(gate.shut, *counted),
        (_raise(b, gate, cross),),
        role=f"raised{suffix}",
        why="A hand raiser needs no score; required fields and exceptions still hold.",
    )
    triggers = tuple(dict.fromkeys(clause for event in on for clause in events.triggers(b, event)))
    if any(events.anonymous(b, event) for event in on):
        b.rests_on("late-anonymous-past")
    b.campaign(
        b.campaign_name(f"When {item.title} is raised{suffix}"),
        TRIGGERS,
        "trigger",
        Both(()),
        (wait_minutes(raise_wait(b, item.or_on)), execute(b, raised)),
        triggers=triggers,
        stage="threshold",
        role=f"watch-raised{suffix}",
        population=False,
    )
    filled = first_values(b, on)
    if filled:
        emit_at_creation(
            b,
            b.campaign_name(f"When created, {item.title} is raised{suffix}"),
            either(*filled),
            (wait_minutes(raise_wait(b, item.or_on)), execute(b, raised)),
            stage="threshold",
            role=f"watch-created{suffix}",
        )


def _raise(b: Builder, gate: Gate, cross: str) -> FlowStep:
    """Act; or, where the score has just opened the threshold too, cross, which acts as well.

    With a schedule the score is looked at by the schedule alone, so the two are two handoffs.
    """
    act = execute(b, gate.act)
    if gate.item.schedule is not None:
        return act
    assert gate.crossed is not None
    now = both(b.population, Clause("Member of List", "not in", (gate.crossed,)), gate.opened)
    title = f"Crosses {gate.item.title}" + (f" {gate.item.product}" if gate.item.product else "")
    why = f"Who has come past “{gate.item.title}” and is not handed over yet."
    crosses = Clause("Member of Smart List", "in", (b.smart_list(clean(title), now, why),))
    b.rests_on("choices")
    crossing = dict(execute(b, cross).fields)["Campaign"]
    return act._replace(varies="Campaign", choices=(Choice(crosses, crossing),))
