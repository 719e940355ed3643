"""The tables that the target stands on: facts, capabilities, labels, options, note names."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from scorewright.plugin.capability import Support
from scorewright.plugin.facts import Confidence
from scorewright.plugin.features import FEATURES
from scorewright.plugin.target import Target
from scorewright_marketo import TARGET
from scorewright_marketo.labels import ACTIVITIES, API_RULES, FIELDS, NEGATED
from scorewright_marketo.limits import LIMITS
from scorewright_marketo.lower.notes import NAMES
from scorewright_marketo.options import SCHEMA, Options, read
from tests.marketo.compiling import SCORE, compile_text, tables

SOURCE = Path(__file__).parents[2] / "targets" / "scorewright_marketo"
FACTS = {fact.id: fact for fact in TARGET.facts()}


def test_the_plugin_satisfies_the_contract():
    assert isinstance(TARGET, Target)
    assert TARGET.name == "marketo"


def test_facts_are_ordered_and_named_in_kebab_case():
    ids = [fact.id for fact in TARGET.facts()]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


@pytest.mark.parametrize("fact", TARGET.facts(), ids=lambda fact: fact.id)
def test_every_fact_has_a_source_and_an_unsure_one_a_probe(fact):
    assert fact.statement.endswith(".")
    assert fact.source
    assert date.fromisoformat(fact.checked) > date(2026, 1, 1)
    if fact.confidence in {Confidence.UNKNOWN, Confidence.INFERRED} and fact.id != "no-count-limits":
        assert fact.probe.endswith(".")
    if fact.unsure and isinstance(fact.value, bool) and fact.probe:
        assert (not fact.value) in fact.alternatives


def test_every_fact_that_the_code_names_is_in_the_table():
    named = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in {"fact", "rests_on"}
            ):
                named |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    assert len(named) > 20
    assert named <= set(FACTS)


def test_limits_rest_on_facts():
    for limit in LIMITS.values():
        assert (limit.given is None) == (FACTS[limit.fact].value is True)


def test_capabilities_answer_every_feature_in_order():
    rows = TARGET.capabilities()
    assert [row.feature for row in rows] == [feature.id for feature in FEATURES]
    assert all(row.reason and row.source for row in rows)


def test_a_refused_feature_says_what_to_do_instead():
    refused = [row for row in TARGET.capabilities() if row.support.refused]
    assert {row.feature for row in refused} >= {
        "event-fails",
        "event-searches",
        "event-starts-visit",
        "limit-visit",
    }
    assert all(row.instead for row in refused)


def test_nothing_is_left_for_another_day():
    """What is refused is refused for the platform's reason."""
    assert [row.feature for row in TARGET.capabilities() if row.support is Support.NOT_IMPLEMENTED] == []


def test_capability_sources_that_look_like_facts_are_facts():
    for row in TARGET.capabilities():
        if " " not in row.source:
            assert row.source in FACTS, row.feature


def test_options_default_without_being_written():
    assert read({}) == Options()
    assert read({"word_separators": ["("], "largest_score": 300}).word_separators == ("(",)


def test_the_schema_is_closed_and_describes_every_key():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(Options.__dataclass_fields__)
    assert all(row["description"] for row in SCHEMA["properties"].values())
    errors = list(jsonschema.Draft202012Validator(SCHEMA).iter_errors({"colour": "red"}))
    assert [error.validator for error in errors] == ["additionalProperties"]


def test_every_note_name_in_the_code_is_explained_and_every_explained_one_is_used():
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in (SOURCE / "lower").glob("*.py")
        if path.name != "notes.py"
    )
    quoted = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', text))
    assert set(NAMES) - quoted == set()
    for pattern in (
        r'b\.exact\(\s*"([a-z-]+)"',
        r'b\.bounded\(\s*"([a-z-]+)"',
        r'RefusedError\(\s*"([a-z-]+)"',
        r'b\.note\(\s*"([a-z-]+)"',
    ):
        found = set(re.findall(pattern, text))
        assert found
        assert found <= set(NAMES)


def test_labels_say_how_sure_they_are():
    assert all(row.trigger and row.kept in {"retention-web", "retention-rest"} for row in ACTIVITIES.values())
    assert all(row.label for row in FIELDS.values())
    assert all(NEGATED[NEGATED[word]] == word for word in ("is empty", "is not empty", "in", "not in"))


def test_fields_that_count_for_limits_are_counted_and_more_than_three_advised_against():
    rule = '[rules.r{0}]\non = {{ submits = "f{0}" }}\npoints = {{ lead = 5 }}\nlimit = {{ times = 2 }}\n'

    def counted(number):
        assets = "[assets]\n" + "".join(f'f{n} = {{ form = "F{n}" }}\n' for n in range(number))
        bundle = compile_text(SCORE + assets + "".join(rule.format(n) for n in range(number)))
        found = [
            quota
            for quota in bundle.quotas
            if "count for limits" in quota.name or "counts for a limit" in quota.name
        ]
        return [(quota.used, quota.advised, quota.used > quota.advised) for quota in found]

    assert counted(1) == [(1, 3, False)]
    assert counted(3) == [(3, 3, False)]
    assert counted(4) == [(4, 3, True)]


PAIRS = {
    "Clicks Link on Web Page": "Clicks Link",
    "Clicked Link on Web Page": "Click Link",
    "Person is Created": "Lead is Created",
    "Person was Created": "Lead was Created",
    "Program Status is Changed": "Progression Status is Changed",
    "Program Status was Changed": "Progression Status was Changed",
    "Person Score": "Lead Score",
    "Person Source": "Lead Source",
    "Person Status": "Lead Status",
}
"""Screen and API: Adobe Developer, Marketo Engage, MCP server operations, read in August 2026."""


def test_both_vocabularies_come_from_one_table():
    assert API_RULES == PAIRS
    screen = {row.trigger for row in ACTIVITIES.values()} | {row.filter for row in ACTIVITIES.values()}
    assert not screen & set(API_RULES.values()), "no word means two things"
    assert all(not re.search(r"\\b(Lead|Progression|Nurture)\\b", label) for label in screen)


def test_labels_agree_with_the_facts():
    assert all(FACTS[row.kept].value > 0 for row in ACTIVITIES.values())
    assert all(row.absence.startswith("Not ") for row in ACTIVITIES.values() if row.absence)
    assert all(row.absence.removeprefix("Not ") == row.filter for row in ACTIVITIES.values() if row.absence)


def test_what_is_emitted_says_both():
    text = '[rules.new]\non = { clicks = "any-link" }\npoints = { lead = 5 }\n'
    made = str(tables(compile_text(SCORE + text), "smart-campaigns"))
    assert "'rule': 'Clicks Link on Web Page', 'api': 'Clicks Link'" in made
