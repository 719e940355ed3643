"""Filter logic: ALL, ANY, or an expression over the filters' numbers, as one function of a person."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright_marketo.emulator.state import State

__all__ = ["Filter", "Priced", "joined"]

Filter = Callable[["State"], bool]
"""Whether a filter holds for a person now."""

_DEEPEST = 50
"""Parentheses inside one another, beyond which an expression is taken for broken: the reader calls itself for each."""
_PIECE = re.compile(r"\s*(\d+|and|or|\(|\))", re.IGNORECASE)

Priced = tuple[int, Filter]
"""A filter, and what it costs to ask it."""


def joined(filters: list[Priced], logic: str) -> Filter:
    """The filters under their logic; at least one of them.  Raises ``ValueError``."""
    if logic.upper() in {"ALL", "ANY"}:
        return (_all if logic.upper() == "ALL" else _any)(filters)[1]
    return _Reader(filters, logic).read()[1]


def _all(filters: list[Priced]) -> Priced:
    """Cheap filters first: what an answer is does not depend on the order."""
    ordered = sorted(filters, key=lambda pair: pair[0])
    price, tests = sum(price for price, _ in filters), [test for _, test in ordered]
    if len(tests) == 1:
        return price, tests[0]
    if len(tests) == 2:
        first, second = tests
        return price, lambda state: first(state) and second(state)

    def holds(state: object) -> bool:
        for test in tests:  # noqa: SIM110 - a generator costs half as much again
            if not test(state):  # type: ignore[arg-type]
                return False
        return True

    return price, holds


def _any(filters: list[Priced]) -> Priced:
    ordered = sorted(filters, key=lambda pair: pair[0])
    price, tests = sum(price for price, _ in filters), [test for _, test in ordered]
    if len(tests) == 1:
        return price, tests[0]

    def holds(state: object) -> bool:
        for test in tests:  # noqa: SIM110 - a generator costs half as much again
            if test(state):  # type: ignore[arg-type]
                return True
        return False

    return price, holds


class _Reader:
    """Reads ``1 and (2 or 3)``: one word a level, parentheses where both stand."""

    def __init__(self, filters: list[Priced], logic: str) -> None:
        self.filters, self.logic = filters, logic
        self.pieces: list[str] = [piece.casefold() for piece in _PIECE.findall(logic)]
        if "".join(self.pieces) != re.sub(r"\s+", "", logic).casefold():
            raise self._fault()
        self.place = self.depth = 0

    def read(self) -> Priced:
        found = self._level()
        if self.place != len(self.pieces):
            raise self._fault()
        return found

    def _level(self) -> Priced:
        parts, word = [self._part()], ""
        while self.place < len(self.pieces) and self.pieces[self.place] != ")":
            following = self._next()
            if following not in {"and", "or"} or (word and following != word):
                raise self._fault()
            word = following
            parts.append(self._part())
        return (_any if word == "or" else _all)(parts)

    def _part(self) -> Priced:
        piece = self._next()
        if piece == "(" and self.depth < _DEEPEST:
            self.depth += 1
            found = self._level()
            self.depth -= 1
            if self._next() != ")":
                raise self._fault()
            return found
        if not piece.isdigit() or not 1 <= int(piece) <= len(self.filters):
            raise self._fault()
        return self.filters[int(piece) - 1]

    def _next(self) -> str:
        if self.place == len(self.pieces):
            raise self._fault()
        self.place += 1
        return self.pieces[self.place - 1]

    def _fault(self) -> ValueError:
        return ValueError(f"the filter logic {self.logic!r} cannot be read for {len(self.filters)} filters")
