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
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Threshold
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["closes_itself", "conjuncts", "reads_marks", "seen_marks", "watch_triggers"]


def conjuncts(item: con.Condition) -> tuple[con.Condition, ...]:
    """The parts of a condition that must all hold."""
    return item.members if isinstance(item, con.All) else (item,)


def reads_marks(item: Threshold) -> bool:
    """Whether actions, which no trigger sees, can close it: then re-arming is tried before each crossing."""
    return any(isinstance(part, con.HasMark) for when in (item.when, item.unless) for part in con.walk(when))


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
    for leaf in _leaves(b, item.when):
        for clause in _trigger(b, leaf, sure=leaf in sure, up=up):
            found[clause] = None
    for key in item.required_fields:
        found[Clause("Data Value Changes", "is", (b.field_label(key),), "Attribute")] = None
    head = b.model.header
    segments = [b.model.segments[key].when for key in (head.eligible, *head.exclude) if key is not None]
    for other in (item.unless, *segments) if item.unless is not None else segments:
        for leaf in _leaves(b, other):
            for clause in _trigger(b, leaf, sure=False, up=up):
                found[clause] = None
    if any(clause.rule == "Data Value Changes" for clause in found) and up:
        found[Clause("Person is Created")] = None
    return tuple(found)


def _leaves(b: Builder, item: con.Condition) -> Iterator[con.Condition]:
    """Every leaf, with those of the segments and the bands that are asked for."""
    for part in con.walk(item):
        if isinstance(part, con.InSegment):
            yield from _leaves(b, b.model.segments[part.segment].when)
        elif isinstance(part, con.BandTest):
            yield from (con.ScoreTest(score, Bounds()) for score in _band_scores(b, part.band))
        elif not isinstance(part, (con.All, con.AnyOf, con.Not)):
            yield part


def _band_scores(b: Builder, key: str) -> tuple[str, ...]:
    band = b.model.bands[key]
    parts = [b.model.bands[name] for name in band.join] or [band]
    return tuple(part.score for part in parts if part.score is not None)


def _trigger(b: Builder, leaf: con.Condition, *, sure: bool, up: bool) -> Iterator[Clause]:
    if isinstance(leaf, con.HasMark) and not up:
        yield Clause("Added to List", "is", (mark_list(b, leaf.mark),), "List Name")
    elif isinstance(leaf, con.ScoreTest):
        yield _score_trigger(b, leaf, sure=sure, up=up)
    elif isinstance(leaf, con.FieldTest):
        label = b.field_label("email" if leaf.field == "email-domain" else leaf.field)
        yield Clause("Data Value Changes", "is", (label,), "Attribute")
    elif isinstance(leaf, con.GradeTest):
        from scorewright_marketo.lower.grades import letter_field

        yield Clause("Data Value Changes", "is", (letter_field(b, b.model.grades[leaf.grade]),), "Attribute")
    elif isinstance(leaf, con.Happened):
        yield from events.triggers(b, leaf.event)
    elif isinstance(leaf, con.MemberOf) and b.model.assets[leaf.asset].kinds == ("list",):
        yield Clause("Added to List", "is", b.model.assets[leaf.asset].texts_on("marketo"), "List Name")
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


def _score_trigger(b: Builder, leaf: con.ScoreTest, *, sure: bool, up: bool) -> Clause:
    """New Score narrows the trigger where the score alone can open or close the threshold."""
    name = b.score_field(b.model.scores[leaf.score])
    least, most = leaf.bounds.least, leaf.bounds.most
    plain = Clause("Score is Changed", "is", (name,), "Score Name")
    if not sure or least is None or most is not None:
        return plain
    word, value = ("at least", least) if up else ("less than", least)
    return plain._replace(constraints=(Constraint("New Score", word, (str(value),)),))
