"""The parts of the proof by themselves: when to look, what is equal, what a difference spreads to, reading files back."""

from __future__ import annotations

import pytest

from scorewright.model.history import FieldSet, Happening, Person
from scorewright.plugin.emulation import Gauge, Schedule, UnreadableBundleError
from scorewright.semantics import Machine
from scorewright.semantics.timeline import Change, Timeline
from scorewright.verify.bundle import read_bundle
from scorewright.verify.compare import off_by
from scorewright.verify.lives import Life
from scorewright.verify.meant import meant
from scorewright.verify.quiet import Look, hours_of, lately, looks_of, turns
from scorewright.verify.reach import reach_of
from scorewright.verify.tally import Failure, Tally, add
from scorewright.verify.worlds import worlds
from tests.verify.mirror import HALF, model_of
from tests.verify.test_verify import SPEC

HOUR, DAY = 3_600, 86_400
NEW_YEAR = 1_767_222_000
"""2026 begins in Paris."""
SLOW = Gauge("score", "a", {}, 10, 2)


def life(*told, until=10 * DAY, created=0):
    return Life("a life", Person(created, history=told), until, ())


def change(at):
    return Change(at, "score", "a", 0, 1, "decay.d", ("decay", "d"), "decay")


def test_each_gap_is_looked_at_when_each_gauge_must_be_right_and_just_before_its_end():
    found = looks_of(life(Happening(3 * DAY, "visits")), Timeline(()), (SLOW,))
    assert [look.at for look in found] == [
        2 * HOUR, 10 * HOUR, 3 * DAY - 1, 3 * DAY + 2 * HOUR, 3 * DAY + 10 * HOUR, 10 * DAY,
    ]  # fmt: skip


def test_a_gap_that_is_too_short_is_not_looked_at():
    told = (Happening(HOUR, "visits"), Happening(2 * HOUR, "visits"))
    assert min(look.at for look in looks_of(life(*told), Timeline(()), (SLOW,))) == 4 * HOUR


def test_nobody_looks_in_the_day_before_the_clock_does_something():
    found = looks_of(life(), Timeline((change(5 * DAY),)), (SLOW,))
    assert not [look.at for look in found if 4 * DAY <= look.at < 5 * DAY]
    assert 4 * DAY - 1 in [look.at for look in found]


def test_nobody_looks_in_that_day_either_where_something_happens_at_the_tick_itself():
    told = Happening(5 * DAY, "visits")
    found = looks_of(life(told), Timeline((change(5 * DAY),)), (SLOW,))
    assert not [look.at for look in found if 4 * DAY <= look.at < 5 * DAY]
    assert 5 * DAY - 1 in [look.at for look in looks_of(life(told), Timeline(()), (SLOW,))]


def test_nobody_looks_in_the_day_before_an_event_by_which_a_date_is_seen_to_have_passed():
    told = Happening(5 * DAY, "visits")
    turned = Change(5 * DAY, "score", "a", 5, 0, "rules.soon", ("rules", "soon"), "ends")
    for dated, last in ((("rules.soon",), 4 * DAY - HOUR - 1), ((), 5 * DAY - 1)):
        found = looks_of(life(told), Timeline((turned,)), (SLOW,), dated)
        assert max(look.at for look in found if look.at < 5 * DAY) == last


def test_nobody_looks_at_the_end_where_the_clock_would_do_something_within_a_day():
    found = looks_of(life(until=5 * DAY + 11 * HOUR), Timeline((change(6 * DAY),)), (SLOW,))
    assert max(look.at for look in found) == 5 * DAY - 1
    found = looks_of(life(until=5 * DAY - 2), Timeline((change(6 * DAY),)), (SLOW,))
    assert max(look.at for look in found) == 5 * DAY - 2


def test_a_late_telling_counts_when_it_is_told_and_never_before_the_person():
    late = Happening(DAY, "visits", known=4 * DAY)
    early = Happening(-DAY, "visits")
    assert 4 * DAY - 1 in [look.at for look in looks_of(life(late, early), Timeline(()), (SLOW,))]
    assert min(look.at for look in looks_of(life(early), Timeline(()), (SLOW,))) >= 0


def test_a_gauge_is_right_sooner_where_everything_is_prompt():
    assert hours_of(SLOW, "prompt") <= 3 < hours_of(SLOW, "late")


DATED = """
language = 1
[model]
id = "dated"
title = "Dated"
timezone = "Europe/Paris"
[fields]
due = { type = "date" }
[scores.lead]
kind = "engagement"
[tiers.due]
score = "lead"
field = "due"
cases = [{ within_next = "180d", points = 40 }, { within_last = "1d", points = 41 }]
"""


def looked_at(*told, until):
    created = NEW_YEAR + 4 * DAY + 10 * HOUR
    person = Person(created, history=tuple(FieldSet(NEW_YEAR + at, "due", to) for at, to in told))
    gauge = Gauge("score", "lead", {}, 4)
    found = meant(Machine(model_of(DATED)), Life("dated", person, NEW_YEAR + until, ()), [gauge])
    return [look.at - NEW_YEAR for look in found.looks]


def test_a_date_of_the_other_half_year_may_be_told_an_hour_sooner_and_nobody_looks_then():
    found = looked_at(
        (4 * DAY + 11 * HOUR, "2026-07-07"), until=12 * DAY
    )  # 180 days before: the 8th, seen on the 9th
    assert not [at for at in found if 7 * DAY - HOUR <= at < 8 * DAY]
    assert 7 * DAY - HOUR - 1 in found


def test_nobody_looks_where_a_date_has_turned_what_holds_and_an_event_turns_it_back_before_the_day_ends():
    passed = (
        187 * DAY - HOUR
    )  # the 7th of July begins in summer time: the machine sees what follows on the 8th
    told = ((10 * DAY, "2026-07-07"), (passed + 12 * HOUR, "2026-12-01"))
    found = looked_at(*told, until=200 * DAY)
    assert not [at for at in found if passed < at < passed + 12 * HOUR]
    assert [at for at in found if passed + 12 * HOUR < at]


def test_a_date_that_turns_a_gauge_begins_the_quiet_anew_and_nobody_looks_in_the_day_before():
    gauge, at = Gauge("segment", "s", {}, 10), 5 * DAY
    looks = tuple(Look(day * DAY, day * DAY) for day in (1, 4, 6, 9))
    seen = {day * DAY: {gauge.name: day * DAY >= at} for day in (0, 1, 4, 6, 9)}
    days = {day * DAY: {gauge.name: day >= 5} for day in (5, 6)}
    found = turns(
        looks, [gauge], seen, lambda first, last: days if (first, last) == (4 * DAY, 6 * DAY) else {}
    )
    assert found == {(4 * DAY, gauge.name): -DAY, (6 * DAY, gauge.name): DAY, (9 * DAY, gauge.name): 4 * DAY}


def test_a_date_that_turns_a_gauge_and_turns_it_back_begins_the_quiet_anew():
    gauge, looks = (
        Gauge("segment", "s", {}, 24),
        (Look(5 * DAY + 3_600, 3 * DAY), Look(7 * DAY, 5 * DAY - 3_600)),
    )
    instants = [
        looks[0].at - looks[0].quiet,
        *(day * DAY for day in (3, 4, 5, 6, 8)),
        *(look.at for look in looks),
    ]
    seen = {at: {gauge.name: 4 * DAY <= at < 5 * DAY} for at in instants}
    days = lately(
        looks, [gauge], lambda first, last: [day * DAY for day in range(9) if first <= day * DAY <= last]
    )
    assert days >= {4 * DAY, 5 * DAY}
    found = turns(looks, [gauge], seen, lambda *_: {})
    assert found == {(looks[0].at, gauge.name): 3_600, (looks[1].at, gauge.name): 2 * DAY}


@pytest.mark.parametrize(
    ("wanted", "found", "off"),
    [
        (5, 5, 0), (5, 7, 2), (5, -1, -6), (True, False, -1), (False, True, 1), (None, "", 0), ("", None, 0),
        ("A", "a", 0), ("A", "B", 1), (None, "A", 1), ("A", None, 1),
        ("2026-01-01T10:00:00", "2026-01-01T18:00:00", 0), ("2026-01-01", "2026-01-05", 1), ("1 a", "2 b", 1),
    ],
)  # fmt: skip
def test_how_far_a_gauge_is_off(wanted, found, off):
    assert off_by(Gauge("field", "x", {}, 12), wanted, found) == off


def test_a_difference_spreads_to_what_reads_it_and_not_back():
    reach = reach_of(model_of(SPEC))
    assert reach.of_element("rules.contact", None) == {"score lead"}
    assert reach.of_element("thresholds.back", None) == {"mark asleep", "done thresholds.back.then.1"}
    assert reach.beyond(["score lead"]) >= {"done thresholds.hot.then.0", "mark asleep"}
    assert reach.beyond(["segment big"]) == {"score fit", "done thresholds.hot.then.0"}
    assert reach.beyond(["done thresholds.hot.then.0"]) == frozenset()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "gauges.toml is missing"),
        ({"gauges.toml": b"", "notes.toml": b"notes = []"}, "gauges"),
        ({"tags.toml": b"a = " + 5_000 * b"[" + 5_000 * b"]"}, "tags.toml: .* too deep"),
        ({"tags.toml": b"a = " + 5_000 * b"9"}, "tags.toml: .*digits"),
        ({"tags.toml": b"a = '\xff'"}, "tags.toml: "),
        ({"gauges.toml": b"gauges = [1]", "notes.toml": b"notes = []"}, "gauges"),
        ({"gauges.toml": b"[[gauges]]\nkind = 'score'", "notes.toml": b"notes = []"}, "without 'key'"),
        (
            {
                "gauges.toml": b"[[gauges]]\nkind = 'x'\nkey = 'a'\nat = {}\nsettles_in_hours = 1",
                "notes.toml": b"notes = []",
            },
            "nothing of the kind 'x'",
        ),
        (
            {"gauges.toml": b"gauges = []", "notes.toml": b"[[notes]]\nresult = 'exact'\nbounds = [{}]"},
            "notes",
        ),
        (
            {
                "gauges.toml": b"gauges = []",
                "notes.toml": b"[[notes]]\nfor = 'x'\nnote = 'y'\nbounds = [{ gauge = 'score a', when = 'never' }]",
            },
            "no situation",
        ),
    ],
)
def test_files_that_no_compile_wrote_are_told_in_words(files, said):
    with pytest.raises(UnreadableBundleError, match=said):
        read_bundle(files)


def test_of_each_gauge_the_failure_of_the_earliest_life_is_kept():
    def failure(number, gauge):
        from scorewright.verify.compare import Difference

        return Failure(number, life(), Schedule("late"), Difference(gauge, 0, 1, 2))

    both = add(Tally(failures=(failure(5, "a"), failure(7, "b"))), Tally(failures=(failure(2, "a"),)))
    assert [(item.number, item.difference.gauge) for item in both.failures] == [(2, "a"), (7, "b")]
    assert add(Tally(used={0: (-1, 0)}), Tally(used={0: (0, 3)})).used == {0: (-1, 3)}


def test_a_world_is_one_unsure_fact_turned_out_otherwise():
    taken = {"gives-half": False}
    assert [(world.fact, world.value) for world in worlds((HALF,), taken, {"gives-half"})] == [
        ("gives-half", True)
    ]
    assert [*worlds((HALF,), taken, set())] == []
    assert [world.value for world in worlds((HALF,), {"gives-half": True}, {"gives-half"})] == [False]


def test_a_field_that_is_set_is_something_that_happens():
    assert 2 * DAY - 1 in [
        look.at for look in looks_of(life(FieldSet(2 * DAY, "size", 3)), Timeline(()), (SLOW,))
    ]
