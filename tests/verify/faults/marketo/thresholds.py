"""Faults in handoffs: what notices, what remembers, and what arms again."""

from __future__ import annotations

import copy

from tests.verify.faults.marketo.table import (
    PAST,
    RUN,
    WAIT,
    campaign,
    leave_out,
    on_threshold,
)
from tests.verify.faults.planting import forget, leaves, skip, steps

__all__: list[str] = []


@on_threshold()
def a_handoff_fires_at_each_change_above_the_number(files):
    forget(campaign(files, "Cross hot"), **PAST)


@on_threshold()
def a_handoff_fires_once_in_a_life(files):
    campaign(files, "Cross hot")["qualification"] = "Only once"


@on_threshold()
def a_handoff_does_not_wait(files):
    skip(campaign(files, "When hot may open"), step=WAIT)


@on_threshold()
def a_handoff_waits_and_does_not_read_the_score_again(files):
    forget(campaign(files, "Cross hot"), rule="Person Score")


@on_threshold()
def nothing_arms_a_handoff_again(files):
    leave_out(files, "When hot may close")


@on_threshold()
def a_handoff_is_armed_again_by_time(files):
    row = campaign(files, "When hot may open")
    row["flow"] += [
        {"step": WAIT, "fields": [{"label": "Duration", "value": "3 days"}]},
        copy.deepcopy(steps(campaign(files, "Re-arm hot"), step="Remove from List")[0]),
    ]


@on_threshold()
def a_handoff_is_armed_again_below_another_number(files):
    for row, part in (
        (campaign(files, "Re-arm hot"), "filters"),
        (campaign(files, "When hot may close"), "triggers"),
    ):
        for item in row["smart_list"][part]:
            for test in (item, *item.get("constraints", ())):
                if test.get("operator") == "less than":
                    test["values"] = ["20"]


@on_threshold()
def whoever_is_past_it_already_is_not_listed(files):
    leave_out(files, "Start hot")


@on_threshold()
def whoever_is_past_it_already_is_listed_by_another_number(files):
    leaves(campaign(files, "Start hot"), rule="Person Score")[0]["values"] = ["60"]


@on_threshold()
def a_handoff_is_a_point_too_high(files):
    for name in ("Cross hot", "Start hot"):
        leaves(campaign(files, name), rule="Person Score")[0]["values"] = ["51"]


@on_threshold()
def a_handoff_is_a_point_too_low(files):
    for name in ("Cross hot", "Start hot"):
        leaves(campaign(files, name), rule="Person Score")[0]["values"] = ["49"]
    trigger = campaign(files, "When hot may open")["smart_list"]["triggers"][0]
    trigger["constraints"][0]["values"] = ["49"]


@on_threshold()
def a_handoff_is_a_smart_list_which_does_nothing(files):
    leave_out(files, "When hot may open")


@on_threshold()
def nobody_is_told(files):
    skip(campaign(files, "Cross hot"), step=RUN)
