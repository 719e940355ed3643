"""What Adobe's documents leave open in time and order, decided by a schedule.

No page says how long a trigger waits in its queue, how late a batch begins, or how long a flow takes for one person.
These are the longest that are played: minutes, as in an instance that keeps up.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from scorewright.plugin.emulation import Schedule
    from scorewright_marketo.emulator.platform import Platform

__all__ = ["BATCH_LATE", "BATCH_LONG", "FLOW_LONG", "TRIGGER_LATE", "WAIT_LATE", "Timing"]

TRIGGER_LATE = 180
"""Seconds that a trigger campaign may stand in its queue."""
WAIT_LATE = 60
"""Seconds that a wait may last longer than it says."""
BATCH_LATE = 900
"""Seconds that a recurring batch may begin after its hour."""
FLOW_LONG = 120
"""Seconds that one person may need for the steps of a flow, where steps of others run in between."""
BATCH_LONG = 4 * 3_600
"""The same for a batch, on an instance where a batch takes many people through one step before the next."""
_LAG = 60
"""Seconds until a filter sees an activity, where it does not count the event that has just started the campaign."""

_T = TypeVar("_T")


class Timing:
    """One schedule's decisions, in the order in which they are asked for."""

    def __init__(self, schedule: Schedule, platform: Platform) -> None:
        self.name, self.platform = schedule.name, platform
        self._random = random.Random(schedule.seed)  # noqa: S311 - repeatable on purpose
        chance = self._random.random() < 0.5
        self._odd = {"reverse": True, "torn": True, "random": chance}.get(self.name, False)

    # --- what a fact leaves to chance -------------------------------------------------------------------------------

    def empty_number(self) -> int | None:
        """What an empty number is in a comparison; ``None``: it matches none."""
        as_zero = {"as 0": True, "never matches": False}.get(self.platform.empty_scores, self._odd)
        return 0 if as_zero else None

    def lag(self) -> int:
        """How long filters do not see what has just been logged."""
        counted = {"counted": True, "not counted": False}
        return 0 if counted.get(self.platform.filter_counts_trigger_event, not self._odd) else _LAG

    # --- order ------------------------------------------------------------------------------------------------------

    def ordered(self, items: list[_T], *, fixed: bool = False) -> list[_T]:
        """Objects of one moment in the order in which they come; ``fixed``: the platform keeps the files' order."""
        if fixed or len(items) < 2:
            return items
        if self.name == "reverse":
            return items[::-1]
        if self.name == "random":
            items = items[:]
            self._random.shuffle(items)
        return items

    # --- delays -----------------------------------------------------------------------------------------------------

    def trigger(self) -> int:
        """Seconds in the queue of a trigger campaign."""
        return self._delay(TRIGGER_LATE)

    def wait(self) -> int:
        """Seconds after the end of a wait."""
        return self._delay(WAIT_LATE)

    def batch(self) -> int:
        """Seconds after a batch's hour."""
        return self._delay(BATCH_LATE)

    def _delay(self, most: int) -> int:
        if self.name == "late":
            return most
        if self.name == "random":
            return self._random.choice((0, self._random.randrange(most + 1)))
        return 0

    def gap(self, length: int, *, batch: bool) -> int:
        """Seconds between two steps of a run; 0 where nothing runs in between."""
        slow = batch and not self.platform.batch_person_in_minutes and self.name in {"late", "torn", "random"}
        if slow:
            return max(1, BATCH_LONG // (length + 1))
        if not self.platform.runs_interleave:
            return 0
        torn = self.name == "torn" or (self.name == "random" and self._random.random() < 0.5)
        return max(1, FLOW_LONG // (length + 1)) if torn else 0
