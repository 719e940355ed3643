"""Bounds as values: by how much each gauge that an award, an action or a condition touches may be off."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.elements import Decay, Grade, Rule, Segment, Threshold, Tier
from scorewright.plugin.emulation import Bound, done_key
from scorewright_marketo.lower.points import awarded, clamped
from scorewright_marketo.lower.sums import affected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Element, Model
    from scorewright.model.events import Event
    from scorewright.model.values import Number
    from scorewright_marketo.lower.context import Builder

__all__ = [
    "by_actions",
    "by_awards",
    "by_condition",
    "by_count",
    "by_decay",
    "by_event",
    "by_scores",
    "in_a_life",
    "is_open",
    "joined",
    "returning",
    "rivals",
    "stirred",
    "tells_status",
]

Count = int | None
"""How often, how many or how far; ``None`` is without limit."""


def _times(count: Count, size: int) -> Count:
    return 0 if size == 0 or count == 0 else None if count is None else count * size


def _plus(one: Count, other: Count) -> Count:
    return None if one is None or other is None else one + other


def _wider(one: Count, other: Count, *, up: bool) -> Count:
    if one is None or other is None:
        return None
    return max(one, other) if up else min(one, other)


def joined(*parts: Iterable[Bound]) -> tuple[Bound, ...]:
    """One bound for each gauge and situation: the widest of those that are given; what allows nothing is left out."""
    found: dict[tuple[str, str], Bound] = {}
    for bound in (bound for part in parts for bound in part):
        known = found.get((bound.gauge, bound.when))
        if known is not None:
            least = _wider(known.least, bound.least, up=False)
            known = known._replace(least=least, most=_wider(known.most, bound.most, up=True))
        found[bound.gauge, bound.when] = known or bound
    return tuple(bound for bound in found.values() if (bound.least, bound.most) != (0, 0))


# --- points ----------------------------------------------------------------------------------------------------------------


def by_scores(
    b: Builder, changes: Iterable[tuple[str, Count, Count]], when: str = "any", *, fed: bool = True
) -> tuple[Bound, ...]:
    """What is off in every score that a change of some scores reaches: what they feed, and the sums of these.

    ``changes`` are a score's key, and by how much it may be too low (not above 0) and too high.  Only awards are
    ``fed``: a decay, a reset or a clamp reaches no more than the sums.
    """
    found: dict[str, tuple[Count, Count]] = {}
    for key, least, most in changes:
        for name, share in _shares(b, key, fed=fed).items():
            low, high = found.get(name, (0, 0))
            found[name] = (
                _plus(low, None if least is None else floor(least * share)),
                _plus(high, None if most is None else ceil(most * share)),
            )
    return joined([Bound(f"score {name}", low, high, when) for name, (low, high) in found.items()])


def _shares(b: Builder, key: str, *, fed: bool) -> dict[str, Fraction]:
    """How much of a change of a score arrives in each score."""
    shares: dict[str, Fraction] = {}
    for name in awarded(b, key) if fed else (key,):
        for score, share in affected(b, name):
            shares[score.key] = shares.get(score.key, Fraction(0)) + share
    return shares


def _points(
    b: Builder, points: Iterable[tuple[str, Number]], few: Count, many: Count, when: str, *, back: bool
) -> tuple[Bound, ...]:
    changes: list[tuple[str, Count, Count]] = []
    for key, number in points:
        less, more = _times(few, abs(number.value)), _times(many, abs(number.value))
        low, high = (less, more) if number.value > 0 else (more, less)
        changes.append((key, None if low is None else -low, high))
    return by_scores(b, returning(b, changes) if back else changes, when)


def in_a_life(rule: Rule, assets: int = 1) -> Count:
    """How often a rule can give in a whole life; ``assets`` are counted apart."""
    limit = rule.limit
    if limit is None or limit.per is not None:
        return None
    if limit.kind == "times":
        return limit.count * assets
    size = min((abs(number.value) for _, number in rule.points if number.value), default=0)
    return -(-limit.count // size) * assets if size else None


def by_awards(
    b: Builder, rule: Rule, *, few: Count = 0, many: Count = 0, when: str = "any"
) -> tuple[Bound, ...]:
    """A rule that gives up to ``few`` times too few, or up to ``many`` times too many."""
    back = not (rule.on or rule.keep) or rule.expires is not None or rule.fades is not None
    return joined(
        _points(b, rule.points, few, many, when, back=back),
        by_actions(b, rule, rule.then, few=few, many=many, when=when),
    )


def stirred(b: Builder, key: str) -> bool:
    """Whether it matters when points to a score arrive: a clamp, a decay or a reset stands between, here or in what it feeds."""
    chains = [item.then for table in (b.model.rules, b.model.thresholds) for item in table.values()]
    reset = {action.score for chain in chains for action in chain if isinstance(action, act.Reset)}
    decaying = {decay.score for decay in b.model.decay.values()}
    scores = [b.model.scores[name] for name in awarded(b, key)]
    return any(
        score.kind == "engagement" and (score.key in reset | decaying or clamped(score)) for score in scores
    )


def returning(b: Builder, changes: Iterable[tuple[str, Count, Count]]) -> list[tuple[str, Count, Count]]:
    """Changes of points that are taken back some day: what a clamp, a decay or a reset has cut meanwhile comes off twice.

    Shown 5 less than is meant at a floor of 0 that holds both, the end of either leaves the one 5 above the other.
    """
    found = []
    for key, least, most in changes:
        size = None if least is None or most is None else max(-least, most)
        off = None if size is None else -size
        found.append((key, off, size) if stirred(b, key) else (key, least, most))
    return found


# --- actions ---------------------------------------------------------------------------------------------------------------


def by_actions(
    b: Builder,
    element: Element,
    actions: Iterable[act.Action],
    *,
    few: Count = 0,
    many: Count = 0,
    when: str = "any",
) -> tuple[Bound, ...]:
    """Actions that are done too seldom or too often; what only counts once is off by one."""
    found = (_by_action(b, element, action, _Off(few, many, when)) for action in actions)
    return joined(*found)


class _Off(NamedTuple):
    few: Count
    many: Count
    when: str


def _by_action(b: Builder, element: Element, action: act.Action, off: _Off) -> Iterator[Bound]:
    few, many, when = off
    less, more = int(few != 0), int(many != 0)
    match action:
        case act.PutMark(mark):
            yield Bound(f"mark {mark}", -less, more, when)
        case act.TakeMark(mark):
            yield Bound(f"mark {mark}", -more, less, when)
        case act.AddToList(name):
            yield Bound(f"list {name}", -less, more, when)
        case act.RemoveFromList(name):
            yield Bound(f"list {name}", -more, less, when)
        case act.Reset(score, _):
            yield from by_scores(b, ((score, None, None),) if less or more else (), when, fed=False)
        case act.Stamp(name) | act.SetField(name, _) | act.Snapshot(_, name):
            yield from _field(b, name, when) if less or more else ()
        case act.SetLifecycle():
            yield from _field(b, b.model.lifecycle.field or "", when) if less or more else ()
        case _:
            low = None if few is None else -few
            yield Bound(f"done {done_key(action.path, element.product)}", low, many, when)
            if isinstance(action, act.AddToCampaign) and tells_status(b.model, action.campaign):
                yield Bound(f"campaign {action.campaign}", 0, less or more, when)


def tells_status(model: Model, campaign: str) -> bool:
    """Whether every action that adds to a campaign says the status, so that it is known which one to look for."""
    tables = (model.rules, model.decay, model.thresholds)
    chains = (element.then for table in tables for element in table.values())
    added = [item for chain in chains for item in chain if isinstance(item, act.AddToCampaign)]
    return all(item.status is not None for item in added if item.campaign == campaign)


def _field(b: Builder, key: str, when: str) -> Iterator[Bound]:
    """Another value: numbers by whatever they differ, yes and no by one, texts and dates are other ones."""
    kind = b.model.fields[key].type
    least, most = {"number": (None, None), "yes_no": (-1, 1)}.get(kind, (0, 1))
    yield Bound(f"field {key}", least, most, when)


# --- conditions ------------------------------------------------------------------------------------------------------------


def by_condition(
    b: Builder, path: KeyPath, *, yes: bool = True, no: bool = True, when: str = "any"
) -> tuple[Bound, ...]:
    """What is off when a test at ``path`` of the element in hand is taken for true (``yes``) or for false (``no``)."""
    element = b.element
    if isinstance(element, Tier):
        return _by_case(b, element, path, yes=yes, no=no, when=when)
    if isinstance(element, Threshold):
        return by_actions(b, element, element.then, few=None, many=None, when=when)
    if isinstance(element, Grade):
        return (Bound(f"grade {element.key}", 0, _thirds(element, path), when),)
    return _by_when(b, path, yes=yes, no=no, when=when)


_LETTERS = 12
"""Steps from F to A+."""


def _thirds(grade: Grade, path: KeyPath) -> int:
    """How far a letter is off where the criterion of a test is misread, and others that read the same field with it.

    Each may give its thirds instead of taking them.  Where the letter is hidden until one matches, a match that is none
    shows what all of them make of it.
    """
    mine = [criterion for criterion in grade.criteria if criterion.path == path[: len(criterion.path)]]
    fields = {key for criterion in mine for key in _asked(criterion.when)}
    misread = [criterion for criterion in grade.criteria if not mine or fields & {*_asked(criterion.when)}]
    swing = sum(2 * criterion.thirds for criterion in misread)
    hidden = sum(criterion.thirds for criterion in grade.criteria) if grade.hidden_until_match else 0
    return min(_LETTERS, max(swing, hidden))


def _asked(condition: con.Condition) -> Iterator[str]:
    return (item.field for item in con.walk(condition) if isinstance(item, con.FieldTest))


def _by_when(b: Builder, path: KeyPath, *, yes: bool, no: bool, when: str) -> tuple[Bound, ...]:
    """The same for who is in a segment, for whom a rule or a fact counts, and who decays."""
    element = b.element
    sign = _sign(getattr(element, "when", None), path)
    less, more = (no, yes) if sign == 1 else (yes, no) if sign == -1 else (True, True)
    if isinstance(element, Segment):
        return (Bound(f"segment {element.key}", -int(less), int(more), when),)
    if isinstance(element, Rule):
        count = 1 if not element.on else in_a_life(element)
        return by_awards(b, element, few=count if less else 0, many=count if more else 0, when=when)
    if isinstance(element, Decay):
        return by_decay(b, element, early=more, late=less, when=when)
    return (Bound("*", None, None, when),)


def _sign(item: con.Condition | None, path: KeyPath, sign: int = 1) -> int:
    """1 where the condition follows the test at a path, -1 where it is its opposite, 0 where that is not known."""
    if isinstance(item, con.Not):
        return _sign(item.member, path, -sign)
    if isinstance(item, (con.All, con.AnyOf)):
        found = {_sign(member, path, sign) for member in item.members} - {0}
        return found.pop() if len(found) == 1 else 0
    if isinstance(item, con.FieldTest):
        return sign if item.path == path else 0
    if isinstance(item, con.Happened) and item.event.path == path[: len(item.event.path)]:
        return sign if item.most is None else -sign if item.least <= 0 else 0
    return 0


def _by_case(b: Builder, tier: Tier, path: KeyPath, *, yes: bool, no: bool, when: str) -> tuple[Bound, ...]:
    """A case that is missed gives the points of one after it; a case that fits too often stands before those."""
    gaps = [0]
    values = [case.points.value for case in tier.cases] + [tier.otherwise.value]
    if path == (*tier.path, "unknown"):  # the unknown count as something that is known
        gaps += [value - (tier.unknown.value if tier.unknown is not None else 0) for value in values]
    for index, case in enumerate(tier.cases):
        if path[: len(case.path)] != case.path:
            continue
        sign = 1 if case.when is None else _sign(case.when, path)
        missed, spare = (no, yes) if sign == 1 else (yes, no) if sign == -1 else (True, True)
        after = values[index + 1 :]
        if tier.field is not None:
            after = [*after, tier.unknown.value if tier.unknown is not None else 0]
        gaps += [value - values[index] for value in after] if missed else []
        gaps += [values[index] - value for value in after] if spare else []
    return by_scores(b, returning(b, ((tier.score, min(gaps), max(gaps)),)), when)


# --- events and silence ----------------------------------------------------------------------------------------------------


def rivals(b: Builder, rule: Rule) -> tuple[Rule, ...]:
    """The other rules that one event can be an event of too: one verb, and an asset that both can mean."""
    rules = _by_event(b)
    found: dict[str, Rule] = {}
    for event in rule.on:
        if is_open(b, event):
            found |= rules.every.get(event.verb, {})
        else:
            found |= rules.unnamed.get(event.verb, {})
            for key in event.objects:
                found |= rules.named.get((event.verb, key), {})
    return tuple(found[key] for key in sorted(found, key=rules.place.__getitem__) if found[key] is not rule)


class _ByEvent(NamedTuple):
    """Rules by verb and asset; by verb those whose events name no asset in whole, and all; and each rule's place."""

    named: dict[tuple[str, str], dict[str, Rule]]
    unnamed: dict[str, dict[str, Rule]]
    every: dict[str, dict[str, Rule]]
    place: dict[str, int]


def _by_event(b: Builder) -> _ByEvent:
    """Made once a model: a search for each rule among all others takes minutes for a thousand."""
    if "rules by event" not in b.memo:
        made = _ByEvent({}, {}, {}, {key: place for place, key in enumerate(b.model.rules)})
        for key, rule in b.model.rules.items():
            for event in rule.on:
                made.every.setdefault(event.verb, {})[key] = rule
                if is_open(b, event):
                    made.unnamed.setdefault(event.verb, {})[key] = rule
                for asset in event.objects:
                    made.named.setdefault((event.verb, asset), {})[key] = rule
        b.memo["rules by event"] = made
    found: _ByEvent = b.memo["rules by event"]
    return found


def is_open(b: Builder, event: Event) -> bool:
    """Whether an event names its assets by less than their whole names."""
    assets = [b.model.assets[key] for key in event.objects if key in b.model.assets]
    return not event.objects or any(asset.builtin or asset.match != "is" for asset in assets)


def by_event(b: Builder, event: Event, when: str = "any") -> tuple[Bound, ...]:
    """What is off when more counts as an event of the element in hand than should."""
    element = b.element
    found: list[tuple[Bound, ...]] = []
    asked = getattr(element, "on", ()) or getattr(element, "or_on", ())
    if event in asked and isinstance(element, Rule):
        found.append(by_awards(b, element, many=in_a_life(element), when=when))
    if event in asked and isinstance(element, Threshold):
        found.append(by_actions(b, element, element.then, many=None, when=when))
    if event not in asked or _asks(element, event):
        found.append(by_condition(b, event.path, no=False, when=when))
    return joined(*found)


def _asks(element: Element | None, event: Event) -> bool:
    """Whether the element also asks whether such an event has happened."""
    conditions = (getattr(element, "when", None), getattr(element, "unless", None))
    items = (item for condition in conditions for item in con.walk(condition))
    return any(isinstance(item, con.Happened) and item.event.verb == event.verb for item in items)


def by_decay(
    b: Builder, decay: Decay, *, early: bool = False, late: bool = False, when: str = "any"
) -> tuple[Bound, ...]:
    """Steps that are taken where they should not (``early``), or not where they should: again in each silence.

    A step that lifts a score is off the other way.
    """
    lifts = any(
        step.set_to is not None and (step.level.least is None or step.level.least < step.set_to.value)
        for step in decay.steps
    )
    low, high = (None if early or (lifts and late) else 0), (None if late or (lifts and early) else 0)
    few, many = (None if late else 0), (None if early else 0)
    return joined(
        by_scores(b, ((decay.score, low, high),), when, fed=False),
        by_actions(b, decay, decay.then, few=few, many=many, when=when),
    )


def by_count(b: Builder, event: Event, when: str = "any") -> tuple[Bound, ...]:
    """What is off when another number of events is counted than should be, more or fewer."""
    element = b.element
    if isinstance(element, Rule) and event in element.on:
        count = in_a_life(element)
        return by_awards(b, element, few=count, many=count, when=when)
    return by_condition(b, event.path, when=when)
