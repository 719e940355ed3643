"""When it matters which of several elements assigns somebody first: two of them must have come up."""

from __future__ import annotations

from scorewright.model.history import Happening, Person
from scorewright.semantics import run
from scorewright.verify.lives import Life, situations
from tests.semantics.play import spec
from tests.verify.lives.situated import CREATED, DAY

MODEL = spec(
    """
[assets]
contact = { form = "Contact us" }
demo = { form = "Demo" }
guide = { form = "Guide" }
north = { queue = "North" }
south = { queue = "South" }
[scores.lead]
kind = "engagement"
[rules.contact]
on = { submits = "contact" }
points = { lead = 10 }
[rules.guide]
on = { submits = "guide" }
points = { lead = 1 }
[rules.demo]
on = { submits = "demo" }
then = [ { assign = "south" } ]
[thresholds.mql]
when = { score = "lead", at_least = 20 }
then = [ { assign = "north" } ]
"""
)


def held(*forms, owner=None):
    history = tuple(
        Happening(CREATED + day * DAY, "submits", form, {}) for day, form in enumerate(forms, start=3)
    )
    fields = {"owner": owner} if owner else {}
    life = Life("made", Person(CREATED, fields, {}, frozenset(), history), CREATED + 25 * DAY, ())
    return "two-assign" in situations(MODEL, life, run(MODEL, life.person, life.until), 24)


def test_one_element_alone_is_not_enough_however_often_it_comes_up():
    assert not held("contact", "contact")
    assert not held("demo", "demo")
    assert not held("demo", "contact", "guide")


def test_a_threshold_that_fired_and_a_rule_that_heard_are_two():
    assert held("contact", "contact", "demo")


def test_an_owner_from_before_hides_neither():
    assert held("contact", "contact", "demo", owner="Somebody")
