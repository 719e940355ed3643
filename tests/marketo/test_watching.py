"""What notices that a threshold may open or close, and what may open it unnoticed."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import HEAD, SCORE, campaign, compile_text, notes, tables
from tests.marketo.crossing import FORMS, MQL, PAGE, wait_of
from tests.marketo.person import Person
from tests.marketo.test_thresholds import GATED


def test_fields_and_creation_are_watched_too():
    triggers = campaign(compile_text(GATED), "When Qualified may open")["smart_list"]["triggers"]
    assert {
        "rule": "Data Value Changes",
        "attribute": "Attribute",
        "operator": "is",
        "values": ["Num Employees"],
    } in triggers
    assert {"rule": "Person is Created", "api": "Lead is Created"} in triggers


WAKE = (
    FORMS
    + SCORE
    + PAGE
    + """
[marks]
quiet = {}
[decay.gone]
score = "lead"
steps = [{ after = "30d", at_least = 3, set = 20 }]
then = [{ mark = "quiet" }]
[thresholds.back]
title = "Back"
when.all = [{ mark = "quiet" }, { score = "lead", above = 8 }]
then = [{ unmark = "quiet" }, { notify = "boss" }]
"""
)


def test_decay_itself_wakes_nobody():
    person = Person(compile_text(WAKE), today=1031, Person_Score=60)
    person.log = [("Visited Web Page", 1000)]
    person.lists.add("OP-Scoring-Test model.SW Mark quiet")
    person.run("When Back may open")
    assert "Send Alert" not in person.alerts
    person.log.append(("Visited Web Page", 1031))
    person.run("When Back may open")
    assert person.alerts.count("Send Alert") == 1
    assert person.lists == set()


def test_a_wake_up_needs_no_list_of_who_is_past_it():
    bundle = compile_text(WAKE)
    assert list(tables(bundle, "static-lists")) == ["OP-Scoring-Test model.SW Mark quiet"]
    assert ("threshold-disarms", "thresholds.back") in notes(bundle, "exact")


ROLLED = (
    FORMS
    + SCORE
    + PAGE
    + MQL
    + '[tiers.title]\ntitle = "Title"\nscore = "lead"\nfield = "job-title"\n'
    + 'cases = [{ contains = "CEO", points = 20 }, { contains = "VP", points = 15 }]\notherwise = 2\n'
)


def test_a_re_roll_that_a_threshold_can_see_is_named_with_its_number():
    said = {note.name: note.message for note in compile_text(ROLLED).notes}
    assert "“Title” a score can be off by up to 15 points" in said["threshold"]
    slow = compile_text(ROLLED, batch_person_in_minutes=False)
    assert ("spare-handoff", "thresholds.mql") in notes(slow, "bounded")
    lead = [
        next(one.settles for one in bundle.gauges if one.key == "lead")
        for bundle in (compile_text(ROLLED), slow)
    ]
    assert lead[1] - lead[0] == 4  # hours that a batch may need from its first step to its last
    still = compile_text(ROLLED.replace("otherwise = 2", "").replace("points = 15", "points = 20"))
    assert "off by" not in {note.name: note.message for note in still.notes}["threshold"]


def test_no_value_is_copied_bit_by_bit_where_a_batch_needs_hours_for_a_step():
    copied = (
        FORMS + SCORE + '[inputs.review]\nfield = "employees"\nscore = "lead"\nat_least = 0\nat_most = 9\n'
    )
    assert not notes(compile_text(copied), "refused")
    slow = compile_text(copied, batch_person_in_minutes=False)
    assert notes(slow, "refused") == [("fact-found-otherwise", "inputs.review")]


def test_a_scheduled_threshold_closes_between_two_looks():
    text = FORMS + SCORE + PAGE + MQL.replace("then =", 'schedule = "mondays"\nthen =')
    text += '[schedules.mondays]\nat = ["08:00"]\ndays = ["mon"]\n'
    person = Person(compile_text(text), Person_Score=100)
    seen = []
    for score in (100, 30, 100):
        person.today += 7
        person.fields["Person Score"] = score
        if score == 30:
            person.run("When Qualified may close")
        else:
            person.run("Look Qualified at 08-00")
        seen.append(person.alerts.count("Sync Person to SFDC"))
    assert seen == [1, 1, 2]


HOT = (
    FORMS
    + SCORE
    + PAGE
    + """
[marks]
hot = {}
[rules.hot]
on = { submits = "demo" }
then = [{ mark = "hot" }]
[rules.cold]
on = { downloads = "any-file" }
then = [{ unmark = "hot" }]
[thresholds.mql]
title = "Qualified"
when = { mark = "hot" }
then = [{ notify = "owner" }]
"""
)


def list_triggers(bundle, name: str) -> list[str]:
    rows = campaign(bundle, name)["smart_list"]["triggers"]
    return [row["rule"] for row in rows if row["rule"] in {"Added to List", "Removed from List"}]


@pytest.mark.parametrize(
    ("when", "opens", "closes"),
    [
        ('when = { mark = "hot" }', "Added to List", "Removed from List"),
        (
            'when.all = [{ mark = "hot" }, { score = "lead", at_least = 5 }]',
            "Added to List",
            "Removed from List",
        ),
        (
            'when = { score = "lead", at_least = 5 }\nunless = { mark = "hot" }',
            "Removed from List",
            "Added to List",
        ),
        (
            'when.all = [{ not = { mark = "hot" } }, { score = "lead", at_least = 5 }]',
            "Removed from List",
            "Added to List",
        ),
    ],
)
def test_marks_that_rules_write_are_watched(when, opens, closes):
    bundle = compile_text(HOT.replace('when = { mark = "hot" }', when))
    assert list_triggers(bundle, "When Qualified may open") == [opens]
    assert list_triggers(bundle, "When a list may close Qualified") == [closes]
    assert notes(bundle, "refused") == []


def test_a_mark_that_only_a_decay_sets_opens_nothing():
    assert list_triggers(compile_text(WAKE), "When Back may open") == []


def test_a_mark_closes_soon_and_a_score_slowly():
    bundle = compile_text(HOT)
    assert wait_of(bundle, "When a list may close Qualified") == 5
    person = Person(bundle)
    mark = "OP-Scoring-Test model.SW Mark hot"
    seen = []
    for _ in range(2):
        person.lists.add(mark)
        person.run("When Qualified may open")
        person.run("When Qualified may open")
        seen.append(person.alerts.count("Send Alert"))
        person.lists.discard(mark)
        person.run("When a list may close Qualified")
        person.today += 1
    assert seen == [1, 2]


def test_a_choice_asks_for_no_activity_by_itself():
    text = FORMS + SCORE + PAGE + '[grades.fit]\nstart = "D"\n'
    text += 'criteria.seen = { when = { visited = "any-page", within = "7d" }, thirds = 3 }\n'
    flow = campaign(compile_text(text), "Grade fit")["flow"]
    rules = {row["if"]["rule"] for step in flow for row in step.get("choices", [])}
    assert "Visited Web Page" not in rules
    assert "Member of Smart List" in rules


@pytest.mark.parametrize(
    ("points", "ends", "when", "said"),
    [
        (-10, 'expires = "30d"', "at_least = 50", True),
        (10, 'expires = "30d"', "at_least = 50", False),
        (10, 'expires = "30d"', "below = 50", True),
        (-10, "", "at_least = 50", False),
    ],
)
def test_points_that_end_open_a_threshold_early_and_that_is_said(points, ends, when, said):
    text = FORMS + SCORE + PAGE + MQL.replace("at_least = 100", when)
    text += f'[rules.bad]\non = {{ submits = "demo" }}\npoints = {{ lead = {points} }}\n{ends}\n'
    found = notes(compile_text(text), "bounded")
    assert (("opened-by-the-clock", "thresholds.mql") in found) is said


def test_points_that_end_may_open_what_they_have_shut():
    shut = FORMS + SCORE + PAGE + MQL.replace("then =", 'unless = { score = "lead", at_least = 150 }\nthen =')
    ends = '[rules.much]\non = { submits = "demo" }\npoints = { lead = 60 }\nexpires = "30d"\n'
    assert ("opened-by-the-clock", "thresholds.mql") in notes(compile_text(shut + ends), "bounded")
    assert ("opened-by-the-clock", "thresholds.mql") not in notes(compile_text(shut), "bounded")


def test_the_day_of_creation_changes_never_and_is_not_watched():
    text = (
        FORMS
        + SCORE
        + PAGE
        + MQL.replace(
            'when = { score = "lead", at_least = 100 }',
            'when.all = [{ score = "lead", at_least = 100 }, { field = "created", within_last = "90d" }]',
        )
    )
    triggers = campaign(compile_text(text), "When Qualified may open")["smart_list"]["triggers"]
    assert [row["rule"] for row in triggers] == ["Score is Changed"]


def test_a_threshold_that_puts_people_on_a_list_of_those_who_are_not_scored_has_closed_itself():
    text = (
        SCORE
        + """
[assets]
handed = { list = "Handed over" }
[segments.over]
when = { member_of = "handed" }
[thresholds.hot]
when = { score = "lead", at_least = 50 }
then = [{ add_to_list = "handed" }]
"""
    )

    def runs(head):
        flow = campaign(compile_text(text, head), "Cross hot")["flow"]
        return [step["fields"][0]["value"] for step in flow if step["step"] == "Execute Campaign"]

    assert runs(HEAD) == ["OP-Scoring-Test model.Act hot"]
    assert runs(HEAD + 'exclude = ["over"]\n')[1:] == ["OP-Scoring-Test model.Re-arm hot"]
