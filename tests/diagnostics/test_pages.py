"""The page of each message, and the choice among messages."""

from __future__ import annotations

import json

import pytest

from scorewright.checks.catalogue import all_rules
from scorewright.diagnostics.diagnostic import Diagnostic
from scorewright.diagnostics.doc import parts
from scorewright.diagnostics.pages import Choice, find_rule, listing, page
from scorewright.diagnostics.rule import Rule, Severity

RULES = sorted(all_rules().values(), key=lambda rule: rule.code)
ONE = Rule(
    "SW998",
    "made-up",
    Severity.WARNING,
    "What\nIt is. Always.\nWhy\nBecause.\nExample\n    [rules.a]\n    x = 1\nor so\nUse instead\n    y = 2\n",
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_message_has_a_page_of_four_parts(rule):
    texts = parts(rule)
    assert list(texts) == ["What", "Why", "Example", "Use instead"]
    assert all(text.strip() for text in texts.values())
    for text in texts.values():
        assert max(map(len, text.splitlines())) <= 124


def test_codes_and_names_are_unique():
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


def test_a_page_has_three_forms():
    assert page(ONE).startswith("SW998 made-up (warning)\n\nWhat\n  It is. Always.\n")
    assert page(ONE, "markdown").startswith("## SW998 made-up\n")
    assert json.loads(page(ONE, "json"))["use_instead"] == "    y = 2"


def test_the_list_has_a_line_for_each():
    assert listing([ONE]) == "SW998  warning  made-up  It is"
    assert [each["code"] for each in json.loads(listing(RULES, "json"))] == [rule.code for rule in RULES]


@pytest.mark.parametrize("word", ["SW998", "sw998", "made-up", " MADE-UP "])
def test_a_message_is_found_by_code_or_name(word):
    assert find_rule([ONE], word) == (ONE, "")


def test_what_is_not_found_gets_the_nearest():
    assert find_rule([ONE], "mad-up") == (None, "made-up")
    assert find_rule([ONE], "zzzzzz") == (None, "")


def found(code, severity):
    return Diagnostic(code, code.lower(), severity, "…")


def test_a_choice_leaves_errors_alone():
    error, warning, advice = found("SW1", "error"), found("SW998", "warning"), found("SW3", "advice")
    everything = (error, warning, advice)
    assert Choice().among(everything) == everything
    assert Choice.of([ONE], ["made-up"], []).among(everything) == (error, warning)
    assert Choice.of([ONE], [], ["SW998"]).among(everything) == (error, advice)
    assert Choice.of([ONE], [], ["mad-up"]).unknown == "no message 'mad-up'. Did you mean 'made-up'?"


def test_explain_prints_the_page(run):
    rule = RULES[0]
    assert run("explain", rule.name) == (0, page(rule), "")
    assert run("explain") == (0, listing(RULES) + "\n", "")
    code, printed, error = run("explain", "SW99999")
    assert (code, printed) == (2, "")
    assert "no message 'SW99999'" in error
