"""Faults in what takes a melting award back: a part that is requested too seldom, at another time, or not at all."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.marketo.table import HEAD, LEAD, SCORE, WAIT, campaign
from tests.verify.faults.planting import fault, set_field, skip, steps

__all__: list[str] = []

REQUEST = "Request Campaign"

MELTING = f"""{HEAD}
[assets]
contact = {{ form = "Contact" }}
[rules.contact]
on = {{ submits = "contact" }}
points = {{ lead = 99 }}
fades = {{ subtract = 4, every = "3d" }}
"""

on_melting = partial(fault, "marketo", MELTING, LEAD)


@on_melting()
def a_part_is_requested_once_less(files):
    skip(campaign(files, "Later contact"), step=REQUEST)


@on_melting()
def all_parts_are_requested_at_once(files):
    for step in steps(campaign(files, "Later contact"), step=WAIT):
        set_field(step, "Duration", "3 days")


@on_melting()
def a_part_is_shorter_than_the_wait_for_it(files):
    skip(campaign(files, "Later contact part"), step=SCORE)


@on_melting()
def nobody_activates_a_part(files):
    campaign(files, "Later contact part")["switched_on"] = ""


@on_melting()
def the_last_step_takes_as_much_as_the_others(files):
    set_field(steps(campaign(files, "Later contact"), step=SCORE)[-1], "Change", "-4")
