"""One TOML file read and parsed, and the folder's choice of the main file among such."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorewright.source.file_rules import FILE_MISSING, FILE_UNREADABLE
from scorewright.source.paths import display_name
from scorewright.source.spec_rules import FILE_NOT_INCLUDED, MAIN_FILE_AMBIGUOUS, MAIN_FILE_MISSING
from scorewright.source.text import read_text
from scorewright.source.toml import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from scorewright.diagnostics.rule import Finding
    from scorewright.source.document import SourceFile

__all__ = ["AGREEMENTS", "Choice", "Part", "choose_main", "included_names", "not_included", "read_part"]

AGREEMENTS = "agreements.toml"
_NOT_MAIN = frozenset({AGREEMENTS, "scorewright.toml"})
_MODEL_HEADER = re.compile(r"^[ \t]*\[[ \t]*model[ \t]*\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A file as far as it could be read: ``data`` is ``None`` when its findings say why."""

    name: str
    path: Path
    file: SourceFile | None
    data: Mapping[str, Any] | None
    findings: tuple[Finding, ...] = ()

    @property
    def has_model(self) -> bool:
        """Whether it has a ``[model]`` table; a guess from its text where it could not be parsed."""
        if self.data is not None:
            return "model" in self.data
        return self.file is not None and _MODEL_HEADER.search(self.file.text) is not None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a folder's own .toml files are: the main file, if there is exactly one, and the others."""

    main: Part | None
    others: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_part(path: Path, cwd: Path) -> Part:
    """Read and parse one TOML file."""
    name = display_name(path, cwd)
    file, findings = read_text(path, name)
    if file is None or findings:
        return Part(name, path, file, None, findings)
    data, findings = parse(file)
    return Part(name, path, file, data, findings)


def included_names(part: Part) -> tuple[tuple[int, str], ...]:
    """Give index and text of a part's ``include``; what has another shape is the schema's to report."""
    names = part.data.get("include") if part.data is not None else None
    if not isinstance(names, list):
        return ()
    return tuple((index, name) for index, name in enumerate(names) if isinstance(name, str))


def choose_main(folder: Path, cwd: Path) -> Choice:
    """Find the main file of a folder: the one .toml file directly in it that has a ``[model]`` table."""
    name = display_name(folder, cwd)
    try:
        with os.scandir(folder) as entries:
            found = sorted(entry.name for entry in entries if _may_be_main(entry.name))
    except FileNotFoundError:
        return Choice(None, (), (FILE_MISSING.in_file(name, f"there is no folder {name}"),))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Choice(None, (), (FILE_UNREADABLE.in_file(name, f"{name} cannot be read: {reason}"),))
    parts = tuple(read_part(folder / each, cwd) for each in found)
    mains = _not_reached([part for part in parts if part.has_model], folder)
    if len(mains) == 1:
        return Choice(mains[0], tuple(part for part in parts if part is not mains[0]))
    if mains:
        return Choice(None, parts, (_ambiguous(name, mains),))
    broken = tuple(finding for part in parts for finding in part.findings)
    return Choice(None, parts, (_missing(name, found), *broken))


def _may_be_main(name: str) -> bool:
    return name.endswith(".toml") and not name.startswith(".") and name not in _NOT_MAIN


def _not_reached(mains: Sequence[Part], folder: Path) -> tuple[Part, ...]:
    """Leave out what another one includes, unless that leaves nothing."""
    reached = {
        folder / name for part in mains for _, name in included_names(part) if folder / name != part.path
    }
    return tuple(part for part in mains if part.path not in reached) or tuple(mains)


def _missing(name: str, found: Sequence[str]) -> Finding:
    listed = f"; found {_listed(found)}" if found else ": it has no .toml file"
    message = f"no file in {name} has a [model] table{listed}"
    help_text = "name the folder or the file of the model; `scorewright new` makes one from a template"
    return MAIN_FILE_MISSING.in_file(name, message, help=help_text)


def _ambiguous(name: str, mains: Sequence[Part]) -> Finding:
    message = f"several files in {name} have a [model] table: {_listed([part.path.name for part in mains])}"
    return MAIN_FILE_AMBIGUOUS.in_file(name, message, help=f"name one of them: {mains[0].name}")


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return shown if len(names) <= 6 else f"{shown} and {len(names) - 6} more"


def not_included(others: Sequence[Part], read: Sequence[Part]) -> tuple[Finding, ...]:
    """Warn of files that look like parts of the spec and are none."""
    known = {part.path for part in read}
    return tuple(
        FILE_NOT_INCLUDED.in_file(
            part.name,
            f"{part.name} is a file of the language, but the main file does not include it",
            help=f'add "{part.path.name}" to include, or move the file elsewhere',
            offset=0,
        )
        for part in others
        if part.path not in known and part.data is not None and "language" in part.data
    )
