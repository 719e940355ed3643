"""The quick writer writes what tomli-w writes, to the byte."""

from __future__ import annotations

import datetime as dt

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from scorewright.compiling.toml import toml_bytes
from tests.making.choose import Choose
from tests.making.spec import make_spec

KEYS = st.text(max_size=4) | st.sampled_from(["a", "for", "two words", "ä", "a.b", ""])
LEAVES = (
    st.text(max_size=60)
    | st.integers()
    | st.booleans()
    | st.dates()
    | st.just("x" * 90)
    | st.just('"\\\x7f\n\t\b')
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_tables(data):
    assert toml_bytes(data) == tomli_w.dumps(data).encode()


def test_made_specs():
    for seed in range(60):
        data = make_spec(Choose.seeded(seed)).data
        assert toml_bytes(data) == tomli_w.dumps(data).encode()


@pytest.mark.parametrize(
    "data",
    [
        {"rules": [{"a": 1}, {"b": {"c": [1, 2]}}]},
        {"rules": [{"text": "x" * width} for width in (80, 81, 82, 83, 84, 85, 90)]},
        {"rules": [{"a": ["one", "two"]}]},
        {"rules": [{"a": 1}, 2]},
        {"rules": ({"a": 1}, {"a": "x" * 200})},
        {"a": {"b": {"c": {}}}, "d": []},
        {"a": 1.5, "b": dt.datetime(2026, 5, 1, 10), "c": dt.time(8)},  # noqa: DTZ001
        {"facts": ["a", "b"], "more": [{"facts": ["a", "b"]}, {"facts": [["a", "b"]]}]},
    ],
)
def test_what_is_easily_written_otherwise(data):
    assert toml_bytes(data) == tomli_w.dumps(data).encode()


def test_what_toml_cannot_hold_is_refused_as_by_tomli_w():
    with pytest.raises(TypeError):
        toml_bytes({"a": None})
