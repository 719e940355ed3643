"""SARIF keeps to the schema that is published with it: every rule we have, and texts that nobody would write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator, FormatChecker

from scorewright.checks.catalogue import all_rules
from scorewright.diagnostics.diagnostic import Diagnostic, Place
from scorewright.diagnostics.render import render
from tests.diagnostics.test_formats import BARE, FULL, LOST
from tests.diff.test_forms import HOSTILE

SCHEMA = json.loads(
    (Path(__file__).parent / "published" / "sarif-2.1.0-rtm.5.json").read_text("utf-8")
)  # see NOTICE.md


@pytest.fixture(scope="module")
def published():
    return Draft4Validator(SCHEMA, format_checker=FormatChecker())


def log(diagnostics):
    return json.loads(render(diagnostics, "sarif", rules=[*all_rules().values()]))


@pytest.mark.parametrize("diagnostics", [[], [FULL], [FULL, BARE, LOST]], ids=["none", "one", "all"])
def test_a_log_keeps_to_the_published_schema(published, diagnostics):
    published.validate(log(diagnostics))


def test_each_of_our_rules_can_be_told(published):
    told = [
        Diagnostic(rule.code, rule.name, rule.severity, "words", place=Place("model.toml", 1, 1, 2, "x"))
        for rule in all_rules().values()
    ]
    published.validate(log(told))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_a_text(published, words):
    each = Diagnostic(
        "SW101", "unknown-key", FULL.severity, words, place=Place(words, 1, 1, 2, words), help=words
    )
    found = log([each])
    published.validate(found)
    (result,) = found["runs"][0]["results"]
    assert result["message"] == {"text": f"{words}\n{words}"}
    assert set(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]).isdisjoint(
        '<>"` \n\x1b'
    )


def test_the_schema_finds_what_is_wrong(published):
    found = log([FULL])
    del found["runs"][0]["results"][0]["message"]
    assert not published.is_valid(found)
    assert not published.is_valid({**found, "version": "2.0.0"})
