"""Faults in shares of shares: a rounded sum that has a weight in another, which has a rest of its own."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.marketo.table import HEAD, SCORE, campaign
from tests.verify.faults.planting import fault, set_field, steps

__all__: list[str] = []

SHARES = f"""{HEAD}
[scores.mix]
kind = "combined"
percent_of = {{ lead = 50 }}
[scores.top]
kind = "combined"
percent_of = {{ mix = 70 }}
[assets]
contact = {{ form = "Contact" }}
[rules.contact]
on = {{ submits = "contact" }}
points = {{ lead = 7 }}
"""

on_shares = partial(fault, "marketo", SHARES, "score top")


def reading(files, rest):
    """The steps that read a rest, in order."""
    rows = steps(campaign(files, "Award contact"), step=SCORE)
    return [row for row in rows if any(choice["if"]["rule"] == rest for choice in row.get("choices", []))]


@on_shares()
def what_is_carried_is_forgotten_in_the_sum_over_it(files):
    reading(files, "SW Rest mix")[0]["choices"][0]["value"] = "--Do Nothing--"


@on_shares()
def a_rest_is_carried_before_it_is_full(files):
    reading(files, "SW Rest top")[0]["choices"][0]["if"]["values"] = ["4"]


@on_shares()
def a_rest_is_written_into_the_sum(files):
    set_field(reading(files, "SW Rest mix")[0], "Score Name", "Top Score")
