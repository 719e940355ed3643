"""One side of a comparison: a version of a model as its files say it, without the opinions of the checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorewright.model.read import read
from scorewright.project import Project, load_project
from scorewright.schema.repair import repair
from scorewright.schema.validate import validate
from scorewright.source.load import load
from scorewright.source.place import place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diff.values import Name
    from scorewright.model.elements import Model

__all__ = ["Side", "read_side"]


@dataclass(frozen=True, slots=True)
class Side:
    """A version of a model.  ``label`` is how readers call it: a revision, a folder.

    ``model`` is ``None`` when the version has no spec there, or when ``faults`` say why it could not be read.
    """

    label: str
    model: Model | None = None
    uses: Mapping[Name, frozenset[Name]] = field(default_factory=dict)
    agreements: Mapping[str, Any] = field(default_factory=dict)
    project: Project = field(default_factory=lambda: Project(Path()))
    faults: tuple[Diagnostic, ...] = ()


def read_side(path: Path, label: str, cwd: Path | None = None) -> Side:
    """Read the spec at ``path``; files are named as seen from ``cwd``.  Faults are those that keep elements unread."""
    loaded = load(path, cwd=cwd)
    document = loaded.document
    if document is None:
        return Side(label, faults=place(loaded.findings, None, loaded.texts))
    shape = validate(document.data)
    data, broken = repair(document.data, shape) if shape else (document.data, frozenset())
    reading = read(data, document.texts, broken)
    found = [each for each in (*loaded.findings, *shape, *reading.findings) if each.rule.severity == "error"]
    faults = place(found, document, loaded.texts) if found else ()
    project = load_project(path)
    return Side(
        label,
        reading.model,
        reading.uses,
        document.agreements,
        project.project,
        (*faults, *project.diagnostics),
    )
