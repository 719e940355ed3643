"""What rules and thresholds do: to one thing, and to some effect."""

from __future__ import annotations

import pytest

from tests.checks.specs import names, only


@pytest.mark.parametrize(
    ("body", "right"),
    [
        ("", False),
        ("points = { engagement = 5 }", True),
        ('then = [ { notify = "owner" } ]', True),
        ("limit = { times = 1 }", False),
    ],
)
def test_a_rule_gives_points_or_does_something(body, right):
    found = only(f'[rules.r]\non = {{ visits = "any-page" }}\n{body}', "rule-without-effect")
    assert [finding.path for finding in found] == ([] if right else [("rules", "r")])


# --- lifecycle ------------------------------------------------------------------------------------------------------

STAGE = '[thresholds.t]\nwhen = {{ score = "engagement", above = 5 }}\nthen = [ {{ lifecycle = "{}" }} ]\n'
FIELD = '[fields]\nstage = { type = "text" }\n[lifecycle]\nfield = "stage"\n'


@pytest.mark.parametrize("stage", ["inquiry", "engaged", "mql", "recycled", "disqualified"])
def test_a_score_sets_stages_up_to_mql(stage):
    assert only(FIELD + STAGE.format(stage), "stage-past-mql") == []


@pytest.mark.parametrize("stage", ["sal", "sql", "opportunity", "customer"])
def test_a_score_sets_no_stage_past_mql(stage):
    (finding,) = only(FIELD + STAGE.format(stage), "stage-past-mql")
    assert finding.path == ("thresholds", "t", "then", 0, "lifecycle")


def test_a_stage_needs_a_field():
    assert len(only(STAGE.format("mql"), "lifecycle-without-field")) == 1
    assert only(FIELD + STAGE.format("mql"), "lifecycle-without-field") == []


@pytest.mark.parametrize(
    ("kind", "right"), [("text", True), ("choice", True), ("number", False), ("date", False)]
)
def test_a_stage_is_a_text(kind, right):
    text = f'[fields]\nstage = {{ type = "{kind}" }}\n[lifecycle]\nfield = "stage"\n' + STAGE.format("mql")
    assert [finding.path for finding in only(text, "wrong-field-type")] == (
        [] if right else [("lifecycle", "field")]
    )


@pytest.mark.parametrize(
    ("names_", "right"),
    [("", False), ('names = { mql = "Qualified" }', True), ('names = { mql = "Lead" }', False)],
)
def test_a_stage_is_one_of_the_fields_values(names_, right):
    field = f'[fields]\nstage = {{ type = "choice", values = ["New", "Qualified"] }}\n[lifecycle]\nfield = "stage"\n{names_}\n'
    assert (only(field + STAGE.format("mql"), "not-a-value") == []) is right


def test_a_name_for_a_stage_that_does_not_exist():
    (finding,) = only(FIELD + 'names = { recyled = "Back" }', "unknown-stage")
    assert finding.path == ("lifecycle", "names", "recyled")
    assert finding.help == 'did you mean "recycled"?'


# --- one thing to act on --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asset", "action", "right"),
    [
        ('a = { queue = "Sales" }', 'assign = "a"', True),
        ('a = { queue = ["Sales", "More"] }', 'assign = "a"', False),
        ('a = { queue = "Sales", match = "contains" }', 'assign = "a"', False),
        ('a = { user = ["One", "Two"] }', 'notify = "a"', False),
        ('a = { list = ["One", "Two"] }', 'add_to_list = "a"', False),
        ('a = { list = ["One", "Two"] }', 'remove_from_list = "a"', False),
        ('a = { campaign = "One" }', 'add_to_campaign = "a", status = "New"', True),
        ('a = { campaign = ["One", "Two"] }', 'add_to_campaign = "a"', False),
        ('a = { campaign = "One" }', 'add_to_campaign = "any-campaign"', False),
        ("", 'assign = "crm-rule"', True),
        ("", 'notify = "opportunity-owner"', True),
    ],
)
def test_an_action_is_on_one_thing(asset, action, right):
    text = f'[assets]\n{asset}\n[thresholds.t]\nwhen = {{ score = "engagement", above = 5 }}\nthen = [ {{ {action} }} ]'
    found = only(text, "one-asset-to-act-on")
    assert [finding.path[:4] for finding in found] == ([] if right else [("thresholds", "t", "then", 0)])


@pytest.mark.parametrize(
    ("then", "right"),
    [
        ('{ assign = "crm-rule" }, { assign = "sales" }', False),
        ('{ assign = "sales" }, { assign = "sales" }', True),
        ('{ assign = "sales" }, { notify = "somebody" }', True),
        ('{ notify = "somebody" }, { notify = "owner" }', True),
    ],
)
def test_one_then_assigns_once(then, right):
    text = f'[rules.r]\non = {{ visits = "any-page" }}\nthen = [ {then} ]'
    assert (only(text, "one-asset-to-act-on") == []) is right


# --- one event under two names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assets", "warned"),
    [
        ('a = { form = "Demo" }\nb = { landing_page = "demo" }', True),
        ('a = { form = "Demo" }\nb = { form_handler = ["Other", "Demo"] }', True),
        ('a = { form = "Demo" }\nb = { form = "Demo" }', False),
        ('a = { form = "Demo" }\nb = { landing_page = "Demo page" }', False),
    ],
)
def test_one_submission_under_two_names(assets, warned):
    text = f'[assets]\n{assets}\n[rules.r]\non = {{ submits = ["a", "b"] }}\npoints = {{ engagement = 5 }}'
    assert bool(only(text, "form-and-landing-page")) is warned


def test_a_page_that_nobody_asks_about_is_no_second_name():
    text = '[assets]\na = { form = "Demo" }\nb = { landing_page = "Demo" }\n[rules.r]\non = { submits = "a" }\npoints = { engagement = 5 }'
    assert "form-and-landing-page" not in names(text)
