"""Over a budget, each way out is tried and counted; what it promises is what it saves."""

from __future__ import annotations

from functools import cache

import pytest

from scorewright.plugin.notes import Result
from tests.marketo.compiling import SCORE, compile_text, tables

SPEC = """
[assets]
contact = { form = "Contact" }
papers = { form = ["One", "Two"] }
[fields]
class = { type = "text" }
size = { type = "number" }
[scores.fit]
kind = "fit"
[scores.warm]
kind = "engagement"
start = 5
[bands.class]
score = "fit"
field = "class"
cases = [{ label = "A", at_least = 50 }, { label = "B" }]
[rules.thrice]
on = { submits = "contact" }
points = { lead = 5 }
limit = { times = 3, per = "7d" }
[rules.often]
on = { submits = "contact" }
points = { warm = 1 }
limit = { times = 9 }
[rules.monthly]
on = { submits = "contact" }
points = { warm = 2 }
limit = { times = 1, per = "30d" }
[rules.paper]
on = { submits = "papers" }
points = { lead = 2 }
limit = { times = 2, each = "asset" }
[rules.large]
when = { field = "size", above = 500 }
points = { fit = 50 }
[decay.lead]
score = "lead"
steps = [{ after = "120d", every = "120d", subtract = 5 }]
[decay.warm]
score = "warm"
counts_as_activity = ["submits"]
steps = [{ after = "120d", every = "120d", subtract = 1 }]
[thresholds.ready]
when = { score = "lead", at_least = 50 }
then = [{ notify = "owner" }]
"""
BUDGET = "[targets.marketo]\nbudget = { fields = 2, triggers = 2 }\n"


@cache
def compiled(text=SPEC, options=BUDGET):
    return compile_text(SCORE + text + options)


def test_a_budget_is_a_quota_and_names_the_dearest():
    bundle = compiled()
    fields, triggers = bundle.quotas[FIELDS], bundle.quotas[TRIGGERS]
    assert (fields.given, triggers.given) == (2, 2)
    own = [row for kind in ("helper-fields", "score-fields") for row in tables(bundle, kind).values()]
    assert fields.used == sum(not row["standard"] for row in own)
    assert dict(fields.dearest)["rules.thrice"] == 3
    assert dict(fields.dearest)["rules.paper"] == 2
    assert dict(triggers.dearest)["rules.paper"] == 2


def test_within_its_budget_nothing_is_tried(monkeypatch):
    monkeypatch.setattr("scorewright_marketo.saving.savings", lambda *_: pytest.fail("nothing is asked for"))
    some = SPEC.partition("[rules.thrice]")[0]
    assert not any(quota.savings for quota in compiled(some, BUDGET.replace("2", "9")).quotas)


def applied(words, text, options):
    """The same spec with one way out taken, as its words say."""
    if words.startswith("most_dates"):
        return text, options + "most_dates = 1\n"
    if words.startswith("keep"):
        return text.replace("points = { fit = 50 }", "keep = true\npoints = { fit = 50 }"), options
    if words.startswith("limit = { times = 1 } where once is enough ("):
        for limit in ('times = 3, per = "7d"', "times = 9", 'times = 2, each = "asset"'):
            text = text.replace(f"limit = {{ {limit} }}", "limit = { times = 1 }")
        return text, options
    if words.startswith("schedule"):
        made = words.rpartition(", with ")[2].replace("] ", "]\n")
        return text.replace(
            "[thresholds.ready]", '[thresholds.ready]\nschedule = "daily"'
        ) + f"{made}\n", options
    gone = {
        'leave out each = "asset" of rules.paper': ', each = "asset"',
        "leave out the field of bands.class: conditions ask the score itself": 'field = "class"\n',
        "leave out the start of scores.warm": "start = 5\n",
        "leave out counts_as_activity of decay.warm: the model's counts": 'counts_as_activity = ["submits"]\n',
    }[words]
    assert gone in text
    return text.replace(gone, ""), options


FIELDS, COUNTERS, TRIGGERS = 0, 2, 5
"""Where the three stand among a bundle's quotas."""


def told(bundle, what):
    found = [line.rpartition(": ") for line in bundle.quotas[what].savings]
    return {words: int(count.removesuffix(" fewer")) for words, _, count in found}


def test_each_way_out_saves_what_it_says_and_loses_nothing():
    before = compiled()
    refused = {(item.element, item.name) for item in before.notes if item.result is Result.REFUSED}
    promised = {}
    for what in (FIELDS, COUNTERS, TRIGGERS):
        for words, saved in told(before, what).items():
            promised.setdefault(words, []).append((what, saved))
    assert len(promised) == 8, "each way there is saves something here"
    for words, rows in promised.items():
        after = compiled(*applied(words, SPEC, BUDGET))
        for what, saved in rows:
            assert before.quotas[what].used - after.quotas[what].used == saved, words
        assert {(i.element, i.name) for i in after.notes if i.result is Result.REFUSED} <= refused, words


def test_what_saves_most_comes_first():
    for what in (FIELDS, COUNTERS, TRIGGERS):
        counts = [*told(compiled(), what).values()]
        assert counts == sorted(counts, reverse=True)
