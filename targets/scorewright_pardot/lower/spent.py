"""A step that is due is spent, whoever it is not for: who earns later in the same silence keeps it until the next step.

The platform's rule stays open for as long as somebody is silent.  Where points can come without ending a silence, a tag
says that the step has been, put by the step itself and, on whom it has nothing to do with, by a rule beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.expression import both, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.happened import active_within
from scorewright_pardot.objects import Act, AutomationRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Decay
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["NOBODY_YET", "PHASE_DECAY", "Range", "earned_in_a_silence", "has_been", "none_of"]

PHASE_DECAY = 50
NOBODY_YET = "Nobody, before the decay has run."

Range = tuple["int | None", "int | None"]
"""Scores from one to the other; ``None``: open."""


def earned_in_a_silence(cx: Context, decay: Decay) -> bool:
    """Whether an event that is no activity, neither here nor for the spec, can lift the score that decays."""
    if decay.activity == ("awards",):
        return False
    counted = {*str(cx.facts["activity-kinds"]).split(), *decay.activity}
    return any(
        number.value > 0 and _moves(cx, key, decay.score)
        for rule in cx.model.rules.values()
        if any(event.verb not in counted for event in rule.on)
        for key, number in rule.points
    )


def _moves(cx: Context, key: str, score: str) -> bool:
    categories, total = cx.homes.moves(key, 1)
    return bool(categories.get(score)) or (bool(total) and cx.homes.of[score].kind == "overall")


def none_of(cx: Context, score: str, ranges: Iterable[Range]) -> tuple[Expression, ...]:
    """That a score is in none of these ranges: any of what lies between them."""
    found: list[Expression] = []
    next_low: int | None = None
    for least, most in sorted(ranges, key=lambda item: (item[0] is not None, item[0] or 0)):
        if least is not None and (next_low is None or least > next_low):
            found.append(cx.homes.between(cx, score, next_low, least - 1))
        if most is None:
            return tuple(found)
        next_low = most + 1 if next_low is None else max(next_low, most + 1)
    return (*found, cx.homes.between(cx, score, next_low, None))


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
