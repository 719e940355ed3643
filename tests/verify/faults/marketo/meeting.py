"""Faults in thresholds that open at once, or open and shut one another: a bound for those excuses nothing else."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.marketo.table import CAMPAIGNS, HEAD, PAGE, RUN, campaign
from tests.verify.faults.planting import fault, skip, steps

__all__: list[str] = []

MEETING = (
    HEAD
    + PAGE
    + """
[assets]
sales = { user = "sales@host.example" }
chief = { user = "chief@host.example" }
[marks]
hot = {}
[rules.form]
on = { submits = "any-form" }
points = { lead = 30 }
[rules.mail]
on = { clicks = "any-email" }
points = { lead = 100 }
[rules.lost]
on = { unsubscribes = true }
points = { lead = -40 }
[thresholds.warm]
when = { score = "lead", at_least = 50 }
then = [{ notify = "sales" }, { mark = "hot" }]
[thresholds.much]
when = { score = "lead", at_least = 90 }
then = [{ reset = "lead", to = 10 }, { task = "Call" }]
[thresholds.next]
when.all = [{ mark = "hot" }, { score = "lead", at_least = 20 }]
then = [{ notify = "chief" }]
"""
)
WARM, NEXT = "done thresholds.warm.then.0", "done thresholds.next.then.0"
on_meeting = partial(fault, "marketo", MEETING)


@on_meeting(WARM)
def who_may_be_shut_out_by_another_is_never_handed_over(files):
    skip(campaign(files, "Act warm"), step="Send Alert")


@on_meeting(WARM, "mark hot", NEXT)
def who_may_be_shut_out_by_another_is_not_even_noticed(files):
    row = campaign(files, "When warm may open and 2 more")
    row["flow"] = [step for step in row["flow"] if "Cross warm" not in str(step)]


@on_meeting(WARM, "mark hot", NEXT)
def who_may_be_shut_out_by_another_must_have_more(files):
    row = next(
        item
        for item in campaign(files, "Cross warm")["smart_list"]["filters"]
        if item["operator"] == "at least"
    )
    row["values"] = [str(int(row["values"][0]) + 30)]


@on_meeting(NEXT)
def who_may_be_opened_by_another_is_handed_over_twice(files):
    row = campaign(files, "Cross next")
    row["flow"] += [dict(step) for step in steps(row, step=RUN)]


@on_meeting(NEXT)
def who_may_be_opened_by_another_is_handed_over_at_each_event(files):
    for row in files.rows(CAMPAIGNS):
        if row["campaign"] == "Cross next":
            skip(row, step="Add to List")


@on_meeting(NEXT)
def who_may_be_opened_by_another_needs_no_mark(files):
    smart = campaign(files, "Cross next")["smart_list"]
    smart["filters"] = [
        item for item in smart["filters"] if "Bears hot" not in str(item) and "hot" not in str(item["values"])
    ]
