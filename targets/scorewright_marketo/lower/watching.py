"""What notices that a threshold may open or close: a trigger for everything that its condition reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import PutMark, Reset, TakeMark
from scorewright.model.values import Bounds
from scorewright_marketo.lower import events
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.expr import both
from scorewright_marketo.lower.marks import mark_list
from scorewright_marketo.lower.points import affected, awarded
from scorewright_marketo.lower.reading import letter_field
from scorewright_marketo.lower.scores import largest
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Threshold
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["closes_itself", "conjuncts", "opened_by_clock", "passing", "seen_marks", "watch_triggers"]


def conjuncts(item: con.Condition) -> tuple[con.Condition, ...]:
    """The parts of a condition that must all hold."""
    return item.members if isinstance(item, con.All) else (item,)


def closes_itself(item: Threshold) -> bool:
    """Whether its own actions close it, by a mark that it must not or must see."""
    marks = {
        part.mark
        for when in (item.when, item.unless)
        for part in con.walk(when)
        if isinstance(part, con.HasMark)
    }
    touched = {action.mark for action in item.then if isinstance(action, (PutMark, TakeMark))}
    return bool(marks & touched) or any(isinstance(action, Reset) for action in item.then)


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
    for leaf, positive in _leaves(b, item.when):
        for clause in _trigger(b, leaf, sure=leaf in sure, up=up, positive=positive):
            found[clause] = None
    for key in item.required_fields:
        found[Clause("Data Value Changes", "is", (b.field_label(key),), "Attribute")] = None
    for other, wanted in _bounds(b, item):
        for leaf, positive in _leaves(b, other, positive=wanted):
            for clause in _trigger(b, leaf, sure=False, up=up, positive=positive):
                found[clause] = None
    if up and (_may_begin_open(item) or any(clause.rule == "Data Value Changes" for clause in found)):
        found[Clause("Person is Created")] = None
    return tuple(found)


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


def _leaves(
    b: Builder, item: con.Condition, *, positive: bool = True
) -> Iterator[tuple[con.Condition, bool]]:
    """Every leaf, with those of the segments and the bands that are asked for, and whether it has to hold."""
    if isinstance(item, con.Not):
        yield from _leaves(b, item.member, positive=not positive)
    elif isinstance(item, (con.All, con.AnyOf)):
        for member in item.members:
            yield from _leaves(b, member, positive=positive)
    elif isinstance(item, con.InSegment):
        yield from _leaves(b, b.model.segments[item.segment].when, positive=positive)
    elif isinstance(item, con.BandTest):
        yield from ((con.ScoreTest(score, Bounds()), positive) for score in _band_scores(b, item.band))
    else:
        yield item, positive


def _band_scores(b: Builder, key: str) -> tuple[str, ...]:
    band = b.model.bands[key]
    parts = [b.model.bands[name] for name in band.join] or [band]
    return tuple(part.score for part in parts if part.score is not None)


def _trigger(b: Builder, leaf: con.Condition, *, sure: bool, up: bool, positive: bool) -> Iterator[Clause]:
    joins = "Added to List" if positive is up else "Removed from List"
    if isinstance(leaf, con.HasMark):
        if not up or _by_rule(b, leaf.mark, PutMark if positive else TakeMark):
            yield Clause(joins, "is", (mark_list(b, leaf.mark),), "List Name")
    elif isinstance(leaf, con.ScoreTest):
        yield _score_trigger(b, leaf, sure=sure, up=up)
    elif isinstance(leaf, con.FieldTest) and leaf.field != "created":
        label = b.field_label("email" if leaf.field == "email-domain" else leaf.field)
        yield Clause("Data Value Changes", "is", (label,), "Attribute")
    elif isinstance(leaf, con.GradeTest):
        yield Clause("Data Value Changes", "is", (letter_field(b, b.model.grades[leaf.grade]),), "Attribute")
    elif isinstance(leaf, con.Happened):
        yield from events.triggers(b, leaf.event)
    elif isinstance(leaf, con.MemberOf) and b.model.assets[leaf.asset].kinds == ("list",):
        yield Clause(joins, "is", b.model.assets[leaf.asset].texts_on("marketo"), "List Name")
    elif isinstance(leaf, con.HasOpportunity):
        b.rests_on("opportunity-triggers")
        yield Clause("Added to Opportunity")
        yield Clause("Opportunity is Updated", "is", ("Stage",), "Attribute")
    elif isinstance(leaf, con.Mailable):
        yield Clause(
            "Data Value Changes", "is", ("Unsubscribed", "Email Invalid", "Marketing Suspended"), "Attribute"
        )
    elif isinstance(leaf, con.CrmKind):
        yield Clause("Data Value Changes", "is", ("SFDC Type",), "Attribute")
    elif isinstance(leaf, con.Assigned):
        yield Clause("Data Value Changes", "is", ("Sales Owner Email Address",), "Attribute")


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


# --- scores that pass through other values --------------------------------------------------------------------------


def passing(b: Builder, item: Threshold) -> tuple[int, tuple[str, ...]]:
    """By how much re-rolls move a score that is read here beyond its old and new value, and what is re-rolled."""
    read = {leaf.score for leaf, _ in _leaves(b, item.when) if isinstance(leaf, con.ScoreTest)}
    found = [(most, title) for key, most, title in _moves(b) if most and read & _reached(b, key)]
    return max((most for most, _ in found), default=0), tuple(title for _, title in found)


def _reached(b: Builder, key: str) -> set[str]:
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


# --- scores that move by themselves ---------------------------------------------------------------------------------


def opened_by_clock(b: Builder, item: Threshold) -> tuple[str, ...]:
    """What moves a score into the threshold while nothing happens: points that end, and decay where less is asked."""
    found: dict[str, None] = {}
    for leaf, positive in _leaves(b, item.when):
        if isinstance(leaf, con.ScoreTest):
            up = (leaf.bounds.least if positive else leaf.bounds.most) is not None
            down = (leaf.bounds.most if positive else leaf.bounds.least) is not None
            found.update(dict.fromkeys(_drifts(b, leaf.score, up=up, down=down)))
    return tuple(found)


def _drifts(b: Builder, score: str, *, up: bool, down: bool) -> Iterator[str]:
    for rule in b.model.rules.values():
        for key, number in rule.points if rule.expires is not None or rule.fades is not None else ():
            if (up if number.value < 0 else down) and score in _reached(b, key):
                yield rule.title
    for decay in b.model.decay.values() if down else ():
        if score in {other.key for other, _ in affected(b, decay.score)}:
            yield decay.title
