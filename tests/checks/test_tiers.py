"""A better tier that scores less."""

from __future__ import annotations

import pytest

from tests.checks.specs import only

NAME = "better-tier-scores-no-more"


def tier(*cases, field="employees", more=""):
    lines = ",\n  ".join(f"{{ {test}, points = {points} }}" for test, points in cases)
    return f'[tiers.t]\nscore = "fit"\nfield = "{field}"\ncases = [\n  {lines},\n]\n{more}'


def places(text, **more):
    return [finding.path[3] for finding in only(text, NAME, **more)]


@pytest.mark.parametrize(
    ("cases", "place"),
    [
        ((("at_least = 1000", 5), ("at_least = 200", 20), ("at_least = 50", 10)), 0),
        ((("at_least = 1000", 20), ("at_least = 200", 5), ("at_least = 50", 10)), 1),
        ((("below = 50", 5), ("below = 200", 20), ("at_least = 200", 10)), 2),
        ((("at_least = 1000", 5), ("at_least = 200", 20)), 0),
        ((("at_least = 50, below = 200", 20), ("at_least = 200", 5)), 1),
    ],
)
def test_bands_that_rise_and_fall(cases, place):
    assert places(tier(*cases)) == [place]


@pytest.mark.parametrize(
    "cases",
    [
        (("at_least = 1000", 20), ("at_least = 200", 10), ("at_least = 50", 5)),
        (("at_least = 1000", 20), ("at_least = 200", 20), ("at_least = 50", 5)),
        (("below = 50", 20), ("below = 200", 10), ("at_least = 200", 0)),
        (("at_least = 1, at_most = 10", 20), ("above = 10, at_most = 50", 10), ("above = 50", 0)),
        (("at_least = 1000", -20), ("at_least = 200", -10)),
        (("is = 7", 20), ("at_least = 3", 5), ("at_least = 0", 10)),
    ],
    ids=["rising", "equal", "falling", "falling-from-1", "negative", "single-numbers"],
)
def test_bands_that_go_one_way(cases):
    assert places(tier(*cases)) == []


def test_the_message_names_both_bands():
    (found,) = only(tier(("at_least = 1000", 5), ("at_least = 200", 20)), NAME)
    assert found.path == ("tiers", "t", "cases", 0, "points")
    assert found.message == "employees at least 1000 is worth 5, less than employees at least 200 with 20"
    assert found.element == "tiers.t"


@pytest.mark.parametrize(
    "cases",
    [
        (('is = "A"', 30), ('is = "B"', 20), ('is = "C"', 5), ('is = "D"', 10)),
        (('is = "Gold"', 5), ('is = "Silver"', 10)),
        (('is = "hot"', 10), ('is = "warm"', 20), ('is = "cold"', 0)),
        (('contains_word = "VP", label = "high"', 5), ('contains_word = "Manager", label = "low"', 10)),
        (('in = "titles-high"', 5), ('in = "titles-low"', 10)),
        (('in = "high-titles"', 5), ('in = "mid-titles"', 10)),
        (('is = "Tier 1"', 5), ('is = "tier-2"', 10)),
    ],
)
def test_labels_with_a_known_order(cases):
    text = '[terms.{}]\nmatch = "contains_word"\nvalues = ["{}"]\n'
    lists = "".join(
        text.format(f"{a}-{b}", a + b)
        for a, b in (("titles", "high"), ("titles", "low"), ("high", "titles"), ("mid", "titles"))
    )
    assert len(places(lists + tier(*cases, field="job-title"))) == 1


@pytest.mark.parametrize(
    "cases",
    [
        (('is = "A"', 30), ('is = "B"', 20), ('is = "C"', 20)),
        (('is = "France"', 5), ('is = "Spain"', 20)),
        (('is = "high"', 5), ('is = "unclear"', 20)),
    ],
    ids=["in-order", "no-order", "half-an-order"],
)
def test_labels_in_order_or_without_one(cases):
    assert places(tier(*cases, field="job-title")) == []


def test_values_that_say_their_rank():
    text = "[values]\ntitle-high = 5\ntitle-low = 10\n"
    cases = tier(
        ('contains_word = "VP"', '"title-high"'),
        ('contains_word = "Manager"', '"title-low"'),
        field="job-title",
    )
    assert places(text + cases) == [0]
    assert places(text.replace("= 5", "= 15") + cases) == []


COUNTED = """
[tiers.t]
score = "fit"
cases = [
  {{ when = {{ clicked = "any-email", within = "7d", at_least = 3 }}, points = {0} }},
  {{ when = {{ clicked = "any-email", within = "30d", at_least = 3 }}, points = {1} }},
  {{ when = {{ clicked = "any-email", within = "14d", exactly = 1 }}, points = 500 }},
]
"""


def test_as_many_in_less_time_is_better():
    assert places(COUNTED.format(50, 75)) == [0]
    assert places(COUNTED.format(75, 50)) == []


def test_a_waiver_keeps_it():
    text = tier(("at_least = 1000", 5), ("at_least = 200", 20))
    waiver = f'[waive.large]\ncheck = "{NAME}"\nfor = "tiers.t"\nwhy = "The very large build their own."\n'
    assert places(text + waiver) == []
