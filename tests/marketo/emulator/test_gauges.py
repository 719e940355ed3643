"""Gauges: everything that a spec speaks of has one, with the time that Marketo takes; and how they are read."""

from __future__ import annotations

from tests.marketo.compiling import HEAD, compile_text
from tests.marketo.emulator.hand import FORM, Hand, alert, campaign, clause, nightly, put, score, step

SPEC = """
[assets]
contact = { form = "Contact" }
queue = { queue = "Inside sales" }
back = { campaign = "Back" }
vips = { list = "VIPs" }
ann = { user = "Ann" }
[fields]
stage = { type = "text" }
handed = { type = "date" }
then-score = { type = "number" }
letter = { type = "text" }
[lifecycle]
field = "stage"
[marks]
hot = {}
[segments.french]
when = { field = "country", is = "France" }
[scores.lead]
title = "Lead score"
kind = "engagement"
overall = true
[scores.fit]
title = "Fit"
kind = "fit"
[rules.contact]
on = { submits = "contact" }
points = { lead = 50 }
then = [{ moment = "Asked" }]
[rules.french]
when = { segment = "french" }
points = { fit = 5 }
[decay.silence]
score = "lead"
steps = [{ after = "30d", subtract = 5 }, { after = "60d", subtract = 5 }, { after = "90d", subtract = 5 }]
[grades.profile]
criteria.where = { when = { field = "country", is = "France" }, thirds = 1 }
[bands.letter]
score = "lead"
field = "letter"
cases = [{ label = "A", at_least = 50 }, { label = "B" }]
[thresholds.ready]
when = { score = "lead", at_least = 100 }
then = [
  { mark = "hot" },
  { assign = "queue" },
  { notify = "owner" },
  { notify = "ann" },
  { notify = "owner" },
  { task = "Call", due = "2d" },
  { add_to_campaign = "back" },
  { add_to_campaign = "back", status = "New" },
  { add_to_list = "vips" },
  { lifecycle = "mql" },
  { stamp = "handed" },
  { snapshot = "lead", in = "then-score" },
]
"""


def gauges(text=SPEC, head=HEAD):
    return {gauge.name: gauge for gauge in compile_text(text, head).gauges}


def test_everything_that_the_spec_speaks_of_has_a_gauge():
    assert set(gauges()) == {
        "score lead",
        "score fit",
        "grade profile",
        "mark hot",
        "segment french",
        "list vips",
        "field stage",
        "field handed",
        "field then-score",
        "field letter",
        "done rules.contact.then.0",
        *(f"done thresholds.ready.then.{number}" for number in range(1, 8)),
    }


def test_what_is_done_is_found_by_its_step_and_two_alike_are_two():
    found = gauges()
    first, ann, second = (found[f"done thresholds.ready.then.{number}"].at for number in (2, 3, 4))
    assert first["step"] == ann["step"] == "Send Alert"
    assert first["fields"] == second["fields"] != ann["fields"]
    assert (first.get("nth", 1), second["nth"]) == (1, 2)
    assert found["done thresholds.ready.then.1"].at["fields"] == {"Assign To": "Inside sales"}
    assert found["done thresholds.ready.then.6"].at["step"] == "Add to SFDC Campaign"
    assert found["done thresholds.ready.then.7"].at["step"] == "Change Status in SFDC Campaign"


def test_events_are_right_within_the_hour_and_nights_take_a_day_each():
    found = {name: (gauge.settles, gauge.prompt) for name, gauge in gauges().items()}
    assert found["segment french"] == (1, 0)
    assert found["done rules.contact.then.0"] == (1, 0)
    assert found["score fit"] == (25, 24)
    assert found["grade profile"] == (25, 24)
    # three steps a minute apart may change places, so each may take a night of its own
    assert found["score lead"][0] == 74
    assert found["score lead"][1] == 25
    assert found["done thresholds.ready.then.2"][0] == 74


def test_what_asks_for_an_owner_is_right_after_whoever_assigns_is():
    """A grade at one in the night, and a decay that assigns at eight in the morning."""
    text = """
[assets]
ann = { user = "Ann" }
[scores.lead]
kind = "engagement"
[decay.silence]
score = "lead"
schedule = "mornings"
steps = [{ after = "30d", subtract = 5 }]
then = [{ assign = "ann" }]
[schedules.mornings]
at = ["08:00"]
[grades.profile]
criteria.free = { when = { assigned = false }, thirds = 1 }
"""
    found = gauges(text)
    assigned, grade = (next(g for name, g in found.items() if g.kind == kind) for kind in ("done", "grade"))
    assert grade.settles > assigned.settles
    assert gauges(text.replace("assigned = false", 'crm = "none"'))[grade.name].settles == grade.settles
    assert gauges(text.replace("assigned = false", "mailable = true"))[grade.name].settles == 25


def test_without_a_night_between_a_threshold_is_right_after_its_waits():
    plain = SPEC[: SPEC.index("[decay")] + SPEC[SPEC.index("[thresholds") :].replace(
        '{ lifecycle = "mql" },', ""
    )
    found = gauges(plain)
    assert (found["score lead"].settles, found["done thresholds.ready.then.2"].settles) == (1, 1)
    assert found["mark hot"].settles == 1


def test_each_product_has_gauges_of_its_own():
    text = """
[products.a]
[products.b]
[scores.lead]
title = "Lead score"
kind = "engagement"
each = "product"
[rules.page]
on = { visits = "any-page" }
points = { lead = 60 }
each = "product"
[thresholds.ready]
when = { score = "lead", at_least = 100 }
then = [{ notify = "owner" }]
each = "product"
"""
    found = gauges(text)
    assert set(found) == {
        "score lead@a",
        "score lead@b",
        *(f"done thresholds.ready.then.0@{p}" for p in "ab"),
    }
    assert found["score lead@a"].at != found["score lead@b"].at
    first, second = (found[f"done thresholds.ready.then.0@{p}"].at["campaigns"] for p in "ab")
    assert not set(first) & set(second)


# --- reading ------------------------------------------------------------------------------------------------------------

NOON, LATER = "2026-01-05T12:00", "2026-01-05T13:00"
ALERT = {"Email": "Alert", "Send To": "Person Owner"}


def done(*campaigns, fields=None, nth=1, most=1):
    at = {"step": "Send Alert", "fields": fields or ALERT, "campaigns": ["P.When", "P.Night"]}
    rows = [
        {"kind": "done", "key": str(n), "at": at | ({"nth": n} if n > 1 else {}), "settles_in_hours": 1}
        for n in range(1, most + 1)
    ]
    hand = Hand(*campaigns, gauges=rows).submits(NOON, "2026-01-05T12:30")
    return hand.shown(f"done {nth}", LATER, "2026-01-06T02:00")


def test_what_is_done_is_counted_over_all_its_campaigns():
    assert done(campaign("When", alert(), on=(FORM,)), nightly("Night", alert())) == [2, 3]


def test_a_step_that_is_changed_or_gone_is_not_counted():
    assert done(campaign("When", alert(), on=(FORM,)), fields=ALERT | {"Email": "Other"}) == [0, 0]
    assert done(campaign("Other", alert(), on=(FORM,))) == [0, 0]
    assert done(campaign("When", score("+1"), on=(FORM,))) == [0, 0]


def test_of_two_alike_each_is_counted_by_itself():
    twice = campaign("When", alert(), alert(), on=(FORM,))
    assert [done(twice, nth=nth, most=3) for nth in (1, 2, 3)] == [[2, 2], [2, 2], [0, 0]]


def test_what_is_done_more_often_than_anybody_asked_is_counted_too():
    thrice = campaign("When", alert(), alert(), alert(), on=(FORM,))
    assert done(thrice) == [6, 6]
    assert [done(thrice, nth=nth, most=2) for nth in (1, 2)] == [[2, 2], [4, 4]]


def test_what_is_not_there_shows_nothing():
    hand = Hand(
        gauges=[
            {"kind": "segment", "key": "s", "at": {"smart_list": "P.Gone"}, "settles_in_hours": 0},
            {"kind": "grade", "key": "g", "at": {"field": "Gone"}, "settles_in_hours": 0},
        ]
    )
    sight = hand.played(NOON).sights[0]
    assert (sight["segment s"], sight["grade g"], sight["score lead"], sight["mark past"]) == (
        False,
        None,
        0,
        False,
    )
    assert (sight["campaign back"], sight["field text"]) == (None, None)


def test_a_segment_is_asked_at_the_look():
    lists = [{"name": "P.New", "filters": [clause("Created At", "in past", "2 days")]}]
    rows = [{"kind": "segment", "key": "s", "at": {"smart_list": "P.New"}, "settles_in_hours": 0}]
    hand = Hand(smart_lists=lists, gauges=rows)
    assert hand.shown("segment s", NOON, "2026-01-07T08:59", "2026-01-07T09:00") == [True, True, False]


def test_looks_are_after_all_that_falls_on_them():
    hand = Hand(
        campaign(
            "When", score("+1"), put("SW Text", "a"), step("Add to List", List_Name="P.Past"), on=(FORM,)
        )
    )
    sights = hand.submits(NOON).played("2026-01-05T11:59:59", NOON).sights
    assert [(row["score lead"], row["field text"], row["mark past"]) for row in sights] == [
        (0, None, False),
        (1, "a", True),
    ]
