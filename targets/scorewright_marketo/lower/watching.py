"""What notices that a threshold may open or close: a trigger for everything that its condition reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import (
    AddToList,
    Assign,
    PutMark,
    RemoveFromList,
    Reset,
    SetField,
    SetLifecycle,
    Snapshot,
    Stamp,
    TakeMark,
)
from scorewright.model.together import Together
from scorewright.model.values import Bounds
from scorewright_marketo.lower import events
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.expr import both
from scorewright_marketo.lower.marks import mark_list
from scorewright_marketo.lower.points import awarded
from scorewright_marketo.lower.reading import letter_field, score_bands, span, stretches
from scorewright_marketo.lower.scores import largest
from scorewright_marketo.lower.sums import affected
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.actions import Action
    from scorewright.model.elements import Threshold
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = [
    "asked",
    "changed_by_night",
    "closes_itself",
    "conjuncts",
    "exclude",
    "leaves",
    "opened_by_clock",
    "over_by_night",
    "passing",
    "reached",
    "seen_marks",
    "shut_by",
    "standing_scores",
    "sure_marks",
    "timed",
    "told_by",
    "turned_by",
    "undoes",
    "watch_triggers",
]


def conjuncts(item: con.Condition) -> tuple[con.Condition, ...]:
    """The parts of a condition that must all hold."""
    return item.members if isinstance(item, con.All) else (item,)


def closes_itself(b: Builder, item: Threshold) -> bool:
    """Whether its own actions close it: by a mark that it asks about, or by what it, or whom the model scores, asks for."""
    marks = {
        part.mark
        for when in (item.when, item.unless)
        for part in con.walk(when)
        if isinstance(part, con.HasMark)
    }
    touched = {action.mark for action in item.then if isinstance(action, (PutMark, TakeMark))}
    reset = any(isinstance(action, Reset) for action in item.then)
    return bool(marks & touched) or reset or _shuts(b, item, item)


def seen_marks(b: Builder, item: Threshold) -> Expr:
    """A mark that only decay sets can be asked for by the trigger already: no sibling of the event writes it."""
    chains = [rule.then for rule in b.model.rules.values()] + [
        other.then for other in b.model.thresholds.values()
    ]
    fast = {action.mark for chain in chains for action in chain if isinstance(action, PutMark)}
    return both(
        *(
            condition(b, part)
            for part in conjuncts(item.when)
            if isinstance(part, con.HasMark) and part.mark not in fast
        )
    )


def watch_triggers(b: Builder, item: Threshold, *, up: bool) -> tuple[Clause, ...]:
    """A trigger for everything that the threshold and the population read; New Score narrows it upward or downward."""
    sure = set(conjuncts(item.when))
    found: dict[Clause, None] = {}
    for leaf, positive in leaves(b, item.when):
        for clause in _trigger(b, leaf, sure=leaf in sure, up=up, positive=positive):
            found[clause] = None
    for key in item.required_fields:
        found[Clause("Data Value Changes", "is", (told_by(b, key),), "Attribute")] = None
    for other, wanted in _bounds(b, item):
        for leaf, positive in leaves(b, other, positive=wanted):
            for clause in _trigger(b, leaf, sure=False, up=up, positive=positive):
                found[clause] = None
    if up and (_may_begin_open(item) or any(clause.rule == "Data Value Changes" for clause in found)):
        found[Clause("Person is Created")] = None
    return tuple(found)


def turned_by(b: Builder, when: con.Condition) -> tuple[Clause, ...]:
    """A trigger for everything that can make a condition true."""
    found = dict.fromkeys(
        clause
        for leaf, positive in leaves(b, when)
        for clause in _trigger(b, leaf, sure=False, up=True, positive=positive)
    )
    return (*found, Clause("Person is Created"))


def _may_begin_open(item: Threshold) -> bool:
    """Whether nothing has to be earned first: somebody new, with no points, may be past it."""
    return not any(
        isinstance(part, con.HasMark)
        or (isinstance(part, con.ScoreTest) and part.bounds.least is not None and part.bounds.least > 0)
        for part in conjuncts(item.when)
    )


def _bounds(b: Builder, item: Threshold) -> Iterator[tuple[con.Condition, bool]]:
    """What else shuts it: ``unless`` and the population, and whether each has to hold."""
    head = b.model.header
    if item.unless is not None:
        yield item.unless, False
    if head.eligible is not None:
        yield b.model.segments[head.eligible].when, True
    yield from ((b.model.segments[key].when, False) for key in head.exclude)


def leaves(b: Builder, item: con.Condition, *, positive: bool = True) -> Iterator[tuple[con.Condition, bool]]:
    """Every leaf, with those of the segments and the bands that are asked for, and whether it has to hold."""
    if isinstance(item, con.Not):
        yield from leaves(b, item.member, positive=not positive)
    elif isinstance(item, (con.All, con.AnyOf)):
        for member in item.members:
            yield from leaves(b, member, positive=positive)
    elif isinstance(item, con.InSegment):
        yield from leaves(b, b.model.segments[item.segment].when, positive=positive)
    elif isinstance(item, con.BandTest):
        yield from ((con.ScoreTest(score, Bounds()), positive) for score in _band_scores(b, item.band))
    else:
        yield item, positive


def asked(b: Builder, item: Threshold) -> Iterator[tuple[con.Condition, bool]]:
    """Every leaf of what must hold for it to be open, and whether that has to hold."""
    for when, wanted in ((item.when, True), *_bounds(b, item)):
        yield from leaves(b, when, positive=wanted)


def _band_scores(b: Builder, key: str) -> tuple[str, ...]:
    band = b.model.bands[key]
    return tuple(part.score for part in score_bands(b, band) if part.score is not None)


def _trigger(b: Builder, leaf: con.Condition, *, sure: bool, up: bool, positive: bool) -> Iterator[Clause]:
    joins = "Added to List" if positive is up else "Removed from List"
    if isinstance(leaf, con.HasMark):
        if not up or _by_rule(b, leaf.mark, PutMark if positive else TakeMark):
            yield Clause(joins, "is", (mark_list(b, leaf.mark),), "List Name")
    elif isinstance(leaf, con.ScoreTest):
        yield _score_trigger(b, leaf, sure=sure, up=up)
    elif isinstance(leaf, con.Happened):
        yield from events.triggers(b, leaf.event)
    elif isinstance(leaf, con.MemberOf):
        yield from _joining(b, leaf, joins)
    elif isinstance(leaf, con.HasOpportunity):
        b.rests_on("opportunity-triggers")
        yield Clause("Added to Opportunity")
        yield Clause("Opportunity is Updated", "is", ("Stage",), "Attribute")
    elif labels := _watched(b, leaf):
        yield Clause("Data Value Changes", "is", labels, "Attribute")


def _joining(b: Builder, leaf: con.MemberOf, joins: str) -> Iterator[Clause]:
    """What starts when somebody comes onto a list or into a campaign, or is given another status there."""
    asset = b.model.assets[leaf.asset]
    names = asset.texts_on("marketo")
    if asset.kinds == ("list",):
        yield Clause(joins, "is", names, "List Name")
    elif asset.kinds == ("campaign",):
        yield Clause("Added to SFDC Campaign", "is", names, "Campaign")
        yield Clause("Status is Changed in SFDC Campaign", "is", names, "Campaign")
    else:
        yield Clause("Program Status is Changed", "is", names, "Program")


def _watched(b: Builder, leaf: con.Condition) -> tuple[str, ...]:
    """The fields that a condition reads, by their labels."""
    match leaf:
        case con.FieldTest(field=key) if key != "created":
            return (told_by(b, key),)
        case con.GradeTest(grade=key):
            return (letter_field(b, b.model.grades[key]),)
        case con.Mailable():
            return ("Unsubscribed", "Email Invalid", "Marketing Suspended")
        case con.CrmKind():
            return ("SFDC Type",)
        case con.Assigned():
            return ("Sales Owner Email Address",)
        case _:
            return ()


def told_by(b: Builder, key: str) -> str:
    """The label of a field; that of the address for its domain, which is no field in Marketo."""
    return b.field_label("email" if key == "email-domain" else key)


def _by_rule(b: Builder, mark: str, kind: type[PutMark | TakeMark]) -> bool:
    """Whether a rule's actions write the mark: only events open a threshold, not what decay or others do."""
    return any(
        isinstance(action, kind) and action.mark == mark
        for rule in b.model.rules.values()
        for action in rule.then
    )


def _score_trigger(b: Builder, leaf: con.ScoreTest, *, sure: bool, up: bool) -> Clause:
    """New Score narrows the trigger where the score alone can open or close the threshold."""
    name = b.score_field(b.model.scores[leaf.score])
    least, most = leaf.bounds.least, leaf.bounds.most
    plain = Clause("Score is Changed", "is", (name,), "Score Name")
    if not sure or least is None or most is not None:
        return plain
    word, value = ("at least", least) if up else ("less than", least)
    return plain._replace(constraints=(Constraint("New Score", word, (str(value),)),))


# --- thresholds that shut one another ----------------------------------------------------------------------------------


def shut_by(b: Builder, item: Threshold) -> tuple[str, ...]:
    """The other thresholds that may open in the same moment, and whose actions shut this one."""
    found = (
        other for other in b.model.thresholds.values() if other is not item and not exclude(b, item, other)
    )
    return tuple(
        dict.fromkeys(
            other.title
            for other in found
            if _shuts(b, other, item) and _opened_by(b, other) & _opened_by(b, item)
        )
    )


def _opened_by(b: Builder, item: Threshold) -> set[str]:
    """Whether an event of its own, a field (or whoever comes into the population), or both can open a threshold."""
    events_of, fields_of = _scores_by(b)
    found = {"fields"} if b.model.header.eligible is not None or b.model.header.exclude else set()
    found |= {"events"} if item.or_on else set()
    for leaf, _ in leaves(b, item.when):
        if isinstance(leaf, con.ScoreTest):
            found |= {"events"} if leaf.score in events_of else set()
            found |= {"fields"} if leaf.score in fields_of else set()
        else:
            found |= {"events"} if isinstance(leaf, (con.HasMark, con.Happened)) else {"fields"}
    shutting = (
        any(not isinstance(leaf, con.HasMark) for leaf, _ in leaves(b, item.unless)) if item.unless else False
    )
    return found | ({"fields"} if item.required_fields or shutting else set())


def _scores_by(b: Builder) -> tuple[set[str], set[str]]:
    """The scores that events raise, and those that fields do."""
    rules = b.model.rules.values()
    happening = {key for rule in rules if rule.on for key, _ in rule.points}
    standing = {tier.score for tier in b.model.tiers.values()} | {
        copy.score for copy in b.model.inputs.values()
    }
    changing = (rule for rule in rules if not rule.on or any(event.verb == "changes" for event in rule.on))
    standing |= {key for rule in changing for key, _ in rule.points}
    return (
        {name for key in happening for name in reached(b, key)},
        {name for key in standing for name in reached(b, key)},
    )


def exclude(b: Builder, one: Threshold, other: Threshold) -> bool:
    """Whether what the two ask keeps them from being open at once: marks, segments, fields or scores that both cannot have."""
    if "together" not in b.memo:
        b.memo["together"] = Together(b.model)
    together: Together = b.memo["together"]
    return together.exclude(one, other)


def sure_marks(item: Threshold) -> set[tuple[str, bool]]:
    """The marks that somebody past it must bear, and those that they must not."""
    found = set()
    for part in conjuncts(item.when):
        inner = part.member if isinstance(part, con.Not) else part
        if isinstance(inner, con.HasMark):
            found.add((inner.mark, inner is part))
    unless = item.unless.members if isinstance(item.unless, con.AnyOf) else (item.unless,)
    return found | {(part.mark, False) for part in unless if isinstance(part, con.HasMark)}


def _shuts(b: Builder, other: Threshold, item: Threshold) -> bool:
    """Whether what the one does makes something untrue that this one asks for."""
    return any(
        undoes(b, action, leaf, wanted=wanted) for action in other.then for leaf, wanted in asked(b, item)
    )


def undoes(b: Builder, action: Action, leaf: con.Condition, *, wanted: bool) -> bool:
    """Whether an action can make a leaf untrue that is to hold (``wanted``), or true that is not to."""
    if isinstance(leaf, con.HasMark):
        kind = TakeMark if wanted else PutMark
        return isinstance(action, kind) and action.mark == leaf.mark
    if isinstance(leaf, con.MemberOf):
        on_list = RemoveFromList if wanted else AddToList
        return isinstance(action, on_list) and action.list == leaf.asset
    if isinstance(leaf, con.ScoreTest):
        return isinstance(action, Reset) and leaf.score in {
            score.key for score, _ in affected(b, action.score)
        }
    if isinstance(leaf, con.FieldTest):
        writes = (
            isinstance(action, (SetField, Stamp, Snapshot)) and getattr(action, "field", "") == leaf.field
        )
        stage = isinstance(action, SetLifecycle) and b.model.lifecycle.field == leaf.field
        return writes or stage
    if isinstance(leaf, con.Assigned):
        return isinstance(action, Assign) and leaf.value is not wanted
    return False


# --- scores that pass through other values --------------------------------------------------------------------------


def passing(b: Builder, item: Threshold) -> tuple[int, tuple[str, ...]]:
    """By how much re-rolls move a score that is read here beyond its old and new value, and what is re-rolled."""
    read = {leaf.score for leaf, _ in leaves(b, item.when) if isinstance(leaf, con.ScoreTest)}
    found = [(most, title) for key, most, title in _moves(b) if most and read & reached(b, key)]
    return max((most for most, _ in found), default=0), tuple(title for _, title in found)


def reached(b: Builder, key: str) -> set[str]:
    """The scores that points for one arrive in."""
    return {score.key for name in awarded(b, key) for score, _ in affected(b, name)}


def _moves(b: Builder) -> Iterator[tuple[str, int, str]]:
    earlier = b.options.earlier_points
    for tier in b.model.tiers.values():
        values = [case.points.value for case in tier.cases] + [
            tier.otherwise.value,
            *earlier.get(tier.name, ()),
        ]
        values += [tier.unknown.value] if tier.unknown is not None else []
        yield tier.score, _between(values), tier.title
    for rule in b.model.rules.values():
        for key, number in rule.points if not rule.on and not rule.keep else ():
            yield key, _between([number.value, *earlier.get(rule.name, ())]), rule.title
    for copy in b.model.inputs.values():
        top, bottom = copy.at_most, copy.at_least
        ends = (top.value if top else largest(b), -bottom.value if bottom else largest(b))
        yield copy.score, max(*ends, 0), copy.title


def _between(values: list[int]) -> int:
    """From one value to another of the same sign, by way of 0: the second farthest from 0 is the farthest."""
    sides = ({value for value in values if value > 0}, {-value for value in values if value < 0})
    return max(sorted(side)[-2] if len(side) > 1 else 0 for side in sides)


def changed_by_night(b: Builder, item: Threshold) -> bool:
    """Whether it reads what batches change by night: what holds, grades, decays, and their marks."""
    slow = standing_scores(b) | {
        score.key for decay in b.model.decay.values() for score, _ in affected(b, decay.score)
    }
    marks = {
        action.mark
        for decay in b.model.decay.values()
        for action in decay.then
        if isinstance(action, (PutMark, TakeMark))
    }
    return any(
        isinstance(leaf, con.GradeTest)
        or (isinstance(leaf, con.ScoreTest) and leaf.score in slow)
        or (isinstance(leaf, con.HasMark) and leaf.mark in marks)
        for leaf, _ in asked(b, item)
    )


def standing_scores(b: Builder) -> set[str]:
    """The scores that what holds gives points to, by way of those that they feed, too."""
    given = {tier.score for tier in b.model.tiers.values()} | {copy.score for copy in b.model.inputs.values()}
    given |= {key for rule in b.model.rules.values() if not rule.on for key, _ in rule.points}
    return {name for key in given for name in reached(b, key)}


# --- scores that move by themselves ---------------------------------------------------------------------------------


def opened_by_clock(b: Builder, item: Threshold) -> tuple[str, ...]:
    """What moves a score into the threshold while nothing happens: points that end, and decay where less is asked."""
    found: dict[str, None] = {}
    shut = [con.Not(item.unless)] if item.unless is not None else []
    for leaf, positive in (pair for part in (item.when, *shut) for pair in _stretched(b, part)):
        if isinstance(leaf, con.ScoreTest):
            some = leaf.bounds == Bounds()  # a label, whose stretch may lie anywhere
            up = some or (leaf.bounds.least if positive else leaf.bounds.most) is not None
            down = some or (leaf.bounds.most if positive else leaf.bounds.least) is not None
            found.update(dict.fromkeys(_drifts(b, leaf.score, up=up, down=down)))
    return tuple(found)


def _stretched(b: Builder, item: con.Condition) -> Iterator[tuple[con.Condition, bool]]:
    """Every leaf, with the stretches of a score for the labels that are asked for."""
    for part in con.walk(item):
        band = b.model.bands[part.band] if isinstance(part, con.BandTest) else None
        if isinstance(part, con.BandTest) and band is not None and band.score is not None and band.cases:
            spans = [(low, high) for label, low, high in stretches(band) if label in part.labels]
            item = _replaced(item, part, [con.ScoreTest(band.score, span(*ends)) for ends in spans])
    yield from leaves(b, item)


def _replaced(item: con.Condition, part: con.Condition, others: list[con.Condition]) -> con.Condition:
    if item == part:
        return con.AnyOf(tuple(others))
    if isinstance(item, con.Not):
        return con.Not(_replaced(item.member, part, others))
    if isinstance(item, (con.All, con.AnyOf)):
        return type(item)(tuple(_replaced(member, part, others) for member in item.members))
    return item


def _drifts(b: Builder, score: str, *, up: bool, down: bool) -> Iterator[str]:
    for rule in b.model.rules.values():
        for key, number in rule.points if rule.expires is not None or rule.fades is not None else ():
            if (up if number.value < 0 else down) and score in reached(b, key):
                yield rule.title
    for decay in b.model.decay.values() if down else ():
        if score in {other.key for other, _ in affected(b, decay.score)}:
            yield decay.title
    for key, title in _by_calendar(b):
        if score in reached(b, key):
            yield title


def over_by_night(b: Builder, item: Threshold) -> tuple[str, ...]:
    """What gives points to a score that it reads, and can be over again before the night looks at it."""
    read = {leaf.score for leaf, _ in asked(b, item) if isinstance(leaf, con.ScoreTest)}
    return tuple(dict.fromkeys(title for key, title in _by_calendar(b) if read & reached(b, key)))


def _by_calendar(b: Builder) -> Iterator[tuple[str, str]]:
    """What holds from a day on, or for so long: the score, and what gives the points."""
    for rule in b.model.rules.values():
        if rule.when is not None and not rule.on and (rule.active is not None or timed(b, rule.when)):
            yield from ((key, rule.title) for key, number in rule.points if number.value)
    for tier in b.model.tiers.values():
        whens = [case.when for case in tier.cases if case.when is not None]
        if any(isinstance(case.test, con.Age) for case in tier.cases) or any(
            timed(b, item) for item in whens
        ):
            yield tier.score, tier.title


def timed(b: Builder, item: con.Condition) -> bool:
    """Whether a condition turns by itself as time goes by."""
    return any(
        (isinstance(leaf, con.Happened) and leaf.event.within is not None)
        or (isinstance(leaf, con.FieldTest) and isinstance(leaf.test, con.Age))
        for leaf, _ in leaves(b, item)
    )
