"""What Marketo could not hold is refused when the bundle is read, with the file, the object and the trouble."""

from __future__ import annotations

import pytest

from scorewright.plugin.emulation import UnreadableBundleError
from scorewright_marketo import TARGET
from tests.marketo.compiling import model_of
from tests.marketo.emulator.hand import (
    FORM,
    HEAD,
    SPEC,
    Hand,
    campaign,
    choose,
    clause,
    executable,
    field,
    nightly,
    put,
    run,
    score,
    step,
    wait,
)

NO_NUMBER = {"name": "Min. Number of Times", "operator": "is", "values": []}

CASES = {
    "no rule and no field is called 'Shoe Size'": campaign(
        "X", on=(FORM,), who=(clause("Shoe Size", "is", "42"),)
    ),
    "the trigger 'Sneezes' is not known": campaign("X", on=(clause("Sneezes"),)),
    "'sounds like' is no operator for a text": campaign(
        "X", on=(FORM,), who=(clause("Job Title", "sounds like", "CEO"),)
    ),
    "'contains' is no operator for a number": campaign(
        "X", on=(FORM,), who=(clause("Person Score", "contains", "4"),)
    ),
    "'at least' is no operator for a date": campaign(
        "X", on=(FORM,), who=(clause("signed", "at least", "2026-01-01"),)
    ),
    "'soon' is no span": campaign("X", on=(FORM,), who=(clause("signed", "in past", "soon"),)),
    "'many' is no whole number": campaign("X", on=(FORM,), who=(clause("Person Score", "is", "many"),)),
    "a boolean is true or false": campaign("X", on=(FORM,), who=(clause("member", "is", "maybe"),)),
    "'Next Week' is no time frame": campaign(
        "X", on=(FORM,), who=(clause("signed", "in time frame", "Next Week"),)
    ),
    "the operator 'is' has no value": campaign("X", on=(FORM,), who=(clause("Job Title", "is"),)),
    "the constraint 'Mood' of Fills Out Form is not known": campaign(
        "X", on=(clause("Fills Out Form", Mood=("is", "good")),)
    ),
    "takes no constraint on the past": campaign(
        "X", on=(clause("Fills Out Form", Date_of_Activity=("in past", "1 day")),)
    ),
    "has no first attribute 'Email'": campaign(
        "X", on=(clause("Fills Out Form", "is", "Contact", attribute="Email"),)
    ),
    "is an attribute and takes no constraints": campaign(
        "X", on=(FORM,), who=(clause("Job Title", "is", "CEO", Status=("is", "a")),)
    ),
    "no static list is called 'P.Gone'": campaign(
        "X", on=(FORM,), who=(clause("Member of List", "in", "P.Gone"),)
    ),
    "no smart list is called 'P.Gone'": campaign(
        "X", on=(FORM,), who=(clause("Member of Smart List", "in", "P.Gone"),)
    ),
    "is in or not in": campaign("X", on=(FORM,), who=(clause("Member of List", "is", "P.Past"),)),
    "the filter logic '1 and 2 or 3' cannot be read": campaign(
        "X", on=(FORM,), who=(clause("Job Title", "is empty"),) * 3, logic="1 and 2 or 3"
    ),
    "the filter logic '1 and 9' cannot be read": campaign(
        "X", on=(FORM,), who=(clause("Job Title", "is empty"),) * 3, logic="1 and 9"
    ),
    "the filter logic '(1 and 2' cannot be read": campaign(
        "X", on=(FORM,), who=(clause("Job Title", "is empty"),) * 3, logic="(1 and 2"
    ),
    "the flow step 'Sing' is not known": campaign("X", step("Sing"), on=(FORM,)),
    "what '5' does is not documented": campaign("X", score("5"), on=(FORM,)),
    "what '*2' does is not documented": campaign("X", score("*2"), on=(FORM,)),
    "Change Score takes score fields only": campaign("X", score("+1", "SW Text"), on=(FORM,)),
    "no rule and no field is called 'SW Gone'": campaign("X", put("SW Gone", "a"), on=(FORM,)),
    "there is no 'Duration'": campaign("X", step("Wait"), on=(FORM,)),
    "no smart campaign is called 'P.Gone'": campaign("X", run("Gone"), on=(FORM,)),
    "P.X is no executable campaign": campaign("X", run("X"), on=(FORM,)),
    "P.X executes itself": executable("X", run("X")),
    "an executable can hold no Wait": executable("X", wait("5 minutes")),
    "the qualification 'Twice' is not known": campaign("X", on=(FORM,), again="Twice"),
    "the schedule 'Now and then' has no clock time": nightly("X", when="Now and then"),
    "the schedule 'Hourly, at 01:00' is not known": nightly("X", when="Hourly, at 01:00"),
    "it is switched on at 'dusk', which is no stage": nightly("X", stage="dusk"),
    "the type 'magic' is not known": {**campaign("X", on=(FORM,)), "type": "magic"},
    "a campaign of type trigger has 0 triggers": campaign("X"),
    "a campaign of type batch has 1 triggers": nightly("X", on=(FORM,)),
    "cannot be requested": campaign("X", step("Request Campaign", Campaign="P.X"), on=(FORM,)),
    "a constraint of Has Opportunity is not known: Size": campaign(
        "X", on=(FORM,), who=(clause("Has Opportunity", "is", "true", Size=("is", "9")),)
    ),
}


@pytest.mark.parametrize("said", CASES)
def test_what_cannot_be_read_is_named(said):
    with pytest.raises(UnreadableBundleError) as caught:
        Hand(CASES[said])
    assert said in caught.value.what
    assert (caught.value.kind, caught.value.name) == ("smart-campaigns", "P.X")
    assert isinstance(caught.value, UnreadableBundleError)
    assert str(caught.value).startswith("smart-campaigns.toml: P.X: ")


def test_the_choices_of_a_step_are_read_too():
    bad = choose(score(""), "Change", "+1", (clause("Shoe Size", "is", "42"), "+2"))
    with pytest.raises(UnreadableBundleError, match="Shoe Size"):
        Hand(campaign("X", bad, on=(FORM,)))
    worse = choose(score(""), "Change", "5", (clause("Job Title", "is", "CEO"), "+2"))
    with pytest.raises(UnreadableBundleError, match="what '5' does"):
        Hand(campaign("X", worse, on=(FORM,)))


def test_executables_nest_three_deep():
    three = [executable("A", run("B")), executable("B", run("C")), executable("C", score("+1"))]
    assert (
        Hand(campaign("X", run("A"), on=(FORM,)), *three).submits("2026-01-05T12:00").lead("2026-01-06T00:00")
        == 1
    )
    with pytest.raises(UnreadableBundleError, match="executables nest 3 deep"):
        Hand(
            campaign("X", run("A"), on=(FORM,)),
            *three[:2],
            executable("C", run("D")),
            executable("D", score("+1")),
        )


def test_an_executable_that_nobody_calls_is_read_too():
    with pytest.raises(UnreadableBundleError, match="the flow step 'Sing' is not known"):
        Hand(executable("X", step("Sing")))


def test_smart_lists_that_ask_for_one_another_in_a_circle_are_refused():
    lists = [
        {"name": "P.A", "filters": [clause("Member of Smart List", "in", "P.B")]},
        {"name": "P.B", "filters": [clause("Member of Smart List", "not in", "P.A")]},
    ]
    with pytest.raises(UnreadableBundleError, match="asks for itself"):
        Hand(campaign("X", on=(FORM,), who=(clause("Member of Smart List", "in", "P.A"),)), smart_lists=lists)


def test_a_gauge_of_an_unknown_kind_is_refused():
    with pytest.raises(UnreadableBundleError, match="found 'mood'"):
        Hand(gauges=[{"kind": "mood", "key": "x", "at": {}}])


BEYOND = {
    "'99999 months' is longer than anybody lives": campaign(
        "X", on=(FORM,), who=(clause("signed", "in past", "99999 months"),)
    ),
    "'0001-01-01' is no day of this calendar": campaign(
        "X", on=(FORM,), who=(clause("signed", "before", "0001-01-01"),)
    ),
    "is no whole number": campaign("X", on=(FORM,), who=(clause("Person Score", "is", "9" * 5_000),)),
    "does is not documented": campaign("X", score(f"+{'9' * 5_000}"), on=(FORM,)),
    "the schedule 'Daily, every 0 days, at 01:00' is not known": nightly(
        "X", when="Daily, every 0 days, at 01:00"
    ),
    "the schedule 'Monthly, on day 32, at 01:00' is not known": nightly(
        "X", when="Monthly, on day 32, at 01:00"
    ),
    "the schedule 'Monthly, on day 1, every 0 months from January, at 01:00' is not known": nightly(
        "X", when="Monthly, on day 1, every 0 months from January, at 01:00"
    ),
    "no time zone is called 'Moon/Crater'": nightly("X", when="Daily, every 1 day, Moon/Crater, at 01:00"),
    "no time zone is called 'America/Argentina'": nightly(
        "X", when="Daily, every 1 day, America/Argentina, at 01:00"
    ),
    "cannot be read for 1 filters": campaign(
        "X", on=(FORM,), who=(clause("Job Title", "is empty"),), logic="(" * 2_000 + "1" + ")" * 2_000
    ),
    "the constraint 'Is Won' has no value": campaign(
        "X", on=(FORM,), who=(clause("Has Opportunity", "is", "true", Is_Won=("is",)),)
    ),
    "the constraint 'Min. Number of Times' has no value": campaign(
        "X", on=(FORM,), who=({**clause("Filled Out Form"), "constraints": [NO_NUMBER]},)
    ),
}


@pytest.mark.parametrize("said", BEYOND)
def test_what_would_stop_the_clock_or_the_reader_is_named(said):
    with pytest.raises(UnreadableBundleError) as caught:
        Hand(BEYOND[said])
    assert said in caught.value.what


def test_a_chain_of_executables_without_end_is_refused():
    chain = [executable(f"E{number}", run(f"E{number + 1}")) for number in range(300)]
    with pytest.raises(UnreadableBundleError, match="nest 3 deep"):
        Hand(campaign("X", run("E0"), on=(FORM,)), *chain, executable("E300", score("+1")))


def test_a_smart_list_that_nothing_asks_for_is_read_too():
    lists = [{"name": "P.A", "filters": [clause("Shoe Size", "is", "42")]}]
    with pytest.raises(UnreadableBundleError, match=r"smart-lists.toml: P.A: .*Shoe Size"):
        Hand(smart_lists=lists)


def test_a_field_keeps_its_type():
    with pytest.raises(UnreadableBundleError, match=r"Job Title.*there already.*string"):
        Hand(more_fields=[field("Job Title", "score")])


def test_a_date_field_holds_only_what_a_calendar_does():
    hand = Hand(campaign("X", put("SW Date", "9" * 14), on=(FORM,))).submits("2026-01-05T12:00")
    assert hand.shown("field date", "2026-01-06T00:00") is None


def test_a_file_that_nobody_knows_is_refused():
    with pytest.raises(UnreadableBundleError, match=r"^landing-pages\.toml: nobody knows"):
        TARGET.emulator(model_of(SPEC, HEAD), {"landing-pages": []}, {})


def test_a_token_is_shown_as_the_value_that_it_has():
    token = {"name": "P.Page", "program": "P", "token": "Page", "value": 5, "shown": "+5"}
    assert TARGET.emulator(model_of(SPEC, HEAD), {"tokens": [token]}, {})
    with pytest.raises(UnreadableBundleError, match=r"tokens\.toml: P\.Page: .*\+6, not as \+5"):
        TARGET.emulator(model_of(SPEC, HEAD), {"tokens": [{**token, "value": 6}]}, {})
