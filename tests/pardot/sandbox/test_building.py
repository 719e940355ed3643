"""A person's part in the embedded unit: built where there is something to build on, taken away when a sheet no longer asks."""

from __future__ import annotations

import pytest

from tests.pardot.unit import Unit


def rule(name, *criteria, **table):
    rows = [{"criterion": f"Prospect {word}", "of": of, "operator": "is"} for word, of in criteria]
    return {"name": name, "match": "all", "criteria": rows, **table}


@pytest.fixture
def unit():
    return Unit().sign_in()


def names(unit, title):
    return [row["name"] for row in unit.rows(title)]


def test_a_rule_is_built_when_the_tag_that_it_names_is_there(unit):
    tables = {"tags": [{"name": "hot"}], "automation-rules": [rule("R", ("tag", "hot"))]}
    unit.sandbox.build(tables)
    assert not names(unit, "By hand: automation-rules")
    unit.objects("POST", "tags", {"name": "hot"})
    unit.sandbox.build(tables)
    assert names(unit, "By hand: automation-rules") == ["R"]


def test_lists_that_name_one_another_are_built_in_whatever_order_they_stand(unit):
    tables = {"dynamic-lists": [rule("A", ("list", "B")), rule("B", ("list", "C")), rule("C")]}
    unit.sandbox.build(tables)
    assert {row["name"]: row["isDynamic"] for row in unit.rows("lists")} == dict.fromkeys("ABC", "true")
    unit.sandbox.build(tables)
    assert len(unit.rows("lists")) == 3


def test_what_is_named_in_a_group_or_a_step_is_waited_for_too(unit):
    group = {"match": "any", "criteria": [{"criterion": "Prospect tag", "of": "hot", "operator": "is"}]}
    step = {"number": 1, "step": "Action", "action": "Apply tags", "of": "cold"}
    program = {"name": "P", "recipient_list": "L", "suppression_lists": [], "steps": [step]}
    tables = {
        "tags": [{"name": "hot"}, {"name": "cold"}],
        "dynamic-lists": [{**rule("L"), "criteria": [group]}],
        "engagement-programs": [program],
    }
    unit.sandbox.build(tables)
    assert not unit.rows("lists")
    unit.objects("POST", "tags", {"name": "hot"})
    unit.sandbox.build(tables)
    assert names(unit, "lists") == ["L"]
    assert not unit.rows("engagement-studio-programs")
    unit.objects("POST", "tags", {"name": "cold"})
    unit.sandbox.build(tables)
    read = unit.objects("GET", "engagement-studio-programs/1", fields="name,status,recipientListIds")[1]
    assert read == {"name": "P", "status": "running", "recipientListIds": [1]}


def test_what_the_team_has_is_there_and_stays(unit):
    need = {"kind": "form", "called": "Demo", "name": "form: Demo"}
    other = {"kind": "webinar", "called": "Live", "name": "webinar: Live"}
    unit.sandbox.build({"prerequisites": [need, other], "automation-rules": [rule("R", ("form", "Demo"))]})
    assert names(unit, "forms") == ["Demo"]
    unit.sandbox.build({})
    assert names(unit, "forms") == ["Demo"]
    assert names(unit, "By hand: prerequisites") == ["form: Demo", "webinar: Live"]
    assert not unit.rows("By hand: automation-rules")


def test_what_a_sheet_no_longer_asks_for_is_taken_away(unit):
    unit.sandbox.build({"dynamic-lists": [rule("A"), rule("B")], "automation-rules": [rule("R")]})
    unit.sandbox.build({"dynamic-lists": [rule("B")]})
    assert {row["name"]: row["isDeleted"] for row in unit.rows("lists")} == {"A": "true", "B": "false"}
    assert not unit.rows("By hand: automation-rules")
    unit.sandbox.build({"dynamic-lists": [rule("A"), rule("B")]})
    assert [row["isDeleted"] for row in unit.rows("lists")] == ["true", "false", "false"]


def test_a_persons_work_is_done_before_anybody_looks(unit):
    unit.sandbox.build({"dynamic-lists": [rule("A")]})
    values = unit.objects("GET", "lists", fields="name,isDynamic")[1]["values"]
    assert values == [{"name": "A", "isDynamic": True}]


def test_tables_that_are_none_leave_nothing(unit):
    good = {"name": "form: Demo", "kind": "form", "called": "Demo"}
    for bad in ({"name": "x"}, {"kind": "form"}, "x", None):
        with pytest.raises((KeyError, TypeError, AttributeError)):
            unit.sandbox.build({"prerequisites": [good, bad]})
        unit.objects("GET", "tags", fields="id")
    assert not unit.rows("forms")
