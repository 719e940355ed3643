"""One push at a time for an account: the second is refused, whichever folder it comes from on this machine."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

__all__ = ["BusyError", "turn"]


class BusyError(Exception):
    """Another process is at it."""


@contextmanager
def turn(target: str, identity: str, environ: Mapping[str, str] | None = None) -> Iterator[None]:
    """Hold the account's turn while the block runs; the system lets go of it however the process ends.

    Raises ``BusyError``.
    """
    name = re.sub(r"[^A-Za-z0-9-]+", "_", f"{target}-{identity}")
    with (_folder(os.environ if environ is None else environ) / f"{name}.turn").open("a+b") as file:
        if not _take(file):
            raise BusyError
        yield


def _folder(environ: Mapping[str, str]) -> Path:
    """Where this user's programs keep what they must remember; a temporary folder where that cannot be written."""
    home = environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    for folder in (Path(home) / "scorewright", Path(tempfile.gettempdir()) / f"scorewright-{_user()}"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise BusyError


def _user() -> str:
    import getpass

    return re.sub(r"\W+", "_", getpass.getuser())


def _take(file: IO[bytes]) -> bool:
    """Take the lock of a file without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
