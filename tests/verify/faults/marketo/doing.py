"""Faults in what is done to a person: lists, fields, campaigns, tasks and notices."""

from __future__ import annotations

import copy

from tests.verify.faults.marketo.table import (
    ALL_DONE,
    RUN,
    VALUE,
    campaign,
    on_doing,
    twin,
)
from tests.verify.faults.planting import set_field, skip, steps

__all__: list[str] = []


@on_doing("list hot-list")
def somebody_is_taken_off_the_list_that_they_are_to_be_put_on(files):
    steps(campaign(files, "Act hot"), step="Add to List")[0]["step"] = "Remove from List"


@on_doing("campaign fair", "done thresholds.hot.then.1")
def the_status_in_the_campaign_is_another(files):
    set_field(
        steps(campaign(files, "Act hot"), step="Change Status in SFDC Campaign")[0], "New Status", "Cold"
    )


@on_doing("done thresholds.hot.then.2")
def no_task_is_made(files):
    skip(campaign(files, "Act hot"), step="Create Task")


@on_doing("field state-of")
def a_field_gets_another_text(files):
    set_field(steps(campaign(files, "Act hot"), step=VALUE)[0], "New Value", "Warm")


@on_doing("done thresholds.hot.then.4")
def a_moment_is_told_twice(files):
    row = campaign(files, "Act hot")
    row["flow"].append(copy.deepcopy(steps(row, step="Interesting Moment")[0]))
    row["flow"].insert(
        0,
        {
            "step": RUN,
            "fields": [{"label": "Campaign", "value": twin(files, "Act hot", "Act again")["name"]}],
        },
    )
    skip(row, step="Interesting Moment")


@on_doing(*ALL_DONE)
def a_threshold_is_open_for_whom_it_is_shut(files):
    row = campaign(files, "Cross hot")
    row["smart_list"]["filters"] = [
        item for item in row["smart_list"]["filters"] if "SW Mark customer" not in str(item["values"])
    ]


@on_doing(*ALL_DONE)
def a_change_of_country_opens_nothing(files):
    for name in ("When hot may open",):
        row = campaign(files, name)
        row["smart_list"]["triggers"] = [
            item for item in row["smart_list"]["triggers"] if item["rule"] != "Data Value Changes"
        ]


@on_doing("grade profile")
def a_criterion_of_a_grade_weighs_less(files):
    for step in campaign(files, "Grade profile")["flow"]:
        for item in step.get("choices", ()):
            item["value"] = "+1" if item["value"] == "+2" else item["value"]


@on_doing("grade profile")
def a_grade_takes_an_empty_field_for_no_match(files):
    for step in campaign(files, "Grade profile")["flow"]:
        if "choices" in step:
            step["choices"] = [item for item in step["choices"] if item["if"]["operator"] != "is empty"]


@on_doing("grade profile")
def a_grade_is_made_once_in_a_life(files):
    campaign(files, "Nightly grade profile")["qualification"] = "Only once"


@on_doing("field letter")
def a_band_has_another_bound(files):
    step = steps(campaign(files, "Label letter"), step=VALUE)[0]
    step["choices"][0]["if"]["values"] = ["41"]


@on_doing("field letter")
def the_bands_come_the_other_way_round(files):
    steps(campaign(files, "Label letter"), step=VALUE)[0]["choices"].reverse()


@on_doing("mark customer")
def a_form_puts_no_mark(files):
    skip(campaign(files, "Award order"), step="Add to List")
