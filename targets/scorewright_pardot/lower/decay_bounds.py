"""How far the rules of a decay can leave a score from what is meant: arithmetic over every start, no platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.lower.bounds import either
from scorewright_pardot.lower.ticks import result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from scorewright.model.elements import Decay
    from scorewright_pardot.lower.bounds import Room
    from scorewright_pardot.lower.ticks import Band, Tick

__all__ = ["most_taken", "rest_of", "starts", "stepping", "stopping"]

_EVERY_START = 3_000
"""So many starts are all tried; of more, those around the bands' ends."""
_MOST_TURNS = 2_000

Built = "Callable[[Tick, int], int]"


def starts(top: int, found: Iterable[Band]) -> tuple[int, ...]:
    """The scores that a silence is tried from: all up to ``top``, or those at which something turns."""
    ends = {end for band in found for end in (band.low, band.high) if end is not None}
    low = min(0, *ends) if ends else 0
    if top - low <= _EVERY_START:
        return tuple(range(low - 1, top + 1))
    near = {end + by for end in (*ends, top, low) for by in range(-2, 3)}
    return tuple(sorted(number for number in near if number <= top))


def most_taken(decay: Decay, due: Sequence[Tick], begin: Iterable[int], *, for_ever: bool = False) -> int:
    """The most that these steps take from any start; with ``for_ever`` those that repeat go on until nothing moves."""
    most = 0
    for start in begin:
        end = _after(decay, due, start)
        most = max(most, start - (rest_of(decay, end) if for_ever else end))
    return most


def _after(decay: Decay, due: Sequence[Tick], score: int) -> int:
    for tick in due:
        score = result(decay, tick.steps, score)
    return score


def rest_of(decay: Decay, score: int) -> int:
    """Where a score comes to rest by the steps that repeat for ever."""
    again = [step for step in decay.steps if step.every is not None]
    for _ in range(_MOST_TURNS):
        before = score
        for step in again:
            score = result(decay, (step,), score)
        if score == before:
            break
    return score


def stepping(
    decay: Decay, due: Sequence[Tick], begin: Iterable[int], built: Callable[[Tick, int], int]
) -> Room:
    """How far what the bands take is off, after each step of a silence, from any start."""
    low = high = 0
    for start in begin:
        shown = meant = start
        for tick in due:
            shown, meant = built(tick, shown), result(decay, tick.steps, meant)
            low, high = min(low, shown - meant), max(high, shown - meant)
    return low, high


def stopping(
    decay: Decay, due: Sequence[Tick], begin: Iterable[int], built: Callable[[Tick, int], int]
) -> Room:
    """How far a score is off that rests when the last step that is built is over, while the silence goes on."""
    rooms = []
    for start in begin:
        shown = start
        for tick in due:
            shown = built(tick, shown)
        off = shown - rest_of(decay, _after(decay, due, start))
        rooms.append((min(0, off), max(0, off)))
    return either(*rooms)
