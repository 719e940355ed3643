"""As any client talks to it, over a socket: a token, objects made, and pages followed by the address that comes with them."""

from __future__ import annotations

import json
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from scorewright.sandbox import Service, open_store, serving
from scorewright_pardot import TARGET
from tests.pardot.unit import SECRETS, UNIT


class Plain:
    """Headers and addresses as the vendor's pages show them, with the standard library alone."""

    def __init__(self, address):
        self.address = address
        self.headers = {}
        self.opener = build_opener(ProxyHandler({}))

    def __call__(self, method, url, body=None):
        content = None if body is None else json.dumps(body).encode()
        headers = {**self.headers, **({"Content-Type": "application/json"} if content else {})}
        with self.opener.open(Request(url, content, headers, method=method), timeout=20) as reply:
            text = reply.read()
            return reply.status, json.loads(text) if text else None

    def sign_in(self):
        form = urlencode({"grant_type": "client_credentials", **SECRETS}).encode()
        with self.opener.open(f"{self.address}/services/oauth2/token", form, timeout=20) as reply:
            token = json.load(reply)
        self.headers = {
            "Authorization": f"{token['token_type']} {token['access_token']}",
            "Pardot-Business-Unit-Id": UNIT,
        }
        return f"{self.address}/api/v5/objects"


@pytest.fixture
def client():
    now = [1_790_000_000.0]
    store = open_store(None, "pardot")
    unit = TARGET.sandbox(store, lambda: now[0], {})
    with serving(Service("Pardot", unit, store, lambda: now[0])) as server:
        plain = Plain(server.address)
        plain.wait = lambda seconds: now.__setitem__(0, now[0] + seconds)
        yield plain
    store.close()


def test_what_is_made_over_a_socket_is_read_by_following_the_addresses(client):
    base = client.sign_in()
    names = ["a+b & c", "ñandú", *(f"t{number}" for number in range(5))]
    for name in names:
        status, made = client("POST", f"{base}/tags?fields=id,name", {"name": name})
        assert (status, made["name"]) == (201, name)
    client.wait(5)
    seen, url = [], f"{base}/tags?{urlencode({'fields': 'id,name', 'limit': 3, 'orderBy': 'id asc'})}"
    while url:
        _, page = client("GET", url)
        seen += [one["name"] for one in page["values"]]
        url = page["nextPageUrl"]
    assert seen == names
    _, found = client("GET", f"{base}/tags?{urlencode({'fields': 'name', 'name': 'a+b & c'})}")
    assert [one["name"] for one in found["values"]] == ["a+b & c"]
    assert client("DELETE", f"{base}/tags/1") == (204, None)
