"""An embedded business unit and a client in one process: every request is encoded and read as it would be on a wire."""

from __future__ import annotations

import json
import sqlite3
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, urlencode

from scorewright.plugin.reach import Account
from scorewright.plugin.sandboxes import Asked
from scorewright.plugin.wire import CallError, Reply
from scorewright_pardot import TARGET
from scorewright_pardot.client import PardotApi

UNIT = "0Uv000000000000001"
ADDRESS = "http://127.0.0.1:8321"
OBJECTS = "/api/v5/objects/"
SECRETS = {"client_id": "local", "client_secret": "local-secret"}


def account(kind="sandbox", model="m", facts=None, **settings):
    given = {"business_unit": UNIT, "address": ADDRESS, **settings}
    return Account(
        "unit", kind, {key: value for key, value in given.items() if value is not None}, model, facts or {}
    )


class Unit:
    """A unit with a clock that only ``wait`` moves; ``calls`` are all that were made, token included."""

    def __init__(self, **settings):
        self.now = 1_790_000_000.0
        self.sandbox = TARGET.sandbox(sqlite3.connect(":memory:"), lambda: self.now, settings)
        self.lag = settings.get("lag", 3.0)
        self.calls = []
        self.fault = None
        self.headers = {"pardot-business-unit-id": UNIT}

    def wait(self, seconds=None):
        self.now += self.lag if seconds is None else seconds

    def ask(self, method, path, query=(), body=b"", **headers):
        """Send a request; the status, the body as JSON, and the headers come back."""
        sent = urlencode(tuple(query), quote_via=quote)
        given = {**self.headers, **{name.replace("_", "-"): text for name, text in headers.items()}}
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        asked = Asked(method, path, tuple(parse_qsl(sent, keep_blank_values=True)), given, content, ADDRESS)
        self.calls.append(asked)
        code = self.fault(asked) if self.fault else None
        answer = self.sandbox.failing(code, asked) if code else self.sandbox.answer(asked)
        data = json.loads(answer.body) if answer.body else None
        return answer.status, data, {name.lower(): text for name, text in answer.headers}

    def objects(self, method, path, body=b"", headers=MappingProxyType({}), **query):
        """The same for what lies under the objects, signed in; query by keyword."""
        return self.ask(method, OBJECTS + path, query.items(), body, **headers)

    def sign_in(self):
        form = {"grant_type": "client_credentials", **SECRETS}
        _, data, _ = self.ask("POST", "/services/oauth2/token", body=urlencode(form).encode())
        self.headers["authorization"] = f"Bearer {data['access_token']}"
        return self

    def drive(self, api, talk):
        """Carry on a talk to its end, as the driver does, but without a second try."""
        try:
            call = next(talk)
            while True:
                body = urlencode(call.form, quote_via=quote).encode() if call.form is not None else b""
                body = json.dumps(call.json).encode() if call.json is not None else body
                reply = Reply(
                    *_turned(self.ask(call.method, call.path, call.query, body, **dict(_lower(call.headers))))
                )
                verdict = api.judge(call, reply)
                done = verdict.outcome in {"done", "absent"}
                call = talk.send(reply) if done else talk.throw(CallError(call, verdict))
        except StopIteration as end:
            return end.value

    def rows(self, title):
        """What the page shows of a kind, as dictionaries."""
        (shown,) = [one for one in self.sandbox.shown() if one.title == title] or [None]
        return [] if shown is None else [dict(zip(shown.columns, row, strict=True)) for row in shown.rows]


def _turned(answer):
    status, data, headers = answer
    return status, headers, data


def _lower(headers):
    return ((name.lower(), text) for name, text in headers)


def api_of(facts=None, model="m", **settings):
    return PardotApi(account(facts=facts, model=model, **settings), clock=lambda: 1_790_000_000.0)
