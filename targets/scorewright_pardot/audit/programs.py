"""Rules that every compile's engagement programs are held to: they end, see what they do, and keep out of each other's way."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS
from scorewright_pardot.objects import ActionStep, Criterion, Group, RuleStep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from scorewright_pardot.objects import Criteria, DynamicList, EngagementProgram

__all__ = ["RULES", "broken"]

RULES: Mapping[str, str] = {
    "program-comes-to-its-end": "Every step of a program leads to a later one, so that everybody comes to the end.",
    "program-sees-what-it-does": "A question waits until the action before it can be seen.",
    "program-leaves-one-value": "What a program takes leaves at least the one value that it brings everybody down to.",
    "program-acts-once": "A program that everybody goes through once asks nothing any more when it has acted.",
    "program-takes-nobody-twice": "Whoever has gone through a program once is off its list before they could go in again.",
    "program-lets-go": "The list of a program asks for a silence, so that whoever is back is on it no longer, or for a tag "
    "that the program takes off.",
    "programs-exclude-each-other": "The lists of two programs that move one category have nobody in common.",
}
"""Each rule by name."""

_CATEGORY, _TIME = CRITERIA["category"].text, CRITERIA["time"].text
_MOVES, _SCORE = ACTIONS["category"].text, ACTIONS["score"].text
_TAG, _IS, _TAG_REMOVE = CRITERIA["tag"].text, OPERATORS["is"].text, ACTIONS["tag-remove"].text
_GREATER, _OLDER = OPERATORS["greater"].text, OPERATORS["days-greater"].text
_YOUNGER = OPERATORS["days-less"].text


def broken(
    programs: Sequence[EngagementProgram],
    lists: Iterable[DynamicList],
    exclude: Callable[[Criteria, Criteria], bool],
    *,
    afresh: bool,
) -> Iterator[tuple[str, EngagementProgram, str]]:
    """Every breach: the rule, the program, and how.

    ``exclude`` says whether nobody matches both of two criteria; ``afresh`` that a step sees at once what was done.
    """
    recipients = {item.name: item.criteria for item in lists}
    for item in programs:
        if not _ends(item):
            yield "program-comes-to-its-end", item, "a step leads back, or nowhere"
            continue
        if not afresh and _reads_too_early(item):
            yield "program-sees-what-it-does", item, "a question without a wait follows an action"
        asked_of = recipients.get(item.recipients)
        if asked_of is not None and _by_its_tag(item, asked_of):
            continue
        yield from _of_rounds(item, asked_of)
        if asked_of is None or not _asks_silence(asked_of):
            yield "program-lets-go", item, f"{item.recipients} does not ask for a silence"
    asked = {
        item.name: tuple(_alternatives(recipients[item.recipients]))
        for item in programs
        if item.recipients in recipients and not _by_its_tag(item, recipients[item.recipients])
    }
    for one, other in combinations((item for item in programs if item.name in asked), 2):
        pairs = product(asked.get(one.name, ()), asked.get(other.name, ()))
        if _moved(one) & _moved(other) and not all(exclude(mine, its) for mine, its in pairs):
            yield "programs-exclude-each-other", other, f"{one.name} moves the same category"


def _of_rounds(
    program: EngagementProgram, criteria: Criteria | None
) -> Iterator[tuple[str, EngagementProgram, str]]:
    """What holds of a program that takes until nothing is left, and of one that everybody goes through so many times."""
    if not program.rounds:
        if len(set(_leaves(program))) > 1:
            yield "program-leaves-one-value", program, "its actions leave different values"
        return
    acting = [number for number, step in enumerate(program.steps, 1) if isinstance(step, ActionStep)]
    if any(isinstance(program.steps[place - 1], RuleStep) for place in _after(program, acting)):
        yield "program-acts-once", program, "a question follows an action"
    if program.rounds == 1 and (criteria is None or not _in_windows(criteria, program.repeat or 0)):
        yield (
            "program-takes-nobody-twice",
            program,
            f"its list holds people for longer than {program.repeat} days",
        )


def _after(program: EngagementProgram, places: Iterable[int]) -> Iterator[int]:
    """The steps to which these lead."""
    return (way for place in places for way in _ways(program.steps[place - 1]) if way <= len(program.steps))


def _in_windows(criteria: Criteria, days: int) -> bool:
    """Whether each way in which criteria hold is a stretch of silence of fewer days."""
    return all(
        (first := _day(way, _OLDER)) is not None
        and (end := _day(way, _YOUNGER)) is not None
        and end - first - 1 < days
        for way in _alternatives(criteria)
    )


def _day(way: Criteria, operator: str) -> int | None:
    """The number of days that a silence is compared with."""
    found = (
        int(item.value)
        for item in way.items
        if isinstance(item, Criterion)
        and (item.what, item.of, item.operator) == (_TIME, "last activity", operator)
    )
    return next(found, None)


def _alternatives(criteria: Criteria) -> Iterator[Criteria]:
    """Each way in which criteria hold, with all that it asks side by side; other alternatives than of categories apart."""
    parts = [_members(item) for item in criteria.items]
    if criteria.match == "any":
        yield from (criteria._replace(match="all", items=some) for part in parts for some in part)
        return
    for some in product(*parts):
        yield criteria._replace(match="all", items=tuple(item for group in some for item in group))


def _members(item: Criterion | Group) -> tuple[tuple[Criterion, ...], ...]:
    if isinstance(item, Criterion):
        return ((item,),)
    inside = tuple(inner for inner in item.criteria if isinstance(inner, Criterion))
    if item.match == "all":
        return (inside,)
    ours = len(inside) == len(item.criteria) and any(inner.what == _CATEGORY for inner in inside)
    return tuple((inner,) for inner in inside) if ours else ((),)


def _ways(step: RuleStep | ActionStep) -> tuple[int, ...]:
    return (step.yes, step.no) if isinstance(step, RuleStep) else (step.then,)


def _ends(program: EngagementProgram) -> bool:
    last = len(program.steps) + 1
    return all(
        number < place <= last for number, step in enumerate(program.steps, 1) for place in _ways(step)
    )


def _moved(program: EngagementProgram) -> set[str]:
    """The categories that a program moves; the prospect score is ``""``."""
    acts = [step.act for step in program.steps if isinstance(step, ActionStep)]
    return {item.of for item in acts if item.label == _MOVES} | {"" for item in acts if item.label == _SCORE}


def _reads_too_early(program: EngagementProgram) -> bool:
    """Whether, before any wait, a question about a category comes after an action on it."""
    after: dict[int, set[str]] = {}
    for number, step in enumerate(program.steps, 1):
        moved = set() if step.wait else after.get(number, set())
        if isinstance(step, RuleStep):
            if any(item.what == _CATEGORY and item.of in moved for item in step.criteria):
                return True
        elif step.act.label == _MOVES:
            moved = moved | {step.act.of}
        for place in _ways(step):
            after.setdefault(place, set()).update(moved)
    return False


def _leaves(program: EngagementProgram) -> Iterator[int]:
    """What the lowest value of which a question says yes is after the actions on that path."""
    for step in program.steps:
        if not isinstance(step, RuleStep):
            continue
        for item in step.criteria:
            if (item.what, item.operator) == (_CATEGORY, _GREATER):
                yield int(item.value) + 1 + _taken(program, step, item.of)


def _taken(program: EngagementProgram, step: RuleStep, category: str) -> int:
    """What the actions that follow a yes move a category by."""
    moved, place = 0, step.yes
    while place <= len(program.steps) and isinstance(action := program.steps[place - 1], ActionStep):
        moved += int(action.act.value) if (action.act.label, action.act.of) == (_MOVES, category) else 0
        place = action.then
    return moved


def _by_its_tag(program: EngagementProgram, criteria: Criteria) -> bool:
    """Whether people are on its list by a tag that it takes off: it goes once by what it was told, and asks no score."""
    off = {
        step.act.of
        for step in program.steps
        if isinstance(step, ActionStep) and step.act.label == _TAG_REMOVE
    }
    asks = any(isinstance(step, RuleStep) for step in program.steps)
    return not asks and any(
        isinstance(item, Criterion) and (item.what, item.operator) == (_TAG, _IS) and item.of in off
        for item in criteria.items
        if criteria.match == "all"
    )


def _asks_silence(criteria: Criteria) -> bool:
    """Whether everybody who matches is silent."""
    found = (
        any(map(_is_silence, item.criteria))
        if isinstance(item, Group) and item.match == "all"
        else _is_silence(item)
        for item in criteria.items
    )
    return any(found) if criteria.match == "all" else all(found)


def _is_silence(item: Criterion | Group) -> bool:
    return isinstance(item, Criterion) and (item.what, item.of, item.operator) == (
        _TIME,
        "last activity",
        _OLDER,
    )
