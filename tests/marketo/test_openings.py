"""What opens and closes a threshold in silence: marks that others write, and days that come and pass."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import SCORE, called, campaign, compile_text, notes, tables

HEAD = """
[assets]
boss = { user = "boss@example.com" }
[marks]
quiet = {}
[rules.page]
on = { visits = "any-page" }
points = { lead = 5 }
"""
FADES = """
[decay.gone]
score = "lead"
steps = [{ after = "30d", percent = 50 }]
then = [{ mark = "quiet" }]
"""
BACK = """
[thresholds.back]
title = "Back"
when.all = [{ mark = "quiet" }, { score = "lead", at_least = 25 }]
then = [{ unmark = "quiet" }, { notify = "boss" }]
"""
BEGUN = """
[thresholds.begun]
title = "Begun"
when = { score = "lead", at_least = 50 }
then = [{ mark = "quiet" }]
"""
ALL = "When anything may open Back"


def triggers(bundle, name: str) -> dict[str, dict]:
    return {row["rule"]: row for row in campaign(bundle, name)["smart_list"]["triggers"]}


@pytest.mark.parametrize("opener", [FADES, BEGUN])
def test_any_event_finds_open_what_a_decay_or_a_threshold_has_opened(opener):
    found = triggers(compile_text(HEAD + SCORE + opener + BACK), ALL)
    assert {"Visits Web Page", "Fills Out Form", "Clicks Link on Web Page", "Opens Email"} <= found.keys()
    assert "Score is Changed" not in found
    assert found["Visits Web Page"]["operator"] == "is any"


@pytest.mark.parametrize(("least", "heard"), [(4, False), (3, True)])
def test_a_decay_that_sets_the_score_below_what_is_asked_opens_nothing(least, heard):
    """At 3 only more points can open it, and those are heard anyway."""
    sets = FADES.replace("percent = 50", "at_least = 3, set = 3")
    bundle = compile_text(HEAD + SCORE + sets + BACK.replace("at_least = 25", f"at_least = {least}"))
    assert any(name.endswith(ALL) for name in tables(bundle, "smart-campaigns")) == heard


def test_a_field_that_the_model_writes_itself_is_no_event():
    text = HEAD.replace("[marks]", '[fields]\nstep = { type = "date" }\nsize = { type = "text" }\n[marks]')
    begun = BEGUN.replace('[{ mark = "quiet" }]', '[{ mark = "quiet" }, { stamp = "step" }]')
    fields = triggers(compile_text(text + SCORE + begun + BACK), ALL)["Data Value Changes"]["values"]
    assert "Size" in fields
    assert "Step" not in fields


@pytest.mark.parametrize(("then", "heard"), [('{ notify = "boss" }', True), ('{ assign = "boss" }', False)])
def test_a_new_record_in_the_crm_is_an_event_unless_the_model_may_make_it(then, heard):
    back = BACK.replace('{ notify = "boss" }', then)
    rows = campaign(compile_text(HEAD + SCORE + FADES + back), ALL)["smart_list"]["triggers"]
    changed = {value for row in rows if row["rule"] == "Data Value Changes" for value in row["values"]}
    assert ({"SFDC Type", "Sales Owner Email Address"} <= changed) == heard


def test_a_rules_own_mark_has_a_trigger_and_needs_no_other():
    text = HEAD.replace("points = { lead = 5 }", 'points = { lead = 5 }\nthen = [{ mark = "quiet" }]')
    assert not any(
        row["campaign"] == ALL
        for row in tables(compile_text(text + SCORE + BACK), "smart-campaigns").values()
    )


def test_only_a_score_that_may_have_changed_by_decay_asks_for_activity():
    bundle = compile_text(HEAD + SCORE + FADES + BACK)
    assert called(campaign(bundle, ALL)["flow"][-1]) == ["OP-Scoring-Test model.Act Back"]
    assert called(campaign(bundle, "When Back may open")["flow"][-1]) == ["OP-Scoring-Test model.Woken Back"]
    asks = {row["rule"] for row in campaign(bundle, "Woken Back")["smart_list"]["filters"]}
    assert asks == {
        "Visited Web Page",
        "Filled Out Form",
        "Clicked Link in Email",
        "Clicked Link on Web Page",
    }


def test_whoever_may_be_written_to_again_is_looked_at_too():
    head = HEAD + "[segments.reachable]\nwhen = { mailable = true }\n"
    back = BACK.replace("then =", 'unless = { not = { segment = "reachable" } }\nthen =')
    rows = campaign(compile_text(head + SCORE + FADES + back), ALL)["smart_list"]["triggers"]
    assert any("Unsubscribed" in row.get("values", ()) for row in rows)


DATED = """
[fields]
last-gift = { type = "date" }
[thresholds.gave]
title = "Gave"
when = { field = "last-gift", within_last = "2d" }
then = [{ notify = "boss" }]
"""


def test_a_day_that_passes_arms_it_again():
    bundle = compile_text(HEAD + SCORE + DATED)
    night = campaign(bundle, "Nightly re-arm Gave")
    assert night["type"] == "batch"
    assert called(night["flow"][0]) == ["OP-Scoring-Test model.Re-arm Gave"]
    assert "When anything may open Gave" in {
        row["campaign"] for row in tables(bundle, "smart-campaigns").values()
    }


def test_a_day_arms_it_again_while_no_re_roll_has_taken_back_what_it_is_about_to_give():
    copied = '[inputs.review]\nfield = "employees"\nscore = "lead"\nat_least = -7\nat_most = 9\n'
    asks = DATED.replace("when = {", 'when = { all = [{ score = "lead", at_least = 5 }, {').replace(
        '"2d" }', '"2d" }] }'
    )
    for text, hour in ((asks, "01:00"), (asks + copied, "03:00"), (DATED + copied, "01:00")):
        night = campaign(compile_text(HEAD + SCORE + text), "Nightly re-arm Gave")
        assert night["schedule"] == f"Daily, every 1 day, at {hour}"


def test_what_another_threshold_opens_may_be_looked_at_after_it():
    free = BACK.replace('{ mark = "quiet" }, ', "").replace("then =", 'unless = { mark = "quiet" }\nthen =')
    free = free.replace('{ unmark = "quiet" }, ', "")
    undone = BEGUN.replace("mark =", "unmark =")
    said = ("opened-at-once", "thresholds.back")
    assert said in notes(compile_text(HEAD + SCORE + free + undone), "bounded")
    resets = undone.replace('"quiet" }]', '"quiet" }, { reset = "lead", to = 0 }]')
    assert said not in notes(compile_text(HEAD + SCORE + free + resets), "bounded")


def test_a_fact_opens_no_wake_up_by_itself():
    fact = '[rules.near]\nwhen = { field = "city", is = "Here" }\npoints = { lead = 5 }\n'
    said = ("sleeps-through-facts", "thresholds.back")
    assert said in notes(compile_text(HEAD + SCORE + FADES + BACK + fact), "bounded")
    assert said not in notes(compile_text(HEAD + SCORE + FADES + BACK), "bounded")


HERE = 'field = "city", is = "Here"'


@pytest.mark.parametrize(
    ("points", "when", "test", "said"),
    [
        (5, HERE, f"not = {{ {HERE} }}", True),
        (5, HERE, HERE, False),
        (-5, HERE, HERE, True),
        (5, HERE, 'field = "city", is = "There"', True),
        (5, HERE, 'field = "country", is = "There"', False),
        (-5, "assigned = false", "assigned = false", True),
        (5, "assigned = false", "assigned = false", False),
        (5, "assigned = false", "mailable = true", False),
        (5, 'crm = "lead"', 'crm = "contact"', True),
    ],
)
def test_what_opens_at_once_and_takes_points_by_night_is_bounded(points, when, test, said):
    fact = f"[rules.near]\nwhen = {{ {when} }}\npoints = {{ lead = {points} }}\n"
    back = BACK.replace('[{ mark = "quiet" }', f"[{{ {test} }}").replace('{ unmark = "quiet" }, ', "")
    found = notes(compile_text(HEAD + SCORE + back + fact), "bounded")
    assert (("field-before-score", "thresholds.back") in found) is said
