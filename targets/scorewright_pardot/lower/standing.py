"""What holds: facts, tiers and inputs, as points that rules give and take back, or as a field that rules set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.values import Bound, Bounds, Number
from scorewright_pardot.delays import RULES_TAKE
from scorewright_pardot.labels import ACTIONS, field_label
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError, Due
from scorewright_pardot.lower.expression import both, either, leaf, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.following import by_one_list, follows, one_change_turns_both, there_for_a_day
from scorewright_pardot.lower.limited import PHASE_AWARDS, note_dates
from scorewright_pardot.lower.scores import set_field_act
from scorewright_pardot.lower.segments import population
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import Act, AutomationRule, CustomField, Made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scorewright.model.elements import Input, Rule, Tier
    from scorewright.plugin.emulation import Bound as Off
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["lower_standing"]

_MOST_BANDS = 12
"""An input is lowered band by band up to so many values; beyond that it eats the quota of rules."""


class Case(NamedTuple):
    """One case: a short name for tags, when it is so, when it is not, and its points by score key."""

    slug: str
    holds: Expression
    fails: Expression
    points: tuple[tuple[str, Number], ...]


def lower_standing(cx: Context) -> None:
    """Every rule without ``on``, every tier, every input."""
    for rule in cx.model.rules.values():
        if not rule.on:
            _one(cx, rule, _keep if rule.keep else _fact)
            if rule.keep:
                note_dates(cx, rule)
    for tier in cx.model.tiers.values():
        _one(cx, tier, _tier)
    for item in cx.model.inputs.values():
        _one(cx, item, _input)


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
        else "custom-field"
        if message.startswith("a field")
        else "automation-rules"
    )
    cx.finish(element, name, message or "the field is the score; conditions read it")


def _fact(cx: Context, rule: Rule) -> str:
    if rule.active is not None:
        raise CannotLowerError(
            "rule-dates-of-a-fact",
            "points that hold while something is so must be taken back after the last day, and a paused rule takes nothing back",
            "leave active out and ask for the days in the condition, by a date field; or keep = true, which is not taken back",
            (*rule.path, "active"),
        )
    holds, fails = (criteria(cx, rule.when, rule, holds=so) for so in (True, False))
    return _cases(cx, rule, (Case("holds", holds, fails, rule.points),))


def _keep(cx: Context, rule: Rule) -> str:
    actions = cx.homes.adjust(cx, *cx.homes.vector(rule.points))
    worth = "_".join(str(number.value) for _, number in rule.points)
    tag = cx.tag(
        cx.names.tag("rules", rule.key, worth), rule, "Carries the points of an award that was given once."
    )
    cx.rest_on("match-once-unless-repeat", "edits-keep-memory")
    tree = both(criteria(cx, rule.when, rule), population(cx))
    cx.edge(*cx.off(room.each_way(rule.points, room.missing), "crowded"))
    whole = fit(cx, tree, rule)
    if follows(cx, whole):
        tree = both(tree, there_for_a_day(cx))
        if one_change_turns_both(cx, whole):
            text = "once, the points for somebody for whom a list has not yet followed one of the changes it stands beside"
            cx.bounded("lists-follow-late", text, bounds=cx.off(room.each_way(rule.points, room.moved)))
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
    return _cases(cx, tier, tuple(_tier_cases(cx, tier)))


def _tier_cases(cx: Context, tier: Tier) -> Iterable[Case]:
    """Each case without those above it, then who is known and in none, then who is unknown."""
    tests = [_test(tier, case.test, case.when) for case in tier.cases]
    known = frozenset((tier.field,)) if tier.field is not None else frozenset()
    slugs = _slugs(tier)
    for place, case in enumerate(tier.cases):
        above = [test for test in tests[:place] if not _apart(test, tests[place])]
        given = frozenset[str]() if _asks_for_none(tests[place]) else known
        holds = both(
            criteria(cx, tests[place], tier, known=known),
            *(criteria(cx, test, tier, holds=False, known=given) for test in above),
        )
        fails = either(
            criteria(cx, tests[place], tier, holds=False), *(criteria(cx, test, tier) for test in above)
        )
        yield Case(slugs[place], holds, fails, ((tier.score, case.points),))
    if tier.field is None:
        none = both(*(criteria(cx, test, tier, holds=False) for test in tests))
        yield Case(
            "otherwise",
            none,
            either(*(criteria(cx, test, tier) for test in tests)),
            ((tier.score, tier.otherwise),),
        )
        return
    is_known = con.FieldTest(tier.field, con.Known(known=True), path=tier.path)
    there, absent = criteria(cx, is_known, tier), criteria(cx, is_known, tier, holds=False)
    none = both(there, *(criteria(cx, test, tier, holds=False, known=known) for test in tests))
    some = either(absent, *(criteria(cx, test, tier) for test in tests))
    yield Case("otherwise", none, some, ((tier.score, tier.otherwise),))
    asked = [test for test in tests if _asks_for_none(test)]
    nothing = both(absent, *(criteria(cx, test, tier, holds=False) for test in asked))
    something = either(there, *(criteria(cx, test, tier) for test in asked))
    yield Case("unknown", nothing, something, ((tier.score, tier.unknown or Number(0)),))


def _slugs(tier: Tier) -> tuple[str, ...]:
    """A short name for each case, by its label; by its place where it has none, or another is called so too."""
    named = ["-".join(case.label.casefold().split()) for case in tier.cases]
    taken = {"", "holds", "otherwise", "unknown"}
    taken |= {name for name in named if named.count(name) > 1 or name.startswith("case-")}
    return tuple(
        f"{name or 'case'}-{place}" if name in taken else name for place, name in enumerate(named, 1)
    )


def _asks_for_none(test: con.Condition) -> bool:
    """Whether a case of its own is for those of whom the field is unknown."""
    return isinstance(test, con.FieldTest) and test.test == con.Known(known=False)


def _apart(one: con.Condition, other: con.Condition) -> bool:
    """Whether two whole texts can never both be the field's, so that neither needs to leave the other out."""
    found = []
    for test in (one, other):
        inner = test.test if isinstance(test, con.FieldTest) else None
        if isinstance(inner, con.Is):
            found.append({str(value).casefold() for value in inner.values})
        elif isinstance(inner, con.Matches) and inner.mode == "is":
            found.append({text.casefold() for text in inner.texts})
    return len(found) == 2 and not found[0] & found[1]


def _test(tier: Tier, test: con.Test | None, when: con.Condition | None) -> con.Condition:
    if tier.field is not None and test is not None:
        return con.FieldTest(tier.field, test, path=tier.path)
    assert when is not None
    return when


def _input(cx: Context, item: Input) -> str:
    home = cx.homes.require(cx, item.score, (*item.path, "score"))
    field = cx.model.fields[item.field]
    moves_others = any((*cx.homes.moves(item.score, 1)[0], cx.homes.moves(item.score, 1)[1]))
    if home.kind == "field" and home.name == field_label(field) and not moves_others:
        cx.need(f"{field.of} field", home.name, item, "type Number")
        return ""
    low = item.at_least.value if item.at_least is not None else None
    high = item.at_most.value if item.at_most is not None else None
    if low is None or high is None or high - low > _MOST_BANDS or item.percent != 100:
        raise CannotLowerError(
            "input-needs-bands",
            "no action adds the value of a field to a score",
            f"bound it by at_least and at_most to {_MOST_BANDS} values or fewer, or let the score be a fit score of this "
            "field alone, without bounds",
            item.path,
        )
    return _cases(cx, item, tuple(_input_cases(cx, item, low, high)))


def _input_cases(cx: Context, item: Input, low: int, high: int) -> Iterable[Case]:
    """A case for each value; what lies beyond a bound counts as the bound, and no value for nothing."""
    known = con.FieldTest(item.field, con.Known(known=True), path=item.path)
    some, none = (criteria(cx, known, item, holds=so) for so in (True, False))
    yield Case("unknown", none, some, ((item.score, Number(0)),))
    for value in range(low, high + 1):
        least = None if value == low else Bound(Number(value), inclusive=True)
        most = None if value == high else Bound(Number(value), inclusive=True)
        test = con.FieldTest(item.field, con.Range(Bounds(least, most)), path=item.path)
        holds, fails = (criteria(cx, test, item, holds=so) for so in (True, False))
        yield Case(f"is-{value}", holds, fails, ((item.score, Number(value)),))


# --- give and take --------------------------------------------------------------------------------------------------


def _cases(cx: Context, element: Rule | Tier | Input, cases: tuple[Case, ...]) -> str:
    """Give what a case is worth when it begins and take it back when it ends; scores in fields are set instead."""
    told = (by_one_list(cx, element, case.holds, case.fails, in_time=True) for case in cases)
    cases = tuple(
        case._replace(holds=holds, fails=fails) for case, (holds, fails) in zip(cases, told, strict=True)
    )
    score_keys = dict.fromkeys(key for case in cases for key, _ in case.points)
    for key in score_keys:
        cx.homes.require(cx, key, element.path)
        _check_clamps(cx, key)
    _leaving(cx, element, cases)
    done = []
    fields = [key for key in score_keys if cx.homes.of[key].kind in {"field", "formula"}]
    for key in fields:
        _set_field(cx, element, key, cases)
        done.append("a field that rules set")
    if any(
        any(cx.homes.vector(case.points)[0].values()) or cx.homes.vector(case.points)[1] for case in cases
    ):
        _give_and_take(cx, element, cases)
        done.insert(0, "rules that give, and take back when it ends; the tag carries the points")
    return " and ".join(done) or "a case worth nothing needs no rule"


def _leaving(cx: Context, element: Rule | Tier | Input, cases: tuple[Case, ...]) -> None:
    """One change may end a case and take the person out of the population: the list of whom is scored follows later.

    Outside, the points stand still as they are shown then: those of another case at most.
    """
    guard = population(cx)
    turning = (fit(cx, both(tree, guard), element) for case in cases for tree in (case.holds, case.fails))
    if guard == both() or not any(one_change_turns_both(cx, item) for item in turning):
        return
    spread: dict[str, room.Room] = {}
    for key in dict.fromkeys(key for case in cases for key, _ in case.points):
        worth = [0, *(number.value for case in cases for name, number in case.points if name == key)]
        spread[key] = (min(worth) - max(worth), max(worth) - min(worth))
    text = "the points of another case, while outside, for somebody whom one change takes out of the population and out of a case"
    cx.bounded("lists-follow-late", text, "dynamic-list-lag", bounds=cx.off(spread, "outside"))


def _give_and_take(cx: Context, element: Rule | Tier | Input, cases: tuple[Case, ...]) -> None:
    worth = [case for case in cases if any(number.value for _, number in case.points)]
    tags = [_points_tag(cx, element, case) for case in worth]
    free = untagged(cx, *tags)
    guard = population(cx)
    cx.rest_on("match-once-unless-repeat")
    repeat = cx.repeat
    spilled = _spilled(cx, worth)
    for case, tag in zip(worth, tags, strict=True):
        categories, total = cx.homes.vector(case.points)
        give = cx.homes.adjust(cx, categories, total, bounds=spilled)
        take = cx.homes.adjust(cx, {key: -value for key, value in categories.items()}, -total, bounds=spilled)
        put, drop = Act(ACTIONS["tag-add"].text, tag), Act(ACTIONS["tag-remove"].text, tag)
        label = f"{case.slug}, " if len(cases) > 1 else ""
        moved = frozenset(key for key, value in categories.items() if value)
        cx.due.append(Due(moved, bool(total), (tagged(tag), case.fails)))
        outside = guard != both()
        stirred = {
            key: (None, None) for key in (*moved, *_overall(cx, total)) if outside or _stirred(cx, key)
        }
        cx.edge(*cx.off(stirred, "crowded", feeds=False))
        begins, ends = both(case.holds, free, guard), both(tagged(tag), case.fails, guard)
        _add(cx, element, f"{label}give", begins, (*give, put), repeat=repeat)
        check = "Nobody, before the rules that give have run."
        _add(cx, element, f"{label}take back", ends, (*take, drop), repeat=repeat, check=check)


def _spilled(cx: Context, worth: list[Case]) -> tuple[Off, ...]:
    """What an overall score that follows its categories is off by: a case's points, and what its bounds cut of another's."""
    total = cx.homes.total
    if total is None:
        return ()
    sums = [0, *(sum(cx.homes.vector(case.points)[0].values()) for case in worth)]
    low, high, score = min(sums), max(sums), cx.model.scores[total]
    most = max(high, -low)
    spread: room.Room = (
        -most if score.ceiling is None else min(-most, low - high),
        most if score.floor is None else max(most, high - low),
    )
    return cx.off({total: spread}, feeds=False)


def _overall(cx: Context, total: int) -> tuple[str, ...]:
    return (cx.homes.total,) if total and cx.homes.total is not None else ()


def _stirred(cx: Context, key: str) -> bool:
    """Whether it matters when points come and go: a clamp, a decay or a reset stands between."""
    score = cx.model.scores[key]
    tables = (cx.model.rules, cx.model.thresholds, cx.model.decay)
    actions = (action for table in tables for element in table.values() for action in element.then)
    return (
        score.floor is not None
        or score.ceiling is not None
        or any(decay.score == key for decay in cx.model.decay.values())
        or any(isinstance(action, act.Reset) and action.score == key for action in actions)
    )


def _points_tag(cx: Context, element: Rule | Tier | Input, case: Case) -> str:
    worth = "_".join(str(number.value) for _, number in case.points)
    slug = () if case.slug == "holds" else (case.slug,)
    name = cx.names.tag(str(element.path[0]), element.key, *slug, worth)
    return cx.tag(name, element, "Carries the points that were given, so that the same number is taken back.")


def _set_field(cx: Context, element: Rule | Tier | Input, key: str, cases: tuple[Case, ...]) -> None:
    """The score is one source's worth, so a field holds it: a rule a case, no tag and nothing to take back."""
    score = cx.model.scores[key]
    field = cx.homes.source_field(key, element)
    why = f"Holds points of the score {score.title!r}, which are not in the overall score."
    cx.add(CustomField(field, field_id(field), "number", Made((score.name,), "score-field", why)), field)
    repeat = cx.repeat
    if population(cx) != both():  # what has not yet followed stands still outside
        cx.edge(*cx.off({key: (None, None)}, "crowded"))
    by_value: dict[int, list[Expression]] = {}
    for case in cases:
        number = next(number.value for name, number in case.points if name == key)
        by_value.setdefault(_clamped(cx, key, number), []).append(case.holds)
    if len(cases) == 1:
        by_value.setdefault(_clamped(cx, key, 0), []).append(cases[0].fails)
    for value, trees in by_value.items():
        other = [
            leaf("custom-field", field, "less", value),
            leaf("custom-field", field, "greater", value),
        ]
        empty = [leaf("custom-field", field, "empty")] if value else []
        tree = both(either(*trees), either(*other, *empty), population(cx))
        check = "Everybody whose field does not show it yet."
        _add(
            cx,
            element,
            f"set {field} to {value}",
            tree,
            (set_field_act(field, value),),
            repeat=repeat,
            check=check,
        )


def _clamped(cx: Context, key: str, value: int) -> int:
    """A source that is the whole score is clamped here; a formula clamps its sum itself."""
    score = cx.model.scores[key]
    if cx.homes.of[key].kind == "formula":
        return value
    if score.floor is not None:
        value = max(value, score.floor.value)
    return value if score.ceiling is None else min(value, score.ceiling.value)


def _check_clamps(cx: Context, key: str) -> None:
    """A fit score is the clamped sum of what holds; moved by give and take it may only have clamps that never bind."""
    score = cx.model.scores[key]
    in_field = cx.homes.of[key].kind in {"field", "formula"} and key not in cx.homes.inside
    if score.kind != "fit" or in_field or not cx.homes.clamps_bind(key):
        return
    low, high = cx.homes.reach(key)
    above = score.ceiling is not None and high > score.ceiling.value
    raise CannotLowerError(
        "clamp-of-several-facts",
        f"the facts of {score.title!r} add up to between {low} and {high}, and no rule clamps what is added and taken back",
        "leave floor and ceiling out, choose points that stay within them, or keep it out of the overall score, so that a "
        "Salesforce formula adds it up",
        (*score.path, "ceiling" if above else "floor"),
    )
