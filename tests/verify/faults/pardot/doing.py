"""What thresholds, rules and grades do: lists, campaigns, tasks, owners, fields, marks."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.table import HEAD, PAGE, RULES, TAG
from tests.verify.faults.planting import actions, fault, forget, leaves, undo

__all__: list[str] = []

DOING = (
    HEAD
    + PAGE
    + """
[assets]
contact = { form = "Contact" }
order = { form = "Order" }
hot-list = { list = "Hot" }
fair = { campaign = "Fair" }
desk = { queue = "Desk" }
[marks.customer]
[fields]
state-of = { type = "text" }
[rules.contact]
on = { submits = "contact" }
points = { lead = 20 }
[rules.order]
on = { submits = "order" }
points = { lead = 1 }
then = [{ mark = "customer" }]
[thresholds.hot]
when.all = [{ score = "lead", at_least = 40 }, { field = "country", is = "France" }]
unless = { mark = "customer" }
then = [
  { add_to_list = "hot-list" },
  { add_to_campaign = "fair", status = "Hot" },
  { task = "Call them", due = "2d" },
  { assign = "desk" },
  { set_field = "state-of", to = "Hot" },
]
[grades.profile]
start = "D"
criteria.industry = { when = { field = "industry", is = "Steel" }, thirds = 2 }
criteria.size = { when = { field = "employees", at_least = 200 }, thirds = 1 }
"""
)
on_doing = partial(fault, "pardot", DOING)
ADD = "Add prospect to list"


@on_doing("list hot-list")
def somebody_is_taken_off_the_list_that_they_are_to_be_put_on(files):
    actions(files.row(RULES, "hand over"), action=ADD)[0]["action"] = "Remove prospect from list"


@on_doing("campaign fair", "done thresholds.hot.then.1")
def the_status_in_the_campaign_is_another(files):
    actions(files.row(RULES, "hand over"), of="Fair")[0]["value"] = "Cold"


@on_doing("done thresholds.hot.then.2")
def no_task_is_made(files):
    undo(files.row(RULES, "hand over"), of="Call them")


@on_doing("done thresholds.hot.then.3")
def nobody_is_assigned(files):
    undo(files.row(RULES, "hand over"), of="Desk")


@on_doing("field state-of")
def a_field_gets_another_text(files):
    actions(files.row(RULES, "hand over"), of="state of")[0]["value"] = "Warm"


@on_doing(
    "list hot-list", "campaign fair", "field state-of", *(f"done thresholds.hot.then.{n}" for n in (1, 2, 3))
)
def a_threshold_is_open_for_whom_it_is_shut(files):
    for row in (files.row(RULES, "hand over"), files.row("segmentation-rules", "hot")):
        forget(row, criterion=TAG, of="customer")


@on_doing(
    "list hot-list", "campaign fair", "field state-of", *(f"done thresholds.hot.then.{n}" for n in (1, 2, 3))
)
def a_threshold_is_armed_again_by_one_of_its_two_conditions_only(files):
    forget(files.row(RULES, "below again"), of="Country")


@on_doing("grade profile")
def a_criterion_of_a_grade_weighs_less(files):
    files.row("profile-criteria", "industry")["thirds"] = 1


@on_doing("grade profile")
def a_grade_does_not_come_down(files):
    files.drop(RULES, "size, doesn't match")


@on_doing("grade profile")
def a_grade_takes_an_empty_field_for_a_match(files):
    row = files.row(RULES, "industry, matches")
    leaves(row, of="Industry")[0].update(operator="isn't", value="Wood")


@on_doing("mark customer")
def a_form_puts_no_mark(files):
    undo(files.row("completion-actions", "Order"), action="Apply tags")
