"""Sends one call over HTTP and gives back the reply: paced, never redirected, and silent about what it carries."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlencode

from scorewright.plugin.wire import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from scorewright.plugin.wire import Call, Rate

__all__ = ["Http", "LostError", "Pace", "UnsentError", "Wire"]

_CONNECT = 20.0
"""Seconds until somebody answers at all."""


class UnsentError(Exception):
    """Nobody was reached: nothing was done."""


class LostError(Exception):
    """The call went out and no whole answer came back: it may have been done."""


class Wire(Protocol):
    """Whatever sends a call."""

    def send(self, call: Call, headers: Mapping[str, str], address: str) -> Reply:
        """Send it.  Raises ``UnsentError`` or ``LostError``."""
        ...


class Pace:
    """Keeps to a rate: waits before a call that would be one too many within the window."""

    def __init__(self, rate: Rate, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._rate, self._clock, self._sleep = rate, clock, sleep
        self._sent: deque[float] = deque(maxlen=rate.calls)

    def wait(self) -> None:
        """Return when the next call may go out, and count it."""
        if len(self._sent) == self._rate.calls:
            left = self._sent[0] + self._rate.seconds - self._clock()
            if left > 0:
                self._sleep(left)
        self._sent.append(self._clock())


class Http:
    """One connection for a whole command.

    ``patience`` is how many seconds a call may take.  ``transport`` stands in for the network in tests.
    """

    def __init__(
        self, pace: Pace, *, local: bool, patience: float, transport: httpx.BaseTransport | None = None
    ) -> None:
        import httpx

        self._pace = pace
        self._client = httpx.Client(
            timeout=httpx.Timeout(patience, connect=_CONNECT),
            follow_redirects=False,  # a token must not follow one to another host
            trust_env=not local,  # a proxy of the environment has no business with this machine
            transport=transport,
            headers={"User-Agent": "scorewright"},
        )

    def send(self, call: Call, headers: Mapping[str, str], address: str) -> Reply:
        """Send it, and read the body as JSON where it is some."""
        import httpx

        self._pace.wait()
        try:
            reply = self._client.request(
                call.method,
                _address(call, address),
                content=_form(call),
                json=call.json,
                headers={**_kind(call), **headers, **dict(call.headers)},
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise UnsentError(f"{type(error).__name__}: {error}") from None
        except httpx.TransportError as error:
            raise LostError(f"{type(error).__name__}: {error}") from None
        return Reply(
            reply.status_code, {name.lower(): text for name, text in reply.headers.items()}, _json(reply)
        )

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


def _address(call: Call, address: str) -> str:
    query = urlencode(call.query, quote_via=quote)
    return f"{(call.base or address).rstrip('/')}{call.path}" + (f"?{query}" if query else "")


def _form(call: Call) -> bytes | None:
    return None if call.form is None else urlencode(call.form, quote_via=quote).encode()


def _kind(call: Call) -> dict[str, str]:
    return {} if call.form is None else {"Content-Type": "application/x-www-form-urlencoded"}


def _json(reply: httpx.Response) -> object:
    try:
        return reply.json()
    except ValueError:
        return None
