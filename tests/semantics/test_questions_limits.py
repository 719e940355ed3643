"""Questions 16 to 23: what limits count, and what uses them up."""

from __future__ import annotations

import pytest

from tests.semantics.play import LEAD, Story


def _once(more="", points="{ lead = 10 }", limit="{ times = 1 }", scores=LEAD):
    return f"""{scores}
[rules.page]
on = {{ visits = "any-page" }}
points = {points}
limit = {limit}
{more}
"""


DAYS = ("2026-01-05", "2026-01-06", "2026-01-07")


def _visits(story):
    for day in DAYS:
        story.visits(day)
    return story


def test_q16_an_award_that_a_ceiling_swallows_uses_up_the_limit():
    scores = (
        '[scores.lead]\nkind = "engagement"\nceiling = 0\nfeeds = "all"\n[scores.all]\nkind = "engagement"\n'
    )
    story = _visits(Story(_once(scores=scores)))
    assert story.score("all", *DAYS) == [10, 10, 10]
    assert story.lead(*DAYS) == [0, 0, 0]


def test_q16_an_award_of_nothing_uses_up_the_limit():
    body = _once(points="{ lead = 0 }") + "then = [{ reset = 'lead', to = 7 }]\n"
    story = _visits(Story(body, scores={"lead": 1}))
    story.happens("2026-01-06T12:00:00", "searches")
    assert story.lead("2026-01-04", "2026-01-05", "2026-01-07") == [1, 7, 7]
    resets = [
        change
        for change in story.timeline(story.clock.read("2026-01-08")).changes
        if change.reason == "limit reached"
    ]
    assert len(resets) == 2


def test_q16_an_event_whose_condition_is_false_or_from_outside_uses_up_nothing():
    body = _once('when = { field = "country", is = "France" }')
    story = Story(body).visits("2026-01-05").sets("2026-01-06", "country", "France").visits("2026-01-07")
    assert story.lead("2026-01-05", "2026-01-07") == [0, 10]
    body = _once() + '[segments.french]\nwhen = { field = "country", is = "France" }\n'
    story = Story(body, head='eligible = "french"')
    story.visits("2026-01-05").sets("2026-01-06", "country", "France").visits("2026-01-07")
    assert story.lead("2026-01-05", "2026-01-06", "2026-01-07") == [0, 0, 10]


def test_q17_at_least_gives_at_each_from_the_third():
    body = (
        LEAD
        + """
    [rules.third]
    on = { visits = "any-page", at_least = 3, within = "7d" }
    points = { lead = 10 }
    limit = { times = 100 }
    """
    )
    story = Story(body)
    for hour in range(10, 15):
        story.visits(f"2026-01-05T{hour}:00:00")
    times = [f"2026-01-05T{hour}:00:00" for hour in range(10, 15)]
    assert story.lead(*times) == [0, 0, 10, 20, 30]
    # A week later the first ones have left the window: (12:00, 12:00] holds three, then four.
    story.visits("2026-01-12T12:00:00")
    assert story.lead("2026-01-12T12:00:00") == 40
    assert story.visits("2026-01-12T14:00:00").lead("2026-01-12T14:00:00") == 40


def test_q17_with_a_limit_it_is_once_in_the_window():
    body = LEAD + '[rules.third]\non = { visits = "any-page", at_least = 3, within = "7d" }\n'
    body += 'points = { lead = 10 }\nlimit = { times = 1, per = "7d" }\n'
    story = Story(body)
    for day in range(5, 20):
        story.visits(f"2026-01-{day:02}")
    assert story.lead("2026-01-06", "2026-01-07", "2026-01-13", "2026-01-14") == [0, 10, 10, 20]


def test_q18_the_last_award_gives_what_still_fits():
    story = _visits(Story(_once(limit="{ points = 25, per = '30d' }")))
    assert story.lead(*DAYS) == [10, 20, 25]
    assert story.visits("2026-02-04").lead("2026-02-04") == 35  # the first ten have left the window
    assert story.visits("2026-02-05").lead("2026-02-05") == 45


def test_q18_size_counts_not_sign():
    story = _visits(Story(_once(points="{ lead = -10 }", limit="{ points = 25 }")))
    assert story.lead(*DAYS) == [-10, -20, -25]


GROUP = (
    LEAD
    + """
[groups.mail]
score = "lead"
limit = { points = 12, per = "30d" }
[rules.open]
on = { opens = "any-email" }
points = { lead = 5 }
group = "mail"
limit = { points = 8, per = "30d" }
[rules.click]
on = { clicks = "any-email" }
points = { lead = 5 }
group = "mail"
"""
)


def test_q19_the_smaller_room_of_both_limits_rules():
    story = Story(GROUP)
    for day in (5, 6, 7):
        story.happens(f"2026-01-0{day}", "opens", "any-email")
    assert story.lead("2026-01-05", "2026-01-06", "2026-01-07") == [5, 8, 8]  # its own limit
    for day in (8, 9):
        story.happens(f"2026-01-0{day}", "clicks", "any-email")
    assert story.lead("2026-01-08", "2026-01-09") == [12, 12]  # the group has 4 left, then nothing


def test_q19_what_was_given_uses_both():
    """After ten points by clicks an open gives the last two, and has then used two of its own eight."""
    story = Story(GROUP)
    for day in (5, 6):
        story.happens(f"2026-01-0{day}", "clicks", "any-email")
    story.happens("2026-01-07", "opens", "any-email")
    assert story.lead("2026-01-06", "2026-01-07") == [10, 12]
    for hour in (12, 18):  # the clicks of thirty days ago are gone, the open's two points still count
        story.happens(f"2026-02-05T{hour}:00:00", "opens", "any-email")
    assert story.lead("2026-02-05T12:00:00", "2026-02-05T18:00:00") == [17, 18]


def test_q19_rules_of_one_group_that_meet_in_an_event_are_served_by_their_ids():
    rules = [
        '[rules.a]\non = { visits = "any-page" }\npoints = { lead = 5 }\ngroup = "web"\n',
        '[rules.b]\non = { visits = "any-page" }\npoints = { lead = -5 }\ngroup = "web"\n',
    ]
    group = '[groups.web]\nscore = "lead"\nlimit = { points = 5, per = "30d" }\n'
    for order in (rules, rules[::-1]):
        assert Story(LEAD + group + "".join(order)).visits("2026-01-05").lead("2026-01-05") == 5


def test_q20_each_real_asset_has_its_own_count():
    story = Story(_once(limit="{ times = 1, each = 'asset' }"))
    pages = ("/a", "/b", "/a/?x=1", "/A", "/b", "/c")
    for minute, page in enumerate(pages):
        story.visits(f"2026-01-05T10:0{minute}:00", name=page)
    assert story.lead("2026-01-06") == 30


def test_q20_without_each_all_assets_have_one_count():
    story = Story(_once())
    assert story.visits("2026-01-05", name="/a").visits("2026-01-05", name="/b").lead("2026-01-06") == 10


def test_q20_each_also_behind_patterns_and_arrays():
    body = (
        LEAD
        + """
    [assets]
    contact = { form = "Contact us" }
    analyst = { form = ["Forrester", "Gartner"], match = "contains" }
    [rules.form]
    on = { submits = ["contact", "analyst"] }
    points = { lead = 10 }
    limit = { times = 1, each = "asset" }
    """
    )
    story = Story(body)
    for name in ("Gartner report", "Gartner wave", "gartner  REPORT"):
        story.submits("2026-01-05", name=name)
    story.submits("2026-01-05", "contact").submits("2026-01-05", "contact")
    assert story.lead("2026-01-06") == 30


def test_q20_points_by_asset_are_accounts_apart():
    story = Story(_once(limit="{ points = 15, each = 'asset' }"))
    for name in ("/a", "/a", "/b"):
        story.visits("2026-01-05", name=name)
    assert story.lead("2026-01-06") == 25


BOTH = LEAD + '[scores.mba]\nkind = "engagement"\n'


def test_q21_times_is_one_count_for_all_scores():
    story = _visits(Story(_once(points="{ lead = 10, mba = 1 }", limit="{ times = 2 }", scores=BOTH)))
    assert (story.lead(*DAYS), story.score("mba", *DAYS)) == ([10, 20, 20], [1, 2, 2])


def test_q21_points_are_an_account_for_each_score():
    story = _visits(Story(_once(points="{ lead = 10, mba = 2 }", limit="{ points = 5 }", scores=BOTH)))
    assert (story.lead(*DAYS), story.score("mba", *DAYS)) == ([5, 5, 5], [2, 4, 5])


TRIAL = (
    LEAD
    + """
[assets]
trial-page = { pages = ["/trial"] }
trial-form = { form = "Trial" }
[rules.saw-trial-sent-nothing]
on = { visits = "trial-page" }
wait = "1d"
when = { not = { submitted = "trial-form", within = "1d" } }
points = { lead = 50 }
limit = { times = 1 }
"""
)


def test_q22_the_condition_is_looked_at_at_the_end_of_the_wait():
    """A view at 10:00, the form at 10:02; nothing is earned by those who do convert."""
    saw = Story(TRIAL).visits("2026-01-05T10:00:00", "trial-page")
    assert saw.lead("2026-01-06T09:59:59", "2026-01-06T10:00:00") == [0, 50]
    sent = (
        Story(TRIAL).visits("2026-01-05T10:00:00", "trial-page").submits("2026-01-05T10:02:00", "trial-form")
    )
    assert sent.lead("2026-01-06T10:00:00", "2026-01-08") == [0, 0]


def test_q22_the_limit_is_looked_at_at_the_end_of_the_wait():
    """Both views wait; the first to end takes the limit, and a window of one day counts from there."""
    body = TRIAL.replace("{ times = 1 }", '{ times = 1, per = "1d" }')
    story = (
        Story(body).visits("2026-01-05T10:00:00", "trial-page").visits("2026-01-05T11:00:00", "trial-page")
    )
    assert story.visits("2026-01-06T10:00:00", "trial-page").lead("2026-01-06T11:00:00") == 50
    assert story.lead("2026-01-07T09:59:59", "2026-01-07T10:00:00") == [50, 100]


@pytest.mark.parametrize(("moves", "points"), [(("France", "Spain"), 0), (("Spain", "France"), 50)])
def test_q22_the_population_is_looked_at_at_the_end_of_the_wait(moves, points):
    body = TRIAL + '[segments.french]\nwhen = { field = "country", is = "France" }\n'
    story = Story(body, head='eligible = "french"', fields={"country": moves[0]})
    story.visits("2026-01-05T10:00:00", "trial-page").sets("2026-01-05T12:00:00", "country", moves[1])
    assert story.lead("2026-01-08") == points


def test_q22_the_end_of_a_wait_that_gives_hands_over_and_one_that_gives_nothing_does_not():
    body = TRIAL + '[marks]\nhot = {}\n[thresholds.hot]\nwhen = { score = "lead", at_least = 50 }\n'
    body += 'then = [{ mark = "hot" }]\n'
    story = Story(body).visits("2026-01-05T10:00:00", "trial-page")
    assert story.fired("hot") == ["2026-01-06T10:00"]


def test_q22_a_wait_is_over_also_after_the_last_day_has_begun():
    story = Story(TRIAL).visits("2026-01-05T10:00:00", "trial-page")
    last = story.clock.read("2026-01-06T12:00:00")
    assert [change.after for change in story.timeline(last).changes if change.kind == "score"] == [50]


def test_q23_counts_belong_to_the_rules_id():
    first = (
        LEAD
        + '[rules.{}]\non = {{ visits = "any-page" }}\npoints = {{ lead = 10 }}\nlimit = {{ times = 1 }}\n'
    )
    both = first.format("old") + first.format("new").replace(LEAD, "")
    assert _visits(Story(first.format("old"))).lead("2026-01-08") == 10
    assert _visits(Story(both)).lead("2026-01-08") == 20
