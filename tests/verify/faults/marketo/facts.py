"""Faults in what holds: facts, tiers, inputs, grades and labels."""

from __future__ import annotations

from tests.verify.faults.marketo.table import (
    BOTH,
    FACTS,
    FIT,
    campaign,
    on_facts,
    token,
    twin,
)
from tests.verify.faults.planting import fault

__all__: list[str] = []


@on_facts()
def a_tier_is_never_taken_back(files):
    row = campaign(files, "Re-roll title")
    row["flow"] = [
        step for step in row["flow"] if not any(item["value"] == "-15" for item in step.get("choices", ()))
    ]


@on_facts()
def a_tiers_token_is_changed_and_what_is_taken_back_is_not(files):
    token(files, "Title CEO", 20)


@on_facts()
def the_record_of_a_tier_is_not_kept(files):
    row = campaign(files, "Re-roll title")
    row["flow"] = [
        step
        for step in row["flow"]
        if {"label": "Score Name", "value": "SW Points title"} not in step["fields"]
    ]


@on_facts()
def the_tier_is_written_down_before_the_old_one_is_taken_back(files):
    flow = campaign(files, "Re-roll title")["flow"]
    record = next(
        step for step in flow if {"label": "Score Name", "value": "SW Points title"} in step["fields"]
    )
    flow.remove(record)
    flow.insert(0, record)


@on_facts()
def the_lower_case_of_a_tier_comes_first(files):
    for step in campaign(files, "Re-roll title")["flow"]:
        if {"label": "Score Name", "value": "SW Points title"} in step["fields"]:
            step["choices"][1:] = step["choices"][:0:-1]


@on_facts()
def a_title_that_is_not_known_is_otherwise(files):
    for step in campaign(files, "Re-roll title")["flow"]:
        if {"label": "Score Name", "value": "SW Points title"} in step["fields"]:
            step["choices"] = [item for item in step["choices"] if item["if"]["operator"] != "is empty"]


@on_facts()
def a_tier_is_rolled_once_in_a_life(files):
    campaign(files, "Re-roll title")["qualification"] = "Only once"


@on_facts()
def negatives_are_joined_by_or(files):
    row = campaign(files, "Re-roll elsewhere")
    for step in row["flow"]:
        for item in step.get("choices", ()):
            if item["if"].get("operator") == "not contains":
                item["if"]["values"] = item["if"]["values"][:1]


@on_facts()
def a_kept_fact_is_given_each_night(files):
    campaign(files, "Fact private")["qualification"] = "Every time"


@on_facts()
def a_kept_fact_is_changed_by_a_second_batch(files):
    twin(files, "Fact private", "Fact private 2")


@on_facts()
def the_sum_is_left_behind(files):
    row = campaign(files, "Re-roll large")
    row["flow"] = [
        step
        for step in row["flow"]
        if not any(
            item["label"] == "Score Name" and item["value"] in {"Both Score", "Sum Score"}
            for item in step["fields"]
        )
    ]


@on_facts()
def a_number_is_one_too_high(files):
    row = campaign(files, "Re-roll large")
    tests = [
        *row["smart_list"]["filters"],
        *(item["if"] for step in row["flow"] for item in step.get("choices", ())),
    ]
    for test in tests:
        if test.get("values") == ["200"]:
            test["values"] = ["201"]


@on_facts()
def an_empty_number_is_not_small(files):
    campaign(files, "Re-roll large")["smart_list"]["filter_logic"] = "(1 and 2) or (3 and 5)"


@fault("marketo", FACTS, "segment private", FIT, BOTH)
def a_segment_is_all_or_any(files):
    files.row("smart-lists", "private")["filter_logic"] = "ANY"


@fault("marketo", FACTS, "segment private", FIT, BOTH)
def a_domain_is_looked_for_anywhere_in_an_address(files):
    for item in files.row("smart-lists", "private")["filters"]:
        item["values"] = [value.strip("@|") for value in item["values"]]


@fault("marketo", FACTS, "segment private", FIT, BOTH)
def the_padded_text_is_not_kept_up_to_date(files):
    row = campaign(files, "Fill SW Words Email Address")
    row["smart_list"]["triggers"] = row["smart_list"]["triggers"][:1]
