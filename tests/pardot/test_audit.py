"""What no bundle may hold is found in the objects: each rule has objects that break it, and no compile breaks any."""

from __future__ import annotations

import sys

import pytest

from scorewright.plugin.target import Request
from scorewright_pardot import TARGET
from scorewright_pardot.audit import RULES, Breach, audit
from scorewright_pardot.labels import ACTIONS, OPERATORS
from scorewright_pardot.lower import lower
from scorewright_pardot.lower.expression import leaf
from scorewright_pardot.objects import Act, AutomationRule, Criteria, Group, SegmentationRule
from tests.pardot.making import HEAD, TOTAL, compile_model, model_of, shipped, spec_model

SPEC = (
    HEAD
    + TOTAL
    + """
[assets]
demo = { form = "Demo" }
[scores.interest]
title = "Interest"
kind = "engagement"
[rules.demo]
on = { submits = "demo" }
points = { interest = 1 }
[rules.french]
when = { field = "country", is = "France" }
points = { lead = 7 }
[decay.quiet]
score = "interest"
steps = [{ after = "60d", at_least = 1, set = 0 }]
[decay.all]
score = "lead"
steps = [{ after = "30d", every = "30d", subtract = 10 }]
stop_at = 5
[thresholds.mql]
when = { score = "lead", at_least = 60 }
then = [{ notify = "owner" }]
"""
)


def lowered(model):
    return lower(
        Request(model, model.options.get("pardot", {}), {fact.id: fact.value for fact in TARGET.facts()})
    )


@pytest.fixture(scope="module")
def objects():
    found = lowered(model_of(SPEC))
    assert not [note for note in found.notes if note.result == "refused"]
    return found.objects


def edited(objects, name, change):
    """The objects, one rule of them changed."""
    (wanted,) = [item for item in objects if isinstance(item, AutomationRule) and name in item.name]
    return tuple(change(item) if item is wanted else item for item in objects)


def without(rule, *labels):
    return rule._replace(actions=tuple(act for act in rule.actions if act.label not in labels))


def asking(rule, *leaves):
    return rule._replace(criteria=Criteria("all", (*rule.criteria.items, *leaves)))


def not_asking(rule, operator):
    keep = tuple(
        item
        for item in rule.criteria.items
        if isinstance(item, Group) or item.operator != OPERATORS[operator].text
    )
    return rule._replace(criteria=rule.criteria._replace(items=keep))


TAG_ADD, TAG_REMOVE = ACTIONS["tag-add"].text, ACTIONS["tag-remove"].text

BREAKS = {
    "a give without its tag": ("award-disarms-itself", "french: give", lambda rule: without(rule, TAG_ADD)),
    "a take-back without its tag": (
        "award-disarms-itself",
        "french: take back",
        lambda rule: without(rule, TAG_REMOVE),
    ),
    "a handoff that does not ask": (
        "award-disarms-itself",
        "mql: hand over",
        lambda rule: not_asking(rule, "is-not"),
    ),
    "a handoff that anybody gets": (
        "award-disarms-itself",
        "mql: hand over",
        lambda rule: rule._replace(criteria=Criteria("any", rule.criteria.items)),
    ),
    "points for a state": (
        "award-disarms-itself",
        "french: give",
        lambda rule: rule._replace(
            criteria=Criteria("all", (leaf("default-field", "Country", "is", "France"),))
        ),
    ),
    "points back that were not given": (
        "points-are-recorded",
        "french: take back",
        lambda rule: rule._replace(
            actions=(
                Act(ACTIONS["score"].text, "By", "-5"),
                *(act for act in rule.actions if act.label == TAG_REMOVE),
            )
        ),
    ),
    "points back from another score": (
        "points-are-recorded",
        "french: take back",
        lambda rule: rule._replace(
            actions=(
                Act(ACTIONS["category"].text, "Interest", "-7"),
                *(act for act in rule.actions if act.label == TAG_REMOVE),
            )
        ),
    ),
    "a handoff resumed too early": (
        "initial-state-first",
        "mql: hand over",
        lambda rule: rule._replace(phase=0),
    ),
    "taken back from whom it is due": (
        "back-is-not-due",
        "french: take back",
        lambda rule: rule._replace(criteria=rule.criteria._replace(items=rule.criteria.items[:1])),
    ),
    "handed over, and below at a higher number": (
        "back-is-not-due",
        "mql: below again",
        lambda rule: rule._replace(
            criteria=Criteria("all", (rule.criteria.items[0], leaf("score", "", "less", 70)))
        ),
    ),
    "kept by who has given the field up": (
        "stale-is-taken-back",
        "french: take back",
        lambda rule: rule._replace(
            criteria=Criteria(
                "all", (rule.criteria.items[0], leaf("default-field", "Country", "is", "Spain"))
            )
        ),
    ),
    "kept by who has another value": (
        "stale-is-taken-back",
        "french: take back",
        lambda rule: rule._replace(
            criteria=Criteria("all", (rule.criteria.items[0], leaf("default-field", "Country", "empty", "")))
        ),
    ),
    "a window that is longer than the repeat": (
        "window-fits-its-repeat",
        "quiet: 60 days, from",
        lambda rule: asking(rule._replace(passes=0), leaf("time", "last activity", "days-less", 70)),
    ),
    "a highest band that ends": (
        "top-band-is-open",
        "quiet: 60 days, from",
        lambda rule: asking(rule, leaf("category", "Interest", "less", 900)),
    ),
}


@pytest.mark.parametrize("slip", BREAKS)
def test_a_slip_is_found(objects, slip):
    rule, name, change = BREAKS[slip]
    found = audit(edited(objects, name, change))
    assert rule in {breach.rule for breach in found}
    assert {breach.rule for breach in found} <= RULES.keys()


def test_two_rules_that_take_from_the_same_people_are_found():
    objects = lowered(model_of(SPEC.replace(' every = "30d",', ""))).objects
    (rule,) = [
        item for item in objects if isinstance(item, AutomationRule) and "from 16 minus 10" in item.name
    ]
    double = rule._replace(name="the same again")
    assert {breach.rule for breach in audit((*objects, double))} == {"takes-exclude-each-other"}
    apart = asking(double, leaf("score", "", "less", 16))
    assert not audit((*objects, apart)), "from 16 on, and below 16"


def test_what_is_filled_in_late_is_found(objects):
    late = [item for item in objects if isinstance(item, SegmentationRule)]
    assert late, "somebody may be past the threshold already"
    found = audit(tuple(item._replace(phase=99) if item in late else item for item in objects))
    assert {breach.rule for breach in found} == {"initial-state-first"}


def test_no_shipped_spec_breaks_a_rule():
    for name in shipped():
        assert audit(lowered(spec_model(name)).objects) == (), name


def test_a_breach_refuses_the_element(monkeypatch):
    breach = Breach("award-disarms-itself", "SW rules french: give", "rules.french", "it matches again")
    monkeypatch.setattr(
        sys.modules["scorewright_pardot.lower.lower"], "audit", lambda objects, **facts: (breach,)
    )
    (note,) = [note for note in compile_model(model_of(SPEC)).notes if note.name == "breaks-a-rule"]
    assert (note.result, note.element, note.path) == ("refused", "rules.french", ("rules", "french"))
    assert "a fault of this version" in note.message
    assert note.instead


def test_many_alternatives_take_no_time():
    """Criteria with many groups of alternatives are read group by group, and not way by way."""
    made = compile_model(model_of(HEAD + TOTAL + _wide(40)))
    assert not [note for note in made.notes if note.name == "breaks-a-rule"]


def _wide(cases):
    rows = ", ".join(
        f'{{ is_any = ["A{number}", "B{number}"], points = {number} }}' for number in range(1, cases)
    )
    return f'[tiers.land]\nscore = "lead"\nfield = "country"\ncases = [{rows}]\n'


def test_no_answer_to_a_fact_breaks_a_rule():
    model = model_of(SPEC)
    for fact in TARGET.facts():
        for answer in fact.alternatives:
            made = compile_model(model, **{fact.id.replace("-", "_"): answer})
            assert not [note for note in made.notes if note.name == "breaks-a-rule"], (fact.id, answer)
