"""The canonical text of a threshold, and agreements.toml held to it."""

from __future__ import annotations

import datetime as dt

import pytest

from scorewright.checks.agreements import agreement_texts, hands_over, says
from scorewright.checks.run import check_spec
from scorewright.model.read import read
from tests.checks.specs import only, whole
from tests.conftest import ROOT

THRESHOLD = """
[values]
mql = 100

[thresholds.mql]
when = { score = "person", at_least = "mql" }
then = [{ assign = "crm-rule" }]

[rules.form]
on = { submits = "any-form" }
points = { person = 50 }
"""
BY = {"by": "Role", "on": dt.date(2026, 1, 5)}


def agreed(**changes):
    entry = {"says": "person at least 100", "marketing": BY, "sales": BY, **changes}
    return {
        "language": 1,
        "agreements": {"mql": {key: value for key, value in entry.items() if value is not None}},
    }


def findings(name, agreements, text=THRESHOLD):
    return only(text, name, agreements=agreements)


def model_of(text):
    import tomllib

    reading = read(whole(tomllib.loads(text)))
    assert reading.findings == ()
    return reading.model


FULL = """
[values]
mql = 100

[scores.person]
kind = "combined"
sum_of = ["behavior", "fit"]

[thresholds.mql]
when.all = [
  { score = "person", at_least = "mql" },
  { not = { score = "behavior", is = 0 } },
]
or_on = [
  { submits = "demo" },
  { visits = "any-page", at_least = 3, within = "7d" },
]
required_fields = ["email", "company"]
unless = { mark = "mql" }
then = [{ mark = "mql" }, { assign = "crm-rule" }]
"""


def test_the_canonical_text_is_one_line_with_every_number():
    model = model_of(FULL)
    assert says(model, model.thresholds["mql"]) == (
        "person at least 100 and not behavior is 0; or submits demo; "
        "or visits any page for the 3rd or a later time within 7 days; needs email, company; unless marked mql"
    )


@pytest.mark.parametrize(
    "change",
    [
        ("mql = 100", "mql = 101"),
        ("at_least = 3", "at_least = 4"),
        ('"7d"', '"8d"'),
        ('["email", "company"]', '["email"]'),
        ("is = 0", "is = 1"),
        ('unless = { mark = "mql" }\n', ""),
        ('at_least = "mql"', 'above = "mql"'),
    ],
)
def test_whatever_moves_the_threshold_changes_the_text(change):
    before, after = agreement_texts(model_of(FULL)), agreement_texts(model_of(FULL.replace(*change)))
    assert before != after


@pytest.mark.parametrize(
    "change",
    [
        ("[values]\nmql = 100", "[values]\nready = 100"),
        ("[thresholds.mql]\n", '[thresholds.mql]\ntitle = "Ready"\nwhy = "So."\n'),
    ],
    ids=["renamed", "titled"],
)
def test_what_does_not_move_it_does_not(change):
    text = FULL.replace(*change)
    if "ready" in text:
        text = text.replace('at_least = "mql"', 'at_least = "ready"')
    assert agreement_texts(model_of(text)) == agreement_texts(model_of(FULL))


def test_the_copies_of_products_are_one_agreement():
    text = """
[products.a]
values = { ready = 150 }

[products.b]
values = { ready = 90 }

[scores.lead]
kind = "engagement"
each = "product"

[thresholds.ready]
when = { score = "lead", at_least = "ready" }
then = [{ assign = "crm-rule" }]
each = "product"
"""
    assert agreement_texts(model_of(text)) == {
        "ready": "for a: lead of a at least 150 | for b: lead of b at least 90"
    }


@pytest.mark.parametrize(
    ("then", "answer"),
    [
        ('{ assign = "crm-rule" }', True),
        ('{ notify = "owner" }', True),
        ('{ task = "Call" }', True),
        ('{ add_to_campaign = "c", status = "New" }', True),
        ('{ lifecycle = "mql" }', True),
        ('{ lifecycle = "engaged" }', False),
        ('{ mark = "m" }', False),
        ('{ notify = "ops" }, { reset = "person", to = 5 }', False),
        ('{ notify = "owner" }, { reset = "person", to = 5 }', True),
    ],
)
def test_what_hands_people_over(then, answer):
    text = THRESHOLD.replace('{ assign = "crm-rule" }', then) + '[assets]\nops = { user = "Ops" }\n'
    assert hands_over(model_of(text).thresholds["mql"]) is answer
    assert bool(findings("threshold-without-agreement", {}, text)) is answer


def test_a_threshold_without_an_agreement():
    (found,) = findings("threshold-without-agreement", {})
    assert found.path == ("thresholds", "mql")
    assert found.help == 'add [agreements.mql] to agreements.toml, with says = "person at least 100"'
    assert findings("threshold-without-agreement", agreed()) == []


def test_an_agreement_that_says_otherwise_shows_both_texts():
    (found,) = findings("agreement-says-otherwise", agreed(says="person at least 90"))
    assert found.path == ("agreements", "mql", "says")
    assert (
        found.message == 'the agreement says "person at least 90", and the model says "person at least 100"'
    )
    assert findings("agreement-says-otherwise", agreed()) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sales": None}, "sales has not signed 'mql'"),
        ({"marketing": None}, "marketing has not signed 'mql'"),
        ({"marketing": None, "sales": None}, "marketing and sales have not signed 'mql'"),
    ],
)
def test_both_sides_sign(changes, message):
    assert [found.message for found in findings("agreement-not-signed", agreed(**changes))] == [message]


def test_an_agreement_of_no_threshold():
    entry = agreed()["agreements"]["mql"]
    (found,) = findings("agreement-of-no-threshold", {"agreements": {"mlq": entry}})
    assert (found.path, found.help) == (("agreements", "mlq"), "did you mean 'mql'?")
    broken = THRESHOLD.replace('"mql" }', '"nowhere" }')
    assert only(broken, "agreement-of-no-threshold", agreements=agreed(), complete=False) == []


@pytest.mark.parametrize(
    ("agreements", "path"),
    [
        ({"agreement": {}}, ("agreements", "agreement")),
        ({"agreements": []}, ("agreements",)),
        ({"agreements": {"mql": "yes"}}, ("agreements", "mql")),
        (agreed(says=None), ("agreements", "mql", "says")),
        (agreed(says=100), ("agreements", "mql", "says")),
        (agreed(markting=BY), ("agreements", "mql", "markting")),
        (agreed(sales="Role"), ("agreements", "mql", "sales")),
        (agreed(sales={"by": "Role"}), ("agreements", "mql", "sales", "on")),
        (agreed(sales={"by": " ", "on": BY["on"]}), ("agreements", "mql", "sales", "by")),
        (agreed(sales={"by": "Role", "on": "2026-01-05"}), ("agreements", "mql", "sales", "on")),
        (agreed(sales={"by": "Role", "on": dt.datetime(2026, 1, 5)}), ("agreements", "mql", "sales", "on")),  # noqa: DTZ001
        (agreed(sales={**BY, "at": "noon"}), ("agreements", "mql", "sales", "at")),
    ],
)
def test_what_does_not_belong_in_the_file(agreements, path):
    assert [found.path for found in findings("malformed-agreement", agreements)] == [path]


def test_a_product_left_out_does_not_break_the_agreement():
    text = """
[products.a]
assets = { form = "form-a" }

[products.b]
assets = { form = "nowhere" }

[assets]
form-a = { form = "A" }

[scores.lead]
kind = "engagement"
each = "product"

[thresholds.ready]
when = { score = "lead", at_least = 5 }
then = [{ assign = "crm-rule" }]
each = "product"
"""
    entry = {
        "says": "for a: lead of a at least 5 | for b: lead of b at least 5",
        "marketing": BY,
        "sales": BY,
    }
    assert (
        only(text, "agreement-says-otherwise", agreements={"agreements": {"ready": entry}}, complete=False)
        == []
    )


SPECS = sorted(path for path in (ROOT / "specs").iterdir() if path.is_dir())


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.name)
def test_the_models_that_ship_are_agreed(spec):
    checked = check_spec(spec, today=dt.date(2026, 3, 1))
    assert [found.message for found in checked.findings if found.rule.code.startswith("SW51")] == []


def test_a_finding_in_the_agreements_stands_in_their_file(tmp_path, run):
    folder = tmp_path / "spec"
    folder.mkdir()
    for file in (ROOT / "specs" / "minimal").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    model = folder / "model.toml"
    model.write_text(model.read_text("utf-8").replace("ready = 100", "ready = 80"), "utf-8")
    code, out, _ = run("check", folder)
    assert code == 1
    assert "agreement-says-otherwise" in out
    assert "agreements.toml:" in out
