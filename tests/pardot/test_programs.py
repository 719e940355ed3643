"""A category's decay as an engagement program: what is emitted, what the sheet says, and what only rules can do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorewright.plugin.notes import Result
from tests.pardot.making import HEAD, compile_model, leaves, model_of, note, notes, objects, rules

SPEC = """
[assets]
demo = { form = "Demo" }
[scores.interest]
title = "Interest"
kind = "engagement"
[rules.demo]
on = { submits = "demo" }
points = { interest = 7 }
[decay.quiet]
score = "interest"
%s
"""
TO_ZERO = 'steps = [{ after = "60d", at_least = 0, set = 0 }]'
BY_STEPS = 'steps = [{ after = "30d", at_least = 21, set = 21 }, { after = "60d", at_least = 0, set = 0 }]'
OPTIONS = {"decays": {"quiet": "program"}, "range": {"interest": 100}}


def compiled(decay=TO_ZERO, facts=None, **options):
    model = model_of(HEAD + SPEC % decay)
    chosen = {**model.options.get("pardot", {}), **OPTIONS, **options}
    return compile_model(replace(model, options={"pardot": chosen}), **(facts or {}))


def only(bundle):
    (found,) = objects(bundle, "engagement-programs").values()
    return found


def test_a_program_takes_the_place_of_every_rule():
    bundle = compiled()
    program = only(bundle)
    assert not rules(bundle)
    assert [step["step"] for step in program["steps"]] == ["Rule", "Action"] * 4 + ["End"]
    assert [step["value"] for step in program["steps"] if step["step"] == "Action"] == [
        "-56",
        "-28",
        "-14",
        "-7",
    ]
    assert [step["wait_days"] for step in program["steps"] if step["step"] == "Rule"] == [0, 1, 1, 1]
    assert program["repeat"]
    assert program["state"] == "draft"


def test_whoever_is_silent_and_above_is_on_its_list():
    bundle = compiled()
    recipients = objects(bundle, "dynamic-lists")[only(bundle)["recipient_list"]]
    assert [(item["of"], item["operator"], item["value"]) for item in leaves(recipients)] == [
        ("last activity", "is greater than (days ago)", "59"),
        ("Interest", "is greater than", "6"),
    ]


def test_steps_one_after_another_have_programs_whose_lists_lie_side_by_side():
    bundle = compiled(BY_STEPS)
    lists = objects(bundle, "dynamic-lists")
    first, second = (lists[row["recipient_list"]] for row in objects(bundle, "engagement-programs").values())
    assert [item["value"] for item in leaves(first)] == ["29", "27"]
    assert [item["value"] for item in leaves(second)] == [
        "59",
        "6",
        "28",
    ]  # what the first may leave is for the second


FACT = """
[rules.here]
when = { field = "country", is = "France" }
points = { interest = 14 }
"""


def test_who_earns_in_a_silence_keeps_it():
    """A rule tags whoever has come down, the lists leave them out, and the next program takes them up when it is due."""
    bundle = compiled(BY_STEPS + FACT)
    assert "breaks-a-rule" not in dict(notes(bundle, "decay.quiet"))
    put = [row for row in rules(bundle).values() if "sw/decay/quiet/been-30" in str(row["actions"])]
    assert sorted(action["action"] for row in put for action in row["actions"]) == [
        "Apply tags",
        "Remove tags",
    ]
    lists = objects(bundle, "dynamic-lists")
    first, second = (lists[row["recipient_list"]] for row in objects(bundle, "engagement-programs").values())
    tags = [
        [(item["of"], item["operator"]) for item in leaves(row) if "tag" in item["criterion"]]
        for row in (first, second)
    ]
    assert tags == [
        [("sw/decay/quiet/been-30", "isn't")],
        [("sw/decay/quiet/been-30", "is"), ("sw/decay/quiet/been-60", "isn't")],
    ]


def test_what_is_done_then_is_done_by_a_rule():
    bundle = compiled(TO_ZERO + '\nthen = [{ notify = "owner" }]')
    (does,) = [row for name, row in rules(bundle).items() if "what is done then" in name]
    assert [action["action"] for action in does["actions"]] == ["Notify assigned user", "Apply tags"]
    assert "Notify" not in str(only(bundle))


def test_fewer_days_are_more_steps():
    steps = [len(only(compiled(settle_days=days))["steps"]) for days in (1, 2, 3, 4)]
    assert steps == sorted(steps, reverse=True)
    assert all(step.get("wait_days", 0) == 0 for step in only(compiled(settle_days=1))["steps"])


def test_where_a_step_sees_what_was_done_nobody_waits():
    steps = only(compiled(facts={"program-steps-read-afresh": True}))["steps"]
    assert not any(step.get("wait_days") for step in steps)


def test_where_days_count_from_going_in_the_last_action_is_waited_for():
    program = only(compiled(facts={"program-repeat-counts-from-end": False}))
    assert program["days_before_repeat"] == 1 + sum(step.get("wait_days", 0) for step in program["steps"])


def test_it_says_what_somebody_keeps_who_comes_back():
    found = note(compiled(), "decay.quiet", "program-settles-slowly")
    assert "55 points" in found.bound
    assert "7 days" in found.bound


def test_quotas_count_programs_and_those_that_repeat():
    found = {quota.name: (quota.used, quota.given) for quota in compiled(BY_STEPS).quotas}
    assert found["engagement programs (plus)"] == (2, 100)
    assert found["repeating engagement programs (plus)"] == (2, 10)


def test_the_sheet_draws_every_step_and_starts_the_program_last():
    sheet = compiled().sheet
    titles = [section.title for section in sheet.sections]
    assert titles[-2:] == ["Engagement programs", "Resume"]
    drawn = sheet.sections[-2].tasks[0]
    labels = [step.label for step in drawn.steps]
    assert [label for label in labels if label.startswith("Step ")][-1] == "Step 9: End"
    assert "Yes: to step 8; No: to the End" in labels
    assert [step.label for step in sheet.sections[-1].tasks[0].steps][-1] == "Start"


@pytest.mark.parametrize(
    ("decay", "facts", "words"),
    [
        ('steps = [{ after = "30d", subtract = 5, every = "30d" }]', {}, "something else"),
        ('steps = [{ after = "30d", at_least = 10, set = 0 }]', {}, "level"),
        (TO_ZERO.replace("at_least = 0", "at_least = 1") + '\nthen = [{ notify = "owner" }]', {}, "`then`"),
        (TO_ZERO, {"program-moves-categories": False}, "scoring category"),
        (TO_ZERO, {"program-paths-join": False}, "do not join"),
    ],
)
def test_what_only_rules_can_do_is_refused_and_the_way_out_named(decay, facts, words):
    bundle = compiled(decay, facts=facts)
    refused = note(bundle, "decay.quiet", "program-cannot")
    assert refused.result is Result.REFUSED
    assert words in refused.message
    assert 'decays = { quiet = "bands" }' in refused.instead
    assert "program-cannot" not in dict(
        notes(compiled(decay, facts, decays={"quiet": "bands"}), "decay.quiet")
    )
