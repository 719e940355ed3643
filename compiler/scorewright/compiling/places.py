"""Where each element of a spec stands, for the reader of an output."""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import PurePath
from typing import TYPE_CHECKING

from scorewright.source.offsets import Offsets

if TYPE_CHECKING:
    from scorewright.source.document import Document, SourceFile

__all__ = ["Places"]


class Places:
    """Where each element of a spec stands: file and line, as seen from the spec's folder."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._offsets = Offsets()
        self._starts: dict[str, list[int]] = {}
        self._names: dict[str, str] = {}
        self._known: dict[str, tuple[str, int]] = {}

    def of(self, element: str) -> tuple[str, int]:
        """The file and the line of an element such as ``rules.contact``."""
        if element not in self._known:  # one element makes many objects
            self._known[element] = self._look_up(element)
        return self._known[element]

    def _look_up(self, element: str) -> tuple[str, int]:
        path = tuple(element.split(".", 1))
        file = self._document.file_of(path)
        start = self._offsets.start(file, path, "key")
        if file.name not in self._starts:
            self._starts[file.name] = [0, *(match.end() for match in re.finditer("\n", file.text))]
            self._names[file.name] = self._shown(file)
        return self._names[file.name], bisect_right(self._starts[file.name], start)

    def _shown(self, file: SourceFile) -> str:
        name, folder = PurePath(file.path), self._document.folder
        return name.relative_to(folder).as_posix() if name.is_relative_to(folder) else name.name

    def has(self, element: str) -> bool:
        """Whether the spec has an element: one of the version before may be gone."""
        table, _, key = element.partition(".")
        return table in self._document.data and (not key or key in self._document.data[table])

    def words(self, element: str) -> str:
        """``model.toml:34``."""
        file, line = self.of(element)
        return f"{file}:{line}"
