"""Talking to a platform as values: calls to make, replies to judge, and no network anywhere near them.

A plugin writes each piece of work with its API as a generator that yields ``Call`` and is sent ``Reply``.  Whoever drives
it signs, waits, repeats, journals and hides secrets, for every platform alike; what only reads cannot write by mistake,
since the driver refuses the call.  And a test plays a whole conversation without a socket.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, NamedTuple, TypeAlias, TypeVar
from urllib.parse import urlsplit

__all__ = ["OUTCOMES", "Call", "CallError", "Rate", "Reply", "Secrets", "Talk", "Verdict", "is_loopback"]

T = TypeVar("T")


class Call(NamedTuple):
    """One request.

    ``path`` begins with ``/`` and is put behind the instance's address.  ``what`` says it in words, for the journal and
    for people (``create the tag MQL``): no secret stands in it, nor in ``path``.  ``query`` and ``form`` are pairs in
    order, encoded by the driver (``+`` as ``%2B``); ``json`` is a body instead of a form.  ``writes``: it changes the
    instance; ``makes``: done twice it would make two.  ``signed`` is false for signing in itself, whose ``base`` may be
    another address than the instance's.
    """

    method: str
    path: str
    what: str
    query: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] | None = None
    json: Any = None
    headers: tuple[tuple[str, str], ...] = ()
    writes: bool = False
    makes: bool = False
    signed: bool = True
    base: str = ""


class Reply(NamedTuple):
    """What came back: HTTP's status, the headers by lower-case name, the body read as JSON (``None`` where it is none)."""

    status: int
    headers: Mapping[str, str]
    data: Any


OUTCOMES: Mapping[str, str] = {
    "done": "it was done, or here is what was asked for",
    "absent": "there is no such thing, which is an answer",
    "again": "nothing was done: wait and send the same call again",
    "sign-in": "nothing was done: the token is no longer good; sign in anew and send the call once more",
    "unclear": "it may have been done or not: look before it is sent again",
    "refused": "nothing was done and nothing will be: this thing is not taken as it is",
    "stop": "nothing was done, and no other call will fare better: permission, quota, a wrong account",
}
"""What a reply can mean."""


class Verdict(NamedTuple):
    """What a reply means.

    ``outcome`` is one of ``OUTCOMES``; ``code`` the platform's own (``606``), ``words`` what it says and what to do, for
    people; ``seconds`` how long to wait before the call may be repeated, at least.  ``most`` is how often it may be.
    """

    outcome: str
    code: str = ""
    words: str = ""
    seconds: float = 0
    most: int = 5


class CallError(Exception):
    """A call that came to nothing, with what its reply meant.

    The driver throws it into the talk, at the call: a talk that only tries what it may do (``permissions``) catches it
    and goes on; any other lets it pass, to whoever drives.  Its text is ``verdict.words``: no secret stands in it.
    """

    def __init__(self, call: Call, verdict: Verdict) -> None:
        super().__init__(verdict.words)
        self.call = call
        self.verdict = verdict


Talk: TypeAlias = Generator[Call, Reply, T]
"""A piece of work with an API: yields calls, is sent the reply of each, returns what it was for.

The driver sends in only replies whose verdict is ``done`` or ``absent``; for the others it throws a ``CallError`` where
the talk stands, once it has waited and repeated as the verdict says.
"""

Secrets: TypeAlias = Mapping[str, str]
"""What signing in needs, by the name that the plugin's ``Way`` gives it.  Never printed, logged, or kept."""


class Rate(NamedTuple):
    """So many calls in so many seconds, at most."""

    calls: int
    seconds: float


_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_loopback(address: str) -> bool:
    """Whether an address is a plain ``http`` one of this machine and nothing else: what goes there leaves it never."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    plain = parts.scheme == "http" and not parts.username and not (parts.path or parts.query)
    return plain and (parts.hostname or "") in _LOOPBACK and port != 0
