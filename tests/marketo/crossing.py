"""Specs with a threshold, and people whom its triggers take past it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.marketo.compiling import SCORE, campaign

if TYPE_CHECKING:
    from tests.marketo.person import Person

FORMS = (
    '[assets]\ndemo = { form = "Demo" }\nsales = { queue = "Sales" }\nboss = { user = "boss@example.com" }\n'
)

MQL = '[thresholds.mql]\ntitle = "Qualified"\nwhen = { score = "lead", at_least = 100 }\nthen = [{ assign = "sales" }]\n'

PAGE = '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'


def watch(person: Person, score: int) -> int:
    """A day later the score changes to a value; whichever trigger its New Score fits runs.  How many handoffs there were."""
    person.today += 1
    before = len(person.alerts)
    person.fields["Person Score"] = score
    for name, table in person.campaigns.items():
        if table["type"] == "trigger" and table.get("switched_on") == "threshold":
            for trigger in table["smart_list"]["triggers"]:
                if trigger["rule"] == "Score is Changed":
                    news = [row for row in trigger.get("constraints", []) if row["name"] == "New Score"]
                    if all(person.compare(score, row["operator"], row["values"]) for row in news):
                        person.run(name)
    return len(person.alerts) - before


RAISED = (
    FORMS
    + SCORE
    + PAGE
    + """
[marks]
mql = {}
[thresholds.mql]
title = "Qualified"
when = { score = "lead", at_least = 100 }
or_on = [{ submits = "demo" }]
then = [{ notify = "owner" }]
"""
)


def wait_of(bundle, name: str) -> int:
    flow = campaign(bundle, name)["flow"]
    assert flow[0]["step"] == "Wait"
    return int(flow[0]["fields"][0]["value"].split()[0])


def settle(bundle, person: Person, *names: str) -> int:
    """These triggers fire together; each goes on after its own wait.  How many alerts there were."""
    before = person.alerts.count("Send Alert")
    for name in sorted(names, key=lambda name: wait_of(bundle, name)):
        person.run(name)
    return person.alerts.count("Send Alert") - before
