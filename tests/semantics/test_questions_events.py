"""Questions 9 to 15: what an event is, when it counts, and for which rules."""

from __future__ import annotations

import pytest

from scorewright.model.vocabulary import VERBS
from scorewright.semantics.texts import page_matches, page_name
from tests.semantics.play import LEAD, Story

CAREERS = (
    LEAD
    + """
[assets]
careers = { pages = ["/careers"] }
[rules.careers]
on = { visits = "careers", at_least = 3, within = "7d" }
points = { lead = -10 }
limit = { times = 1, per = "7d" }
"""
)
SILENT = (
    LEAD
    + """
[decay.silence]
score = "lead"
counts_as_activity = ["visits"]
steps = [{ after = "30d", subtract = 10 }]
"""
)


def test_q09_a_late_event_is_scored_when_it_becomes_known():
    body = LEAD + '[rules.form]\non = { submits = "any-form" }\npoints = { lead = 50 }\n'
    story = Story(body).submits("2026-01-05T10:00:00", known="2026-01-08T09:00:00")
    assert story.lead("2026-01-08T08:59:59", "2026-01-08T09:00:00") == [0, 50]


def test_q09_windows_use_when_it_happened():
    """The third view in seven days, told two weeks later, is still the third in seven days."""
    story = Story(CAREERS).visits("2026-01-05", "careers").visits("2026-01-06", "careers")
    story.visits("2026-01-07", "careers", known="2026-01-20")
    assert story.lead("2026-01-19", "2026-01-20") == [0, -10]


def test_q09_a_late_event_is_counted_where_it_happened_and_not_where_it_is_told():
    """Two views in January; one of the week before is told now: no three views lie within seven days."""
    story = Story(CAREERS).visits("2026-01-15", "careers").visits("2026-01-16", "careers")
    assert story.visits("2026-01-02", "careers", known="2026-01-17").lead("2026-01-18") == 0


def test_q09_a_look_back_sees_it_where_it_happened():
    body = '[segments.came]\nwhen = { visited = "any-page", within = "7d" }\n'
    story = Story(body).visits("2026-01-05", known="2026-01-11")
    assert story.inside("came", "2026-01-10", "2026-01-11", "2026-01-11T23:59:59", "2026-01-12") == [
        False,
        True,
        True,
        False,
    ]


def test_q09_limits_use_when_it_is_known():
    body = LEAD + '[rules.form]\non = { submits = "any-form" }\npoints = { lead = 50 }\n'
    body += 'limit = { times = 1, per = "7d" }\n'
    story = Story(body).submits("2026-01-05").submits("2026-01-20", known="2026-02-10")
    assert story.submits("2026-02-12").lead("2026-02-11", "2026-02-13") == [100, 100]


def test_q09_a_silence_uses_when_it_happened_and_what_decay_took_stays_taken():
    story = Story(SILENT, scores={"lead": 50}).visits("2026-01-01T12:00:00")
    story.visits("2026-01-20T12:00:00", known="2026-02-10")
    # 1 Jan + 30 d is noticed on 1 Feb; 20 Jan + 30 d on 20 Feb.
    assert story.lead("2026-01-31", "2026-02-01", "2026-02-10", "2026-02-19", "2026-02-20") == [
        50,
        40,
        40,
        40,
        30,
    ]


def test_q09_an_activity_before_the_last_one_begins_no_new_silence():
    story = Story(SILENT, scores={"lead": 50}).visits("2026-01-05")
    story.visits("2026-01-02", known="2026-02-10").visits("2026-01-05", known="2026-02-10")
    assert story.lead("2026-02-04", "2026-04-01") == [40, 40]


def test_q09_a_wait_runs_from_when_it_happened_and_is_over_when_it_is_known_too_late():
    body = LEAD + '[rules.form]\non = { submits = "any-form" }\nwait = "2d"\npoints = { lead = 50 }\n'
    story = Story(body).submits("2026-01-05", known="2026-01-06")
    assert story.lead("2026-01-06T23:59:59", "2026-01-07") == [0, 50]
    story = Story(body).submits("2026-01-05", known="2026-01-20T10:00:00")
    assert story.lead("2026-01-20T09:59:59", "2026-01-20T10:00:00") == [0, 50]


def test_q10_what_happened_before_the_person_was_known_arrives_with_them():
    """Ten views of ten days are ten late events; a day's limit counts the day on which they are told."""
    body = LEAD + '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
    story = Story(body, created="2026-01-20T10:00:00")
    for day in range(1, 11):
        story.visits(f"2026-01-{day:02}T10:00:00")
    assert story.lead("2026-01-20T10:00:00") == 10
    story.model = Story(body + 'limit = { times = 3, per = "calendar day" }\n').model
    assert story.lead("2026-01-20T10:00:00", "2026-03-01") == [3, 3]


def test_q10_it_arrives_in_its_own_order():
    body = LEAD + '[rules.third]\non = { visits = "any-page", at_least = 3, within = "2d" }\n'
    body += "points = { lead = 1 }\nlimit = { times = 9 }\n"
    days = ("2026-01-03", "2026-01-01", "2026-01-02")
    told = Story(body, created="2026-01-20")
    for day in days:
        told.visits(f"{day}T{int(day[-2:]) * 3:02}:00:00")
    assert told.lead("2026-01-20") == 0  # 1st 03:00, 2nd 06:00, 3rd 09:00: never three within 48 hours
    told.visits("2026-01-02T20:00:00")
    assert told.lead("2026-01-20") == 2  # 2nd 20:00 is the third since 1st 03:00; so is 3rd 09:00


def test_q10_what_happened_before_the_model_starts_is_not_scored():
    body = LEAD + '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
    story = Story(body, head="starts = 2026-02-01", created="2026-01-10")
    story.visits("2026-01-31T23:59:59").visits("2026-01-31", known="2026-02-03").visits("2026-02-01")
    assert story.lead("2026-01-31", "2026-02-10") == [0, 1]


def test_q11_an_event_that_is_delivered_twice_is_two_events():
    body = LEAD + '[rules.form]\non = { submits = "any-form" }\npoints = { lead = 50 }\n'
    assert Story(body).submits("2026-01-05").submits("2026-01-05").lead("2026-01-05") == 100


def test_q12_the_language_has_no_word_for_merged_people():
    assert not {word for word in VERBS if "merge" in word}


def test_q13_all_rules_add():
    """A view of /pricing earns any-page 1 and pricing 10."""
    body = (
        LEAD
        + """
    [assets]
    pricing = { pages = ["/pricing", "/tarifs"] }
    careers = { pages = ["/careers"] }
    [rules.page]
    on = { visits = "any-page", except = "careers" }
    points = { lead = 1 }
    [rules.pricing]
    on = { visits = "pricing" }
    points = { lead = 10 }
    """
    )
    assert Story(body).visits("2026-01-05", "pricing").lead("2026-01-05") == 11
    assert Story(body).visits("2026-01-05", name="www.example.com/tarifs/?a=1").lead("2026-01-05") == 11
    assert Story(body).visits("2026-01-05").lead("2026-01-05") == 1
    assert Story(body).visits("2026-01-05", "careers").lead("2026-01-05") == 0
    assert Story(body).visits("2026-01-05", name="/Careers/").lead("2026-01-05") == 0


def test_q13_a_rule_counts_an_event_once():
    body = (
        LEAD
        + """
    [assets]
    pricing = { pages = ["/pricing"] }
    prices = { pages = "pri", match = "contains" }
    [rules.page]
    on = { any = [{ visits = ["pricing", "prices"] }, { visits = "any-page" }] }
    points = { lead = 1 }
    """
    )
    assert Story(body).visits("2026-01-05", "pricing").lead("2026-01-05") == 1


def test_q13_where_asks_for_all_of_its_properties():
    body = (
        LEAD + '[rules.film]\non = { watches = "any-video", where = { percent-watched = { above = 75 } } }\n'
    )
    body += "points = { lead = 5 }\n"
    story = Story(body)
    for percent in (75, 76):
        story.happens("2026-01-05", "watches", "any-video", percent_watched=percent)
    assert story.happens("2026-01-05", "watches", "any-video").lead("2026-01-05") == 5


@pytest.mark.parametrize(
    ("mode", "page", "sought", "found"),
    [
        ("is", "/pricing", "/pricing", True),
        ("is", "https://WWW.Example.com/Pricing/?utm=1#top", "/pricing", True),
        ("is", "/pricing", "example.com/pricing/", True),
        ("is", "shop.example.com/pricing", "example.com/pricing", False),
        ("is", "/pricing/old", "/pricing", False),
        ("is", "example.com", "/", True),
        ("is", "pricing", "/pricing", True),
        ("starts_with", "/blog/one", "/blog", True),
        ("starts_with", "/blog", "/blog/", True),
        ("starts_with", "/blog-post", "/blog/", False),
        ("starts_with", "example.com/blog/one", "example.com/blog/", True),
        ("ends_with", "/files/a.html?x=1", ".html", True),
        ("ends_with", "/a.html/", ".html", True),
        ("contains", "/en/pricing-old", "pricing", True),
        ("contains", "/careers", "pricing", False),
        ("contains_word", "/en/pricing-old", "pricing", True),
        ("contains_word", "/en/repricing", "pricing", False),
    ],
)
def test_q13_pages_are_compared_without_host_query_last_slash_and_case(mode, page, sought, found):
    assert page_matches(mode, page, sought) is found


def test_q13_one_page_has_one_name():
    assert page_name("/Pricing/?a=1") == page_name("/pricing#b") == "/pricing"


def test_q14_a_form_and_a_landing_page_of_one_name_are_two_assets():
    """One event: of the asset that the platform reports."""
    body = (
        LEAD
        + """
    [assets]
    demo-form = { form = "Demo" }
    demo-page = { landing_page = "Demo" }
    [rules.form]
    on = { submits = "demo-form" }
    points = { lead = 1 }
    [rules.page]
    on = { submits = "demo-page" }
    points = { lead = 10 }
    [rules.any]
    on = { submits = "any-form" }
    points = { lead = 100 }
    """
    )
    assert Story(body).submits("2026-01-05", "demo-form").lead("2026-01-05") == 101
    assert Story(body).submits("2026-01-05", "demo-page").lead("2026-01-05") == 110


CHANGES = (
    LEAD
    + """
[rules.country]
on = { changes = "country" }
points = { lead = 5 }
[rules.first]
on = { changes = "country", where = { from = { known = false } } }
points = { lead = 100 }
"""
)


def test_q15_a_field_that_is_set_at_creation_has_changed_from_unknown():
    assert Story(CHANGES, fields={"country": "France"}).lead("2026-01-01") == 105
    assert Story(CHANGES, fields={"country": ""}).lead("2026-01-01") == 0
    assert Story(CHANGES, fields={"city": "Nantes"}).lead("2026-01-01") == 0


def test_q15_the_first_value_is_a_change_the_same_value_again_is_none():
    story = Story(CHANGES).sets("2026-01-02", "country", "France")
    assert story.lead("2026-01-02") == 105
    assert story.sets("2026-01-03", "country", "France").lead("2026-01-03") == 105
    assert story.sets("2026-01-04", "country", "Spain").lead("2026-01-04") == 110
    assert story.sets("2026-01-05", "country", None).lead("2026-01-05") == 115
    assert story.sets("2026-01-06", "country", " ").lead("2026-01-06") == 115


def test_q15_creation_is_one_moment():
    """The two changes of the creation give +20 and -30 at once: nothing crosses 10 in between."""
    body = (
        LEAD
        + """
    [rules.city]
    on = { changes = "city" }
    points = { lead = 20 }
    [rules.state]
    on = { changes = "state" }
    points = { lead = -30 }
    [marks]
    hot = {}
    [thresholds.hot]
    when = { score = "lead", at_least = 10 }
    then = [{ mark = "hot" }]
    """
    )
    assert Story(body, fields={"city": "Nantes", "state": "Loire"}).fired("hot") == []
    assert Story(body, fields={"city": "Nantes"}).fired("hot") == ["2026-01-01T00:00"]


def test_a_robots_events_do_not_exist():
    body = LEAD + '[rules.open]\non = { opens = "any-email" }\npoints = { lead = 1 }\n'
    opened = Story(body).happens("2026-01-05", "opens", "any-email", bot=True)
    assert opened.happens("2026-01-05", "opens", "any-email", bot=False).lead("2026-01-05") == 1
    counted = Story(body, head="ignore_bots = false").happens("2026-01-05", "opens", "any-email", bot=True)
    assert counted.lead("2026-01-05") == 1


def test_who_joins_is_a_member_with_the_status_of_the_last_time():
    body = """
    [assets]
    fair = { event = "Fair 2026" }
    same-fair = { event = ["Fair 2026", "Fair 2027"] }
    [segments.member]
    when = { member_of = "fair" }
    [segments.came]
    when = { member_of = "same-fair", status = "Attended" }
    """
    story = Story(body).happens("2026-01-05", "joins", "fair", status="Invited")
    story.happens("2026-01-06", "joins", "fair", status="attended")
    assert story.inside("member", "2026-01-04", "2026-01-05", "2026-01-06") == [False, True, True]
    assert story.inside("came", "2026-01-05", "2026-01-06") == [False, True]
