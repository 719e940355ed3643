"""The paths that a spec may name, and how messages call the files they lead to."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from scorewright.source.spec_rules import PATH_LEAVES_FOLDER, PATH_REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from scorewright.diagnostics.rule import Rule

__all__ = ["Refusal", "display_name", "inside"]

_DRIVE = re.compile(r"[A-Za-z]:")


class Refusal(NamedTuple):
    """Why a path is not followed."""

    rule: Rule
    message: str
    help: str


def display_name(path: Path, cwd: Path) -> str:
    """Call a file as seen from ``cwd``, with ``/``; absolute where no relative way exists (another drive)."""
    try:
        name = os.path.relpath(path, cwd)
    except ValueError:
        name = str(path.absolute())
    return name.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode("utf-8")


def inside(folder: Path, entry: str) -> Path | Refusal:
    """Give the file that a path written in a spec names, or say why it is refused.

    Links may be used, but none may lead out of ``folder``.  Whether the file exists is not asked.
    """
    reason = _refused(entry)
    if reason is not None:
        return Refusal(PATH_REFUSED, f'the path "{entry[:80]}" {reason[0]}', reason[1])
    path = folder.joinpath(*(part for part in entry.split("/") if part != "."))
    try:
        outside = not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # RuntimeError: links in a circle, before Python 3.13
        return Refusal(
            PATH_LEAVES_FOLDER, f'the path "{entry[:80]}" cannot be followed', "look for links in a circle"
        )
    if outside:
        message = f'the path "{entry}" is a link that leads out of the spec\'s folder'
        return Refusal(PATH_LEAVES_FOLDER, message, "copy the file into the folder")
    return path


def _refused(entry: str) -> tuple[str, str] | None:
    relative = "name a file of the spec's folder, relative to it"
    parts = entry.split("/")
    reasons = (
        (not entry or entry.endswith("/"), "names no file", 'name a file: "parts/web.toml"'),
        ("\\" in entry, "has a backslash", f'write "{entry.replace(chr(92), "/")[:80]}"'),
        ("://" in entry, "is an address", relative),
        (entry.startswith(("/", "~")) or bool(_DRIVE.match(entry)), "is absolute", relative),
        (".." in parts, "climbs out with ..", relative),
        ("" in parts or not entry.isprintable(), "is not a path", relative),
    )
    return next(((why, instead) for holds, why, instead in reasons if holds), None)
