"""What holds: facts, tiers and inputs are worth their points while they are so (questions 24 to 33)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.elements import Rule, Tier
from scorewright.model.values import round_half_up
from scorewright.semantics.ask import is_known
from scorewright.semantics.log import Points
from scorewright.semantics.parts import question
from scorewright.semantics.reads import TIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.elements import Element, Input
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.parts import Standing
    from scorewright.semantics.play import Run

__all__ = ["look", "worth"]


def look(run: Run) -> list[Points]:
    """Look at everything that can hold, and reads something that may have changed; gives the points for counters.

    A fit score is the sum of what holds, so it is new at once.  To a counter the difference is an award of the
    moment: a decay or a reset does not forget what a fact has added, so its end takes that back (question 26).
    """
    state, found = run.state, [*_over(run)]
    for item in _stirred(run):
        before, after = state.worth.get(item.name, {}), worth(run.ask, item)
        state.worth[item.name] = after
        for key in sorted({*before, *after}) if after != before else ():
            change = after.get(key, 0) - before.get(key, 0)
            reason = "holds" if after.get(key, 0) else "ends"
            _hold(run, key, change, item.element, reason)
            found.append(Points(key, change, item.element.path, reason))
    state.looked_at = True
    state.stirred = {TIME}
    return found


def _over(run: Run) -> Iterator[Points]:
    """What an earlier version of the model gave for something that this one does not know holds no more (question 61)."""
    if run.state.looked_at:
        return
    for name in sorted(run.state.worth.keys() - run.parts.standing.keys()):
        path = tuple(name.partition("@")[0].split("."))
        for key, points in sorted(run.state.worth.pop(name).items()):
            for score in run.parts.reached[key]:
                if run.model.scores[score].kind == "fit" and points:
                    run.state.held[score] -= points
            yield Points(key, -points, path, "ends")


def _stirred(run: Run) -> list[Standing]:
    parts, state = run.parts, run.state
    if not state.looked_at:
        return [*parts.standing.values()]
    names = {name for thing in state.stirred for name in parts.readers.get(thing, ())}
    return [parts.standing[name] for name in sorted(names)]


def _hold(run: Run, key: str, change: int, element: Element, reason: str) -> None:
    """Keep the sums of what holds, in the score itself and in the fit scores that it feeds."""
    for score in run.parts.reached[key]:
        if run.model.scores[score].kind == "fit" and change:
            before = run.state.held[score]
            run.state.held[score] = before + change
            run.log.note("holds", score, before, before + change, element.path, reason)


def worth(ask: Ask, item: Standing) -> Mapping[str, int]:
    """What a fact, tier or input is worth now, by score."""
    element = item.element
    if isinstance(element, Rule):
        return _fact(ask, item.name, element)
    points = _tier(ask, element) if isinstance(element, Tier) else _input(ask, element)
    return {element.score: points}


def _fact(ask: Ask, name: str, rule: Rule) -> Mapping[str, int]:
    kept = rule.keep and bool(ask.state.worth.get(name))
    so = kept or (ask.clock.in_force(rule.active, ask.state.now) and ask.holds(rule.when))
    return {key: number.value for key, number in rule.points} if so else {}


def _tier(ask: Ask, tier: Tier) -> int:
    """The first case that fits; unknown is a third value here, and never falls into ``otherwise`` (question 28)."""
    for case in tier.cases:
        if ask.holds(question(tier, case)):
            return case.points.value
    if tier.field is not None and not is_known(ask.value(tier.field)):
        return tier.unknown.value if tier.unknown is not None else 0
    return tier.otherwise.value


def _input(ask: Ask, item: Input) -> int:
    """The field's value counts while it stands; nothing does while there is none."""
    value = ask.value(item.field)
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    points = round_half_up(value * item.percent, 100)
    if item.at_most is not None:
        points = min(points, item.at_most.value)
    return max(points, item.at_least.value) if item.at_least is not None else points
