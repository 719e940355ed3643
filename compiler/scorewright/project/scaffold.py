"""Starts a model from one that ships: what ``scorewright new`` copies, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DEFAULT", "Template", "start", "templates", "templates_dir"]

DEFAULT = "minimal"
"""The template of ``scorewright new`` without ``--template``."""

PROJECT_FILE = """\
# Defaults for every scorewright command in this folder; the command line stands above them.
specs = ["."]
out = "out"
"""


@dataclass(frozen=True, slots=True)
class Template:
    """One model that ships: its folder's name, its title, and the first comment of its main file."""

    id: str
    title: str
    folder: Path


def templates_dir() -> Path:
    """The folder with the models that ship: inside an installed package, or ``specs/`` of a checkout."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "templates"
    return shipped if shipped.is_dir() else package.parent.parent / "specs"


def templates() -> tuple[Template, ...]:
    """Every model that ships, by id."""
    found = []
    for folder in sorted(path for path in templates_dir().iterdir() if path.is_dir()):
        title = _title(folder)
        if title is not None:
            found.append(Template(folder.name, title, folder))
    return tuple(found)


def _title(folder: Path) -> str | None:
    """The title of the model whose main file (the one with ``[model]``) lies in the folder."""
    import tomllib

    for file in sorted(folder.glob("*.toml")):
        data = tomllib.loads(file.read_text("utf-8"))
        if "model" in data:
            return str(data["model"].get("title", folder.name))
    return None


def start(template: Template, folder: Path) -> tuple[Path, ...]:
    """Copy a template into ``folder``, with a ``scorewright.toml`` beside it; all files or none.

    Returns:
        The files that were written.

    Raises:
        OutputError: the folder holds something already, or the files cannot be written there.
    """
    from scorewright.output import refuse_unless_empty, write_new

    refuse_unless_empty(folder)
    files = {name: (template.folder / name).read_bytes() for name in _files(template.folder)}
    files.setdefault("scorewright.toml", PROJECT_FILE.encode())
    write_new(folder, files)
    return tuple(folder / name for name in sorted(files))


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()
