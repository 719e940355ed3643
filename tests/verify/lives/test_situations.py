"""Each situation that a bound can be confined to: a history that holds it, and one close by that does not."""

from __future__ import annotations

import dataclasses

import pytest

from scorewright.model import conditions as con
from scorewright.model.history import CRM_KIND, Happening, Listed, Person
from scorewright.plugin.emulation import OF_ELEMENTS, SITUATIONS
from scorewright.semantics import run
from scorewright.verify.lives import Life, Situations
from scorewright.verify.lives.holding import HOLDS
from tests.semantics.play import spec
from tests.verify.lives.situated import (
    CREATED,
    DAY,
    FIRST,
    HOUR,
    MODEL,
    OPENING,
    field,
    form,
    held,
    of_element,
    opens,
    page,
)
from tests.verify.lives.test_silent_situations import QUIET

ENDS = spec(
    """
[scores.fit]
kind = "fit"
[rules.a]
when = { field = "job-title", ends_with = "officer" }
points = { fit = 5 }
[rules.b]
when = { field = "email-domain", ends_with = ".edu" }
points = { fit = 5 }
"""
)


def test_what_a_text_ends_with_may_stand_before_its_end():
    def held_by(name, value):
        return "inside-longer" in held(field(3, name, value), model=ENDS)

    assert held_by("job-title", "officers")
    assert not held_by("job-title", "Chief officer")
    assert held_by("email", "a.edu@example.com")
    assert held_by("email", "a@b.edu.example")
    assert not held_by("email", "a@b.edu")


KEPT = spec(
    """
[assets]
contact = { form = "Contact us" }
demo = { form = "Demo" }
[scores.lead]
kind = "engagement"
ceiling = 15
[rules.contact]
on = { submits = "contact" }
points = { lead = 10 }
[rules.demo]
on = { submits = "demo" }
then = [ { reset = "lead", to = 0 } ]
"""
)


def test_a_score_is_brought_back_by_a_bound_and_by_a_reset():
    demo = form(9)._replace(what="demo")
    assert "brought-back" not in held(form(3), model=KEPT)
    assert "brought-back" in held(form(3), form(9), model=KEPT)
    assert "brought-back" in held(form(3), demo, model=KEPT)


def test_every_situation_can_be_named():
    by_the_passage = {
        "migrated",
        "lived-before",
    }  # held by histories that a change of a live model is proven by
    assert {*HOLDS, *OF_ELEMENTS, *by_the_passage} == set(SITUATIONS)


def test_a_life_without_anything_out_of_the_ordinary_holds_none():
    assert held(form(3)) == {"any"}


BESIDES = {
    "crowded": ([form(3), page(3.5)], [form(3), page(4.5)]),
    "same-instant": ([form(3), field(3, "size", 1)], [form(3), field(5, "size", 1)]),
    "past-unknown": ([form(3, known=CREATED + 9 * DAY)], [form(3, known=CREATED + 3 * DAY)]),
    "outside": ([field(3, "company", "Us")], [field(3, "company", "Them")]),
    "unrecorded": ([Happening(CREATED + 3 * DAY, "starts_visit", "", {})], [page(3)]),
    "field-lost": ([field(3, "size", 1), field(6, "size", None)], [field(3, "size", 1), field(6, "size", 2)]),
    "again": ([page(3), page(9)], [page(3), form(9)]),
    "unnamed": ([page(3, "/other")], [page(3)]),
    "held-back": ([form(3), form(5), form(8)], [form(3), form(5), form(12)]),
    "facts-change": ([field(3, "job-title", "COO")], [field(3, "job-title", "CEO")]),
    "inside-longer": ([field(3, "job-title", "Coordinator")], [field(3, "job-title", "Our COO")]),
    "other-case": ([field(3, "job-title", "Our coo")], [field(3, "job-title", "Our COO")]),
    "by-a-bot": (
        [opens(3)[0]._replace(properties={"bot": True})],
        [opens(3)[0]._replace(properties={"bot": False})],
    ),
    "whose-untold": (
        [opens(3)[0]._replace(properties={})],
        [opens(3)[0]._replace(properties={"bot": False})],
    ),
    "no-crm-record": ([field(3, CRM_KIND, None)], [field(3, CRM_KIND, "contact")]),
    "day-start": ([form(3 + 14 / 24)], [form(3 + 13 / 24)]),
    "window-edge": ([form(3), page(10)], [form(3), page(10.5)]),
    "large": ([field(3, "size", 1_001)], [field(3, "size", 1_000)]),
    "odd-signs": (
        [field(3, "job-title", "Head & shoulders")],
        [field(3, "job-title", "Head, shoulders/knees")],
    ),
    "unanswered": ([field(3, "opted", None)], [field(3, "opted", True)]),
}

FILLED = spec(
    """
[fields]
trial = { type = "yes_no" }
[scores.lead]
kind = "engagement"
[rules.trial]
on = { changes = "trial" }
points = { lead = 10 }
limit = { times = 1 }
[rules.free]
when = { field = "company", is = "Free" }
points = { lead = -5 }
"""
)


@pytest.mark.parametrize(
    ("fields", "close"),
    [({"trial": True, "company": "Free"}, True), ({"trial": True}, False), ({"company": "Free"}, False)],
)
def test_fields_of_somebody_new_come_at_once_where_one_is_awarded_and_another_holds(fields, close):
    assert ("crowded" in held(model=FILLED, until=9, **fields)) is close


WAITS = spec(
    """
[assets]
contact = { form = "Contact us" }
[scores.lead]
kind = "engagement"
[rules.form]
on = { submits = "contact" }
wait = "5d"
points = { lead = 10 }
limit = { times = 1 }
"""
)


@pytest.mark.parametrize(
    ("day", "close"), [(3.5, False), (6.5, False), (7.5, True), (8.5, True), (9.5, False)]
)
def test_a_wait_is_over_close_to_something_else_than_what_began_it(day, close):
    assert ("wait-over" in held(form(3), page(day), model=WAITS)) is close


ENDING = spec(
    """
[fields]
due = { type = "date" }
[assets]
pricing = { pages = "/pricing" }
[scores.lead]
kind = "engagement"
[segments.soon]
when = { field = "due", within_next = "24h" }
""",
    head='exclude = ["soon"]\nactive = { until = 2026-01-20 }',
)


@pytest.mark.parametrize(
    ("day", "due", "close"),
    [
        (3, None, False),
        (14.5, None, False),
        (15.5, None, True),
        (3, "2026-01-10", True),
        (3, "2026-01-13", False),
    ],
)
def test_who_ceases_to_be_scored_by_the_clock_is_crowded_by_what_comes_close_before(day, due, close):
    """The model ends, or a date comes: 5 January and fifteen days are the 20th."""
    assert ("crowded" in held(page(day), model=ENDING, until=18, due=due)) is close


@pytest.mark.parametrize("name", sorted(BESIDES))
def test_a_history_holds_it_and_one_close_by_does_not(name):
    held_by, not_held_by = BESIDES[name]
    assert name in held(*held_by)
    assert name not in held(*not_held_by)


def test_existing_is_whoever_has_points_or_marks_at_the_beginning():
    assert "existing" in held(form(3), scores={"lead": 10})
    assert "existing" in held(form(3), marks=("old",))


def test_the_longer_domain_holds_the_shorter_one():
    assert "inside-longer" in held(field(3, "email", "a@mail.example.org"))
    assert "inside-longer" not in held(field(3, "email", "a@mail.example"))


DATED = spec(
    """
[fields]
due = { type = "date" }
[scores.lead]
kind = "engagement"
[rules.soon]
when = { field = "due", within_next = "5d" }
points = { lead = 10 }
"""
)


@pytest.mark.parametrize(("day", "crowded"), [(5, True), (8, False)])
def test_who_finds_that_a_date_has_turned_what_holds_is_crowded_with_the_clock(day, crowded):
    found = held(page(day), model=DATED, until=9, due="2026-01-15")
    assert ("crowded" in found) is crowded


def test_above_range_is_more_than_twice_what_a_score_is_compared_with():
    assert "above-range" in held(form(3), scores={"lead": 95})
    assert "above-range" not in held(form(3), scores={"lead": 90})


def test_the_range_of_a_target_s_table_rules():
    narrow = spec('[targets.pardot]\nrange = { lead = 20 }\n[scores.lead]\nkind = "engagement"\n' + QUIET)
    assert "above-range" in held(model=narrow, scores={"lead": 21})
    assert "above-range" not in held(model=narrow, scores={"lead": 20})


def test_lists_are_told_things_too():
    listed = [Listed(CREATED + 3 * DAY, "people", True), Listed(CREATED + 3 * DAY + HOUR, "people", False)]
    people = spec('[assets]\npeople = { list = "People" }\n[scores.lead]\nkind = "engagement"\n')
    assert "crowded" in held(*listed, model=people)


def test_one_namer_serves_many_histories():
    naming = Situations(MODEL)
    for history in ([form(3)], [form(3), page(3.5)]):
        person = Person(CREATED, FIRST, {}, frozenset(), tuple(history))
        life = Life("made", person, CREATED + 25 * DAY, ())
        assert naming.of(life, run(MODEL, person, life.until), 24) == held(*history)


def test_one_change_turns_two_conditions_of_an_element():
    """The company is what the segment asks for and what must be known."""
    together = [
        of_element("turned-together", "thresholds.hot", *history, company=company)
        for history, company in (
            ((field(3, "company", "Us"),), None),
            ((field(3, "company", "Them"),), None),
            ((field(3, "company", "Us"),), "Them"),
            ((), "Us"),
            ((), "Them"),
        )
    ]
    assert together == [1, 0, 0, 1, 0]


def test_somebody_new_is_what_a_condition_leaves_out_that_asks_for_nothing():
    leaf = con.CrmKind("none", path=("thresholds", "hot", "when"))
    hot = dataclasses.replace(OPENING.thresholds["hot"], when=leaf)
    model = dataclasses.replace(OPENING, thresholds={"hot": hot})
    for record, so in (("lead", True), (None, False)):
        assert ("turned-together" in held(model=model, **{CRM_KIND: record})) is so


def test_a_score_is_moved_beside_another_that_moves():
    """The title is worth 5 points of a score of its own; whoever has them, or submits twice, is reset."""
    model = spec(
        """
[scores.lead]
kind = "engagement"
[scores.other]
kind = "engagement"
[rules.page]
on = { visits = "any-page" }
points = { lead = 5 }
[rules.coo]
when = { field = "job-title", contains_word = "COO" }
points = { other = 5 }
[thresholds.best]
when = { score = "other", at_least = 5 }
then = [{ reset = "lead", to = 0 }]
[thresholds.deep]
when = { score = "lead", at_least = 10 }
then = [{ reset = "lead", to = 0 }]
[thresholds.hot]
when = { score = "lead", at_least = 7 }
then = [{ notify = "owner" }]
"""
    )
    assert "moved-beside" not in held(page(3), page(5), model=model)
    beside = {item for item in held(field(4, "job-title", "COO"), model=model) if "moved-beside" in item}
    assert beside == {
        "moved-beside",
        *(f"moved-beside thresholds.{key} 1" for key in ("deep", "hot")),
    }


@pytest.mark.parametrize(("third", "so"), [(-5, True), (5, False)])
def test_scores_beside_a_threshold_go_up_and_down_at_once(third, so):
    model = spec(
        f"""
[scores.lead]
kind = "engagement"
[scores.other]
kind = "engagement"
[scores.third]
kind = "engagement"
[rules.page]
on = {{ visits = "any-page" }}
points = {{ lead = 5 }}
[rules.coo]
when = {{ field = "job-title", contains_word = "COO" }}
points = {{ other = 5, third = {third} }}
[thresholds.hot]
when = {{ score = "lead", at_least = 7 }}
then = [{{ notify = "owner" }}]
"""
    )
    found = held(field(4, "job-title", "COO"), model=model)
    assert ("moved-beside thresholds.hot 1" in found) is so
