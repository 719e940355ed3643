"""A threshold that nothing closes again is told so; what can close, or is meant once, is not."""

from __future__ import annotations

import pytest

from tests.checks.specs import only

RULE = '[rules.r]\non = { submits = "demo" }\npoints = { engagement = 5, fit = 0 }\n'
SEGMENT = '[segments.asked]\nwhen = { submitted = "demo" }\n'
THRESHOLD = '[thresholds.t]\n{0}\nthen = [ {{ notify = "owner" }} ]\n'


@pytest.mark.parametrize(
    ("when", "never"),
    [
        ('when = { submitted = "demo" }', True),
        ('when = { segment = "asked" }', True),
        ('when.any = [ { score = "engagement", above = 9 }, { submitted = "demo", at_least = 2 } ]', True),
        ('when.all = [ { submitted = "demo" }, { not = { not = { visited = "any-page" } } } ]', True),
        ('when.all = [ { score = "engagement", above = 9 }, { submitted = "demo" } ]', False),
        ('when.all = [ { submitted = "demo" }, { not = { mark = "mql" } } ]', False),
        ('when = { submitted = "demo", within = "7d" }', False),
        ('when = { submitted = "demo", exactly = 1 }', False),
        ('when = { not = { submitted = "demo" } }', False),
        ('when = { submitted = "demo" }\nlimit = { times = 1 }', False),
        ('when = { submitted = "demo" }\nlimit = { times = 1, per = "30d" }', True),
        ('when = { submitted = "demo" }\nunless = { mark = "mql" }', True),
    ],
)
def test_a_threshold_that_never_closes(when, never):
    found = only(RULE + SEGMENT + THRESHOLD.format(when), "threshold-never-closes")
    assert bool(found) is never


def test_where_and_how_it_is_said():
    when = 'when.any = [ { score = "engagement", above = 9 }, { submitted = "demo" } ]'
    (found,) = only(RULE + THRESHOLD.format(when), "threshold-never-closes")
    assert (found.path, found.on) == (("thresholds", "t", "when", "any", 1, "submitted"), "key")
    assert found.message == "who has once submitted is over 't' for good"
    assert "or_on = [ { submits = … } ]" in found.help
