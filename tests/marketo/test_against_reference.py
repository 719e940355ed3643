"""Emitted campaigns beside the reference machine: random lives, looked at each night after the batches.

Events fall at noon, batches run at 01:00, and both are compared at 02:00, which is a quiet moment.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest

from tests.marketo.compiling import compile_text
from tests.marketo.person import Person
from tests.semantics.play import Story

DAYS = 260
START = dt.date(2026, 1, 1)

BODY = """
[assets]
contact = { form = "Contact" }
[scores.lead]
title = "Lead"
kind = "engagement"
overall = true
[rules.page]
on = { visits = "any-page" }
points = { lead = 3 }
[rules.contact]
on = { submits = "contact" }
points = { lead = 20 }
limit = { times = 1, per = "20d" }
[rules.first]
on = { submits = "contact" }
points = { lead = 2 }
limit = { times = 3 }
[rules.country]
when = { field = "country", is = ["France", "Spain"] }
points = { lead = 5 }
[tiers.title]
score = "lead"
field = "job-title"
cases = [
  { contains = "CEO", points = 15 },
  { contains = "Manager", points = 4 },
]
otherwise = 1
unknown = -2
[thresholds.hot]
title = "Hot"
when = { score = "lead", at_least = 25 }
then = [{ notify = "owner" }]
"""

DECAYS = {
    "every": '[decay.quiet]\nscore = "lead"\nsteps = [{ after = "30d", every = "30d", subtract = 7 }]\n',
    "steps": '[decay.quiet]\nscore = "lead"\nsteps = [{ after = "10d", subtract = 3 }, { after = "25d", percent = 50 }]\n',
    "stop": '[decay.quiet]\nscore = "lead"\nstop_at = 12\nsteps = [{ after = "15d", every = "15d", percent = 20 }]\n',
    "two speeds": '[decay.quiet]\nscore = "lead"\nsteps = [\n'
    '  { after = "14d", every = "14d", at_least = 20, subtract = 6 },\n'
    '  { after = "14d", every = "14d", below = 20, subtract = 1 },\n]\n',
}
OPTIONS = "[targets.marketo]\nlargest_score = 400\n"
COUNTS = 'counts_as_activity = ["visits", "submits"]'
HEAD = f'language = 1\n[model]\nid = "made"\ntitle = "Made"\ntimezone = "UTC"\n{COUNTS}\n'


def lives(seed: int):
    """What happens on which day: rare bursts of activity, and a field that changes now and then."""
    choose = random.Random(seed)
    day = 0
    while day < DAYS - 20:
        day += choose.choice((1, 1, 2, 5, 9, 16, 33, 48, 70))
        kind = choose.choice(("visits", "visits", "submits", "submits", "country", "job-title"))
        values = {"country": ("France", "Spain", "Peru"), "job-title": ("CEO", "Manager", "Clerk")}.get(
            kind, ("",)
        )
        yield day, kind, choose.choice(values)


def emitted(text: str, events) -> list[tuple[int, int]]:
    person = Person(compile_text(text, HEAD))
    person.night("threshold-start")
    before = 0

    def watched() -> None:
        nonlocal before
        after = person.fields.get("Person Score", 0)
        if after != before:
            person.run("When Hot may open" if after >= 25 else "When Hot may close")
        before = after

    told = {}
    for day, kind, value in events:
        told.setdefault(day, []).append((kind, value))
    labels = {"country": "Country", "job-title": "Job Title"}
    seen = []
    for day in range(1, DAYS):
        person.today = day + 1 / 24
        person.night()
        watched()
        seen.append((person.fields.get("Person Score", 0), person.alerts.count("Send Alert")))
        person.today = day + 0.5
        for kind, value in told.get(day, []):
            if kind in labels:
                person.fields[labels[kind]] = value
                continue
            person.log.append(("Visited Web Page" if kind == "visits" else "Filled Out Form", person.today))
            for name in (
                ("Stamp SW Last Active", "When page")
                if kind == "visits"
                else ("Stamp SW Last Active", "When contact", "When first")
            ):
                person.run(name)
            watched()
    return seen


def expected(text: str, events) -> list[tuple[int, int]]:
    story = Story(text, head=COUNTS, created="2026-01-01")
    for day, kind, value in events:
        noon = f"{START + dt.timedelta(day)}T12:00:00"
        if kind == "visits":
            story.visits(noon)
        elif kind == "submits":
            story.submits(noon, "contact")
        else:
            story.sets(noon, kind, value)
    times = [f"{START + dt.timedelta(day)}T02:00" for day in range(1, DAYS)]
    fired = story.fired("hot")
    return [
        (score, sum(moment <= time for moment in fired))
        for score, time in zip(story.lead(*(f"{time}:00" for time in times)), times, strict=True)
    ]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("decay", DECAYS)
def test_scores_and_handoffs_are_the_reference_machines(decay, seed):
    text = BODY + DECAYS[decay] + OPTIONS
    events = list(lives(seed))
    assert emitted(text, events) == expected(text, events)


def test_the_lives_reach_what_they_are_for():
    ends = [expected(BODY + DECAYS["every"] + OPTIONS, list(lives(seed))) for seed in range(12)]
    assert max(handoffs for life in ends for _, handoffs in life) >= 2
    assert any(score > later for life in ends for (score, _), (later, _) in itertools.pairwise(life))
