"""Rules that count and limits: how often an award is given, by a qualification, a register or an account."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import HEAD, SCORE, campaign, compile_text, notes, tables
from tests.marketo.person import Person
from tests.marketo.pieces import CONTACT, rule


@pytest.mark.parametrize(
    ("limit", "qualification"),
    [
        ("{ times = 1 }", "Only once"),
        ('{ times = 1, per = "30d" }', "Once every 30 days"),
        ('{ times = 1, per = "6h" }', "Once every 6 hours"),
        ('{ times = 1, per = "2w" }', "Once every 14 days"),
    ],
)
def test_once_is_a_qualification_of_the_executable_alone(limit, qualification):
    bundle = compile_text(rule(f'on = {{ submits = "contact" }}\npoints = {{ lead = 50 }}\nlimit = {limit}'))
    assert campaign(bundle, "Award x")["qualification"] == qualification
    assert campaign(bundle, "When x")["qualification"] == "Every time"
    assert not tables(bundle, "helper-fields")


def test_the_first_two_count():
    bundle = compile_text(rule('on = { submits = "contact" }\npoints = { lead = 50 }\nlimit = { times = 2 }'))
    person = Person(bundle)
    for _ in range(5):
        person.run("When x")
    assert person.fields["Person Score"] == 100
    assert notes(bundle, "bounded") == [("simultaneous-events", "rules.x")]


def test_the_first_two_are_exact_once_runs_are_known_to_wait_for_one_another():
    body = 'on = { submits = "contact" }\npoints = { lead = 50 }\nlimit = { times = 2 }'
    bundle = compile_text(rule(body), runs_interleave=False)
    assert notes(bundle, "bounded") == []
    assert ("award", "rules.x") in notes(bundle, "exact")


def test_two_in_thirty_days_by_a_register_of_dates():
    body = 'on = { submits = "contact" }\npoints = { lead = 5 }\nlimit = { times = 2, per = "30d" }'
    person = Person(compile_text(rule(body)))
    for day, expected in ((0, 5), (10, 10), (29, 10), (30, 15), (39, 15), (41, 20)):
        person.today = 1000 + day
        person.run("When x")
        assert person.fields["Person Score"] == expected, day


def test_a_limit_in_points_cuts_the_last_award():
    body = 'on = { submits = "contact" }\npoints = { lead = 8 }\nlimit = { points = 20 }'
    person = Person(compile_text(rule(body)))
    scores = []
    for _ in range(4):
        person.run("When x")
        scores.append(person.fields["Person Score"])
    assert scores == [8, 16, 20, 20]


def test_a_calendar_day_is_bounded_by_its_batch():
    body = 'on = { submits = "contact" }\npoints = { lead = 8 }\nlimit = { times = 1, per = "calendar day" }'
    bundle = compile_text(rule(body))
    assert ("batch-start", "rules.x") in notes(bundle, "bounded")
    person = Person(bundle)
    person.run("When x")
    person.run("When x")
    assert person.fields["Person Score"] == 8
    person.night()
    person.run("When x")
    assert person.fields["Person Score"] == 16


def test_a_count_waits_so_that_the_event_itself_is_in_the_log():
    body = 'on = { visits = "any-page", at_least = 3, within = "7d" }\npoints = { lead = 5 }\nlimit = { times = 1, per = "7d" }'
    bundle = compile_text(rule(body))
    assert [step["step"] for step in campaign(bundle, "When x")["flow"]] == ["Wait", "Execute Campaign"]
    assert campaign(bundle, "Award x")["smart_list"]["filters"][0]["constraints"] == [
        {"name": "Date of Activity", "operator": "in past", "values": ["168 hours"]},
        {"name": "Min. Number of Times", "operator": "is", "values": ["3"]},
    ]
    assert notes(bundle, "bounded") == []
    assert notes(compile_text(rule(body), hour_windows_roll=False), "bounded") == [("window-edge", "rules.x")]


def test_a_count_for_ever_is_kept_in_a_field_since_the_log_forgets():
    body = 'on = { visits = "careers", at_least = 3 }\npoints = { lead = -25 }\nlimit = { times = 1 }'
    person = Person(compile_text(rule(body)))
    seen = []
    for _ in range(5):
        person.run("When x")
        seen.append(person.fields.get("Person Score"))
    assert seen == [None, None, -25, -25, -25]


def test_events_that_are_counted_apart_have_gates():
    text = (
        CONTACT + SCORE + '[rules.x]\non.any = [\n  { submits = "contact", at_least = 2, within = "7d" },\n'
    )
    text += '  { opens = "letter", at_least = 3, within = "7d" },\n  { visits = "careers" },\n]\n'
    text += "points = { lead = 5 }\nlimit = { times = 1 }\n"
    bundle = compile_text(text)
    gates = {
        name: campaign(bundle, name)["smart_list"]["filters"][0]["rule"] for name in ("Gate x 1", "Gate x 2")
    }
    assert gates == {"Gate x 1": "Filled Out Form", "Gate x 2": "Opened Email"}
    person = Person(bundle)
    person.log = [("Filled Out Form", 1000), ("Opened Email", 1000), ("Opened Email", 1000)]
    person.run("When x 2")
    assert "Person Score" not in person.fields
    person.run("When x 3")
    assert person.fields["Person Score"] == 5


def test_a_count_without_a_limit_of_one_is_bounded():
    body = 'on = { submits = "contact", at_least = 3, within = "7d" }\npoints = { lead = 5 }\nlimit = { times = 1 }'
    assert notes(compile_text(rule(body)), "bounded") == []
    often = compile_text(rule(body.replace("times = 1", "times = 4")))
    assert ("count-after-wait", "rules.x") in notes(often, "bounded")


def test_a_group_shares_one_account_and_makes_room_again():
    text = CONTACT + SCORE + '[groups.web]\nscore = "lead"\nlimit = { points = 20, per = "90d" }\n'
    text += '[rules.a]\non = { submits = "contact" }\npoints = { lead = 10 }\ngroup = "web"\n'
    text += '[rules.b]\non = { visits = "careers" }\npoints = { lead = 5 }\ngroup = "web"\n'
    person = Person(compile_text(text))
    scores = []
    for day, name in ((0, "b"), (1, "b"), (2, "b"), (3, "a"), (4, "a"), (5, "b"), (90, "a"), (92, "a")):
        person.go_to(1000 + day)
        person.run(f"When {name}")
        scores.append(person.fields["Person Score"])
    assert scores == [5, 10, 15, 20, 20, 20, 25, 35]


@pytest.mark.parametrize(
    ("on", "asked", "waits"),
    [
        ('submits = "any-form"', '{ submitted = "contact" }', True),
        ('submits = "contact"', '{ not = { submitted = "contact", at_least = 3, within = "7d" } }', True),
        ('submits = "other"', '{ submitted = "contact" }', False),
        ('submits = "any-form", except = "contact"', '{ submitted = "contact" }', False),
        ('submits = "contact"', '{ submitted = "any-form", except = "contact" }', False),
        ('clicks = "any-email"', '{ submitted = "any-form" }', False),
    ],
)
def test_an_award_that_asks_the_log_about_its_own_event_waits_until_that_is_in_it(on, asked, waits):
    forms = '[assets]\ncontact = { form = "Contact" }\nother = { form = "Other" }\n'
    body = f"[rules.x]\non = {{ {on} }}\npoints = {{ lead = 5 }}\n"
    whole = SCORE + forms + body
    for text in (f"{whole}when = {asked}\n", whole + f"[segments.in]\nwhen = {asked}\n"):
        head = HEAD if "segments" not in text else HEAD + 'eligible = "in"\n'
        bundle = compile_text(text, head)
        told = [step["step"] for step in campaign(bundle, "When x")["flow"]]
        assert (told[0] == "Wait") is (("asked-after-wait", "rules.x") in notes(bundle, "bounded")) is waits
    sure = compile_text(f"{whole}when = {asked}\n", filter_counts_trigger_event="counted")
    assert "Wait" not in [step["step"] for step in campaign(sure, "When x")["flow"]]
