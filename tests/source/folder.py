"""A folder with the files of a spec, and what is found when it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.source.load import load
from scorewright.source.place import place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAIN = 'language = 1\n\n[model]\nid = "lead"\n'


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Lay the files down, and give the folder back."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def including(*names: str) -> str:
    """A main file that includes these."""
    return f"language = 1\ninclude = {list(names)!r}\n\n[model]\nid = 'lead'\n"


def found(folder: Path, path: str = "") -> list[str]:
    """Give each finding as ``file:line:column code message``."""
    loaded = load(folder / path, cwd=folder)
    shown = place(loaded.findings, loaded.document, loaded.texts)
    return [
        f"{each.place.file}:{each.place.line}:{each.place.column} {each.code} {each.message}"
        for each in shown
        if each.place is not None
    ]


def only(folder: Path, path: str = "") -> str:
    """The one finding there is."""
    (line,) = found(folder, path)
    return line
