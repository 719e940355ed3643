"""Conditions, events and actions in words: one text for each meaning."""

from __future__ import annotations

import tomllib

import pytest

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.phrases import phrase, phrase_action, phrase_band, phrase_event
from scorewright.model.read import read
from tests.checks.specs import whole

BESIDE = """
[terms.c-level]
match = "contains_word"
values = ["CEO", "CTO"]

[fields]
stage = { type = "text" }
number = { type = "number" }
day = { type = "date" }
newsletter = { type = "yes_no" }

[assets]
demo = { form = "Demo" }
pricing = { pages = "/pricing" }
inside-sales = { queue = "Inside sales" }
desk = { user = "Desk" }
back = { campaign = "Back" }
people = { list = "People" }

[activities]
trial = {}

[scores.interest]
kind = "engagement"
each = "product"

[products.mba]
title = "MBA"

[grades.fit]
criteria.a = { when = { field = "country", is = "France" }, thirds = 2 }

[bands.letter]
score = "engagement"
cases = [{ label = "A", at_least = 50 }, { label = "B", above = 20 }, { label = "C" }]

[bands.figure]
score = "other"
cases = [{ label = "1", at_least = 10 }, { label = "2" }]

[bands.class]
join = ["letter", "figure"]
"""


def model_of(text):
    reading = read(whole(tomllib.loads(BESIDE + text)))
    assert reading.findings == ()
    return reading.model


def said(condition):
    model = model_of(f"[segments.s]\nwhen = {{ {condition} }}\n")
    return phrase(model.segments["s"].when, model)


CONDITIONS = {
    'score = "engagement", at_least = 100': "engagement at least 100",
    'score = "engagement", above = 50, at_most = 99': "engagement above 50 but at most 99",
    'score = "engagement", is = 0': "engagement is 0",
    'score = "interest", product = "mba", below = 5': "interest of mba below 5",
    'grade = "fit", at_least = "B"': "fit at least B",
    'band = "letter", is = "A"': "letter is A (engagement at least 50)",
    'band = "letter", is_any = ["B", "C"]': "letter is one of B (engagement above 20 but below 50), C (engagement at most 20)",
    'band = "class", is = "B2"': "class is B2 (engagement above 20 but below 50 and other below 10)",
    'mark = "mql"': "marked mql",
    'segment = "x"': "in x",
    'member_of = "people"': "member of people",
    'member_of = "back", status = "New"': "member of back with the status 'New'",
    'member_of = "back", status = ["New", "Old"]': "member of back with the status one of 'New', 'Old'",
    'has_opportunity = "won"': "has a won opportunity",
    'has_opportunity = "any"': "has an opportunity",
    'crm = "lead"': "is a lead in the CRM",
    'crm = "none"': "is not in the CRM",
    "assigned = true": "has an owner",
    "mailable = false": "may not be mailed",
    'field = "country", is = "France"': "country is 'France'",
    'field = "country", is_any = ["France", "Spain"]': "country is one of 'France', 'Spain'",
    'field = "newsletter", is = true': "newsletter is yes",
    'field = "number", is = 5': "number is 5",
    'field = "number", at_least = 5, below = 9': "number is at least 5 but below 9",
    'field = "job-title", in = "c-level"': "job-title is in c-level",
    'field = "job-title", contains = "CTO"': "job-title contains 'CTO'",
    'field = "job-title", contains_word = ["CTO", "CEO"]': "job-title contains one of the words 'CTO', 'CEO'",
    'field = "job-title", starts_with = "Head  of"': "job-title starts with 'Head of'",
    'field = "phone", known = true': "phone is known",
    'field = "phone", known = false': "phone is not known",
    'field = "day", within_last = "30d"': "day is within the last 30 days",
    'field = "day", within_next = "1w"': "day is within the next 1 week",
    'field = "day", older_than = "1h"': "day is older than 1 hour",
    'field = "day", on_or_after = 2026-01-01, before = 2026-02-01': "day is on or after 2026-01-01 but before 2026-02-01",
    'submitted = "demo"': "submitted demo",
    'visited = ["pricing", "any-page"], at_least = 3, within = "7d"': (
        "visited any of pricing, any page at least 3 times within 7 days"
    ),
    'visited = "any-page", except = "pricing", exactly = 1, within = "calendar week"': (
        "visited any page except pricing exactly once in one calendar week"
    ),
    'visited = "any-page", at_most = 2': "visited any page at most 2 times",
    'bounced = "any"': "had a bounce",
    'bounced = "hard"': "had a hard bounce",
    "unsubscribed = true": "unsubscribed",
    'joined = "back", where = { status = { is = "Responded" } }': "joined back with status 'Responded'",
    'all = [{ mark = "a" }, { any = [{ mark = "b" }, { mark = "c" }] }]': "marked a and (marked b or marked c)",
    'not = { mark = "a" }': "not marked a",
    'not = { all = [{ mark = "a" }, { not = { mark = "b" } }] }': "not (marked a and not marked b)",
}


@pytest.mark.parametrize(("condition", "words"), CONDITIONS.items())
def test_a_condition(condition, words):
    assert said(condition) == words


EVENTS = {
    'submits = "any-form"': "submits any form",
    'submits = ["demo", "any-form"]': "submits any of demo, any form",
    'visits = "any-page", except = ["pricing"], at_least = 22, within = "visit"': (
        "visits any page except pricing for the 22nd or a later time in one visit"
    ),
    'searches = true, where = { query = { contains = "price" } }': "searches with query that contains 'price'",
    "starts_visit = true": "starts a visit",
    'opportunity = "lost"': "has an opportunity lost",
    'bounces = "any"': "has a bounce",
    'does = "trial"': "does trial",
    'changes = "stage"': "changes stage",
    'visits = "pricing", where = { seconds = { at_least = 60 } }': "visits pricing with seconds at least 60",
}


@pytest.mark.parametrize(("event", "words"), EVENTS.items())
def test_an_event(event, words):
    model = model_of(f"[rules.r]\non = {{ {event} }}\npoints = {{ engagement = 1 }}\n")
    assert phrase_event(model.rules["r"].on[0], model) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (111, "111th")],
)
def test_ordinals(count, words):
    model = model_of(
        f'[rules.r]\non = {{ visits = "any-page", at_least = {count} }}\npoints = {{ engagement = 1 }}\nlimit = {{ times = 1 }}'
    )
    assert phrase_event(model.rules["r"].on[0], model) == f"visits any page for the {words} or a later time"


ACTIONS = {
    'assign = "crm-rule"': "assign by the rules of the CRM",
    'assign = "inside-sales"': "assign to inside-sales",
    'notify = "owner"': "notify the owner",
    'notify = "opportunity-owner"': "notify the owner of the opportunity",
    'notify = "desk"': "notify desk",
    'add_to_campaign = "back", status = "New entry"': "add to the campaign back with the status 'New entry'",
    'add_to_campaign = "back"': "add to the campaign back",
    'add_to_list = "people"': "add to the list people",
    'remove_from_list = "people"': "remove from the list people",
    'lifecycle = "mql"': "set the lifecycle stage to mql",
    'task = "Call", due = "24h"': "create the task 'Call', due in 24 hours",
    'stamp = "day"': "write the date into day",
    'snapshot = "engagement", in = "number"': "copy engagement into number",
    'set_field = "stage", to = "New"': "set stage to 'New'",
    'moment = "Asked for a demo"': "record the moment 'Asked for a demo'",
    'mark = "m"': "mark m",
    'unmark = "m"': "unmark m",
    'reset = "engagement", to = 3': "reset engagement to 3",
}


@pytest.mark.parametrize(("action", "words"), ACTIONS.items())
def test_an_action(action, words):
    model = model_of(
        f'[thresholds.t]\nwhen = {{ score = "engagement", above = 1 }}\nthen = [{{ {action} }}]\n'
    )
    assert phrase_action(model.thresholds["t"].then[0]) == words


def test_every_kind_of_condition_and_action_is_said():
    from typing import get_args

    model = model_of("")
    spoken = {type(found) for text in CONDITIONS for found in con.walk(_condition(text))}
    assert spoken == set(get_args(con.Condition))
    assert len({text.split(" =")[0] for text in ACTIONS}) == len(get_args(act.Action))
    assert phrase_band(model.bands["figure"], model) == {"1": "other at least 10", "2": "other below 10"}


def _condition(text):
    return model_of(f"[segments.s]\nwhen = {{ {text} }}\n").segments["s"].when


def test_a_band_that_joins_itself_is_said_without_numbers():
    model = model_of('[bands.a]\njoin = ["b", "letter"]\n[bands.b]\njoin = ["a", "letter"]\n')
    assert phrase_band(model.bands["a"], model) == {}
