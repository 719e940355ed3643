"""What a target with an API owes to ``plan``, ``push``, ``status`` and ``retire``: what its API can hold, and the talks.

Each emitted object becomes one ``Resource``: what of it the API takes, what a person makes and the API lets us read, and
what nobody can read.  The driver compares it with what is ``Found``, and decides; a plugin only translates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.wire import Call, Rate, Reply, Secrets, Talk, Verdict

__all__ = ["Account", "Api", "Found", "Key", "Program", "Reaches", "Resource", "Seen", "Session", "Way"]


class Key(NamedTuple):
    """An object as its file names it: kind and name.  It is how it is found again: ids are never stored."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One emitted object as the instance is to have it.

    ``made`` is what the API creates and changes, ``by_hand`` what a person builds and the API lets us read, both in the
    normal form in which they are compared (empty: there is nothing of the kind).  ``unread`` names what a person builds
    and nobody can read (``flow``).  ``given``: it belongs to somebody else and must be there; with ``made`` empty and
    ``given``, ``by_hand`` says what must be so of it.  ``needs`` must be there before it.  ``fixed`` are keys of ``made``
    that the API sets once and never changes.  ``grave`` is the id of a warning of the account that creating it asks
    to be confirmed (``permanent-field``).  ``switched``: it is switched on by the API, in this order (0: it is not).
    """

    key: Key
    elements: tuple[str, ...] = ()
    made: Mapping[str, Any] = field(default_factory=dict)
    by_hand: Mapping[str, Any] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    given: bool = False
    needs: tuple[Key, ...] = ()
    fixed: frozenset[str] = frozenset()
    grave: str = ""
    switched: int = 0
    together: tuple[str, ...] = ()
    """What a person has to change in the same breath, where the same number stands there too."""
    note: str = ""
    """What a reader should know: why a thing that the API could make is left to a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What stands on the instance, in the same normal form.

    ``by_hand`` is ``None`` where it was not read.  ``marked``: it carries our marker, with this model's id.  ``live``:
    it acts on people now.  ``also`` is how many more there are of the same kind and name.
    """

    key: Key
    id: str
    made: Mapping[str, Any] = field(default_factory=dict)
    by_hand: Mapping[str, Any] | None = None
    marked: bool = False
    live: bool = False
    also: int = 0
    note: str = ""
    """What a reader should know: why it could not be read, that it lies in the recycle bin."""


class Seen(NamedTuple):
    """One look at an instance: what was found, and what could not be looked at, with the reason.

    Strangers that carry our marker, or lie where only our own things lie, are found too: they may be to retire.
    ``used`` is what has been used of the account's quotas today, by name: (used, given; 0: not known).
    """

    found: tuple[Found, ...]
    unread: Mapping[Key, str] = {}
    used: Mapping[str, tuple[int, int]] = {}


class Session(NamedTuple):
    """Signed in: the headers that sign a call, the seconds that they are good for, and the address where it differs."""

    headers: Mapping[str, str]
    seconds: float
    address: str = ""


class Program(NamedTuple):
    """A program of the platform's vendor that knows somebody's login, and prints JSON.

    ``argv`` is run without a shell, with ``environ`` beside what the environment has; ``takes`` names a secret and the keys under which it stands in the output.  A value
    that begins with ``[`` is one that the program keeps to itself.  What several give, the first gives.
    """

    argv: tuple[str, ...]
    takes: tuple[tuple[str, tuple[str, ...]], ...]
    environ: tuple[tuple[str, str], ...] = ()


class Way(NamedTuple):
    """A way to sign in: its id, in words, and the secrets that it needs; ``optional`` ones may be there beside.

    The driver takes each from the environment, a file, a command or the system's keyring, or from ``programs``, which are
    run in order only for this way.
    """

    id: str
    title: str
    needs: tuple[str, ...]
    optional: tuple[str, ...] = ()
    programs: tuple[Program, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """Which account to talk to: an instance of scorewright.toml.

    ``settings`` are its ``[instances.<name>.api]``, which have passed the target's schema; ``kind`` is ``sandbox`` or
    ``production``; ``model`` the id that the marker carries.  ``facts`` maps every fact's id to what is so there.
    """

    name: str
    kind: str
    settings: Mapping[str, Any]
    model: str
    facts: Mapping[str, bool | int | str] = field(default_factory=dict)


class Api(Protocol):
    """One account's API.  Its methods do nothing but make values; whoever drives the talks is the one who acts."""

    address: str
    """Where calls go: ``https://pi.demo.pardot.com``.  Loopback addresses only for sandboxes."""
    identity: str
    """What the account is on the platform, for locks and guards: the Munchkin id, the business unit's id."""
    rate: Rate
    lag: float
    """Seconds by which a read may lag behind a write."""
    patience: float
    """Seconds that a call may take; whoever waits no longer does not know what has become of it."""
    ways: tuple[Way, ...]
    graves: Mapping[str, str]
    """What asks for a confirmation of its own, by id: the sentence that says why."""

    def guard(self) -> str:
        """Why this account must not be talked to as the kind that it is said to be; empty: it may."""
        ...

    def sign_in(self, way: str, secrets: Secrets) -> Talk[Session]:
        """Sign in.  The calls are unsigned."""
        ...

    def permissions(self) -> Talk[tuple[tuple[str, str], ...]]:
        """What ``login --check`` tries, reading only: (what, empty or what is missing), in order."""
        ...

    def judge(self, call: Call, reply: Reply) -> Verdict:
        """What a reply means."""
        ...

    def resources(self, tables: Tables) -> tuple[Resource, ...]:
        """Every emitted object, in the order in which they are built."""
        ...

    def look(self, resources: Sequence[Resource], *, deep: bool) -> Talk[Seen]:
        """Look at all that stands there, in few calls: by kind, not by object.  ``deep`` reads what people have built too."""
        ...

    def create(self, resource: Resource, ids: Mapping[Key, str]) -> Talk[tuple[Found, ...]]:
        """Make it; the first is the thing itself, the others are what came with it (a clone brings its content).

        ``ids`` has the id of everything that stands there by now.
        """
        ...

    def change(self, resource: Resource, found: Found, ids: Mapping[Key, str]) -> Talk[Found]:
        """Make what is found as it is to be."""
        ...

    def remove(self, found: Found, ids: Mapping[Key, str]) -> Talk[None]:
        """Take it away.  What the platform never deletes is not offered for it."""
        ...

    def removable(self, key: Key) -> str:
        """Why this kind of thing cannot be taken away by the API; empty: it can."""
        ...

    def switch_on(self, resource: Resource, found: Found) -> Talk[None]:
        """Switch on what acts on people."""
        ...


@runtime_checkable
class Reaches(Protocol):
    """A target whose platform has an API; since version 1.2 of the contract, and optional."""

    api_kinds: frozenset[str]
    """The kinds of emitted objects that the API makes and changes whole, with nothing left to a person."""

    def grave(self, kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
        """What cannot be undone, or reaches everybody, when an object goes from one table to another; empty: nothing.

        ``None`` stands for no object.  The reviewer of a change reads the sentence beside the object's name.
        """
        ...

    def account_schema(self) -> Mapping[str, Any]:
        """JSON Schema (draft 2020-12, closed, every key described) of ``[instances.<name>.api]``."""
        ...

    def api(self, account: Account) -> Api:
        """The API of one account."""
        ...
