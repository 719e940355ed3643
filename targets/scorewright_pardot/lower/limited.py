"""Awards that are given once, or so many times: hit tags, counters, and rules that pay them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright.model.elements import Limit
from scorewright.plugin.notes import Result
from scorewright_pardot.delays import RULES_TAKE
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower import happened
from scorewright_pardot.lower.actions import lower_actions
from scorewright_pardot.lower.awards import either_way, lacking, one_by_one, paid, unpaid, worth
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError, Told
from scorewright_pardot.lower.expression import both, either, leaf, tagged
from scorewright_pardot.lower.fitting import fit, member
from scorewright_pardot.lower.lasting import can_be_let_go, lasts, take_back
from scorewright_pardot.lower.notes import NOTES
from scorewright_pardot.lower.remembered import can_count, increments
from scorewright_pardot.lower.segments import population
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import Act, AutomationRule, CustomField, SegmentationRule

if TYPE_CHECKING:
    from scorewright.model.elements import Asset, Rule
    from scorewright.model.events import Event
    from scorewright_pardot.lower.awards import Points
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["PHASE_AWARDS", "is_state", "leaves_a_state", "lower_limited", "note_dates"]

PHASE_AWARDS = 20

_ONCE_FOR_EACH = Limit("times", 1, None, by_asset=True)
"""What leaves only a state is paid so."""


class Source(NamedTuple):
    """One asset name of an event (``""`` and no asset for events without); ``slug`` tells it in tags."""

    event: Event
    asset: Asset | None
    name: str
    slug: str


def leaves_a_state(cx: Context, rule: Rule) -> bool:
    """Whether all that the rule scores is seen only as a state, so that it can be paid once for each asset."""
    return all(is_state(cx, event) for event in rule.on)


def is_state(cx: Context, event: Event) -> bool:
    """Whether the platform sees an event only by what it leaves."""
    if event.verb in {"registers", "attends", "misses", "joins"}:
        return not any(cx.model.assets[key].builtin for key in event.objects)
    return event.verb in {"does", "unsubscribes"} or (event.verb == "searches" and bool(event.where))


def lower_limited(cx: Context, rule: Rule) -> None:
    """One rule with a limit, a group or a wait, or one that scores what leaves only a state."""
    cx.begin()
    try:
        _refuse_shapes(rule)
        _lower(cx, rule)
    except CannotLowerError as error:
        cx.refuse(rule, error)
        return
    message = "an action leaves a tag or counts, and rules that match once pay"
    if not lasts(rule):
        message += "; an engagement program waits beside each person, and takes it back"
    cx.finish(rule, "automation-rules", message)
    note_dates(cx, rule)


def note_dates(cx: Context, rule: Rule) -> None:
    """Say that somebody must switch a rule on and off, where it is in force on some days only."""
    if rule.active is not None:
        days = f"from {rule.active.first or 'the start'} to {rule.active.last or 'the end'}"
        cx.note(rule, "switch-by-date", Result.BY_HAND, f"{NOTES['switch-by-date']} In force {days}.")


def _refuse_shapes(rule: Rule) -> None:
    limit = rule.limit
    reason = ""
    key = "limit"
    if rule.group is not None:
        reason, key = "rules cannot share a limit: nothing counts points for a person", "group"
    elif rule.wait is not None:
        reason, key = "no rule waits: nothing looks again so long after an event", "wait"
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
        limit = _ONCE_FOR_EACH
        text = f"{lacking(rule)} for each further time with the same asset"
        cx.bounded("only-the-first-for-each", text, bounds=unpaid(cx, rule, None, "again"))
    sources = tuple(source for event in rule.on for source in _sources(cx, rule, event))
    groups = tuple((source,) for source in sources) if limit.by_asset else (sources,)
    _guarded_later(cx, rule)
    for group in groups:
        suffix = f" {group[0].slug}" if limit.by_asset else ""
        if limit.per is not None:
            _once_per_window(cx, rule, group, suffix)
        elif len(one_by_one(rule, limit)) == 1 and all(source.event.nth == 1 for source in group):
            _once(cx, rule, group, suffix)
        else:
            _counted(cx, rule, group, suffix)


def _sources(cx: Context, rule: Rule, event: Event) -> list[Source]:
    if event.within is not None:
        raise CannotLowerError(
            "no-window-on-events",
            "no criterion counts events within a window",
            "count them for ever (at_least without within), or score each event",
            event.path,
        )
    happened.rests_on_bots(cx, event)
    found: list[Source] = []
    for key in event.objects:
        asset = cx.model.assets.get(key)
        if asset is None or asset.builtin:
            if rule.limit is not None and rule.limit.by_asset:
                raise CannotLowerError(
                    "asset-needs-a-name",
                    "each asset is counted apart, so each must be named",
                    "name them",
                    event.path,
                )
            found.append(Source(event, asset, "", key))
        else:
            names = asset.texts_on("pardot")
            found += [
                Source(event, asset, name, key if len(names) == 1 else f"{key}-{i}")
                for i, name in enumerate(names, 1)
            ]
    return found or [Source(event, None, "", event.verb.replace("_", "-"))]


def _hit(cx: Context, rule: Rule, source: Source) -> Expression | None:
    """The tag that an action on the asset leaves; ``None`` where no action can stand."""
    asset = source.asset
    plain = source.event.verb in {"visits", "submits", "clicks", "downloads"} and not source.event.where
    if asset is None or asset.builtin or asset.kinds[0] not in happened.CARRIER_KINDS or not plain:
        return None
    if asset.match != "is" and asset.kinds[0] != "pages":
        return None
    tag = cx.tag(
        cx.names.tag("rules", rule.key, source.slug, "hit"),
        rule,
        "An action on the asset leaves it; a rule pays for it.",
    )
    _unseen(cx, rule, asset.kinds[0])
    act = Act(ACTIONS["tag-add"].text, tag)
    happened.carry(cx, (asset.kinds[0], source.name, asset.match), rule, (act,), "hit-tag")
    return tagged(tag)


def _unseen(cx: Context, rule: Rule, kind: str) -> None:
    """Actions do nothing for people who are still unknown; a form or an e-mail makes them known."""
    if kind not in happened.IDENTIFYING:
        off = unpaid if lasts(rule) else either_way
        lost = off(cx, rule, _awards(cx, rule), "past-unknown")
        before = cx.unseen.get(rule.name)
        text = f"{lacking(rule)}, until they do it again"
        cx.unseen[rule.name] = Told(text, (), room.merged((*(before.bounds if before else ()), *lost)))


def _trigger(cx: Context, rule: Rule, group: tuple[Source, ...]) -> Expression:
    """That the event happened: by the tag of an action, or by a state, which remembers the past too."""
    trees: list[Expression] = []
    states: dict[Event, None] = {}
    for source in group:
        hit = _hit(cx, rule, source)
        if hit is None:
            states[source.event] = None
        else:
            trees.append(hit)
    if states:
        trees.append(_since_the_start(cx, rule, group, tuple(states)))
    return either(*trees)


def _since_the_start(
    cx: Context, rule: Rule, group: tuple[Source, ...], events: tuple[Event, ...]
) -> Expression:
    """A state that came after the start: who has it already is put on a list that the rule leaves out."""
    state = either(*(_state(cx, rule, event, group) for event in events))
    label = f"rules {rule.key} {group[0].slug}" if len(group) == 1 else f"rules {rule.key}"
    name = cx.static_list(
        cx.names.list(label, "did it before"), rule, "What they did before the start earns nothing."
    )
    put = Act(ACTIONS["list-add"].text, name)
    made = cx.made(rule, "limited-initial", "What they did before the start earns nothing.")
    segmentation = cx.names.rule(label, "did it before")
    cx.add(SegmentationRule(segmentation, fit(cx, state, rule), (put,), made), segmentation)
    bound = f"{lacking(rule)} for somebody who did it before the start and does it again"
    count = _awards(cx, rule)
    values = unpaid(cx, rule, count, "existing")
    if cx.model.header.starts is not None:
        bound += f"; {worth(rule)} too many for what somebody did before the start who becomes known after it"
        values = (*values, *(either_way(cx, rule, count, "before-start")))
    cx.bounded("earlier-ones-never-earn", bound, bounds=values)
    if any(event.verb == "unsubscribes" for event in events):
        text = f"{worth(rule)} for somebody who was bounced for good"
        cx.bounded("do-not-email-is-a-state", text, bounds=paid(cx, rule, count, "any"))
    return both(state, member(cx, name, inside=False))


def _state(cx: Context, rule: Rule, event: Event, group: tuple[Source, ...]) -> Expression:
    """The state of an event; counted by asset, of the one asset in hand.

    A member's status, and that nobody may mail somebody, are what the last event has left: the next one can change them
    before the rule has looked.
    """
    if event.verb == "unsubscribes" or (event.verb == "joins" and event.where):
        cx.edge(*unpaid(cx, rule, _awards(cx, rule), "crowded"))
    if event.verb == "changes" and _tells_the_change(rule, event):
        return criteria(cx, rule.when, rule)
    if len(group) == 1 and group[0].name and group[0].asset is not None:
        return happened.ever(cx, event, rule, group[0].name)
    return happened.ever(cx, event, rule)


def _awards(cx: Context, rule: Rule) -> int | None:
    """How often the rule can pay one person; ``None``: any number of times."""
    limit = rule.limit or _ONCE_FOR_EACH
    if limit.per is not None:
        return None
    apart = sum(len(_sources(cx, rule, event)) for event in rule.on) if limit.by_asset else 1
    return len(one_by_one(rule, limit)) * apart


def _pay(cx: Context, rule: Rule, points: Points) -> tuple[Act, ...]:
    given = cx.homes.adjust(cx, *cx.homes.vector(points), often=_awards(cx, rule))
    return (*given, *lower_actions(cx, rule.then, rule))


def _award_tags(cx: Context, rule: Rule, given: Points, suffix: str) -> tuple[Act, ...]:
    """The tag that carries the points, so that a later version of the model can tell who got what; and what takes it back."""
    points = "_".join(str(number.value) for _, number in given) or "done"
    name = cx.names.tag("rules", rule.key, *suffix.split(), points)
    cx.tag(name, rule, "Carries the points of an award that was given once.")
    ends = take_back(cx, rule, given, suffix, _awards(cx, rule))
    return Act(ACTIONS["tag-add"].text, name), *ends


def _tells_the_change(rule: Rule, event: Event) -> bool:
    """Whether the rule's condition asks for the new value of every field that changes."""
    read = {item.field for item in con.walk(rule.when) if isinstance(item, con.FieldTest)}
    return set(event.objects) <= read and not event.where


def _guards(cx: Context, rule: Rule) -> Expression:
    if all(event.verb == "changes" for event in rule.on):
        return population(cx)
    return both(criteria(cx, rule.when, rule), population(cx))


def _guarded_later(cx: Context, rule: Rule) -> None:
    """What is looked at when the rule runs may have come true since the event; each award can be so, once.

    It may have ceased to be so too, where both lie close together.
    """
    asked = rule.when is not None and not _asks_the_change_alone(rule)
    inside = population(cx) == both() and cx.model.header.active is None
    found = ["for whom the condition was not so at the event and becomes so later"] if asked else []
    found += [] if inside else ["who was outside the population at the event and comes in later"]
    if found:
        count, off = (
            _awards(cx, rule),
            paid if lasts(rule) else either_way,
        )  # what comes otherwise ends otherwise
        late = (off(cx, rule, count, when) for when, so in (("any", asked), ("outside", not inside)) if so)
        text = f"{worth(rule)} for somebody " + ", or ".join(found)
        cx.bounded("once-looked-at-later", text, bounds=[item for items in late for item in items])
    if rule.when is not None or not inside:
        cx.edge(*unpaid(cx, rule, _awards(cx, rule), "crowded"))
    _switched(cx, rule)


def _switched(cx: Context, rule: Rule) -> None:
    """A rule with days is resumed and paused by hand: it then sees what is left from before, and not what came last."""
    if rule.active is None:
        return
    count = _awards(cx, rule)
    off = paid if lasts(rule) else either_way
    early = off(cx, rule, count, "any") if rule.active.first else ()
    late = unpaid(cx, rule, count, "any") if rule.active.last else ()
    words = [f"{worth(rule)} for somebody who did it before its first day"] if early else []
    words += (
        [f"{lacking(rule)} for somebody who does it in the last {RULES_TAKE} hours of its last day"]
        if late
        else []
    )
    cx.bounded("days-by-hand", ", or ".join(words), bounds=(*early, *late))


def _asks_the_change_alone(rule: Rule) -> bool:
    """Whether the condition reads nothing but fields whose every change is an event of the rule."""
    changed = [set(event.objects) for event in rule.on if event.verb == "changes"]
    inner = (con.All, con.AnyOf, con.Not)
    read = [item for item in con.walk(rule.when) if not isinstance(item, inner)]
    return len(changed) == len(rule.on) and all(
        isinstance(item, con.FieldTest) and all(item.field in fields for fields in changed) for item in read
    )


def _once(cx: Context, rule: Rule, group: tuple[Source, ...], suffix: str) -> None:
    tree = both(_trigger(cx, rule, group), _guards(cx, rule))
    cx.rest_on("match-once-unless-repeat", "edits-keep-memory")
    (points,) = one_by_one(rule, rule.limit or _ONCE_FOR_EACH)
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
    hits = [_hit(cx, rule, source) for source in group]
    if any(hit is None for hit in hits) or any(source.event.nth > 1 for source in group):
        raise CannotLowerError(
            "limit-needs-a-clock",
            "a state never repeats an award; only an action on a named asset can say that it happened again",
            "name the assets (pages, forms, files, redirects), or limit = { times = 1 }",
            (*rule.path, "on"),
        )
    tags = tuple(hit.of for hit in hits if hit is not None)  # type: ignore[union-attr]
    cx.bounded(
        "once-per-window-late",
        f"one award more in {days} days, paid at the window's end, for somebody who does it twice within {days} days",
        "repeat-counts-elapsed-days",
        bounds=paid(cx, rule, None, "held-back"),
    )
    cx.edge(*unpaid(cx, rule, None, "crowded"))
    cx.number("repeat-least-days")
    cx.rest_on("clock-sweep-days")
    if not lasts(rule):
        take_back(cx, rule, rule.points, suffix, None)
    tree = both(either(*(hit for hit in hits if hit is not None)), _guards(cx, rule))
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
        _unseen(cx, rule, kind)
        match = source.asset.match if kind == "pages" and source.asset is not None else "is"
        increments(cx, (kind, source.name, match), rule, title, "counter")
    guards = _guards(cx, rule)
    for number, points in enumerate(one_by_one(rule, limit), group[0].event.nth):
        tree = both(leaf("custom-field", title, "greater", number - 1), guards)
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
