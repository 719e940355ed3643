"""Numbers that stand in two places are one: a token says which campaigns hold its number too, or take it back."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import SCORE, compile_text, tables

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
