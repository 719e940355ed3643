"""Plans for categories are the best there are: held against every set of coins, every order and the bound for all."""

from __future__ import annotations

from functools import cache
from itertools import combinations, pairwise, permutations

import pytest

from scorewright_pardot.planning import coins, digits
from scorewright_pardot.planning.scheme import Rule, Scheme, Span, prove, walk
from scorewright_pardot.planning.timing import TIMINGS

A, B, C = TIMINGS


def days_of(some, distance, timing):
    """Paid like change; each coin's firings cost what the timing says."""
    total = 0
    for coin in some:
        times, distance = divmod(distance, coin)
        total += timing.cost(times)
    return total


def rest_of(some, top):
    return max([top - some[0], *(above - 1 - below for above, below in pairwise(some))])


@cache
def reach_of(some, days, timing):
    distance = 0
    while days_of(some, distance + 1, timing) <= days:
        distance += 1
    return distance


def every_set(rules, highest):
    return ((*sorted(chosen, reverse=True), 1) for chosen in combinations(range(2, highest), rules - 1))


@pytest.mark.parametrize("timing", TIMINGS, ids=lambda timing: timing.key)
@pytest.mark.parametrize(("rules", "days"), [(1, 4), (2, 1), (2, 3), (2, 6), (3, 2), (3, 4), (4, 3)])
def test_no_set_of_coins_reaches_further(timing, rules, days):
    best = max(reach_of(some, days, timing) for some in every_set(rules, 50))
    assert coins.fewest_days(best, rules, timing, days) == next(
        day
        for day in range(timing.first, days + 1)
        if max(reach_of(some, day, timing) for some in every_set(rules, 50)) >= best
    )
    assert coins.fewest_days(best + 1, rules, timing, days) is None
    assert coins.fewest_rules(best, days, timing) <= rules
    assert coins.fewest_rules(best + 1, days, timing) > rules


@pytest.mark.parametrize("timing", TIMINGS, ids=lambda timing: timing.key)
@pytest.mark.parametrize(
    ("top", "rules", "days"), [(9, 2, 5), (13, 3, 3), (20, 3, 4), (26, 4, 3), (30, 3, 6), (37, 4, 4)]
)
def test_no_coins_of_that_size_leave_less_after_the_first_day(timing, top, rules, days):
    good = [some for some in every_set(rules, top + 1) if reach_of(some, days, timing) >= top]
    found = coins.coins(top, rules, days, timing)
    assert (found is None) == (not good)
    if found is not None:
        assert reach_of(found, days, timing) >= top
        assert rest_of(found, top) == min(rest_of(some, top) for some in good)


FEWEST = {
    # days: rules for 50, 100, 200, 500 and 1000, from an exhaustive program over record positions
    2: (12, 18, 26, 42, None),
    3: (7, 10, 13, 20, 26),
    4: (5, 7, 9, 13, 17),
    5: (4, 6, 7, 10, 12),
    7: (3, 4, 5, 7, 9),
    8: (3, 4, 5, 6, 8),
    10: (3, 3, 4, 5, 6),
    14: (2, 3, 3, 4, 5),
    21: (2, 2, 3, 3, 4),
    30: (2, 2, 2, 3, 3),
}


@pytest.mark.parametrize("days", FEWEST)
def test_the_fewest_rules_for_a_range(days):
    assert tuple(coins.fewest_rules(top, days) for top in (50, 100, 200, 500, 1000)) == FEWEST[days]


DAYS = {
    # rules: days for 100 and 1000 under each timing
    3: ((10, 17, 7), (26, 49, 23)),
    5: ((6, 8, 2), (12, 19, 7)),
    8: ((4, 4, 0), (8, 10, 2)),
    10: ((3, 3, 0), (6, 7, 0)),
}


@pytest.mark.parametrize("rules", DAYS)
def test_the_fewest_days_for_so_many_rules(rules):
    found = tuple(tuple(coins.fewest_days(top, rules, timing) for timing in TIMINGS) for top in (100, 1000))
    assert found == DAYS[rules]


@pytest.mark.parametrize("form", [coins.plan, digits.plan], ids=["coins", "digits"])
@pytest.mark.parametrize("grain", [1, 5])
@pytest.mark.parametrize(("top", "days"), [(1, 1), (7, 2), (50, 4), (100, 7), (333, 6), (1000, 9)])
def test_every_plan_is_proven_over_its_range(form, grain, top, days):
    scheme = form(top, days, grain=grain)
    proof = prove(scheme)
    assert proof.days <= days
    assert proof.rests[0] == scheme.top >= top
    assert proof.rests[-1] == 0
    assert proof == walk(scheme), "by shape and by walking"
    assert all(rule.points % grain == 0 for rule in scheme.rules)


@pytest.mark.parametrize(("top", "days"), [(1, 1), (6, 1), (7, 2), (15, 3), (100, 3), (1000, 9)])
def test_digits_need_the_fewest_rules_of_all_schemes(top, days):
    count = len(digits.plan(top, days).rules)
    assert (days + 1) ** count > top >= (days + 1) ** (count - 1)


@pytest.mark.parametrize("scheme", [coins.plan(11, 3), digits.plan(11, 1), digits.plan(11, 2)])
def test_the_order_of_the_rules_and_late_actions_lead_nowhere_else(scheme):
    for order in permutations(range(len(scheme.rules))):
        for start in range(12):
            for together in (False, True):
                assert played(scheme, start, order, together) <= prove(scheme).days


def played(scheme, distance, order, together):
    """Days until nothing is left; ``together``: all rules look before the first of them acts."""
    days = 0
    while distance:
        days += 1
        seen = [scheme.rules[place] for place in order if scheme.rules[place].holds(distance)]
        for rule in seen if together else [scheme.rules[place] for place in order]:
            if together or rule.holds(distance):
                distance -= rule.points
        assert distance >= 0
        assert days < 50
    return days


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ((Rule(4, (Span(4, None),)), Rule(2, (Span(2, None),)), Rule(1, (Span(1, None),))), "depends on"),
        ((Rule(3, (Span(3, 6),)), Rule(1, (Span(1, 2),))), "a start of 7 is at 7"),
        ((Rule(3, (Span(2, None),)), Rule(1, (Span(1, 1),))), "a start of 2 is at -1"),
        ((Rule(3, (Span(4, None),)), Rule(1, (Span(1, 2),))), "a start of 3 is at 3"),
    ],
    ids=["overlapping", "closed top band", "takes more than there is", "a hole"],
)
def test_a_faulty_plan_is_not_proven(rules, says):
    with pytest.raises(ValueError, match=says):
        walk(Scheme("digits", rules, 7))
    with pytest.raises(ValueError, match=r"the band of \d is not from|nothing brings"):
        prove(Scheme("coins", rules, 7))


def test_a_huge_range_is_planned_and_proven_at_once():
    scheme = coins.plan(1_000_000, 20)
    assert prove(scheme).days <= 20
