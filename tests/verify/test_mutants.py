"""Mutants of what shipped models compile to: the proof finds most of them at small effort, and none makes it fall over.

``python -m tests.verify.mutate`` runs whole campaigns and prints every survivor.
"""

from __future__ import annotations

import pytest

from tests.verify.equivalent import EQUIVALENT, reason_of
from tests.verify.mutants import mutants
from tests.verify.mutate import campaign
from tests.verify.shipped import TARGETS

SPEC, SAMPLE = "pardot-score-decay", 60
LEAST = {"pardot": 0.75, "marketo": 0.8}
"""The share of a sample that is found at effort 1, of those that matter."""


@pytest.mark.parametrize("target", TARGETS)
def test_most_mutants_are_found_at_small_effort(target):
    found = campaign(SPEC, target, 1, SAMPLE)
    assert len(found) == SAMPLE
    assert [killer for _, killer in found if killer.startswith("CRASH")] == []
    matter = [killer for said, killer in found if killer or not reason_of(target, said)]
    alive = [said for said, killer in found if not killer and not reason_of(target, said)]
    assert len(matter) - len(alive) >= LEAST[target] * len(matter), alive


def test_every_mutant_differs_in_one_place_and_has_a_name_of_its_own():
    tables = {
        "rules": ({"name": "one", "why": "so", "repeat": True, "days": 3, "match": "all", "criteria": [1]},)
    }
    found = list(mutants(tables))
    assert [item.said for item in found] == [
        "rules: one: left out",
        "rules: one: repeat is False instead of True",
        "rules: one: days is 2 instead of 3",
        "rules: one: days is 4 instead of 3",
        "rules: one: criteria.0 is 0 instead of 1",
        "rules: one: criteria.0 is 2 instead of 1",
    ]
    assert all(item.tables["rules"] != tables["rules"] for item in found)


def test_reasons_are_sentences_and_targets_are_real():
    assert all(target in TARGETS and len(why) > 20 for target, _, why in EQUIVALENT)
    assert not reason_of("pardot", "automation-rules: anything: left out")
