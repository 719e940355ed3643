"""Questions 24 to 33: facts, tiers, grades and what is unknown."""

from __future__ import annotations

import pytest

from scorewright.semantics.texts import matches
from tests.semantics.play import LEAD, Story

FIT = '[scores.fit]\nkind = "fit"\n'
COUNTRY = """
[rules.german]
when = { field = "country", is = "Germany" }
points = { fit = 5 }
"""
FLIPS = ("Germany", "Spain", "Germany", "Spain", "Germany")


def _flips(body, **more):
    story = Story(body, **more)
    for day, country in enumerate(FLIPS, 2):
        story.sets(f"2026-01-0{day}", "country", country)
    return story


DAYS = [f"2026-01-0{day}" for day in range(2, 7)]


def test_q24_a_fact_holds_and_does_not_add():
    assert _flips(FIT + COUNTRY).score("fit", *DAYS) == [5, 0, 5, 0, 5]


def test_q24_nor_does_it_in_a_counter():
    assert _flips(LEAD + COUNTRY.replace("fit", "lead")).lead(*DAYS) == [5, 0, 5, 0, 5]


def test_q24_keep_is_once_and_for_good():
    assert _flips(FIT + COUNTRY + "keep = true\n").score("fit", *DAYS) == [5, 5, 5, 5, 5]


def test_q24_changes_is_each_time():
    body = (
        LEAD + '[rules.german]\non = { changes = "country" }\npoints = { lead = 5 }\nlimit = { times = 9 }\n'
    )
    body += 'when = { field = "country", is = "Germany" }\n'
    assert _flips(body).lead(*DAYS) == [5, 5, 10, 10, 15]


TIER_RULES = """
[scores.fit]
kind = "fit"
ceiling = 40
[rules.industry]
when = { field = "industry", known = true }
points = { fit = 30 }
[rules.title]
when = { field = "job-title", contains_word = "Director" }
points = { fit = 15 }
[rules.city]
when = { field = "city", known = true }
points = { fit = 5 }
"""


def test_q25_a_ceiling_holds_over_the_sum_of_what_holds():
    fields = {"industry": "IT", "job-title": "Director", "city": "Nantes"}
    story = Story(TIER_RULES, fields=fields).sets("2026-01-02", "job-title", "Intern")
    assert story.score("fit", "2026-01-01", "2026-01-02") == [40, 35]


def test_q26_a_decay_does_not_forget_what_a_fact_added():
    body = (
        LEAD
        + "floor = 0\n"
        + COUNTRY.replace("fit = 5", "lead = 20")
        + """
    [decay.silence]
    score = "lead"
    counts_as_activity = ["visits"]
    steps = [{ after = "30d", subtract = 15 }]
    """
    )
    story = Story(body, fields={"country": "Germany"}).visits("2026-01-01T12:00:00")
    story.sets("2026-02-10", "country", "Spain")
    assert story.lead("2026-01-31", "2026-02-01", "2026-02-10") == [20, 5, 0]  # 5 - 20, down to the floor


def test_q26_nor_does_a_reset():
    body = (
        LEAD
        + COUNTRY.replace("fit = 5", "lead = 20")
        + '[rules.reset]\non = { searches = true }\nthen = [{ reset = "lead", to = 0 }]\n'
    )
    story = Story(body, fields={"country": "Germany"}).happens("2026-01-05", "searches")
    assert story.sets("2026-01-06", "country", "Spain").lead("2026-01-05", "2026-01-06") == [0, -20]


def test_q26_a_facts_change_and_an_award_of_one_moment_are_added_before_the_clamp():
    """At 100 of 100: +10 for the change of country and -20 for the end of the fact are -10, in any order."""
    body = (
        LEAD
        + "ceiling = 100\n"
        + COUNTRY.replace("fit = 5", "lead = 20")
        + '[rules.moved]\non = { changes = "country" }\npoints = { lead = 10 }\n'
    )
    story = Story(body, fields={"country": "Germany"}, scores={"lead": 80})
    assert story.sets("2026-01-05", "country", "Spain").lead("2026-01-04", "2026-01-05") == [100, 90]


UNKNOWN = """
[fields]
account-type = { of = "account", type = "choice", values = ["Customer", "Prospect"] }
[segments.customer]
when = { field = "account-type", is = "Customer" }
[segments.no-customer]
when = { not = { field = "account-type", is = "Customer" } }
[segments.unknown]
when = { field = "account-type", known = false }
[segments.small]
when = { not = { field = "employees", at_least = 10 } }
"""


def test_q27_a_test_on_an_unknown_value_is_false_so_its_not_is_true():
    story = Story(UNKNOWN).sets("2026-01-03", "account-type", "Customer").sets("2026-01-03", "employees", 0)
    assert story.inside("customer", "2026-01-02", "2026-01-03") == [False, True]
    assert story.inside("no-customer", "2026-01-02", "2026-01-03") == [True, False]
    assert story.inside("unknown", "2026-01-02", "2026-01-03") == [True, False]
    assert story.inside("small", "2026-01-02", "2026-01-03") == [True, True]


def test_q27_a_blank_text_is_unknown_and_zero_is_known():
    body = '[segments.a]\nwhen = { field = "city", known = true }\n'
    body += '[segments.b]\nwhen = { field = "employees", known = true }\n'
    story = Story(body, fields={"city": "  ", "employees": 0})
    assert story.inside("a", "2026-01-01") is False
    assert story.inside("b", "2026-01-01") is True


TIER = (
    FIT
    + """
[tiers.title]
score = "fit"
field = "job-title"
cases = [
  { contains_word = "Director", points = 15 },
  { contains_word = ["Head", "Director"], points = 10 },
]
otherwise = -5
unknown = 2
"""
)


@pytest.mark.parametrize(
    ("title", "points"),
    [("Sales Director", 15), ("Head of Sales", 10), ("Intern", -5), ("", 2), (None, 2)],
)
def test_q28_otherwise_does_not_include_unknown(title, points):
    assert Story(TIER, fields={"job-title": title}).score("fit", "2026-01-01") == points
    assert Story(TIER).score("fit", "2026-01-01") == 2


def test_q28_a_tier_without_a_field_falls_to_otherwise():
    body = (
        FIT
        + '[tiers.seen]\nscore = "fit"\ncases = [{ when = { visited = "any-page" }, points = 3 }]\notherwise = 1\n'
    )
    assert Story(body).visits("2026-01-05").score("fit", "2026-01-04", "2026-01-05") == [1, 3]


def test_q28_a_tier_is_recomputed_and_not_accrued():
    """Manager 3, promoted to Director 5, is 5; and back."""
    body = LEAD + '[tiers.title]\nscore = "lead"\nfield = "job-title"\ncases = [\n'
    body += '{ contains_word = "Manager", points = 3 }, { contains_word = "Director", points = 5 } ]\n'
    story = Story(body, fields={"job-title": "Manager"})
    story.sets("2026-01-02", "job-title", "Director").sets("2026-01-03", "job-title", "Manager")
    assert story.lead("2026-01-01", "2026-01-02", "2026-01-03") == [3, 5, 3]


def test_q29_not_a_customer_is_true_for_who_has_no_account():
    assert Story(UNKNOWN).inside("no-customer", "2026-01-01") is True


def test_q30_a_mark_that_is_set_in_a_moment_is_seen_from_the_next_one_on():
    body = (
        FIT
        + """
    [marks]
    hot = {}
    [rules.search]
    on = { searches = true }
    then = [{ mark = "hot" }]
    [rules.hot]
    when = { mark = "hot" }
    points = { fit = 5 }
    """
    )
    story = Story(body).happens("2026-01-05T10:00:00", "searches").visits("2026-01-05T10:00:01")
    assert story.score("fit", "2026-01-05T10:00:00", "2026-01-05T10:00:01") == [0, 5]
    alone = Story(body).happens("2026-01-05T10:00:00", "searches")
    assert alone.score("fit", "2026-01-05T23:59:59", "2026-01-06") == [0, 5]


RECENT = (
    LEAD
    + FIT
    + """
[rules.recent]
when = { visited = "any-page", within = "30d" }
points = { fit = -50 }
[rules.form]
on = { submits = "any-form" }
points = { lead = 60 }
[scores.all]
kind = "combined"
sum_of = ["lead", "fit"]
[marks]
hot = {}
[thresholds.hot]
when = { score = "all", at_least = 50 }
then = [{ mark = "hot" }]
"""
)


def test_q31_a_window_that_ends_is_seen_at_the_days_start_and_fires_nothing():
    story = Story(RECENT).submits("2026-01-04T10:00:00").visits("2026-01-03T10:00:00")
    assert story.score("fit", "2026-01-03T10:00:00", "2026-02-02T23:59:59", "2026-02-03") == [-50, -50, 0]
    assert story.score("all", "2026-02-03") == 60
    assert story.fired("hot") == []
    assert story.happens("2026-02-03T09:00:00", "searches").fired("hot") == ["2026-02-03T09:00"]


def test_q31_or_at_the_next_moment_if_that_is_sooner():
    story = Story(RECENT).visits("2026-01-03T10:00:00").happens("2026-02-02T10:00:00", "searches")
    assert story.score("fit", "2026-02-02T09:59:59", "2026-02-02T10:00:00") == [-50, 0]


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("COO", "coo", True),
        ("Project Coordinator", "COO", False),
        ("Director", "CTO", False),
        ("International", "Intern", False),
        ("VP/CTO", "CTO", True),
        ("CTO-Office", "CTO", True),
        ("CTO_2", "CTO", True),
        ("CTO2", "CTO", False),
        ("Head  of\tSales", "head of", True),
        ("Größe", "größe", True),
        ("Größe", "grosse", False),
        ("Größe", "gröSSe", True),
        ("Ingénieur", "Ingenieur", False),
        ("Inge\u0301nieur", "Ingénieur", True),
        ("C# developer", "C#", True),
        ("C developer", "C#", False),
        ("日本語 担当", "日本語", True),
    ],
)
def test_q32_a_word_stands_between_what_is_neither_letter_nor_digit(text, word, found):
    assert matches("contains_word", text, word) is found


def test_q33_facts_begin_at_the_models_start():
    story = Story(FIT + COUNTRY, head="starts = 2026-02-01", fields={"country": "Germany"})
    assert story.score("fit", "2026-01-31T23:59:59", "2026-02-01") == [0, 5]


def test_q33_for_everybody_inside_the_population():
    body = FIT + COUNTRY + '[segments.known]\nwhen = { field = "email", known = true }\n'
    story = Story(body, head='eligible = "known"', fields={"country": "Germany"})
    assert story.sets("2026-01-05", "email", "a@example.com").score("fit", "2026-01-04", "2026-01-05") == [
        0,
        5,
    ]


def test_an_input_counts_while_it_stands():
    body = (
        FIT
        + """
    [fields]
    review-points = { type = "number" }
    [inputs.review]
    field = "review-points"
    score = "fit"
    percent = 50
    at_least = -3
    at_most = 30
    """
    )
    story = Story(body)
    for day, value in enumerate((5, -5, -20, 100, None), 2):
        story.sets(f"2026-01-0{day}", "review-points", value)
    # 2.5 and -2.5 are rounded half up: 3 and -2.
    assert story.score("fit", "2026-01-01", *DAYS) == [0, 3, -2, -3, 30, 0]


def test_what_is_in_force_for_some_days_holds_on_both_ends():
    body = FIT + COUNTRY + "active = { from = 2026-02-01, until = 2026-02-03 }\n"
    story = Story(body, fields={"country": "Germany"})
    times = ("2026-01-31T23:59:59", "2026-02-01", "2026-02-03T23:59:59", "2026-02-04")
    assert story.score("fit", *times) == [0, 5, 5, 0]


GRADE = """
[grades.profile]
start = "C"
hidden_until_match = {hidden}
criteria.industry = {{ when = {{ field = "industry", is = "IT" }}, thirds = 3 }}
criteria.place = {{ when.all = [{{ field = "country", is = "France" }}, {{ field = "city", is = "Nantes" }}], thirds = 2 }}
criteria.size = {{ when = {{ segment = "big" }}, thirds = 1 }}
[segments.big]
when = {{ field = "employees", at_least = 100 }}
"""


@pytest.mark.parametrize(
    ("fields", "shown", "open_letter"),
    [
        ({}, "C", "C"),
        ({"industry": "Retail"}, "C", "D"),  # hidden: tests see the start letter
        ({"industry": "IT"}, "B", "B"),
        ({"industry": "IT", "employees": 5}, "B-", "B-"),
        ({"industry": "IT", "country": "Spain"}, "B", "B"),  # the city is unknown, so the criterion is
        ({"industry": "IT", "country": "Spain", "city": "Madrid"}, "C+", "C+"),
        ({"industry": "IT", "country": "France", "city": "Nantes", "employees": 100}, "A", "A"),
        ({"industry": "x", "country": "x", "city": "x", "employees": 1}, "C", "F"),
    ],
)
def test_q64_a_criterion_is_unknown_if_any_field_that_it_reads_is(fields, shown, open_letter):
    for hidden, letter in (("true", shown), ("false", open_letter)):
        story = Story(GRADE.format(hidden=hidden), fields=fields)
        assert story.seen(lambda ask: ask.letter(ask.model.grades["profile"]), "2026-01-01") == letter


@pytest.mark.parametrize(("start", "up", "letter"), [("A", "IT", "A+"), ("D-", "x", "F")])
def test_q64_the_scale_ends_at_f_and_a_plus(start, up, letter):
    body = GRADE.replace('"C"', f'"{start}"').format(hidden="false")
    story = Story(body, fields={"industry": up})
    assert story.seen(lambda ask: ask.letter(ask.model.grades["profile"]), "2026-01-01") == letter


@pytest.mark.parametrize(
    ("test", "letters"),
    [("is = 'B'", ["B"]), ("at_least = 'B'", ["B", "A"]), ("below = 'B'", ["C"])],
)
def test_a_grade_is_asked_for_a_letter(test, letters):
    body = "[segments.s]\nwhen = { grade = 'profile', " + test + " }\n[grades.profile]\nstart = 'B'\n"
    body += (
        "hidden_until_match = false\ncriteria.it = { when = { field = 'industry', is = 'IT' }, thirds = 3 }\n"
    )
    found = {"A": {"industry": "IT"}, "B": {}, "C": {"industry": "Retail"}}
    inside = [letter for letter in "BAC" if Story(body, fields=found[letter]).inside("s", "2026-01-01")]
    assert inside == letters


def test_a_criterion_that_asks_whether_a_field_is_known_is_never_unknown():
    body = "[grades.profile]\nstart = 'B'\nhidden_until_match = false\n"
    body += "criteria.blank = { when = { field = 'industry', known = false }, thirds = 3 }\n"
    assert Story(body).seen(lambda ask: ask.letter(ask.model.grades["profile"]), "2026-01-01") == "A"


def test_a_band_is_asked_for_a_label_or_one_of_several():
    body = (
        LEAD
        + "[bands.b]\nscore = 'lead'\ncases = [{ label = 'A', at_least = 50 }, { label = 'B', at_least = 20 }, { label = 'C' }]\n"
    )
    body += "[segments.one]\nwhen = { band = 'b', is = 'B' }\n[segments.two]\nwhen = { band = 'b', is_any = ['A', 'B'] }\n"
    scores = (60, 30, 10)
    assert [Story(body, scores={"lead": score}).inside("one", "2026-01-01") for score in scores] == [
        False,
        True,
        False,
    ]
    assert [Story(body, scores={"lead": score}).inside("two", "2026-01-01") for score in scores] == [
        True,
        True,
        False,
    ]
