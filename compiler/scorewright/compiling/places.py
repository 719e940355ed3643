"""Where each element of a spec stands, for the reader of an output."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import PurePath
from typing import TYPE_CHECKING

from scorewright.source.offsets import Offsets

if TYPE_CHECKING:
    from scorewright.source.document import Document

__all__ = ["Places"]


class Places:
    """Where each element of a spec stands: file and line, as seen from the spec's folder."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._offsets = Offsets()
        self._starts: dict[str, list[int]] = {}

    def of(self, element: str) -> tuple[str, int]:
        """The file and the line of an element such as ``rules.contact``."""
        path = tuple(element.split(".", 1))
        file = self._document.file_of(path)
        start = self._offsets.start(file, path, "key")
        if file.name not in self._starts:
            self._starts[file.name] = [0, *(i + 1 for i, letter in enumerate(file.text) if letter == "\n")]
        name = PurePath(file.path)
        folder = self._document.folder
        shown = name.relative_to(folder).as_posix() if name.is_relative_to(folder) else name.name
        return shown, bisect_right(self._starts[file.name], start)

    def words(self, element: str) -> str:
        """``model.toml:34``."""
        file, line = self.of(element)
        return f"{file}:{line}"
