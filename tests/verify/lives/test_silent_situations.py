"""Situations that a silence brings about: what begins and ends one, and what its steps meet."""

from __future__ import annotations

import dataclasses

import pytest

from scorewright.model.history import Happening
from tests.semantics.play import spec
from tests.verify.lives.situated import CREATED, DAY, MODEL, form, held, opens, page

EVERY = spec(
    """
[assets]
contact = { form = "Contact us" }
[scores.lead]
kind = "engagement"
[decay.quiet]
score = "lead"
counts_as_activity = ["submits"]
steps = [ { after = "10d", every = "10d", subtract = 1 }, { after = "20d", at_least = 50, set = 7 } ]
"""
)


@pytest.mark.parametrize(("until", "together"), [(20, False), (25, True)])
def test_two_steps_that_are_due_on_one_day_come_together_even_where_one_is_for_nobody(until, together):
    found = held(form(3), model=EVERY, until=until, scores={"lead": 20})
    assert ("steps-together" in found) is together


def test_what_counts_as_activity_matters_only_where_a_silence_comes_near_a_decay():
    assert "other-activity" in held(page(3), until=28)
    assert "other-activity" not in held(page(3), until=27)
    assert "other-activity" not in held(page(3), form(10), form(25), until=50)
    assert "other-activity" in held(page(3), form(10), form(25), until=54)


def test_a_second_silence_is_one_that_comes_to_the_first_step():
    assert "silent-twice" in held(form(3), form(40), until=80)
    assert "silent-twice" not in held(form(3), form(20), until=80)
    assert "silent-twice" not in held(form(3), until=80)


def test_a_silence_that_only_platforms_see_counts_where_activity_is_counted_otherwise():
    often = opens(3, 23, 43, 63)
    assert "other-silences" in held(*often, page(5), page(40), until=75)
    assert "other-silences" not in held(*often, page(5), page(30), until=59)
    assert "other-silences" not in held(form(3), form(40), until=80)


def test_drawn_out_is_the_thirteenth_time_in_one_silence():
    assert "drawn-out" in held(form(3), until=3 + 13 * 30 + 2)
    assert "drawn-out" not in held(form(3), until=3 + 13 * 30 - 1)
    assert "drawn-out" not in held(form(3), form(100), until=450)


def test_the_last_day_of_a_silence_lies_before_the_day_s_start_that_notices():
    assert "last-day" in held(form(3), form(33.2), until=40)
    assert "last-day" not in held(form(3), form(32.9), until=40)
    assert "last-day" not in held(form(3), form(34), until=40)
    assert "last-day" in held(form(3), form(63.2), until=70), "a step that repeats comes due again"


def test_who_is_back_at_the_very_tick_of_a_step_is_crowded_with_it():
    to_the_day = (86_400 - 36_007) / 86_400
    assert "crowded" in held(form(3), form(33 + to_the_day), until=70)
    assert "crowded" not in held(form(3), form(35 + to_the_day), until=70)


def test_silences_are_cut_twice_when_two_end_while_a_step_is_at_work():
    assert "cut-twice" in held(form(3), form(34), form(65), until=70)
    assert "cut-twice" not in held(form(3), form(34), form(70), until=75)
    assert "cut-twice" not in held(form(3), form(32.9), form(64), until=70)


QUIET = """
[decay.quiet]
score = "lead"
counts_as_activity = ["submits"]
steps = [ { after = "30d", subtract = 1 } ]
"""


def test_before_the_start_lies_what_happens_before_the_model_starts():
    late = spec('[scores.lead]\nkind = "engagement"\n', head="starts = 2026-01-08")
    assert {"before-start", "existing"} <= held(page(5), model=late)
    assert not {"before-start", "existing"} & held(page(5), model=late, created=CREATED + 4 * DAY)


def test_the_clock_crowds_what_is_told_and_not_itself():
    assert "crowded" in held(form(3), page(34), until=60)
    assert "crowded" not in held(form(3), page(36), until=60)
    daily = spec(QUIET.replace("subtract", 'every = "1d", subtract') + '[scores.lead]\nkind = "engagement"\n')
    assert "crowded" not in held(
        Happening(CREATED + 3 * DAY, "submits", "any-form"), model=daily, until=60, settle=40
    )


def test_a_step_that_is_due_crowds_also_where_its_level_does_not_fit():
    level = '[scores.lead]\nkind = "engagement"\n' + QUIET.replace("subtract = 1", "at_least = 5, set = 5")
    begun = Happening(CREATED + 3 * DAY, "submits", "any-form")
    for day, so in ((34, True), (36, False)):
        later = Happening(CREATED + day * DAY, "visits", "any-page")
        found = held(begun, later, model=spec(level), until=60, scores={"lead": 4})
        assert ("crowded" in found) is so


def test_what_is_told_late_begins_a_silence_when_it_happened():
    """Where awards end a silence: an award of day 1 that is told on day 6 leaves thirty days from day 1 on."""
    by_awards = dataclasses.replace(
        MODEL,
        decay={key: dataclasses.replace(item, activity=("awards",)) for key, item in MODEL.decay.items()},
    )
    told_late = form(1, known=CREATED + 6 * DAY)
    assert "other-activity" in held(told_late, page(8), model=by_awards, until=29)
    assert "other-activity" not in held(form(6), page(8), model=by_awards, until=29)


STEPS = spec(
    """
[assets]
contact = { form = "Contact us" }
[scores.lead]
kind = "engagement"
[rules.contact]
on = { submits = "contact" }
points = { lead = 10 }
[decay.quiet]
score = "lead"
counts_as_activity = ["submits", "opens"]
steps = [{ after = "20d", at_least = 5, subtract = 2 }, { after = "20d", subtract = 1 }, { after = "40d", subtract = 9 }]
then = [{ notify = "owner" }]
"""
)


@pytest.mark.parametrize(
    ("days", "opened", "often"),
    [
        (30, False, 1),  # two steps of one day act
        (50, False, 1),
        (30, True, 1),  # nothing to take, and one of them is not meant
        (50, True, 2),
    ],
)
def test_a_step_acts_in_vain_where_nothing_is_left_to_take_or_another_acts_too(days, opened, often):
    history = [Happening(CREATED, "opens", "any-email", {})] if opened else [form(0)]
    found = held(*history, model=STEPS, until=days)
    assert sum(name.startswith("acts-in-vain decay.quiet ") for name in found) == often
