"""Salesforce formula fields as the bundle writes them: a sum of fields, kept between two bounds."""

from __future__ import annotations

import re
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
_PART = re.compile(r"\s*(BLANKVALUE|MAX|MIN|[A-Za-z_]\w*__c|[-+]?\d+|[(),+])")


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
    return Formula(name, value, tuple(reader.sources))


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

    def sum(self) -> Callable[[Prospect], int]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.stuck()
        terms = [self._term()]
        while self._peek() == "+":
            self.place += 1
            terms.append(self._term())
        self.depth -= 1
        return terms[0] if len(terms) == 1 else lambda prospect: sum(part(prospect) for part in terms)

    def _term(self) -> Callable[[Prospect], int]:
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
        number = self._number(part)
        return lambda _: number

    def _field(self, part: str, blank: int) -> Callable[[Prospect], int]:
        name = self.field_ids.get(part.removesuffix("__c"))
        if name is None or not part.endswith("__c"):
            raise UnreadableBundleError("formula-fields", self.name, f"no custom field has the id {part!r}")
        self.sources[name] = None

        def value(prospect: Prospect) -> int:
            held = prospect.fields.get(name, ())
            number = whole(held[0]) if held else None
            return blank if number is None else number

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
