"""Questions 1 to 8: which time counts where."""

from __future__ import annotations

import pytest

from scorewright.semantics.clock import Clock
from tests.semantics.play import LEAD, Story

ONCE_A_DAY = (
    LEAD
    + """
[rules.page]
on = { visits = "any-page" }
points = { lead = 5 }
limit = { times = 1, per = "24h" }
"""
)
STEPS = """
[decay.silence]
score = "lead"
counts_as_activity = ["visits"]
steps = [
  { after = "30d", subtract = 10 },
  { after = "60d", subtract = 10 },
  { after = "90d", subtract = 20 },
  { after = "180d", set = 0 },
]
"""


def test_q01_an_award_exactly_a_window_ago_no_longer_counts():
    story = Story(ONCE_A_DAY).visits("2026-01-02T10:00:00")
    assert story.visits("2026-01-03T09:59:59").lead("2026-01-03T09:59:59") == 5
    assert story.visits("2026-01-03T10:00:00").lead("2026-01-03T10:00:00") == 10


def test_q01_an_event_exactly_a_window_ago_no_longer_counts():
    body = LEAD + '[segments.came]\nwhen = { visited = "any-page", within = "7d" }\n'
    story = Story(body).visits("2026-01-02T10:00:00")
    assert story.inside("came", "2026-01-09T09:59:59", "2026-01-09T10:00:00") == [True, False]


def test_q01_a_date_exactly_so_long_ago_is_no_longer_within():
    body = """
    [fields]
    signed = { type = "date" }
    [segments.fresh]
    when = { field = "signed", within_last = "30d" }
    [segments.old]
    when = { field = "signed", older_than = "30d" }
    [segments.soon]
    when = { field = "signed", within_next = "2d" }
    """
    story = Story(body, fields={"signed": "2026-02-01T12:00:00"})
    times = ("2026-01-30T12:00:00", "2026-01-30T12:00:01", "2026-03-03T11:59:59", "2026-03-03T12:00:00")
    assert story.inside("soon", *times) == [False, True, False, False]
    assert story.inside("fresh", *times) == [False, False, True, False]
    assert story.inside("old", *times) == [False, False, False, True]


def test_q02_the_golden_case_also_over_the_spring_night_that_is_an_hour_short():
    """Ninety days from a midnight in January end at a midnight in summer time: 2,159 hours."""
    story = Story(LEAD + STEPS, zone="Europe/Paris", scores={"lead": 95}).visits("2026-01-01T00:00:00")
    days = ("2026-01-30", "2026-01-31", "2026-03-02", "2026-03-31", "2026-04-01", "2026-06-30")
    assert story.lead(*days) == [95, 85, 75, 75, 55, 0]


def test_q02_a_limit_counts_elapsed_hours_over_that_night():
    """24 hours after 12:00 on the eve it is 13:00."""
    story = Story(ONCE_A_DAY, zone="Europe/Paris").visits("2026-03-28T12:00:00")
    assert story.visits("2026-03-29T12:30:00").lead("2026-03-29T12:30:00") == 5
    assert story.visits("2026-03-29T13:00:00").lead("2026-03-29T13:00:00") == 10


@pytest.mark.parametrize(
    ("last", "noticed"),
    [
        ("2026-01-10T00:00:00", "2026-02-09"),
        ("2026-01-10T00:00:01", "2026-02-10"),
        ("2026-01-10T23:59:59", "2026-02-10"),
    ],
)
def test_q03_a_silence_is_noticed_at_the_first_days_start_when_it_is_long_enough(last, noticed):
    story = Story(LEAD + STEPS, zone="Europe/Paris", scores={"lead": 50}).visits(last)
    day = int(noticed[-2:])
    assert story.lead(f"2026-02-{day - 1:02}T23:59:59", noticed) == [50, 40]


def test_q04_the_tick_comes_before_an_event_of_the_same_instant():
    story = (
        Story(LEAD + STEPS, scores={"lead": 50}).visits("2026-01-01T00:00:00").visits("2026-01-31T00:00:00")
    )
    assert story.lead("2026-01-31", "2026-03-01", "2026-03-02") == [40, 40, 30]


def test_q04_two_events_of_one_instant_are_two_moments_in_the_order_in_which_they_are_told():
    body = """
    [scores.lead]
    kind = "engagement"
    floor = 0
    [assets]
    good = { pages = ["/good"] }
    bad = { pages = ["/bad"] }
    [rules.good]
    on = { visits = "good" }
    points = { lead = 10 }
    [rules.bad]
    on = { visits = "bad" }
    points = { lead = -10 }
    [marks]
    seen = {}
    [thresholds.ten]
    when = { score = "lead", at_least = 10 }
    then = [{ mark = "seen" }]
    """
    at = "2026-01-05T10:00:00"
    assert Story(body).visits(at, "bad").visits(at, "good").lead(at) == 10
    assert Story(body).visits(at, "good").visits(at, "bad").lead(at) == 0
    assert len(Story(body).visits(at, "good").visits(at, "bad").fired("ten")) == 1


@pytest.mark.parametrize(
    ("window", "times", "counted"),
    [
        ("calendar day", ("2026-01-05T23:59:59", "2026-01-06T00:00:00"), 2),
        ("calendar day", ("2026-01-05T00:00:00", "2026-01-05T23:59:59"), 1),
        ("calendar week", ("2026-01-04T23:59:59", "2026-01-05T00:00:00"), 2),  # the 5th is a Monday
        ("calendar week", ("2026-01-05T00:00:00", "2026-01-11T23:59:59"), 1),
        ("calendar month", ("2026-01-31T12:00:00", "2026-02-01T00:00:00"), 2),
        ("calendar quarter", ("2026-01-02T00:00:00", "2026-03-31T23:59:59"), 1),
        ("calendar quarter", ("2026-03-31T23:59:59", "2026-04-01T00:00:00"), 2),
        ("calendar quarter", ("2026-12-31T23:59:59", "2027-01-01T00:00:00"), 2),
        ("calendar year", ("2026-01-02T00:00:00", "2026-12-31T23:59:59"), 1),
        ("calendar year", ("2026-12-31T23:59:59", "2027-01-01T00:00:00"), 2),
    ],
)
def test_q05_calendar_windows_begin_on_the_models_own_calendar(window, times, counted):
    body = ONCE_A_DAY.replace("24h", window)
    story = Story(body, zone="America/Los_Angeles")
    for time in times:
        story.visits(time)
    assert story.lead("2027-06-01") == 5 * counted


PER_VISIT = (
    LEAD
    + """
[rules.page]
on = { visits = "any-page" }
points = { lead = 1 }
limit = { times = 2, per = "visit" }
[rules.deep]
on = { visits = "any-page", at_least = 3, within = "visit" }
points = { lead = 100 }
limit = { times = 1, per = "visit" }
"""
)


def test_q06_a_visit_begins_after_thirty_quiet_minutes():
    story = Story(PER_VISIT).visits("2026-01-05T10:00:00").visits("2026-01-05T10:29:59")
    assert story.lead("2026-01-06") == 2
    assert (
        story.visits("2026-01-05T10:59:58").lead("2026-01-06") == 102
    )  # the third page: limit reached, deep
    assert story.visits("2026-01-05T11:29:58").lead("2026-01-06") == 103  # a new visit


def test_q06_a_visit_begins_where_the_platform_says_so():
    story = Story(PER_VISIT)
    for minute in (0, 1):
        story.visits(f"2026-01-05T10:0{minute}:00")
    story.happens("2026-01-05T10:02:00", "starts_visit")
    for minute in (3, 4):
        story.visits(f"2026-01-05T10:0{minute}:00")
    assert story.lead("2026-01-06") == 4


def test_q06_a_field_that_is_synced_makes_no_visit_longer():
    story = Story(PER_VISIT).visits("2026-01-05T10:00:00").visits("2026-01-05T10:01:00")
    story.sets("2026-01-05T10:20:00", "country", "France").visits("2026-01-05T10:40:00")
    assert story.lead("2026-01-06") == 3


def test_q06_what_becomes_known_late_belongs_to_the_visit_in_which_it_happened():
    story = Story(PER_VISIT).visits("2026-01-05T10:00:00").visits("2026-01-05T10:01:00")
    story.visits("2026-01-07T10:00:00")
    story.visits("2026-01-05T10:02:00", known="2026-01-07T10:01:00")
    assert story.lead("2026-01-08") == 2 + 1 + 100


def test_q06_a_later_visit_takes_nothing_from_an_earlier_one():
    body = LEAD + '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
    story = Story(body + 'limit = { times = 1, per = "visit" }\n').visits("2026-01-07T10:00:00")
    story.visits("2026-01-05T10:00:00", known="2026-01-07T10:01:00")
    assert story.visits("2026-01-05T10:02:00", known="2026-01-07T10:02:00").lead("2026-01-08") == 2


@pytest.mark.parametrize(
    ("shown", "day", "wall"),
    [
        ("02:30", "2026-03-29", "2026-03-29T03:00:00"),  # skipped: the next minute that exists
        ("02:00", "2026-03-29", "2026-03-29T03:00:00"),
        ("01:59", "2026-03-29", "2026-03-29T01:59:00"),
    ],
)
def test_q07_an_hour_that_is_skipped_is_the_next_minute_that_exists(shown, day, wall):
    clock = Clock("Europe/Paris")
    from datetime import date

    assert clock.wall(clock.at(shown, date.fromisoformat(day))).isoformat() == wall


def test_q07_an_hour_that_is_repeated_counts_the_first_time_only():
    body = (
        LEAD
        + """
    [marks]
    hot = {}
    [schedules.night]
    at = ["02:30"]
    [rules.page]
    on = { visits = "any-page" }
    points = { lead = 10 }
    [thresholds.hot]
    when = { score = "lead", at_least = 10 }
    schedule = "night"
    then = [{ mark = "hot" }]
    """
    )
    story = Story(body, zone="Europe/Paris").visits("2026-10-24T12:00:00")
    first = story.clock.read("2026-10-25T02:30:00+02:00")
    fired = [change for change in story.timeline(first + 7200).changes if change.kind == "fired"]
    assert [change.at for change in fired] == [first]


ZONES = (
    LEAD
    + """
[marks]
hot = {}
[segments.paris]
when = { field = "country", is = "France" }
[segments.tokyo]
when = { field = "country", is_any = ["Japan", "France"] }
[schedules.morning]
at = ["08:00"]
timezone = "UTC"
zones = [
  { segment = "paris", timezone = "Europe/Paris" },
  { segment = "tokyo", timezone = "Asia/Tokyo" },
]
[rules.page]
on = { visits = "any-page" }
points = { lead = 10 }
[thresholds.hot]
when = { score = "lead", at_least = 10 }
schedule = "morning"
then = [{ mark = "hot" }]
"""
)


@pytest.mark.parametrize(
    ("country", "fires"),
    [
        ("Chile", "2026-06-03T08:00"),
        ("France", "2026-06-03T06:00"),  # the first zone whose segment they are in
        ("Japan", "2026-06-02T23:00"),
    ],
)
def test_q08_a_schedule_runs_by_the_first_zone_whose_segment_the_person_is_in(country, fires):
    story = Story(ZONES, fields={"country": country}).visits("2026-06-02T12:00:00")
    assert story.fired("hot") == [fires]


def test_q08_it_is_the_zone_of_that_moment():
    story = Story(ZONES, fields={"country": "Chile"}).visits("2026-06-02T22:00:00")
    assert story.sets("2026-06-02T22:30:00", "country", "Japan").fired("hot") == ["2026-06-02T23:00"]
