"""Finds ``scorewright.toml``, reads it, and says at which line something in it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scorewright.project.values import Instance, Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.source.document import Document
    from scorewright.source.part import Part

__all__ = ["FILE_NAME", "Loaded", "find_project", "load_project"]

FILE_NAME = "scorewright.toml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A project with what is wrong in its file; when there are diagnostics the project holds no defaults."""

    project: Project
    diagnostics: tuple[Diagnostic, ...] = ()


def find_project(start: Path) -> Path | None:
    """Look for ``scorewright.toml`` in a folder and its parents, up to the root of the git repository.

    Outside a repository only the folder itself is looked at: a file further up is somebody else's.
    """
    folder = (start if _is(Path.is_dir, start) else start.parent).absolute()
    chain = [folder, *folder.parents]
    root = next((index for index, path in enumerate(chain) if _is(Path.exists, path / ".git")), 0)
    return next((path / FILE_NAME for path in chain[: root + 1] if _is(Path.is_file, path / FILE_NAME)), None)


def _is(question: Callable[[Path], bool], path: Path) -> bool:
    """Ask a path something; what may not be looked at, or cannot exist, is not there."""
    try:
        return question(path)
    except OSError:
        return False


def load_project(spec: Path | None = None) -> Loaded:
    """Read the file beside ``spec`` or above it, else that of the working folder; without one there are no defaults."""
    file = (find_project(spec) if spec is not None else None) or find_project(Path())
    return _read(file) if file else Loaded(Project(Path()))


def _read(file: Path) -> Loaded:
    from scorewright.project.shape import findings_of
    from scorewright.source.document import Document
    from scorewright.source.part import read_part
    from scorewright.source.place import place

    part = read_part(file, Path.cwd())
    if part.file is None or part.data is None:
        return Loaded(Project(file.parent), place(part.findings, None, _texts(part)))
    findings = tuple(findings_of(part.data))
    document = Document(file.parent, (part.file,), part.data, {})
    if findings:
        return Loaded(Project(file.parent), place(findings, document))
    return Loaded(_project(file, document))


def _texts(part: Part) -> dict[str, str]:
    return {part.name: part.file.text} if part.file else {}


def _project(file: Path, document: Document) -> Project:
    data = document.data
    folder = _from_here(file.parent)
    return Project(
        folder,
        tuple(folder / item for item in data.get("specs", ())),
        folder / data["out"] if "out" in data else None,
        data.get("targets", {}),
        {
            name: Instance(name, table["target"], table["kind"], table.get("facts", {}), table.get("api", {}))
            for name, table in data.get("instances", {}).items()
        },
        document,
    )


def _from_here(folder: Path) -> Path:
    """The folder as seen from the working folder, where that is shorter to read."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
