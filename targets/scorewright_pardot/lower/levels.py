"""How a scoring category comes to a number: rules that each move it by some points, from above it and from below it.

A category cannot be set.  Whoever stands beside the number pays the distance like change, a coin a day; the bands of
the coins follow one another without a gap and the last one is open, so at each distance one rule matches, and it takes
no more than there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.binding import fallen, resets, within
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.objects import Act, AutomationRule
from scorewright_pardot.planning.choose import Wish, choose

if TYPE_CHECKING:
    from scorewright.model.actions import Reset
    from scorewright.model.elements import Element, Score
    from scorewright.plugin.emulation import Bound
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.planning.choose import Chosen

__all__ = ["PHASE_CLAMPS", "by_coins", "half_way", "not_resetting", "reset_by_rules"]

PHASE_CLAMPS = 40
_RESET = "A category cannot be set: the tag says that it is on its way, and comes off when it is there."


_WHEN = ("brought-back", "crowded", "existing")
"""When a category is moved by such rules."""


class Way:
    """A category on its way to a number, for whoever ``whom`` says; ``part`` begins the names of its rules."""

    def __init__(self, cx: Context, element: Element, key: str, to: int) -> None:
        self.cx = cx
        self.element = element
        self.key = key
        self.to = to
        self.part = ""
        self.whom = both()
        self.when: tuple[str, ...] = _WHEN

    def move(self, far: int, *, below: bool, lowering: str) -> Chosen:
        """The rules of one side, planned for distances up to ``far``.  Raises ``CannotLowerError``."""
        cx, key = self.cx, self.key
        cx.rest_on("repeat-least-days", "clock-sweep-days", "category-below-zero", "category-only-adjusts")
        plan = self._plan(max(far, 1))
        for rule in plan.scheme.rules:
            low, high = rule.points, rule.spans[0].high
            move = rule.points if below else -rule.points
            acts = cx.homes.adjust(cx, {key: move}, cx.homes.falls_with(key, move), bounds=self._spills(move))
            made = cx.made(self.element, lowering)
            tree = fit(cx, both(self._stands(low, high, below=below), self.whom), self.element)
            name = cx.names.rule(f"scores {self.part}", f"{self._band(low, high, below=below)} {move:+d}")
            check = "Nobody, unless somebody stands there today."
            cx.add(
                AutomationRule(name, tree, acts, cx.repeat, PHASE_CLAMPS, check, made, None, plan.days), name
            )
        return plan

    def _spills(self, move: int) -> tuple[Bound, ...]:
        """An overall score that follows its categories goes with it, each time."""
        total = self.cx.homes.total
        if total is None:
            return ()
        span = room.times(room.moved(move), None)
        return tuple(bound for when in self.when for bound in self.cx.off({total: span}, when, feeds=False))

    def _stands(self, low: int, high: int | None, *, below: bool) -> Expression:
        """So far from the number, on one side of it."""
        least, most = self._ends(low, high, below=below)
        return self.cx.homes.between(self.cx, self.key, least, most)

    def _ends(self, low: int, high: int | None, *, below: bool) -> tuple[int | None, int | None]:
        if below:
            return None if high is None else self.to - high, self.to - low
        return self.to + low, None if high is None else self.to + high

    def _band(self, low: int, high: int | None, *, below: bool) -> str:
        least, most = self._ends(low, high, below=below)
        if least is None:
            return f"up to {most}"
        return f"from {least}" if most is None else f"{least} to {most}"

    def _plan(self, far: int) -> Chosen:
        cx, options = self.cx, self.cx.options
        wish = Wish(options.settle_days, options.settle_rules, follow=cx.flag("rules-follow-one-another"))
        found = choose(far, cx.homes.grain(self.key), wish)
        if found is not None:
            return found
        raise CannotLowerError(
            "category-cannot-be-set",
            f"a scoring category is moved by numbers, and over {far} points no rules of the number allowed bring it to {self.to}",
            "allow more settle_days or settle_rules in [targets.pardot], or say a smaller range",
            self.element.path,
            ("category-only-adjusts",),
        )


def by_coins(cx: Context, score: Score, side: str, far: int, *, often: bool) -> Chosen:
    """Keep a category at its floor or ceiling (``side``), for everybody whom no reset is moving.

    ``often``: it may be past its bound between two points of one moment, which the spec adds up.
    """
    bound = score.floor if side == "floor" else score.ceiling
    assert bound is not None
    way = Way(cx, score, score.key, bound.value)
    way.part, way.whom = f"{score.key}: {side} {bound.value}", not_resetting(cx, score)
    way.when = ("any",) if often else _WHEN
    return way.move(far, below=side == "floor", lowering="clamp")


def half_way(plan: Chosen) -> int:
    """What two rules can take together of somebody whose points change between their looks and their actions."""
    return max(plan.scheme.points[1:], default=0)


# --- resets ---------------------------------------------------------------------------------------------------------


def not_resetting(cx: Context, score: Score) -> Expression:
    """That no reset of a category is under way: whoever is on the way is moved by its rules alone."""
    tags = [_tag_name(cx, score, to) for to in resets(cx.model, score.key)]
    return both() if cx.homes.of[score.key].kind != "category" else untagged(cx, *tags)


def _tag_name(cx: Context, score: Score, to: int) -> str:
    return cx.names.tag("scores", score.key, f"reset-{to}")


def reset_by_rules(cx: Context, action: Reset, element: Element) -> Act:
    """Reset a category: the tag that says so, and the rules that then bring it there.  Raises ``CannotLowerError``."""
    score = cx.model.scores[action.score]
    every, to = resets(cx.model, score.key), within(score, action.to.value)
    tag = cx.tag(_tag_name(cx, score, to), element, _RESET)
    earlier = (_tag_name(cx, score, other) for other in every[: every.index(to)])
    way = Way(cx, element, score.key, to)
    way.part, way.whom = f"{score.key}: reset to {to}", both(tagged(tag), untagged(cx, *earlier))
    top = cx.homes.top(cx, score.key)[0]
    plans = [way.move(max(top - to, 1), below=False, lowering="reset")]
    if _can_lie_below(cx, score, to):
        plans.append(way.move(max(to, abs(top - to), 1), below=True, lowering="reset"))
    _there(cx, way, tag)
    days = max(plan.days for plan in plans) * cx.repeat
    text = f"what is earned or lost within {days} days of the reset, while the category is on its way to {to}, is lost as well"
    cx.bounded("reset-settles-slowly", text, bounds=_on_the_way(cx, score))
    return Act(ACTIONS["tag-add"].text, tag)


def _can_lie_below(cx: Context, score: Score, to: int) -> bool:
    if score.floor is not None and score.floor.value >= to:
        return False
    return cx.homes.sinks(score.key) or min([0, *fallen(cx.model, score)]) < to


def _there(cx: Context, way: Way, tag: str) -> None:
    """The tag comes off at the number, or as near to it as the rules can bring whoever had other points before."""
    off, near = Act(ACTIONS["tag-remove"].text, tag), cx.homes.grain(way.key) - 1
    cx.edge(*cx.off({way.key: (-near, near)}, "existing", feeds=False))
    there = cx.homes.between(cx, way.key, way.to - near, way.to + near)
    tree = fit(cx, both(tagged(tag), there), way.element)
    name = cx.names.rule(f"scores {way.part}", "there")
    made = cx.made(way.element, "reset")
    cx.add(
        AutomationRule(name, tree, (off,), cx.repeat, PHASE_CLAMPS, "Nobody, before the first reset.", made),
        name,
    )


def _on_the_way(cx: Context, score: Score) -> tuple[Bound, ...]:
    off, key = cx.off, score.key
    higher = () if score.ceiling is not None else off({key: (0, None)}, "above-range", feeds=False)
    return (*off({key: (None, None)}, "crowded", feeds=False), *higher)
