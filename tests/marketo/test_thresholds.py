"""Thresholds: crossing, re-arming, gates, schedules, the start."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import SCORE, campaign, compile_text, notes, tables
from tests.marketo.crossing import FORMS, MQL, PAGE, wait_of, watch
from tests.marketo.person import Person


def test_it_fires_at_the_crossing_and_again_after_falling():
    person = Person(compile_text(FORMS + SCORE + PAGE + MQL))
    fired = [watch(person, score) for score in (99, 100, 101, 140, 130, 99, 150, 100, 40, 100)]
    # Wait and Sync: two steps that this person only counts, so a handoff is 2 with the wait of the trigger.
    handoffs = [count - 1 if count else 0 for count in fired]
    assert handoffs == [0, 1, 0, 0, 0, 0, 1, 0, 0, 1]


def test_the_trigger_waits_and_the_executable_reads_again():
    bundle = compile_text(FORMS + SCORE + PAGE + MQL)
    up = campaign(bundle, "When Qualified may open")
    assert [step["step"] for step in up["flow"]] == ["Wait", "Execute Campaign"]
    assert up["flow"][0]["fields"] == [{"label": "Duration", "value": "5 minutes"}]
    cross = campaign(bundle, "Cross Qualified")["smart_list"]
    assert {"rule": "Person Score", "api": "Lead Score", "operator": "at least", "values": ["100"]} in cross[
        "filters"
    ]


def test_who_is_past_it_at_the_start_is_only_remembered():
    person = Person(compile_text(FORMS + SCORE + PAGE + MQL), Person_Score=150)
    person.night("threshold-start")
    assert person.alerts == []
    assert watch(person, 151) <= 1
    assert "Sync Person to SFDC" not in person.alerts


def test_who_is_past_it_at_the_start_is_handed_over_where_the_spec_says_so():
    person = Person(
        compile_text(FORMS + SCORE + PAGE + MQL.replace("then =", "existing = true\nthen =")),
        Person_Score=150,
    )
    person.night("threshold-start")
    assert person.alerts == ["Sync Person to SFDC"]


def test_an_empty_score_counts_as_fallen():
    bundle = compile_text(FORMS + SCORE + PAGE + MQL)
    rearm = campaign(bundle, "Re-arm Qualified")["smart_list"]
    assert rearm["filter_logic"] == "1 and (2 or 3)"
    assert rearm["filters"][2]["operator"] == "is"
    assert rearm["filters"][2]["values"] == ["0"]


GATED = (
    FORMS
    + SCORE
    + PAGE
    + """
[marks]
done = {}
[thresholds.mql]
title = "Qualified"
when.all = [
  { score = "lead", at_least = 50 },
  { field = "employees", at_least = 200 },
]
or_on = [
  { submits = "demo" },
]
required_fields = ["email"]
unless = { mark = "done" }
then = [
  { mark = "done" },
  { notify = "owner" },
]
limit = { times = 1 }
"""
)


@pytest.mark.parametrize(
    ("fields", "fires"),
    [
        ({"Person Score": 50, "Num Employees": 200, "Email Address": "a@b"}, True),
        ({"Person Score": 49, "Num Employees": 200, "Email Address": "a@b"}, False),
        ({"Person Score": 50, "Num Employees": 199, "Email Address": "a@b"}, False),
        ({"Person Score": 50, "Email Address": "a@b"}, False),
        ({"Person Score": 50, "Num Employees": 200}, False),
    ],
)
def test_gates_and_required_fields(fields, fires):
    person = Person(compile_text(GATED))
    person.fields |= fields
    person.run("Cross Qualified")
    assert ("Send Alert" in person.alerts) is fires


RECYCLED = (
    FORMS
    + SCORE
    + PAGE
    + """
[marks]
done = {}
[thresholds.mql]
title = "Qualified"
when = { score = "lead", at_least = 50 }
unless = { mark = "done" }
then = [{ mark = "done" }, { notify = "owner" }]
"""
)


def test_somebody_recycled_above_the_threshold_is_handed_over_again():
    person = Person(compile_text(RECYCLED))
    mark = "OP-Scoring-Test model.SW Mark done"
    for score, alerts in ((60, 1), (61, 1), (62, 1)):
        watch(person, score)
        assert person.alerts.count("Send Alert") == alerts
    person.lists.discard(mark)
    watch(person, 63)
    assert person.alerts.count("Send Alert") == 2


def test_a_schedule_becomes_batches_that_a_person_sets():
    text = FORMS + SCORE + PAGE + MQL.replace("then =", 'schedule = "mornings"\nthen =')
    text += (
        '[schedules.mornings]\nat = ["08:00", "13:00"]\ndays = ["mon", "fri"]\ntimezone = "Europe/Paris"\n'
    )
    bundle = compile_text(text)
    found = [
        table["schedule"]
        for table in tables(bundle, "smart-campaigns").values()
        if table["campaign"].startswith("Look")
    ]
    assert found == [
        "Weekly, on Monday, Friday, Europe/Paris, at 08:00",
        "Weekly, on Monday, Friday, Europe/Paris, at 13:00",
    ]
    assert ("scheduled-hours", "thresholds.mql") in notes(bundle, "by hand")


@pytest.mark.parametrize(
    ("action", "steps"),
    [
        ('{ assign = "crm-rule" }', ["Sync Person to SFDC"]),
        ('{ assign = "boss" }', ["Sync Person to SFDC", "Change Owner"]),
        ('{ moment = "Hello" }', ["Interesting Moment"]),
        ('{ task = "Call", due = "1d" }', ["Create Task"]),
        ('{ reset = "lead", to = 5 }', ["Change Score"]),
        ('{ snapshot = "lead", in = "then-score" }', ["Change Data Value"]),
        ('{ stamp = "then-date" }', ["Change Data Value"]),
    ],
)
def test_actions_are_flow_steps(action, steps):
    text = (
        '[fields]\nthen-score = { type = "number" }\nthen-date = { type = "date" }\n' + FORMS + SCORE + PAGE
    )
    text += MQL.replace('{ assign = "sales" }', action)
    assert [step["step"] for step in campaign(compile_text(text), "Act Qualified")["flow"]] == steps


def test_the_owner_of_an_opportunity_is_refused():
    bundle = compile_text(
        FORMS + SCORE + PAGE + MQL.replace('{ assign = "sales" }', '{ notify = "opportunity-owner" }')
    )
    assert notes(bundle, "refused") == [("no-such-action", "thresholds.mql")]


def test_a_grade_is_read_as_a_letter():
    text = FORMS + SCORE + PAGE + '[grades.fit]\nstart = "D"\n'
    text += 'criteria.size = { when = { field = "employees", at_least = 200 }, thirds = 3 }\n'
    text += 'criteria.land = { when = { field = "country", is = "France" }, thirds = 3 }\n'
    text += MQL.replace(
        'when = { score = "lead", at_least = 100 }', 'when = { grade = "fit", at_least = "C" }'
    )
    bundle = compile_text(text)
    grades = {}
    for size, land in ((500, "France"), (500, "Spain"), (5, None), (None, None), (500, None)):
        person = Person(bundle, Num_Employees=size, Country=land)
        person.run("Start grade fit")
        grades[size, land] = person.fields["Fit Grade"]
    assert grades == {
        (500, "France"): "B",
        (500, "Spain"): "D",
        (5, None): "D",
        (None, None): "D",
        (500, None): "C",
    }
    values = campaign(bundle, "Cross Qualified")["smart_list"]["filters"][1]["values"]
    assert values == ["C", "C+", "B-", "B", "B+", "A-", "A", "A+"]


# --- closing --------------------------------------------------------------------------------------------------------------


def test_re_arming_comes_after_crossing():
    bundle = compile_text(FORMS + SCORE + PAGE + MQL + "[targets.marketo]\nwait = 30\n")
    assert wait_of(bundle, "When Qualified may close") > wait_of(bundle, "When Qualified may open") == 30
    said = {note.name: note.message for note in bundle.notes}
    assert "120 minutes later" in said["threshold"]


def test_who_is_past_a_scheduled_threshold_is_handed_over_at_its_next_hour():
    text = FORMS + SCORE + PAGE + MQL.replace("then =", 'existing = true\nschedule = "mornings"\nthen =')
    person = Person(compile_text(text + '[schedules.mornings]\nat = ["08:00"]\n'), Person_Score=150)
    person.night("threshold-start")
    assert person.alerts == []
    person.run("Look Qualified at 08-00")
    assert person.alerts == ["Sync Person to SFDC"]


def test_visits_of_the_unknown_rest_on_a_fact():
    text = FORMS + SCORE + PAGE
    assert notes(compile_text(text), "bounded") == []
    assert notes(compile_text(text, late_anonymous_past=False), "bounded") == [("unknown-past", "rules.page")]


def test_several_values_rest_on_what_they_mean():
    text = FORMS + SCORE + PAGE + '[assets.more]\nform = ["A", "B"]\n'
    text += '[rules.x]\non = { submits = "more" }\npoints = { lead = 1 }\n'
    found = {note.element: note.facts for note in compile_text(text).notes}
    assert "several-values" in found["rules.x"]
    assert "several-values" not in found["rules.page"]


def test_flags_that_may_be_empty_are_asked_for_so_and_rest_on_that():
    text = SCORE + '[thresholds.hot]\nwhen.all = [{ score = "lead", at_least = 50 }, { mailable = true }]\n'
    text += 'then = [{ notify = "owner" }]\n'
    for two_values, rules in ((True, 3), (False, 6)):
        bundle = compile_text(text, empty_boolean_is_false=two_values)
        filters = campaign(bundle, "Cross hot")["smart_list"]["filters"]
        flags = ("Email Address", "Unsubscribed", "Email Invalid", "Marketing Suspended")
        assert sum(row["rule"] in flags for row in filters) == rules
        note = next(note for note in bundle.notes if note.element == "thresholds.hot")
        assert "empty-boolean-is-false" in note.facts
