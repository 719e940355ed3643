"""What the steps of a decay do to a score on one day, as bands of the score: pure arithmetic, no platform."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Decay, Step

__all__ = ["Band", "Tick", "bands", "gaps", "largest", "result", "runs", "ticks", "together"]


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


def largest(decay: Decay) -> int:
    """The highest score that what is subtracted on one day brings to the stop."""
    stop = 0 if decay.stop_at is None else decay.stop_at.value
    return stop + max(
        sum(step.subtract.value for step in tick.steps if step.subtract is not None)
        for tick in ticks(decay, 1)
    )


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
            taken = min(take, now - stop)
            now -= taken
            room = None if room is None else room - taken
    return now


def bands(
    decay: Decay,
    steps: tuple[Step, ...],
    top: int,
    error: int = 0,
    room: int | None = None,
    *,
    most: int | None = None,
) -> tuple[Band, ...]:
    """The bands of one day, lowest first; scores on which nothing acts are in none.

    Above ``top`` the highest band goes on, as far as the levels of its steps reach.  ``error`` lets neighbouring bands
    of a percent share the step of the lower one where it is off by at most so much.  Beyond ``most`` bands the rest is
    left out: a caller that gives it must refuse more bands than that.
    """
    found = _found(decay, steps, top, room, (error, most))
    if error and not any(step.set_to is not None for step in steps):
        # what two scores share by coming to one value can keep more of them from sharing a step that is a little off
        alike = _found(decay, steps, top, room, (error, most), sets=False)
        found = min(found, alike, key=len)
    if (
        found
        and found[0].to is not None
        and found[0].low == _lowest(decay, steps)
        and _sets_all(decay, steps)
    ):
        found[0] = found[0]._replace(low=None)
    return tuple(band._replace(to=None) if _is_one(band) else band for band in found)


def _found(
    decay: Decay,
    steps: tuple[Step, ...],
    top: int,
    room: int | None,
    error_and_most: tuple[int, int | None],
    *,
    sets: bool = True,
) -> list[Band]:
    """The bands; without ``sets`` none that bring all their scores to one value."""
    found: list[Band] = []
    error, most = error_and_most
    percent = any(step.percent for step in steps)
    for first, last in _pieces(decay, steps, top, room):
        few = last if percent else min(first + 2, last)
        for score in range(first, few + 1):
            after = result(decay, steps, score, room)
            if after != score:
                _join(found, score, after, error if percent else 0, sets=sets)
        if few < last and found and found[-1].high == few:
            found[-1] = found[-1]._replace(high=last)
        if most is not None and len(found) > most:
            break
    _above(decay, steps, top, room, found)
    return found


def runs(
    decay: Decay, steps: tuple[Step, ...], ends: tuple[int, int], room: int | None, error: int
) -> list[Band]:
    """The bands between two scores, each of those that lose one number: none sets."""
    found: list[Band] = []
    percent = any(step.percent for step in steps)
    for score in range(ends[0], ends[1] + 1):
        after = result(decay, steps, score, room)
        if after != score:
            _join(found, score, after, error if percent else 0, sets=False)
    return found


def _is_one(band: Band) -> bool:
    """Whether a band is a single score: what it takes is as well said as what it is set to."""
    return band.low is not None and band.low == band.high


_PIECE = 1000
"""So many scores of a percent are planned before their bands are counted again."""


def _pieces(decay: Decay, steps: tuple[Step, ...], top: int, room: int | None) -> Iterator[tuple[int, int]]:
    """Stretches of scores up to ``top``; without a percent, on each the steps take one number or set to one value."""
    lowest = _lowest(decay, steps)
    if any(step.percent for step in steps):
        starts = set(range(lowest, top + 1, _PIECE))
    else:
        starts = {lowest, *(number for number in _turns(decay, steps, room) if lowest < number <= top)}
    for first, after in pairwise((*sorted(starts), top + 1)):
        yield first, after - 1


def _turns(decay: Decay, steps: tuple[Step, ...], room: int | None) -> set[int]:
    """Every score at which what the steps do can change: at levels, where a step comes to the stop or to its value, and where
    what is set and subtracted from leaves the score as it is.
    """
    stop = 0 if decay.stop_at is None else decay.stop_at.value
    ends = {stop, *(step.set_to.value for step in steps if step.set_to is not None)}
    sums = {0}
    for step in steps:
        if step.subtract is not None:
            taken = {number + step.subtract.value for number in sums}
            sums |= taken if room is None else {min(number, room) for number in taken}
    found = {number for end in ends for move in sums for number in (end + move, end - move)}
    return found | {number + 1 for number in found} | _edges(steps)


def _edges(steps: tuple[Step, ...]) -> set[int]:
    """Every score at which another step begins or ends to act."""
    leasts = {step.level.least for step in steps if step.level.least is not None}
    return leasts | {step.level.most + 1 for step in steps if step.level.most is not None}


def _above(decay: Decay, steps: tuple[Step, ...], top: int, room: int | None, found: list[Band]) -> None:
    """What comes above the planned range: the highest band goes on up to the next level, and so on from there."""
    edges = sorted(edge for edge in _edges(steps) if edge > top + 1)
    same = top + 1 not in _edges(steps)
    for first, after in pairwise((top + 1, *edges, None)):
        assert first is not None
        high = None if after is None else after - 1
        if first == top + 1 and same:
            if found and found[-1].high == top:
                far = first + _PIECE if high is None else min(first + _PIECE, high)
                values = (result(decay, steps, first, room), result(decay, steps, far, room))
                found[-1:] = _further(found[-1], values, high)
            continue
        value = result(decay, steps, first, room)
        if value != first:
            sets = first == high or result(decay, steps, first + 1, room) == value
            found.append(Band(first, high, first - value, value if sets else None))


def _further(band: Band, values: tuple[int, int], high: int | None) -> tuple[Band, ...]:
    """The highest band beyond the planned range, where the next score is left at the first of ``values``, and one far above
    at the second: one number is taken there, and only what sets all of them goes on setting.

    A band of a single score may set or take.
    """
    value = values[0]
    if band.to is None or {*values} == {band.to}:
        return (band._replace(high=high),)
    if _is_one(band) and value != band.to:
        return (band._replace(high=high, to=None),)
    assert band.high is not None
    return (band, Band(band.high + 1, high, band.high + 1 - value, None))


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
            least = min(0, step.set_to.value if step.set_to is not None else 0, *_edges(steps)) - 1
        lows.append(
            max(value for value in (least, None if bottom is None else bottom + 1) if value is not None)
        )
    return min(lows)


def _join(found: list[Band], score: int, after: int, error: int, *, sets: bool) -> None:
    """Put one score into the last band where its step is the same, or into a new one."""
    take = score - after
    last = found[-1] if found else None
    if last is not None and last.high == score - 1:
        if last.to == after:
            found[-1] = last._replace(high=score)
            return
        if take > 0 and last.to is not None and last.low == score - 1 and score - 1 - last.to == take:
            found[-1] = Band(last.low, score, take, None)
            return
        if last.to is None and (last.take == take or abs(take - last.take) <= error):
            found[-1] = last._replace(high=score)
            return
    found.append(Band(score, score, take, after if sets else None))


def together(found: Iterable[Band]) -> tuple[tuple[Band, ...], ...]:
    """Bands, lowest first, in as few groups as can be: whoever is in a group comes out below all of it.

    So within a group no rule meets what another has made; one that is open above stands alone, for its top stays in it.
    """
    groups: list[list[Band]] = []
    for band in found:
        lowest = groups[-1][0].low if groups else None
        if lowest is not None and all(_leaves(item, lowest) for item in (*groups[-1], band)):
            groups[-1].append(band)
        else:
            groups.append([band])
    return tuple(map(tuple, groups))


def _leaves(band: Band, lowest: int) -> bool:
    """Whether everybody in a band comes out below a number by taking points; what is set disarms itself elsewhere."""
    return band.to is None and band.high is not None and band.high - band.take < lowest


def gaps(tick: Tick, found: tuple[Band, ...]) -> Iterator[tuple[int | None, int | None]]:
    """Scores that a day's steps fit and leave as they are: below the lowest band, between bands, above the highest."""
    leasts, mosts = ([getattr(step.level, end) for step in tick.steps] for end in ("least", "most"))
    low = None if None in leasts else min(leasts)
    for band in found:
        if band.low is not None and (low is None or low < band.low):
            yield low, band.low - 1
        if band.high is None:
            return
        low = band.high + 1
    most = None if None in mosts else max(mosts)
    if most is None or low is None or low <= most:
        yield low, most
