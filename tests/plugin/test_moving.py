"""Moves that a migration needs on any platform."""

from __future__ import annotations

import pytest

from scorewright.plugin.migration import Since
from scorewright.plugin.moving import other_days
from tests.marketo.compiling import SCORE, model_of

RULE = '[rules.r]\non = {{ submits = "any-form" }}\npoints = {{ lead = 5 }}\n{}'
SPRING = "active = { from = 2026-02-10, until = 2026-04-15 }\n"
LONGER = SPRING.replace("04-15", "05-15")


def said(before, now):
    old = None if before is None else model_of(SCORE + RULE.format(before))
    since = Since("any", "before", (), (), old)
    moves = other_days(since, model_of(SCORE + RULE.format(now)))
    return [(move.elements, move.task.steps[0].value, move.task.steps[0].note) for move in moves]


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (SPRING, LONGER, ("from 2026-02-10 until 2026-05-15", "until now from 2026-02-10 until 2026-04-15")),
        ("", SPRING, ("from 2026-02-10 until 2026-04-15", "")),
        (SPRING, "", ("on every day", "until now from 2026-02-10 until 2026-04-15")),
        (SPRING, SPRING, None),
        ("", "", None),
        (None, SPRING, ("from 2026-02-10 until 2026-04-15", "")),
        (None, "", None),
    ],
)
def test_days_that_a_person_keeps_are_told_where_they_change(before, now, found):
    assert said(before, now) == ([] if found is None else [(("rules.r",), *found)])
