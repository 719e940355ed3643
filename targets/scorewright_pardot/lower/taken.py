"""What has been taken in a silence, where a limit asks for it: states that a tag can tell apart.  Pure arithmetic.

A percent, or a step for some scores, takes more from one than from another; so what a limit still allows depends on where
somebody began.  Every start is followed through the days of a silence, and those of whom as much has been taken are one
state, unless the limit will never bind for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.lower.ticks import Band, result, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.model.elements import Decay
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.ticks import Tick

__all__ = ["FRESH", "Course", "Stage", "State", "follow", "only_sets"]


class State(NamedTuple):
    """Of whom so much has been taken, the last of it on this day of the silence."""

    day: int
    taken: int


FRESH = State(0, 0)
"""Nothing has been taken, or so little that the limit never binds."""


class Stage(NamedTuple):
    """What a day does to one state: its bands, and for each the state after it; ``None`` where it stays as it is."""

    day: int
    state: State
    found: tuple[Band, ...]
    into: tuple[State | None, ...]


class Course(NamedTuple):
    """All stages in order, and how far what the bands take is off after any of them."""

    stages: tuple[Stage, ...]
    off: Room


class _Person(NamedTuple):
    """A score as it is shown and as it is meant, and what has been taken of each."""

    shown: int
    state: State
    meant: int
    taken: int


def only_sets(tick: Tick) -> bool:
    """Whether a day only sets: that counts for no limit, and is done to every state alike."""
    return all(step.set_to is not None for step in tick.steps)


class _Follow:
    """One decay on its way through a silence."""

    def __init__(
        self, decay: Decay, due: Sequence[Tick], top: int, *, error: int, loose: bool, sure: bool
    ) -> None:
        self.decay = decay
        self.due = due
        self.limit = decay.limit or 0
        self.error = error
        self.loose = loose
        self.sure = sure
        edges = [
            end for step in decay.steps for end in (step.level.least, step.level.most) if end is not None
        ]
        sets = [step.set_to.value for step in decay.steps if step.set_to is not None]
        self.stop = 0 if decay.stop_at is None else decay.stop_at.value
        self.low = min([self.stop, *edges, *sets]) - 1
        self.top = max([top, *(edge + 1 for edge in edges)])
        self.open = {FRESH}
        self.known: dict[tuple[int, int, int], bool] = {}

    def course(self, most: int) -> Course | None:
        """All stages, until nothing more can come; ``None`` where there are more than ``most`` bands."""
        people = {_Person(score, FRESH, score, 0) for score in range(self.low, self.top + 1)}
        found: list[Stage] = []
        low = high = 0
        for place, tick in enumerate(self.due):
            stages = [] if only_sets(tick) else [*self._stages(place, people)]
            if sum(len(stage.found) for stage in (*found, *stages)) > most:
                return None
            acting = any(stage.found for stage in stages)
            found += stages
            moved = {self._moved(person, tick, stages) for person in people}
            low = min([low, *(person.shown - person.meant for person in moved)])
            high = max([high, *(person.shown - person.meant for person in moved)])
            rest = moved == people and not acting
            people = moved
            if rest and {later.steps for later in self.due[place + 1 :]} <= {tick.steps}:
                break
        return Course(tuple(found), (low, high))

    def _stages(self, place: int, people: Iterable[_Person]) -> Iterator[Stage]:
        scores: dict[State, list[int]] = {state: [] for state in sorted({item.state for item in people})}
        for person in people:
            scores[person.state].append(person.shown)
        tick = self.due[place]
        for state, here in scores.items():
            ends = (self.low, self.top) if self.loose else (min(here), max(here))
            room = self.limit - state.taken
            found = runs(self.decay, tick.steps, ends, room, self.error) if room > 0 else []
            if found and state in self.open and found[-1].high == max(ends):
                found[-1] = found[-1]._replace(high=None)
            into = tuple(self._into(place, state, band, ends[1]) for band in found)
            yield Stage(tick.day, state, *self._at_the_stop(found, into))

    def _into(self, place: int, state: State, band: Band, top: int) -> State | None:
        """The state after a band; none where the limit cannot bind for anybody in it."""
        assert band.low is not None
        if not self._comes(place + 1):
            return None
        after = State(self.due[place].day, state.taken + band.take)
        last = top if band.high is None else band.high
        scores = (
            range(self.low, self.top + 1) if self.loose else range(band.low - band.take, last - band.take + 1)
        )
        bound = band.high is None and not self.sure
        if (
            state == FRESH
            and not bound
            and all(self._free(score, place + 1, after.taken) for score in scores)
        ):
            return None
        if band.high is None:
            self.open.add(after)
        return after

    def _comes(self, place: int) -> bool:
        """Whether anything is taken later: of a score beyond the range nobody knows how much."""
        return any(not only_sets(tick) for tick in self.due[place:])

    def _free(self, score: int, place: int, taken: int) -> bool:
        """Whether it makes no difference for the rest of a silence that so much has been taken."""
        key = (score, place, taken)
        if key not in self.known:
            self.known[key] = self._is_free(score, place, taken)
        return self.known[key]

    def _is_free(self, score: int, place: int, taken: int) -> bool:
        for tick in self.due[place:]:
            after = result(self.decay, tick.steps, score, self.limit - taken)
            if after != result(self.decay, tick.steps, score, self.limit):
                return False
            taken, score = taken + (0 if only_sets(tick) else score - after), after
        return True

    def _at_the_stop(
        self, found: Sequence[Band], into: Sequence[State | None]
    ) -> tuple[tuple[Band, ...], tuple[State | None, ...]]:
        """Those who come to the stop are set to it together: nothing more is taken of them, so no tag need tell how much."""
        low = [
            band
            for band in found
            if band.low == band.high and band.low is not None and band.low - band.take == self.stop
        ]
        if self.loose or len(low) < 2 or self._lifted():
            return tuple(found), tuple(into)
        first, last = low[0], low[-1]
        one = Band(first.low, last.high, last.take, self.stop)
        begin, end = found.index(first), found.index(last) + 1
        return (*found[:begin], one, *found[end:]), (*into[:begin], None, *into[end:])

    def _lifted(self) -> bool:
        """Whether a step can bring somebody up again who is at the stop."""
        return any(step.set_to is not None and step.set_to.value > self.stop for step in self.decay.steps)

    def _moved(self, person: _Person, tick: Tick, stages: Iterable[Stage]) -> _Person:
        steps, sets = tick.steps, only_sets(tick)
        meant = result(self.decay, steps, person.meant, None if sets else self.limit - person.taken)
        taken = person.taken + (0 if sets else person.meant - meant)
        if sets:
            return _Person(result(self.decay, steps, person.shown), person.state, meant, taken)
        stage = next(item for item in stages if item.state == person.state)
        for band, state in zip(stage.found, stage.into, strict=True):
            assert band.low is not None
            if band.low <= person.shown and (band.high is None or person.shown <= band.high):
                shown = person.shown - band.take if band.to is None else band.to
                return _Person(shown, state or person.state, meant, taken)
        return person._replace(meant=meant, taken=taken)


def follow(
    decay: Decay, due: Sequence[Tick], top: int, *, error: int, loose: bool, sure: bool, most: int
) -> Course | None:
    """The stages of a silence; ``None`` where there are more than ``most`` bands.

    ``loose``: the score can move within a silence, so that every state can have any score.  ``error`` lets neighbouring
    bands share the step of the lower one where it is off by at most so much.  ``sure``: no score is above ``top``.
    """
    return _Follow(decay, due, top, error=error, loose=loose, sure=sure).course(most)
