"""Faults in decays and wake-ups: who is silent, since when, and what a step takes."""

from __future__ import annotations

import copy

from tests.verify.faults.marketo.table import (
    ASLEEP,
    AWAKE,
    SCORE,
    STAMP,
    WAIT,
    campaign,
    leave_out,
    on_silence,
    on_sleep,
    on_stamps,
    token,
)
from tests.verify.faults.planting import forget, leaves, skip, steps

__all__: list[str] = []


@on_silence(ASLEEP)
def a_decay_runs_once_in_a_life(files):
    campaign(files, "Decay quiet 30d")["qualification"] = "Only once"


@on_silence(ASLEEP)
def a_decay_runs_every_night_of_a_silence(files):
    forget(campaign(files, "Decay quiet 30d"), rule="SW Step quiet")


@on_silence(ASLEEP)
def whoever_was_created_yesterday_decays(files):
    forget(campaign(files, "Decay quiet 30d"), rule="Created At")


@on_silence(ASLEEP)
def nothing_ends_a_silence(files):
    leave_out(files, "Awake quiet")


@on_silence()
def a_decay_has_no_clamp(files):
    step = steps(campaign(files, "Do quiet 30d"), step=SCORE)[0]
    step["default"] = step["choices"][0]["value"]
    step["choices"] = step["choices"][:1]


@on_silence()
def a_decay_takes_a_point_from_whoever_has_none(files):
    row = campaign(files, "Do quiet 30d")
    forget(row, rule="Person Score")
    steps(row, step=SCORE)[0]["default"] = "-1"


@on_silence()
def a_decays_token_is_changed_beside_its_clamp(files):
    token(files, "Decay - quiet 30d", -13)


@on_silence()
def the_choices_of_a_clamp_come_the_other_way_round(files):
    step = steps(campaign(files, "Do quiet 30d"), step=SCORE)[0]
    step["choices"].reverse()


@on_silence(ASLEEP)
def a_step_comes_two_days_late(files):
    for item in campaign(files, "Decay quiet 60d")["smart_list"]["filters"]:
        for test in (item, *item.get("constraints", ())):
            if test.get("values") == ["60 days"]:
                test["values"] = ["62 days"]


@on_silence(ASLEEP)
def forms_end_no_silence(files):
    for name in ("Decay quiet 30d", "Decay quiet 60d"):
        row = campaign(files, name)
        if row["smart_list"]["filter_logic"] == "ALL":
            forget(row, rule="Not Filled Out Form")


@on_silence(ASLEEP)
def a_decay_runs_once_a_month(files):
    campaign(files, "Decay quiet 30d")["schedule"] = "Monthly, on day 1, at 02:01"


@on_sleep(AWAKE)
def a_wake_up_asks_nobody_whether_they_sleep(files):
    for name in ("Act awake", "When awake may open"):
        row = campaign(files, name)
        gone = next(
            n for n, item in enumerate(row["smart_list"]["filters"], 1) if item["rule"] == "Member of List"
        )
        row["smart_list"]["filters"][gone - 1] = {
            "rule": "Created At",
            "operator": "is not empty",
            "values": [],
        }


@on_sleep(AWAKE, ASLEEP)
def a_wake_up_leaves_the_mark_on(files):
    skip(campaign(files, "Act awake"), step="Remove from List")


@on_sleep(AWAKE, ASLEEP)
def a_wake_up_reads_what_a_sibling_writes(files):
    """The guard stands in the trigger, where the award of the same event has not been paid yet."""
    row = campaign(files, "When awake may open")
    for watch in (row, campaign(files, "When anything may open awake")):
        skip(watch, step=WAIT)
    row["smart_list"]["triggers"] = copy.deepcopy(
        [
            *campaign(files, "When page")["smart_list"]["triggers"],
            *campaign(files, "When form")["smart_list"]["triggers"],
        ]
    )


@on_sleep(ASLEEP)
def going_to_sleep_puts_no_mark(files):
    skip(campaign(files, "Do quiet 30d"), step="Add to List")


@on_stamps()
def an_empty_stamp_is_long_ago(files):
    for name in ("Decay quiet 100d", "Decay quiet 180d"):
        forget(campaign(files, name), rule=STAMP, operator="is not empty")


@on_stamps()
def a_visit_leaves_no_stamp(files):
    row = campaign(files, f"Stamp {STAMP}")
    row["smart_list"]["triggers"] = [
        item for item in row["smart_list"]["triggers"] if item["rule"] != "Visits Web Page"
    ]


@on_stamps()
def the_stamp_is_put_once_in_a_life(files):
    campaign(files, f"Stamp {STAMP}")["qualification"] = "Only once"


@on_stamps()
def a_long_silence_is_looked_up_in_the_log(files):
    for name in ("Decay quiet 100d",):
        row = campaign(files, name)
        item = leaves(row, rule=STAMP, operator="in past before")[0]
        days = {"name": "Date of Activity", "operator": "in past", "values": item["values"]}
        item.clear()
        item.update(
            {"rule": "Not Visited Web Page", "attribute": "Web Page", "operator": "is any", "values": []},
            constraints=[days],
        )
