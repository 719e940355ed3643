"""What a reply means: every code of the table, replies without a code, and what a sign-in says."""

from __future__ import annotations

import pytest

from scorewright.plugin.wire import OUTCOMES, Call, Reply
from scorewright_pardot.client.errors import MEANINGS, OAUTH, judge
from scorewright_pardot.sandbox.errors import PROBLEMS

READ = Call("GET", "/api/v5/objects/tags", "look at the tags")
MAKE = Call("POST", "/api/v5/objects/tags", "create the tag x", writes=True, makes=True)
WRITE = Call("PATCH", "/api/v5/objects/tags/1", "change the tag x", writes=True)
DELETE = Call("DELETE", "/api/v5/objects/tags/1", "delete the tag x", writes=True)
LOGIN = Call("POST", "/services/oauth2/token", "sign in", signed=False)

EXPECTED = {
    **dict.fromkeys((13, 16, 29, 36, 38, 67, 97, 128, 129, 137, 138, 139), "refused"),
    **dict.fromkeys((150, 151, 152, 153, 154, 166, 180, 209, 216, 219, 224, 108), "refused"),
    **dict.fromkeys((46, 49, 53, 76, 122, 181, 182, 198, 199, 201, 218), "stop"),
    **dict.fromkeys((62, 66, 202), "again"),
    **dict.fromkeys((183, 214), "unclear"),
    **dict.fromkeys((109, 192, 210, 211), "absent"),
    184: "sign-in",
}


def outcome(call, status, data):
    return judge(call, Reply(status, {}, data)).outcome


def test_the_table_is_whole_and_speaks_the_contracts_words():
    assert {code: meaning.outcome for code, meaning in MEANINGS.items()} == EXPECTED
    assert set(EXPECTED.values()) <= set(OUTCOMES)
    assert all(meaning.advice for meaning in MEANINGS.values() if meaning.outcome != "absent")


@pytest.mark.parametrize("code", sorted(MEANINGS))
def test_a_code_means_what_the_table_says_and_says_what_to_do(code):
    reply = Reply(
        PROBLEMS[code].status if code in PROBLEMS else 400, {}, {"code": code, "message": "Because."}
    )
    found = judge(MAKE, reply)
    wanted = "refused" if EXPECTED[code] == "absent" else EXPECTED[code]
    assert (found.outcome, found.code) == (wanted, str(code))
    assert found.words == ": ".join(part for part in ("Because", MEANINGS[code].advice) if part)


def test_what_cannot_be_made_twice_is_sent_again_and_what_is_gone_is_gone():
    gone, broken = {"code": 109, "message": "x"}, {"code": 183, "message": "x"}
    assert [outcome(call, 404, gone) for call in (READ, DELETE, WRITE)] == ["absent", "absent", "refused"]
    assert [outcome(call, 500, broken) for call in (READ, DELETE, WRITE, MAKE)] == [
        "again",
        "again",
        "again",
        "unclear",
    ]


@pytest.mark.parametrize(
    ("status", "data", "read", "make"),
    [
        (200, {"values": []}, "done", "done"),
        (201, {"id": 1}, "done", "done"),
        (204, None, "stop", "done"),
        (304, None, "stop", "stop"),
        (200, None, "stop", "done"),
        (200, ["x"], "stop", "done"),
        (302, None, "stop", "stop"),
        (401, None, "sign-in", "sign-in"),
        (403, "no", "stop", "stop"),
        (404, None, "stop", "stop"),
        (429, None, "again", "unclear"),
        (502, "<html>", "again", "unclear"),
        (503, None, "again", "unclear"),
        (500, None, "again", "unclear"),
        (400, {"code": 999, "message": "New."}, "refused", "refused"),
        (400, {"code": "²", "message": "Odd."}, "refused", "refused"),
        (400, {"code": True}, "stop", "stop"),
    ],
)
def test_a_reply_without_a_code_that_is_known(status, data, read, make):
    assert (outcome(READ, status, data), outcome(MAKE, status, data)) == (read, make)


@pytest.mark.parametrize("error", [*OAUTH, "something_new", None])
def test_a_login_that_is_refused_stops_and_says_where_to_look(error):
    found = judge(LOGIN, Reply(400, {}, {"error": error, "error_description": "Because."}))
    assert (found.outcome, found.code) == ("stop", error or "")
    assert found.words.startswith("Because: ")


def test_a_login_that_works_and_one_that_may_work_later():
    assert outcome(LOGIN, 200, {"access_token": "local"}) == "done"
    assert outcome(LOGIN, 200, {"access_token": None}) == "stop"
    assert outcome(LOGIN, 503, None) == "again"


def test_what_the_platform_says_stands_in_one_line_and_is_not_long():
    found = judge(READ, Reply(400, {}, {"code": 180, "message": "a\n\x1b[31mb" + "c" * 9999}))
    assert "\n" not in found.words
    assert "\x1b" not in found.words
    assert len(found.words) < 500
