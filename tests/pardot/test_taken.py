"""A limit of points in a silence beside steps that do not take one number from everybody: exact by tags, or refused."""

from __future__ import annotations

import pytest

from scorewright_pardot.lower.taken import follow
from scorewright_pardot.lower.ticks import result, ticks
from tests.pardot.making import HEAD, TOTAL, compile_text, model_of, notes
from tests.pardot.platform import Person, Platform

DECAY = """
[decay.d]
score = "lead"
steps = [{steps}]
limit = {{ points = {limit}, per = "silence" }}
"""
LEVELS = '{ after = "30d", at_least = 50, subtract = 20 }, { after = "60d", subtract = 10 }, { after = "90d", subtract = 10 }'
HALVES = '{ after = "30d", percent = 50 }, { after = "90d", percent = 50 }'
RANGE = "[targets.pardot]\nrange = { lead = 44 }\n"


def meant(decay, start, periods=1):
    """A score after each day of a silence on which something is due."""
    score, taken, found = start, 0, []
    for tick in ticks(decay, periods):
        after = result(decay, tick.steps, score, decay.limit - taken)
        score, taken = after, taken + score - after
        found.append(score)
    return found


@pytest.mark.parametrize(("steps", "limit"), [(LEVELS, 25), (LEVELS, 33), (HALVES, 18)])
def test_every_start_loses_what_the_limit_allows_whoever_came_from_elsewhere_to_the_same_score(steps, limit):
    text = DECAY.format(steps=steps, limit=limit)
    decay = model_of(f"{HEAD}\n{TOTAL}\n{text}").decay["d"]
    bundle = compile_text(TOTAL, text, RANGE)
    for start in (5, 17, 18, 29, 36, 37, 40, 44, *((50, 59, 60, 75) if steps == LEVELS else ())):
        platform, person, found = Platform(bundle, start), Person(score=start, active=0), {}
        for day in range(121):
            platform.days(person, day, day, 2)
            found[day] = person.score
        looked = (59, 89, 120) if steps == LEVELS else (89, 120)
        assert [found[day] for day in looked] == meant(decay, start), start


@pytest.mark.parametrize("loose", [False, True])
def test_states_are_those_of_whom_as_much_has_been_taken_and_none_where_the_limit_never_binds(loose):
    decay = model_of(f"{HEAD}\n{TOTAL}\n{DECAY.format(steps=LEVELS, limit=25)}").decay["d"]
    course = follow(decay, ticks(decay, 1), 100, error=0, loose=loose, sure=True, most=200)
    assert course.off == (0, 0)
    states = {state for stage in course.stages for state in stage.into if state is not None}
    assert {(30, 20), (60, 25)} <= states
    assert all(day < 90 for day, _ in states)  # nothing comes after the last day that would ask
    assert follow(decay, ticks(decay, 1), 100, error=0, loose=loose, sure=True, most=3) is None


@pytest.mark.parametrize(
    ("steps", "limit", "named"),
    [
        (LEVELS, 25, ""),
        ('{ after = "30d", every = "30d", percent = 20 }', 20, "range-too-large"),
        (
            '{ after = "30d", percent = 50 }, { after = "30d", at_least = 3, set = 3 }',
            9,
            "no-criterion-for-it",
        ),
        ('{ after = "30d", subtract = 10 }, { after = "60d", at_least = 20, set = 20 }', 15, ""),
    ],
)
@pytest.mark.parametrize("strategy", ["bands", "program"])
def test_what_no_tags_can_tell_apart_is_refused(steps, limit, named, strategy):
    more = f'{RANGE}decays = {{ d = "{strategy}" }}\n'
    bundle = compile_text(TOTAL, DECAY.format(steps=steps, limit=limit), more)
    found = [name for name, result in notes(bundle, "decay.d") if result == "refused"]
    assert found == ([named] if named else [])


@pytest.mark.parametrize(("strategy", "refused"), [("bands", True), ("program", False)])
def test_points_that_come_without_ending_a_silence_ask_for_a_program(strategy, refused):
    fact = '[fields.size]\ntype = "number"\n[rules.large]\nwhen = { field = "size", above = 9 }\npoints = { lead = 9 }\n'
    text = DECAY.format(steps=LEVELS, limit=25) + fact
    found = notes(compile_text(TOTAL, text, f'{RANGE}decays = {{ d = "{strategy}" }}\n'), "decay.d")
    assert (("no-criterion-for-it", "refused") in found) is refused
