"""What the options ask for is what is built: days, rules, a form, a rest that may stay; and what was chosen is told."""

from __future__ import annotations

from itertools import combinations

import pytest

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.planning.choose import Wish, choose, unit_of
from tests.pardot.making import CATEGORY, compile_text, note, notes, rules


def coins(bundle):
    """What the rules take, greatest first, and of each how many groups it has."""
    label = ACTIONS["category"].text
    taken = {
        -int(act["value"]): len([item for item in table["criteria"] if "criteria" in item])
        for table in rules(bundle).values()
        for act in table["actions"]
        if act["action"] == label and act["value"].startswith("-")
    }
    return dict(sorted(taken.items(), reverse=True))


def built(options="", top=100, **facts):
    return compile_text(CATEGORY, f"[targets.pardot]\nrange = {{ interest = {top} }}\n{options}", **facts)


@pytest.mark.parametrize(
    ("wish", "points", "days"),
    [
        (Wish(), (41, 11, 3, 1), 7),
        (Wish(days=10), (29, 5, 1), 10),
        (Wish(rules=5), (71, 41, 11, 3, 1), 6),
        (Wish(days=3, rules=4), (41, 11, 3, 1), 7),
        (Wish(days=3, form="digits"), (64, 16, 4, 1), 3),
        (Wish(form="digits", rules=3), (25, 5, 1), 4),
        (Wish(rest=9), (40, 10), 4),
    ],
)
def test_the_wish_is_met(wish, points, days):
    found = choose(100, 1, wish)
    assert found.scheme.points == points
    assert found.days == days == len(found.left)


def test_what_cannot_be_had_is_none():
    assert choose(1_000_000, 1, Wish(rules=1)) is None
    assert choose(100_000, 1, Wish(days=1)) is None


@pytest.mark.parametrize(
    ("grain", "rest", "unit"), [(1, 0, 1), (1, 4, 5), (5, 4, 5), (5, 5, 10), (7, 20, 21)]
)
def test_a_rest_is_a_multiple_of_what_occurs(grain, rest, unit):
    assert unit_of(grain, rest) == unit
    assert unit - grain <= rest


def pays_within(some, top, days):
    """Whether coins, greatest first, pay every distance in so many days, one firing a day."""
    for distance in range(1, top + 1):
        left, fired = distance, 0
        for coin in some:
            times, left = divmod(left, coin)
            fired += times
        if fired > days:
            return False
    return True


@pytest.mark.parametrize(("top", "days"), [(4, 1), (7, 2), (9, 3), (12, 3), (12, 5)])
def test_of_all_coins_there_are_none_need_fewer_rules(top, days):
    """Every set of coins is tried, and the model that is built has as many rules as the smallest that does."""
    fewest = next(
        count
        for count in range(1, top + 1)
        if any(
            pays_within((*sorted(some, reverse=True), 1), top, days)
            for some in combinations(range(2, top + 1), count - 1)
        )
    )
    assert len(rules(built(f"settle_days = {days}", top))) == fewest


def test_the_options_reach_the_rules():
    assert [*coins(built())] == [41, 11, 3, 1]
    assert [*coins(built("settle_days = 10"))] == [29, 5, 1]
    assert [*coins(built("settle_rules = 5"))] == [71, 41, 11, 3, 1]
    assert [*coins(built("rest = { interest = 9 }"))] == [40, 10]
    digits = coins(built('settle_form = "digits"\nsettle_days = 10'))
    assert digits == {11: 0, 1: 10}, "one stretch for the upper digit, ten for the lower one"


def test_a_rest_is_bounded_by_its_number():
    bundle = built("rest = { interest = 9 }")
    assert ("category-keeps-a-rest", "bounded") in notes(bundle, "decay.quiet")
    (note,) = [note for note in bundle.notes if note.name == "category-keeps-a-rest"]
    assert [(bound.least, bound.most) for bound in note.bounds if bound.when == "any"] == [(0, 9)]
    assert ("category-keeps-a-rest", "bounded") not in notes(built(), "decay.quiet")


def test_what_was_chosen_is_told_beside_what_could_be():
    (table,) = built().plans
    assert table.element == "decay.quiet"
    assert table.rows[table.chosen][-1] == "41 11 3 1"
    (table,) = built('settle_form = "digits"').plans
    assert table.rows[table.chosen][-1] == "25 5 1"


def test_more_groups_than_a_rule_can_hold_are_refused():
    options = 'settle_form = "digits"\nsettle_days = 1\n'
    refused = note(built(options), "decay.quiet", "category-cannot-be-set")
    assert "50 rule groups, and 25 are sure to fit" in refused.message
    assert "coins" in refused.instead
    assert ("category-cannot-be-set", "refused") not in notes(
        built(options, rule_groups_most=100), "decay.quiet"
    )


def test_what_no_rules_can_do_is_refused_with_a_way_out():
    refused = note(built("settle_days = 1", top=90_000), "decay.quiet", "category-cannot-be-set")
    assert refused.message == "to bring a category down over 90000 points in 1 days takes more than 60 rules"
    assert "settle_days" in refused.instead
    refused = note(built("settle_rules = 1", top=90_000), "decay.quiet", "category-cannot-be-set")
    assert (
        refused.message == "to bring a category down over 90000 points with 1 rules takes more than 60 days"
    )
