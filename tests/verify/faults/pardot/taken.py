"""A decay that takes so much in a silence, from some more than from others: the tags that tell how much it was."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.points import LEAD
from tests.verify.faults.pardot.table import HEAD, RULES, TAG
from tests.verify.faults.planting import fault, forget, undo

__all__: list[str] = []

TAKEN = (
    HEAD
    + """
[rules.page]
on = { visits = "any-page" }
points = { lead = 7 }
[rules.form]
on = { submits = "any-form" }
points = { lead = 30 }
[decay.quiet]
score = "lead"
steps = [
  { after = "30d", at_least = 50, subtract = 20 },
  { after = "60d", subtract = 10 },
  { after = "90d", subtract = 10 },
]
limit = { points = 25, per = "silence" }
[targets.pardot.range]
lead = 200
"""
)
on_taken = partial(fault, "pardot", TAKEN, LEAD)


@on_taken()
def what_the_first_step_took_is_not_told(files):
    undo(files.row(RULES, "30 days, from 50 minus 20"), action="Apply tags")


@on_taken()
def the_limit_holds_for_nobody(files):
    for row in files.rows(RULES, "60 days"):
        if "minus 5" in row["name"]:
            forget(row, criterion=TAG, operator="is")


@on_taken()
def what_was_taken_in_one_silence_counts_in_the_next(files):
    files.drop(RULES, "nothing taken yet again")
