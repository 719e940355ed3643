"""The coin form: each rule takes the lower bound of its band, the bands are disjoint, the top one is open.

A distance is paid like change: the greatest coin as often as it fits, then the next.  The optimum comes from records:
``record[t]`` is the least distance that takes ``t`` days.  A further coin goes where everything below it takes at most
``m`` days, and of all such places the greatest, ``record[m + 1]``, is best for whatever follows.  Only the records from
``m`` on matter then, so of two plans with one ``m`` that one goes whose records are all greater or equal.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.planning.scheme import Rule, Scheme, Span
from scorewright_pardot.planning.timing import TIMINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright_pardot.planning.timing import Timing

__all__ = [
    "MOST_DAYS",
    "MOST_RULES",
    "coins",
    "fewest_days",
    "fewest_rules",
    "plan",
    "scheme_of",
]

MOST_DAYS = 60
"""No category is planned to settle more slowly."""
MOST_RULES = 60
"""No category may cost more rules."""


class _State(NamedTuple):
    """What is known of the coins so far: below the greatest, ``coin``, everything takes ``m`` days at most.

    ``record`` is the least distance that takes ``m`` days, ``before`` the least that takes one less.
    """

    m: int
    coin: int
    record: int
    before: int
    coins: tuple[int, ...]

    def least(self, days: int, timing: Timing) -> int:
        """The least distance that takes so many days, for ``m - 1`` days or more."""
        if days <= self.m:
            return self.record if days == self.m else self.before
        times = timing.firings(days - self.m)
        left = days - timing.cost(times)
        return times * self.coin + (self.record if left == self.m else self.before)


_Layer = tuple[tuple[_State, ...], ...]
"""The states of so many coins that no other beats, by ``m``."""


def _first(days: int) -> _Layer:
    return ((_State(0, 1, 0, 0, (1,)),), *(() for _ in range(days)))


def _next(layer: _Layer, timing: Timing, gap: int, least: int = 0) -> _Layer:
    """One coin more, for every place to put it; none is more than ``gap + 1`` above the one below, nor under ``least``."""
    found: list[list[_State]] = [[] for _ in layer]
    for state in (state for states in layer for state in states):
        for m in range(max(state.m, timing.first), len(layer)):
            record = state.least(m, timing)
            coin = min(state.least(m + 1, timing), state.coin + gap + 1)
            if coin > record and coin >= least:
                before = state.least(m - 1, timing) if m and timing.again > 1 else 0
                found[m].append(_State(m, coin, record, before, (coin, *state.coins)))
    return tuple(tuple(_front(states)) for states in found)


def _front(states: list[_State]) -> Iterator[_State]:
    """Those that no other beats or equals in all three numbers that matter."""
    kept: list[_State] = []
    for state in sorted(states, key=lambda s: (-s.coin, -s.record, -s.before, s.coins)):
        if not any(other.record >= state.record and other.before >= state.before for other in kept):
            kept.append(state)
            yield state


_NO_GAP = 1 << 62


@cache
def _layer(rules: int, days: int, timing: Timing) -> _Layer:
    return _first(days) if rules == 1 else _next(_layer(rules - 1, days, timing), timing, _NO_GAP)


@cache
def _reaches(rules: int, days: int, timing: Timing) -> tuple[int, ...]:
    """The greatest distance that so many rules settle in 0 days, in 1 day, and so on."""
    best = [0] * (days + 1)
    for state in (state for states in _layer(rules, days, timing) for state in states):
        for day in range(max(state.m, timing.first), days + 1):
            best[day] = max(best[day], state.least(day + 1, timing) - 1)
    return tuple(best)


def fewest_days(top: int, rules: int, timing: Timing = TIMINGS[0], most: int = MOST_DAYS) -> int | None:
    """The fewest days in which so many coins settle every distance up to ``top``; ``None``: more than ``most``."""
    return next((day for day, reach in enumerate(_reaches(rules, most, timing)) if reach >= top), None)


def fewest_rules(top: int, days: int, timing: Timing = TIMINGS[0], most: int = MOST_RULES) -> int | None:
    """The fewest coins that settle every distance up to ``top`` in so many days; ``None``: more than ``most``."""
    reaches = ((rules, _reaches(rules, days, timing)[days]) for rules in range(1, most + 1))
    return next((rules for rules, reach in reaches if reach >= top), None)


@cache
def coins(top: int, rules: int, days: int, timing: Timing = TIMINGS[0]) -> tuple[int, ...] | None:
    """So many coins, greatest first, that settle ``top`` in so many days and leave least after the first; or ``None``."""
    low, high, found = 0, top, _within(top, rules, days, timing, top)
    while found and low < high:
        middle = (low + high) // 2
        better = _within(top, rules, days, timing, middle)
        if better:
            high, found = middle, better
        else:
            low = middle + 1
    return found


def _within(top: int, rules: int, days: int, timing: Timing, rest: int) -> tuple[int, ...] | None:
    """Coins after whose first firing no more than ``rest`` is left of any distance."""
    layer = _first(days)
    for more in reversed(range(rules - 1)):
        layer = _next(layer, timing, rest, top - rest - more * (rest + 1))
    good = [
        state.coins
        for states in layer
        for state in states
        if state.coin + rest >= top and state.least(days + 1, timing) > top
    ]
    return min(good, default=None)


def plan(top: int, days: int, *, grain: int = 1, timing: Timing = TIMINGS[0]) -> Scheme | None:
    """The fewest rules that settle every distance up to ``top`` in so many days; of those plans the quickest.

    ``grain`` divides every distance that can occur; the coins are its multiples.  ``None``: not even
    ``MOST_RULES`` rules do.
    """
    distance = max(1, -(-top // grain))
    rules = fewest_rules(distance, days, timing)
    if rules is None:
        return None
    quickest = fewest_days(distance, rules, timing, days)
    assert quickest is not None
    found = coins(distance, rules, quickest, timing)
    assert found is not None
    return scheme_of(found, distance, grain)


def scheme_of(points: tuple[int, ...], top: int, grain: int = 1) -> Scheme:
    """Coins as rules: each band begins at its coin and ends below the next one, the top band is open."""
    above: list[int | None] = [None, *(coin * grain - 1 for coin in points)]
    bands = (
        Rule(coin * grain, (Span(coin * grain, high),)) for coin, high in zip(points, above, strict=False)
    )
    return Scheme("coins", tuple(bands), top * grain, grain)
