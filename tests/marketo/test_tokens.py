"""Numbers that stand in two places are one: a token says which campaigns hold its number too, or take it back."""

from __future__ import annotations

import pytest

from scorewright.model.read import read
from scorewright_marketo import TARGET
from scorewright_marketo.audit.plant import Plant, change, changes, score
from scorewright_marketo.lower import lower
from scorewright_marketo.objects import DO_NOTHING
from scorewright_marketo.options import read as options
from tests.making.choose import Choose
from tests.making.spec import make_spec
from tests.marketo.compiling import SCORE, compile_text, tables
from tests.pardot.making import shipped, spec_model

RULE = """
[assets]
contact = { form = "Contact" }
[values]
c = 10
[rules.contact]
on = { submits = "contact" }
points = { lead = "c" }
"""
GROUP = '[groups.g]\nscore = "lead"\nlimit = { points = 25, per = "30d" }\n'


def marked(text, head=SCORE):
    made = tables(compile_text(head + text), "tokens").values()
    return {row["token"]: (sorted(row["coupled"]), sorted(row["inverse"])) for row in made}


@pytest.mark.parametrize(
    ("more", "token", "coupled", "inverse"),
    [
        ("", "C", [], []),
        ("limit = { times = 3 }\n", "C", [], []),
        ("limit = { points = 25 }\n", "C", ["Award contact"], []),
        (
            'limit = { points = 25, per = "30d" }\n',
            "C",
            ["After 30d 10 less for contact", "Award contact"],
            [],
        ),
        ('expires = "30d"\n', "C", [], ["Later contact"]),
        ('expires = "30d"\n', "C Minus", [], ["Later contact"]),
        ('fades = { subtract = 5, every = "7d" }\n', "C", [], ["Later contact"]),
        ('fades = { subtract = 3, every = "7d" }\n', "Contact melts", ["Later contact"], []),
        (
            'group = "g"\n' + GROUP,
            "C",
            ["After 30d 10 less for g", "Award contact", "Award contact (5 left)"],
            [],
        ),
    ],
)
def test_a_number_is_marked_where_it_stands_twice(more, token, coupled, inverse):
    assert marked(RULE + more)[token] == (coupled, inverse)


def test_a_clamp_is_coupled_with_its_literal():
    clamped = '[scores.lead]\nkind = "engagement"\nceiling = 100\n'
    assert marked(RULE, clamped)["C"] == (["Award contact"], [])


def test_a_share_of_a_point_is_coupled_with_the_number_that_it_is_a_share_of():
    shared = (
        '[scores.lead]\nkind = "engagement"\n[scores.mix]\nkind = "combined"\npercent_of = { lead = 35 }\n'
    )
    assert marked(RULE, shared)["C"] == (["Award contact"], [])


def test_what_a_fact_gives_and_takes_back_is_a_pair():
    fact = '[scores.fit]\nkind = "fit"\n[rules.de]\nwhen = { field = "country", is = "DE" }\npoints = { fit = 5 }\n'
    assert marked(fact) == {"De": ([], ["Re-roll de"])}


# --- any spec -------------------------------------------------------------------------------------------------------


def lowered(model):
    facts = {fact.id: fact.value for fact in TARGET.facts()}
    return lower(model, options(model.options.get("marketo", {})), facts)


def made(seed):
    spec = make_spec(Choose.seeded(seed))
    return read(spec.data, spec.texts).model


def said(model):
    """By element the numbers that the spec gives it for points."""
    found = {}
    for rule in model.rules.values():
        numbers = [number for _, number in rule.points]
        numbers += [rule.fades.subtract] if rule.fades and rule.fades.subtract else []
        found.setdefault(rule.name, set()).update(abs(number.value) for number in numbers)
    for tier in model.tiers.values():
        numbers = [*(case.points for case in tier.cases), tier.otherwise, tier.unknown]
        found.setdefault(tier.name, set()).update(abs(number.value) for number in numbers if number)
    for decay in model.decay.values():
        numbers = [step.subtract.value for step in decay.steps if step.subtract]
        found.setdefault(decay.name, set()).update(numbers)
    return found


def texts_of(model, plant, item):
    """What a campaign gives or takes whoever it is, by the field: its literals and its tokens; a part of one is neither."""
    shares = {plant_label(model, plant, score) for score in model.scores.values() if score.percent_of}
    for step in item.flow:
        if not change(step) or score(step) in plant.own | shares or item.role.endswith("left)"):
            continue
        by_number = any(choice.condition.rule in plant.numbers for choice in step.choices)
        yield score(step), change(step)
        yield from ((score(step), choice.value) for choice in step.choices if not by_number)


def plant_label(model, plant, item):
    return next((name for kind, key, name in plant.places if (kind, key) == ("score", item.key)), "")


def check_tokens(model):
    found, numbers = lowered(model), said(model)
    plant = Plant(found)
    plant.places = found.places
    for item in found.campaigns:
        mine = {number for element in item.elements for number in numbers.get(element, ())}
        if ":later" in item.role:  # what is left at last, and a share, stand nowhere in the spec
            rules = [rule for rule in model.rules.values() if rule.name in item.elements and rule.fades]
            mine = {rule.fades.subtract.value for rule in rules if rule.fades.subtract}
        rows = list(texts_of(model, plant, item))
        literals = {(label, int(text)) for label, text in rows if text[:1] in "+-" and text != DO_NOTHING}
        assert not {number for _, number in literals if abs(number) in mine}, item.name
        taken = {
            (score(step), int(choice.value))
            for step in item.flow
            for choice in (step.choices if change(step) else ())
            if (choice.condition.operator, choice.value[:1] in "+-") == ("is", True)
            if choice.condition.rule in plant.own and choice.value != DO_NOTHING
        }
        for step in item.flow:
            for text in changes(step):
                token = plant.tokens.get((item.program, text))
                if token is not None and (score(step), -token.value) in taken:
                    assert item.name in {*token.coupled, *token.inverse}, (item.name, token.name)


@pytest.mark.parametrize("name", shipped())
def test_every_number_of_a_shipped_spec_that_can_be_a_token_is_one(name):
    check_tokens(spec_model(name))


@pytest.mark.parametrize("seed", range(0, 300, 6))
def test_every_number_of_a_made_spec_that_can_be_a_token_is_one(seed):
    check_tokens(made(seed))
