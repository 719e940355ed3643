"""The program form: levels one after another, greatest first; at each a chain of questions takes one digit.

A program asks in order and acts at most once a level, so within a level nothing meets what it has just made: only from
level to level it waits until what was taken can be read.  What is left of a distance after a level is less than the
level's unit; so after the last one nothing is left.
"""

from __future__ import annotations

from functools import cache
from math import prod
from typing import NamedTuple

__all__ = ["Level", "ladder", "left_after", "steps_of"]


class Level(NamedTuple):
    """Takes the greatest of ``unit``, 2 × ``unit`` … ``most`` × ``unit`` that there is."""

    unit: int
    most: int

    def take(self, distance: int) -> int:
        """What it takes of a distance."""
        return min(distance // self.unit, self.most) * self.unit


@cache
def ladder(top: int, levels: int, grain: int = 1) -> tuple[Level, ...]:
    """Levels, at most so many, that bring every distance up to ``top`` to less than ``grain``, with the fewest questions.

    A level of ``d`` questions tells ``d + 1`` digits apart.  The fewest questions for so many levels are those of
    digits as even as can be, as few as still reach.
    """
    distances = max(1, -(-top // grain)) + 1
    found = min((_even(distances, count) for count in range(1, max(1, levels) + 1)), key=_dear)
    units = [prod(found[place + 1 :]) for place in range(len(found))]
    return tuple(Level(unit * grain, base - 1) for unit, base in zip(units, found, strict=True))


def _even(distances: int, count: int) -> tuple[int, ...]:
    """Bases, greatest first, none more than one above another, whose product is no less: so many, or fewer."""
    base = 2
    while base**count < distances:
        base += 1
    bases = [base] * count
    for place in reversed(range(count)):
        bases[place] -= 1
        if prod(bases) < distances:
            bases[place] += 1
            break
    return tuple(item for item in bases if item > 1)


def _dear(bases: tuple[int, ...]) -> tuple[int, int]:
    return sum(bases) - len(bases), len(bases)


def steps_of(levels: tuple[Level, ...]) -> int:
    """Steps to build: a question and an action for each digit."""
    return 2 * sum(level.most for level in levels)


def left_after(levels: tuple[Level, ...], top: int) -> tuple[int, ...]:
    """The most that is left of any distance up to ``top`` after each level."""
    left, found = top, []
    for level in levels:
        left = max(min(left, level.unit - 1), left - level.most * level.unit)
        found.append(left)
    return tuple(found)
