"""Situations in which a threshold opens: by an event, in silence, by the clock, or beside another."""

from __future__ import annotations

import dataclasses

import pytest

from scorewright.model import actions as act
from scorewright.model.history import Person
from scorewright.semantics import Machine, Version
from scorewright.verify.lives import Held, Life, Since, Situations
from tests.semantics.play import spec
from tests.verify.lives.situated import CREATED, DAY, FIRST, OPENING, field, form, held, of_element, page

MEETING = spec(
    """
[assets]
contact = { form = "Contact us" }
[marks]
hot = {}
[scores.lead]
kind = "engagement"
[rules.contact]
on = { submits = "contact" }
points = { lead = 10 }
[decay.quiet]
score = "lead"
counts_as_activity = ["submits"]
steps = [ { after = "10d", set = 3 } ]
[thresholds.warm]
when = { score = "lead", at_least = 10 }
then = [ { mark = "hot" } ]
[thresholds.much]
when = { score = "lead", at_least = 20 }
then = [ { notify = "owner" } ]
[thresholds.next]
when.all = [ { mark = "hot" }, { score = "lead", at_least = 5 } ]
then = [ { notify = "owner" } ]
[thresholds.little]
when = { score = "lead", below = 5 }
unless = { mark = "hot" }
then = [ { notify = "owner" } ]
"""
)


@pytest.mark.parametrize(
    ("history", "scores", "marks", "together", "silent"),
    [
        ([form(3)], {"lead": 1}, (), False, True),
        ([form(3)], {"lead": 12}, (), False, False),
        ([form(3)], {"lead": 12}, ("hot",), False, False),
        ([form(3), form(5)], {"lead": 1}, (), True, True),
        ([form(3)], {"lead": 15}, (), False, False),
    ],
)
def test_what_opens_at_once_or_in_silence_is_told_from_what_an_event_opens(
    history, scores, marks, together, silent
):
    found = held(*history, model=MEETING, until=9, scores=scores, marks=marks)
    assert ("fired-together" in found, "opened-in-silence" in found) == (together, silent)


def test_the_clock_opens_a_threshold_that_only_the_next_event_finds():
    assert "opened-in-silence" not in held(form(3), model=MEETING, until=9, scores={"lead": 12})
    assert "opened-in-silence" in held(form(3), model=MEETING, until=15, scores={"lead": 12})


def test_a_date_opens_a_threshold_in_silence_unless_something_happens_first_and_each_time_counts():
    """5 January and ten days are the 15th."""
    assert of_element("opened-silently", "thresholds.aged", since="2026-01-05") == 1
    assert of_element("opened-silently", "thresholds.aged", since="2025-01-05") == 0
    twice = (field(20, "since", "2026-01-20"),)
    assert of_element("opened-silently", "thresholds.aged", *twice, since="2026-01-05") == 2


@pytest.mark.parametrize(("day", "so"), [(2, True), (20, False)])
def test_what_a_version_finds_open_when_it_follows_another_has_not_opened_in_silence(day, so):
    """The tenth day after the date is the 15th of January, ten days after they are created."""
    before = dataclasses.replace(OPENING, thresholds={})
    person = Person(CREATED, {**FIRST, "since": "2026-01-05"}, {}, frozenset(), ())
    life, naming = Life("made", person, CREATED + 40 * DAY, ()), Situations(OPENING)
    since = Since(Machine(before), person, CREATED + day * DAY)
    timeline = since.machine.run(person, life.until, None, [Version(since.at, Machine(OPENING))])
    found = Held(naming, life, timeline, (24,), (life.until,), since=since).at(24, life.until)
    assert ("opened-silently" in found) is ("opened-in-silence" in found) is so


def test_a_decay_opens_the_threshold_that_asks_for_its_mark_and_no_other():
    assert of_element("opened-silently", "thresholds.back", form(3)) == 1
    assert of_element("opened-silently", "thresholds.hot", form(3)) == 0
    assert of_element("opened-silently", "thresholds.back", form(3), form(20), form(45)) == 0


def test_what_is_no_activity_wakes_unseen_and_what_is_does_not():
    """Asleep from day 33 on; a field changes, or a page is viewed, on day 40, with 30 days less two to look back."""
    taken = OPENING.thresholds["back"]
    taken = dataclasses.replace(taken, then=(act.TakeMark("quiet", path=taken.then[0].path),))
    model = dataclasses.replace(OPENING, thresholds={"back": taken})

    def often(*history, model=model):
        found = held(form(3), *history, model=model, until=60)
        return sum(1 for item in found if item.startswith("woken-unseen thresholds.back "))

    assert often(field(40, "company", "Them")) == 1
    assert often(page(40)) == 0
    assert [often(page(day), field(40, "company", "Them")) for day in (11, 13)] == [1, 0]
    assert often(field(40, "company", "Them"), model=OPENING) == 0


def test_a_fact_exchanges_points_of_the_thresholds_that_ask_for_its_score():
    turns = (field(3, "job-title", "COO"), field(9, "job-title", "CEO"), field(12, "job-title", "CFO"))
    assert of_element("exchanged", "thresholds.hot", *turns) == 2
    assert of_element("exchanged", "thresholds.aged", *turns) == 0


MIXED = spec(
    """
[scores.lead]
kind = "engagement"
[rules.coo]
when = { field = "job-title", contains_word = "COO" }
points = { lead = 5 }
[rules.us]
when = { field = "company", is = "Us" }
points = { lead = -3 }
[rules.here]
when = { field = "city", is = "Here" }
points = { lead = 4 }
[thresholds.hot]
when = { score = "lead", at_least = 5 }
then = [{ notify = "owner" }]
[thresholds.cold]
when.not = { score = "lead", at_least = 2 }
then = [{ notify = "owner" }]
"""
)


@pytest.mark.parametrize(
    ("known", "elements"),
    [
        ({"job-title": "COO", "company": "Us"}, {"hot", "cold"}),
        (
            {"job-title": "COO", "city": "Here"},
            {"cold"},
        ),  # only fewer points can open it: before they are given
        ({"company": "Us"}, set()),
        ({}, set()),
    ],
)
def test_somebody_new_stands_otherwise_until_all_that_holds_for_them_has_been_looked_at(known, elements):
    found = held(model=MIXED, **known)
    assert {name.split()[1] for name in found if name.startswith("mixed-at-first ")} == {
        f"thresholds.{element}" for element in elements
    }
    later = (field(3, name, value) for name, value in known.items())
    assert "mixed-at-first" not in held(*later, model=MIXED)


def test_points_that_stand_still_outside_are_exchanged_when_somebody_comes_in():
    """Outside the titles change and change back, and nothing has come of it; whoever comes in otherwise is given points."""
    model = spec(
        """
[segments.staff]
when = { field = "company", is = "Us" }
[scores.lead]
kind = "engagement"
[rules.coo]
when = { field = "job-title", contains_word = "COO" }
points = { lead = 5 }
[thresholds.hot]
when = { score = "lead", at_least = 5 }
then = [{ notify = "owner" }]
""",
        head='exclude = ["staff"]',
    )
    coo, cfo, back = field(3, "job-title", "COO"), field(6, "job-title", "CFO"), field(9, "company", "Them")
    often = [
        sum(name.startswith("exchanged thresholds.hot ") for name in held(*turns, model=model, company="Us"))
        for turns in ((coo,), (coo, back), (coo, cfo, back))
    ]
    assert often == [0, 1, 0]


def test_a_hand_raised_by_what_brings_somebody_past_it():
    assert of_element("raised-and-crossed", "thresholds.hot", form(3), form(9), company="Them") == 1
    assert of_element("raised-and-crossed", "thresholds.hot", form(3), company="Us") == 0
