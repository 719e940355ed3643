"""What is done within one moment, seen on one day: no tick comes between that could set things right."""

from __future__ import annotations

import pytest

from tests.semantics.play import LEAD, Story

BASE = (
    LEAD
    + """
[marks]
mql = {}
done = {}
[segments.over]
when = { mark = "done" }
[rules.page]
on = { visits = "any-page" }
points = { lead = 50 }
"""
)
RESET = "[thresholds.hot]\nwhen = { score = 'lead', at_least = 100 }\nthen = [{ reset = 'lead', to = 60 }]\n"
PLAIN = "[thresholds.hot]\nwhen = { score = 'lead', at_least = 100 }\nthen = [{ mark = 'mql' }]\n"


def _at(hour, minute=0):
    return f"2026-01-02T{hour:02}:{minute:02}:00"


def _fired(*hours):
    return [_at(hour)[:-3] for hour in hours]


def test_a_threshold_that_its_own_action_closes_fires_at_the_very_next_event():
    story = Story(BASE + RESET)
    for hour in (9, 10, 11, 12):
        story.visits(_at(hour))
    assert story.lead(_at(9), _at(10), _at(11), _at(12)) == [50, 60, 60, 60]
    assert story.fired("hot") == _fired(10, 11, 12)


def test_a_rules_action_that_takes_somebody_out_shuts_the_thresholds_of_that_moment():
    body = (
        BASE
        + PLAIN
        + "[rules.search]\non = { searches = true }\npoints = { lead = 100 }\nthen = [{ mark = 'done' }]\n"
    )
    out = Story(body, head='exclude = ["over"]').happens(_at(9), "searches")
    assert (out.lead(_at(9)), out.fired("hot")) == (100, [])
    assert Story(body).happens(_at(9), "searches").fired("hot") == _fired(9)


def test_a_thresholds_action_that_takes_somebody_out_shuts_it():
    body = BASE + PLAIN.replace("mql", "done")
    body = body.replace(
        'when = { mark = "done" }',
        'when.all = [{ mark = "done" }, { not = { field = "city", is = "Back" } }]',
    )
    story = (
        Story(body, head='exclude = ["over"]').visits(_at(9)).visits(_at(10)).sets(_at(11), "city", "Back")
    )
    assert story.fired("hot") == _fired(10, 11)


WAIT = "[rules.form]\non = { submits = 'any-form' }\nwait = '1h'\npoints = { lead = 100 }\nthen = [{ mark = 'done' }]\n"


def test_the_end_of_a_wait_is_a_whole_moment():
    """Points, actions, the look and what it closes."""
    story = Story(BASE + RESET + WAIT).submits(_at(9)).visits(_at(10, 30))
    assert story.marks(_at(9), _at(10)) == [set(), {"done"}]
    assert story.fired("hot") == ["2026-01-02T10:00", "2026-01-02T10:30"]
    assert Story(BASE + PLAIN + WAIT, head='exclude = ["over"]').submits(_at(9)).fired("hot") == []


def test_rules_that_wait_equally_long_for_one_event_give_at_once():
    """+60 and -70 at 60 cross nothing, and both are there when the wait is over."""
    body = BASE + PLAIN
    for name, points in (("a", 60), ("b", -70)):
        body += (
            f"[rules.{name}]\non = {{ submits = 'any-form' }}\nwait = '1h'\npoints = {{ lead = {points} }}\n"
        )
    story = Story(body, scores={"lead": 60}).submits(_at(9))
    assert story.lead(_at(9), _at(10)) == [60, 50]
    assert story.fired("hot") == []


def test_the_end_of_a_wait_that_gives_nothing_is_no_event():
    """The hour's end finds the threshold open (a window has ended), but nothing has happened."""
    body = (
        BASE
        + "[rules.form]\non = { submits = 'any-form' }\nwait = '2h'\nwhen = { mark = 'done' }\npoints = { lead = 1 }\n"
    )
    body += "[thresholds.hot]\nwhen = { not = { submitted = 'any-form', within = '1h' } }\nthen = [{ mark = 'mql' }]\n"
    story = Story(body, scores={"lead": 1}).submits(_at(9))
    assert story.fired("hot", _at(23)) == []
    assert story.happens(_at(12), "searches").fired("hot", _at(23)) == _fired(12)


def test_an_award_that_expires_closes_and_one_that_ends_opens_nothing():
    body = BASE.replace("points = { lead = 50 }", "points = { lead = 50 }\nexpires = '90min'") + PLAIN
    story = Story(body)
    for hour in (9, 10, 11, 12):
        story.visits(_at(hour))
    # 100 at 10:00, 50 at 10:30, 100 at 11:00 ...
    assert story.fired("hot") == _fired(10, 11, 12)
    minus = BASE.replace("points = { lead = 50 }", "points = { lead = -50 }\nexpires = '90min'") + PLAIN
    minus_story = Story(minus, scores={"lead": 120}).visits(_at(9))
    assert minus_story.lead(_at(9), _at(10, 30)) == [70, 120]
    assert minus_story.fired("hot") == []
    assert minus_story.happens(_at(12), "searches").fired("hot") == _fired(12)


def test_an_award_fades_at_its_own_hours():
    body = BASE.replace(
        "points = { lead = 50 }", "points = { lead = 50 }\nfades = { subtract = 20, every = '1h' }"
    )
    story = Story(body).visits(_at(9))
    assert story.lead(_at(9, 59), _at(10), _at(11), _at(12)) == [50, 30, 10, 0]
    reasons = [change.reason for change in story.timeline(story.clock.read(_at(20))).changes]
    assert reasons == ["award", "faded", "faded", "faded"]


def test_an_hour_is_a_whole_moment():
    body = BASE + RESET + 'schedule = "twice"\n[schedules.twice]\nat = ["08:00", "12:00"]\n'
    story = Story(body, scores={"lead": 0}).visits(_at(6)).visits(_at(7)).visits(_at(10))
    assert story.lead(_at(7), _at(8), _at(10), _at(12)) == [100, 60, 110, 60]
    assert story.fired("hot") == _fired(8, 12)


def test_the_models_start_is_a_whole_moment():
    story = Story(BASE + RESET + "existing = true\n", head="starts = 2026-01-02", scores={"lead": 100})
    assert story.visits(_at(9)).fired("hot") == _fired(0, 9)


@pytest.mark.parametrize(("starts", "fired"), [("2026-01-01", 1), ("2026-01-02", 0)])
def test_who_is_created_when_the_model_starts_is_new(starts, fired):
    body = BASE + PLAIN.replace("100", "0")
    assert len(Story(body, head=f"starts = {starts}", fields={"city": "Nantes"}).fired("hot")) == fired


def test_a_person_with_marks_has_a_past():
    body = BASE + "[thresholds.hot]\nwhen = { mark = 'mql' }\nthen = [{ mark = 'done' }]\n"
    assert Story(body, marks=["mql"]).fired("hot") == []


LABELS = (
    BASE
    + RESET
    + """
[fields]
tier = { type = "text" }
[bands.tier]
score = "lead"
field = "tier"
cases = [{ label = "A", at_least = 100 }, { label = "B", at_least = 60 }, { label = "C" }]
[thresholds.tier-a]
when = { field = "tier", is = "A" }
then = [{ mark = "mql" }]
"""
)


def test_a_label_is_what_the_thresholds_of_the_moment_see_and_follows_their_actions():
    story = Story(LABELS).visits(_at(9)).visits(_at(10))
    assert story.fired("tier-a") == _fired(10)
    assert story.field("tier", _at(8), _at(9), _at(10)) == ["C", "C", "B"]


def test_a_blank_that_becomes_no_value_at_all_has_not_changed():
    body = LEAD + "[rules.city]\non = { changes = 'city' }\npoints = { lead = 1 }\n"
    assert Story(body, fields={"city": " "}).sets(_at(9), "city", None).lead(_at(9)) == 0


def test_what_is_kept_is_kept_from_when_it_was_first_so():
    body = (
        LEAD + "[rules.city]\nwhen = { field = 'city', is = 'Nantes' }\npoints = { lead = 1 }\nkeep = true\n"
    )
    story = (
        Story(body, fields={"city": "Paris"}).sets(_at(9), "city", "Nantes").sets(_at(10), "city", "Paris")
    )
    assert story.lead(_at(8), _at(9), _at(10)) == [0, 1, 1]
