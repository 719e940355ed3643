"""How a bundle is switched on: before a new person comes, or around one who is there already."""

from __future__ import annotations

from tests.marketo.emulator.hand import FORM, Hand, at, campaign, clause, nightly, score, step, wait

LATER = "2026-01-05T13:00"
BORN = clause("Person is Created")
CHANGED = clause("Score is Changed", "is", "Person Score", attribute="Score Name")
PAST = step("Add to List", List_Name="P.Past")


def once(name, *flow, who, stage):
    return nightly(name, *flow, who=who, when="Run once", stage=stage)


def staged():
    """Each stage leaves a trace of what it found."""
    return Hand(
        once("Zero", score("+1"), who=(clause("Created At", "is not empty"),), stage="start"),
        nightly("Night", score("+10")),
        once("Past", PAST, who=(clause("Person Score", "at least", "50"),), stage="threshold-start"),
        campaign(
            "Cross",
            score("+1", "Other Score"),
            on=(CHANGED,),
            who=(clause("Member of List", "not in", "P.Past"),),
            stage="threshold",
        ),
        campaign("Born", score("+1000"), on=(BORN,)),
        campaign("Form", score("+100"), on=(FORM,)),
    )


def test_a_new_person_comes_to_a_bundle_that_is_live():
    assert staged().lead(LATER) == 1000
    assert staged().shown("score other", LATER) == 1


def test_who_has_points_is_there_already_and_every_stage_runs_before_anything_happens():
    there = {"scores": {"lead": 40}}
    assert staged().lead(LATER, **there) == 51
    assert staged().shown("mark past", LATER, **there) is True
    assert staged().shown("score other", LATER, **there) == 0
    assert staged().submits("2026-01-05T09:00").shown("score other", LATER, **there) == 0
    assert staged().submits("2026-01-05T09:00").lead(LATER, **there) == 151


def test_who_is_below_a_threshold_then_is_handed_over_later():
    hand = staged().submits("2026-01-05T12:00")
    assert hand.shown("score other", LATER, scores={"lead": 3}) == 1


def test_marks_that_a_person_has_are_lists():
    assert staged().shown("mark past", LATER, marks=frozenset({"past"})) is True
    assert staged().lead(LATER, marks=frozenset({"past"})) == 11


def test_a_model_with_a_start_is_switched_on_then_for_who_was_there_before():
    def hand():
        instance = Hand(
            campaign("Form", score("+100"), on=(FORM,)),
            once("Start", score("+1"), who=(clause("Filled Out Form"),), stage="start"),
            campaign("Born", score("+1000"), on=(BORN,)),
            head="starts = 2026-02-01\n",
        )
        return instance.submits("2026-01-05T12:00", "2026-02-01T00:00")

    looks = ("2026-01-31T23:59", "2026-02-02T00:00")
    assert hand().lead(*looks) == [0, 101]
    assert hand().lead(*looks, created=at("2026-01-31T23:00")) == [0, 101]
    assert hand().lead("2026-02-02T00:00", created=at("2026-02-01T00:00")) == 1200


def test_scores_are_there_from_the_beginning_even_before_a_start():
    hand = Hand(campaign("Form", score("+100"), on=(FORM,)), head="starts = 2026-02-01\n")
    assert hand.lead("2026-01-06T00:00", "2026-02-02T00:00", scores={"lead": 40}) == [40, 40]


def test_a_model_in_force_between_days_is_switched_on_and_off_by_hand():
    hand = Hand(
        campaign("Form", score("+1"), on=(FORM,)),
        nightly("Night", score("+100")),
        head="active = { from = 2026-02-01, until = 2026-02-03 }\n",
    )
    hand.submits("2026-01-31T23:59", "2026-02-01T00:00", "2026-02-03T23:59", "2026-02-04T00:00")
    assert hand.lead("2026-02-01T00:00", "2026-02-05T12:00") == [1, 302]


def test_a_rule_in_force_between_days_is_too_and_people_who_wait_in_what_it_requests_go_on():
    table = campaign("Form", step("Request Campaign", Campaign="P.Later"), score("+1"), on=(FORM,))
    requested = clause("Campaign is Requested", "is", "Flow Action", attribute="Source")
    later = campaign("Later", wait("10 days"), score("+10"), on=(requested,), stage="requested")
    other = campaign("Other", score("+100"), on=(FORM,)) | {"for": ["rules.other"]}
    hand = Hand(table, later, other, rule="active = { until = 2026-01-06 }\n")
    hand.submits("2026-01-06T12:00", "2026-01-07T12:00")
    assert hand.lead("2026-01-08T00:00", "2026-01-20T00:00") == [201, 211]
