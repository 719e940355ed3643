"""Event rules: a thin trigger, an executable, tokens, names and the population."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import SCORE, campaign, compile_text, notes, tables, tokens
from tests.marketo.person import Person
from tests.marketo.pieces import CONTACT, rule


def test_a_trigger_only_executes_the_award():
    bundle = compile_text(rule('on = { submits = "contact" }\npoints = { lead = 50 }'))
    trigger, award = campaign(bundle, "When x"), campaign(bundle, "Award x")
    assert trigger["type"] == "trigger"
    assert trigger["qualification"] == award["qualification"] == "Every time"
    assert [step["step"] for step in trigger["flow"]] == ["Execute Campaign"]
    assert trigger["smart_list"]["triggers"] == [
        {
            "rule": "Fills Out Form",
            "attribute": "Form Name",
            "operator": "is",
            "values": ["WEB Contact", "WEB Call"],
        }
    ]
    assert award["flow"][0]["fields"] == [
        {"label": "Score Name", "value": "Person Score"},
        {"label": "Change", "value": "{{my.X}}"},
    ]
    assert award["smart_list"]["filters"], "an executable without filters lets nobody through"
    assert award["status"] == "inactive"


def test_a_literal_takes_the_title_and_a_named_value_its_own_name():
    text = "[values]\nbig-deal = 40\n" + CONTACT + SCORE
    text += '[rules.a]\ntitle = "Form - Contact"\non = { submits = "contact" }\npoints = { lead = 5 }\n'
    text += '[rules.b]\non = { visits = "careers" }\npoints = { lead = "big-deal" }\n'
    text += '[rules.c]\non = { opens = "letter" }\npoints = { lead = "big-deal" }\n'
    assert tokens(compile_text(text)) == {"Form - Contact": 5, "Big Deal": 40}


def test_an_option_names_a_token_and_clashes_are_told_apart():
    text = CONTACT + SCORE
    text += '[rules.a]\ntitle = "Same"\non = { submits = "contact" }\npoints = { lead = 5 }\n'
    text += '[rules.b]\ntitle = "Same"\non = { visits = "careers" }\npoints = { lead = -10 }\n'
    assert tokens(compile_text(text)) == {"Same": 5, "Same Minus": -10}
    named = text + '[targets.marketo]\ntokens = { a = "Web - First", b = "Web - Second" }\n'
    assert tokens(compile_text(named)) == {"Web - First": 5, "Web - Second": -10}


def test_pages_stand_without_host_and_with_both_endings():
    bundle = compile_text(rule('on = { visits = "careers" }\npoints = { lead = -10 }'))
    assert campaign(bundle, "When x")["smart_list"]["triggers"][0]["values"] == ["/careers", "/careers/"]


def test_an_override_keeps_the_host():
    bundle = compile_text(
        rule('on = { visits = "careers" }\npoints = { lead = -10 }'), page_without_host=False
    )
    assert "example.com/careers" in campaign(bundle, "When x")["smart_list"]["triggers"][0]["values"]


@pytest.mark.parametrize(("ignored", "expected"), [("true", ["Is Bot Activity"]), ("false", [])])
def test_bots_are_kept_out_where_the_model_ignores_them(ignored, expected):
    head = f'language = 1\n[model]\nid = "t"\ntitle = "T"\ntimezone = "UTC"\nignore_bots = {ignored}\n'
    bundle = compile_text(rule('on = { opens = "letter" }\npoints = { lead = 1 }'), head)
    trigger = campaign(bundle, "When x")["smart_list"]["triggers"][0]
    assert [row["name"] for row in trigger.get("constraints", [])] == expected


def test_each_asset_has_its_own_executable():
    body = 'on = { submits = "contact" }\npoints = { lead = 5 }\nlimit = { times = 1, each = "asset" }'
    person = Person(compile_text(rule(body)))
    for name in ("When x - WEB Contact", "When x - WEB Contact", "When x - WEB Call"):
        person.run(name)
    assert person.fields["Person Score"] == 10


def test_each_of_any_asset_is_refused_with_a_way_out():
    body = 'on = { submits = "any-form" }\npoints = { lead = 5 }\nlimit = { times = 1, each = "asset" }'
    bundle = compile_text(rule(body))
    assert notes(bundle, "refused") == [("each-asset-unlisted", "rules.x")]
    assert next(note for note in bundle.notes if note.result.value == "refused").instead


def test_the_first_value_of_a_field_is_a_change():
    text = SCORE + '[rules.x]\non = { changes = "company" }\npoints = { lead = 5 }\n'
    created = campaign(compile_text(text), "When created x")
    assert created["smart_list"]["triggers"][0]["rule"] == "Person is Created"
    assert created["smart_list"]["filters"] == [
        {"rule": "Company Name", "operator": "is not empty", "values": []}
    ]
    other = tables(compile_text(text, created_without_change=False), "smart-campaigns")
    assert "When created x" not in {table["campaign"] for table in other.values()}


def test_a_condition_on_a_score_that_siblings_change_is_bounded():
    text = CONTACT + SCORE + '[rules.a]\non = { visits = "careers" }\npoints = { lead = 5 }\n'
    text += '[rules.b]\non = { visits = "any-page" }\nwhen = { score = "lead", at_least = 10 }\npoints = { lead = 1 }\n'
    assert notes(compile_text(text), "bounded") == [("sibling-order", "rules.b")]
    fixed = compile_text(text, trigger_order=True)  # which need not be the right one
    assert notes(fixed, "bounded") == [("sibling-order", "rules.b")]


def test_a_population_stands_in_every_executable():
    head = 'language = 1\n[model]\nid = "t"\ntitle = "T"\ntimezone = "UTC"\nexclude = ["staff"]\n'
    text = '[segments.staff]\nwhen = { field = "company", is = "Example" }\n'
    text += rule('on = { submits = "contact" }\npoints = { lead = 5 }')
    bundle = compile_text(text, head)
    assert {
        "rule": "Member of Smart List",
        "operator": "not in",
        "values": ["OP-Scoring-T.Segment staff"],
    } in campaign(bundle, "Award x")["smart_list"]["filters"]
    person = Person(bundle, Company_Name="example")
    person.run("When x")
    assert "Person Score" not in person.fields


def test_names_over_the_limit_are_refused_and_never_cut():
    long = "A very long title that goes on and on until no token can bear it"
    bundle = compile_text(rule(f'title = "{long}"\non = {{ submits = "contact" }}\npoints = {{ lead = 5 }}'))
    refused = [note for note in bundle.notes if note.result.value == "refused"]
    assert [note.name for note in refused] == ["name-too-long"]
    assert "50" in refused[0].message
    assert refused[0].facts == ("token-name-length",)
