"""Salesforce formula fields as the bundle writes them: a sum of fields and of shares of fields, kept between two bounds."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot.emulator.texts import whole
from scorewright_pardot.emulator.unreadable import UnreadableBundleError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright_pardot.emulator.prospect import Prospect

__all__ = ["Formula", "read_formula"]


class Formula(NamedTuple):
    """A formula: its field, what it comes to (``None`` without a CRM record), and the fields that it reads."""

    name: str
    value: Callable[[Prospect], int]
    sources: tuple[str, ...]


_DEEPEST = 20
_PART = re.compile(r"\s*([A-Za-z_]\w*__c|BLANKVALUE|ISBLANK|MFLOOR|MAX|MIN|IF|[-]?\d+|[(),+*/])")


def read_formula(name: str, row: Mapping[str, Any], field_ids: Mapping[str, str]) -> Formula:
    """Read ``MIN(MAX(BLANKVALUE(a__c, 0) + …, low), high)``.  Raises ``UnreadableBundleError``."""
    text = row.get("formula")
    if not isinstance(text, str):
        raise UnreadableBundleError("formula-fields", name, "it has no formula")
    parts = _parts(name, text)
    reader = _Formula(name, parts, field_ids)
    value = reader.sum()
    if reader.place != len(parts):
        raise reader.stuck()
    return Formula(name, lambda prospect: math.floor(value(prospect)), tuple(reader.sources))


def _times(
    one: Callable[[Prospect], Fraction], other: Callable[[Prospect], Fraction]
) -> Callable[[Prospect], Fraction]:
    return lambda prospect: one(prospect) * other(prospect)


def _over(one: Callable[[Prospect], Fraction], number: int) -> Callable[[Prospect], Fraction]:
    return lambda prospect: one(prospect) / number


def _floor(one: Callable[[Prospect], Fraction]) -> Callable[[Prospect], Fraction]:
    """The next whole number below, also of negative ones."""
    return lambda prospect: Fraction(math.floor(one(prospect)))


def _parts(name: str, text: str) -> list[str]:
    found, place = [], 0
    while place < len(text.rstrip()):
        match = _PART.match(text, place)
        if match is None:
            raise UnreadableBundleError(
                "formula-fields", name, f"the formula cannot be read at {text[place : place + 20]!r}"
            )
        found.append(match[1])
        place = match.end()
    return found


class _Formula:
    """Reads parts from left to right."""

    def __init__(self, name: str, parts: list[str], field_ids: Mapping[str, str]) -> None:
        self.name = name
        self.parts = parts
        self.field_ids = field_ids
        self.place = 0
        self.depth = 0
        self.sources: dict[str, None] = {}

    def sum(self) -> Callable[[Prospect], Fraction]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.stuck()
        terms = [self._product()]
        while self._peek() == "+":
            self.place += 1
            terms.append(self._product())
        self.depth -= 1
        return (
            terms[0]
            if len(terms) == 1
            else lambda prospect: sum((part(prospect) for part in terms), Fraction())
        )

    def _product(self) -> Callable[[Prospect], Fraction]:
        found = self._term()
        while self._peek() in {"*", "/"}:
            found = _times(found, self._term()) if self._take() == "*" else _over(found, self._divisor())
        return found

    def _divisor(self) -> int:
        number = self._number(self._take())
        if not number:
            raise self.stuck()
        return number

    def _term(self) -> Callable[[Prospect], Fraction]:
        part = self._take()
        if part in {"MAX", "MIN"}:
            self._expect("(")
            one = self.sum()
            self._expect(",")
            other = self.sum()
            self._expect(")")
            choose = max if part == "MAX" else min
            return lambda prospect: choose(one(prospect), other(prospect))
        if part == "BLANKVALUE":
            self._expect("(")
            field = self._take()
            self._expect(",")
            blank = self._number(self._take())
            self._expect(")")
            return self._field(field, blank)
        if part in {"(", "MFLOOR"}:
            if part == "MFLOOR":
                self._expect("(")
            inner = self.sum()
            self._expect(")")
            return _floor(inner) if part == "MFLOOR" else inner
        if part == "IF":
            return self._if_blank()
        if part.endswith("__c"):
            return self._field(part, 0)
        number = Fraction(self._number(part))
        return lambda _: number

    def _if_blank(self) -> Callable[[Prospect], Fraction]:
        """``IF(ISBLANK(a__c), 0, …)``."""
        for expected in ("(", "ISBLANK", "("):
            self._expect(expected)
        name = self._name_of(self._take())
        for expected in (")", ","):
            self._expect(expected)
        blank = self.sum()
        self._expect(",")
        value = self.sum()
        self._expect(")")
        return lambda prospect: value(prospect) if prospect.fields.get(name, ()) else blank(prospect)

    def _name_of(self, part: str) -> str:
        name = self.field_ids.get(part.removesuffix("__c"))
        if name is None or not part.endswith("__c"):
            raise UnreadableBundleError("formula-fields", self.name, f"no custom field has the id {part!r}")
        self.sources[name] = None
        return name

    def _field(self, part: str, blank: int) -> Callable[[Prospect], Fraction]:
        name = self._name_of(part)

        def value(prospect: Prospect) -> Fraction:
            held = prospect.fields.get(name, ())
            number = whole(held[0]) if held else None
            return Fraction(blank if number is None else number)

        return value

    def _peek(self) -> str:
        return self.parts[self.place] if self.place < len(self.parts) else ""

    def _take(self) -> str:
        part = self._peek()
        self.place += 1
        return part

    def _expect(self, part: str) -> None:
        if self._take() != part:
            raise self.stuck()

    def _number(self, part: str) -> int:
        number = whole(part)
        if number is None:
            raise self.stuck()
        return number

    def stuck(self) -> UnreadableBundleError:
        return UnreadableBundleError(
            "formula-fields", self.name, f"the formula cannot be read at {self._peek()!r}"
        )
