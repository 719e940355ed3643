from __future__ import annotations

import re

import pytest

from scorewright.model.vocabulary import BUILTIN_FIELDS
from scorewright.plugin.capability import Support
from scorewright.plugin.facts import Confidence
from scorewright.plugin.features import FEATURES
from scorewright.plugin.registry import load
from scorewright.plugin.target import Target
from scorewright_pardot import TARGET
from scorewright_pardot.labels import ACTIONS, CRITERIA, FIELDS, OPERATORS
from scorewright_pardot.limits import ROWS
from scorewright_pardot.lower.notes import NOTES
from scorewright_pardot.lower.residual import CLASSES
from scorewright_pardot.options import Options, schema

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def test_the_target_satisfies_the_contract_and_is_found_by_name():
    assert isinstance(TARGET, Target)
    assert load("pardot") is TARGET


def test_facts_are_ordered_unique_and_sourced():
    ids = [fact.id for fact in TARGET.facts()]
    assert ids == sorted(set(ids))
    for fact in TARGET.facts():
        assert KEBAB.fullmatch(fact.id)
        assert fact.statement.endswith(".")
        assert fact.source
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", fact.checked)


@pytest.mark.parametrize("fact", [fact for fact in TARGET.facts() if fact.unsure], ids=lambda fact: fact.id)
def test_an_unsure_fact_says_how_to_settle_it(fact):
    if not fact.id.startswith("rules-"):
        assert fact.probe
    assert fact.alternatives
    assert fact.value not in fact.alternatives


def test_a_documented_fact_names_the_vendors_page():
    for fact in TARGET.facts():
        if fact.confidence is Confidence.DOCUMENTED:
            assert any(
                word in fact.source for word in ("help.salesforce.com", "help.pardot.com", "Salesforce, ")
            ), fact.id


def test_every_feature_has_one_answer_in_order():
    assert [capability.feature for capability in TARGET.capabilities()] == [
        feature.id for feature in FEATURES
    ]
    for capability in TARGET.capabilities():
        assert capability.reason
        if capability.support.refused:
            assert capability.instead, capability.feature
        if capability.source:
            assert capability.source in {fact.id for fact in TARGET.facts()}, capability.feature


def test_nothing_is_left_to_be_written():
    """What the platform can is lowered; what it cannot is refused for its reason, with what works instead."""
    unwritten = [item.feature for item in TARGET.capabilities() if item.support is Support.NOT_IMPLEMENTED]
    assert unwritten == []


def test_what_an_api_cannot_build_is_never_called_impossible_for_that():
    supports = {capability.feature: capability.support for capability in TARGET.capabilities()}
    assert supports["threshold"] is Support.FULL
    assert supports["limit-group"] is Support.IMPOSSIBLE


def test_note_names_are_kebab_and_explained():
    assert all(KEBAB.fullmatch(name) and text.endswith(".") for name, text in NOTES.items())


def test_every_note_name_is_used_by_some_lowering():
    from pathlib import Path

    from scorewright_pardot import lower

    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(lower.__file__).parent.glob("*.py")
        if path.name != "notes.py"
    )
    assert [name for name in NOTES if f'"{name}"' not in sources] == []


def test_labels_have_a_source():
    for table in (CRITERIA, OPERATORS, ACTIONS):
        assert all(label.text and label.source for label in table.values())
    assert FIELDS.keys() == BUILTIN_FIELDS.keys()


def test_rows_are_those_of_the_event_classes():
    assert sorted(row.label for row in ROWS) == sorted(
        label for item in CLASSES.values() for label in item.rows
    )


def test_options_take_what_the_schema_describes():
    table = schema()
    assert table["additionalProperties"] is False
    assert all("description" in entry for entry in table["properties"].values())
    written = {
        "edition": "growth", "prefix": "X", "folder": "F", "repeat_days": 2, "range": {"a": 5}, "percent_error": 1,
        "periods": 3, "settle_days": 4, "settle_rules": 2, "settle_budget": 9, "settle_form": "digits", "rest": {"a": 1},
            "collisions": {"COO": ["Coordinator"]}, "sums": {"fit": "formula"}, "profile": "P",
            "decays": {"fade": "program"},
    }  # fmt: skip
    assert written.keys() == table["properties"].keys()
    found = Options.of(written)
    assert found.edition == "growth"
    assert found.collisions == (("COO", ("Coordinator",)),)
    assert dict(found.range) == {"a": 5}
    assert (found.settle_rules, found.settle_form, found.rest) == (2, "digits", (("a", 1),))
    assert found.decays == (("fade", "program"),)
    assert Options.of({}) == Options()
