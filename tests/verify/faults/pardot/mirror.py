"""Faults where a number field keeps a score: an asset that does not count, a rule that is missing or sets something else."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.table import HEAD, PAGE, RULES, TIME
from tests.verify.faults.planting import actions, fault, forget, leaves

__all__: list[str] = []

MIRRORED = (
    HEAD
    + PAGE
    + """
[scores.mba]
title = "MBA"
kind = "engagement"
[assets]
mba = { form = "MBA request" }
paper = { file = "MBA paper" }
[rules.mba]
on = { submits = "mba" }
points = { mba = 1 }
[rules.paper]
on = { downloads = "paper" }
points = { mba = 1 }
[decay.quiet]
score = "mba"
steps = [
  { after = "30d", at_least = 2, set = 2 },
  { after = "60d", at_least = 0, set = 0 },
]
[targets.pardot.range]
mba = 20
[targets.pardot.decays]
quiet = "mirror"
"""
)
on_mirrored = partial(fault, "pardot", MIRRORED, "score mba")
COUNTS = {"action": "Increment prospect field value"}
SETS = {"action": "Change prospect custom field value"}


@on_mirrored()
def an_asset_does_not_count(files):
    files.drop("completion-actions", "MBA paper")


@on_mirrored()
def an_asset_counts_twice(files):
    row = files.row("completion-actions", "MBA paper")
    row["actions"] += actions(row, **COUNTS)


@on_mirrored()
def a_rule_sets_another_field(files):
    actions(files.row(RULES, "30 days"), **SETS)[0]["of"] = "MBA points"


@on_mirrored()
def a_rule_sets_another_value(files):
    actions(files.row(RULES, "30 days"), **SETS)[0]["value"] = "3"


@on_mirrored()
def the_second_step_of_a_field_is_missing(files):
    files.drop(RULES, "60 days")


@on_mirrored()
def a_field_is_set_once_in_a_life(files):
    files.row(RULES, "60 days")["repeat"] = False


@on_mirrored()
def a_field_is_set_for_whoever_is_active(files):
    forget(files.row(RULES, "60 days"), criterion=TIME)


@on_mirrored()
def a_field_is_set_a_week_early(files):
    leaves(files.row(RULES, "60 days"), criterion=TIME)[0]["value"] = "52"


# --- a start ------------------------------------------------------------------------------------------------------------

on_started = partial(
    fault, "pardot", MIRRORED.replace('title = "MBA"', 'title = "MBA"\nstart = 4'), "score mba"
)


@on_started()
def nobody_begins_with_points(files):
    files.drop(RULES, "start at 4, 0 counted")


@on_started()
def the_start_is_set_again_after_each_event(files):
    for row in files.rows(RULES, "counted"):
        row["criteria"] = [item for item in row["criteria"] if item.get("operator") != "isn't"]
