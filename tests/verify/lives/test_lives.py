"""What is so of every life of every model: the same each time, playable, apart from one another, and in order."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from itertools import islice

import pytest

from scorewright.model.history import FieldSet, Happening
from scorewright.model.read.read import read
from scorewright.model.vocabulary import VERBS
from scorewright.semantics import Machine
from scorewright.verify.lives import Situations, boundary_lives, lives, random_life
from tests.conftest import ROOT
from tests.making.choose import Choose
from tests.making.spec import make_spec

SEEDS = (1, 2, 4, 5, 7, 8, 12, 13)


@cache
def made(seed):
    spec = make_spec(Choose.seeded(seed))
    return read(spec.data, spec.texts).model


@cache
def told(seed):
    return tuple(lives(made(seed), 3, 1))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_life_can_be_played_and_its_situations_named(seed):
    model = made(seed)
    machine, naming = Machine(model), Situations(model)
    for life in told(seed):
        timeline = machine.run(life.person, life.until)
        assert "any" in naming.of(life, timeline, 24)


@pytest.mark.parametrize("seed", SEEDS)
def test_lives_are_the_same_each_time_and_have_names_of_their_own(seed):
    assert tuple(lives(made(seed), 3, 1)) == told(seed)
    names = [life.name for life in told(seed)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_is_told_in_order_of_the_model_s_own_things(seed):
    model = made(seed)
    for life in told(seed):
        assert life.person.created <= life.until
        for item in life.person.history:
            assert item.at > 0
            assert (getattr(item, "known", None) or item.at) <= life.until
            if isinstance(item, Happening):
                assert item.verb in VERBS
                if VERBS[item.verb].takes == "assets":
                    assert item.what in model.assets
            if isinstance(item, FieldSet):
                assert item.field in {*model.fields, "assigned_to", "crm_record"}


def test_a_life_by_chance_is_the_same_whatever_was_told_before_it():
    model = made(2)
    by_chance = [life for life in told(2) if life.name.startswith("by chance")]
    assert len(by_chance) > 5
    assert by_chance[4] == random_life(model, 3, 4)
    assert random_life(model, 3, 4) != random_life(model, 4, 4)
    assert random_life(model, 3, 400) == random_life(model, 3, 400)


def test_a_greater_effort_tells_all_that_a_smaller_one_does():
    small, great = ({life.name for life in boundary_lives(made(2), effort)} for effort in (2, 7))
    assert small < great


def test_effort_grows_the_number_of_lives_by_chance_with_its_square():
    count = {
        effort: sum(life.name.startswith("by chance") for life in lives(made(5), 1, effort))
        for effort in (4, 8)
    }
    assert count[8] >= 3 * count[4] >= 3 * 90


def test_nothing_depends_on_the_hash_seed():
    program = (
        "from datetime import date; from pathlib import Path; from scorewright.checks.run import check_spec;"
        "from scorewright.verify.lives import lives; import hashlib;"
        "model = check_spec(Path('specs/pardot-score-decay'), today=date(2026, 11, 1)).model;"
        "print(hashlib.sha256(repr([(life.name, life.until, sorted(life.person.fields.items(), key=repr),"
        " sorted(life.person.marks), life.person.scores, life.person.history) for life in lives(model, 1, 3)])"
        ".encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONPATH": "compiler:targets", "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "4242")
    }
    assert len(digests) == 1


def test_nothing_falls_on_a_whole_minute_unless_that_is_the_aim():
    """The start of a day and a scheduled hour are whole minutes, and what falls there is told apart."""
    for life in islice(boundary_lives(made(7), 2), 80):
        aimed = any(word in life.name for word in (" s", "tick", "clocks change", "wait"))
        assert aimed or all(item.at % 60 for item in life.person.history), life.name
