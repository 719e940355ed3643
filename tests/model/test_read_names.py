"""Names: each is declared once or built in, of the right sort, and a stranger is reported at its place."""

from __future__ import annotations

import pytest

from tests.model.reading import SCORES, found, model, reading

PAGE = '[rules.r]\non = { visits = "any-page" }\npoints = { e = 1 }\n'


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[rules.r]\non = { visits = "x" }\npoints = { e = 1 }', ("rules", "r", "on", "visits")),
        ('[rules.r]\non = { visits = ["any-page", "x"] }\npoints = { e = 1 }', ("rules", "r", "on", "visits", 1)),
        ('[rules.r]\non = { visits = "any-page", except = "x" }\npoints = { e = 1 }', ("rules", "r", "on", "except")),
        (
            '[rules.r]\non.any = [ { visits = "any-page" }, { submits = "x" } ]\npoints = { e = 1 }',
            ("rules", "r", "on", "any", 1, "submits"),
        ),
        ('[rules.r]\non = { does = "x" }\npoints = { e = 1 }', ("rules", "r", "on", "does")),
        ('[rules.r]\non = { changes = "x" }\npoints = { e = 1 }', ("rules", "r", "on", "changes")),
        ('[rules.r]\non = { visits = "any-page" }\npoints = { x = 1 }', ("rules", "r", "points", "x")),
        ('[rules.r]\non = { visits = "any-page" }\npoints = { e = "x" }', ("rules", "r", "points", "e")),
        (PAGE + 'group = "x"', ("rules", "r", "group")),
        (PAGE + 'then = [ { assign = "x" } ]', ("rules", "r", "then", 0, "assign")),
        (PAGE + 'then = [ { notify = "x" } ]', ("rules", "r", "then", 0, "notify")),
        (PAGE + 'then = [ { add_to_list = "x" } ]', ("rules", "r", "then", 0, "add_to_list")),
        (PAGE + 'then = [ { remove_from_list = "x" } ]', ("rules", "r", "then", 0, "remove_from_list")),
        (PAGE + 'then = [ { add_to_campaign = "x" } ]', ("rules", "r", "then", 0, "add_to_campaign")),
        (PAGE + 'then = [ { stamp = "x" } ]', ("rules", "r", "then", 0, "stamp")),
        (PAGE + 'then = [ { snapshot = "x", in = "employees" } ]', ("rules", "r", "then", 0, "snapshot")),
        (PAGE + 'then = [ { snapshot = "e", in = "x" } ]', ("rules", "r", "then", 0, "in")),
        (PAGE + 'then = [ { set_field = "x", to = "y" } ]', ("rules", "r", "then", 0, "set_field")),
        (PAGE + 'then = [ { mark = "x" } ]', ("rules", "r", "then", 0, "mark")),
        (PAGE + 'then = [ { unmark = "x" } ]', ("rules", "r", "then", 0, "unmark")),
        (PAGE + 'then = [ { reset = "x", to = 0 } ]', ("rules", "r", "then", 0, "reset")),
        (PAGE + 'then = [ { reset = "e", to = "x" } ]', ("rules", "r", "then", 0, "to")),
        ('[segments.s]\nwhen = { field = "x", known = true }', ("segments", "s", "when", "field")),
        ('[segments.s]\nwhen = { field = "email", in = "x" }', ("segments", "s", "when", "in")),
        ('[segments.s]\nwhen = { field = "employees", above = "x" }', ("segments", "s", "when", "above")),
        ('[segments.s]\nwhen = { score = "x", above = 5 }', ("segments", "s", "when", "score")),
        ('[segments.s]\nwhen = { score = "e", is = "x" }', ("segments", "s", "when", "is")),
        ('[segments.s]\nwhen = { grade = "x", is = "A" }', ("segments", "s", "when", "grade")),
        ('[segments.s]\nwhen = { band = "x", is = "A" }', ("segments", "s", "when", "band")),
        ('[segments.s]\nwhen = { mark = "x" }', ("segments", "s", "when", "mark")),
        ('[segments.s]\nwhen = { segment = "x" }', ("segments", "s", "when", "segment")),
        ('[segments.s]\nwhen = { member_of = "x" }', ("segments", "s", "when", "member_of")),
        ('[segments.s]\nwhen = { visited = "x" }', ("segments", "s", "when", "visited")),
        ('[segments.s]\nwhen.all = [ { mailable = true }, { not = { mark = "x" } } ]', ("segments", "s", "when", "all", 1, "not", "mark")),
        ('eligible = "x"', ("model", "eligible")),
        ('exclude = ["x"]', ("model", "exclude", 0)),
        ('[lifecycle]\nfield = "x"', ("lifecycle", "field")),
        ('[values]\na = { percent = 50, of = "x" }', ("values", "a", "of")),
        ('[scores.s]\nkind = "engagement"\nfeeds = "x"', ("scores", "s", "feeds")),
        ('[scores.s]\nkind = "engagement"\nfloor = "x"', ("scores", "s", "floor")),
        ('[scores.s]\nkind = "combined"\nsum_of = ["e", "x"]', ("scores", "s", "sum_of", 1)),
        ('[scores.s]\nkind = "combined"\npercent_of = { x = 50 }', ("scores", "s", "percent_of", "x")),
        ('[groups.g]\nscore = "x"\nlimit = { points = 5, per = "7d" }', ("groups", "g", "score")),
        ('[tiers.t]\nscore = "f"\nfield = "x"\ncases = [ { known = true, points = 5 } ]', ("tiers", "t", "field")),
        ('[tiers.t]\nscore = "f"\nfield = "email"\ncases = [ { known = true, points = "x" } ]', ("tiers", "t", "cases", 0, "points")),
        ('[inputs.i]\nfield = "x"\nscore = "f"', ("inputs", "i", "field")),
        ('[decay.d]\nscore = "e"\nschedule = "x"\nsteps = [ { after = "1d", subtract = 1 } ]', ("decay", "d", "schedule")),
        ('[decay.d]\nscore = "e"\nsteps = [ { after = "1d", above = "x", subtract = 1 } ]', ("decay", "d", "steps", 0, "above")),
        ('[bands.b]\njoin = ["x", "x"]', ("bands", "b", "join", 0)),
        ('[thresholds.t]\nwhen = { mailable = true }\nrequired_fields = ["x"]\nthen = [ { notify = "owner" } ]', ("thresholds", "t", "required_fields", 0)),
        ('[schedules.s]\nat = ["08:00"]\nzones = [ { segment = "x", timezone = "UTC" } ]', ("schedules", "s", "zones", 0, "segment")),
        ('[products.p]\nassets = { request = "x" }', ("products", "p", "assets", "request")),
        ("[examples.x]\ncreated = 2026-01-01\nperson = { x = 1 }\nexpect = [ { at = 2026-01-02, mailable = true } ]", ("examples", "x", "person", "x")),
        ('[examples.x]\ncreated = 2026-01-01\nmarks = ["x"]\nexpect = [ { at = 2026-01-02, mailable = true } ]', ("examples", "x", "marks", 0)),
        ('[examples.x]\ncreated = 2026-01-01\nexpect = [ { at = 2026-01-02, fired = "x" } ]', ("examples", "x", "expect", 0, "fired")),
    ],
)  # fmt: skip
def test_sw201_wherever_a_name_can_stand(text, path):
    codes = {(code, place) for code, place, _ in found(text + "\n" + SCORES)}
    assert ("SW201", path) in codes
    assert {code for code, _ in codes} == {"SW201"}


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ('[rules.r]\non = { visits = "any-page" }\npoints = { x = 1 }', "key"),
        ('[scores.s]\nkind = "combined"\npercent_of = { x = 50 }', "key"),
        (
            "[examples.x]\ncreated = 2026-01-01\nperson = { x = 1 }\nexpect = [ { at = 2026-01-02, mailable = true } ]",
            "key",
        ),
        (
            "[examples.x]\ncreated = 2026-01-01\nscores = { x = 1 }\nexpect = [ { at = 2026-01-02, mailable = true } ]",
            "key",
        ),
        ('[rules.r]\non = { visits = "any-page" }\npoints = { e = "x" }', "value"),
        ('[segments.s]\nwhen = { score = "x", above = 5 }', "value"),
    ],
)
def test_the_caret_stands_under_the_name_also_where_it_is_a_key(text, on):
    (finding,) = reading(text + "\n" + SCORES).findings
    assert (finding.rule.code, finding.on) == ("SW201", on)


def test_a_number_in_quotes_is_no_name_to_declare():
    text = '[rules.r]\non = { visits = "any-page" }\npoints = { e = "10" }\n' + SCORES
    assert found(text) == [("SW201", ("rules", "r", "points", "e"), "write 10, without quotes")]


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        (
            '[assets]\ncontact = { form = "C" }\n[rules.r]\non = { submits = "contcat" }\npoints = { e = 1 }',
            "did you mean 'contact'?",
        ),
        ('[rules.r]\non = { submits = "any-forms" }\npoints = { e = 1 }', "did you mean 'any-form'?"),
        (
            '[segments.s]\nwhen = { field = "job_title", known = true }'.replace("_title", "-titel"),
            "did you mean 'job-title'?",
        ),
        ('[segments.s]\nwhen = { mark = "e" }', "'e' is a score; here stands the id of a mark"),
        ('[segments.s]\nwhen = { mark = "zzz" }', "declare it under [marks]"),
    ],
)
def test_sw201_helps(text, help_):
    assert [item[2] for item in found(text + "\n" + SCORES)] == [help_]


@pytest.mark.parametrize(
    ("kind", "verb", "right"),
    [
        ("pages", "visits", True),
        ("form", "visits", False),
        ("landing_page", "submits", True),
        ("form_handler", "submits", True),
        ("email", "submits", False),
        ("email", "opens", True),
        ("link", "opens", False),
        ("link", "clicks", True),
        ("ad", "clicks", True),
        ("webinar", "attends", True),
        ("event", "attends", True),
        ("campaign", "joins", True),
        ("list", "joins", False),
        ("video", "watches", True),
        ("webinar", "watches", True),
        ("file", "downloads", True),
    ],
)
def test_sw202_a_verb_is_said_of_its_kinds(kind, verb, right):
    text = f'[assets]\na = {{ {kind} = "A" }}\n[rules.r]\non = {{ {verb} = "a" }}\npoints = {{ e = 1 }}\n{SCORES}'
    assert [(code, path) for code, path, _ in found(text)] == (
        [] if right else [("SW202", ("rules", "r", "on", verb))]
    )


@pytest.mark.parametrize(
    ("kind", "action", "right"),
    [
        ("queue", "assign", True),
        ("user", "assign", True),
        ("group", "assign", True),
        ("list", "assign", False),
        ("user", "notify", True),
        ("queue", "notify", False),
        ("list", "add_to_list", True),
        ("campaign", "add_to_list", False),
        ("campaign", "add_to_campaign", True),
        ("event", "add_to_campaign", False),
    ],
)
def test_sw202_an_action_takes_its_kinds(kind, action, right):
    text = f'[assets]\na = {{ {kind} = "A" }}\n{PAGE}then = [ {{ {action} = "a" }} ]\n{SCORES}'
    assert [code for code, _, _ in found(text)] == ([] if right else ["SW202"])


def test_sw202_the_message_says_both_kinds():
    text = f'[assets]\na = {{ landing_page = "A" }}\n[segments.s]\nwhen = {{ visited = "a" }}\n{SCORES}'
    (finding,) = reading(text).findings
    assert finding.message == "'a' is a landing page, and 'visited' goes with pages"


def test_words_of_the_language_are_no_names():
    then = 'then = [ { assign = "crm-rule" }, { notify = "owner" }, { notify = "opportunity-owner" } ]'
    assert found(PAGE + then + "\n" + SCORES) == []


# --- values and zones -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "percent", "value"),
    [(101, 50, 51), (-101, 50, -50), (99, 50, 50), (-1, 50, 0), (10, 1000, 100), (7, 33, 2)],
)
def test_a_share_is_rounded_half_up(base, percent, value):
    made = model(f"[values]\nfull = {base}\nshare = {{ percent = {percent}, of = 'full' }}")
    assert made.values["share"].value == value
    assert (made.values["share"].percent, made.values["share"].of) == (percent, "full")


def test_a_share_of_a_share_in_any_order():
    made = model("[values]\na = { percent = 50, of = 'b' }\nb = { percent = 50, of = 'c' }\nc = 100")
    assert (made.values["a"].value, made.values["b"].value) == (25, 50)


@pytest.mark.parametrize(
    "text",
    ["a = { percent = 50, of = 'a' }", "a = { percent = 50, of = 'b' }\nb = { percent = 50, of = 'a' }"],
)
def test_sw205_values_in_a_circle(text):
    ((code, path, help_),) = found(f"[values]\n{text}")
    assert (code, path, help_) == ("SW205", ("values", "a"), "give one of them a number")


def test_a_chain_of_values_may_be_long():
    chain = "\n".join(f"v{n} = {{ percent = 100, of = 'v{n + 1}' }}" for n in range(3_000))
    assert model(f"[values]\n{chain}\nv3000 = 7").values["v0"].value == 7


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('timezone = "Europe/Pariss"', ("model", "timezone")),
        ('[schedules.s]\nat = ["08:00"]\ntimezone = "CET+1"', ("schedules", "s", "timezone")),
    ],
)
def test_sw209_an_unknown_zone(text, path):
    from scorewright.model.read import read

    data = {"language": 1, "model": {"id": "m", "title": "M", "timezone": "UTC"}}
    import tomllib

    extra = tomllib.loads(text)
    data["model"].update({key: value for key, value in extra.items() if key == "timezone"})
    data.update({key: value for key, value in extra.items() if key != "timezone"})
    (finding,) = read(data).findings
    assert (finding.rule.code, finding.path) == ("SW209", path)
    assert finding.help
