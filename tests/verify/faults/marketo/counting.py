"""Faults where events of several kinds are counted as one: a way to share the number among them is forgotten, or wrong."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.marketo.table import HEAD, LEAD, campaign
from tests.verify.faults.planting import fault

__all__: list[str] = []

COUNTED = f"""{HEAD}
[assets]
news = {{ email = "News" }}
post = {{ link = "Post" }}
[rules.both]
on = {{ clicks = ["news", "post"], at_least = 2, within = "7d" }}
points = {{ lead = 5 }}
limit = {{ times = 1, per = "7d" }}
"""

on_counted = partial(fault, "marketo", COUNTED, LEAD)


def asked(files):
    return campaign(files, "Award both")["smart_list"]


@on_counted()
def what_is_done_of_one_kind_counts_alone(files):
    asked(files)["filter_logic"] = "1 or 4"


@on_counted()
def one_of_each_kind_is_taken_for_any(files):
    asked(files)["filter_logic"] = "ANY"


@on_counted()
def twice_the_same_is_not_enough(files):
    asked(files)["filter_logic"] = "2 and 3"
