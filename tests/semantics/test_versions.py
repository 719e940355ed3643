"""Question 61 on timelines: what goes on, and what is computed anew, when another version of the model goes live."""

from __future__ import annotations

import pytest

from scorewright.model.history import FieldSet, Happening, Person
from scorewright.semantics import Machine, Version
from scorewright.semantics.clock import Clock
from tests.semantics.play import LEAD, spec

READ = Clock("UTC").read
ACTIVE = 'counts_as_activity = ["visits"]'
ONCE = (
    LEAD
    + '[rules.page]\non = {{ visits = "any-page" }}\npoints = {{ lead = {} }}\nlimit = {{ times = {} }}\n'
)
FIT = '[scores.fit]\nkind = "fit"\n'


def played(old, new, day, asked, *history, fields=None, head=""):
    """What ``asked`` gives at the end, and the changes, of a history in which the version changes on a day of January."""
    machine, later = Machine(spec(old, head=head)), Machine(spec(new, head=head))
    person = Person(READ("2026-01-01"), fields or {}, history=tuple(history))
    found = []
    end = READ("2026-12-31")
    line = machine.run(
        person,
        end,
        {end: [lambda ask, _: found.append(asked(ask))]},
        (Version(READ(f"2026-01-{day:02d}T12:00"), later),),
    )
    return found[0], line.changes


def visit(text):
    return Happening(READ(f"2026-{text}"), "visits", "any-page")


def lead(ask):
    return ask.score("lead")


@pytest.mark.parametrize(
    ("old", "new", "means"),
    [
        ((15, 1), (20, 1), 15),  # given once, and that goes on counting
        ((15, 1), (20, 2), 35),  # the second is still to be had, at its new worth
        ((15, 3), (20, 1), 30),  # two were given: more than there is now
    ],
)
def test_points_given_stay_and_counts_go_on_by_id(old, new, means):
    days = [visit("01-02"), visit("01-03"), visit("01-20"), visit("01-21")]
    if old[1] == 1:
        days = days[1:]
    assert played(ONCE.format(*old), ONCE.format(*new), 10, lead, *days)[0] == means


def test_a_rule_of_another_id_begins_anew():
    old = ONCE.format(15, 1)
    assert (
        played(old, old.replace("rules.page", "rules.view"), 10, lead, visit("01-02"), visit("01-20"))[0]
        == 30
    )


def test_a_fact_is_worth_its_new_points_at_once_and_one_that_is_gone_is_taken_back():
    fact = '[rules.french]\nwhen = {{ field = "country", is = "France" }}\npoints = {{ {} = {} }}\n'
    both = LEAD + FIT + fact.format("lead", 5)
    at_home = {"country": "France"}
    for new, means in ((fact.format("lead", 8), (8, 0)), ("", (0, 0)), (fact.format("fit", 3), (0, 3))):
        found, _ = played(
            both, LEAD + FIT + new, 10, lambda ask: (lead(ask), ask.score("fit")), fields=at_home
        )
        assert found == means
    # It ends later, and takes back what it is worth then.
    found, _ = played(
        both,
        LEAD + FIT + fact.format("lead", 8),
        10,
        lead,
        FieldSet(READ("2026-02-01"), "country", "Spain"),
        fields=at_home,
    )
    assert found == 0


def test_what_is_kept_for_good_is_kept_and_worth_the_new_points():
    keep = (
        '[rules.french]\nwhen = {{ field = "country", is = "{}" }}\npoints = {{ lead = {} }}\nkeep = true\n'
    )
    old, new = (LEAD + keep.format(*pair) for pair in (("France", 5), ("Spain", 8)))
    assert played(old, new, 10, lead, fields={"country": "France"})[0] == 8


def test_a_new_floor_holds_at_once_and_a_new_counter_begins_at_its_start():
    old = LEAD + ONCE.format(15, 1).removeprefix(LEAD)
    new = old.replace('kind = "engagement"\n', 'kind = "engagement"\nfloor = 20\n', 1)
    new += '[scores.more]\nkind = "engagement"\nstart = 7\n'
    found, _ = played(old, new, 10, lambda ask: (lead(ask), ask.score("more")), visit("01-02"))
    assert found == (20, 7)


HOT = LEAD + (
    '[rules.page]\non = {{ visits = "any-page" }}\npoints = {{ lead = 10 }}\n[marks]\nhot = {{}}\n'
    '[thresholds.{}]\nwhen = {{ score = "lead", at_least = {} }}\n{}then = [{{ mark = "hot" }}]\n'
)
THREE = [visit("01-02"), visit("01-03"), visit("01-04")]


def fired(old, new, *history):
    _, changes = played(old, new, 10, lead, *history)
    return [Clock("UTC").wall(change.at).strftime("%m-%d") for change in changes if change.kind == "fired"]


def test_nothing_fires_because_a_version_goes_live():
    low = HOT.format("hot", 25, "")
    assert fired(HOT.format("hot", 40, ""), low, *THREE, visit("01-20")) == []
    assert (
        fired(HOT.format("hot", 40, ""), HOT.format("hot", 25, "existing = true\n"), *THREE, visit("01-20"))
        == []
    )
    assert fired(low, HOT.format("hot", 40, ""), *THREE, visit("01-20")) == ["01-04", "01-20"]


def test_a_threshold_that_is_new_starts_as_the_model_does():
    old = HOT.format("hot", 100, "")
    assert fired(old, HOT.format("warm", 25, "existing = true\n"), *THREE) == ["01-10"]
    assert fired(old, HOT.format("warm", 25, ""), *THREE, visit("01-20")) == []


DECAY = LEAD + (
    '[rules.page]\non = {{ visits = "any-page" }}\npoints = {{ lead = 100 }}\n'
    '[decay.quiet]\nscore = "lead"\nsteps = [{}]\n'
)


@pytest.mark.parametrize(
    ("old", "new", "day", "means"),
    [
        (
            '{ after = "10d", subtract = 10 }',
            '{ after = "10d", subtract = 30 }',
            20,
            90,
        ),  # spent in this silence
        ('{ after = "10d", subtract = 10 }', '{ after = "10d", subtract = 30 }', 8, 70),  # not yet due
        (
            '{ after = "10d", subtract = 10 }',
            '{ after = "15d", subtract = 30 }',
            14,
            90,
        ),  # the same step, elsewhere
        (
            '{ after = "10d", subtract = 10 }',
            '{ after = "5d", subtract = 30 }',
            9,
            70,
        ),  # due at the next day's start
        (
            '{ after = "10d", subtract = 10 }',
            '{ after = "5d", subtract = 1 }, { after = "10d", subtract = 30 }',
            20,
            89,
        ),  # a step more: it comes once
        (
            '{ after = "10d", subtract = 10 }, { after = "20d", subtract = 5 }',
            '{ after = "20d", subtract = 7 }',
            15,
            83,
        ),
        (
            '{ after = "10d", every = "400d", subtract = 10 }',
            (
                '{ after = "10d", every = "400d", at_least = 95, subtract = 30 }, '
                '{ after = "10d", every = "400d", below = 95, subtract = 4 }'
            ),
            20,
            90,
        ),  # one step becomes two, for a level each: nothing is due anew
    ],
)
def test_silences_go_on_and_their_steps_with_them(old, new, day, means):
    found, _ = played(DECAY.format(old), DECAY.format(new), day, lead, visit("01-02T10:00:00"), head=ACTIVE)
    assert found == means


def test_a_decay_that_is_new_counts_from_the_last_activity():
    old, new = DECAY.format('{ after = "10d", subtract = 10 }').partition("[decay")[0], DECAY
    _, changes = played(
        old, new.format('{ after = "10d", subtract = 10 }'), 9, lead, visit("01-02T10:00:00"), head=ACTIVE
    )
    assert [Clock("UTC").wall(item.at).strftime("%m-%d") for item in changes if item.reason == "decay"] == [
        "01-13"
    ]


def test_who_waits_waits_for_the_rule_of_that_id():
    late = LEAD + '[rules.{}]\non = {{ visits = "any-page" }}\npoints = {{ lead = {} }}\nwait = "5d"\n'
    old = late.format("page", 3)
    assert played(old, late.format("page", 8), 4, lead, visit("01-02"))[0] == 8
    assert played(old, late.format("view", 8), 4, lead, visit("01-02"))[0] == 0


def test_outside_the_population_what_holds_stands_still_until_the_person_comes_in():
    body = (
        LEAD + '[segments.ours]\nwhen = {{ field = "city", is = "Paris" }}\n'
        '[rules.french]\nwhen = {{ field = "country", is = "France" }}\npoints = {{ lead = {} }}\n'
    )
    back = [FieldSet(READ("2026-01-05"), "city", "Lyon"), FieldSet(READ("2026-02-01"), "city", "Paris")]
    here = {"country": "France", "city": "Paris"}
    outside, _ = played(
        body.format(5), body.format(8), 10, lead, back[0], fields=here, head='eligible = "ours"'
    )
    again, _ = played(body.format(5), body.format(8), 10, lead, *back, fields=here, head='eligible = "ours"')
    assert (outside, again) == (5, 8)
