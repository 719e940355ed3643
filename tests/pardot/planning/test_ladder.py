"""Levels of questions: every distance comes down to nothing, nothing falls below, and no other digits ask fewer questions."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest

from scorewright_pardot.planning.ladder import ladder, left_after, steps_of


def through(levels, distance):
    """What is left after each level."""
    for level in levels:
        distance -= level.take(distance)
        yield distance


@pytest.mark.parametrize("top", [1, 2, 7, 50, 63, 64, 100, 331])
@pytest.mark.parametrize("count", [1, 2, 3, 5, 7, 30])
@pytest.mark.parametrize("grain", [1, 7])
def test_every_distance_is_gone_after_the_last_level(top, count, grain):
    levels = ladder(top, count, grain)
    assert len(levels) <= count
    every = [tuple(through(levels, start)) for start in range(0, top + 1, grain)]
    assert all(min(left) >= 0 and left[-1] == 0 for left in every)
    most = tuple(max(column) for column in zip(*every, strict=True))
    assert all(found <= bound for found, bound in zip(most, left_after(levels, top), strict=True))


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6])
def test_no_digits_ask_fewer_questions(count):
    assert all(_asks_least(top, count) for top in range(1, 60))


def _asks_least(top, count):
    bases = [
        found for number in range(1, count + 1) for found in product(range(2, top + 2), repeat=min(number, 3))
    ]
    bases += [(2,) * number for number in range(4, count + 1)]
    least = min(sum(found) - len(found) for found in bases if prod(found) > top)
    return steps_of(ladder(top, count)) // 2 <= least


def test_far_above_the_range_each_time_through_takes_as_much_as_it_can():
    levels = ladder(100, 7)
    assert left_after(levels, 300)[-1] == 300 - 127
    assert list(through(levels, 300))[-1] == 300 - 127
