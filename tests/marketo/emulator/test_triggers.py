"""What starts a trigger campaign: triggers are any of them, filters are looked at when the person enters."""

from __future__ import annotations

import pytest

from tests.marketo.emulator.hand import (
    FORM,
    PAGE,
    Hand,
    alert,
    campaign,
    clause,
    executable,
    put,
    run,
    score,
    step,
    wait,
)

NOON, LATER = "2026-01-05T12:00", "2026-01-05T13:00"
CHANGED = clause("Score is Changed", "is", "Person Score", attribute="Score Name")


def above(number, operator="at least"):
    return clause(
        "Score is Changed", "is", "Person Score", attribute="Score Name", New_Score=(operator, str(number))
    )


def test_each_trigger_starts_the_campaign_and_one_activity_starts_it_once():
    both = (FORM, clause("Fills Out Form", "is", "Contact", attribute="Form Name"), PAGE)
    hand = Hand(campaign("When", score("+1"), on=both)).submits(NOON).visits("2026-01-05T12:05")
    assert hand.lead(LATER) == 2


def test_a_trigger_asks_for_one_asset_several_or_any_but():
    contact = clause("Fills Out Form", "is", "Contact", attribute="Form Name")
    others = clause("Fills Out Form", "is not", "Contact", "Demo", attribute="Form Name")
    hand = Hand(campaign("A", score("+1"), on=(contact,)), campaign("B", score("+10"), on=(others,)))
    assert hand.submits(NOON).submits("2026-01-05T12:01", what="demo").lead(LATER) == 1
    assert hand.happens(NOON, "submits", "any-form", name="Newsletter").lead(LATER) == 11


def test_constraints_must_all_hold():
    human = clause("Clicks Link in Email", "is", "Letter", attribute="Email", Is_Bot_Activity=("is", "false"))
    hand = Hand(campaign("When", score("+1"), on=(human,)))
    hand.happens(NOON, "clicks", "letter", bot=True).happens(NOON, "clicks", "letter")
    assert hand.lead(LATER) == 1


def test_without_the_constraint_bots_count_like_people():
    human = clause("Opens Email", "is any", Is_Bot_Activity=("is", "false"))
    hand = Hand(campaign("When", score("+1"), on=(human,)), facts={"bot-constraint": False})
    assert hand.happens(NOON, "opens", "letter", bot=True).lead(LATER) == 1


def test_filters_are_looked_at_when_the_person_enters_not_when_it_happens():
    hand = Hand(
        campaign("First", score("+5"), on=(FORM,)),
        campaign("Second", score("+100"), on=(FORM,), who=(clause("Person Score", "at least", "5"),)),
    ).submits(NOON)
    assert hand.lead(LATER) == 105
    assert hand.lead(LATER, schedule="reverse") == 5
    fixed = Hand(
        campaign("First", score("+5"), on=(FORM,)),
        campaign("Second", score("+100"), on=(FORM,), who=(clause("Person Score", "at least", "5"),)),
        facts={"trigger-order": True},
    ).submits(NOON)
    assert fixed.lead(LATER, schedule="reverse") == 105


def test_new_score_fires_at_every_change_that_ends_there_falls_and_siblings_too():
    hand = Hand(
        campaign("Award", score("+100"), on=(FORM,)),
        campaign("Take", score("-10"), on=(PAGE,)),
        campaign("Tell", score("+1", "Other Score"), on=(above(80),)),
    )
    assert hand.submits(NOON).visits("2026-01-05T12:10").shown("score other", LATER) == 2


def test_an_instance_may_look_at_new_score_only_when_the_score_rises():
    hand = Hand(
        campaign("Award", score("+100"), on=(FORM,)),
        campaign("Take", score("-10"), on=(PAGE,)),
        campaign("Tell", score("+1", "Other Score"), on=(above(80),)),
        campaign("Below", score("+10", "Other Score"), on=(above(95, "less than"),)),
        facts={"new-score-on-decrease": False},
    )
    assert hand.submits(NOON).visits("2026-01-05T12:10").shown("score other", LATER) == 11


def test_a_score_that_stays_is_not_changed():
    hand = Hand(
        campaign("Set", score("=5"), on=(FORM,)), campaign("Tell", score("+1", "Other Score"), on=(CHANGED,))
    )
    assert hand.submits(NOON, "2026-01-05T12:30").shown("score other", LATER) == 1


def test_a_campaign_that_starts_itself_for_ever_is_stopped():
    hand = Hand(campaign("More", score("+1"), on=(FORM, CHANGED))).submits(NOON)
    assert hand.lead(LATER) > 1_000


def test_data_value_changes_sees_values_before_and_after_from_outside_and_from_steps():
    won = clause(
        "Data Value Changes",
        "is",
        "SW Text",
        attribute="Attribute",
        New_Value=("is", "b"),
        Previous_Value=("is", "a"),
    )
    title = clause("Data Value Changes", "is", "Job Title", attribute="Attribute")
    hand = Hand(
        campaign("Write", put("SW Text", "a"), put("SW Text", "b"), on=(title,)),
        campaign("Tell", score("+1"), on=(won,)),
    )
    hand.sets(NOON, "job-title", "CEO").sets("2026-01-05T12:10", "job-title", "CEO")
    assert hand.lead(LATER) == 1


def test_a_field_that_is_filled_at_creation_has_not_changed_unless_the_instance_says_so():
    changed = clause("Data Value Changes", "is", "Job Title", attribute="Attribute")
    born = clause("Person is Created")
    campaigns = campaign("Changed", score("+1"), on=(changed,)), campaign("Born", score("+10"), on=(born,))
    fields = {"job-title": "CEO"}
    assert Hand(*campaigns).lead(LATER, fields=fields) == 10
    assert Hand(*campaigns, facts={"created-without-change": False}).lead(LATER, fields=fields) == 11


def test_lists_start_campaigns_when_somebody_comes_on_and_when_they_come_off():
    added = clause("Added to List", "is", "VIPs", attribute="List Name")
    removed = clause("Removed from List", "is", "VIPs", attribute="List Name")
    hand = Hand(campaign("On", score("+1"), on=(added,)), campaign("Off", score("+10"), on=(removed,)))
    hand.listed(NOON, "vips", on=True).listed("2026-01-05T12:05", "vips", on=True)
    assert hand.lead(LATER) == 1
    assert hand.listed("2026-01-05T12:10", "vips", on=False).lead(LATER) == 11


def test_a_requested_campaign_runs_beside_the_one_that_asks():
    requested = clause("Campaign is Requested", "is", "Flow Action", attribute="Source")
    ask = step("Request Campaign", Campaign="P.Later")
    hand = Hand(
        campaign("When", ask, score("=1"), on=(FORM,)),
        campaign("Later", wait("10 days"), score("+7"), on=(requested,), stage="requested"),
    ).submits(NOON)
    assert hand.lead(LATER, "2026-01-15T11:59", "2026-01-15T12:00") == [1, 1, 8]


def test_an_executable_may_request_unless_the_instance_does_not_let_it():
    requested = clause("Campaign is Requested", "is", "Flow Action", attribute="Source")
    campaigns = (
        campaign("When", run("Ask"), on=(FORM,)),
        executable("Ask", step("Request Campaign", Campaign="P.Later")),
        campaign("Later", score("+7"), on=(requested,), stage="requested"),
    )
    assert Hand(*campaigns).submits(NOON).lead(LATER) == 7
    assert Hand(*campaigns, facts={"request-from-executable": False}).submits(NOON).lead(LATER) == 0


@pytest.mark.parametrize("stage", ["", "start"])
def test_a_campaign_that_is_never_switched_on_does_nothing(stage):
    hand = Hand(campaign("When", score("+1"), on=(FORM,), stage=stage)).submits(NOON)
    assert hand.lead(LATER) == 0


def test_a_wait_lets_time_pass_for_the_person_and_others_go_on():
    hand = Hand(
        campaign("When", wait("5 minutes"), run("Look"), on=(FORM,)),
        executable(
            "Look",
            alert(),
            score("=50"),
            who=(clause("Person Score", "less than", "10"), clause("Person Score", "is", "0")),
            logic="ANY",
        ),
        campaign("Page", score("+10"), on=(PAGE,)),
    )
    assert hand.submits(NOON).lead(LATER) == 50
    assert hand.visits("2026-01-05T12:03").lead(LATER) == 10


def test_what_happens_in_a_program_is_a_change_of_status():
    attended = clause("Program Status is Changed", "is any", New_Status=("is", "Attended"))
    hand = Hand(campaign("When", score("+1"), on=(attended,))).happens(NOON, "attends", "fair")
    assert hand.happens("2026-01-05T12:10", "attends", "fair").lead(LATER) == 2
    assert (
        hand.happens("2026-01-05T12:20", "misses", "fair")
        .happens("2026-01-05T12:30", "attends", "fair")
        .lead(LATER)
        == 3
    )
