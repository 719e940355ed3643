"""Plan the fewest rules that bring down a score which can only be moved by a number: the coin form.

A rule takes ``c`` points from everybody who is at least ``c`` above the floor and below the next rule's band; the top
band is open.  One pass is one firing of each rule at most, so a person is at the floor after as many passes as coins
are needed to pay the distance greedily, whatever the order of the rules and the delay of their actions.

The optimum comes from records: ``record[t]`` is the least distance that needs ``t`` passes.  A further coin is best
put right where everything below needs at most ``m`` passes, at ``record[m + 1]``.  Of all coins so far only three
numbers matter for what follows: ``m``, ``r = record[m]`` and the greatest coin ``c``, for then
``record[t] = r + (t - m) * c``.  Moving on to ``m' >= m`` gives ``r' = r + (m' - m) * c`` and ``c' = r' + c``.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Plan", "passes", "plan", "rest_after_one"]


class Plan(NamedTuple):
    """Coins, greatest first; ``passes`` in which every distance up to ``top`` is gone; ``rest`` after the first."""

    coins: tuple[int, ...]
    passes: int
    rest: int


class _State(NamedTuple):
    r: int
    coin: int
    coins: tuple[int, ...]


def plan(top: int, most_passes: int, *, grain: int = 1, most_rules: int = 60) -> Plan | None:
    """The fewest coins that settle 0 to ``top`` within so many passes; ``None`` when so many rules do not suffice.

    ``grain`` divides every distance that can occur; the coins are its multiples.  Of plans of equal size the one that
    leaves least after the first pass.
    """
    distance = max(1, -(-top // grain))
    states: dict[int, list[_State]] = {0: [_State(0, 1, (1,))]}
    for _ in range(most_rules):
        good = [
            s.coins for m, found in states.items() for s in found if _reach(m, s, most_passes) >= distance
        ]
        if good:
            coins = min(good, key=lambda candidate: (rest_after_one(candidate, distance), candidate))
            scaled = tuple(coin * grain for coin in coins if coin <= distance)
            rest = rest_after_one(scaled, distance * grain)
            return Plan(scaled, max(passes(coins, x) for x in _worst(coins, distance)), rest)
        states = _next(states, most_passes)
    return None


def _reach(m: int, state: _State, budget: int) -> int:
    return state.r + (budget + 1 - m) * state.coin - 1


def _next(states: dict[int, list[_State]], budget: int) -> dict[int, list[_State]]:
    """One coin more, for every place to put it; of the states of one ``m`` only those that no other beats."""
    found: dict[int, list[_State]] = {}
    for m, some in states.items():
        for state in some:
            for more in range(max(m, 1), budget + 1):
                r = state.r + (more - m) * state.coin
                found.setdefault(more, []).append(_State(r, r + state.coin, (r + state.coin, *state.coins)))
    return {m: _front(some) for m, some in found.items()}


def _front(states: list[_State]) -> list[_State]:
    kept: list[_State] = []
    for state in sorted(states, key=lambda s: (-s.coin, -s.r, s.coins)):
        if not kept or state.r > kept[-1].r:
            kept.append(state)
    return kept


def passes(coins: tuple[int, ...], distance: int) -> int:
    """How many passes a distance needs: greedy change."""
    count = 0
    for coin in coins:
        times, distance = divmod(distance, coin)
        count += times
    return count


def _worst(coins: tuple[int, ...], top: int) -> tuple[int, ...]:
    """The distances at which the count of passes can be greatest: just below each multiple of each coin."""
    return tuple(
        dict.fromkeys((top, *(x for coin in coins for x in range(coin - 1, top + 1, coin) if x > 0)))
    ) or (1,)


def rest_after_one(coins: tuple[int, ...], top: int) -> int:
    """The most that is left of a distance up to ``top`` after one pass."""
    above = top + 1
    rest = 0
    for coin in coins:
        if coin < above:
            rest = max(rest, above - 1 - coin)
            above = coin
    return rest
