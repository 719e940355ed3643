"""Faults in what gives points: awards, limits, counts, waits and bounds of a score."""

from __future__ import annotations

import copy

from tests.verify.faults.marketo.table import (
    CAMPAIGNS,
    LEAD,
    RUN,
    SCORE,
    TOKENS,
    WAIT,
    campaign,
    on_pain,
    on_points,
    token,
    twin,
)
from tests.verify.faults.planting import leaves, set_field, skip, steps

__all__: list[str] = []


@on_points()
def a_changed_rule_is_a_second_campaign_that_remembers_nobody(files):
    award = twin(files, "Award ask", "Award ask 2")
    files.add(
        CAMPAIGNS,
        campaign(files, "When ask"),
        name=award["name"].replace("Award", "When"),
        campaign="When ask 2",
    )
    set_field(steps(campaign(files, "When ask 2"), step=RUN)[0], "Campaign", award["name"])


@on_points()
def two_ways_in_have_a_memory_each(files):
    row, award = campaign(files, "When ask"), campaign(files, "Award ask")
    row["flow"], row["qualification"] = copy.deepcopy(award["flow"]), "Only once"
    other = twin(files, "When ask", "When ask by trial")
    first, second = row["smart_list"]["triggers"]
    row["smart_list"]["triggers"], other["smart_list"]["triggers"] = [first], [second]


@on_points()
def an_award_is_paid_every_time(files):
    campaign(files, "Award ask")["qualification"] = "Every time"


@on_points()
def the_way_in_is_open_once_in_a_life(files):
    campaign(files, "When page and 1 more")["qualification"] = "Only once"


@on_points()
def an_award_within_a_window_is_paid_once_in_a_life(files):
    campaign(files, "Award pricing")["qualification"] = "Only once"


@on_points()
def a_window_is_shorter(files):
    campaign(files, "Award pricing")["qualification"] = "Once every 7 days"


@on_points()
def a_token_has_another_number(files):
    token(files, "Pricing", 11)


@on_points()
def a_token_is_typed_otherwise_than_it_is_told(files):
    token(files, "Ask", 13)


@on_points()
def an_award_reads_a_token_that_its_program_does_not_have(files):
    files.tables[TOKENS] = [row for row in files.tables[TOKENS] if row["token"] != "Pricing"]


@on_pain()
def a_clamp_stands_beside_a_token_that_is_changed(files):
    token(files, "Job", -15)


@on_pain()
def a_clamp_does_what_is_safe_in_a_choice_and_not_by_default(files):
    step = steps(campaign(files, "Award job"), step=SCORE)[0]
    step["choices"] = [
        {"if": {**step["choices"][0]["if"], "operator": "less than"}, "value": "=0"},
    ]
    step["default"] = "{{my.Job}}"


@on_pain()
def a_floor_is_a_listener(files):
    step = steps(campaign(files, "Award job"), step=SCORE)[0]
    step["fields"].append({"label": "Change", "value": "{{my.Job}}"})
    for key in ("varies", "choices", "default"):
        del step[key]
    row = twin(files, "When job", "Floor pain")
    below = {"name": "New Score", "operator": "less than", "values": ["0"]}
    changed = {
        "rule": "Score is Changed",
        "attribute": "Score Name",
        "operator": "is",
        "values": ["Pain Score"],
    }
    row["smart_list"] = {"triggers": [{**changed, "constraints": [below]}]}
    row["flow"] = [{"step": WAIT, "fields": [{"label": "Duration", "value": "5 days"}]}, copy.deepcopy(step)]
    set_field(row["flow"][1], "Change", "=0")


@on_pain()
def a_score_has_no_floor(files):
    step = steps(campaign(files, "Award job"), step=SCORE)[0]
    step["default"] = "{{my.Job}}"


@on_points()
def a_count_is_one_too_high(files):
    asked = leaves(campaign(files, "Award three"), rule="Visited Web Page")[0]
    next(item for item in asked["constraints"] if item["name"].startswith("Min"))["values"] = ["4"]


@on_points()
def a_count_is_taken_on_the_spot(files):
    skip(campaign(files, "When page and 1 more"), step=WAIT)


@on_points()
def a_count_looks_back_without_end(files):
    asked = leaves(campaign(files, "Award three"), rule="Visited Web Page")[0]
    asked["constraints"] = [item for item in asked["constraints"] if item["name"] != "Date of Activity"]


@on_points()
def the_first_three_are_four(files):
    for item in leaves(campaign(files, "Award paper"), operator="less than"):
        item["values"] = ["4"]


@on_points()
def nobody_counts(files):
    steps(campaign(files, "Award paper"), step=SCORE)
    campaign(files, "Award paper")["flow"] = campaign(files, "Award paper")["flow"][:1]


@on_points()
def who_did_not_send_is_asked_at_once(files):
    skip(campaign(files, "When pricing and 1 more"), step=WAIT)


@on_points()
def who_did_not_send_is_asked_in_the_trigger(files):
    row, award = campaign(files, "When pricing and 1 more"), campaign(files, "Award silent")
    row["smart_list"].update(copy.deepcopy(award["smart_list"]))
    award["smart_list"] = copy.deepcopy(campaign(files, "Award page")["smart_list"])


@on_points()
def who_did_send_is_meant(files):
    leaves(campaign(files, "Award silent"), rule="Not Filled Out Form")[0]["rule"] = "Filled Out Form"


@on_points()
def an_award_goes_to_another_page(files):
    campaign(files, "When pricing and 1 more")["smart_list"]["triggers"][0]["operator"] = "starts with"


@on_points()
def an_executable_has_no_smart_list(files):
    campaign(files, "Award pricing")["smart_list"] = {}


@on_points()
def a_campaign_is_never_switched_on(files):
    campaign(files, "When pricing and 1 more")["switched_on"] = ""


@on_points(LEAD, "score pain")
def bots_count(files):
    del campaign(files, "When job")["smart_list"]["triggers"][0]["constraints"]
    campaign(files, "When job")["smart_list"]["triggers"][0]["rule"] = "Opens Email"
