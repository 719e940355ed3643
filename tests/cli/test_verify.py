"""``verify`` from the outside: what it says, its exit codes, and a bundle that somebody has edited."""

from __future__ import annotations

import json

import jsonschema
import pytest

from scorewright.verify import report
from tests.conftest import ROOT

SPEC = ROOT / "specs" / "minimal"
FAST = ("--target", "marketo", "--effort", "1", "--jobs", "1")
TODAY = ("--today", "2026-11-01")


@pytest.fixture(scope="module")
def life():
    """The name of one life that reaches the threshold."""
    from scorewright.plugin.registry import load
    from scorewright.verify.work import Work
    from tests.verify.shipped import compiled, task_of

    lives = Work(task_of(compiled("minimal", "marketo")), load("marketo")).lives
    return next(life.name for _, life in lives if any("ready" in aim for aim in life.aims))


def test_one_life_holds_and_the_report_says_what_was_tried(run, life):
    code, out, err = run("verify", SPEC, *FAST, *TODAY, "--life", life)
    assert (code, err) == (0, "")
    assert out.startswith("marketo: holds\n  tried      1 lives, 5 plays, ")


def test_json_keeps_to_the_schema_that_schema_prints(run, life):
    code, out, _ = run("verify", SPEC, *FAST, *TODAY, "--life", life, "--format", "json")
    printed = json.loads(run("schema", "--kind", "verify")[1])
    assert code == 0
    assert printed == report.schema()
    jsonschema.Draft202012Validator(printed).validate(json.loads(out))


def test_an_edited_bundle_does_not_hold(run, tmp_path, life):
    assert run("compile", SPEC, "--target", "marketo", "--out", tmp_path, *TODAY)[0] == 0
    assert run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path, "--life", life)[0] == 0
    path = tmp_path / "marketo" / "smart-campaigns.toml"
    text = path.read_text("utf-8")
    assert "Send Alert" in text
    path.write_text(text.replace('step = "Change Score"', 'step = "Remove from List"'), "utf-8")
    code, out, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path, "--life", life)
    assert code == 1
    assert "does NOT hold" in out or "smart-campaigns" in err


@pytest.mark.parametrize(
    ("name", "text"),
    [("smart-campaigns.toml", "[[smart-campaigns"), ("gauges.toml", "gauges = 1"), ("notes.toml", "\udcff")],
)
def test_a_bundle_that_cannot_be_read_is_told_in_words(run, tmp_path, name, text):
    assert run("compile", SPEC, "--target", "marketo", "--out", tmp_path, *TODAY)[0] == 0
    (tmp_path / "marketo" / name).write_text(text, "utf-8", errors="surrogateescape")
    code, out, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path)
    assert (code, out) == (1, "")
    assert name.removesuffix(".toml") in err
    assert "Traceback" not in err


def test_a_bundle_folder_that_is_not_there_is_told_in_words(run, tmp_path):
    code, _, err = run("verify", SPEC, *FAST, *TODAY, "--bundle", tmp_path / "none")
    assert code == 1
    assert "gauges.toml is missing" in err


def test_a_life_that_is_not_there_is_wrong_usage(run):
    code, _, err = run("verify", SPEC, *FAST, *TODAY, "--life", "nobody's")
    assert code == 2
    assert "no life of seed 1 and effort 1 is called" in err


@pytest.mark.parametrize("words", [("--effort", "0"), ("--effort", "11"), ("--seed", "-1"), ("--jobs", "0")])
def test_numbers_out_of_range_are_wrong_usage(run, words):
    assert run("verify", SPEC, *words)[0] == 2


def test_a_spec_with_errors_is_told_as_compile_tells_it(run, tmp_path):
    (tmp_path / "model.toml").write_text("language = 1\n", "utf-8")
    code, _, err = run("verify", tmp_path / "model.toml")
    assert code == 1
    assert "error[" in err
