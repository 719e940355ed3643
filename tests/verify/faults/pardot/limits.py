"""What pays once or so often: counters, and the rows beside them."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.points import LEAD
from tests.verify.faults.pardot.table import BY, HEAD, PAGE, RULES
from tests.verify.faults.planting import actions, fault, leaves

__all__: list[str] = []

LIMITED = (
    HEAD
    + PAGE
    + """
[assets]
contact = { form = "Contact" }
film = { file = "Film" }
[rules.contact]
on = { submits = "contact" }
points = { lead = 50 }
limit = { times = 1 }
[rules.film]
on = { downloads = "film" }
points = { lead = 7 }
limit = { times = 3 }
"""
)
on_limited = partial(fault, "pardot", LIMITED, LEAD)


@on_limited()
def what_pays_once_stands_on_the_form(files):
    files.drop(RULES, "contact: once")
    files.row("completion-actions", "Contact")["actions"] = [{**BY, "value": "+50"}]


@on_limited()
def what_pays_once_is_left_to_the_row(files):
    files.drop(RULES, "contact: once")
    files.row("baseline-scoring", "Form Submission")["points"] = 50


@on_limited()
def what_pays_once_repeats_on_a_state(files):
    row = files.row(RULES, "contact: once")
    row.update(repeat=True, days_before_repeat=30, match_limit="unlimited")
    row["criteria"] = [
        {
            "criterion": "Prospect form",
            "of": "Contact",
            "operator": "was completed successfully",
            "value": "Contact",
        }
    ]


@on_limited()
def the_row_pays_beside_the_rule(files):
    files.drop("baseline-scoring", "Form Submission")


@on_limited()
def one_of_the_counted_awards_is_missing(files):
    files.drop(RULES, "film: number 3")


@on_limited()
def one_more_is_counted(files):
    row = files.row(RULES, "film: number 3")
    more = files.add(RULES, row, name=row["name"].replace("3", "4"))
    leaves(more, criterion="Prospect custom field")[0]["value"] = "3"


@on_limited()
def the_counter_is_read_one_too_high(files):
    for row in files.rows(RULES, "film: number"):
        item = leaves(row, criterion="Prospect custom field")[0]
        item["value"] = str(int(item["value"]) + 1)


@on_limited()
def the_surplus_is_taken_back_and_the_counter_set_back(files):
    files.drop(RULES, "film: number 1")
    files.drop(RULES, "film: number 2")
    actions(files.row("completion-actions", "Film")).append({**BY, "value": "+7"})
    files.row("completion-actions", "Film")["actions"].append({**BY, "value": "+7"})
    row = files.row(RULES, "film: number 3")
    row.update(repeat=True, days_before_repeat=1, match_limit="unlimited")
    row["actions"] = [
        {**BY, "value": "-7"},
        {"action": "Change prospect custom field value", "of": "SW film count", "value": "3"},
    ]
    leaves(row, criterion="Prospect custom field")[0]["value"] = "3"
