"""Which lives are played: those at the edges first, the most telling of each element, and then lives by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.verify.lives.activities import activities
from scorewright.verify.lives.chance import by_chance
from scorewright.verify.lives.crossings import crossings
from scorewright.verify.lives.earning import earning
from scorewright.verify.lives.lists import lists
from scorewright.verify.lives.people import people
from scorewright.verify.lives.scene import Scene
from scorewright.verify.lives.silences import silences
from scorewright.verify.lives.switches import switches
from scorewright.verify.lives.walks import walks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model
    from scorewright.verify.lives.life import Aimed, Life

__all__ = ["boundary_lives", "lives", "random_life"]

_TELLERS = (crossings, earning, silences, activities, walks, switches, lists, people)
_LEAST = 60
_A_STEP = 6
"""Lives by chance for effort 1; they grow with its square."""


def boundary_lives(model: Model, effort: int = 10, settle_hours: int = 24) -> Iterator[Life]:
    """The lives at the edges of what a model says, the most telling first, up to an effort (1 to 10)."""
    yield from _at_the_edges(Scene(model, settle_hours), effort)


def random_life(model: Model, seed: int, number: int, settle_hours: int = 24) -> Life:
    """The life by chance of a number: the same for the same model and seed, whatever is told before it."""
    return by_chance(Scene(model, settle_hours), seed, number)


def lives(model: Model, seed: int, effort: int, settle_hours: int = 24) -> Iterator[Life]:
    """The lives of an effort (1 to 10): those at the edges, then so many by chance.

    ``settle_hours`` is how long the platform needs; it is left alone for longer, unless a life is about what is closer.
    """
    stage = Scene(model, settle_hours)
    count = 0
    for life in _at_the_edges(stage, effort):
        count += 1
        yield life
    for number in range(max(_A_STEP * effort * effort, _LEAST - count)):
        yield by_chance(stage, seed, number)


def _at_the_edges(stage: Scene, effort: int) -> Iterator[Life]:
    """Each once, with all that it is told for: two elements with one number often ask for the same life."""
    found: list[Aimed] = [item for teller in _TELLERS for item in teller(stage) if item.effort <= effort]
    found.sort(key=lambda item: item.effort)
    told: dict[str, Life] = {}
    for item in found:
        same = repr((item.life.person, item.life.until))
        aims = (*told[same].aims, *item.life.aims) if same in told else item.life.aims
        told[same] = told.get(same, item.life)._replace(aims=tuple(dict.fromkeys(aims)))
    yield from told.values()
