"""What the platform's documents leave open, decided by a schedule: in which order, how late, and in how many pieces."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from scorewright_pardot.delays import LISTS_TAKE, PROGRAMS_TAKE, RULES_TAKE, SYNC_TAKES
from scorewright_pardot.emulator.days import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.plugin.emulation import Schedule
    from scorewright_pardot.emulator.world import World

__all__ = ["Timing"]

HOUR = 3_600
_PIECE = 300
"""Seconds between looking and doing, where they are pulled apart; each further action takes twice as long as the one
before, so that what another rule does on seeing the first comes before the last, within the hour."""


class Timing:
    """The decisions of one schedule in one play: the same ones each time."""

    def __init__(self, schedule: Schedule, world: World) -> None:
        self.name = schedule.name
        self.random = random.Random(schedule.seed)  # noqa: S311 - the same decisions each time, and no secret
        self.backwards = schedule.name == "reverse"
        self.apart = schedule.name in {"torn", "random"} and not world.rule_acts_in_one_piece
        self.sweep = world.clock_sweep_days * DAY
        self.steps_act_at_once = world.program_steps_read_afresh
        self.loses = world.actions_lose_scores

    def _take(self, hours: int) -> int:
        """How long something takes that takes up to so many hours."""
        if self.name == "late":
            return hours * HOUR
        if self.name == "random" and self.random.random() < 0.5:
            return self.random.randrange(hours * HOUR)
        return 0

    def rules(self) -> int:
        """Seconds until rules look again at a prospect who changed."""
        return self._take(RULES_TAKE)

    def lists(self) -> int:
        """Seconds until dynamic lists follow somebody who changed."""
        return _PIECE if self.name == "torn" else self._take(LISTS_TAKE)

    def sync(self) -> int:
        """Seconds until a formula's result is back."""
        return self._take(SYNC_TAKES)

    def programs(self) -> int:
        """Seconds until a program has noticed that somebody may go in, or that a wait is over."""
        return self._take(PROGRAMS_TAKE)

    def step_apart(self) -> int:
        """Seconds from a step of a program to an action that follows it without a wait; 0: with it."""
        if self.name == "torn":
            return _PIECE
        return self.random.randrange(_PIECE) if self.name == "random" and self.random.random() < 0.5 else 0

    def step_acts(self) -> int:
        """Seconds until what an action step does has been done, while the prospect has gone on; 0: before that."""
        if self.steps_act_at_once:
            return 0
        return _PIECE if self.name == "torn" else self._take(PROGRAMS_TAKE)

    def clock(self) -> int:
        """Seconds until what only the clock has changed is noticed: late looks each just miss the next turn."""
        if self.name == "late":
            return self.sweep - 1
        return self.random.randrange(self.sweep) if self.name == "random" else 0

    def order(self, places: Sequence[int]) -> Sequence[int]:
        """In which order objects are looked at."""
        if self.name == "random":
            shuffled = list(places)
            self.random.shuffle(shuffled)
            return shuffled
        return places[::-1] if self.backwards else places

    def pieces(self, count: int) -> tuple[tuple[int, int], ...]:
        """Seconds after the look at which each of a rule's actions is carried out, and which; empty: all at once."""
        if not self.apart or (self.name == "random" and self.random.random() < 0.5):
            return ()
        places = list(range(count))
        if self.name == "torn":
            return tuple(
                (min(_PIECE * (2 ** (turn + 1) - 1), HOUR), place) for turn, place in enumerate(places)
            )
        self.random.shuffle(places)
        return tuple((self.random.randrange(_PIECE * 4), place) for place in places)

    def loses_score(self, since: int | None) -> bool:
        """Whether an adjustment is lost that comes so many seconds after the same one."""
        if not self.loses or since is None or since >= 60:
            return False
        return self.name in {"late", "torn"} or (self.name == "random" and self.random.random() < 0.5)

    def sets_come_back(self) -> bool:
        """Whether a rescore undoes what rules have set, where nobody knows: by the schedule, seldom as hoped."""
        return self.name in {"late", "torn"} or (self.name == "random" and self.random.random() < 0.5)

    def coupled(self, known: bool | None) -> bool:
        """Whether category points move the overall score, where nobody knows: by the schedule, seldom as hoped."""
        if known is not None:
            return known
        return self.name in {"reverse", "torn"} or (self.name == "random" and self.random.random() < 0.5)
