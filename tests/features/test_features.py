"""Each feature of the language, on each target: lowered and proven, or refused with a reason and a way out that works."""

from __future__ import annotations

from functools import cache

import pytest

from scorewright.plugin.features import FEATURES
from scorewright.plugin.registry import builtin_names, load
from tests.features.shapes import SHAPES, ask
from tests.features.ways_out import WAYS_OUT
from tests.verify.thin import differs

TARGETS = builtin_names()
NAMES = [feature.id for feature in FEATURES]
_STEP = 4
_MEANT = "the message for this shape offers something: write it down in ways_out.py"


@cache
def answer(target, shape):
    return ask(load(target), SHAPES[shape])


def shapes_of(feature):
    return [shape for shape in SHAPES if shape[0] == feature]


def plainest(target, feature):
    """The task of proving the plainest shape that is lowered, or where none is, what works instead of the first."""
    lowered = [shape for shape in shapes_of(feature) if not answer(target, shape).refusals]
    if lowered:
        return answer(target, lowered[0]).task
    return ask(load(target), carried_out(target, shapes_of(feature)[0])).task


def carried_out(target, shape):
    """The spec of a shape with its way out written in."""
    text = SHAPES[shape]
    for old, new in WAYS_OUT[target][shape]:
        assert old in text, f"{shape}: {old!r} does not stand in the spec"
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("target", TARGETS)
def test_every_refusal_of_a_shape_has_a_way_out_and_none_is_left_over(target):
    refused = {shape for shape in SHAPES if answer(target, shape).refusals}
    assert refused == set(WAYS_OUT[target]), _MEANT


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("feature", NAMES)
def test_what_is_refused_says_why_and_what_works_instead(target, feature):
    for shape in shapes_of(feature):
        for why, instead in answer(target, shape).refusals:
            assert why
            assert instead


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("feature", NAMES)
def test_the_way_out_compiles(target, feature):
    for shape in shapes_of(feature):
        if shape in WAYS_OUT[target]:
            assert ask(load(target), carried_out(target, shape)).refusals == ()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("feature", NAMES)
def test_the_plainest_shape_that_is_lowered_is_proven(target, feature):
    """Where none is, what works instead is.  Some of the lives do here; ``python -m tests.features`` plays them all."""
    task = plainest(target, feature)
    assert differs(task, load(target), _STEP, f"{feature} on {target}") == ""
