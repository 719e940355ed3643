"""Thresholds: a trigger that notices, a wait, an executable that reads again, and a list of who is past it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright.model.actions import Assign, PutMark, TakeMark
from scorewright_marketo.lower import events, limits
from scorewright_marketo.lower.actions import actions
from scorewright_marketo.lower.bounds import by_actions
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.context import A_WHILE, EVERY_TIME, RefusedError
from scorewright_marketo.lower.edges import of_threshold
from scorewright_marketo.lower.expr import EVERYBODY, Both, both, either
from scorewright_marketo.lower.points import execute
from scorewright_marketo.lower.silence import active_since, silence
from scorewright_marketo.lower.timing import say_schedule, schedule_times
from scorewright_marketo.lower.watching import (
    changed_by_night,
    closes_itself,
    conjuncts,
    opened_by_clock,
    passing,
    seen_marks,
    shut_by,
    watch_triggers,
)
from scorewright_marketo.names import clean
from scorewright_marketo.objects import Choice, Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Threshold
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["lower_threshold"]

FOLDER, TRIGGERS = "05 Thresholds", "01 Triggers"


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
    if gate.crossed is not None and not (item.existing and item.schedule):
        _emit_start(b, gate, cross)
    if item.or_on:
        _emit_hand_raisers(b, gate, cross)
    _say(b, gate)


def _say(b: Builder, gate: Gate) -> None:
    wait, nightly = b.options.wait, changed_by_night(b, gate.item)
    _say_rivals(b, gate.item)
    _say_first(b, gate.item)
    _say_past(b, gate.item)
    if gate.crossed is None:
        b.exact(
            "threshold-disarms",
            f"A score trigger, a wait of {wait} minutes, and an executable that reads the score again; "
            "taking the mark is what keeps it from firing twice.",
            bounds=of_threshold(b, gate.item, nightly=nightly, disarms=True),
        )
        return
    if nightly and gate.item.schedule is not None:
        _say_night(b, gate.item)
    look = "Batches at the hours of the schedule look" if gate.item.schedule else "An executable looks"
    after = "" if gate.item.schedule else f" {wait * (2 if gate.item.or_on else 1)} minutes after a trigger"
    passes = _say_passing(b, gate)
    _say_clock(b, gate)
    b.exact(
        "threshold",
        f"{look} at the score{after}. The list {gate.crossed} holds who is past it; who falls is taken off "
        f"{rearm_wait(b)} minutes later, if still below: crossings that lie closer together count as one.{passes}",
        bounds=of_threshold(b, gate.item, nightly=nightly),
    )


def _say_rivals(b: Builder, item: Threshold) -> None:
    """Nobody promises which of two campaigns comes first, and who has an owner keeps them."""
    mine = [action for action in item.then if isinstance(action, Assign)]
    others = [
        other.title
        for table in (b.model.thresholds, b.model.rules)
        for other in table.values()
        if other is not item and any(isinstance(action, Assign) for action in other.then)
    ]
    if mine and others:
        names = " and ".join(dict.fromkeys(f"“{title}”" for title in others))
        b.bounded(
            "who-assigns",
            f"{names}{'' if len(others) > 1 or item.product is None else ' of another product'} can open at the same moment and assign too; "
            "who has an owner keeps them, and the campaigns come in any order.",
            "one assignment each time that nobody owns the person, which the other makes",
            "trigger-order",
            bounds=by_actions(b, item, mine, few=None, many=None, when="two-assign"),
        )


def _say_first(b: Builder, item: Threshold) -> None:
    """Thresholds that open in one moment are all handed over; here one acts before the other has been looked at."""
    titles = shut_by(b, item)
    if titles:
        names = " and ".join(f"“{title}”" for title in titles)
        b.bounded(
            "who-acts-first",
            f"{names} can open at the same moment, and what is done then shuts this one before it is looked at; the "
            "campaigns come in any order.",
            "one handoff each time that both open at once, for whom the other comes first",
            "trigger-order",
            bounds=by_actions(b, item, item.then, few=None),
        )


def _say_night(b: Builder, item: Threshold) -> None:
    """A look by schedule comes before the night in which a fact that has changed since is taken into the score."""
    b.bounded(
        "looks-before-night",
        "The schedule's batches read scores in which what holds is a day late.",
        "one handoff more or less at a look, for whom what holds has changed since the night before",
        "batch-person-in-minutes",
        bounds=by_actions(b, item, item.then, few=None, many=None, when="facts-change"),
    )


def _say_past(b: Builder, item: Threshold) -> None:
    """What visitors do raises their hand later on, if Marketo starts the triggers when it learns who they are."""
    if any(events.anonymous(b, event) for event in item.or_on) and not b.fact("late-anonymous-past"):
        b.bounded(
            "unknown-past",
            "Triggers do not run on what a visitor did before becoming known.",
            "every handoff for what the person saw, clicked and downloaded before",
            "late-anonymous-past",
            bounds=by_actions(b, item, item.then, few=None, when="past-unknown"),
        )


def _say_clock(b: Builder, gate: Gate) -> None:
    """Only events open a threshold; here the trigger is a changed score, whatever has changed it."""
    titles = () if gate.item.schedule is not None else opened_by_clock(b, gate.item)
    if titles:
        names = ", ".join(f"“{title}”" for title in titles)
        b.bounded(
            "opened-by-the-clock",
            f"{names} can move the score into the threshold without an event, which Score is Changed does not tell apart.",
            "one handoff before the person's next event instead of at it",
            "new-score-on-decrease",
            bounds=by_actions(b, gate.item, gate.item.then, many=None),
        )


def _say_passing(b: Builder, gate: Gate) -> str:
    """A re-roll takes back before it gives: between the two a score stands elsewhere for a moment."""
    most, titles = passing(b, gate.item)
    if not most:
        return ""
    names = ", ".join(f"“{title}”" for title in titles)
    moved = f"between two steps of the batch of {names} a score can be off by up to {most} points"
    if b.fact("batch-person-in-minutes"):
        return f" For the moment {moved}; the waits are longer than that."
    b.bounded(
        "spare-handoff",
        f"Between two looks {moved}.",
        f"one handoff too many for a person whose score is less than {most} points from the bound, when a batch stays "
        f"longer than {b.options.wait} to {rearm_wait(b)} minutes between two steps",
        "batch-person-in-minutes",
        bounds=by_actions(b, gate.item, gate.item.then, many=None, when="facts-change"),
    )
    return ""


def _gate(b: Builder, item: Threshold) -> Gate:
    required = tuple(Clause(b.field_label(key), "is not empty") for key in item.required_fields)
    missing = tuple(Clause(clause.rule, "is empty") for clause in required)
    _say_required(b, item)
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


def _say_required(b: Builder, item: Threshold) -> None:
    """A yes/no field is never empty, so asking whether it is known asks nothing."""
    booleans = [key for key in item.required_fields if b.model.fields[key].type == "yes_no"]
    if booleans and b.fact("empty-boolean-is-false"):
        labels = " and ".join(b.field_label(key) for key in booleans)
        b.bounded(
            "unknown-counts-as-no",
            f"{labels}: a boolean, which has no empty state, so that it is always known.",
            "everybody whose answer is unknown, who is handed over as if it were a no; make it a text field with Yes "
            "and No to tell them apart",
            "empty-boolean-is-false",
            path=(*item.path, "required_fields"),
            bounds=by_actions(b, item, item.then, many=None, when="unanswered"),
        )


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
    if quiet.kinds and not quiet.by_date:
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
    again = (execute(b, rearm),) if closes_itself(gate.item) else ()
    flow = (FlowStep("Add to List", (("List Name", gate.crossed),)), execute(b, gate.act), *again)
    who = both(Clause("Member of List", "not in", (gate.crossed,)), gate.opened)
    return b.campaign(
        b.campaign_name(f"Cross {gate.item.title}"),
        FOLDER,
        "executable",
        who,
        flow,
        qualification=A_WHILE,
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
    """By schedule, or by triggers: one for what may open; in both cases others for what may close."""
    if gate.item.schedule is not None:
        _emit_schedule(b, gate, (*((execute(b, rearm),) if rearm else ()), execute(b, cross)))
    else:
        _watch_opening(b, gate, cross)
    if rearm is not None:
        _watch_closing(b, gate, rearm)


def _watch_opening(b: Builder, gate: Gate, cross: str) -> None:
    item = gate.item
    upward = watch_triggers(b, item, up=True)
    if not upward:
        raise RefusedError(
            "not-implemented",
            (*item.path, "when"),
            "nothing in this condition has a trigger in Marketo",
            "ask for a score or a field, or give the threshold a schedule",
        )
    b.campaign(
        b.campaign_name(f"When {item.title} may open"),
        TRIGGERS,
        "trigger",
        seen_marks(b, item),
        (_wait(b.options.wait * (2 if item.or_on else 1)), execute(b, cross)),
        triggers=upward,
        stage="threshold",
        role="watch-up",
        population=False,
        why="Notices; the executable decides.",
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
                (_wait(minutes), execute(b, rearm)),
                triggers=triggers,
                stage="threshold",
                role=role,
                population=False,
                why="Only people past the threshold can fall below it.",
            )


def rearm_wait(b: Builder) -> int:
    """Minutes between a fall and the look at it: re-arming has no hurry, and comes after every crossing."""
    return max(60, 3 * b.options.wait)


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
    say_schedule(b, item.schedule, item.path)


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


def _emit_hand_raisers(b: Builder, gate: Gate, cross: str) -> None:
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
        FOLDER,
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
        (_wait(b.options.wait), execute(b, raised)),
        triggers=triggers,
        stage="threshold",
        role=f"watch-raised{suffix}",
        population=False,
    )
    filled = events.first_values(b, on)
    if filled:
        b.campaign(
            b.campaign_name(f"When created, {item.title} is raised{suffix}"),
            TRIGGERS,
            "trigger",
            either(*filled),
            (_wait(b.options.wait), execute(b, raised)),
            triggers=(Clause("Person is Created"),),
            stage="threshold",
            role=f"watch-created{suffix}",
            population=False,
            why="The first value of a field counts as a change.",
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


def _wait(minutes: int) -> FlowStep:
    return FlowStep("Wait", (("Duration", f"{minutes} minutes"),))
