"""What the steps of a decay do to a score on one day, as bands of the score: pure arithmetic, no platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Decay, Step

__all__ = ["Band", "Tick", "bands", "gaps", "result", "ticks"]


class Band(NamedTuple):
    """Scores from ``low`` to ``high`` (``None``: open) lose ``take``, or are set to ``to`` where that is given."""

    low: int | None
    high: int | None
    take: int
    to: int | None


class Tick(NamedTuple):
    """The steps due so many days into a silence."""

    day: int
    steps: tuple[Step, ...]


def ticks(decay: Decay, periods: int) -> tuple[Tick, ...]:
    """Every day on which something is due, repeating steps so many times, in order."""
    due: dict[int, list[Step]] = {}
    for step in decay.steps:
        every = step.every.days if step.every is not None else None
        for number in range(periods if every is not None else 1):
            due.setdefault((step.after.days or 0) + number * (every or 0), []).append(step)
    return tuple(Tick(day, tuple(due[day])) for day in sorted(due))


def result(decay: Decay, steps: Iterable[Step], score: int, room: int | None = None) -> int:
    """A score after these steps: levels are read before the first, ``stop_at`` beats every step.

    ``room`` is what subtract and percent may still take in this silence.
    """
    now = score
    for step in steps:
        if not step.level.holds(score):
            continue
        if step.set_to is not None:
            stop = None if decay.stop_at is None else decay.stop_at.value
            if stop is None or now > stop:
                now = step.set_to.value if stop is None else max(step.set_to.value, stop)
            continue
        stop = 0 if decay.stop_at is None else decay.stop_at.value
        take = (
            step.subtract.value
            if step.subtract is not None
            else round_half_up(now * (step.percent or 0), 100)
        )
        if room is not None:
            take = min(take, room)
        if now > stop and take > 0:
            now = max(now - take, stop)
    return now


def bands(
    decay: Decay, steps: tuple[Step, ...], top: int, error: int = 0, room: int | None = None
) -> tuple[Band, ...]:
    """The bands of one day, lowest first; scores on which nothing acts are in none.

    Above ``top`` the highest band goes on.  ``error`` lets neighbouring bands of a percent share the step
    of the lower one where it is off by at most so much.
    """
    found: list[Band] = []
    for score in range(_lowest(decay, steps), top + 1):
        after = result(decay, steps, score, room)
        if after == score:
            continue
        _join(found, score, after, error if any(step.percent for step in steps) else 0)
    if found and found[-1].high == top:
        found[-1] = found[-1]._replace(high=None)
    if (
        found
        and found[0].to is not None
        and found[0].low == _lowest(decay, steps)
        and _sets_all(decay, steps)
    ):
        found[0] = found[0]._replace(low=None)
    return tuple(band._replace(to=None) if band.low == band.high else band for band in found)


def _sets_all(decay: Decay, steps: tuple[Step, ...]) -> bool:
    return decay.stop_at is None and any(
        step.set_to is not None and step.level.lower is None for step in steps
    )


def _lowest(decay: Decay, steps: tuple[Step, ...]) -> int:
    """The least score on which these steps can act."""
    stop = None if decay.stop_at is None else decay.stop_at.value
    lows = []
    for step in steps:
        bottom = stop if stop is not None else (0 if step.set_to is None else None)
        least = step.level.least
        if bottom is None and least is None:
            least = min(0, step.set_to.value if step.set_to is not None else 0) - 1
        lows.append(
            max(value for value in (least, None if bottom is None else bottom + 1) if value is not None)
        )
    return min(lows)


def _join(found: list[Band], score: int, after: int, error: int) -> None:
    """Put one score into the last band where its step is the same, or into a new one."""
    take = score - after
    last = found[-1] if found else None
    if last is not None and last.high == score - 1:
        if last.to == after:
            found[-1] = last._replace(high=score)
            return
        if last.to is not None and last.low == score - 1 and score - 1 - last.to == take:
            found[-1] = Band(last.low, score, take, None)
            return
        if last.to is None and (last.take == take or abs(take - last.take) <= error):
            found[-1] = last._replace(high=score)
            return
    found.append(Band(score, score, take, after))


def gaps(tick: Tick, found: tuple[Band, ...]) -> Iterator[tuple[int | None, int | None]]:
    """Scores that a day's steps fit and leave as they are: below the lowest band, between bands, above the highest."""
    leasts, mosts = ([getattr(step.level, end) for step in tick.steps] for end in ("least", "most"))
    low = None if None in leasts else min(leasts)
    for band in found:
        if band.low is None:
            return
        if low is None or low < band.low:
            yield low, band.low - 1
        if band.high is None:
            return
        low = band.high + 1
    most = None if None in mosts else max(mosts)
    if most is None or low is None or low <= most:
        yield low, most
