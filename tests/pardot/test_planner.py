from __future__ import annotations

from itertools import combinations

import pytest

from scorewright_pardot.lower.planner import passes, plan, rest_after_one


def reach(coins, most):
    x = 0
    while passes(coins, x + 1) <= most:
        x += 1
    return x


@pytest.mark.parametrize(("rules", "most"), [(1, 6), (2, 1), (2, 5), (2, 9), (3, 3), (3, 6), (4, 3), (4, 4)])
def test_no_set_of_coins_reaches_further_than_the_plan_says(rules, most):
    best = max(
        reach((*sorted(some, reverse=True), 1), most) for some in combinations(range(2, 60), rules - 1)
    )
    assert len(plan(best, most).coins) <= rules
    assert len(plan(best + 1, most).coins) == rules + 1


@pytest.mark.parametrize(
    ("top", "most", "rules"),
    [
        (50, 2, 12),
        (100, 3, 10),
        (100, 7, 4),
        (200, 5, 7),
        (500, 7, 7),
        (1000, 8, 8),
        (1000, 14, 5),
        (1000, 30, 3),
    ],
)
def test_the_fewest_rules_for_a_range(top, most, rules):
    assert len(plan(top, most).coins) == rules


@pytest.mark.parametrize(("top", "most"), [(50, 4), (100, 7), (200, 5), (333, 6)])
def test_every_start_is_gone_in_time_and_never_falls_below(top, most):
    found = plan(top, most)
    bands = list(zip(found.coins, (None, *found.coins), strict=False))
    for start in range(top + 1):
        x, used = start, 0
        while x:
            coin = next(coin for coin, above in bands if x >= coin and (above is None or x < above))
            x -= coin
            used += 1
            assert x >= 0
        assert used <= found.passes <= most


def test_a_grain_divides_the_range():
    fine, coarse = plan(200, 7), plan(200, 7, grain=10)
    assert len(coarse.coins) < len(fine.coins)
    assert all(coin % 10 == 0 for coin in coarse.coins)
    assert all(passes(coarse.coins, x) <= 7 for x in range(0, 201, 10))


def test_too_few_rules_give_no_plan():
    assert plan(1000, 1, most_rules=50) is None


def test_the_rest_after_one_pass_is_the_worst_over_the_range():
    coins = (21, 8, 3, 1)
    assert rest_after_one(coins, 50) == max(
        x - next(coin for coin in coins if coin <= x) for x in range(1, 51)
    )
