"""Cases and texts that an earlier case takes."""

from __future__ import annotations

import pytest

from tests.checks.specs import only


def tier(*cases, field="job-title"):
    lines = ",\n  ".join(f"{{ {case}, points = {10 * (index + 1)} }}" for index, case in enumerate(cases))
    return f'[tiers.t]\nscore = "fit"\nfield = "{field}"\ncases = [\n  {lines},\n]\n'


@pytest.mark.parametrize(
    ("field", "cases"),
    [
        ("employees", ("at_least = 50", "at_least = 1000")),
        ("employees", ("below = 100", "at_least = 100", "is = 7")),
        ("employees", ("at_most = 100", "above = 98, below = 100")),
        ("employees", ("known = true", "at_least = 50")),
        ("job-title", ('is_any = ["A", "B"]', 'is = "b"')),
        ("job-title", ('contains = "Chief"', 'starts_with = "Chief Executive"')),
        ("job-title", ('contains_word = ["VP", "Head"]', 'contains_word = ["SVP and VP", "Head of"]')),
        ("created", ('within_last = "30d"', 'within_last = "7d"')),
        ("created", ('older_than = "7d"', 'older_than = "30d"')),
    ],
)
def test_a_case_that_nobody_reaches(field, cases):
    found = only(tier(*cases, field=field), "unreachable-case")
    assert [finding.path for finding in found] == [("tiers", "t", "cases", len(cases) - 1)]


@pytest.mark.parametrize(
    ("field", "cases"),
    [
        ("employees", ("at_least = 1000", "at_least = 50")),
        ("employees", ("at_most = 100", "above = 100")),
        ("employees", ("below = 100", "above = 100", "is = 100")),
        ("job-title", ('is = "A"', 'is_any = ["A", "B"]')),
        ("job-title", ('contains_word = "Vice President"', 'contains_word = "President"')),
        ("created", ('within_last = "7d"', 'within_last = "30d"')),
        ("created", ('within_last = "7d"', 'older_than = "7d"')),
        ("created", ("before = 2026-01-01", "on_or_after = 2026-01-01")),
    ],
)
def test_cases_in_order(field, cases):
    assert only(tier(*cases, field=field), "unreachable-case") == []


def test_a_condition_that_asks_more_than_an_earlier_one():
    text = """
[tiers.t]
score = "fit"
cases = [
  { when = { any = [{ mark = "a" }, { mark = "b" }] }, points = 1 },
  { when = { all = [{ mark = "b" }, { mark = "c" }] }, points = 2 },
  { when = { mark = "c" }, points = 3 },
  { when = { mark = "c" }, points = 4 },
]
"""
    assert [finding.path[-1] for finding in only(text, "unreachable-case")] == [1, 3]


def test_the_vice_president_gets_the_presidents_points():
    text = tier('contains_word = ["President", "CEO"]', 'contains_word = ["VP", "Vice President"]')
    (found,) = only(text, "entry-taken-by-earlier-case")
    assert found.path == ("tiers", "t", "cases", 1, "contains_word", 1)
    assert (
        found.message
        == "'Vice President' is worth 20 here, but 'President' in case 1 matches first, with 10 points"
    )


def test_the_same_points_do_not_matter():
    text = tier('contains_word = "President"', 'contains_word = ["VP", "Vice President"]').replace("20", "10")
    assert only(text, "entry-taken-by-earlier-case") == []


def test_a_list_of_terms_is_named_and_not_its_texts():
    text = '[terms.vps]\nmatch = "contains_word"\nvalues = ["VP", "Vice President"]\n'
    (found,) = only(text + tier('contains_word = "President"', 'in = "vps"'), "entry-taken-by-earlier-case")
    assert found.path == ("tiers", "t", "cases", 1, "in")


def test_a_label_that_nobody_gets():
    text = """
[bands.b]
score = "engagement"
cases = [
  { label = "warm", at_least = 50 },
  { label = "hot", above = 79 },
  { label = "cold" },
]
"""
    (found,) = only(text, "unreachable-case")
    assert found.path == ("bands", "b", "cases", 1, "above")
    assert only(text.replace("79", "29"), "unreachable-case") == []
