"""Faults in Account Engagement's handoffs where a bound allows one more at times: it excuses those times, and no others."""

from __future__ import annotations

import copy
from functools import partial

from tests.verify.faults.pardot.table import HEAD, RULES, SCORE, TAG
from tests.verify.faults.planting import actions, fault, forget, undo

__all__: list[str] = []

FORM = """
[assets]
contact = { form = "Contact us" }
sales = { user = "sales@host.example" }
[rules.contact]
on = { submits = "contact" }
points = { lead = 30 }
"""
OPENED = (
    HEAD
    + FORM
    + """
[fields]
since = { type = "date" }
[thresholds.hot]
when.all = [{ score = "lead", at_least = 30 }, { field = "since", older_than = "10d" }]
then = [{ notify = "sales" }]
"""
)
LISTS = (
    HEAD
    + FORM
    + """
[segments.staff]
when.any = [{ field = "company", is = "Us" }, { field = "city", is = "Here" }]
[thresholds.hot]
when.all = [{ score = "lead", at_least = 30 }, { not = { segment = "staff" } }]
required_fields = ["company"]
then = [{ notify = "sales" }]
"""
)
EXCHANGED = (
    HEAD
    + FORM
    + """
[tiers.country]
score = "lead"
field = "country"
cases = [{ is = "France", points = 20 }, { is = "Spain", points = 25 }]
[thresholds.hot]
when = { score = "lead", at_least = 50 }
then = [{ notify = "sales" }]
"""
)
ASKED = (
    HEAD
    + FORM
    + """
[thresholds.hot]
when = { score = "lead", at_least = 60 }
or_on = [{ submits = "contact" }]
required_fields = ["company"]
then = [{ notify = "sales" }]
"""
)
MIXED = (
    HEAD
    + """
[assets]
contact = { form = "Contact us" }
sales = { user = "sales@host.example" }
[rules.contact]
on = { submits = "contact" }
points = { lead = 10 }
limit = { times = 1 }
[rules.country]
when = { field = "country", is = "France" }
points = { lead = 60 }
[rules.mailbox]
when = { field = "email", known = true }
points = { lead = -20 }
[thresholds.hot]
when = { score = "lead", at_least = 50 }
required_fields = ["email"]
then = [{ notify = "sales" }]
"""
)
"""Only whoever is given 60 and loses 20 can be handed over: all of them may be once more, as long as they are new."""
ASSIGNED = (
    HEAD
    + FORM
    + """
[assets.callers]
user = "callers@host.example"
[thresholds.hot]
when = { score = "lead", at_least = 60 }
then = [{ assign = "callers" }]
[thresholds.aware]
when = { score = "lead", at_least = 30 }
then = [{ assign = "sales" }]
"""
)
RESET = (
    HEAD
    + FORM
    + """
[scores.loyal]
kind = "engagement"
[tiers.country]
score = "loyal"
field = "country"
cases = [{ is = "France", points = 50 }]
[thresholds.best]
when = { score = "loyal", at_least = 50 }
then = [{ reset = "lead", to = 10 }]
[thresholds.hot]
when = { score = "lead", at_least = 40 }
then = [{ notify = "sales" }]
"""
)
"""Where a category moves the overall score along, 50 of it stand there until the reset: so long is hot handed over."""
HALF = (
    HEAD
    + FORM
    + """
[marks]
quiet = {}
[decay.silence]
score = "lead"
steps = [{ after = "30d", at_least = 11, set = 10 }]
then = [{ mark = "quiet" }]
[thresholds.hot]
when.all = [{ mark = "quiet" }, { score = "lead", at_least = 20 }]
then = [{ notify = "sales" }]
"""
)
"""Whoever has fallen silent may be handed over while the step has marked them and not yet lowered the score."""
DECAYS = (
    HEAD
    + FORM
    + """
[decay.silence]
score = "lead"
steps = [{ after = "30d", subtract = 10 }]
then = [{ notify = "sales" }]
"""
)
HANDED = "done thresholds.hot.then.0"
on_opened, on_lists = partial(fault, "pardot", OPENED, HANDED), partial(fault, "pardot", LISTS, HANDED)
on_mixed = partial(fault, "pardot", MIXED, HANDED)
on_decays = partial(fault, "pardot", DECAYS, "done decay.silence.then.0")
on_assigned = partial(fault, "pardot", ASSIGNED, "done thresholds.aware.then.0", HANDED)
on_exchanged, on_asked = partial(fault, "pardot", EXCHANGED, HANDED), partial(fault, "pardot", ASKED, HANDED)
on_half = partial(fault, "pardot", HALF, HANDED)
on_reset = partial(fault, "pardot", RESET, HANDED)
FIRES = "hot: hand over"


def again_and_again(files):
    """Nothing says that somebody was handed over."""
    forget(files.row(RULES, FIRES), criterion=TAG, operator="isn't")


def told_twice(files):
    item = actions(files.row(RULES, FIRES), action="Notify user")[0]
    files.row(RULES, FIRES)["actions"].append(copy.deepcopy(item))


def asked(files):
    """The rule for who asks, and not the one that drops who may not."""
    return next(row for row in files.rows(RULES, "hot: hand raised") if row["name"].endswith("hand raised"))


@on_opened()
def what_a_date_can_open_is_handed_over_every_day(files):
    again_and_again(files)


@on_opened()
def what_a_date_can_open_asks_for_no_date(files):
    forget(files.row(RULES, FIRES), criterion="Prospect custom field")


@on_opened()
def what_a_date_can_open_asks_for_no_score(files):
    forget(files.row(RULES, FIRES), criterion=SCORE)


@on_opened()
def what_a_date_can_open_is_told_twice(files):
    told_twice(files)


@on_lists()
def whoever_is_on_the_list_is_handed_over(files):
    forget(files.row(RULES, FIRES), criterion="Prospect list")


@on_lists()
def what_a_list_can_let_through_is_handed_over_every_day(files):
    again_and_again(files)


@on_lists()
def what_a_list_can_let_through_is_told_twice(files):
    told_twice(files)


@on_lists()
def what_a_list_can_let_through_asks_for_no_score(files):
    forget(files.row(RULES, FIRES), criterion=SCORE)


@on_exchanged()
def what_points_that_change_can_repeat_is_handed_over_every_day(files):
    again_and_again(files)


@on_exchanged()
def what_points_that_change_can_repeat_is_told_twice(files):
    told_twice(files)


@on_exchanged()
def what_points_that_change_can_repeat_asks_for_fewer_points(files):
    for item in files.row(RULES, FIRES)["criteria"]:
        if item["criterion"] == SCORE:
            item["value"] = "39"


@on_reset()
def what_a_reset_can_hide_is_handed_over_every_day(files):
    again_and_again(files)


@on_reset()
def what_a_reset_can_hide_is_told_twice(files):
    told_twice(files)


@on_half()
def what_half_a_step_can_open_is_handed_over_every_day(files):
    again_and_again(files)


@on_half()
def what_half_a_step_can_open_asks_for_no_mark(files):
    forget(files.row(RULES, FIRES), criterion=TAG, of="quiet")


@on_asked()
def who_asks_is_told_twice(files):
    row = asked(files)
    row["actions"].append(copy.deepcopy(actions(row, action="Notify user")[0]))


@on_asked()
def whoever_asked_once_is_handed_over_again_and_again(files):
    undo(asked(files), action="Remove tags")


@on_mixed()
def what_somebody_new_can_repeat_is_handed_over_a_day_later_too(files):
    """Once more, and no oftener: what a bound that holds at any later time would excuse in every life."""
    undo(files.row(RULES, FIRES), action="Apply tags")
    files.row(RULES, FIRES)["match_limit"] = 2


@on_mixed()
def what_somebody_new_can_repeat_is_told_twice(files):
    told_twice(files)


@on_mixed()
def what_somebody_new_can_repeat_asks_for_fewer_points(files):
    for item in files.row(RULES, FIRES)["criteria"]:
        if item.get("criterion") == SCORE:
            item["value"] = "39"


@on_decays()
def nobody_is_told_of_a_decay(files):
    """Of whom a step leaves as they are nobody is told: that excuses no other."""
    for row in files.rows(RULES, "decay silence"):
        row["actions"] = [item for item in row["actions"] if item["action"] != "Notify user"]


@on_decays()
def a_decay_is_told_of_twice(files):
    for row in files.rows(RULES, "decay silence"):
        row["actions"] += [copy.deepcopy(item) for item in row["actions"] if item["action"] == "Notify user"]


@on_assigned()
def two_could_assign_and_one_does_not(files):
    undo(files.row(RULES, "aware: hand over"), action="Assign prospect to user")


@on_assigned()
def two_could_assign_and_one_does_so_for_fewer_points(files):
    for item in files.row(RULES, "aware: hand over")["criteria"]:
        if item.get("criterion") == SCORE:
            item["value"] = "19"
