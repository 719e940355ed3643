"""A step that is due is spent, whoever it is not for: who earns later in the same silence keeps it until the next step.

The platform's rule stays open for as long as somebody is silent.  Where points can come without ending a silence, a tag
says that the step has been, put by the step itself and, on whom it has nothing to do with, by a rule beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.expression import both, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.happened import active_within
from scorewright_pardot.objects import Act, AutomationRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Decay, Rule, Step
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = [
    "NOBODY_YET",
    "PHASE_DECAY",
    "Range",
    "earned_in_a_silence",
    "has_been",
    "joined",
    "none_of",
    "only_lowers",
]

PHASE_DECAY = 50
NOBODY_YET = "Nobody, before the decay has run."

Range = tuple["int | None", "int | None"]
"""Scores from one to the other; ``None``: open."""


def earned_in_a_silence(cx: Context, decay: Decay) -> bool:
    """Whether what is no activity, neither here nor for the spec, can bring the score to where a step acts.

    That is an event which does not count, what holds (a fact, a tier, an input), and a reset.
    """
    falls_too = not all(only_lowers(step) for step in decay.steps)
    moving = any(
        (value > 0 or (value < 0 and falls_too)) and _moves(cx, key, decay.score)
        for key, value in _moved(cx, decay)
    )
    return moving or any(
        isinstance(action, act.Reset) and action.score == decay.score and (action.to.value > 0 or falls_too)
        for table in (cx.model.rules, cx.model.thresholds, cx.model.decay)
        for element in table.values()
        for action in element.then
    )


def only_lowers(step: Step) -> bool:
    """Whether a step sets whoever is above its value, all of them: who has been there falls into nothing."""
    level = step.level
    return (
        step.set_to is not None
        and level.least is not None
        and level.most is None
        and level.least >= step.set_to.value
    )


def _moved(cx: Context, decay: Decay) -> Iterator[tuple[str, int]]:
    """Scores, and what moves them without ending a silence; what holds comes and goes, so it moves them up too."""
    model = cx.model
    for rule in model.rules.values():
        if not rule.on:
            yield from ((key, abs(number.value)) for key, number in rule.points)
        elif _goes_uncounted(cx, decay, rule):
            yield from ((key, number.value) for key, number in rule.points)
    for tier in model.tiers.values():
        worth = (tier.otherwise, tier.unknown, *(case.points for case in tier.cases))
        yield tier.score, int(any(number is not None and number.value for number in worth))
    for item in model.inputs.values():
        yield item.score, 1


def _goes_uncounted(cx: Context, decay: Decay, rule: Rule) -> bool:
    """Whether an event of a rule ends no silence; where awards count, an award that it gives does."""
    if decay.activity == ("awards",):
        return False
    counted = {*str(cx.facts["activity-kinds"]).split(), *decay.activity}
    return any(event.verb not in counted for event in rule.on)


def _moves(cx: Context, key: str, score: str) -> bool:
    categories, total = cx.homes.touches(key)
    return score in categories or (total and cx.homes.of[score].kind == "overall")


def joined(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The same scores in as few ranges as can be, lowest first."""
    found: list[Range] = []
    for least, most in sorted(ranges, key=lambda item: (item[0] is not None, item[0] or 0)):
        before = found[-1] if found else None
        if before is not None and (before[1] is None or least is None or least <= before[1] + 1):
            ends = (before[1], most)
            found[-1] = (before[0], None if None in ends else max(end for end in ends if end is not None))
        else:
            found.append((least, most))
    return tuple(found)


def none_of(cx: Context, score: str, ranges: Iterable[Range]) -> tuple[Expression, ...]:
    """That a score is in none of these ranges: any of what lies between them."""
    found: list[Expression] = []
    low: int | None = None
    for least, most in joined(ranges):
        if least is not None:
            found.append(cx.homes.between(cx, score, low, least - 1))
        if most is None:
            return tuple(found)
        low = most + 1
    return (*found, cx.homes.between(cx, score, low, None))


def has_been(cx: Context, decay: Decay, day: int) -> tuple[Act, Expression]:
    """The action that says that the step of a day has been, and that it has not; activity takes the tag off."""
    why = "Says that the step has been in this silence, whether or not there was anything to take."
    tag = cx.tag(cx.names.tag("decay", decay.key, f"been-{day}"), decay, why)
    put, drop = Act(ACTIONS["tag-add"].text, tag), Act(ACTIONS["tag-remove"].text, tag)
    name = cx.names.rule(f"decay {decay.key}", f"{day} days, not yet again")
    back = fit(cx, both(tagged(tag), active_within(cx, day)), decay)
    made = cx.made(decay, "decay-arm-again")
    cx.add(AutomationRule(name, back, (drop,), cx.repeat, PHASE_DECAY, NOBODY_YET, made), name)
    return put, untagged(cx, tag)
