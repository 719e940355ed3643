from __future__ import annotations

import pytest

from scorewright.model import actions as act
from scorewright.plugin.emulation import GAUGES, done_key
from scorewright_pardot.delays import LISTS_TAKE, RULES_TAKE
from scorewright_pardot.emulator.sights import read_gauges
from scorewright_pardot.settling import _REPETITIONS
from tests.pardot.making import HEAD, TOTAL, compile_model, compile_text, shipped, spec_model

VISIT = """
[rules.visit]
on = { visits = "any-page" }
points = { lead = 1 }
"""
MQL = """
[assets]
sales = { user = "sales@host.example" }
boss = { user = ["a@host.example", "b@host.example"] }
launch = { campaign = "Launch" }
board = { list = "Board" }
[marks]
mql = {}
[thresholds.mql]
when = { score = "lead", at_least = 100 }
then = [
  { notify = "sales" }, { notify = "boss" }, { notify = "owner" }, { assign = "crm-rule" },
  { add_to_campaign = "launch", status = "New" }, { add_to_list = "board" }, { mark = "mql" },
  { task = "Call", due = "2d" },
]
"""


def gauges(*parts, **facts):
    return {item.name: item for item in compile_text(*parts, **facts).gauges}


@pytest.mark.parametrize("spec", shipped())
def test_every_gauge_of_a_shipped_model_can_be_read_off_and_has_time_to_settle(spec):
    bundle = compile_model(spec_model(spec))
    names = [item.name for item in bundle.gauges]
    assert len(set(names)) == len(names)
    rows = [{"kind": item.kind, "key": item.key, "at": dict(item.at)} for item in bundle.gauges]
    assert [name for name, _ in read_gauges(rows)] == names
    objects = {f"{item.kind}: {item.name}" for item in bundle.objects}
    for item in bundle.gauges:
        assert item.kind in GAUGES
        assert item.settles >= 1
        assert 0 <= item.prompt < item.settles or item.prompt == 0
        assert set(item.at.get("by", ())) <= objects


@pytest.mark.parametrize("spec", shipped())
def test_every_deed_of_what_compiles_has_a_gauge(spec):
    model = spec_model(spec)
    bundle = compile_model(model)
    refused = {(note.element, note.product) for note in bundle.notes if str(note.result) == "refused"}
    names = {item.name for item in bundle.gauges}
    deeds = (act.Notify, act.CreateTask, act.Assign, act.AddToCampaign)
    for table in (model.thresholds, model.rules, model.decay):
        for element in table.values():
            if (element.name, element.product) in refused:
                continue
            for action in element.then:
                if isinstance(action, deeds):
                    assert f"done {done_key(action.path, element.product)}" in names


def test_deeds_say_what_is_done_to_whom_by_which_objects():
    found = gauges(TOTAL, VISIT, MQL)
    by = ["automation-rules: SW thresholds mql: hand over"]

    def at(place):
        return dict(found[f"done thresholds.mql.then.{place}"].at)

    assert at(0) == {"read": "what was done", "action": "Notify user", "of": "sales@host.example", "by": by}
    assert at(1)["of"] == ["a@host.example", "b@host.example"]
    assert at(2) == {"read": "what was done", "action": "Notify assigned user", "by": by}
    assert at(3)["action"] == "Assign prospect via Salesforce active assignment rule"
    assert (at(4)["of"], at(4)["value"]) == ("Launch", "New")
    assert (at(7)["of"], at(7)["value"]) == ("Call", "due in 2d")
    assert "done thresholds.mql.then.5" not in found, "a list is read off itself"
    assert found["list board"].at == {"read": "Prospect list", "of": "Board"}
    assert found["campaign launch"].at == {"read": "Prospect CRM campaign", "of": "Launch"}
    assert found["mark mql"].at == {"read": "Prospect tag", "of": "mql"}


def test_what_stands_on_an_asset_is_done_by_it():
    rule = """
[assets]
contact = { form = "Contact" }
sales = { user = "sales@host.example" }
[rules.contact]
on = { submits = "contact" }
points = { lead = 50 }
then = [{ notify = "sales" }]
"""
    assert gauges(TOTAL, rule)["done rules.contact.then.0"].at["by"] == ["completion-actions: form: Contact"]


def test_what_is_refused_or_lives_inside_the_overall_score_only_has_no_gauge():
    text = """
[scores.part]
title = "Part"
kind = "engagement"
feeds = "lead"
[rules.visit]
on = { visits = "any-page" }
points = { part = 1 }
"""
    assert set(gauges(TOTAL, text)) == {"score lead"}


def test_what_depends_on_something_slow_takes_that_as_well():
    found = gauges(TOTAL, VISIT, MQL)
    repeat, sweep = 24, 24
    assert found["score lead"].settles == 1
    ring = 2 * (repeat + sweep) + 2 * RULES_TAKE
    assert repeat + sweep + RULES_TAKE <= found["done thresholds.mql.then.0"].settles <= ring
    tier = """
[tiers.size]
score = "lead"
field = "employees"
cases = [{ at_least = 100, points = 10 }]
otherwise = 0
"""
    slow = gauges(TOTAL, VISIT, MQL, tier)
    assert slow["score lead"].settles >= 2 * (repeat + sweep)
    wait = slow["done thresholds.mql.then.0"].settles
    assert wait == slow["score lead"].settles + found["done thresholds.mql.then.0"].settles
    assert slow["score lead"].prompt == 2 * repeat


def test_a_list_of_the_unassigned_waits_for_the_rule_that_assigns():
    free = """
[segments.free]
when = { assigned = false }
"""
    found = gauges(TOTAL, VISIT, MQL, free)
    assert found["segment free"].settles == found["done thresholds.mql.then.3"].settles + LISTS_TAKE


def test_slower_sweeps_and_lists_in_lists_take_longer():
    segments = """
[segments.inner]
when = { field = "country", is = "Chile" }
[segments.outer]
when.all = [{ segment = "inner" }, { field = "industry", is = "Steel" }]
"""
    found = gauges(TOTAL, VISIT, segments)
    assert (found["segment inner"].settles, found["segment outer"].settles) == (LISTS_TAKE, 2 * LISTS_TAKE)
    silence = """
[decay.silence]
score = "lead"
steps = [{ after = "30d", set = 0 }]
"""
    daily, weekly = gauges(TOTAL, VISIT, silence), gauges(TOTAL, VISIT, silence, clock_sweep_days=7)
    assert weekly["score lead"].settles - daily["score lead"].settles == 6 * 24


def test_late_windows_and_passes_count():
    percent = """
[decay.silence]
score = "lead"
steps = [{ after = "30d", percent = 50 }]
[targets.pardot]
range = { lead = 20 }
percent_error = 2
"""
    bundle = compile_text(TOTAL, VISIT, percent)
    first = [
        int(item["value"]) + 1
        for emitted in bundle.objects
        if emitted.kind == "automation-rules"
        for item in emitted.table["criteria"]
        if item.get("operator") == "is greater than (days ago)"
    ]
    wait = next(item.settles for item in bundle.gauges if item.name == "score lead")
    assert wait >= (max(first) - 30 + 1) * 24


def test_a_category_that_loses_time_and_again_comes_down_after_the_last_of_its_drifting_steps():
    parts = """
[scores.part]
kind = "engagement"
[assets]
paper = { file = "Paper" }
[rules.paper]
on = { downloads = "paper" }
points = { part = 1 }
[decay.silence]
score = "part"
steps = [{ after = "30d", every = "15d", subtract = 6 }]
"""
    found = gauges(TOTAL, parts)
    assert (
        found["score part"].settles >= (_REPETITIONS * 1 + 6 * 2) * 24
    )  # one rule takes the last points one by one


def test_somebody_new_is_on_the_list_of_whom_the_model_scores_a_day_later_however_soon_all_else_is_done():
    people = '[segments.open]\nwhen = { not = { has_opportunity = "won" } }\n[assets]\ng = { file = "G" }\n'
    paid = '[rules.r]\non = { downloads = "g" }\npoints = { lead = 5 }\nlimit = { times = 1 }\n'
    head = HEAD.rstrip() + '\neligible = "open"\n'
    found = {item.name: item for item in compile_text(TOTAL, people, paid, head=head).gauges}
    assert found["score lead"].prompt > 24
