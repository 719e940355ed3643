"""Points for what happens: which rules an event meets, and what their limits leave (questions 13 to 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.semantics import decay, limits, terms
from scorewright.semantics.agenda import Sort
from scorewright.semantics.log import Points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.actions import Action
    from scorewright.model.elements import Element, Rule
    from scorewright.model.history import Happening
    from scorewright.semantics.play import Run

__all__ = ["Earned", "Waiting", "decide", "give"]


class Waiting(NamedTuple):
    """The rules that will decide on an event when the same wait is over: their awards are still of one event."""

    rules: list[Rule]
    happening: Happening


class Earned(NamedTuple):
    """What rules give in a moment: points, and actions that are still to be done."""

    points: list[Points]
    actions: list[tuple[Element, Action]]
    by: list[Rule]
    """The rules that gave: one that gives no points has its actions."""


def give(run: Run, happenings: Iterable[Happening]) -> Earned:
    """What the events of one moment earn.

    Rules that wait decide later, also for whoever is outside the population now (question 22).
    """
    chosen = []
    for happening in happenings:
        waiting: dict[int, list[Rule]] = {}
        for rule in _met(run, happening):
            if rule.wait is not None:
                due = max(run.state.now, happening.at + rule.wait.seconds)
                waiting.setdefault(due, []).append(rule)
            elif run.state.inside:
                chosen.append((rule, happening))
        for due, rules in waiting.items():
            run.agenda.add(due, Sort.TIMER, Waiting(rules, happening))
    return _give(run, chosen)


def decide(run: Run, waiting: Waiting) -> Earned:
    """The end of a wait: condition, limit and population are looked at now, the event is the old one (question 22)."""
    return _give(run, [(rule, waiting.happening) for rule in waiting.rules if run.state.inside])


def _met(run: Run, happening: Happening) -> Iterator[Rule]:
    """The rules that an event meets, each once, whatever else it is (question 13)."""
    for rule in _about(run, happening):
        in_force = run.clock.in_force(rule.active, happening.at)
        if in_force and any(run.ask.is_nth(happening, event) for event in rule.on):
            yield rule


def _about(run: Run, happening: Happening) -> tuple[Rule, ...]:
    """The rules that ask for such an event of this asset; found once for all people."""
    which = (happening.verb, happening.what, happening.name)
    found = run.parts.asking.get(which)
    if found is None:
        rules = run.parts.rules.get(happening.verb, ())
        found = tuple(rule for rule in rules if any(run.ask.is_about(happening, event) for event in rule.on))
        run.parts.asking[which] = found
    return found


def _give(run: Run, chosen: list[tuple[Rule, Happening]]) -> Earned:
    """All conditions are looked at before anything is given: the order of the file never matters."""
    earned = Earned([], [], [])
    for rule, happening in [item for item in chosen if run.ask.holds(item[0].when)]:
        room = limits.room(run, rule, happening)
        if room is None:
            run.log.note("limit", rule.key, None, None, rule.path, "limit reached")
            continue
        points = {key: limits.fit(number.value, room.get(key)) for key, number in rule.points}
        limits.use(run, rule, happening, points)
        at = happening.at + (rule.wait.seconds if rule.wait is not None else 0)
        for key, amount in points.items():
            terms.begin(run, rule, key, amount)
            decay.awarded(run, key, at)
            earned.points.append(Points(key, amount, rule.path, "award"))
        earned.by.append(rule)
        earned.actions.extend((rule, action) for action in rule.then)
    return earned
