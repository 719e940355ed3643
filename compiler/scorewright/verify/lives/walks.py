"""Lives in which one field goes through all values at which any test of it turns."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from scorewright.semantics.parts import question
from scorewright.verify.lives.life import Aimed
from scorewright.verify.lives.story import Story
from scorewright.verify.lives.values import around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Tier
    from scorewright.model.history import Scalar
    from scorewright.verify.lives.scene import Scene

__all__ = ["walks"]

_STEPS = 24
"""Longer walks are cut in pieces."""


def walks(stage: Scene) -> Iterator[Aimed]:
    """Every field that the model reads; every tier up and down; every input."""
    for tier in stage.model.tiers.values():
        if tier.field is not None and tier.field != "created":
            yield from _tier(stage, tier, tier.field)
    for item in stage.model.inputs.values():
        edges = [bound.value for bound in (item.at_least, item.at_most) if bound is not None]
        values = [near for edge in edges for near in _input(edge, item.percent)] or [0]
        path: list[Scalar] = [*values, 0, 1, 7, 8, -1]
        yield Aimed(
            1,
            _walk(stage, item.field, path).life(
                f"inputs.{item.key}: {item.field} up to its bounds", f"inputs.{item.key}"
            ),
        )
    for field in stage.tests:
        if field not in {"created", "email-domain"} or field == "email-domain":
            yield from _field(stage, field)


def _input(edge: int, percent: int) -> list[int]:
    at = edge * 100 // percent
    return [at - 1, at, at + 1, at + 2, at + 100]


def _field(stage: Scene, field: str) -> Iterator[Aimed]:
    if field == "created":
        return
    values = [value for value in stage.values(field, stage.created) if value is not None]
    readers = f"fields.{field}"
    lost = _walk(stage, field, [values[0], None, values[0], values[-1], None])
    yield Aimed(2, lost.life(f"{readers}: lost, and known again", readers))
    told = -(-len(stage.named(field)) // _STEPS)
    pieces = [values[first : first + _STEPS] for first in range(0, len(values), _STEPS)]
    for number, piece in enumerate(pieces):
        story = _walk(stage, field, [None, *piece, piece[0]])
        effort = (
            1 if number == 0 else min(3, 1 + number // 2) if number < told else min(10, 3 + number - told)
        )
        yield Aimed(
            effort,
            story.life(f"{readers}: values {number * _STEPS + 1} to {number * _STEPS + len(piece)}", readers),
        )


def _tier(stage: Scene, tier: Tier, field: str) -> Iterator[Aimed]:
    """Every case after every other one: up, down, to no case, and to unknown."""
    name = f"tiers.{tier.key}"
    values: list[Scalar] = [
        value for n in range(len(tier.cases)) if (value := _of_case(stage, tier, n)) is not None
    ]
    other = next((v for v in reversed(stage.values(field, stage.created)) if v is not None), None)
    up = _walk(stage, field, [None, *values, other, *reversed(values)])
    yield Aimed(1, up.life(f"{name}: every case, up and down", name))
    if len(values) > 2:
        jumps = [
            value
            for n in range(2, len(values))
            for first in range(0, len(values), n)
            for value in values[first::n]
        ]
        yield Aimed(4, _walk(stage, field, jumps[:_STEPS]).life(f"{name}: from case to case in leaps", name))


def _of_case(stage: Scene, tier: Tier, place: int) -> Scalar:
    """A value for which a case is the first that fits."""
    test = tier.cases[place].test
    earlier = [case.test for case in tier.cases[:place] if case.test is not None]
    if test is None or tier.field is None or question(tier, tier.cases[place]) is None:
        return None
    asked = [(test, True), *((other, False) for other in earlier)]
    shown = stage.clock.wall(stage.created)
    own = [value for value in around(test, shown) if stage.suits(value, asked, stage.created)]
    return next(iter([*own, *stage.fitting(tier.field, asked, stage.created)]), None)


def _walk(stage: Scene, field: str, values: list[Scalar]) -> Story:
    story = Story(stage)
    story.put(field, values[0])
    story.rest()
    for before, value in itertools.pairwise(values):
        if value != before or type(value) is not type(before):
            story.put(field, value)
    return story.rest()
