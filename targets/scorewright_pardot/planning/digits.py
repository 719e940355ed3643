"""The digit form: each rule looks at one digit of the distance and takes one of it, whatever the other rules do.

In base ``days + 1`` every digit is gone after ``days`` firings of its rule.  A rule fires once a day at most, so ``n``
rules lead to ``(days + 1) ** n`` different distances at most: no scheme of any kind needs fewer rules.  The price is
groups to type, for a digit is not 0 in many stretches of the range.
"""

from __future__ import annotations

from scorewright_pardot.planning.scheme import Rule, Scheme, Span

__all__ = ["fewest_days", "fewest_rules", "plan"]


def fewest_rules(top: int, days: int) -> int:
    """The fewest rules of any scheme that settles ``top`` in so many days: the digit form's, and a bound for all."""
    rules, reach = 1, days
    while reach < top:
        rules, reach = rules + 1, (reach + 1) * (days + 1) - 1
    return rules


def fewest_days(top: int, days: int) -> int:
    """The fewest days for as few rules as so many days need."""
    count = fewest_rules(top, days)
    return next(day for day in range(1, days + 1) if fewest_rules(top, day) == count)


def plan(top: int, days: int, *, grain: int = 1) -> Scheme:
    """Digits for every distance up to ``top`` in so many days; ``grain`` divides every distance that can occur.

    Of the bases that need no more rules the smallest, for it has the fewest groups and is done soonest.
    """
    distance = max(1, -(-top // grain))
    quickest = fewest_days(distance, days)
    count = fewest_rules(distance, quickest)
    units = [(quickest + 1) ** place for place in reversed(range(count))]
    rules = tuple(Rule(unit * grain, _spans(unit, quickest + 1, distance, grain)) for unit in units)
    return Scheme("digits", rules, distance * grain, grain)


def _spans(unit: int, base: int, top: int, grain: int) -> tuple[Span, ...]:
    """Where a digit is not 0; the last stretch of the greatest digit is open above."""
    if unit * base > top:
        return (Span(unit * grain, None),)
    starts = range(0, top - unit + 1, unit * base)
    return tuple(Span((start + unit) * grain, (start + unit * base) * grain - 1) for start in starts)
