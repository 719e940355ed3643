"""Limits: how often an award may be given, as qualification, a counter, a register of dates or an account of points."""

from __future__ import annotations

from dataclasses import replace
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.delays import CALENDAR
from scorewright_marketo.folders import AWARDS
from scorewright_marketo.lower.accounts import accounts, cuts_by_count, expire_by_request, fits, most_awards
from scorewright_marketo.lower.bounds import by_awards, by_scores, joined, rivals
from scorewright_marketo.lower.context import EVERY_TIME, ONLY_ONCE
from scorewright_marketo.lower.expr import Both, both, either
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.sums import put
from scorewright_marketo.objects import Clause, FlowStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Group, Limit, Rule
    from scorewright.model.values import Duration, Number
    from scorewright.plugin.emulation import Bound
    from scorewright_marketo.lower.accounts import Cuts
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["Plan", "counted_in", "group_plans", "plan", "qualification_every"]


class Plan(NamedTuple):
    """One executable's part of a limit: qualification, filters, choices on the award, and steps after it."""

    qualification: str = EVERY_TIME
    filters: Expr = Both(())
    cuts: Cuts = ()
    clip: int | None = None
    after: tuple[FlowStep, ...] = ()
    label: str = ""


def qualification_every(duration: Duration) -> str:
    """“Once every …” in the words of the screen, which know whole hours."""
    seconds = duration.seconds
    size, word = (86_400, "days") if seconds % 86_400 == 0 else (3_600, "hours")
    count = seconds // size
    return f"Once every {count} {word if count != 1 else word[:-1]}"


def plan(b: Builder, rule: Rule, suffix: str = "", *, several: bool = False) -> Plan:
    """How a rule's own limit is kept.  ``suffix`` tells the assets apart when each is counted alone.

    Where ``several`` executables give the award, a field counts: what a campaign remembers, no other one knows.
    """
    limit = rule.limit
    if limit is None:
        return Plan()
    path = (*rule.path, "limit")
    if limit.per is not None and limit.per.calendar == "visit":
        raise RefusedError(
            "limit-impossible",
            (*path, "per"),
            "Marketo knows no visits, so nothing can be limited to one",
            'write per = "1d"',
        )
    b.rests_on("qualification-memory")
    if limit.per is not None and limit.per.rolling is not None:
        return _rolling(b, rule, limit, path=path, suffix=suffix, several=several)
    count = limit.count if limit.kind == "times" else most_awards(rule, limit.count)
    if (
        limit.per is None
        and count == 1
        and not several
        and (limit.kind == "times" or fits(rule, limit.count))
    ):
        return Plan(ONLY_ONCE)
    counter = b.counter(f"Count{suffix}", "score", f"How many awards of “{rule.title}” have been given.")
    if limit.per is not None:
        _emit_reset(b, rule, counter, limit.per.calendar, suffix)
    _say_simultaneous(b, rule, path)
    b.rests_on("is-zero-matches-empty")
    cuts = cuts_by_count(rule, limit.count, counter) if limit.kind == "points" else ()
    room: Expr = Both(())
    if count is not None:
        room = either(Clause(counter, "less than", (str(count),)), Clause(counter, "is", ("0",)))
    return Plan(EVERY_TIME, room, cuts, None, (put(counter, "+1"),))


def _rolling(b: Builder, rule: Rule, limit: Limit, *, path: KeyPath, suffix: str, several: bool) -> Plan:
    assert limit.per is not None
    assert limit.per.rolling is not None
    duration = limit.per.rolling
    count = limit.count if limit.kind == "times" else fits(rule, limit.count)
    if count == 1 and duration.seconds % 3_600 == 0 and not several:
        b.rests_on("qualification-rolls")
        return Plan(qualification_every(duration))
    _say_simultaneous(b, rule, path)
    if count is None:
        return _by_points(b, rule, limit.count, duration, path=path, suffix=suffix)
    # a wait takes its time whatever a filter's window does at its edge
    if count > b.options.most_dates or duration.seconds % 3_600 or not b.fact("hour-windows-roll"):
        account = b.counter(
            f"Count{suffix}", "score", f"How many awards of “{rule.title}” lie in the last {duration}."
        )
        room = either(Clause(account, "less than", (str(count),)), Clause(account, "is", ("0",)))
        after = (put(account, "+1"), expire_by_request(b, account, 1, duration, f"{rule.title}{suffix}"))
        return Plan(EVERY_TIME, room, (), None, after)
    return _register(b, rule, duration, count, suffix)


def _by_points(b: Builder, rule: Rule, most: int, duration: Duration, *, path: KeyPath, suffix: str) -> Plan:
    """An account for each score; what is left of the last award is told apart, as long as that is few amounts."""
    b.rests_on("is-zero-matches-empty", "choices")
    kept = accounts(b, rule, most, duration, suffix)
    if kept.dropped:
        b.bounded(
            "clipped-award",
            f"The last award in {duration} that does not fit whole is not given at all: there are too many rests to tell apart.",
            f"up to {kept.dropped} points fewer in a window, for people who fill the limit",
            "score-operations",
            path=path,
            bounds=by_awards(b, rule, few=None, many=None),
        )
    return Plan(EVERY_TIME, kept.room, kept.cuts, None, kept.after)


def _register(b: Builder, rule: Rule, duration: Duration, count: int, suffix: str) -> Plan:
    """The dates of the last awards, moved on at each; there is room when the oldest lies before the window."""
    dates = [
        b.counter(f"Date {n}{suffix}", "datetime", f"When “{rule.title}” was awarded, {n} awards ago.")
        for n in range(1, count + 1)
    ]
    b.rests_on("before-matches-empty", "hour-windows-roll", "lead-token-in-data-value")
    shifts = [
        FlowStep(
            "Change Data Value", (("Attribute", dates[n]), ("New Value", "{{lead." + dates[n - 1] + "}}"))
        )
        for n in range(count - 1, 0, -1)
    ]
    now = FlowStep("Change Data Value", (("Attribute", dates[0]), ("New Value", "{{system.dateTime}}")))
    hours = -(-duration.seconds // 3600)
    return Plan(
        EVERY_TIME, Clause(dates[-1], "in past before", (f"{hours} hours",)), (), None, (*shifts, now)
    )


_RESETS = {
    "day": "Daily, every 1 day",
    "week": "Weekly, on Monday",
    "month": "Monthly, on day 1",
    "quarter": "Monthly, on day 1, every 3 months from January",
    "year": "Monthly, on day 1, every 12 months from January",
}


def _emit_reset(b: Builder, rule: Rule, counter: str, word: str, suffix: str) -> None:
    name = b.campaign_name(f"New {word} for {rule.title}{suffix}")
    used = Clause(counter, "is not", ("0",))
    b.campaign(
        name,
        AWARDS,
        "batch",
        used,
        (put(counter, "=0"),),
        schedule=f"{_RESETS[word]}, at {CALENDAR}",
        stage="nightly",
        role=f"reset{suffix}",
        population=False,
        why=f"A new calendar {word} has room for new awards.",
    )
    b.bounded(
        "batch-start",
        f"The calendar {word} begins when the batch has run, at {CALENDAR} or some minutes later.",
        "an event between midnight and the end of that run counts for the window before",
        path=(*rule.path, "limit", "per"),
        bounds=by_awards(b, rule, few=None, many=None, when="day-start"),
    )


def _say_simultaneous(
    b: Builder,
    rule: Rule,
    path: KeyPath,
    rivals: tuple[str, ...] = (),
    lost: tuple[Bound, ...] = (),
) -> None:
    """``rivals`` are other rules that look at the same count when the same event happens; ``lost`` is what they may take."""
    if b.fact("runs-interleave"):
        beside = f", or whose one event also counts for {' and '.join(rivals)}" if rivals else ""
        taken = "; one too few where another rule's award of the same minutes took that place" if lost else ""
        given = by_awards(b, rule, few=_misread(rule), many=None, when="any" if rivals else "crowded")
        b.bounded(
            "simultaneous-events",
            "The count is read by a filter and written by a step after it.",
            "one award too many each time for a person who does the thing twice before the first is worked off, mostly "
            f"in the same second{beside}, at the last free place{taken}",
            "runs-interleave",
            path=path,
            bounds=joined(given, lost),
        )


def _misread(rule: Rule) -> int | None:
    """What is cut is read from the count again by what takes it back or books it, when others may have moved it."""
    cut = rule.limit is not None and rule.limit.kind == "points" and fits(rule, rule.limit.count) is None
    rolls = rule.limit is not None and rule.limit.per is not None and rule.limit.per.rolling is not None
    return None if cut and (rolls or _ends(rule)) else 0


# --- groups -----------------------------------------------------------------------------------------------------------------


def group_plans(b: Builder, rule: Rule, suffix: str = "") -> tuple[Plan, ...]:
    """The executables of a rule that shares an account: one for each amount that may still fit, smallest room first."""
    assert rule.group is not None
    group = b.model.groups[rule.group if rule.group in b.model.groups else f"{rule.group}@{rule.product}"]
    size = next((abs(number.value) for key, number in rule.points if key == group.score), 0)
    account = _account(b, group)
    most = group.limit.count
    rooms = _rooms(b, group, size, most)
    if size and _besides(rule, group):  # a full group holds back its own score only
        rooms = (0, *rooms)
    path = (*rule.path, "group")
    own = plan(b, rule, suffix, several=bool(rooms))
    if own.cuts:
        _say_clipped(b, rule, group, size, rooms)
        rooms = ()
    near = rivals(b, rule)
    others = tuple(f"“{other.title}”" for other in _members(b, group) if other in near)
    _say_simultaneous(b, rule, path, others, _taken_by_others(b, rule, group))
    b.rests_on("is-zero-matches-empty")
    plans = [_within(own, _clip(b, group, account, room, most)) for room in rooms]
    if size <= most:
        free = either(Clause(account, "at most", (str(most - size),)), Clause(account, "is", ("0",)))
        filters = both(own.filters, free)
        plans.append(
            Plan(
                own.qualification,
                filters,
                own.cuts,
                None,
                (*own.after, *_book(b, group, account, size)),
            )
        )
    return tuple(plans)


def _say_clipped(b: Builder, rule: Rule, group: Group, size: int, rooms: tuple[int, ...]) -> None:
    """A rule's own limit and the group's cannot both cut an award: the group gives all of it, or nothing."""
    if rooms:
        said = f"What is left of “{group.title}” is less than {size} points: nothing is given then."
        bound = (
            f"up to {max(rooms)} points in a window, and what the award gives besides, for people who fill the group's "
            "limit; a later award that the rule's own limit would no longer allow may be given instead"
        )
    else:
        said = (
            f"The last award that the rule's own limit leaves something of counts whole in “{group.title}”."
        )
        bound = f"up to {size - 1} points of the group's other rules in a window"
    b.bounded(
        "clipped-award",
        said,
        bound,
        "score-operations",
        path=(*rule.path, "group"),
        bounds=_unfilled(b, rule, group, later=None if rooms else 0),
    )


def _within(own: Plan, clip: Plan) -> Plan:
    """What is left of the group's limit, for whom the rule's own still allows an award, and counted there as one."""
    return clip._replace(filters=both(own.filters, clip.filters), after=(*own.after, *clip.after))


def counted_in(b: Builder, rule: Rule) -> Iterator[tuple[Number, str]]:
    """Numbers of a rule that stand in its group's account as literals, and the campaigns that take them off again."""
    group = b.model.groups.get(rule.group or "") or b.model.groups.get(f"{rule.group}@{rule.product}")
    if group is None or group.limit.per is None or group.limit.per.rolling is None:
        return
    account = _account(b, group)
    for key, number in rule.points:
        name = b.memo.get(("expiry", account, abs(number.value), group.limit.per.rolling))
        if key == group.score and name is not None:
            yield number, name


def _members(b: Builder, group: Group) -> list[Rule]:
    return [rule for rule in b.model.rules.values() if rule.group in {group.id, group.key}]


def _unfilled(b: Builder, rule: Rule, group: Group, *, later: int | None = 0) -> tuple[Bound, ...]:
    """A rest that is not given stays free for the other rules of the group, and for so many awards ``later`` of this one."""
    signs = {
        number.value > 0 for item in _members(b, group) for key, number in item.points if key == group.score
    }
    ends = any(_ends(item) for item in _members(b, group))  # a later award ends later
    either_way = ends or later is None
    change = (
        group.score,
        None if True in signs or either_way else 0,
        None if False in signs or either_way else 0,
    )
    others = [
        by_awards(
            b, replace(item, points=_besides(item, group)), few=None, many=later if item is rule else None
        )
        for item in _members(b, group)
    ]
    return joined(by_scores(b, (change,)), *others)


def _taken_by_others(b: Builder, rule: Rule, group: Group) -> tuple[Bound, ...]:
    """What an award does beside its points for the group is missing where another rule's close one took the last place."""
    if len(_members(b, group)) == 1:
        return ()
    return by_awards(b, replace(rule, points=_besides(rule, group)), few=None, when="crowded")


def _ends(rule: Rule) -> bool:
    return rule.expires is not None or rule.fades is not None


def _besides(rule: Rule, group: Group) -> tuple[tuple[str, Number], ...]:
    return tuple((key, number) for key, number in rule.points if key != group.score)


def _clip(b: Builder, group: Group, account: str, room: int, most: int) -> Plan:
    """The executable for who has exactly so much room left."""
    if room == 0:
        return Plan(EVERY_TIME, Clause(account, "at least", (str(most),)), (), 0, (), " (0 left)")
    only = Clause(account, "is", (str(most - room),))
    return Plan(EVERY_TIME, only, (), room, _book(b, group, account, room), f" ({room} left)")


def _account(b: Builder, group: Group) -> str:
    element = b.element
    b.element = group
    label = b.counter("Points", "score", f"How many points of “{group.title}” count against its limit.")
    b.element = element
    return label


def _rooms(b: Builder, group: Group, size: int, most: int) -> tuple[int, ...]:
    """Rests that can be left when an award of this size comes, smaller than the award."""
    sizes = [
        abs(number.value)
        for rule in b.model.rules.values()
        if rule.group in {group.id, group.key}
        for key, number in rule.points
        if key == group.score and number.value
    ]
    step = gcd(*sizes) if sizes else 1
    rooms = tuple(room for room in range(most % step or step, size, step) if room <= most)
    return rooms if most % size or len(set(sizes)) > 1 else ()


def _book(b: Builder, group: Group, account: str, amount: int) -> tuple[FlowStep, ...]:
    """Write an award into the account, and out again when the window has passed."""
    per = group.limit.per
    first = put(account, f"+{amount}")
    if per is None:
        return (first,)
    if per.rolling is not None:
        element, lowering = b.element, b.lowering
        b.element = group
        request = expire_by_request(b, account, amount, per.rolling, group.title)
        b.element, b.lowering = element, lowering
        return (first, request)
    _calendar_account(b, group, account, per.calendar)
    return (first,)


def _calendar_account(b: Builder, group: Group, account: str, word: str) -> None:
    if word == "visit":
        raise RefusedError(
            "limit-impossible", (*group.path, "limit"), "Marketo knows no visits", 'write per = "1d"'
        )
    if ("reset", account) in b.memo:
        return
    b.memo["reset", account] = True
    name = b.campaign_name(f"New {word} for {group.title}")
    b.campaign(
        name,
        AWARDS,
        "batch",
        Clause(account, "is not", ("0",)),
        (put(account, "=0"),),
        stage="nightly",
        schedule=f"{_RESETS[word]}, at {CALENDAR}",
        role="reset-group",
        population=False,
        why=f"A new calendar {word} has room again.",
    )
    b.bounded(
        "batch-start",
        f"The calendar {word} begins when the batch has run, at {CALENDAR} or some minutes later.",
        "an event between midnight and the end of that run counts for the window before",
        bounds=joined(
            *(by_awards(b, item, few=None, many=None, when="day-start") for item in _members(b, group))
        ),
    )
