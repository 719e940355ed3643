"""Faults in copies for products, and in what a start with people who are there fills in."""

from __future__ import annotations

import copy

from tests.verify.faults.marketo.table import (
    CAMPAIGNS,
    LAW,
    LEAD,
    MBA,
    RUN,
    SCORE,
    STARTS,
    TOKENS,
    campaign,
    on_products,
    on_start,
    twin,
)
from tests.verify.faults.planting import fault, set_field, steps

__all__: list[str] = []


@on_products(MBA, LAW)
def a_clone_goes_on_changing_the_first_products_score(files):
    row = next(row for row in files.rows(CAMPAIGNS, "law.Award") if row["type"] == "executable")
    set_field(steps(row, step=SCORE)[1], "Score Name", "Interest mba Score")


@on_products(LAW, LEAD)
def a_clone_listens_to_the_first_products_form(files):
    row = files.row(CAMPAIGNS, "law.When request")
    row["smart_list"]["triggers"][0]["values"] = ["MBA"]


@on_products(LAW, LEAD)
def a_clone_has_the_first_products_points(files):
    files.row(TOKENS, "law.Request").update(value=20, shown="+20")


@on_products(LAW, LEAD, MBA)
def a_clone_executes_the_first_products_award(files):
    row = files.row(CAMPAIGNS, "law.When request")
    set_field(steps(row, step=RUN)[0], "Campaign", files.row(CAMPAIGNS, "mba.Award request")["name"])


@on_products(LEAD)
def a_part_does_not_feed_the_total(files):
    row = files.row(CAMPAIGNS, "law.Award request")
    row["flow"] = row["flow"][1:]


@on_start()
def a_trigger_and_a_batch_have_a_memory_each(files):
    row = twin(files, "Fact title", "When title")
    row.update(type="trigger", switched_on="live", schedule="")
    changed = {
        "rule": "Data Value Changes",
        "attribute": "Attribute",
        "operator": "is",
        "values": ["Job Title"],
    }
    row["smart_list"]["triggers"] = [changed]


@on_start()
def a_batch_runs_once_and_for_nobody_who_comes_later(files):
    campaign(files, "Fact title").update(schedule="Run once", switched_on="start")


@fault("marketo", STARTS, LEAD, "done thresholds.hot.then.0")
def the_past_is_handed_over(files):
    row = campaign(files, "Start hot")
    row["flow"] = copy.deepcopy(campaign(files, "Act hot")["flow"])
