"""Which account may be talked to as what: the schema, and the guard as a table."""

from __future__ import annotations

import jsonschema
import pytest

from scorewright_pardot import TARGET
from scorewright_pardot.client import PardotApi, schema
from tests.pardot.unit import ADDRESS, UNIT, account

LOGIN, TEST = "https://login.salesforce.com", "https://test.salesforce.com"
OWN = "https://acme.my.salesforce.com"


def problems(**settings):
    return [error.message for error in jsonschema.Draft202012Validator(schema()).iter_errors(settings)]


def test_the_schema_is_sound_closed_and_says_what_everything_is():
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema() == TARGET.account_schema()
    assert problems(business_unit=UNIT, colour="red")
    assert problems()
    assert all(one.get("description") for one in schema()["properties"].values())


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"host": "pi.demo.pardot.com", "login": OWN},
        {"address": "http://127.0.0.1:8321"},
        {"address": "http://localhost"},
        {"address": "http://[::1]:80", "login": "http://[::1]:80"},
        {
            "campaign": "Ads",
            "redirects": {"Ad": "https://a.example/?x=1"},
            "form_handlers": ["Demo"],
            "lag": 0,
        },
    ],
)
def test_what_may_be_said(settings):
    assert not problems(business_unit=UNIT, **settings)


@pytest.mark.parametrize(
    "settings",
    [
        {"business_unit": "0Uv1"},
        {"business_unit": "00D000000000000001"},
        {"host": "pi.pardot.com.example.net"},
        {"host": "pi.pardot.com@evil.example"},
        {"address": "https://127.0.0.1"},
        {"address": "http://127.0.0.1.example.net"},
        {"address": "http://example.net"},
        {"address": "http://127.0.0.1:8321/x"},
        {"address": "http://user@127.0.0.1"},
        {"login": "http://login.salesforce.com"},
        {"login": "https://evil.example"},
        {"login": "https://evil.example/my.salesforce.com"},
        {"login": "https://my.salesforce.com.evil.example"},
        {"login": "https://a b.my.salesforce.com"},
        {"org": "--json"},
        {"redirects": {"Ad": "javascript:alert(1)"}},
        {"lag": 301},
    ],
)
def test_what_may_not(settings):
    assert problems(**{"business_unit": UNIT, **settings})


@pytest.mark.parametrize(
    ("kind", "settings", "address", "refused"),
    [
        ("sandbox", {}, "https://pi.demo.pardot.com", ""),
        ("sandbox", {"host": "pi.demo.pardot.com", "login": LOGIN}, "https://pi.demo.pardot.com", ""),
        ("sandbox", {"login": OWN}, "https://pi.demo.pardot.com", ""),
        ("sandbox", {"address": ADDRESS}, ADDRESS, ""),
        ("production", {}, "https://pi.pardot.com", ""),
        ("production", {"host": "pi.pardot.com", "login": OWN}, "https://pi.pardot.com", ""),
        ("sandbox", {"host": "pi.pardot.com"}, "https://pi.pardot.com", "no sandbox units"),
        ("production", {"host": "pi.demo.pardot.com"}, "https://pi.demo.pardot.com", "no production units"),
        ("production", {"login": TEST}, "https://pi.pardot.com", "sandboxes alone"),
        ("production", {"address": ADDRESS}, ADDRESS, "never a production"),
        ("sandbox", {"address": ADDRESS, "host": "pi.demo.pardot.com"}, ADDRESS, "not both"),
        ("sandbox", {"address": ADDRESS, "login": TEST}, ADDRESS, "real secret"),
        ("sandbox", {"address": "http://example.net"}, "http://example.net", "of this machine"),
        ("sandbox", {"address": "http://127.0.0.1:x"}, "http://127.0.0.1:x", "of this machine"),
        ("sandbox", {"login": ADDRESS}, "https://pi.demo.pardot.com", "embedded sandbox"),
        ("training", {}, "https://pi.demo.pardot.com", "a sandbox or a production"),
    ],
)
def test_an_account_is_talked_to_as_what_it_is_or_not_at_all(kind, settings, address, refused):
    api = PardotApi(account(kind=kind, **{"address": None, **settings}))
    assert api.address == address
    assert api.identity == UNIT
    assert (refused in api.guard()) if refused else not api.guard()


def test_reads_lag_a_minute_except_on_this_machine():
    assert PardotApi(account(address=None)).lag == 60
    assert PardotApi(account()).lag == 5
    assert PardotApi(account(lag=0)).lag == 0


def test_a_real_login_is_never_offered_to_an_embedded_sandbox():
    assert "salesforce-cli" not in {way.id for way in PardotApi(account()).ways}
    ways = {way.id: way for way in PardotApi(account(address=None, org="acme-dev")).ways}
    assert all(
        program.argv[-2:] == ("--target-org", "acme-dev") for program in ways["salesforce-cli"].programs
    )
