"""What machines read: JSON, SARIF and workflow commands."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from scorewright.diagnostics.diagnostic import Diagnostic, Place, Related
from scorewright.diagnostics.render import FORMATS, render
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.diagnostics.summary import counts, summary

RULE = Rule(
    "SW101",
    "unknown-key",
    Severity.ERROR,
    "What\nA key.\nMore.\n\nWhy\nB.\n\nExample\n    a = 1\n\nUse instead\n    b = 1\n",
)
PLACE = Place("specs/lead model.toml", 14, 11, 15, "limit = { time = 1 }")
FULL = Diagnostic(
    code="SW101",
    name="unknown-key",
    severity=Severity.ERROR,
    message="there is no key time",
    help='did you mean "times"?',
    place=PLACE,
    related=(Related(Place("b.toml", 2, 1, 4, "abc"), "also here"),),
    element="rules.contact",
)
BARE = Diagnostic("SW001", "file-missing", Severity.WARNING, "there is no file x", place=Place("x"))
LOST = Diagnostic("PD210", "advice-only", Severity.ADVICE, "think")


def schema_validator() -> Draft202012Validator:
    text = files("scorewright.diagnostics").joinpath("report.schema.json").read_text("utf-8")
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_json_is_a_versioned_object():
    assert json.loads(render([FULL, BARE, LOST], "json")) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "SW101",
                "name": "unknown-key",
                "severity": "error",
                "message": "there is no key time",
                "help": 'did you mean "times"?',
                "element": "rules.contact",
                "place": {
                    "file": "specs/lead model.toml",
                    "line": 14,
                    "column": 11,
                    "end_column": 15,
                    "source": "limit = { time = 1 }",
                },
                "related": [
                    {
                        "message": "also here",
                        "place": {"file": "b.toml", "line": 2, "column": 1, "end_column": 4, "source": "abc"},
                    }
                ],
            },
            {
                "code": "SW001",
                "name": "file-missing",
                "severity": "warning",
                "message": "there is no file x",
                "help": "",
                "element": "",
                "place": {"file": "x", "line": 1, "column": 1, "end_column": 1, "source": None},
                "related": [],
            },
            {
                "code": "PD210",
                "name": "advice-only",
                "severity": "advice",
                "message": "think",
                "help": "",
                "element": "",
                "place": None,
                "related": [],
            },
        ],
        "summary": {"errors": 1, "warnings": 1, "advice": 1},
    }


def test_json_of_nothing():
    report = {"version": 1, "diagnostics": [], "summary": {"errors": 0, "warnings": 0, "advice": 0}}
    assert json.loads(render([], "json")) == report


@pytest.mark.parametrize("diagnostics", [[], [FULL], [BARE, LOST]])
def test_json_keeps_to_its_schema(diagnostics):
    schema_validator().validate(json.loads(render(diagnostics, "json")))


def test_the_schema_is_closed():
    validator = schema_validator()
    report = json.loads(render([FULL], "json"))
    for change in (
        {"version": 2},
        {"extra": 1},
        {"summary": {"errors": 1}},
        {"diagnostics": [{"code": "SW1"}]},
    ):
        assert not validator.is_valid({**report, **change})


def test_a_line_of_a_megabyte_is_left_out_of_json():
    long = Diagnostic("SW101", "x", Severity.ERROR, "m", place=Place("f", 1, 1, 2, "x" * 1_000_000))
    assert json.loads(render([long], "json"))["diagnostics"][0]["place"]["source"] is None


def test_sarif():
    log = json.loads(render([FULL, BARE, LOST], "sarif", rules=[RULE]))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    advice, missing, unknown = run["tool"]["driver"]["rules"]
    assert (advice["id"], advice["defaultConfiguration"]) == ("PD210", {"level": "note"})
    assert (missing["id"], missing["defaultConfiguration"]) == ("SW001", {"level": "warning"})
    assert unknown["id"] == "SW101"
    assert unknown["shortDescription"] == {"text": "A key."}
    assert unknown["fullDescription"] == {"text": "A key.\nMore."}
    assert unknown["help"]["text"] == RULE.doc
    assert "```toml\na = 1\n```" in unknown["help"]["markdown"]
    first, second = run["results"]
    assert first == {
        "ruleId": "SW101",
        "ruleIndex": 2,
        "level": "error",
        "message": {"text": 'there is no key time\ndid you mean "times"?'},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "specs/lead%20model.toml"},
                    "region": {"startLine": 14, "startColumn": 11, "endLine": 14, "endColumn": 15},
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "b.toml"},
                    "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 4},
                },
                "message": {"text": "also here"},
            }
        ],
    }
    assert second["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "x"}}}]
    assert (second["ruleIndex"], second["level"]) == (1, "warning")
    assert run["invocations"] == [
        {
            "executionSuccessful": True,
            "toolExecutionNotifications": [
                {"descriptor": {"id": "PD210"}, "level": "note", "message": {"text": "think"}}
            ],
        }
    ]


def test_sarif_calls_an_absolute_file_by_an_absolute_address():
    at = Diagnostic("SW001", "x", Severity.ERROR, "m", place=Place("/srv/été.toml"))
    result = json.loads(render([at], "sarif"))["runs"][0]["results"][0]
    assert (
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "file:///srv/%C3%A9t%C3%A9.toml"
    )


def test_workflow_commands():
    assert render([FULL, BARE, LOST], "github") == (
        "::error file=specs/lead model.toml,line=14,col=11,endColumn=15,title=SW101 unknown-key"
        '::there is no key time%0Adid you mean "times"?\n'
        "::warning file=x,title=SW001 file-missing::there is no file x\n"
        "::notice title=PD210 advice-only::think\n"
    )
    assert render([], "github") == ""


def test_workflow_commands_cannot_be_broken_out_of():
    place = Place("a,line=9:b%\n::x.toml", 1, 1, 2, "x")
    each = Diagnostic("SW1", "n", Severity.ERROR, "100%\r\n::error::x", place=place)
    assert render([each], "github") == (
        "::error file=a%2Cline=9%3Ab%25%0A%3A%3Ax.toml,line=1,col=1,endColumn=2,title=SW1 n"
        "::100%25\\u000d%0A::error::x\n"
    )


TEXTS = st.text(max_size=30)
PLACES = st.builds(
    Place, TEXTS, st.integers(1, 99), st.integers(1, 9), st.integers(10, 20), st.none() | TEXTS
)
DIAGNOSTICS = st.builds(
    Diagnostic,
    st.sampled_from(["SW101", "PD210"]),
    st.just("unknown-key"),
    st.sampled_from(Severity),
    TEXTS,
    TEXTS,
    st.none() | PLACES,
    st.lists(st.builds(Related, PLACES, TEXTS), max_size=2).map(tuple),
)


@given(st.lists(DIAGNOSTICS, max_size=3))
def test_whatever_the_texts_hold_the_output_is_whole_and_harmless(diagnostics):
    schema_validator().validate(json.loads(render(diagnostics, "json")))
    placed = [each for each in diagnostics if each.place is not None]
    run = json.loads(render(diagnostics, "sarif"))["runs"][0]
    assert len(run["results"]) == len(placed)
    assert ("invocations" in run) == (len(placed) < len(diagnostics))
    assert render(diagnostics, "github").count("\n") == len(diagnostics)
    for form in FORMATS:
        text = render(diagnostics, form)
        assert text.encode().decode() == text
        assert not any(char in text for char in "\x1b\x9b\x07\u202e\u2066")


def test_an_unknown_format_is_the_callers_mistake():
    with pytest.raises(ValueError, match="no format 'xml'; one of text, json, sarif, github"):
        render([], "xml")


def test_a_renderer_is_loaded_when_its_format_is_asked_for(shell):
    code = (
        "import sys; from scorewright.diagnostics.render import render; render([], 'text');"
        "print(sorted(m for m in sys.modules if m in"
        " {'json', 'scorewright.diagnostics.json_', 'scorewright.diagnostics.sarif', 'urllib.parse', 'difflib'}))"
    )
    assert shell(code=code).stdout == "[]\n"


def test_counting():
    assert counts([FULL, FULL, BARE]) == {Severity.ERROR: 2, Severity.WARNING: 1, Severity.ADVICE: 0}
    assert summary([FULL, FULL, BARE]) == "2 errors, 1 warning"
    assert summary([LOST, LOST]) == "2 pieces of advice"
    assert summary([]) == ""
