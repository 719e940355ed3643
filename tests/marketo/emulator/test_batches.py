"""Recurring batches: their hours in the subscription's zone, who comes first, how late, and that quiet nights are skipped."""

from __future__ import annotations

import pytest

from tests.marketo.emulator.hand import FORM, Hand, at, campaign, clause, nightly, put, score


@pytest.mark.parametrize(
    ("when", "times"),
    [
        ("Daily, every 1 day, at 01:00", 60),
        ("Daily, every 2 days, at 01:00", 30),
        ("Weekly, on Monday, at 01:00", 8),
        ("Weekly, on Monday, Thursday, at 01:00", 17),
        ("Monthly, on day 1, at 00:05", 2),
        ("Monthly, on day 1, every 3 months from January, at 00:05", 0),
        ("Run once", 0),
    ],
)
def test_a_batch_recurs_as_its_schedule_says(when, times):
    hand = Hand(nightly("Look", score("+1"), when=when))
    assert hand.lead("2026-03-06T12:00", created=at("2026-01-05T09:00")) == times


def test_an_hour_is_the_subscriptions_unless_the_schedule_names_a_zone():
    here = Hand(nightly("Look", score("+1"), when="Daily, every 1 day, at 12:00"))
    assert here.lead("2026-01-05T11:59", "2026-01-05T12:00") == [0, 1]
    there = Hand(nightly("Look", score("+1"), when="Daily, every 1 day, America/New_York, at 12:00"))
    assert there.lead("2026-01-05T17:59", "2026-01-05T18:00") == [0, 1]


def test_hours_of_several_zones_come_in_the_order_of_their_instants_and_not_of_their_days():
    """A day that ends in Honolulu ends after the next one has begun everywhere else."""
    hand = Hand(
        nightly("Here", score("+1"), when="Daily, every 1 day, at 01:00"),
        nightly("West", score("+10"), when="Daily, every 1 day, Pacific/Honolulu, at 23:59"),
        nightly("East", score("+100"), when="Daily, every 1 day, Pacific/Kiritimati, at 00:30"),
    )
    looks = ("2026-01-05T11:00", "2026-01-05T11:30", "2026-01-06T01:00", "2026-01-06T11:00")
    assert hand.lead(*looks, created=at("2026-01-05T10:00")) == [10, 110, 111, 121]


def test_an_hour_that_does_not_exist_is_the_next_minute_that_does():
    hand = Hand(nightly("Look", put("SW Date", "{{system.dateTime}}"), when="Daily, every 1 day, at 02:30"))
    assert hand.shown("field date", "2026-03-29T12:00") == "2026-03-29T03:00:00"


def test_batches_run_by_their_hours_and_at_one_hour_in_any_order():
    hand = Hand(
        nightly("Later", score("=9"), when="Daily, every 1 day, at 01:01", again="Only once"),
        nightly("One", score("=1"), again="Only once"),
        nightly("Two", score("=2"), again="Only once"),
    )
    look = "2026-01-06T01:00"
    assert [hand.lead(look, schedule=name) for name in ("prompt", "reverse")] == [2, 1]
    assert {hand.lead(look, schedule="random", seed=seed) for seed in range(12)} >= {1, 2}
    assert hand.lead("2026-01-06T02:00") == 9


def test_a_batch_may_begin_late_and_then_sees_what_has_happened_meanwhile():
    hand = Hand(
        campaign("When", score("=5"), on=(FORM,)),
        nightly("Look", score("+100"), who=(clause("Person Score", "at least", "5"),), again="Only once"),
    ).submits("2026-01-06T01:05")
    assert hand.lead("2026-01-06T01:30") == 5
    assert hand.lead("2026-01-06T01:30", schedule="late") == 105


def test_two_batches_a_minute_apart_may_change_places():
    hand = Hand(
        nightly("First", score("=1"), who=(clause("Person Score", "is", "0"),)),
        nightly(
            "Second",
            score("=2"),
            who=(clause("Person Score", "is", "1"),),
            when="Daily, every 1 day, at 01:01",
        ),
    )
    assert hand.lead("2026-01-06T02:00") == 2
    assert {hand.lead("2026-01-06T02:00", schedule="random", seed=seed) for seed in range(20)} == {1, 2}
    assert {hand.lead("2026-01-07T02:00", schedule="random", seed=seed) for seed in range(20)} == {2}


def test_who_has_no_filters_runs_for_nobody():
    assert Hand(nightly("Look", score("+1"), who=())).lead("2026-01-20T00:00") == 0


def test_a_night_that_would_do_nothing_is_skipped_and_none_that_would_do_something():
    """The batches of a quiet year: each answer changes with time alone, and is found on the first night."""
    silent = clause("Not Filled Out Form", Date_of_Activity=("in past", "100 days"))
    old = clause("SW Date", "in past before", "50 days")
    coming = clause("signed", "in future", "10 days")
    hand = Hand(
        campaign("When", put("SW Date", "{{system.dateTime}}"), on=(FORM,)),
        nightly("Silent", score("+1"), who=(silent,), again="Only once"),
        nightly("Old", score("+10"), who=(old, clause("SW Date", "is not empty")), again="Only once"),
        nightly("Coming", score("+100"), who=(coming,), again="Only once"),
        nightly(
            "Again",
            score("+1", "Other Score"),
            who=(clause("Created At", "in past before", "3 days"),),
            again="Once every 30 days",
        ),
    )
    hand.submits("2026-01-05T12:00")
    looks = (
        "2026-02-24T12:00",
        "2026-02-25T12:00",
        "2026-04-15T12:00",
        "2026-04-16T12:00",
        "2026-07-22T12:00",
        "2026-07-23T12:00",
    )
    assert hand.lead(*looks, fields={"signed": "2026-08-01T13:00"}) == [0, 10, 10, 11, 11, 111]
    assert hand.shown("score other", "2026-01-09T00:00", "2026-01-09T02:00", "2026-02-08T02:00") == [0, 1, 2]


def test_a_batch_stays_minutes_in_one_person_or_hours_if_the_instance_is_so():
    steps = [score("+1") for _ in range(10)]
    hand = Hand(nightly("Long", *steps, again="Only once"))
    slow = Hand(nightly("Long", *steps, again="Only once"), facts={"batch-person-in-minutes": False})
    assert hand.lead("2026-01-06T01:20", schedule="torn") == 10
    assert 0 < slow.lead("2026-01-06T03:00", schedule="torn") < 10
    assert slow.lead("2026-01-06T06:00", schedule="torn") == 10
    assert slow.lead("2026-01-06T01:20", schedule="prompt") == 10
