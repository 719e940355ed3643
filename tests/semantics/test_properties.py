"""What is so for every model and every person, and small models beside a second, naive way to reckon."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from scorewright.model.history import Happening, Person
from scorewright.model.read.read import read
from scorewright.semantics import Machine
from scorewright.semantics.agenda import Sort
from scorewright.semantics.ask import clamp
from scorewright.semantics.machine import Play
from scorewright.semantics.parts import parts_of
from scorewright.semantics.reads import TIME
from scorewright.semantics.schedules import hours
from scorewright.semantics.standing import worth
from tests.making.choose import Choose
from tests.making.history import CREATED, make_person
from tests.making.spec import make_spec
from tests.semantics.play import LEAD, spec

SEEDS = range(40)
DAY = 86_400
UNTIL = CREATED + 500 * DAY


@cache
def made(seed):
    spec_ = make_spec(Choose.seeded(seed))
    model = read(spec_.data, spec_.texts).model
    return spec_, model


def people(seed, count=2, **more):
    choose = Choose.seeded(seed * 7 + 1)
    return [make_person(choose, made(seed)[1], **more) for _ in range(count)]


def shuffled(choose, table):
    """The same document with the keys of every table in another order; arrays have an order of their own."""
    if isinstance(table, list):
        return [shuffled(choose, item) for item in table]
    if not isinstance(table, dict):
        return table
    return {key: shuffled(choose, table[key]) for key in choose.some([*table], len(table), len(table))}


def test_the_made_people_reach_what_the_machine_can_do():
    """Else the properties below would say little."""
    reasons = set()
    for seed in SEEDS:
        machine = Machine(made(seed)[1])
        for person in people(seed):
            for change in machine.run(person, UNTIL).changes:
                reasons.add(
                    change.kind if change.kind in {"fired", "done", "list", "campaign"} else change.reason
                )
    assert reasons >= {
        "award", "limit reached", "clamped", "decay", "spent", "re-armed", "holds", "ends", "expired", "faded",
        "reset", "action", "fired", "done", "list", "campaign", "label", "set outside",
    }  # fmt: skip


def test_the_order_of_the_file_never_matters():
    for seed in SEEDS:
        spec_, model = made(seed)
        other = read(shuffled(Choose.seeded(seed), spec_.data), spec_.texts).model
        for person in people(seed):
            assert Machine(model).run(person, UNTIL) == Machine(other).run(person, UNTIL), seed


def test_one_machine_plays_everybody_alike():
    """What it has found out for one person does not change what comes of the next."""
    for seed in SEEDS:
        machine = Machine(made(seed)[1])
        for person in people(seed):
            assert machine.run(person, UNTIL) == Machine(made(seed)[1]).run(person, UNTIL), seed


class EveryDay(Play):
    """Passes no day over."""

    idle = property(lambda _: False, lambda _, value: None)


def test_a_day_that_is_passed_over_would_change_nothing():
    passed = 0
    for seed in SEEDS[::2]:
        parts = parts_of(made(seed)[1])
        for person in people(seed):
            run = Play(parts, person)
            assert EveryDay(parts, person).play(UNTIL, {}) == run.play(UNTIL, {}), seed
            passed += run.idle
    assert passed > 10


def watched(seed, person, check):
    """Play a person and call a check with the run after every moment."""
    run = Play(parts_of(made(seed)[1]), person)
    entry_of = run._entry

    def entry(item):
        entry_of(item)
        check(run, item)

    run._entry = entry
    run.play(UNTIL, {})


def test_clamps_always_hold():
    def check(run, _):
        for key, score in run.model.scores.items():
            value = run.ask.score(key)
            assert value == clamp(score, value)

    for seed in SEEDS:
        for person in people(seed):
            watched(seed, person, check)


def test_a_fit_score_is_the_sum_of_what_holds_reckoned_from_nothing():
    """Wherever no action has changed anything since; then it is seen at the next moment."""
    seen = []

    def check(run, _):
        if run.state.inside and run.state.stirred == {TIME}:
            now = [worth(run.ask, item) for item in run.parts.standing.values()]
            assert now == [run.state.worth[name] for name in run.parts.standing]
            for key, score in run.model.scores.items():
                if score.kind == "fit":
                    feeding = [name for name, reached in run.parts.reached.items() if key in reached]
                    total = sum(points.get(name, 0) for points in now for name in feeding)
                    assert run.ask.score(key) == clamp(score, total)
                    seen.append(total)

    for seed in SEEDS:
        for person in people(seed):
            watched(seed, person, check)
    assert len(set(seen)) > 10


def test_no_threshold_fires_at_a_tick():
    """Nothing that is told falls on a day's start, so whoever is handed over there was handed over by a tick."""
    fired = 0
    for seed in SEEDS:
        model = made(seed)[1]
        parts = parts_of(model)
        ticks = (
            set(parts.clock.days(CREATED, UNTIL))
            - {parts.starts}
            - {at for at, _ in hours(parts, CREATED, UNTIL)}
        )
        for person in people(seed):
            times = [item.at for item in Machine(model).run(person, UNTIL).changes if item.kind == "fired"]
            assert not ticks.intersection(times), seed
            fired += len(times)
    assert fired > 50


def test_outside_the_population_scores_and_marks_stand_still():
    outside = []

    for seed in SEEDS:
        for person in people(seed):
            before = {}

            def check(run, item, before=before):
                now = ({**run.state.scores}, set(run.state.marks), {**run.state.held})
                if before.get("outside") and not run.state.inside:
                    assert now == before["now"]
                    outside.append(item.sort)
                before.update(now=now, outside=not run.state.inside)

            watched(seed, person, check)
    assert {Sort.TICK, Sort.EVENT} <= set(outside)


# --- decay ----------------------------------------------------------------------------------------------------------


def test_a_step_acts_at_most_once_a_silence_unless_every():
    acted = 0
    for seed in SEEDS:
        model = made(seed)[1]
        once = {step.path for item in model.decay.values() for step in item.steps if step.every is None}
        activity = {item.path: item.activity for item in model.decay.values() if item.product is None}
        activity = {path: verbs for path, verbs in activity.items() if verbs != ("awards",)}
        for person in people(seed, late=False):
            changes = Machine(model).run(person, UNTIL).changes
            ends = {path: _activity(verbs, person, changes) for path, verbs in activity.items()}
            done = [item for item in changes if item.reason == "decay" and item.path in once]
            done = [item for item in done if item.path[:2] in ends]
            silences = [(item.path, max(at for at in ends[item.path[:2]] if at <= item.at)) for item in done]
            assert len(silences) == len(set(silences)), seed
            acted += len(done)
    assert acted > 5


def _activity(verbs, person, changes):
    happened = [item.at for item in person.history if isinstance(item, Happening) and item.verb in verbs]
    changed = [item.at for item in changes if item.reason == "set outside" and "changes" in verbs]
    return [CREATED, *happened, *changed]


QUIET = settings(max_examples=150, deadline=None, derandomize=True)
STEPS = st.lists(
    st.tuples(st.integers(1, 40), st.integers(1, 9), st.none() | st.integers(1, 20)), min_size=1, max_size=3
)


@QUIET
@given(
    STEPS, st.lists(st.integers(0, 120), max_size=5, unique=True), st.sampled_from(["UTC", "Europe/Paris"])
)
def test_steps_take_what_a_count_of_days_says(steps, active, zone):
    """Everybody is active at noon, so a silence of N days is noticed on the midnight after."""
    written = ", ".join(
        f"{{ after = '{after}d', subtract = {take}{'' if every is None else f', every = {chr(39)}{every}d{chr(39)}'} }}"
        for after, take, every in steps
    )
    body = (
        LEAD
        + f'start = 100000\n[decay.d]\nscore = "lead"\ncounts_as_activity = ["visits"]\nsteps = [{written}]\n'
    )
    machine = Machine(spec(body, zone))
    clock = machine.parts.clock
    first = clock.wall(clock.read("2026-01-01T12:00:00"))
    noons = [clock.instant(first + timedelta(days=day)) for day in range(150)]
    looks, found = {}, {}
    for day in range(149):
        looks[noons[day] + 1] = [lambda ask, _, day=day: found.__setitem__(day, ask.score("lead"))]
    person = Person(noons[0], history=tuple(Happening(noons[day], "visits", "any-page") for day in active))
    machine.run(person, noons[148] + 1, looks)
    score, last = 100_000, None
    for day in range(149):
        for after, take, every in steps if last is not None else ():
            silence = day - 1 - last  # at the midnight before this noon, in whole days
            if silence == after or (every is not None and silence > after and (silence - after) % every == 0):
                score -= take
        last = day if day in active else last
        assert found[day] == score


# --- limits ---------------------------------------------------------------------------------------------------------

GAPS = st.sampled_from([0, 1, 1_799, 1_800, 3_600, 86_399, 86_400, 7 * 86_400 - 1, 7 * 86_400, 20 * 86_400])
WINDOWS = {"'1d'": 86_400, "'7d'": 7 * 86_400, "'24h'": 86_400, None: None}


@QUIET
@given(st.sampled_from([*WINDOWS]), st.integers(1, 3), st.lists(GAPS, min_size=1, max_size=25))
def test_a_limit_of_times_is_never_exceeded_in_any_window_and_gives_whenever_it_can(window, count, gaps):
    awards, times = _awards(f"times = {count}", window, gaps)
    length = WINDOWS[window]
    given_at = []
    for at in times:
        if sum(1 for earlier in given_at if length is None or at - earlier < length) < count:
            given_at.append(at)
    assert [at for at, _ in awards] == given_at


@QUIET
@given(st.sampled_from([*WINDOWS]), st.integers(1, 17), st.lists(GAPS, min_size=1, max_size=25))
def test_a_limit_of_points_is_never_exceeded_in_any_window_and_fills_it(window, count, gaps):
    awards, times = _awards(f"points = {count}", window, gaps)
    length = WINDOWS[window]
    expected = []
    for at in times:
        used = sum(points for earlier, points in expected if length is None or at - earlier < length)
        if used < count:
            expected.append((at, min(5, count - used)))
    assert awards == expected
    for at, _ in awards:
        assert sum(p for other, p in awards if length is None or 0 <= at - other < length) <= count


def _awards(limit, window, gaps):
    per = "" if window is None else f", per = {window}"
    body = (
        LEAD
        + f'[rules.page]\non = {{ visits = "any-page" }}\npoints = {{ lead = 5 }}\nlimit = {{ {limit}{per} }}\n'
    )
    times = [CREATED + sum(gaps[: place + 1]) for place in range(len(gaps))]
    history = tuple(Happening(at, "visits", "any-page") for at in times)
    changes = Machine(spec(body)).run(Person(CREATED, history=history), times[-1]).changes
    return [(item.at, item.after - item.before) for item in changes if item.reason == "award"], times


@QUIET
@given(st.lists(st.tuples(GAPS, st.sampled_from("abc")), min_size=1, max_size=25), st.integers(1, 20))
def test_a_groups_limit_is_never_exceeded_in_any_window(told, count):
    rules = "".join(
        f'[rules.{name}]\non = {{ visits = "{name}-page" }}\npoints = {{ lead = {points} }}\ngroup = "web"\n'
        for name, points in (("a", 3), ("b", -4), ("c", 7))
    )
    assets = "[assets]\n" + "".join(f'{name}-page = {{ pages = "/{name}" }}\n' for name in "abc")
    group = f'[groups.web]\nscore = "lead"\nlimit = {{ points = {count}, per = "7d" }}\n'
    at, history = CREATED, []
    for gap, name in told:
        at += gap
        history.append(Happening(at, "visits", f"{name}-page"))
    changes = (
        Machine(spec(LEAD + assets + rules + group)).run(Person(CREATED, history=tuple(history)), at).changes
    )
    awards = [(item.at, abs(item.after - item.before)) for item in changes if item.reason == "award"]
    assert awards
    for end, _ in awards:
        assert sum(size for when, size in awards if 0 <= end - when < 7 * DAY) <= count
