"""One budget of rules for several categories: the days that each gets are the best there are."""

from __future__ import annotations

import random
from itertools import product

import pytest

from scorewright_pardot.planning.budget import Need, rules_in, share
from scorewright_pardot.planning.choose import Wish
from tests.pardot.making import TOTAL, compile_text, note, rules


def every_way(needs, budget, most):
    """What any days up to ``most`` come to, where the budget allows them: the longest, and all together."""
    for days in product(range(1, most + 1), repeat=len(needs)):
        costs = [rules_in(need, day) for need, day in zip(needs, days, strict=True)]
        if None not in costs and sum(costs) <= budget:
            yield max(days), sum(days)


@pytest.mark.parametrize("form", ["coins", "digits"])
def test_nobody_finds_better_days(form):
    choose = random.Random(form)
    for _ in range(40):
        needs = [
            Need(
                choose.randint(3, 40),
                choose.choice((1, 1, 5)),
                Wish(form=form, rest=choose.choice((0, 0, 3))),
                choose.choice((1, 1, 2)),
            )
            for _ in range(choose.randint(1, 3))
        ]
        budget = choose.randint(3, 20)
        days = share(needs, budget)
        best = min(every_way(needs, budget, 8), default=None)
        if best is None:
            assert days is None or max(days) > 8
            continue
        assert days is not None
        assert (max(days), sum(days)) == best
        assert sum(rules_in(need, day) for need, day in zip(needs, days, strict=True)) <= budget


def test_too_few_rules_are_too_few():
    assert share([Need(1000, 1), Need(1000, 1)], 1) is None


def category(number):
    return f"""
[assets.demo{number}]
form = "Demo {number}"
[scores.s{number}]
kind = "engagement"
[rules.r{number}]
on = {{ submits = "demo{number}" }}
points = {{ s{number} = 1 }}
[decay.d{number}]
score = "s{number}"
steps = [{{ after = "60d", at_least = 1, set = 0 }}]
"""


def categories(count, options):
    parts = [TOTAL, *map(category, range(count))]
    ranges = ", ".join(f"s{number} = {50 * (number + 1)}" for number in range(count))
    return compile_text(*parts, f"[targets.pardot]\nrange = {{ {ranges} }}\n{options}\n")


def taking(bundle):
    return [name for name in rules(bundle) if " minus " in name]


def test_a_model_keeps_to_its_budget():
    assert len(taking(categories(3, "settle_budget = 12"))) <= 12
    by_one = [len(taking(categories(3, f"settle_budget = {budget}"))) for budget in (9, 12, 20)]
    assert by_one == sorted(by_one)
    assert by_one[0] < by_one[2]


def test_a_budget_that_is_too_small_is_refused_with_a_way_out():
    found = note(categories(3, "settle_budget = 2"), "decay.d0", "category-cannot-be-set")
    assert "2 rules for all categories together" in found.message
    assert "settle_budget" in found.instead
