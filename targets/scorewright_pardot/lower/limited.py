"""Awards that are given once, or so many times: hit tags, counters, and rules that pay them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.plugin.notes import Result
from scorewright_pardot.delays import RULES_TAKE
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.actions import lower_actions
from scorewright_pardot.lower.awards import either_way, lacking, one_by_one, paid, unpaid, worth
from scorewright_pardot.lower.binding import chain
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.days import said_of
from scorewright_pardot.lower.expression import both, either, leaf, tagged
from scorewright_pardot.lower.fitting import fit
from scorewright_pardot.lower.lasting import can_be_let_go, lasts, take_back
from scorewright_pardot.lower.notes import NOTES
from scorewright_pardot.lower.remembered import can_count, increments
from scorewright_pardot.lower.segments import population
from scorewright_pardot.lower.triggers import (
    ONCE_FOR_EACH,
    awards_of,
    hit_tag,
    leaves_a_state,
    since_the_start,
    sources_of,
    trigger,
    unseen,
)
from scorewright_pardot.lower.waiting import check_wait, drop_in_vain, tell_waits, waits
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import Act, AutomationRule, CustomField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Rule
    from scorewright_pardot.lower.awards import Points
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.triggers import Source

__all__ = ["PHASE_AWARDS", "lower_limited", "note_dates"]

PHASE_AWARDS = 20


def lower_limited(cx: Context, rule: Rule) -> None:
    """One rule with a limit, a group or a wait, or one that scores what leaves only a state."""
    cx.begin()
    try:
        _refuse_shapes(rule)
        check_wait(cx, rule)
        _lower(cx, rule)
    except CannotLowerError as error:
        cx.refuse(rule, error)
        return
    message = "an action leaves a tag or counts, and rules that match once pay"
    if rule.wait is not None:
        message += ", when an engagement program has waited"
    if not lasts(rule):
        message += "; an engagement program waits beside each person, and takes it back"
    cx.finish(rule, "automation-rules", message)
    note_dates(cx, rule)


def note_dates(cx: Context, rule: Rule) -> None:
    """Say that somebody must switch a rule on and off, where it is in force on some days only."""
    if rule.active is not None:
        said = f"{NOTES['switch-by-date']} In force {said_of(rule.active)}."
        cx.note(rule, "switch-by-date", Result.BY_HAND, said)


def _refuse_shapes(rule: Rule) -> None:
    limit = rule.limit
    reason = ""
    key = "limit"
    if rule.group is not None:
        reason, key = "rules cannot share a limit: nothing counts points for a person", "group"
    elif limit is None:
        return
    elif limit.kind == "points" and limit.per is not None:
        reason = "nothing counts the points that a person got from a rule within a window"
    elif limit.per is not None and limit.per.rolling is None:
        reason = "nothing counts by calendar or by visit"
    elif limit.per is not None and (
        limit.count > 1 or (limit.per.rolling and limit.per.rolling.days is None)
    ):
        reason = "rules repeat after whole days, and keep no count within a window"
    if reason:
        raise CannotLowerError(
            "limit-needs-a-clock",
            reason,
            "limit = { times = n } for ever, or once per whole days, taken as bounded",
            (*rule.path, key),
        )


def _lower(cx: Context, rule: Rule) -> None:
    limit = rule.limit
    if limit is None and not leaves_a_state(cx, rule):
        take_back(cx, rule, rule.points, "", None)
    if limit is None:
        limit = ONCE_FOR_EACH
        text = f"{lacking(rule)} for each further time with the same asset"
        cx.bounded("only-the-first-for-each", text, bounds=unpaid(cx, rule, None, "again"))
    sources = tuple(source for event in rule.on for source in sources_of(cx, rule, event))
    groups = tuple((source,) for source in sources) if limit.by_asset else (sources,)
    if rule.wait is not None:
        tell_waits(cx, rule, awards_of(cx, rule))
    _guarded_later(cx, rule)
    for group in groups:
        suffix = f" {group[0].slug}" if limit.by_asset else ""
        if limit.per is not None:
            _once_per_window(cx, rule, group, suffix)
        elif len(one_by_one(rule, limit)) == 1 and all(source.event.nth == 1 for source in group):
            _once(cx, rule, group, suffix)
        else:
            _counted(cx, rule, group, suffix)


def _pay(cx: Context, rule: Rule, points: Points) -> tuple[Act, ...]:
    given = cx.homes.adjust(cx, *cx.homes.vector(points), often=awards_of(cx, rule))
    return (*given, *lower_actions(cx, rule.then, rule))


def _award_tags(cx: Context, rule: Rule, given: Points, suffix: str) -> tuple[Act, ...]:
    """The tag that carries the points, so that a later version of the model can tell who got what; and what takes it back."""
    points = "_".join(str(number.value) for _, number in given) or "done"
    name = cx.names.tag("rules", rule.key, *suffix.split(), points)
    cx.tag(name, rule, "Carries the points of an award that was given once.")
    ends = take_back(cx, rule, given, suffix, awards_of(cx, rule))
    return Act(ACTIONS["tag-add"].text, name), *ends


def _guards(cx: Context, rule: Rule) -> Expression:
    if all(event.verb == "changes" for event in rule.on) and rule.wait is None:
        return population(cx)
    return both(criteria(cx, rule.when, rule), population(cx))


def _guarded_later(cx: Context, rule: Rule) -> None:
    """What is looked at when the rule runs may have come true since the event; each award can be so, once.

    It may have ceased to be so too, where both lie close together.
    """
    once = rule.wait is not None and rule.when is not None  # who fails when the wait is over is dropped
    asked = rule.when is not None and not once and not _asks_the_change_alone(rule)
    inside = once or (population(cx) == both() and cx.model.header.active is None)
    found = ["for whom the condition was not so at the event and becomes so later"] if asked else []
    found += [] if inside else ["who was outside the population at the event and comes in later"]
    if found:
        count, off = (
            awards_of(cx, rule),
            paid if lasts(rule) else either_way,
        )  # what comes otherwise ends otherwise
        late = (off(cx, rule, count, when) for when, so in (("any", asked), ("outside", not inside)) if so)
        text = f"{worth(rule)} for somebody " + ", or ".join(found)
        cx.bounded("once-looked-at-later", text, bounds=[item for items in late for item in items])
    if rule.wait is None and (rule.when is not None or not inside):
        cx.edge(*unpaid(cx, rule, awards_of(cx, rule), "crowded"))
    _switched(cx, rule)


def _switched(cx: Context, rule: Rule) -> None:
    """A rule with days is resumed and paused by hand: it then sees what is left from before, and not what came last."""
    if rule.active is None:
        return
    count = awards_of(cx, rule)
    off = paid if lasts(rule) else either_way
    early = off(cx, rule, count, "any") if rule.active.first else ()
    late = unpaid(cx, rule, count, "any") if rule.active.last else ()
    words = [f"{worth(rule)} for somebody who did it before its first day"] if early else []
    until = f"in the last {RULES_TAKE} hours of its last day"
    if rule.wait is not None:
        until = f"so shortly before the end of its last day that the wait ends less than {RULES_TAKE} hours before it, or after it"
    words += [f"{lacking(rule)} for somebody who does it {until}"] if late else []
    cx.bounded("days-by-hand", ", or ".join(words), bounds=(*early, *late))


def _asks_the_change_alone(rule: Rule) -> bool:
    """Whether the condition reads nothing but fields whose every change is an event of the rule."""
    changed = [set(event.objects) for event in rule.on if event.verb == "changes"]
    inner = (con.All, con.AnyOf, con.Not)
    read = [item for item in con.walk(rule.when) if not isinstance(item, inner)]
    return len(changed) == len(rule.on) and all(
        isinstance(item, con.FieldTest) and all(item.field in fields for fields in changed) for item in read
    )


def _awaited(cx: Context, rule: Rule, group: tuple[Source, ...], suffix: str) -> Expression:
    """That one of the waits is over which the events of a group have begun; with a condition each asset's are its own."""
    shared = "any" if rule.when is None and len(group) > 1 else ""
    found = [(source, hit_tag(cx, rule, source, shared)) for source in group]
    tags = dict.fromkeys(tag for _, tag in found if tag)
    states = tuple(source for source, tag in found if not tag)
    for some in (states,) if rule.when is None and states else ((source,) for source in states):
        tree = since_the_start(cx, rule, some, tuple(dict.fromkeys(source.event for source in some)))
        part = f" {some[0].slug}" if len(some) == 1 and not suffix else suffix
        tags[_begun(cx, rule, tree, part)] = None
    return _after_wait(cx, rule, tags, suffix)


def _begun(cx: Context, rule: Rule, tree: Expression, part: str) -> str:
    """The tag that a rule puts on whoever has done it: what leaves only a state, or a number, puts none itself."""
    tag = cx.tag(cx.names.tag("rules", rule.key, *part.split(), "began"), rule, "Says that a wait has begun.")
    _rule(cx, rule, f"begins{part}", tree, (Act(ACTIONS["tag-add"].text, tag),))
    return tag


def _after_wait(cx: Context, rule: Rule, tags: Iterable[str], part: str) -> Expression:
    due = waits(cx, rule, tags, part)
    drop_in_vain(cx, rule, due, part, PHASE_AWARDS)
    return tagged(due)


def _once(cx: Context, rule: Rule, group: tuple[Source, ...], suffix: str) -> None:
    seen = trigger(cx, rule, group) if rule.wait is None else _awaited(cx, rule, group, suffix)
    tree = both(seen, _guards(cx, rule))
    cx.rest_on("match-once-unless-repeat", "edits-keep-memory")
    (points,) = one_by_one(rule, rule.limit or ONCE_FOR_EACH)
    carries, *ends = _award_tags(cx, rule, points, suffix)
    if ends and can_be_let_go(
        cx, points
    ):  # before the points, so that no reset that they bring about comes first
        _rule(cx, rule, f"begun{suffix}", tree, tuple(ends))
        tree, ends = both(*(tagged(act.of) for act in ends)), []
    actions = (*_pay(cx, rule, points), carries, *ends)
    check = (
        "Before the first events nobody should match; later, those who did it and have no points for it yet."
    )
    _rule(cx, rule, f"once{suffix}", tree, actions, check=check)


def _once_per_window(cx: Context, rule: Rule, group: tuple[Source, ...], suffix: str) -> None:
    limit = rule.limit
    assert limit is not None
    assert limit.per is not None
    assert limit.per.rolling is not None
    days = limit.per.rolling.days
    assert days is not None
    tags = tuple(hit_tag(cx, rule, source) for source in group)
    if not all(tags) or any(source.event.nth > 1 for source in group):
        raise CannotLowerError(
            "limit-needs-a-clock",
            "a state never repeats an award; only an action on a named asset can say that it happened again",
            "name the assets (pages, forms, files, redirects), or limit = { times = 1 }",
            (*rule.path, "on"),
        )
    # what is paid late may be gone when the next is due, which comes a window later then
    melts = any(
        decay.score in chain(cx.model, key) for key, _ in rule.points for decay in cx.model.decay.values()
    )
    cx.bounded(
        "once-per-window-late",
        f"one award more in {days} days, paid at the window's end, for somebody who does it twice within {days} days",
        "repeat-counts-elapsed-days",
        bounds=(*paid(cx, rule, None, "held-back"), *(unpaid(cx, rule, 1, "held-back") if melts else ())),
    )
    cx.edge(*unpaid(cx, rule, None, "crowded"))
    cx.number("repeat-least-days")
    cx.rest_on("clock-sweep-days")
    if not lasts(rule):
        take_back(cx, rule, rule.points, suffix, None)
    tree = both(either(*map(tagged, tags)), _guards(cx, rule))
    removals = tuple(Act(ACTIONS["tag-remove"].text, tag) for tag in tags)
    actions = (*_pay(cx, rule, rule.points), *removals)
    _rule(cx, rule, f"once per {days} days{suffix}", tree, actions, repeat=days)


def _counted(cx: Context, rule: Rule, group: tuple[Source, ...], suffix: str) -> None:
    """A counter field, and one rule that matches once for each award: no race, in any order."""
    limit = rule.limit
    assert limit is not None
    if not cx.flag("increment-completion-action"):
        raise CannotLowerError(
            "limit-needs-a-clock", "nothing counts events", "limit = { times = 1 }", (*rule.path, "limit")
        )
    title = f"{cx.names.prefix} {rule.key}{suffix} count"
    field = CustomField(
        title, field_id(title), "number", cx.made(rule, "counter", "Counts the events of the rule.")
    )
    cx.add(field, title)
    for source in group:
        kind = source.asset.kinds[0] if source.asset is not None and not source.asset.builtin else ""
        if not can_count(cx, kind) or source.event.where:
            raise CannotLowerError(
                "asset-needs-a-name",
                "only completion actions of named forms, files and custom redirects can count",
                "name such assets, or limit = { times = 1 }",
                (*rule.path, "on"),
                ("page-actions-increment",) if kind == "pages" else (),
            )
        unseen(cx, rule, kind)
        match = source.asset.match if kind == "pages" and source.asset is not None else "is"
        increments(cx, (kind, source.name, match), rule, title, "counter")
    guards = _guards(cx, rule)
    for number, points in enumerate(one_by_one(rule, limit), group[0].event.nth):
        counted: Expression = leaf("custom-field", title, "greater", number - 1)
        if rule.wait is not None:
            part = f"{suffix} {number}"
            counted = _after_wait(cx, rule, (_begun(cx, rule, counted, part),), part)
        tree = both(counted, guards)
        actions = (*_pay(cx, rule, points), *_award_tags(cx, rule, points, f"{suffix} {number}"))
        _rule(cx, rule, f"number {number}{suffix}", tree, actions)


def _rule(
    cx: Context,
    rule: Rule,
    part: str,
    tree: Expression,
    actions: tuple[Act, ...],
    *,
    repeat: int | None = None,
    check: str = "Before the first events nobody should match.",
) -> None:
    name = cx.names.rule(f"rules {rule.key}", part)
    made = cx.made(rule, "limited-award")
    cx.add(AutomationRule(name, fit(cx, tree, rule), actions, repeat, PHASE_AWARDS, check, made), name)
