"""Days on which something holds: two tags, one for within them and one for outside, which somebody's clicks hand out.

Nothing on the platform asks what day it is.  So one rule is resumed on the first day and puts the one tag on everybody,
another is resumed after the last and puts the other; whatever holds on these days alone asks for the tags.  Whoever bears
neither has not been looked at yet, and nothing is given to them or taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot import objects as ob
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.expression import tagged
from scorewright_pardot.lower.fitting import fit, untagged

if TYPE_CHECKING:
    from scorewright.model.elements import Rule
    from scorewright.model.values import Active
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.objects import Criterion

__all__ = ["Days", "days_of", "said_of"]

PHASE_DAYS = 15


class Days(NamedTuple):
    """Criteria that today is one of the days, and that it is none of them."""

    inside: Criterion
    outside: Criterion


def said_of(active: Active) -> str:
    """The days in words."""
    return f"from {active.first or 'the start'} to {active.last or 'the end'}"


def days_of(cx: Context, rule: Rule, active: Active) -> Days:
    """The tags of these days, and the rules that hand them out; elements with the same days share them."""
    said = said_of(active)
    title, slug = f"days {said}", "-".join(said.split())
    why = f"Says whether today is a day {said}; facts that hold on these days go by it."
    inside, outside = (cx.tag(cx.names.tag("days", slug, side), rule, why) for side in ("in", "out"))
    sides = (
        (
            "in-days",
            inside,
            outside,
            "in them",
            f"Everybody.  Keep it resumed {said}, and paused on other days.",
        ),
        (
            "out-of-days",
            outside,
            inside,
            "outside them",
            f"Everybody.  Keep it paused {said}, and resumed on other days.",
        ),
    )
    for lowering, side, other, word, check in sides:
        name = cx.names.rule(title, word)
        # The other tag goes first: between the two actions nothing is given and nothing taken back.
        acts = (ob.Act(ACTIONS["tag-remove"].text, other), ob.Act(ACTIONS["tag-add"].text, side))
        tree, made = fit(cx, untagged(cx, side), rule), cx.made(rule, lowering, why)
        days = ob.Days(active.first or "", active.last or "", outside=lowering == "out-of-days")
        found = ob.AutomationRule(name, tree, acts, cx.repeat, PHASE_DAYS, check, made, days=days)
        cx.add(found, name)
    return Days(tagged(inside), tagged(outside))
