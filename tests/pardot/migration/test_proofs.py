"""Each kind of change on the emulator: people under the old version, the sheet's moves in order, people under the new one."""

from __future__ import annotations

import pytest

from tests.pardot.making import TOTAL
from tests.pardot.migration.passing import Change

ONCE = """
[assets]
demo = {{ form = "Demo" }}
[rules.demo]
on = {{ submits = "demo" }}
points = {{ lead = {} }}
limit = {{ times = 1 }}
"""
TIER = """
[tiers.title]
score = "lead"
field = "job-title"
cases = [
  {{ is = "CEO", points = {} }},
  {{ is = "CTO", points = 10 }},
]
[assets]
demo = {{ form = "Demo" }}
sales = {{ user = "Sales" }}
[rules.demo]
on = {{ submits = "demo" }}
points = {{ lead = 15 }}
[thresholds.hot]
when = {{ score = "lead", at_least = {} }}
{}then = [{{ notify = "sales" }}]
"""

ROWS = {
    "an award that is given once is worth more": (ONCE.format(15), ONCE.format(20)),
    "a tier's case is worth more": (TIER.format(15, 30, ""), TIER.format(20, 30, "")),
    "a threshold is lowered": (TIER.format(15, 40, ""), TIER.format(15, 30, "")),
    "a threshold is lowered, and existing": (
        TIER.format(15, 40, "existing = true\n"),
        TIER.format(15, 30, "existing = true\n"),
    ),
    "a threshold is raised": (TIER.format(15, 30, ""), TIER.format(15, 40, "")),
}


@pytest.mark.parametrize("row", ROWS)
def test_the_result_is_what_the_language_says(row):
    change = Change(*(TOTAL + text for text in ROWS[row]))
    assert change.migration.moves
    failure = change.failure()
    assert failure is None, failure


def made_anew(moves):
    """A new rule in the place of an edit in place."""
    for move in moves:
        if move["act"] == "edit" and move["kind"] == "automation-rules":
            yield {"act": "delete", "kind": move["kind"], "name": move["name"]}
            yield {**move, "act": "create"}
        else:
            yield move


def without(*acts):
    return lambda moves: (move for move in moves if move["act"] not in acts)


def without_the(act, kind):
    return lambda moves: (move for move in moves if (move["act"], move.get("kind")) != (act, kind))


FAULTS = [
    (
        "an award that is given once is worth more",
        "a new rule where an edit was right",
        made_anew,
        "score lead",
    ),
    (
        "an award that is given once is worth more",
        "the edit is left out",
        without_the("edit", "automation-rules"),
        "score lead",
    ),
    (
        "an award that is given once is worth more",
        "nobody resumes",
        without_the("resume", "automation-rules"),
        "score lead",
    ),
    (
        "a threshold is lowered",
        "nobody is counted as handed over",
        without("run"),
        "done thresholds.hot.then.0",
    ),
    ("a tier's case is worth more", "nobody waits", without("wait"), "score lead"),
]


@pytest.mark.parametrize(("row", "name", "plant", "gauge"), FAULTS, ids=[item[1] for item in FAULTS])
def test_a_fault_in_the_moves_is_found(row, name, plant, gauge):
    change = Change(*(TOTAL + text for text in ROWS[row]))
    failure = change.failure(lambda moves: list(plant(moves)))
    assert failure is not None, "the proof does not find it"
    assert failure.difference.gauge == gauge


def test_between_equal_versions_there_is_nothing_to_do():
    change = Change(TOTAL + TIER.format(15, 30, ""), TOTAL + TIER.format(15, 30, ""))
    assert change.migration.moves == ()
    assert change.migration.kept == ()
