"""``scorewright targets NAME --plan RANGE`` and the same tables where a spec is compiled."""

from __future__ import annotations

import json

import pytest

from scorewright.plugin.plans import Plans
from scorewright.plugin.registry import load
from tests.pardot.making import CATEGORY

SPEC = (
    """language = 1
[model]
id = "m"
title = "M"
timezone = "UTC"
steward = "marketing@example.com"
counts_as_activity = ["visits", "submits", "fails", "clicks", "downloads", "starts_visit", "searches"]
"""
    + CATEGORY
    + """[thresholds.mql]
when = { score = "interest", at_least = 50 }
then = [{ notify = "owner" }]
[accept.slow]
target = "pardot"
note = "category-settles-slowly"
for = "decay.quiet"
why = "known"
"""
)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_rules_against_days_are_printed(run, form):
    code, out, _ = run("targets", "pardot", "--plan", "100", "--format", form)
    assert code == 0
    assert "rules against days, for values up to 100" in out
    assert "71 41 11 3 1" in out
    assert "the fewest rules of all" in out
    assert "repeat-counts-elapsed-days: yes" in out


def test_the_tables_as_json(run):
    data = json.loads(run("targets", "pardot", "--plan", "50", "--format", "json")[1])
    assert (data["version"], data["target"]) == (1, "pardot")
    first = data["plans"][0]
    assert first["columns"][:4] == ["rules", "A", "B", "C"]
    assert [5, 4, 5, 1, 18, "32 13 5 2 1"] in first["rows"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("targets", "--plan", "100"), "--plan goes with one target"),
        (("targets", "pardot", "--plan", "100", "--probes"), "--plan goes with one target"),
        (("targets", "marketo", "--plan", "100"), "marketo sets a score in one step"),
        (("targets", "pardot", "--plan", "0"), "0 is not in the range"),
        (("targets", "pardot", "--plan", "many"), "not a valid integer"),
    ],
)
def test_what_cannot_be_planned_is_said(run, words, says):
    code, _, err = run(*words)
    assert code == 2
    assert says in err


def test_only_who_has_something_to_plan_says_so():
    assert isinstance(load("pardot"), Plans)
    assert not isinstance(load("marketo"), Plans)


def test_a_compile_prints_what_was_chosen_and_keeps_to_its_schema(run, tmp_path):
    import jsonschema

    from scorewright.compiling.report import compile_schema

    path = tmp_path / "model.toml"
    path.write_text(SPEC, "utf-8")
    words = ("compile", path, "--target", "pardot", "--out", tmp_path / "out", "--today", "2026-11-01")
    code, out, _ = run(*words)
    assert code == 0
    assert "* " in out[out.index("rules against days") :]
    code, out, _ = run(*words, "--format", "json")
    assert code == 0
    report = json.loads(out)
    jsonschema.validate(report, compile_schema())
    (plan,) = report["targets"][0]["plans"]
    assert (plan["element"], plan["rows"][plan["chosen"]][-1]) == ("decay.quiet", "41 11 3 1")
