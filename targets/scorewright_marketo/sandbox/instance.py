"""One embedded instance: who calls, whether the call is let in, who answers it, and what it comes back as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from scorewright.plugin.sandboxes import Answer
from scorewright_marketo.sandbox import building, catalogue, fields, folders
from scorewright_marketo.sandbox.codes import BARE, CODES, RECORD
from scorewright_marketo.sandbox.envelope import PlatformError, failure, nothing, record, success
from scorewright_marketo.sandbox.identity import Identity
from scorewright_marketo.sandbox.request import read_request
from scorewright_marketo.sandbox.routes import route
from scorewright_marketo.sandbox.settings import read_settings
from scorewright_marketo.sandbox.shown import shown
from scorewright_marketo.sandbox.store import Rows
from scorewright_marketo.sandbox.usage import Usage
from scorewright_marketo.sandbox.world import World

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence

    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.sandboxes import Asked, Shown
    from scorewright_marketo.sandbox.request import Request

__all__ = ["Instance"]

_BODY, _ADDRESS = 1024 * 1024, 8 * 1024
"""How many bytes a body and an address may have."""
_IDENTITY = "/identity/oauth/token"
_REPORTS = {
    "/rest/v1/stats/usage.json": ("call", 1),
    "/rest/v1/stats/usage/last7days.json": ("call", 7),
    "/rest/v1/stats/errors.json": ("error", 1),
    "/rest/v1/stats/errors/last7days.json": ("error", 7),
}


class Instance:
    """Marketo, as ``scorewright.plugin.sandboxes.Sandbox`` wants it."""

    account: Mapping[str, Any] = {}
    secrets: Mapping[str, str] = {"client_id": "local", "client_secret": "local-secret"}
    codes = CODES

    def __init__(
        self, store: sqlite3.Connection, clock: Callable[[], float], settings: Mapping[str, Any]
    ) -> None:
        self._world = World(Rows(store), clock, read_settings(settings))
        self._identity = Identity(store, self._world.settings)
        self._usage = Usage(store, self._world.settings)
        self._number = 0
        if not self._world.rows.count("folder"):
            folders.plant(self._world)
            fields.plant(self._world)
            catalogue.plant(self._world)
        self._world.rows.commit()

    def answer(self, asked: Asked) -> Answer:
        """Answer a request; a refusal changes nothing."""
        now = self._world.clock()
        if asked.path == _IDENTITY:
            return self._identity.sign_in(asked, now)
        if len(asked.body) > _BODY:
            return Answer(413, b"Request Entity Too Large", _PLAIN)
        if len(_address(asked)) > _ADDRESS:
            return Answer(414, b"Request-URI Too Long", _PLAIN)
        try:
            answer = self._let_in(asked, now)
        except PlatformError as error:
            return self._refused(now, error)
        except Exception as error:  # noqa: BLE001 - "all unhandled exceptions" have a code of their own
            return self._refused(now, PlatformError("611", f"System error: {type(error).__name__}"))
        self._world.rows.commit()
        return answer

    def _let_in(self, asked: Asked, now: float) -> Answer:
        user = self._identity.user(asked, now)
        self._usage.admit(now, len(asked.beside))
        request = read_request(asked)
        answer = self._handled(request, now)
        self._usage.answered(now, user)
        return answer

    def _handled(self, request: Request, now: float) -> Answer:
        report = _REPORTS.get(request.path)
        if report is not None:
            if request.method != "GET":
                raise PlatformError("605")
            return success(self._request_id(), self._usage.report(now, *report))
        found, parts = route(request.method, request.path)
        asset = request.path.startswith("/rest/asset/")
        if asset and request.body and request.type not in _FORMS:
            raise PlatformError("612")
        result = found.handler(self._world, request, *parts)
        result, more = result if isinstance(result, tuple) and _has_more(result) else (result, {})
        if not result and asset:
            return nothing(self._request_id())
        return success(self._request_id(), result, **more)

    def _refused(self, now: float, error: PlatformError) -> Answer:
        self._world.rows.rollback()
        self._usage.failed(now, error.code)
        self._world.rows.commit()
        return failure(self._request_id(), error.code, error.message)

    def failing(self, code: str, asked: Asked) -> Answer:
        """One error as the platform reports it: in an envelope, in a record, or as a bare status."""
        if code in BARE:
            status = int(code.removeprefix("http-"))
            return Answer(status, f"<html><body>{CODES[code]}</body></html>".encode(), _HTML)
        if asked.path == _IDENTITY:
            return Answer(503, b"<html><body>Service Unavailable</body></html>", _HTML)
        if code in RECORD:
            return success(self._request_id(), (record(code, CODES[code]),))
        return failure(self._request_id(), code, CODES[code])

    def _request_id(self) -> str:
        self._number += 1
        return f"{self._number % 0x10000:x}#{int(self._world.clock() * 1000):x}"

    def writes(self, asked: Asked) -> bool:
        """Whether the request would change something."""
        if asked.path == _IDENTITY:
            return False
        try:
            request = read_request(asked)
            return route(request.method, request.path)[0].writes
        except PlatformError:
            return False

    def shown(self) -> Sequence[Shown]:
        """The state, for people."""
        return shown(self._world)

    def build(self, tables: Tables) -> None:
        """Do what the sheet asks of a person."""
        try:
            building.build(self._world, tables)
        except BaseException:
            self._world.rows.rollback()
            raise
        self._world.rows.commit()


_PLAIN = (("Content-Type", "text/plain"),)
_HTML = (("Content-Type", "text/html"),)
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


def _has_more(result: tuple[Any, ...]) -> bool:
    """Whether a handler gave its result together with more keys of the envelope."""
    return len(result) == 2 and isinstance(result[0], list) and isinstance(result[1], dict)


def _address(asked: Asked) -> str:
    query = "&".join(f"{quote(key)}={quote(value)}" for key, value in asked.query)
    return f"{quote(asked.path)}?{query}"
