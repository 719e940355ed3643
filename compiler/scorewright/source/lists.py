"""Reads list files: the texts of a ``[terms]`` table that are too many to stand in the spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.source.paths import Refusal, display_name, inside
from scorewright.source.spec_rules import LIST_FILE_EMPTY
from scorewright.source.text import LIST_FILE_LIMIT, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scorewright.diagnostics.rule import Finding
    from scorewright.source.document import SourceFile

__all__ = ["ListFile", "list_files", "list_lines", "read_list"]


class ListFile(NamedTuple):
    """A list file as far as it could be read; ``lines`` is ``None`` when its findings say why."""

    file: SourceFile | None
    lines: tuple[str, ...] | None
    findings: tuple[Finding, ...] = ()


def list_files(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Give id and path of every ``[terms]`` table that names a file."""
    terms = data.get("terms")
    for key, table in terms.items() if isinstance(terms, dict) else ():
        name = table.get("file") if isinstance(table, dict) else None
        if isinstance(name, str):
            yield key, name


def read_list(folder: Path, entry: str, cwd: Path) -> ListFile | Refusal:
    """Read the list file that a spec in ``folder`` names."""
    path = inside(folder, entry)
    if isinstance(path, Refusal):
        return path
    name = display_name(path, cwd)
    file, findings = read_text(path, name, limit=LIST_FILE_LIMIT)
    if file is None or findings:
        return ListFile(file, None, findings)
    lines = list_lines(file.text)
    if lines:
        return ListFile(file, lines)
    message = f"{name} has no line of text: a list without texts matches nobody"
    help_text = "write one text a line; a line that begins with # is a comment"
    return ListFile(file, None, (LIST_FILE_EMPTY.in_file(name, message, help=help_text, offset=0),))


def list_lines(text: str) -> tuple[str, ...]:
    """Give the texts of a list file: one a line, stripped; blank lines and lines that start with ``#`` are left out."""
    stripped = (line.strip() for line in text.split("\n"))
    return tuple(line for line in stripped if line and not line.startswith("#"))
