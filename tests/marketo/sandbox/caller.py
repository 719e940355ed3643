"""Somebody who calls an embedded Marketo, in this process, with a clock that stands still until it is moved."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from scorewright.plugin.sandboxes import Asked
from scorewright.sandbox import open_store
from scorewright_marketo.sandbox.instance import Instance

ASSET, LEADS = "/rest/asset/v1", "/rest/v1"
FORM = "application/x-www-form-urlencoded"


class Caller:
    """Signed in; ``get`` and ``post`` give the body of the answer."""

    def __init__(self, **settings):
        self.now = 1_777_600_000.0
        self.store = open_store(None, "marketo")
        self.instance = Instance(self.store, lambda: self.now, {"rate": 100_000, **settings})
        self.token = ""
        self.token = self.sign_in().get("access_token", "")

    def sign_in(self, client="me", secret="mine", grant="client_credentials"):
        query = (("grant_type", grant), ("client_id", client), ("client_secret", secret))
        return self.data(self.send("GET", "/identity/oauth/token", query=query))

    def send(self, method, path, query=(), body=b"", kind="", beside=(), **headers):
        headers = {
            "authorization": f"Bearer {self.token}",
            **({"content-type": kind} if kind else {}),
            **headers,
        }
        query = tuple(query.items()) if isinstance(query, dict) else tuple(query)
        return self.instance.answer(Asked(method, path, query, headers, body, "http://127.0.0.1:1", beside))

    @staticmethod
    def data(answer):
        return json.loads(answer.body)

    def get(self, path, **query):
        return self.data(self.send("GET", path, {key: _text(value) for key, value in query.items()}))

    def post(self, path, beside=(), **form):
        body = urlencode({key: _text(value) for key, value in form.items()}, quote_via=quote).encode()
        return self.data(self.send("POST", path, body=body, kind=FORM, beside=beside))

    def post_json(self, path, value):
        return self.data(self.send("POST", path, body=json.dumps(value).encode(), kind="application/json"))

    def id(self, path, **form):
        """Make something, and give its id."""
        answer = self.post(f"{ASSET}/{path}", **form)
        assert answer["success"], answer
        return answer["result"][0]["id"]

    def folder(self, name="Operational"):
        return self.id("folders.json", name=name, parent=place(15))

    def program(self, name="P", folder=None, **more):
        folder = folder or self.folder(f"Folder of {name}")
        form = {"type": "Default", "channel": "Operational", **more}
        return self.id("programs.json", name=name, folder=place(folder), **form)

    def campaign(self, name, program):
        return self.id("smartCampaigns.json", name=name, folder=place(program, "Program"))


def place(id, type="Folder"):
    return {"id": id, "type": type}


def _text(value):
    return value if isinstance(value, str) else json.dumps(value)


def code(answer):
    """The code of a refusal."""
    assert answer["success"] is False
    assert set(answer) == {"requestId", "success", "errors"}
    return answer["errors"][0]["code"]
