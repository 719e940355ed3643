"""Scores themselves: where each lives, its floor, its ceiling, its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.elements import Input, Rule
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_pardot.labels import field_label
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.begun import begun, lifted_to
from scorewright_pardot.lower.binding import binds, chain, decays, resets, within
from scorewright_pardot.lower.by_turns import by_turns
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both
from scorewright_pardot.lower.fitting import everybody, fit
from scorewright_pardot.lower.inputs import in_formula
from scorewright_pardot.lower.levels import PHASE_CLAMPS, by_coins, half_way
from scorewright_pardot.lower.mirror import PHASE_STARTS, lower_mirror
from scorewright_pardot.lower.scores import set_field_act, set_score_act
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import (
    AutomationRule,
    Category,
    CustomRedirect,
    FormulaField,
    Made,
)

if TYPE_CHECKING:
    from scorewright.model.elements import Score, Step, Tier
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.residual import Settled

__all__ = ["lower_scores"]


_FORMULA_WHY = "No rule adds fields up; Salesforce does."

_MESSAGES = {
    "overall": ("overall", "the prospect score"),
    "category": ("category", "a scoring category, moved by its folder's assets and by rules"),
    "field": ("custom-field", "a custom field that rules set; it is not in the overall score"),
    "formula": ("crm-formula", "a Salesforce formula adds up one field a source"),
    "inside": ("overall", "in the overall score only"),
    "sum": ("nothing-to-build", "asked of its parts, value by value"),
}


def lower_scores(cx: Context, settled: Settled) -> None:
    """Every score."""
    for score in cx.model.scores.values():
        cx.begin()
        try:
            _score(cx, score, settled)
        except CannotLowerError as error:
            cx.refuse(score, error)
            continue
        if cx.homes.of[score.key].kind == "formula":
            text = "people without a lead or contact in Salesforce have no sum, so nothing of this score, until they have one"
            cx.bounded(
                "formula-needs-crm-record", text, "formula-syncs-back", bounds=[_without_record(cx, score)]
            )
        cx.finish(score, *_MESSAGES[cx.homes.of[score.key].kind])
        if cx.homes.of[score.key].kind == "formula":
            message = "somebody with access to Salesforce makes the formula field; people without a CRM record have no sum"
            cx.note(score, "formula-in-salesforce", Result.BY_HAND, message, facts=("formula-syncs-back",))


def _score(cx: Context, score: Score, settled: Settled) -> None:
    home = cx.homes.require(cx, score.key, score.path)
    if home.kind == "category":
        _category(cx, score, settled)
    if score.key in cx.homes.mirrored:
        lower_mirror(cx, score)
    if home.kind == "formula":
        _formula(cx, score)
    if home.kind in {"inside", "sum"}:
        text = "its value cannot be seen by itself on the platform; every handoff is as it should be"
        cx.bounded("score-not-kept-apart", text, bounds=[Bound("*", None, None)])
    for key, bound in (("floor", score.floor), ("ceiling", score.ceiling)):
        if (
            bound is not None
            and score.key not in cx.homes.levelled
            and not cx.homes.is_moot(score.key)
            and (home.kind not in {"field", "formula", "sum"} or score.key in cx.homes.mirrored)
            and binds(cx.model, score, key, bound.value)
        ):
            _clamp(cx, score, key, bound.value)
        elif bound is not None and home.kind in {"overall", "category"}:
            off = (
                (None, 0) if key == "floor" else (0, None)
            )  # nothing here moves it so far; only what was there before
            cx.edge(*cx.off({score.key: off}, "existing", feeds=False))
    if score.start is not None and score.start.value and score.key not in cx.homes.mirrored:
        _start(cx, score, within(score, score.start.value))


def _category(cx: Context, score: Score, settled: Settled) -> None:
    name = cx.homes.of[score.key].name
    assets = tuple(settled.folders.get(score.key, ()))
    why = score.why or "A score beside the overall one."
    folder = f"{cx.names.prefix} {name}"
    cx.rest_on("category-quota", "category-row-points")
    if cx.homes.sinks(score.key) and not cx.flag("category-below-zero"):
        raise CannotLowerError(
            "category-stops-at-zero",
            "a scoring category stops at 0, and this score can go below it",
            "give it no negative points and no facts that end after a decay, or make it the overall score",
            score.path,
            ("category-below-zero",),
        )
    if score.floor is not None and score.floor.value < 0:  # who is there already may stand below 0
        cx.rest_on("category-below-zero")
    for kind, asset in assets:
        if kind == "ad":
            cx.add(
                CustomRedirect(asset, cx.made(score, "category-asset", "Clicks on the ad go through it.")),
                asset,
            )
        else:
            cx.need("custom redirect" if kind == "link" else kind, asset, score)
    cx.add(Category(name, folder, assets, cx.made(score, "category", why)), name)


def _formula(cx: Context, score: Score) -> None:
    """What must be made in Salesforce: a formula over the sources' fields, with the score's bounds."""
    terms: list[str] = []
    sources: list[str] = []
    for element in _givers(cx):
        if _gives(cx, element, score.key):
            direct = in_formula(cx, element) if isinstance(element, Input) else ""
            source = (
                field_label(cx.model.fields[element.field]) if direct and isinstance(element, Input) else ""
            )
            sources.append(source or cx.homes.source_field(score.key, element))
            terms.append(direct or f"BLANKVALUE({field_id(sources[-1])}__c, 0)")
    formula = " + ".join(terms) or "0"
    if score.floor is not None:
        formula = f"MAX({formula}, {score.floor.value})"
    if score.ceiling is not None:
        formula = f"MIN({formula}, {score.ceiling.value})"
    name = cx.homes.of[score.key].name
    made = Made((score.name,), "formula-field", score.why or _FORMULA_WHY, ("formula-syncs-back",))
    cx.add(FormulaField(name, formula, tuple(dict.fromkeys(sources)), made), name)


def _givers(cx: Context) -> tuple[Rule | Tier | Input, ...]:
    return (*cx.model.rules.values(), *cx.model.tiers.values(), *cx.model.inputs.values())


def _gives(cx: Context, element: Rule | Tier | Input, key: str) -> bool:
    keys = [name for name, _ in element.points] if isinstance(element, Rule) else [element.score]
    return any(key in chain(cx.model, name) for name in keys)


def _steps(cx: Context, score: Score) -> list[Step]:
    return [step for decay in decays(cx.model, score.key) for step in decay.steps]


def _clamp(cx: Context, score: Score, key: str, bound: int) -> None:
    home, below = cx.homes.of[score.key], key == "floor"
    if home.kind == "category":
        days, values = _by_coins(cx, score, key, bound)
    elif home.kind == "overall" or score.key in cx.homes.mirrored:
        days, values = cx.repeat, _by_setting(cx, score, key, bound)
    else:
        raise CannotLowerError(
            "no-home-for-score",
            f"the score is not kept apart from the total, so nothing can tell when it is past its {key}",
            f"{cx.homes.instead_of_category(score.key)}; or leave the {key} out, or choose points that stay within it",
            (*score.path, key),
            ("category-only-adjusts",),
        )
    later = "a day" if days == 1 else f"{days} days"
    text = (
        f"points earned below {bound} before the rule's next look, up to {later} later, are lost"
        if below
        else f"points lost above {bound} before the rule's next look, up to {later} later, do not count: the score ends too "
        "high by as many"
    )
    turns = by_turns(cx, score, bound, below=below)
    if turns.bounds:
        text += f"; {turns.words}"
        values = (*values, *turns.bounds)
    if score.kind == "combined":
        text += (
            f"; the sum of the parts is not kept: what is below {bound} is forgotten, and what they earn then counts whole"
            if below
            else f"; the sum of the parts is not kept: what is above {bound} is forgotten, and what they lose then counts whole"
        )
    before = cx.bounds.pop("clamped-later", None)
    words = f"{before.words}; {text}" if before is not None else text
    cx.bounded("clamped-later", words, bounds=(*(before.bounds if before is not None else ()), *values))


def _by_setting(cx: Context, score: Score, key: str, bound: int) -> tuple[Bound, ...]:
    """The overall score, or a field that mirrors one, is set to its bound at once; gives what the race leaves off."""
    home = cx.homes.of[score.key]
    if home.kind == "overall":
        cx.homes.alone(cx, (*score.path, key))
        cx.rest_on("sets-jump-back")
    below = key == "floor"
    tree = cx.homes.between(cx, score.key, None if below else bound + 1, bound - 1 if below else None)
    name = cx.names.rule(f"scores {score.key}", f"{key} {bound}")
    values = _clamped_off(cx, score, below=below)
    check = f"Everybody {'below' if below else 'above'} {bound} today."
    made = cx.made(score, "clamp")
    put = set_score_act(bound) if home.kind == "overall" else set_field_act(home.name, bound)
    rule = AutomationRule(name, fit(cx, tree, score), (put,), cx.repeat, PHASE_CLAMPS, check, made)
    cx.add(rule, name)
    return values


def _by_coins(cx: Context, score: Score, key: str, bound: int) -> tuple[int, tuple[Bound, ...]]:
    """A category comes back to its bound coin by coin: the days that takes, and what is off on the way."""
    below = key == "floor"
    far = _farthest(cx, score, bound, below=below)
    plan = by_coins(cx, score, key, far, often=bool(by_turns(cx, score, bound, below=below).bounds))
    under = half_way(plan)
    race: room.Room = (None, under) if below else (-under, None)
    there_before: room.Room = (None, 0) if below else (0, None)
    cx.edge(*cx.off({score.key: there_before}, "existing", feeds=False))
    return plan.days * cx.repeat, cx.off({score.key: race}, "crowded", feeds=False)


def _farthest(cx: Context, score: Score, bound: int, *, below: bool) -> int:
    """How far past its bound all that gives points to a score at once can bring it; more takes a day or some longer."""
    worths = tuple(cx.homes.worths(score.key))
    far = sum(max(0, -min(worth)) if below else max(0, *worth) for worth in worths)
    return far + (max(0, bound) if below else max(0, -bound))


def _clamped_off(cx: Context, score: Score, *, below: bool) -> tuple[Bound, ...]:
    """Points are lost (or kept) in a race with the rule; a sum that is set forgets for good how far it was beyond."""
    race = cx.off({score.key: (None, 0) if below else (0, None)}, "crowded", feeds=False)
    if score.kind != "combined":
        return race
    return (*race, *cx.off({score.key: (0, None) if below else (None, 0)}, feeds=False))


def _without_record(cx: Context, score: Score) -> Bound:
    """Nothing is shown where the sum of all that may hold, within its bounds, is meant."""
    low, high = (within(score, number) for number in cx.homes.reach(score.key))
    return Bound(f"score {score.key}", min(0, -high), max(0, -low), "no-crm-record")


def _start(cx: Context, score: Score, points: int) -> None:
    """Everybody gets the start, once, by a rule: people who come later too, and whoever is outside the population.

    Where a bound brings somebody new to a number first, it is what the start is more than that.
    """
    points -= lifted_to(cx, score)
    if not points:
        return
    cx.rest_on("match-once-unless-repeat", "first-run-searches-everyone")
    actions = cx.homes.adjust(cx, *cx.homes.begins(score.key, points))
    rule = cx.names.rule(f"scores {score.key}", f"start at {points}")
    # Whoever had points before gets these on top: nothing can tell them from somebody new.
    echo = room.owner_worth(cx.model, score.key)
    low, high = room.moved(points)
    more: room.Room = (None if low is None else low - echo, None if high is None else high + echo)
    if any(step.percent is not None or step.level.lower or step.level.upper for step in _steps(cx, score)):
        more = (None, None)  # another score, another step: what a decay takes of it differs too
    if resets(cx.model, score.key):
        more = (None, None)  # and a threshold that they open, or do not, resets it, or does not
    cx.edge(*cx.off({score.key: more}, "existing", feeds=False))
    check = "Everybody who is there today."
    first = begun(cx, (score.key,))
    if first != both():  # what comes before it is clamped at the bound, and not at the start
        cx.edge(*cx.off({score.key: (None, None)}, "crowded", feeds=False))
    whom = everybody() if first == both() else fit(cx, first, score)
    cx.add(AutomationRule(rule, whom, actions, None, PHASE_STARTS, check, cx.made(score, "start")), rule)
