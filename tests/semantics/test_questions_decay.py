"""Questions 40 to 48: what silence takes."""

from __future__ import annotations

import pytest

from scorewright.semantics.examples import run_example
from tests.semantics.play import LEAD, Story, spec


def _decay(steps, more="", score=LEAD, activity='["visits"]'):
    return f"""{score}
[decay.silence]
score = "lead"
counts_as_activity = {activity}
steps = [ {steps} ]
{more}
"""


def _silent(body, lead, *days, **more):
    """A person at a score, last active on 1 January at noon, on the days that have so many days of silence."""
    story = Story(body, scores={"lead": lead}, **more).visits("2026-01-01T12:00:00")
    return story.lead(*(_day(days_of_silence) for days_of_silence in days))


def _day(silence):
    """The day's start at which a silence since 1 January, noon, is so many days and a half old."""
    from datetime import date, timedelta

    return (date(2026, 1, 2) + timedelta(days=silence)).isoformat()


GOLDEN = (
    "{ after = '30d', subtract = 10 }, { after = '60d', subtract = 10 }, "
    "{ after = '90d', subtract = 20 }, { after = '180d', set = 0 }"
)


def test_the_golden_case():
    assert _silent(_decay(GOLDEN), 95, 29, 30, 60, 90, 180) == [95, 85, 75, 55, 0]


def test_q44_the_golden_case_with_a_level_to_stop_at():
    """stop_at = half of 100: 85, 75, 55, 50; and 30 stays 30."""
    values = "[values]\nmql = 100\nhalf-mql = { percent = 50, of = 'mql' }\n"
    body = _decay(GOLDEN, "stop_at = 'half-mql'", values + LEAD)
    assert _silent(body, 95, 30, 60, 90, 180, 400) == [85, 75, 55, 50, 50]
    assert _silent(body, 30, 30, 180, 400) == [30, 30, 30]
    assert _silent(body, 50, 30, 180) == [50, 50]
    assert _silent(body, 65, 30, 60) == [55, 50]


def test_the_golden_example_as_the_language_writes_it():
    body = (
        """
    [scores.engagement]
    kind = "engagement"
    [decay.silence]
    score = "engagement"
    counts_as_activity = ["attends"]
    steps = ["""
        + GOLDEN
        + """]
    [examples.golden]
    created = 2026-01-01
    scores = { engagement = 95 }
    events = [{ at = 2026-01-01T00:00:00, attends = "any-event" }]
    expect = [
      { at = 2026-04-01, score = "engagement", is = 55 },
      { at = 2026-03-31, score = "engagement", is = 56 },
    ]
    """
    )
    model = spec(body)
    held, failed = run_example(model, model.examples["golden"])
    assert held.held
    assert not failed.held
    assert failed.found == "engagement is 75"


def test_q40_who_was_never_active_is_in_no_silence():
    assert Story(_decay(GOLDEN), scores={"lead": 95}).lead("2026-12-31") == 95


def test_q40_never_active_counts_from_creation():
    story = Story(_decay(GOLDEN, "never_active = true"), created="2026-01-01T12:00:00", scores={"lead": 95})
    assert story.lead("2026-01-31", "2026-02-01") == [95, 85]
    story.visits("2026-02-10T12:00:00")
    assert story.lead("2026-03-12", "2026-03-13") == [85, 75]


def test_q40_activity_outside_the_population_counts():
    body = _decay(GOLDEN) + '[segments.french]\nwhen = { field = "country", is = "France" }\n'
    story = Story(body, head='eligible = "french"', scores={"lead": 95}).visits("2026-01-05T12:00:00")
    story.sets("2026-01-10", "country", "France")
    assert story.lead("2026-02-04", "2026-02-05") == [95, 85]


TWO_SPEED = "{ after = '7d', every = '7d', at_least = 30, subtract = 4 }, { after = '7d', every = '7d', below = 30, subtract = 1 }"


def test_q41_a_step_whose_level_does_not_fit_is_spent_all_the_same():
    """33, -4 from 30 on, -1 below: 29 after a week, 28 after another; not 28 on the eighth day."""
    assert _silent(_decay(TWO_SPEED), 33, 6, 7, 8, 13, 14, 21) == [33, 29, 29, 29, 28, 27]


def test_q41_levels_are_read_before_the_first_step_of_the_tick():
    steps = "{ after = '7d', at_least = 30, subtract = 10 }, { after = '7d', below = 30, subtract = 1 }"
    assert _silent(_decay(steps), 33, 7) == 23


def test_q42_several_that_are_due_go_by_after_each_on_the_result_of_the_one_before():
    """In the population again after 100 days: 80 - 50 % = 40, - 10 = 30, whatever the places; then the set."""
    steps = "{ after = '60d', subtract = 10 }, { after = '30d', percent = 50 }"
    body = _decay(steps) + '[segments.french]\nwhen = { field = "country", is = "France" }\n'
    story = Story(body, head='exclude = ["french"]', scores={"lead": 80}, fields={"country": "France"})
    story.visits("2026-01-01T12:00:00").sets("2026-04-10T12:00:00", "country", "Spain")
    assert story.lead("2026-04-10T12:00:00", "2026-04-11") == [80, 30]


def test_q42_each_time_of_a_step_that_repeats_has_its_own_place():
    """After 25 days: 80 by half at 10 days, 10 less at 15, by half again at 20: 40, 30, 15."""
    steps = "{ after = '15d', subtract = 10 }, { after = '10d', every = '10d', percent = 50 }"
    story = Story(_decay(steps), head="starts = 2026-01-27", scores={"lead": 80})
    assert story.visits("2026-01-01T12:00:00").lead("2026-01-27") == 15


def test_q42_of_one_length_they_go_by_id():
    first = _decay("{ after = '30d', percent = 50 }").replace("silence", "a")
    second = _decay("{ after = '30d', subtract = 10 }").replace("silence", "b").replace(LEAD, "")
    assert _silent(first + second, 80, 30) == 30
    swapped = first.replace("decay.a", "decay.c") + second
    assert _silent(swapped, 80, 30) == 35


def test_q42_a_model_that_starts_on_somebody_long_silent_takes_all_on_its_first_tick():
    story = Story(_decay(GOLDEN), head="starts = 2026-06-01", scores={"lead": 95}, created="2026-01-01")
    story.visits("2026-01-01T12:00:00")
    assert story.lead("2026-05-31", "2026-06-01") == [95, 55]


def test_q43_set_means_set():
    assert _silent(_decay("{ after = '30d', set = 3 }"), 1, 30) == 3
    assert _silent(_decay("{ after = '30d', set = 3 }"), -10, 30) == 3
    assert _silent(_decay("{ after = '30d', set = 3 }"), 40, 30) == 3


MARKED = "[marks]\nquiet = {}\n"


@pytest.mark.parametrize(
    ("lead", "after", "marked"), [(40, 3, True), (3, 3, True), (2, 2, False), (-10, -10, False)]
)
def test_q43_a_level_beside_it_says_who_is_meant_and_then_is_done_for_them(lead, after, marked):
    """0 and -10 are not raised."""
    body = _decay("{ after = '30d', at_least = 3, set = 3 }", "then = [{ mark = 'quiet' }]") + MARKED
    assert _silent(body, lead, 30) == after
    story = Story(body, scores={"lead": lead}).visits("2026-01-01T12:00:00")
    assert ("quiet" in story.marks(_day(30))) is marked


def test_q44_the_floor_beats_both():
    body = _decay("{ after = '30d', set = 0 }", "stop_at = 10", LEAD + "floor = 20\n")
    assert _silent(body, 80, 30) == 20


def test_q44_who_stands_at_the_level_or_below_is_left_alone_also_by_a_set():
    body = _decay("{ after = '30d', set = 60 }", "stop_at = 50")
    assert [_silent(body, lead, 30) for lead in (80, 55, 50, 30)] == [60, 60, 50, 30]


def test_q44_subtract_and_percent_stop_at_nothing_unless_told():
    assert _silent(_decay("{ after = '30d', subtract = 10 }"), 4, 30) == 0
    assert _silent(_decay("{ after = '30d', subtract = 10 }"), -4, 30) == -4
    assert _silent(_decay("{ after = '30d', subtract = 10 }", "stop_at = -20"), -4, 30) == -14


EVERY = "{ after = '10d', every = '10d', subtract = 12 }"


def test_q45_the_cap_counts_what_was_really_taken_since_the_last_activity():
    body = _decay(EVERY, "limit = { points = 30, per = 'silence' }")
    assert _silent(body, 100, 10, 20, 30, 40) == [88, 76, 70, 70]
    story = Story(body, scores={"lead": 100}).visits("2026-01-01T12:00:00").visits("2026-03-01T12:00:00")
    assert story.lead("2026-03-11", "2026-03-12", "2026-06-01") == [70, 58, 40]


def test_q45_what_a_floor_or_a_stop_held_back_was_not_taken():
    """From 25 under a floor of 20 the first step takes 5; of the cap of 30 there are 25 left."""
    limit = "limit = { points = 30, per = 'silence' }"
    body = _decay(
        EVERY,
        limit,
        LEAD + 'floor = 20\n[rules.form]\non = { submits = "any-form" }\npoints = { lead = 80 }\n',
    )
    story = Story(body, scores={"lead": 25}).visits("2026-01-01T12:00:00").submits("2026-01-15")
    assert story.lead(_day(10), "2026-01-15", _day(20), _day(30), _day(40)) == [20, 100, 88, 76, 75]


def test_q45_a_set_is_not_counted():
    steps = "{ after = '10d', at_least = 50, set = 50 }, { after = '20d', every = '10d', subtract = 12 }"
    body = _decay(steps, "limit = { points = 30, per = 'silence' }")
    assert _silent(body, 100, 10, 20, 30, 40) == [50, 38, 26, 20]


def test_q46_a_step_whose_when_is_false_is_spent():
    body = _decay(GOLDEN, "when = { field = 'country', is = 'France' }")
    story = Story(body, scores={"lead": 95}).visits("2026-01-01T12:00:00")
    story.sets("2026-02-15", "country", "France")
    assert story.lead(_day(30), "2026-02-16", _day(60)) == [95, 95, 85]


def test_q46_outside_the_population_nothing_is_due_and_the_real_silence_counts_on_return():
    body = _decay(GOLDEN) + '[segments.french]\nwhen = { field = "country", is = "France" }\n'
    story = Story(body, head='exclude = ["french"]', scores={"lead": 95}).visits("2026-01-01T12:00:00")
    story.sets("2026-01-20", "country", "France").sets("2026-02-15T12:00:00", "country", "Spain")
    assert story.lead(_day(30), "2026-02-15T12:00:00", "2026-02-16", _day(60)) == [95, 95, 85, 75]


def test_q48_percent_of_nothing_or_less_is_nothing():
    percent = "{ after = '30d', percent = 50 }"
    assert [_silent(_decay(percent), lead, 30) for lead in (95, 1, 0, -10)] == [47, 0, 0, -10]
    assert _silent(_decay(percent, "stop_at = -50"), -10, 30) == -10


def test_q48_ten_percent_of_95_in_one_silence_is_85():
    assert _silent(_decay("{ after = '30d', percent = 10 }"), 95, 30, 31, 400) == [85, 85, 85]


STEPS = "{ after = '30d', subtract = 10 }, { after = '60d', subtract = 10 }, { after = '90d', subtract = 20 }"


def test_steps_are_done_once_in_a_silence():
    """Points lost at day 30, 60, 90, 120, 150."""
    lost = [200 - score for score in _silent(_decay(STEPS), 200, 30, 60, 90, 120, 150)]
    assert lost == [10, 20, 40, 40, 40]


def test_steps_are_armed_again_by_the_next_activity():
    """With a visit on day 45, and on day 40."""
    story = (
        Story(_decay(STEPS), scores={"lead": 200}).visits("2026-01-01T00:00:00").visits("2026-02-15T00:00:00")
    )
    assert [200 - lead for lead in story.lead("2026-02-14", "2026-04-17", "2026-05-17")] == [10, 30, 50]
    far = _decay("{ after = '30d', subtract = 10 }, { after = '180d', subtract = 20 }")
    story = Story(far, scores={"lead": 200}).visits("2026-01-01T00:00:00").visits("2026-02-10T00:00:00")
    assert 200 - story.lead("2026-06-10") == 20


AWARDS = """
[rules.page]
on = { visits = "any-page" }
points = { lead = 1 }
[rules.search]
on = { searches = true }
points = { other = 1 }
[rules.open]
on = { opens = "any-email" }
points = { part = 1 }
[scores.other]
kind = "engagement"
[scores.part]
kind = "engagement"
feeds = "lead"
"""


@pytest.mark.parametrize(
    ("verb", "what", "after"),
    [
        ("visits", "any-page", 51),
        ("searches", "", 40),
        ("opens", "any-email", 51),
        ("submits", "any-form", 40),
    ],
)
def test_awards_to_the_decaying_score_end_its_silence_also_by_what_feeds_it(verb, what, after):
    body = _decay("{ after = '30d', subtract = 10 }", AWARDS, activity='"awards"')
    story = Story(body, scores={"lead": 49}).visits("2026-01-01T12:00:00").happens("2026-01-20", verb, what)
    assert story.lead(_day(30)) == after


def test_a_decay_by_a_schedule_is_done_at_its_hours():
    body = (
        _decay("{ after = '30d', subtract = 10 }", 'schedule = "noon"')
        + '[schedules.noon]\nat = ["12:00"]\ndays = ["mon"]\n'
    )
    story = Story(body, scores={"lead": 50}).visits("2026-01-01T12:00:00")
    # 31 January is a Saturday.
    assert story.lead("2026-02-01", "2026-02-02T11:59:59", "2026-02-02T12:00:00") == [50, 50, 40]


def test_then_is_done_for_each_step_that_acts_after_all_of_them():
    body = (
        _decay(GOLDEN, "then = [{ snapshot = 'lead', in = 'kept' }, { mark = 'quiet' }]")
        + MARKED
        + "[fields]\nkept = { type = 'number' }\n"
    )
    story = Story(body, head="starts = 2026-05-01", scores={"lead": 95}).visits("2026-01-01T12:00:00")
    assert story.field("kept", "2026-05-01") == 55


def test_an_award_after_a_wait_ends_the_silence_when_it_is_given():
    body = _decay("{ after = '30d', subtract = 10 }", activity='"awards"')
    body += '[rules.form]\non = { submits = "any-form" }\nwait = "20d"\npoints = { lead = 5 }\n'
    story = Story(body, scores={"lead": 50}).submits("2026-01-01T12:00:00")
    assert story.lead("2026-01-22", "2026-02-20", "2026-02-21") == [55, 55, 45]
