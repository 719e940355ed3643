"""Products: an element is copied for each, and a name is looked up in the product first, then in the spec."""

from __future__ import annotations

import pytest

from scorewright.model.conditions import FieldTest, InSegment, Matches
from scorewright.model.values import Number
from tests.model.reading import SCORES, found, model

PRODUCTS = (
    """
[products.mba]
title = "MBA"
values = { director = 15 }
assets = { request = "mba-request" }
segments = { interested = "mba-people" }
terms = { titles = "mba-titles" }
[products.emba]
values = { director = 5 }
assets = { request = "emba-request" }
segments = { interested = "emba-people" }
terms = { titles = "emba-titles" }
[assets]
mba-request = { form = "MBA" }
emba-request = { form = "EMBA" }
[segments.mba-people]
when = { crm = "lead" }
[segments.emba-people]
when = { crm = "contact" }
[terms.mba-titles]
match = "is"
values = ["Student"]
[terms.emba-titles]
match = "contains"
values = ["Chief"]
[values]
page = 1
[scores.interest]
kind = "engagement"
each = "product"
"""
    + SCORES
)


def test_an_element_is_copied_for_each_product():
    text = '[rules.r]\non = { submits = "request" }\npoints = { interest = "director", e = "page" }\neach = "product"'
    made = model(PRODUCTS + text)
    assert list(made.scores) == ["interest@mba", "interest@emba", "e", "f"]
    assert list(made.rules) == ["r@mba", "r@emba"]
    mba, emba = made.rules.values()
    assert (mba.id, mba.key, mba.product, mba.path, mba.name) == (
        "r",
        "r@mba",
        "mba",
        ("rules", "r"),
        "rules.r",
    )
    assert (mba.on[0].objects, emba.on[0].objects) == (("mba-request",), ("emba-request",))
    assert mba.points == (("interest@mba", Number(15, "director")), ("e", Number(1, "page")))
    assert emba.points == (("interest@emba", Number(5, "director")), ("e", Number(1, "page")))


def test_segments_and_terms_by_role():
    text = """
    [rules.a]
    when = { segment = "interested" }
    points = { f = 1 }
    each = "product"
    [rules.b]
    when = { field = "job-title", in = "titles" }
    points = { f = 1 }
    each = "product"
    """
    rules = model(PRODUCTS + text).rules
    assert [rules[f"a@{key}"].when for key in ("mba", "emba")] == [
        InSegment("mba-people"),
        InSegment("emba-people"),
    ]
    assert [rules[f"b@{key}"].when for key in ("mba", "emba")] == [
        FieldTest("job-title", Matches("is", ("Student",), "mba-titles")),
        FieldTest("job-title", Matches("contains", ("Chief",), "emba-titles")),
    ]


def test_a_role_goes_before_a_name_of_the_spec():
    text = '[rules.r]\non = { submits = "request" }\npoints = { e = 1 }\neach = "product"'
    shadowed = PRODUCTS.replace("[assets]\n", '[assets]\nrequest = { form = "Any request" }\n')
    assert model(shadowed + text).rules["r@mba"].on[0].objects == ("mba-request",)
    assert model(shadowed + text.replace('\neach = "product"', "")).rules["r"].on[0].objects == ("request",)


def test_a_role_is_no_name_outside():
    text = '[rules.r]\non = { submits = "request" }\npoints = { e = 1 }'
    assert [(code, path) for code, path, _ in found(PRODUCTS + text)] == [
        ("SW201", ("rules", "r", "on", "submits"))
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('[segments.s]\nwhen = { score = "interest", product = "mba", above = 5 }', []),
        ('[segments.s]\nwhen = { score = "interest", above = 5 }', ["SW206"]),
        ('[segments.s]\nwhen = { score = "e", product = "mba", above = 5 }', ["SW206"]),
        ('[segments.s]\nwhen = { score = "interest", product = "phd", above = 5 }', ["SW201"]),
        ('[rules.r]\non = { visits = "any-page" }\npoints = { interest = 5 }', ["SW206"]),
        ('[scores.s]\nkind = "combined"\nsum_of = ["interest"]', ["SW206"]),
        ('[scores.s]\nkind = "combined"\nsum_of = ["interest"]\neach = "product"', []),
        ('[thresholds.t]\nwhen = { score = "interest", above = 5 }\nthen = [ { notify = "owner" } ]\neach = "product"', []),
        ('[decay.d]\nscore = "interest"\nsteps = [ { after = "1d", subtract = 1 } ]\neach = "product"', []),
        ('[decay.d]\nscore = "interest"\nsteps = [ { after = "1d", subtract = 1 } ]', ["SW206"]),
        ('[tiers.t]\nscore = "interest"\nfield = "email"\ncases = [ { known = true, points = "director" } ]\neach = "product"', []),
    ],
)  # fmt: skip
def test_sw206_which_product(text, codes):
    assert [code for code, _, _ in found(PRODUCTS + text)] == codes


def test_another_products_copy_can_be_named_from_inside():
    text = '[thresholds.t]\nwhen = { score = "interest", product = "mba", above = 5 }\nthen = [ { notify = "owner" } ]\neach = "product"'
    made = model(PRODUCTS + text)
    assert {threshold.when.score for threshold in made.thresholds.values()} == {"interest@mba"}


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ("values = { director = 5 }", 'when = { crm = "lead" }\npoints = { f = "director" }'),
        ('assets = { request = "emba-request" }', 'on = { submits = "request" }\npoints = { e = 1 }'),
        (
            'segments = { interested = "emba-people" }',
            'when = { segment = "interested" }\npoints = { f = 1 }',
        ),
        (
            'terms = { titles = "emba-titles" }',
            'when = { field = "email", in = "titles" }\npoints = { f = 1 }',
        ),
    ],
)
def test_sw207_a_role_that_one_product_does_not_fill(table, rule):
    assert table in PRODUCTS
    text = PRODUCTS.replace(table, "") + f'[rules.r]\n{rule}\neach = "product"'
    ((code, path, help_),) = found(text)
    assert (code, path[:2]) == ("SW207", ("rules", "r"))
    assert "[products.emba]" in help_


def test_a_role_that_no_product_fills_is_an_unknown_name_once():
    text = '[rules.r]\non = { submits = "requests" }\npoints = { e = 1 }\neach = "product"'
    assert found(PRODUCTS + text) == [("SW201", ("rules", "r", "on", "submits"), "did you mean 'request'?")]


def test_sw208_a_copy_for_each_of_no_products():
    text = '[rules.r]\non = { visits = "any-page" }\npoints = { e = 1 }\neach = "product"\n' + SCORES
    assert found(text) == [("SW208", ("rules", "r", "each"), "declare them under [products.<id>]")]


def test_a_product_without_anything_is_a_product():
    text = '[products.p]\n[scores.s]\nkind = "fit"\neach = "product"'
    made = model(text)
    assert made.products["p"].title == "p"
    assert list(made.scores) == ["s@p"]
