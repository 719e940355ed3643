"""Operators: how Marketo compares one value with those of a filter, empties and all (operator glossary)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scorewright_marketo.emulator.clock import DAY, span

if TYPE_CHECKING:
    from scorewright_marketo.emulator.clock import Clock
    from scorewright_marketo.emulator.platform import Platform
    from scorewright_marketo.emulator.state import State

__all__ = ["KINDS", "Comparer", "Test", "whole"]

Test = Callable[[Any, "State"], bool]
"""Whether a value passes."""

_NUMBER = re.compile(r"[-+]?[0-9]{1,15}")

KINDS = {
    "score": "number",
    "integer": "number",
    "float": "number",
    "currency": "number",
    "percent": "number",
    "datetime": "date",
    "date": "date",
    "boolean": "boolean",
}
"""How a field of a data type is compared; every other type is a text."""


class Comparer:
    """Makes tests of operators and values, for one instance.  Raises ``ValueError`` for what is no operator."""

    def __init__(self, platform: Platform, clock: Clock) -> None:
        self.platform, self.clock = platform, clock

    def test(self, kind: str, operator: str, values: list[str]) -> Test:
        """The test for a value of a kind: ``text``, ``number``, ``date`` or ``boolean``."""
        if operator == "is any":
            return _always
        if operator in {"is empty", "is not empty"}:
            return self._emptiness(kind, wanted=operator == "is empty")
        makers: dict[str, Callable[[str, list[str]], Test]] = {
            "text": self._text,
            "number": self._number,
            "date": self._date,
            "boolean": self._boolean,
        }
        if not values:
            raise ValueError(f"the operator {operator!r} has no value")
        return makers[kind](operator, values)

    def _emptiness(self, kind: str, *, wanted: bool) -> Test:
        if kind == "boolean" and self.platform.empty_boolean_is_false:
            return lambda _value, _state: not wanted
        return lambda value, _state: (value is None or value == "") is wanted

    def _boolean(self, operator: str, values: list[str]) -> Test:
        if operator not in {"is", "is not"} or values[0].casefold() not in {"true", "false"}:
            raise ValueError(f"a boolean is true or false, not {operator} {values[0]}")
        wanted = (values[0].casefold() == "true") is (operator == "is")
        if self.platform.empty_boolean_is_false:
            return lambda value, _state: bool(value) is wanted
        return lambda value, _state: value is not None and bool(value) is wanted

    # --- texts ------------------------------------------------------------------------------------------------------

    def _text(self, operator: str, values: list[str]) -> Test:
        positive = {"is not": "is", "not contains": "contains", "not starts with": "starts with"}
        plain = operator.removesuffix(" any")
        if plain not in {*positive, *positive.values()}:
            raise ValueError(f"{operator!r} is no operator for a text")
        keep = self.platform.filter_values_keep_blanks
        wanted = tuple(text.casefold() if keep else text.strip().casefold() for text in values)
        if plain in positive.values():
            return _found(plain, wanted)
        return self._negative([_found(positive[plain], (text,)) for text in wanted])

    def _negative(self, tests: list[Test]) -> Test:
        """None of the values; an empty value matches, if the instance says so."""
        empties = self.platform.negative_operators_match_empty
        enough = any if self.platform.several_values else all

        def holds(value: Any, state: State) -> bool:
            if value is None or value == "":
                return empties
            return not enough(test(value, state) for test in tests)

        return holds

    # --- numbers ----------------------------------------------------------------------------------------------------

    def _number(self, operator: str, values: list[str]) -> Test:
        numbers = [whole(text) for text in values]
        if operator == "is":
            return _is_number(numbers)
        if operator == "is not":
            if 0 in numbers:  # what `is 0` matches, `is not 0` does not
                return lambda value, _state: value is not None and value not in numbers
            return self._negative([_is_number([number]) for number in numbers])
        return _compared(operator, numbers[0], numbers[-1])

    # --- dates ------------------------------------------------------------------------------------------------------

    def _date(self, operator: str, values: list[str]) -> Test:
        if operator in {"in past", "in past before"}:
            return self._past(values[0], before=operator == "in past before")
        if operator in {"in future", "in future after"}:
            return _future(span(values[0]), after=operator == "in future after")
        if operator == "in time frame":
            return self._frame(values[0])
        return _fixed(operator, self.clock.read(values[0]), self.clock.read(values[-1]))

    def _past(self, text: str, *, before: bool) -> Test:
        """``in past before`` also matches an empty date."""
        length = span(text)
        days = text.split()[1].startswith(("day", "week", "month"))
        rolls = self.platform.day_windows_roll if days else self.platform.hour_windows_roll
        if rolls:
            return _rolling(length, before=before)
        return self._from_midnight(length, before=before)

    def _from_midnight(self, length: int, *, before: bool) -> Test:
        clock = self.clock

        def holds(value: Any, state: State) -> bool:
            if value is None:
                return before
            state.soon(clock.next_midnight(state.now))
            if value > state.now:
                return False
            first = clock.midnight(state.now, -(-length // DAY)) if length % DAY == 0 else None
            since = clock.midnight(state.now - length) if first is None else first
            return bool(value < since) is before

        return holds

    def _frame(self, name: str) -> Test:
        clock, monday = self.clock, self.platform.week_starts_monday
        clock.frame(name, 0, monday=monday)

        def holds(value: Any, state: State) -> bool:
            if value is None:
                return False
            state.soon(clock.next_midnight(state.now))
            return bool(clock.frame(name, state.now, monday=monday) <= value <= state.now)

        return holds


def _always(_value: Any, _state: State) -> bool:
    return True


def whole(text: str) -> int:
    """A whole number as it is typed.  Raises ``ValueError``."""
    if _NUMBER.fullmatch(text.strip()) is None:
        raise ValueError(f"{text!r} is no whole number")
    return int(text)


def _plain(value: Any) -> str:
    """A value as the text that is compared."""
    if value is None:
        return ""
    return str(value).casefold() if not isinstance(value, bool) else str(value).lower()


def _found(operator: str, wanted: tuple[str, ...]) -> Test:
    if operator == "is":
        return lambda value, _state: _plain(value) in wanted
    if operator == "starts with":
        return lambda value, _state: _plain(value).startswith(wanted)
    if len(wanted) == 1:
        return lambda value, _state: wanted[0] in _plain(value)

    def holds(value: Any, _state: State) -> bool:
        plain = _plain(value)
        return any(text in plain for text in wanted)

    return holds


def _is_number(numbers: list[int]) -> Test:
    """``is 0`` also matches an empty number."""
    zero = 0 in numbers
    return lambda value, _state: zero if value is None else value in numbers


def _compared(operator: str, first: int, last: int) -> Test:
    """An empty number counts as what the state says: 0, or no number at all."""
    tests: dict[str, Callable[[int], bool]] = {
        "at least": lambda value: value >= first,
        "at most": lambda value: value <= first,
        "greater than": lambda value: value > first,
        "less than": lambda value: value < first,
        "between": lambda value: first <= value <= last,
    }
    if operator not in tests:
        raise ValueError(f"{operator!r} is no operator for a number")
    test = tests[operator]

    def holds(value: Any, state: State) -> bool:
        number = state.empty if value is None else value
        return number is not None and test(number)

    return holds


def _rolling(length: int, *, before: bool) -> Test:
    def holds(value: Any, state: State) -> bool:
        if value is None:
            return before
        edge = value + length
        if state.now >= edge:
            return before
        state.soon(edge)
        if value > state.now:
            state.soon(value)
            return False
        return not before

    return holds


def _future(length: int, *, after: bool) -> Test:
    def holds(value: Any, state: State) -> bool:
        if value is None:
            return False
        for edge in (value, value - length):
            if edge > state.now:
                state.soon(edge)
        if after:
            return bool(value > state.now + length)
        return bool(state.now < value <= state.now + length)

    return holds


def _fixed(operator: str, first: int, last: int) -> Test:
    """Dates against days: a day is its start, save for what includes it whole."""
    end = first + DAY
    tests: dict[str, Callable[[int], bool]] = {
        "before": lambda value: value < first,
        "on or before": lambda value: value < end,
        "after": lambda value: value >= end,
        "on or after": lambda value: value >= first,
        "is": lambda value: first <= value < end,
        "is not": lambda value: not first <= value < end,
        "between": lambda value: first <= value < last + DAY,
    }
    if operator not in tests:
        raise ValueError(f"{operator!r} is no operator for a date")
    test = tests[operator]
    empties = operator in {"before", "on or before"}
    return lambda value, _state: empties if value is None else test(value)
