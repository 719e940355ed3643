"""Whether two thresholds exclude each other: a promise rests on the yes, so doubt is a no."""

from __future__ import annotations

import pytest

from scorewright.model.together import Together
from tests.model.reading import model

THRESHOLD = "[thresholds.{}]\n{}\nthen = [ {{ task = 'Call' }} ]\n"
SPEC = """
[scores.lead]
kind = "engagement"
[marks]
seen = {}
[fields]
kind = { type = "choice", values = ["Prospect", "Customer", "Partner"] }
[segments.customers]
when = { field = "kind", is = "Customer" }
"""


def exclude(one: str, other: str) -> bool:
    read = model(SPEC + THRESHOLD.format("one", one) + THRESHOLD.format("other", other))
    first, second = read.thresholds["one"], read.thresholds["other"]
    there, back = Together(read).exclude(first, second), Together(read).exclude(second, first)
    assert there == back
    return there


OVER = 'when = { score = "lead", at_least = 50 }'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (OVER, 'when = { score = "lead", below = 50 }'),
        (OVER + '\nunless = { segment = "customers" }', 'when = { segment = "customers" }'),
        (OVER + '\nunless = { segment = "customers" }', 'when = { field = "kind", is = "Customer" }'),
        (OVER + '\nunless = { mark = "seen" }', 'when = { mark = "seen" }'),
        ('when = { field = "kind", is = "Partner" }', 'when = { segment = "customers" }'),
    ],
)
def test_what_both_cannot_have_keeps_them_apart(one: str, other: str) -> None:
    assert exclude(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (OVER, 'when = { score = "lead", at_least = 80 }'),
        (OVER, 'when = { segment = "customers" }'),
        (OVER + '\nunless = { mark = "seen" }', OVER),
        (OVER + "\nor_on = [ { unsubscribes = true } ]", 'when = { score = "lead", below = 50 }'),
    ],
)
def test_what_may_be_so_at_once_does_not(one: str, other: str) -> None:
    assert not exclude(one, other)


def test_a_hand_raised_is_shut_by_unless_alone() -> None:
    raised = OVER + '\nor_on = [ { unsubscribes = true } ]\nunless = { segment = "customers" }'
    assert exclude(raised, 'when = { segment = "customers" }')


def test_too_many_ways_to_follow_are_a_no() -> None:
    ways = ",\n".join(
        f'{{ any = [ {{ score = "lead", is = {n} }}, {{ score = "lead", is = {-n} }} ] }}'
        for n in range(1, 8)
    )
    assert not exclude(f"when.all = [\n{ways}\n]", 'when = { score = "lead", above = 100 }')
