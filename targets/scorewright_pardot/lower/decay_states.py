"""A limit of points in a silence, beside steps that do not take one number from everybody: tags tell how much has been taken.

A step puts the tag of its day, and takes none off: the last day's counts, and whoever is active again loses them all.
So a step ends its own match, and whoever looks between its actions finds what was there before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.decay_due import DecayDue, takes_alike
from scorewright_pardot.lower.expression import both, either, tagged
from scorewright_pardot.lower.fitting import fit, untagged
from scorewright_pardot.lower.happened import active_within
from scorewright_pardot.lower.spent import NOBODY_YET, PHASE_DECAY
from scorewright_pardot.lower.taken import FRESH, follow, only_sets
from scorewright_pardot.objects import Act, AutomationRule

if TYPE_CHECKING:
    from scorewright.model.elements import Decay
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.lower.scores import Home
    from scorewright_pardot.lower.taken import Course, Stage, State
    from scorewright_pardot.lower.ticks import Band, Tick

__all__ = ["DecayStates"]

_MOST_STAGES = 200
"""Each band of a stage is a rule at least."""
_MOST_STATES = 40
"""Each is a tag, and asked for by every rule of its day."""
_MOST_TOP = 5_000
"""Every score up to the highest is followed through a silence."""


class DecayStates(DecayDue):
    """The states of one decay, where its limit needs them."""

    def __init__(self, cx: Context, decay: Decay, home: Home) -> None:
        super().__init__(cx, decay, home)
        self.course: Course | None = None
        self.tags: dict[State, str] = {}

    def _spend(self, due: tuple[Tick, ...]) -> tuple[tuple[Tick, int | None], ...]:
        """As where all lose the same; else the days of the states' course, and what they leave off is said."""
        if self.decay.limit is None or all(map(takes_alike, self.decay.steps)):
            return super()._spend(due)
        self.course = self._follow(due)
        acting = {stage.day for stage in self.course.stages if stage.found}
        self._tag_states(due[0].day)
        return tuple((tick, None) for tick in due if tick.day in acting or only_sets(tick))

    def _follow(self, due: tuple[Tick, ...]) -> Course:
        decay = self.decay
        if any(not only_sets(tick) and any(step.set_to is not None for step in tick.steps) for tick in due):
            raise CannotLowerError(
                "no-criterion-for-it",
                "on one day a step sets, and another takes what a limit counts, and no criterion asks how much of it was taken",
                "let them come on different days",
                (*decay.path, "limit"),
            )
        found = None
        if self.top <= _MOST_TOP:
            found = follow(
                decay,
                due,
                self.top,
                error=self.cx.options.percent_error,
                loose=self.earned or bool(self._others()),
                most=_MOST_STAGES,
                sure=self.sure,
            )
        if found is None or len(_states(found)) > _MOST_STATES:
            raise self._too_many_states(found)
        return found

    def _too_many_states(self, found: Course | None) -> CannotLowerError:
        count = f"more than {_MOST_STAGES} rules" if found is None else f"{len(_states(found))} tags"
        error = ", or a percent_error in [targets.pardot], which makes them fewer" if self.percent else ""
        return CannotLowerError(
            "range-too-large",
            f"what has been taken so far in a silence depends on where somebody began: up to {self.top:,} that is told apart by "
            f"{count}, and no more than {_MOST_STATES} tags are built",
            f"a lower ceiling or a smaller range for the score{error}; or a stop_at instead of the limit",
            (*self.decay.path, "limit"),
        )

    def _tag_states(self, first: int) -> None:
        """The tags, and the rule that takes them off whoever is active again."""
        cx, decay = self.cx, self.decay
        assert self.course is not None
        why = "Says how much has been taken in this silence, up to this day of it; it comes off when they are active again."
        for state in _states(self.course):
            name = cx.names.tag("decay", decay.key, f"{state.day}-days-taken-{state.taken}")
            self.tags[state] = cx.tag(name, decay, why)
        if not self.tags:
            return
        tree = both(either(*map(tagged, self.tags.values())), active_within(cx, first))
        name = cx.names.rule(f"decay {decay.key}", "nothing taken yet again")
        off = tuple(Act(ACTIONS["tag-remove"].text, tag) for tag in self.tags.values())
        made = cx.made(decay, "decay-arm-again")
        cx.add(
            AutomationRule(name, fit(cx, tree, decay), off, cx.repeat, PHASE_DECAY, NOBODY_YET, made), name
        )

    def _percent_bounds(self) -> None:
        """What comes above the range; what neighbours share is said with the states."""
        if self.course is None:
            super()._percent_bounds()
            return
        low, high = self.course.off
        said = [] if self.sure else [f"every score above {self.top} loses what {self.top} loses at a step"]
        off = max(-(low or 0), high or 0)
        said += [f"by steps that neighbours share, up to {off} in a whole silence"] if off else []
        values = (*self._in_a_silence(self.course.off, above=False), *self._above())
        self.cx.bounded("percent-in-steps", "; ".join(said), bounds=values)

    def _stages(self, tick: Tick) -> tuple[Stage, ...]:
        """The stages of a day, where tags tell them apart."""
        if self.course is None or only_sets(tick):
            return ()
        return tuple(stage for stage in self.course.stages if stage.day == tick.day)

    def _is_in(self, stage: Stage) -> Expression:
        """That somebody is in the state of a stage, and the day has not been for them."""
        state = stage.state
        later = (
            tag
            for other, tag in self.tags.items()
            if other != state and max(state.day, 1) <= other.day <= stage.day
        )
        here = both() if state == FRESH else tagged(self.tags[state])
        return both(here, untagged(self.cx, *later))

    def _left(self, stage: Stage) -> dict[Band, tuple[Act, ...]]:
        """The tag that each band leaves."""
        return {
            band: () if state is None else (Act(ACTIONS["tag-add"].text, self.tags[state]),)
            for band, state in zip(stage.found, stage.into, strict=True)
        }


def _states(course: Course) -> tuple[State, ...]:
    """All states that a tag stands for, in order."""
    return tuple(sorted({state for stage in course.stages for state in stage.into if state is not None}))
