"""A line on the terminal for whatever takes more than a second, and nothing at all when nobody is watching."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DELAY", "working"]

DELAY = 1.0
"""Seconds before the first word."""

_ERASE = "\r\x1b[K"


@contextmanager
def working(what: str, *, delay: float = DELAY) -> Iterator[None]:
    """Say ``what`` is going on, with the seconds so far, while the block runs; only to a terminal on standard error."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    ticker = threading.Thread(target=_tick, args=(what, delay, done), daemon=True)
    ticker.start()
    try:
        yield
    finally:
        done.set()
        ticker.join()


def _tick(what: str, delay: float, done: threading.Event) -> None:
    seconds = delay
    while not done.wait(delay):
        sys.stderr.write(f"{_ERASE}{what} … {seconds:.0f} s")
        sys.stderr.flush()
        seconds += delay
    if seconds > delay:
        sys.stderr.write(_ERASE)
        sys.stderr.flush()
