"""Which files ``fmt`` would rewrite and into what: decided for all of them before the first one is touched."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.diagnostics.diagnostic import Diagnostic

__all__ = ["Rewrite", "plan"]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One file and its canonical text; empty where ``diagnostics`` say why there is none."""

    path: Path
    text: str
    changes: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def plan(paths: Iterable[Path]) -> tuple[Rewrite, ...]:
    """Look at every file named, and at every TOML file of the language in a folder named."""
    return tuple(_rewrite(path) for path in dict.fromkeys(_files(paths)))


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir it takes any name without raising
            yield from (file for file in _toml_files(path) if _is_of_the_language(file))
        else:
            yield path


def _toml_files(folder: Path) -> Iterator[Path]:
    """Every TOML file below, by name; hidden folders and the output of a compile are left out."""
    from scorewright.output import MARKER

    for base, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if MARKER in files:
            folders.clear()
        else:
            yield from (Path(base) / name for name in sorted(files) if name.endswith(".toml"))


def _is_of_the_language(file: Path) -> bool:
    """Say whether ``language`` stands above the first table; a file that cannot be read is left to be reported."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return True
    for line in lines:
        if line.startswith("["):
            return False
        if line.replace(" ", "").startswith("language="):
            return True
    return False


def _rewrite(path: Path) -> Rewrite:
    from scorewright.fmt import format_text
    from scorewright.source.part import read_part
    from scorewright.source.place import place

    part = read_part(path, Path.cwd())
    if part.file is None or part.data is None:
        texts = {part.name: part.file.text} if part.file else {}
        return Rewrite(path, "", diagnostics=place(part.findings, None, texts))
    text = format_text(part.file.text)
    return Rewrite(path, text, text.encode() != path.read_bytes())
