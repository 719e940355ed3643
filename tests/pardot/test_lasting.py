"""Awards that end: a program that waits beside each person, and takes back what one award gave."""

from __future__ import annotations

import pytest

from scorewright.plugin.registry import load
from tests.pardot.making import compile_model, compile_text, model_of, note, notes, objects, rules
from tests.verify.made import task_of
from tests.verify.thin import differs

HEAD = """
[model]
id = "m"
title = "M"
timezone = "UTC"
counts_as_activity = ["visits", "submits", "fails", "clicks", "downloads", "starts_visit", "searches"]
[assets]
demo = { form = "Demo" }
contact = { form = "Contact" }
paper = { file = "Paper" }
"""
LEAD = '[scores.lead]\nkind = "engagement"\n'
TOTAL = f"{LEAD}overall = true\n"
DEMO = '[rules.demo]\non = { submits = "demo" }\npoints = { lead = 15 }\n'
ONCE = "limit = { times = 1 }\n"
BACK = '[thresholds.hot]\nwhen = { score = "lead", at_least = 15 }\nthen = [{ notify = "owner" }, { reset = "lead", to = 0 }]\n'


def compiled(*parts, **facts):
    return compile_text(*parts, head=HEAD, **facts)


def programs(bundle):
    """By name the waits and what is done then."""
    return {
        name: [
            (step.get("wait_days"), f"{step['action']} {step['of']} {step.get('value', '')}".strip())
            for step in table["steps"][:-1]
        ]
        for name, table in objects(bundle, "engagement-programs").items()
    }


def test_what_is_given_once_is_taken_back_by_a_program_that_waits():
    bundle = compiled(TOTAL, DEMO, ONCE, 'expires = "30d"')
    assert notes(bundle, "rules.demo") == [("automation-rules", "exact")]
    assert programs(bundle) == {
        "SW rules demo: 15 lead for 30d": [
            (30, "Adjust Prospect Score By -15"),
            (0, "Remove tags sw/rules/demo/lasts/lead-15-for-30d"),
        ]
    }
    assert objects(bundle, "engagement-programs")["SW rules demo: 15 lead for 30d"]["repeat"] is False


def test_what_melts_is_taken_bit_by_bit_until_nothing_is_left():
    bundle = compiled(TOTAL, DEMO, ONCE, 'fades = { subtract = 6, every = "7d" }')
    (steps,) = programs(bundle).values()
    assert [step for step in steps if "Score" in step[1]] == [
        (7, "Adjust Prospect Score By -6"),
        (7, "Adjust Prospect Score By -6"),
        (7, "Adjust Prospect Score By -3"),
    ]


def test_a_percent_melts_rounded_until_it_rounds_to_nothing():
    bundle = compiled(TOTAL, DEMO, ONCE, 'fades = { percent = 40, every = "7d" }')
    (steps,) = programs(bundle).values()
    assert [int(said.rsplit(" ", 1)[1]) for _, said in steps if "Score" in said] == [-6, -4, -2, -1, -1]


def test_each_of_several_awards_has_a_program_of_its_own():
    bundle = compiled(LEAD, DEMO, 'limit = { times = 3 }\nexpires = "30d"')
    assert len(programs(bundle)) == 3


def test_a_reset_ends_what_is_still_to_come_and_the_tag_is_there_before_the_points():
    bundle = compiled(TOTAL, DEMO, ONCE, 'expires = "30d"', BACK)
    fired = rules(bundle)["SW thresholds hot: hand over"]["actions"]
    assert {"action": "Remove tags", "of": "sw/rules/demo/lasts/lead-15-for-30d"} in fired
    paying = rules(bundle)["SW rules demo: once"]
    assert [leaf["of"] for leaf in paying["criteria"]] == ["sw/rules/demo/lasts/lead-15-for-30d"]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ((DEMO, 'expires = "30d"'), "overlap"),
        ((DEMO, 'limit = { times = 1, per = "30d" }\nexpires = "30d"'), "overlap"),
        ((DEMO, ONCE, 'expires = "36h"'), "whole days"),
        ((DEMO, 'limit = { times = 2 }\nexpires = "30d"', BACK), "reset"),
    ],
)
def test_what_no_program_can_stand_for_is_refused_and_says_why(parts, says):
    bundle = compiled(TOTAL, *parts)
    found = note(bundle, "rules.demo", "limit-needs-a-clock")
    assert says in found.message
    assert "limit = { times = 1 }" in found.instead


@pytest.mark.parametrize(
    "fact", ["program_acts_as_rules", "program_moves_scores", "program_moves_categories"]
)
def test_without_the_action_in_programs_it_is_refused(fact):
    categories = fact == "program_moves_categories"
    bundle = compiled(LEAD if categories else TOTAL, DEMO, ONCE, 'expires = "30d"', **{fact: False})
    assert notes(bundle, "rules.demo") == [("limit-needs-a-clock", "refused")]


@pytest.mark.parametrize(
    "parts",
    [
        (TOTAL, DEMO, ONCE, 'expires = "30d"'),
        (
            LEAD,
            '[rules.paper]\non = { downloads = "paper" }\npoints = { lead = 7 }\nlimit = { times = 2 }',
            'fades = { subtract = 3, every = "5d" }',
        ),
        (TOTAL, "floor = 0\n", DEMO, ONCE, 'expires = "30d"', BACK),
    ],
    ids=["once", "twice, melting", "with a reset"],
)
def test_what_ends_is_proven(parts):
    model = model_of("\n".join((HEAD, *parts)))
    target = load("pardot")
    assert differs(task_of(target, model, compile_model(model)), target, 3, "an award that ends") == ""
