"""What goes wrong when a model is built as it is told: each fault shows on the emulator, beside the form that is right."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scorewright.model.history import Person
from tests.pardot.emulator import platform as pf
from tests.pardot.emulator.platform import (
    action,
    adjust,
    bundle,
    by,
    category,
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

SCHEDULES = [
    *((name, 0) for name in ("prompt", "reverse", "late", "torn")),
    *(("random", seed) for seed in range(6)),
]
VISIT = does(0, "visits", "any-page")
TOLD = pf.done("Notify user", "sales@host.example")


def standing_at(points, interest=0):
    return Person(pf.START, {}, {"lead": points, "interest": interest})


def lost(rules, start, *visits, looks):
    """Points lost at each look by somebody who visits on these days; visits pay nothing."""
    history = [does(day, "visits", "any-page") for day in (0, *visits)]
    seen = play(bundle(*rules), *history, looks=[day + 0.9 for day in looks], person=standing_at(start))
    return [start - item["score lead"] for item in seen[:-1]]


def take(name, first, end_, points, repeat):
    window = [silent("greater", first - 1), *([silent("less", end_)] if end_ else [])]
    return rule(name, window, [by(-points)], repeat=repeat)


# --- decay ----------------------------------------------------------------------------------------------------------


def percent(score_):
    return max(1, (score_ * 10 + 50) // 100)


def percent_rules(windowed):
    bands = {}
    for number in range(1, 101):
        bands.setdefault(percent(number), []).append(number)
    rules = []
    for place, (points, numbers) in enumerate(sorted(bands.items())):
        first = 30 + 2 * place if windowed else 30
        window = [silent("greater", first - 1), *([silent("less", first + 2)] if windowed else [])]
        inside = [score("greater", numbers[0] - 1), score("less", numbers[-1] + 1)]
        rules.append(rule(f"minus {points}", [*window, *inside], [by(-points)], repeat=30))
    return rules


@pytest.mark.parametrize(("name", "seed"), SCHEDULES)
def test_a_percent_by_disjoint_bands_cascades_and_by_windows_does_not(name, seed):
    def left(rules):
        return end(bundle(*rules), VISIT, person=standing_at(95), until=55, schedule=name, seed=seed)[
            "score lead"
        ]

    assert left(percent_rules(windowed=True)) == 85
    assert left(percent_rules(windowed=False)) == 55


@pytest.mark.parametrize(("name", "seed"), SCHEDULES)
def test_two_speeds_take_both(name, seed):
    rules = [
        rule("fast", [silent("greater", 6), score("greater", 30)], [by(-4)], repeat=7),
        rule("slow", [silent("greater", 6), score("less", 31)], [by(-1)], repeat=7),
    ]
    seen = end(bundle(*rules), VISIT, person=standing_at(33), until=9, schedule=name, seed=seed)
    assert seen["score lead"] == 28, "29 are meant"


def test_steps_that_are_open_towards_longer_silences_pay_again_and_again():
    steps = ((30, 10), (60, 10), (90, 20))
    looks = (30, 60, 90, 120, 150)
    open_ = [take(f"{day}", day, None, points, 30) for day, points in steps]
    assert lost(open_, 500, looks=looks) == [10, 30, 70, 110, 150]
    caught = [take("30", 30, 60, 10, 30), take("60", 60, 90, 10, 30), take("90", 90, 180, 20, 90)]
    assert lost(caught, 500, looks=looks) == [10, 20, 40, 40, 40]


def test_steps_that_do_not_repeat_forget_the_next_silence():
    once = [take(f"{day}", day, None, points, None) for day, points in ((30, 10), (60, 10), (90, 20))]
    assert lost(once, 500, 45, looks=(44, 106, 136)) == [10, 20, 40], "10, 30, 50 are meant"
    caught = [take("30", 30, 60, 10, 30), take("60", 60, 90, 10, 30), take("90", 90, 180, 20, 90)]
    assert lost(caught, 500, 45, looks=(44, 106, 136)) == [10, 30, 50]


@pytest.mark.parametrize(("repeat", "wrong"), [(30, 50), (150, 10)])
def test_a_band_up_to_the_next_step_pays_too_often_or_too_seldom(repeat, wrong):
    rules = [take("30", 30, 180, 10, repeat), take("180", 180, None, 20, 180)]
    assert lost(rules, 500, 40, looks=(160,)) == [wrong]
    caught = [take("30", 30, 60, 10, 30), take("180", 180, 210, 20, 180)]
    assert lost(caught, 500, 40, looks=(160,)) == [20]


@pytest.mark.parametrize(("name", "seed"), SCHEDULES)
def test_a_clamp_and_a_step_in_one_window_act_both(name, seed):
    def rules(first):
        step = [silent("greater", first - 1), silent("less", first + 2), score("greater", 59)]
        stop = [silent("greater", 29), silent("less", 32), score("greater", 50), score("less", 60)]
        return [rule("step", step, [by(-10)], repeat=30), rule("stop", stop, [to(50)], repeat=30)]

    def left(first):
        tables = bundle(*rules(first))
        return end(tables, VISIT, person=standing_at(65), until=45, schedule=name, seed=seed)["score lead"]

    assert left(32) == 55
    assert left(30) == 50


def coins(*takes, top_open=True, lower_only=False):
    """Rules that bring a category down: each from its coin up to below the next."""
    rules = []
    for high, coin in pairwise((None, *takes)):
        inside = [category("greater", coin - 1)]
        if high is not None and not lower_only:
            inside.append(category("less", high))
        elif high is None and not top_open:
            inside.append(category("less", 2 * coin))
        rules.append(rule(f"minus {coin}", [silent("greater", 29), *inside], [adjust(-coin)], repeat=1))
    return rules


@pytest.mark.parametrize(("name", "seed"), SCHEDULES)
@pytest.mark.parametrize("start", [1, 12, 13, 32, 50, 88, 89, 200])
def test_a_category_settles_at_its_floor_by_coins_and_never_below(name, seed, start):
    tables = bundle(*coins(89, 34, 13, 5, 2, 1))
    looks = [*range(30, 50)]
    seen = play(tables, VISIT, person=standing_at(0, start), looks=looks, until=50, schedule=name, seed=seed)
    assert min(item["score interest"] for item in seen) == 0 == seen[-1]["score interest"]


def test_bands_with_lower_bounds_only_fall_below_and_a_closed_top_never_settles():
    below = end(
        bundle(*coins(32, 16, 8, 4, 2, 1, lower_only=True)), VISIT, person=standing_at(0, 32), schedule="torn"
    )
    assert below["score interest"] == -31
    closed = end(bundle(*coins(34, 13, 5, 2, 1, top_open=False)), VISIT, person=standing_at(0, 200))
    assert closed["score interest"] == 200


# --- limits and states ----------------------------------------------------------------------------------------------


def test_once_in_thirty_days_by_a_tag_pays_the_second_one_at_the_end_of_the_window():
    tables = bundle(rule("pays", [tag("hit")], [by(50), drop("hit")], repeat=30))
    tables["completion-actions"] = [
        {"name": "form: Contact", "asset_kind": "form", "asset": "Contact", "actions": [put("hit")]}
    ]
    events = [does(day, "submits", "contact") for day in (0.1, 10)]
    seen = play(tables, *events, looks=[1, 20, 30.2], until=60)
    assert [item["score lead"] for item in seen] == [50, 50, 100, 100], "50 are meant"


def test_a_state_that_repeats_an_award_pays_for_ever():
    asked = criterion("Prospect form", "Contact", "was completed successfully")
    tables = bundle(rule("pays", [asked], [by(50)], repeat=30))
    assert end(tables, does(0.1, "submits", "contact"), until=121)["score lead"] == 250


def test_a_limit_left_to_the_baseline_row_pays_each_time():
    tables = bundle(baseline_scoring=pf.rows(Form_Submission=50))
    assert end(tables, *(does(day, "submits", "contact") for day in (1, 3, 6)))["score lead"] == 150


def test_residual_points_count_for_the_event_and_rows_that_nobody_names_go_on_paying():
    actions = {"page-actions": [{"name": "p", "path": "/pricing", "match": "is", "actions": [by(10)]}]}
    every = {**bundle(baseline_scoring=pf.rows(Page_View=1)), **actions}
    assert end(every, does(1, "visits", "pricing"))["score lead"] == 11
    silent_rows = {**every, "baseline-scoring": [{"name": "Page View", "points": 1}]}
    visit = [does(1, "starts_visit"), does(1, "visits", "any-page", name="/x")]
    assert end(silent_rows, *visit)["score lead"] == 4, "1 is meant"


# --- wake-ups and thresholds ----------------------------------------------------------------------------------------


def sleep_and_wake(guard):
    falls = [silent("greater", 29), score("greater", 2), pf.any_of(score("greater", 3), tag("gone", "isn't"))]
    wakes = [tag("gone"), score("greater", 8), *([silent("less", 30)] if guard else [])]
    return [
        rule("falls", falls, [put("gone"), to(3)], repeat=1, phase=50),
        rule("r", wakes, [drop("gone"), notify()], repeat=1, phase=70),
    ]


def test_a_wake_up_without_a_guard_fires_for_somebody_who_is_going_to_sleep():
    def woken(guard, name, seed=0):
        tables = bundle(*sleep_and_wake(guard), gauges=[TOLD])
        return end(tables, VISIT, person=standing_at(40), until=40, schedule=name, seed=seed)["done x"]

    assert woken(guard=False, name="torn") == 1, "nobody is to be woken"
    assert [woken(guard=False, name=name) for name in ("prompt", "reverse", "late")] == [0, 0, 0]
    assert {woken(guard=True, name=name, seed=seed) for name, seed in SCHEDULES} == {0}


def test_setting_without_a_lower_guard_lifts_who_is_lower():
    tables = bundle(rule("falls", [silent("greater", 29)], [to(3)], repeat=30))
    assert end(tables, VISIT, person=standing_at(-10))["score lead"] == 3


def test_a_threshold_that_matches_once_hands_over_once_in_a_life_and_a_repeating_one_again_and_again():
    def handed(asked, **more):
        tables = bundle(
            rule("r", [score("greater", 99), *asked], [notify(), put("crossed")], **more), gauges=[TOLD]
        )
        tables["automation-rules"].append(
            rule("below", [tag("crossed"), score("less", 100)], [drop("crossed")], repeat=1)
        )
        tables["automation-rules"].append(
            rule("reset", [field("Industry", "is", "Steel")], [to(0)], repeat=1)
        )
        tables["baseline-scoring"] = pf.rows(Page_View=60)
        visits = [does(day, "visits", "any-page") for day in (1, 2, 41, 42)]
        return end(tables, *visits, sets(20, "industry", "Steel"), sets(21, "industry", None), until=60)[
            "done x"
        ]

    assert handed([]) == 1, "2 are meant"
    assert handed([], repeat=1) == 19 + 19, "each day anew"
    assert handed([tag("crossed", "isn't")], repeat=1) == 2


def test_a_handoff_without_an_initial_state_hands_over_everybody_who_is_past_it():
    tables = bundle(
        rule(
            "r",
            [score("greater", 99), tag("crossed", "isn't")],
            [notify(), put("crossed")],
            repeat=1,
            phase=70,
        ),
        gauges=[TOLD],
    )
    assert end(tables, person=standing_at(150), until=5)["done x"] == 1, "nobody is to be handed over"
    filled = {
        "name": "past it",
        "match": "all",
        "criteria": [score("greater", 99)],
        "actions": [put("crossed")],
        "resume_phase": 55,
    }
    assert end({**tables, "segmentation-rules": [filled]}, person=standing_at(150), until=5)["done x"] == 0


def test_a_new_version_of_a_rule_pays_everybody_again():
    second = rule("title v2", [field("Job Title", "is", "CEO")], [by(20)])
    paid_by_the_first = Person(pf.START, {"job-title": "CEO"}, {"lead": 15})
    assert end(bundle(second), person=paid_by_the_first)["score lead"] == 35, "15 or 20 are meant"
    delta = rule("title", [field("Job Title", "is", "CEO"), tag("gone")], [by(5)])
    marked = Person(pf.START, {"job-title": "CEO"}, {"lead": 15}, frozenset({"gone"}))
    assert end(bundle(delta), person=marked)["score lead"] == 20


# --- tiers ----------------------------------------------------------------------------------------------------------

TIERS = {"A": 15, "B": 10, "E": 0}


def give_and_take():
    free = [tag(name, "isn't") for name in TIERS]
    rules = []
    for name, points in TIERS.items():
        there = field("Job Title", "is", name)
        gone = pf.any_of(field("Job Title", "isn't", name), field("Job Title", "is empty"))
        rules.append(rule(f"give {name}", [there, *free], [by(points), put(name)], repeat=1))
        rules.append(rule(f"take {name}", [tag(name), gone], [by(-points), drop(name)], repeat=1))
    return rules


def pairs():
    first = [
        rule(
            f"first {name}",
            [field("Job Title", "is", name), *(tag(other, "isn't") for other in TIERS)],
            [by(points), put(name)],
            repeat=1,
        )
        for name, points in TIERS.items()
    ]
    moves = [
        rule(
            f"{one} to {other}",
            [tag(one), field("Job Title", "is", other)],
            [by(TIERS[other] - TIERS[one]), drop(one), put(other)],
            repeat=1,
        )
        for one in TIERS
        for other in TIERS
        if one != other
    ]
    return first + moves


FLIPS = ["AB", "BA", "ABE", "ABA", "EAB"]


def tiers_end(rules, titles, name, seed):
    history = [sets(1 + place / 2_000, "job-title", title) for place, title in enumerate(titles)]
    person = Person(pf.START, {}, {"lead": 90})
    return end(bundle(*rules), *history, person=person, until=30, schedule=name, seed=seed)["score lead"]


@pytest.mark.parametrize(("name", "seed"), SCHEDULES)
@pytest.mark.parametrize("titles", FLIPS)
def test_give_and_take_end_right_in_every_order(titles, name, seed):
    assert tiers_end(give_and_take(), titles, name, seed) == 90 + TIERS[titles[-1]]


def test_one_rule_for_each_move_goes_wrong_for_good_where_two_changes_meet():
    ends = {tiers_end(pairs(), "AB", name, 0) for name in ("prompt", "reverse", "late")}
    assert ends == {100}
    wrong = [
        (titles, seed)
        for titles in FLIPS
        for seed in range(20)
        if tiers_end(pairs(), titles, "random", seed) != 90 + TIERS[titles[-1]]
    ]
    assert wrong


def test_a_counter_and_its_rules_need_no_order():
    counts = action("Increment prospect field value", "Tier", "+1")
    rules = [
        rule(f"number {n}", [field("Tier", "is greater than", str(n - 1), "custom")], [by(10)])
        for n in (1, 2, 3)
    ]
    tables = bundle(*rules)
    tables["completion-actions"] = [
        {"name": "file: Paper", "asset_kind": "file", "asset": "Paper", "actions": [counts]}
    ]
    for name, seed in SCHEDULES:
        events = [does(1, "downloads", "paper", hours=hour / 10) for hour in range(5)]
        assert end(tables, *events, until=9, schedule=name, seed=seed)["score lead"] == 30
