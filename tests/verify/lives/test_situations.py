"""Each situation that a bound can be confined to: a history that holds it, and one close by that does not."""

from __future__ import annotations

import dataclasses

import pytest

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.history import CRM_KIND, FieldSet, Happening, Listed, Person
from scorewright.plugin.emulation import OF_ELEMENTS, SITUATIONS
from scorewright.semantics import Machine, Version, run
from scorewright.verify.lives import Held, Life, Since, Situations, situations
from scorewright.verify.lives.holding import HOLDS
from tests.semantics.play import spec

DAY = 86_400
HOUR = 3_600
CREATED = 1_767_607_207
"""5 January 2026, 10:00:07 UTC."""

MODEL = spec(
    """
[fields]
opted = { type = "yes_no" }
size = { type = "number" }
[assets]
contact = { form = "Contact us" }
pricing = { pages = "/pricing" }
[scores.lead]
kind = "engagement"
[scores.fit]
kind = "fit"
[rules.contact]
on = { submits = "contact" }
points = { lead = 10 }
limit = { times = 2, per = "7d" }
[rules.director]
when = { field = "job-title", contains_word = "COO" }
points = { fit = 5 }
[rules.free]
when = { field = "email-domain", is = "mail.example" }
points = { fit = -5 }
[decay.quiet]
score = "lead"
counts_as_activity = ["submits", "opens"]
steps = [ { after = "30d", every = "30d", subtract = 1 } ]
[segments.staff]
when = { field = "company", is = "Us" }
[thresholds.mql]
when = { score = "lead", at_least = 50 }
limit = { times = 1 }
then = [ { notify = "owner" } ]
""",
    head='exclude = ["staff"]',
)
FIRST = {"email": "someone@example.com", CRM_KIND: "lead", "opted": False}


def form(day, **more):
    return Happening(CREATED + int(day * DAY), "submits", "contact", {}, **more)


def page(day, name="/pricing"):
    return Happening(
        CREATED + int(day * DAY), "visits", "pricing" if name == "/pricing" else "any-page", {}, name
    )


def opens(*days):
    return [Happening(CREATED + day * DAY, "opens", "any-email", {}) for day in days]


def field(day, name, value):
    return FieldSet(CREATED + int(day * DAY), name, value)


def held(*history, model=MODEL, settle=24, until=25, created=CREATED, scores=None, marks=(), **fields):
    first = {key: value for key, value in {**FIRST, **fields}.items() if value is not None}
    person = Person(created, first, scores or {}, frozenset(marks), history)
    life = Life("made", person, CREATED + until * DAY, ())
    return situations(model, life, run(model, person, life.until), settle)


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


STEPS = spec(
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
    found = held(form(3), model=STEPS, until=until, scores={"lead": 20})
    assert ("steps-together" in found) is together


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


def test_what_counts_as_activity_matters_only_where_a_silence_comes_near_a_decay():
    assert "other-activity" in held(page(3), until=28)
    assert "other-activity" not in held(page(3), until=27)
    assert "other-activity" not in held(page(3), form(10), form(25), until=50)
    assert "other-activity" in held(page(3), form(10), form(25), until=54)


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


def test_above_range_is_more_than_twice_what_a_score_is_compared_with():
    assert "above-range" in held(form(3), scores={"lead": 95})
    assert "above-range" not in held(form(3), scores={"lead": 90})


def test_the_range_of_a_target_s_table_rules():
    narrow = spec('[targets.pardot]\nrange = { lead = 20 }\n[scores.lead]\nkind = "engagement"\n' + QUIET)
    assert "above-range" in held(model=narrow, scores={"lead": 21})
    assert "above-range" not in held(model=narrow, scores={"lead": 20})


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


def test_what_is_told_late_begins_a_silence_when_it_happened():
    """Where awards end a silence: an award of day 1 that is told on day 6 leaves thirty days from day 1 on."""
    by_awards = dataclasses.replace(
        MODEL,
        decay={key: dataclasses.replace(item, activity=("awards",)) for key, item in MODEL.decay.items()},
    )
    told_late = form(1, known=CREATED + 6 * DAY)
    assert "other-activity" in held(told_late, page(8), model=by_awards, until=29)
    assert "other-activity" not in held(form(6), page(8), model=by_awards, until=29)


# --- of single elements ---------------------------------------------------------------------------------------------

OPENING = spec(
    """
[fields]
since = { type = "date" }
[assets]
contact = { form = "Contact us" }
[marks]
quiet = {}
[scores.lead]
kind = "engagement"
[rules.contact]
on = { submits = "contact" }
points = { lead = 30 }
[rules.title]
when = { field = "job-title", contains_word = "COO" }
points = { lead = 5 }
[segments.staff]
when = { field = "company", is = "Us" }
[decay.quiet]
score = "lead"
counts_as_activity = ["submits"]
steps = [{ after = "30d", at_least = 3, set = 3 }]
then = [{ mark = "quiet" }]
[thresholds.aged]
when = { field = "since", older_than = "10d" }
then = [{ notify = "owner" }]
[thresholds.back]
when.all = [{ mark = "quiet" }, { score = "lead", at_least = 3 }]
then = [{ notify = "owner" }]
[thresholds.hot]
when.all = [{ score = "lead", at_least = 30 }, { not = { segment = "staff" } }, { field = "company", known = true }]
or_on = [{ submits = "contact" }]
then = [{ notify = "owner" }]
"""
)


def of_element(name, element, *history, **more):
    """How often a situation of an element is so."""
    found = held(*history, model=OPENING, until=60, **more)
    times = sum(1 for item in found if item.startswith(f"{name} {element} "))
    assert (name in found) is any(item.startswith(f"{name} ") for item in found)
    return times


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


def test_a_score_is_reset_beside_another_that_moves():
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
    assert "reset-beside" not in held(page(3), page(5), model=model)
    beside = {item for item in held(field(4, "job-title", "COO"), model=model) if "reset-beside" in item}
    assert beside == {
        "reset-beside",
        *(f"reset-beside thresholds.{key} 1" for key in ("deep", "hot")),
    }


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
