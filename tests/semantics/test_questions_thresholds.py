"""Questions 49 to 63: thresholds, marks, the population, the model's life."""

from __future__ import annotations

import pytest

from scorewright.model.history import Person
from scorewright.semantics import run
from tests.semantics.play import LEAD, Story, spec

BASE = (
    LEAD
    + """
[marks]
mql = {}
quiet = {}
[fields]
kept = { type = "number" }
when-hot = { type = "date" }
[assets]
demo = { form = "Demo" }
[rules.page]
on = { visits = "any-page" }
points = { lead = 50 }
[rules.left]
on = { unsubscribes = true }
points = { lead = -60 }
"""
)


def _hot(when='{ score = "lead", at_least = 100 }', then="[{ notify = 'owner' }]", more=""):
    return f"{BASE}\n[thresholds.hot]\nwhen = {when}\nthen = {then}\n{more}\n"


def _at(day, hour=10):
    return f"2026-01-{day:02}T{hour:02}:00:00"


def _fired(*days, hour=10):
    return [_at(day, hour)[:-3] for day in days]


def test_q49_it_fires_where_it_is_open_and_was_not_before():
    """At 100, not at 150, not on the way down, again when it opens anew."""
    story = Story(_hot())
    for day in (2, 3, 4):
        story.visits(_at(day))
    story.happens(_at(5), "unsubscribes").happens(_at(6), "unsubscribes").visits(_at(7)).visits(_at(8))
    assert story.lead(*(_at(day) for day in range(2, 9))) == [50, 100, 150, 90, 30, 80, 130]
    assert story.fired("hot") == _fired(3, 8)


def test_q49_a_field_change_can_be_what_opens_it():
    when = "{ all = [{ score = 'lead', at_least = 50 }, { field = 'country', is = 'France' }] }"
    story = Story(_hot(when)).visits(_at(2)).sets(_at(3), "country", "France")
    assert story.fired("hot") == _fired(3)


def test_q49_required_fields_must_be_known():
    story = Story(_hot(more="required_fields = ['email', 'company']"), fields={"email": "a@example.com"})
    story.visits(_at(2)).visits(_at(3)).sets(_at(4), "company", " ").sets(_at(5), "company", "Acme")
    assert story.fired("hot") == _fired(5)


def test_q49_above_and_at_least_are_two_words():
    story = Story(_hot("{ score = 'lead', above = 100 }"))
    assert story.visits(_at(2)).visits(_at(3)).visits(_at(4)).fired("hot") == _fired(4)


DECAY = """
[decay.silence]
score = "lead"
counts_as_activity = ["visits"]
steps = [{ after = "30d", subtract = 20 }]
then = [{ mark = "quiet" }]
"""


def test_q50_a_tick_never_fires():
    """The mark of a decay opens it: it fires at the next event that finds it so."""
    story = Story(_hot("{ mark = 'quiet' }") + DECAY).visits(_at(1, 12))
    assert story.fired("hot") == []
    assert story.happens("2026-02-20T09:00:00", "searches").fired("hot") == ["2026-02-20T09:00"]


def test_q50_a_reroll_is_one_moment():
    """CEO (15) becomes Director (10) at 130 in all: 125, and nothing is crossed on the way."""
    body = _hot() + '[tiers.title]\nscore = "lead"\nfield = "job-title"\n'
    body += 'cases = [{ contains_word = "CEO", points = 15 }, { contains_word = "Director", points = 10 }]\n'
    story = Story(body, fields={"job-title": "CEO"}, scores={"lead": 115})
    story.sets(_at(2), "job-title", "Director")
    assert story.lead(_at(1), _at(2)) == [130, 125]
    assert story.fired("hot") == []


def test_q50_an_event_that_gives_20_and_takes_30_crosses_nothing():
    """At 90 with a threshold of 100."""
    body = _hot() + "[rules.a]\non = { searches = true }\npoints = { lead = 20 }\n"
    body += "[rules.z]\non = { searches = true }\npoints = { lead = -30 }\n"
    story = Story(body, scores={"lead": 90}).happens(_at(2), "searches")
    assert (story.lead(_at(2)), story.fired("hot")) == (80, [])


def test_q51_a_tick_closes_it():
    """100, decayed to 80, and 50 more: two crossings."""
    story = Story(_hot() + DECAY).visits(_at(1)).visits(_at(2)).visits("2026-02-20T10:00:00")
    assert story.lead("2026-02-01", "2026-02-02", "2026-02-20T10:00:00") == [100, 80, 130]
    assert story.fired("hot") == [_at(2)[:-3], "2026-02-20T10:00"]


def test_q51_a_mark_of_decay_on_a_score_that_is_held_above_the_wake_up():
    """Who was remembered as open would never be handed over."""
    when = "{ all = [{ mark = 'quiet' }, { score = 'lead', above = 8 }] }"
    body = _hot(when, "[{ unmark = 'quiet' }, { notify = 'owner' }]") + DECAY + "stop_at = 50\n"
    story = Story(body).visits(_at(1)).visits(_at(2)).visits("2026-03-01T10:00:00")
    assert story.fired("hot") == ["2026-03-01T10:00"]
    assert story.marks("2026-02-28", "2026-03-01T10:00:00") == [{"quiet"}, set()]


def test_q51_an_action_of_another_threshold_does_not_open_it_at_once():
    body = (
        _hot(then="[{ mark = 'mql' }]")
        + '[thresholds.next]\nwhen = { mark = "mql" }\nthen = [{ mark = "quiet" }]\n'
    )
    story = Story(body).visits(_at(2)).visits(_at(3))
    assert (story.fired("hot"), story.fired("next")) == (_fired(3), [])
    assert story.happens(_at(4), "searches").fired("next") == _fired(4)


def test_q51_an_action_can_close_it():
    body = _hot(then="[{ reset = 'lead', to = 40 }]")
    story = Story(body).visits(_at(2)).visits(_at(3)).visits(_at(4)).visits(_at(5))
    assert story.lead(*(_at(day) for day in range(2, 6))) == [50, 40, 90, 40]
    assert story.fired("hot") == _fired(3, 5)


def test_q52_the_order_of_a_moment():
    """Points, clamp, the rule's actions, one look, then the threshold's actions; copies are of the look."""
    then = "[{ reset = 'lead', to = 7 }, { snapshot = 'lead', in = 'kept' }, { stamp = 'when-hot' }]"
    body = _hot("{ all = [{ score = 'lead', is = 120 }, { mark = 'quiet' }] }", then)
    body = body.replace('kind = "engagement"', 'kind = "engagement"\nceiling = 120')
    body += '[rules.demo]\non = { visits = "any-page" }\nthen = [{ mark = "quiet" }]\n'
    story = Story(body, scores={"lead": 100}).visits(_at(2))
    assert story.fired("hot") == _fired(2)
    assert (story.lead(_at(2)), story.field("kept", _at(2))) == (7, 120)
    assert story.field("when-hot", _at(2)) == _at(2)


def test_q52_nothing_cascades_within_a_moment():
    """A reset by one threshold does not keep another from firing in the same look."""
    body = _hot(then="[{ reset = 'lead', to = 0 }]")
    body += "[thresholds.also]\nwhen = { score = 'lead', at_least = 50 }\nthen = [{ mark = 'mql' }]\n"
    story = Story(body, scores={"lead": 0}, marks=["quiet"]).visits(_at(2)).visits(_at(3))
    assert (story.fired("hot"), story.fired("also")) == (_fired(3), _fired(2))


def test_q53_two_that_open_in_one_moment_both_fire():
    levels = "".join(
        f"[thresholds.at-{level}]\nwhen = {{ score = 'lead', at_least = {level} }}\nthen = [{{ mark = 'mql' }}]\n"
        for level in (30, 70, 100, 130)
    )
    body = BASE + levels + "[rules.demo]\non = { submits = 'demo' }\npoints = { lead = 120 }\n"
    story = Story(body).submits(_at(2), "demo")
    assert [len(story.fired(f"at-{level}")) for level in (30, 70, 100, 130)] == [1, 1, 1, 0]


RAISE = "or_on = [{ submits = 'demo' }]\n"


def test_q54_a_hand_raiser_is_an_event():
    """One demo request, recycled later: one firing; as a condition it would be handed over at the recycling."""
    then = "[{ mark = 'mql' }]"
    recycle = "[rules.recycle]\non = { searches = true }\nthen = [{ unmark = 'mql' }]\n"
    raiser = _hot(then=then, more=RAISE + "unless = { mark = 'mql' }\n") + recycle
    condition = "{ any = [{ score = 'lead', at_least = 100 }, { submitted = 'demo' }] }"
    asked = _hot(condition, then, "unless = { mark = 'mql' }\n") + recycle
    for body, days in ((raiser, (2,)), (asked, (2, 5))):
        story = Story(body).submits(_at(2), "demo").visits(_at(3)).happens(_at(5), "searches")
        assert story.fired("hot") == _fired(*days)


def test_q54_it_fires_whatever_the_scores_each_time_and_not_when_it_is_shut():
    story = Story(_hot(more=RAISE)).submits(_at(2), "demo").submits(_at(3), "demo")
    assert story.fired("hot") == _fired(2, 3)
    story = Story(_hot(more=RAISE + "unless = { mark = 'mql' }\n"), marks=["mql"]).submits(_at(2), "demo")
    assert story.fired("hot") == []
    story = Story(_hot(more=RAISE + "required_fields = ['email']\n")).submits(_at(2), "demo")
    assert story.fired("hot") == []


def test_q54_raising_and_crossing_in_one_moment_is_one_firing():
    body = _hot(more=RAISE) + "[rules.demo]\non = { submits = 'demo' }\npoints = { lead = 100 }\n"
    assert Story(body).submits(_at(2), "demo").fired("hot") == _fired(2)


def test_q54_before_the_model_starts_nobody_raises_a_hand():
    story = Story(_hot(more=RAISE), head="starts = 2026-01-10")
    story.submits(_at(2), "demo").submits(_at(3), "demo", known=_at(12)).submits(_at(14), "demo")
    assert story.fired("hot") == _fired(14)


def _up_and_down(story, *days):
    for day in days:
        story.visits(_at(day, 9)).visits(_at(day)).happens(_at(day, 11), "unsubscribes")
        story.happens(_at(day, 12), "unsubscribes")
    return story


def test_q55_it_fires_again_unless_a_limit_says_no():
    body = _hot().replace("lead = -60", "lead = -50")
    assert _up_and_down(Story(body), 2, 3, 9, 10).fired("hot") == _fired(2, 3, 9, 10)
    limited = body + 'limit = { times = 1, per = "7d" }\n'
    assert _up_and_down(Story(limited), 2, 3, 9, 10).fired("hot") == _fired(2, 9)
    once = body + "limit = { times = 1 }\n"
    assert _up_and_down(Story(once), 2, 3, 9).fired("hot") == _fired(2)


def test_q55_what_a_limit_blocks_is_lost_until_it_opens_anew():
    """Open from the 3rd on, blocked; on the 20th the limit would let it through, but nothing opens."""
    body = _hot(more='limit = { times = 1, per = "7d" }').replace("lead = -60", "lead = -50")
    story = _up_and_down(Story(body), 2).visits(_at(3)).visits(_at(4)).visits(_at(20))
    assert story.fired("hot") == _fired(2)


def test_q55_a_mark_in_unless_says_no():
    body = _hot(then="[{ mark = 'mql' }]", more="unless = { mark = 'mql' }").replace(
        "lead = -60", "lead = -50"
    )
    assert _up_and_down(Story(body), 2, 3).fired("hot") == _fired(2)


def test_q56_recycling_while_the_score_is_still_over_hands_over_again_at_once():
    body = _hot(then="[{ mark = 'mql' }]", more="unless = { mark = 'mql' }")
    body += "[rules.recycle]\non = { searches = true }\nthen = [{ unmark = 'mql' }]\n"
    story = Story(body).visits(_at(2)).visits(_at(3)).happens(_at(5), "searches")
    assert story.fired("hot") == _fired(3, 5)


POPULATION = '[segments.customers]\nwhen = { field = "lead-source", is = "Customer" }\n'
OUT = 'exclude = ["customers"]'


def _in_and_out(body, **more):
    story = Story(body + POPULATION, head=OUT, **more).visits(_at(2)).sets(_at(3), "lead-source", "Customer")
    return story.visits(_at(4)).visits(_at(5)).sets(_at(10), "lead-source", "Web")


def test_q57_outside_scores_marks_and_facts_stand_still():
    facts = '[scores.fit]\nkind = "fit"\n[rules.french]\nwhen = { field = "country", is = "France" }\npoints = { fit = 5 }\n'
    story = _in_and_out(_hot() + facts, fields={"country": "France"}).sets(_at(4), "country", "Spain")
    assert story.lead(_at(2), _at(5), _at(11)) == [50, 50, 50]
    assert story.score("fit", _at(2), _at(5), _at(10)) == [5, 5, 0]


def test_q57_thresholds_are_closed_and_limits_run_on():
    story = _in_and_out(_hot("{ score = 'lead', at_least = 50 }", more='limit = { times = 1, per = "7d" }'))
    assert story.fired("hot") == _fired(2, 10)
    story = _in_and_out(_hot("{ score = 'lead', at_least = 50 }", more='limit = { times = 1, per = "9d" }'))
    assert story.fired("hot") == _fired(2)


def test_q57_awards_do_not_expire_outside_but_on_return():
    body = _hot().replace("points = { lead = 50 }", 'points = { lead = 50 }\nexpires = "4d"')
    assert _in_and_out(body).lead(_at(5), _at(9), _at(10)) == [50, 50, 0]
    body = _hot().replace(
        "points = { lead = 50 }", 'points = { lead = 50 }\nfades = { subtract = 15, every = "2d" }'
    )
    assert _in_and_out(body).lead(_at(2), _at(9), _at(10), _at(12)) == [50, 50, 0, 0]


def test_q58_events_from_outside_stay_unscored_and_who_is_over_a_threshold_is_handed_over():
    story = _in_and_out(_hot(), scores={"lead": 60})
    assert story.lead(_at(2), _at(12)) == [110, 110]
    assert story.fired("hot") == _fired(2, 10)


def test_q58_who_enters_on_a_day_is_handed_over_at_the_next_event():
    """A tick never fires, not even for those whom it lets in."""
    body = _hot("{ score = 'lead', at_least = 50 }")
    story = Story(body, head="active = { from = 2026-02-01 }", scores={"lead": 60}).visits(
        "2026-02-03T10:00:00"
    )
    assert story.fired("hot") == ["2026-02-03T10:00"]


def test_q58_an_action_that_takes_somebody_out_closes_at_once():
    """Handed over, out by the mark, in again by one field change: handed over again."""
    body = _hot(then="[{ mark = 'mql' }]") + (
        "[segments.done]\nwhen = { all = [{ mark = 'mql' }, { not = { field = 'city', is = 'Back' } }] }\n"
    )
    story = Story(body, head='exclude = ["done"]').visits(_at(2)).visits(_at(3)).sets(_at(4), "city", "Back")
    assert story.fired("hot") == _fired(3, 4)


@pytest.mark.parametrize(("existing", "fired"), [("false", []), ("true", ["2026-01-10T00:00"])])
def test_q59_who_is_past_it_when_the_model_starts(existing, fired):
    body = _hot(more=f"existing = {existing}")
    story = Story(body, head="starts = 2026-01-10", scores={"lead": 150}).visits(_at(3)).visits(_at(12))
    assert story.fired("hot") == fired
    assert story.lead(_at(9), _at(12)) == [150, 200]


@pytest.mark.parametrize(("existing", "count"), [("false", 0), ("true", 1)])
def test_q59_a_person_with_a_past_is_one_of_them(existing, count):
    story = Story(_hot(more=f"existing = {existing}"), scores={"lead": 150}).visits(_at(3))
    assert len(story.fired("hot")) == count


def test_q59_who_is_not_past_it_is_not():
    assert Story(_hot(more="existing = true"), scores={"lead": 50}).fired("hot") == []


def test_q59_with_a_schedule_they_are_handed_over_at_its_hour():
    body = _hot(more='existing = true\nschedule = "noon"') + '[schedules.noon]\nat = ["12:00"]\n'
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
        assert Story(body).happens(_at(2), "searches").marks(_at(2)) == {"mql"}


def test_q60_actions_go_by_element_id():
    body = f"""{BASE}
    [rules.z]
    on = {{ searches = true }}
    then = [{{ set_field = "kept", to = 2 }}]
    [rules.a]
    on = {{ searches = true }}
    then = [{{ set_field = "kept", to = 1 }}]
    """
    assert Story(body).happens(_at(2), "searches").field("kept", _at(2)) == 2


def test_q61_a_new_version_keeps_points_and_marks_computes_what_holds_anew_and_fires_nothing():
    facts = '[scores.fit]\nkind = "fit"\n[rules.french]\nwhen = {{ field = "country", is = "France" }}\npoints = {{ fit = {} }}\n'
    story = Story(_hot() + facts.format(5), fields={"country": "France"}).visits(_at(2)).visits(_at(3))
    before = story.lead(_at(4)), story.score("fit", _at(4))
    assert before == (100, 5)
    newer = Story(
        _hot("{ score = 'lead', at_least = 90 }") + facts.format(20),
        created=_at(4),
        fields={"country": "France"},
        scores={"lead": before[0]},
        marks=["mql"],
    )
    newer.happens(_at(5), "searches")
    assert (newer.lead(_at(5)), newer.score("fit", _at(5)), newer.marks(_at(5))) == (100, 20, {"mql"})
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
        story = Story(body).sets(_at(2), "account-type", "Customer")
        assert story.lead(_at(2)) == 10
    assert run(model, Person(0), 10**6).changes == ()


SCHEDULED = (
    _hot(more='schedule = "morning"\n' + RAISE) + '[schedules.morning]\nat = ["08:00"]\ndays = ["tue"]\n'
)
# 6, 13, 20 and 27 January 2026 are Tuesdays.


def test_a_threshold_with_a_schedule_is_looked_at_at_its_hours_only():
    story = Story(SCHEDULED).visits(_at(7)).visits(_at(8))
    assert story.fired("hot") == _fired(13, hour=8)


def test_its_hand_raisers_fire_at_once_all_the_same():
    assert Story(SCHEDULED).submits(_at(7), "demo").fired("hot") == _fired(7)


def test_what_was_open_only_between_its_hours_is_never_seen():
    story = Story(SCHEDULED).visits(_at(7)).visits(_at(8)).happens(_at(9), "unsubscribes")
    assert story.fired("hot") == []


def test_an_hour_of_a_schedule_is_a_tick_to_all_that_do_not_run_by_it():
    """A decay at noon sets a mark: the threshold without a schedule waits for an event."""
    body = _hot("{ mark = 'quiet' }") + DECAY + 'schedule = "noon"\n[schedules.noon]\nat = ["12:00"]\n'
    story = Story(body).visits(_at(1))
    assert story.marks("2026-01-31", "2026-01-31T12:00:00") == [set(), {"quiet"}]
    assert story.fired("hot", "2026-03-01") == []


def test_a_limit_by_visit_lets_a_threshold_fire_once_in_a_visit():
    body = _hot(more=RAISE + 'limit = { times = 1, per = "visit" }')
    story = Story(body)
    for minute in (0, 10, 20):
        story.submits(f"2026-01-02T10:{minute:02}:00", "demo")
    assert story.submits("2026-01-02T11:00:00", "demo").fired("hot") == [
        "2026-01-02T10:00",
        "2026-01-02T11:00",
    ]


def test_silence_and_wake_up():
    """A silent person at 40 is set to 3 and marked, and nobody is told of it until they are back."""
    body = (
        LEAD
        + """
    [marks]
    inactive = {}
    [rules.page]
    on = { visits = "any-page" }
    points = { lead = 1 }
    [decay.gone-quiet]
    score = "lead"
    counts_as_activity = ["visits"]
    steps = [{ after = "30d", at_least = 3, set = 3 }]
    then = [{ mark = "inactive" }]
    [thresholds.back]
    when.all = [{ mark = "inactive" }, { score = "lead", above = 8 }]
    then = [{ unmark = "inactive" }, { notify = "owner" }]
    """
    )
    story = Story(body, scores={"lead": 39}).visits(_at(1))
    for minute in range(8):
        story.visits(f"2026-03-01T10:{minute:02}:00")
    assert story.lead(_at(1), "2026-02-01", "2026-03-01T10:07:00") == [40, 3, 11]
    assert story.fired("back") == ["2026-03-01T10:05"]
    assert story.marks("2026-02-20", "2026-03-02") == [{"inactive"}, set()]
