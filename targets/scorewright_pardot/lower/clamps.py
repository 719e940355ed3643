"""Scores themselves: where each lives, its floor, its ceiling, its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright.model.elements import Rule
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.by_turns import by_turns
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.fitting import everybody, fit
from scorewright_pardot.lower.mirror import lower_mirror
from scorewright_pardot.lower.scores import set_score_act
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import (
    AutomationRule,
    Category,
    FormulaField,
    Made,
)

if TYPE_CHECKING:
    from scorewright.model.elements import Decay, Input, Score, Step, Tier
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.residual import Settled

__all__ = ["lower_scores"]

PHASE_STARTS = 20
PHASE_CLAMPS = 40

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
            and home.kind not in {"field", "formula", "sum"}
            and _binds(cx, score, key, bound.value)
        ):
            _clamp(cx, score, key, bound.value)
        elif bound is not None and home.kind in {"overall", "category"}:
            off = (
                (None, 0) if key == "floor" else (0, None)
            )  # nothing here moves it so far; only what was there before
            cx.edge(*cx.off({score.key: off}, "existing", feeds=False))
    if score.start is not None and score.start.value:
        _start(cx, score, score.start.value)


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
    cx.add(Category(name, folder, assets, cx.made(score, "category", why)), name)


def _formula(cx: Context, score: Score) -> None:
    """What must be made in Salesforce: a formula over the sources' fields, with the score's bounds."""
    sources = [
        cx.homes.source_field(score.key, element) for element in _givers(cx) if _gives(cx, element, score.key)
    ]
    formula = " + ".join(f"BLANKVALUE({field_id(name)}__c, 0)" for name in sources) or "0"
    if score.floor is not None:
        formula = f"MAX({formula}, {score.floor.value})"
    if score.ceiling is not None:
        formula = f"MIN({formula}, {score.ceiling.value})"
    name = cx.homes.of[score.key].name
    made = Made((score.name,), "formula-field", score.why or _FORMULA_WHY, ("formula-syncs-back",))
    cx.add(FormulaField(name, formula, tuple(sources), made), name)


def _givers(cx: Context) -> tuple[Rule | Tier | Input, ...]:
    return (*cx.model.rules.values(), *cx.model.tiers.values(), *cx.model.inputs.values())


def _gives(cx: Context, element: Rule | Tier | Input, key: str) -> bool:
    keys = [name for name, _ in element.points] if isinstance(element, Rule) else [element.score]
    return any(key in _chain(cx, name) for name in keys)


def _chain(cx: Context, key: str) -> list[str]:
    found = [key]
    while (feeds := cx.model.scores[found[-1]].feeds) is not None:
        found.append(feeds)
    return found


def _binds(cx: Context, score: Score, key: str, bound: int) -> bool:
    """Whether anything can take the score past its bound."""
    low, high = cx.homes.reach(score.key)
    events = [
        number.value
        for rule in cx.model.rules.values()
        if rule.on
        for name, number in rule.points
        if score.key in _chain(cx, name)
    ]
    if score.kind == "combined" or any(key == "ceiling" or points < 0 for points in events):
        return True
    fallen = _fallen(cx, score)
    if key == "floor" and fallen and min(fallen) - high < bound:
        return True  # what a fact gave may be gone when it is taken back
    lifted = [*fallen, *([] if score.floor is None else [score.floor.value])]
    if key == "ceiling" and lifted and max(lifted) - low > bound:
        return True  # likewise for what a fact took
    sinking = any(
        any(step.set_to is not None and step.set_to.value < bound for step in decay.steps)
        or (0 if decay.stop_at is None else decay.stop_at.value) < bound
        for decay in cx.model.decay.values()
        if decay.score == score.key
    )
    start = 0 if score.start is None else score.start.value
    return high + max(start, 0) > bound if key == "ceiling" else start + low < bound or sinking


def _fallen(cx: Context, score: Score) -> list[int]:
    """Where decay and resets can leave a score, whatever facts have given before."""
    found = [0 if decay.stop_at is None else decay.stop_at.value for decay in _decays(cx, score)]
    for decay in _decays(cx, score):
        found += [step.set_to.value for step in decay.steps if step.set_to is not None]
    then = (
        element.then
        for group in (cx.model.thresholds, cx.model.rules, cx.model.decay)
        for element in group.values()
    )
    return found + [
        item.to.value
        for actions in then
        for item in actions
        if isinstance(item, Reset) and item.score == score.key
    ]


def _decays(cx: Context, score: Score) -> list[Decay]:
    return [decay for decay in cx.model.decay.values() if decay.score == score.key]


def _steps(cx: Context, score: Score) -> list[Step]:
    return [step for decay in _decays(cx, score) for step in decay.steps]


def _clamp(cx: Context, score: Score, key: str, bound: int) -> None:
    home = cx.homes.of[score.key]
    if home.kind != "overall":
        raise CannotLowerError(
            "category-cannot-be-set",
            f"nothing keeps a score at its {key} but the overall one, and fields that rules set",
            f"{cx.homes.instead_of_category(score.key)}; or leave the {key} out, or choose points that stay within it",
            (*score.path, key),
            ("category-only-adjusts",),
        )
    cx.homes.alone(cx, (*score.path, key))
    below = key == "floor"
    tree = cx.homes.between(cx, score.key, None if below else bound + 1, bound - 1 if below else None)
    name = cx.names.rule(f"scores {score.key}", f"{key} {bound}")
    cx.rest_on("sets-jump-back")
    days = "a day" if cx.repeat == 1 else f"{cx.repeat} days"
    text = (
        f"points earned below {bound} before the rule's next look, up to {days} later, are lost"
        if below
        else f"points lost above {bound} before the rule's next look, up to {days} later, do not count: the score ends too "
        "high by as many"
    )
    values = [*_clamped_off(cx, score, below=below)]
    turns = by_turns(cx, score, bound, below=below)
    if turns.bounds:
        text += f"; {turns.words}"
        values += turns.bounds
    if score.kind == "combined":
        text += (
            f"; the sum of the parts is not kept: what is below {bound} is forgotten, and what they earn then counts whole"
            if below
            else f"; the sum of the parts is not kept: what is above {bound} is forgotten, and what they lose then counts whole"
        )
    before = cx.bounds.pop("clamped-later", None)
    words = f"{before.words}; {text}" if before is not None else text
    cx.bounded("clamped-later", words, bounds=(*(before.bounds if before is not None else ()), *values))
    check = f"Everybody {'below' if below else 'above'} {bound} today."
    made = cx.made(score, "clamp")
    action = (set_score_act(bound),)
    cx.add(
        AutomationRule(name, fit(cx, tree, score), action, cx.repeat, PHASE_CLAMPS, check, made),
        name,
    )


def _clamped_off(cx: Context, score: Score, *, below: bool) -> tuple[Bound, ...]:
    """Points are lost (or kept) in a race with the rule; a sum that is set forgets for good how far it was beyond."""
    race = cx.off({score.key: (None, 0) if below else (0, None)}, "crowded", feeds=False)
    if score.kind != "combined":
        return race
    return (*race, *cx.off({score.key: (0, None) if below else (None, 0)}, feeds=False))


def _without_record(cx: Context, score: Score) -> Bound:
    """Nothing is shown where the sum of all that may hold, within its bounds, is meant."""
    low, high = (_within(score, number) for number in cx.homes.reach(score.key))
    return Bound(f"score {score.key}", min(0, -high), max(0, -low), "no-crm-record")


def _within(score: Score, number: int) -> int:
    number = number if score.floor is None else max(number, score.floor.value)
    return number if score.ceiling is None else min(number, score.ceiling.value)


def _start(cx: Context, score: Score, points: int) -> None:
    """Everybody gets the start, once, by a rule: people who come later too, and whoever is outside the population."""
    cx.rest_on("match-once-unless-repeat", "first-run-searches-everyone")
    actions = cx.homes.adjust(cx, *cx.homes.begins(score.key, points))
    rule = cx.names.rule(f"scores {score.key}", f"start at {points}")
    # Whoever had points before gets these on top: nothing can tell them from somebody new.
    echo = room.owner_worth(cx.model, score.key)
    low, high = room.moved(points)
    more: room.Room = (None if low is None else low - echo, None if high is None else high + echo)
    if any(step.percent is not None or step.level.lower or step.level.upper for step in _steps(cx, score)):
        more = (None, None)  # another score, another step: what a decay takes of it differs too
    cx.edge(*cx.off({score.key: more}, "existing", feeds=False))
    check = "Everybody who is there today."
    cx.add(
        AutomationRule(rule, everybody(), actions, None, PHASE_STARTS, check, cx.made(score, "start")), rule
    )
