"""The activity log: windows, how often, how far back it goes, and what is seen of the event that has just come."""

from __future__ import annotations

import pytest

from tests.marketo.emulator.hand import (
    FORM,
    PAGE,
    Hand,
    at,
    campaign,
    clause,
    executable,
    nightly,
    run,
    score,
    wait,
)

NOON = "2026-01-05T12:00"


def nights(filter_, *, head=(), **more):
    """A score that each night on which a filter holds adds 1 to."""
    return Hand(nightly("Look", score("+1"), who=(filter_,)), *head, **more)


def test_a_window_holds_what_happened_within_it():
    hand = nights(
        clause(
            "Filled Out Form", "is", "Contact", attribute="Form Name", Date_of_Activity=("in past", "3 days")
        )
    )
    assert hand.submits(NOON).lead("2026-01-20T00:00") == 3
    assert hand.submits("2026-01-06T12:00", what="demo").lead("2026-01-20T00:00") == 3


def test_a_filter_counts_how_often():
    hand = nights(
        {
            "rule": "Visited Web Page",
            "constraints": [
                {"name": "Date of Activity", "operator": "in past", "values": ["48 hours"]},
                {"name": "Min. Number of Times", "operator": "is", "values": ["2"]},
            ],
        }
    )
    hand.visits("2026-01-05T12:00", "2026-01-06T12:00", "2026-01-10T12:00")
    assert hand.lead("2026-01-20T00:00") == 1


def test_an_inactivity_filter_looks_back_thirty_days_unless_it_is_told():
    late = "2026-03-01T00:00"
    assert nights(clause("Not Filled Out Form")).submits("2026-01-06T12:00").lead(late) == 1 + 23
    asked = nights(clause("Not Filled Out Form", Date_of_Activity=("in past", "10 days")))
    assert asked.submits("2026-01-06T12:00").lead(late) == 1 + 43


def test_a_new_person_has_done_nothing_so_an_inactivity_filter_finds_them():
    assert nights(clause("Not Visited Web Page")).lead("2026-01-06T02:00") == 1


@pytest.mark.parametrize(
    ("verb", "filter_", "days"), [("visits", "Visited Web Page", 90), ("submits", "Filled Out Form", 760)]
)
def test_web_activity_is_kept_for_90_days_and_the_rest_for_25_months(verb, filter_, days):
    hand = nights(clause(filter_))
    getattr(hand, verb)(NOON)
    assert hand.lead("2028-12-01T00:00") == days


def test_an_instance_may_keep_them_for_another_time():
    hand = nights(clause("Visited Web Page"), facts={"retention-web": 10})
    assert hand.visits(NOON).lead("2026-03-01T00:00") == 10


@pytest.mark.parametrize(("counted", "award"), [("counted", 1), ("not counted", 0)])
def test_a_filter_counts_the_event_that_has_just_come_or_does_not(counted, award):
    hand = Hand(
        campaign("When", score("+1"), on=(FORM,), who=(clause("Filled Out Form"),)),
        facts={"filter-counts-trigger-event": counted},
    )
    assert hand.submits(NOON).lead("2026-01-05T13:00") == award


def test_where_nobody_knows_the_schedule_decides_and_after_some_minutes_it_is_there():
    hand = Hand(campaign("When", score("+1"), on=(FORM,), who=(clause("Filled Out Form"),))).submits(NOON)
    assert [hand.lead("2026-01-05T13:00", schedule=name) for name in ("prompt", "reverse")] == [1, 0]
    asked = clause("Filled Out Form")
    waits = Hand(
        campaign("When", wait("5 minutes"), run("Award"), on=(FORM,)),
        executable("Award", score("+1"), who=(asked,)),
    ).submits(NOON)
    assert waits.lead("2026-01-05T13:00", schedule="reverse") == 1


def test_score_and_data_value_changes_are_logged_too():
    was = clause(
        "Score was Changed",
        "is",
        "Other Score",
        attribute="Score Name",
        Date_of_Activity=("in past", "24 hours"),
    )
    title = clause(
        "Data Value Changed",
        "is",
        "Job Title",
        attribute="Attribute",
        Date_of_Activity=("in past", "24 hours"),
    )
    hand = nights(was, head=(campaign("When", score("+1", "Other Score"), on=(FORM,)),))
    assert hand.submits(NOON).lead("2026-01-09T00:00") == 1
    assert nights(title).sets(NOON, "job-title", "CEO").lead("2026-01-09T00:00") == 1


def test_what_a_visitor_did_before_is_attached_with_its_own_date_and_starts_campaigns_late():
    recent = clause("Visited Web Page", Date_of_Activity=("in past", "24 hours"))
    hand = Hand(
        campaign("When", score("+1"), on=(PAGE,)), campaign("Form", score("+10"), on=(FORM,), who=(recent,))
    )
    hand.happens("2026-01-01T12:00", "visits", "pricing").submits(NOON)
    assert hand.lead("2026-01-05T08:59", "2026-01-05T13:00", created=at("2026-01-05T09:00")) == [0, 1]


def test_an_instance_may_not_start_campaigns_by_the_past_which_is_in_the_log_all_the_same():
    ever = clause("Visited Web Page")
    hand = Hand(
        campaign("When", score("+1"), on=(PAGE,)),
        campaign("Form", score("+10"), on=(FORM,), who=(ever,)),
        facts={"late-anonymous-past": False},
    )
    hand.happens("2026-01-01T12:00", "visits", "pricing").submits(NOON)
    assert hand.lead("2026-01-05T13:00") == 10


def test_what_is_told_late_counts_from_when_it_happened():
    hand = nights(clause("Filled Out Form", Date_of_Activity=("in past", "5 days")))
    hand.happens(NOON, "submits", "contact", known="2026-01-08T12:00")
    assert hand.lead("2026-01-30T00:00") == 2
