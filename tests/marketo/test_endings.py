"""What is done later than it is meant: the model ends meanwhile, or what a night brings about is for the next night."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import HEAD, SCORE, campaign, compile_text

ASSETS = '[assets]\ncontact = { form = "Contact" }\n[marks]\nhot = {}\n'
LAST = HEAD + "active = { until = 2026-06-30 }\n"
TIER = '[tiers.country]\nscore = "lead"\nfield = "country"\ncases = [{ is = "France", points = 5 }]\n'


def bounds(text, note, element="", head=HEAD):
    found = [
        item
        for item in compile_text(text, head).notes
        if item.name == note and (not element or item.element == element)
    ]
    return [tuple(bound) for item in found for bound in item.bounds]


# --- the model ends -------------------------------------------------------------------------------------------------


def test_what_holds_on_the_last_day_may_be_looked_at_by_no_batch_any_more():
    late = ("score lead", -5, 5, "crowded")
    assert late not in bounds(SCORE + TIER, "tier")
    assert late in bounds(SCORE + TIER, "tier", head=LAST)


def test_a_label_comes_after_the_score_and_not_at_all_once_the_model_has_ended():
    text = '[fields]\nclass = { type = "text" }\n[bands.class]\nscore = "lead"\nfield = "class"\n'
    text += 'cases = [{ label = "A", at_least = 9 }, { label = "B" }]\n'
    late = ("field class", 0, 1, "crowded")
    assert late not in bounds(SCORE + text, "band-field")
    assert late in bounds(SCORE + text, "band-field", head=LAST)


def test_a_grade_is_looked_at_no_more_after_the_last_day():
    text = '[grades.fit]\ncriteria.far = { when = { field = "country", is = "Chile" }, thirds = 1 }\n'
    assert bounds(SCORE + text, "graded-no-more", head=LAST) == [("grade fit", 0, None, "outside")]
    assert bounds(SCORE + text, "graded-no-more") == bounds(SCORE, "graded-no-more", head=LAST) == []


@pytest.mark.parametrize("ends", ['wait = "3d"\n', 'expires = "3d"\n'])
def test_who_waits_in_a_campaign_when_the_model_ends_goes_on(ends):
    text = SCORE + ASSETS + '[rules.form]\non = { submits = "contact" }\npoints = { lead = 4 }\n'
    text += "limit = { times = 2 }\n" + ends
    note = "waits-beyond-the-end" if "wait" in ends else "ends-outside-too"
    least, most = (0, 8) if "wait" in ends else (-8, 0)
    assert bounds(text, note) == []
    assert ("score lead", least, most, "outside") in bounds(text, note, head=LAST)


def test_nobody_begins_to_wait_before_the_model_is_switched_on():
    text = SCORE + ASSETS + '[rules.form]\non = { submits = "contact" }\npoints = { lead = 4 }\n'
    text += 'limit = { times = 2 }\nwait = "3d"\n'
    first = HEAD + "active = { from = 2026-06-30 }\n"
    assert ("score lead", -8, 0, "outside") in bounds(text, "waits-before-the-beginning", head=first)
    assert bounds(text, "waits-before-the-beginning", head=LAST) == []


# --- two nights -----------------------------------------------------------------------------------------------------

ECHO = (
    SCORE
    + ASSETS
    + TIER
    + '[scores.other]\ntitle = "Other"\nkind = "engagement"\n'
    + '[rules.marked]\nwhen = { mark = "hot" }\npoints = { other = 7 }\n'
    + '[fields]\nclass = { type = "text" }\n[bands.class]\nscore = "other"\nfield = "class"\n'
    + 'cases = [{ label = "A", at_least = 7 }, { label = "B" }]\n'
)
HOT = '[thresholds.hot]\nwhen = { %s, at_least = 5 }\nthen = [{ mark = "hot" }]\n'


@pytest.mark.parametrize(("when", "late"), [('score = "lead"', True), ('submitted = "contact"', False)])
def test_what_a_threshold_writes_that_opens_by_night_counts_from_the_next_night_on(when, late):
    text = ECHO + HOT.replace("%s", when)
    assert (("score other", -7, 7, "crowded") in bounds(text, "fact-batch")) is late
    assert (("field class", 0, 1, "crowded") in bounds(text, "band-field")) is late
    assert ("score lead", -5, 5, "crowded") not in bounds(text, "tier")


# --- two limits -----------------------------------------------------------------------------------------------------


def test_what_a_rules_own_limit_leaves_is_given_to_each_of_its_scores():
    text = SCORE + ASSETS + '[scores.other]\ntitle = "Other"\nkind = "engagement"\n'
    text += '[groups.web]\nscore = "lead"\nlimit = { points = 80, per = "1d" }\n[rules.form]\ngroup = "web"\n'
    text += 'on = { submits = "contact" }\npoints = { lead = 40, other = 40 }\nlimit = { points = 90 }\n'
    made = campaign(compile_text(text), "Award form")
    cut = {
        step["fields"][0]["value"]: [row["value"] for row in step["choices"]]
        for step in made["flow"]
        if step["step"] == "Change Score" and len(step.get("choices", ())) == 1
    }
    assert cut["Other Score"] == cut["Person Score"] == ["+10"]
    assert ("score lead", None, None, "any") in bounds(text, "clipped-award", "rules.form")


# --- what comes and goes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ends", "passes"), [('expires = "1d"\n', True), ("", False)])
def test_an_award_that_ends_may_open_a_threshold_between_two_looks(ends, passes):
    """Its wait begins when Marketo learns of the event: what is meant may have come and gone by then."""
    text = SCORE + ASSETS + '[rules.form]\non = { submits = "contact" }\nwait = "9d"\npoints = { lead = 9 }\n'
    text += (
        ends + '[thresholds.hot]\nwhen = { score = "lead", at_least = 5 }\nthen = [{ notify = "owner" }]\n'
    )
    found = bounds(text, "opened-by-the-clock") or bounds(text, "threshold")
    late = {bound[3] for bound in found if bound[:3] == ("done thresholds.hot.then.0", None, None)}
    assert late == ({"past-unknown", "window-edge"} if passes else set())
