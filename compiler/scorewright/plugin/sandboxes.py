"""What a target owes to ``scorewright sandbox``: its platform's API, answered from a small database on this machine.

The compiler serves it on loopback, logs the calls, orders faults and shows the state; a target answers as the platform's
documents say that the platform does, quirks included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from scorewright.plugin.emulation import Tables

__all__ = ["Answer", "Asked", "Embeds", "Sandbox", "Shown"]


class Asked(NamedTuple):
    """A request, as it came in: the path without the query, the pairs of the query decoded, headers by lower-case name."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes
    address: str
    """How the caller addressed the server, for links: ``http://127.0.0.1:8321``."""
    beside: tuple[str, ...] = ()
    """The other requests that are being answered at this moment, as ``POST /path``: for limits on what runs at once."""


class Answer(NamedTuple):
    """What goes back."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json;charset=utf-8"),)


class Shown(NamedTuple):
    """A table of the page that shows the state: a title, the columns, and the rows as plain texts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Sandbox(Protocol):
    """One embedded instance.  Its whole state stands in the store that it was opened with."""

    account: Mapping[str, Any]
    """What ``[instances.<name>.api]`` says of it, beside its address."""
    secrets: Mapping[str, str]
    """What it takes for signing in, by the names of the target's ``Way``.  They open nothing else, and may be shown."""
    codes: Mapping[str, str]
    """The errors that can be ordered, by the platform's code: what they mean."""

    def answer(self, asked: Asked) -> Answer:
        """Answer a request, and commit what it changed.  Never raises, whatever was sent."""
        ...

    def failing(self, code: str, asked: Asked) -> Answer:
        """The platform's own way of reporting this error for this request; nothing was done."""
        ...

    def writes(self, asked: Asked) -> bool:
        """Whether the request would change something."""
        ...

    def shown(self) -> Sequence[Shown]:
        """The state, for people."""
        ...

    def build(self, tables: Tables) -> None:
        """Do what the build sheet asks of a person, for everything that is there to build on.

        What belongs to the team already (``prerequisites``) is made too: the sandbox is empty otherwise.
        """
        ...


@runtime_checkable
class Embeds(Protocol):
    """A target that brings an embedded sandbox; since version 1.2 of the contract, and optional."""

    def sandbox(
        self, store: sqlite3.Connection, clock: Callable[[], float], settings: Mapping[str, Any]
    ) -> Sandbox:
        """Open it on a store, making its tables where there are none.

        ``clock`` gives seconds since 1970; ``settings`` are of the target's own (``lag`` in seconds, quotas).  Raises
        ``ValueError``, in words for people, for a setting that there is not.
        """
        ...
