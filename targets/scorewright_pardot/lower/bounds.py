"""How far what is shown may differ from what is meant, as values: which gauges a bound touches, and by how much.

The words of a bound speak of a rule's points or of a step.  What that moves on the platform, the score that is fed,
the sum that it is in, the marks and handoffs of ``then``, is found here from the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.elements import Decay, Grade, Rule, Threshold, Tier
from scorewright.plugin.emulation import Bound, done_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from scorewright.model.elements import Element, Model
    from scorewright.model.values import Number

__all__ = [
    "Asked",
    "Room",
    "Turn",
    "added",
    "done",
    "each_way",
    "either",
    "merged",
    "missing",
    "moved",
    "otherwise",
    "owner_worth",
    "scores",
    "times",
]

Room = tuple["int | None", "int | None"]
"""The least and the most by which something may be off, shown minus meant; ``None``: no limit."""

NOTHING: Room = (0, 0)

Asked = con.FieldTest | con.Happened
"""What a condition asks that can turn out otherwise."""

Turn = tuple[int, int]
"""How a condition may turn out: most 1, it may hold where it should not; least -1, it may fail where it should hold."""


# --- arithmetic of rooms --------------------------------------------------------------------------------------------


def times(room: Room, count: int | None) -> Room:
    """So often; ``None``: any number of times."""
    low, high = room
    if count is None:
        return (None if low != 0 else 0, None if high != 0 else 0)
    return (None if low is None else low * count, None if high is None else high * count)


def either(*rooms: Room) -> Room:
    """One of them, or none: the least and the most of all."""
    lows, highs = [0, *(low for low, _ in rooms)], [0, *(high for _, high in rooms)]
    least = None if None in lows else min(low for low in lows if low is not None)
    most = None if None in highs else max(high for high in highs if high is not None)
    return least, most


def _both(one: Room, other: Room) -> Room:
    least = None if one[0] is None or other[0] is None else one[0] + other[0]
    most = None if one[1] is None or other[1] is None else one[1] + other[1]
    return least, most


def missing(points: int) -> Room:
    """An award is missing."""
    return min(0, -points), max(0, -points)


def moved(points: int) -> Room:
    """An award too many."""
    return min(0, points), max(0, points)


def merged(bounds: Iterable[Bound]) -> tuple[Bound, ...]:
    """One bound for each gauge and situation, wide enough for all; those that leave no room fall away."""
    found: dict[tuple[str, str], Room] = {}
    for gauge, least, most, when in bounds:
        found[gauge, when] = either(found.get((gauge, when), NOTHING), (least, most))
    return tuple(Bound(gauge, *room, when) for (gauge, when), room in found.items() if room != NOTHING)


def added(bounds: Iterable[Bound]) -> tuple[Bound, ...]:
    """One bound for each gauge and situation, wide enough where all that is bounded is off at once."""
    found: dict[tuple[str, str], Room] = {}
    for gauge, least, most, when in bounds:
        found[gauge, when] = _both(found.get((gauge, when), NOTHING), (least, most))
    return tuple(Bound(gauge, *room, when) for (gauge, when), room in found.items())


# --- scores ---------------------------------------------------------------------------------------------------------


def scores(
    model: Model, shown: Iterable[str], origins: Mapping[str, Room], when: str, *, feeds: bool = True
) -> tuple[Bound, ...]:
    """Bounds of every score that is ``shown`` and that these are carried to: by feeding, and into each sum.

    With ``feeds`` false only the value itself is off, as by a decay: nothing of it flows to what the score feeds.
    """
    found: dict[str, Room] = {}

    def carry(key: str, room: Room, *, award: bool) -> None:
        found[key] = _both(found.get(key, NOTHING), room)
        score = model.scores[key]
        if award and score.feeds is not None:
            carry(score.feeds, room, award=True)
        for other in model.scores.values():
            shares = (
                [100] if key in other.sum_of else [share for part, share in other.percent_of if part == key]
            )
            for share in shares:
                carry(other.key, _share(room, share), award=False)

    for key, room in origins.items():
        if room != NOTHING:
            carry(key, room, award=feeds)
    visible = frozenset(shown)
    return tuple(Bound(f"score {key}", *room, when) for key, room in found.items() if key in visible)


def _share(room: Room, percent: int) -> Room:
    low, high = room
    return (
        None if low is None else low * percent // 100,
        None if high is None else -(-high * percent // 100),
    )


def each_way(points: Iterable[tuple[str, Number]], how: Callable[[int], Room]) -> dict[str, Room]:
    """A room for each score that a rule gives points to."""
    return {key: how(number.value) for key, number in points}


# --- what is done ---------------------------------------------------------------------------------------------------


def done(
    model: Model,
    element: Element,
    room: Room,
    when: str,
    shown: Iterable[str],
    *,
    again: bool = False,
    ranges: Callable[[act.Reset, str], Iterable[Bound]] | None = None,
) -> tuple[Bound, ...]:
    """Bounds of what the actions of an element's ``then`` show, where they are done so much more or less often.

    With ``again`` they have been done before, so that a mark shows it already, unless another action has changed it.
    ``ranges`` says how far a reset can move a score, where something limits it.
    """
    found: list[Bound] = []
    for action in getattr(element, "then", ()):
        if isinstance(action, (act.Notify, act.Assign, act.CreateTask, act.Moment, act.AddToCampaign)):
            found.append(Bound(f"done {done_key(action.path, element.product)}", *room, when))
        if isinstance(action, act.Assign):
            found += _by_owner(model, shown, when)
        if isinstance(action, act.Reset) and ranges is not None:
            found += ranges(action, when)
        elif isinstance(action, act.Reset):
            found += scores(model, shown, {action.score: (None, None)}, when, feeds=False)
        elif not again or _undone(model, action):
            gauge = _left(model, action)
            found += [Bound(gauge, *_change(action, room), when)] if gauge else []
    return merged(found)


def _by_owner(model: Model, shown: Iterable[str], when: str) -> Iterator[Bound]:
    """What asks whether somebody has an owner, for no gauge shows it: segments, facts, and the cases of tiers."""
    for segment in model.segments.values():
        if _asks_owner(model, segment.when):
            yield Bound(f"segment {segment.key}", -1, 1, when)
    moved: dict[str, Room] = {}
    for rule in model.rules.values():
        if not rule.on and _asks_owner(model, rule.when):
            moved.update({key: (None, None) for key, _ in rule.points})
    for tier in model.tiers.values():
        if any(_asks_owner(model, case.when) for case in tier.cases):
            moved[tier.score] = (None, None)
    yield from scores(model, shown, moved, when)


def owner_worth(model: Model, key: str) -> int:
    """What the facts that ask for an owner give to a score, all of them: a handoff that is off moves it so far."""
    worth = [
        abs(number.value)
        for rule in model.rules.values()
        if not rule.on and _asks_owner(model, rule.when)
        for name, number in rule.points
        if name == key
    ]
    worth += [
        max(abs(case.points.value) for case in tier.cases)
        for tier in model.tiers.values()
        if tier.score == key and any(_asks_owner(model, case.when) for case in tier.cases)
    ]
    return sum(worth)


def _asks_owner(model: Model, condition: con.Condition | None) -> bool:
    return any(
        isinstance(item, con.Assigned)
        or (isinstance(item, con.InSegment) and _asks_owner(model, model.segments[item.segment].when))
        for item in con.walk(condition)
    )


def _change(action: act.Action, room: Room) -> Room:
    """By how much what an action leaves may be off: on or off, another text, another number."""
    on = (-1 if room[0] != 0 else 0, 1 if room[1] != 0 else 0)
    if isinstance(action, (act.PutMark, act.AddToList)):
        return on
    if isinstance(action, (act.TakeMark, act.RemoveFromList)):
        return -on[1], -on[0]
    if isinstance(action, act.SetField) and not isinstance(action.value, str):
        return (-1, 1) if isinstance(action.value, bool) else (None, None)
    return 0, 1


def _undone(model: Model, action: act.Action) -> bool:
    """Whether something else may have changed what this action has left: marks only by other actions of the model."""
    if not isinstance(action, (act.PutMark, act.TakeMark)):
        return True
    left = _left(model, action)
    return any(
        other != action and _left(model, other) == left
        for table in (model.thresholds, model.rules, model.decay)
        for element in table.values()
        for other in element.then
    )


def _left(model: Model, action: act.Action) -> str:
    """The gauge that goes on showing what an action has left; ``""`` for what is only done."""
    match action:
        case act.PutMark(name) | act.TakeMark(name):
            return f"mark {name}"
        case act.AddToList(name) | act.RemoveFromList(name):
            return f"list {name}"
        case act.SetField(name, _) | act.Stamp(name) | act.Snapshot(_, name):
            return f"field {name}"
        case act.SetLifecycle():
            return f"field {model.lifecycle.field}"
        case act.AddToCampaign(name):
            return f"campaign {name}"
    return ""


# --- conditions that can turn out otherwise -------------------------------------------------------------------------


def otherwise(
    model: Model, element: Element, tests: Callable[[Asked], Turn], shown: Iterable[str], when: str
) -> tuple[Bound, ...]:
    """Bounds of all that an element shows, where ``tests`` says of its tests of fields how they may turn out."""
    turn = _turns(model, getattr(element, "when", None), tests)
    match element:
        case Tier():
            return scores(model, shown, {element.score: _other_case(model, element, tests)}, when)
        case Rule():
            return _rule_turns(model, element, turn, shown, when)
        case Grade():
            return (Bound(f"grade {element.key}", 0, _thirds(model, element, tests), when),)
        case Threshold():
            low, high = _turns(model, element.unless, tests)
            return done(model, element, times(either(turn, (-high, -low)), None), when, shown)
        case Decay():
            taken = {element.score: times((-turn[1], -turn[0]), None)}
            acted = done(model, element, times(turn, None), when, shown)
            return (*scores(model, shown, taken, when, feeds=False), *acted)
    return (Bound(f"segment {element.key}", *turn, when),)


def _rule_turns(model: Model, rule: Rule, turn: Turn, shown: Iterable[str], when: str) -> tuple[Bound, ...]:
    limit = rule.limit
    often = 1 if not rule.on else None if limit is None or limit.per or limit.by_asset else limit.count
    room = each_way(rule.points, lambda points: times(_scaled(points, turn), often))
    return (*scores(model, shown, room, when), *done(model, rule, times(turn, often), when, shown))


_LETTERS = 12
"""Steps from F to A+."""


def _thirds(model: Model, grade: Grade, tests: Callable[[Asked], Turn]) -> int:
    """How far a letter is off where criteria are misread: each may give its thirds instead of taking them.

    Where the letter is hidden until one matches, a match that is none shows what all of them make of it.
    """
    misread = [criterion for criterion in grade.criteria if _turns(model, criterion.when, tests) != NOTHING]
    swing = sum(2 * criterion.thirds for criterion in misread)
    hidden = sum(criterion.thirds for criterion in grade.criteria) if grade.hidden_until_match else 0
    return min(_LETTERS, max(swing, hidden))


def _scaled(points: int, turn: Turn) -> Room:
    low, high = points * turn[0], points * turn[1]
    return min(low, high), max(low, high)


def _other_case(model: Model, tier: Tier, tests: Callable[[Asked], Turn]) -> Room:
    """A case counts instead of one below it, or one below it instead."""
    rooms: list[Room] = []
    least = most = tier.otherwise.value  # of all that is below
    for case in reversed(tier.cases):
        own = (
            con.FieldTest(tier.field, case.test)
            if tier.field is not None and case.test is not None
            else case.when
        )
        turn, points = _turns(model, own, tests), case.points.value
        if turn != NOTHING:
            rooms += [_scaled(points - below, turn) for below in (least, most)]
        least, most = min(least, points), max(most, points)
    return either(*rooms)


def _turns(model: Model, condition: con.Condition | None, tests: Callable[[Asked], Turn]) -> Turn:
    if isinstance(condition, con.Not):
        low, high = _turns(model, condition.member, tests)
        return -high, -low
    if isinstance(condition, (con.All, con.AnyOf)):
        found = [_turns(model, member, tests) for member in condition.members]
        return min(low for low, _ in found), max(high for _, high in found)
    if isinstance(condition, con.InSegment):
        return _turns(model, model.segments[condition.segment].when, tests)
    return tests(condition) if isinstance(condition, (con.FieldTest, con.Happened)) else (0, 0)
