"""What no engagement program may be is found in the objects: each rule has programs that break it."""

from __future__ import annotations

import pytest

from scorewright.plugin.target import Request
from scorewright_pardot import TARGET
from scorewright_pardot.audit import audit
from scorewright_pardot.audit.programs import RULES
from scorewright_pardot.labels import CRITERIA
from scorewright_pardot.lower import lower
from scorewright_pardot.objects import ActionStep, Criteria, DynamicList, EngagementProgram, RuleStep
from tests.pardot.making import CATEGORY, HEAD, TOTAL, model_of

SPEC = (
    TOTAL
    + CATEGORY.replace("steps = [{", 'steps = [{ after = "30d", at_least = 20, set = 20 }, {')
    + '[targets.pardot]\ndecays = { quiet = "program" }\nrange = { interest = 100 }\n'
)

ONCE = SPEC.replace('after = "30d", at_least = 20, set = 20', 'after = "30d", subtract = 5').replace(
    'after = "60d", at_least = 1, set = 0', 'after = "60d", subtract = 9'
)


def made(text):
    model = model_of(HEAD + text)
    facts = {fact.id: fact.value for fact in TARGET.facts()}
    return lower(Request(model, model.options["pardot"], facts)).objects


@pytest.fixture(scope="module")
def objects():
    return made(SPEC)


@pytest.fixture(scope="module")
def once():
    return made(ONCE)


def change(objects, type_, part, make):
    (wanted,) = [item for item in objects if isinstance(item, type_) and part in item.name]
    return tuple(make(item) if item is wanted else item for item in objects)


def steps(program, place, make):
    return program._replace(
        steps=(*program.steps[:place], make(program.steps[place]), *program.steps[place + 1 :])
    )


def last_action(program):
    return max(place for place, step in enumerate(program.steps) if isinstance(step, ActionStep))


def first_wait(program):
    return min(place for place, step in enumerate(program.steps) if step.wait)


def no_silence(item):
    kept = tuple(leaf for leaf in item.criteria.items if leaf.what != CRITERIA["time"].text)
    return item._replace(criteria=Criteria("all", kept))


def open_above(item):
    kept = tuple(leaf for leaf in item.criteria.items if "less than" not in leaf.operator)
    return item._replace(criteria=Criteria("all", kept))


BREAKS = {
    "a step that leads back": (
        "program-comes-to-its-end",
        EngagementProgram,
        lambda item: steps(item, 2, lambda step: step._replace(no=1)),
    ),
    "a step that leads nowhere": (
        "program-comes-to-its-end",
        EngagementProgram,
        lambda item: steps(item, 1, lambda step: step._replace(then=99)),
    ),
    "a question without its wait": (
        "program-sees-what-it-does",
        EngagementProgram,
        lambda item: steps(item, first_wait(item), lambda step: step._replace(wait=0)),
    ),
    "an action that takes too much": (
        "program-leaves-one-value",
        EngagementProgram,
        lambda item: steps(
            item, last_action(item), lambda step: step._replace(act=step.act._replace(value="-2"))
        ),
    ),
    "a list that keeps whoever is back": ("program-lets-go", DynamicList, no_silence),
    "a list that is open above": ("programs-exclude-each-other", DynamicList, open_above),
}


def open_at_the_end(item):
    kept = tuple(leaf for leaf in item.criteria.items if "less than (days" not in leaf.operator)
    return item._replace(criteria=Criteria("all", kept))


BREAKS_ONCE = {
    "an action before the next question": (
        "program-acts-once",
        EngagementProgram,
        lambda item: steps(item, 1, lambda step: step._replace(then=3)),
    ),
    "a list without an end": ("program-takes-nobody-twice", DynamicList, open_at_the_end),
    "a repeat within the window": (
        "program-takes-nobody-twice",
        EngagementProgram,
        lambda item: item._replace(repeat=20),
    ),
    "windows that lie over one another": (
        "programs-exclude-each-other",
        DynamicList,
        lambda item: item._replace(
            criteria=Criteria(
                "all",
                tuple(
                    leaf._replace(value="40") if "greater" in leaf.operator else leaf
                    for leaf in item.criteria.items
                ),
            )
        ),
    ),
}


@pytest.mark.parametrize("slip", BREAKS_ONCE)
def test_a_slip_in_what_is_gone_through_once_is_found(once, slip):
    rule, type_, make = BREAKS_ONCE[slip]
    assert not audit(once)
    assert rule in {breach.rule for breach in audit(change(once, type_, "60 days", make))}


@pytest.mark.parametrize("slip", BREAKS)
def test_a_slip_is_found(objects, slip):
    rule, type_, make = BREAKS[slip]
    assert not audit(objects)
    found = audit(change(objects, type_, "60 days", make))
    assert rule in {breach.rule for breach in found}


def test_each_rule_has_a_slip_that_breaks_it():
    assert {rule for rule, _, _ in (*BREAKS.values(), *BREAKS_ONCE.values())} == RULES.keys()


def test_where_steps_read_afresh_no_question_waits(objects):
    def at_once(item):
        free = tuple(step._replace(wait=0) if isinstance(step, RuleStep) else step for step in item.steps)
        return item._replace(steps=free)

    changed = change(objects, EngagementProgram, "60 days", at_once)
    assert audit(changed)
    assert not audit(changed, afresh=True)
