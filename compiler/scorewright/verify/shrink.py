"""Makes a failing life as short as it can be while it still fails in the same gauge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright.model.history import FieldSet, Happening, Listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorewright.model.history import Person
    from scorewright.verify.lives import Life
    from scorewright.verify.play import Outcome

__all__ = ["BUDGET", "shrink"]

BUDGET = 400
"""How many plays the search for a shorter life may take."""

_DAY = 86_400

Told = Happening | FieldSet | Listed


def shrink(outcome: Outcome, gauge: str, play: Callable[[Life], Outcome], budget: int = BUDGET) -> Outcome:
    """Try smaller lives, the greatest cuts first, and keep each that fails in the same gauge."""
    best, left, going = _cut_off(outcome, gauge, play), budget, True
    while going and left > 0:
        going = False
        for life in (*_later(best), *_smaller(best.life)):
            left -= 1
            found = play(life)
            if any(item.gauge == gauge for item in found.judged.differences):
                best, going = _cut_off(found, gauge, play), True
                break
            if left <= 0:
                break
    return best


def _cut_off(outcome: Outcome, gauge: str, play: Callable[[Life], Outcome]) -> Outcome:
    """End the life where the gauge is seen to differ."""
    at = next(item.at for item in outcome.judged.differences if item.gauge == gauge)
    history = tuple(item for item in outcome.life.person.history if _known(item) <= at)
    life = outcome.life._replace(person=replace(outcome.life.person, history=history), until=at)
    if life == outcome.life:
        return outcome
    found = play(life)
    return found if any(item.gauge == gauge for item in found.judged.differences) else outcome


def _known(item: Told) -> int:
    return item.known if isinstance(item, Happening) and item.known is not None else item.at


def _later(outcome: Outcome) -> Iterator[Life]:
    """Begin later, with the points and marks that there were: as late as can be first."""
    person = outcome.life.person
    for place in range(len(person.history) - 1, 0, -1):
        at = _known(person.history[place - 1])
        scores, marks = {**person.scores}, set(person.marks)
        for change in outcome.meant.timeline.changes:
            if change.at <= at and change.kind == "score":
                scores[change.name] = int(str(change.after))
            elif change.at <= at and change.kind == "mark":
                (marks.add if change.after else marks.discard)(change.name)
        begun = replace(person, scores=scores, marks=frozenset(marks), history=person.history[place:])
        yield outcome.life._replace(person=begun)


def _smaller(life: Life) -> Iterator[Life]:
    for person in _smaller_people(life.person):
        yield life._replace(person=person)
    yield from _sooner(life)


def _smaller_people(person: Person) -> Iterator[Person]:
    told = person.history
    size = len(told)
    step = size
    while step >= 1:
        for start in range(0, size, step):
            yield replace(person, history=told[:start] + told[start + step :])
        step //= 2
    for name in person.fields:
        yield replace(person, fields={key: value for key, value in person.fields.items() if key != name})
    for mark in sorted(person.marks):
        yield replace(person, marks=person.marks - {mark})
    for key, value in person.scores.items():
        rest = {name: other for name, other in person.scores.items() if name != key}
        yield replace(person, scores=rest)
        if value not in {0, 1}:
            yield replace(person, scores={**rest, key: value // 2})
    for place, item in enumerate(told):
        if isinstance(item, Happening) and (
            item.properties or item.known is not None or item.name is not None
        ):
            bare = item._replace(properties={}, known=None, name=None)
            yield replace(person, history=(*told[:place], bare, *told[place + 1 :]))


def _sooner(life: Life) -> Iterator[Life]:
    """Everything from one point on, whole days sooner: the longest that the gap before it allows, then less."""
    told, before = life.person.history, life.person.created
    for place, item in enumerate(told):
        gap = max(0, item.at - before) // _DAY
        tried = {days for days in (gap, gap // 2, 1) if 0 < days <= gap}
        for days in sorted(tried, reverse=True):
            moved = tuple(_moved(other, -days * _DAY) for other in told[place:])
            person = replace(life.person, history=(*told[:place], *moved))
            yield life._replace(person=person, until=life.until - days * _DAY)
        before = item.at


def _moved(item: Told, by: int) -> Told:
    if isinstance(item, Happening) and item.known is not None:
        return item._replace(at=item.at + by, known=item.known + by)
    return item._replace(at=item.at + by)
