"""What notices that a threshold may open or close: a trigger for everything that its condition reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import PutMark, TakeMark
from scorewright_marketo.lower import events
from scorewright_marketo.lower.asking import also_asked, conjuncts, leaves
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.expr import both
from scorewright_marketo.lower.marks import mark_list
from scorewright_marketo.lower.reading import letter_field
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Threshold
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["seen_marks", "told_by", "turned_by", "watch_triggers"]


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
    for other, wanted in also_asked(b, item):
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


def _trigger(b: Builder, leaf: con.Condition, *, sure: bool, up: bool, positive: bool) -> Iterator[Clause]:
    """What starts when a leaf may have come to hold (``up``), or to hold no more; ``sure``: it has to hold in any case."""
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
