"""What practitioners warn of, and the conditions under which the warning would be unfair."""

from __future__ import annotations

import pytest

from tests.checks.specs import only


def messages(text, name, **more):
    return [finding.message for finding in only(text, name, **more)]


PAGE = '[rules.page]\non = { visits = "any-page" }\npoints = { engagement = 1 }\n'
DECAY = '[decay.d]\nscore = "engagement"\ncounts_as_activity = ["visits"]\nsteps = [{{ after = "30d", {0} }}]\n{1}\n'


@pytest.mark.parametrize("more", ["", 'limit = { times = 1, per = "calendar day" }'])
def test_a_score_that_only_grows(more):
    assert messages(PAGE + more, "score-only-grows") == [
        "'engagement' goes up with every event, and nothing takes it down"
    ]


@pytest.mark.parametrize(
    "more",
    [
        "limit = { times = 5 }",
        'expires = "90d"',
        'fades = { subtract = 1, every = "30d" }',
        '[scores.engagement]\nkind = "engagement"\nceiling = 100',
        DECAY.format("subtract = 10", ""),
        "[rules.gone]\non = { unsubscribes = true }\npoints = { engagement = -5 }",
        '[rules.student]\nwhen = { field = "job-title", is = "Student" }\npoints = { engagement = -5 }',
        '[thresholds.t]\nwhen = { score = "engagement", above = 900 }\nthen = [{ reset = "engagement", to = 3 }]',
    ],
    ids=["once", "expires", "fades", "ceiling", "decay", "bad-sign", "bad-fact", "reset"],
)
def test_what_takes_a_score_down(more):
    assert messages(PAGE + more, "score-only-grows") == []


def test_a_peak_beside_a_total_that_comes_down_is_kept_on_purpose():
    part = '[scores.part]\nkind = "engagement"\nfeeds = "engagement"\n[rules.demo]\non = { submits = "demo" }\npoints = { part = 5 }\n'
    assert messages(PAGE + part + DECAY.format("subtract = 10", ""), "score-only-grows") == []
    assert len(messages(PAGE + part, "score-only-grows")) == 2
    both = PAGE.replace("= 1 }", "= 1, freshness = 1 }").replace("engagement = 1", "behavior = 1")
    decay = DECAY.format("subtract = 10", "").replace('"engagement"', '"freshness"')
    assert messages(both + decay, "score-only-grows") == []


OPEN = '[rules.o]\non = {{ opens = "any-email"{0} }}\npoints = {{ engagement = {1} }}\n{2}\n'


@pytest.mark.parametrize(
    ("event", "points", "more", "found"),
    [
        ("", 1, "", True),
        ("", -1, "", False),
        ("", 1, "limit = { times = 1, each = 'asset' }", False),
        ("", 1, "limit = { times = 3, per = '7d' }", False),
        (", at_least = 4", 1, "limit = { times = 1, per = 'calendar day' }", False),
        (
            "",
            1,
            "group = 'email'\n[groups.email]\nscore = 'engagement'\nlimit = { points = 5, per = '7d' }",
            False,
        ),
        ("", 1, "when = { clicked = 'any-email', within = '1d' }", False),
        ("", 1, "when = { field = 'country', is = 'France' }", True),
    ],
)
def test_points_for_every_open(event, points, more, found):
    assert bool(messages(OPEN.format(event, points, more), "points-for-every-open")) is found


def test_an_open_among_other_events():
    text = '[rules.any]\non.any = [\n  { visits = "any-page" },\n  { opens = "any-email" },\n]\npoints = { engagement = 1 }\n'
    (found,) = only(text, "points-for-every-open")
    assert found.path == ("rules", "any", "on", "any", 1, "opens")


@pytest.mark.parametrize(
    ("step", "more", "key"),
    [
        ("set = 0", "", "set"),
        ("at_least = -5, set = -5", "", "set"),
        ("subtract = 10", "", "subtract"),
        ('every = "30d", percent = 50', "", "percent"),
        ("above = 5, subtract = 10", "", "subtract"),
        ("subtract = 10", "stop_at = 0", "subtract"),
    ],
)
def test_a_decay_to_zero(step, more, key):
    (found,) = only(PAGE + DECAY.format(step, more), "decay-to-zero")
    assert found.path == ("decay", "d", "steps", 0, key)


def test_of_several_steps_the_one_that_sets_to_zero_is_pointed_at():
    steps = 'subtract = 10 }, { after = "60d", percent = 50 }, { after = "180d", set = 0'
    (found,) = only(PAGE + DECAY.format(steps, ""), "decay-to-zero")
    assert found.path == ("decay", "d", "steps", 2, "set")


@pytest.mark.parametrize(
    ("step", "more"),
    [
        ("at_least = 3, set = 3", ""),
        ("subtract = 10", "stop_at = 5"),
        ("above = 50, subtract = 10", ""),
        ('at_least = 30, every = "30d", percent = 50', ""),
        ('every = "30d", percent = 10', ""),  # 10 % of 4 is nothing: it rests there
        ("subtract = 10", 'limit = { points = 30, per = "silence" }'),
        ("subtract = 10", '[scores.engagement]\nkind = "engagement"\nfloor = 5'),
        (
            "subtract = 10",
            '[scores.p]\nkind = "engagement"\nfeeds = "engagement"\n[rules.p]\non = { submits = "p" }\npoints = { p = 1 }',
        ),
        ("subtract = 10", '[rules.p]\non = { submits = "p" }\npoints = { engagement = 1, behavior = 1 }'),
    ],
    ids=[
        "set-3",
        "stop-at",
        "level",
        "level-percent",
        "percent-rests",
        "limit",
        "floor",
        "peak-feeds",
        "peak-beside",
    ],
)
def test_a_decay_that_leaves_something(step, more):
    assert messages(PAGE + DECAY.format(step, more), "decay-to-zero") == []


@pytest.mark.parametrize(
    ("paths", "points", "found"),
    [
        ('"/careers"', 5, True),
        ('["/jobs", "example.com/en/careers/"]', 5, True),
        ('"/careers"', -5, False),
        ('["/pricing", "/careers"]', 5, False),
        ('"/career-coaching-software"', 5, False),
        ('"jobs.example.com"', 5, True),
        ('"/careersuccess"', 5, False),
    ],
)
def test_a_page_for_applicants(paths, points, found):
    text = f'[assets]\np = {{ pages = {paths} }}\n[rules.r]\non = {{ visits = "p" }}\npoints = {{ engagement = {points} }}\n'
    assert bool(messages(text, "careers-page-earns")) is found


@pytest.mark.parametrize("event", ["unsubscribes = true", 'bounces = "hard"', 'opportunity = "lost"'])
def test_a_bad_sign(event):
    text = f"[rules.r]\non = {{ {event} }}\npoints = {{ engagement = 5 }}\n"
    assert len(messages(text, "bad-sign-earns")) == 1
    assert messages(text.replace("= 5", "= -5"), "bad-sign-earns") == []


def test_a_won_opportunity_is_no_bad_sign():
    text = '[rules.r]\non = { opportunity = "won" }\npoints = { engagement = 5 }\n'
    assert messages(text, "bad-sign-earns") == []


def test_bots_earn():
    text = '[model]\nignore_bots = false\n[rules.c]\non = { clicks = "any-email" }\npoints = { engagement = 3 }\n'
    (found,) = only(text, "bots-earn")
    assert found.path == ("model", "ignore_bots")
    assert (
        messages(text.replace('"any-email"', '"any-email", where = { bot = { is = false } }'), "bots-earn")
        == []
    )
    assert messages(text.replace("= 3", "= -3"), "bots-earn") == []
    assert messages(text.replace("false", "true"), "bots-earn") == []


def test_who_earns_in_silence():
    webinar = '[rules.w]\non = { attends = "any-webinar" }\npoints = { engagement = 20 }\n'
    (found,) = only(PAGE + webinar + DECAY.format("subtract = 5", "stop_at = 5"), "earns-in-silence")
    assert found.path == ("decay", "d", "counts_as_activity")
    assert found.message == "who attends earns points in 'engagement', and is silent for 'd' all the same"
    awards = DECAY.format("subtract = 5", "stop_at = 5").replace('["visits"]', '"awards"')
    assert messages(PAGE + webinar + awards, "earns-in-silence") == []
    assert (
        messages(PAGE + webinar.replace("20", "-20") + DECAY.format("subtract = 5", ""), "earns-in-silence")
        == []
    )


def test_the_models_activity_is_named_where_it_stands():
    text = '[model]\ncounts_as_activity = ["submits"]\n' + PAGE + DECAY.format("subtract = 5", "")
    text = text.replace('counts_as_activity = ["visits"]\n', "")
    (found,) = only(text, "earns-in-silence")
    assert found.path == ("model", "counts_as_activity")


def test_machines_do_not_end_a_silence():
    opens = OPEN.format("", 1, "limit = { times = 1, each = 'asset' }")
    assert messages(PAGE + opens + DECAY.format("subtract = 5", ""), "earns-in-silence") == []
