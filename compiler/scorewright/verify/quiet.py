"""When to look: the moments at which nothing has happened for so long that the platform has had its time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from scorewright.verify.lives.life import BY_CLOCK, known_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from scorewright.model.history import Scalar
    from scorewright.plugin.emulation import Gauge
    from scorewright.semantics import Timeline
    from scorewright.verify.lives import Life

__all__ = ["LONGEST_DAY", "Look", "hours_of", "lately", "looks_of", "settle_hours", "turns"]

_HOUR = 3_600
_DAY = 24 * _HOUR
LONGEST_DAY = 25 * _HOUR
"""Where summer time ends; and a platform that counts a date's days in hours tells one of the other half year an hour sooner."""

_TURNS = frozenset({"holds", "ends"})
"""Reasons of changes of what holds."""


class Look(NamedTuple):
    """An instant, and how many seconds before it the last thing happened."""

    at: int
    quiet: int


def settle_hours(gauges: Sequence[Gauge]) -> int:
    """How long a platform needs at most until all that it shows is right."""
    return max((gauge.settles for gauge in gauges), default=24)


def hours_of(gauge: Gauge, schedule: str) -> int:
    """How long a gauge may take to be right under a schedule."""
    return gauge.prompt if schedule == "prompt" and gauge.prompt else gauge.settles


def looks_of(
    life: Life, timeline: Timeline, gauges: Sequence[Gauge], dated: Collection[str] = ()
) -> tuple[Look, ...]:
    """In each gap the first instant at which each gauge must be right, and the last before the next thing happens.

    What the reference machine does by its clock is noticed at a day's start, and a platform may notice it as soon as
    it is so: in the day before, nobody looks, even where something happens at that very instant.  So the timeline goes on
    for a day after the life's end.  ``dated`` names the elements that the clock turns by itself: where something happens,
    it may only be told then that they have turned.
    """
    waits = sorted({hours * _HOUR for gauge in gauges for hours in (gauge.settles, gauge.prompt) if hours})
    told = _told(life)
    stirs = sorted({*told, *(change.at for change in timeline.changes if change.at <= life.until)})
    by_clock: dict[int, int] = {}
    for change in timeline.changes:
        turns = change.reason in _TURNS and change.element in dated
        if turns or change.reason in BY_CLOCK or change.at > life.until:
            by_clock[change.at] = max(LONGEST_DAY if turns else _DAY, by_clock.get(change.at, 0))
    ends = [
        stir - (by_clock.get(stir, 0) if stir in told else by_clock.get(stir, _DAY)) - 1 for stir in stirs[1:]
    ]
    clock = sorted(by_clock.items())
    return tuple(
        look
        for before, last in zip(stirs, [*ends, life.until], strict=True)
        for look in _between(before, _days_before(clock, last), waits)
    )


def _days_before(clock: Sequence[tuple[int, int]], last: int) -> int:
    """The last look of a gap, a day before what the clock does next, whatever else happens in that day."""
    place = bisect_right(clock, last, key=itemgetter(0))
    return min(last, clock[place][0] - clock[place][1] - 1) if place < len(clock) else last


def around(looks: Sequence[Look]) -> set[int]:
    """Where each gap begins, and a day after each look at which it ends."""
    ends = {look.at - look.quiet: look.at + LONGEST_DAY for look in looks}
    return {*ends, *ends.values()}


def lately(
    looks: Sequence[Look], gauges: Sequence[Gauge], days: Callable[[int, int], Iterable[int]]
) -> set[int]:
    """The day's starts before each look at which a date may have turned a gauge that need not be right yet."""
    back = settle_hours(gauges) * _HOUR + LONGEST_DAY
    return {at for look in looks for at in days(look.at - min(back, look.quiet), look.at)}


def turns(
    looks: Sequence[Look],
    gauges: Sequence[Gauge],
    seen: Mapping[int, Mapping[str, Scalar]],
    between: Callable[[int, int], Mapping[int, Mapping[str, Scalar]]],
) -> dict[tuple[int, str], int]:
    """How long it is quiet at a look for a gauge that a date has turned since the last thing happened.

    ``seen`` holds the gauges' values at each look, ``around`` them and ``lately``; ``between`` gives them for each day's start from one
    instant to another.  In the day before a turn nobody looks either: the quiet is less than nothing then.
    """
    found: dict[tuple[int, str], int] = {}
    for begun, gap in groupby(looks, key=lambda look: look.at - look.quiet):
        places = [begun, *(look.at for look in gap)]
        for first, last in pairwise(places):
            names = [gauge.name for gauge in gauges if seen[first][gauge.name] != seen[last][gauge.name]]
            days = between(first, last) if names else {}
            for name in names:
                at = _last_turn(name, first, seen[first][name], days)
                for look in places[1:]:
                    if look >= at or at - look <= LONGEST_DAY:
                        found[look, name] = look - at
        last, after = places[-1], seen.get(places[-1] + LONGEST_DAY, {})
        turning = [gauge.name for gauge in gauges if after and after[gauge.name] != seen[last][gauge.name]]
        found.update({(last, name): -1 for name in turning})
    for key, quiet in _turned_back(looks, gauges, seen):
        found[key] = min(quiet, found.get(key, quiet))
    return found


def _turned_back(
    looks: Sequence[Look], gauges: Sequence[Gauge], seen: Mapping[int, Mapping[str, Scalar]]
) -> Iterator[tuple[tuple[int, str], int]]:
    """What a date has turned and turned back within a gap shows the same at both ends of it."""
    instants = sorted(seen)
    for look in looks:
        first, last = bisect_left(instants, look.at - look.quiet), bisect_left(instants, look.at)
        for gauge in gauges:
            after = look.at
            for at in reversed(instants[first:last]):
                if after - at > LONGEST_DAY:
                    break  # from here on nobody has looked at each day's start
                if seen[at].get(gauge.name) != seen[look.at][gauge.name]:
                    yield (look.at, gauge.name), look.at - after
                    break
                after = at


def _last_turn(name: str, first: int, before: Scalar, days: Mapping[int, Mapping[str, Scalar]]) -> int:
    """The first day's start at which a gauge shows what it goes on showing."""
    turned = first
    for at, values in sorted(days.items()):
        if values[name] != before:
            turned, before = at, values[name]
    return turned


def _told(life: Life) -> set[int]:
    """When something is told; of nobody before they are created."""
    created = life.person.created
    told = {known_at(item, created) for item in life.person.history}
    return {created, *(at for at in told if at <= life.until)}


def _between(before: int, last: int, waits: Sequence[int]) -> Iterator[Look]:
    gap = last - before
    quiet = {wait for wait in waits if wait < gap}
    if waits and gap >= waits[0]:
        quiet.add(gap)
    yield from (Look(before + wait, wait) for wait in sorted(quiet))
