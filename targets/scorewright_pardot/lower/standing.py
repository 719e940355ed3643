"""What holds: facts, tiers and inputs, as points that rules give and take back, or as a field that rules set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from scorewright.model import conditions as con
from scorewright.model.values import Number
from scorewright_pardot.delays import RULES_TAKE
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.cases import (
    OTHERWISE,
    UNKNOWN,
    Case,
    asks_for_none,
    can_be_one,
    choice_of,
    choose,
    fact_of,
    left_out,
    test_of,
)
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.days import days_of
from scorewright_pardot.lower.expression import both, either
from scorewright_pardot.lower.fitting import fit
from scorewright_pardot.lower.following import follows, one_change_turns_both, there_for_a_day
from scorewright_pardot.lower.giving import Pool, clamped
from scorewright_pardot.lower.inputs import lower_input
from scorewright_pardot.lower.limited import PHASE_AWARDS, note_dates
from scorewright_pardot.lower.segments import population
from scorewright_pardot.objects import Act, AutomationRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.model.elements import Input, Rule, Tier
    from scorewright_pardot.lower.cases import Block, Choice
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["lower_standing"]


def lower_standing(cx: Context) -> None:
    """Every rule without ``on``, every tier, every input."""
    cx.pool, cx.blocks = Pool(cx), _blocks(cx)
    for rule in cx.model.rules.values():
        if not rule.on:
            _one(cx, rule, _keep if rule.keep else _fact)
            note_dates(cx, rule)
    for tier in cx.model.tiers.values():
        _one(cx, tier, _tier)
    for item in cx.model.inputs.values():
        _one(cx, item, lower_input)
    cx.pool.emit()


def _blocks(cx: Context) -> dict[str, tuple[Block, ...]]:
    """Which cases of each tier one pair of rules holds, looked at beside all that could be held by the same."""
    choices: dict[str, Choice] = {}
    for tier in cx.model.tiers.values():
        home = cx.homes.of[tier.score].kind
        worth = partial(clamped, cx, tier.score) if home == "field" else int
        choices[tier.key] = choice_of(tier, "set" if home in {"field", "formula"} else "take", worth)
    for rule in cx.model.rules.values():
        kinds = {"set" if cx.homes.of[key].kind in {"field", "formula"} else "take" for key, _ in rule.points}
        if not rule.on and not rule.keep and rule.active is None:
            choices.update({f"{kind} {rule.name} {rule.product}": fact_of(kind, rule.when) for kind in kinds})
    return choose(choices)


def _one(cx: Context, element: Rule | Tier | Input, lowering: Callable[[Context, Any], str]) -> None:
    cx.begin()
    try:
        message = lowering(cx, element)
    except CannotLowerError as error:
        cx.refuse(element, error)
        return
    name = (
        "read-only"
        if not message
        else "crm-formula"
        if message.startswith("the formula")
        else "custom-field"
        if message.startswith("a field")
        else "automation-rules"
    )
    cx.finish(element, name, message or "the field is the score; conditions read it")


def _fact(cx: Context, rule: Rule) -> str:
    holds, fails = (criteria(cx, rule.when, rule, holds=so) for so in (True, False))
    if rule.active is not None:
        days = days_of(cx, rule, rule.active)
        holds, fails = both(days.inside, holds), either(days.outside, fails)
    return cx.pool.take(rule, (Case("holds", holds, fails, rule.points),))


def _keep(cx: Context, rule: Rule) -> str:
    actions = cx.homes.adjust(cx, *cx.homes.vector(rule.points))
    worth = "_".join(str(number.value) for _, number in rule.points)
    tag = cx.tag(
        cx.names.tag("rules", rule.key, worth), rule, "Carries the points of an award that was given once."
    )
    cx.pool.keep(rule, tag)
    cx.rest_on("match-once-unless-repeat", "edits-keep-memory")
    tree = both(criteria(cx, rule.when, rule), population(cx))
    cx.edge(*cx.off(room.each_way(rule.points, room.missing), "crowded"))
    whole = fit(cx, tree, rule)
    if follows(cx, whole):
        tree = both(tree, there_for_a_day(cx))
        if one_change_turns_both(cx, whole):
            text = "once, the points for somebody for whom a list has not yet followed one of the changes it stands beside"
            more = cx.off(room.each_way(rule.points, room.moved), "turned-together")
            cx.bounded("lists-follow-late", text, bounds=more)
        else:
            cx.edge(*cx.off(room.each_way(rule.points, room.moved), "crowded"))
    if rule.active is not None and rule.active.last:
        text = (
            f"its points for somebody for whom it becomes so in the last {RULES_TAKE} hours of its last day"
        )
        cx.bounded("days-by-hand", text, bounds=cx.off(room.each_way(rule.points, room.missing)))
    _add(cx, rule, "once and for good", tree, (*actions, Act(ACTIONS["tag-add"].text, tag)), repeat=None)
    return "a rule that matches each person once"


def _add(
    cx: Context,
    element: Rule | Tier | Input,
    part: str,
    tree: Expression,
    actions: tuple[Act, ...],
    *,
    repeat: int | None,
    check: str = "Everybody for whom it is so today.",
) -> None:
    name = cx.names.rule(f"{element.path[0]} {element.key}", part)
    made = cx.made(element, "give-and-take" if repeat else "match-once")
    cx.add(AutomationRule(name, fit(cx, tree, element), actions, repeat, PHASE_AWARDS, check, made), name)


# --- tiers and inputs -----------------------------------------------------------------------------------------------


def _tier(cx: Context, tier: Tier) -> str:
    cx.homes.require(cx, tier.score, tier.path)
    return cx.pool.take(tier, tuple(_block(cx, tier, block) for block in cx.blocks[tier.key]))


def _block(cx: Context, tier: Tier, block: Block) -> Case:
    """Cases of one worth by one question, or, where there is none, by any of several."""
    points = ((tier.score, _worth(tier, block[0])),)
    slug = _slug(tier, block)
    if can_be_one(tier, block):
        return Case(slug, *_question(cx, tier, block), points)
    each = [_question(cx, tier, (place,)) for place in block]
    return Case(slug, either(*(holds for holds, _ in each)), both(*(fails for _, fails in each)), points)


def _question(cx: Context, tier: Tier, block: Block) -> tuple[Expression, Expression]:
    """That it is one of these cases, and that it is none of them."""
    known = frozenset((tier.field,)) if tier.field is not None else frozenset[str]()
    tests = [test_of(tier, place) for place in block if place >= 0]
    others = left_out(tier, block)
    if OTHERWISE in block or UNKNOWN in block:
        return _rest(cx, tier, block, others)
    given = frozenset[str]() if any(map(asks_for_none, tests)) else known
    holds = both(
        either(*(criteria(cx, test, tier, known=known) for test in tests)),
        *(criteria(cx, test, tier, holds=False, known=given) for test in others),
    )
    fails = (criteria(cx, test, tier, holds=False) for test in tests)
    return holds, either(both(*fails), *(criteria(cx, test, tier) for test in others))


def _rest(
    cx: Context, tier: Tier, block: Block, others: tuple[con.Condition, ...]
) -> tuple[Expression, Expression]:
    """Who is in none of the other cases: known, unknown, or both."""
    if tier.field is None or (OTHERWISE in block and UNKNOWN in block):
        none = (criteria(cx, test, tier, holds=False) for test in others)
        return both(*none), either(*(criteria(cx, test, tier) for test in others))
    is_known = con.FieldTest(tier.field, con.Known(known=True), path=tier.path)
    there, absent = criteria(cx, is_known, tier), criteria(cx, is_known, tier, holds=False)
    if OTHERWISE in block:
        known = frozenset((tier.field,))
        none = (criteria(cx, test, tier, holds=False, known=known) for test in others)
        return both(there, *none), either(absent, *(criteria(cx, test, tier) for test in others))
    asked = [test for test in others if asks_for_none(test)]
    nothing = both(absent, *(criteria(cx, test, tier, holds=False) for test in asked))
    return nothing, either(there, *(criteria(cx, test, tier) for test in asked))


def _worth(tier: Tier, place: int) -> Number:
    if place == OTHERWISE:
        return tier.otherwise
    return (tier.unknown or Number(0)) if place == UNKNOWN else tier.cases[place].points


_MOST_NAMED = 3


def _slug(tier: Tier, block: Block) -> str:
    """A short name for a block, by its cases."""
    slugs = {**dict(enumerate(_slugs(tier))), OTHERWISE: "otherwise", UNKNOWN: "unknown"}
    named = [slugs[place] for place in block]
    more = (f"{len(named) - _MOST_NAMED + 1}-more",) if len(named) > _MOST_NAMED else ()
    return "-and-".join((*named[: _MOST_NAMED - len(more)], *more))


def _slugs(tier: Tier) -> tuple[str, ...]:
    """A short name for each case, by its label; by its place where it has none, or another is called so too."""
    named = ["-".join(case.label.casefold().split()) for case in tier.cases]
    taken = {"", "holds", "otherwise", "unknown"}
    taken |= {name for name in named if named.count(name) > 1 or name.startswith("case-")}
    return tuple(
        f"{name or 'case'}-{place}" if name in taken else name for place, name in enumerate(named, 1)
    )
