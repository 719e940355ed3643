"""Shares a proof among processes, which end with it: by its end, by a fault, or by Ctrl-C."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from contextlib import contextmanager
from functools import cache, reduce
from typing import TYPE_CHECKING, NamedTuple, Protocol

from scorewright.verify.asked import EmulatorFaultError
from scorewright.verify.tally import Tally, add
from scorewright.verify.work import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scorewright.plugin.target import Target

__all__ = ["Asked", "Worker", "together"]

_PARTS = 4
"""How many parts of the work each process gets, one after the other: parts take differently long."""

_TASK: list[bytes] = []
"""What a worker process works on; filled once, when it starts."""


class Asked(Protocol):
    """What is to be proven; it can be sent to another process."""

    @property
    def target(self) -> str:
        """The name of the target."""
        ...


class Worker(Protocol):
    """Plays parts of what a proof consists of."""

    def do(self, job: Job) -> Tally:
        """Do one part of the work."""
        ...


class _Packed(NamedTuple):
    """What a process is sent: a task, and what makes a worker of it."""

    task: Asked
    make: Callable[..., Worker]


def together(task: Asked, target: Target, workers: int, make: Callable[..., Worker]) -> Tally:
    """Do the work in so many processes; a target that cannot be loaded by name there is proven in this one.

    ``make`` makes a worker of the task and the target.  Raises ``EmulatorFaultError``, also where a process ends by itself, and ``UnreadableBundleError``.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    packed = _pack(task, target, make) if workers > 1 else None
    if packed is None:
        return make(task, target).do(Job(0, 1))
    before, parts = set(active_children()), workers * _PARTS
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (packed,))
    try:
        with _deaf_to_interrupts():
            futures = [pool.submit(_part, Job(number, parts)) for number in range(parts)]
        return reduce(add, (future.result() for future in futures), Tally())
    except BaseException as error:
        for process in set(active_children()) - before:
            process.terminate()
        if isinstance(error, BrokenProcessPool):
            words = "ended its process, or the system did for want of memory: --jobs 1 needs the least"
            raise EmulatorFaultError(words) from None
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that never hear of Ctrl-C: the terminal tells all of them, and one is enough to end the rest.

    A process that starts while its parent ignores the signal goes on ignoring it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def _pack(task: Asked, target: Target, make: Callable[..., Worker]) -> bytes | None:
    from scorewright.plugin.registry import UnknownTargetError, load

    try:
        if load(task.target) is not target:
            return None
        return pickle.dumps(_Packed(task, make))
    except (UnknownTargetError, pickle.PicklingError, TypeError, AttributeError):
        return None


def _begin(packed: bytes) -> None:
    """Keep the task for later: whatever was raised here would be printed by the process and known to nobody."""
    _TASK.append(packed)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """End when the parent does: one that is killed (a time limit in CI) cannot end its workers any more."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@cache
def _work() -> Worker:
    from scorewright.plugin.registry import load

    packed: _Packed = pickle.loads(_TASK[0])  # noqa: S301 - our own bytes, from the parent process
    return packed.make(packed.task, load(packed.task.target))


def _part(job: Job) -> Tally:
    return _work().do(job)
