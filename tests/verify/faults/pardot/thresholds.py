"""Thresholds: when they open, how often, and what arms them again."""

from __future__ import annotations

from tests.verify.faults.pardot.points import DONE, on_points
from tests.verify.faults.pardot.table import MORE_DAYS, RULES, SCORE, SILENT, TAG
from tests.verify.faults.planting import forget, leaves

__all__: list[str] = []


@on_points(DONE)
def a_threshold_is_a_point_too_high(files):
    for row in (files.row(RULES, "hand over"), files.row("segmentation-rules", "hot")):
        leaves(row, criterion=SCORE)[0]["value"] = "50"


@on_points(DONE)
def a_threshold_is_a_point_too_low(files):
    for row in (files.row(RULES, "hand over"), files.row("segmentation-rules", "hot")):
        leaves(row, criterion=SCORE)[0]["value"] = "48"


@on_points(DONE)
def a_threshold_matches_once_in_a_life(files):
    row = files.row(RULES, "hand over")
    row["repeat"] = False
    del row["days_before_repeat"], row["match_limit"]


@on_points(DONE)
def a_threshold_repeats_for_as_long_as_the_score_is_up(files):
    forget(files.row(RULES, "hand over"), criterion=TAG)


@on_points(DONE)
def nothing_arms_a_threshold_again(files):
    files.drop(RULES, "below again")


@on_points(DONE)
def a_threshold_is_armed_again_by_time(files):
    row = files.row(RULES, "below again")
    leaves(row, criterion=SCORE)[0].update(SILENT, operator=MORE_DAYS, value="29")


@on_points(DONE)
def a_threshold_is_armed_again_at_the_number_itself(files):
    leaves(files.row(RULES, "below again"), criterion=SCORE)[0]["value"] = "51"


@on_points(DONE)
def nobody_is_marked_who_is_past_it_already(files):
    files.drop("segmentation-rules", "hot")


@on_points(DONE)
def people_past_it_are_marked_after_the_handoff_is_switched_on(files):
    files.row("segmentation-rules", "hot")["resume_phase"] = 80


@on_points(DONE)
def a_handoff_is_a_dynamic_list_which_does_nothing(files):
    row = files.row(RULES, "hand over")
    files.drop(RULES, "hand over")
    files.add("dynamic-lists", {key: row[key] for key in ("name", "for", "lowering", "match", "criteria")})
