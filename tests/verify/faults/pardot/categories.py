"""Scoring categories: bands, folders, and what is taken from whom."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.table import CATEGORY, HEAD, MORE_DAYS, ON_CATEGORY, PAGE, RULES, TIME
from tests.verify.faults.planting import actions, fault, forget, leaves

__all__: list[str] = []

CATEGORIES = (
    HEAD
    + PAGE
    + """
[scores.mba]
kind = "engagement"
feeds = "lead"
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
steps = [{ after = "30d", at_least = 0, set = 0 }]
[targets.pardot.range]
mba = 100
"""
)
MBA = "score mba"
on_categories = partial(fault, "pardot", CATEGORIES, MBA)


def _top(files):
    return files.row(RULES, ", from ")


@on_categories()
def the_top_band_is_closed(files):
    bound = int(leaves(_top(files), criterion=CATEGORY)[0]["value"])
    closed = {"criterion": CATEGORY, "of": "mba", "operator": "is less than", "value": str(2 * bound)}
    _top(files)["criteria"].append(closed)


@on_categories()
def the_bands_have_lower_bounds_only(files):
    for row in files.rows(RULES, " to "):
        forget(row, criterion=CATEGORY, operator="is less than")


@on_categories()
def a_band_takes_one_more_than_its_lowest_score(files):
    row = next(row for row in files.rows(RULES, "minus 1") if row["name"].endswith("minus 1"))
    actions(row, action=ON_CATEGORY)[0]["value"] = "-2"


@on_categories()
def the_lowest_band_is_missing(files):
    name = min((row["name"] for row in files.rows(RULES, " to ")), key=lambda name: int(name.rsplit(" ")[-1]))
    files.drop(RULES, name)


@on_categories()
def the_bands_go_on_when_somebody_is_back(files):
    for row in files.rows(RULES, "decay quiet"):
        forget(row, criterion=TIME)
        row["criteria"].append({"criterion": TIME, "of": "created", "operator": MORE_DAYS, "value": "29"})


@on_categories()
def an_asset_is_not_moved_into_the_folder(files):
    row = files.row("scoring-categories", "mba")
    row["assets"] = [item for item in row["assets"] if item["name"] != "MBA paper"]


@on_categories()
def the_folder_holds_an_asset_of_another_category(files):
    files.row("scoring-categories", "mba")["assets"][0]["name"] = "Contact us"
