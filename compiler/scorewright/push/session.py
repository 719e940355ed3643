"""Opens what ``plan``, ``push``, ``status`` and ``retire`` work on: a compiled spec, an account, our records, a conversation."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorewright.compiling.lock import FILE_NAME, UnreadableLockError, locked, read_lock, tables_of
from scorewright.compiling.rules import LOCK_UNREAD
from scorewright.plugin.wire import is_loopback
from scorewright.push import rules
from scorewright.push.account import reach
from scorewright.push.drive import Driver
from scorewright.push.journal import FOLDER, Journal, JournalError, read_journal
from scorewright.push.records import read_pushed
from scorewright.push.secrets import NoSecretsError, Veil, gather
from scorewright.push.turn import BusyError, turn
from scorewright.push.wire import Http, Pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from scorewright.compiling.lock import Locked
    from scorewright.compiling.values import Built, Compiled
    from scorewright.diagnostics.rule import Finding
    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.reach import Api, Resource
    from scorewright.project import Instance, Project
    from scorewright.push.journal import Entry
    from scorewright.push.records import Pushed
    from scorewright.push.secrets import Gathered

__all__ = ["NotOpenedError", "Opened", "World", "conversation", "opened"]


class NotOpenedError(Exception):
    """A command cannot begin; ``guarded``: because a guard refused, and not because something is wrong with the spec."""

    def __init__(self, findings: tuple[Finding, ...], *, guarded: bool = False) -> None:
        super().__init__("; ".join(each.message for each in findings))
        self.findings, self.guarded = findings, guarded


def _sleep(seconds: float) -> None:
    time.sleep(seconds)  # looked up when it is called, so that a test need not wait


@dataclass(frozen=True, slots=True)
class World:
    """What lies outside: the clock, the waiting, the network and the environment; tests bring their own."""

    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = _sleep
    wire: Callable[[Api, Pace], Http] | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything that one command works with.

    ``lock`` is the path of the lock file; ``before`` what it says of sheets carried out on the instance, ``pushed`` of
    pushes; ``entries`` what the journal has of calls that wrote.
    """

    instance: Instance
    project: Project
    compiled: Compiled
    built: Built
    tables: Tables
    resources: tuple[Resource, ...]
    lock: Path
    now: Locked
    before: Locked | None
    pushed: Pushed | None
    entries: tuple[Entry, ...]
    driver: Driver

    @property
    def api(self) -> Api:
        """The account's API."""
        return self.driver.api


@contextmanager
def opened(
    compiled: Compiled,
    project: Project,
    instance: Instance,
    *,
    folder: Path,
    production: bool,
    writes: bool,
    today: str,
    world: World | None = None,
) -> Iterator[Opened]:
    """Open a session, and close the connection and the journal at the end; one that writes holds the account's turn.

    Raises ``NotOpenedError``.
    """
    world = world or World()
    (built,) = compiled.built
    found = reach(
        project, instance, built.target, built.model.header.id, built.answers, production=production
    )
    if found.api is None:
        raise NotOpenedError(found.findings, guarded=True)
    api = found.api
    path = folder / FOLDER / f"{instance.name}.journal"
    with _turn(built.target.name, api.identity, instance.name, world, writes=writes):
        journal = Journal(path, api.identity, world.clock) if writes else None
        with conversation(api, instance.name, world, journal) as (driver, _):
            yield _opened(compiled, project, instance, folder, driver, path, today)


@contextmanager
def conversation(
    api: Api, instance: str, world: World, journal: Journal | None = None, *, help: str = ""
) -> Iterator[tuple[Driver, Gathered]]:
    """A driver with the secrets that the environment has for an instance; the connection is closed at the end.

    Raises ``NotOpenedError``, with ``help`` where nobody is signed in.
    """
    try:
        gathered = gather(instance, api.ways, world.environ)
    except NoSecretsError as error:
        message = f"nobody is signed in to {instance}: {error}"
        help_ = (
            help or f"scorewright login --instance {instance} --check says what is there and what is missing"
        )
        raise NotOpenedError((rules.NOT_SIGNED_IN.at((), message, help=help_),)) from None
    pace = Pace(api.rate, world.clock, world.sleep)
    wire = (
        world.wire(api, pace)
        if world.wire
        else Http(pace, local=is_loopback(api.address), patience=api.patience)
    )
    driver = Driver(api, wire, gathered, Veil(), clock=world.clock, sleep=world.sleep, journal=journal)
    with _closing(wire, journal):
        yield driver, gathered


@contextmanager
def _closing(wire: Http, journal: Journal | None) -> Iterator[None]:
    try:
        yield
    finally:
        wire.close()
        if journal is not None:
            journal.close()


@contextmanager
def _turn(target: str, identity: str, instance: str, world: World, *, writes: bool) -> Iterator[None]:
    if not writes:
        yield
        return
    try:
        with turn(target, identity, world.environ):
            yield
    except BusyError:
        message = f"another push is running for {instance}"
        raise NotOpenedError((rules.BUSY.at((), message, help="wait for its end"),), guarded=True) from None


_WHOLE = "take it whole from the repository's history: without it nobody knows what earlier pushes made"


def _opened(  # noqa: PLR0917 - everything that a command works with
    compiled: Compiled,
    project: Project,
    instance: Instance,
    folder: Path,
    driver: Driver,
    journal: Path,
    today: str,
) -> Opened:
    """Read our records anew: with the account's turn in hand nobody else writes them."""
    (built,) = compiled.built
    files = compiled.files[built.target.name]
    lock = folder / FILE_NAME
    try:
        before, pushed = read_lock(lock).get(instance.name), read_pushed(lock, instance.name)
    except UnreadableLockError as error:
        raise NotOpenedError((LOCK_UNREAD.in_file(str(lock), f"{lock}: {error}", help=_WHOLE),)) from None
    try:
        entries = read_journal(journal)
    except JournalError as error:
        help_ = "it has what a push was at when it was cut off: mend the file's place or its rights"
        raise NotOpenedError((rules.STOPPED.at((), str(error), help=help_),)) from None
    _same_model(built, instance, pushed)
    tables = tables_of(files)
    return Opened(
        instance=instance,
        project=project,
        compiled=compiled,
        built=built,
        tables=tables,
        resources=driver.api.resources(tables),
        lock=lock,
        now=locked(instance.name, built, compiled.checked, today, files),
        before=before,
        pushed=pushed if pushed is not None and pushed.identity == driver.api.identity else None,
        entries=entries,
        driver=driver,
    )


def _same_model(built: Built, instance: Instance, pushed: Pushed | None) -> None:
    """A folder with several specs has one lock file: what one model made must not be retired for another."""
    model = built.model.header.id
    if pushed is not None and pushed.model != model:
        message = f"the lock file beside this spec knows {instance.name} by the model {pushed.model!r}, not {model!r}"
        finding = rules.CONFLICT.at((), message, help="give each model a folder of its own")
        raise NotOpenedError((finding,), guarded=True)
