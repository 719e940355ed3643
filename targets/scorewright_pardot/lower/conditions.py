"""Conditions as criteria, negation pushed down to what has a sound negative, through lists where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import conditions as con
from scorewright_pardot.lower import happened, remembered, values
from scorewright_pardot.lower.bands import label_tree
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both, either, leaf, tagged
from scorewright_pardot.lower.fitting import member, part, untagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.model.elements import Element
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["criteria", "plain_list", "segment_list"]

_LETTERS = (*(f"{letter}{sign}" for letter in "ABCD" for sign in ("+", "", "-")), "F")


def criteria(
    cx: Context,
    condition: con.Condition | None,
    element: Element,
    *,
    holds: bool = True,
    known: frozenset[str] = frozenset(),
) -> Expression:
    """A condition (or, with ``holds`` false, its negation) as a tree of criteria.

    ``known`` are fields that the criteria around it already require to be known.  Raises ``CannotLowerError``.
    """
    if condition is None:
        return both() if holds else either()
    if isinstance(condition, con.Not):
        return criteria(cx, condition.member, element, holds=not holds, known=known)
    if isinstance(condition, (con.All, con.AnyOf)):
        join = both if isinstance(condition, con.All) == holds else either
        return join(*(criteria(cx, item, element, holds=holds, known=known) for item in condition.members))
    if isinstance(condition, con.FieldTest):
        return values.field_test(cx, condition, element, holds=holds, known=known)
    return _SIMPLE[type(condition)](cx, condition, element, holds)


def _negated_by_list(cx: Context, tree: Expression, element: Element, holds: bool) -> Expression:
    """Negatives never match people without the record, so ask for those who are not among the positives."""
    if holds:
        return tree
    cx.rest_on("negatives-skip-missing-records")
    return member(cx, part(cx, tree, element), inside=False)


def _score(cx: Context, test: con.ScoreTest, _element: Element, holds: bool) -> Expression:
    return cx.homes.compare(cx, test.score, test.bounds, holds=holds, path=test.path)


def _grade(cx: Context, test: con.GradeTest, _element: Element, holds: bool) -> Expression:
    place = _LETTERS.index(test.letter)
    wanted = {
        "is": (test.letter,),
        "at_least": _LETTERS[: place + 1],
        "below": _LETTERS[place + 1 :],
    }[test.mode]
    cx.rest_on("criteria-labels", "grade-starts-at-d")
    letters = wanted if holds else tuple(letter for letter in _LETTERS if letter not in wanted)
    start = cx.model.grades[test.grade].start
    hidden = (leaf("grade", "", "empty"),) if start in letters else ()
    return either(*(leaf("grade", "", "is", letter) for letter in letters), *hidden)


def _band(cx: Context, test: con.BandTest, _element: Element, holds: bool) -> Expression:
    """A band's label is asked of the score itself, so that no field needs to have been written first."""
    return label_tree(cx, cx.model.bands[test.band], test.labels, holds=holds)


def _mark(cx: Context, test: con.HasMark, _element: Element, holds: bool) -> Expression:
    tag = cx.homes.tag_of(cx.model.marks[test.mark])
    return tagged(tag) if holds else untagged(cx, tag)


def plain_list(cx: Context, key: str) -> str:
    """The list that a segment is nothing but the members of; ``""`` for any other segment."""
    when = cx.model.segments[key].when
    asset = cx.model.assets[when.asset] if isinstance(when, con.MemberOf) else None
    names = asset.texts_on("pardot") if asset is not None and asset.kinds[0] == "list" else ()
    return names[0] if len(names) == 1 else ""


def segment_list(cx: Context, key: str) -> str:
    """The name of the list that holds a segment: its dynamic list, or the list that it names."""
    named = plain_list(cx, key)
    if named:
        return cx.need("list", named, cx.model.segments[key])
    return cx.names.list(f"segments {key}")


def _segment(cx: Context, test: con.InSegment, element: Element, holds: bool) -> Expression:
    if not plain_list(cx, test.segment):
        cx.rest_on("dynamic-list-lag")
        remembered.tell_within(cx, element, cx.model.segments[test.segment].when)
    return member(cx, segment_list(cx, test.segment), inside=holds)


def _member_of(cx: Context, test: con.MemberOf, element: Element, holds: bool) -> Expression:
    asset = cx.model.assets[test.asset]
    names = asset.texts_on("pardot")
    kind = asset.kinds[0]
    for name in names:
        cx.need(kind, name, element)
    if kind == "list":
        join = either if holds else both
        return join(*(member(cx, name, inside=holds) for name in names))
    in_campaign = either(
        *(leaf("campaign-status", name, "is", status) for name in names for status in test.statuses)
        if test.statuses
        else (leaf("campaign", name, "is") for name in names)
    )
    return _negated_by_list(cx, in_campaign, element, holds)


def _opportunity(cx: Context, test: con.HasOpportunity, element: Element, holds: bool) -> Expression:
    cx.rest_on("criteria-labels")
    kinds = ("open", "won", "lost") if test.kind == "any" else (test.kind,)
    tree = either(*(leaf("opportunity-status", "", "is", kind.capitalize()) for kind in kinds))
    return _negated_by_list(cx, tree, element, holds)


def _crm(cx: Context, test: con.CrmKind, element: Element, holds: bool) -> Expression:
    cx.rest_on("criteria-labels")
    if test.kind == "none":
        tree = either(leaf("crm-status", "", "is", "Lead"), leaf("crm-status", "", "is", "Contact"))
        return _negated_by_list(cx, tree, element, not holds)
    return _negated_by_list(cx, leaf("crm-status", "", "is", test.kind.capitalize()), element, holds)


def _assigned(_cx: Context, test: con.Assigned, _element: Element, holds: bool) -> Expression:
    return leaf("assignment", "", "is", "Assigned" if test.value == holds else "Unassigned")


def _mailable(cx: Context, test: con.Mailable, _element: Element, holds: bool) -> Expression:
    cx.rest_on("criteria-labels")
    return leaf("email-status", "", "is", "Opt In" if test.value == holds else "Do Not Email")


def _happened(cx: Context, test: con.Happened, element: Element, holds: bool) -> Expression:
    if test.most is not None or test.least != 1:
        return remembered.counted(cx, test, element, holds=holds)
    if test.event.verb == "unsubscribes":
        raise CannotLowerError(
            "no-criterion-for-it",
            "the platform remembers that somebody may not be mailed, whether they unsubscribed or were bounced for good, and "
            "forgets it when they opt in again",
            "ask for the state: mailable = false",
            test.path,
            ("criteria-labels",),
        )
    if test.event.verb == "joins" and test.event.where:
        raise CannotLowerError(
            "no-criterion-for-it",
            "a campaign keeps a member's present status, and none that it was before",
            'ask for the state: member_of = "…", with its status',
            test.path,
        )
    if happened.adds_itself(cx, (test.event,)):
        raise CannotLowerError(
            "no-criterion-for-it",
            "the model itself adds people to the campaign, which knows who is a member and not who joined",
            'ask for the state, member_of = "…"; or let actions add to another campaign',
            test.path,
        )
    remembered.tell_within(cx, element, test)
    return _negated_by_list(cx, happened.ever(cx, test.event, element), element, holds)


_SIMPLE: dict[type, Callable[[Context, Any, Element, bool], Expression]] = {
    con.ScoreTest: _score,
    con.GradeTest: _grade,
    con.BandTest: _band,
    con.HasMark: _mark,
    con.InSegment: _segment,
    con.MemberOf: _member_of,
    con.HasOpportunity: _opportunity,
    con.CrmKind: _crm,
    con.Assigned: _assigned,
    con.Mailable: _mailable,
    con.Happened: _happened,
}
