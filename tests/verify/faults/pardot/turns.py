"""Faults in Account Engagement where steps come one at a time: the tags that say what is due, and what has been."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.points import LEAD
from tests.verify.faults.pardot.table import BY, HEAD, MORE_DAYS, RULES, SCORE, TAG
from tests.verify.faults.planting import actions, fault, forget, leaves, undo

__all__: list[str] = []

FORM = """
[rules.form]
on = { submits = "any-form" }
points = { lead = 25 }
"""
TURNS = (
    HEAD
    + FORM
    + """
[decay.quiet]
score = "lead"
steps = [{ after = "30d", every = "30d", subtract = 10 }]
"""
)
HOLDS = (
    HEAD
    + FORM
    + """
[rules.mining]
when = { field = "industry", is = "Mining" }
points = { lead = 20 }
[decay.quiet]
score = "lead"
steps = [
  { after = "30d", subtract = 10 },
  { after = "60d", set = 0 },
]
[targets.pardot.range]
lead = 200
"""
)
on_turns, on_holds = partial(fault, "pardot", TURNS, LEAD), partial(fault, "pardot", HOLDS, LEAD)
REMOVES = {"action": "Remove tags"}


@on_turns()
def what_is_taken_does_not_wait_until_the_step_is_no_longer_due(files):
    forget(files.row(RULES, "if marked"), criterion=TAG, operator="isn't")


@on_turns()
def the_last_step_asks_for_no_step_that_is_due(files):
    forget(files.row(RULES, "1 to 10"), criterion=TAG)


@on_turns()
def what_is_taken_stays_to_be_taken(files):
    undo(files.row(RULES, "if marked"), **REMOVES)


@on_turns()
def a_step_is_marked_and_stays_due(files):
    undo(files.row(RULES, "from 11 marked"), **REMOVES)


@on_turns()
def a_step_is_due_but_once_in_two_intervals(files):
    files.row(RULES, "30 days, due")["days_before_repeat"] = 60


@on_turns()
def a_step_is_due_a_week_late(files):
    for item in leaves(files.row(RULES, "30 days, due"), operator=MORE_DAYS):
        item["value"] = "36"


@on_turns()
def a_repeated_step_takes_one_point_less(files):
    actions(files.row(RULES, "if marked"), **BY)[0]["value"] = "-9"


@on_holds()
def a_step_acts_again_on_what_comes_to_hold_later(files):
    forget(files.row(RULES, "60 days, up to -1 and from 1"), criterion=TAG)


@on_holds()
def a_step_that_was_for_nobody_stays_to_be_done(files):
    files.drop(RULES, "30 days, nothing to take")


@on_holds()
def a_step_that_has_been_is_never_armed_again(files):
    files.drop(RULES, "30 days, not yet again")


@on_holds()
def nothing_to_take_is_said_of_whoever_has_something(files):
    for item in leaves(files.row(RULES, "30 days, nothing to take"), criterion=SCORE):
        item["value"] = "40"
