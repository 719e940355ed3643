"""The matrix and the portrait of a target, in every form."""

from __future__ import annotations

import json

import pytest

from scorewright.plugin import registry
from scorewright.plugin.capability import Capability, Support
from scorewright.plugin.features import FEATURES
from scorewright.plugin.matrix import matrix, portrait
from tests.compiling.fake_target import FakeTarget

HARD = Capability("decay-percent", Support.IMPOSSIBLE, "No | arithmetic.", "sure", "Use steps.")


@pytest.fixture
def fake():
    return FakeTarget(support={"decay-percent": HARD})


def test_the_matrix_has_a_row_for_every_feature_and_a_column_for_every_target(fake):
    lines = matrix([fake, FakeTarget(name="second")]).splitlines()
    assert lines[0].split() == ["fake", "second"]
    for feature in FEATURES:
        assert any(line.startswith(feature.title) for line in lines)
    row = next(line for line in lines if line.startswith("Percent "))
    assert row.split() == ["Percent", "impossible", "full"]


def test_the_matrix_as_markdown_is_one_table(fake):
    lines = matrix([fake], "markdown").splitlines()
    assert lines[0] == "| the spec says | written | Fake platform |"
    assert {line.replace("\\|", "").count("|") for line in lines} == {4}
    assert "| Percent | `percent = 10` | impossible |" in lines


def test_a_portrait_gives_reasons_and_facts(fake):
    text = portrait(fake)
    assert "  Percent: impossible\n    No | arithmetic.\n    Instead: Use steps.\n    Source: sure" in text
    assert "  unsure = true (unknown)\n    It rains.\n    Source: nobody says (read 2026-01-01)" in text
    assert "It could turn out to be false." in text
    assert "To settle it: Look outside." in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_portrait_names_every_option_with_what_it_takes():
    class Choosy(FakeTarget):
        def options_schema(self):
            days = {"type": "integer", "minimum": 1, "maximum": 30, "default": 7, "description": "Days."}
            names = {"type": "object", "x-keys": "scores", "additionalProperties": {"type": "string"}}
            inner = {"type": "object", "properties": {"won": {"type": "array", "items": {"type": "string"}}}}
            return {"type": "object", "properties": {"days": days, "names": names, "stages": inner}}

    text = portrait(Choosy())
    assert "Options ([targets.fake])\n  days: a whole number from 1 to 30 (default: 7)\n    Days." in text
    lines = portrait(Choosy(), "markdown").splitlines()
    assert "| `days` | a whole number from 1 to 30 | `7` | Days. |" in lines
    assert "| `names` | a table: by id of `[scores]`, a text |  |  |" in lines
    assert "| `stages.won` | a list of texts |  |  |" in lines


def test_a_portrait_as_markdown_escapes_its_cells(fake):
    text = portrait(fake, "markdown")
    assert "| impossible | No \\| arithmetic. Instead: Use steps. Source: sure |" in text
    assert "| `unsure` | `true` | unknown | It rains. | nobody says | 2026-01-01 |" in text


def test_json_holds_all_that_a_target_says(fake):
    record = json.loads(portrait(fake, "json"))
    assert [item["feature"] for item in record["capabilities"]] == [feature.id for feature in FEATURES]
    assert [item["id"] for item in record["facts"]] == ["sure", "unsure"]
    assert json.loads(matrix([fake], "json")) == [record]


def test_a_feature_that_a_plugin_forgot_is_said_and_not_hidden():
    class Forgetful(FakeTarget):
        def capabilities(self):
            return super().capabilities()[1:]

    assert "no answer" in matrix([Forgetful()])
    assert "no answer" in portrait(Forgetful())


@pytest.mark.parametrize("name", registry.builtin_names())
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_the_built_in_targets_print(run, name, form):
    code, printed, error = run("targets", name, "--format", form)
    assert (code, error) == (0, "")
    assert registry.load(name).title in printed
    assert "no answer" not in printed


def test_the_matrix_of_all_is_the_default(run):
    code, printed, _ = run("targets")
    assert code == 0
    assert printed.split()[:2] == list(registry.builtin_names())


def test_an_unknown_target_is_wrong_usage(run):
    code, printed, error = run("targets", "hubspot")
    assert (code, printed) == (2, "")
    assert "no target 'hubspot'; there are pardot, marketo" in error
