"""Who is let in by the embedded unit, what is counted, and errors that are ordered."""

from __future__ import annotations

import base64
import json
from urllib.parse import urlencode

import pytest

from tests.pardot.unit import ADDRESS, OBJECTS, Unit

GRANT = {"client_id": "local", "client_secret": "local-secret"}
JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


def token(unit, **form):
    return unit.ask("POST", "/services/oauth2/token", body=urlencode(form).encode())[:2]


def assertion(unit, alg="RS256", **claims):
    told = {
        "iss": "local",
        "sub": "local",
        "aud": "https://test.salesforce.com",
        "exp": unit.now + 180,
        **claims,
    }
    halves = [
        base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=")
        for one in ({"alg": alg}, told)
    ]
    return ".".join([*halves, "c2ln"])


@pytest.mark.parametrize(
    "form",
    [
        {"grant_type": "client_credentials", **GRANT},
        {"grant_type": "password", **GRANT, "username": "local", "password": "local"},
        {"grant_type": "refresh_token", "client_id": "local", "refresh_token": "local"},
    ],
)
def test_a_grant_gives_a_token_that_opens_this_unit_alone(form):
    unit = Unit()
    status, data = token(unit, **form)
    assert status == 200
    assert data["token_type"] == "Bearer"
    assert data["instance_url"] == ADDRESS
    unit.headers["authorization"] = f"Bearer {data['access_token']}"
    assert unit.objects("GET", "tags", fields="id")[0] == 200
    other = Unit()
    other.headers["authorization"] = unit.headers["authorization"]
    assert other.objects("GET", "tags", fields="id")[1]["code"] == 184


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Basic bG9jYWw6bG9jYWwtc2VjcmV0", 200),
        ("basic bG9jYWw6bG9jYWwtc2VjcmV0", 200),
        ("Basic bG9jYWw6b3RoZXI=", 400),
        ("Basic bG9jYWw=", 400),
        ("Basic \udcff", 400),
        ("Basic /////w==", 400),
        ("Bearer x", 400),
    ],
)
def test_a_client_may_say_who_it_is_in_the_header_for_it(header, status):
    body = b"grant_type=client_credentials"
    assert Unit().ask("POST", "/services/oauth2/token", body=body, authorization=header)[0] == status


def test_a_token_is_asked_for_by_post_alone():
    assert Unit().ask("GET", "/services/oauth2/token", GRANT.items())[1]["code"] == 60


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "invalid_client_id"),
        ({"grant_type": "client_credentials", "client_id": "local", "client_secret": "x"}, "invalid_client"),
        ({"grant_type": "password", **GRANT, "username": "local", "password": "x"}, "invalid_grant"),
        ({"grant_type": "refresh_token", "client_id": "local"}, "invalid_grant"),
        ({"grant_type": JWT, "assertion": "a.b.c"}, "invalid_grant"),
        ({"grant_type": JWT}, "invalid_grant"),
    ],
)
def test_a_wrong_secret_gives_none(form, error):
    status, data = token(Unit(), **form)
    assert (status, data["error"]) == (400, error)


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({}, None),
        ({"aud": ADDRESS}, None),
        ({"iss": "x"}, "invalid_client_id"),
        ({"sub": "x"}, "invalid_grant"),
        ({"aud": "https://x.example"}, "invalid_grant"),
        ({"exp": 5}, "invalid_grant"),
        ({"exp": "soon"}, "invalid_grant"),
        ({"exp": 9e15}, "invalid_grant"),
        ({"alg": "none"}, "invalid_grant"),
    ],
)
def test_an_assertion_is_for_us_from_somebody_we_know_and_fresh(claims, error):
    unit = Unit()
    _, data = token(unit, grant_type=JWT, assertion=assertion(unit, **claims))
    assert data.get("error") == error


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"authorization": ""}, 401, 49),
        ({"authorization": "Basic abc"}, 401, 49),
        ({"authorization": "Bearer x"}, 401, 184),
        ({"authorization": "Bearer \udcff"}, 401, 184),
        ({"pardot-business-unit-id": ""}, 400, 181),
        ({"pardot-business-unit-id": "0Uv1"}, 400, 182),
        ({"pardot-business-unit-id": "0Uv000000000000002"}, 400, 201),
    ],
)
def test_who_is_not_let_in_hears_why(headers, status, code):
    unit = Unit().sign_in()
    answer = unit.objects("GET", "tags", headers=headers, fields="id")
    assert (answer[0], answer[1]["code"]) == (status, code)


def test_a_token_is_good_for_two_hours():
    unit = Unit().sign_in()
    unit.wait(7199)
    assert unit.objects("GET", "tags", fields="id")[0] == 200
    unit.wait(1)
    assert unit.objects("GET", "tags", fields="id")[1]["code"] == 184


def test_calls_are_counted_by_the_accounts_day():
    unit = Unit(daily_calls=3).sign_in()
    answers = [
        unit.objects("GET", "tags", headers={"x-return-api-usage": "1"}, fields="id") for _ in range(4)
    ]
    assert [one[2].get("x-api-usage") for one in answers[:3]] == ["1/3", "2/3", "3/3"]
    assert answers[3][1]["code"] == 122
    assert unit.objects("POST", "tags", {"name": "MQL"})[1]["code"] == 122
    unit.wait(86_400)
    unit.sign_in()
    assert unit.objects("GET", "account", fields="apiCallsUsed,maximumDailyApiCalls")[1] == {
        "apiCallsUsed": 0,
        "maximumDailyApiCalls": 3,
    }


def test_five_requests_at_once_and_no_sixth():
    unit = Unit().sign_in()
    asked = unit.calls[-1]._replace(
        method="GET", path=f"{OBJECTS}tags", query=(("fields", "id"),), headers=dict(unit.headers)
    )
    answers = [unit.sandbox.answer(asked._replace(beside=("GET /x",) * number)).status for number in (4, 5)]
    assert answers == [200, 400]


def test_an_ability_that_is_lacking_is_refused_alone():
    unit = Unit(lacks=["tags create", "users"]).sign_in()
    assert unit.objects("GET", "tags", fields="id")[0] == 200
    assert unit.objects("POST", "tags", {"name": "x"})[:2][1]["code"] == 46
    assert unit.objects("GET", "users", fields="id")[1]["code"] == 46


def test_every_error_can_be_ordered_and_does_nothing():
    unit = Unit().sign_in()
    for code in unit.sandbox.codes:
        unit.fault = lambda asked, code=code: code
        status, data, _ = unit.objects("POST", "tags", {"name": "x"})
        assert status >= 400
        assert data["code"] == (int(code) if code.isdigit() else 184)
        assert data["message"]
        status, data = token(unit, grant_type="client_credentials", **GRANT)
        passing = code in {"62", "66", "183", "202", "214"}
        wanted = "temporarily_unavailable" if passing else "invalid_grant"
        assert (status, data["error"]) == (503 if passing else 400, wanted if code.isdigit() else code)
    assert unit.rows("tags") == []


def test_what_writes_is_known():
    unit = Unit().sign_in()
    unit.objects("GET", "tags", fields="id")
    unit.objects("POST", "tags", {"name": "x"})
    unit.objects("PATCH", "tags/1", {"name": "y"})
    unit.objects("DELETE", "tags/1")
    assert [unit.sandbox.writes(call) for call in unit.calls] == [False, False, True, True, True]


@pytest.mark.parametrize(
    "settings",
    [{"colour": 1}, {"lag": "long"}, {"lag": -1}, {"unique": "tags"}, {"business_unit": 5}, {"lag": True}],
)
def test_a_setting_that_is_none_is_refused_in_words(settings):
    with pytest.raises(ValueError, match=next(iter(settings))):
        Unit(**settings)


def test_the_state_is_kept_in_the_store_alone(tmp_path):
    import sqlite3

    from scorewright_pardot import TARGET

    path = tmp_path / "state"
    first = Unit()
    first.sandbox = TARGET.sandbox(sqlite3.connect(path), lambda: first.now, {})
    first.sign_in()
    first.objects("POST", "tags", {"name": "x"})
    first.wait()
    first.sandbox = TARGET.sandbox(sqlite3.connect(path), lambda: first.now, {})
    assert first.objects("GET", "tags", fields="id,name")[1]["values"] == [{"id": 1, "name": "x"}]
    token = first.headers["authorization"].removeprefix("Bearer ").encode()
    assert token not in path.read_bytes()
