"""Questions 57 to 63: the population, the start and the life of a model, the order of what one moment does."""

from __future__ import annotations

import pytest

from scorewright.model.history import Person
from scorewright.semantics import run
from tests.semantics.handing_over import BASE, fired, hot, instant
from tests.semantics.play import LEAD, Story, spec

POPULATION = '[segments.customers]\nwhen = { field = "lead-source", is = "Customer" }\n'

OUT = 'exclude = ["customers"]'


def _in_and_out(body, **more):
    story = (
        Story(body + POPULATION, head=OUT, **more)
        .visits(instant(2))
        .sets(instant(3), "lead-source", "Customer")
    )
    return story.visits(instant(4)).visits(instant(5)).sets(instant(10), "lead-source", "Web")


def test_q57_outside_scores_marks_and_facts_stand_still():
    facts = '[scores.fit]\nkind = "fit"\n[rules.french]\nwhen = { field = "country", is = "France" }\npoints = { fit = 5 }\n'
    story = _in_and_out(hot() + facts, fields={"country": "France"}).sets(instant(4), "country", "Spain")
    assert story.lead(instant(2), instant(5), instant(11)) == [50, 50, 50]
    assert story.score("fit", instant(2), instant(5), instant(10)) == [5, 5, 0]


def test_q57_thresholds_are_closed_and_limits_run_on():
    story = _in_and_out(hot("{ score = 'lead', at_least = 50 }", more='limit = { times = 1, per = "7d" }'))
    assert story.fired("hot") == fired(2, 10)
    story = _in_and_out(hot("{ score = 'lead', at_least = 50 }", more='limit = { times = 1, per = "9d" }'))
    assert story.fired("hot") == fired(2)


def test_q57_awards_do_not_expire_outside_but_on_return():
    body = hot().replace("points = { lead = 50 }", 'points = { lead = 50 }\nexpires = "4d"')
    assert _in_and_out(body).lead(instant(5), instant(9), instant(10)) == [50, 50, 0]
    body = hot().replace(
        "points = { lead = 50 }", 'points = { lead = 50 }\nfades = { subtract = 15, every = "2d" }'
    )
    assert _in_and_out(body).lead(instant(2), instant(9), instant(10), instant(12)) == [50, 50, 0, 0]


def test_q58_events_from_outside_stay_unscored_and_who_is_over_a_threshold_is_handed_over():
    story = _in_and_out(hot(), scores={"lead": 60})
    assert story.lead(instant(2), instant(12)) == [110, 110]
    assert story.fired("hot") == fired(2, 10)


def test_q58_who_enters_on_a_day_is_handed_over_at_the_next_event():
    """A tick never fires, not even for those whom it lets in."""
    body = hot("{ score = 'lead', at_least = 50 }")
    story = Story(body, head="active = { from = 2026-02-01 }", scores={"lead": 60}).visits(
        "2026-02-03T10:00:00"
    )
    assert story.fired("hot") == ["2026-02-03T10:00"]


def test_q58_an_action_that_takes_somebody_out_closes_at_once():
    """Handed over, out by the mark, in again by one field change: handed over again."""
    body = hot(then="[{ mark = 'mql' }]") + (
        "[segments.done]\nwhen = { all = [{ mark = 'mql' }, { not = { field = 'city', is = 'Back' } }] }\n"
    )
    story = (
        Story(body, head='exclude = ["done"]')
        .visits(instant(2))
        .visits(instant(3))
        .sets(instant(4), "city", "Back")
    )
    assert story.fired("hot") == fired(3, 4)


@pytest.mark.parametrize(("existing", "fired"), [("false", []), ("true", ["2026-01-10T00:00"])])
def test_q59_who_is_past_it_when_the_model_starts(existing, fired):
    body = hot(more=f"existing = {existing}")
    story = (
        Story(body, head="starts = 2026-01-10", scores={"lead": 150}).visits(instant(3)).visits(instant(12))
    )
    assert story.fired("hot") == fired
    assert story.lead(instant(9), instant(12)) == [150, 200]


@pytest.mark.parametrize(("existing", "count"), [("false", 0), ("true", 1)])
def test_q59_a_person_with_a_past_is_one_of_them(existing, count):
    story = Story(hot(more=f"existing = {existing}"), scores={"lead": 150}).visits(instant(3))
    assert len(story.fired("hot")) == count


def test_q59_who_is_not_past_it_is_not():
    assert Story(hot(more="existing = true"), scores={"lead": 50}).fired("hot") == []


def test_q59_with_a_schedule_they_are_handed_over_at_its_hour():
    body = hot(more='existing = true\nschedule = "noon"') + '[schedules.noon]\nat = ["12:00"]\n'
    assert Story(body, scores={"lead": 150}).fired("hot") == ["2026-01-01T12:00"]


def test_q60_a_mark_that_is_set_and_cleared_in_one_moment_is_set():
    for first, second in (("a", "b"), ("b", "a")):
        body = f"""{BASE}
        [rules.{first}]
        on = {{ searches = true }}
        then = [{{ mark = "mql" }}]
        [rules.{second}]
        on = {{ searches = true }}
        then = [{{ unmark = "mql" }}]
        """
        assert Story(body).happens(instant(2), "searches").marks(instant(2)) == {"mql"}


def test_q60_actions_go_by_element_id():
    body = f"""{BASE}
    [rules.z]
    on = {{ searches = true }}
    then = [{{ set_field = "kept", to = 2 }}]
    [rules.a]
    on = {{ searches = true }}
    then = [{{ set_field = "kept", to = 1 }}]
    """
    assert Story(body).happens(instant(2), "searches").field("kept", instant(2)) == 2


def test_q61_a_new_version_keeps_points_and_marks_computes_what_holds_anew_and_fires_nothing():
    facts = '[scores.fit]\nkind = "fit"\n[rules.french]\nwhen = {{ field = "country", is = "France" }}\npoints = {{ fit = {} }}\n'
    story = Story(hot() + facts.format(5), fields={"country": "France"}).visits(instant(2)).visits(instant(3))
    before = story.lead(instant(4)), story.score("fit", instant(4))
    assert before == (100, 5)
    newer = Story(
        hot("{ score = 'lead', at_least = 90 }") + facts.format(20),
        created=instant(4),
        fields={"country": "France"},
        scores={"lead": before[0]},
        marks=["mql"],
    )
    newer.happens(instant(5), "searches")
    assert (newer.lead(instant(5)), newer.score("fit", instant(5)), newer.marks(instant(5))) == (
        100,
        20,
        {"mql"},
    )
    assert newer.fired("hot") == []


def test_q62_segments_may_overlap():
    body = """
    [segments.french]
    when = { field = "country", is = "France" }
    [segments.it]
    when = { field = "industry", is = "IT" }
    [segments.either]
    when.any = [{ segment = "french" }, { segment = "it" }]
    """
    story = Story(body, fields={"country": "France", "industry": "IT"})
    assert [story.inside(name, "2026-01-01") for name in ("french", "it", "either")] == [True, True, True]


def test_q63_a_change_of_the_account_is_one_field_change_for_each_person():
    body = LEAD + '[fields]\naccount-type = { of = "account", type = "text" }\n'
    body += '[rules.customer]\non = { changes = "account-type" }\npoints = { lead = 10 }\n'
    model = spec(body)
    for _ in range(3):
        story = Story(body).sets(instant(2), "account-type", "Customer")
        assert story.lead(instant(2)) == 10
    assert run(model, Person(0), 10**6).changes == ()
