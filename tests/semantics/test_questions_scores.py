"""Questions 34 to 39: parts and totals, floors and ceilings, rounding, resets."""

from __future__ import annotations

import pytest

from scorewright.model.values import round_half_up
from tests.semantics.play import LEAD, Story

PARTS = """
[scores.web]
kind = "engagement"
ceiling = 15
{feeds}
[scores.mail]
kind = "engagement"
{feeds}
{total}
[rules.page]
on = {{ visits = "any-page" }}
points = {{ web = 10 }}
[rules.open]
on = {{ opens = "any-email" }}
points = {{ mail = 5 }}
[rules.clear]
on = {{ searches = true }}
then = [{{ reset = "web", to = 3 }}]
"""
SUM = PARTS.format(feeds="", total='[scores.all]\nkind = "combined"\nsum_of = ["web", "mail"]\n')
FED = PARTS.format(feeds='feeds = "all"', total='[scores.all]\nkind = "engagement"\n')
DAYS = ("2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05")


def _story(body):
    story = Story(body).visits("2026-01-02").happens("2026-01-03", "opens", "any-email")
    return story.visits("2026-01-04").happens("2026-01-05", "searches")


def test_q34_sum_of_is_always_the_sum_of_the_clamped_parts():
    assert _story(SUM).score("all", *DAYS) == [10, 15, 20, 8]


def test_q34_feeds_adds_each_award_to_both_and_nothing_else_flows():
    assert _story(FED).score("all", *DAYS) == [10, 15, 25, 25]
    assert _story(FED).score("web", *DAYS) == [10, 10, 15, 3]


def test_q34_what_holds_feeds_a_fit_score_too():
    body = """
    [scores.title]
    kind = "fit"
    ceiling = 5
    feeds = "fit"
    [scores.fit]
    kind = "fit"
    [rules.director]
    when = { field = "job-title", contains_word = "Director" }
    points = { title = 8 }
    [rules.french]
    when = { field = "country", is = "France" }
    points = { fit = 2 }
    """
    story = Story(body, fields={"job-title": "Director", "country": "France"})
    story.sets("2026-01-02", "job-title", "Intern")
    assert story.score("title", "2026-01-01", "2026-01-02") == [5, 0]
    assert story.score("fit", "2026-01-01", "2026-01-02") == [10, 2]


def test_q34_what_holds_feeds_a_counter_too():
    body = LEAD + '[scores.fit]\nkind = "fit"\nfeeds = "lead"\n[rules.french]\n'
    body += 'when = { field = "country", is = "France" }\npoints = { fit = 2 }\n'
    story = Story(body, fields={"country": "France"}).sets("2026-01-02", "country", "Spain")
    assert story.lead("2026-01-01", "2026-01-02") == [2, 0]


def test_q35_an_award_that_a_parts_ceiling_swallows_feeds_whole():
    story = Story(FED)
    for day in DAYS[:3]:
        story.visits(day)
    assert (story.score("web", DAYS[2]), story.score("all", DAYS[2])) == (15, 30)
    story = Story(SUM)
    for day in DAYS[:3]:
        story.visits(day)
    assert story.score("all", DAYS[2]) == 15


def test_q36_a_floor_is_a_minimum_for_everybody_from_the_first_day():
    """As a floor of the score, 50 of 100 lifts every newcomer; one click makes 60."""
    body = LEAD + 'floor = 50\n[rules.page]\non = { visits = "any-page" }\npoints = { lead = 10 }\n'
    assert Story(body).visits("2026-01-02").lead("2026-01-01", "2026-01-02") == [50, 60]


def test_q36_floors_clamp_at_every_moment():
    """0, then -10, then +10 under a floor of 0 is 10; and 7 - 10 is 0."""
    body = LEAD + "floor = 0\n[rules.left]\non = { unsubscribes = true }\npoints = { lead = -10 }\n"
    body += '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 10 }\n'
    story = Story(body).happens("2026-01-02", "unsubscribes").visits("2026-01-03")
    assert story.lead("2026-01-02", "2026-01-03") == [0, 10]
    assert Story(body, scores={"lead": 7}).happens("2026-01-02", "unsubscribes").lead("2026-01-02") == 0


def test_q37_nulled_above_is_a_threshold_that_resets():
    body = (
        LEAD
        + """
    [rules.page]
    on = { visits = "any-page" }
    points = { lead = 100 }
    [thresholds.too-much]
    when = { score = "lead", above = 300 }
    then = [{ reset = "lead", to = 0 }]
    """
    )
    story = Story(body)
    for day in range(1, 9):
        story.visits(f"2026-01-0{day}")
    days = [f"2026-01-0{day}" for day in range(1, 9)]
    assert story.lead(*days) == [100, 200, 300, 0, 100, 200, 300, 0]
    assert story.fired("too-much") == ["2026-01-04T00:00", "2026-01-08T00:00"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 2, 3), (-5, 2, -2), (249, 100, 2), (-250, 100, -2), (-251, 100, -3), (0, 7, 0)],
)
def test_q38_half_up_also_for_negatives(numerator, denominator, rounded):
    assert round_half_up(numerator, denominator) == rounded


def test_q38_once_at_the_end():
    """Half of 1 and half of 2 is 1.5, rounded once: 2; rounded part by part it would be 1 + 1."""
    body = """
    [scores.a]
    kind = "engagement"
    [scores.b]
    kind = "engagement"
    [scores.all]
    kind = "combined"
    percent_of = { a = 50, b = 50 }
    """
    assert Story(body, scores={"a": 1, "b": 2}).score("all", "2026-01-01") == 2
    assert Story(body, scores={"a": 1, "b": 1}).score("all", "2026-01-01") == 1
    assert Story(body, scores={"a": -1, "b": -2}).score("all", "2026-01-01") == -1


EXPIRES = """
[scores.web]
kind = "engagement"
feeds = "all"
[scores.all]
kind = "engagement"
[rules.page]
on = {{ visits = "any-page" }}
points = {{ web = 10 }}
{term}
[rules.clear]
on = {{ searches = true }}
then = [{{ reset = "{score}", to = 4 }}]
"""


@pytest.mark.parametrize(
    ("reset", "web", "everything"),
    [("web", [10, 4, 4], [10, 10, 0]), ("all", [10, 10, 0], [10, 4, 4])],
)
def test_q39_a_reset_touches_that_score_only_and_what_is_to_come_on_it(reset, web, everything):
    story = Story(EXPIRES.format(score=reset, term='expires = "30d"'))
    story.visits("2026-01-02T10:00:00").happens("2026-01-05", "searches")
    times = ("2026-01-02T10:00:00", "2026-01-05", "2026-02-01T10:00:00")
    assert story.score("web", *times) == web
    assert story.score("all", *times) == everything


def test_q39_a_combined_score_follows_by_itself():
    assert _story(SUM).score("all", "2026-01-04", "2026-01-05") == [20, 8]


def test_an_award_expires_so_long_after_to_the_second():
    story = Story(EXPIRES.format(score="web", term='expires = "24h"'), zone="Europe/Paris")
    story.visits("2026-03-28T12:00:00")
    assert story.score("web", "2026-03-29T12:59:59", "2026-03-29T13:00:00") == [10, 0]


@pytest.mark.parametrize(
    ("fades", "left"),
    [
        ("{ subtract = 4, every = '1d' }", [10, 6, 2, 0, 0]),
        ("{ percent = 50, every = '1d' }", [10, 5, 2, 1, 0]),  # half of 5 is 2.5: 3 are taken
        ("{ percent = 200, every = '1d' }", [10, 0, 0, 0, 0]),
    ],
)
def test_an_award_fades_never_below_nothing_of_itself(fades, left):
    story = Story(EXPIRES.format(score="all", term=f"fades = {fades}")).visits("2026-01-02")
    days = [f"2026-01-0{day}" for day in range(2, 7)]
    assert story.score("web", *days) == left
    assert story.score("all", *days) == left


def test_a_negative_award_fades_up_to_nothing():
    body = EXPIRES.format(score="all", term="fades = { subtract = 4, every = '1d' }").replace(
        "web = 10", "web = -10"
    )
    days = [f"2026-01-0{day}" for day in range(2, 6)]
    assert Story(body).visits("2026-01-02").score("web", *days) == [-10, -6, -2, 0]


def test_start_is_a_new_persons_score():
    assert Story(LEAD + "start = 7\n").lead("2026-01-01") == 7
    assert Story(LEAD + "start = 7\nceiling = 5\n").lead("2026-01-01") == 5


PRODUCTS = """
[products.mba]
values = { page = 5 }
assets = { request = "mba-form" }
[products.emba]
values = { page = 3 }
assets = { request = "emba-form" }
[assets]
mba-form = { form = "MBA" }
emba-form = { form = "EMBA" }
[scores.lead]
kind = "engagement"
[scores.interest]
kind = "engagement"
each = "product"
feeds = "lead"
[rules.request]
on = { submits = "request" }
points = { interest = "page" }
each = "product"
[marks]
hot = {}
[thresholds.hot]
when = { score = "interest", at_least = 5 }
then = [{ mark = "hot" }]
each = "product"
"""


def test_each_product_has_its_own_copy():
    story = Story(PRODUCTS).submits("2026-01-02", "mba-form").submits("2026-01-03", "emba-form")
    assert story.score("interest@mba", "2026-01-02", "2026-01-03") == [5, 5]
    assert story.score("interest@emba", "2026-01-02", "2026-01-03") == [0, 3]
    assert story.lead("2026-01-02", "2026-01-03") == [5, 8]
    assert story.timeline(story.clock.read("2026-02-01")).fired("hot", story.clock.read("2026-01-02")) == 1


BANDS = (
    LEAD
    + """
[fields]
tier = { type = "text" }
[scores.fit]
kind = "fit"
[rules.page]
on = { visits = "any-page" }
points = { lead = 10 }
[bands.letter]
score = "fit"
cases = [{ label = "A", at_least = 5 }, { label = "B" }]
[rules.french]
when = { field = "country", is = "France" }
points = { fit = 5 }
[bands.figure]
score = "lead"
cases = [{ label = "1", above = 10 }, { label = "2", at_least = 10 }, { label = "3" }]
[bands.class]
join = ["letter", "figure"]
field = "tier"
"""
)


def test_a_band_is_the_first_label_that_fits_and_its_field_holds_it():
    story = Story(BANDS).visits("2026-01-02").sets("2026-01-03", "country", "France").visits("2026-01-04")
    days = ("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04")
    assert story.seen(lambda ask: ask.label(ask.model.bands["class"]), *days) == ["B3", "B2", "A2", "A1"]
    assert story.field("tier", *days) == ["B3", "B2", "A2", "A1"]
