"""Operators as Adobe's glossary has them, empties first of all, and the facts that change them."""

from __future__ import annotations

import pytest

from tests.marketo.emulator.hand import Hand, campaign, clause, executable, nightly, put, run, score

NOON, LATER = "2026-01-05T12:00", "2026-01-05T13:00"


def holds(filter_, *, facts=None, before=(), schedule="prompt", **person):
    """Whether a filter lets a person in who fills out a form at noon."""
    hand = Hand(
        *before,
        campaign("When", score("+1"), on=(clause("Fills Out Form"),), who=(filter_,)),
        facts=facts,
    )
    return hand.submits(NOON).lead(LATER, schedule=schedule, **person) == 1


@pytest.mark.parametrize(
    ("operator", "values", "matching", "other"),
    [
        ("is", ("CEO", "CTO"), "ceo", "CEO and more"),
        ("is not", ("CEO", "CTO"), "CFO", "cto"),
        ("starts with", ("chief",), "Chief of staff", "The chief"),
        ("not starts with", ("chief",), "The chief", "CHIEF"),
        ("contains", ("sales", "shop"), "Presales", "Clerk"),
        ("not contains", ("sales", "shop"), "Clerk", "Workshop"),
        ("is not empty", (), "x", None),
        ("is empty", (), None, "x"),
    ],
)
def test_texts_are_compared_whole_or_in_part_and_without_case(operator, values, matching, other):
    filter_ = clause("Job Title", operator, *values)
    assert holds(filter_, fields={"job-title": matching})
    assert not holds(filter_, fields={"job-title": other})


@pytest.mark.parametrize("operator", ["is not", "not contains", "not starts with"])
def test_a_negative_operator_matches_an_empty_text_if_the_instance_says_so(operator):
    filter_ = clause("Job Title", operator, "CEO")
    assert holds(filter_)
    assert not holds(filter_, facts={"negative-operators-match-empty": False})


def test_several_values_of_a_negative_operator_mean_none_of_them_unless_the_instance_says_otherwise():
    filter_ = clause("Job Title", "not contains", "sales", "shop")
    assert not holds(filter_, fields={"job-title": "Sales"})
    assert holds(filter_, fields={"job-title": "Sales"}, facts={"several-values": False})


def test_blanks_at_the_ends_of_a_value_count_unless_the_instance_cuts_them():
    filter_ = clause("Job Title", "contains", " CEO ")
    assert not holds(filter_, fields={"job-title": "CEO"})
    assert holds(filter_, fields={"job-title": "CEO"}, facts={"filter-values-keep-blanks": False})


@pytest.mark.parametrize(
    ("operator", "values", "matching", "other"),
    [
        ("is", ("5", "7"), 7, 6),
        ("is not", ("5", "7"), 6, 5),
        ("at least", ("5",), 5, 4),
        ("at most", ("5",), 5, 6),
        ("greater than", ("5",), 6, 5),
        ("less than", ("5",), 4, 5),
        ("between", ("5", "7"), 7, 8),
    ],
)
def test_numbers_are_compared_with_their_bounds_in(operator, values, matching, other):
    filter_ = clause("seats", operator, *values)
    assert holds(filter_, fields={"seats": matching})
    assert not holds(filter_, fields={"seats": other})


def test_is_0_matches_an_empty_number_and_is_not_0_does_not():
    assert holds(clause("Person Score", "is", "0"))
    assert holds(clause("Person Score", "is", "0", "5"))
    assert not holds(clause("Person Score", "is", "5"))
    assert not holds(clause("Person Score", "is not", "0"))
    assert holds(clause("Person Score", "is not", "5"))


@pytest.mark.parametrize(("operator", "value"), [("at most", "5"), ("less than", "1"), ("at least", "-3")])
def test_a_comparison_with_an_empty_number_is_as_the_instance_says_else_as_the_schedule(operator, value):
    filter_ = clause("Person Score", operator, value)
    assert holds(filter_, facts={"empty-scores": "as 0"})
    assert not holds(filter_, facts={"empty-scores": "never matches"})
    assert not holds(filter_, schedule="prompt")
    assert holds(filter_, schedule="reverse")


def test_a_boolean_that_was_never_set_is_false_and_never_empty_unless_the_instance_keeps_three_states():
    three = {"empty-boolean-is-false": False}
    assert holds(clause("member", "is", "false"))
    assert not holds(clause("member", "is empty"))
    assert not holds(clause("member", "is", "false"), facts=three)
    assert holds(clause("member", "is empty"), facts=three)
    assert holds(clause("member", "is", "true"), fields={"member": True})


@pytest.mark.parametrize(
    ("operator", "values", "empty"),
    [
        ("before", ("2026-01-01",), True),
        ("on or before", ("2026-01-01",), True),
        ("in past before", ("30 days",), True),
        ("in past", ("30 days",), False),
        ("after", ("2026-01-01",), False),
        ("on or after", ("2026-01-01",), False),
    ],
)
def test_what_looks_far_back_matches_an_empty_date(operator, values, empty):
    assert holds(clause("signed", operator, *values)) is empty


@pytest.mark.parametrize(
    ("operator", "values", "matching", "other"),
    [
        ("before", ("2026-01-02",), "2026-01-01T23:59", "2026-01-02"),
        ("on or before", ("2026-01-02",), "2026-01-02T10:00", "2026-01-03"),
        ("on or after", ("2026-01-02",), "2026-01-02", "2026-01-01T23:59"),
        ("after", ("2026-01-02",), "2026-01-03", "2026-01-02T10:00"),
        ("between", ("2026-01-01", "2026-01-02"), "2026-01-02T10:00", "2026-01-03"),
        ("in past", ("24 hours",), "2026-01-04T12:01", "2026-01-04T12:00"),
        ("in past before", ("24 hours",), "2026-01-04T12:00", "2026-01-04T12:01"),
        ("in past", ("3 days",), "2026-01-02T12:01", "2026-01-05T12:01"),
        ("in future", ("2 days",), "2026-01-07T12:00", "2026-01-07T12:01"),
        ("in time frame", ("Today",), "2026-01-05T00:00", "2026-01-04T23:59"),
        ("in time frame", ("This Month",), "2026-01-01", "2025-12-31"),
    ],
)
def test_dates_are_compared_by_the_subscriptions_clock(operator, values, matching, other):
    filter_ = clause("signed", operator, *values)
    assert holds(filter_, fields={"signed": matching})
    assert not holds(filter_, fields={"signed": other})


def test_days_and_hours_look_back_from_the_moment_or_from_a_midnight():
    days, hours = clause("signed", "in past", "1 days"), clause("signed", "in past", "24 hours")
    morning = {"signed": "2026-01-04T09:00"}
    assert not holds(days, fields=morning)
    assert holds(days, fields=morning, facts={"day-windows-roll": False})
    assert not holds(hours, fields=morning)
    assert holds(hours, fields=morning, facts={"hour-windows-roll": False})


def test_a_week_begins_on_a_sunday_unless_the_instance_says_monday():
    sunday = {"signed": "2026-01-04"}  # the person is seen on the Monday after it
    assert holds(clause("signed", "in time frame", "This Week"), fields=sunday)
    assert not holds(
        clause("signed", "in time frame", "This Week"), fields=sunday, facts={"week-starts-monday": True}
    )


def test_created_at_is_never_empty_unless_the_instance_leaves_it_so():
    filter_ = clause("Created At", "is not empty")
    assert holds(filter_)
    assert not holds(filter_, facts={"created-at-is-known": False})


def test_what_a_step_writes_is_compared_by_its_fields_type():
    hand = Hand(
        nightly("Fill", put("SW Number", "12"), put("SW Date", "{{system.dateTime}}"), again="Only once"),
        nightly(
            "Look",
            run("Give"),
            who=(clause("SW Number", "greater than", "9"), clause("SW Date", "in past", "2 hours")),
            when="Daily, every 1 day, at 02:00",
        ),
        executable("Give", score("+1")),
    )
    assert hand.lead("2026-01-06T03:00", "2026-01-09T03:00") == [1, 1]
    assert hand.shown("field date", "2026-01-06T03:00") == "2026-01-06T01:00:00"
