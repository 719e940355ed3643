"""Whom filters can tell apart: for some filters, every way in which people differ that changes an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import combinations, combinations_with_replacement
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.crowd import everybody
from scorewright_marketo.emulator.logic import joined
from scorewright_marketo.facts import FACTS
from scorewright_marketo.labels import ACTIVITIES, NEGATED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright_marketo.objects import Clause, Lowered, SmartList

__all__ = ["Crowd", "Empties", "number_passes", "number_span"]

_Value = int | datetime | str | None
_TELLING = 2
"""Values of one filter that people are made from, where it has more: they are alternatives of one another."""
_NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


class Empties(NamedTuple):
    """What an empty field passes: negative operators or not, and comparisons as 0 does or never."""

    negative: bool = True
    as_zero: bool = False


Test = Callable[[Mapping["Clause", bool]], bool]
"""Whether filters let somebody through who gives these answers."""


class Crowd:
    """People as a bundle's filters can tell them apart; who is in a smart list goes by what that list asks."""

    def __init__(self, lowered: Lowered, *, empties_pass: bool) -> None:
        self.empties = [Empties(empties_pass, zero) for zero in (False, True)]
        self.tests: dict[SmartList, Test] = {}
        self.lists = {f"{item.program}.{item.name}": item.smart_list for item in lowered.smart_lists}
        self.closed = _closed(lowered)

    def test(self, asked: SmartList) -> Test:
        """Filters under their logic, as one question."""
        if asked not in self.tests:
            rows: Any = [(0, itemgetter(clause)) for clause in asked.filters]
            self.tests[asked] = joined(rows, asked.logic) if rows else lambda _: True  # type: ignore[assignment]
        return self.tests[asked]

    def people(self, clauses: Iterable[Clause]) -> Iterator[dict[Clause, bool]]:
        """The answers of everybody whom the filters can tell apart."""
        asked = [*dict.fromkeys(clauses)]
        inner = [clause for clause in asked if self._is_list(clause)]
        leaves = self._leaves(asked, 9)
        for answers in everybody([self._ways(group) for group in _by_subject(leaves)]):
            for clause in inner:
                self._answer(clause, answers)
            yield answers

    def _is_list(self, clause: Clause) -> bool:
        return clause.rule == _SMART_LIST and {*clause.values} <= self.lists.keys()

    def _leaves(self, clauses: Iterable[Clause], deep: int) -> list[Clause]:
        found: dict[Clause, None] = {}
        for clause in clauses:
            if deep and self._is_list(clause):
                inside = [item for name in clause.values for item in self.lists[name].filters]
                found.update(dict.fromkeys(self._leaves(inside, deep - 1)))
            else:
                found[clause] = None
        return [*found]

    def _answer(self, clause: Clause, answers: dict[Clause, bool]) -> bool:
        """Whether somebody is in a smart list, noted down with all that was asked on the way."""
        if clause not in answers:
            for name in clause.values:
                for item in self.lists[name].filters:
                    self._answer(item, answers)
            inside = any(self.test(self.lists[name])(answers) for name in clause.values)
            answers[clause] = inside == (clause.operator == "in")
        return answers[clause]

    def _ways(self, group: Sequence[Clause]) -> list[dict[Clause, bool]]:
        """All different answers to the filters of one subject."""
        first = group[0]
        if first.rule in _DONE:
            rows = list(_doings(group))
        elif first.rule in _LISTS:
            rows = [
                {clause: bool(on & {*clause.values}) == (clause.operator == "in") for clause in group}
                for on in _memberships(group)
            ]
        else:
            values = self.closed.get(first.rule) or _candidates(group)
            if first.rule == "Created At":
                values = [value for value in values if value is not None]
            rows = [
                {clause: _holds(clause, value, empty) for clause in group}
                for value in values
                for empty in (self.empties if value is None else self.empties[:1])
            ]
        return [*{tuple(row.values()): row for row in rows}.values()]


def _closed(lowered: Lowered) -> dict[str, list[_Value]]:
    """Text fields of the model's own, with all that is ever written into them."""
    texts = {item.name for item in lowered.fields if item.type == "string"}
    found: dict[str, list[_Value]] = {name: [None] for name in texts}
    for item in lowered.campaigns:
        for step in item.flow:
            fields = dict(step.fields)
            if step.step == "Change Data Value" and fields.get("Attribute") in texts:
                found[fields["Attribute"]] += [
                    fields["New Value"],
                    *(choice.value for choice in step.choices),
                ]
    return {name: values for name, values in found.items() if "{{" not in str(values)}


# --- what a filter is about -----------------------------------------------------------------------------------------

_DONE = {row.filter: (row.filter, True) for row in ACTIVITIES.values() if row.filter} | {
    row.absence: (row.filter, False) for row in ACTIVITIES.values() if row.absence
}
"""Filters on what was done, and on what was not."""
_KEPT = {row.filter: row.kept for row in ACTIVITIES.values()}
_LOG = {item.id: 24 * int(item.value) for item in FACTS if item.id in _KEPT.values()}
"""Hours after which an activity is forgotten, as the table of facts has it."""
_SMART_LIST = "Member of Smart List"
_LISTS = {"Member of List", _SMART_LIST}
_SPANS = {"hour": 1, "day": 24, "week": 168, "today": 24, "month": 744, "quarter": 2_208, "year": 8_784}


def _by_subject(clauses: Iterable[Clause]) -> Iterable[tuple[Clause, ...]]:
    found: dict[object, list[Clause]] = {}
    for clause in clauses:
        found.setdefault(_subject(clause), []).append(clause)
    return map(tuple, found.values())


def _subject(clause: Clause) -> object:
    if clause.rule in _DONE:
        where = [
            item
            for item in clause.constraints
            if item.name not in {"Date of Activity", "Min. Number of Times"}
        ]
        return _DONE[clause.rule][0], clause[1:4], *where
    return clause.rule


def _doings(group: Sequence[Clause]) -> Iterator[dict[Clause, bool]]:
    """How often something was done in each window: in a longer one at least as often."""
    windows = sorted({_window(clause) for clause in group})
    counts = sorted({more for clause in group for more in (0, _times(clause) - 1, _times(clause))})
    for often in combinations_with_replacement(counts, len(windows)):
        done = dict(zip(windows, often, strict=True))
        yield {clause: (done[_window(clause)] >= _times(clause)) == _DONE[clause.rule][1] for clause in group}


def _window(clause: Clause) -> float:
    """In hours; for ever where nothing is said, or where it is as far as the log goes back."""
    for item in clause.constraints:
        if item.name == "Date of Activity":
            number, _, unit = item.values[0].rpartition(" ")
            hours = _SPANS[unit.casefold().rstrip("s")] * (int(number) if number.isdigit() else 1)
            return inf if hours >= _LOG[_KEPT[_DONE[clause.rule][0]]] else hours
    return inf


def _times(clause: Clause) -> int:
    return next(
        (int(item.values[0]) for item in clause.constraints if item.name == "Min. Number of Times"), 1
    )


def _memberships(group: Sequence[Clause]) -> Iterator[set[str]]:
    names = sorted({name for clause in group for name in clause.values})
    for size in range(min(len(names), 2) + 1):
        yield from map(set, combinations(names, size))
    yield {*names}


# --- values of a field ----------------------------------------------------------------------------------------------

_DATES = {
    "in past": (-1, 0),
    "in past before": (None, -1),
    "in future": (0, 1),
    "in future after": (1, None),
}
"""Between which multiples of a span, from now, a date has to lie."""
_EMPTY_TOO = {"in past before", "before", "on or before"}
_DAYS = {"before", "on or before", "after", "on or after", "between"}


def _candidates(group: Sequence[Clause]) -> list[_Value]:
    """Values on both sides of all that is asked for, and none at all."""
    values = [text for clause in group for text in (*clause.values[:_TELLING], *clause.values[-1:])]
    if values and all(map(_is_number, group)):
        return [None, *sorted({int(text) + more for text in values for more in (-1, 0, 1)})]
    if {*values} <= {"true", "false"} and values:
        return ["true", "false"]
    if any(clause.operator in _DATES or clause.operator in _DAYS for clause in group):
        edges = [_day(text) for text in values]
        near = timedelta(minutes=1)
        return [None, _NOW - near, _NOW + near, *(edge + more for edge in edges for more in (-near, near))]
    return [None, "~", *(form for text in values for form in (text, f"~{text}", f"{text}~", f"~{text}~"))]


_NUMBERS = {"is", "is not", "at least", "at most", "greater than", "less than", "between"}


def _is_number(clause: Clause) -> bool:
    if not clause.values:
        return clause.operator in {"is empty", "is not empty"}
    return clause.operator in _NUMBERS and all(text.lstrip("-").isdigit() for text in clause.values)


def _day(text: str) -> datetime:
    """A date, or how far a span before now lies."""
    number, _, unit = text.partition(" ")
    if unit.rstrip("s") in {"day", "hour", "week"}:
        return _NOW - timedelta(**{f"{unit.rstrip('s')}s": int(number)})
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _holds(clause: Clause, value: _Value, empties: Empties) -> bool:
    if clause.operator in {"is empty", "is not empty"}:
        return (value is None) == (clause.operator == "is empty")
    if clause.operator in _DATES or (clause.operator in _DAYS and not clause.values[0].isdigit()):
        return _date_holds(clause, value)
    if _is_number(clause):
        return number_passes(clause, value if isinstance(value, int) else None, empties)
    positive = {other: word for word, other in NEGATED.items() if " not" in other or "not " in other}
    negative = clause.operator in positive
    if value is None:
        return negative and empties.negative
    return _text_holds(positive.get(clause.operator, clause.operator), str(value), clause.values) != negative


def _text_holds(operator: str, value: str, asked: Iterable[str]) -> bool:
    text = value.casefold()
    found = [part.casefold() for part in asked]
    if operator == "contains":
        return any(part in text for part in found)
    if operator == "starts with":
        return text.startswith(tuple(found))
    return text in found


def _date_holds(clause: Clause, value: _Value) -> bool:
    if not isinstance(value, datetime):
        return value is None and clause.operator in _EMPTY_TOO
    first, last = _day(clause.values[0]), _day(clause.values[-1])
    if clause.operator in _DATES:
        low, high = _DATES[clause.operator]
        span = _NOW - first
        return (low is None or value >= _NOW + low * span) and (high is None or value <= _NOW + high * span)
    return {
        "before": value < first,
        "on or before": value <= first,
        "after": value > first,
        "on or after": value >= first,
        "between": first <= value <= last,
    }[clause.operator]


def number_passes(clause: Clause, value: int | None, empties: Empties) -> bool:
    """Whether a number passes; an empty one passes “is 0”, and negations and comparisons as it is said of them."""
    operator, asked = clause.operator, [int(text) for text in clause.values if text.lstrip("-").isdigit()]
    if operator in {"is empty", "is not empty"}:
        return (value is None) == (operator == "is empty")
    if operator == "is":
        return (value or 0) in asked
    if operator == "is not":
        return (value or 0) not in asked and (value is not None or empties.negative)
    if value is None and not empties.as_zero:
        return False
    low, high = number_span(clause)
    return low <= (value or 0) <= high


def number_span(clause: Clause) -> tuple[float, float]:
    """The least and the greatest number that pass a comparison."""
    low, high = int(clause.values[0]), int(clause.values[-1])
    return {
        "at least": (low, inf),
        "at most": (-inf, low),
        "greater than": (low + 1, inf),
        "less than": (-inf, low - 1),
        "between": (low, high),
    }[clause.operator]
