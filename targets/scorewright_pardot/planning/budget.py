"""One budget of rules for several categories: who gets how many days, so that the slowest is as quick as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.planning import coins, digits
from scorewright_pardot.planning.choose import Wish, unit_of
from scorewright_pardot.planning.timing import TIMINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Need", "rules_in", "share"]


class Need(NamedTuple):
    """A value that comes down: over so many points, in multiples of the grain, and how often it is built."""

    top: int
    grain: int
    wish: Wish = Wish()
    times: int = 1


def rules_in(need: Need, days: int) -> int | None:
    """The fewest rules in so many days; ``None``: more than are ever planned."""
    distance = max(1, -(-need.top // unit_of(need.grain, need.wish.rest)))
    if need.wish.form == "digits":
        return digits.fewest_rules(distance, days) * need.times
    if need.wish.follow:
        found = coins.fewest_rules(distance, days - 1, TIMINGS[2])
    else:
        found = coins.fewest_rules(distance, days)
    return None if found is None else found * need.times


def share(needs: Sequence[Need], rules: int) -> tuple[int, ...] | None:
    """Days for each, with no more rules than that in all; ``None``: so few rules take too many days.

    The longest is as short as can be; of all that are as short, those are taken whose days together are fewest.
    """
    longest = next((days for days in range(1, coins.MOST_DAYS + 1) if _all_in(needs, days) <= rules), None)
    return None if longest is None else _fewest(needs, rules, longest)


_TOO_MANY = 1 << 30


def _all_in(needs: Sequence[Need], days: int) -> int:
    return sum(_TOO_MANY if (found := rules_in(need, days)) is None else found for need in needs)


def _fewest(needs: Sequence[Need], rules: int, longest: int) -> tuple[int, ...]:
    """By the rules that are spent so far, the fewest days together, need after need."""
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for need in needs:
        after: dict[int, tuple[int, tuple[int, ...]]] = {}
        for days in range(1, longest + 1):
            cost = rules_in(need, days)
            for spent, (together, given) in best.items() if cost is not None else ():
                assert cost is not None
                new = (together + days, (*given, days))
                if spent + cost <= rules and new < after.get(spent + cost, (_TOO_MANY, ())):
                    after[spent + cost] = new
        best = after
    return min((together, spent, given) for spent, (together, given) in best.items())[2]
