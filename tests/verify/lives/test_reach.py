"""Over all lives of a small effort everything is reached that a shipped model can do, at -1, 0 and +1."""

from __future__ import annotations

import itertools
from datetime import date
from functools import cache

import pytest

from scorewright.checks.run import check_spec
from scorewright.verify.lives import boundary_lives, lives
from tests.conftest import ROOT
from tests.verify.lives.goals import constants, goals, reached

SPECS = sorted(path.parent.name for path in (ROOT / "specs").glob("*/model.toml"))

OUT_OF_REACH = {
    # Nothing takes this mark off.
    "mautic-points": {"mark buyer off"},
}
"""What no history of sensible length can do, with the reason."""

NOT_A_SUM = {
    # Steps of 5 and 10 below a ceiling of 50, which nobody passes.
    "component-caps": {("behavior", 51), ("demographic", 49), ("demographic", 51), ("lead", 101)},
    # Weighted sums of 0, 50, 75 and 100, rounded: these do not come out.
    "eloqua-scorecards": {("engagement", 24), ("engagement", 74), ("engagement", 76)}
    | {("profile", n) for n in (24, 26, 49, 51, 74, 76)},
    # One of 3, 5, 8 and 10.
    "re-roll": {("demographic", 7), ("demographic", 9)},
}
"""Numbers beside a constant that no facts add up to."""


@cache
def model_of(spec):
    return check_spec(ROOT / "specs" / spec, today=date(2026, 11, 1)).model


@pytest.mark.parametrize("spec", SPECS)
def test_everything_is_reached(spec):
    model = model_of(spec)
    found, scores = reached(model, lives(model, 1, 3))
    assert set(goals(model)) - found == OUT_OF_REACH.get(spec, set())
    near = {(key, edge + off) for key, edge in constants(model) for off in (-1, 0, 1)}
    assert near - scores == NOT_A_SUM.get(spec, set())


@pytest.mark.parametrize("spec", SPECS)
def test_every_element_is_aimed_at_with_the_least_effort(spec):
    model = model_of(spec)
    told = list(boundary_lives(model, 1))
    aims = {aim for life in told for aim in life.aims}
    tables = {"segments": model.segments, "rules": model.rules, "tiers": model.tiers, "inputs": model.inputs}
    tables |= {"decay": model.decay, "grades": model.grades, "thresholds": model.thresholds}
    assert {f"{table}.{key}" for table, items in tables.items() for key in items} <= aims
    assert len(told) <= 60


@pytest.mark.parametrize("spec", ["gitlab-2020", "stepped-decay-practices", "marketo-own-2011"])
def test_most_is_reached_by_people_who_begin_with_nothing_and_are_left_alone(spec):
    """Where points are given beforehand or things are crowded, bounds are wide: what they hide must show elsewhere."""
    model = model_of(spec)
    calm = [life for life in lives(model, 1, 3) if not life.person.scores and is_calm(life)]
    found, _ = reached(model, calm)
    wanted = {
        goal for goal in goals(model) if goal.split()[0] in {"award", "case", "fired", "step", "ends", "mark"}
    }
    assert {goal for goal in wanted - found if not goal.startswith("award")} == set()
    assert len([goal for goal in wanted - found if goal.startswith("award")]) <= 3


def is_calm(life):
    told = [life.person.created, *(item.at for item in life.person.history)]
    return all(later - sooner > 36 * 3600 for sooner, later in itertools.pairwise(told))
