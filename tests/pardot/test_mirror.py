"""A score in a number field instead of a category: counted up by completion actions, set by rules; refused where it drifts."""

from __future__ import annotations

import pytest

from scorewright.plugin.notes import Result
from tests.pardot.making import TOTAL, compile_text, leaves, note, notes, objects, rules

MIRROR = """
[assets]
demo = { form = "Demo" }
paper = { file = "Paper" }
[scores.interest]
title = "Interest"
kind = "engagement"
[rules.demo]
on = { submits = "demo" }
points = { interest = 1, lead = 20 }
[rules.paper]
on = { downloads = "paper" }
points = { interest = 1 }
[decay.quiet]
score = "interest"
steps = [{ after = "30d", at_least = 2, set = 2 }, { after = "60d", at_least = 0, set = 0 }]
[targets.pardot]
range = { interest = 100 }
decays = { quiet = "mirror" }
"""


def test_each_event_counts_the_field_up_and_each_step_is_a_rule_that_sets_it():
    bundle = compile_text(TOTAL, MIRROR)
    assert objects(bundle, "custom-fields")["Interest"]["type"] == "number"
    assert not objects(bundle, "scoring-categories")
    counting = {
        name: [action for action in row["actions"] if action["of"] == "Interest"]
        for name, row in objects(bundle, "completion-actions").items()
    }
    one = [{"action": "Increment prospect field value", "of": "Interest", "value": "+1"}]
    assert counting == {"form: Demo": one, "file: Paper": one}
    change = "Change prospect custom field value"
    assert {name: row["actions"] for name, row in rules(bundle).items()} == {
        "SW decay quiet: 30 days, set to 2": [{"action": change, "of": "Interest", "value": "2"}],
        "SW decay quiet: 60 days, set to 0": [{"action": change, "of": "Interest", "value": "0"}],
    }
    first = rules(bundle)["SW decay quiet: 30 days, set to 2"]
    asked = [(item["of"], item["value"]) for item in leaves(first)]
    assert ("last activity", "60") in asked, "until the next step"
    assert not [found for found in bundle.notes if found.result is Result.REFUSED]


def test_the_field_is_what_is_read_off_and_asked():
    keen = """
[thresholds.keen]
when = { score = "interest", at_least = 3 }
then = [{ notify = "owner" }]
"""
    bundle = compile_text(TOTAL, MIRROR, keen)
    (gauge,) = [gauge for gauge in bundle.gauges if gauge.name == "score interest"]
    assert gauge.at == {"read": "Prospect custom field", "of": "Interest"}
    (hand_over,) = [row for name, row in rules(bundle).items() if "hand over" in name]
    asked = [(item["criterion"], item["of"], item.get("value")) for item in leaves(hand_over)]
    assert ("Prospect custom field", "Interest", "2") in asked


def test_it_needs_no_categories():
    bundle = compile_text(TOTAL, MIRROR + 'edition = "growth"\n')
    assert not [found for found in bundle.notes if found.result is Result.REFUSED]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("points = { interest = 1 }", "points = { interest = 7 }", "it gives 7"),
        ("interest = 1, lead", "interest = -1, lead", "it gives -1"),
        ('{ downloads = "paper" }', '{ downloads = "any-file" }', "each asset must be named"),
        ('{ downloads = "paper" }', '{ visits = "any-page" }', "only what stands on"),
        ('{ downloads = "paper" }', '{ submits = "demo" }', "both give for 'Demo'"),
        ("points = { interest = 1 }", "points = { interest = 1 }\nlimit = { times = 3 }", "at every event"),
        ('on = { downloads = "paper" }', 'when = { field = "country", is = "France" }', "is no event"),
        ('kind = "engagement"', 'kind = "engagement"\nstart = 5\nceiling = 9', "within bounds"),
        (
            "[decay.quiet]",
            '[scores.both]\nkind = "combined"\nsum_of = ["lead", "interest"]\n[decay.quiet]',
            "is a sum of it",
        ),
    ],
)
def test_what_a_field_cannot_keep_up_with_is_refused(old, new, words):
    assert old in MIRROR
    refused = note(compile_text(TOTAL, MIRROR.replace(old, new)), "scores.interest", "mirror-is-not-sound")
    assert refused.result is Result.REFUSED
    assert words in refused.message
    assert '"program"' in refused.instead


def test_bounds_and_resets_set_the_field():
    out = '[assets.bye]\nform = "Bye"\n[rules.out]\non = { submits = "bye" }\nlimit = { times = 1 }\nthen = [{ reset = "interest", to = 1 }]\n'
    kept = MIRROR.replace('kind = "engagement"', 'kind = "engagement"\nfloor = 1\nceiling = 50').replace(
        "[decay.quiet]", f"{out}[decay.quiet]"
    )
    bundle = compile_text(TOTAL, kept)
    change = {"action": "Change prospect custom field value", "of": "Interest"}
    built = rules(bundle)
    for part, value in (("ceiling 50", "50"), ("floor 1", "1")):
        assert built[f"SW scores interest: {part}"]["actions"] == [{**change, "value": value}]
    assert {**change, "value": "1"} in built["SW rules out: once"]["actions"]
    asked = [item["operator"] for item in leaves(built["SW scores interest: floor 1"])]
    assert "is empty" in asked
    assert ("clamped-later", "bounded") in notes(bundle, "scores.interest")
    out_bounds = {bound.when for bound in note(bundle, "rules.out", "automation-rules").bounds}
    assert "crowded" in out_bounds


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ('steps = [{ after = "30d", subtract = 5 }]', "cannot subtract"),
        ('steps = [{ after = "30d", at_least = 0, set = 0 }]\nthen = [{ notify = "owner" }]', "`then`"),
    ],
)
def test_what_no_rule_does_to_a_field_is_refused(steps, words):
    before, _, after = MIRROR.partition("steps = ")
    bundle = compile_text(TOTAL, before + steps + "\n" + after.partition("\n")[2])
    assert words in note(bundle, "decay.quiet", "mirror-is-not-sound").message


def test_the_overall_score_needs_no_mirror():
    decay = '[decay.total]\nscore = "lead"\nsteps = [{ after = "90d", at_least = 3, set = 3 }]\n'
    bundle = compile_text(TOTAL, decay, MIRROR.replace("{ quiet", '{ total = "mirror", quiet'))
    assert ("mirror-is-not-sound", "refused") in notes(bundle, "decay.total")


def test_without_the_action_there_is_no_mirror():
    bundle = compile_text(TOTAL, MIRROR, increment_completion_action=False)
    assert "increases a field" in note(bundle, "scores.interest", "mirror-is-not-sound").message


def test_a_start_is_set_beside_what_was_counted_by_then():
    bundle = compile_text(TOTAL, MIRROR.replace('title = "Interest"', 'title = "Interest"\nstart = 5'))
    assert ("custom-field", "exact") in notes(bundle, "scores.interest")
    made = rules(bundle)
    sets = {name: row["actions"][0]["value"] for name, row in made.items() if "start at 5" in name}
    assert sets == {f"SW scores interest: start at 5, {count} counted": str(5 + count) for count in range(4)}
    tags = [row["actions"] for name, row in made.items() if name.endswith("counted at the start")]
    assert [len(acts) for acts in tags] == [
        1
    ] * 4  # a tag alone: between it and the number nothing is looked at
