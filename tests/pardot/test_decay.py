from __future__ import annotations

from itertools import pairwise

import pytest

from scorewright_pardot.lower.compounding import stretch
from scorewright_pardot.lower.ticks import bands, result, ticks, together
from tests.pardot.making import CATEGORY, HEAD, TOTAL, compile_text, leaves, model_of, note, notes, rules
from tests.pardot.platform import Person, Platform

STEPPED = """
[decay.silence]
score = "lead"
steps = [
  { after = "30d", subtract = 10 },
  { after = "60d", subtract = 10 },
  { after = "90d", subtract = 20 },
  { after = "180d", set = 0 },
]
"""

QUIET = """
[marks]
quiet = { names = { pardot = "#quiet" } }
[decay.quiet]
score = "lead"
steps = [{ after = "30d", at_least = 3, set = 3 }]
then = [{ mark = "quiet" }]
[thresholds.back]
when.all = [
  { mark = "quiet" },
  { score = "lead", above = 8 },
]
then = [{ unmark = "quiet" }, { notify = "owner" }]
"""


def silent(bundle, score, days, seed=0, sweeps=1):
    """The score at the end of each day of a silence that begins on day 0."""
    platform, person, found = Platform(bundle, seed), Person(score=score, active=0), {}
    for day in range(days + 1):
        platform.days(person, day, day, sweeps)
        found[day] = person.score
    return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("sweeps", [1, 4])
def test_the_golden_case_comes_out_in_any_order(seed, sweeps):
    found = silent(compile_text(TOTAL, STEPPED), 95, 200, seed, sweeps)
    assert [found[day] for day in (29, 59, 89, 179, 180, 200)] == [95, 85, 75, 55, 0, 0]


@pytest.mark.parametrize(
    ("start", "ends"), [(95, [85, 75, 55, 50]), (65, [55, 50, 50, 50]), (30, [30, 30, 30, 30])]
)
def test_stop_at_holds_everybody_above_and_leaves_who_is_below(start, ends):
    spec = STEPPED.rstrip() + "\nstop_at = 50\n"
    for seed in range(6):
        found = silent(compile_text(TOTAL, spec), start, 230, seed, 3)
        assert [found[day] for day in (59, 89, 179, 230)] == ends


@pytest.mark.parametrize("start", [45, 50, 51, 54, 55, 56, 57, 64, 65, 74, 95, 120, 155, 200])
def test_percent_steps_equal_the_reference_within_the_range(start):
    spec = 'stop_at = 50\nscore = "lead"\nsteps = [{ after = "90d", every = "90d", percent = 10 }]\n'
    text = f"[decay.p]\n{spec}\n[targets.pardot]\nrange = {{ lead = 200 }}"
    decay = model_of(f"{HEAD}\n{TOTAL}\n{text}").decay["p"]
    expected, now = [], start
    for tick in ticks(decay, 4):
        now = result(decay, tick.steps, now)
        expected.append(now)
    bundle = compile_text(TOTAL, text)
    for seed in range(2):
        found = silent(bundle, start, 449, seed)
        assert [found[day] for day in (179, 269, 359, 449)] == expected


def test_levels_of_one_day_do_not_cascade():
    steps = '{ after = "7d", at_least = 30, subtract = 4 },\n{ after = "7d", below = 30, subtract = 1 },\n'
    bundle = compile_text(
        TOTAL, f'[decay.two]\nscore = "lead"\nsteps = [\n{steps}{{ after = "60d", subtract = 1 }},\n]'
    )
    for seed in range(6):
        assert silent(bundle, 33, 59, seed, 3)[59] == 29
        assert silent(bundle, 20, 59, seed, 3)[59] == 19


def test_an_endless_step_takes_once_an_interval_and_no_more():
    spec = '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", every = "30d", subtract = 10 }]'
    bundle = compile_text(TOTAL, spec)
    assert notes(bundle, "decay.d") == [("decay-drifts", "bounded")]
    for seed in range(4):
        found = silent(bundle, 95, 360, seed, 2)
        for day in range(360):
            exact = max(0, 95 - 10 * (day // 30))
            assert exact <= found[day] <= exact + 10, (day, found[day], exact)
        assert [found[day] for day in range(55, 360, 30)] == [max(0, 85 - 10 * turn) for turn in range(11)]


def test_a_ceiling_that_the_repetitions_cover_makes_the_endless_step_exact():
    total = TOTAL + "ceiling = 40\n"
    spec = '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", every = "30d", subtract = 10 }]'
    bundle = compile_text(total, spec)
    assert ("automation-rules", "exact") in notes(bundle, "decay.d")
    for seed in range(4):
        found = silent(bundle, 35, 160, seed, 2)
        assert [found[day] for day in (59, 89, 119, 149)] == [25, 15, 5, 0]


def test_a_limit_takes_at_most_so_many_points_in_a_silence():
    steps = (
        'steps = [{ after = "30d", every = "30d", subtract = 10 }]\nlimit = { points = 25, per = "silence" }'
    )
    bundle = compile_text(TOTAL, f'[decay.d]\nscore = "lead"\n{steps}')
    found = silent(bundle, 95, 400)
    assert [found[day] for day in (59, 89, 119, 400)] == [85, 75, 70, 70]


def test_set_without_a_level_lifts_too():
    bundle = compile_text(TOTAL, '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", set = 3 }]')
    assert [silent(bundle, score, 31)[31] for score in (40, 3, 1, -5)] == [3, 3, 3, 3]


def test_gone_quiet_marks_who_stands_at_the_value_and_nobody_below():
    bundle = compile_text(TOTAL, QUIET)
    for score, tags in ((40, {"#quiet"}), (3, {"#quiet"}), (2, set())):
        person = Person(score=score, active=0)
        Platform(bundle).days(person, 0, 40)
        assert (person.score, person.tags) == (min(score, 3), tags)
    never = Person(score=50)
    Platform(bundle).days(never, 0, 400)
    assert (never.score, never.tags) == (50, set())


@pytest.mark.parametrize("seed", range(20))
def test_nobody_who_is_silent_is_called_back_by_the_decay_itself(seed):
    bundle = compile_text(TOTAL, QUIET)
    platform, person = Platform(bundle, seed), Person(score=40, active=0)
    platform.days(person, 0, 90, sweeps=3)
    assert person.done == []
    person.score, person.active = 9, 91
    platform.days(person, 91, 93, sweeps=3)
    assert len(person.done) == 1
    assert person.tags == set()


def test_a_silence_after_a_return_decays_again():
    bundle = compile_text(TOTAL, STEPPED)
    platform, person = Platform(bundle), Person(score=95, active=0)
    platform.days(person, 0, 40)
    person.active = 41
    platform.days(person, 41, 41 + 59)
    assert person.score == 75


def test_rules_that_subtract_never_repeat_within_their_window():
    for table in rules(compile_text(TOTAL, STEPPED)).values():
        if any(action.get("of") == "By" for action in table["actions"]):
            days = [int(item["value"]) for item in leaves(table) if item["criterion"] == "Prospect time"]
            assert all(end - 1 - first <= table["days_before_repeat"] for first, end in pairwise(days))


def test_a_category_that_is_set_settles_by_planned_bands():
    spec = """
[assets]
demo = { form = "Demo" }
[scores.interest]
kind = "engagement"
[rules.demo]
on = { submits = "demo" }
points = { interest = 10 }
[decay.d]
score = "interest"
steps = [{ after = "30d", at_least = 1, set = 0 }]
[targets.pardot]
range = { interest = 200 }
"""
    bundle = compile_text(spec)
    bound = note(bundle, "decay.d", "category-settles-slowly")
    assert "7 days" in bound.bound
    for start in range(0, 201, 10):
        person = Person(categories={"interest": start}, active=0)
        Platform(bundle, start).days(person, 0, 29)
        assert person.categories["interest"] == start
        Platform(bundle, start).days(person, 30, 36)
        assert person.categories["interest"] == 0
    few = len(rules(bundle))
    assert few <= 4, "all awards are multiples of 10, so 200 is a distance of 20"


@pytest.mark.parametrize(
    ("condition", "then", "least"),
    [
        ('{ score = "interest", at_least = 30 }', "[]", 30),
        ('{ band = "letter", is = "A" }', "[]", 40),
        ('{ not = { mark = "quiet" } }', '[{ mark = "quiet" }]', 1),
    ],
)
def test_what_a_decay_moves_itself_is_asked_once_so_that_nobody_stops_half_way(condition, then, least):
    letter = '[marks]\nquiet = {}\n[bands.letter]\nscore = "interest"\n'
    letter += 'cases = [{ label = "A", at_least = 40 }, { label = "B" }]\n'
    ends = f"when = {condition}\nthen = {then}\n[targets.pardot]\nrange = {{ interest = 100 }}\n"
    bundle = compile_text(letter + CATEGORY + ends)
    for start in range(101):
        person = Person(categories={"Interest": start}, active=0)
        Platform(bundle, start).days(person, 0, 90)
        assert person.categories["Interest"] == (0 if start >= least else start), start


def test_a_set_lifts_a_category_from_below():
    spec = '[scores.i]\nkind = "engagement"\n[decay.d]\nscore = "i"\nsteps = [{ after = "30d", set = 3 }]'
    bundle = compile_text(spec)
    assert notes(bundle, "decay.d") == [("category-settles-slowly", "bounded")]
    assert any(name.endswith("up to 2 plus 1") or " plus " in name for name in rules(bundle))


def test_a_decay_ends_at_the_floor_so_that_no_rule_lifts_whom_another_brings_down():
    total = f"{TOTAL}floor = 10\n"
    bundle = compile_text(total, LEVELS.format(steps='{ after = "30d", at_least = 1, set = 0 }'))
    assert [name for name in rules(bundle) if "set to 0" in name] == []
    assert any("set to 10" in name for name in rules(bundle))


def test_steps_that_lie_too_close_for_the_sweeps_are_refused_by_the_fact():
    spec = '[decay.d]\nscore = "lead"\nsteps = [{ after = "10d", subtract = 5 }, { after = "14d", subtract = 5 }]'
    assert notes(compile_text(TOTAL, spec), "decay.d") == [("automation-rules", "exact")]
    assert notes(compile_text(TOTAL, spec, clock_sweep_days=3), "decay.d") == [
        ("silence-too-short", "refused")
    ]


def test_an_inclusive_greater_than_moves_every_day():
    def first(**facts):
        table = next(iter(rules(compile_text(TOTAL, QUIET, **facts)).values()))
        return next(
            item["value"] for item in leaves(table) if item["operator"].startswith("is greater than (days")
        )

    assert (first(), first(days_greater_than_is_strict=False)) == ("29", "30")


def test_opens_that_end_a_silence_are_bounded_by_what_the_platform_counts():
    head = HEAD.replace('"visits"', '"visits", "opens"')
    found = note(compile_text(TOTAL, STEPPED, head=head), "decay.silence", "activity-is-the-platforms")
    assert found.bound == "somebody who only opens decays all the same"
    counted = "visits submits fails clicks downloads starts_visit searches opens"
    exact = compile_text(TOTAL, STEPPED, head=head, activity_kinds=counted)
    assert notes(exact, "decay.silence") == [("automation-rules", "exact")]


def test_two_decays_of_one_score_on_one_day_are_refused():
    second = '[decay.b]\nscore = "lead"\nsteps = [{ after = "30d", subtract = 1 }]'
    bundle = compile_text(TOTAL, STEPPED, second)
    assert notes(bundle, "decay.b") == notes(bundle, "decay.silence") == [("decays-overlap", "refused")]


TWO = """
[fields]
kind = {{ type = "choice", values = ["Customer", "Prospect"] }}
kinds = {{ type = "choices", values = ["Customer", "Prospect"] }}
size = {{ type = "number" }}
[segments.ours]
when = {{ field = "kind", is = "Customer" }}
[decay.a]
score = "lead"
when = {}
steps = [{{ after = "30d", subtract = 3 }}]
[decay.b]
score = "lead"
when = {}
steps = [{{ after = "30d", subtract = 10 }}]
"""


@pytest.mark.parametrize(
    ("one", "other", "built"),
    [
        ('{ field = "kind", is = "Customer" }', '{ not = { field = "kind", is = "Customer" } }', True),
        ('{ field = "kind", is = "Customer" }', '{ field = "kind", is = "Prospect" }', True),
        ('{ segment = "ours" }', '{ not = { segment = "ours" } }', True),
        ('{ field = "size", above = 9 }', '{ field = "size", at_most = 9 }', True),
        ('{ field = "size", above = 9 }', '{ field = "size", known = false }', True),
        ('{ field = "size", above = 9 }', '{ field = "size", at_most = 10 }', False),
        ('{ field = "kinds", is = "Customer" }', '{ field = "kinds", is = "Prospect" }', False),
        ('{ field = "kind", is = "Customer" }', '{ field = "size", above = 9 }', False),
    ],
)
def test_two_decays_on_one_day_are_built_for_people_whom_their_conditions_keep_apart(one, other, built):
    bundle = compile_text(TOTAL, TWO.format(one, other))
    found = {name for decay in ("a", "b") for name, _ in notes(bundle, f"decay.{decay}")}
    assert found == ({"once-looked-at-later"} if built else {"decays-overlap"})


def test_of_two_decays_on_one_day_each_takes_from_its_own_people():
    when = ('{ field = "kind", is = "Customer" }', '{ not = { field = "kind", is = "Customer" } }')
    platform = Platform(compile_text(TOTAL, TWO.format(*when)))
    for fields, left in (({"kind": "Customer"}, 47), ({"kind": "Prospect"}, 40)):
        person = Person(score=50, active=0, fields=fields)
        platform.days(person, 0, 50)
        assert person.score == left


def test_actions_without_a_mark_are_done_once_in_a_silence():
    spec = '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", set = 0 }]\nthen = [{ notify = "owner" }]'
    platform, person = Platform(compile_text(TOTAL, spec)), Person(score=40, active=0)
    platform.days(person, 0, 50)
    assert len(person.done) == 1
    person.score, person.active = 20, 51
    platform.days(person, 51, 100)
    assert (len(person.done), person.score) == (2, 0)


@pytest.mark.parametrize("start", [95, 90, 7, 1])
def test_an_endless_step_is_exact_where_a_rule_acts_in_one_piece(start):
    spec = '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", every = "30d", subtract = 10 }]'
    bundle = compile_text(TOTAL, spec, rule_acts_in_one_piece=True)
    assert notes(bundle, "decay.d") == [("decay-drifts", "bounded")]
    for seed in range(4):
        found = silent(bundle, start, 330, seed, 3)
        assert all(found[day] == max(0, start - 10 * (day // 30)) for day in range(330))
    assert silent(bundle, -5, 60)[60] == -5


def lives(bundle, score, active, days, seed=0):
    """The score at the end of somebody who is active on these days."""
    platform, person = Platform(bundle, seed), Person(score=score, active=0)
    for day in range(days + 1):
        if day in active:
            person.active = day
        platform.days(person, day, day, sweeps=2)
    return person


def test_a_step_that_comes_again_later_than_a_new_silence_is_taken_in_every_silence():
    text = '[decay.d]\nscore = "lead"\nsteps = [{ after = "7d", every = "30d", subtract = 5 }]\nstop_at = 0'
    for seed in range(4):
        bundle = compile_text(TOTAL, text)
        assert lives(bundle, 95, range(0, 100, 10), 99, seed).score == 95 - 10 * 5
        assert lives(bundle, 95, (), 66, seed).score == 85
    once = '[decay.d]\nscore = "lead"\nsteps = [{ after = "7d", subtract = 5 }]'
    assert lives(compile_text(TOTAL, once), 95, range(0, 100, 10), 99).score == 95 - 10 * 5


def test_bands_follow_one_another_within_two_sweeps_and_many_bands_are_bounded():
    bundle = compile_text(TOTAL, STEPPED)
    assert silent(bundle, 95, 33)[33] == 85
    assert "up to 3 days late" in note(bundle, "decay.silence", "automation-rules").message
    text = '[decay.p]\nscore = "lead"\nsteps = [{ after = "90d", percent = 10 }]\n[targets.pardot]\nrange = { lead = 100 }'
    late = note(compile_text(TOTAL, text), "decay.p", "decay-late")
    assert late.bound.startswith("the step of day 90 comes up to 19 days late")
    assert "keeps up to 10 points" in late.bound


def test_what_a_silence_before_the_start_keeps_is_said_in_the_note_and_before_resuming():
    bundle = compile_text(TOTAL, STEPPED)
    assert "up to 20 more are kept" in note(bundle, "decay.silence", "automation-rules").message
    resume = next(section for section in bundle.sheet.sections if section.title == "Resume")
    told = [step.note for task in resume.tasks for step in task.steps if "minus 20" in task.title]
    assert any("silent longer than this window gets nothing" in text for text in told)
    assert "kept" not in note(compile_text(TOTAL, QUIET), "decay.quiet", "automation-rules").message


@pytest.mark.parametrize("steps", ['{ after = "30d", subtract = 10 }', '{ after = "30d", percent = 50 }'])
def test_the_mark_of_a_decay_is_put_on_people_whom_it_does_not_move_too(steps):
    text = f'[marks]\nquiet = {{}}\n[decay.d]\nscore = "lead"\nsteps = [{steps}]\nstop_at = 20\nthen = [{{ mark = "quiet" }}]'
    bundle = compile_text(TOTAL, text)
    for score in (-5, 15, 20, 21, 60):
        person = lives(bundle, score, (), 60)
        assert person.tags == {"quiet"}, score
        assert person.score == score or score > 20
        assert lives(bundle, score, range(0, 61, 20), 60).tags == set()


def test_other_actions_of_a_decay_pass_over_the_low_and_say_so():
    text = (
        '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", subtract = 10 }]\nthen = [{ notify = "owner" }]'
    )
    assert ("decay-passes-over-the-low", "bounded") in notes(compile_text(TOTAL, text), "decay.d")


@pytest.mark.parametrize(
    "then", ['{ mark = "quiet" }', '{ notify = "owner" }', '{ mark = "quiet" }, { notify = "owner" }']
)
@pytest.mark.parametrize("step", ["subtract = 10", "percent = 50"])
def test_what_a_decay_does_beside_it_takes_no_more_points(step, then):
    """The band that ends at nothing is for few points only, whoever bears the mark or not."""
    text = f'[marks]\nquiet = {{}}\n[decay.d]\nscore = "lead"\nsteps = [{{ after = "30d", {step} }}]\nthen = [{then}]'
    bundle = compile_text(TOTAL, text)
    for score in (1, 8, 10, 11, 50):
        left = max(0, score - 10) if "subtract" in step else score - (score + 1) // 2
        assert lives(bundle, score, (), 60).score == left, score


def test_what_several_steps_of_a_day_do_is_done_once():
    for steps, times in (
        ('{ after = "30d", at_least = 5, set = 5 }', 0),
        ('{ after = "30d", subtract = 9 }, { after = "60d", subtract = 5 }', -1),
        ('{ after = "30d", percent = 90 }, { after = "30d", subtract = 5 }', -1),
    ):
        text = f'[decay.d]\nscore = "lead"\nsteps = [{steps}]\nthen = [{{ notify = "owner" }}]'
        found = [item for item in compile_text(TOTAL, text).notes if item.element == "decay.d"]
        bounds = {bound.when: bound.least for item in found for bound in item.bounds if "done" in bound.gauge}
        assert bounds.get("acts-in-vain", 0) == times
        assert "any" not in bounds


PARTS = """
[assets]
mba = { form = "MBA" }
[scores.interest]
kind = "engagement"
feeds = "lead"
[rules.mba]
on = { submits = "mba" }
points = { interest = 50 }
[decay.total]
score = "lead"
steps = [{ after = "30d", at_least = 3, set = 3 }]
[decay.interest]
score = "interest"
steps = [{ after = "30d", at_least = 0, set = 0 }]
"""


def test_the_total_is_set_when_its_categories_have_settled():
    bundle = compile_text(TOTAL, PARTS)
    asked = {
        "criterion": "Prospect scoring category",
        "of": "interest",
        "operator": "is less than",
        "value": "50",
    }
    total = next(table for name, table in rules(bundle).items() if "decay total" in name)
    assert asked in list(leaves(total)), "all points come in fifties: less than that is as good as none"
    for seed in range(4):
        platform, person = Platform(bundle, seed), Person(score=60, categories={"interest": 50}, active=0)
        platform.days(person, 0, 60)
        assert (person.score, person.categories["interest"]) == (3, 0)
    apart = compile_text(TOTAL, PARTS, category_adjust_moves_overall=False)
    total = next(table for name, table in rules(apart).items() if "decay total" in name)
    assert asked not in list(leaves(total))


def test_what_a_category_above_the_planned_range_needs_is_said():
    bound = note(compile_text(TOTAL, PARTS), "decay.interest", "category-settles-slowly").bound
    assert "that is for scores up to 100, and above it takes a day more for each" in bound


def test_a_schedule_is_bounded_by_the_longest_wait_between_its_hours():
    text = '[schedules.s]\nat = ["08:00"]\n{days}[decay.d]\nscore = "lead"\nsteps = [{{ after = "30d", set = 0 }}]\nschedule = "s"'
    for days, most in (('days = ["mon"]\n', 7), ('days = ["mon", "thu"]\n', 4), ("", 1)):
        bound = note(compile_text(TOTAL, text.format(days=days)), "decay.d", "no-schedule").bound
        assert f"up to {most} days before" in bound


def test_percent_bounds_name_what_is_built():
    text = (
        '[decay.p]\nscore = "lead"\nsteps = [{ after = "90d", every = "90d", percent = 10 }]\n'
        "[targets.pardot]\nrange = { lead = 200 }\npercent_error = 2\nperiods = 4\n"
    )
    bundle = compile_text(TOTAL, text)
    rest = int(note(bundle, "decay.p", "decay-stops-after-periods").bound.rpartition(" ")[2])
    for seed in range(2):
        assert silent(bundle, 200, 449, seed)[449] == rest
    take = note(bundle, "decay.p", "percent-in-steps").bound.removeprefix("every score above 200 loses ")
    found = silent(bundle, 500, 179)
    assert take.startswith(f"{500 - found[179]} at a step")


def test_a_repeating_step_rests_on_how_repeats_are_counted_and_tells_what_the_start_keeps():
    text = '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", every = "30d", subtract = 1 }]'
    found = note(compile_text(TOTAL, text), "decay.d", "decay-drifts")
    assert {"clock-sweep-days", "repeat-counts-elapsed-days"} <= set(found.facts)
    assert "not those that were due before" in found.message


def test_what_less_than_means_flips_the_number():
    def numbers(**facts):
        wake = rules(compile_text(TOTAL, QUIET, **facts))["SW thresholds back: hand over"]
        return [item["value"] for item in leaves(wake) if item.get("of") == "last activity"]

    assert numbers() == ["30"]
    assert numbers(days_less_than_is_strict=False) == ["29"]


def holds(band, score):
    return (band.low is None or band.low <= score) and (band.high is None or score <= band.high)


LEVELS = """
[decay.d]
score = "lead"
steps = [{steps}]
"""


def test_the_highest_band_ends_where_its_level_ends():
    text = LEVELS.format(steps='{ after = "30d", every = "30d", below = 500, subtract = 10 }')
    bundle = compile_text(TOTAL, text)
    assert silent(bundle, 499, 35)[35] == 489
    assert silent(bundle, 500, 400)[400] == 500


@pytest.mark.parametrize(
    "steps",
    [
        '{ after = "30d", below = 500, subtract = 10 }',
        '{ after = "30d", below = 300, subtract = 10 }, { after = "30d", at_least = 300, subtract = 25 }',
        '{ after = "30d", at_least = 120, subtract = 90 }, { after = "30d", subtract = 7 }',
        '{ after = "30d", at_least = 60, at_most = 510, set = 60 }',
        '{ after = "30d", subtract = 20 }, { after = "30d", at_least = 5, set = 3 }',
        '{ after = "30d", at_least = 70, set = 40 }, { after = "30d", subtract = 15 }',
        '{ after = "30d", set = 10 }, { after = "30d", subtract = 1 }',
        '{ after = "30d", set = 10 }, { after = "30d", at_least = -3, subtract = 4 }',
        '{ after = "30d", subtract = 9 }, { after = "30d", subtract = 9 }',
    ],
)
@pytest.mark.parametrize("stop", ["", "stop_at = 8", "stop_at = 50"])
@pytest.mark.parametrize("room", [None, 12])
def test_bands_say_what_the_steps_do_to_each_score_also_above_the_planned_range(steps, stop, room):
    decay = model_of("\n".join((HEAD, TOTAL, LEVELS.format(steps=steps), stop))).decay["d"]
    tick = ticks(decay, 1)[0]
    found = bands(decay, tick.steps, 200, room=room)
    assert not [
        band for band in found if band.to is not None and band.low != band.high and holds(band, band.to)
    ], "a category comes down to a value, or up to it"
    for score in range(-5, 700):
        fits = [band for band in found if holds(band, score)]
        assert len(fits) <= 1
        after = score if not fits else score - fits[0].take if fits[0].to is None else fits[0].to
        assert after == result(decay, tick.steps, score, room), score


def test_more_points_than_the_planned_range_are_subtracted_from_everybody_above_it():
    bundle = compile_text(TOTAL, LEVELS.format(steps='{ after = "30d", subtract = 80 }'))
    assert silent(bundle, 150, 60)[60] == 70


def test_a_percent_of_a_large_range_is_refused_and_a_number_is_not():
    ceiling = "ceiling = 1000000\n"
    halves = LEVELS.format(steps='{ after = "30d", percent = 50 }')
    refused = note(compile_text(TOTAL, ceiling, halves), "decay.d", "range-too-large")
    assert "100,000" in refused.message
    smaller = compile_text(TOTAL, "ceiling = 20000\n", halves)
    assert "200 bands" in note(smaller, "decay.d", "range-too-large").message
    fixed = compile_text(TOTAL, ceiling, LEVELS.format(steps='{ after = "30d", subtract = 10 }'))
    assert all(result != "refused" for _, result in notes(fixed, "decay.d"))


@pytest.mark.parametrize(("percent", "windows"), [(10, 6), (25, 11), (50, 7)])
def test_bands_of_a_percent_share_a_window_where_none_leads_into_another(percent, windows):
    """Half of anything from 32 to 63 is below 32: sixteen bands, one window."""
    model = model_of(
        HEAD + TOTAL + f'[decay.d]\nscore = "lead"\nsteps = [{{ after = "45d", percent = {percent} }}]\n'
    )
    found = bands(model.decay["d"], ticks(model.decay["d"], 1)[0].steps, 60)
    groups = together(found)
    assert tuple(band for group in groups for band in group) == found
    assert len(groups) == windows
    for group in groups:
        if len(group) > 1:
            assert max(band.high - band.take for band in group) < min(band.low for band in group)
    for group, following in pairwise(groups):
        assert together((*group, following[0])) != ((*group, following[0]),), "one more leads into another"


# --- a step that is due is spent ------------------------------------------------------------------------------------

WON = '[assets.buy]\nform = "Buy"\n[rules.buy]\non = { submits = "buy" }\npoints.lead = 4\n[rules.won]\non = { opportunity = "won" }\npoints.lead = 9\n'
"""An opportunity gives points and ends no silence."""


def earned_late(steps, start=4, on=33, days=59):
    """The score of somebody who has little when the step comes, and whom others win more for in the same silence."""
    spec = f'[decay.silence]\nscore = "lead"\nsteps = [{steps}]\n'
    found = []
    for seed in range(4):
        platform, person = Platform(compile_text(TOTAL, WON, spec), seed), Person(score=start, active=0)
        platform.days(person, 0, on - 1, 2)
        person.score += 9
        platform.days(person, on, days, 2)
        found.append(person.score)
    return found


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ('{ after = "30d", set = 5, at_least = 5 }', 13),
        ('{ after = "30d", at_least = 6, subtract = 3 }', 13),
        ('{ after = "30d", at_least = 6, subtract = 3 }, { after = "50d", subtract = 2 }', 11),
        ('{ after = "30d", every = "30d", at_least = 6, subtract = 3 }', 13),
    ],
)
def test_who_has_nothing_to_lose_at_a_step_keeps_what_is_won_later_in_the_silence(steps, shown):
    assert earned_late(steps) == [shown] * 4


def test_a_step_that_repeats_takes_of_what_was_won_meanwhile_when_it_is_due_again():
    assert earned_late('{ after = "30d", every = "30d", at_least = 6, subtract = 3 }', days=62) == [10] * 4


def test_a_step_needs_no_tag_where_only_activity_earns():
    steps = '[decay.silence]\nscore = "lead"\nsteps = [{ after = "30d", set = 5, at_least = 5 }]\n'
    assert not [name for name in rules(compile_text(TOTAL, steps)) if "nothing to take" in name]
    assert [name for name in rules(compile_text(TOTAL, WON, steps)) if "nothing to take" in name]


def test_bands_that_set_on_one_day_have_windows_of_their_own_where_one_leads_into_another():
    """The tag that tells that a step has been may come after the other rule has looked: 7 to 2 to 0 in one morning."""
    steps = """
[decay.silence]
score = "lead"
steps = [
  {{ after = "60d", at_least = 1, at_most = 3, set = 0 }},
  {{ after = "60d", at_least = 4, at_most = 9, set = {} }},
]
"""
    apart, shared = (
        [name.partition(": ")[2].partition(" days")[0] for name in rules(bundle) if "set to" in name]
        for bundle in (compile_text(TOTAL + steps.format(to)) for to in (2, 10))
    )
    assert sorted(apart) == ["60", "62"]
    assert sorted(shared) == ["60", "60"]


def test_a_band_of_one_score_at_the_end_of_the_range_takes_from_what_is_above():
    """50 loses 7 and lands at 43: above the range 61 loses 7 too, and is not set to 43."""
    steps = '[decay.d]\nscore = "lead"\nsteps = [{ after = "180d", percent = 3 }, { after = "180d", subtract = 5 }]\nstop_at = 10\n'
    bundle = compile_text(TOTAL, steps, "[targets.pardot]\nrange = { lead = 50 }\n")
    assert [name for name in rules(bundle) if "from 50" in name] == ["SW decay d: 186 days, from 50 minus 7"]


# --- what others leave off ------------------------------------------------------------------------------------------

OPENED = '[rules.mail]\non = { opens = "any-email" }\npoints = { lead = 5 }\n'
"""Only the first open of each email is seen: a score may be short by some points."""


@pytest.mark.parametrize(
    ("steps", "most"),
    [
        ('{ after = "30d", subtract = 10 }, { after = "60d", percent = 50 }, { after = "90d", set = 0 }', 0),
        ('{ after = "30d", at_least = 3, set = 3 }', 0),
        ('{ after = "30d", at_most = 79, set = 2 }', 77),
        ('{ after = "30d", at_least = 20, subtract = 10 }', 9),
        ('{ after = "30d", at_least = 20, subtract = 10 }, { after = "60d", below = 40, subtract = 3 }', 12),
    ],
)
def test_a_level_may_pull_what_another_note_lets_be_off_further_apart(steps, most):
    decay = LEVELS.format(steps=steps)
    assert stretch(model_of(f"{HEAD}\n{TOTAL}\n{decay}").decay["d"]) == (-most, most)
    alone, beside = compile_text(TOTAL, decay), compile_text(TOTAL, decay, OPENED)
    said = f"up to {most} points further off"
    assert said not in str(alone.notes)
    assert (said in str(beside.notes)) is (most > 0)


# --- what is done while a category comes down -----------------------------------------------------------------------

TALK = '[assets.talk]\nwebinar = "Talk"\n[rules.talk]\non = { attends = "talk" }\npoints = { interest = 30 }\nlimit = { times = 1 }\n'
"""A webinar gives points and ends no silence."""
FORGOTTEN = """
then = [{ unmark = "met" }]
[marks]
met = {}
[thresholds.hot]
when = { score = "interest", at_least = 40 }
%s
then = [{ mark = "met" }]
[targets.pardot]
range = { interest = 100 }
"""


def test_a_step_is_spent_on_whoever_had_nothing_whatever_it_does_besides():
    bundle = compile_text(CATEGORY + FORGOTTEN % "" + TALK)
    platform, person = Platform(bundle), Person(categories={"Interest": 0}, active=0)
    platform.days(person, 0, 70)
    person.categories["Interest"] = 30
    platform.days(person, 71, 90)
    assert person.categories["Interest"] == 30


@pytest.mark.parametrize(("unless", "guarded"), [('unless = { mark = "met" }', True), ("", False)])
def test_nobody_is_handed_over_by_points_that_are_coming_down_where_the_decay_has_opened_the_way(
    unless, guarded
):
    bundle = compile_text(CATEGORY + FORGOTTEN % unless)
    rule = next(row for name, row in rules(bundle).items() if name.endswith("hand over"))
    falling = [item["operator"] for item in leaves(rule) if item["of"] == "sw/decay/quiet/to-0"]
    assert falling == (["isn't"] if guarded else [])


# --- ways out that work as they are written -------------------------------------------------------------------------


def test_where_the_windows_of_a_percent_are_too_many_the_smallest_error_that_does_is_said_and_a_program():
    steps = 'steps = [{ after = "30d", at_least = 50, percent = 50 }, { after = "60d", set = 0 }]'
    spec = f'{TOTAL}ceiling = 100\n[decay.d]\nscore = "lead"\n{steps}\n[targets.pardot]\n%s\n'
    instead = note(compile_text(spec % ""), "decay.d", "silence-too-short").instead
    assert "range" not in instead, "a ceiling says how high a score may be"
    wanted = int(instead.partition("percent_error = ")[2].split()[0])
    for option, refused in (
        (f"percent_error = {wanted}", False),
        (f"percent_error = {wanted - 1}", True),
        ('decays = { d = "program" }', False),
    ):
        found = dict(notes(compile_text(spec % option), "decay.d"))
        assert ("silence-too-short" in found) is refused, option
        assert ("refused" in found.values()) is refused, option


def test_a_later_step_marks_whoever_it_leaves_as_they_are_too():
    steps = 'steps = [{ after = "30d", at_least = 50, subtract = 20 }, { after = "60d", set = 0 }]'
    spec = (
        f'{TOTAL}[marks]\nquiet = {{}}\n[decay.d]\nscore = "lead"\n{steps}\nthen = [{{ mark = "quiet" }}]\n'
    )
    platform, person = Platform(compile_text(spec)), Person(score=0, active=0)
    platform.days(person, 0, 59)
    assert not person.tags
    platform.days(person, 60, 62)
    assert "quiet" in person.tags
