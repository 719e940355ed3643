"""What people are in the middle of at a change: waits, limits that go by a campaign which gives its name up, no score yet."""

from __future__ import annotations

import pytest

from scorewright.model.history import Happening, Person
from scorewright.plugin.emulation import SCHEDULES, Schedule
from scorewright.verify.lives import Life
from scorewright.verify.passage.stage import Stage
from scorewright.verify.passage.turning import Turning
from tests.marketo.migration.passing import Change

BORN, DAY = 1_772_000_000, 86_400
SCORE = '[scores.lead]\nkind = "engagement"\noverall = true\n[assets]\ndemo = { form = "Demo" }\n'


def rule(key, more, points=15):
    """An award for one form."""
    return f'[rules.{key}]\non = {{ submits = "demo" }}\npoints = {{ lead = {points} }}\n{more}\n'


def one_by_one(old, new, *days, at, scores=(SCORE, SCORE)):
    """What a person's life means who submits the form on some days, where it is judged, and what differs."""
    change = Change(scores[0] + old, scores[1] + new)
    stage = Stage(change.way(), change.target)
    asked = tuple(Happening(BORN + day * DAY, "submits", "demo", {}) for day in days)
    person = Person(created=BORN, fields={}, history=asked)
    turning = Turning(Life("by hand", person, BORN + 60 * DAY, ()), BORN + at * DAY + 7)
    for name in SCHEDULES:
        outcome = stage.play(turning, Schedule(name, 3))
        assert outcome.judged.compared
        yield from outcome.judged.differences


@pytest.mark.parametrize("start", ["", "start = 9\n"])
def test_who_has_no_score_yet_is_brought_to_a_new_floor_and_does_not_start_anew(start):
    floored = SCORE.replace("overall = true\n", f"overall = true\n{start}floor = 5\n")
    assert not [*one_by_one(rule("demo", ""), rule("demo", ""), 40, at=15, scores=(SCORE, floored))]


LIMIT = "limit = { times = 1 }"
TITLES = {
    "a second rule of the same title comes before it": (
        rule("demo", f'title = "Two"\n{LIMIT}'),
        rule("also", f'title = "Two"\n{LIMIT}') + rule("demo", f'title = "Two"\n{LIMIT}'),
    ),
    "two rules exchange their titles": (
        rule("demo", f'title = "One"\n{LIMIT}', 3) + rule("also", 'title = "Two"\nlimit = { times = 2 }'),
        rule("demo", f'title = "Two"\n{LIMIT}', 3) + rule("also", 'title = "One"\nlimit = { times = 2 }'),
    ),
}


@pytest.mark.parametrize("pair", TITLES.values(), ids=TITLES)
def test_what_gives_its_name_up_goes_on_remembering_under_another(pair):
    assert not [*one_by_one(*pair, 2, 30, 40, at=15)]


WAIT = 'wait = "10d"'
WAITS = {
    "another title": (rule("demo", WAIT), rule("demo", f'{WAIT}\ntitle = "Else"')),
    "another rule beside it": (rule("demo", WAIT), rule("demo", WAIT) + rule("also", WAIT, 3)),
    "none beside it any more": (rule("also", WAIT, 3) + rule("demo", WAIT), rule("demo", WAIT)),
    "longer": (rule("demo", WAIT), rule("demo", 'wait = "12d"')),
    "none": (rule("demo", WAIT), rule("demo", "")),
}


@pytest.mark.parametrize("pair", WAITS.values(), ids=WAITS)
def test_who_waits_for_a_rule_gets_what_it_gives_when_the_wait_is_over(pair):
    """They wait from the tenth to the twentieth day; the version changes on the fifteenth."""
    assert not [*one_by_one(*pair, 10, 40, at=15)]
