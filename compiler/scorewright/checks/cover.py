"""Which texts and numbers are taken already: what first-match-wins and lists of texts leave for later entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.values import Bounds

__all__ = ["Line", "Taken", "Texts", "fold"]

_WORD = re.compile(r"[^\W_]+")
_MANY = 64
"""Characters of a text up to which each piece of it is looked up; in a longer one every entry is looked for instead."""


def fold(text: str) -> str:
    """A text as tests compare it: without case."""
    return text.casefold()


class Taken(NamedTuple):
    """The entry that takes a text first: its mode, its text as written, and the number of its case or place."""

    mode: str
    text: str
    place: int


class Texts:
    """Entries of text tests; says which of them matches all that a later entry could match.

    Looking up is linear in the later entry's length squared, not in the number of entries.
    """

    def __init__(self) -> None:
        self._by_mode: dict[str, dict[str, Taken]] = {}
        self._lengths: set[int] = set()

    def add(self, mode: str, text: str, place: int) -> None:
        """Take what an entry matches; of two equal entries the first keeps its place."""
        entries = self._by_mode.setdefault(mode, {})
        entries.setdefault(_plain(mode, text), Taken(mode, text, place))
        if mode == "contains":
            self._lengths.add(len(_plain(mode, text)))

    def taker(self, mode: str, text: str) -> Taken | None:
        """An entry that matches whatever this one matches, the same entry first."""
        same = self._by_mode.get(mode, {}).get(_plain(mode, text))
        return same or next(self._takers(mode, _plain(mode, text)), None)

    def others(self, mode: str, text: str) -> Iterator[Taken]:
        """The entries that match whatever this one matches, but for the same entry."""
        plain = _plain(mode, text)
        return (
            taken
            for taken in self._takers(mode, plain)
            if (taken.mode, _plain(mode, taken.text)) != (mode, plain)
        )

    def _takers(self, mode: str, text: str) -> Iterator[Taken]:
        if mode in {"is", "starts_with"}:
            yield from self._found("starts_with", (text[:end] for end in range(1, len(text) + 1)))
        if mode in {"is", "ends_with"}:
            yield from self._found("ends_with", (text[start:] for start in range(len(text))))
        yield from self._contained(text)
        yield from self._found("contains_word", _runs(mode, text))

    def _contained(self, text: str) -> Iterator[Taken]:
        entries = self._by_mode.get("contains", {})
        if len(text) > _MANY:
            yield from (taken for entry, taken in entries.items() if entry in text)
            return
        for length in sorted(length for length in self._lengths if length <= len(text)):
            yield from self._found(
                "contains", (text[at : at + length] for at in range(len(text) - length + 1))
            )

    def _found(self, mode: str, parts: Iterable[str]) -> Iterator[Taken]:
        entries = self._by_mode.get(mode)
        if entries:
            yield from (entries[part] for part in parts if part in entries)


def _plain(mode: str, text: str) -> str:
    return " ".join(fold(text).split()) if mode == "contains_word" else fold(text)


def _runs(mode: str, text: str) -> Iterator[str]:
    """The runs of whole words inside a text that stay whole words in everything that the entry matches.

    ``starts_with = "Chief Exec"`` also matches "Chief Executive": its last word may go on, so it is no whole word.
    """
    words = list(_WORD.finditer(text))
    open_left = mode in {"ends_with", "contains"}
    open_right = mode in {"starts_with", "contains"}
    firsts = [word.start() for word in words if not (open_left and word.start() == 0)]
    lasts = [word.end() for word in words if not (open_right and word.end() == len(text))]
    for start in firsts:
        yield from (text[start:end] for end in lasts if end > start)


class Line:
    """The stretches of the number line that are taken.

    A bound n is the point 2n of a line where 2n + 1 stands for what lies between n and n + 1: whole numbers and
    fractions are then told apart by integers.
    """

    def __init__(self) -> None:
        self._taken: list[tuple[float, float]] = []

    def add(self, stretch: tuple[float, float]) -> None:
        """Take a stretch."""
        low, high = stretch
        apart = []
        for left, right in self._taken:
            if right < low - 1 or left > high + 1:
                apart.append((left, right))
            else:
                low, high = min(low, left), max(high, right)
        self._taken = [*apart, (low, high)]

    def free(self, stretch: tuple[float, float]) -> float | None:
        """The lowest point of a stretch that is not taken; ``None`` when nothing of it is left."""
        low, high = stretch
        for left, right in sorted(self._taken):
            if left <= low <= right:
                low = right + 1
        return low if low <= high and low < float("inf") else None

    def covers(self, stretch: tuple[float, float]) -> bool:
        """Whether nothing of a stretch is left."""
        return any(left <= stretch[0] and stretch[1] <= right for left, right in self._taken)

    @staticmethod
    def stretch(bounds: Bounds) -> tuple[float, float]:
        """Both ends of a pair of bounds on the doubled line."""
        low, high = float("-inf"), float("inf")
        if bounds.lower is not None:
            low = 2 * bounds.lower.number.value + (0 if bounds.lower.inclusive else 1)
        if bounds.upper is not None:
            high = 2 * bounds.upper.number.value - (0 if bounds.upper.inclusive else 1)
        return low, high
