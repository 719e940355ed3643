"""Limits, groups and counts."""

from __future__ import annotations

import pytest

from tests.checks.specs import only

EVENT = 'on = { visits = "any-page" }\npoints = { engagement = 5 }\n'


@pytest.mark.parametrize(
    ("body", "right"),
    [
        ('on = { visits = "any-page", at_least = 3, within = "7d" }', False),
        (
            'on = { visits = "any-page", at_least = 3, within = "7d" }\nlimit = { times = 1, per = "7d" }',
            True,
        ),
        ('on = { visits = "any-page", at_least = 1 }', True),
        ('on.any = [ { visits = "any-page" }, { submits = "any-form", at_least = 2 } ]', False),
    ],
)
def test_who_counts_has_a_limit(body, right):
    found = only(f"[rules.r]\n{body}\npoints = {{ engagement = 5 }}", "count-needs-limit")
    assert (found == []) is right


def test_a_hand_raiser_that_counts_has_a_limit():
    text = """
    [thresholds.t]
    when = { score = "engagement", above = 5 }
    or_on = [ { visits = "any-page", at_least = 3, within = "7d" } ]
    then = [ { notify = "owner" } ]
    """
    (finding,) = only(text, "count-needs-limit")
    assert finding.path == ("thresholds", "t", "or_on", 0, "at_least")
    assert finding.help == 'add limit = { times = 1, per = "7d" }'
    assert only(text + "limit = { times = 1 }", "count-needs-limit") == []


def test_a_window_counts_something():
    (finding,) = only(
        '[rules.r]\non = { visits = "any-page", within = "7d" }\npoints = { engagement = 5 }',
        "window-without-count",
    )
    assert finding.path == ("rules", "r", "on", "within")
    past = '[segments.s]\nwhen = { visited = "any-page", within = "7d" }'
    assert only(past, "window-without-count") == []


@pytest.mark.parametrize(
    ("points", "limit", "right"),
    [
        ("{ a = 5, b = 3 }", "{ points = 20 }", True),
        ("{ a = -5, b = -3 }", "{ points = 20 }", True),
        ("{ a = 5, b = 0 }", "{ points = 20 }", True),
        ("{ a = 5, b = -3 }", "{ points = 20 }", False),
        ("{ a = 5, b = -3 }", "{ times = 20 }", True),
    ],
)
def test_a_limit_in_points_counts_one_sign(points, limit, right):
    text = f'[rules.r]\non = {{ visits = "any-page" }}\npoints = {points}\nlimit = {limit}'
    assert (only(text, "mixed-signs") == []) is right


def test_a_limit_in_points_has_points_to_count():
    text = '[rules.r]\non = { visits = "any-page" }\nthen = [ { notify = "owner" } ]\nlimit = { points = 5 }'
    assert [finding.path for finding in only(text, "limit-without-points")] == [
        ("rules", "r", "limit", "points")
    ]
    assert only(text.replace("points = 5", "times = 5"), "limit-without-points") == []


@pytest.mark.parametrize(("score", "right"), [("engagement", True), ("other", False)])
def test_a_group_limits_points_that_its_rules_give(score, right):
    text = (
        f'[groups.g]\nscore = "{score}"\nlimit = {{ points = 20, per = "7d" }}\n[rules.r]\n{EVENT}group = "g"'
    )
    found = only(text, "group-of-another-score")
    assert [finding.path for finding in found] == ([] if right else [("rules", "r", "group")])


@pytest.mark.parametrize(
    ("limit", "key"),
    [("{ times = 1 }", None), ("{ points = 5 }", "points"), ('{ times = 1, each = "asset" }', "each")],
)
def test_a_threshold_is_limited_by_times(limit, key):
    text = f"""
    [thresholds.t]
    when = {{ score = "engagement", above = 5 }}
    limit = {limit}
    then = [ {{ notify = "owner" }} ]
    """
    found = only(text, "limit-of-a-threshold")
    assert [finding.path for finding in found] == ([("thresholds", "t", "limit", key)] if key else [])


@pytest.mark.parametrize(
    ("on", "right"),
    [
        ('{ visits = "any-page" }', True),
        ("{ searches = true }", False),
        ('{ changes = "country" }', False),
        ('{ any = [ { searches = true }, { visits = "any-page" } ] }', True),
    ],
)
def test_each_asset_needs_assets(on, right):
    text = f'[rules.r]\non = {on}\npoints = {{ engagement = 5 }}\nlimit = {{ times = 1, each = "asset" }}'
    assert (only(text, "each-asset-without-assets") == []) is right


@pytest.mark.parametrize("key", ['expires = "30d"', 'fades = { percent = 10, every = "7d" }'])
def test_points_are_forgotten_in_one_way(key):
    decay = '[model]\ncounts_as_activity = ["visits"]\n[decay.d]\nscore = "{}"\nsteps = [ {{ after = "30d", subtract = 5 }} ]\n'
    rule = f"[rules.r]\n{EVENT}{key}"
    (finding,) = only(decay.format("engagement") + rule, "expires-and-decays")
    assert finding.path == ("rules", "r", key.split(" ", 1)[0])
    assert only(decay.format("other") + rule, "expires-and-decays") == []


def test_an_award_is_taken_back_wherever_it_was_added():
    text = """
    [model]
    counts_as_activity = ["visits"]
    [scores.part]
    kind = "engagement"
    feeds = "whole"
    [scores.whole]
    kind = "engagement"
    [decay.d]
    score = "whole"
    steps = [ { after = "30d", subtract = 5 } ]
    [rules.r]
    on = { visits = "any-page" }
    points = { part = 5 }
    expires = "30d"
    """
    (finding,) = only(text, "expires-and-decays")
    assert finding.message == "the award expires, and 'whole' decays by 'd'"
