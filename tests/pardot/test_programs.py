"""A category's decay as an engagement program: what is emitted, what the sheet says, and what only rules can do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scorewright.plugin.notes import Result
from tests.pardot.making import (
    HEAD,
    TOTAL,
    compile_model,
    compile_text,
    leaves,
    model_of,
    note,
    notes,
    objects,
    rules,
)

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


NOTIFY = '\nthen = [{ notify = "owner" }]'


def programs(bundle):
    return objects(bundle, "engagement-programs")


def done(program):
    """What each way of a program does, the highest scores first."""
    found, steps = [], {step["number"]: step for step in program["steps"]}
    for step in program["steps"]:
        if step["step"] != "Rule":
            continue
        acts, place = [], step["yes"]
        while steps[place]["step"] == "Action":
            acts.append(steps[place].get("value") or steps[place]["action"])
            place = steps[place]["then"]
        assert steps[place]["step"] == "End", "after an action nothing is asked"
        asked = [(leaf["operator"].split()[1], int(leaf["value"])) for leaf in step["criteria"]]
        found.append((asked, acts))
    return found


def test_what_is_taken_from_a_band_is_taken_once_in_each_window():
    """A question for each band, then to the end; off the list before anybody could go in again."""
    bundle = compiled('steps = [{ after = "30d", subtract = 14 }, { after = "60d", subtract = 21 }]')
    first, second = programs(bundle).values()
    assert not rules(bundle)
    assert done(first) == [([("greater", 13)], ["-14"]), ([("greater", 6), ("less", 14)], ["-7"])]
    assert [acts for _, acts in done(second)] == [["-21"], ["-14"], ["-7"]]
    lists = objects(bundle, "dynamic-lists")
    for row, days in ((first, 30), (second, 60)):
        begin, end = (int(item["value"]) for item in leaves(lists[row["recipient_list"]]))
        assert begin + 1 == days
        assert end - days < row["days_before_repeat"] < days


def test_a_step_that_repeats_lets_everybody_go_through_with_the_interval():
    bundle = compiled('steps = [{ after = "30d", every = "30d", percent = 50 }]')
    program = only(bundle)
    assert program["days_before_repeat"] == 30
    (silence,) = leaves(objects(bundle, "dynamic-lists")[program["recipient_list"]])
    assert silence["operator"] == "is greater than (days ago)"
    assert [acts for _, acts in done(program)][-1] == ["-1"]


def test_levels_are_questions():
    steps = 'steps = [{ after = "30d", at_least = 40, subtract = 14 }, { after = "30d", below = 40, subtract = 7 }]'
    assert done(only(compiled(steps))) == [
        ([("greater", 39)], ["-14"]),
        ([("greater", 6), ("less", 40)], ["-7"]),
    ]


def test_the_overall_score_is_asked_and_set():
    bundle = compile_text(
        TOTAL,
        """[decay.quiet]
score = "lead"
stop_at = 5
steps = [{ after = "30d", subtract = 10 }, { after = "60d", at_least = 6, set = 5 }]
[targets.pardot]
decays = { quiet = "program" }
""",
    )
    assert not rules(bundle)
    assert [[acts for _, acts in done(row)] for row in programs(bundle).values()] == [
        [["-10"], ["5"]],
        [["5"]],
    ]


def test_what_is_done_then_is_done_on_the_way_on_every_day():
    """Also where a step acts and leaves the score as it is; and so often as steps act."""
    bundle = compiled(
        'steps = [{ after = "30d", subtract = 14 }, { after = "60d", at_least = 30, subtract = 7 }]' + NOTIFY
    )
    first, second = programs(bundle).values()
    told = "Notify assigned user"
    assert [acts for _, acts in done(first)] == [["-14", told], ["-7", told], [told]]
    assert done(second) == [([("greater", 29)], ["-7", told])]
    assert not rules(bundle)


def test_who_comes_down_by_and_by_is_told_apart_by_a_tag_that_the_first_program_puts():
    bundle = compiled(BY_STEPS + NOTIFY)
    lists = objects(bundle, "dynamic-lists")
    gates = {name: row for name, row in programs(bundle).items() if "for whom" in name}
    assert [name.split(": ")[1] for name in gates] == ["30 days, for whom", "60 days, for whom"]
    assert all("Notify assigned user" in str(row["steps"]) for row in gates.values())
    downs = [row for name, row in programs(bundle).items() if name not in gates]
    tags = [
        [
            (item["of"], item["operator"])
            for item in leaves(lists[row["recipient_list"]])
            if "tag" in item["criterion"]
        ]
        for row in downs
    ]
    one, two = "sw/decay/quiet/down-30", "sw/decay/quiet/down-60"
    assert tags == [[(one, "is")], [(two, "is"), (one, "isn't")]]
    assert len(rules(bundle)) == 2, "each tag comes off at the value, or when they are back"


def test_who_comes_down_by_what_they_have_is_told_apart_before_they_have_less():
    bundle = compiled(f'{TO_ZERO}\nwhen = {{ score = "interest", at_least = 30 }}')
    gate, down = (
        objects(bundle, "dynamic-lists")[row["recipient_list"]] for row in programs(bundle).values()
    )
    assert ("is greater than", "29") in [(item["operator"], item["value"]) for item in leaves(gate)]
    assert [item.get("value", item["of"]) for item in leaves(down)] == ["59", "6", "sw/decay/quiet/down-60"]


def test_a_level_on_the_way_down_is_for_the_first_program():
    bundle = compiled('steps = [{ after = "30d", at_least = 70, set = 0 }]')
    gate = next(row for name, row in programs(bundle).items() if "for whom" in name)
    assert done(gate) == [([("greater", 69)], ["Apply tags"])]


def test_from_too_many_values_it_goes_down_by_and_by():
    few = compiled('steps = [{ after = "30d", subtract = 140 }]', range={"interest": 400})
    many = compiled('steps = [{ after = "30d", subtract = 700 }]', range={"interest": 1400})
    assert len(programs(few)) == 1
    assert [len(row["steps"]) < 30 for row in programs(many).values()] == [True, True]


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


SHORT = 'steps = [{ after = "2d", subtract = 7 }]'
OTHER = """
[decay.still]
score = "interest"
steps = [{ after = "90d", subtract = 7 }]
"""


@pytest.mark.parametrize(
    ("decay", "facts", "words"),
    [
        (SHORT, {}, "again 4 days later"),
        (TO_ZERO, {"program-repeat-least-days": 60, "clock-sweep-days": 1}, None),
        ('steps = [{ after = "30d", subtract = 7 }]', {"program-repeat-least-days": 31}, "31 days later"),
        (
            'steps = [{ after = "30d", every = "30d", percent = 50 }]',
            {"program-repeat-least-days": 31},
            "within 31",
        ),
        (TO_ZERO + OTHER, {}, "another decay"),
        (TO_ZERO, {"program-moves-categories": False}, "scoring category"),
        (TO_ZERO, {"program-paths-join": False}, "do not join"),
        (TO_ZERO + NOTIFY, {"program-acts-as-rules": False}, "`then`"),
    ],
)
def test_what_only_rules_can_do_is_refused_and_the_way_out_is_one(decay, facts, words):
    bundle = compiled(decay, facts=facts)
    refused = [
        item for item in bundle.notes if (item.element, item.result) == ("decay.quiet", Result.REFUSED)
    ]
    assert bool(refused) == (words is not None)
    for found in refused:
        assert found.name == "program-cannot"
        assert words in found.message
        assert 'decays = { quiet = "bands" }' in found.instead
        otherwise = compiled(decay, facts, decays={"quiet": "bands"})
        assert not [item for item in otherwise.notes if item.result is Result.REFUSED]


def test_more_steps_than_a_program_holds_are_refused_with_what_makes_them_few_enough():
    decay = 'steps = [{ after = "30d", percent = 50 }]'
    (refused,) = [
        item for item in compiled(decay, range={"interest": 600}).notes if item.result is Result.REFUSED
    ]
    assert "fewer than 300" in refused.message
    error = int(refused.instead.partition("percent_error = ")[2].split()[0])
    assert not [
        item
        for item in compiled(decay, range={"interest": 600}, percent_error=error).notes
        if item.result is Result.REFUSED
    ]
    fewer = compiled(decay, range={"interest": 600}, percent_error=error - 1)
    assert error == 1 or any(item.result is Result.REFUSED for item in fewer.notes)


def test_a_long_program_of_a_percent_says_what_makes_it_half_as_long():
    decay = 'steps = [{ after = "30d", percent = 50 }]'
    (offer,) = [
        item for item in compiled(decay, range={"interest": 200}).notes if item.name == "long-program"
    ]
    steps, error = (
        int(offer.message.split()[0]),
        int(offer.message.partition("percent_error = ")[2].split()[0]),
    )
    bundle = compiled(decay, range={"interest": 200}, percent_error=error)
    (program,) = objects(bundle, "engagement-programs").values()
    assert len(program["steps"]) * 2 <= steps + 1
    short = compiled(decay, range={"interest": 20})
    assert not [item for item in short.notes if item.name == "long-program"]


def test_two_decays_of_a_score_keep_apart_by_their_days():
    steps = 'steps = [{ after = "30d", subtract = 7 }]'
    bundle = compiled(steps + OTHER, decays={"quiet": "program", "still": "program"})
    assert not [item for item in bundle.notes if item.result is Result.REFUSED]
    assert len(programs(bundle)) == 2


@pytest.mark.parametrize(
    ("when", "last"),
    [
        ('when = { score = "interest", at_least = 10 }', True),
        ('when = { not = { mark = "still" } }', False),
        ("", False),
    ],
)
def test_what_takes_somebody_off_a_programs_list_is_its_last_action(when, last):
    step = 'steps = [{ after = "30d", subtract = 7 }]'
    drawn = only(compiled(f'{step}\n{when}\nthen = [{{ mark = "still" }}]\n[marks]\nstill = {{}}'))["steps"]
    moves = [item for item in drawn if item.get("action") == "Adjust Prospect Score for Scoring Category"]
    assert {item["then"] == len(drawn) for item in moves} == {last}


def test_a_program_looks_once_and_so_a_day_before_the_spec_does():
    steps = 'steps = [{ after = "30d", subtract = 7 }]'
    (wait,) = (item for item in compiled(steps).gauges if item.name == "score interest")
    assert 24 <= wait.prompt < wait.settles
