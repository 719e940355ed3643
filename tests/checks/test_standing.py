"""What holds reads no score; unknown is answered; nobody has to earn points to be let in."""

from __future__ import annotations

import pytest

from tests.checks.specs import only

WORLD = """
[scores.engagement]
kind = "engagement"
[bands.letter]
score = "engagement"
cases = [ { label = "A", at_least = 50 }, { label = "B" } ]
[grades.profile]
criteria.a = { when = { mailable = true }, thirds = 1 }
[segments.busy]
when = { score = "engagement", above = 50 }
[segments.very-busy]
when.all = [ { segment = "busy" }, { mailable = true } ]
"""
READING = [
    ('score = "engagement", above = 5', "score"),
    ('band = "letter", is = "A"', "band"),
    ('grade = "profile", at_least = "B"', "grade"),
    ('segment = "busy"', "segment"),
    ('segment = "very-busy"', "segment"),
]
ALLOWED = [
    'mark = "quiet"',
    'visited = "any-page"',
    'member_of = "staff"',
    'field = "email", known = true',
    'crm = "lead"',
]
HOLDING = {
    "fact": ("[rules.f]\nwhen = {{ {} }}\npoints = {{ fit = 5 }}", ("rules", "f", "when")),
    "tier": (
        '[tiers.t]\nscore = "fit"\ncases = [ {{ when = {{ {} }}, points = 5 }} ]',
        ("tiers", "t", "cases", 0, "when"),
    ),
    "grade": (
        "[grades.g]\ncriteria.a = {{ when = {{ {} }}, thirds = 1 }}",
        ("grades", "g", "criteria", "a", "when"),
    ),
}


@pytest.mark.parametrize("holder", HOLDING)
@pytest.mark.parametrize(("condition", "key"), READING)
def test_what_holds_reads_no_score(holder, condition, key):
    text, path = HOLDING[holder]
    (finding,) = only(WORLD + text.format(condition), "fact-reads-a-score")
    assert finding.path == (*path, key)
    assert bool(finding.related) is (key == "segment")


@pytest.mark.parametrize("holder", HOLDING)
@pytest.mark.parametrize("condition", ALLOWED)
def test_what_holds_reads_fields_marks_and_the_past(holder, condition):
    text, _ = HOLDING[holder]
    assert only(WORLD + text.format(condition), "fact-reads-a-score") == []


def test_an_event_rule_and_a_threshold_may_read_scores():
    text = """
    [rules.r]
    on = { visits = "any-page" }
    when = { segment = "very-busy" }
    points = { engagement = 5 }
    [thresholds.t]
    when = { segment = "busy" }
    then = [ { notify = "owner" } ]
    """
    assert only(WORLD + text, "fact-reads-a-score") == []


def test_the_score_behind_a_segment_is_named():
    text, _ = HOLDING["fact"]
    (finding,) = only(WORLD + text.format('not = { segment = "very-busy" }'), "fact-reads-a-score")
    assert finding.message == "the fact 'f' reads the score 'engagement' by way of the segment 'very-busy'"
    assert finding.related == ((("segments", "busy", "when", "score"), "here"),)


# --- unknown --------------------------------------------------------------------------------------------------------

TIER = '[tiers.t]\nscore = "fit"\nfield = "country"\ncases = [ { is = "France", points = 5 } ]\n'
CASES = '[tiers.t]\nscore = "fit"\ncases = [ { when = { mailable = true }, points = 5 } ]\n'


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (TIER, None),
        (TIER + "otherwise = 0", None),
        (TIER + "otherwise = -5", "unknown-not-written"),
        (TIER + "otherwise = -5\nunknown = 0", None),
        (TIER + "unknown = -5", None),
        (CASES + "otherwise = -5", None),
        (CASES + "unknown = -5", "unknown-without-field"),
    ],
)
def test_unknown_is_answered_where_it_must_be(text, rule):
    for name in ("unknown-not-written", "unknown-without-field"):
        assert len(only(text, name)) == (name == rule)


# --- the population -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("segment", "right"), [("busy", False), ("very-busy", False), ("leads", True)])
def test_nobody_earns_their_way_in(segment, right):
    text = f'[model]\neligible = "{segment}"\n{WORLD}[segments.leads]\nwhen = {{ crm = "lead" }}'
    found = only(text, "eligible-by-score")
    assert [finding.path for finding in found] == ([] if right else [("model", "eligible")])
