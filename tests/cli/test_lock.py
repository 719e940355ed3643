"""``lock``, ``compile --since`` and ``verify --since`` from the outside: what stands on an instance, and the way from there."""

from __future__ import annotations

import json
import tomllib

import jsonschema
import pytest

from scorewright.verify.proof_report import proof_schema
from scorewright_marketo import TARGET as MARKETO

MODEL = """language = 1
[model]
id = "m"
title = "M"
timezone = "UTC"
review = { first = "60d", every = "90d" }
[assets]
demo = { form = "Demo" }
[scores.lead]
kind = "engagement"
overall = true
[terms.chiefs]
match = "is"
file = "lists/chiefs.txt"
[fields]
[rules.chief]
when = { field = "job-title", in = "chiefs" }
points = { lead = 5 }
[rules.demo]
on = { submits = "demo" }
points = { lead = 15 }
limit = { times = 1 }
"""
PROJECT = """specs = ["model"]
targets = { pardot = {} }
[instances.box]
target = "pardot"
kind = "sandbox"
[instances.live]
target = "pardot"
kind = "production"
[instances.other]
target = "marketo"
kind = "sandbox"
"""
DAY = ("--today", "2026-11-22")
LOCK = "model/scorewright.lock"


@pytest.fixture
def here(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    (tmp_path / "model" / "lists").mkdir(parents=True)
    (tmp_path / "model" / "lists" / "chiefs.txt").write_text("CEO\nCTO\n", "utf-8")
    (tmp_path / "model" / "model.toml").write_text(MODEL, "utf-8")
    (tmp_path / "scorewright.toml").write_text(PROJECT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def change(here, before="lead = 15", after="lead = 20"):
    path = here / "model" / "model.toml"
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")


def test_the_lock_keeps_the_spec_and_every_object_and_is_the_same_each_time(run, here):
    code, printed, _ = run("lock", "--instance", "box", *DAY)
    assert (code, printed) == (0, f"{LOCK}: box stands at this version of pardot\n")
    first = (here / LOCK).read_bytes()
    data = tomllib.loads(first.decode())["instances"]["box"]
    assert data["spec"]["lists/chiefs.txt"] == "CEO\nCTO\n"
    assert "SW rules demo: once" in [row["name"] for row in data["objects"]["automation-rules"]]
    assert str(here) not in first.decode()
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    assert (here / LOCK).read_bytes() == first


def test_instances_are_locked_apart(run, here):
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    before = tomllib.loads((here / LOCK).read_text("utf-8"))["instances"]["box"]
    change(here)
    assert run("lock", "--instance", "live", *DAY)[0] == 0
    after = tomllib.loads((here / LOCK).read_text("utf-8"))["instances"]
    assert after["box"] == before
    assert after["live"]["digest"] != before["digest"]
    code, _, error = run("compile", "--since", LOCK, "--out", "out")
    assert code == 1
    assert "several instances of pardot: box, live; name one with --instance" in error
    assert run("compile", "--since", LOCK, "--instance", "box", "--out", "out")[0] == 0


def test_a_compile_since_the_lock_says_the_way(run, here):
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    change(here)
    assert run("compile", "--since", LOCK, "--out", "out")[0] == 0
    data = tomllib.loads((here / "out" / "pardot" / "migration.toml").read_text("utf-8"))
    edit = next(move for move in data["moves"] if move["act"] == "edit")
    assert [row["value"] for side in ("old", "new") for row in edit[side]["actions"][:1]] == ["+15", "+20"]
    sheet = (here / "out" / "pardot" / "build-sheet.md").read_text("utf-8")
    assert "## From the version of 2026-11-22" in sheet
    assert "`+20` (it stands at *+15*: change it)" in sheet


def test_an_earlier_output_serves_as_well_and_its_spec_can_be_named(run, here):
    assert run("compile", "--out", "out")[0] == 0
    (here / "then").mkdir()
    (here / "then" / "lists").mkdir()
    (here / "then" / "lists" / "chiefs.txt").write_text("CEO\nCTO\n", "utf-8")
    (here / "then" / "model.toml").write_text(MODEL, "utf-8")
    change(here)
    assert run("compile", "--since", "out", "--out", "new")[0] == 0
    assert (here / "new" / "pardot" / "migration.toml").is_file()
    code, _, error = run("verify", "model", "--since", "out", "--effort", "1")
    assert code == 1
    assert "SW743" in error
    code, printed, _ = run("verify", "model", "--since", "out", "--was", "then", "--effort", "1")
    assert code == 0
    assert "pardot: the way from out/pardot holds" in printed


def test_the_way_is_proven(run, here):
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    change(here)
    code, printed, _ = run("verify", "--since", LOCK, "--effort", "1", "--format", "json")
    report = json.loads(printed)
    jsonschema.validate(report, proof_schema())
    assert (code, report["holds"]) == (0, True)
    assert report["targets"][0]["compared"] > 500


def test_what_is_locked_after_a_change_is_what_stands_there_then(run, here):
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    change(here)
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    rows = tomllib.loads((here / LOCK).read_text("utf-8"))["instances"]["box"]["objects"]["tags"]
    kept = {row["name"] for row in rows if row["lowering"].startswith("migration-")}
    assert kept == {"sw/rules/demo/15"}, "who was given the award still bears its tag"
    assert run("compile", "--since", LOCK, "--out", "out")[0] == 0
    data = tomllib.loads((here / "out" / "pardot" / "migration.toml").read_text("utf-8"))
    assert data["moves"] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "there is no such file or folder"),
        ("version = 2\n", "its version is 2"),
        ("version = 1\n", "there is no [instances.<name>]"),
        ("version = ", "Invalid value"),
        ('version = 1\n[instances.box]\ntarget = "pardot"\n', "instances.box: KeyError: 'on'"),
    ],
)
def test_what_no_lock_wrote_is_refused_in_words(run, here, text, says):
    if text is not None:
        (here / LOCK).write_text(text, "utf-8")
    code, _, error = run("compile", "--since", LOCK, "--out", "out")
    assert code == 1
    assert "SW612" in error
    assert says in error
    assert not (here / "out").exists()


def test_what_is_gone_from_the_spec_is_told_as_of_the_version_before(run, here):
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    path = here / "model" / "model.toml"
    text = path.read_text("utf-8")
    path.write_text(text.partition("[rules.demo]")[0], "utf-8")
    assert run("compile", "--since", LOCK, "--out", "out")[0] == 0
    sheet = (here / "out" / "pardot" / "build-sheet.md").read_text("utf-8")
    assert "Delete SW rules demo: once" in sheet
    assert "It was for rules.demo." in sheet
    assert "(model.toml:1)" not in sheet.partition("## The whole")[0]


def test_a_baseline_row_that_changes_is_taken_knowingly_or_not_at_all(run, here):
    change(
        here,
        "[rules.demo]",
        '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n[rules.demo]',
    )
    assert run("lock", "--instance", "box", *DAY)[0] == 0
    change(here, "lead = 1 }", "lead = 3 }")
    code, _, error = run("compile", "--since", LOCK, "--out", "out")
    assert code == 1
    assert 'note = "baseline-rescores", for = "rules.page"' in error
    accept = '[accept.past]\ntarget = "pardot"\nnote = "baseline-rescores"\nfor = "rules.page"\nwhy = "A new start."\n'
    path = here / "model" / "model.toml"
    path.write_text(path.read_text("utf-8") + accept, "utf-8")
    assert run("compile", "--since", LOCK, "--out", "out")[0] == 0


class Still:
    """A target that has no migrations, and else is as another."""

    def __getattr__(self, name):
        if name == "migrate":
            raise AttributeError(name)
        return getattr(MARKETO, name)


def test_a_target_without_migrations_says_so(run, here, monkeypatch):
    monkeypatch.setattr("scorewright_marketo.TARGET", Still())
    assert run("lock", "--instance", "other", *DAY)[0] == 0
    code, _, error = run("compile", "--since", LOCK, "--instance", "other", "--out", "out")
    assert code == 1
    assert "SW613" in error
    assert "marketo has no migrations" in error
