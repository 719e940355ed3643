"""What a rule may see that never was so: a dynamic list follows hours after what it asks for.

A rule that can take back what it gave puts such a mistake right.  One that acts for good must not make it: it waits until
the lists of somebody new are built, and is bounded where one change can turn a list and what stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright_pardot.labels import CRITERIA, OPERATORS, field_label
from scorewright_pardot.lower.expression import Node, both, leaf
from scorewright_pardot.lower.fitting import fit, member, part
from scorewright_pardot.lower.remembered import COUNTER
from scorewright_pardot.objects import Criterion, CustomField, DynamicList, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Element
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.objects import Criteria

__all__ = [
    "asks_a_list",
    "by_one_list",
    "follows",
    "lets_in_a_day_late",
    "lets_in_too_early",
    "new_people_slip_through",
    "one_change_turns_both",
    "there_for_a_day",
]

_LIST = CRITERIA["list"].text
_CREATED = "created"
_IS_NOT = OPERATORS["is-not"].text
_FIELDS = {CRITERIA[word].text for word in ("account-field", "custom-field", "default-field")}
_SCORES = {CRITERIA[word].text for word in ("score", "category")}
_COUNTERS = {"counter", COUNTER}
"""Fields to which actions on assets add."""
_BY_VERB = {
    "bounces": "mail",
    "joins": "campaign",
    "opportunity": "opportunity",
    "registers": "webinar",
    "attends": "webinar",
    "misses": "webinar",
    "resubscribes": "mail",
    "searches": "search",
    "unsubscribes": "mail",
}
"""Verbs whose events leave something of their own; the others leave what stands on assets."""
_KINDS = {
    CRITERIA[word].text: kind
    for word, kind in {
        "assignment": "owner",
        "campaign": "campaign",
        "campaign-status": "campaign",
        "crm-status": "crm",
        "email-status": "mail",
        "opportunity": "opportunity",
        "opportunity-status": "opportunity",
        "query": "search",
        "webinar": "webinar",
    }.items()
}


def there_for_a_day(cx: Context) -> Expression:
    """The prospect was created a day ago or earlier: every list has been built by then."""
    cx.rest_on("dynamic-list-lag", "clock-sweep-days")
    return leaf("time", _CREATED, "days-greater", 0 if cx.flag("days-greater-than-is-strict") else 1)


def follows(cx: Context, criteria: Criteria) -> bool:
    """Whether criteria ask for a dynamic list."""
    return any(_dynamic(cx, item) is not None for item in leaves(criteria))


def asks_a_list(cx: Context, tree: Expression) -> bool:
    """Whether a tree asks for a dynamic list."""
    if isinstance(tree, Criterion):
        return _dynamic(cx, tree) is not None
    return any(asks_a_list(cx, item) for item in tree.members)


def by_one_list(
    cx: Context,
    element: Element,
    holds: Expression,
    fails: Expression,
    *,
    in_time: bool = False,
    deep: bool = False,
) -> tuple[Expression, Expression]:
    """What only lists can tell, and its opposite, told by one list: two would follow one after the other, and contradict.

    Where there is ``in_time`` to wait, nobody new is on it before the lists that it leaves out are built.  What is too
    ``deep`` for the rule that asks it besides other things is told by a list as well, then.
    """
    deep = deep and any(_is_deep(tree) for tree in (holds, fails))
    if not deep and not any(follows(cx, fit(cx, tree, element)) for tree in (holds, fails)):
        return holds, fails
    if isinstance(holds, Criterion) and holds.what == _LIST:
        early = holds.operator == _IS_NOT or lets_in_too_early(cx, holds.of)
        if not (in_time and early):
            return holds, member(cx, holds.of, inside=holds.operator == _IS_NOT)
    name = part(cx, holds, element)
    if in_time and lets_in_too_early(cx, name):
        name = part(cx, both(holds, there_for_a_day(cx)), element)
        made = cx.objects[DynamicList, name]
        cx.objects[DynamicList, name] = made._replace(made=made.made._replace(lowering="settled-list"))
    return member(cx, name), member(cx, name, inside=False)


def _is_deep(tree: Expression) -> bool:
    """Whether a tree is groups of which any holds: in a rule that asks more, each of them would be a list."""
    return (
        isinstance(tree, Node)
        and tree.match == "any"
        and any(isinstance(item, Node) for item in tree.members)
    )


def new_people_slip_through(cx: Context, criteria: Criteria) -> bool:
    """Whether criteria hold of somebody new before the lists that they leave out are built, without any event."""
    every = tuple(leaves(criteria))
    early = [
        item
        for item in every
        if (found := _dynamic(cx, item)) is not None
        and (item.operator == _IS_NOT or lets_in_too_early(cx, found.name))
    ]
    scores = [item for item in every if item.what in _SCORES]
    return bool(early) and (not scores or any(_given_by_facts(cx, item) for item in scores))


def _given_by_facts(cx: Context, item: Criterion) -> bool:
    model = cx.model
    keys = [key for rule in model.rules.values() if not rule.on for key, _ in rule.points]
    keys += [tier.score for tier in model.tiers.values()] + [one.score for one in model.inputs.values()]
    return any(_moves(cx, item, key) for key in keys)


def lets_in_too_early(cx: Context, name: str) -> bool:
    """Whether a list, or one that it asks for, takes whoever is not yet on another list that is built."""
    made = cx.objects.get((DynamicList, name))
    if not isinstance(made, DynamicList):
        return False
    for item in leaves(made.criteria):
        found = _dynamic(cx, item)
        if found is not None and (item.operator == _IS_NOT or lets_in_too_early(cx, found.name)):
            return True
    return False


def lets_in_a_day_late(cx: Context, criteria: Criteria) -> bool:
    """Whether criteria ask for a list that nobody new is on before the lists that it leaves out are built."""
    lists = [found.criteria for item in leaves(criteria) if (found := _dynamic(cx, item)) is not None]
    return any(
        any(item.of == _CREATED for item in leaves(asked)) or lets_in_a_day_late(cx, asked) for asked in lists
    )


def one_change_turns_both(cx: Context, criteria: Criteria) -> bool:
    """Whether one thing that happens can turn both a list and another criterion, or two lists."""
    direct: set[str] = set()
    lists: list[set[str]] = []
    for item in leaves(criteria):
        found = _dynamic(cx, item)
        if found is None:
            direct |= _cells_of(cx, item)
        else:
            lists.append(_cells(cx, found, set()))
    seen = direct
    for cells in lists:
        if cells & seen:
            return True
        seen |= cells
    return False


def _dynamic(cx: Context, item: Criterion) -> DynamicList | None:
    made = cx.objects.get((DynamicList, item.of)) if item.what == _LIST else None
    return made if isinstance(made, DynamicList) else None


def _cells(cx: Context, item: DynamicList, met: set[str]) -> set[str]:
    """What turns a list, through the lists that it asks for."""
    met.add(item.name)
    cells: set[str] = set()
    for inner in leaves(item.criteria):
        found = _dynamic(cx, inner)
        if found is None:
            cells |= _cells_of(cx, inner)
        elif found.name not in met:
            cells |= _cells(cx, found, met)
    return cells


def _cells_of(cx: Context, item: Criterion) -> set[str]:
    """What has to change: a field or list by itself, one kind of event, or what stands on assets."""
    if item.what in _FIELDS:
        made = cx.objects.get((CustomField, item.of))
        if made is not None and made.made.lowering in _COUNTERS:
            return {"asset"}
        return {f"field {item.of}"}
    if item.what == _LIST:
        return {f"list {item.of}"}
    return {*_given_by(cx, item)} if item.what in _SCORES else {_KINDS.get(item.what, "asset")}


def _given_by(cx: Context, item: Criterion) -> Iterator[str]:
    """What turns a score: the events that are scored, and what its facts read."""
    model = cx.model
    yield "asset"
    for rule in model.rules.values():
        if any(_moves(cx, item, key) for key, _ in rule.points):
            yield from (_BY_VERB.get(event.verb, "asset") for event in rule.on)
            yield from () if rule.on else _read(cx, rule.when)
    for tier in model.tiers.values():
        if _moves(cx, item, tier.score):
            yield from (cell for case in tier.cases for cell in _read(cx, case.when))
            yield from _field(cx, tier.field)
    for one in model.inputs.values():
        yield from _field(cx, one.field) if _moves(cx, item, one.score) else ()


def _moves(cx: Context, item: Criterion, key: str) -> bool:
    categories, total = cx.homes.touches(key)
    named = {cx.homes.of[name].name for name in categories}
    return total if item.what == CRITERIA["score"].text else item.of in named


def _field(cx: Context, key: str | None) -> Iterator[str]:
    if key is not None:
        yield f"field {field_label(cx.model.fields[key])}"


def _read(cx: Context, condition: con.Condition | None) -> Iterator[str]:
    """What a condition reads, in segments too."""
    for item in con.walk(condition):
        match item:
            case con.FieldTest(field):
                yield from _field(cx, field)
            case con.InSegment(segment):
                yield from _read(cx, cx.model.segments[segment].when)
            case con.MemberOf(asset):
                yield "campaign"
                yield from (f"list {name}" for name in cx.model.assets[asset].texts_on("pardot"))
            case con.Happened(event):
                yield _BY_VERB.get(event.verb, "asset")
            case con.CrmKind():
                yield "crm"
            case con.Assigned():
                yield "owner"
            case con.Mailable():
                yield "mail"
            case con.HasOpportunity():
                yield "opportunity"
            case _:
                yield "asset"
