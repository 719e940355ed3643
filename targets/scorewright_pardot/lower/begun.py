"""Somebody new stands at nothing, and a floor first lifts them: what else gives points waits until it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.binding import kept
from scorewright_pardot.lower.expression import both, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.objects import Act, AutomationRule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Score
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = ["begun", "lifted_to"]

_PHASE = 45
_WHY = (
    "Says that the floor, or the ceiling, has been there first; what gives points by what is so waits for it."
)


def lifted_to(cx: Context, score: Score) -> int:
    """Where the rules that keep a score within its bounds bring somebody new, who stands at nothing."""
    homes = cx.homes
    if homes.of[score.key].kind not in {"overall", "category"} or score.key in homes.levelled:
        return 0
    floor, ceiling = kept(cx.model, score)
    return max(0, floor or 0) or min(0, ceiling or 0)


def begun(cx: Context, keys: Iterable[str]) -> Expression:
    """That each of these scores stands where it begins: a rule of its own says so, once."""
    return both(
        *(tagged(_tag(cx, cx.model.scores[key])) for key in keys if lifted_to(cx, cx.model.scores[key]))
    )


def _tag(cx: Context, score: Score) -> str:
    """The tag, and its rule: at the bound, or as near to it as the rules can bring whoever had other points before."""
    to = lifted_to(cx, score)
    near = cx.homes.grain(score.key) - 1 if cx.homes.of[score.key].kind == "category" else 0
    tag = cx.tag(cx.names.tag("scores", score.key, "begun"), score, _WHY)
    least, most = (to - near, None) if to > 0 else (None, to + near)
    tree = both(cx.homes.between(cx, score.key, least, most), untagged(cx, tag))
    name = cx.names.rule(f"scores {score.key}", "begun")
    put = Act(ACTIONS["tag-add"].text, tag)
    made = cx.made(score, "clamp", _WHY)
    check = "Everybody who stands there today."
    cx.add(AutomationRule(name, fit(cx, tree, score), (put,), None, _PHASE, check, made), name)
    return tag
