"""What is so, as filters: each condition and its negation as a tree of filters that holds exactly then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scorewright.model import conditions as con
from scorewright.model.actions import Assign
from scorewright_marketo.labels import NEGATED, TEXT_OPERATORS
from scorewright_marketo.lower import events, memory, padded
from scorewright_marketo.lower.bounds import by_condition
from scorewright_marketo.lower.expr import Both, Either, both, either
from scorewright_marketo.lower.marks import mark_list
from scorewright_marketo.lower.operators import test_operator
from scorewright_marketo.lower.reading import (
    LETTERS,
    band_expr,
    inside,
    letter_field,
    outside,
    score_range,
    segment_list,
)
from scorewright_marketo.names import clean
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["clause_for", "condition", "test_of_field"]


def condition(b: Builder, item: con.Condition | None, *, negated: bool = False) -> Expr:
    """The filters under which a condition holds, or (``negated``) under which it does not."""
    if item is None:
        return Either(()) if negated else Both(())
    if isinstance(item, con.Not):
        return condition(b, item.member, negated=not negated)
    if isinstance(item, (con.All, con.AnyOf)):
        b.rests_on("filter-logic")
        join = both if isinstance(item, con.All) is not negated else either
        return join(*(condition(b, member, negated=negated) for member in item.members))
    leaf: _Leaf = _LEAVES[type(item)]
    return leaf(b, item, negated)


def clause_for(b: Builder, item: con.Condition, name: str, why: str) -> Clause:
    """One filter without constraints that stands for a condition, as a choice needs it: itself, or a smart list."""
    found = condition(b, item)
    if isinstance(found, Clause) and not found.primary and not found.constraints:
        return found
    return Clause("Member of Smart List", "in", (b.smart_list(name, found, why),))


# --- fields -----------------------------------------------------------------------------------------------------------


def test_of_field(b: Builder, key: str, test: con.Test, path: KeyPath, *, negated: bool) -> Expr:
    """A test of a field, and its negation, which also holds for an unknown value."""
    field = b.model.fields["email" if key == "email-domain" and isinstance(test, con.Known) else key]
    if padded.needed(key, test):
        return padded.clause(b, key, test, path, negated=negated)
    label = b.field_label(field.key)
    if field.type == "yes_no":
        return _yes_no(b, label, test, path, negated=negated)
    if isinstance(test, con.Known):
        return Clause(label, "is not empty" if test.known is not negated else "is empty")
    if isinstance(test, (con.Is, con.Matches)) and field.type != "number":
        return _text(b, label, test, path, negated=negated)
    if isinstance(test, (con.Is, con.Range)):
        return _number(b, label, test, negated=negated)
    return _date(b, label, test, path, negated=negated)


def _yes_no(b: Builder, label: str, test: con.Test, path: KeyPath, *, negated: bool) -> Expr:
    """A boolean has no empty state, so only `is = true` and its negation, which holds for unknown too, are exact."""
    two_values = b.fact("empty-boolean-is-false")
    wanted = isinstance(test, con.Is) and bool(test.values[0])
    if two_values and not wanted and ("unknown", b.element, label) not in b.memo:
        b.memo["unknown", b.element, label] = True
        lost = isinstance(test, con.Known) and not test.known
        b.bounded(
            "unknown-counts-as-no",
            f"{label} is a boolean, which has no empty state.",
            "everybody whose answer is unknown, who counts as a no; make it a text field with Yes and No to tell them apart",
            "empty-boolean-is-false",
            path=path,
            bounds=by_condition(b, path, yes=not lost, no=lost, when="unanswered"),
        )
    if isinstance(test, con.Known):
        return Clause(label, "is not empty" if test.known is not negated else "is empty")
    asked = Clause(label, "is", (str(wanted is not negated).lower(),))
    return either(asked, Clause(label, "is empty")) if negated and not two_values else asked


def _text(b: Builder, label: str, test: con.Is | con.Matches, path: KeyPath, *, negated: bool) -> Expr:
    operator, values = test_operator(test, path)
    b.rests_on("several-values")
    if not negated:
        return Clause(label, operator, values)
    negative = Clause(label, NEGATED[operator], values)
    return (
        negative if b.fact("negative-operators-match-empty") else either(negative, Clause(label, "is empty"))
    )


def _number(b: Builder, label: str, test: con.Is | con.Range, *, negated: bool) -> Expr:
    if isinstance(test, con.Is):
        return _number_is(b, label, tuple(int(value) for value in test.values), negated=negated)
    least, most = test.bounds.least, test.bounds.most
    holds_zero = (least is None or least <= 0) and (most is None or most >= 0)
    if negated:
        return either(*outside(label, least, most), Clause(label, "is empty"))
    within = Clause(label, *inside(test.bounds))
    return both(within, Clause(label, "is not empty")) if holds_zero else within


def _number_is(b: Builder, label: str, values: tuple[int, ...], *, negated: bool) -> Expr:
    texts = tuple(map(str, values))
    zero = 0 in values
    if zero:
        b.rests_on("is-zero-matches-empty")
    if negated:
        negative = Clause(label, "is not", texts)
        safe = b.fact("negative-operators-match-empty") and not zero
        return negative if safe else either(negative, Clause(label, "is empty"))
    return (
        both(Clause(label, "is", texts), Clause(label, "is not empty"))
        if zero
        else Clause(label, "is", texts)
    )


def _date(b: Builder, label: str, test: con.Test, path: KeyPath, *, negated: bool) -> Expr:
    operator, values = test_operator(test, path)
    if isinstance(test, con.Age):
        b.rests_on("hour-windows-roll" if values[0].endswith("hours") else "day-windows-roll")
    found: Expr = Clause(label, operator, values)
    if operator in {"in past before", "before"}:
        b.rests_on("before-matches-empty")
        found = both(found, Clause(label, "is not empty"))
    if isinstance(test, con.Day) and test.first is not None and test.before is not None:
        found = both(Clause(label, "on or after", (test.first,)), Clause(label, "before", (test.before,)))
    return _listed(b, found, f"{label} {operator} {' '.join(values)}") if negated else found


def _listed(b: Builder, expr: Expr, name: str) -> Clause:
    """The negation of what has no negative filter: not a member of its smart list."""
    known = b.memo.get(("listed", expr))
    if known is None:
        known = b.smart_list(
            f"If {clean(name)}", expr, "There is no filter for its negation, so others ask who is not in it."
        )
        b.memo["listed", expr] = known
    return Clause("Member of Smart List", "not in", (str(known),))


def _field_test(b: Builder, item: con.FieldTest, negated: bool) -> Expr:
    return test_of_field(b, item.field, item.test, item.path, negated=negated)


# --- scores, grades, bands ----------------------------------------------------------------------------------------------


def _score_test(b: Builder, item: con.ScoreTest, negated: bool) -> Expr:
    label = b.score_field(b.model.scores[item.score])
    least = item.bounds.least
    if item.exactly and least is not None:
        if least == 0:
            b.rests_on("is-zero-matches-empty")
        negative = Clause(label, "is not", (str(least),))
        if not negated:
            return Clause(label, "is", (str(least),))
        return (
            negative
            if least == 0 or b.fact("negative-operators-match-empty")
            else either(negative, Clause(label, "is", ("0",)))
        )
    return score_range(b, label, item.bounds, negated=negated)


def _grade_test(b: Builder, item: con.GradeTest, negated: bool) -> Expr:
    grade = b.model.grades[item.grade]
    position = LETTERS.index(item.letter)
    letters = {
        "is": LETTERS[position : position + 1],
        "at_least": LETTERS[position:],
        "below": LETTERS[:position],
    }[item.mode]
    wanted = tuple(letter for letter in LETTERS if (letter in letters) is not negated)
    found = Clause(letter_field(b, grade), "is", wanted)
    return either(found, Clause(letter_field(b, grade), "is empty")) if grade.start in wanted else found


def _band_test(b: Builder, item: con.BandTest, negated: bool) -> Expr:
    return band_expr(b, b.model.bands[item.band], item.labels, negated=negated)


# --- memberships ----------------------------------------------------------------------------------------------------------


def _mark(b: Builder, item: con.HasMark, negated: bool) -> Expr:
    return Clause("Member of List", "not in" if negated else "in", (mark_list(b, item.mark),))


def _segment(b: Builder, item: con.InSegment, negated: bool) -> Expr:
    return Clause("Member of Smart List", "not in" if negated else "in", (segment_list(b, item.segment),))


def _member(b: Builder, item: con.MemberOf, negated: bool) -> Expr:
    asset = b.model.assets[item.asset]
    names = asset.texts_on("marketo")
    word = "not in" if negated else "in"
    if asset.kinds == ("list",):
        for name in names:
            b.static_list(name, "", given=True)
        return Clause("Member of List", word, names)
    statuses = (Constraint("Status", "is", item.statuses),) if item.statuses else ()
    rule = "Member of SFDC Campaign" if asset.kinds == ("campaign",) else "Member of Program"
    for name in names:
        b.require(rule.removeprefix("Member of "), name, f"Marketo shows “{name}”.")
    if negated and statuses:
        return _listed(
            b, Clause(rule, "in", names, "", statuses), f"{rule} {' '.join(names)} {' '.join(item.statuses)}"
        )
    return Clause(rule, word, names, "", statuses)


def _opportunity(b: Builder, item: con.HasOpportunity, negated: bool) -> Expr:
    b.rests_on("opportunity-triggers")
    extra = {
        "any": (),
        "won": (Constraint("Is Won", "is", ("true",)),),
        "lost": (Constraint("Is Closed", "is", ("true",)), Constraint("Is Won", "is", ("false",))),
        "open": (Constraint("Is Closed", "is", ("false",)),),
    }[item.kind]
    found = Clause("Has Opportunity", "is", ("true",), "", extra)
    if not negated:
        return found
    return (
        _listed(b, found, f"has an opportunity {item.kind}")
        if extra
        else Clause("Has Opportunity", "is", ("false",))
    )


def _say_leads(b: Builder, item: con.CrmKind) -> None:
    """Marketo assigns by way of the CRM, where everybody is at least a lead."""
    tables = (b.model.rules, b.model.decay, b.model.thresholds)
    chains = (element.then for table in tables for element in table.values())
    assigns = any(isinstance(action, Assign) for chain in chains for action in chain)
    if assigns and item.kind != "contact" and b.element is not None:
        b.bounded(
            "assigned-become-leads",
            "Sync Person to SFDC makes a lead in the CRM of who is nobody there, and only then assigns.",
            "everybody without a CRM record who is assigned: a lead from then on",
            path=item.path,
            bounds=by_condition(b, item.path, when="no-crm-record"),
        )


def _crm(b: Builder, item: con.CrmKind, negated: bool) -> Expr:
    _say_leads(b, item)
    if item.kind == "none":
        return Clause("SFDC Type", "is not empty" if negated else "is empty")
    kind = item.kind.capitalize()
    if not negated:
        return Clause("SFDC Type", "is", (kind,))
    negative = Clause("SFDC Type", "is not", (kind,))
    return (
        negative
        if b.fact("negative-operators-match-empty")
        else either(negative, Clause("SFDC Type", "is empty"))
    )


def _assigned(b: Builder, item: con.Assigned, negated: bool) -> Expr:
    owner = "Sales Owner Email Address"
    b.require(
        "field",
        owner,
        f"The smart list filters list “{owner}”; else take the field that holds the owner's address.",
    )
    return Clause(owner, "is not empty" if item.value is not negated else "is empty")


def _mailable(b: Builder, item: con.Mailable, negated: bool) -> Expr:
    flags = ("Unsubscribed", "Email Invalid", "Marketing Suspended")
    if item.value is not negated:
        free: list[Expr] = [Clause(flag, "is", ("false",)) for flag in flags]
        if not b.fact("empty-boolean-is-false"):
            free = [
                either(clause, Clause(flag, "is empty")) for flag, clause in zip(flags, free, strict=True)
            ]
        return both(*free)
    return either(*(Clause(flag, "is", ("true",)) for flag in flags))


def _happened(b: Builder, item: con.Happened, negated: bool) -> Expr:
    if item.least <= 0:
        return _at_most(b, item, item.most or 0, negated=negated)
    enough = _count(b, item, item.least, negated=negated)
    if item.most is None:
        return enough
    few = _at_most(b, item, item.most, negated=negated)
    return either(enough, few) if negated else both(enough, few)


def _at_most(b: Builder, item: con.Happened, most: int, *, negated: bool) -> Expr:
    return _count(b, item, most + 1, negated=not negated)


def _count(b: Builder, item: con.Happened, least: int, *, negated: bool) -> Expr:
    ever = memory.remembered(b, item.event, least)
    if ever is not None:
        return Clause("Member of List", "not in" if negated else "in", (ever,))
    if negated and least == 1:
        found = events.absent(b, item.event, item.event.within)
        if found is not None:
            return found
    positive = events.happened(b, item.event, least, item.event.within)
    if not negated:
        return positive
    what = " ".join((item.event.verb, *item.event.objects, str(least), str(item.event.within or "ever")))
    return _listed(b, positive, what)


_Leaf = Callable[["Builder", Any, bool], "Expr"]

_LEAVES: dict[type, _Leaf] = {
    con.FieldTest: _field_test,
    con.ScoreTest: _score_test,
    con.GradeTest: _grade_test,
    con.BandTest: _band_test,
    con.HasMark: _mark,
    con.InSegment: _segment,
    con.MemberOf: _member,
    con.HasOpportunity: _opportunity,
    con.CrmKind: _crm,
    con.Assigned: _assigned,
    con.Mailable: _mailable,
    con.Happened: _happened,
}
"""How each condition is lowered; ``all``, ``any`` and ``not`` are above."""

assert set(TEXT_OPERATORS.values()) <= set(NEGATED)
