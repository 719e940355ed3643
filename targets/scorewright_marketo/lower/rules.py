"""Event rules: thin triggers that execute one executable for each award, which holds everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.values import Number
from scorewright_marketo.folders import AWARDS, TRIGGERS
from scorewright_marketo.lower import events
from scorewright_marketo.lower.actions import actions
from scorewright_marketo.lower.assets import asset_texts
from scorewright_marketo.lower.bounds import by_awards, in_a_life, joined
from scorewright_marketo.lower.caveats import say_caveats
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.counting import counts, first_counted, gate, is_counted, long_count
from scorewright_marketo.lower.creation import emit_at_creation, first_values
from scorewright_marketo.lower.edges import counts_back, of_rule, rolls
from scorewright_marketo.lower.ending import clipped, later
from scorewright_marketo.lower.expr import Both, both
from scorewright_marketo.lower.itself import asks_of_itself
from scorewright_marketo.lower.limits import counted_in, group_plans, plan
from scorewright_marketo.lower.points import execute, score_by_score, shift
from scorewright_marketo.lower.stamps import award_stamps
from scorewright_marketo.lower.timing import say_dates
from scorewright_marketo.lower.waits import spell, wait, wait_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Rule
    from scorewright.model.events import Event
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.lower.limits import Plan
    from scorewright_marketo.objects import Clause, FlowStep

__all__ = ["lower_event_rule"]


def lower_event_rule(b: Builder, rule: Rule) -> None:
    """The trigger and its executables; with ``each = "asset"`` one pair for each asset."""
    b.lowering = "award"
    b.rests_on("score-operations")
    if any(events.anonymous(b, event) for event in rule.on):
        b.rests_on("late-anonymous-past")
    if rule.limit is not None and rule.limit.by_asset:
        texts = tuple(dict.fromkeys(text for event in rule.on for text in asset_texts(b, event)))
        for text in texts if len(texts) > 1 else (None,):
            _award(b, rule, text)
    else:
        _award(b, rule, None)
    say_caveats(b, rule)
    name = "award-after-wait" if rule.wait else "award-after-count" if is_counted(rule) else "award"
    b.exact(name, _message(b, rule), bounds=of_rule(b, rule))
    say_dates(b, rule)


def _message(b: Builder, rule: Rule) -> str:
    """How the award is built, and where a window's edge may lie."""
    wait = (
        f"waits {spell(rule.wait)}, then "
        if rule.wait
        else "waits until the event can be counted, then "
        if is_counted(rule)
        else ""
    )
    edge = " A window's edge is told to within minutes." if rolls(b, rule) else ""
    edge += (
        " Of what is told late, the window ends when Marketo learns of it." if counts_back(rule.on) else ""
    )
    return (
        f"A thin trigger {wait}executes the award, where filters, qualification and Change Score stand.{edge}"
    )


def _award(b: Builder, rule: Rule, only: str | None) -> None:
    """Everything for one award: by any of its events, or by those on one asset alone (``only``)."""
    title = rule.title if only is None else f"{rule.title} - {only}"
    suffix = "" if only is None else f" {only}"
    plans = group_plans(b, rule, suffix) if rule.group is not None else (plan(b, rule, suffix),)
    gated = is_counted(rule) and (len(rule.on) > 1 or rule.wait is not None)
    when = condition(b, rule.when) if gated else both(condition(b, rule.when), counts(b, rule, rule.on))
    sparing = rule.wait is None and not is_counted(rule) and any(events.spares(b, on) for on in rule.on)
    if sparing:
        when = both(when, _spared(b, rule))
    if _stands_in_trigger(b, rule, when, plans):
        _couple(b, rule, [_in_trigger(b, rule, title, plans[0], only)])
        return
    names = [_executable(b, rule, title, when, part) for part in plans]
    _couple(b, rule, names)
    if gated:
        for number, event in enumerate(rule.on, 1):
            name = f"{title} {number}" if len(rule.on) > 1 else title
            inner = (gate(b, rule, event, name, names),) if event.nth > 1 else tuple(names)
            _trigger(
                b, rule, name, events.triggers(b, event, only), (*_wait(b, rule, (event,)), *_run(b, inner))
            )
        return
    if long_count(b, rule.on):
        names = [*first_counted(b, rule, rule.on[0], title), *names]
    triggers = tuple(
        dict.fromkeys(
            clause for event in rule.on for clause in events.triggers(b, event, only, sparing=sparing)
        )
    )
    seen = _look(b) if sparing and not _wait(b, rule, rule.on) else ()
    _trigger(b, rule, title, triggers, (*seen, *_wait(b, rule, rule.on), *_run(b, names)))
    _first_values(b, rule, names)


def _spared(b: Builder, rule: Rule) -> Expr:
    """A trigger has one condition on the asset: exceptions inside a pattern start it, and are asked for after a wait."""
    b.bounded(
        "exception-within-the-hour",
        "A pattern's exceptions are told by what was done within the hour.",
        "the award, for who does what is left out within an hour of what counts; and one for each exception that is told late",
        "filter-counts-trigger-event",
        path=(*rule.on[0].path, "except"),
        bounds=joined(
            by_awards(b, rule, few=in_a_life(rule), many=in_a_life(rule), when="crowded"),
            by_awards(b, rule, few=in_a_life(rule), many=in_a_life(rule), when="past-unknown"),
        ),
    )
    return both(*(events.spared(b, event) for event in rule.on if events.spares(b, event)))


def _first_values(b: Builder, rule: Rule, names: list[str]) -> None:
    """Each field that somebody is created with is a change of its own, so several are several awards."""
    filled = first_values(b, rule.on)
    for number, clause in enumerate(filled, 1):
        which = f" with {clause.rule}" if len(filled) > 1 else ""
        emit_at_creation(
            b,
            b.campaign_name(f"When created{which}, {rule.title}"),
            clause,
            (*_wait(b, rule, ()), *_run(b, names)),
            stage="live",
            role=f"when created {number}" if number > 1 else "when created",
        )


def _couple(b: Builder, rule: Rule, names: list[str]) -> None:
    """Numbers that stand in two places are one: an account books an award, and what ends it knows how much it was."""
    by_points = rule.group is not None or (rule.limit is not None and rule.limit.kind == "points")
    for _, number in rule.points:
        back = Number(-number.value, number.name)
        for name in names if by_points else ():
            b.couple_number(number, rule.title, name)
        for name in b.memo.get(("taken back", rule.key), ()):
            b.couple_number(number, rule.title, name, inverse=True)
            b.couple_number(back, f"{rule.title} back", name, inverse=True)
    for number, name in (*counted_in(b, rule), *b.memo.get(("booked", rule.key), ())):
        b.couple_number(number, rule.title, name)


def _stands_in_trigger(b: Builder, rule: Rule, when: Expr, plans: tuple[Plan, ...]) -> bool:
    """Whether an award may stand in its trigger campaign, where the spec wants few: its filters would be read too early."""
    plain = len(plans) == 1 and both(when, plans[0].filters, b.population) == Both(())
    late = rule.wait is not None or is_counted(rule) or long_count(b, rule.on)
    return b.options.few_campaigns and plain and not late and not first_values(b, rule.on)


def _in_trigger(b: Builder, rule: Rule, title: str, part: Plan, only: str | None) -> str:
    """The award in the trigger campaign itself."""
    triggers = dict.fromkeys(clause for event in rule.on for clause in events.triggers(b, event, only))
    return b.campaign(
        b.campaign_name(title),
        TRIGGERS,
        "trigger",
        Both(()),
        _flow(b, rule, part),
        triggers=tuple(triggers),
        qualification=part.qualification,
        stage="live",
        role=f"when {title.removeprefix(rule.title)}",
        population=False,
        checks=_bot_check(b, rule),
    )


def _executable(b: Builder, rule: Rule, title: str, when: Expr, part: Plan) -> str:
    """The award in an executable: who earns it, how often, and what is done."""
    flow = _flow(b, rule, part)
    name = b.campaign_name(f"Award {title}{part.label}")
    role = f"award {title.removeprefix(rule.title)}{part.label}"
    who = both(when, part.filters)
    return b.campaign(name, AWARDS, "executable", who, flow, qualification=part.qualification, role=role)


def _flow(b: Builder, rule: Rule, part: Plan) -> tuple[FlowStep, ...]:
    """The points, what takes them back, what counts them, the date of the award, and the rule's actions."""
    return (
        *_points(b, rule, part),
        *later(b, rule, part),
        *part.after,
        *award_stamps(b, (key for key, _ in rule.points)),
        *actions(b, rule.then),
    )


def _run(b: Builder, names: Iterable[str]) -> tuple[FlowStep, ...]:
    return tuple(execute(b, name) for name in names)


def _trigger(
    b: Builder, rule: Rule, title: str, triggers: tuple[Clause, ...], flow: tuple[FlowStep, ...]
) -> None:
    b.campaign(
        b.campaign_name(f"When {title}"),
        TRIGGERS,
        "trigger",
        Both(()),
        flow,
        triggers=triggers,
        stage="live",
        role=f"when {title.removeprefix(rule.title)}",
        population=False,
        checks=_bot_check(b, rule),
    )


def _bot_check(b: Builder, rule: Rule) -> tuple[str, ...]:
    mails = any(event.verb in {"opens", "clicks"} for event in rule.on)
    if mails and b.model.header.ignore_bots:
        return (
            "Admin > Email > Bot Activity is on, so that the constraint Is Bot Activity means something.",
        )
    return ()


def _wait(b: Builder, rule: Rule, counted: tuple[Event, ...]) -> tuple[FlowStep, ...]:
    """One that lets the log catch up with the event that is counted, or else the rule's own."""
    if rule.wait is not None and not any(event.nth > 1 for event in counted):
        return (wait(rule.wait),)
    late = any(event.nth > 1 for event in counted) and not long_count(b, counted)
    return _look(b) if late or asks_of_itself(b, rule) else ()


def _look(b: Builder) -> tuple[FlowStep, ...]:
    """A wait until what has just happened is in the log."""
    return (wait_minutes(b.options.wait),)


def _points(b: Builder, rule: Rule, part: Plan) -> tuple[FlowStep, ...]:
    """The award itself, or what is left of it."""
    steps: list[FlowStep] = []
    cuts = dict(part.cuts)
    points = tuple(pair for pair in rule.points if clipped(b, rule, part, pair[0]) != 0)
    for name, key, number, again in score_by_score(b, points):
        signed = clipped(b, rule, part, key)
        given = number if signed is None else signed
        steps.extend(shift(b, name, cuts.get(key, ()), given, rule.title, more=again))
    return tuple(steps)
