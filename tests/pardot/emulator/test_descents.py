"""How a category comes down is walked through the files: from every value, in every order, and each slip is found."""

from __future__ import annotations

import copy

import pytest

from scorewright.verify.lives import highest
from scorewright_pardot import TARGET
from scorewright_pardot.emulator.emulator import PardotEmulator
from scorewright_pardot.labels import ACTIONS
from tests.pardot.making import HEAD, compile_model, model_of

SPEC = """
[assets]
demo = { form = "Demo" }
[scores.interest]
title = "Interest"
kind = "engagement"
[rules.demo]
on = { submits = "demo" }
points = { interest = 7 }
[rules.twice]
when = { field = "country", is = "France" }
keep = true
points = { interest = 10 }
[thresholds.mql]
when = { score = "interest", at_least = 60 }
then = [{ notify = "owner" }]
[decay.quiet]
score = "interest"
steps = [%s]
"""
TO_ZERO = '{ after = "60d", at_least = 1, set = 0 }'
LEVELS = """{ after = "30d", at_least = 40, at_most = 80, set = 20 },
  { after = "60d", at_least = 81, set = 50 }, { after = "200d", at_least = 1, set = 0 }"""


def tables_of(steps):
    model = model_of(HEAD + SPEC % steps)
    bundle = compile_model(model)
    tables = {"gauges": [{"kind": gauge.kind, "key": gauge.key, "at": gauge.at} for gauge in bundle.gauges]}
    for item in bundle.objects:
        row = {"name": item.name, "for": list(item.elements), "lowering": item.lowering, **item.table}
        tables.setdefault(item.kind, []).append(copy.deepcopy(row))
    return model, tables


def walked(model, tables, **facts):
    answers = {fact.id: fact.value for fact in TARGET.facts()} | facts
    most = {key: highest(model, score) for key, score in model.scores.items()}
    return PardotEmulator(model, tables, answers).descents(most)


def coins(tables, to="0"):
    """The rules that take points, greatest first."""
    label = ACTIONS["category"].text
    rows = [
        row
        for row in tables["automation-rules"]
        if any(act["action"] == label and int(act["value"]) < 0 for act in row["actions"])
    ]
    return sorted(rows, key=points)


def points(row):
    return min(int(act["value"]) for act in row["actions"] if act["action"] == ACTIONS["category"].text)


def test_every_value_comes_down_and_no_further():
    model, tables = tables_of(TO_ZERO)
    (found,) = walked(model, tables)
    assert (found.gauge, found.to, found.fault, found.rest) == ("score interest", 0, "", 0)
    assert found.rules == len(coins(tables)) > 1
    assert found.highest == 120, "twice the greatest number that the spec compares it with"
    assert 1 < found.days <= 7 * 2


def test_each_step_of_a_ladder_is_walked():
    found = walked(*tables_of(LEVELS))
    assert [(item.to, item.fault, item.rest) for item in found] == [(20, "", 0), (50, "", 0), (0, "", 0)]
    assert found[0].highest == 80


def bound(row, operator, change):
    (leaf,) = [leaf for leaf in leaves(row) if leaf["of"] == "Interest" and leaf["operator"] == operator]
    leaf["value"] = str(int(leaf["value"]) + change)


def leaves(table):
    for item in table["criteria"]:
        yield from leaves(item) if "criteria" in item else (item,)


def act(row, change):
    for action in row["actions"]:
        if action["action"] == ACTIONS["category"].text:
            action["value"] = str(int(action["value"]) + change)


def drop(row, operator):
    row["criteria"] = [leaf for leaf in row["criteria"] if leaf.get("operator") != operator]


SLIPS = {
    "a rule is missing": lambda rows, rules: rows.remove(rules[1]),
    "the smallest is missing": lambda rows, rules: rows.remove(rules[-1]),
    "one takes a point too many": lambda rows, rules: act(rules[1], -1),
    "the top band is closed": lambda rows, rules: rules[0]["criteria"].append(
        {
            "criterion": "Prospect scoring category",
            "of": "Interest",
            "operator": "is less than",
            "value": "100",
        }
    ),
    "the bands overlap": lambda rows, rules: drop(rules[-1], "is less than"),
    "a band begins too low": lambda rows, rules: bound(rules[0], "is greater than", -1),
    "a band begins too high": lambda rows, rules: bound(rules[1], "is greater than", 1),
    "a rule acts once in a life": lambda rows, rules: rules[-2].update(repeat=False),
    "all act once in a life": lambda rows, rules: [rule.update(repeat=False) for rule in rules],
    "a band asks for something else": lambda rows, rules: rules[1]["criteria"].append(
        {"criterion": "Prospect tag", "of": "other", "operator": "is", "value": ""}
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_rules_is_found(slip):
    model, tables = tables_of(TO_ZERO)
    SLIPS[slip](tables["automation-rules"], coins(tables))
    (found,) = walked(model, tables)
    assert found.fault or found.rest, found


def test_a_point_too_few_still_arrives_and_takes_longer():
    model, tables = tables_of(TO_ZERO)
    (before,) = walked(model, tables)
    act(coins(tables)[-2], 1)
    (after,) = walked(model, tables)
    assert not after.fault
    assert not after.rest
    assert after.days > before.days


def test_too_slow_for_the_next_step_is_found():
    model, tables = tables_of('{ after = "60d", at_least = 1, set = 0 }')
    for row in coins(tables):
        row["days_before_repeat"] = 30
    (found,) = walked(model, tables)
    assert not found.fault
    assert found.days > 30, "the same rule again takes a month"
    hurried = model_of(
        HEAD + SPEC % '{ after = "60d", at_least = 1, set = 0 }, { after = "70d", at_least = 1, set = 0 }'
    )
    assert "the next step is due after 10" in walked(hurried, tables)[0].fault


def test_nothing_takes_points():
    model, tables = tables_of(TO_ZERO)
    for row in coins(tables):
        row["actions"] = [{"action": ACTIONS["tag-add"].text, "of": "x"}]
    (found,) = walked(model, tables)
    assert found.fault == "no rule takes points from it after 60 days of silence"
    for row in tables["automation-rules"]:
        row["for"] = []
    assert walked(model, tables) == (), "a decay that was left out is not walked"


def test_a_step_that_shares_its_day_with_another_means_another_value_and_is_not_walked():
    steps = '{ after = "90d", every = "30d", subtract = 1 }, { after = "180d", at_least = 4, set = 3 }'
    assert walked(*tables_of(steps)) == ()
    apart = '{ after = "90d", subtract = 1 }, { after = "180d", at_least = 4, set = 3 }'
    assert [item.to for item in walked(*tables_of(apart))] == [3]


def test_point_by_point_from_far_above_is_told_and_does_not_fall_over():
    _, tables = tables_of('{ after = "60d", at_least = 1, set = 0 }')
    smallest = coins(tables)[-1]
    others = [row for row in coins(tables) if row is not smallest]
    tables["automation-rules"] = [row for row in tables["automation-rules"] if row not in others]
    smallest["criteria"] = [item for item in smallest["criteria"] if item.get("operator") != "is less than"]
    far = model_of(HEAD + SPEC % '{ after = "60d", at_least = 1900, set = 0 }')
    answers = {fact.id: fact.value for fact in TARGET.facts()}
    (found,) = PardotEmulator(far, tables, answers).descents({"interest": 2_000})
    assert found.fault == "from 1900, that takes hundreds of days"


def test_a_category_of_great_numbers_is_walked_too():
    steps = '{ after = "60d", at_least = 20_001, set = 20_000 }'
    model, tables = tables_of(steps)
    answers = {fact.id: fact.value for fact in TARGET.facts()}
    (found,) = PardotEmulator(model, tables, answers).descents({"interest": 20_050})
    assert (found.to, found.fault, found.rest) == (20_000, "", 0)


BY_PROGRAMS = """{ after = "30d", at_least = 20, set = 20 }, { after = "60d", at_least = 0, set = 0 }]
[targets.pardot]
decays = { quiet = "program" }
range = { interest = 100 }
# ["""


def programs():
    return tables_of(BY_PROGRAMS)


def test_programs_bring_every_value_down():
    model, tables = programs()
    first, second = walked(model, tables)
    assert (first.fault, first.to, second.fault, second.to) == ("", 20, "", 0)
    assert (first.rest, second.rest) == (0, 0)
    assert first.days > 1


def _question(tables, place):
    rows = [step for step in tables["engagement-programs"][0]["steps"] if step["step"] == "Rule"]
    return rows[place]


@pytest.mark.parametrize(
    ("slip", "says"),
    [
        (lambda t: _question(t, 0)["criteria"][0].update(value="25"), "below 20"),
        (lambda t: _question(t, 2).update(wait_days=0), "below 20"),
        (
            lambda t: t["engagement-programs"][1].update(recipient_list=t["dynamic-lists"][0]["name"]),
            "at once",
        ),
    ],
)
def test_a_slip_in_a_program_is_found(slip, says):
    model, tables = programs()
    slip(tables)
    assert any(says in descent.fault for descent in walked(model, tables))


def test_a_program_that_stops_short_leaves_a_rest():
    model, tables = programs()
    _question(tables, -1)["yes"] = _question(tables, -1)["no"]
    assert walked(model, tables)[0].rest == 1
