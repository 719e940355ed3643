"""Who may come again: each campaign remembers for itself, in elapsed hours."""

from __future__ import annotations

import pytest

from tests.marketo.emulator.hand import FORM, PAGE, Hand, campaign, clause, executable, run, score

HOURS = ("2026-01-05T12:00", "2026-01-05T13:00", "2026-01-06T11:59", "2026-01-06T12:00", "2026-02-06T12:00")
END = "2026-02-07T00:00"


@pytest.mark.parametrize(
    ("again", "times"),
    [
        ("Every time", 5),
        ("Only once", 1),
        ("Once every 1 hour", 4),
        ("Once every 2 hours", 3),
        ("Once every 1 day", 3),
        ("Once every 4 weeks", 2),
        ("Once every 1 month", 2),
        ("Once every 2 months", 1),
    ],
)
def test_qualification_counts_elapsed_time(again, times):
    hand = Hand(campaign("When", score("+1"), on=(FORM,), again=again)).submits(*HOURS)
    assert hand.lead(END) == times


def test_a_campaign_without_a_qualification_lets_a_person_through_once():
    table = campaign("When", score("+1"), on=(FORM,))
    del table["qualification"]
    assert Hand(table).submits(*HOURS).lead(END) == 1


def test_who_was_not_let_in_is_not_remembered():
    hand = Hand(
        campaign("When", score("+1"), on=(FORM,), who=(clause("Job Title", "is", "CEO"),), again="Only once")
    )
    hand.submits(*HOURS).sets("2026-01-06T00:00", "job-title", "CEO")
    assert hand.lead(END) == 1


def test_executables_have_a_memory_of_their_own_that_their_parents_share():
    campaigns = (
        campaign("Form", run("Award"), on=(FORM,)),
        campaign("Page", run("Award"), on=(PAGE,)),
        executable("Award", score("+50"), again="Only once"),
    )
    days = "2026-01-05T12:00", "2026-01-06T12:00"
    assert Hand(*campaigns).submits(*days).visits(*days).lead(END) == 50
    forgetful = Hand(*campaigns, facts={"qualification-memory": False})
    assert forgetful.submits(*days).visits(*days).lead(END) == 200


def test_a_filter_can_ask_who_went_through_a_campaign():
    went = clause("Member of Smart Campaign", "in", "P.Form")
    hand = Hand(
        campaign("Form", score("+1"), on=(FORM,)), campaign("Page", score("+10"), on=(PAGE,), who=(went,))
    )
    hand.visits("2026-01-05T11:00", "2026-01-05T13:00").submits("2026-01-05T12:00")
    assert hand.lead(END) == 11
