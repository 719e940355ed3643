"""Flow steps: Change Score and its three signs, tokens and whose they are, choices, values, lists, the CRM."""

from __future__ import annotations

import pytest

from tests.marketo.emulator.hand import (
    FORM,
    PAGE,
    Hand,
    campaign,
    choose,
    clause,
    executable,
    put,
    run,
    score,
    step,
    wait,
)

NOON, LATER = "2026-01-05T12:00", "2026-01-05T13:00"


def after(*flow, gauge="score lead", facts=None, tokens=(), others=(), events=1, **person):
    """What a gauge shows after a form has been filled out, whose campaign has these steps."""
    hand = Hand(campaign("When", *flow, on=(FORM,)), *others, facts=facts, tokens=list(tokens))
    hand.submits(*(f"2026-01-05T12:{minute:02d}" for minute in range(events)))
    return hand.shown(gauge, LATER, **person)


def token(name, shown, program="P"):
    table = {"name": f"{program}.{name}", "program": program, "token": name, "type": "score"}
    return {**table, "value": int(shown), "shown": shown}


@pytest.mark.parametrize(
    ("change", "score_after"), [("+5", 15), ("-5", 5), ("=5", 5), ("=-5", -5), ("--Do Nothing--", 10)]
)
def test_change_score_adds_takes_and_sets(change, score_after):
    assert after(score("+10"), score(change)) == score_after


def test_a_token_stands_for_its_signed_number():
    assert after(score("{{my.Page}}"), tokens=[token("Page", "+7")]) == 7
    assert after(score("{{my.page}}"), tokens=[token("Page", "-7")]) == -7


def test_a_token_that_is_not_there_changes_nothing_nor_does_one_that_the_instance_does_not_read():
    assert after(score("+1"), score("{{my.Page}}"), tokens=[token("Page", "+7", "Other")]) == 1
    assert after(score("{{my.Page}}"), tokens=[token("Page", "+7")], facts={"score-token-signed": False}) == 0


def test_an_executable_has_its_own_programs_tokens_or_its_parents():
    tokens = [token("Points", "+1"), token("Points", "+10", "Q")]
    inner = executable("Award", score("{{my.Points}}"), program="Q")
    assert after(run("Award", program="Q"), others=[inner], tokens=tokens) == 10
    assert after(run("Award", program="Q", context="True"), others=[inner], tokens=tokens) == 1


def test_the_first_choice_that_fits_acts_and_the_default_where_none_does():
    rows = (
        (clause("Person Score", "at least", "20"), "+1"),
        (clause("Person Score", "at least", "10"), "+10"),
    )
    steps = choose(score(""), "Change", "+5", *rows)
    assert after(steps) == 5
    assert after(score("=10"), steps) == 20
    assert after(score("=20"), steps) == 21
    quiet = choose(score(""), "Change", "--Do Nothing--", *rows)
    assert after(score("=3"), quiet) == 3


def test_a_choice_may_say_which_campaign_is_executed():
    step_ = choose(run("Small"), "Campaign", "P.Small", (clause("Person Score", "at least", "5"), "P.Large"))
    others = executable("Small", score("+5")), executable("Large", score("+100"))
    assert after(step_, step_, others=others) == 105


def test_change_data_value_writes_texts_moments_and_other_fields():
    assert after(put("SW Text", "MQL"), gauge="field text") == "MQL"
    assert after(put("SW Text", "MQL"), put("SW Text", "NULL"), gauge="field text") is None
    assert after(put("SW Date", "{{system.dateTime}}"), gauge="field date") == "2026-01-05T12:00:00"
    title = put("SW Text", "|{{lead.Job Title}}|")
    assert after(title, gauge="field text", fields={"job-title": "CEO "}) == "|CEO |"
    assert after(title, gauge="field text") == "||"
    assert after(score("=7"), put("SW Text", "A{{lead.Person Score}}"), gauge="field text") == "A7"


def test_a_date_that_is_copied_stays_a_date():
    copied = put("SW Date", "{{lead.signed}}")
    assert after(copied, gauge="field date", fields={"signed": "2026-01-02T10:00"}) == "2026-01-02T10:00:00"


def test_an_instance_may_not_read_tokens_of_the_person():
    title = put("SW Text", "|{{lead.Job Title}}|")
    shown = after(
        title, gauge="field text", fields={"job-title": "CEO"}, facts={"lead-token-in-data-value": False}
    )
    assert shown == "|{{lead.Job Title}}|"


def test_lists_are_joined_and_left():
    add, leave = step("Add to List", List_Name="P.Past"), step("Remove from List", List_Name="P.Past")
    assert after(add, gauge="mark past") is True
    assert after(add, leave, gauge="mark past") is False
    assert after(leave, gauge="mark past") is False


def test_adding_to_a_crm_campaign_skips_members_and_changing_the_status_adds():
    add = step("Add to SFDC Campaign", Campaign="Back", Status="Sent")
    change = step("Change Status in SFDC Campaign", Campaign="Back", New_Status="New entry")
    assert after(change, gauge="campaign back") == "New entry"
    assert after(change, add, gauge="campaign back") == "New entry"
    assert after(add, change, gauge="campaign back") == "New entry"


def test_a_sync_gives_the_first_owner_and_makes_a_lead():
    sync = step("Sync Person to SFDC", Assign_To="Queue A")
    owner, kind = clause("Sales Owner Email Address", "is", "Queue A"), clause("SFDC Type", "is", "Lead")
    asks = (
        campaign("Ask", score("+1"), on=(PAGE,), who=(owner,)),
        campaign("Kind", score("+10"), on=(PAGE,), who=(kind,)),
    )
    hand = Hand(campaign("When", sync, on=(FORM,)), *asks).submits(NOON).visits("2026-01-05T12:30")
    assert hand.lead(LATER) == 11
    assert hand.sets("2026-01-05T11:00", "assigned_to", "Somebody").lead(LATER) == 10
    assert hand.sets("2026-01-05T11:00", "crm_record", "contact").lead(LATER) == 0


def test_a_program_status_is_a_membership():
    change = step("Change Program Status", Program="Fair", New_Status="Invited")
    there = clause("Member of Program", "in", "Fair", Status=("is", "Invited"))
    hand = (
        Hand(
            campaign("When", change, on=(FORM,)),
            campaign(
                "Tell",
                score("+1"),
                on=(clause("Program Status is Changed", "is", "Fair", attribute="Program"),),
            ),
            campaign("Ask", score("+10"), on=(PAGE,), who=(there,)),
        )
        .submits(NOON)
        .visits("2026-01-05T12:30")
    )
    assert hand.lead(LATER) == 11
    assert hand.happens("2026-01-05T12:20", "attends", "fair").lead(LATER) == 2


def test_an_executable_runs_within_its_parent_step_by_step():
    others = executable("Inner", score("=50"), run("Inmost")), executable("Inmost", score("+1"))
    assert after(score("+3"), run("Inner"), score("+5"), others=others) == 56


def test_an_executables_own_filters_decide_and_none_let_nobody_in():
    choosy = executable("Inner", score("+50"), who=(clause("Job Title", "is", "CEO"),))
    assert after(run("Inner"), score("+1"), others=[choosy]) == 1
    assert after(run("Inner"), score("+1"), others=[choosy], fields={"job-title": "CEO"}) == 51
    assert after(run("Inner"), others=[executable("Inner", score("+50"), who=())]) == 0


def test_waits_spell_their_units_out():
    hand = Hand(campaign("When", wait("2 hours"), score("+1"), wait("1 month"), score("+10"), on=(FORM,)))
    hand.submits(NOON)
    assert hand.lead("2026-01-05T13:59", "2026-01-05T14:00", "2026-02-04T14:00") == [0, 1, 11]


def test_opportunities_are_asked_for_by_whether_they_are_closed_and_won():
    def has(*told, **flags):
        there = clause(
            "Has Opportunity", "is", "true", **{name: ("is", value) for name, value in flags.items()}
        )
        hand = Hand(campaign("When", score("+1"), on=(FORM,), who=(there,))).submits(NOON)
        for minute, what in enumerate(told):
            hand.happens(f"2026-01-05T11:{minute:02d}", "opportunity", what)
        return hand.lead(LATER) == 1

    assert (has(), has("created")) == (False, True)
    assert has("created", Is_Closed="false")
    assert not has("created", "won", Is_Closed="false")
    assert has("created", "won", Is_Won="true")
    assert has("created", "lost", Is_Closed="true", Is_Won="false")
    assert has("created", "won", "created", Is_Closed="false")
    assert not has("lost", "created", Is_Closed="false")
    assert has("lost", "created", Is_Closed="true")
