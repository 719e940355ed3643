"""Categories that are kept within bounds, or reset: rules that each move them by a number."""

from __future__ import annotations

import pytest

from scorewright.plugin.registry import load
from scorewright_pardot.lower.binding import held_up, kept
from tests.pardot.making import compile_model, compile_text, leaves, model_of, note, notes, rules
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
again = { form = "Again" }
paper = { file = "Paper" }
[scores.interest]
kind = "engagement"
"""
AWARD = """
[rules.demo]
on = { submits = "demo" }
points = { interest = 15 }
"""
LOSS = """
[rules.paper]
on = { downloads = "paper" }
points = { interest = -10 }
limit = { times = 2 }
"""
RESET = """
[rules.again]
on = {{ submits = "again" }}
then = [{{ reset = "interest", to = {to} }}]
"""
HOT = """
[thresholds.hot]
when = { score = "interest", at_least = 30 }
then = [{ notify = "owner" }, { reset = "interest", to = 0 }]
"""


def moving(bundle):
    """Each rule that moves the category: by how much, and between which values."""
    found = {}
    for item in bundle.objects:
        for action in item.table.get("actions", ()):
            if item.kind == "automation-rules" and action["action"].endswith("Scoring Category"):
                found[item.name.removeprefix("SW scores interest: ")] = int(action["value"])
    return found


def test_a_ceiling_takes_what_is_above_it_and_the_top_is_open():
    bundle = compile_text("ceiling = 40", AWARD, head=HEAD)
    assert notes(bundle, "scores.interest") == [("clamped-later", "bounded")]
    assert moving(bundle) == {"ceiling 40: from 45 -5": -5}


def test_a_floor_gives_what_is_below_it():
    bundle = compile_text("floor = 0", AWARD, LOSS, head=HEAD)
    assert {name: by for name, by in moving(bundle).items() if by > 0 and "floor" in name} == {
        "floor 0: up to -5 +5": 5
    }


def test_what_holds_and_a_start_wait_until_a_floor_above_nothing_has_lifted_somebody_new():
    fact = '[rules.fact]\nwhen = { field = "country", is = "France" }\npoints = { interest = 10 }\n'
    found = compile_text("floor = 10\nstart = 25", AWARD, LOSS, fact, head=HEAD)
    asking = {
        item.name
        for item in found.objects
        if item.kind == "automation-rules" and "sw/scores/interest/begun" in str(item.table["criteria"])
    }
    assert {name.removeprefix("SW ") for name in asking} == {
        "rules fact: give", "rules fact: take back", "scores interest: begun", "scores interest: start at 15",
    }  # fmt: skip
    assert not [
        bound for bound in note(found, "scores.interest", "clamped-later").bounds if bound.when == "any"
    ]


def test_a_floor_that_nothing_falls_below_needs_no_rule():
    bundle = compile_text("floor = 0", AWARD, head=HEAD)
    assert moving(bundle) == {}
    assert notes(bundle, "scores.interest") == [("category", "exact")]


def test_a_decay_leaves_whoever_is_past_a_bound_to_the_rules_that_keep_it():
    decay = '[decay.d]\nscore = "interest"\nsteps = [{ after = "30d", subtract = 10 }]'
    bundle = compile_text("ceiling = 40", AWARD, decay, head=HEAD)
    taking = [table for name, table in rules(bundle).items() if name.endswith("from 11 minus 10")]
    assert [leaf["value"] for table in taking for leaf in leaves(table) if leaf["operator"] == "is less than"]


def test_a_reset_is_a_tag_and_rules_from_both_sides():
    bundle = compile_text(AWARD, LOSS, RESET.format(to=20), head=HEAD)
    by = {name: move for name, move in moving(bundle).items() if name.startswith("reset")}
    assert min(by.values()) < 0 < max(by.values())
    assert all(name.startswith("reset to 20: ") for name in by)
    assert ("reset-settles-slowly", "bounded") in notes(bundle, "rules.again")
    assert "20" in note(bundle, "rules.again", "reset-settles-slowly").bound


def test_a_reset_is_within_the_bounds_of_the_score():
    bundle = compile_text("floor = 10", AWARD, RESET.format(to=0), head=HEAD)
    assert any(name.startswith("reset to 10: ") for name in moving(bundle))


def test_two_resets_never_move_one_person_at_once():
    hot = HOT.replace("to = 0", "to = 5")
    bundle = compile_text(AWARD, RESET.format(to=0), hot, head=HEAD)
    first = [item for item in bundle.objects if item.name.startswith("SW scores interest: reset to 5: ")]
    assert first
    assert [item for item in bundle.notes if item.name == "breaks-a-rule"] == []


def test_the_bounds_that_rules_keep_are_those_that_something_can_pass():
    model = model_of(HEAD + "floor = 0\nceiling = 40\n" + AWARD)
    assert tuple(kept(model, model.scores["interest"])) == (None, 40)


def test_a_decay_is_held_within_the_bounds_of_its_score():
    decay = '[decay.d]\nscore = "interest"\nsteps = [{ after = "30d", subtract = 10 }, { after = "60d", set = 0 }]'
    held = held_up(model_of(HEAD + "floor = 10\n" + AWARD + decay)).decay["d"]
    assert held.stop_at.value == 10
    assert held.steps[1].set_to.value == 10


@pytest.mark.parametrize(
    "parts",
    [
        ("ceiling = 40\nfloor = 0", AWARD, LOSS, HOT),
        (AWARD, LOSS, RESET.format(to=20)),
        (AWARD, LOSS, '[decay.d]\nscore = "interest"\nsteps = [{ after = "30d", set = 5 }]'),
    ],
    ids=["bounds and a reset", "a reset that lifts", "a decay that lifts"],
)
def test_what_moves_a_category_to_a_number_is_proven(parts):
    model = model_of("\n".join((HEAD, *parts)))
    target = load("pardot")
    task = task_of(target, model, compile_model(model))
    assert differs(task, target, 3, "a category") == ""
