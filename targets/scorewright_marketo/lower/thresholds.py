"""Thresholds: a trigger that notices, a wait, an executable that reads again, and a list of who is past it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright.model.actions import PutMark, TakeMark
from scorewright.plugin.notes import Result
from scorewright_marketo.lower import events, limits
from scorewright_marketo.lower.actions import actions
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.context import RefusedError
from scorewright_marketo.lower.expr import EVERYBODY, Both, both, either
from scorewright_marketo.lower.points import execute
from scorewright_marketo.lower.silence import active_since, silence
from scorewright_marketo.lower.watching import (
    closes_itself,
    conjuncts,
    reads_marks,
    seen_marks,
    watch_triggers,
)
from scorewright_marketo.names import clean
from scorewright_marketo.objects import Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Threshold
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["lower_threshold", "schedule_times"]

FOLDER, TRIGGERS = "05 Thresholds", "01 Triggers"
_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


class Gate(NamedTuple):
    """The parts of a threshold that its campaigns share."""

    item: Threshold
    opened: Expr
    closed: Expr
    shut: Expr
    crossed: str | None
    act: str


def lower_threshold(b: Builder, item: Threshold) -> None:
    """Act, cross, re-arm, watch; and, before any of them is switched on, who is past it already."""
    b.lowering = "threshold"
    b.rests_on("qualification-default")
    gate = _gate(b, item)
    _emit_act(b, gate)
    rearm = _emit_rearm(b, gate) if gate.crossed is not None else None
    cross = _emit_cross(b, gate, rearm) if rearm is not None else gate.act
    _emit_watch(b, gate, cross, rearm)
    if gate.crossed is not None:
        _emit_start(b, gate, cross)
    if item.or_on:
        _emit_hand_raisers(b, gate)
    if gate.crossed is None:
        b.exact(
            "threshold-disarms",
            f"A score trigger, a wait of {b.options.wait} minutes, and an executable that reads the score again; "
            "taking the mark is what keeps it from firing twice.",
        )
    else:
        b.exact(
            "threshold",
            f"A score trigger, a wait of {b.options.wait} minutes, and an executable that reads the score again. The list "
            f"{gate.crossed} holds who is past it; two crossings within the wait count as one.",
        )


def _gate(b: Builder, item: Threshold) -> Gate:
    required = tuple(Clause(b.field_label(key), "is not empty") for key in item.required_fields)
    missing = tuple(Clause(clause.rule, "is empty") for clause in required)
    unless_not = condition(b, item.unless, negated=True) if item.unless is not None else Both(())
    unless = (condition(b, item.unless),) if item.unless is not None else ()
    shut = both(*required, unless_not)
    opened = both(condition(b, item.when), shut, _awake(b, item))
    outside = (_outside(b),) if b.population != Both(()) else ()
    closed = either(condition(b, item.when, negated=True), *missing, *unless, *outside)
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


def _outside(b: Builder) -> Clause:
    """Who is not scored: the population has no negation of its own, so it becomes a smart list."""
    name = b.smart_list(
        "Scored people", b.population, "Everybody who is scored; re-arming asks who is not in it."
    )
    return Clause("Member of Smart List", "not in", (name,))


def _marks_read(item: Threshold) -> set[str]:
    return {part.mark for part in conjuncts(item.when) if isinstance(part, con.HasMark)}


def _disarms(item: Threshold) -> bool:
    """Whether firing takes away what the threshold reads, and nobody has it when the model starts."""
    taken = {action.mark for action in item.then if isinstance(action, TakeMark)}
    return bool(_marks_read(item) & taken) and not item.existing and not item.or_on


def _awake(b: Builder, item: Threshold) -> Expr:
    """A mark that a decay sets must not open the threshold by itself: only an event may, so activity is asked for."""
    found: list[Expr] = []
    for decay in b.model.decay.values():
        marks = {action.mark for action in decay.then if isinstance(action, PutMark)}
        if marks & _marks_read(item):
            found.append(_recent(b, decay))
    return both(*found)


def _recent(b: Builder, decay: Decay) -> Expr:
    shortest = min((step.after for step in decay.steps), key=lambda after: after.seconds)
    quiet = silence(b, decay)
    if quiet.kinds and (shortest.days or 0) <= 90:
        return active_since(
            quiet.kinds, f"{shortest.days} days" if shortest.days else f"{shortest.seconds // 3600} hours"
        )
    return quiet.ended(shortest)


# --- executables ---------------------------------------------------------------------------------------------------------------


def _emit_act(b: Builder, gate: Gate) -> None:
    """What is done; the limit's qualification stands here, so that every way in shares it."""
    item = gate.item
    plan = _limit(b, item) if item.limit is not None else limits.Plan()
    who = both(gate.opened if gate.crossed is None else Both(()), plan.filters)
    flow = (*actions(b, item.then), *plan.after)
    b.campaign(
        gate.act,
        FOLDER,
        "executable",
        who,
        flow,
        qualification=plan.qualification,
        role="act",
        population=gate.crossed is None,
    )


def _limit(b: Builder, item: Threshold) -> limits.Plan:
    """A threshold's limit, by the same means as a rule's."""
    from scorewright.model.elements import Rule

    stand_in = Rule(id=item.id, title=item.title, path=item.path, product=item.product, limit=item.limit)
    return limits.plan(b, stand_in)


def _emit_cross(b: Builder, gate: Gate, rearm: str) -> str:
    """Remember, act, and forget at once where what was done has closed it again."""
    assert gate.crossed is not None
    again = (execute(b, rearm),) if closes_itself(gate.item) else ()
    flow = (FlowStep("Add to List", (("List Name", gate.crossed),)), execute(b, gate.act), *again)
    who = both(Clause("Member of List", "not in", (gate.crossed,)), gate.opened)
    return b.campaign(
        b.campaign_name(f"Cross {gate.item.title}"),
        FOLDER,
        "executable",
        who,
        flow,
        role="cross",
        why="Reads everything again, some minutes after the trigger.",
    )


def _emit_rearm(b: Builder, gate: Gate) -> str:
    assert gate.crossed is not None
    flow = (FlowStep("Remove from List", (("List Name", gate.crossed),)),)
    who = both(Clause("Member of List", "in", (gate.crossed,)), gate.closed)
    return b.campaign(
        b.campaign_name(f"Re-arm {gate.item.title}"),
        FOLDER,
        "executable",
        who,
        flow,
        role="re-arm",
        population=False,
        why="Who is below again may cross again.",
    )


# --- what notices -----------------------------------------------------------------------------------------------------------------


def _emit_watch(b: Builder, gate: Gate, cross: str, rearm: str | None) -> None:
    """By schedule, or by triggers: one for what may open, one (for people past it) for what may close."""
    item = gate.item
    if item.schedule is not None:
        steps = (*((execute(b, rearm),) if rearm else ()), execute(b, cross))
        _emit_schedule(b, gate, steps)
        return
    wait = FlowStep("Wait", (("Duration", f"{b.options.wait} minutes"),))
    upward = watch_triggers(b, item, up=True)
    if not upward:
        raise RefusedError(
            "not-implemented",
            (*item.path, "when"),
            "nothing in this condition has a trigger in Marketo",
            "ask for a score or a field, or give the threshold a schedule",
        )
    seen = seen_marks(b, item)
    b.campaign(
        b.campaign_name(f"When {item.title} may open"),
        TRIGGERS,
        "trigger",
        seen,
        (wait, *((execute(b, rearm),) if rearm is not None and reads_marks(item) else ()), execute(b, cross)),
        triggers=upward,
        stage="threshold",
        role="watch-up",
        population=False,
        why="Notices; the executable decides.",
    )
    if rearm is not None:
        assert gate.crossed is not None
        past = Clause("Member of List", "in", (gate.crossed,))
        b.campaign(
            b.campaign_name(f"When {item.title} may close"),
            TRIGGERS,
            "trigger",
            past,
            (wait, execute(b, rearm)),
            triggers=watch_triggers(b, item, up=False),
            stage="threshold",
            role="watch-down",
            population=False,
            why="Only people past the threshold can fall below it.",
        )


# --- schedules ------------------------------------------------------------------------------------------------------------------


def schedule_times(b: Builder, key: str) -> list[tuple[str, Expr]]:
    """Each clock time as a recurrence, and whom it is for."""
    schedule = b.model.schedules[key]
    days = ", ".join(_DAYS[day] for day in schedule.days)
    recurrence = f"Weekly, on {days}" if days else "Daily, every 1 day"
    zone = schedule.timezone or b.model.header.timezone
    if not schedule.zones:
        return [(f"{recurrence}, {zone}, at {clock}", Both(())) for clock in schedule.at]
    found: list[tuple[str, Expr]] = []
    before: list[Clause] = []
    for row in schedule.zones:
        inside = condition(b, con.InSegment(row.segment))
        assert isinstance(inside, Clause)
        found += [
            (f"{recurrence}, {row.timezone}, at {clock}", both(inside, *before)) for clock in schedule.at
        ]
        before.append(inside._replace(operator="not in"))
    found += [(f"{recurrence}, {zone}, at {clock}", both(*before)) for clock in schedule.at]
    return found


def _emit_schedule(b: Builder, gate: Gate, steps: tuple[FlowStep, ...]) -> None:
    item = gate.item
    assert item.schedule is not None
    for number, (time, who) in enumerate(schedule_times(b, item.schedule)):
        clock = time.rpartition(" ")[2].replace(":", "-")
        name = b.campaign_name(f"Look {item.title} at {clock}")
        b.campaign(
            name,
            FOLDER,
            "batch",
            who if who != Both(()) else EVERYBODY,
            steps,
            schedule=time,
            stage="threshold",
            role=f"look-{number}",
            population=False,
        )
    zones = bool(b.model.schedules[item.schedule].zones)
    b.note(
        "zones-by-hand" if zones else "scheduled-hours",
        Result.BY_HAND,
        "Batches recur at the hours of the subscription's time zone; the sheet gives the zone beside each hour.",
        path=(*item.path, "schedule"),
    )


# --- the start, and hand raisers ------------------------------------------------------------------------------------------------


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
        FOLDER,
        "batch",
        gate.opened,
        steps,
        schedule="Run once",
        stage="threshold-start",
        role="start",
        why=why,
    )


def _emit_hand_raisers(b: Builder, gate: Gate) -> None:
    """These events fire whatever the scores; required fields and ``unless`` hold for them too."""
    item = gate.item
    raised = b.campaign_name(f"Raised {item.title}")
    b.campaign(
        raised,
        FOLDER,
        "executable",
        gate.shut,
        (execute(b, gate.act),),
        role="raised",
        why="A hand raiser needs no score; required fields and exceptions still hold.",
    )
    triggers = tuple(dict.fromkeys(clause for event in item.or_on for clause in events.triggers(b, event)))
    wait = FlowStep("Wait", (("Duration", f"{b.options.wait} minutes"),))
    b.campaign(
        b.campaign_name(f"When {item.title} is raised"),
        TRIGGERS,
        "trigger",
        Both(()),
        (wait, execute(b, raised)),
        triggers=triggers,
        stage="threshold",
        role="watch-raised",
        population=False,
    )
