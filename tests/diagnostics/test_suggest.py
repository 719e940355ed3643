"""A misspelt name finds the one that was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorewright.diagnostics.suggest import closest, did_you_mean

KEYS = ("at_least", "at_most", "above", "below", "counts_as_activity", "any-page", "MBA")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("at_leest", "at_least"),
        ("at-least", "at_least"),
        ("At Least", "at_least"),
        ("AT_MOST", "at_most"),
        ("any_page", "any-page"),
        ("anypage", "any-page"),
        ("mba", "MBA"),
        ("belwo", "below"),
        ("counts_as_activities", "counts_as_activity"),
        ("zzz", None),
        ("", None),
        ("a" * 100_000, None),
    ],
)
def test_the_closest(word, meant):
    assert closest(word, KEYS) == meant


def test_of_names_that_are_alike_the_first_wins():
    assert closest("any page", ["any-page", "any_page"]) == "any-page"
    assert closest("x", []) is None


def test_the_sentence():
    assert did_you_mean("belwo", KEYS) == 'did you mean "below"?'
    assert did_you_mean("zzz", KEYS) == ""


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=5))
def test_only_candidates_are_suggested(word, candidates):
    assert closest(word, candidates) in {None, *candidates}
    assert closest(word, [*candidates, word]) is not None
