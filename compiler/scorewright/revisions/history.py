"""The versions of a spec that git has, oldest first, each read from git's own store."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from scorewright.diff.revision import export, git
from scorewright.diff.side import read_side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.diff.revision import Repository
    from scorewright.diff.side import Side

__all__ = ["Version", "versions"]

_FORMAT = "%H%x00%aI%x00%aN%x00%s"
"""Zero bytes, which no commit holds, between what a person has written."""


class Version(NamedTuple):
    """One commit and the spec as it was then.  ``day`` is ISO, in the author's own zone."""

    commit: str
    author: str
    day: str
    subject: str
    side: Side


def versions(repository: Repository, until: str) -> Iterator[Version]:
    """Every version on the main line up to a revision in which a file of the spec's folder changed, and that can be read.

    Raises ``GitError``.
    """
    inside = PurePosixPath(repository.inside)
    folder = inside.parent if inside.suffix == ".toml" else inside
    words = ("log", "--first-parent", "--reverse", f"--format={_FORMAT}", until, "--", str(folder))
    for line in git(repository.root, *words).decode("utf-8", "replace").removesuffix("\n").split("\n"):
        if not line:
            continue  # no commit at all
        commit, day, author, subject = line.split("\0")
        side = _read(repository, commit)
        if side.model is not None and not side.faults:
            yield Version(commit[:10], author, day[:10], subject, side)


def _read(repository: Repository, commit: str) -> Side:
    with tempfile.TemporaryDirectory(prefix="scorewright-") as place:
        root = Path(place).resolve()
        spec, short = export(repository, commit, root)
        return read_side(spec, short, cwd=root)
