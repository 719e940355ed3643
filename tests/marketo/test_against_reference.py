"""Small models that put everything together, beside the reference machine: emitted, read back and proven."""

from __future__ import annotations

import pytest

from scorewright.plugin.conformance.bench import checked
from scorewright.verify.run import verify
from scorewright_marketo import TARGET
from tests.verify.made import lowered, task_of

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
when = { field = "country", is_any = ["France", "Spain"] }
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


@pytest.mark.parametrize("decay", DECAYS)
def test_scores_and_handoffs_are_the_reference_machines(decay):
    model, bundle = lowered(TARGET, checked("made", HEAD + BODY + DECAYS[decay] + OPTIONS).model)
    assert bundle is not None
    verdict = verify(task_of(TARGET, model, bundle, effort=2)._replace(worlds=0), TARGET, jobs=1)
    assert verdict.holds
    assert verdict.missed == ()
