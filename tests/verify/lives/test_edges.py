"""The values, ways and distances at which lives try a model, on models of one element."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest

from scorewright.model.value_tests import Age, Day, Is, Known, Matches, Range
from scorewright.model.values import Bound, Bounds, Duration, Number
from scorewright.semantics import run
from scorewright.verify.lives import boundary_lives
from scorewright.verify.lives.values import around
from scorewright.verify.lives.wants import ways
from tests.semantics.play import LEAD, spec

DAY = 86_400
NOW = datetime(2026, 3, 10, 9, 30)  # noqa: DTZ001 - the model's wall clock
MONTH = Duration(30, "d")


def least(number):
    return Range(Bounds(Bound(Number(number), inclusive=True)))


@pytest.mark.parametrize(
    ("test", "values"),
    [
        (least(10), {9, 10, 11}),
        (Is((3,)), {2, 3, 4}),
        (Is((True,)), {True, False}),
        (Matches("contains_word", ("COO",)), {"COO", "coo", "UnCOOed", "The COO here", "CO"}),
        (Matches("starts_with", ("Head",)), {"Head", "hEAD", "The Head", "Headed"}),
        (Day("2026-05-01", None), {"2026-04-30", "2026-05-01", "2026-05-02"}),
        (Age("within_last", MONTH), {"2026-02-07", "2026-02-08", "2026-02-09", "2026-03-10"}),
        (Age("within_next", MONTH), {"2026-04-08", "2026-04-09", "2026-04-10"}),
        (Known(known=True), set()),
    ],
)
def test_values_lie_on_both_sides_of_a_test(test, values):
    assert values <= set(around(test, NOW))


WHEN = """
[marks]
old = {}
[segments.wanted]
when.all = [
  { mark = "old" },
  { any = [{ field = "city", is = "Paris" }, { assigned = true }] },
]
"""


def test_each_member_of_a_condition_decides_once():
    """True by each member of any alone; false by each member of all alone, the others holding."""
    model = spec(WHEN)
    condition = model.segments["wanted"].when
    true = [{*want.facts, *(so for *_, so in want.tests)} for want in ways(model, condition)]
    assert true == [
        {("mark", "old", True), ("owner", "", False), True},
        {("mark", "old", True), ("owner", "", True), False},
    ]
    false = [{*want.facts, *(so for *_, so in want.tests)} for want in ways(model, condition, so=False)]
    assert {("mark", "old", False), ("owner", "", False), True} in false
    assert {("mark", "old", True), ("owner", "", False), False} in false


def test_a_limit_s_window_is_tried_a_second_before_its_end_at_it_and_after():
    body = (
        LEAD
        + '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\nlimit = { times = 1, per = "7d" }\n'
    )
    gaps = {gap for life in boundary_lives(spec(body)) for gap in gaps_of(life)}
    assert {7 * DAY - 1, 7 * DAY, 7 * DAY + 1} <= gaps


def test_a_limit_is_filled_and_then_passed():
    body = LEAD + '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\nlimit = { times = 3 }\n'
    model = spec(body)
    awards = {}
    for life in boundary_lives(model, 1):
        changes = run(model, life.person, life.until).changes
        awards[life.name] = (
            sum(c.reason == "award" for c in changes),
            sum(c.kind == "limit" for c in changes),
        )
    assert (3, 2) in awards.values()


def test_counted_events_are_tried_at_the_window_s_end():
    body = LEAD + (
        '[rules.jobs]\non = { visits = "any-page", at_least = 3, within = "7d" }\npoints = { lead = 1 }\n'
        "limit = { times = 1 }\n"
    )
    model = spec(body)
    given = {}
    for life in boundary_lives(model):
        told = [item.at for item in life.person.history]
        if len(told) == 3:
            changes = run(model, life.person, life.until).changes
            given[told[2] - told[0] - 7 * DAY] = any(change.reason == "award" for change in changes)
    assert (given[-1], given[0], given[1]) == (True, False, False)


def test_a_silence_is_ended_before_at_and_after_the_tick_that_would_notice_it():
    body = LEAD + (
        '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 5 }\n'
        '[decay.quiet]\nscore = "lead"\ncounts_as_activity = ["visits"]\nsteps = [ { after = "30d", subtract = 3 } ]\n'
    )
    model = spec(body)
    seconds = set()
    for life in boundary_lives(model):
        if "the tick" in life.name:
            seconds.add((life.person.history[-1].at + DAY // 2) % DAY - DAY // 2)
    assert {-1, 0, 1} <= seconds


def test_a_threshold_is_tried_one_short_exact_and_one_over():
    body = LEAD + (
        '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
        '[thresholds.mql]\nwhen = { score = "lead", at_least = 7 }\nthen = [ { notify = "owner" } ]\n'
    )
    model = spec(body)
    fired_at = set()
    for life in boundary_lives(model, 1):
        if life.name.startswith("thresholds.mql") and not life.person.scores:
            changes = run(model, life.person, life.until).changes
            score = 0
            for change in changes:
                score = change.after if change.kind == "score" else score
                fired_at |= {score} if change.kind == "fired" else set()
    assert fired_at == {7}


def gaps_of(life):
    told = [life.person.created, *(item.at for item in life.person.history)]
    return {later - sooner for sooner, later in pairwise(told)}


def test_what_is_nearly_a_file_still_ends_like_one():
    """What a file's name ends in tells some platforms a download from a click."""
    rule = '[assets]\nguide = { file = "guide.pdf" }\n[rules.r]\non = { downloads = "guide" }\npoints = { lead = 1 }\n'
    names = {
        item.name
        for life in boundary_lives(spec(LEAD + rule), 3)
        for item in life.person.history
        if getattr(item, "name", None)
    }
    assert "guid.pdf" in names
    assert "guide.pd" not in names
