"""Who may talk to the sandbox: programs of this machine, and its own page; no page of another site in a browser here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from scorewright.plugin.sandboxes import Asked

__all__ = ["LOOPBACK", "refusal"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def refusal(asked: Asked) -> str:
    """Why a request is not answered; empty: it is.

    A name that somebody else's domain server points at this machine is not ours, and a browser says where a page's
    request comes from.
    """
    host = asked.headers.get("host", "")
    if host and _name(f"//{host}") not in LOOPBACK:
        return "the sandbox answers to 127.0.0.1 and localhost alone"
    origin = asked.headers.get("origin")
    if origin is not None and origin != asked.address:
        return "the sandbox answers its own page alone"
    return ""


def _name(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
