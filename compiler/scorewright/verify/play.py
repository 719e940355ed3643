"""One life on both machines: what it means, what the platform shows, and what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.semantics import Machine
from scorewright.verify.acting import Acting
from scorewright.verify.asked import built, played
from scorewright.verify.compare import Judge
from scorewright.verify.lives import Held, Situations
from scorewright.verify.meant import meant
from scorewright.verify.quiet import hours_of
from scorewright.verify.reach import reach_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.model.elements import Model
    from scorewright.plugin.emulation import Emulator, Played, Schedule
    from scorewright.plugin.target import Target
    from scorewright.verify.bundle import ReadBundle
    from scorewright.verify.compare import Judged
    from scorewright.verify.lives import Life
    from scorewright.verify.meant import Meant

__all__ = ["Outcome", "Prepared", "Stage"]


class Prepared(NamedTuple):
    """A life with what it means, and the situations that it has held up to an instant.

    They are asked for with the hours that a gauge takes to be right, and the instant.
    """

    life: Life
    meant: Meant
    situations: Callable[[int, int], frozenset[str]]


class Outcome(NamedTuple):
    """One life under one schedule."""

    life: Life
    schedule: Schedule
    meant: Meant
    played: Played
    judged: Judged


class Stage:
    """A model and one target's bundle of it, made ready to be played."""

    def __init__(self, model: Model, target: Target, bundle: ReadBundle) -> None:
        self.model = model
        self.target = target
        self.bundle = bundle
        self.machine = Machine(model)
        self._names = tuple(gauge.name for gauge in bundle.gauges)
        self.judge = Judge(bundle.gauges, bundle.bounds, reach_of(model))
        self._acting = Acting(bundle.tables)
        self._situations = Situations(model, {item.bound.when for item in bundle.bounds})
        self._hours = {
            hours_of(gauge, schedule) for gauge in bundle.gauges for schedule in ("prompt", "late")
        }
        self._emulators: dict[tuple[tuple[str, object], ...], Emulator] = {}

    def emulator(self, facts: Mapping[str, bool | int | str]) -> Emulator:
        """The platform with these facts; built once for each set of them.

        Raises ``EmulatorFaultError``, and ``UnreadableBundleError``.
        """
        key = tuple(sorted(facts.items()))
        if key not in self._emulators:
            self._emulators[key] = built(lambda: self.target.emulator(self.model, self.bundle.tables, facts))
        return self._emulators[key]

    def prepare(self, life: Life) -> Prepared:
        """What a life means, and which situations it holds: the same whatever it is played under."""
        wanted = meant(self.machine, life, self.bundle.gauges)
        looks = [look.at for look in wanted.looks]
        return Prepared(life, wanted, Held(self._situations, life, wanted.timeline, self._hours, looks).at)

    def play(
        self, life: Prepared | Life, schedule: Schedule, facts: Mapping[str, bool | int | str]
    ) -> Outcome:
        """Play one life under one schedule.  Raises as ``emulator`` does."""
        ready = life if isinstance(life, Prepared) else self.prepare(life)
        looks = tuple(look.at for look in ready.meant.looks)
        shown = played(self.emulator(facts), ready.life, looks, schedule, self._names)
        acted = self._acting.of(ready.meant.timeline, shown.deeds)
        judged = self.judge.judge(ready.meant, shown.sights, ready.situations, schedule.name, acted)
        return Outcome(ready.life, schedule, ready.meant, shown, judged)
