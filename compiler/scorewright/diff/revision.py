"""Reads a spec's files at a revision from git's own store into a folder of their own: nothing is checked out."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from scorewright.source.lists import list_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["GitError", "Repository", "UnknownRevisionError", "export", "git", "repository_of"]

_FILES = {"100644", "100755"}
"""Modes of plain files; links and modules of others are not followed in an older version."""
_PROJECT = "scorewright.toml"


class GitError(Exception):
    """git is not there or does not answer; the message is its own last line."""


class UnknownRevisionError(GitError):
    """There is no such revision here."""


class Repository(NamedTuple):
    """The root of a work tree, and where in it a path lies, with ``/``."""

    root: Path
    inside: str


def repository_of(path: Path) -> Repository:
    """The repository that a file or folder lies in.  Raises ``GitError`` where there is none."""
    folder = path if path.is_dir() else path.parent
    root = Path(git(folder, "rev-parse", "--show-toplevel").decode().rstrip("\n"))
    prefix = git(folder, "rev-parse", "--show-prefix").decode().rstrip("\n")
    return Repository(root, prefix + ("" if path.is_dir() else path.name))


def export(repository: Repository, revision: str, into: Path) -> tuple[Path, str]:
    """Write the spec as it was at a revision into a folder; give its path there and the commit's short id.

    Written are every TOML file of the spec's folder, the list files that they name, and the project's file above
    them.  A spec that was not there yet gives a path where nothing is.  Raises ``UnknownRevisionError``, ``GitError``.
    """
    commit = _commit(repository.root, revision)
    inside = PurePosixPath(repository.inside)
    folder = inside.parent if inside.suffix == ".toml" else inside
    files = _listed(repository.root, commit, folder)
    wanted = [name for name in files if name.endswith(".toml")]
    above = {str(parent / _PROJECT) for parent in folder.parents}
    files |= _listed_names(repository.root, commit, above)
    texts = _read(repository.root, {name: files[name] for name in (*wanted, *sorted(above & files.keys()))})
    lists = [name for name in _named(folder, texts.values()) if name in files]
    texts |= _read(repository.root, {name: files[name] for name in lists})
    (
        into / ".git"
    ).touch()  # where the repository ends, for whoever looks for the project's file above the spec
    for name, text in texts.items():
        place = into / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text)
    return into / inside, commit[:10]


def _commit(root: Path, revision: str) -> str:
    try:
        found = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except GitError as error:
        raise UnknownRevisionError(str(error)) from None
    return found.decode().strip()


def _listed(root: Path, commit: str, folder: PurePosixPath) -> dict[str, str]:
    """Every plain file under a folder at a commit, with the id of its content."""
    place = () if str(folder) == "." else (f"{folder}/",)
    return _entries(git(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *place))


def _listed_names(root: Path, commit: str, names: Iterable[str]) -> dict[str, str]:
    asked = sorted(names)
    return _entries(git(root, "ls-tree", "-z", "--full-tree", commit, "--", *asked)) if asked else {}


def _entries(listing: bytes) -> dict[str, str]:
    found = {}
    for entry in filter(None, listing.split(b"\0")):
        about, _, name = entry.partition(b"\t")
        mode, _kind, blob = about.decode().split(" ")
        if mode in _FILES:
            found[os.fsdecode(name)] = blob
    return found


def _named(folder: PurePosixPath, texts: Iterable[bytes]) -> list[str]:
    """The list files that some TOML texts name; one that cannot be parsed is told when it is read."""
    names = []
    for text in texts:
        try:
            data = tomllib.loads(text.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue
        names += [str(folder / entry) for _, entry in list_files(data)]
    return names


def _read(root: Path, blobs: Mapping[str, str]) -> dict[str, bytes]:
    """The contents of some files, all in one call."""
    if not blobs:
        return {}
    asked = "".join(f"{blob}\n" for blob in blobs.values()).encode()
    answer = memoryview(git(root, "cat-file", "--batch", stdin=asked))
    texts, at = {}, 0
    for name in blobs:
        end = bytes(answer[at : at + 200]).index(b"\n") + at
        size = int(bytes(answer[at:end]).split(b" ")[2])
        texts[name] = bytes(answer[end + 1 : end + 1 + size])
        at = end + 2 + size
    return texts


def git(folder: Path, *words: str, stdin: bytes | None = None) -> bytes:
    """What git answers in a folder.  Raises ``GitError``."""
    command: Sequence[str] = ("git", "-C", str(folder), "-c", "core.quotepath=off", *words)
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)  # noqa: S603
    except OSError as error:
        raise GitError(f"git cannot be started: {error.strerror or error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "backslashreplace").strip().splitlines()
        raise GitError(said[-1] if said else f"git {words[0]} gave {done.returncode}")
    return done.stdout
