"""What each code of Adobe's page means for a push."""

from __future__ import annotations

import json

import pytest

from scorewright.plugin.sandboxes import Asked
from scorewright.plugin.wire import OUTCOMES, Call, Reply
from scorewright_marketo.client.errors import MEANINGS, STATUSES, judge
from scorewright_marketo.sandbox.codes import BARE, CODES
from tests.marketo.sandbox.caller import Caller

READ = Call("GET", "/rest/asset/v1/programs.json", "look")
MAKE = Call("POST", "/rest/asset/v1/programs.json", "make", form=(), writes=True, makes=True)
DROP = Call("POST", "/rest/asset/v1/program/1/delete.json", "delete", form=(), writes=True)
SIGN = Call("GET", "/identity/oauth/token", "sign in", signed=False)


def failed(code, message="because"):
    return Reply(
        200, {}, {"success": False, "requestId": "1#2", "errors": [{"code": code, "message": message}]}
    )


def test_every_code_has_a_legal_outcome_and_says_what_to_do():
    for code, meaning in MEANINGS.items():
        assert meaning.outcome in OUTCOMES
        assert meaning.advice or meaning.outcome == "absent", code
    assert set(CODES) - BARE <= set(MEANINGS)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("601", "sign-in"), ("602", "sign-in"), ("603", "stop"), ("606", "again"), ("607", "stop"), ("608", "again"),
        ("615", "again"), ("709", "refused"), ("710", "refused"), ("711", "refused"), ("604", "unclear"),
        ("611", "unclear"), ("713", "unclear"), ("719", "unclear"), ("502", "unclear"), ("610", "stop"),
        ("699", "stop"), ("799", "refused"), ("1003", "refused"), ("", "refused"),
    ],
)  # fmt: skip
def test_the_table(code, outcome):
    verdict = judge(MAKE, failed(code))
    assert (verdict.outcome, verdict.code) == (outcome, code)
    assert verdict.words.startswith("because")


def test_a_system_error_is_tried_once_more_and_a_lock_is_never_waited_for_blindly():
    assert judge(MAKE, failed("611")).most == 2
    assert judge(MAKE, failed("719")).outcome == "unclear"


def test_what_is_gone_is_an_answer_for_a_look_and_for_a_deletion_alone():
    assert judge(READ, failed("702")).outcome == "absent"
    assert judge(DROP, failed("702")).outcome == "absent"
    assert judge(MAKE, failed("702")).outcome == "refused"


def test_a_record_is_refused_in_an_envelope_that_says_success():
    skipped = {"status": "skipped", "reasons": [{"code": "1017", "message": "Object already exists"}]}
    verdict = judge(MAKE, Reply(200, {}, {"success": True, "result": [{"status": "created"}, skipped]}))
    assert (verdict.outcome, verdict.code) == ("refused", "1017")
    odd = judge(MAKE, Reply(200, {}, {"success": True, "result": [{"status": "skipped"}]}))
    assert odd.outcome == "refused"


def test_nothing_found_is_absent_and_no_error():
    empty = {"success": True, "warnings": ["No assets found for the given search criteria."]}
    assert judge(READ, Reply(200, {}, empty)).outcome == "absent"
    assert judge(DROP, Reply(200, {}, empty)).outcome == "done"


@pytest.mark.parametrize("status", [*STATUSES, 301, 302, 418, 500, 502, 504])
def test_a_bare_status_is_judged(status):
    verdict = judge(MAKE, Reply(status, {}, None))
    assert verdict.outcome in OUTCOMES
    assert verdict.outcome not in {"done", "absent"}
    assert verdict.words


@pytest.mark.parametrize(
    "data", [None, [], "x", {}, {"success": False}, {"success": False, "errors": []}, {"success": "yes"}]
)
def test_what_is_no_envelope_is_unclear(data):
    assert judge(MAKE, Reply(200, {}, data)).outcome == "unclear"


def test_signing_in_fails_in_words():
    assert judge(SIGN, Reply(200, {}, {"access_token": "x"})).outcome == "done"
    wrong = judge(
        SIGN, Reply(401, {}, {"error": "invalid_client", "error_description": "Bad client credentials"})
    )
    assert wrong.outcome == "stop"
    assert "LaunchPoint" in wrong.words
    assert judge(SIGN, Reply(503, {}, None)).outcome == "again"
    assert judge(SIGN, Reply(200, {}, {})).outcome == "stop"


@pytest.mark.parametrize("code", CODES)
def test_whatever_the_sandbox_can_fail_with_is_judged(code):
    answer = Caller().instance.failing(code, Asked("POST", MAKE.path, (), {}, b"", ""))
    try:
        data = json.loads(answer.body)
    except ValueError:
        data = None
    verdict = judge(MAKE, Reply(answer.status, {}, data))
    assert verdict.outcome in OUTCOMES
    assert verdict.outcome != "done"
