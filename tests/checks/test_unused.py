"""Names that nothing uses, scores without points, halves of marks."""

from __future__ import annotations

import pytest

from tests.checks.specs import only

RULE = """
[rules.form]
on = { submits = "any-form" }
points = { engagement = 50 }
"""


def paths(text, name, **more):
    return [".".join(map(str, finding.path)) for finding in only(text, name, **more)]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[values]\nspare = 3", "values.spare"),
        ('[terms.spare]\nmatch = "is"\nvalues = ["A"]', "terms.spare"),
        ('[fields]\nspare = { type = "text" }', "fields.spare"),
        ("[activities]\nspare = {}", "activities.spare"),
        ('[assets]\nspare = { form = "Spare" }', "assets.spare"),
        ("[marks]\nspare = {}", "marks.spare"),
        ('[products.spare]\ntitle = "Spare"', "products.spare"),
        ('[groups.spare]\nscore = "engagement"\nlimit = { points = 5, per = "1d" }', "groups.spare"),
        ('[schedules.spare]\nat = ["08:00"]', "schedules.spare"),
        (
            '[bands.spare]\nscore = "engagement"\ncases = [{ label = "A", at_least = 5 }, { label = "B" }]',
            "bands.spare",
        ),
    ],
)
def test_what_nothing_uses(text, path):
    assert paths(RULE + text, "unused-name") == [path]


@pytest.mark.parametrize(
    "text",
    [
        "[values]\nhalf = { percent = 50, of = 'full' }\nfull = 100\n[scores.engagement]\nkind = 'engagement'\nceiling = 'half'",
        '[grades.fit]\ncriteria.a = { when = { field = "country", is = "France" }, thirds = 1 }',
        (
            '[fields]\nclass = { type = "text" }\n[bands.b]\nscore = "engagement"\nfield = "class"\n'
            'cases = [{ label = "A", at_least = 5 }, { label = "B" }]'
        ),
        '[lifecycle]\nfield = "stage"\n[fields]\nstage = { type = "text" }',
        '[assets]\nfolder = { form = "A" }\n[targets.pardot]\nfolders = { folder = "Forms" }',
        (
            '[assets]\nform = { form = "A" }\n[examples.one]\ncreated = 2026-01-01\n'
            'events = [{ at = 2026-01-02, submits = "form" }]\nexpect = [{ at = 2026-01-03, score = "engagement", is = 50 }]'
        ),
    ],
    ids=["share", "grade", "band-with-field", "lifecycle", "target-option", "example"],
)
def test_what_is_a_result_or_used_far_away_is_no_finding(text):
    assert paths(RULE + text, "unused-name") == []


@pytest.mark.parametrize(
    "broken",
    [
        'on = { submits = "nowhere" }\npoints = { engagement = "form" }',
        'on = { visits = "any-page" }\npoints = { engagement = "form" }\nlimit = "often"',
    ],
    ids=["unknown-name", "wrong-shape"],
)
def test_what_only_a_broken_element_uses_is_used(broken):
    assert paths(f"[values]\nform = 5\n[rules.broken]\n{broken}", "unused-name", complete=False) == []


def test_an_unread_segment_is_advice():
    text = '[segments.spare]\nwhen = { field = "country", is = "France" }'
    assert paths(text, "unread-segment") == ["segments.spare"]
    assert paths(text + '\n[model]\nexclude = ["spare"]', "unread-segment") == []


def test_roles_that_no_copy_asks_for():
    text = """
[products.a]
values = { director = 15, chief = 20 }
assets = { demo = "demo-a", film = "film-a" }

[assets]
demo-a = { form = "Demo A" }
film-a = { video = "Film A" }

[scores.lead]
kind = "engagement"
each = "product"

[rules.demo]
on = { submits = "demo" }
points = { lead = "director" }
each = "product"
"""
    assert paths(text, "unused-name") == ["products.a.values.chief", "products.a.assets.film"]


def test_a_score_that_nothing_moves():
    text = '[scores.empty]\nkind = "engagement"\n' + RULE
    assert paths(text, "score-without-points") == ["scores.empty"]


@pytest.mark.parametrize(
    "more",
    [
        '[tiers.t]\nscore = "empty"\nfield = "country"\ncases = [{ is = "France", points = 1 }]',
        '[fields]\nreview = { type = "number" }\n[inputs.i]\nfield = "review"\nscore = "empty"',
        '[thresholds.t]\nwhen = { score = "engagement", above = 9 }\nthen = [{ reset = "empty", to = 5 }]',
        '[scores.part]\nkind = "engagement"\nfeeds = "empty"\n[rules.r]\non = { visits = "any-page" }\npoints = { part = 1 }',
    ],
    ids=["tier", "input", "reset", "fed"],
)
def test_a_score_is_moved_in_other_ways(more):
    assert paths('[scores.empty]\nkind = "engagement"\n' + RULE + more, "score-without-points") == []


def test_a_combined_score_needs_no_points():
    assert (
        paths('[scores.all]\nkind = "combined"\nsum_of = ["engagement"]' + RULE, "score-without-points") == []
    )


PUT = '[thresholds.{0}]\nwhen = {{ score = "engagement", above = 9 }}\nthen = [{{ mark = "m" }}]\n'
READ = '[segments.{0}]\nwhen = {{ mark = "m" }}\n'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (READ.format("s"), "mark-never-put"),
        (PUT.format("t"), "mark-never-read"),
        (PUT.format("t").replace("mark =", "unmark ="), "mark-never-put"),
    ],
)
def test_half_a_mark(text, name):
    assert paths(text, name) == ["marks.m"]


def test_both_halves_of_a_mark_and_a_mark_for_people_to_see():
    assert paths(PUT.format("t") + READ.format("s"), "mark-never-put") == []
    assert paths(PUT.format("t") + READ.format("s"), "mark-never-read") == []
    assert paths(PUT.format("t") + '[marks]\nm = { names = { pardot = "#m" } }', "mark-never-read") == []


def test_what_is_not_there_is_not_judged_while_something_is_left_out():
    broken = '[rules.broken]\non = { submits = "nowhere" }\npoints = { empty = 5 }\n'
    text = '[scores.empty]\nkind = "engagement"\n' + broken
    assert paths(text, "score-without-points", complete=False) == []
