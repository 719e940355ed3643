"""Thresholds: a rule that hands over and tags, one that takes the tag off again, and the state at the start."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import happened
from scorewright_pardot.lower.actions import lower_actions
from scorewright_pardot.lower.beside import seen_beside, seen_half_done
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import NOBODY, Node, both, either, leaf, tagged
from scorewright_pardot.lower.fitting import fit, fits, untagged
from scorewright_pardot.lower.following import (
    by_one_list,
    lets_in_a_day_late,
    new_people_slip_through,
    one_change_turns_both,
)
from scorewright_pardot.lower.openings import opened_without_event
from scorewright_pardot.lower.raising import raise_on
from scorewright_pardot.lower.segments import population
from scorewright_pardot.lower.silence import longest_wait
from scorewright_pardot.lower.spent import earned_in_a_silence, only_lowers
from scorewright_pardot.lower.unsettled import not_falling, waits_for_points
from scorewright_pardot.objects import Act, AutomationRule, SegmentationRule

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Threshold
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["PHASE_FIRE", "PHASE_REARM", "lower_thresholds"]

Times = tuple["int | None", "int | None"]
"""Days before a rule repeats (``None``: once a person), and how often at most (``None``: unlimited)."""

PHASE_INITIAL = 55
PHASE_REARM = 60
PHASE_FIRE = 70


def lower_thresholds(cx: Context) -> None:
    """Every threshold."""
    for threshold in cx.model.thresholds.values():
        cx.begin()
        try:
            message = _lower(cx, threshold)
        except CannotLowerError as error:
            cx.refuse(threshold, error)
            continue
        cx.finish(threshold, "automation-rules", message)


def _lower(cx: Context, threshold: Threshold) -> str:
    times = _limit(cx, threshold)
    if threshold.schedule is not None:
        cx.bounded(
            "no-schedule",
            f"the handoff comes when the rule sees it, up to {longest_wait(cx, threshold.schedule)} days before the hour",
            bounds=cx.acted(threshold, 0, 1, "opened-silently"),
        )
    cx.rest_on("rules-are-paused-at-first", "first-run-searches-everyone", "duplicate-emails")
    actions = lower_actions(cx, threshold.then, threshold)
    if not _wakes_up(threshold) and not _fits_with_its_tag(cx, threshold):
        cx.too_deep.add(threshold.key)
    shut = _shut(cx, threshold)
    if _once_either_way(threshold):
        done = _one_for_both_ways(cx, threshold)
        actions, shut = (*actions, Act(ACTIONS["tag-add"].text, done)), both(shut, untagged(cx, done))
    asking = both(tagged(_raised(cx, threshold)), shut, population(cx)) if _one_rule(threshold) else NOBODY
    is_open = both(_so(cx, threshold, threshold.when)[0], shut)
    # By score and by asking at once is one handoff: the rule for the score takes the tag of the asking off too.
    answer = (Act(ACTIONS["tag-remove"].text, _raised(cx, threshold)),) if threshold.or_on else ()
    if _wakes_up(threshold):
        guard = _quiet_guard(cx, threshold)
        opened = both(is_open, guard, not_falling(cx, threshold), population(cx))
        _fire(cx, threshold, either(opened, asking), (*answer, *actions), times)
        # Who bears the mark already, and is over the score, counts as handed over; nothing here remembers that.
        cx.edge(*cx.acted(threshold, 0, 1, "existing"))
        message = "a rule that disarms itself by taking the mark off"
    else:
        _crossing(cx, threshold, (is_open, asking), (*answer, *actions), times)
        message = "hand over and tag, take the tag off below; two crossings between two looks count once"
    if threshold.or_on:
        _hand_raisers(cx, threshold, shut, actions)
    cx.edge(*cx.acted(threshold, None, None, "crowded"))
    seen_beside(cx, threshold)
    seen_half_done(cx, threshold, guarded=bool(_guarded(cx, threshold)))
    if opened_without_event(cx.model, threshold, _guarded(cx, threshold)):
        text = "the handoff comes as soon as it is so, each time, instead of at the person's next event"
        cx.bounded("opened-without-an-event", text, bounds=cx.acted(threshold, 0, 1, "opened-silently"))
    if cx.model.header.active is not None and cx.model.header.active.first:
        text = "the handoff comes on the model's first day, once, instead of at the person's next event"
        more = cx.acted(threshold, 0, 1, "outside")
        cx.bounded("opened-without-an-event", text, bounds=more)
    if any(isinstance(action, act.Assign) for action in threshold.then):
        message += "; who has an owner keeps them, and assigning tells nobody"
    if any(
        isinstance(item, con.InSegment)
        for when in (threshold.when, threshold.unless)
        for item in con.walk(when)
    ):
        message += "; segments are lists that need up to hours to follow, and this one acts on what they hold"
    return message


def _so(cx: Context, threshold: Threshold, condition: con.Condition | None) -> tuple[Expression, Expression]:
    """That a condition holds, and that it does not: never both at once, member by member."""
    if isinstance(condition, con.All):
        found = [_so(cx, threshold, member) for member in condition.members]
        return both(*(holds for holds, _ in found)), either(*(fails for _, fails in found))
    holds, fails = (criteria(cx, condition, threshold, holds=so) for so in (True, False))
    return by_one_list(cx, threshold, holds, fails, deep=threshold.key in cx.too_deep)


def _fits_with_its_tag(cx: Context, threshold: Threshold) -> bool:
    """Whether one rule holds what opens a threshold, with the tag: lists in it would follow later than what arms it again."""
    shut = _shut(cx, threshold)
    is_open = both(_so(cx, threshold, threshold.when)[0], shut)
    crossed = leaf("tag", cx.names.tag("thresholds", threshold.key, "crossed"), "is-not")
    return fits(cx, both(is_open, crossed, population(cx)))


def _raised(cx: Context, threshold: Threshold) -> str:
    why = "Left by an action on the asset; the rules below hand over or drop it."
    return cx.tag(cx.names.tag("thresholds", threshold.key, "raised"), threshold, why)


def _crossed(cx: Context, threshold: Threshold) -> str:
    why = "Says that the threshold was crossed and the person handed over; it comes off when they fall below."
    return cx.tag(cx.names.tag("thresholds", threshold.key, "crossed"), threshold, why)


def _limit(cx: Context, threshold: Threshold) -> Times:
    """Days to repeat (``None``: once a person) and how often at most (``None``: unlimited)."""
    limit = threshold.limit
    if limit is None:
        return cx.repeat, None
    if limit.per is None:
        return (None, None) if limit.count == 1 else (cx.repeat, limit.count)
    days = limit.per.rolling.days if limit.per.rolling is not None else None
    if not days or limit.count > 1:
        raise CannotLowerError(
            "limit-needs-a-clock",
            "a rule repeats after whole days; it counts neither by calendar nor within a window",
            'limit = { times = 1, per = "30d" }, or { times = n } for ever',
            (*threshold.path, "limit"),
        )
    text = f"a crossing within {days} days of a handoff is handed over at their end, if it still holds"
    more = cx.acted(threshold, 0, None, "held-back")
    cx.bounded("blocked-handoff-comes-late", text, "repeat-counts-elapsed-days", bounds=more)
    return days, None


def _once_either_way(threshold: Threshold) -> bool:
    """Whether score and asking together hand over once in a life."""
    limit = threshold.limit
    return bool(threshold.or_on) and limit is not None and limit.count == 1 and limit.per is None


def _one_rule(threshold: Threshold) -> bool:
    """Whether one rule hands over for score and asking: only so one limit of matches counts them together."""
    return bool(threshold.or_on) and threshold.limit is not None and not _once_either_way(threshold)


def _one_for_both_ways(cx: Context, threshold: Threshold) -> str:
    """A tag that both ways read and put, so that a limit of one handoff in a life holds for them together."""
    why = "Says that the person was handed over, by their score or by asking."
    return cx.tag(cx.names.tag("thresholds", threshold.key, "done"), threshold, why)


def _shut(cx: Context, threshold: Threshold) -> Expression:
    """What must be so beside the condition: ``unless`` is not, and the required fields are known."""
    required = _required(cx, threshold, known=True)
    return both(_so(cx, threshold, threshold.unless)[1] if threshold.unless else both(), *required)


def _required(cx: Context, threshold: Threshold, *, known: bool) -> list[Expression]:
    """Each required field is known, or each is not; what a list has to tell, one list tells both ways."""
    path = (*threshold.path, "required_fields")
    tests = (con.FieldTest(key, con.Known(known=True), path=path) for key in threshold.required_fields)
    return [_so(cx, threshold, test)[not known] for test in tests]


# --- wake-ups -------------------------------------------------------------------------------------------------------


def _marks_read(threshold: Threshold) -> set[str]:
    members = threshold.when.members if isinstance(threshold.when, con.All) else (threshold.when,)
    return {item.mark for item in members if isinstance(item, con.HasMark)}


def _wakes_up(threshold: Threshold) -> bool:
    """Whether the threshold itself takes off a mark that it needs."""
    taken = {action.mark for action in threshold.then if isinstance(action, act.TakeMark)}
    return bool(taken & _marks_read(threshold))


def _guarded(cx: Context, threshold: Threshold) -> set[str]:
    """Marks that only a decay puts, and that a wake-up takes off: it waits for activity before it hands over."""
    if not _wakes_up(threshold):
        return set()
    tables = (cx.model.rules, cx.model.thresholds)
    then = (element.then for table in tables for element in table.values())
    put = {item.mark for actions in then for item in actions if isinstance(item, act.PutMark)}
    return _marks_read(threshold) - put


def _quiet_guard(cx: Context, threshold: Threshold) -> Expression:
    """The decay that puts the mark and this rule must never match together: one needs silence, the other activity."""
    marks = _marks_read(threshold)
    putting = [
        decay
        for decay in cx.model.decay.values()
        if any(isinstance(action, act.PutMark) and action.mark in marks for action in decay.then)
    ]
    cx.flag("rule-acts-in-one-piece")
    if not putting:
        return both()
    by_decay_only = _guarded(cx, threshold) == marks
    if not (by_decay_only and all(_wakes_by_activity(cx, threshold, decay) for decay in putting)):
        text = "who wakes by what is no activity here (an open, a field that changes) is handed over at their next activity"
        more = cx.acted(threshold, -1, 0, "woken-unseen")
        cx.bounded("wakes-at-activity", text, "activity-kinds", bounds=more)
    return happened.active_within(cx, min(step.after.days or 1 for decay in putting for step in decay.steps))


def _wakes_by_activity(cx: Context, threshold: Threshold, decay: Decay) -> bool:
    """Whether a decay leaves everybody below what the threshold asks for, and only what counts here leads back to it."""
    members = threshold.when.members if isinstance(threshold.when, con.All) else (threshold.when,)
    asked = [item.bounds for item in members if isinstance(item, con.ScoreTest) and item.score == decay.score]
    least = max((bounds.least for bounds in asked if bounds.least is not None), default=None)
    return (
        least is not None
        and all(
            only_lowers(step) and step.set_to is not None and step.set_to.value < least
            for step in decay.steps
        )
        and not earned_in_a_silence(cx, replace(decay, activity=()))
    )


# --- crossings ------------------------------------------------------------------------------------------------------


def _crossing(
    cx: Context,
    threshold: Threshold,
    opened: tuple[Expression, Expression],
    actions: tuple[Act, ...],
    times: Times,
) -> None:
    """``opened`` is when the score opens the threshold, and who asks while it is not shut, where one rule sees both."""
    is_open, asking = opened
    crossed = _crossed(cx, threshold)
    put, drop = Act(ACTIONS["tag-add"].text, crossed), Act(ACTIONS["tag-remove"].text, crossed)
    inside = population(cx)
    crossing = both(is_open, untagged(cx, crossed), not_falling(cx, threshold), inside)
    to_open, to_close = waits_for_points(
        cx, threshold, lambda guards: either(both(crossing, *guards), asking)
    )
    _fire(cx, threshold, either(both(crossing, *to_open), asking), (*actions, put), times)
    closed = either(_closed(cx, threshold), _outside(cx))
    whole = both(tagged(crossed), closed, *to_close)
    for place, way in enumerate((closed,) if fits(cx, whole) else _ways(closed)):
        name = cx.names.rule(f"thresholds {threshold.key}", f"below again{f', {place + 1}' if place else ''}")
        tree = fit(cx, both(tagged(crossed), way, *to_close), threshold)
        check = "Nobody, before anybody was handed over."
        made = cx.made(threshold, "threshold-rearm", "It arms the handoff again.")
        cx.add(AutomationRule(name, tree, (drop,), cx.repeat, PHASE_REARM, check, made), name)
    if not threshold.existing:
        name = cx.names.rule(f"thresholds {threshold.key}", "already past it")
        why = "Who is past the threshold already must not be handed over when the rule is resumed."
        tree = fit(cx, both(is_open, inside), threshold)
        if lets_in_a_day_late(cx, tree):  # whoever came on the last day is not yet on it
            cx.edge(*cx.acted(threshold, 0, 1, "existing"))
        made = cx.made(threshold, "threshold-initial", why)
        cx.add(SegmentationRule(name, tree, (put,), made, PHASE_INITIAL), name)


def _ways(closed: Expression) -> tuple[Expression, ...]:
    """Ways in which a threshold closes, a rule for each that rules cannot hold together: a list would follow too late."""
    if not isinstance(closed, Node) or closed.match != "any":
        return (closed,)
    deep = tuple(item for item in closed.members if isinstance(item, Node))
    flat = either(*(item for item in closed.members if not isinstance(item, Node)))
    return deep if flat == NOBODY else (*deep, flat)


def _closed(cx: Context, threshold: Threshold) -> Expression:
    unless = (_so(cx, threshold, threshold.unless)[0],) if threshold.unless is not None else ()
    missing = _required(cx, threshold, known=False)
    return either(_so(cx, threshold, threshold.when)[1], *unless, *missing)


def _outside(cx: Context) -> Expression:
    return population(cx, inside=False)


def _fire(
    cx: Context,
    threshold: Threshold,
    tree: Expression,
    actions: tuple[Act, ...],
    times: Times,
) -> None:
    name = cx.names.rule(f"thresholds {threshold.key}", "hand over")
    check = (
        "Everybody past it today." if threshold.existing else "Nobody: those past it have the tag already."
    )
    if _wakes_up(threshold):
        check = "Nobody, unless the mark was in use before."
    made = cx.made(threshold, "threshold", threshold.why)
    asked = fit(cx, tree, threshold)
    if one_change_turns_both(cx, asked) or new_people_slip_through(cx, asked):
        text = "one handoff more, each time that one change turns a list, which follows later, and what stands beside it"
        more = cx.acted(threshold, 0, 1, "turned-together")
        cx.bounded("lists-follow-late", text, "dynamic-list-lag", bounds=more)
    rule = AutomationRule(name, asked, actions, times[0], PHASE_FIRE, check, made, times[1])
    cx.add(rule, name)


# --- hand raisers ---------------------------------------------------------------------------------------------------


def _hand_raisers(cx: Context, threshold: Threshold, shut: Expression, actions: tuple[Act, ...]) -> None:
    """An action on each asset tags; one rule hands over whoever may be, another drops the tag of those who may not.

    Whom the score hands over at this moment is left to the rule for the score: so one event is one handoff.
    """
    raised = _raised(cx, threshold)
    put, drop = Act(ACTIONS["tag-add"].text, raised), Act(ACTIONS["tag-remove"].text, raised)
    for event in threshold.or_on:
        raise_on(cx, threshold, event, put)
    may = both(shut, population(cx))
    if not _one_rule(threshold):
        _raised_alone(cx, threshold, may, (drop, *actions))
    if may != both():
        _raised_in_vain(cx, threshold, drop)


def _raised_alone(cx: Context, threshold: Threshold, may: Expression, actions: tuple[Act, ...]) -> None:
    raised = _raised(cx, threshold)
    name = cx.names.rule(f"thresholds {threshold.key}", "hand raised")
    made = cx.made(threshold, "threshold-hand-raiser", "They asked for it themselves, whatever their score.")
    check = "Nobody, before the first of these events."
    before = () if _wakes_up(threshold) else (tagged(_crossed(cx, threshold)),)
    alone = either(_so(cx, threshold, threshold.when)[1], *before)
    if not cx.flag("rule-acts-in-one-piece"):
        text = "one handoff more at one event, where a rule looks while the other has not yet done all its actions"
        more = cx.acted(threshold, 0, 1, "raised-and-crossed", again=True)
        cx.bounded("spare-handoff", text, bounds=more)
    tree = fit(cx, both(tagged(raised), may, alone), threshold)
    cx.add(AutomationRule(name, tree, actions, cx.repeat, PHASE_FIRE, check, made), name)


def _raised_in_vain(cx: Context, threshold: Threshold, drop: Act) -> None:
    raised = _raised(cx, threshold)
    missing = _required(cx, threshold, known=False)
    unless = (_so(cx, threshold, threshold.unless)[0],) if threshold.unless is not None else ()
    name = cx.names.rule(f"thresholds {threshold.key}", "hand raised, but shut")
    done = cx.names.tag("thresholds", threshold.key, "done")
    over = (tagged(done),) if _once_either_way(threshold) else ()
    tree = fit(cx, both(tagged(raised), either(*unless, *missing, *over, _outside(cx))), threshold)
    made = cx.made(
        threshold, "threshold-hand-raiser", "An event while the threshold is shut counts for nothing."
    )
    check = "Nobody, before the first of these events."
    cx.add(AutomationRule(name, tree, (drop,), cx.repeat, PHASE_REARM, check, made), name)
