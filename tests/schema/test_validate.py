"""The shape of the language: each rule fires at its key with help."""

from __future__ import annotations

import tomllib

import pytest

from scorewright.schema.validate import validate

HEAD = 'language = 1\n[model]\nid = "m"\ntitle = "M"\ntimezone = "UTC"\n'

RULE = '[rules.r]\non = { visits = "any-page" }\npoints = { e = 1 }\n'


def findings(text):
    return [(item.rule.code, item.path, item.on) for item in validate(tomllib.loads(HEAD + text))]


def helps(text):
    return [item.help for item in validate(tomllib.loads(HEAD + text))]


def test_a_sound_document_has_no_findings():
    assert validate(tomllib.loads(HEAD + RULE)) == ()


# --- one rule after the other ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "help_"),
    [
        (RULE + "limits = { times = 1 }", ("rules", "r", "limits"), "did you mean 'limit'?"),
        (
            RULE + 'include = ["a.toml"]',
            ("rules", "r", "include"),
            "'include' belongs at the top of the file, above the first table",
        ),
        ("[rule.r]\nx = 1", ("rule",), "did you mean 'rules'?"),
        ("floor = 5", ("model", "floor"), "'floor' belongs under [scores.<id>]"),
        (
            '[scores.s]\nkind = "fit"\ntimes = 5',
            ("scores", "s", "times"),
            "'times' belongs inside a limit; or did you mean 'title'?",
        ),
        (
            '[assets.a]\nform = "A"\nb = { form = "B" }',
            ("assets", "a", "b"),
            "'b' looks like an asset of its own: move it up under [assets], or write [assets.b]",
        ),
        (
            "[segments.a]\nwhen = { mailable = true }\nb = { when = { mailable = true } }",
            ("segments", "a", "b"),
            "'b' looks like an entry of its own: write [segments.b]",
        ),
        (
            "[assets.a]\npages = '/a'\ndemo = { form = 'Demo' }",  # not "did you mean 'video'?"
            ("assets", "a", "demo"),
            "'demo' looks like an asset of its own: move it up under [assets], or write [assets.demo]",
        ),
        (
            "[fields.a]\ntype = 'text'\nstage = { type = 'text' }",
            ("fields", "a", "stage"),
            "'stage' looks like a field of its own: move it up under [fields], or write [fields.stage]",
        ),
        (
            "[rules.v1.2]\non = { visits = 'any-page' }\npoints = { e = 1 }",
            ("rules", "v1", "2"),
            "a dot in a header begins another table: write [rules.v1-2]",
        ),
        (
            '[groups.g]\nscore = "e"\nlimit = { points = 5, per = "7d", times = 3 }',
            ("groups", "g", "limit", "times"),
            "it takes points, per",
        ),
        (
            '[scores.s]\nkind = "fit"\npart_of = "e"',
            ("scores", "s", "part_of"),
            "write `feeds` for points that count in both, or `sum_of` on the score that is always the sum",
        ),
        (
            "owner = 'K'",
            ("model", "owner"),
            'who keeps the model is its `steward`; the owner of a lead is "owner" behind `notify`',
        ),
        (
            '[scores.s]\nkind = "fit"\nrules = { a = 1 }',
            ("scores", "s", "rules"),
            "[rules] is a table of its own: write its header at the start of a line",
        ),
    ],
)
def test_sw101_unknown_key(text, path, help_):
    assert findings(text) == [("SW101", path, "key")]
    assert helps(text) == [help_]


@pytest.mark.parametrize(
    ("text", "path", "key"),
    [
        ("[scores.s]\noverall = true", ("scores", "s"), "kind"),
        ("[rules.r]\npoints = { e = 1 }", ("rules", "r"), "when"),
        ('[decay.d]\nscore = "e"', ("decay", "d"), "steps"),
        ('[decay.d]\nscore = "e"\nsteps = [ { subtract = 5 } ]', ("decay", "d", "steps", 0), "after"),
        (
            '[thresholds.t]\nwhen = { mailable = true }\nthen = [ { reset = "e" } ]',
            ("thresholds", "t", "then", 0),
            "to",
        ),
        ('[bands.b]\nscore = "e"', ("bands", "b"), "cases"),
        ('[values]\nhalf = { of = "full" }', ("values", "half"), "percent"),
    ],
)
def test_sw102_missing_key(text, path, key):
    assert findings(text) == [("SW102", path, "key")]
    assert helps(text) == [f"add {key} = …"]


def test_sw102_a_table_in_an_array_goes_by_the_header_above_it():
    text = HEAD + '[thresholds.t]\nwhen = { mailable = true }\nthen = [ { reset = "e" } ]'
    (finding,) = validate(tomllib.loads(text))
    assert finding.message == "this table, inside [thresholds.t], needs 'to'"


def test_a_truth_value_is_spelt_as_in_toml():
    for text, message in [
        ("[segments.s]\nwhen = { has_opportunity = true }", "true is not one of open, won, lost, any"),
        ("[rules.r]\non = { searches = false }\npoints = { e = 1 }", "expected true, found false"),
    ]:
        (finding,) = validate(tomllib.loads(HEAD + text))
        assert finding.message == message


def test_sw102_the_first_line():
    (finding,) = validate({"model": {"id": "m", "title": "M", "timezone": "UTC"}})
    assert (finding.rule.code, finding.help) == ("SW102", "write `language = 1` as the first line")


@pytest.mark.parametrize(
    ("text", "path", "help_"),
    [
        ("starts = '2026-05-01'", ("model", "starts"), "write it without quotes"),
        ("steward = 5", ("model", "steward"), 'write "5"'),
        ("steward = 2026-05-01", ("model", "steward"), ""),
        ("evidence = 'yes'", ("model", "evidence"), "write true, without quotes"),
        ("evidence = 'maybe'", ("model", "evidence"), ""),
        ("exclude = 'staff'", ("model", "exclude"), 'write ["staff"]'),
        ("eligible = ['staff']", ("model", "eligible"), "name one"),
        ("[schedules.s]\nat = [08:00:00]", ("schedules", "s", "at", 0), 'write "08:00"'),
        (
            "[segments.s]\nwhen = 'customers'",
            ("segments", "s", "when"),
            'write one such as { segment = "customers" }',
        ),
        (
            '[segments.s]\nwhen = [ { mark = "a" }, { mark = "b" } ]',
            ("segments", "s", "when"),
            "write when.all = [ … ] if all must hold, when.any = [ … ] if one is enough",
        ),
        (
            '[segments.s]\nwhen = { not = [ { mark = "a" } ] }',
            ("segments", "s", "when", "not"),
            "write not.all = [ … ] if all must hold, not.any = [ … ] if one is enough",
        ),
        (
            '[segments.s]\nwhen = { mark = ["a", "b"] }',
            ("segments", "s", "when", "mark"),
            "name one; for several write any = [ { … }, { … } ]",
        ),
        (
            '[segments.s]\nwhen = { field = "created", is = 2026-05-01 }',
            ("segments", "s", "when", "is"),
            "ask a date with on_or_after, before, within_last, older_than, within_next or known",
        ),
        (
            RULE + 'limit = "once per 30d"',
            ("rules", "r", "limit"),
            'write { times = 1, per = "30d" }',
        ),
        (RULE + 'then = { mark = "a" }', ("rules", "r", "then"), "write then = [ { … } ]"),
        ("[values]\na = 'five'", ("values", "a"), ""),
        (RULE.replace("1", "true"), ("rules", "r", "points", "e"), ""),
        (RULE.replace("{ e = 1 }", "1"), ("rules", "r", "points"), ""),
    ],
)
def test_sw103_wrong_type(text, path, help_):
    assert findings(text) == [("SW103", path, "value")]
    assert helps(text) == [help_]


@pytest.mark.parametrize(
    ("text", "path", "help_"),
    [
        (RULE + 'wait = "6m"', ("rules", "r", "wait"), 'a month has no fixed length: write "180d"'),
        (RULE + 'wait = "6 months"', ("rules", "r", "wait"), 'a month has no fixed length: write "180d"'),
        (
            RULE + 'limit = { times = 1, per = "1m" }',
            ("rules", "r", "limit", "per"),
            'a month has no fixed length: write "30d", or "calendar month"',
        ),
        (RULE + "limit = { times = 0 }", ("rules", "r", "limit", "times"), ""),
        (RULE + "limit = { times = 10001 }", ("rules", "r", "limit", "times"), ""),
        (RULE + 'limit = { times = 1, per = "month" }', ("rules", "r", "limit", "per"), 'did you mean "calendar month"?'),
        (RULE.replace("1", "2147483648"), ("rules", "r", "points", "e"), "a score is a signed 32-bit integer: from -2147483648 to 2147483647"),
        (RULE.replace("1", '"-10"'), ("rules", "r", "points", "e"), "write -10, without quotes"),
        ('[scores.s]\nkind = "fits"', ("scores", "s", "kind"), "did you mean 'fit'? it takes engagement, fit, combined"),
        ('[scores.s]\nkind = "fit"\neach = "person"', ("scores", "s", "each"), "it takes product"),
        ("[segments.s]\nwhen = { all = [ { mailable = true } ] }", ("segments", "s", "when", "all"), "write at least 2; a single one is written by itself, without the array"),
        ('[segments.s]\nwhen = { field = "email", contains = ["a", " "] }', ("segments", "s", "when", "contains", 1), "write something, or leave the key out"),
        ('steward = ""', ("model", "steward"), "write something, or leave the key out"),
        ("[segments.s]\nwhen = { visited = [] }", ("segments", "s", "when", "visited"), "write at least 1"),
        ('[schedules.s]\nat = ["24:00"]', ("schedules", "s", "at", 0), ""),
        ('change_window = { from = "13-01", until = "01-31" }', ("model", "change_window", "from"), ""),
        ("[grades.g]\ncriteria.a = { when = { mailable = true }, thirds = 4 }", ("grades", "g", "criteria", "a", "thirds"), ""),
    ],
)  # fmt: skip
def test_sw104_bad_value(text, path, help_):
    assert findings(text) == [("SW104", path, "value")]
    assert helps(text) == [help_]


def test_sw104_another_version_of_the_language():
    (finding,) = validate({"language": 2})
    assert "version 1" in finding.help


@pytest.mark.parametrize(
    ("text", "path", "on", "near"),
    [
        (RULE.replace("[rules.r]", "[rules.Any_Page]"), ("rules", "Any_Page"), "key", "any-page"),
        (RULE.replace("[rules.r]", "[rules.'Über uns']"), ("rules", "Über uns"), "key", "ber-uns"),
        (
            RULE.replace("{ e = 1 }", "{ My_Score = 1 }"),
            ("rules", "r", "points", "My_Score"),
            "key",
            "my-score",
        ),
        (RULE.replace("any-page", "Any Page"), ("rules", "r", "on", "visits"), "value", "any-page"),
        (RULE.replace("[rules.r]", f"[rules.{'a' * 65}]"), ("rules", "a" * 65), "key", "a" * 64),
    ],
)
def test_sw105_bad_id(text, path, on, near):
    assert findings(text) == [("SW105", path, on)]
    assert helps(text)[0].startswith(f"write '{near}'")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (
            "[rules.f]\nwhen = { mailable = true }\npoints = { e = 1 }\nlimit = { times = 1 }",
            ("rules", "f", "limit"),
        ),
        (RULE + "keep = true", ("rules", "r", "keep")),
        (RULE + "limit = { times = 1, points = 5 }", ("rules", "r", "limit", "points")),
        ('[segments.s]\nwhen = { mailable = true, within = "7d" }', ("segments", "s", "when", "within")),
        (
            '[segments.s]\nwhen = { field = "email", at_least = 5, product = "p" }',
            ("segments", "s", "when", "product"),
        ),
        ('[terms.t]\nmatch = "is"\nvalues = ["a"]\nfile = "a.txt"', ("terms", "t", "file")),
        ('[bands.b]\njoin = ["a", "c"]\ncases = [ { label = "A" } ]', ("bands", "b", "cases")),
        (
            '[decay.d]\nscore = "e"\nsteps = [ { after = "1d", subtract = 5, set = 3 } ]',
            ("decay", "d", "steps", 0, "set"),
        ),
        (
            '[thresholds.t]\nwhen = { mailable = true }\nthen = [ { notify = "owner", status = "New" } ]',
            ("thresholds", "t", "then", 0, "status"),
        ),
    ],
)
def test_sw106_cannot_stand_beside(text, path):
    ((code, found, on),) = findings(text)
    assert (code, on) == ("SW106", "key")
    assert found[:-1] == path[:-1]
    assert helps(text)[0]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[segments.s]\nwhen = { at_least = 5 }", ("segments", "s", "when")),
        ("[segments.s]\nwhen = {}", ("segments", "s", "when")),
        ("[rules.r]\non = { at_least = 5 }\npoints = { e = 1 }", ("rules", "r", "on")),
        (RULE + 'then = [ { status = "New" } ]', ("rules", "r", "then", 0)),
        (RULE + 'limit = { per = "7d" }', ("rules", "r", "limit")),
        ('[assets]\na = { match = "is" }', ("assets", "a")),
        ('[decay.d]\nscore = "e"\nsteps = [ { after = "1d" } ]', ("decay", "d", "steps", 0)),
        ('[terms.t]\nmatch = "is"', ("terms", "t")),
        ("[bands.b]\ntitle = 'B'", ("bands", "b")),
    ],
)
def test_sw107_needs_one_of(text, path):
    assert [(code, found) for code, found, _ in findings(text)] == [("SW107", path)]


@pytest.mark.parametrize(
    ("text", "path", "help_"),
    [
        (
            '[segments.s]\nwhen = { visits = "a" }',
            ("segments", "s", "when", "visits"),
            "ask about the past with 'visited'",
        ),
        (
            '[segments.s]\nwhen = { opportunity = "won" }',
            ("segments", "s", "when", "opportunity"),
            "ask with 'has_opportunity'",
        ),
        (
            '[rules.r]\non = { visited = "a" }\npoints = { e = 1 }',
            ("rules", "r", "on", "visited"),
            "write 'visits'",
        ),
        (
            '[examples.x]\ncreated = 2026-01-01\nexpect = [ { at = 2026-01-02, visits = "a" } ]',
            ("examples", "x", "expect", 0, "visits"),
            "ask about the past with 'visited'",
        ),
    ],
)
def test_sw108_wrong_tense(text, path, help_):
    assert findings(text) == [("SW108", path, "key")]
    assert help_ in helps(text)[0]


@pytest.mark.parametrize(
    ("number", "help_"),
    [
        ("2.5", "write 2 or 3"),
        ("-2.5", "write -3 or -2"),
        ("nan", "for a share"),
        ("inf", "for a share"),
        (str(2**60), "a score is"),
    ],
)
def test_sw109_not_an_integer(number, help_):
    assert findings(f"[values]\na = {number}") == [("SW109", ("values", "a"), "value")]
    assert helps(f"[values]\na = {number}")[0].startswith(help_)


def test_options_of_a_target_may_hold_any_number():
    assert findings("[targets.pardot]\nratio = 0.5\nnested = { list = [1, 2.5] }") == []


def test_an_event_of_an_example_is_about_one_thing():
    text = '[examples.x]\ncreated = 2026-01-01\nevents = [ { at = 2026-01-02, visits = ["a", "b"] } ]\nexpect = [ { at = 2026-01-03, mailable = true } ]'
    assert findings(text) == [("SW103", ("examples", "x", "events", 0, "visits"), "value")]
