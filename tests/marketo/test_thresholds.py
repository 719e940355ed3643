"""Thresholds: crossing, re-arming, hand raisers, wake-ups, the start."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import HEAD, SCORE, campaign, compile_text, notes, tables
from tests.marketo.person import Person

FORMS = (
    '[assets]\ndemo = { form = "Demo" }\nsales = { queue = "Sales" }\nboss = { user = "boss@example.com" }\n'
)
MQL = '[thresholds.mql]\ntitle = "Qualified"\nwhen = { score = "lead", at_least = 100 }\nthen = [{ assign = "sales" }]\n'
PAGE = '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'


def watch(person: Person, score: int) -> int:
    """A day later the score changes to a value; whichever trigger its New Score fits runs.  How many handoffs there were."""
    person.today += 1
    before = len(person.alerts)
    person.fields["Person Score"] = score
    for name, table in person.campaigns.items():
        if table["type"] == "trigger" and table.get("switched_on") == "threshold":
            for trigger in table["smart_list"]["triggers"]:
                if trigger["rule"] == "Score is Changed":
                    news = [row for row in trigger.get("constraints", []) if row["name"] == "New Score"]
                    if all(person.compare(score, row["operator"], row["values"]) for row in news):
                        person.run(name)
    return len(person.alerts) - before


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


def test_a_hand_raiser_needs_no_score_and_shares_the_limit():
    person = Person(compile_text(GATED), Email_Address="a@b")
    person.run("When Qualified is raised")
    assert person.alerts.count("Send Alert") == 1
    person.lists.clear()
    person.fields |= {"Person Score": 60, "Num Employees": 500}
    person.run("When Qualified may open")
    assert person.alerts.count("Send Alert") == 1


def test_a_hand_raiser_is_shut_by_the_exception():
    bundle = compile_text(GATED)
    person = Person(bundle, Email_Address="a@b")
    person.lists.add("OP-Scoring-Test model.SW Mark done")
    person.run("When Qualified is raised")
    assert "Send Alert" not in person.alerts


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


# --- one event, one handoff -------------------------------------------------------------------------------------------

RAISED = (
    FORMS
    + SCORE
    + PAGE
    + """
[marks]
mql = {}
[thresholds.mql]
title = "Qualified"
when = { score = "lead", at_least = 100 }
or_on = [{ submits = "demo" }]
then = [{ notify = "owner" }]
"""
)
MARKED = RAISED.replace("then = [", 'unless = { mark = "mql" }\nthen = [{ mark = "mql" }, ')


def wait_of(bundle, name: str) -> int:
    flow = campaign(bundle, name)["flow"]
    assert flow[0]["step"] == "Wait"
    return int(flow[0]["fields"][0]["value"].split()[0])


def settle(bundle, person: Person, *names: str) -> int:
    """These triggers fire together; each goes on after its own wait.  How many alerts there were."""
    before = person.alerts.count("Send Alert")
    for name in sorted(names, key=lambda name: wait_of(bundle, name)):
        person.run(name)
    return person.alerts.count("Send Alert") - before


@pytest.mark.parametrize("text", [RAISED, MARKED])
def test_an_event_that_raises_and_crosses_is_one_handoff(text):
    bundle = compile_text(text)
    assert wait_of(bundle, "When Qualified is raised") < wait_of(bundle, "When Qualified may open")
    person = Person(bundle, Person_Score=110)
    both = ("When Qualified may open", "When Qualified is raised")
    assert settle(bundle, person, *both) == 1


def test_a_hand_raised_later_or_lower_is_a_handoff_of_its_own():
    bundle = compile_text(RAISED)
    person = Person(bundle, Person_Score=110)
    assert settle(bundle, person, "When Qualified may open") == 1
    assert settle(bundle, person, "When Qualified is raised") == 1
    other = Person(bundle, Person_Score=50)
    assert settle(bundle, other, "When Qualified is raised") == 1
    other.fields["Person Score"] = 100
    assert settle(bundle, other, "When Qualified may open") == 1


def test_a_scheduled_threshold_is_raised_at_once_and_crossed_at_its_hour():
    text = (
        RAISED.replace("then =", 'schedule = "mornings"\nthen =') + '[schedules.mornings]\nat = ["08:00"]\n'
    )
    person = Person(compile_text(text), Person_Score=110)
    person.run("When Qualified is raised")
    person.run("Look Qualified at 08-00")
    assert person.alerts.count("Send Alert") == 2


def test_marks_are_set_before_anything_that_takes_time():
    text = MARKED.replace(
        'then = [{ mark = "mql" }, { notify = "owner" }]', 'then = [{ notify = "owner" }, { mark = "mql" }]'
    )
    steps = [step["step"] for step in campaign(compile_text(text), "Act Qualified")["flow"]]
    assert steps == ["Add to List", "Send Alert"]


# --- closing --------------------------------------------------------------------------------------------------------------


def test_re_arming_comes_after_crossing():
    bundle = compile_text(FORMS + SCORE + PAGE + MQL + "[targets.marketo]\nwait = 30\n")
    assert wait_of(bundle, "When Qualified may close") > wait_of(bundle, "When Qualified may open") == 30
    said = {note.name: note.message for note in bundle.notes}
    assert "120 minutes later" in said["threshold"]


ROLLED = FORMS + SCORE + PAGE + MQL
ROLLED += '[tiers.title]\ntitle = "Title"\nscore = "lead"\nfield = "job-title"\n'
ROLLED += 'cases = [{ contains = "CEO", points = 20 }, { contains = "VP", points = 15 }]\notherwise = 2\n'


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


# --- marks ----------------------------------------------------------------------------------------------------------------

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


def test_a_raised_hand_is_looked_at_after_an_award_of_the_same_event_that_waits_for_the_log():
    """And the score after that: else the two would be two handoffs."""
    text = (
        SCORE
        + """
[assets]
contact = { form = "Contact" }
[rules.x]
on = { submits = "any-form" }
points = { lead = 50 }
[thresholds.hot]
when = { score = "lead", at_least = 50 }
or_on = [{ submits = "contact" }]
then = [{ notify = "owner" }]
"""
    )
    asked = text.replace("points = { lead = 50 }", 'points = { lead = 50 }\nwhen = { submitted = "contact" }')
    names = ("When hot is raised", "When hot may open")
    assert [wait_of(compile_text(text), name) for name in names] == [5, 10]
    assert [wait_of(compile_text(asked), name) for name in names] == [10, 15]


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
