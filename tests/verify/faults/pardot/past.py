"""Faults in what remembers, waits and adds up in Account Engagement: fields that count, programs that look again, formulas."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.points import LEAD
from tests.verify.faults.pardot.table import HEAD, PAGE, RULES
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


# --- waits ------------------------------------------------------------------------------------------------------------

WAITED = (
    HEAD
    + """
[assets]
film = { file = "Film" }
trial = { pages = "/trial" }
[fields]
ready = { type = "yes_no" }
[rules.film]
on = { downloads = "film" }
wait = "3d"
points = { lead = 7 }
limit = { times = 1 }
[rules.ready]
on = { visits = "trial" }
wait = "2d"
when = { field = "ready", is = true }
points = { lead = 50 }
limit = { times = 1 }
"""
)
PROGRAMS = "engagement-programs"
on_waited = partial(fault, "pardot", WAITED, LEAD)


@on_waited()
def a_program_waits_days_longer(files):
    files.row(PROGRAMS, "film")["steps"][0]["wait_days"] = 9


@on_waited()
def a_program_does_not_wait(files):
    del files.row(PROGRAMS, "film")["steps"][0]["wait_days"]


@on_waited()
def what_waits_is_paid_at_once(files):
    leaves(files.row(RULES, "film: once"), criterion="Prospect tag")[0]["of"] = "sw/rules/film/film/hit"


@on_waited()
def who_fails_at_the_end_of_a_wait_is_asked_again_and_again(files):
    files.drop(RULES, "ready: in vain")


@on_waited()
def a_program_for_a_wait_is_not_built(files):
    files.drop(PROGRAMS, "ready")


@on_waited()
def the_end_of_a_wait_asks_nothing(files):
    row = files.row(RULES, "ready: once")
    row["criteria"] = leaves(row, criterion="Prospect tag")


# --- formulas that read a field -----------------------------------------------------------------------------------------

READ = (
    HEAD
    + """
[fields]
size = { type = "number" }
[scores.wide]
kind = "fit"
[inputs.size]
field = "size"
score = "wide"
percent = 50
at_least = 5
"""
)
on_read = partial(fault, "pardot", READ, "score wide")


def formula(files, old, new):
    row = files.row("formula-fields", "wide")
    assert old in row["formula"]
    row["formula"] = row["formula"].replace(old, new)


@on_read()
def a_formula_thinks_of_no_empty_field(files):
    formula(files, "IF(ISBLANK(size__c), 0, MAX(", "MAX(")
    formula(files, ", 5))", ", 5)")


@on_read()
def a_formula_rounds_down(files):
    formula(files, " + 100)", " + 0)")


@on_read()
def a_formula_has_no_least_value(files):
    formula(files, ", 5)", ", -500)")
