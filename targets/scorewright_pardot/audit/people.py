"""Whom criteria can tell apart: for some criteria, every way in which people differ that changes an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.crowd import everybody
from scorewright_pardot.labels import CRITERIA, OPERATORS
from scorewright_pardot.objects import Group, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright_pardot.objects import Criteria, Criterion, DynamicList

__all__ = ["Crowd", "passes"]

_TEXT = {operator: OPERATORS[operator].text for operator in OPERATORS}
_NEGATIVE = {_TEXT["is-not"]: _TEXT["is"], _TEXT["contains-not"]: _TEXT["contains"]}
_EMPTY, _FULL = _TEXT["empty"], _TEXT["empty-not"]
_NUMBERS = {
    _TEXT["greater"]: 1,
    _TEXT["days-greater"]: 1,
    _TEXT["less"]: -1,
    _TEXT["days-less"]: -1,
    _TEXT["days-ahead-less"]: -1,
}
"""Operators on numbers: which side of the value passes."""
_AGO, _AHEAD = _TEXT["days-less"], _TEXT["days-ahead-less"]
_TAG, _LIST = CRITERIA["tag"].text, CRITERIA["list"].text
_HELD = {_TAG, _LIST}
_FIELDS = {CRITERIA[kind].text for kind in ("account-field", "custom-field", "default-field")}
"""What can hold any text, and nothing; all else is one of a few words of the platform's."""
_DATES = {_TEXT["after"], _TEXT["before"]}
_ANY_DAY = 36_500
"""So many days ahead is how any day to come is asked for."""
_TELLING = 2
"""Values of one criterion that people are made from, where it has more: they are alternatives of one another."""


class Crowd:
    """People as criteria can tell them apart; who is on a dynamic list goes by what that list asks."""

    def __init__(
        self,
        lists: Iterable[DynamicList],
        *,
        empties_pass: bool,
        sides: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        """``sides``: tags of which everybody bears one and no more, each with all of them."""
        self.lists = {item.name: item.criteria for item in lists}
        self.empties_pass = empties_pass
        self.sides = sides or {}

    def people(self, asked: Iterable[Criteria]) -> Iterator[dict[Criterion, bool]]:
        """The answers of everybody whom the criteria can tell apart, to all that is asked on the way."""
        found = [criterion for criteria in asked for criterion in leaves(criteria)]
        asked_of_all = self._leaves(found, 9)
        if any(criterion.operator in _DATES for criterion in asked_of_all):
            return  # a day and a number of days before today cannot be held against each other
        subjects: dict[object, dict[Criterion, None]] = {}
        for criterion in asked_of_all:
            of = self.sides.get(criterion.of, criterion.of) if criterion.what == _TAG else criterion.of
            subjects.setdefault((criterion.what, of), {})[criterion] = None
        on_lists = [criterion for criterion in dict.fromkeys(found) if self._inner(criterion) is not None]
        for answers in everybody([self._ways(tuple(group)) for group in subjects.values()]):
            for criterion in on_lists:
                self._answer(criterion, answers)
            yield answers

    def _inner(self, criterion: Criterion) -> Criteria | None:
        return self.lists.get(criterion.of) if criterion.what == _LIST else None

    def _leaves(self, found: Iterable[Criterion], deep: int) -> list[Criterion]:
        flat: dict[Criterion, None] = {}
        for criterion in found:
            inner = self._inner(criterion) if deep else None
            flat.update(dict.fromkeys(self._leaves(leaves(inner), deep - 1) if inner else (criterion,)))
        return [*flat]

    def _answer(self, criterion: Criterion, answers: dict[Criterion, bool]) -> bool:
        inner = self._inner(criterion)
        if criterion not in answers and inner is not None:
            for leaf in leaves(inner):
                self._answer(leaf, answers)
            answers[criterion] = passes(inner, answers) == (criterion.operator == _TEXT["is"])
        return answers[criterion]

    def _ways(self, group: Sequence[Criterion]) -> list[dict[Criterion, bool]]:
        """All different answers to the criteria on one subject."""
        names = [*dict.fromkeys(item.of for item in group)]
        if group[0].what == _TAG and len(names) > 1:
            return [
                {item: (item.of == one) == (item.operator == _TEXT["is"]) for item in group} for one in names
            ]
        rows = [{item: self._holds(item, value) for item in group} for value in _candidates(group)]
        return [*{tuple(row.values()): row for row in rows}.values()]

    def _holds(self, item: Criterion, value: str | int | None) -> bool:
        if item.what in _HELD or not item.value:
            return (value is None) == (item.operator in {*_NEGATIVE, _EMPTY})
        if item.operator in {_EMPTY, _FULL}:
            return (value is None) == (item.operator == _EMPTY)
        if item.operator in _NUMBERS:
            return isinstance(value, int) and _number_holds(item, value)
        negative = item.operator in _NEGATIVE
        if value is None:
            return negative and self.empties_pass
        return _text_holds(_NEGATIVE.get(item.operator, item.operator), str(value), item.value) != negative


def passes(criteria: Criteria | Group, answers: Mapping[Criterion, bool]) -> bool:
    """Whether criteria let somebody through who gives these answers."""
    parts = criteria.criteria if isinstance(criteria, Group) else criteria.items
    found = (passes(item, answers) if isinstance(item, Group) else answers[item] for item in parts)
    return all(found) if criteria.match == "all" else any(found)


def _candidates(group: Sequence[Criterion]) -> list[str | int | None]:
    """Values on both sides of all that is asked for, and none at all."""
    if group[0].what in _HELD or not any(item.value for item in group):
        return [None, "~"]
    values = [text for item in group for text in (*_parts(item)[:_TELLING], *_parts(item)[-1:])]
    if group[0].what not in _FIELDS and not any(item.operator in _NUMBERS for item in group):
        return [*dict.fromkeys(values), *(("~",) if len({*values}) == 1 else ())]
    if all(_is_number(item) for item in group):
        near = {int(text) + more for text in values for more in (-1, 0, 1)}
        days = any("days" in item.operator for item in group)
        ahead = {-number for number in near if days and number < _ANY_DAY}
        return [None, *sorted({number for number in near if number < _ANY_DAY} | ahead)]
    return [None, "~", *(form for text in values for form in (text, f"~{text}", f"{text}~", f"~{text}~"))]


def _number_holds(item: Criterion, value: int) -> bool:
    """Days that are told in days ago are below 0 where they are still to come."""
    if item.operator == _AHEAD:
        return -int(item.value) < value < 0
    if item.operator == _AGO and value < 0:
        return False
    return (value - int(item.value)) * _NUMBERS[item.operator] > 0


def _is_number(item: Criterion) -> bool:
    return not item.value or all(text.lstrip("-").isdigit() for text in _parts(item))


def _parts(item: Criterion) -> list[str]:
    return [text for text in item.value.split(";") if text]


def _text_holds(operator: str, value: str, asked: str) -> bool:
    text, found = value.casefold(), [part.casefold() for part in asked.split(";")]
    if operator == _TEXT["contains"]:
        return any(part in text for part in found)
    if operator == _TEXT["starts"]:
        return text.startswith(tuple(found))
    return text in found
