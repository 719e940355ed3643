"""Conditions, tests, events and actions become values; two subjects and tests that make no question are reported."""

from __future__ import annotations

import pytest

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model.events import Event
from scorewright.model.values import Bound, Bounds, Duration, Number, Window
from tests.model.reading import SCORES, found, model

WORLD = f"""
{SCORES}
[values]
high = 50
[marks]
m = {{}}
[terms.words]
match = "contains_word"
values = ["CEO", "CTO"]
[grades.g]
criteria.c = {{ when = {{ mailable = true }}, thirds = 1 }}
[bands.b]
score = "e"
cases = [ {{ label = "A", at_least = 5 }}, {{ label = "B" }} ]
[segments.other]
when = {{ crm = "lead" }}
[assets]
staff = {{ list = "Staff" }}
[fields]
day = {{ type = "date" }}
[activities]
trial = {{}}
"""


def at_least(number, name=None):
    return Bound(Number(number, name), inclusive=True)


def above(number):
    return Bound(Number(number), inclusive=False)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ('score = "e", at_least = "high"', con.ScoreTest("e", Bounds(at_least(50, "high"), None))),
        ('score = "e", above = 5, below = 9', con.ScoreTest("e", Bounds(above(5), above(9)))),
        ('score = "e", is = 5', con.ScoreTest("e", Bounds(at_least(5), at_least(5)), exactly=True)),
        ('grade = "g", at_least = "B+"', con.GradeTest("g", "at_least", "B+")),
        ('band = "b", is_any = ["A", "B"]', con.BandTest("b", ("A", "B"))),
        ('mark = "m"', con.HasMark("m")),
        ('segment = "other"', con.InSegment("other")),
        ('member_of = "staff"', con.MemberOf("staff")),
        ('has_opportunity = "open"', con.HasOpportunity("open")),
        ('crm = "none"', con.CrmKind("none")),
        ("assigned = false", con.Assigned(value=False)),
        ("mailable = true", con.Mailable(value=True)),
        ('not = { mark = "m" }', con.Not(con.HasMark("m"))),
        ('any = [ { mark = "m" }, { crm = "lead" } ]', con.AnyOf((con.HasMark("m"), con.CrmKind("lead")))),
        ('field = "job-title", is = "CEO"', con.FieldTest("job-title", con.Is(("CEO",)))),
        ('field = "job-title", is_any = ["A", "B"]', con.FieldTest("job-title", con.Is(("A", "B")))),
        ('field = "job-title", contains = "A"', con.FieldTest("job-title", con.Matches("contains", ("A",)))),
        (
            'field = "job-title", in = "words"',
            con.FieldTest("job-title", con.Matches("contains_word", ("CEO", "CTO"), "words")),
        ),
        ('field = "employees", at_most = 9', con.FieldTest("employees", con.Range(Bounds(None, at_least(9))))),
        ('field = "day", within_last = "2w"', con.FieldTest("day", con.Age("within_last", Duration(2, "w")))),
        ('field = "day", on_or_after = 2026-01-01, before = 2026-02-01', con.FieldTest("day", con.Day("2026-01-01", "2026-02-01"))),
        ('field = "day", known = false', con.FieldTest("day", con.Known(known=False))),
        ('visited = "any-page"', con.Happened(Event("visits", ("any-page",)))),
        (
            'visited = "any-page", within = "7d", at_least = 3',
            con.Happened(Event("visits", ("any-page",), within=Window(Duration(7, "d"))), 3),
        ),
        ('did = "trial", exactly = 2', con.Happened(Event("does", ("trial",)), 2, 2)),
        ('opened = "any-email", at_most = 2', con.Happened(Event("opens", ("any-email",)), 0, 2)),
        (
            'searched = true, within = "calendar week"',
            con.Happened(Event("searches", within=Window(calendar="week"))),
        ),
        ('bounced = "hard", within = "visit"', con.Happened(Event("bounces", ("hard",), within=Window(calendar="visit")))),
    ],
)  # fmt: skip
def test_each_subject_becomes_a_condition(text, condition):
    made = model(f"{WORLD}[segments.s]\nwhen = {{ {text} }}").segments["s"].when
    assert made == condition
    assert made.path == ("segments", "s", "when")


def test_the_members_of_a_condition_know_their_places():
    text = f'{WORLD}[segments.s]\nwhen.all = [ {{ mark = "m" }}, {{ not = {{ crm = "lead" }} }} ]'
    paths = [part.path[2:] for part in con.walk(model(text).segments["s"].when)]
    assert paths == [("when",), ("when", "all", 0), ("when", "all", 1), ("when", "all", 1, "not")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('mark = "m", segment = "other"', "segment"),
        ('crm = "lead", assigned = true', "assigned"),
        ('visited = "any-page", submitted = "any-form"', "submitted"),
        ('did = "trial", searched = true', "searched"),
        ('any = [ { mark = "m" }, { crm = "lead" } ], not = { mark = "m" }', "not"),
    ],
)
def test_sw203_two_subjects(text, key):
    ((code, path, help_),) = found(f"{WORLD}[segments.s]\nwhen = {{ {text} }}")
    assert (code, path) == ("SW203", ("segments", "s", "when", key))
    assert "inside all" in help_


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[rules.r]\non = { visits = "any-page", opens = "any-email" }\npoints = { e = 1 }', ("on", "opens")),
        ('[rules.r]\non.any = [ { visits = "any-page", opens = "any-email" }, { searches = true } ]\npoints = { e = 1 }', ("on", "any", 0, "opens")),
        ('[rules.r]\non = { visits = "any-page" }\nthen = [ { mark = "m", notify = "owner" } ]', ("then", 0, "notify")),
    ],
)  # fmt: skip
def test_sw203_two_verbs(text, path):
    ((code, place, _),) = found(WORLD + text)
    assert (code, place) == ("SW203", ("rules", "r", *path))


def test_sw203_two_kinds_of_asset():
    ((code, path, help_),) = found('[assets]\na = { form = "A", email = "A" }')
    assert (code, path, help_) == ("SW203", ("assets", "a", "email"), "declare two assets")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('field = "employees"', None),
        ('field = "employees", above = 5, at_least = 6', "at_least"),
        ('field = "employees", below = 5, at_most = 6', "at_most"),
        ('field = "employees", is = 5, above = 6', "above"),
        ('field = "employees", above = 9, below = 5', "below"),
        ('field = "employees", above = 5, below = 6', "below"),
        ('field = "job-title", contains = "A", starts_with = "B"', "starts_with"),
        ('field = "day", within_last = "7d", before = 2026-01-01', "before"),
        ('score = "e"', None),
        ('score = "e", is = true', "is"),
        ('score = "e", is = 5, above = 3', "is"),
        ('score = "e", at_least = 9, at_most = 5', "at_most"),
        ('grade = "g"', None),
        ('grade = "g", is = "E"', "is"),
        ('grade = "g", is = "A", below = "B"', None),
        ('band = "b"', None),
        ('band = "b", is = "A", is_any = ["B"]', None),
        ('visited = "any-page", at_least = 1, exactly = 2', "exactly"),
        ('visited = "any-page", at_least = 0', "at_least"),
    ],
)
def test_sw204_tests_that_make_no_question(text, key):
    ((code, path, help_),) = found(f"{WORLD}[segments.s]\nwhen = {{ {text} }}")
    assert (code, path) == ("SW204", ("segments", "s", "when", *([key] if key else [])))
    assert help_


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[tiers.t]\nscore = "f"\nfield = "email"\ncases = [ { points = 5 } ]', ("tiers", "t", "cases", 0)),
        ('[tiers.t]\nscore = "f"\nfield = "email"\ncases = [ { when = { crm = "lead" }, points = 5 } ]', ("tiers", "t", "cases", 0, "when")),
        ('[tiers.t]\nscore = "f"\ncases = [ { is = "x", points = 5 } ]', ("tiers", "t", "cases", 0)),
        ('[tiers.t]\nscore = "f"\ncases = [ { points = 5 } ]', ("tiers", "t", "cases", 0)),
        ('[bands.x]\nscore = "e"\ncases = [ { label = "A" }, { label = "B" } ]', ("bands", "x", "cases", 0)),
        ('[bands.x]\nscore = "e"\ncases = [ { label = "A", at_least = 5 }, { label = "B", at_least = 1 } ]', ("bands", "x", "cases", 1)),
        ('[bands.x]\nscore = "e"\ncases = [ { label = "A", at_least = 5, above = 6 }, { label = "B" } ]', ("bands", "x", "cases", 0)),
        ('[rules.r]\non = { visits = "any-page" }\nthen = [ { reset = "e", to = true } ]', ("rules", "r", "then", 0, "to")),
        ('[rules.r]\non = { visits = "any-page", where = { seconds = {} } }\npoints = { e = 1 }', ("rules", "r", "on", "where", "seconds")),
    ],
)  # fmt: skip
def test_sw204_elsewhere(text, path):
    assert [(code, place) for code, place, _ in found(WORLD + text)] == [("SW204", path)]


# --- events and actions ---------------------------------------------------------------------------------------------


def test_any_event_is_each_of_them():
    text = '[rules.r]\non.any = [ { visits = "any-page" }, { any = [ { searches = true }, { does = "trial" } ] } ]\npoints = { e = 1 }'
    rule = model(WORLD + text).rules["r"]
    assert [(event.verb, event.objects) for event in rule.on] == [
        ("visits", ("any-page",)),
        ("searches", ()),
        ("does", ("trial",)),
    ]
    assert [event.path[2:] for event in rule.on] == [
        ("on", "any", 0),
        ("on", "any", 1, "any", 0),
        ("on", "any", 1, "any", 1),
    ]


def test_an_event_with_all_that_it_takes():
    text = '[rules.r]\non = { visits = "any-page", at_least = 3, within = "7d", where = { seconds = { above = 5 } } }\npoints = { e = 1 }'
    (event,) = model(WORLD + text).rules["r"].on
    assert event == Event(
        "visits",
        ("any-page",),
        (),
        3,
        Window(Duration(7, "d")),
        (("seconds", con.Range(Bounds(above(5), None))),),
    )


def test_each_action_becomes_a_value():
    text = """
    [assets]
    q = { queue = "Q" }
    u = { user = "U" }
    l = { list = "L" }
    c = { campaign = "C" }
    [rules.r]
    on = { visits = "any-page" }
    then = [
      { assign = "q" },
      { notify = "u" },
      { add_to_campaign = "c", status = "New" },
      { add_to_list = "l" },
      { remove_from_list = "l" },
      { lifecycle = "mql" },
      { task = "Call", due = "2d" },
      { stamp = "day" },
      { snapshot = "e", in = "employees" },
      { set_field = "country", to = "France" },
      { moment = "Came" },
      { mark = "m" },
      { unmark = "m" },
      { reset = "e", to = "high" },
    ]
    """
    then = model(WORLD.replace('[assets]\nstaff = { list = "Staff" }\n', "") + text).rules["r"].then
    assert then == (
        act.Assign("q"),
        act.Notify("u"),
        act.AddToCampaign("c", "New"),
        act.AddToList("l"),
        act.RemoveFromList("l"),
        act.SetLifecycle("mql"),
        act.CreateTask("Call", Duration(2, "d")),
        act.Stamp("day"),
        act.Snapshot("e", "employees"),
        act.SetField("country", "France"),
        act.Moment("Came"),
        act.PutMark("m"),
        act.TakeMark("m"),
        act.Reset("e", Number(50, "high")),
    )
    assert [action.path for action in then] == [("rules", "r", "then", index) for index in range(14)]
