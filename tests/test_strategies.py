"""The made specs are sound, and together they say all that the language can say."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

from scorewright.checks.run import check_spec
from scorewright.model.read.read import read
from scorewright.model.vocabulary import LIFECYCLE_STAGES_PAST_MQL
from scorewright.schema.validate import validate
from tests.making.choose import Choose
from tests.making.reached import all_points, reached
from tests.making.spec import make_spec
from tests.strategies import specs

if TYPE_CHECKING:
    from tests.making.spec import Made

SEEDS = 500
TODAY = dt.date(2026, 1, 15)
QUICK = settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
LEFT_OUT = {"accept", "waive"}
"""They name notes and checks: specs with them are written by the tests of those."""


@cache
def made_specs() -> tuple[Made, ...]:
    return tuple(make_spec(Choose.seeded(seed)) for seed in range(SEEDS))


@QUICK
@given(specs())
def test_a_made_spec_has_the_shape_of_the_language_and_is_read_whole(made):
    assert validate(made.data) == ()
    reading = read(made.data, made.texts)
    assert reading.findings == ()
    assert reading.left_out == frozenset()
    assert reading.model is not None
    assert {rule.id for rule in reading.model.rules.values()} == set(made.data["rules"])


def test_the_seeded_specs_have_the_shape_of_the_language_and_are_read_whole():
    for seed, made in enumerate(made_specs()):
        assert validate(made.data) == (), seed
        assert read(made.data, made.texts).findings == (), seed


def test_a_made_spec_is_the_same_after_its_text_was_read():
    for made in made_specs():
        files = {name: text for name, text in made.files().items() if name.endswith(".toml")}
        parts = [tomllib.loads(text) for text in files.values()]
        assert {key: value for part in parts for key, value in part.items()} == made.data


def test_no_check_calls_a_made_spec_wrong(tmp_path):
    for seed, made in enumerate(made_specs()[:100]):
        checked = check_spec(made.write(tmp_path / str(seed)), today=TODAY)
        errors = [found for found in checked.diagnostics if found.severity == "error"]
        assert errors == [], seed
        assert checked.model is not None


def test_every_key_and_every_word_of_the_grammar_is_reached():
    found = set().union(*(reached(made.data) for made in made_specs()))
    assert found <= all_points()
    missing = {
        (record, key, word)
        for record, key, word in all_points() - found
        if record not in LEFT_OUT and key not in LEFT_OUT and word not in LIFECYCLE_STAGES_PAST_MQL
    }
    assert missing == set()


def test_the_walk_over_a_document_sees_words_and_inner_records():
    data = {"rules": {"a": {"on": {"any": [{"bounces": "hard"}]}, "then": [{"lifecycle": "mql"}]}}}
    assert {
        ("", "rules", ""),
        ("rule", "on", ""),
        ("event", "any", ""),
        ("event", "bounces", "hard"),
        ("action", "lifecycle", "mql"),
    } <= reached(data)
