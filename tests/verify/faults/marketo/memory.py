"""Faults in what is remembered since the log forgets it: the list is filled by something else, or not from the start."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.marketo.table import HEAD, campaign
from tests.verify.faults.planting import fault

__all__: list[str] = []

EVER = f"""{HEAD}
[assets]
careers = {{ pages = "/careers" }}
[scores.fit]
kind = "fit"
[rules.once]
when = {{ visited = "careers" }}
points = {{ fit = 5 }}
"""

on_ever = partial(fault, "marketo", EVER, "score fit")


@on_ever()
def any_page_is_remembered_for_one(files):
    campaign(files, "Remember visits careers")["smart_list"]["triggers"][0].update(
        operator="is any", values=[]
    )


@on_ever()
def nothing_is_remembered(files):
    campaign(files, "Remember visits careers")["switched_on"] = ""
