"""The terms of every score add up to it, for whatever model, person and time."""

from __future__ import annotations

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorewright.explain.ledger import ledger
from scorewright.explain.trace import trace
from scorewright.explain.trace_json import trace_json
from scorewright.explain.trace_text import trace_text
from scorewright.model.read.read import read
from scorewright.model.values import round_half_up
from scorewright.semantics.ask import clamp
from scorewright.semantics.machine import Play
from scorewright.semantics.parts import parts_of
from tests.making.choose import Choose
from tests.making.history import CREATED, make_person
from tests.making.spec import make_spec

DAY = 86_400
SEEDS = range(150)


@cache
def parts(seed):
    made = make_spec(Choose.seeded(seed))
    return parts_of(read(made.data, made.texts).model)


def played(seed, at):
    play = Play(parts(seed), make_person(Choose.seeded(seed * 31 + 5), parts(seed).model))
    return play, play.play(at, {}).changes


def times(seed):
    return [CREATED, *(CREATED + random.Random(seed).randrange(500 * DAY) for _ in range(3))]


def sums_hold(seed, at):
    play, changes = played(seed, at)
    kinds = set()
    for key, score in play.model.scores.items():
        found = ledger(play.ask, changes, key)
        assert found.value == play.ask.score(key)
        assert found.adds_up, (seed, at, key, found)
        assert all(term.hundredths for term in found.terms if term.kind not in {"start", "set"})
        plain = sum(term.hundredths for term in found.terms if term.kind != "clamped")
        if score.kind == "fit":
            assert plain == 100 * play.state.held[key]
        if score.kind == "combined":
            assert found.value == clamp(score, plain // 100)
            assert plain % 100 == 0
        kinds |= {term.kind for term in found.terms}
    return kinds


def test_every_score_is_the_sum_of_its_terms_at_every_time():
    kinds = set()
    for seed in SEEDS:
        for at in times(seed):
            kinds |= sums_hold(seed, at)
    assert kinds == {
        "start", "set", "award", "holds", "expired", "faded", "decay", "clamped", "part", "rounded",
    }  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(1_000, 9_999), days=st.integers(0, 500), seconds=st.integers(0, DAY))
def test_and_for_seeds_that_nobody_chose(seed, days, seconds):
    sums_hold(seed, CREATED + days * DAY + seconds)


def test_a_combined_score_is_rounded_once():
    for seed in SEEDS:
        for at in times(seed)[:2]:
            play, changes = played(seed, at)
            for key, score in play.model.scores.items():
                if score.percent_of:
                    shares = [play.ask.score(part) * percent for part, percent in score.percent_of]
                    terms = ledger(play.ask, changes, key).terms
                    assert [term.hundredths for term in terms if term.kind == "part"] == [
                        x for x in shares if x
                    ]
                    rounded = sum(term.hundredths for term in terms if term.kind in {"part", "rounded"})
                    assert rounded == 100 * round_half_up(sum(shares), 100)


@pytest.mark.parametrize("seed", range(60))
def test_every_trace_can_be_told(seed):
    """Text and JSON say the same amounts; nothing in a made model cannot be put into words."""
    model = parts(seed).model
    person = make_person(Choose.seeded(seed * 31 + 5), model)
    found = trace(model, person, CREATED + 200 * DAY)
    said = trace_json(found)
    for score in said["scores"]:
        assert round(100 * sum(term["amount"] for term in score["terms"])) == 100 * score["value"]
    text = trace_text(found, verbose=True)
    for traced in found.scores:
        assert f": {traced.ledger.value}" in text
    assert all(line == line.rstrip() for line in text.splitlines())
    assert not any(ord(sign) < 32 and sign != "\n" for sign in text)
