"""One person's way through one instance: what happens outside, and when rules, lists and formulas follow."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from scorewright.model.history import FieldSet, Happening
from scorewright_pardot.emulator.intake import Intake
from scorewright_pardot.emulator.sweeps import Sweeps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorewright.model.history import Listed, Person, Scalar
    from scorewright.plugin.emulation import Schedule
    from scorewright_pardot.emulator.instance import Instance

__all__ = ["Play"]

_INSIDE, _OUTSIDE, _LOOK = range(3)
"""What falls on one instant: what the platform has to do, then what happens, then what is read off."""


class Play:
    """One play.  Nothing of it outlives it."""

    def __init__(self, instance: Instance, person: Person, schedule: Schedule) -> None:
        self.instance = instance
        self.person = person
        self.sweeps = Sweeps(instance, schedule, person.created, self._push)
        self.intake = Intake(instance, self.sweeps, person)
        self.heap: list[tuple[int, int, int, Callable[[int], None]]] = []
        self.count = 0
        self.sights: list[dict[str, Scalar]] = []

    def run(self, looks: Sequence[int]) -> list[dict[str, Scalar]]:
        """Play up to the last look; gives what each look sees."""
        self._lay_out(looks)
        end = looks[-1] if looks else self.person.created
        heap = self.heap
        while heap and heap[0][0] <= end:
            at, rank, _, job = heappop(heap)
            job(at)
            if rank != _LOOK:
                self.sweeps.follow(at)
        return self.sights

    def _push(self, at: int, job: Callable[[int], None], rank: int = _INSIDE) -> None:
        self.count += 1
        heappush(self.heap, (at, rank, self.count, job))

    def _lay_out(self, looks: Sequence[int]) -> None:
        """Everything that is known to come; what was before the person was known arrives with them."""
        created, starts = self.person.created, self.instance.starts
        before = starts is not None and created < starts
        there = before or bool(self.person.scores or self.person.marks)
        self._push(created, lambda at: self.intake.create(at, live=not there), _OUTSIDE)
        if there:
            self._push(starts if before and starts is not None else created, self.sweeps.go_live, _OUTSIDE)
        told = []
        for place, item in enumerate(self.person.history):
            known = item.known if isinstance(item, Happening) and item.known is not None else item.at
            told.append((max(known, created), item.at, place, item))
        for known, _, _, item in sorted(told, key=lambda entry: entry[:3]):
            self._push(known, self._job(item), _OUTSIDE)
        for at in self.instance.switch_days:
            if at > created:
                self._push(at, self.sweeps.switch)
        for at in looks:
            self._push(at, self._look, _LOOK)

    def _job(self, item: Happening | FieldSet | Listed) -> Callable[[int], None]:
        if isinstance(item, Happening):
            return lambda at: self.intake.happening(item, at)
        if isinstance(item, FieldSet):
            return lambda _: self.intake.field(item)
        return lambda _: self.intake.listed(item)

    def _look(self, _at: int) -> None:
        prospect = self.sweeps.prospect
        self.sights.append({name: read(prospect) for name, read in self.instance.sights})
