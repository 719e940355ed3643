"""Levels that nobody reaches, thresholds open to all, and one event from where decay rests."""

from __future__ import annotations

import pytest

from tests.checks.specs import only

THRESHOLD = """
[thresholds.mql]
when = {{ score = "{0}", {1} }}
then = [{{ notify = "owner" }}]
"""
FIT = """
[scores.fit]
kind = "fit"
{0}

[rules.country]
when = {{ field = "country", is = "France" }}
points = {{ fit = 30 }}

[tiers.size]
score = "fit"
field = "employees"
cases = [{{ at_least = 50, points = 20 }}]
unknown = -5
"""


def messages(text, name="level-never-reached", **more):
    return [finding.message for finding in only(text, name, **more)]


def events(*lines, score=""):
    return (
        f'[scores.engagement]\nkind = "engagement"\n{score}\n[rules.form]\non = {{ submits = "contact" }}\n'
        + "\n".join(lines)
    )


@pytest.mark.parametrize(
    ("asked", "reached"),
    [
        ("at_least = 51", "can reach 50 at most"),
        ("above = 50", "can reach 50 at most"),
        ("is = 60", "can reach 50 at most"),
        ("below = -5", "never goes below -5"),
    ],
)
def test_a_fit_score_is_the_sum_of_what_can_hold(asked, reached):
    (message,) = messages(FIT.format("") + THRESHOLD.format("fit", asked))
    assert reached in message


@pytest.mark.parametrize("asked", ["at_least = 50", "above = 49", "is = 50", "below = -4", "at_most = -5"])
def test_a_level_that_is_reached(asked):
    assert messages(FIT.format("") + THRESHOLD.format("fit", asked)) == []


def test_ceilings_floors_and_products():
    assert messages(FIT.format("ceiling = 40") + THRESHOLD.format("fit", "at_least = 41"))
    assert messages(FIT.format("floor = 0") + THRESHOLD.format("fit", "below = 0"))
    (found,) = only(
        FIT.format("ceiling = 40") + THRESHOLD.format("fit", "at_least = 41"), "level-never-reached"
    )
    assert found.path == ("thresholds", "mql", "when", "at_least")


@pytest.mark.parametrize(
    ("lines", "most"),
    [
        (("points = { engagement = 10 }", "limit = { times = 3 }"), 30),
        (("points = { engagement = 10 }", "limit = { points = 25 }"), 25),
        (("points = { engagement = 10 }", "limit = { times = 1, each = 'asset' }"), 20),
        (("points = { engagement = -10 }",), 0),
    ],
)
def test_events_with_a_limit_for_ever(lines, most):
    text = events(*lines) + '\n[assets]\ncontact = { form = ["Contact", "Call me"] }\n'
    assert messages(text + THRESHOLD.format("engagement", f"at_least = {most + 1}"))
    assert messages(text + THRESHOLD.format("engagement", f"at_least = {most}")) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("points = { engagement = 1 }",),
        ("points = { engagement = 1 }", "limit = { times = 1, per = '30d' }"),
        ("points = { engagement = 1 }", "limit = { points = 5, per = 'calendar month' }"),
    ],
)
def test_events_without_one_reach_everything(lines):
    assert messages(events(*lines) + THRESHOLD.format("engagement", "at_least = 100000")) == []


def test_each_asset_of_a_pattern_has_no_number():
    text = events("points = { engagement = 1 }", "limit = { times = 1, each = 'asset' }")
    text += '\n[assets]\ncontact = { form = "Contact", match = "starts_with" }\n'
    assert messages(text + THRESHOLD.format("engagement", "at_least = 1000")) == []


@pytest.mark.parametrize(
    ("combined", "most"),
    [('sum_of = ["fit", "engagement"]', 80), ("percent_of = { fit = 50, engagement = 10 }", 28)],
)
def test_combined_scores(combined, most):
    text = FIT.format("") + events("points = { engagement = 10 }", "limit = { times = 3 }")
    text += f'\n[scores.all]\nkind = "combined"\n{combined}\n'
    assert messages(text + THRESHOLD.format("all", f"at_least = {most + 1}"))
    assert messages(text + THRESHOLD.format("all", f"at_least = {most}")) == []


def test_what_feeds_counts_in_the_total():
    text = """
[scores.part]
kind = "engagement"
feeds = "engagement"

[rules.form]
on = { submits = "contact" }
points = { part = 10 }
limit = { times = 1 }
"""
    assert messages(text + THRESHOLD.format("engagement", "at_least = 11"))
    assert messages(text + THRESHOLD.format("engagement", "at_least = 10")) == []


@pytest.mark.parametrize(
    "lift",
    [
        '[decay.d]\nscore = "engagement"\ncounts_as_activity = ["submits"]\nsteps = [{ after = "30d", set = 90 }]',
        '[thresholds.r]\nwhen = { mark = "x" }\nthen = [{ reset = "engagement", to = 90 }]',
        '[inputs.i]\nfield = "review"\nscore = "engagement"\nat_least = 0\nat_most = 90\n[fields]\nreview = { type = "number" }',
    ],
    ids=["decay-set", "reset", "input"],
)
def test_a_score_can_be_set_and_imported(lift):
    text = events("points = { engagement = 10 }", "limit = { times = 1 }") + "\n" + lift + "\n"
    assert messages(text + THRESHOLD.format("engagement", "at_least = 100")) == []
    assert messages(text + THRESHOLD.format("engagement", "at_least = 101"))


def test_grades_bands_and_steps():
    grade = (
        '[grades.g]\nstart = "D"\ncriteria.a = { when = { field = "country", is = "France" }, thirds = 2 }\n'
    )
    when = '[thresholds.t]\nwhen = {{ grade = "g", {0} }}\nthen = [{{ notify = "owner" }}]\n'
    assert messages(grade + when.format('at_least = "C"')) == [
        "g goes from F to C-, and thresholds.t asks for C"
    ]
    assert messages(grade + when.format('at_least = "C-"')) == []
    assert messages(grade + when.format('below = "F"'))
    text = events("points = { engagement = 10 }", "limit = { times = 1 }")
    band = '[bands.b]\nscore = "engagement"\ncases = [{ label = "hot", at_least = 11 }, { label = "cold" }]\n'
    assert messages(text + "\n" + band) == ["engagement can reach 10 at most, so nobody gets the label 'hot'"]
    decay = '[decay.d]\nscore = "engagement"\ncounts_as_activity = ["submits"]\nsteps = [{ after = "30d", above = 10, subtract = 5 }]\n'
    assert messages(text + "\n" + decay) == ["engagement can reach 10 at most, so this step never acts"]


def test_a_guard_that_never_shuts_does_no_harm_and_not_turns_the_question():
    text = (
        FIT.format("")
        + '[thresholds.t]\nwhen = { not = { score = "fit", above = 500 } }\nthen = [{ notify = "owner" }]\n'
    )
    assert messages(text) == []
    guard = THRESHOLD.format("fit", "at_least = 40") + 'unless = { score = "fit", above = 500 }\n'
    assert messages(FIT.format("") + guard) == []


def test_a_circle_is_no_reason_to_fail():
    text = '[scores.a]\nkind = "combined"\nsum_of = ["b", "b"]\n[scores.b]\nkind = "combined"\nsum_of = ["a", "a"]\n'
    assert messages(text + THRESHOLD.format("a", "at_least = 5")) == []


# --- open from the start --------------------------------------------------------------------------------------------

GROWS = 'points = { engagement = 10 }\nlimit = { times = 9, per = "1d" }'


@pytest.mark.parametrize(
    ("score", "asked", "is_open"),
    [
        ("start = 50", "at_least = 50", True),
        ("start = 50", "above = 50", False),
        ("", "at_least = 0", True),
        ("", "below = 5", True),
        ("floor = 10", "at_least = 10", True),
        ("ceiling = 90", "at_least = 10", False),
    ],
)
def test_a_threshold_that_is_open_for_a_newcomer(score, asked, is_open):
    text = events(GROWS, score=score) + THRESHOLD.format("engagement", asked)
    assert bool(messages(text, "threshold-open-from-start")) is is_open


@pytest.mark.parametrize(
    "more",
    [
        'required_fields = ["email"]',
        'unless = { field = "country", is = "France" }',
        "unless = { assigned = true }",
    ],
)
def test_what_depends_on_the_person_is_not_judged(more):
    text = events(GROWS, score="start = 50") + THRESHOLD.format("engagement", "at_least = 50") + more
    assert messages(text, "threshold-open-from-start") == []


@pytest.mark.parametrize(
    ("when", "is_open"),
    [
        ('not = { mark = "mql" }', True),
        ('mark = "mql"', False),
        ('any = [{ mark = "a" }, { not = { mark = "b" } }]', True),
        ('all = [{ not = { mark = "b" } }, { assigned = false }]', False),
        ('visited = "any-page", at_most = 3', True),
        ('visited = "any-page"', False),
    ],
)
def test_what_has_not_happened_yet(when, is_open):
    text = f'[thresholds.t]\nwhen = {{ {when} }}\nthen = [{{ notify = "owner" }}]\n'
    assert bool(messages(text, "threshold-open-from-start")) is is_open


def test_facts_may_hold_on_the_first_day_or_not():
    text = FIT.format("") + THRESHOLD.format("fit", "at_least = 30")
    assert messages(text, "threshold-open-from-start") == []


# --- one event from where decay rests -------------------------------------------------------------------------------

REST = """
[decay.d]
score = "engagement"
counts_as_activity = ["submits"]
steps = [{{ after = "90d", {0} }}]
{1}
"""


@pytest.mark.parametrize(
    ("step", "stop", "points", "found"),
    [
        ("percent = 10", "stop_at = 50", 50, True),
        ("percent = 10", "stop_at = 50", 49, False),
        ("at_least = 60, set = 60", "", 40, True),
        ("percent = 10", "", 40, False),
        ("percent = 10", "stop_at = 50", 100, False),
        ("percent = 10", "stop_at = 100", 50, False),
    ],
    ids=["stop-at", "not-enough", "set", "rests-at-0", "newcomers-pass-too", "over-it-already"],
)
def test_one_event_from_rest(step, stop, points, found):
    text = (
        events(f"points = {{ engagement = {points} }}")
        + REST.format(step, stop)
        + THRESHOLD.format("engagement", "at_least = 100")
    )
    assert bool(messages(text, "one-event-from-rest")) is found


def test_one_event_from_rest_where_a_threshold_asks_for_more_than_the_score():
    when = 'all = [{ score = "engagement", at_least = 100 }, { mailable = true }]'
    text = events("points = { engagement = 50 }") + REST.format("percent = 10", "stop_at = 50")
    text += f'[thresholds.t]\nwhen = {{ {when} }}\nthen = [{{ notify = "owner" }}]\n'
    assert len(messages(text, "one-event-from-rest")) == 1
    assert messages(text.replace("all = ", "any = "), "one-event-from-rest") == []
