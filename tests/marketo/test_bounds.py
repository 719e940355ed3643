"""Bounds as values: what each bounded note allows each gauge, and in which situation."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import SCORE, campaign, compile_text

ASSETS = """
[assets]
contact = { form = "Contact" }
news = { email = "News" }
"""
TWO = """
[scores.interest]
title = "Interest"
kind = "engagement"
feeds = "lead"
[scores.lead]
title = "Lead"
kind = "engagement"
[scores.total]
title = "Total"
kind = "combined"
overall = true
percent_of = { lead = 50, interest = 100 }
"""
FIT = '[scores.fit]\ntitle = "Fit"\nkind = "fit"\n'


NOT_QUIET = {"crowded", "window-edge", "day-start"}


def bounds(text: str, note: str, element: str = "", *, apart: bool = False, **facts):
    """The bounds of one note as gauge, least, most and situation; ``apart``: without what is off only near others."""
    found = [
        item
        for item in compile_text(text, **facts).notes
        if item.name == note and element in {"", item.element}
    ]
    assert len(found) == 1, [(item.name, item.element) for item in compile_text(text, **facts).notes]
    return [tuple(item) for item in found[0].bounds if not (apart and item.when in NOT_QUIET)]


# --- what an award reaches ------------------------------------------------------------------------------------------


def test_an_award_is_off_in_what_it_feeds_and_in_the_sums_with_their_weights():
    text = ASSETS + TWO + '[rules.form]\non = { submits = "contact" }\npoints = { interest = 10 }\n'
    assert bounds(text + "limit = { times = 3 }\n", "simultaneous-events") == [
        ("score interest", 0, None, "crowded"),
        ("score total", 0, None, "crowded"),
        ("score lead", 0, None, "crowded"),
    ]
    unknown = text.replace('submits = "contact"', 'visits = "any-page"') + "limit = { times = 2 }\n"
    assert bounds(unknown, "unknown-past", late_anonymous_past=False) == [
        ("score interest", -20, 0, "past-unknown"),
        ("score total", -30, 0, "past-unknown"),
        ("score lead", -20, 0, "past-unknown"),
    ]


def test_negative_points_are_off_the_other_way():
    text = ASSETS + SCORE + '[rules.form]\non = { visits = "any-page" }\npoints = { lead = -10 }\n'
    assert bounds(text, "unknown-past", late_anonymous_past=False) == [
        ("score lead", 0, None, "past-unknown")
    ]


def test_the_actions_of_a_missing_award_are_missing_too():
    text = ASSETS + SCORE + '[marks]\nseen = {}\n[rules.form]\non = { visits = "any-page" }\n'
    text += 'then = [{ mark = "seen" }, { notify = "owner" }]\nlimit = { times = 2 }\n'
    assert bounds(text, "unknown-past", late_anonymous_past=False) == [
        ("mark seen", -1, 0, "past-unknown"),
        ("done rules.form.then.1", -2, 0, "past-unknown"),
    ]


# --- limits ---------------------------------------------------------------------------------------------------------


def test_a_last_award_is_cut_as_long_as_its_rests_can_be_told_apart():
    text = ASSETS + SCORE + '[rules.form]\non = { submits = "contact" }\npoints = { lead = 4 }\n'
    text += 'limit = { points = 50, per = "7d" }\n'
    assert "clipped-award" not in {note.name for note in compile_text(text).notes}
    assert bounds(text.replace("4", "23"), "clipped-award", apart=True) == [("score lead", None, None, "any")]


def test_what_is_left_of_a_group_is_missing_and_stays_for_its_other_rules():
    text = ASSETS + SCORE + '[groups.all]\nscore = "lead"\nlimit = { points = 10, per = "7d" }\n'
    text += '[rules.form]\non = { submits = "contact" }\npoints = { lead = 4 }\ngroup = "all"\nlimit = { points = 14 }\n'
    text += '[rules.open]\non = { opens = "news" }\npoints = { lead = 1 }\ngroup = "all"\nthen = [{ notify = "owner" }]\n'
    assert bounds(text, "clipped-award", "rules.form", apart=True) == [
        ("score lead", None, None, "any"),
        ("done rules.open.then.0", None, None, "any"),
    ]


@pytest.mark.parametrize("own", ["times = 9", "times = 1", 'times = 1, per = "1d"'])
def test_a_rules_own_count_goes_with_what_is_left_of_its_group(own):
    text = ASSETS + SCORE + '[groups.all]\nscore = "lead"\nlimit = { points = 10, per = "7d" }\n'
    text += f'[rules.form]\non = {{ submits = "contact" }}\npoints = {{ lead = 4 }}\ngroup = "all"\nlimit = {{ {own} }}\n'
    found = compile_text(text)
    assert "clipped-award" not in {note.name for note in found.notes}
    rest = campaign(found, "Award form (2 left)")
    assert any(step["step"] == "Change Score" for step in rest["flow"])


@pytest.mark.parametrize(
    ("other", "when"),
    [
        ('{ opens = "news" }', "crowded"),
        ('{ submits = "any-form" }', "any"),
        ('{ submits = "contact" }', "any"),
    ],
)
def test_one_event_that_counts_twice_in_a_group_needs_nothing_beside_it(other, when):
    text = ASSETS + SCORE + '[groups.all]\nscore = "lead"\nlimit = { points = 10, per = "7d" }\n'
    for name, event, points in (("form", '{ submits = "contact" }', 5), ("other", other, 5)):
        text += f'[rules.{name}]\non = {event}\npoints = {{ lead = {points} }}\ngroup = "all"\n'
    assert ("score lead", 0, None, when) in bounds(text, "simultaneous-events", "rules.form")


def test_a_calendar_window_is_off_only_around_the_start_of_a_day():
    text = ASSETS + SCORE + '[rules.form]\non = { submits = "contact" }\npoints = { lead = 4 }\n'
    text += 'limit = { times = 2, per = "calendar week" }\n'
    assert bounds(text, "batch-start") == [("score lead", None, None, "day-start")]


# --- conditions -----------------------------------------------------------------------------------------------------

WORDS = 'field = "job-title", contains_word = "CEO"'


@pytest.mark.parametrize(
    ("when", "least", "most"),
    [
        (f"{{ {WORDS} }}", -7, 0),
        (f"{{ not = {{ {WORDS} }} }}", 0, 7),
        (f'{{ not = {{ any = [{{ {WORDS} }}, {{ field = "city", is = "Paris" }}] }} }}', 0, 7),
    ],
)
def test_a_word_that_is_not_found_is_off_one_way(when, least, most):
    text = FIT + f"[rules.boss]\nwhen = {when}\npoints = {{ fit = 7 }}\n"
    assert bounds(text, "word-separators", "rules.boss") == [("score fit", least, most, "odd-signs")]


def test_a_case_that_is_missed_gives_the_points_of_a_later_one():
    text = FIT + '[tiers.title]\nscore = "fit"\nfield = "job-title"\ncases = [\n'
    text += '  { contains_word = "CEO", points = 15 },\n  { contains = "Chief", points = 20 },\n]\n'
    assert bounds(text, "word-separators") == [("score fit", -15, 5, "odd-signs")]


@pytest.mark.parametrize(
    ("test", "least", "most"),
    [("is = false", 0, 1), ("known = true", 0, 1), ("known = false", -1, 0)],
)
def test_an_unknown_answer_is_off_by_what_it_is_asked_for(test, least, most):
    text = SCORE + '[fields]\nagreed = { type = "yes_no" }\n'
    text += f'[segments.some]\nwhen = {{ field = "agreed", {test} }}\n'
    assert bounds(text, "unknown-counts-as-no") == [("segment some", least, most, "unanswered")]


def test_a_required_yes_no_is_always_known_and_that_is_said():
    text = (
        SCORE
        + '[fields]\nagreed = { type = "yes_no" }\n[thresholds.hot]\nwhen = { score = "lead", at_least = 50 }\n'
    )
    text += 'required_fields = ["agreed", "email"]\nthen = [{ notify = "owner" }]\n'
    assert bounds(text, "unknown-counts-as-no", apart=True) == [
        ("done thresholds.hot.then.0", 0, None, "unanswered")
    ]
    exact = compile_text(text, empty_boolean_is_false=False).notes
    assert {note.result.value for note in exact} == {"exact"}


# --- events ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "most"), [("", None), ("limit = { times = 3 }\n", 30)])
def test_any_webinar_earns_what_events_earn_as_often_as_the_limit_allows(limit, most):
    text = SCORE + '[rules.met]\non = { attends = "any-webinar" }\npoints = { lead = 10 }\n' + limit
    assert bounds(text, "any-program-counts") == [("score lead", 0, most, "any")]


def test_a_hand_raised_by_any_program_is_a_handoff_too_many():
    text = (
        SCORE
        + '[thresholds.hot]\nwhen = { score = "lead", at_least = 50 }\nor_on = [{ attends = "any-webinar" }]\n'
    )
    text += 'then = [{ notify = "owner" }]\n'
    assert bounds(text, "any-program-counts", apart=True) == [("done thresholds.hot.then.0", 0, None, "any")]


# --- large scores, and what is exact in quiet -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ends", "least", "most"),
    [
        ("", None, None),
        ("at_most = 30\n", 0, None),
        ("at_least = 0\n", None, 0),
    ],
)
def test_an_input_is_off_beyond_the_end_that_is_not_given(ends, least, most):
    text = (
        SCORE + '[fields]\nreview = { type = "number" }\n[inputs.review]\nfield = "review"\nscore = "lead"\n'
    )
    assert bounds(text + ends, "largest-score") == [("score lead", least, most, "large")]


def test_an_input_of_a_score_that_decays_is_off_both_ways_once_its_value_goes():
    """From 1,245 to 1,244 takes a point of what a decay has left; copied up to 1,000, both are one value."""
    text = (
        SCORE + '[fields]\nreview = { type = "number" }\n[inputs.review]\nfield = "review"\nscore = "lead"\n'
    )
    text += 'at_least = 0\n[decay.quiet]\nscore = "lead"\nsteps = [{ after = "9d", subtract = 5 }]\n'
    assert ("score lead", None, None, "large") in bounds(text, "largest-score")


def test_a_decay_of_large_scores_takes_too_little_and_feeds_nothing():
    text = TWO.replace("percent_of = { lead = 50, interest = 100 }", 'sum_of = ["lead", "interest"]')
    text += '[rules.page]\non = { visits = "any-page" }\npoints = { interest = 4 }\n'
    text += '[decay.quiet]\nscore = "interest"\nsteps = [{ after = "30d", percent = 20 }]\n'
    assert bounds(text, "largest-score") == [
        ("score interest", 0, None, "large"),
        ("score total", 0, None, "large"),
        ("score interest", None, 0, "existing"),
        ("score total", None, 0, "existing"),
        ("score interest", 0, None, "crowded"),
        ("score total", 0, None, "crowded"),
        ("score interest", None, None, "day-start"),
        ("score total", None, None, "day-start"),
    ]


def test_an_exact_rule_says_where_no_moment_is_quiet():
    text = ASSETS + SCORE + '[rules.form]\non = { submits = "contact" }\npoints = { lead = 4 }\n'
    assert bounds(text, "award") == []
    assert bounds(text + 'limit = { times = 1, per = "7d" }\n', "award") == [
        ("score lead", None, None, "window-edge")
    ]


def test_what_is_bounded_says_with_its_first_bound_where_no_moment_is_quiet():
    text = ASSETS + SCORE + '[rules.form]\non = { submits = "contact" }\npoints = { lead = 4 }\n'
    text += 'limit = { times = 2, per = "7d" }\n'
    assert bounds(text, "simultaneous-events") == [
        ("score lead", 0, None, "crowded"),
        ("score lead", None, None, "window-edge"),
    ]


def test_a_rule_that_gives_nothing_is_never_off():
    text = (
        ASSETS
        + SCORE
        + '[rules.form]\non = { submits = "contact" }\npoints = { lead = 0 }\nlimit = { times = 2 }\n'
    )
    assert {note.result.value for note in compile_text(text).notes} == {"exact"}


def test_a_condition_is_read_minutes_after_the_event():
    text = ASSETS + SCORE + '[rules.form]\non = { submits = "contact" }\npoints = { lead = 4 }\n'
    text += 'when = { field = "country", is = "France" }\nlimit = { times = 1 }\n'
    assert bounds(text, "award") == [("score lead", -4, 4, "crowded")]


@pytest.mark.parametrize(
    ("asked", "late"), [(', at_least = 3, within = "7d"', True), (", at_least = 3", False)]
)
def test_the_window_of_what_is_told_late_ends_when_it_is_told(asked, late):
    event = '{ submits = "contact"' + asked + " }"
    text = ASSETS + SCORE + "[rules.form]\non = " + event + "\npoints = { lead = 4 }\nlimit = { times = 1 }\n"
    found = bounds(text, "award-after-count")
    assert (("score lead", -4, 4, "past-unknown") in found) is late
    text += '[thresholds.hot]\nwhen = { score = "lead", at_least = 50 }\nor_on = [\n' + event + ",\n]\n"
    text += 'then = [{ notify = "owner" }]\n'
    raised = ("done thresholds.hot.then.0", None, None, "past-unknown")
    assert (raised in bounds(text, "threshold")) is late


def test_crossings_that_are_close_are_only_ever_missing():
    text = (
        SCORE + '[thresholds.hot]\nwhen = { score = "lead", at_least = 50 }\nthen = [{ notify = "owner" }]\n'
    )
    assert bounds(text, "threshold") == [("done thresholds.hot.then.0", None, 0, "crowded")]


@pytest.mark.parametrize("runs", [True, False])
def test_a_stamp_is_the_time_of_the_triggers_run(runs):
    """What is older than the silence ends it all the same, so steps come late, and again."""
    text = (
        SCORE + '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 4 }\nlimit = { times = 1 }\n'
    )
    text += '[decay.quiet]\nscore = "lead"\nstop_at = 1\nsteps = [{ after = "120d", subtract = 3 }]\n'
    found = bounds(text, "late-past-stamped", late_anonymous_past=runs, apart=True)
    assert found == [("score lead", None, None, "past-unknown")]
    short = compile_text(text.replace("120d", "60d"), late_anonymous_past=runs).notes
    assert "late-past-stamped" not in {note.name for note in short}


@pytest.mark.parametrize(("others", "most"), [(1, 2), (3, 4)])
def test_a_misread_criterion_moves_a_letter_by_its_thirds_each_way(others, most):
    """Or by what all of them make of it, where the letter was hidden until one matched."""
    text = (
        '[fields]\nbig = { type = "yes_no" }\n[grades.g]\n'
        'criteria.role = { when = { field = "big", is = true }, thirds = 1 }\n'
        'criteria.size = { when = { field = "employees", at_least = 5 }, thirds = %d }\n'
    )
    assert ("grade g", 0, most, "unanswered") in bounds(
        SCORE + text % others, "unknown-counts-as-no", "grades.g"
    )


def test_what_is_written_minutes_later_may_stand_over_what_came_between():
    text = ASSETS + SCORE + '[fields]\nstage = { type = "text" }\n[marks]\nm = {}\nn = {}\n'
    text += '[rules.form]\non = { submits = "contact" }\npoints = { lead = 4 }\n'
    text += 'then = [{ set_field = "stage", to = "x" }, { mark = "m" }, { mark = "n" }]\n'
    text += '[rules.open]\non = { opens = "news" }\npoints = { lead = 1 }\nthen = [{ unmark = "m" }]\n'
    assert bounds(text, "award", "rules.form") == [
        ("field stage", 0, 1, "crowded"),
        ("mark m", -1, 1, "crowded"),
    ]
    assert bounds(text, "award", "rules.open") == [("mark m", -1, 1, "crowded")]
