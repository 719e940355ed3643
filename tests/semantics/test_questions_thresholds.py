"""Questions 49 to 56: thresholds, hand raisers, limits, recycling; and schedules."""

from __future__ import annotations

from tests.semantics.handing_over import BASE, fired, hot, instant
from tests.semantics.play import LEAD, Story


def test_q49_it_fires_where_it_is_open_and_was_not_before():
    """At 100, not at 150, not on the way down, again when it opens anew."""
    story = Story(hot())
    for day in (2, 3, 4):
        story.visits(instant(day))
    story.happens(instant(5), "unsubscribes").happens(instant(6), "unsubscribes").visits(instant(7)).visits(
        instant(8)
    )
    assert story.lead(*(instant(day) for day in range(2, 9))) == [50, 100, 150, 90, 30, 80, 130]
    assert story.fired("hot") == fired(3, 8)


def test_q49_a_field_change_can_be_what_opens_it():
    when = "{ all = [{ score = 'lead', at_least = 50 }, { field = 'country', is = 'France' }] }"
    story = Story(hot(when)).visits(instant(2)).sets(instant(3), "country", "France")
    assert story.fired("hot") == fired(3)


def test_q49_required_fields_must_be_known():
    story = Story(hot(more="required_fields = ['email', 'company']"), fields={"email": "a@example.com"})
    story.visits(instant(2)).visits(instant(3)).sets(instant(4), "company", " ").sets(
        instant(5), "company", "Acme"
    )
    assert story.fired("hot") == fired(5)


def test_q49_above_and_at_least_are_two_words():
    story = Story(hot("{ score = 'lead', above = 100 }"))
    assert story.visits(instant(2)).visits(instant(3)).visits(instant(4)).fired("hot") == fired(4)


DECAY = """
[decay.silence]
score = "lead"
counts_as_activity = ["visits"]
steps = [{ after = "30d", subtract = 20 }]
then = [{ mark = "quiet" }]
"""


def test_q50_a_tick_never_fires():
    """The mark of a decay opens it: it fires at the next event that finds it so."""
    story = Story(hot("{ mark = 'quiet' }") + DECAY).visits(instant(1, 12))
    assert story.fired("hot") == []
    assert story.happens("2026-02-20T09:00:00", "searches").fired("hot") == ["2026-02-20T09:00"]


def test_q50_a_reroll_is_one_moment():
    """CEO (15) becomes Director (10) at 130 in all: 125, and nothing is crossed on the way."""
    body = hot() + '[tiers.title]\nscore = "lead"\nfield = "job-title"\n'
    body += 'cases = [{ contains_word = "CEO", points = 15 }, { contains_word = "Director", points = 10 }]\n'
    story = Story(body, fields={"job-title": "CEO"}, scores={"lead": 115})
    story.sets(instant(2), "job-title", "Director")
    assert story.lead(instant(1), instant(2)) == [130, 125]
    assert story.fired("hot") == []


def test_q50_an_event_that_gives_20_and_takes_30_crosses_nothing():
    """At 90 with a threshold of 100."""
    body = hot() + "[rules.a]\non = { searches = true }\npoints = { lead = 20 }\n"
    body += "[rules.z]\non = { searches = true }\npoints = { lead = -30 }\n"
    story = Story(body, scores={"lead": 90}).happens(instant(2), "searches")
    assert (story.lead(instant(2)), story.fired("hot")) == (80, [])


def test_q51_a_tick_closes_it():
    """100, decayed to 80, and 50 more: two crossings."""
    story = Story(hot() + DECAY).visits(instant(1)).visits(instant(2)).visits("2026-02-20T10:00:00")
    assert story.lead("2026-02-01", "2026-02-02", "2026-02-20T10:00:00") == [100, 80, 130]
    assert story.fired("hot") == [instant(2)[:-3], "2026-02-20T10:00"]


def test_q51_a_mark_of_decay_on_a_score_that_is_held_above_the_wake_up():
    """Who was remembered as open would never be handed over."""
    when = "{ all = [{ mark = 'quiet' }, { score = 'lead', above = 8 }] }"
    body = hot(when, "[{ unmark = 'quiet' }, { notify = 'owner' }]") + DECAY + "stop_at = 50\n"
    story = Story(body).visits(instant(1)).visits(instant(2)).visits("2026-03-01T10:00:00")
    assert story.fired("hot") == ["2026-03-01T10:00"]
    assert story.marks("2026-02-28", "2026-03-01T10:00:00") == [{"quiet"}, set()]


def test_q51_an_action_of_another_threshold_does_not_open_it_at_once():
    body = (
        hot(then="[{ mark = 'mql' }]")
        + '[thresholds.next]\nwhen = { mark = "mql" }\nthen = [{ mark = "quiet" }]\n'
    )
    story = Story(body).visits(instant(2)).visits(instant(3))
    assert (story.fired("hot"), story.fired("next")) == (fired(3), [])
    assert story.happens(instant(4), "searches").fired("next") == fired(4)


def test_q51_an_action_can_close_it():
    body = hot(then="[{ reset = 'lead', to = 40 }]")
    story = Story(body).visits(instant(2)).visits(instant(3)).visits(instant(4)).visits(instant(5))
    assert story.lead(*(instant(day) for day in range(2, 6))) == [50, 40, 90, 40]
    assert story.fired("hot") == fired(3, 5)


def test_q52_the_order_of_a_moment():
    """Points, clamp, the rule's actions, one look, then the threshold's actions; copies are of the look."""
    then = "[{ reset = 'lead', to = 7 }, { snapshot = 'lead', in = 'kept' }, { stamp = 'when-hot' }]"
    body = hot("{ all = [{ score = 'lead', is = 120 }, { mark = 'quiet' }] }", then)
    body = body.replace('kind = "engagement"', 'kind = "engagement"\nceiling = 120')
    body += '[rules.demo]\non = { visits = "any-page" }\nthen = [{ mark = "quiet" }]\n'
    story = Story(body, scores={"lead": 100}).visits(instant(2))
    assert story.fired("hot") == fired(2)
    assert (story.lead(instant(2)), story.field("kept", instant(2))) == (7, 120)
    assert story.field("when-hot", instant(2)) == instant(2)


def test_q52_nothing_cascades_within_a_moment():
    """A reset by one threshold does not keep another from firing in the same look."""
    body = hot(then="[{ reset = 'lead', to = 0 }]")
    body += "[thresholds.also]\nwhen = { score = 'lead', at_least = 50 }\nthen = [{ mark = 'mql' }]\n"
    story = Story(body, scores={"lead": 0}, marks=["quiet"]).visits(instant(2)).visits(instant(3))
    assert (story.fired("hot"), story.fired("also")) == (fired(3), fired(2))


def test_q53_two_that_open_in_one_moment_both_fire():
    levels = "".join(
        f"[thresholds.at-{level}]\nwhen = {{ score = 'lead', at_least = {level} }}\nthen = [{{ mark = 'mql' }}]\n"
        for level in (30, 70, 100, 130)
    )
    body = BASE + levels + "[rules.demo]\non = { submits = 'demo' }\npoints = { lead = 120 }\n"
    story = Story(body).submits(instant(2), "demo")
    assert [len(story.fired(f"at-{level}")) for level in (30, 70, 100, 130)] == [1, 1, 1, 0]


RAISE = "or_on = [{ submits = 'demo' }]\n"


def test_q54_a_hand_raiser_is_an_event():
    """One demo request, recycled later: one firing; as a condition it would be handed over at the recycling."""
    then = "[{ mark = 'mql' }]"
    recycle = "[rules.recycle]\non = { searches = true }\nthen = [{ unmark = 'mql' }]\n"
    raiser = hot(then=then, more=RAISE + "unless = { mark = 'mql' }\n") + recycle
    condition = "{ any = [{ score = 'lead', at_least = 100 }, { submitted = 'demo' }] }"
    asked = hot(condition, then, "unless = { mark = 'mql' }\n") + recycle
    for body, days in ((raiser, (2,)), (asked, (2, 5))):
        story = Story(body).submits(instant(2), "demo").visits(instant(3)).happens(instant(5), "searches")
        assert story.fired("hot") == fired(*days)


def test_q54_it_fires_whatever_the_scores_each_time_and_not_when_it_is_shut():
    story = Story(hot(more=RAISE)).submits(instant(2), "demo").submits(instant(3), "demo")
    assert story.fired("hot") == fired(2, 3)
    story = Story(hot(more=RAISE + "unless = { mark = 'mql' }\n"), marks=["mql"]).submits(instant(2), "demo")
    assert story.fired("hot") == []
    story = Story(hot(more=RAISE + "required_fields = ['email']\n")).submits(instant(2), "demo")
    assert story.fired("hot") == []


def test_q54_raising_and_crossing_in_one_moment_is_one_firing():
    body = hot(more=RAISE) + "[rules.demo]\non = { submits = 'demo' }\npoints = { lead = 100 }\n"
    assert Story(body).submits(instant(2), "demo").fired("hot") == fired(2)


def test_q54_before_the_model_starts_nobody_raises_a_hand():
    story = Story(hot(more=RAISE), head="starts = 2026-01-10")
    story.submits(instant(2), "demo").submits(instant(3), "demo", known=instant(12)).submits(
        instant(14), "demo"
    )
    assert story.fired("hot") == fired(14)


def _up_and_down(story, *days):
    for day in days:
        story.visits(instant(day, 9)).visits(instant(day)).happens(instant(day, 11), "unsubscribes")
        story.happens(instant(day, 12), "unsubscribes")
    return story


def test_q55_it_fires_again_unless_a_limit_says_no():
    body = hot().replace("lead = -60", "lead = -50")
    assert _up_and_down(Story(body), 2, 3, 9, 10).fired("hot") == fired(2, 3, 9, 10)
    limited = body + 'limit = { times = 1, per = "7d" }\n'
    assert _up_and_down(Story(limited), 2, 3, 9, 10).fired("hot") == fired(2, 9)
    once = body + "limit = { times = 1 }\n"
    assert _up_and_down(Story(once), 2, 3, 9).fired("hot") == fired(2)


def test_q55_what_a_limit_blocks_is_lost_until_it_opens_anew():
    """Open from the 3rd on, blocked; on the 20th the limit would let it through, but nothing opens."""
    body = hot(more='limit = { times = 1, per = "7d" }').replace("lead = -60", "lead = -50")
    story = _up_and_down(Story(body), 2).visits(instant(3)).visits(instant(4)).visits(instant(20))
    assert story.fired("hot") == fired(2)


def test_q55_a_mark_in_unless_says_no():
    body = hot(then="[{ mark = 'mql' }]", more="unless = { mark = 'mql' }").replace(
        "lead = -60", "lead = -50"
    )
    assert _up_and_down(Story(body), 2, 3).fired("hot") == fired(2)


def test_q56_recycling_while_the_score_is_still_over_hands_over_again_at_once():
    body = hot(then="[{ mark = 'mql' }]", more="unless = { mark = 'mql' }")
    body += "[rules.recycle]\non = { searches = true }\nthen = [{ unmark = 'mql' }]\n"
    story = Story(body).visits(instant(2)).visits(instant(3)).happens(instant(5), "searches")
    assert story.fired("hot") == fired(3, 5)


SCHEDULED = (
    hot(more='schedule = "morning"\n' + RAISE) + '[schedules.morning]\nat = ["08:00"]\ndays = ["tue"]\n'
)


# 6, 13, 20 and 27 January 2026 are Tuesdays.


def test_a_threshold_with_a_schedule_is_looked_at_at_its_hours_only():
    story = Story(SCHEDULED).visits(instant(7)).visits(instant(8))
    assert story.fired("hot") == fired(13, hour=8)


def test_its_hand_raisers_fire_at_once_all_the_same():
    assert Story(SCHEDULED).submits(instant(7), "demo").fired("hot") == fired(7)


def test_what_was_open_only_between_its_hours_is_never_seen():
    story = Story(SCHEDULED).visits(instant(7)).visits(instant(8)).happens(instant(9), "unsubscribes")
    assert story.fired("hot") == []


def test_an_hour_of_a_schedule_is_a_tick_to_all_that_do_not_run_by_it():
    """A decay at noon sets a mark: the threshold without a schedule waits for an event."""
    body = hot("{ mark = 'quiet' }") + DECAY + 'schedule = "noon"\n[schedules.noon]\nat = ["12:00"]\n'
    story = Story(body).visits(instant(1))
    assert story.marks("2026-01-31", "2026-01-31T12:00:00") == [set(), {"quiet"}]
    assert story.fired("hot", "2026-03-01") == []


def test_a_limit_by_visit_lets_a_threshold_fire_once_in_a_visit():
    body = hot(more=RAISE + 'limit = { times = 1, per = "visit" }')
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
    story = Story(body, scores={"lead": 39}).visits(instant(1))
    for minute in range(8):
        story.visits(f"2026-03-01T10:{minute:02}:00")
    assert story.lead(instant(1), "2026-02-01", "2026-03-01T10:07:00") == [40, 3, 11]
    assert story.fired("back") == ["2026-03-01T10:05"]
    assert story.marks("2026-02-20", "2026-03-02") == [{"inactive"}, set()]
