"""A push ends in the same state however often and wherever it was cut off, and touches nothing that is not its own."""

from __future__ import annotations

import errno
import itertools
import os
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorewright.plugin.reach import Key, Seen
from scorewright.push.guards import Allowed
from scorewright.push.plan import Known, items_of
from scorewright.push.records import read_pushed
from scorewright.push.run import Wish, plan_of, push, retire
from scorewright.push.session import NotOpenedError
from tests.push.shelf import SECRET, KilledError, Shelf, ShelfApi, box, label, opened

MODEL = (box("a"), box("b", "blue"), label("x", "a"), label("y", "a", "grey"), label("z", "b"))
WHOLE = sorted([
    ("boxes", "a", "red", ""),
    ("boxes", "b", "blue", ""),
    ("labels", "x", "white", "a"),
    ("labels", "y", "grey", "a"),
    ("labels", "z", "white", "b"),
])  # fmt: skip


def yes(plan):
    return True


def pushed(folder, shelf, resources=MODEL, **more):
    session = opened(folder, shelf, resources)
    try:
        return push(session, more.pop("allowed", Allowed()), more.pop("agreed", yes), **more)
    finally:
        session.driver.journal.close()


def retired(folder, shelf, resources, **more):
    session = opened(folder, shelf, resources)
    try:
        return retire(session, Allowed(), yes, **more)
    finally:
        session.driver.journal.close()


def test_a_push_makes_what_the_spec_needs_and_the_next_plan_has_nothing_to_do(tmp_path):
    shelf = Shelf()
    plan, applied = pushed(tmp_path, shelf)
    assert shelf.state() == WHOLE
    assert applied.whole
    assert len(plan.writes) == 5 == shelf.writes
    shelf.writes = 0
    plan, applied = pushed(tmp_path, shelf, agreed=None)  # nobody is asked when there is nothing to do
    assert (len(plan.writes), shelf.writes) == (0, 0)
    assert plan.clean


def test_the_calls_of_a_push_are_its_changes_and_a_constant(tmp_path):
    def calls(count):
        shelf = Shelf()
        pushed(tmp_path / str(count), shelf, tuple(box(f"b{n}") for n in range(count)))
        return len(shelf.sent) - count

    assert {calls(count) for count in (1, 2, 10, 40)} == {calls(1)}


@pytest.mark.parametrize("lag", [0.0, 60.0])
@pytest.mark.parametrize("when", ["kill-before", "kill-after"])
@pytest.mark.parametrize("call", [1, 2, 3, 4, 5])
def test_killed_at_any_call_it_ends_in_the_same_state_and_makes_nothing_twice(tmp_path, call, when, lag):
    shelf = Shelf(lag=lag, faults={call: when})
    with pytest.raises(KilledError):
        pushed(tmp_path, shelf)
    pushed(tmp_path, shelf)
    assert shelf.state() == WHOLE
    assert set(read_pushed(tmp_path / "scorewright.lock", "shelf").made) == {one.key for one in MODEL}


@pytest.mark.parametrize("lag", [0.0, 60.0])
@pytest.mark.parametrize("fault", ["unsent", "lost", "code-busy", "code-expired", "code-oops"])
@pytest.mark.parametrize("call", [1, 3, 5])
def test_what_can_be_repeated_is_and_what_may_have_been_done_is_looked_for_first(tmp_path, call, fault, lag):
    shelf = Shelf(lag=lag, faults={call: fault})
    _, applied = pushed(tmp_path, shelf)
    assert applied.whole
    assert shelf.state() == WHOLE


def test_a_quota_stops_it_and_the_next_push_goes_on_from_there(tmp_path):
    shelf = Shelf(faults={3: "code-quota"})
    _, applied = pushed(tmp_path, shelf)
    assert "no more today" in applied.stopped
    assert len(shelf.state()) == 2
    _, applied = pushed(tmp_path, shelf)
    assert applied.whole
    assert shelf.state() == WHOLE


def test_what_cannot_be_written_down_is_not_sent(tmp_path):
    shelf = Shelf()
    (tmp_path / ".scorewright").write_text("")
    with pytest.raises(NotOpenedError, match="it cannot be written down: the journal"):
        pushed(tmp_path, shelf)
    assert shelf.sent == []


def test_a_disk_that_fills_up_stops_a_push_and_the_next_one_goes_on(tmp_path, monkeypatch):
    shelf = Shelf()

    def full(file):
        if shelf.writes == 3:
            monkeypatch.undo()
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    _, applied = pushed(tmp_path, shelf)
    assert "the journal" in applied.stopped
    assert "no space left" in applied.stopped
    assert len(shelf.state()) == 3
    assert pushed(tmp_path, shelf)[1].whole
    assert shelf.state() == WHOLE


def test_a_lock_file_that_cannot_be_written_is_said_and_the_next_push_knows_what_was_made(tmp_path):
    shelf, lock = Shelf(), tmp_path / "scorewright.lock"

    def taken(*_):
        lock.mkdir(exist_ok=True)

    _, applied = pushed(tmp_path, shelf, tell=taken)
    assert shelf.state() == WHOLE
    assert applied.stopped.startswith("done, but not noted in the lock file: ")
    assert not applied.whole
    lock.rmdir()
    shelf.writes = 0
    assert pushed(tmp_path, shelf)[1].whole
    assert shelf.writes == 0
    assert set(read_pushed(lock, "shelf").made) == {one.key for one in MODEL}


def test_what_the_platform_refuses_is_named_and_what_stands_in_it_is_left_out(tmp_path):
    shelf = Shelf(faults={1: "code-name"})
    _, applied = pushed(tmp_path, shelf)
    assert [key.name for key, _ in applied.refused] == ["a", "x", "y"]
    assert [name for _, name, _, _ in shelf.state()] == ["b", "z"]


@settings(max_examples=60, deadline=None)
@given(
    faults=st.lists(
        st.dictionaries(
            st.integers(1, 8),
            st.sampled_from(
                ["kill-before", "kill-after", "lost", "unsent", "code-busy", "code-oops", "code-quota"]
            ),
            max_size=3,
        ),
        max_size=4,
    ),
    lag=st.sampled_from([0.0, 3.0, 60.0]),
    idle=st.sampled_from([0.0, 30.0, 600.0]),
)
def test_whatever_goes_wrong_on_the_way_the_end_is_the_same(tmp_path_factory, faults, lag, idle):
    folder = tmp_path_factory.mktemp("shelf")
    shelf = Shelf(lag=lag)
    for ordered in faults:
        shelf.faults, shelf.writes = ordered, 0
        with suppress(KilledError):
            pushed(folder, shelf)
        shelf.sleep(idle)
    shelf.faults = {}
    _, applied = pushed(folder, shelf)
    assert applied.whole
    assert shelf.state() == WHOLE


def test_a_change_is_one_call_and_what_others_made_is_left_alone(tmp_path):
    shelf = Shelf()
    pushed(tmp_path, shelf)
    shelf.writes = 0
    plan, _ = pushed(tmp_path, shelf, (box("a", "green"), *MODEL[1:]))
    assert [item.key.name for item in plan.having("change")] == ["a"]
    assert shelf.writes == 1
    other = Shelf(
        rows=[{"at": 0, "kind": "boxes", "id": "1", "name": "a", "colour": "black", "gone": 0, "box": ""}]
    )
    with pytest.raises(NotOpenedError) as refused:
        pushed(tmp_path / "other", other)
    assert refused.value.guarded
    assert other.writes == 0
    pushed(tmp_path / "other", other, wish=Wish(frozenset({Key("boxes", "a")})))
    assert other.state() == WHOLE


def test_what_stands_there_already_as_it_is_to_be_is_no_obstacle_and_never_retired(tmp_path):
    shelf = Shelf(
        rows=[{"at": 0, "kind": "boxes", "id": "1", "name": "a", "colour": "red", "gone": 0, "box": ""}]
    )
    pushed(tmp_path, shelf)
    assert shelf.state() == WHOLE
    retired(tmp_path, shelf, ())
    assert shelf.state() == [("boxes", "a", "red", "")]


def test_retire_takes_away_what_pushes_made_last_made_first_and_nothing_else(tmp_path):
    shelf = Shelf()
    pushed(tmp_path, shelf)
    shelf.rows.append(
        {"at": 0, "kind": "boxes", "id": "99", "name": "theirs", "colour": "red", "gone": 0, "box": ""}
    )
    _, applied = retired(tmp_path, shelf, MODEL[:2])
    assert [key.name for _, key in applied.done] == ["z", "y", "x"]
    assert [name for _, name, _, _ in shelf.state()] == ["a", "b", "theirs"]
    retired(tmp_path, shelf, MODEL[:2], everything=True)
    assert [name for _, name, _, _ in shelf.state()] == ["theirs"]


def test_what_was_taken_away_a_moment_ago_and_is_still_seen_is_made_again(tmp_path):
    shelf = Shelf(lag=60.0)
    pushed(tmp_path, shelf)
    shelf.sleep(100)
    retired(tmp_path, shelf, MODEL, everything=True)
    assert shelf.state() == []
    pushed(tmp_path, shelf)
    assert shelf.state() == WHOLE


def test_a_journal_from_the_future_is_waited_for_no_longer_than_reads_lag(tmp_path):
    shelf = Shelf(lag=60.0)
    shelf.now += 1e9
    pushed(tmp_path, shelf)
    shelf.rows.clear()
    shelf.now -= 1e9
    before = shelf.now
    pushed(tmp_path, shelf)
    assert shelf.state() == WHOLE
    assert shelf.now - before < 200


def test_what_is_no_longer_wanted_goes_last_made_first_also_with_all_the_rest(tmp_path):
    shelf = Shelf()
    pushed(tmp_path, shelf)
    _, applied = retired(tmp_path, shelf, MODEL[:1], everything=True)
    assert [key.name for _, key in applied.done] == ["z", "y", "x", "b", "a"]


def test_what_has_to_be_made_anew_is_no_longer_attested():
    here = box("a", unread=("flow",))
    known = Known(attested=frozenset({here.key}))
    (item,) = items_of(ShelfApi(), (here,), Seen(()), known)
    assert (item.deed, item.hand) == ("create", "unread")


def test_two_of_one_name_are_a_conflict(tmp_path):
    shelf = Shelf()
    pushed(tmp_path, shelf)
    shelf.rows.append({**shelf.rows[0], "id": "98"})
    plan = plan_of(opened(tmp_path, shelf, MODEL, writes=False), deep=False)
    assert [item.deed for item in plan.items][:1] == ["conflict"]
    assert "rename all but one" in plan.items[0].why


@pytest.mark.parametrize(
    ("resources", "allowed", "words"),
    [
        (
            tuple(box(f"b{n}", "green") for n in range(4)),
            Allowed(limit=3),
            "changes 4 objects, and the limit is 3",
        ),
        ((box("lead", grave="for-ever"),), Allowed(), "never taken away"),
        (MODEL, Allowed(digest="0" * 64), "no longer the plan"),
        ((label("x", "gone"), box("gone", given=True)), Allowed(), "blocked"),
    ],
    ids=["limit", "grave", "stale", "missing"],
)
def test_a_guard_refuses_before_anything_is_written(tmp_path, resources, allowed, words):
    shelf = Shelf()
    if "limit" in words:
        pushed(tmp_path, shelf, tuple(box(f"b{n}") for n in range(4)))
    shelf.writes = 0
    resources = tuple(one if not one.given else type(one)(key=one.key, given=True) for one in resources)
    order = sorted(resources, key=lambda one: not one.given)
    with pytest.raises(NotOpenedError) as refused:
        pushed(tmp_path, shelf, order, allowed=allowed)
    assert any(words in f"{each.message} {each.help}" for each in refused.value.findings)
    assert refused.value.guarded
    assert shelf.writes == 0


def test_a_grave_is_confirmed_by_its_name_and_a_plan_by_its_digest(tmp_path):
    shelf = Shelf()
    lead = (box("lead", grave="for-ever"),)
    plan = plan_of(opened(tmp_path, shelf, lead, writes=False), deep=True)
    pushed(tmp_path, shelf, lead, allowed=Allowed(confirmed=frozenset({"for-ever"}), digest=plan.digest))
    assert len(shelf.state()) == 1


def test_what_only_reads_sends_no_write(tmp_path):
    shelf = Shelf()
    session = opened(tmp_path, shelf, MODEL, writes=False)
    plan = plan_of(session, deep=True)
    from scorewright.push.apply import Applied, apply

    applied = Applied()
    apply(session.driver, plan, {}, applied)
    assert "only reads" in applied.stopped
    assert shelf.writes == 0
    assert not (tmp_path / ".scorewright").exists()


def test_hand_made_parts_are_verified_or_differ_and_only_what_is_right_is_switched_on(tmp_path):
    model = (
        box("right", by_hand={"lid": "on"}, switched=2),
        box("wrong", by_hand={"lid": "on"}, switched=1),
        box("first", by_hand={"lid": "on"}, switched=1),
        box("dark", unread=("inside",), switched=1),
    )
    shelf = Shelf()
    pushed(tmp_path, shelf, model)
    for row, lid in zip(shelf.rows, ("on", "off", "on"), strict=False):
        row["lid"] = lid
    plan, applied = pushed(tmp_path, shelf, model, activate=True)
    assert {item.key.name: item.hand for item in plan.items} == {
        "right": "verified",
        "wrong": "differs",
        "first": "verified",
        "dark": "unread",
    }
    assert [key.name for deed, key in applied.done if deed == "switch on"] == ["first", "right"]
    assert not plan.clean


@pytest.mark.parametrize(
    "fault", ["", "lost", "unsent", "code-oops", "code-quota", "code-name", "kill-after"]
)
def test_no_secret_is_in_the_journal_the_lock_file_or_any_word(tmp_path, fault):
    shelf = Shelf(faults=dict.fromkeys(range(1, 30), fault) if fault else {})
    said = []
    for _ in itertools.repeat(None, 2):
        try:
            _, applied = pushed(tmp_path, shelf)
            said += [applied.stopped, *(why for _, why in applied.refused)]
        except KilledError:
            pass
        except NotOpenedError as error:
            said += [repr(error)]
    files = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert all(SECRET not in text for text in (*files, *said))


def test_a_session_on_the_point_of_ending_is_renewed(tmp_path):
    shelf = Shelf()
    session = opened(tmp_path, shelf, MODEL, writes=False)
    plan_of(session, deep=False)
    shelf.sleep(3570)
    plan_of(session, deep=False)
    assert sum(not call.signed for call in shelf.sent) == 2


def test_what_was_signed_for_and_is_made_anew_has_to_be_signed_for_again(tmp_path):
    from types import SimpleNamespace

    from scorewright.push.records import known_of

    model = (box("rule", unread=("inside",)),)
    shelf = Shelf()
    pushed(tmp_path, shelf, model)
    row = {"name": "rule", "for": ["x"]}
    tables, lock = {"boxes": [row]}, SimpleNamespace(tables={"boxes": [row]})
    key = Key("boxes", "rule")

    def attested():
        return key in known_of(read_pushed(tmp_path / "scorewright.lock", "shelf"), (), lock, tables).attested

    assert not attested()
    _sign(tmp_path)
    assert attested()
    shelf.rows[0]["gone"] = shelf.now
    pushed(tmp_path, shelf, model)
    assert not attested()


def _sign(folder):
    """As ``scorewright lock`` does."""
    from scorewright.compiling.lock import Locked, with_instance

    path = folder / "scorewright.lock"
    one = Locked("shelf", "shelf", "2026-05-01", "0", 1, "m", "d", {}, {})
    path.write_bytes(with_instance(path, one))


def test_a_yes_to_no_warning_and_taking_over_what_nobody_asks_for_are_mistakes(tmp_path):
    for more in (
        {"allowed": Allowed(confirmed=frozenset({"nope"}))},
        {"wish": Wish(frozenset({Key("nope", "x")}))},
    ):
        with pytest.raises(NotOpenedError, match="nope"):
            pushed(tmp_path, Shelf(), **more)
