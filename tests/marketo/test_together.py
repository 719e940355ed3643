"""Steps of decays that fall on one night: their batches come in the order that is meant, and what is read is bounded."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import HEAD, SCORE, compile_text, tables

PLAIN = '{ after = "90d", set = 4 }'
REPEATED = '{ after = "30d", every = "30d", subtract = 5 }'
LEVEL = '{ after = "60d", every = "30d", at_least = 9, subtract = 3 }'


def decay(*steps, key="silence", more=""):
    return f'[decay.{key}]\nscore = "lead"\n{more}steps = [{", ".join(steps)}]\n'


def together(text, head=HEAD):
    """Whether what such a night leaves is said."""
    return "steps-together" in {
        bound.when
        for item in compile_text(text, head).notes
        if item.name == "steps-together"
        for bound in item.bounds
    }


def batches(text):
    """The decay's batches by the minute of their hour, without what wakes."""
    found = tables(compile_text(SCORE + text), "smart-campaigns").values()
    rows = [
        (row["schedule"][-5:], row["campaign"])
        for row in found
        if row["campaign"].startswith("Decay ") and "schedule" in row
    ]
    return sorted(rows)


@pytest.mark.parametrize(
    ("steps", "bounded"),
    [
        ((PLAIN,), False),
        ((REPEATED,), False),
        ((REPEATED, PLAIN), False),
        ((PLAIN, REPEATED), False),
        ((REPEATED, LEVEL), True),
        ((LEVEL, REPEATED), False),
        ((REPEATED, LEVEL.replace("60d", "65d")), False),
        ((REPEATED, LEVEL.replace('"60d", every = "30d"', '"65d"')), False),
        ((REPEATED, LEVEL.replace('"60d", every = "30d"', '"60d"')), True),
    ],
)
def test_a_level_is_read_after_the_steps_that_come_before_it_in_the_night(steps, bounded):
    assert together(SCORE + decay(*steps)) is bounded


def test_whoever_comes_back_is_owed_every_occasion_at_once():
    segment = '[segments.staff]\nwhen = { field = "company", is = "Us" }\n'
    assert together(SCORE + segment + decay(REPEATED), HEAD + 'exclude = ["staff"]\n')
    assert not together(SCORE + segment + decay(PLAIN), HEAD + 'exclude = ["staff"]\n')


@pytest.mark.parametrize(
    ("other", "more", "bounded"),
    [(REPEATED, "", False), (PLAIN, "", True), (LEVEL, "", True), (REPEATED, "stop_at = 9\n", True)],
)
def test_two_decays_of_one_score_meet_where_their_order_matters(other, more, bounded):
    text = SCORE + decay(REPEATED) + decay(other, key="other", more=more)
    assert together(text) is bounded


@pytest.mark.parametrize("steps", [(REPEATED, PLAIN), (PLAIN, REPEATED)])
def test_batches_come_in_the_order_of_the_steps_and_the_first_is_over_before_the_second(steps):
    (first, one), (second, two) = batches(decay(*steps))
    words = {PLAIN: "90d", REPEATED: "every 30d"}
    assert [one.endswith(words[steps[0]]), two.endswith(words[steps[1]])] == [True, True]
    assert int(second[3:]) - int(first[3:]) >= 20
