"""Signing in: one token a service at a time, the same one until it has expired."""

from __future__ import annotations

import json
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from scorewright.plugin.sandboxes import Answer
from scorewright_marketo.sandbox.envelope import PlatformError

if TYPE_CHECKING:
    import sqlite3

    from scorewright.plugin.sandboxes import Asked
    from scorewright_marketo.sandbox.settings import Settings

__all__ = ["Identity"]

_TABLES = (
    "CREATE TABLE IF NOT EXISTS marketo_services (client TEXT PRIMARY KEY, digest TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS marketo_tokens (token TEXT PRIMARY KEY, client TEXT NOT NULL, until REAL NOT NULL)",
)


class Identity:
    """The identity endpoint.

    Whoever comes first under a client id decides its secret; from then on another secret is wrong.  Of secrets and
    tokens the store holds digests alone.
    """

    def __init__(self, store: sqlite3.Connection, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._live: dict[str, str] = {}
        for statement in _TABLES:
            store.execute(statement)

    def sign_in(self, asked: Asked, now: float) -> Answer:
        """Answer ``/identity/oauth/token``: 401 for a wrong secret, which is no envelope."""
        form = parse_qsl(asked.body.decode("utf-8", "replace")) if asked.method == "POST" else []
        given = {**dict(form), **dict(asked.query)}
        client, secret = given.get("client_id", ""), given.get("client_secret", "")
        if given.get("grant_type") != "client_credentials":
            return _refusal(400, "unsupported_grant_type", "Unsupported grant type")
        if not client or not secret or not self._knows(client, secret):
            return _refusal(401, "invalid_client", "Bad client credentials")
        token, until = self._token(client, now)
        self._store.commit()
        data = {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": max(int(until - now) - 1, 0),
            "scope": f"{client}@sandbox.invalid",
        }
        return Answer(200, json.dumps(data).encode())

    def _knows(self, client: str, secret: str) -> bool:
        found = self._store.execute(
            "SELECT digest FROM marketo_services WHERE client = ?", (client,)
        ).fetchone()
        if found is None:
            self._store.execute("INSERT INTO marketo_services VALUES (?, ?)", (client, _digest(secret)))
            return True
        return bool(found[0] == _digest(secret))

    def _token(self, client: str, now: float) -> tuple[str, float]:
        """The token that is good still, or a new one; a server that was started anew has forgotten the old ones."""
        old = self._live.get(client, "")
        query = "SELECT until FROM marketo_tokens WHERE token = ?"
        found = self._store.execute(query, (_digest(old),)).fetchone()
        if old and found and found[0] > now:
            return old, found[0]
        token, until = f"{self._settings.token}{token_hex(16)}:int", now + self._settings.lifetime
        self._store.execute("INSERT INTO marketo_tokens VALUES (?, ?, ?)", (_digest(token), client, until))
        self._live[client] = token
        return token, until

    def user(self, asked: Asked, now: float) -> str:
        """Who makes a call.  The token stands in the header: as a query parameter it is no longer taken.

        Raises 601 and 602.
        """
        kind, _, token = asked.headers.get("authorization", "").partition(" ")
        query = "SELECT client, until FROM marketo_tokens WHERE token = ?"
        found = self._store.execute(query, (_digest(token.strip()),)).fetchone()
        if kind.lower() != "bearer" or found is None:
            raise PlatformError("601")
        client, until = found
        if until <= now:
            raise PlatformError("602")
        return f"{client}@sandbox.invalid"


def _refusal(status: int, error: str, description: str) -> Answer:
    return Answer(status, json.dumps({"error": error, "error_description": description}).encode())


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
