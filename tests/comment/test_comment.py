"""One comment: written once, then kept up to date, and nobody else's is touched."""

from __future__ import annotations

import json

import httpx
import pytest

from scorewright.comment import CommentError, Place, UnknownPlaceError, place_of, put
from scorewright.comment.body import body_of, marker_of
from scorewright.diff.render.markdown import LIMIT, MARKER
from tests.comment.forge import Forge

PLACE = Place("http://127.0.0.1", "owner/models", 7)


@pytest.fixture
def forge():
    return Forge()


def write(forge, text, key="", token=None):
    marker = marker_of(key)
    transport = httpx.WSGITransport(app=forge)
    return put(PLACE, token or forge.token, marker, body_of(text, marker), transport=transport)


def test_it_is_created_then_updated_and_left_alone_when_nothing_changed(forge):
    assert [write(forge, text) for text in ("one", "one", "two")] == ["created", "unchanged", "updated"]
    assert [comment["body"] for comment in forge.comments] == [f"{MARKER}\ntwo"]
    assert [method for method, _ in forge.calls] == ["GET", "POST", "GET", "GET", "PATCH"]


def test_line_ends_that_github_changes_are_no_change(forge):
    write(forge, "one\ntwo\n")
    forge.comments[0]["body"] = forge.comments[0]["body"].replace("\n", "\r\n")
    assert write(forge, "one\ntwo\n") == "unchanged"


def test_a_comment_of_a_person_is_never_taken_for_ours(forge):
    forge.add(f"{MARKER}\nmine")
    forge.add("> <!-- scorewright diff -->\nquoted", "Bot")
    assert write(forge, "one") == "created"
    assert [comment["body"] for comment in forge.comments[:2]] == [
        f"{MARKER}\nmine",
        "> <!-- scorewright diff -->\nquoted",
    ]


def test_ours_is_found_behind_hundreds_of_others(forge):
    for number in range(250):
        forge.add(f"comment {number}")
    assert [write(forge, "one"), write(forge, "two")] == ["created", "updated"]
    assert len(forge.comments) == 251


def test_two_specs_keep_two_comments(forge):
    assert [write(forge, "a", "models/a"), write(forge, "b", "models/b"), write(forge, "c", "models/a")] == [
        "created",
        "created",
        "updated",
    ]
    assert len(forge.comments) == 2


def test_a_key_that_begins_another_is_not_the_other(forge):
    write(forge, "a", "models")
    assert write(forge, "b", "models/a") == "created"
    assert write(forge, "c") == "created"


@pytest.mark.parametrize("status", [401, 403, 404, 410, 422, 429, 500, 502, 302])
def test_whatever_github_answers_is_an_error_in_words_without_the_token(forge, status):
    forge.status = status
    with pytest.raises(CommentError) as raised:
        write(forge, "one")
    assert str(status) in str(raised.value)
    assert forge.token not in str(raised.value)


def test_no_answer_and_odd_answers_are_errors_too():
    def silent(request):
        raise httpx.ConnectTimeout("x", request=request)

    answers = (
        silent,
        lambda _: httpx.Response(200, text="<html>"),
        lambda _: httpx.Response(200, json={"a": 1}),
    )
    for answer in answers:
        with pytest.raises(CommentError):
            put(PLACE, "t", MARKER, "body", transport=httpx.MockTransport(answer))


def test_a_body_is_cut_to_what_a_comment_takes():
    body = body_of(f"{MARKER}\n" + "x" * 100_000, marker_of("key"))
    assert len(body) == LIMIT
    assert body.startswith("<!-- scorewright diff key -->\nxxx")
    assert body.endswith("as much as a comment takes.\n")


@pytest.mark.parametrize("key", ["-->", "a--b", "a\nb", "x" * 81, "<b>"])
def test_a_key_cannot_end_the_marker(key):
    with pytest.raises(ValueError, match="a key is made of"):
        marker_of(key)


# --- where to write -------------------------------------------------------------------------------------------------


@pytest.fixture
def environment(tmp_path):
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 7}}), "utf-8")
    return {"GITHUB_REPOSITORY": "owner/models", "GITHUB_EVENT_PATH": str(event), "GITHUB_TOKEN": " t \n"}


def test_the_environment_says_where(environment):
    assert place_of(environment) == (Place("https://api.github.com", "owner/models", 7), "t")
    local = {**environment, "GITHUB_API_URL": "http://127.0.0.1:8000/"}
    assert place_of(local)[0].api == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "change",
    [
        {"GITHUB_TOKEN": ""},
        {"GITHUB_REPOSITORY": "models"},
        {"GITHUB_REPOSITORY": "../../x"},
        {"GITHUB_REPOSITORY": "a/b/../../user"},
        {"GITHUB_EVENT_PATH": ""},
        {"GITHUB_EVENT_PATH": "/nowhere"},
        {"GITHUB_API_URL": "http://example.com"},
        {"GITHUB_API_URL": "http://127.0.0.1.example.com"},
        {"GITHUB_API_URL": "ftp://example.com"},
    ],
)
def test_where_it_does_not_or_a_token_would_leave_in_the_clear_nothing_is_written(environment, change):
    with pytest.raises(UnknownPlaceError):
        place_of({**environment, **change})


@pytest.mark.parametrize(
    "event",
    [
        "",
        "[]",
        '{"pull_request": {"number": true}}',
        '{"pull_request": {"number": "7/.."}}',
        '{"issue": {"number": 7}}',
    ],
)
def test_an_event_of_something_else_is_told(environment, tmp_path, event):
    (tmp_path / "event.json").write_text(event, "utf-8")
    with pytest.raises(UnknownPlaceError):
        place_of(environment)


def test_the_command_says_what_is_missing_and_never_the_token(run, tmp_path, monkeypatch):
    for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY", "GITHUB_EVENT_PATH", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "diff.md"
    assert run("comment", "--file", path)[0] == 2
    path.write_text("x", "utf-8")
    code, _, error = run("comment", "--file", path)
    assert (code, "SW831" in error) == (1, True)
    assert run("comment", "--file", path, "--key", "-->")[0] == 2
