"""An account that must not be talked to is not talked to, by no combination of what was said of it."""

from __future__ import annotations

import itertools

import pytest

from scorewright.plugin.wire import is_loopback
from scorewright.project import Instance
from scorewright.push.guards import against_account, same_account
from tests.push.shelf import ShelfApi


def refused(kind, address, *, production, reason=""):
    api = ShelfApi(reason=reason)
    api.address = address
    return list(against_account(Instance("acme", "shelf", kind), api, production=production))


@pytest.mark.parametrize("production", [False, True])
@pytest.mark.parametrize("kind", ["sandbox", "production"])
@pytest.mark.parametrize(
    "address",
    [
        "https://shelf.example",
        "http://shelf.example",
        "http://127.0.0.1:8321",
        "https://",
        "ftp://x",
        "",
        "http://127.0.0.1.shelf.example",
    ],
)
def test_the_table_of_kinds_addresses_and_options(kind, address, production):
    passes = production == (kind == "production") and (
        address == "https://shelf.example" or (address == "http://127.0.0.1:8321" and kind == "sandbox")
    )
    assert (not refused(kind, address, production=production)) == passes


def test_what_the_platform_says_against_it_counts():
    assert refused("sandbox", "https://shelf.example", production=False, reason="that is a production host")


def test_a_production_under_another_name_is_no_sandbox():
    one = Instance("box", "shelf", "sandbox")
    assert list(same_account(one, "id-1", {"live": "id-1"}))
    assert not list(same_account(one, "id-1", {"live": "id-2"}))
    assert not list(same_account(Instance("live", "shelf", "production"), "id-1", {"live": "id-1"}))


def test_loopback_is_this_machine_and_nothing_that_looks_like_it():
    local = ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"]
    other = [
        "http://127.0.0.1.example",
        "http://localhost.example",
        "http://example/127.0.0.1",
        "http://127.0.0.1@example",
    ]
    for address, expected in itertools.chain(((one, True) for one in local), ((one, False) for one in other)):
        assert is_loopback(address) is expected
