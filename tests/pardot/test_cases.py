"""The rules for what holds: what is chosen needs no more of them than any other choice, and holds like any other."""

from __future__ import annotations

import random
from itertools import product
from math import prod

import pytest

from scorewright.verify.run import verify
from scorewright_pardot import TARGET
from scorewright_pardot.lower import cases, standing
from tests.pardot.making import HEAD, TOTAL, compile_model, compile_text, model_of, notes, rules
from tests.verify.flips import flip
from tests.verify.made import task_of

WORDS = ("North", "South", "East", "West")
MOST = 24
"""Models with more combinations are left out: each one is compiled."""

BESIDE = """
[scores.fit]
kind = "fit"
[scores.other]
kind = "fit"
"""
"""Two scores beside the total, each in a field of its own where one source gives to it."""


def made(seed):
    """A small model: tiers and facts over one field, with worths and texts that often agree."""
    choose = random.Random(seed)
    parts = [TOTAL, BESIDE]
    for number in range(choose.randint(1, 3)):
        words = choose.sample(WORDS, choose.randint(2, 4))
        tests = ["is", "contains"][choose.random() < 0.3]
        rows = ", ".join(f'{{ {tests} = "{word}", points = {choose.choice((5, 5, 8))} }}' for word in words)
        score = choose.choice(("lead", "lead", "fit", "other")) if number else "lead"
        otherwise = choose.choice(("", "otherwise = 5\n", "unknown = 5\notherwise = 5\n"))
        parts.append(f'[tiers.t{number}]\nscore = "{score}"\nfield = "city"\n{otherwise}cases = [{rows}]\n')
    for number in range(choose.randint(0, 2)):
        word = choose.choice(WORDS)
        parts.append(
            f'[rules.f{number}]\nwhen = {{ field = "city", is = "{word}" }}\npoints = {{ lead = 3 }}\n'
        )
    return model_of("\n".join((HEAD, *parts)))


def of_all_choices(model, monkeypatch):
    """How many rules every combination of the ways comes to; nothing where there are too many."""
    asked = []
    real = cases.choose
    monkeypatch.setattr(standing, "choose", lambda choices: asked.append(choices) or real(choices))
    compile_model(model)
    slots = [(key, way) for key, choice in asked[0].items() for way in choice.ways]
    found = []
    if prod(len(way) for _, way in slots) > MOST:
        return found
    for picked in product(*(way for _, way in slots)):
        blocks = dict.fromkeys(asked[0], ())
        for (key, _), parts in zip(slots, picked, strict=True):
            blocks[key] = (*blocks[key], *parts)
        monkeypatch.setattr(standing, "choose", lambda _, blocks=blocks: blocks)
        found.append(len(rules(compile_model(model))))
    monkeypatch.setattr(standing, "choose", real)
    return found


def test_no_other_choice_needs_fewer_rules(monkeypatch):
    tried = differ = 0
    for seed in range(60):
        model = made(seed)
        every = of_all_choices(model, monkeypatch)
        if not every:
            continue
        tried += 1
        differ += min(every) < max(every)
        assert len(rules(compile_model(model))) == min(every), seed
    assert tried > 15
    assert differ > 8


@pytest.mark.parametrize("seed", range(2))
def test_what_is_chosen_holds(seed):
    model = made(seed)
    verdict = verify(task_of(TARGET, model, compile_model(model)), TARGET, jobs=1, most_shown=1)
    assert verdict.holds


def tier(rows, name="t", score="lead", more=""):
    return f'[tiers.{name}]\nscore = "{score}"\nfield = "city"\n{more}cases = [{rows}]\n'


def pairs(*parts):
    return sorted(
        name.removeprefix("SW ").removesuffix(", give")
        for name in rules(compile_text(TOTAL, *parts))
        if name.endswith("give")
    )


def test_neighbours_of_one_worth_are_one_pair():
    rows = '{ contains = "a", points = 5 }, { contains = "b", points = 5 }, { contains = "c", points = 8 }'
    assert pairs(tier(rows)) == ["tiers t: case-1-and-case-2", "tiers t: case-3"]


def test_a_case_between_that_could_hold_as_well_keeps_them_apart():
    rows = '{ contains = "a", points = 5 }, { contains = "b", points = 8 }, { contains = "c", points = 5 }'
    assert len(pairs(tier(rows))) == 3
    assert len(pairs(tier(rows.replace("contains", "is")))) == 2


def test_the_last_cases_go_with_the_rest_where_they_are_worth_as_much():
    rows = '{ contains = "a", points = 8 }, { contains = "b", points = 5 }'
    assert pairs(tier(rows, more="otherwise = 5\n")) == ["tiers t: case-1", "tiers t: case-2-and-otherwise"]
    both = "otherwise = 5\nunknown = 5\n"
    assert pairs(tier(rows, more=both)) == ["tiers t: case-1", "tiers t: case-2-and-otherwise-and-unknown"]


def test_two_scores_that_ask_the_same_share_their_rules():
    rows = '{ is = "Rome", points = 5 }, { is = "Oslo", points = 8 }'
    score = '[scores.interest]\nkind = "engagement"\n[assets]\ndemo = { form = "Demo" }\n[rules.demo]\non = { submits = "demo" }\npoints = { interest = 1 }\n'
    bundle = compile_text(TOTAL, score, tier(rows), tier(rows, "u", "interest"))
    give = rules(bundle)["SW tiers t: case-1, give"]
    assert [act["action"] for act in give["actions"]].count("Apply tags") == 1
    assert {"Adjust Prospect Score", "Adjust Prospect Score for Scoring Category"} <= {
        act["action"] for act in give["actions"]
    }
    assert len(rules(bundle)) == 4
    made_for = next(item.elements for item in bundle.objects if item.name == "SW tiers t: case-1, give")
    assert made_for == ("tiers.t", "tiers.u")
    assert notes(bundle, "tiers.u")[0][0] in {"automation-rules", "category-may-move-total"}


def test_what_is_shared_is_taken_back_whole():
    rows = '{ is = "Rome", points = 5 }, { is = "Oslo", points = 8 }'
    spec = HEAD + TOTAL + tier(rows) + tier(rows.replace("5", "7"), "u")
    assert not flip(TARGET, model_of(spec), "rule-acts-in-one-piece", True).differs
