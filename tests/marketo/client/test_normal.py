"""Normal forms: what is the same is equal, and what is not is not."""

from __future__ import annotations

import re

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.plugin.reach import Account
from scorewright.plugin.registry import load
from scorewright_marketo.client.normal import (
    asked_rules,
    described,
    is_marked,
    qualification,
    read_rules,
    recurrence,
    schedule,
    signed,
)
from scorewright_marketo.client.settings import guard, schema
from scorewright_marketo.labels import API_RULES
from scorewright_marketo.sandbox.rules import rules_of


@given(st.integers(-(2**31), 2**31 - 1))
def test_a_number_has_one_form_however_it_is_written(number):
    assert signed(number) == signed(str(number)) == signed(f"{number:+d}") == signed(f" {number} ")
    assert int(signed(number)) == number
    assert signed(number)[0] in "+-"


@pytest.mark.parametrize("text", ["=5", "ten", "", "1.5", "+-5"])
def test_what_is_no_number_stays(text):
    assert signed(text) == text


@given(st.text(max_size=3000), st.from_regex(r"[a-z0-9]{1,12}(-[a-z0-9]{1,8}){0,3}", fullmatch=True))
def test_a_description_carries_its_model_and_fits(words, model):
    text = described(words, model)
    assert is_marked(text, model)
    assert len(text) <= 2000
    assert not is_marked(text, f"{model}-x")
    assert text == " ".join(text.split())


@pytest.mark.parametrize(
    "text", [None, "", "made by scorewright", "scorewright: other", "descorewright: mine"]
)
def test_other_descriptions_are_not_ours(text):
    assert not is_marked(text, "mine")


RULES = st.sampled_from([*API_RULES, "Fills Out Form", "Job Title", "SW Points x"])
VALUES = st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=8), max_size=3)
CONSTRAINTS = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["New Status", "Date of Activity"]),
        "operator": st.sampled_from(["is", "in past"]),
        "values": VALUES,
    }
)


@st.composite
def clauses(draw):
    rule = draw(RULES)
    clause = {"rule": rule}
    if rule in API_RULES:
        clause["api"] = API_RULES[rule]
    kind = draw(st.sampled_from(["field", "activity", "bare"]))
    if kind != "bare":
        clause |= {"operator": draw(st.sampled_from(["is", "contains", "is any"])), "values": draw(VALUES)}
    if kind == "activity":
        clause["attribute"] = draw(st.sampled_from(["Form Name", "Score Name", "Program"]))
    if kind != "field":
        clause["constraints"] = draw(st.lists(CONSTRAINTS, max_size=2))
    return clause


@given(
    st.lists(clauses(), max_size=3),
    st.lists(clauses(), max_size=4),
    st.sampled_from(["ALL", "ANY", "1 and (2 or 3)"]),
)
def test_what_was_asked_reads_back_as_asked(triggers, filters, logic):
    smart_list = {"triggers": triggers, "filters": filters, "filter_logic": logic}
    assert read_rules(rules_of(smart_list)) == asked_rules(smart_list)


FORM = {"rule": "Fills Out Form", "attribute": "Form Name", "operator": "is", "values": ["A", "B"]}


@pytest.mark.parametrize(
    "other",
    [
        {**FORM, "values": ["A"]},
        {**FORM, "values": ["A", "b"]},
        {**FORM, "operator": "is not"},
        {**FORM, "attribute": "Web Page"},
        {**FORM, "rule": "Visits Web Page"},
        {**FORM, "constraints": [{"name": "Referrer", "operator": "is", "values": ["x"]}]},
    ],
)
def test_every_part_of_a_rule_counts(other):
    asked = asked_rules({"triggers": [FORM]})
    assert asked == read_rules(rules_of({"triggers": [{**FORM, "values": ["B", "A"]}]}))
    assert asked != read_rules(rules_of({"triggers": [other]}))
    assert asked != read_rules(rules_of({"triggers": [FORM, other]}))
    assert asked != read_rules(rules_of({"filters": [FORM]}))


def test_the_order_of_filters_counts_where_their_numbers_do():
    filters = [FORM, {**FORM, "values": ["C"]}, {**FORM, "values": ["D"]}]
    for logic, same in (("ALL", True), ("ANY", True), ("1 and (2 or 3)", False)):
        there = read_rules(rules_of({"filters": filters[::-1], "filter_logic": logic}))
        assert (there == asked_rules({"filters": filters, "filter_logic": logic})) is same
    assert asked_rules({"filters": filters, "filter_logic": "ANY"}) != asked_rules({"filters": filters})


@pytest.mark.parametrize(
    "rules",
    [{}, {"triggers": ["Fills Out Form"]}, {"filters": [{"name": "X"}], "triggers": None}, {"filters": [{}]}],
)
def test_rules_of_another_shape_are_shown_as_they_came(rules):
    form = read_rules(rules)
    assert set(form) == {"triggers", "filters", "filters hold"}


def test_qualification_and_recurrence_in_the_words_of_the_screen():
    assert qualification({"qualificationRuleType": "once"}) == "Only once"
    assert qualification({"qualificationRuleType": "any"}) == "Every time"
    interval = {
        "qualificationRuleType": "interval",
        "qualificationRuleInterval": 1,
        "qualificationRuleUnit": "hour",
    }
    assert qualification(interval) == "Once every 1 hour"
    assert qualification({**interval, "qualificationRuleInterval": 708}) == "Once every 708 hours"
    assert schedule("Daily, every 1 day, at 02:00") == recurrence(
        {"recurrence": {"intervalType": "Daily", "interval": 1}}
    )
    weekly = {"intervalType": "Weekly", "interval": 1, "weekdayMask": ["Thursday", "Monday"]}
    assert schedule("Weekly, on Monday, Thursday, at 00:05") == recurrence({"recurrence": weekly})
    assert schedule("Weekly, on Monday, Europe/Paris, at 00:05") != recurrence({"recurrence": weekly})
    yearly = {"intervalType": "Monthly", "interval": 12, "dayOfMonth": 1}
    words = "Monthly, on day 1, every 12 months from January, at 00:05"
    assert schedule(words) == recurrence({"recurrence": yearly})
    assert schedule("Monthly, on day 1, at 00:05") != recurrence({"recurrence": yearly})
    assert schedule("Run once") == recurrence({"recurrence": {"weekdayOnly": False}}) == recurrence({}) == ""


MUNCHKIN = {"munchkin": "123-ABC-456"}
LOCAL = {"address": "http://127.0.0.1:8321"}


@pytest.mark.parametrize(
    ("kind", "settings", "fits"),
    [
        ("production", MUNCHKIN, True),
        ("sandbox", MUNCHKIN, True),
        ("sandbox", LOCAL, True),
        ("sandbox", {"address": "http://[::1]:1"}, True),
        ("production", LOCAL, False),
        ("sandbox", {**MUNCHKIN, **LOCAL}, False),
        ("sandbox", {}, False),
        ("other", MUNCHKIN, False),
        ("sandbox", {"munchkin": "evil.example/"}, False),
        ("sandbox", {"address": "http://evil.example"}, False),
        ("sandbox", {"address": "https://127.0.0.1:8321"}, False),
        ("sandbox", {"address": "http://user@127.0.0.1:8321"}, False),
        ("sandbox", {"address": "http://127.0.0.1.evil.example"}, False),
        ("sandbox", {"address": "http://127.0.0.1:99999"}, False),
    ],
)
def test_an_account_is_what_it_is_said_to_be(kind, settings, fits):
    account = Account("box", kind, settings, "m")
    assert (guard(account) == "") is fits


def test_the_schema_is_closed_and_described():
    whole = schema()
    jsonschema.Draft202012Validator.check_schema(whole)
    validator = jsonschema.Draft202012Validator(whole)
    assert validator.is_valid({**MUNCHKIN, "calls": 20, "template": "T", "lag": 3})
    assert validator.is_valid(LOCAL)
    for wrong in (
        {},
        {"munchkin": "123"},
        {**MUNCHKIN, "x": 1},
        {"address": "http://example.com"},
        {**MUNCHKIN, "calls": 0},
    ):
        assert not validator.is_valid(wrong)
    assert all(each.get("description") for each in whole["properties"].values())


def test_the_rate_stays_within_what_the_instance_takes():
    def api(settings):
        return load("marketo").api(Account("box", "sandbox", settings, "m"))

    assert api(MUNCHKIN).rate == (50, 20)
    assert api({**MUNCHKIN, "calls": 5000}).rate == (100, 20)
    assert api({**LOCAL, "calls": 5000}).rate == (5000, 20)
    assert api(MUNCHKIN).address == "https://123-abc-456.mktorest.com"
    assert re.fullmatch(r"sandbox at http://127\.0\.0\.1:8321", api(LOCAL).identity)
