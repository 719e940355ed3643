"""The tables to choose by: rules against days under each answer, and the fewest rules of all."""

from __future__ import annotations

import itertools
from functools import cache
from time import process_time

import pytest

from scorewright.plugin.plans import PlanTable, as_text, record
from scorewright_pardot.planning import coins, digits
from scorewright_pardot.planning import ladder as ladders
from scorewright_pardot.planning.ladder import ladder
from scorewright_pardot.planning.scheme import prove
from scorewright_pardot.planning.table import digit_table, program_table, rule_table


@pytest.mark.parametrize(("top", "grain"), [(1, 1), (50, 1), (100, 7), (1000, 1)])
def test_each_row_can_be_had_and_is_worth_its_rules(top, grain):
    table = rule_table(top, grain=grain)
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows[:-1]]
    for row in rows:
        taken = tuple(map(int, row["points taken"].split()))
        assert len(taken) == row["rules"]
        proof = prove(coins.scheme_of(tuple(point // grain for point in taken), -(-top // grain), grain))
        assert proof.days == row["A"] <= 30
        assert proof.rests[1] == row["left"]
        assert row["B"] is None or row["B"] >= row["A"] > row["C"]
    for fewer, more in itertools.pairwise(rows):
        assert any(
            fewer[key] is None or (more[key] is not None and more[key] < fewer[key])
            for key in ("A", "B", "C")
        )


@pytest.mark.parametrize("top", [1, 50, 1000])
def test_digits_are_told_with_their_groups(top):
    table = digit_table(top)
    assert [row[0] for row in table.rows] == sorted({row[0] for row in table.rows})
    for days, rules, groups, taken in table.rows:
        found = digits.plan(top, days)
        assert (prove(found).days, len(found.rules), found.groups) == (days, rules, groups)
        assert taken == " ".join(map(str, found.points))


def test_what_was_chosen_is_marked():
    scheme = coins.plan(100, 7)
    lines = [*as_text(rule_table(100, scheme=scheme))]
    assert [line.split() for line in lines if line.startswith("*")] == [
        ["*", "4", "7", "10", "3", "59", "41", "11", "3", "1"]
    ]
    assert not [line for line in as_text(rule_table(100)) if line.startswith("*")]
    found = digits.plan(100, 3)
    assert digit_table(100, scheme=found).chosen == 2
    assert digit_table(100, scheme=scheme).chosen is None


def test_a_table_is_shown_and_recorded():
    table = PlanTable(
        "what", ("a", "long name", "text"), ((1, None, "x y"), (1000, 22, "")), ("why",), chosen=0
    )
    assert [*as_text(table)] == [
        "what",
        "      a  long name  text",
        "*     1          -  x y",
        "  1,000         22  ",
        "  why",
    ]
    assert record(table)["rows"] == [[1, None, "x y"], [1000, 22, ""]]


def test_rules_are_told_what_a_program_costs_instead():
    *_, last = rule_table(100).rows
    assert last == ("program", 6, 6, 6, 63, "64 32 16 8 4 2 1")
    assert any(line.startswith("program: ") for line in rule_table(100).words)


@pytest.mark.parametrize(("top", "grain"), [(1, 1), (50, 1), (100, 7), (1000, 1)])
def test_fewer_days_of_a_program_are_more_steps(top, grain):
    table = program_table(top, grain=grain)
    steps, days = ([row[place] for row in table.rows] for place in (0, 1))
    assert days == sorted(set(days))
    assert steps == sorted(set(steps), reverse=True)
    assert all(count + 1 < 300 for count in steps)
    assert [row[3] for row in table.rows] == [2 * day + 1 for day in days]
    assert {row[2] for row in table.rows} == {0}


def test_the_program_that_was_chosen_is_marked():
    table = program_table(100, levels=ladder(100, 3))
    assert table.rows[table.chosen][-1] == "4×25 4×5 4×1"
    assert program_table(100).chosen is None


# --- what the tables cost -------------------------------------------------------------------------------------------

RANGES = (50, 100, 200, 500, 1000)


def forget():
    """Nothing is known from a table before."""
    for module in (coins, digits, ladders):
        for item in vars(module).values():
            if hasattr(item, "cache_clear"):
                item.cache_clear()


def seconds(work):
    """Of this process alone: what others do on the machine is not counted."""
    begun = process_time()
    work()
    return process_time() - begun


def every_table():
    forget()
    for top in RANGES:
        rule_table(top)
        digit_table(top)
        program_table(top)


@cache
def paid(distance, some):
    """How many coins pay a distance: the barest thing that a planner does."""
    times, left = divmod(distance, some[0])
    return times + (paid(left, some[1:]) if some[1:] else left)


def floor():
    """Paying every distance of a range with forty sets of coins: a twenty-fifth of a second at rest."""
    paid.cache_clear()
    for some in range(40):
        for distance in range(1, 1001):
            paid(distance, (89 + some, 34, 13, 5, 2, 1))


def test_all_tables_take_less_than_a_second_where_so_many_sums_take_a_twenty_fifth():
    """For ranges of 50 to 1,000 and 1 to 30 days, beside what the same machine needs at the same time for so many sums."""
    assert min(seconds(every_table) / seconds(floor) for _ in range(2)) < 25
