"""What is around a target's sandbox: faults in order, a log without secrets, a page that nothing runs in."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.plugin.sandboxes import Asked
from scorewright.sandbox import DroppedError, OrderError, StoreError, open_store, read_orders
from tests.sandbox.stub import CODES, service

HERE = {"host": "127.0.0.1:1"}


def ask(service, method="GET", path="/thing", body=b"", query=(), **headers):
    return service.respond(Asked(method, path, query, HERE | headers, body, "http://127.0.0.1:1"))


def outcomes(service, count, method="POST"):
    """What comes back for so many calls: a code, the state after it, or that the line broke."""
    found = []
    for _ in range(count):
        try:
            data = json.loads(ask(service, method).body)
            found.append(data.get("code") or data["done"])
        except DroppedError:
            found.append("broke")
    return found


def test_without_faults_every_call_is_answered():
    assert outcomes(service()[1], 3) == [1, 2, 3]


def test_a_fault_at_a_call_happens_at_that_call_alone_and_nothing_is_done():
    assert outcomes(service("606:#2")[1], 4) == [1, "606", 2, 3]


@pytest.mark.parametrize(
    ("order", "expected", "done"),
    [
        ("drop-before:1", [1, "broke", 2, 3], 3),
        ("drop-after:1", [1, "broke", 3, 4], 4),
        ("kill-before:1", [1, "broke", "broke", "broke"], 1),
        ("kill-after:1", [1, "broke", "broke", "broke"], 2),
        ("kill-before:0", ["broke"] * 4, 0),
    ],
)
def test_the_line_breaks_before_or_after_the_work(order, expected, done):
    stub, served = service(order)
    assert outcomes(served, 4) == expected
    assert stub.done() == done


def test_chance_repeats_with_its_seed_and_is_about_what_was_ordered():
    one, same, other = (outcomes(service("606:0.25", seed=seed)[1], 400) for seed in (3, 3, 4))
    assert one == same != other
    assert 60 < one.count("606") < 140


def test_the_first_order_that_applies_is_carried_out_and_others_keep_their_calls():
    assert outcomes(service("606:#2", "502:1")[1], 3) == ["502", "606", "502"]


@pytest.mark.parametrize(
    "text",
    ["", "606", "606:", "606:2", "606:0", "606:#0", "606:#1.5", "999:0.1", "kill-after:#3", "drop-after:1.5", "606:-1"],
)  # fmt: skip
def test_an_order_that_makes_no_sense_is_refused_in_words(text):
    with pytest.raises(OrderError, match=r"606:|kill-after:7|drop-after:7|606, 502"):
        read_orders((text,), CODES)


@given(st.text(max_size=12))
def test_any_text_is_an_order_or_is_refused(text):
    try:
        (order,) = read_orders((text,), CODES)
    except OrderError:
        return
    assert order.what in {*CODES, "drop-before", "drop-after", "kill-before", "kill-after"}


def test_calls_are_counted_by_path_and_no_header_query_or_body_is_kept():
    store = open_store(None, "stub")
    _, served = service("606:#2", "kill-before:3", store=store)
    ask(
        served,
        "POST",
        "/thing",
        b"tok-in-body",
        (("access_token", "tok-in-query"),),
        authorization="tok-head",
    )
    ask(served)
    ask(served)
    with pytest.raises(DroppedError):
        ask(served)
    report = json.loads(ask(served, path="/sandbox/calls.json").body)
    assert (report["version"], report["total"], report["writing"]) == (1, 4, 1)
    assert report["calls"] == [
        {"method": "GET", "path": "/thing", "times": 3, "writes": False},
        {"method": "POST", "path": "/thing", "times": 1, "writes": True},
    ]
    kept = "\n".join(map(str, store.execute("SELECT * FROM sandbox_calls")))
    assert "tok" not in kept
    assert [row[0] for row in store.execute("SELECT fault FROM sandbox_calls")] == ["", "606", "", "lost"]


def test_a_watcher_sees_each_call_before_and_after_the_work():
    seen = []
    stub, served = service(watch=lambda number, when: seen.append((number, when, stub.done())))
    outcomes(served, 2)
    assert seen == [(1, "before", 0), (1, "after", 1), (2, "before", 1), (2, "after", 2)]


def test_a_call_knows_what_else_is_running():
    stub, served = service()
    ask(served)
    assert stub.seen[-1].beside == ()
    served._running.append("POST /other")
    ask(served)
    assert stub.seen[-1].beside == ("POST /other",)


def test_the_page_escapes_everything_and_runs_nothing():
    _, served = service()
    ask(served, "POST", "/<script>alert(1)</script>", b"<img src=x>\x1b[31m\xe2\x80\xae")
    answer = ask(served, path="/")
    text, headers = answer.body.decode(), dict(answer.headers)
    assert "<script" not in text
    assert "<img" not in text
    assert "\x1b" not in text
    assert "&lt;script&gt;" in text
    assert "Stub &amp; sons" in text
    assert "Done &lt;b&gt;" in text
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "<form" not in text


def test_building_takes_tables_or_the_folder_that_the_server_was_given():
    stub, served = service()
    assert ask(served, "POST", "/sandbox/build").status == 400
    assert ask(served, "POST", "/sandbox/build", b'{"tables": {"tags": []}}').status == 303
    assert stub.tables == {"tags": []}
    for wrong in (b"{", b"{}", b'{"tables": {"bad": 1}}', b"{" * 100_000):
        assert ask(served, "POST", "/sandbox/build", wrong).status == 400
    stub, served = service(built=lambda: {"folder": []})
    assert b"<form" in ask(served, path="/").body
    assert ask(served, "POST", "/sandbox/build").status == 303
    assert stub.tables == {"folder": []}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:1"}, 200),
        ({"host": "[::1]:1"}, 200),
        ({"host": "rebound.example"}, 403),
        ({"host": "[::1"}, 403),
        ({"origin": "http://127.0.0.1:1"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_other_sites_pages_are_not_answered(headers, status):
    stub, served = service()
    assert ask(served, "POST", **headers).status == status
    assert stub.done() == (status == 200)


def test_what_is_ours_is_counted_as_nobodys_call():
    _, served = service("kill-before:0")
    assert ask(served, path="/sandbox/calls.json").status == 200
    assert ask(served, path="/sandbox/other").status == 404


def test_a_state_file_outlives_its_server_and_belongs_to_one(tmp_path):
    file = tmp_path / "state.db"
    store = open_store(file, "stub")
    outcomes(service(store=store)[1], 2)
    with pytest.raises(StoreError, match="in use"):
        open_store(file, "stub")
    store.close()
    with pytest.raises(StoreError, match="sandbox of stub"):
        open_store(file, "other")
    store = open_store(file, "stub")
    assert outcomes(service(store=store)[1], 1) == [3]
    store.close()


def test_a_file_that_is_no_state_is_left_alone(tmp_path):
    import sqlite3

    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to be read as one: " * 20)
    with pytest.raises(StoreError, match="not a database"):
        open_store(text, "stub")
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(foreign, "stub")
    with pytest.raises(StoreError, match="unable to open"):
        open_store(tmp_path / "no" / "folder", "stub")
