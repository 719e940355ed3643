"""Who may call, how often, and what comes back for a call that is none: as Adobe's pages on errors say."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorewright.plugin.sandboxes import Answer, Asked
from scorewright_marketo.sandbox.codes import BARE, CODES, RECORD
from scorewright_marketo.sandbox.routes import ROUTES
from tests.marketo.sandbox.caller import ASSET, FORM, LEADS, Caller, code, place

CHANNELS = f"{ASSET}/channels.json"


def test_the_same_token_until_it_has_expired():
    caller = Caller()
    first = caller.sign_in()
    assert set(first) == {"access_token", "token_type", "expires_in", "scope"}
    assert (first["token_type"], first["expires_in"]) == ("bearer", 3599)
    caller.now += 600
    again = caller.sign_in()
    assert (again["access_token"], again["expires_in"]) == (first["access_token"], 2999)
    caller.now += 3000
    assert code(caller.get(CHANNELS)) == "602"
    caller.token = caller.sign_in()["access_token"]
    assert caller.token != first["access_token"]
    assert caller.get(CHANNELS)["success"]


@pytest.mark.parametrize(("given", "status"), [(("me", "another"), 401), (("", "x"), 401), (("me", ""), 401)])
def test_a_wrong_secret_is_a_401_without_an_envelope(given, status):
    query = zip(("grant_type", "client_id", "client_secret"), ("client_credentials", *given), strict=True)
    answer = Caller().send("GET", "/identity/oauth/token", tuple(query))
    assert answer.status == status
    assert json.loads(answer.body)["error"] == "invalid_client"


def test_a_token_is_taken_from_the_header_alone():
    caller = Caller()
    assert code(caller.data(caller.send("GET", CHANNELS, authorization="Bearer other"))) == "601"
    assert (
        code(caller.data(caller.send("GET", CHANNELS, {"access_token": caller.token}, authorization="")))
        == "601"
    )
    assert caller.data(caller.send("GET", CHANNELS, authorization=f"bearer {caller.token}"))["success"]


def test_neither_secrets_nor_tokens_stand_in_the_store():
    caller = Caller(token="recognisable-")
    caller.get(CHANNELS)
    text = "\n".join(caller.store.iterdump())
    assert caller.token.startswith("recognisable-")
    assert "recognisable" not in text
    assert "mine" not in text


def test_a_hundred_calls_in_twenty_seconds_and_no_more():
    caller = Caller(rate=100)
    codes = []
    for _ in range(103):
        answer = caller.get(CHANNELS)
        codes.append("" if answer["success"] else code(answer))
    assert codes == [""] * 100 + ["606"] * 3
    caller.now += 19.9
    assert code(caller.get(CHANNELS)) == "606"
    caller.now += 0.2
    assert caller.get(CHANNELS)["success"]


def test_the_quota_begins_anew_at_midnight_central_time():
    caller = Caller(quota=2)
    midnight = 1_777_593_600 + 6 * 3600  # 00:00 CST
    caller.now = midnight - 3
    caller.token = caller.sign_in()["access_token"]
    assert [caller.get(CHANNELS)["success"] for _ in range(3)] == [True, True, False]
    assert code(caller.get(CHANNELS)) == "607"
    caller.now = midnight + 1
    assert caller.get(CHANNELS)["success"]


def test_usage_counts_answers_and_errors_apart():
    caller = Caller()
    caller.get(CHANNELS)
    caller.get(f"{ASSET}/nowhere.json")
    (today,) = caller.get(f"{LEADS}/stats/usage.json")["result"]
    assert (today["total"], today["users"][0]["count"]) == (1, 1)
    (errors,) = caller.get(f"{LEADS}/stats/errors.json")["result"]
    assert errors["errors"] == [{"errorCode": "610", "count": 1}]
    assert len(caller.get(f"{LEADS}/stats/usage/last7days.json")["result"]) == 7


def test_ten_at_once_are_too_many():
    caller = Caller()
    assert caller.data(caller.send("GET", CHANNELS, beside=("GET /x",) * 9))["success"]
    assert code(caller.data(caller.send("GET", CHANNELS, beside=("GET /x",) * 10))) == "615"


def test_a_call_that_is_none_says_what_it_is():
    caller = Caller()
    assert code(caller.get(f"{ASSET}/programmes.json")) == "610"
    assert code(caller.get(f"{ASSET}/program/abc.json")) == "610"
    assert code(caller.data(caller.send("DELETE", CHANNELS))) == "605"
    assert (
        code(
            caller.data(
                caller.send("POST", f"{LEADS}/leads/schema/fields.json", body=b"{", kind="application/json")
            )
        )
        == "609"
    )
    assert code(caller.post(f"{LEADS}/leads/schema/fields.json", input="x")) == "612"
    assert code(caller.post_json(f"{ASSET}/folders.json", {"name": "x"})) == "612"


def test_what_is_too_large_is_said_by_http():
    caller = Caller()
    assert caller.send("POST", CHANNELS, body=b"x" * (1024 * 1024 + 1), kind=FORM).status == 413
    assert caller.send("GET", CHANNELS, {"x": "y" * 9000}).status == 414
    body = f"_method=GET&name=Operational&x={'y' * 9000}".encode()
    answer = caller.send("POST", f"{ASSET}/channel/byName.json", body=body, kind=FORM)
    assert caller.data(answer)["result"][0]["name"] == "Operational"


def test_every_envelope_has_its_keys_and_nothing_found_is_a_warning():
    caller = Caller()
    found = caller.get(CHANNELS)
    assert (found["success"], found["errors"], found["warnings"]) == (True, [], [])
    assert isinstance(found["result"], list)
    missing = caller.get(f"{ASSET}/program/byName.json", name="nobody")
    assert missing["warnings"] == ["No assets found for the given search criteria."]
    assert missing["success"]
    assert "result" not in missing
    assert found["requestId"] != missing["requestId"]


@pytest.mark.parametrize("which", CODES)
def test_every_code_can_be_ordered_and_comes_in_its_own_form(which):
    caller = Caller()
    asked = Asked("GET", CHANNELS, (), {}, b"", "http://127.0.0.1:1")
    answer = caller.instance.failing(which, asked)
    if which in BARE:
        assert answer.status == int(which.removeprefix("http-"))
        return
    data = json.loads(answer.body)
    assert answer.status == 200
    if which in RECORD:
        assert data["result"][0]["reasons"][0]["code"] == which
        assert data["success"]
    else:
        assert code(data) == which


def test_pages_are_of_twenty_unless_told_and_of_two_hundred_at_most():
    caller = Caller()
    for number in range(25):
        caller.folder(f"F{number}")
    root = place(15)
    assert len(caller.get(f"{ASSET}/folders.json", root=root)["result"]) == 20
    assert len(caller.get(f"{ASSET}/folders.json", root=root, offset=20)["result"]) == 6
    assert len(caller.get(f"{ASSET}/folders.json", root=root, maxReturn=200)["result"]) == 26
    assert code(caller.get(f"{ASSET}/folders.json", root=root, maxReturn=201)) == "1003"
    assert code(caller.get(f"{ASSET}/folders.json", root=root, offset="-1")) == "1001"
    assert "warnings" in caller.get(f"{ASSET}/folders.json", root=root, offset=400)


def test_settings_are_checked():
    for wrong in ({"speed": 1}, {"rate": "fast"}, {"rate": -1}, {"browse_below": 1}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            Caller(**wrong)


_TEXTS = st.text(max_size=20) | st.sampled_from(
    ["1001", "14", "Default", "{}", '{"id":15,"type":"Folder"}', "[1", "true"]
)
_KEYS = st.sampled_from(
    ["name", "folder", "parent", "type", "folderType", "value", "root", "offset", "tags", "_method"]
)
_IDS = st.sampled_from(["1001", "14", "0", "99999999999", "x", "-1"])


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(ROUTES),
    st.lists(_IDS, min_size=2, max_size=2),
    st.lists(st.tuples(_KEYS, _TEXTS), max_size=5),
    st.binary(max_size=60) | st.just(b'{"input": [{}]}'),
    st.sampled_from([FORM, "application/json", "", "text/html"]),
)
def test_whatever_is_sent_is_answered(route, ids, query, body, kind):
    caller = FUZZED
    path = route.path
    for id in ids:
        path = path.replace("{}", id, 1)
    answer = caller.send(route.method, path, query, body, kind)
    assert isinstance(answer, Answer)
    data = json.loads(answer.body)
    assert data["success"] in {True, False}
    if not data["success"]:
        (error,) = data["errors"]
        assert error["code"] in CODES
        assert not error["message"].endswith("Error"), "a fault of the sandbox itself"


FUZZED = Caller(quota=10**9)
