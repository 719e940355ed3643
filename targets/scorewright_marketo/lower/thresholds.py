"""Thresholds: a trigger that notices, a wait, an executable that reads again, and a list of who is past it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import TakeMark
from scorewright_marketo.delays import FACTS, REARMED
from scorewright_marketo.folders import THRESHOLDS, TRIGGERS
from scorewright_marketo.lower import limits
from scorewright_marketo.lower.actions import actions
from scorewright_marketo.lower.answers import say_noes
from scorewright_marketo.lower.asking import conjuncts
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.context import A_WHILE, EVERY_TIME
from scorewright_marketo.lower.drifting import passing
from scorewright_marketo.lower.expr import EVERYBODY, Both, both, either
from scorewright_marketo.lower.itself import watch_wait
from scorewright_marketo.lower.opening import awake, opened_silently, turns_by_clock, whatever_happens
from scorewright_marketo.lower.points import execute
from scorewright_marketo.lower.raising import emit_hand_raisers
from scorewright_marketo.lower.segments import outside
from scorewright_marketo.lower.shutting import closes_itself
from scorewright_marketo.lower.timing import nightly, say_schedule, schedule_times
from scorewright_marketo.lower.told import Gate, rearm_wait, say, say_required
from scorewright_marketo.lower.waits import wait_minutes
from scorewright_marketo.lower.watching import seen_marks, told_by, watch_triggers
from scorewright_marketo.names import clean
from scorewright_marketo.objects import Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Threshold
    from scorewright_marketo.lower.context import Builder

__all__ = ["lower_threshold"]


def lower_threshold(b: Builder, item: Threshold) -> None:
    """Act, cross, re-arm, watch; and, before any of them is switched on, who is past it already."""
    b.lowering = "threshold"
    b.rests_on("qualification-default")
    gate = _gate(b, item)
    _emit_act(b, gate)
    rearm = _emit_rearm(b, gate) if gate.crossed is not None else None
    cross = _emit_cross(b, gate, rearm) if rearm is not None else gate.act
    _emit_watch(b, gate, cross, rearm)
    if gate.crossed is not None and not (item.existing and item.schedule):
        _emit_start(b, gate, cross)
    if item.or_on:
        emit_hand_raisers(b, gate, cross)
        say_noes(b, item, item.or_on)
    say(b, gate)


def _gate(b: Builder, item: Threshold) -> Gate:
    """What opens and what closes it, as filters; the list of who is past it; and what its action is called."""
    required = tuple(Clause(told_by(b, key), "is not empty") for key in item.required_fields)
    missing = tuple(Clause(clause.rule, "is empty") for clause in required)
    say_required(b, item)
    unless_not = condition(b, item.unless, negated=True) if item.unless is not None else Both(())
    unless = (condition(b, item.unless),) if item.unless is not None else ()
    shut = both(*required, unless_not)
    opened = both(condition(b, item.when), shut)
    unscored = (outside(b),) if b.population != Both(()) else ()
    closed = either(condition(b, item.when, negated=True), *missing, *unless, *unscored)
    crossed = (
        None
        if _disarms(item)
        else b.static_list(_crossed_name(b, item), f"Who is past the threshold “{item.title}”.")
    )
    return Gate(item, opened, closed, shut, crossed, b.campaign_name(f"Act {item.title}"))


def _crossed_name(b: Builder, item: Threshold) -> str:
    product = f" {b.model.products[item.product].title}" if item.product else ""
    name = clean(f"{b.options.helper_prefix} Past {item.title}{product}")
    return b.claim("list", name, ("threshold", item.key), item.key)


def _marks_read(item: Threshold) -> set[str]:
    return {part.mark for part in conjuncts(item.when) if isinstance(part, con.HasMark)}


def _disarms(item: Threshold) -> bool:
    """Whether firing takes away what the threshold reads, and nobody has it when the model starts."""
    taken = {action.mark for action in item.then if isinstance(action, TakeMark)}
    return bool(_marks_read(item) & taken) and not item.existing and not item.or_on


# --- executables ---------------------------------------------------------------------------------------------------------------


def _emit_act(b: Builder, gate: Gate) -> None:
    """What is done; the limit's qualification stands here, so that every way in shares it."""
    item = gate.item
    plan = _limit(b, item) if item.limit is not None else limits.Plan()
    who = both(gate.opened if gate.crossed is None else Both(()), plan.filters)
    flow = (*actions(b, item.then), *plan.after)
    b.campaign(
        gate.act,
        THRESHOLDS,
        "executable",
        who,
        flow,
        qualification=A_WHILE
        if gate.crossed is None and plan.qualification == EVERY_TIME
        else plan.qualification,
        role="act",
        population=gate.crossed is None,
    )


def _limit(b: Builder, item: Threshold) -> limits.Plan:
    """A threshold's limit, by the same means as a rule's."""
    from scorewright.model.elements import Rule

    stand_in = Rule(
        id=item.id,
        title=item.title,
        path=item.path,
        product=item.product,
        limit=item.limit,
        then=item.then,
    )
    return limits.plan(b, stand_in)


def _emit_cross(b: Builder, gate: Gate, rearm: str) -> str:
    """Remember, act, and forget at once where what was done has closed it again."""
    assert gate.crossed is not None
    again = (execute(b, rearm),) if closes_itself(b, gate.item) else ()
    flow = (FlowStep("Add to List", (("List Name", gate.crossed),)), execute(b, gate.act), *again)
    who = both(Clause("Member of List", "not in", (gate.crossed,)), gate.opened)
    return b.campaign(
        b.campaign_name(f"Cross {gate.item.title}"),
        THRESHOLDS,
        "executable",
        who,
        flow,
        qualification=A_WHILE,
        role="cross",
        why="Reads everything again, some minutes after the trigger.",
    )


def _emit_rearm(b: Builder, gate: Gate) -> str:
    """Take off the list whom it is closed for."""
    assert gate.crossed is not None
    flow = (FlowStep("Remove from List", (("List Name", gate.crossed),)),)
    who = both(Clause("Member of List", "in", (gate.crossed,)), gate.closed)
    return b.campaign(
        b.campaign_name(f"Re-arm {gate.item.title}"),
        THRESHOLDS,
        "executable",
        who,
        flow,
        role="re-arm",
        population=False,
        why="Who is below again may cross again.",
    )


# --- what notices -----------------------------------------------------------------------------------------------------------------


def _emit_watch(b: Builder, gate: Gate, cross: str, rearm: str | None) -> None:
    """By schedule, or by triggers: one for what may open; in both cases others for what may close."""
    if gate.item.schedule is not None:
        _emit_schedule(b, gate, (*((execute(b, rearm),) if rearm else ()), execute(b, cross)))
    else:
        _watch_opening(b, gate, cross)
    if rearm is not None:
        _watch_closing(b, gate, rearm)
        if turns_by_clock(b, gate.item):
            _emit_days_end(b, gate, rearm)


def _watch_opening(b: Builder, gate: Gate, cross: str) -> None:
    """A trigger for what may open it; and one for every event, where it may have opened without one."""
    item = gate.item
    wait = wait_minutes(watch_wait(b, item.or_on))
    upward = watch_triggers(b, item, up=True)
    if opened_silently(b, item):
        everything, upward = whatever_happens(b, upward)
        _watch_everything(b, gate, everything, (wait, execute(b, cross)))
        if not upward:
            return
        cross = _emit_awake(b, gate, cross)
    if not upward:  # nothing tells when it turns, so every event looks
        _watch_everything(b, gate, whatever_happens(b, ())[0], (wait, execute(b, cross)))
        return
    b.campaign(
        b.campaign_name(f"When {item.title} may open"),
        TRIGGERS,
        "trigger",
        seen_marks(b, item),
        (wait, execute(b, cross)),
        triggers=upward,
        stage="threshold",
        role="watch-up",
        asks_again=True,
        population=False,
        why="Notices; the executable decides.",
    )


def _watch_everything(
    b: Builder, gate: Gate, triggers: tuple[Clause, ...], flow: tuple[FlowStep, ...]
) -> None:
    """What opens in silence is found open by the next event, whatever that is, and no trigger of its own tells of it."""
    b.campaign(
        b.campaign_name(f"When anything may open {gate.item.title}"),
        TRIGGERS,
        "trigger",
        seen_marks(b, gate.item),
        flow,
        triggers=triggers,
        stage="threshold",
        role="watch-all",
        asks_again=True,
        population=False,
        checks=(
            "A trigger that the subscription does not offer, as without a CRM or without chat, is left out: nobody does that there.",
        ),
        why="Decay, other thresholds or a day that comes can open it; the person's next event, of any kind, hands it over.",
    )


def _emit_awake(b: Builder, gate: Gate, cross: str) -> str:
    """A score that decay itself changes opens nothing: there must have been activity since."""
    recent = awake(b, gate.item)
    if recent == Both(()):
        return cross
    return b.campaign(
        b.campaign_name(f"Woken {gate.item.title}"),
        THRESHOLDS,
        "executable",
        recent,
        (execute(b, cross),),
        role="awake",
        population=False,
        why="A score can change by decay itself; only who was active is looked at.",
    )


def _watch_closing(b: Builder, gate: Gate, rearm: str) -> None:
    """What marks and lists close is closed soon; a score has an hour, so that no batch is caught between two steps."""
    assert gate.crossed is not None
    downward = watch_triggers(b, gate.item, up=False)
    lists = tuple(clause for clause in downward if clause.primary == "List Name")
    others = tuple(clause for clause in downward if clause.primary != "List Name")
    rows = (
        (others, f"When {gate.item.title} may close", rearm_wait(b), "watch-down"),
        (lists, f"When a list may close {gate.item.title}", b.options.wait, "watch-lists"),
    )
    for triggers, name, minutes, role in rows:
        if triggers:
            b.campaign(
                b.campaign_name(name),
                TRIGGERS,
                "trigger",
                Clause("Member of List", "in", (gate.crossed,)),
                (wait_minutes(minutes), execute(b, rearm)),
                triggers=triggers,
                stage="threshold",
                role=role,
                asks_again=True,
                population=False,
                why="Only people past the threshold can fall below it.",
            )


def _emit_days_end(b: Builder, gate: Gate, rearm: str) -> None:
    """A day that passes closes it without a trigger."""
    assert gate.crossed is not None
    b.campaign(
        b.campaign_name(f"Nightly re-arm {gate.item.title}"),
        THRESHOLDS,
        "batch",
        Clause("Member of List", "in", (gate.crossed,)),
        (execute(b, rearm),),
        schedule=nightly(b, REARMED if passing(b, gate.item)[0] else FACTS),
        stage="nightly",
        role="re-arm-by-night",
        population=False,
        why="A condition can end by the calendar alone; who is below then may cross again.",
    )


def _emit_schedule(b: Builder, gate: Gate, steps: tuple[FlowStep, ...]) -> None:
    """A batch at each hour of the schedule, for each zone of its own."""
    item = gate.item
    assert item.schedule is not None
    for number, (time, who) in enumerate(schedule_times(b, item.schedule)):
        clock = time.rpartition(" ")[2].replace(":", "-")
        name = b.campaign_name(f"Look {item.title} at {clock}")
        b.campaign(
            name,
            THRESHOLDS,
            "batch",
            who if who != Both(()) else EVERYBODY,
            steps,
            schedule=time,
            stage="threshold",
            role=f"look-{number}",
            population=False,
        )
    say_schedule(b, item.schedule, item.path)


# --- the start ------------------------------------------------------------------------------------------------------------------


def _emit_start(b: Builder, gate: Gate, cross: str) -> None:
    """Before anything is switched on: who is past it counts as past it, or (``existing``) is handed over now."""
    assert gate.crossed is not None
    item = gate.item
    past = FlowStep("Add to List", (("List Name", gate.crossed),))
    steps = (execute(b, cross),) if item.existing else (past,)
    why = (
        "Hands over who is past it already, as the spec says."
        if item.existing
        else "Nobody who is past it already is handed over."
    )
    b.campaign(
        b.campaign_name(f"Start {item.title}"),
        THRESHOLDS,
        "batch",
        gate.opened,
        steps,
        schedule="Run once",
        stage="threshold-start",
        role="start",
        why=why,
    )
