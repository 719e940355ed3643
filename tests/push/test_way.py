"""What a push may change when only after a person's steps, and when it signs for the whole version itself."""

from __future__ import annotations

import pytest

from scorewright.plugin.migration import Migration, Move, Since
from scorewright.plugin.reach import Key
from scorewright.plugin.sheet import Task
from scorewright.push.guards import Allowed
from scorewright.push.run import Wish, plan_of, push, retire
from scorewright.push.session import NotOpenedError
from scorewright.push.way import by_api, held, steps
from tests.push.shelf import Shelf, box, opened

TOKEN = box("token")
RULE = box("rule", by_hand={"lid": "on"})


def move(act, name, hours=0):
    return Move(act, "boxes", name, Task(name, f"{act} {name}", "", "", 2.0, ()), hours=hours)


def way(*moves):
    return Migration(Since("shelf", "before", (), ()), moves)


@pytest.mark.parametrize(
    ("moves", "waits"),
    [
        ((move("edit", "token"),), False),
        ((move("check", "rule"), move("edit", "token")), False),
        ((move("pause", "rule"), move("edit", "token"), move("resume", "rule")), True),
        ((move("edit", "token"), move("edit", "rule")), False),
        ((move("wait", "", 24), move("edit", "token")), True),
    ],
)
def test_what_stands_behind_a_persons_step_waits_for_it(moves, waits):
    found = held(way(*moves), by_api((TOKEN, RULE), ()))
    assert (Key("boxes", "token") in found) == waits
    assert [step.by_hand for step in steps(way(*moves), by_api((TOKEN, RULE), ()))] == [
        each.act != "edit" or each.name != "token" for each in moves
    ]


def test_a_held_change_is_left_till_the_steps_are_carried_out(tmp_path):
    shelf = Shelf()
    first = opened(tmp_path, shelf, (TOKEN,))
    push(first, Allowed(), lambda plan: True)
    first.driver.journal.close()
    migration = way(move("pause", "rule"), move("edit", "token"))
    new = (box("token", "green"), RULE)
    plan = plan_of(opened(tmp_path, shelf, new, writes=False, migration=migration), deep=False)
    assert (plan.items[0].deed, plan.items[0].why.partition(":")[2]) == ("held", " pause rule")
    wish = Wish(carried_out=True)
    plan = plan_of(opened(tmp_path, shelf, new, writes=False, migration=migration), deep=False, wish=wish)
    assert plan.items[0].deed == "change"


def test_what_is_no_longer_wanted_is_taken_away_when_the_steps_before_it_are_carried_out(tmp_path):
    shelf = Shelf()
    first = opened(tmp_path, shelf, (TOKEN, box("old")))
    push(first, Allowed(), lambda plan: True)
    first.driver.journal.close()
    migration = way(move("edit", "rule"), move("delete", "old"))
    for wish, left in ((Wish(), ["old", "token"]), (Wish(carried_out=True), ["token"])):
        session = opened(tmp_path, shelf, (TOKEN, RULE), migration=migration)
        plan, _ = retire(session, Allowed(), lambda plan: True, wish=wish)
        assert [step.title for step in plan.steps] == ["edit rule", "delete old (scorewright retire)"]
        session.driver.journal.close()
        assert [name for _, name, _, _ in shelf.state()] == left


def test_a_number_that_stands_elsewhere_too_is_changed_only_when_that_is_said(tmp_path):
    shelf = Shelf()
    first = opened(tmp_path, shelf, (TOKEN,))
    push(first, Allowed(), lambda plan: True)
    first.driver.journal.close()
    coupled = (box("token", "green", together=("rule",)),)
    session = opened(tmp_path, shelf, coupled)
    with pytest.raises(NotOpenedError, match="stands where only a person"):
        push(session, Allowed(), lambda plan: True)
    push(session, Allowed(confirmed=frozenset({"coupled-number"})), lambda plan: True)
    session.driver.journal.close()
    assert shelf.state() == [("boxes", "token", "green", "")]
