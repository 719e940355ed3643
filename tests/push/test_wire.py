"""One call over HTTP: encoded as it must be, paced, never redirected."""

from __future__ import annotations

from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.plugin.wire import Call, Rate
from scorewright.push.wire import Http, LostError, Pace, UnsentError


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def send(call, handler, headers=None):
    clock = Clock()
    http = Http(
        Pace(Rate(50, 20.0), clock, clock.sleep),
        local=True,
        patience=5.0,
        transport=httpx.MockTransport(handler),
    )
    try:
        return http.send(call, headers or {}, "https://shelf.example/")
    finally:
        http.close()


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1, max_size=4))
def test_a_form_arrives_as_it_was_sent(pairs):
    got = []

    def handler(request):
        got.append(parse_qsl(request.content.decode(), keep_blank_values=True, errors="surrogatepass"))
        got.append(request.headers["content-type"])
        return httpx.Response(200, json={})

    plain = tuple(
        (name.encode("utf-8", "ignore").decode(), text.encode("utf-8", "ignore").decode())
        for name, text in pairs
    )
    send(Call("POST", "/x", "send", form=plain), handler)
    assert got == [list(plain), "application/x-www-form-urlencoded"]


def test_a_plus_is_no_blank():
    bodies = []
    send(
        Call("POST", "/x", "send", form=(("value", "+10"),)),
        lambda request: bodies.append(request.content) or httpx.Response(200),
    )
    assert bodies == [b"value=%2B10"]


def test_a_redirect_is_an_answer_and_is_not_followed():
    asked = []

    def handler(request):
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": "https://elsewhere.example/"})

    reply = send(Call("GET", "/x", "look"), handler, {"authorization": "Bearer x"})
    assert (reply.status, len(asked)) == (302, 1)


def test_a_body_that_is_no_json_is_nothing():
    assert send(Call("GET", "/x", "look"), lambda request: httpx.Response(502, text="<html>")).data is None


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (httpx.ConnectError("refused"), UnsentError),
        (httpx.ConnectTimeout("late"), UnsentError),
        (httpx.ReadTimeout("late"), LostError),
        (httpx.RemoteProtocolError("gone"), LostError),
        (httpx.WriteError("gone"), LostError),
    ],
)
def test_what_may_have_arrived_is_told_from_what_has_not(raised, expected):
    def handler(request):
        raise raised

    with pytest.raises(expected):
        send(Call("POST", "/x", "send", json={}), handler)


@given(st.lists(st.floats(0, 5), max_size=80), st.integers(1, 6), st.floats(0.5, 10))
def test_no_window_ever_holds_more_calls_than_the_rate(pauses, calls, seconds):
    clock = Clock()
    pace = Pace(Rate(calls, seconds), clock, clock.sleep)
    sent = []
    for pause in pauses:
        clock.now += pause
        pace.wait()
        sent.append(clock.now)
    for first, last in zip(sent, sent[calls:], strict=False):
        assert last - first >= seconds - 1e-6
