"""The proof itself, on a platform that does exactly what a falsified spec says."""

from __future__ import annotations

from functools import cache

import jsonschema
import pytest

from scorewright.verify import report
from scorewright.verify.report import as_text
from scorewright.verify.run import _smallest as smallest
from scorewright.verify.run import verify
from scorewright.verify.shrink import BUDGET
from scorewright.verify.work import Work
from tests.verify.faults.planting import on_bundle
from tests.verify.mirror import HALF, Mirror, task_of

SPEC = """
language = 1
[model]
id = "made"
title = "Made"
timezone = "Europe/Paris"
counts_as_activity = ["visits", "submits"]
[assets]
contact = { form = "Contact" }
pricing = { pages = "/pricing" }
[fields]
size = { type = "number" }
last-woken = { type = "date" }
[segments.big]
when = { field = "size", at_least = 200 }
[scores.lead]
kind = "engagement"
overall = true
floor = -5
[scores.fit]
kind = "fit"
[rules.page]
on = { visits = "any-page" }
points = { lead = 1 }
[rules.pricing]
on = { visits = "pricing", at_least = 3, within = "7d" }
points = { lead = 7 }
[rules.contact]
on = { submits = "contact" }
points = { lead = 20 }
limit = { times = 1, per = "30d" }
[rules.big]
when = { segment = "big" }
points = { fit = 9 }
[tiers.title]
score = "fit"
field = "job-title"
cases = [
  { contains = "CEO", points = 15 },
  { contains = "Manager", points = 5 },
]
otherwise = 1
[decay.quiet]
score = "lead"
steps = [
  { after = "30d", at_least = 10, subtract = 6 },
  { after = "60d", set = 2 },
]
then = [{ mark = "asleep" }]
[marks.asleep]
title = "Asleep"
[thresholds.hot]
when.all = [{ score = "lead", at_least = 40 }, { score = "fit", above = 4 }]
then = [{ notify = "owner" }]
[thresholds.back]
when.all = [{ mark = "asleep" }, { score = "lead", above = 8 }]
then = [{ unmark = "asleep" }, { moment = "Back" }]
"""

FAULTS = {
    "points": ("lead = 20", "lead = 21"),
    "negative": ("lead = 20", "lead = -20"),
    "limit": ("limit = { times = 1, per", "limit = { times = 2, per"),
    "window shorter": ('per = "30d"', 'per = "29d"'),
    "window longer": ('per = "30d"', 'per = "31d"'),
    "count": ("at_least = 3, within", "at_least = 4, within"),
    "count window": ('within = "7d"', 'within = "8d"'),
    "asset": ('visits = "pricing"', 'visits = "any-page"'),
    "number": ("at_least = 200", "at_least = 201"),
    "text": ('contains = "Manager"', 'starts_with = "Manager"'),
    "first case": ('contains = "CEO", points = 15', 'contains = "CEO", points = 14'),
    "otherwise": ("otherwise = 1", "otherwise = 2"),
    "floor": ("floor = -5", "floor = 0"),
    "step": ('after = "30d", at_least = 10', 'after = "31d", at_least = 10'),
    "step sooner": ('after = "30d", at_least = 10', 'after = "29d", at_least = 10'),
    "level": ("at_least = 10, subtract", "at_least = 11, subtract"),
    "amount": ("subtract = 6", "subtract = 7"),
    "set": ("set = 2", "set = 3"),
    "clear": ('after = "60d"', 'after = "61d"'),
    "mark": ('then = [{ mark = "asleep" }]', ""),
    "threshold": ("at_least = 40", "at_least = 41"),
    "threshold lower": ("at_least = 40", "at_least = 39"),
    "gate": ('{ score = "fit", above = 4 }', '{ score = "fit", above = 5 }'),
    "action": ('then = [{ notify = "owner" }]', 'then = [{ mark = "asleep" }]'),
    "unmark": ('{ unmark = "asleep" }, ', '{ stamp = "last-woken" }, '),
    "wake": ("above = 8", "above = 9"),
    "activity": ('["visits", "submits"]', '["submits"]'),
    "timezone": ("Europe/Paris", "Asia/Tokyo"),
}


def proven(shown=SPEC, target=None, *, most_shown=0, **more):
    return verify(task_of(SPEC, shown, **more), target or Mirror(), jobs=1, most_shown=most_shown)


def test_what_does_what_it_means_holds_and_everything_is_reached():
    verdict = proven(effort=3)
    assert verdict.holds
    assert verdict.missed == ()
    assert verdict.blind == ()
    assert verdict.hollow == ()
    assert verdict.tally.compared > 10_000


def test_what_no_life_moves_is_hollow_and_said():
    """Nothing puts the mark, so that it is compared says nothing."""
    text = f"{SPEC}\n[marks.idle]\n"
    verdict = verify(task_of(text, text), Mirror(), jobs=1, most_shown=0)
    assert verdict.holds
    assert verdict.hollow == ("mark idle",)
    assert "hollow     mark idle: nothing moves it in any life" in as_text(verdict, "specs/made")


@cache
def work():
    """The lives of the spec, told once, and what they mean."""
    return Work(task_of(SPEC, effort=2), Mirror())


def on_spec(shown, *bounds):
    """The same lives on a platform that does what another spec says."""
    return on_bundle(work(), task_of(SPEC, shown, bounds=bounds).bundle)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_at_small_effort_and_its_life_made_short(fault):
    before, after = FAULTS[fault]
    assert SPEC.count(before) == 1
    other = on_spec(SPEC.replace(before, after))
    failure = other.first_failure()
    assert failure is not None
    shown = smallest(other.stage, other.task, failure)
    assert any(item.gauge == failure.difference.gauge for item in shown.outcome.judged.differences)
    told = shown.outcome.life.person.history
    assert len(told) <= len(failure.life.person.history)
    assert len(told) <= 5


def test_a_bound_allows_what_it_says_and_no_more():
    shown = SPEC.replace("lead = 20", "lead = 21")
    bound = ("rules.contact", ("score lead", 0, 40))
    assert on_spec(shown, bound).first_failure() is None
    narrow = ("rules.contact", ("score lead", 0, 0))
    assert on_spec(shown, narrow).first_failure() is not None
    below = ("rules.contact", ("score lead", -40, 0))
    assert on_spec(shown, below).first_failure() is not None


def test_a_bound_confined_to_a_situation_allows_nothing_outside_of_it():
    shown = SPEC.replace("lead = 20", "lead = 21")
    bound = ("rules.contact", ("score lead", None, None, "before-start"))
    assert on_spec(shown, bound).first_failure() is not None


def test_a_bound_of_an_element_covers_what_it_moves_and_what_reads_that():
    shown = SPEC.replace("lead = 20", "lead = 60")
    assert on_spec(shown, ("rules.contact", ("*", None, None))).first_failure() is None
    assert on_spec(shown, ("rules.page", ("mark asleep", None, None))).first_failure() is not None


def test_a_bound_that_no_life_reaches_is_slack():
    bound = ("rules.contact", ("score lead", -1, 1))
    verdict = proven(bounds=(bound,))
    assert verdict.holds
    assert [item.element for item in verdict.slack] == ["rules.contact"]


def test_a_fact_that_changes_the_result_is_named_or_it_is_a_fault():
    target = Mirror(known=(HALF,))
    named = proven(target=target, facts=frozenset({"gives-half"}))
    assert named.holds
    assert [sway.fact for sway in named.tally.sways] == ["gives-half"]
    hidden = proven(target=target)
    assert not hidden.holds
    assert [sway.fact for sway in hidden.unnamed] == ["gives-half"]


def test_the_same_seed_gives_the_same_verdict_and_one_life_can_be_played_again():
    shown = SPEC.replace("lead = 20", "lead = 21")
    first, second = proven(shown, most_shown=1), proven(shown, most_shown=1)
    assert report.as_text(first, "spec") == report.as_text(second, "spec")
    life = first.shown[0].failure.life.name
    again = proven(shown, only=life)
    assert again.tally.lives == 1
    assert not again.holds


def test_the_report_in_json_keeps_to_its_schema_and_in_text_shows_both_sides():
    bound = ("rules.page", ("score lead", -1, 0))
    verdict = proven(SPEC.replace("lead = 20", "lead = 21"), bounds=(bound,), most_shown=2)
    jsonschema.Draft202012Validator(report.schema()).validate(report.as_json([verdict]))
    text = report.as_text(verdict, "spec")
    assert "does NOT hold" in text
    assert "what the spec means" in text
    assert "again: scorewright verify spec --target mirror --seed 1 --effort 1 --life" in text


def test_making_a_life_short_ends():
    assert BUDGET <= 1_000
