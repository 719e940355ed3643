"""A spec as it was read: the merged tables, the files they came from, and where each key stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scorewright.diagnostics.rule import KeyPath

__all__ = ["Document", "SourceFile"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One TOML file of a spec.  ``name`` is how messages call it: relative to the working folder, with ``/``."""

    name: str
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """Every table of a spec merged into one tree, with the way back to its files.

    ``data`` holds the tables of all files (``include`` and ``language`` are the main file's); treat it as read-only.
    ``owners`` says for ``(table,)`` or ``(table, id)`` which file of ``files`` it stands in; the longest prefix wins.
    ``texts`` holds the lines of every list file, by the id of its ``[terms]`` table.
    ``agreements`` is the content of ``agreements.toml`` beside the main file, ``{}`` when there is none.
    """

    folder: Path
    files: tuple[SourceFile, ...]
    data: Mapping[str, Any]
    owners: Mapping[KeyPath, int]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    agreements: Mapping[str, Any] = field(default_factory=dict)
    agreements_file: SourceFile | None = None

    def file_of(self, path: KeyPath) -> SourceFile:
        """The file that a key path stands in; the main file for what no file owns."""
        if path[:1] == ("agreements",) and self.agreements_file is not None:
            return self.agreements_file
        for length in (2, 1):
            index = self.owners.get(tuple(path[:length]))
            if index is not None:
                return self.files[index]
        return self.files[0]
