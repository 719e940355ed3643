"""Writes a compile's files as a whole or not at all, and never over anything that it did not write itself."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from scorewright.output.rules import (
    FOLDER_NOT_EMPTY,
    FOREIGN_FILES,
    NAME_UNSAFE,
    PATH_TAKEN,
    OutputError,
    from_os_error,
    refusal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "MARKER",
    "OutputError",
    "refuse_unless_empty",
    "replace_file",
    "write_new",
    "write_tree",
    "write_trees",
]

MARKER = ".scorewright-output"
"""Stands in every folder that Scorewright wrote and lists its files, one a line: the licence to replace it."""

HEADING = "# Written by scorewright compile, which replaces this folder as a whole.  Its files:"
BYSTANDERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that a desktop leaves everywhere: no reason to refuse a folder."""


@dataclass(frozen=True, slots=True)
class _Swap:
    """One folder to put in place: where it waits, where it goes, and where the one before it waits meanwhile."""

    staged: Path
    final: Path
    aside: Path


def write_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make ``folder`` hold exactly ``files``; see :func:`write_trees`."""
    write_trees(folder.parent, {folder.name: files})


def write_trees(out: Path, trees: Mapping[str, Mapping[str, bytes]]) -> None:
    """Make each folder ``out/<name>`` hold exactly the files given for it: all of them, or nothing changes.

    Everything is first written and synced into a temporary folder inside ``out``; then each folder is put in place by
    two renames (the old one aside, the new one in).  A failure at any point puts back what was there.  Between the two
    renames of one folder a reader may find no folder, which no portable call avoids.

    Args:
        out: the folder above; made when it is missing, and taken away again when the writing fails.
        trees: folder name → relative path with ``/`` → content.

    Raises:
        OutputError: a path is taken or not writable, the disk is full, a folder holds foreign files, or a file name
            would leave the folder.  It carries the diagnostic to show.
    """
    for name, files in trees.items():
        _refuse_unsafe((name, *(f"{name}/{file}" for file in files)))
    with _reported(out), _folder(out):
        for name in trees:
            _refuse_foreign(out / name)
        with _workshop(out) as shop:
            swaps = [_stage(shop, out, name, files) for name, files in trees.items()]
            _put_in_place(swaps)


def refuse_unless_empty(folder: Path) -> None:
    """Stop unless ``folder`` is absent or an empty folder; see :class:`OutputError`."""
    with _reported(folder):
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            raise refusal(
                FOLDER_NOT_EMPTY, str(folder), f"{folder} is there already and is not an empty folder"
            )


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder of a person's own, without a marker, where there is none or an empty one; all files or none.

    Raises:
        OutputError: as :func:`write_trees`.
    """
    _refuse_unsafe(files)
    with _reported(folder), _folder(folder), _workshop(folder) as shop:
        _write(shop, files)
        with contextlib.ExitStack() as undo:
            for entry in sorted(shop.iterdir()):
                entry.rename(folder / entry.name)
                undo.callback((folder / entry.name).rename, entry)
            undo.pop_all()


def replace_file(path: Path, content: bytes) -> None:
    """Give a file another content, or leave it as it was; one that is there keeps its permissions.

    A link keeps pointing at the file, which is what gets the content.

    Raises:
        OutputError: the folder is not writable, or the disk is full.
    """
    real = path.resolve()
    with _reported(path), _workshop(real.parent) as shop:
        _write(shop, {"file": content})
        if real.exists():
            shutil.copymode(real, shop / "file")
        (shop / "file").replace(real)


def _refuse_unsafe(names: Iterable[str]) -> None:
    for name in names:
        path = PurePosixPath(name)
        odd = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or path.name == MARKER
        if odd or str(path) != name or name == ".":
            raise refusal(NAME_UNSAFE, name, f"the target wants to write a file named {name!r}")


def _refuse_foreign(folder: Path) -> None:
    """Stop unless the folder is absent, empty, or holds nothing but what an earlier run wrote."""
    if folder.is_symlink():
        raise refusal(PATH_TAKEN, str(folder), f"{folder} is a link, which would be replaced")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise refusal(PATH_TAKEN, str(folder), f"{folder} is a file where a folder should be")
    known = _listed(folder)
    foreign = [name for name in _entries(folder) if name not in known]
    if foreign:
        shown = ", ".join(foreign[:3]) + (f" and {len(foreign) - 3} more" if len(foreign) > 3 else "")
        raise refusal(FOREIGN_FILES, str(folder), f"{folder} holds what Scorewright did not write: {shown}")


def _listed(folder: Path) -> frozenset[str]:
    marker = folder / MARKER
    if marker.is_symlink() or not marker.is_file():
        return frozenset()
    lines = marker.read_text("utf-8", errors="replace").splitlines()
    return frozenset({MARKER, *(line for line in lines if line and not line.startswith("#"))})


def _entries(folder: Path) -> Iterator[str]:
    """Every file (and every link, which is never ours) below the folder, as relative paths with ``/``."""
    for base, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        for name in sorted((*files, *links)):
            path = Path(base) / name
            relative = path.relative_to(folder).as_posix()
            if path.is_symlink():
                yield f"{relative} (a link)"
            elif name not in BYSTANDERS:
                yield relative


def _stage(shop: Path, out: Path, name: str, files: Mapping[str, bytes]) -> _Swap:
    """Write one folder's files, with the marker that lists them, and push them to the disk."""
    swap = _Swap(shop / "new" / name, out / name, shop / "old" / name)
    swap.aside.parent.mkdir(parents=True, exist_ok=True)
    listing = "\n".join((HEADING, *sorted(files), ""))
    _write(swap.staged, {**files, MARKER: listing.encode()})
    return swap


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for relative, content in files.items():
        path = folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _put_in_place(swaps: Iterable[_Swap]) -> None:
    """Swap every folder; when one fails, undo it and those before it, the last first, and let the error go on."""
    with contextlib.ExitStack() as undo:
        for swap in swaps:
            if swap.final.exists():
                swap.final.rename(swap.aside)
                undo.callback(swap.aside.rename, swap.final)
            swap.staged.rename(swap.final)
            undo.callback(swap.final.rename, swap.staged)
        undo.pop_all()


@contextlib.contextmanager
def _workshop(out: Path) -> Iterator[Path]:
    """A temporary folder on the same file system as the output, gone at the end whatever happens."""
    shop = Path(tempfile.mkdtemp(prefix=".scorewright-", dir=out))
    try:
        yield shop
    finally:
        shutil.rmtree(shop, ignore_errors=True)


@contextlib.contextmanager
def _folder(out: Path) -> Iterator[None]:
    """Make the folder and its parents, and take away again what was made when the writing fails."""
    made = []
    try:
        for path in reversed((out, *out.parents)):
            if not path.is_dir():
                path.mkdir()
                made.append(path)
        yield
    except BaseException:
        for path in reversed(made):
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


@contextlib.contextmanager
def _reported(out: Path) -> Iterator[None]:
    """Turn what the operating system says into a message that says what to do."""
    try:
        yield
    except OSError as error:
        raise from_os_error(error, out) from error
