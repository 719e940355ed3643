"""Engagement programs: those that are edited in place, and those that stay for awards that were to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_pardot.lower.waiting import WAITING
from scorewright_pardot.migration.endings import points_taken
from scorewright_pardot.migration.programs import PROGRAMS
from scorewright_pardot.migration.tables import element_of, same_repeat
from scorewright_pardot.migration.telling.ground import WHEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.endings import Ending
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["ends", "programs", "waits"]

_EDITED = ("program-edited-in-place",)


def programs(ground: Ground) -> Iterator[Note]:
    """Programs that are edited in place: who is inside goes on."""
    edited = [pair for pair in ground.difference.edits(PROGRAMS) if pair.new.lowering != WAITING]
    for pair in edited:
        if same_repeat(pair.old.table, pair.new.table):
            yield ground.note(
                "program-goes-on", Result.EXACT, _known(ground, element_of(pair.new)), facts=_EDITED
            )


def waits(ground: Ground) -> Iterator[Note]:
    """Awards that wait otherwise than before: whoever is on their way through a wait finds it changed, or gone."""
    changed = [pair.new for pair in ground.difference.edits(PROGRAMS)]
    changed += [*ground.difference.added, *ground.difference.removed]
    waiting = {element_of(item) for item in changed if item.kind == PROGRAMS and item.lowering == WAITING}
    before = {element for item in ground.since.objects for element in item.elements}
    for rule in ground.request.model.rules.values():
        if rule.name in waiting & before:
            points = [number.value for _, number in rule.points]
            often = rule.limit.count if rule.limit is not None and rule.limit.kind == "times" else 1
            most = often * max((abs(number) for number in points), default=0)
            bound = (
                f"up to {most} points more or less for who waits at the change, sooner or later than was said"
            )
            bounds = ground.moves(rule.name, -most, most, done=(-often, often))
            yield ground.note(
                "waits-otherwise", Result.BOUNDED, rule.name, bound=bound, bounds=bounds, facts=_EDITED
            )


def ends(ground: Ground, ending: Sequence[Ending]) -> Iterator[Note]:
    """Awards that were given to end: the program of then takes them back, at the time that was said then."""
    for each in ending:
        element = _known(ground, each.element)
        yield ground.note("ends-as-given", Result.EXACT, element)
        taken = sum(points_taken(each.program).values())
        if each.lost:
            yield _off(ground, "ends-nowhere", element, each, "less than it was to have in the end")
        if taken and any(_resets(ground, score) for score in _scores(ground, each)):
            yield _off(
                ground,
                "reset-knows-new-awards",
                element,
                each,
                "less for who was given it, and is reset since",
            )


def _off(ground: Ground, name: str, element: str, ending: Ending, whom: str) -> Note:
    """What one award takes too much, or too little, of all that it reaches."""
    points = {score: sum(points_taken(ending.program).values()) for score in _scores(ground, ending)}
    bounds = [
        Bound(f"score {reached}", min(change, 0), max(change, 0), WHEN)
        for score, change in points.items()
        for reached in ground.reached(score)
    ]
    most = max(map(abs, points.values()), default=0)
    return ground.note(
        name,
        Result.BOUNDED,
        element,
        bound=f"up to {most} points {whom}",
        bounds=tuple(item for item in dict.fromkeys(bounds) if item.gauge in ground.at),
    )


def _scores(ground: Ground, ending: Ending) -> tuple[str, ...]:
    """The scores of this version from which a program takes."""
    before = ground.since.model
    rule = before.rules.get(ending.element.partition(".")[2]) if before is not None else None
    keys = [key for key, _ in rule.points] if rule is not None else [*ground.request.model.scores]
    return tuple(
        dict.fromkeys(
            name for key in keys if key in ground.request.model.scores for name in ground.reached(key)
        )
    )


def _resets(ground: Ground, score: str) -> bool:
    return any(
        isinstance(action, Reset) and action.score == score
        for threshold in ground.request.model.thresholds.values()
        for action in threshold.then
    )


def _known(ground: Ground, element: str) -> str:
    """An element of this version; what is no more is told at the model."""
    return element if any(item.name == element for item in ground.request.model.elements()) else "model.id"
