"""What events pay: rows, actions on assets, and the rest beside them."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.table import BY, HEAD
from tests.verify.faults.planting import actions, fault

__all__: list[str] = []

POINTS = (
    HEAD
    + """
[assets]
contact = { form = "Contact" }
talk = { landing_page = "Talk" }
paper = { file = "Paper" }
pricing = { pages = "/pricing" }
sales = { user = "sales@host.example" }
[rules.page]
on = { visits = "any-page" }
points = { lead = 1 }
[rules.pricing]
on = { visits = "pricing" }
points = { lead = 10 }
[rules.form]
on = { submits = "any-form" }
points = { lead = 20 }
[rules.contact]
on = { submits = "contact" }
points = { lead = 30 }
[rules.talk]
on = { submits = "talk" }
points = { lead = 5 }
[rules.paper]
on = { downloads = "paper" }
points = { lead = 7 }
[rules.lost]
on = { opportunity = "lost" }
points = { lead = -40 }
[thresholds.hot]
when = { score = "lead", at_least = 50 }
then = [{ notify = "sales" }]
"""
)
on_points = partial(fault, "pardot", POINTS)
LEAD, DONE = "score lead", "done thresholds.hot.then.0"


@on_points(LEAD)
def the_row_is_taken_from_each_rule_though_both_rules_pay(files):
    actions(files.row("page-actions", "pricing"), **BY)[0]["value"] = "+9"


@on_points(LEAD)
def the_rest_stands_on_the_form_and_not_on_the_landing_page(files):
    files.drop("completion-actions", "landing page: Talk")


@on_points(LEAD)
def the_landing_pages_row_stays_as_shipped(files):
    files.drop("baseline-scoring", "Landing Page Success")


@on_points(LEAD)
def the_row_of_visits_stays_as_shipped(files):
    files.drop("baseline-scoring", "Visitor Session")


@on_points(LEAD)
def the_row_of_new_opportunities_stays_as_shipped(files):
    files.drop("baseline-scoring", "Opportunity Created")


@on_points(LEAD)
def a_negative_row_is_typed_without_its_sign(files):
    files.row("baseline-scoring", "Opportunity Lost")["points"] = 40


@on_points(LEAD)
def the_row_of_redirects_stays_as_shipped(files):
    files.drop("baseline-scoring", "Custom Redirect Click")


@on_points(LEAD)
def the_row_of_failed_forms_stays_as_shipped(files):
    files.drop("baseline-scoring", "Form Error")


@on_points(LEAD)
def a_row_is_changed_and_the_rest_beside_it_is_not(files):
    files.row("baseline-scoring", "Form Submission")["points"] = 25


@on_points(LEAD)
def a_page_action_runs_on_every_page_below_it(files):
    files.row("page-actions", "pricing")["match"] = "starts_with"


@on_points(LEAD)
def a_file_pays_by_its_row_for_every_file(files):
    files.drop("completion-actions", "file: Paper")
    files.row("baseline-scoring", "File Access")["points"] = 7


LEFT_OUT = (
    HEAD
    + """
[assets]
blog = { pages = "/blog", match = "starts_with" }
post = { pages = "/blog/post" }
[rules.blog]
on = { visits = "blog", except = "post" }
points = { lead = 3 }
"""
)


@fault("pardot", LEFT_OUT, LEAD)
def what_is_left_out_of_a_pattern_is_paid_all_the_same(files):
    files.drop("page-actions", "post")
