"""What exact lowerings may show where no moment is quiet: things close together, at a window's edge or by night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import (
    AddToList,
    Assign,
    PutMark,
    RemoveFromList,
    SetField,
    SetLifecycle,
    Snapshot,
    Stamp,
    TakeMark,
)
from scorewright_marketo.lower.asking import asked
from scorewright_marketo.lower.bounds import (
    by_actions,
    by_awards,
    by_decay,
    by_scores,
    in_a_life,
    joined,
    stirred,
)
from scorewright_marketo.lower.echoes import echoes
from scorewright_marketo.lower.expr import Both
from scorewright_marketo.lower.points import awarded, clamped, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.actions import Action
    from scorewright.model.elements import Decay, Input, Rule, Threshold, Tier
    from scorewright.model.events import Event
    from scorewright.model.values import Window
    from scorewright.plugin.emulation import Bound
    from scorewright_marketo.lower.context import Builder

__all__ = [
    "counts_back",
    "may_end",
    "of_decay",
    "of_rule",
    "of_standing",
    "of_threshold",
    "rolls",
]


def of_rule(b: Builder, rule: Rule) -> tuple[Bound, ...]:
    """A condition is read when the campaign runs, minutes after the event; and windows are told to within minutes."""
    count = in_a_life(rule)
    situations = []
    if rule.when is not None or may_end(b):
        situations.append("crowded")
    windows = list(_windows(b, rule))
    if any(window.rolling is None for window in windows):
        situations.append("day-start")
    situations += _late(b, rule)
    return joined(
        _assigned(b, rule),
        _overtaken(b, rule),
        _out_of_order(b, rule),
        *(by_awards(b, rule, few=count, many=count, when=when) for when in situations),
    )


def _out_of_order(b: Builder, rule: Rule) -> tuple[Bound, ...]:
    """What a bound cuts of a score goes by what comes first, and of two events close together either may."""
    changes = []
    count = in_a_life(rule)
    for key, number in rule.points:
        for name in awarded(b, key):
            score = b.model.scores[name]
            if (
                score.kind == "engagement"
                and clamped(score)
                and _meets_its_opposite(b, rule, name, number.value)
            ):
                most = None if count is None else count * abs(number.value)
                changes.append((name, None if most is None else -most, most))
    return by_scores(b, changes, "crowded", fed=False)


def _meets_its_opposite(b: Builder, rule: Rule, score: str, points: int) -> bool:
    """Whether another event moves the score the other way."""
    return any(
        number.value * points < 0 and score in awarded(b, key)
        for other in b.model.rules.values()
        if other.on and other is not rule
        for key, number in other.points
    )


def may_end(b: Builder) -> bool:
    """Whether somebody who is scored may cease to be: what is done later than it is meant comes too late then."""
    active = b.model.header.active
    return b.population != Both(()) or (active is not None and active.last is not None)


_WRITES = (SetField, SetLifecycle, Snapshot, Stamp)
_OPPOSITES = {PutMark: TakeMark, TakeMark: PutMark, AddToList: RemoveFromList, RemoveFromList: AddToList}


def _overtaken(b: Builder, element: Rule | Threshold) -> tuple[Bound, ...]:
    """What is written minutes after the event may be written over what somebody else has written meanwhile, and stay."""
    others = [
        action
        for table in (b.model.rules, b.model.thresholds)
        for item in table.values()
        if item is not element
        for action in item.then
    ]
    actions = [
        action
        for action in element.then
        if isinstance(action, _WRITES) or any(_undoes(other, action) for other in others)
    ]
    return by_actions(b, element, actions, few=None, many=None, when="crowded")


def _undoes(other: Action, action: Action) -> bool:
    """Whether one puts the mark, or adds to the list, that the other takes off."""
    same = getattr(other, "mark", getattr(other, "list", None)) == getattr(
        action, "mark", getattr(action, "list", "")
    )
    return same and _OPPOSITES.get(type(action)) is type(other)


def _assigned(b: Builder, element: Rule | Threshold) -> tuple[Bound, ...]:
    """Who has an owner keeps them; whether they have one is looked at minutes after the event."""
    actions = [action for action in element.then if isinstance(action, Assign)]
    return by_actions(b, element, actions, few=None, many=None, when="crowded")


def rolls(b: Builder, rule: Rule) -> bool:
    """Whether a rule asks for a rolling window."""
    return any(window.rolling is not None for window in _windows(b, rule))


def _late(b: Builder, rule: Rule) -> Iterator[str]:
    """The situations in which an award can come at another time; a wait begins when Marketo learns of the event.

    Between two dates a campaign is on, and gives what it then learns of, whenever that happened.
    """
    if rule.wait is not None or rolls(b, rule):
        yield "window-edge"
    if rule.wait is not None or counts_back(rule.on) or rule.active is not None:
        yield "past-unknown"


def _passing(b: Builder, item: Threshold) -> Iterator[Rule]:
    """The rules whose awards end, and that it reads: what opens it for a while may come and go between two looks."""
    read = {leaf.score for leaf, _ in asked(b, item) if isinstance(leaf, con.ScoreTest)}
    for rule in b.model.rules.values():
        if (rule.expires is not None or rule.fades is not None) and any(
            read & reached(b, key) for key, _ in rule.points
        ):
            yield rule


def counts_back(on: Iterable[Event]) -> bool:
    """Whether events are counted in a window: it ends when Marketo learns of an event, not when that happened."""
    return any(event.nth > 1 and event.within is not None for event in on)


def _windows(b: Builder, rule: Rule) -> Iterator[Window]:
    """The windows that a rule asks for; who has a limit in a calendar window hears of it from its batch."""
    group = b.model.groups.get(rule.group or "")
    limits = [rule.limit, group.limit if group is not None else None]
    yield from (item.per for item in limits if item is not None and item.per is not None and item.per.rolling)
    yield from (event.within for event in rule.on if event.nth > 1 and event.within is not None)
    yield from _asked(rule.when)


def _asked(condition: con.Condition | None) -> Iterator[Window]:
    for item in con.walk(condition):
        if isinstance(item, con.Happened) and item.event.within is not None:
            yield item.event.within


def of_threshold(b: Builder, item: Threshold, *, nightly: bool, disarms: bool = False) -> tuple[Bound, ...]:
    """Crossings that lie closer together than the waits count as one, or are not noticed.

    ``nightly``: it reads what batches change by night; who comes past it by what has ended since is handed over too.
    One that ``disarms`` itself by the mark that it reads takes who has the mark from before as just come past it.
    """
    counted = [event.within for event in item.or_on if event.nth > 1 and event.within is not None]
    late = counts_back(item.or_on)
    rolls = item.limit is not None and item.limit.per is not None and item.limit.per.rolling is not None
    rolls = rolls or any(window.rolling is not None for window in counted)
    passing = {when for rule in _passing(b, item) for when in _late(b, rule)}
    return joined(
        *(by_actions(b, item, item.then, few=None, many=None, when=when) for when in sorted(passing)),
        by_actions(b, item, item.then, few=None, when="crowded"),
        _assigned(b, item),
        _overtaken(b, item),
        by_actions(b, item, item.then, many=None, when="crowded") if item.or_on or nightly else (),
        by_actions(b, item, item.then, many=1, when="existing") if disarms else (),
        by_actions(b, item, item.then, few=None, many=None, when="window-edge") if rolls else (),
        by_actions(b, item, item.then, few=None, many=None, when="past-unknown") if late else (),
    )


def of_decay(b: Builder, decay: Decay, *, stamped: bool, by_date: bool) -> tuple[Bound, ...]:
    """Who comes back before the batch keeps the points; and days are counted from the batch's hour, not midnight.

    A date (``by_date``) is that of the moment at which Marketo learns of an activity, and so is that of an opt-in: what
    is older than the silence ends it here, and its steps come again.  Who has no date (``stamped``) is taken to have been
    active when there are points: those may be older than the model.
    """
    told = by_date or "resubscribes" in decay.activity
    return joined(
        by_decay(b, decay, early=True, when="existing") if not (stamped or decay.never_active) else (),
        by_decay(b, decay, early=True, late=True, when="past-unknown") if told else (),
        by_decay(b, decay, late=True, when="crowded"),
        by_decay(b, decay, early=True, late=True, when="day-start"),
    )


def of_standing(
    b: Builder, element: Rule | Tier | Input, reach: tuple[tuple[str, int | None, int | None], ...]
) -> tuple[Bound, ...]:
    """What holds is looked at by night.

    ``reach`` are the scores, and how much lower and higher each is while the old outcome still counts.  Where a score
    is held in bounds, reset or decays, what comes in between meets another score for good.
    """
    conditions = [getattr(element, "when", None), *(case.when for case in getattr(element, "cases", ()))]
    timed = any(True for condition in conditions for _ in _asked(condition))
    return joined(
        by_scores(b, ((key, None, None) for key, _, _ in reach if stirred(b, key)), "crowded"),
        by_scores(b, reach, "crowded") if may_end(b) or echoes(b, element) else (),
        by_scores(b, reach, "day-start") if timed else (),
    )
