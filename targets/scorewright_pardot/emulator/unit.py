"""The business unit in which criteria are typed: its facts, its clock, and what its dropdowns offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.emulator.texts import fold_by

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from scorewright_pardot.emulator.days import Calendar
    from scorewright_pardot.emulator.world import World

__all__ = ["Names", "Unit"]


class Names(NamedTuple):
    """What there is to choose in the dropdowns: lists, scoring categories, profiles of the prospects; types of new fields."""

    lists: Collection[str]
    categories: Collection[str]
    profiles: Collection[str]
    types: Mapping[str, str] = {}


class Unit(NamedTuple):
    """What every reader of criteria is given."""

    world: World
    calendar: Calendar
    names: Names

    @property
    def fold(self) -> Callable[[str], str]:
        """How the unit makes two texts comparable."""
        return fold_by(self.world.text_ignores_case)
