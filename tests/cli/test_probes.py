"""``targets NAME --probes``: what to try in a sandbox, and how the answers get into scorewright.toml and are used."""

from __future__ import annotations

import json
import re
import tomllib

import jsonschema
import pytest

from scorewright.plugin import registry
from scorewright.plugin.facts import Confidence, Fact
from scorewright.plugin.probes import Probe, as_json, as_markdown, probes_of, schema
from tests.compiling.fake_target import FakeTarget
from tests.conftest import ROOT

SPEC = ROOT / "specs" / "pardot-score-decay"


def blocks(sheet):
    """The TOML that the sheet says to write."""
    return [tomllib.loads(text) for text in re.findall(r"```toml\n(.*?)```", sheet, re.DOTALL)]


def fact(**changed):
    known = {
        "id": "sky-color",
        "statement": "The sky is blue.",
        "value": "blue",
        "confidence": Confidence.UNKNOWN,
        "source": "nobody says",
        "checked": "2026-01-01",
        "probe": "Go out; look up. Write it down.",
        "alternatives": ("grey", "black"),
    }
    return Fact(**{**known, **changed})


def test_a_probe_is_told_step_by_step():
    assert Probe(fact(), (), ()).steps == ("Go out", "Look up", "Write it down")
    assert Probe(fact(probe="Count 1.5 hours, e.g. by a watch."), (), ()).steps == (
        "Count 1.5 hours, e.g. by a watch",
    )


def test_only_facts_that_are_unsure_are_asked_about():
    (probe,) = probes_of(FakeTarget())
    assert probe.fact.id == "unsure"
    assert probe.otherwise == ((False, None),)


def test_the_sheet_says_what_is_assumed_what_else_could_be_and_what_to_write():
    probe = Probe(fact(), ("rules.sun",), (("grey", ("rules.sun is refused (dull)",)), ("black", ())))
    sheet = as_markdown(FakeTarget(), [probe], "prod")
    for line in (
        "## 1. sky-color",
        "The sky is blue.",
        '- assumed: `"blue"` (unknown; nobody says, read 2026-01-01)',
        '- it could be: `"grey"`',
        "  - then rules.sun is refused (dull)",
        "- on it rest: rules.sun",
        "1. Go out.",
        'sky-color = "blue"',
        '# sky-color = "grey"',
    ):
        assert line in sheet.splitlines()
    one, everything = blocks(sheet)
    assert one == {"instances": {"prod": {"facts": {"sky-color": "blue"}}}}
    assert everything["instances"]["prod"] == {
        "target": "fake",
        "kind": "sandbox",
        "facts": {"sky-color": "blue"},
    }


def test_values_are_written_as_toml_whatever_they_are():
    for value in ('a "quoted" \\ text', "línea\nnueva", True, 0, -3):
        (one, _) = blocks(as_markdown(FakeTarget(), [Probe(fact(value=value), (), ())], "x"))
        assert one["instances"]["x"]["facts"]["sky-color"] == value


def test_a_target_that_is_sure_of_everything_has_no_probes():
    assert "rests on no fact that is unsure" in as_markdown(FakeTarget(), [], "x")


def test_json_keeps_to_its_schema():
    probe = Probe(fact(), ("rules.sun",), (("grey", None), ("black", ("more",))))
    table = as_json(FakeTarget(), [probe], "prod", "model.toml")
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(table, schema(), cls=jsonschema.Draft202012Validator)
    assert table["probes"][0]["write"] == {
        "table": "instances.prod.facts",
        "lines": ['sky-color = "blue"', 'sky-color = "grey"', 'sky-color = "black"'],
    }


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", registry.BUILTIN)
def test_every_unsure_fact_of_a_built_in_target_is_on_its_sheet(run, name):
    code, printed, error = run("targets", name, "--probes")
    assert (code, error) == (0, "")
    unsure = [one.id for one in registry.load(name).facts() if one.unsure]
    assert re.findall(r"^## \d+\. (.*)$", printed, re.MULTILINE) == unsure
    *ones, everything = blocks(printed)
    assert len(ones) == len(unsure)
    assert list(everything["instances"]["sandbox"]["facts"]) == unsure


def test_a_spec_narrows_the_sheet_to_what_its_output_rests_on(run):
    _, everything, _ = run("targets", "pardot", "--probes", "--format", "json")
    code, printed, error = run("targets", "pardot", "--probes", "--for", SPEC, "--format", "json")
    assert (code, error) == (0, "")
    found = json.loads(printed)
    assert json.loads(run("schema", "--kind", "probes")[1]) == schema()
    jsonschema.validate(found, schema(), cls=jsonschema.Draft202012Validator)
    mine = {probe["fact"]: probe for probe in found["probes"]}
    assert mine.keys() < {probe["fact"] for probe in json.loads(everything)["probes"]}
    strict = mine["days-greater-than-is-strict"]
    assert "decay.gone-quiet" in strict["rests"]
    (other,) = strict["otherwise"]
    assert other["value"] is False
    assert any(change.startswith("automation rules: ") for change in other["changes"])


def test_what_was_written_is_used_and_asked_no_more(run, tmp_path):
    (tmp_path / "model.toml").write_bytes((SPEC / "model.toml").read_bytes())
    _, printed, _ = run("targets", "pardot", "--probes", "--for", tmp_path, "--format", "json")
    (probe,) = (one for one in json.loads(printed)["probes"] if one["fact"] == "days-greater-than-is-strict")
    head = '[instances.ours]\ntarget = "pardot"\nkind = "sandbox"\n\n[instances.ours.facts]\n'
    (tmp_path / "scorewright.toml").write_text(head + probe["write"]["lines"][1] + "\n")
    words = ("targets", "pardot", "--probes", "--for", tmp_path, "--instance", "ours")
    code, sheet, error = run(*words)
    assert (code, error) == (0, "")
    assert "days-greater-than-is-strict" not in sheet
    assert "[instances.ours.facts]" in sheet
    out = tmp_path / "out"
    assert run("compile", tmp_path, "--target", "pardot", "--instance", "ours", "--out", out)[0] == 0
    facts = tomllib.loads((out / "pardot" / "facts.toml").read_text())["facts"]
    assert {one["id"]: one["value"] for one in facts}["days-greater-than-is-strict"] is False


def test_an_instance_leaves_out_what_it_has_answered_without_a_spec_too(run, tmp_path, monkeypatch):
    (tmp_path / "scorewright.toml").write_text(
        '[instances.ours]\ntarget = "pardot"\nkind = "sandbox"\nfacts = { bots-are-filtered = true }\n'
    )
    monkeypatch.chdir(tmp_path)
    code, sheet, _ = run("targets", "pardot", "--probes", "--instance", "ours")
    assert code == 0
    assert "## 1. " in sheet
    assert "bots-are-filtered" not in sheet


def test_a_spec_with_errors_is_told_as_by_check(run, tmp_path):
    (tmp_path / "model.toml").write_text('language = 1\n[model]\nid = "x"\n')
    code, printed, error = run("targets", "pardot", "--probes", "--for", tmp_path)
    assert (code, printed) == (1, "")
    assert "model.toml:2" in error


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--probes",), "name the target whose probes you want"),
        (("pardot", "--for", "."), "--for and --instance go with --probes"),
        (("pardot", "--instance", "x"), "--for and --instance go with --probes"),
        (("pardot", "--probes", "--instance", "nowhere"), "has no instance 'nowhere'"),
        (("hubspot", "--probes"), "no target 'hubspot'"),
    ],
)
def test_wrong_usage_is_said(run, words, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, printed, error = run("targets", *words)
    assert (code, printed) == (2, "")
    assert says in error


def test_the_instance_of_another_target_is_wrong_usage(run, tmp_path, monkeypatch):
    (tmp_path / "scorewright.toml").write_text('[instances.ours]\ntarget = "pardot"\nkind = "sandbox"\n')
    monkeypatch.chdir(tmp_path)
    code, _, error = run("targets", "marketo", "--probes", "--instance", "ours")
    assert code == 2
    assert "the instance 'ours' is of the target 'pardot'" in error


def test_json_keeps_to_the_schema_where_the_spec_cannot_be_compiled(run, tmp_path):
    words = ("targets", "pardot", "--probes", "--for", tmp_path / "none.toml", "--format", "json")
    code, out, err = run(*words)
    assert (code, err) == (1, "")
    printed = json.loads(run("schema", "--kind", "probes")[1])
    jsonschema.Draft202012Validator(printed).validate(json.loads(out))
    assert [each["code"] for each in json.loads(out)["diagnostics"]] == ["SW001"]
    assert json.loads(out)["probes"] == []


def test_what_stands_between_backticks_is_code_in_the_sheet():
    probe = Probe(fact(statement="Run `a_b --c` on a_b."), (), (("grey", ("`verify` tries",)), ("black", ())))
    sheet = as_markdown(FakeTarget(), [probe], "prod")
    assert "Run `a_b --c` on a\\_b." in sheet
    assert "  - then `verify` tries" in sheet
