"""What a comment can belong to: every header, key, item and value of a text, by its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorewright.source.positions import scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.diagnostics.rule import KeyPath

__all__ = ["Anchors", "find_anchors"]


@dataclass(frozen=True, slots=True)
class Anchors:
    """Key paths by offset; the offsets also sorted, to look around from any place of the text."""

    values: Mapping[int, KeyPath]
    """Where each value begins; a table with a header begins at the header's bracket."""
    starts: Mapping[int, KeyPath]
    """Where each header, key and item begins."""
    headers: Sequence[int]
    _value_offsets: Sequence[int]
    _start_offsets: Sequence[int]

    def value_before(self, offset: int) -> int:
        """Give the offset of the last value that begins before ``offset``; there must be one."""
        return self._value_offsets[bisect_left(self._value_offsets, offset) - 1]

    def next_start(self, offset: int) -> int | None:
        """Give the offset of the first header, key or item behind ``offset``."""
        index = bisect_right(self._start_offsets, offset)
        return self._start_offsets[index] if index < len(self._start_offsets) else None

    def is_first(self, offset: int) -> bool:
        """Say whether nothing but comments stands before ``offset``."""
        return not self._start_offsets or offset <= self._start_offsets[0]

    def is_header(self, offset: int) -> bool:
        """Say whether a header begins at ``offset``."""
        index = bisect_left(self.headers, offset)
        return index < len(self.headers) and self.headers[index] == offset

    def table_at(self, offset: int) -> KeyPath:
        """Give the path of the table whose header is the last one before ``offset``."""
        index = bisect_left(self.headers, offset)
        return self.values[self.headers[index - 1]] if index else ()


def find_anchors(text: str) -> Anchors:
    """Look up every anchor of ``text``, which tomllib must have accepted."""
    values: dict[int, KeyPath] = {}
    starts: dict[int, KeyPath] = {}
    headers: set[int] = set()
    for path, (key, value) in scan(text).items():
        if value < key:  # a header, which names the tables on its way too: it is the last and longest of them
            headers.add(value)
            if len(path) > len(values.get(value, ())):
                values[value] = starts[value] = path
        elif value > key or isinstance(path[-1], int):  # the rest are the first parts of dotted keys
            values[value] = starts[key] = path
    return Anchors(values, starts, sorted(headers), sorted(values), sorted(starts))
