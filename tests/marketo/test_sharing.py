"""Fields can never be deleted, so what would hold the same in two is held in one."""

from __future__ import annotations

import itertools

import pytest

from scorewright_marketo import TARGET
from scorewright_marketo.lower import lower
from scorewright_marketo.options import read as options
from tests.marketo.compiling import SCORE, compile_text, model_of, tables
from tests.marketo.person import Person

ASSETS = '[assets]\npricing = { pages = ["/pricing"] }\nother = { pages = ["/other"] }\ncontact = { form = "Contact" }\n'
TIMES = '[rules.{0}]\non = {{ visits = "{1}", at_least = {2} }}\npoints = {{ lead = {3} }}\nlimit = {{ times = 1 }}\n'
QUIET = '[scores.{0}]\nkind = "engagement"\n[rules.{0}]\non = {{ submits = "contact" }}\npoints = {{ {0} = 9 }}\n[decay.{0}]\nscore = "{0}"\n{1}steps = [{{ after = "120d", every = "120d", subtract = 1 }}]\n'
DATED = "active = { until = 2099-12-31 }\nlimit"
OWN = 'counts_as_activity = ["submits", "opens"]\n'
THRICE, OFTEN = TIMES.format("thrice", "pricing", 3, 5), TIMES.format("often", "pricing", 5, 20)


def fields(text):
    return sorted(tables(compile_text(SCORE + ASSETS + text), "helper-fields"))


def test_rules_that_ask_how_often_one_thing_has_happened_share_its_count():
    assert fields(THRICE + OFTEN) == ["SW Seen thrice"]
    person = Person(compile_text(SCORE + ASSETS + THRICE + OFTEN))
    given = []
    for _ in range(6):
        person.run("When thrice and 1 more")
        given.append(person.fields.get("Person Score") or 0)
    assert given == [0, 0, 5, 5, 25, 25]


def test_what_is_not_the_same_is_counted_apart():
    assert len(fields(THRICE + TIMES.format("often", "other", 5, 20))) == 2
    assert len(fields(THRICE + OFTEN.replace("points", "active = { until = 2026-12-31 }\npoints"))) == 2
    both = '[rules.both]\non = { any = [{ visits = "pricing", at_least = 3 }, { visits = "other", at_least = 2 }] }\n'
    assert len(fields(both + "points = { lead = 5 }\nlimit = { times = 1 }\n")) == 2, (
        "a count for each of its events"
    )


def test_decays_that_count_the_same_as_activity_share_its_date():
    assert fields(QUIET.format("one", OWN) + QUIET.format("two", OWN)) == ["SW Last Active one"]
    swapped = OWN.replace('"submits", "opens"', '"opens", "submits"')
    assert len(fields(QUIET.format("one", OWN) + QUIET.format("two", swapped))) == 1
    models = 'counts_as_activity = ["clicks", "visits", "submits"]\n'
    assert fields(QUIET.format("one", models) + QUIET.format("two", "")) == ["SW Last Active"]
    assert len(fields(QUIET.format("one", OWN) + QUIET.format("two", ""))) == 2


LIMITED = '[rules.{0}]\non = {{ submits = "contact" }}\npoints = {{ lead = 5 }}\nlimit = {{ times = 2 }}\n'


def test_what_a_limit_counts_belongs_to_its_rule():
    """Two that are alike today need not have been yesterday: each has given what it has given, whatever it says now."""
    assert fields(LIMITED.format("a") + LIMITED.format("b")) == ["SW Count a", "SW Count b"]


# --- no two fields that could be one ---------------------------------------------------------------------------------

SMALL = {
    "counts": THRICE + OFTEN + TIMES.format("seldom", "other", 2, 1),
    "silences": QUIET.format("one", OWN) + QUIET.format("two", "") + QUIET.format("three", OWN),
    "limits": '[rules.a]\non = { submits = "contact" }\npoints = { lead = 5 }\nlimit = { times = 3, per = "7d" }\n'
    '[rules.b]\non = { visits = "pricing" }\npoints = { lead = 2 }\nlimit = { times = 4 }\n',
    "what holds": '[scores.fit]\nkind = "fit"\n[rules.a]\nwhen = { field = "city", is = "Rome" }\npoints = { fit = 5 }\n'
    '[rules.b]\nwhen = { field = "city", is = "Oslo" }\npoints = { fit = 5 }\n',
    "words": '[scores.fit]\nkind = "fit"\n'
    + "".join(
        f'[rules.{word}]\nwhen = {{ field = "job-title", contains_word = "{word}" }}\npoints = {{ fit = 5 }}\nkeep = true\n'
        for word in ("chief", "head")
    ),
    "waits": THRICE + OFTEN.replace("points", 'wait = "1d"\npoints'),
}


def written(lowered, label):
    """Everything that is written into a field, by what leads to it: with its own name left out, alike for alike fields."""
    calls = {}
    for item in lowered.campaigns:
        for step in item.flow:
            for name in [dict(step.fields).get("Campaign", ""), *(choice.value for choice in step.choices)]:
                calls.setdefault(name, []).append(item)
    return sorted(
        (str(step).replace(label, "·"), *ways(item, calls, label, 9))
        for item in lowered.campaigns
        for step in item.flow
        if label in {dict(step.fields).get("Score Name"), dict(step.fields).get("Attribute")}
    )


def ways(item, calls, label, deep):
    """The smart lists on the way from whatever starts a campaign, and what it remembers."""
    own = f"{item.smart_list} {item.qualification} {item.schedule} {item.stage}".replace(label, "·")
    return sorted(
        (own, *ways(other, calls, label, deep - 1)) for other in calls.get(item.qualified_name, ()) if deep
    ) or [own]


@pytest.mark.parametrize("name", SMALL)
def test_no_two_fields_are_written_alike(name):
    model = model_of(SCORE + ASSETS + SMALL[name])
    facts = {fact.id: fact.value for fact in TARGET.facts()}
    lowered = lower(model, options(model.options.get("marketo", {})), facts)
    own = [field.name for field in lowered.fields if field.helper]
    assert own
    for one, other in itertools.combinations(own, 2):
        assert written(lowered, one) != written(lowered, other), (one, other)
