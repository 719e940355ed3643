"""Compares a whole folder of output with the one kept under tests/golden, byte for byte.

``UPDATE_GOLDEN=1 pytest …`` rewrites what is kept; read the change with ``git diff`` before you commit it.
"""

from __future__ import annotations

import difflib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GOLDEN", "assert_golden", "read_tree"]

GOLDEN = Path(__file__).parent / "golden"


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder: relative path with ``/`` → content.  A folder that is missing holds nothing."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def assert_golden(name: str, files: Mapping[str, bytes], *, kept: Path = GOLDEN) -> None:
    """Demand that ``files`` are exactly those below ``kept/name``: none missing, none extra, none different."""
    folder = kept / name
    if os.environ.get("UPDATE_GOLDEN"):
        _rewrite(folder, files)
        return
    expected = read_tree(folder)
    faults = [f"missing: {path} is kept but was not made" for path in sorted(expected.keys() - files.keys())]
    faults += [f"extra: {path} was made but is not kept" for path in sorted(files.keys() - expected.keys())]
    for path in sorted(expected.keys() & files.keys()):
        if expected[path] != files[path]:
            faults.append(_difference(path, expected[path], files[path]))
    assert not faults, f"{name} differs from what is kept (UPDATE_GOLDEN=1 rewrites it):\n" + "\n".join(
        faults
    )


def _rewrite(folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _difference(path: str, expected: bytes, made: bytes) -> str:
    lines = difflib.unified_diff(
        expected.decode("utf-8", "backslashreplace").splitlines(),
        made.decode("utf-8", "backslashreplace").splitlines(),
        f"kept/{path}",
        f"made/{path}",
        lineterm="",
        n=2,
    )
    return "\n".join(lines) or f"{path}: the same lines, but other line endings or a last line without one"
