"""Decay: what ends a silence, what a step takes, and whom a set lifts."""

from __future__ import annotations

import pytest

from tests.checks.specs import names, only

MODEL = '[model]\ncounts_as_activity = ["visits"]\n'


def decay(*steps, score="", more=""):
    inside = ", ".join(f"{{ {step} }}" for step in steps)
    kind = f'[scores.engagement]\nkind = "engagement"\n{score}\n'
    return f'{MODEL}{kind}[decay.d]\nscore = "engagement"\n{more}\nsteps = [ {inside} ]\n'


# --- activity and days ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "own", "right"),
    [
        ("", "", False),
        ('counts_as_activity = ["visits"]', "", True),
        ('counts_as_activity = "awards"', "", True),
        ("", 'counts_as_activity = ["visits"]', True),
    ],
)
def test_a_decay_knows_what_ends_a_silence(model, own, right):
    text = f'[model]\n{model}\n[decay.d]\nscore = "engagement"\n{own}\nsteps = [ {{ after = "30d", subtract = 5 }} ]'
    assert [finding.path for finding in only(text, "decay-without-activity")] == (
        [] if right else [("decay", "d")]
    )


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ('after = "30d", subtract = 5', []),
        ('after = "2w", every = "48h", subtract = 5', []),
        ('after = "36h", subtract = 5', ["after"]),
        ('after = "1d", every = "90min", subtract = 5', ["every"]),
    ],
)
def test_a_silence_has_whole_days(step, wrong):
    found = only(decay(step), "silence-in-whole-days")
    assert [finding.path for finding in found] == [("decay", "d", "steps", 0, key) for key in wrong]


# --- amounts and bounds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "rule"),
    [
        ("subtract = 5", None),
        ("subtract = 0", "takes-nothing"),
        ("subtract = -5", "takes-nothing"),
        ("percent = 100", None),
        ("percent = 101", "more-than-all"),
    ],
)
def test_what_is_taken_is_some_and_at_most_all(step, rule):
    wanted = [rule] if rule else []
    of_decay = [
        name for name in names(decay(f'after = "30d", {step}')) if name in {"takes-nothing", "more-than-all"}
    ]
    fading = f'[rules.r]\non = {{ visits = "any-page" }}\npoints = {{ engagement = 5 }}\nfades = {{ {step}, every = "30d" }}'
    of_award = [name for name in names(fading) if name in {"takes-nothing", "more-than-all"}]
    assert of_decay == wanted
    assert of_award == wanted


@pytest.mark.parametrize(
    ("score", "stop_at", "rule"),
    [
        ("ceiling = 50", "stop_at = 49", None),
        ("ceiling = 50", "stop_at = 50", "stop-at-out-of-reach"),
        ("floor = 10\nstart = 10", "stop_at = 10", None),
        ("floor = 10\nstart = 10", "stop_at = 9", "decay-below-floor"),
    ],
)
def test_decay_stops_between_floor_and_ceiling(score, stop_at, rule):
    found = names(decay('after = "30d", subtract = 5', score=score, more=stop_at))
    assert [name for name in found if name in {"stop-at-out-of-reach", "decay-below-floor"}] == (
        [rule] if rule else []
    )


def test_a_set_below_the_floor_is_never_reached():
    text = decay('after = "30d", set = 0', score="floor = 10\nstart = 10")
    (finding,) = only(text, "decay-below-floor")
    assert finding.path == ("decay", "d", "steps", 0, "set")


def test_a_set_below_stop_at_is_the_golden_case():
    steps = ('after = "30d", subtract = 10', 'after = "180d", set = 0')
    text = decay(*steps, more="stop_at = 50")
    assert not {"decay-below-floor", "decay-set-lifts", "stop-at-out-of-reach"} & set(names(text))


def test_a_limit_counts_what_is_subtracted():
    more = 'limit = { points = 30, per = "silence" }'
    assert len(only(decay('after = "30d", set = 0', more=more), "decay-limit-without-effect")) == 1
    mixed = decay('after = "30d", set = 0', 'after = "60d", percent = 5', more=more)
    assert only(mixed, "decay-limit-without-effect") == []


# --- set ------------------------------------------------------------------------------------------------------------

TAKING = '[rules.careers]\non = { visits = "any-page" }\npoints = { engagement = -10 }\n'


@pytest.mark.parametrize(
    ("text", "lifts"),
    [
        (decay('after = "30d", set = 3'), True),
        (decay('after = "30d", at_least = 3, set = 3'), False),
        (decay('after = "30d", below = 3, set = 3'), False),  # lifting is what it says
        (decay('after = "30d", set = 0'), False),
        (decay('after = "30d", set = 0') + TAKING, True),
        (decay('after = "30d", set = 0', score="floor = 0") + TAKING, False),
        (decay('after = "30d", set = 0', more="stop_at = 0") + TAKING, False),
        (decay('after = "30d", set = 3', score="start = 10"), False),
        (decay('after = "30d", set = 3', score="start = 10") + TAKING, True),
        (decay('after = "10d", subtract = 5', 'after = "30d", set = 3', score="start = 10"), True),
        (
            decay(
                'after = "10d", subtract = 5',
                'after = "30d", set = 3',
                score="start = 10",
                more="stop_at = 3",
            ),
            False,
        ),
        (decay('after = "60d", subtract = 5', 'after = "30d", set = 3', score="start = 10"), False),
        (decay('after = "10d", set = 1', 'after = "30d", set = 3', score="start = 10"), True),
    ],
)
def test_a_set_without_a_level_lifts_who_stands_below(text, lifts):
    assert bool(only(text, "decay-set-lifts")) is lifts


@pytest.mark.parametrize(
    "taking",
    [
        '[rules.f]\nwhen = { field = "country", is = "France" }\npoints = { engagement = -5 }',
        '[tiers.t]\nscore = "engagement"\nfield = "country"\ncases = [ { is = "France", points = 5 } ]\nunknown = -5',
        '[fields]\nn = { type = "number" }\n[inputs.i]\nfield = "n"\nscore = "engagement"',
        '[scores.part]\nkind = "engagement"\nfeeds = "engagement"\n[rules.f]\non = { visits = "any-page" }\npoints = { part = -5 }',
        '[rules.f]\non = { visits = "any-page" }\nthen = [ { reset = "engagement", to = -5 } ]',
    ],
    ids=["fact", "tier", "input", "feeding", "reset"],
)
def test_whatever_takes_points_can_put_somebody_below(taking):
    assert len(only(decay('after = "30d", set = 0') + taking, "decay-set-lifts")) == 1


def test_the_help_keeps_the_name_of_the_number():
    text = decay('after = "30d", set = "quiet"') + "[values]\nquiet = 3"
    (finding,) = only(text, "decay-set-lifts")
    assert finding.help == 'to lower only, write { after = "30d", at_least = "quiet", set = "quiet" }'


# --- again and again ------------------------------------------------------------------------------------------------

PAGE = '[rules.page]\non = { visits = "any-page" }\npoints = { engagement = 1 }\n'
OPEN = '[rules.open]\non = { opens = "any-email" }\npoints = { engagement = 1 }\n'
SETS = 'after = "30d", every = "30d", set = 0'


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (decay(SETS) + PAGE, True),
        (decay('after = "30d", every = "30d", subtract = 5') + PAGE, False),
        (decay('after = "30d", every = "30d", at_least = 1, set = 0') + PAGE, False),
        (
            decay(SETS) + PAGE + OPEN,
            False,
        ),  # opens are no activity here, so they raise the score within a silence
        (decay(SETS).replace('["visits"]', '"awards"') + PAGE + OPEN, True),
        (decay(SETS) + PAGE + "[rules.f]\nwhen = { mailable = true }\npoints = { engagement = 1 }", False),
        (
            decay(SETS)
            + PAGE
            + decay('after = "9d", subtract = 1').split("\n", 4)[4].replace("decay.d", "decay.e"),
            False,
        ),
    ],
)
def test_setting_again_what_nothing_has_moved(text, warned):
    assert bool(only(text, "repeats-without-effect")) is warned
