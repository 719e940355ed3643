from __future__ import annotations

import pytest

from scorewright.model.history import OWNER, Person
from tests.pardot.emulator import platform as pf
from tests.pardot.emulator.platform import (
    DAY,
    action,
    adjust,
    bundle,
    by,
    criterion,
    does,
    drop,
    end,
    field,
    notify,
    play,
    put,
    rule,
    score,
    sets,
    silent,
    tag,
    to,
)

VIEWS = pf.rows(Page_View=1)
TOLD = pf.done("Notify user", "sales@host.example")


def told(*rules, baseline=VIEWS):
    return bundle(*rules, baseline_scoring=baseline, gauges=[TOLD])


def counts(tables, *history, looks, **more):
    return [seen["done x"] for seen in play(tables, *history, looks=looks, **more)][:-1]


# --- match memory ---------------------------------------------------------------------------------------------------


def test_a_rule_without_repeat_matches_once_and_takes_nothing_back():
    tables = told(rule("r", [field("Industry", "is", "Steel")], [by(10), notify()]))
    history = [sets(1, "industry", "Steel"), sets(2, "industry", "Wood"), sets(3, "industry", "Steel")]
    last = end(tables, *history)
    assert (last["score lead"], last["done x"]) == (10, 1)


def test_a_repeating_rule_matches_again_after_its_days_for_ever_while_it_holds():
    tables = told(rule("r", [score("greater", 0)], [notify()], repeat=30))
    assert counts(tables, does(0, "visits", "any-page"), looks=[0.5, 29.9, 30.1, 59.9, 60.1]) == [
        1,
        1,
        2,
        2,
        3,
    ]


def test_days_to_repeat_are_elapsed_or_calendar_days():
    tables = told(rule("r", [score("greater", 0)], [notify()], repeat=2))
    visit = does(0, "visits", "any-page")  # at nine in the morning
    assert counts(tables, visit, looks=[1.7, 2.1]) == [1, 2]
    assert counts(tables, visit, looks=[1.7, 2.1], repeat_counts_elapsed_days=False) == [2, 2]


def test_days_to_repeat_are_never_fewer_than_the_platform_takes():
    tables = told(rule("r", [score("greater", 0)], [notify()], repeat=1))
    assert counts(tables, does(0, "visits", "any-page"), looks=[6.9], repeat_least_days=7) == [1]
    assert counts(tables, does(0, "visits", "any-page"), looks=[6.9]) == [7]


def test_a_limit_of_matches_ends_it():
    tables = told(rule("r", [score("greater", 0)], [notify()], repeat=1, limit=3))
    assert counts(tables, does(0, "visits", "any-page"), looks=[1.5, 50]) == [2, 3]


def test_a_rule_that_comes_true_while_it_may_not_repeat_acts_when_it_may_if_it_still_holds():
    tables = told(
        rule("r", [tag("gone")], [notify(), drop("gone")], repeat=10),
        rule("s", [score("greater", 1)], [put("gone")], repeat=1),
    )
    tables["automation-rules"][1]["criteria"] = [score("greater", 0), tag("gone", "isn't")]
    assert counts(tables, does(0, "visits", "any-page"), looks=[0.5, 9.9, 10.1]) == [1, 1, 2]


# --- when rules look ------------------------------------------------------------------------------------------------


def test_silence_alone_is_noticed_at_once_or_within_the_days_of_the_sweep():
    tables = told(rule("r", [silent("greater", 29)], [notify()]))
    visit = does(0, "visits", "any-page")
    assert counts(tables, visit, looks=[29.99, 30.01]) == [0, 1]
    assert counts(tables, visit, looks=[30.9, 31.01], schedule="late") == [0, 1]
    assert counts(tables, visit, looks=[36.9, 37.01], schedule="late", clock_sweep_days=7) == [0, 1]
    for seed in range(8):
        assert counts(tables, visit, looks=[29.99, 31.01], schedule="random", seed=seed) == [0, 1]


def test_a_change_of_the_prospect_makes_every_rule_look_within_hours():
    tables = told(rule("r", [score("greater", 0)], [notify()]))
    visit = does(1, "visits", "any-page")
    assert counts(tables, visit, looks=[1.001]) == [1]
    assert counts(tables, visit, looks=[1.1, 1.2], schedule="late") == [0, 1]


def test_a_rule_acts_on_what_another_has_just_done_in_either_order():
    chain = [rule("r", [tag("gone")], [notify()]), rule("b", [score("greater", 0)], [put("gone")])]
    for order in (chain, chain[::-1]):
        for name in ("prompt", "reverse", "torn", "late"):
            assert end(told(*order), does(1, "visits", "any-page"), schedule=name)["done x"] == 1


def test_rules_are_looked_at_in_the_order_of_the_file_or_backwards():
    first = rule("a", [score("greater", 0), tag("gone", "isn't")], [put("gone"), by(10)])
    second = rule("b", [score("greater", 0), tag("gone", "isn't")], [put("gone"), by(100)])
    visit = does(1, "visits", "any-page")
    assert end(told(first, second), visit)["score lead"] == 11
    assert end(told(first, second), visit, schedule="reverse")["score lead"] == 101
    ends = {end(told(first, second), visit, schedule="random", seed=seed)["score lead"] for seed in range(12)}
    assert ends >= {11, 101}


def test_torn_rules_all_look_before_any_acts_unless_rules_act_in_one_piece():
    first = rule("a", [score("greater", 0), tag("gone", "isn't")], [put("gone"), by(10)])
    second = rule("b", [score("greater", 0), tag("gone", "isn't")], [put("gone"), by(100)])
    visit = does(1, "visits", "any-page")
    assert end(told(first, second), visit, schedule="torn")["score lead"] == 111
    assert end(told(first, second), visit, schedule="torn", rule_acts_in_one_piece=True)["score lead"] == 11


def test_the_same_schedule_decides_alike_every_time():
    tables = told(
        *(
            rule(f"r{number}", [score("greater", number)], [by(1), put(f"t{number}")], repeat=2)
            for number in range(9)
        )
    )
    history = [does(day, "visits", "any-page") for day in range(1, 40, 3)]
    for name in ("prompt", "reverse", "late", "torn", "random"):
        assert play(tables, *history, looks=range(50), schedule=name, seed=3) == play(
            tables, *history, looks=range(50), schedule=name, seed=3
        )


# --- actions --------------------------------------------------------------------------------------------------------


def test_the_overall_score_is_moved_and_set_and_a_category_only_moved():
    tables = bundle(rule("r", [score("greater", 0)], [to(3), adjust(-4)]), baseline_scoring=VIEWS)
    seen = end(tables, does(1, "visits", "any-page"), does(2, "visits", "any-page"))
    assert (seen["score lead"], seen["score interest"]) == (4, -4)


def test_fields_lists_tags_and_campaigns_are_written():
    acts = [
        action("Change prospect custom field value", "Region", "North"),
        action("Add prospect to list", "Board"),
        action("Add prospect to Salesforce campaign", "Launch", "Invited"),
        put("gone"),
    ]
    tables = bundle(rule("r", [score("greater", 0)], acts), baseline_scoring=VIEWS)
    seen = end(tables, does(1, "visits", "any-page"))
    assert (seen["field region"], seen["list board"], seen["campaign launch"]) == ("North", True, "Invited")
    assert seen["mark gone"] is True
    off = rule("s", [score("greater", 1)], [action("Remove prospect from list", "Board"), drop("gone")])
    tables["automation-rules"].append(off)
    seen = end(tables, does(1, "visits", "any-page"), does(2, "visits", "any-page"))
    assert (seen["list board"], seen["mark gone"]) == (False, False)


def test_assignment_keeps_the_owner_and_is_not_done_then():
    label = "Assign prospect via Salesforce active assignment rule"
    tables = bundle(
        rule("r", [score("greater", 0)], [action(label)], repeat=1),
        baseline_scoring=VIEWS,
        gauges=[pf.done(label)],
    )
    assert end(tables, does(1, "visits", "any-page"))["done x"] == 1
    assert end(tables, sets(0.5, OWNER, "anna"), does(1, "visits", "any-page"))["done x"] == 0


# --- switching on ---------------------------------------------------------------------------------------------------


def existing(**more):
    return Person(pf.START, {}, {"lead": 60}, **more)


def test_resuming_a_rule_searches_everybody_who_is_there():
    assert end(told(rule("r", [score("greater", 50)], [notify()])), person=existing())["done x"] == 1


def segmentation(phase=None):
    table = {"name": "s", "match": "all", "criteria": [score("greater", 50)], "actions": [put("gone")]}
    return {**table, **({} if phase is None else {"resume_phase": phase})}


@pytest.mark.parametrize(("phase", "handed"), [(None, 0), (65, 0), (80, 1)])
def test_segmentation_rules_run_once_at_the_start_in_their_phase(phase, handed):
    tables = told(rule("r", [score("greater", 50), tag("gone", "isn't")], [notify()], repeat=1, phase=70))
    tables["segmentation-rules"] = [segmentation(phase)]
    tables["automation-rules"].append(rule("clear", [score("greater", 900)], [drop("gone")], phase=60))
    assert end(tables, person=existing(), until=0.5)["done x"] == handed


def test_segmentation_rules_leave_alone_who_comes_later():
    tables = {**bundle(baseline_scoring=pf.rows(Page_View=60)), "segmentation-rules": [segmentation()]}
    assert end(tables, does(1, "visits", "any-page"))["mark gone"] is False


def test_phases_are_resumed_one_after_the_other_each_when_the_one_before_is_done():
    late = rule("r", [tag("gone")], [notify()], phase=30)
    early = rule("b", [score("greater", 50)], [put("gone")], phase=20)
    drops = rule("c", [tag("gone")], [drop("gone")], phase=20)
    for name in ("prompt", "reverse", "late", "torn", "random"):
        assert end(told(late, early, drops), person=existing(), until=0.5, schedule=name)["done x"] == 0
        assert end(told(late, early), person=existing(), until=0.5, schedule=name)["done x"] == 1


STARTS = pf.MODEL.replace('timezone = "UTC"', 'timezone = "UTC"\nstarts = 2026-02-01')


def test_before_the_start_only_the_rows_are_there():
    spec = pf.model(STARTS)
    tables = told(rule("r", [score("greater", 0)], [notify()]), baseline=pf.rows(Page_View=7))
    tables["page-actions"] = [{"name": "p", "path": "/pricing", "match": "is", "actions": [by(100)]}]
    visits = [does(1, "visits", "pricing"), does(40, "visits", "any-page")]
    seen = play(tables, *visits, looks=[2, 30, 39], until=41, spec=spec)
    assert [item["score lead"] for item in seen] == [7, 7, 7, 14]
    assert [item["done x"] for item in seen] == [0, 1, 1, 1]


def test_before_the_start_no_category_counts():
    spec = pf.model(STARTS)
    folder = [{**pf.FOLDER, "assets": [{"kind": "form", "name": "Contact"}]}]
    tables = bundle(baseline_scoring=pf.rows(Form_Submission=50), scoring_categories=folder)
    events = [does(day, "submits", "contact") for day in (1, 40)]
    assert end(tables, *events, spec=spec)["score interest"] == 50


def test_rules_are_paused_and_resumed_on_the_days_of_the_model():
    days = 'timezone = "UTC"\nactive = { from = 2026-01-10, until = 2026-01-20 }'
    spec = pf.model(pf.MODEL.replace('timezone = "UTC"', days))
    tables = told(rule("r", [score("greater", 0)], [notify()], repeat=1))
    assert counts(tables, does(1, "visits", "any-page"), looks=[4, 5, 15.5, 20], spec=spec) == [0, 1, 11, 11]


def test_what_is_there_for_a_rule_alone_is_switched_on_its_days():
    days = 'on = { visits = "any-page" }\nactive = { from = 2026-01-10, until = 2026-01-20 }'
    spec = pf.model(pf.MODEL.replace('on = { visits = "any-page" }', days))
    own = {"name": "p", "for": ["rules.visit"], "path": "/pricing", "match": "is", "actions": [by(10)]}
    shared = {**own, "name": "q", "for": ["rules.visit", "rules.other"], "actions": [by(1)]}
    tables = bundle(page_actions=[own, shared])
    tables["automation-rules"] = [{**rule("r", [score("greater", 0)], [put("gone")]), "for": ["rules.visit"]}]
    visits = [does(day, "visits", "pricing") for day in (1, 10, 30)]
    seen = play(tables, *visits, looks=[2, 11, 31], spec=spec)[:-1]
    assert [item["score lead"] for item in seen] == [1, 12, 13]
    assert [item["mark gone"] for item in seen] == [False, True, True]
    there = play(bundle(page_actions=[own]), *visits, looks=[2, 11, 31], spec=spec, person=existing())[:-1]
    assert [item["score lead"] for item in there] == [60, 70, 70]


def test_a_play_of_a_year_with_a_hundred_rules_looks_only_where_something_can_have_changed():
    rules = [
        rule(f"r{number}", [silent("greater", number), score("greater", number)], [by(-1)], repeat=30)
        for number in range(1, 101)
    ]
    history = [does(day, "visits", "any-page") for day in range(0, 365, 7)]
    emulator = pf.instance(told(*rules))
    looked = 0
    built = emulator._instance.built

    def counting(holds):
        def test(prospect, now):
            nonlocal looked
            looked += 1
            return holds(prospect, now)

        return test

    counted = tuple(
        item._replace(criteria=item.criteria._replace(holds=counting(item.criteria.holds)))
        for item in built.rules
    )
    object.__setattr__(built, "rules", counted)
    emulator.play(Person(pf.START, {}, history=tuple(history)), [pf.START + 365 * DAY], pf.Schedule("prompt"))
    assert looked < 100 * 365


def test_a_formula_adds_up_fields_for_people_with_a_crm_record():
    formula = {
        "name": "Sum",
        "formula": "MIN(MAX(BLANKVALUE(A__c, 0) + BLANKVALUE(B__c, 0), -5), 40)",
        "sources": ["A", "B"],
    }
    fields = [{"name": name, "field_id": name, "type": "number"} for name in ("A", "B")]
    give = [
        rule(
            "a",
            [field("Industry", "is", "Steel")],
            [action("Change prospect custom field value", "A", "30")],
            repeat=1,
        ),
        rule(
            "b",
            [field("Country", "is", "Chile")],
            [action("Change prospect custom field value", "B", "15")],
            repeat=1,
        ),
    ]
    gauge = {"kind": "score", "key": "sum", "at": {"read": "Prospect custom field", "of": "Sum"}}
    tables = bundle(*give, formula_fields=[formula], custom_fields=fields, gauges=[gauge])
    history = [sets(1, "industry", "Steel"), sets(3, "country", "Chile")]
    with_record = [sets(0.5, "crm_record", "lead"), *history]
    assert [item["score sum"] for item in play(tables, *with_record, looks=[2], until=4)] == [30, 40]
    assert [
        item["score sum"] for item in play(tables, *with_record, looks=[1.1, 1.25], until=4, schedule="late")
    ] == [0, 30, 40]
    assert end(tables, *history)["score sum"] == 0
    assert end(tables, *with_record, formula_syncs_back=False)["score sum"] == 0


def test_lists_follow_their_criteria_at_once_or_hours_later():
    inside = {"name": "Steel", "match": "all", "criteria": [field("Industry", "is", "Steel")]}
    outer = {"name": "Others", "match": "all", "criteria": [criterion("Prospect list", "Steel", "isn't")]}
    gauges = [
        {"kind": "segment", "key": name, "at": {"read": "Prospect list", "of": name}}
        for name in ("Steel", "Others")
    ]
    tables = bundle(dynamic_lists=[inside, outer], gauges=gauges)
    history = [sets(1, "industry", "Steel"), sets(3, "industry", "Wood")]

    def seen(looks, **more):
        found = play(tables, *history, looks=looks, until=5, **more)
        return [(item["segment Steel"], item["segment Others"]) for item in found][:-1]

    assert seen([0.5, 1.01, 3.01]) == [(False, True), (True, False), (False, True)]
    assert seen([1.2, 1.3, 1.6], schedule="late") == [(False, True), (True, True), (True, False)]


def test_lists_that_contradict_one_another_never_rest_and_the_play_still_ends():
    first = {"name": "A", "match": "all", "criteria": [criterion("Prospect list", "B", "isn't")]}
    second = {"name": "B", "match": "all", "criteria": [criterion("Prospect list", "A", "is")]}
    for name in ("prompt", "reverse", "late", "torn", "random"):
        assert len(play(bundle(dynamic_lists=[first, second]), until=3, schedule=name)) == 1


def test_the_grade_is_hidden_until_a_criterion_speaks_and_moves_by_thirds():
    criteria = [{"name": "P: size", "profile": "P", "criterion": "size", "thirds": 3}]
    states = {"Steel": "Matches", "Wood": "Doesn't match", "Wool": "Not known"}
    rules = [
        rule(
            word,
            [criterion("Prospect profile", "P"), field("Industry", "is", text)],
            [action("Change profile criteria", "P: size", word)],
            repeat=1,
        )
        for text, word in states.items()
    ]
    hidden = rule("h", [criterion("Prospect grade", "", "is empty")], [put("gone")])
    shown = rule("s", [criterion("Prospect grade", "", "is", "C")], [drop("gone"), by(1)])
    tables = bundle(*rules, hidden, shown, profile_criteria=criteria)
    history = [sets(2, "industry", "Steel"), sets(4, "industry", "Wood"), sets(6, "industry", "Wool")]
    seen = play(tables, *history, looks=[1, 3, 5], until=8)
    assert [item["grade fit"] for item in seen] == ["D", "C", "F", "D"]
    assert [(item["mark gone"], item["score lead"]) for item in seen] == [
        (True, 0),
        (False, 1),
        (False, 1),
        (False, 1),
    ]
