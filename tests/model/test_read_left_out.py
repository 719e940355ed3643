"""What cannot be read is left out, with all that names it, and is not reported a second time."""

from __future__ import annotations

import pytest

from scorewright.model.read import read
from scorewright.schema.repair import repair
from scorewright.schema.validate import validate
from tests.model.reading import HEAD, SCORES, reading, reading_of_broken

CHAIN = """
[assets]
contact = { form = "Contact us" }
[segments.a]
when = { mark = "unheard-of" }
[segments.b]
when = { segment = "a" }
[rules.of-b]
when = { segment = "b" }
points = { f = 1 }
[rules.sound]
on = { submits = "contact" }
points = { e = 1 }
"""


def test_what_names_a_left_out_element_is_left_out_in_silence():
    made = reading(CHAIN + SCORES)
    assert [(item.rule.code, item.path) for item in made.findings] == [
        ("SW201", ("segments", "a", "when", "mark"))
    ]
    assert made.left_out == {("segments", "a"), ("segments", "b"), ("rules", "of-b")}
    assert list(made.model.rules) == ["sound"]
    assert dict(made.model.segments) == {}


def test_uses_are_known_of_what_is_left_out():
    uses = reading(CHAIN + SCORES).uses
    assert ("segments", "b") in uses["rules", "of-b"]
    assert ("scores", "f") in uses["rules", "of-b"]


@pytest.mark.parametrize(
    ("broken", "user", "out"),
    [
        ('[scores.s]\nkind = "fits"', '[rules.u]\nwhen = { crm = "lead" }\npoints = { s = 1 }', ("rules", "u")),
        ('[assets]\ns = "A"', '[rules.u]\non = { submits = "s" }\npoints = { e = 1 }', ("rules", "u")),
        ("[assets]\ns = { match = 'is' }", '[rules.u]\non = { submits = "s" }\npoints = { e = 1 }', ("rules", "u")),
        ("[terms]\ns = 5", '[segments.u]\nwhen = { field = "email", in = "s" }', ("segments", "u")),
        ("[fields]\ns = { type = 'txt' }", '[segments.u]\nwhen = { field = "s", known = true }', ("segments", "u")),
        ("[values]\ns = 'five'", '[segments.u]\nwhen = { score = "e", above = "s" }', ("segments", "u")),
        ("[values]\ns = 'five'\nu = { percent = 50, of = 's' }", "", ("values", "u")),
        ("[groups]\ns = 5", '[rules.u]\non = { visits = "any-page" }\npoints = { e = 1 }\ngroup = "s"', ("rules", "u")),
        ("[products]\ns = 5", '[rules.u]\non = { visits = "any-page" }\npoints = { e = 1 }\neach = "product"', ("rules", "u")),
        ("[marks]\ns = 5", '[examples.u]\ncreated = 2026-01-01\nmarks = ["s"]\nexpect = [ { at = 2026-01-02, crm = "lead" } ]', ("examples", "u")),
        ("[bands]\ns = 5", '[bands.u]\njoin = ["s", "s"]', ("bands", "u")),
        ("[schedules]\ns = 5", '[thresholds.u]\nwhen = { crm = "lead" }\nschedule = "s"\nthen = [ { notify = "owner" } ]', ("thresholds", "u")),
    ],
)  # fmt: skip
def test_an_element_of_the_wrong_shape_is_known_by_name(broken, user, out):
    made = reading_of_broken(f"{broken}\n{user}\n{SCORES}")
    assert [str(item.message) for item in made.findings] == []
    assert out in made.left_out
    table, key = out
    assert key not in getattr(made.model, table)


def test_what_a_broken_element_mentions_counts_as_used():
    made = reading_of_broken(
        '[assets]\ncontact = { form = "C" }\n[rules.r]\non = { submits = "contact" }\npoints = 5'
    )
    assert ("rules", "r") in made.left_out
    assert ("assets", "contact") in made.uses["rules", "r"]


@pytest.mark.parametrize(("key", "value"), [("eligible", '"s"'), ("exclude", '["s", "ok"]')])
def test_a_header_names_only_segments_that_are_there(key, value):
    segments = '[segments.s]\nwhen = { mark = "none" }\n[segments.ok]\nwhen = { crm = "lead" }'
    made = reading(f"{key} = {value}\n{segments}")
    assert [item.rule.code for item in made.findings] == ["SW201"]
    assert ("model", "") in made.left_out
    assert made.model.header.eligible is None
    assert set(made.model.header.exclude) <= {"ok"}


def test_a_lifecycle_names_only_a_field_that_is_there():
    made = reading_of_broken('[fields]\nstage = { type = "txt" }\n[lifecycle]\nfield = "stage"')
    assert made.model.lifecycle.field is None
    assert ("lifecycle", "") in made.left_out


def test_without_a_model_there_is_none():
    assert read({"language": 1, "marks": {"m": {}}}).model is None


@pytest.mark.parametrize(
    "wrong", ["steward = 5", "active = 3", "counts_as_activity = 7", "[model.review]\nfirst = 5"]
)
def test_a_model_table_with_faults_is_read_without_them(wrong):
    made = reading_of_broken(wrong + "\n" + SCORES)
    assert ("model", "") in made.left_out
    assert made.findings == ()
    assert (made.model.header.id, made.model.header.timezone) == ("m", "UTC")
    assert set(made.model.scores) == {"e", "f"}


def test_what_a_model_cannot_do_without_gets_something_in_its_place():
    data = {"language": 1, "model": {"title": 5, "counts_as_activity": ["visited"]}, "marks": {"m": {}}}
    repaired, broken = repair(data, validate(data))
    header = read(repaired, {}, broken).model.header
    assert (header.id, header.title, header.timezone) == ("model", "Model", "UTC")
    assert header.counts_as_activity == ("awards",)  # a decay does not lack what was wrong
    assert data["model"] == {"title": 5, "counts_as_activity": ["visited"]}


def test_an_unknown_zone_does_not_hide_the_rest():
    data = {"language": 1, "model": {"id": "m", "title": "M", "timezone": "Paris"}}
    made = read({**data, "segments": {"s": {"when": {"mark": "none"}}}})
    assert [item.rule.code for item in made.findings] == ["SW201", "SW209"]
    assert made.model.header.timezone == "UTC"


def test_unknown_keys_are_ignored_and_the_element_is_read():
    made = reading_of_broken(
        '[rules.r]\non = { visits = "any-page" }\npoints = { e = 1 }\nxyzzy = 5\n' + SCORES
    )
    assert made.left_out == frozenset()
    assert list(made.model.rules) == ["r"]


def test_a_misspelt_key_is_read_as_the_one_that_was_meant():
    made = reading_of_broken(
        '[rules.r]\non = { visits = "any-page" }\npoints = { e = 1 }\nlimits = { times = 3 }\n' + SCORES
    )
    assert made.model.rules["r"].limit.count == 3


def test_whatever_a_model_names_is_in_it():
    text = (
        CHAIN + SCORES + '[tiers.t]\nscore = "g"\nfield = "email"\ncases = [ { known = true, points = 5 } ]'
    )
    model = reading(text).model
    names = {key for rule in model.rules.values() for key, _ in rule.points}
    assert names <= set(model.scores)
    assert dict(model.tiers) == {}


def test_the_head_of_these_tests_is_a_model():
    assert reading("").model.header.id in HEAD
