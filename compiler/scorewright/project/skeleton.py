"""Starts a plugin for another platform: what ``scorewright new --target`` writes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["name_fault", "plugin_folder", "start_plugin"]

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST = 40
"""Characters of a target's name, which begins names of files and of packages."""
_FILES = "skeleton_files"


def name_fault(name: str) -> str | None:
    """What is wrong with a name for a target; ``None`` when it can be one."""
    from scorewright.plugin.registry import builtin_names, others

    if not _NAME.fullmatch(name):
        return f"{name!r} is not a target's name: small letters, digits and single hyphens, beginning with a letter"
    if len(name) > _LONGEST:
        return f"{name!r} has more than {_LONGEST} characters"
    if name in {*builtin_names(), *others()}:
        return f"there is a target {name!r} already: `scorewright targets {name}` shows it"
    return None


def plugin_folder(name: str) -> Path:
    """Where a plugin is written when nobody says where: the folder of its distribution's name."""
    return Path(f"scorewright-{name}")


def start_plugin(name: str, folder: Path) -> tuple[Path, ...]:
    """Write a plugin's skeleton into ``folder``; all files or none.

    Returns:
        The files that were written.

    Raises:
        OutputError: the folder holds something already, or the files cannot be written there.
    """
    from scorewright.output import refuse_unless_empty, write_new

    refuse_unless_empty(folder)
    files = dict(_files(name))
    write_new(folder, files)
    return tuple(folder / file for file in sorted(files))


def _files(name: str) -> Iterator[tuple[str, bytes]]:
    """Each file's name and content, with the words of this plugin in place of those of the skeleton."""
    words = _words(name)
    root = Path(__file__).parent / _FILES
    for path in sorted(root.rglob("*.in")):
        relative = path.relative_to(root).as_posix().removesuffix(".in")
        yield (
            relative.replace("package/", f"{words['package']}/", 1),
            _filled(path.read_text("utf-8"), words).encode(),
        )


def _words(name: str) -> dict[str, str]:
    parts = name.split("-")
    return {
        "name": name,
        "package": f"scorewright_{'_'.join(parts)}",
        "class": "".join(part.capitalize() for part in parts),
        "title": " ".join(part.capitalize() for part in parts),
    }


def _filled(text: str, words: dict[str, str]) -> str:
    return re.sub(r"@(name|package|class|title)@", lambda found: words[found[1]], text)
