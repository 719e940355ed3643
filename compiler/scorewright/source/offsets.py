"""Finds the offset of a key in a file, scanning each file at most once and only when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.source.document import SourceFile
    from scorewright.source.positions import Places

__all__ = ["Offsets"]


class Offsets:
    """The places of the keys of several files, kept while one question after the other is asked."""

    def __init__(self) -> None:
        self._places: dict[str, Places] = {}

    def span(self, file: SourceFile, path: KeyPath, on: str) -> tuple[int, int]:
        """Give start and end of a key (``on="key"``) or of what its value shows on its first line.

        A path that the file does not have falls back to its nearest ancestor, and then to the ancestor's key:
        what is missing has no place of its own.  The file as a whole is its first character.
        """
        places = self._of(file)
        for length in range(len(path), 0, -1):
            place = places.get(tuple(path[:length]))
            if place is not None:
                on_key = on == "key" or length < len(path)
                return _span(file.text, place, on_key, is_item=isinstance(path[length - 1], int))
        return 0, 0

    def start(self, file: SourceFile, path: KeyPath, on: str = "value") -> int:
        """Give the first character of ``span``."""
        return self.span(file, path, on)[0]

    def _of(self, file: SourceFile) -> Places:
        if file.name not in self._places:
            from scorewright.source.positions import scan

            self._places[file.name] = scan(file.text)
        return self._places[file.name]


def _span(text: str, place: tuple[int, int], on_key: bool, *, is_item: bool) -> tuple[int, int]:
    from scorewright.source.lexical import key_end, token_end

    key, value = place
    if not is_item and (on_key or key == value):
        return key, key_end(text, key)
    return value, token_end(text, value)
