"""Six lowerings that suggest themselves and go wrong, built by hand, beside the ones that go right."""

from __future__ import annotations

from tests.marketo.emulator.hand import (
    EVERYBODY,
    FORM,
    PAGE,
    Hand,
    campaign,
    choose,
    clause,
    executable,
    nightly,
    run,
    score,
    wait,
)

NOON, LATER = "2026-01-05T12:00", "2026-01-05T15:00"
TITLE = clause("Data Value Changes", "is", "Job Title", attribute="Attribute")


def new_score(operator, number, name="Person Score"):
    return clause("Score is Changed", "is", name, attribute="Score Name", New_Score=(operator, str(number)))


def test_a_floor_by_a_listener_loses_the_points_that_come_before_it_has_run():
    listener = campaign("Floor", wait("5 minutes"), score("=0"), on=(new_score("less than", 0),))
    naive = Hand(
        campaign("Take", score("-10"), on=(PAGE,)), campaign("Give", score("+10"), on=(FORM,)), listener
    )
    clamped = choose(score(""), "Change", "=0", (clause("Person Score", "greater than", "10"), "-10"))
    right = Hand(campaign("Take", clamped, on=(PAGE,)), campaign("Give", score("+10"), on=(FORM,)))
    for hand in (naive, right):
        hand.visits(NOON).submits("2026-01-05T12:01")
    assert naive.lead(LATER) == 0
    assert right.lead(LATER) == 10


def test_new_score_sees_sums_that_nobody_means():
    parts = (
        campaign("Give", score("+20"), on=(FORM,)),
        campaign("Take", score("-30"), on=(FORM,)),
        campaign("Start", score("=90"), on=(PAGE,), again="Only once"),
    )
    naive = Hand(*parts, campaign("Hand over", score("+1", "Other Score"), on=(new_score("at least", 100),)))
    again = executable(
        "Read again", score("+1", "Other Score"), who=(clause("Person Score", "at least", "100"),)
    )
    right = Hand(
        *parts,
        again,
        campaign("Watch", wait("10 minutes"), run("Read again"), on=(new_score("at least", 100),)),
    )
    for hand in (naive, right):
        hand.visits("2026-01-05T11:00").submits(NOON)
    assert [naive.shown("score other", LATER, schedule=name) for name in ("prompt", "reverse")] == [1, 0]
    assert [right.shown("score other", LATER, schedule=name) for name in ("prompt", "reverse", "late")] == [
        0,
        0,
        0,
    ]


def test_a_total_that_follows_a_part_by_choices_must_be_changed_before_it():
    def tenth(name):
        rows = [
            (clause("Other Score", "at least", str(edge)), f"-{loss}") for loss, edge in ((10, 95), (9, 85))
        ]
        return choose(score("", name), "Change", "--Do Nothing--", *rows)

    def hand(*order):
        begin = campaign("Begin", score("=95", "Other Score"), score("=95"), on=(FORM,))
        return Hand(begin, nightly("Decay", *map(tenth, order), again="Only once")).submits(NOON)

    assert hand("Other Score", "Person Score").lead("2026-01-06T02:00") == 95 - 9
    assert hand("Person Score", "Other Score").lead("2026-01-06T02:00") == 95 - 10


def test_a_re_roll_that_sets_the_part_never_takes_it_from_the_total():
    """CEO (15) becomes Director (10), the total is at 130."""
    ceo, director = clause("Job Title", "is", "CEO"), clause("Job Title", "is", "Director")
    given = ((ceo, "=15"), (director, "=10"))
    adds = ((ceo, "+15"), (director, "+10"))
    part = choose(score("", "Other Score"), "Change", "=0", *given)
    total = choose(score(""), "Change", "--Do Nothing--", *adds)
    back = [(clause("Other Score", "is", str(n)), f"-{n}") for n in (15, 10)]
    taken = choose(score(""), "Change", "--Do Nothing--", *back)
    begin = campaign("Begin", score("=115"), on=(PAGE,))
    naive = Hand(begin, campaign("Re-roll", part, total, on=(TITLE,)))
    right = Hand(begin, campaign("Re-roll", taken, part, total, on=(TITLE,)))
    for hand in (naive, right):
        hand.visits("2026-01-05T10:00").sets("2026-01-05T11:00", "job-title", "CEO").sets(
            NOON, "job-title", "Director"
        )
    assert naive.lead("2026-01-05T11:30", LATER) == [130, 140]
    assert right.lead("2026-01-05T11:30", LATER) == [130, 125]


def test_only_once_on_a_trigger_and_on_a_batch_is_twice():
    """The form was filled out before the start, and twice after it."""
    past = (clause("Filled Out Form"),)

    def lead(*campaigns):
        hand = Hand(*campaigns, head="starts = 2026-02-01\n")
        return hand.submits(NOON, "2026-02-02T12:00", "2026-02-03T12:00").lead("2026-02-04T00:00")

    award = score("+50")
    naive = lead(
        campaign("When", award, on=(FORM,), again="Only once"),
        nightly("Backfill", award, who=past, again="Only once", when="Run once", stage="start"),
    )
    right = lead(
        campaign("When", run("Award"), on=(FORM,)),
        nightly("Backfill", run("Award"), who=past, when="Run once", stage="start"),
        executable("Award", award, who=(EVERYBODY,), again="Only once"),
    )
    assert (naive, right) == (100, 50)


def test_a_token_that_is_changed_beside_a_literal_falls_through_the_floor():
    token = {"name": "P.Take", "program": "P", "token": "Take", "value": -10, "shown": "-10"}

    def lead(literal):
        step = choose(
            score(""), "Change", "=0", (clause("Person Score", "greater than", literal), "{{my.Take}}")
        )
        hand = Hand(
            campaign("Give", score("=7"), on=(FORM,)), campaign("Take", step, on=(PAGE,)), tokens=[token]
        )
        return hand.submits(NOON).visits("2026-01-05T13:00").lead(LATER)

    assert lead("5") == -3
    assert lead("10") == 0
