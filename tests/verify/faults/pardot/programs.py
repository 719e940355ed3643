"""Faults in engagement programs: steps in another order, waits and paths that suggest themselves, settings as they ship."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.table import HEAD, PAGE, TIME
from tests.verify.faults.planting import fault, forget, leaves

__all__: list[str] = []

PROGRAMS = "engagement-programs"
LISTS = "dynamic-lists"

FADING = (
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
points = { mba = 20 }
[rules.paper]
on = { downloads = "paper" }
points = { mba = 7 }
[decay.quiet]
score = "mba"
steps = [
  { after = "30d", at_least = 10, set = 10 },
  { after = "60d", at_least = 0, set = 0 },
]
[targets.pardot.range]
mba = 100
[targets.pardot.decays]
quiet = "program"
"""
)
MBA = "score mba"
on_fading = partial(fault, "pardot", FADING, MBA)


def first(files):
    return files.row(PROGRAMS, "30 days")


def step(row, number):
    return row["steps"][number - 1]


def asked(row):
    """The rule steps of a program, in order."""
    return [item for item in row["steps"] if item["step"] == "Rule"]


def leave_out(row, number):
    """Take a step out: what led to it leads to where it led."""
    gone = step(row, number)
    after = gone.get("then", gone.get("no"))

    def moved(place):
        place = after if place == number else place
        return place - 1 if place > number else place

    row["steps"].remove(gone)
    for place, item in enumerate(row["steps"], 1):
        item["number"] = place
        item.update({way: moved(item[way]) for way in ("yes", "no", "then") if way in item})


@on_fading()
def nothing_waits_between_two_levels(files):
    for item in asked(first(files)):
        item["wait_days"] = 0


@on_fading()
def the_smallest_level_comes_first(files):
    rows = asked(first(files))
    bounds = [item["criteria"][0]["value"] for item in rows]
    points = [step(first(files), item["yes"])["value"] for item in rows]
    for item, bound, value in zip(rows, reversed(bounds), reversed(points), strict=True):
        item["criteria"][0]["value"] = bound
        step(first(files), item["yes"])["value"] = value


@on_fading()
def a_program_does_not_repeat(files):
    for row in files.rows(PROGRAMS):
        row["repeat"] = False


@on_fading()
def a_prospect_goes_through_it_once_only(files):
    for row in files.rows(PROGRAMS):
        row["entry_limit"] = 1


@on_fading()
def the_smallest_level_is_missing(files):
    row = first(files)
    leave_out(row, asked(row)[-1]["yes"])
    leave_out(row, asked(row)[-1]["number"])


@on_fading()
def an_action_is_missing(files):
    leave_out(first(files), asked(first(files))[-1]["yes"])


@on_fading()
def an_action_stands_on_the_no_path(files):
    item = asked(first(files))[-1]
    item.update(yes=item["no"], no=item["yes"])


@on_fading()
def an_action_takes_more_than_its_question_asks(files):
    item = step(first(files), asked(first(files))[-1]["yes"])
    item["value"] = str(int(item["value"]) - 1)


@on_fading()
def an_action_gives_what_it_should_take(files):
    item = step(first(files), asked(first(files))[0]["yes"])
    item["value"] = item["value"].replace("-", "+")


@on_fading()
def a_question_asks_for_less_than_is_taken(files):
    item = asked(first(files))[0]["criteria"][0]
    item["value"] = str(int(item["value"]) - 30)


@on_fading()
def the_list_keeps_whoever_is_back(files):
    forget(files.row(LISTS, "30 days"), criterion=TIME)


@on_fading()
def the_list_takes_people_a_week_too_early(files):
    leaves(files.row(LISTS, "30 days"), criterion=TIME)[0]["value"] = "22"


@on_fading()
def the_list_takes_people_a_week_too_late(files):
    leaves(files.row(LISTS, "30 days"), criterion=TIME)[0]["value"] = "36"


@on_fading()
def the_second_program_stands_on_the_list_of_the_first(files):
    files.row(PROGRAMS, "60 days")["recipient_list"] = first(files)["recipient_list"]


@on_fading()
def the_second_program_was_not_built(files):
    files.drop(PROGRAMS, "60 days")


@on_fading()
def the_list_suppresses_its_own_people(files):
    first(files)["suppression_lists"] = [first(files)["recipient_list"]]


@on_fading()
def a_program_waits_a_month_between_two_levels(files):
    for item in asked(first(files)):
        item["wait_days"] *= 30


# --- what everybody goes through once -------------------------------------------------------------------------------

MONTHLY = FADING.replace(
    """steps = [
  { after = "30d", at_least = 10, set = 10 },
  { after = "60d", at_least = 0, set = 0 },
]""",
    """steps = [
  { after = "30d", at_least = 30, subtract = 15 },
  { after = "60d", subtract = 9 },
]""",
)
on_monthly = partial(fault, "pardot", MONTHLY, MBA)


@on_monthly()
def a_level_is_a_point_lower(files):
    item = asked(first(files))[-1]["criteria"][0]
    item["value"] = str(int(item["value"]) - 2)


@on_monthly()
def the_way_goes_on_after_an_action(files):
    row = files.row(PROGRAMS, "60 days")
    step(row, asked(row)[0]["yes"])["then"] = asked(row)[1]["number"]
    asked(row)[1]["wait_days"] = 1


@on_monthly()
def everybody_can_go_through_again_after_a_week(files):
    for row in files.rows(PROGRAMS):
        row["days_before_repeat"] = 7


@on_monthly()
def the_second_program_has_the_window_of_the_first(files):
    files.row(PROGRAMS, "60 days")["recipient_list"] = first(files)["recipient_list"]
