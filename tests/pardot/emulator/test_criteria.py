from __future__ import annotations

import pytest

from scorewright.model.history import OWNER, Person
from tests.pardot.emulator import platform as pf
from tests.pardot.emulator.platform import (
    bundle,
    by,
    category,
    criterion,
    does,
    end,
    field,
    lists,
    play,
    put,
    rule,
    sets,
    silent,
)

NONE = criterion("Prospect email status", "", "is", "Opt In")


def matches(asked, *history, days=5.0, schedule="prompt", also=(), **more):
    """Whether a rule that asks this has matched by then; ``also`` are rules beside it."""
    kinds = {key: more.pop(key) for key in tuple(more) if key in {"dynamic_lists", "profile_criteria"}}
    tables = bundle(rule("asks", [asked], [put("gone")]), *also, **kinds)
    return end(tables, *history, until=days, schedule=schedule, **more)["mark gone"]


# --- fields ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "typed", "value", "expected"),
    [
        ("is", "CEO", "ceo", True),
        ("is", "CEO;CTO", "CTO", True),
        ("is", "CEO; CTO", "CTO ", True),
        ("is", "CEO", "CEO of it", False),
        ("contains", "COO", "Coordinator", True),
        ("contains", "CEO;coord", "Coordinator", True),
        ("contains", '"a;b";c', "a;b here", True),
        ("contains", '"a;b"', "a", False),
        ("starts with", "Co", "coordinator", True),
        ("starts with", "or", "coordinator", False),
        ("isn't", "CEO;CTO", "CEO", False),
        ("isn't", "CEO;CTO", "CFO", True),
        ("doesn't contain", "CEO;CTO", "the cto", False),
        ("doesn't contain", "CEO;CTO", "CFO", True),
        ("is empty", "", "CFO", False),
        ("is not empty", "", "CFO", True),
        ("is empty", "", None, True),
        ("is not empty", "", "  ", False),
        ("is", "CEO", None, False),
        ("contains", "CEO", None, False),
    ],
)
def test_texts_are_compared_as_the_operator_says(operator, typed, value, expected):
    person = Person(pf.START, {"job-title": value})
    assert matches(field("Job Title", operator, typed), person=person) is expected


def test_case_counts_or_does_not():
    asked = field("Job Title", "contains", "ceo")
    assert matches(asked, sets(1, "job-title", "CEO")) is True
    assert matches(asked, sets(1, "job-title", "CEO"), text_ignores_case=False) is False


def test_without_the_operator_starts_with_nobody_matches_it():
    asked = field("Job Title", "starts with", "C")
    assert matches(asked, sets(1, "job-title", "CEO"), text_starts_with=False) is False


@pytest.mark.parametrize("operator", ["isn't", "doesn't contain"])
def test_negative_operators_match_empty_fields_or_not(operator):
    asked = field("Job Title", operator, "CEO")
    assert matches(asked) is False
    assert matches(asked, negatives_match_empty_fields=True) is True


def test_a_value_box_holds_255_characters_and_the_rest_is_cut():
    texts = [
        f"{number:03d}-{'x' * 44}" for number in range(6)
    ]  # 48 characters each: five fit, and 10 characters of the sixth
    asked = field("Job Title", "contains", ";".join(texts))
    assert matches(asked, sets(1, "job-title", texts[4])) is True
    assert matches(asked, sets(1, "job-title", texts[5][:9])) is False
    assert matches(asked, sets(1, "job-title", texts[5])) is True, (
        "what is left of the last value is looked for"
    )
    assert matches(field("Job Title", "is", ";".join(texts)), sets(1, "job-title", texts[5])) is False
    assert (
        matches(
            field("Job Title", "is", ";".join(texts)),
            sets(1, "job-title", texts[5]),
            value_box_characters=400,
        )
        is True
    )


@pytest.mark.parametrize(
    ("operator", "bound", "value", "expected"),
    [
        ("is greater than", 49, 50, True),
        ("is greater than", 50, 50, False),
        ("is less than", 50, 49, True),
        ("is less than", 50, 50, False),
        ("is less than", 50, None, False),
        ("is greater than", -1, None, False),
    ],
)
def test_numbers_are_compared_and_empty_ones_match_nothing(operator, bound, value, expected):
    assert matches(field("Employees", operator, str(bound)), sets(1, "employees", value)) is expected


def test_a_checkbox_is_yes_or_no():
    assert matches(field("VIP", "is", "Yes", "custom"), sets(1, "vip", True)) is True
    assert matches(field("VIP", "is", "No", "custom"), sets(1, "vip", False)) is True
    assert matches(field("VIP", "is", "No", "custom")) is False


@pytest.mark.parametrize("operator", ["isn't", "doesn't contain", "is empty"])
def test_account_criteria_never_match_people_without_an_account(operator):
    asked = field("Type", operator, "" if operator == "is empty" else "Customer", "account")
    assert matches(asked) is False
    other = sets(1, "account-type", "Partner")
    assert matches(asked, other) is (operator != "is empty")
    assert matches(asked, other, sets(2, "account-type", None), negatives_match_empty_fields=True) is True


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operator", "days", "strict", "turns"),
    [("greater", 29, True, 30), ("greater", 29, False, 29), ("less", 30, True, 30), ("less", 30, False, 31)],
)
def test_days_are_whole_and_compared_strictly_or_not(operator, days, strict, turns):
    """The last activity was at day 0: one instant before it turns, and at it."""
    fact = {f"days_{operator}_than_is_strict": strict}
    guard = field("Region", "is", "now", "custom")
    both = [silent(operator, days), guard]
    tables = bundle(rule("asks", both, [put("gone")]))
    seen = []
    for moment in (turns - 0.001, turns):
        history = [
            does(0, "visits", "any-page"),
            sets(moment, "region", "now"),
            sets(moment + 0.0005, "region", None),
        ]
        seen.append(end(tables, *history, until=moment + 0.01, **fact)["mark gone"])
    assert seen == ([False, True] if operator == "greater" else [True, False])


def test_people_who_were_never_active_match_a_silence_or_not():
    assert matches(silent("greater", 1)) is False
    assert matches(silent("greater", 1), never_active_matches=True) is True
    assert matches(silent("less", 100), never_active_matches=True) is False


def test_what_counts_as_activity_is_a_fact():
    asked = silent("less", 1000)
    for verb, what in (
        ("visits", "any-page"),
        ("submits", "contact"),
        ("clicks", "banner"),
        ("starts_visit", ""),
    ):
        assert matches(asked, does(1, verb, what)) is True
    assert matches(asked, does(1, "opens", "mail")) is False
    assert matches(asked, does(1, "opens", "mail"), activity_kinds="visits opens") is True
    assert matches(asked, does(1, "submits", "contact"), activity_kinds="visits opens") is False


def test_what_is_told_late_is_activity_of_its_own_day():
    visits = [does(5, "visits", "any-page"), does(2, "visits", "any-page", known=pf.at(6))]
    assert matches(silent("greater", 3), *visits, days=8.9) is False
    assert matches(silent("greater", 3), *visits, days=9.1) is True


@pytest.mark.parametrize(
    ("operator", "typed", "day", "expected"),
    [
        ("is after", "2026-03-01", "2026-03-02", True),
        ("is after", "2026-03-01", "2026-03-01", False),
        ("is before", "2026-03-01", "2026-02-28", True),
        ("is before", "2026-03-01", "2026-03-01", False),
        ("is before", "2026-03-01", None, False),
        ("is", "2026-03-01", "2026-03-01", True),
        ("is", "2026-03-01", "2026-03-02", False),
    ],
)
def test_dates_are_compared_with_a_day(operator, typed, day, expected):
    assert matches(field("Renewal", operator, typed, "custom"), sets(1, "renewal", day)) is expected


def test_dates_turn_by_the_clock():
    ahead = field("Renewal", "is less than (days ahead)", "10", "custom")
    ago = field("Renewal", "is greater than (days ago)", "9", "custom")
    renewal = sets(1, "renewal", "2026-02-04")  # thirty days after the start
    assert [matches(ahead, renewal, days=day) for day in (19, 20)] == [False, True]
    assert [matches(ago, renewal, days=day) for day in (39, 40)] == [False, True]
    assert matches(ahead, renewal, days=40, dates_compare_in_days=False) is False


def test_when_a_record_was_created_is_a_time():
    asked = criterion("Prospect time", "created", "is greater than (days ago)", "9")
    assert [matches(asked, days=day) for day in (9.9, 10.1)] == [False, True]
    assert matches(criterion("Prospect time", "created", "is before", "2026-01-06")) is True


# --- tags, lists, scores --------------------------------------------------------------------------------------------


def test_tag_isnt_matches_people_without_any_tag_or_not():
    asked = criterion("Prospect tag", "gone", "isn't")
    tables = bundle(rule("asks", [asked], [by(1)]))
    assert end(tables)["score lead"] == 1
    assert end(tables, tag_isnt_matches_untagged=False)["score lead"] == 0
    other = bundle(rule("asks", [asked], [by(1)]), rule("tags", [NONE], [put("other")]))
    assert end(other, tag_isnt_matches_untagged=False)["score lead"] == 1


def test_list_isnt_matches_people_on_no_list_or_not():
    asked = criterion("Prospect list", "Board", "isn't")
    assert matches(asked) is True
    assert matches(asked, list_isnt_matches_others=False) is False
    everybody = {"name": "All", "match": "all", "criteria": [NONE]}
    assert matches(asked, list_isnt_matches_others=False, dynamic_lists=[everybody]) is True
    assert matches(criterion("Prospect list", "Board", "is"), lists(1, "board", on=True)) is True


def test_a_category_without_a_score_compares_as_zero_or_not_at_all():
    assert matches(category("less", 1)) is True
    assert matches(category("less", 1), category_below_zero=False) is False
    assert matches(category("greater", -1), category_below_zero=False) is False


# --- records and states ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "event"),
    [
        (criterion("Prospect form", "Contact", "was completed successfully"), does(1, "submits", "contact")),
        (criterion("Prospect form", "- ANY -", "was completed successfully"), does(1, "submits", "contact")),
        (
            criterion("Prospect form handler", "Handler", "was completed successfully"),
            does(1, "submits", "handler"),
        ),
        (
            criterion("Prospect landing page", "Offer", "was completed successfully"),
            does(1, "submits", "offer"),
        ),
        (criterion("Prospect file", "Paper"), does(1, "downloads", "paper")),
        (criterion("Prospect custom redirect", "Banner"), does(1, "clicks", "banner")),
        (criterion("Prospect webinar", "Demo", "is", "Registered"), does(1, "registers", "demo")),
        (criterion("Prospect webinar", "Demo", "is", "Attended"), does(1, "attends", "demo")),
        (criterion("Prospect webinar", "Demo", "is", "Absent"), does(1, "misses", "demo")),
        (criterion("Prospect CRM campaign", "Launch"), does(1, "joins", "launch")),
        (
            criterion("Prospect CRM campaign status", "Launch", "is", "invited"),
            does(1, "joins", "launch", status="Invited"),
        ),
        (criterion("Prospect query", "", "contains", "price"), does(1, "searches", query="the Prices")),
        (criterion("Prospect opportunity status", "", "is", "Open"), does(1, "opportunity", "created")),
        (criterion("Prospect opportunity status", "", "is", "Won"), does(1, "opportunity", "won")),
        (criterion("Prospect email status", "", "is", "Do Not Email"), does(1, "unsubscribes")),
        (criterion("Prospect email status", "", "is", "Do Not Email"), does(1, "bounces", "hard")),
        (criterion("Prospect external activity", "Call"), does(1, "does", "call")),
        (criterion("Prospect assignment status", "", "is", "Assigned"), sets(1, OWNER, "anna")),
        (criterion("Prospect CRM status", "", "is", "Contact"), sets(1, "crm_record", "contact")),
    ],
)
def test_the_record_remembers_what_happened(asked, event):
    assert matches(asked) is False
    assert matches(asked, event) is True


def test_what_was_done_before_somebody_was_known_leaves_its_state_too():
    assert matches(criterion("Prospect file", "Paper"), does(-3, "downloads", "paper")) is True


def test_one_form_is_not_another():
    asked = criterion("Prospect form", "Contact", "was completed successfully")
    assert matches(asked, does(1, "submits", "any-form", name="Other")) is False
    assert matches(asked, does(1, "submits", "offer")) is False
    assert matches(asked, does(1, "submits", "any-form", name="Contact")) is True


@pytest.mark.parametrize(
    ("asked", "record"),
    [
        (criterion("Prospect CRM campaign", "Launch", "isn't"), None),
        (criterion("Prospect opportunity status", "", "isn't", "Won"), does(1, "opportunity", "created")),
        (criterion("Prospect CRM status", "", "isn't", "Lead"), sets(1, "crm_record", "contact")),
    ],
)
def test_negative_operators_never_match_people_without_the_record(asked, record):
    assert matches(asked) is False
    if record is not None:
        assert matches(asked, record) is True


def test_an_opportunity_that_is_won_is_open_no_more():
    events = [does(1, "opportunity", "created"), does(1.5, "opportunity", "won")]
    tables = bundle(
        rule("asks", [criterion("Prospect opportunity status", "", "is", "Open")], [by(1)], repeat=1)
    )
    assert end(tables, *events, until=30)["score lead"] == 1


def test_an_opportunity_that_is_closed_first_is_the_one_that_opens_later():
    asked = criterion("Prospect opportunity status", "", "is", "Open")
    closed_first = [does(1, "opportunity", "lost"), does(2, "opportunity", "created")]
    assert matches(asked, *closed_first) is False
    assert matches(asked, *closed_first, does(3, "opportunity", "created")) is True


def test_opting_in_again_makes_mailable():
    tables = bundle(rule("asks", [NONE], [by(1)], repeat=1))
    history = [does(0.5, "unsubscribes"), does(9.5, "resubscribes")]
    assert [item["score lead"] for item in play(tables, *history, looks=[9], until=9.6)] == [1, 2]


def test_criteria_that_the_instance_does_not_offer_match_nobody():
    webinar = criterion("Prospect webinar", "Demo", "is", "Attended")
    assert matches(webinar, does(1, "attends", "demo"), webinar_criterion=False) is False
    call = criterion("Prospect external activity", "Call")
    assert matches(call, does(1, "does", "call"), external_activity_criterion=False) is False


def test_the_profile_is_the_one_that_is_there():
    assert matches(criterion("Prospect profile", "P")) is True
    assert matches(criterion("Prospect profile", "Q")) is False


def test_every_prospect_has_an_address_and_its_domain_is_part_of_it():
    assert matches(field("Email", "is not empty")) is True
    assert (
        matches(field("Email", "contains", "@free.example"), sets(1, "email-domain", "free.example")) is True
    )
    assert matches(field("Email", "contains", "@free.example"), sets(1, "email", "a@free.example")) is True


def test_groups_join_their_own_way():
    group = pf.any_of(field("Industry", "is", "Steel"), field("Country", "is", "Chile"))
    assert matches(group, sets(1, "country", "Chile")) is True
    assert matches(group, sets(1, "country", "Peru")) is False
    inner = {"match": "all", "criteria": [field("Industry", "is", "Steel"), field("Country", "is", "Chile")]}
    nobody = criterion("Prospect tag", "nobody")
    tables = bundle(rule("asks", [inner, nobody], [by(1)], match="any"))
    assert end(tables, sets(1, "country", "Chile"))["score lead"] == 0
    assert end(tables, sets(1, "country", "Chile"), sets(2, "industry", "Steel"))["score lead"] == 1
