"""The emulator as the proof asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.emulation import Played
from scorewright_pardot.emulator.instance import Instance
from scorewright_pardot.emulator.play import Play
from scorewright_pardot.emulator.world import MODELLED, World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright.model.history import Person
    from scorewright.plugin.emulation import Descent, Schedule, Tables
    from scorewright.plugin.migration import Changed

__all__ = ["PardotEmulator"]


class PardotEmulator:
    """Account Engagement with a bundle built in it.

    ``tables`` are those of the bundle's files, ``gauges`` among them.  Raises ``UnreadableBundleError`` for what the
    platform has no name for.
    """

    def __init__(self, model: Model, tables: Tables, facts: Mapping[str, bool | int | str]) -> None:
        self.modelled = MODELLED
        self._world = World.of(facts)
        self._instance = Instance(model, tables, self._world)
        self._tables = tables

    def play(self, person: Person, looks: Sequence[int], schedule: Schedule) -> Played:
        """Play a history under a schedule, and read every gauge at each look."""
        play = Play(self._instance, person, schedule)
        sights = play.run(looks)
        return Played(tuple(sights), tuple(play.sweeps.deeds))

    def since(self, model: Model, tables: Tables, moves: Sequence[Mapping[str, Any]]) -> Changed:
        """The same business unit with the version before in it, and the moves to this one."""
        from scorewright_pardot.emulator.changing import Changing

        return Changing((model, self._instance.model), (tables, self._tables), moves, self._world)

    def descents(self, planned: Mapping[str, int]) -> tuple[Descent, ...]:
        """How each category that a decay sets to a value comes down to it, from every value and in every order."""
        from scorewright_pardot.emulator.descents import descents

        instance = self._instance
        return descents(instance.model, self._tables, instance.built, instance.world, planned)
