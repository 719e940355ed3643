"""Faults in what remembers the past and waits in Account Engagement: fields that count, programs that look again."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot import HEAD, LEAD, PAGE, RULES
from tests.verify.faults.planting import actions, fault, leaves

__all__: list[str] = []

COUNTED = (
    HEAD
    + PAGE
    + """
[assets]
contact = { form = "Contact" }
paper = { file = "Paper" }
film = { file = "Film" }
sales = { user = "sales@host.example" }
[rules.reader]
when = { downloaded = ["paper", "film"], at_least = 3 }
points = { lead = 7 }
[rules.one-paper]
when = { downloaded = "paper", at_most = 1 }
points = { lead = 3 }
[thresholds.twice]
when = { submitted = "contact", exactly = 2 }
then = [{ notify = "sales" }]
"""
)
TWICE = "done thresholds.twice.then.0"
FIELD = {"criterion": "Prospect custom field"}
on_counted = partial(fault, "pardot", COUNTED, LEAD, TWICE)


@on_counted()
def a_file_that_counts_is_forgotten(files):
    files.drop("completion-actions", "Film")


@on_counted()
def a_file_counts_in_the_field_of_another(files):
    row = files.row("completion-actions", "Film")
    row["actions"][0]["of"] = "SW paper: times"


@on_counted()
def a_form_counts_double(files):
    row = files.row("completion-actions", "Contact")
    row["actions"] = [*actions(row, action="Increment prospect field value"), *row["actions"]]


@on_counted()
def one_download_fewer_is_asked_for(files):
    leaves(files.row(RULES, "reader: give"), **FIELD)[0]["value"] = "1"


@on_counted()
def nobody_without_a_count_is_thought_of(files):
    row = files.row(RULES, "one-paper: give")
    empty = leaves(row, **FIELD, operator="is empty")[0]
    empty.update(operator="is less than", value="0")


@on_counted()
def a_third_time_counts_as_the_second(files):
    leaves(files.row(RULES, "twice: hand over"), **FIELD, operator="is less than")[0]["value"] = "9"
