"""Decay: who is silent, and what the batches take."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import HEAD, SCORE, called, campaign, compile_text, notes, tables
from tests.marketo.person import Person

PAGE = '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'


def decay(body: str, score: str = SCORE, rules: str = PAGE) -> str:
    return f"{score}\n{rules}\n[decay.quiet]\n{body}\n"


def visited(person: Person, day: int) -> None:
    person.log.append(("Visited Web Page", day))
    person.fields["SW Last Active"] = day


def nights(person: Person, days, start: int = 1000) -> list[int]:
    seen = []
    for day in days:
        for today in range(person.today + 1, start + day + 1):
            person.today = today
            person.night()
        seen.append(person.fields["Person Score"])
    return seen


GOLDEN = """score = "lead"
steps = [
  { after = "30d", subtract = 10 },
  { after = "60d", subtract = 10 },
  { after = "90d", subtract = 20 },
  { after = "180d", set = 0 },
]
"""


@pytest.mark.parametrize(
    ("score", "stop", "expected"),
    [
        (95, "", [95, 85, 75, 55, 0]),
        (95, "stop_at = 50\n", [95, 85, 75, 55, 50]),
        (30, "stop_at = 50\n", [30, 30, 30, 30, 30]),
        (25, "", [25, 15, 5, 0, 0]),
    ],
)
def test_the_golden_case(score, stop, expected):
    person = Person(compile_text(decay(GOLDEN + stop)), Person_Score=score)
    visited(person, 1000)
    assert nights(person, (29, 31, 61, 91, 181)) == expected


def test_activity_begins_a_new_silence():
    person = Person(compile_text(decay(GOLDEN)), Person_Score=95)
    visited(person, 1000)
    assert nights(person, (31,)) == [85]
    visited(person, 1040)
    assert nights(person, (50, 69, 71, 101)) == [85, 85, 75, 65]


def test_who_is_behind_takes_every_step_that_is_due():
    person = Person(compile_text(decay(GOLDEN)), today=1100, Person_Score=95)
    visited(person, 1000)
    person.night()
    assert person.fields["Person Score"] == 55
    assert person.fields["SW Step quiet"] == 3


def test_somebody_who_was_never_active_is_left_alone():
    person = Person(compile_text(decay(GOLDEN)), today=2000, Person_Score=95)
    person.night()
    assert person.fields["Person Score"] == 95


def test_somebody_who_was_created_yesterday_is_left_alone():
    body = 'score = "lead"\nnever_active = true\nsteps = [{ after = "30d", every = "30d", subtract = 10 }]'
    person = Person(compile_text(decay(body)), Person_Score=95, Created_At=999)
    person.night()
    assert person.fields["Person Score"] == 95
    person.today = 1030
    person.night()
    assert person.fields["Person Score"] == 85


def test_set_marks_and_switches_itself_off():
    body = 'score = "lead"\nsteps = [{ after = "30d", at_least = 3, set = 3 }]\nthen = [{ mark = "quiet" }]\n[marks]\nquiet = {}'
    bundle = compile_text(decay(body))
    assert tables(bundle, "helper-fields") == {}
    for score, expected, marked in ((40, 3, True), (3, 3, True), (2, 2, False), (-10, -10, False)):
        person = Person(bundle, today=1031, Person_Score=score)
        person.night()
        assert person.fields["Person Score"] == expected
        assert bool(person.lists) is marked
        assert not person.run("Decay quiet 30d")


def test_a_step_repeats_by_its_qualification_and_loses_no_day_to_a_late_start():
    body = 'score = "lead"\nsteps = [{ after = "30d", every = "30d", subtract = 10 }]'
    bundle = compile_text(decay(body))
    assert campaign(bundle, "Decay quiet every 30d")["qualification"] == "Once every 708 hours"
    person = Person(bundle, Person_Score=45)
    visited(person, 1000)
    assert nights(person, (29, 30, 59, 60, 90, 120, 150, 400)) == [45, 35, 35, 25, 15, 5, 0, 0]


def test_two_speeds_read_the_level_once():
    body = 'score = "lead"\nsteps = [\n  { after = "7d", every = "7d", at_least = 30, subtract = 4 },\n'
    body += '  { after = "7d", every = "7d", below = 30, subtract = 1 },\n]'
    person = Person(compile_text(decay(body)), Person_Score=33)
    visited(person, 1000)
    assert nights(person, (7, 8, 14, 21)) == [29, 29, 28, 27]


def half_up(score: int, percent: int) -> int:
    return (2 * score * percent + 100) // 200


@pytest.mark.parametrize("percent", [10, 50, 33, 7])
@pytest.mark.parametrize("stop", [0, 50])
@pytest.mark.parametrize("largest", [300, 1000])
def test_a_share_of_every_score_is_right(percent, stop, largest):
    body = f'score = "lead"\nsteps = [{{ after = "30d", percent = {percent} }}]\nstop_at = {stop}\n'
    bundle = compile_text(decay(body) + f"[targets.marketo]\nlargest_score = {largest}\n")
    assert notes(bundle, "bounded") == []
    name = "Decay quiet 30d"
    person = Person(bundle, today=1031)
    for score in range(-3, largest + 1):
        person.fields = {"Created At": 0, "Person Score": score, "SW Step quiet": 0}
        person.run(name)
        expected = score if score <= stop else max(stop, score - half_up(score, percent))
        assert person.fields["Person Score"] == expected, score


def test_a_share_is_bounded_until_the_spec_names_the_largest_score():
    body = 'score = "lead"\nsteps = [{ after = "30d", percent = 10 }]'
    assert notes(compile_text(decay(body)), "bounded") == [("largest-score", "decay.quiet")]


def test_a_limit_ends_a_repeated_step():
    body = 'score = "lead"\nlimit = { points = 25, per = "silence" }\nsteps = [{ after = "30d", every = "30d", subtract = 10 }]'
    person = Person(compile_text(decay(body)), Person_Score=95)
    visited(person, 1000)
    assert nights(person, (31, 61, 91, 121, 151)) == [85, 75, 70, 70, 70]


def test_decay_for_some_spends_the_step_of_the_others():
    body = 'score = "lead"\nwhen = { field = "country", is = "France" }\nsteps = [{ after = "30d", subtract = 10 }]'
    person = Person(compile_text(decay(body)), Person_Score=95, Country="Spain")
    visited(person, 1000)
    assert nights(person, (31,)) == [95]
    person.fields["Country"] = "France"
    assert nights(person, (40,)) == [95]
    visited(person, 1041)
    assert nights(person, (72,)) == [85]


def test_awards_end_a_silence_by_a_date_that_they_stamp():
    body = 'score = "lead"\ncounts_as_activity = "awards"\nsteps = [{ after = "30d", subtract = 10 }]'
    bundle = compile_text(decay(body))
    person = Person(bundle, Person_Score=94)
    person.run("When page")
    assert person.fields["Person Score"] == 95
    assert nights(person, (29, 31)) == [95, 85]


PARTS = """
[scores.total]
title = "Total"
kind = "combined"
overall = true
sum_of = ["web", "fit"]
[scores.web]
title = "Web"
kind = "engagement"
[scores.fit]
title = "Fit"
kind = "fit"
[rules.page]
on = { visits = "any-page" }
points = { web = 1 }
"""


@pytest.mark.parametrize(
    ("step", "after"),
    [
        ("subtract = 10", lambda n: max(0, n - 10) if n > 0 else n),
        ("subtract = 40", lambda n: max(0, n - 40) if n > 0 else n),
        ("at_least = 3, set = 3", lambda n: min(n, 3)),
        ("set = 7", lambda n: 7),
        ("percent = 50", lambda n: n - half_up(n, 50) if n > 0 else n),
    ],
)
def test_the_sum_follows_what_its_part_loses(step, after):
    body = f'score = "web"\nnever_active = true\nsteps = [{{ after = "30d", {step} }}]\n[targets.marketo]\nlargest_score = 500\n'
    bundle = compile_text(decay(body, score=PARTS, rules=""))
    name = next(
        table["campaign"]
        for table in tables(bundle, "smart-campaigns").values()
        if table["campaign"].startswith("Decay")
    )
    person = Person(bundle, today=1031)
    for score in (-20, 0, 1, 3, 5, 9, 10, 11, 39, 40, 41, 77, 255, 256, 499):
        person.fields = {"Created At": 0, "Web Score": score, "Person Score": score + 1000}
        person.run(name)
        expected = after(score)
        assert (person.fields["Web Score"], person.fields["Person Score"]) == (expected, expected + 1000), (
            score
        )


def test_a_long_silence_of_people_with_points_from_facts_is_bounded():
    rules = PAGE + '[rules.fact]\nwhen = { field = "country", is = "France" }\npoints = { lead = 5 }\n'
    assert notes(compile_text(decay(GOLDEN, rules=rules)), "bounded") == [
        ("late-past-stamped", "decay.quiet"),
        ("first-silence-late", "decay.quiet"),
    ]


def test_an_activity_that_marketo_cannot_see_is_refused():
    head = HEAD.replace('"clicks"', '"searches"')
    bundle = compile_text(decay('score = "lead"\nsteps = [{ after = "30d", subtract = 10 }]'), head)
    assert notes(bundle, "refused") == [("event-impossible", "decay.quiet")]


def test_attendance_ends_a_silence_by_who_is_not_in_a_list():
    head = HEAD.replace('"clicks"', '"attends"')
    bundle = compile_text(
        decay(
            'score = "lead"\nnever_active = true\nsteps = [{ after = "30d", every = "30d", subtract = 10 }]'
        ),
        head,
    )
    person = Person(bundle, today=1031, Person_Score=50)
    person.log = [("Program Status was Changed", 1020)]
    person.night()
    assert person.fields["Person Score"] == 50
    person.today = 1051
    person.night()
    assert person.fields["Person Score"] == 40


def test_literals_of_a_loss_are_coupled_with_its_token():
    bundle = compile_text(
        "[values]\nloss = 10\n" + decay('score = "lead"\nsteps = [{ after = "30d", subtract = "loss" }]')
    )
    found = {
        item.table["token"]: (item.table["value"], item.table["coupled"])
        for item in bundle.objects
        if item.kind == "tokens"
    }
    assert found["Loss"] == (-10, ["Decay quiet 30d"])


MARKING = "[marks]\nquiet = {}\n"
QUIET = "OP-Scoring-Test model.SW Mark quiet"


@pytest.mark.parametrize(
    "step", ['{ after = "30d", subtract = 1 }', '{ after = "30d", every = "30d", subtract = 1 }']
)
@pytest.mark.parametrize(("score", "left"), [(25, 24), (20, 20), (15, 15), (None, 0)])
def test_what_a_decay_does_besides_is_done_at_and_below_the_stop_too(step, score, left):
    body = f'score = "lead"\nstop_at = 20\nsteps = [{step}]\nthen = [{{ mark = "quiet" }}]'
    person = Person(compile_text(MARKING + decay(body)))
    person.fields["Person Score"] = score
    visited(person, 1000)
    person.today = 1031
    person.night()
    assert (person.fields["Person Score"] or 0, QUIET in person.lists) == (left, True)


ZONES = """
[segments.paris]
when = { field = "country", is = "France" }
[schedules.mondays]
at = ["08:00"]
days = ["mon"]
zones = [{ segment = "paris", timezone = "Europe/Paris" }]
"""


def test_a_decay_by_schedule_runs_on_each_at_the_hour_of_their_zone():
    steps = '[{ after = "30d", subtract = 10 }, { after = "60d", subtract = 10 }]'
    body = f'score = "lead"\nschedule = "mondays"\nsteps = {steps}'
    bundle = compile_text(ZONES + decay(body))
    found = [
        (table["schedule"], table["campaign"])
        for table in tables(bundle, "smart-campaigns").values()
        if table["campaign"].startswith("Decay")
    ]
    assert found == [
        ("Weekly, on Monday, Europe/Paris, at 08:00", "Decay quiet 30d"),
        ("Weekly, on Monday, UTC, at 08:00", "Decay quiet 30d at 08-00"),
        ("Weekly, on Monday, Europe/Paris, at 08:01", "Decay quiet 60d"),
        ("Weekly, on Monday, UTC, at 08:01", "Decay quiet 60d at 08-01"),
    ]
    person = Person(bundle, today=1031, Country="France", Person_Score=50)
    visited(person, 1000)
    assert not person.run("Decay quiet 30d at 08-00")
    assert person.run("Decay quiet 30d")
    assert ("zones-by-hand", "decay.quiet") in notes(bundle, "by hand")
    message = next(note.message for note in bundle.notes if note.name == "decay-steps")
    assert "nightly" not in message
    assert "day late" not in message


def test_a_window_from_midnight_is_said():
    short = decay('score = "lead"\nsteps = [{ after = "30d", subtract = 10 }]')
    assert notes(compile_text(short), "bounded") == []
    assert notes(compile_text(short, day_windows_roll=False), "bounded") == [("window-edge", "decay.quiet")]


HELD_SUM = """
[assets]
contact = { form = "Contact" }
[scores.a]
title = "A"
kind = "engagement"
[scores.b]
title = "B"
kind = "engagement"
[scores.total]
title = "Total"
kind = "combined"
overall = true
sum_of = ["a", "b"]
ceiling = 100
[rules.page]
on = { visits = "any-page" }
points = { a = 60 }
[rules.contact]
on = { submits = "contact" }
points = { b = 60 }
[targets.marketo]
largest_score = 400
"""


@pytest.mark.parametrize(
    ("steps", "parts", "total"),
    [
        ('{ after = "30d", subtract = 10 }', (50, 50), 100),
        ('{ after = "30d", subtract = 25 }', (35, 35), 70),
        ('{ after = "30d", every = "30d", subtract = 5 }', (55, 55), 100),
        ('{ after = "30d", at_least = 5, set = 5 }', (5, 5), 10),
        ('{ after = "30d", percent = 50 }', (30, 30), 60),
    ],
)
def test_what_a_ceiling_of_the_sum_had_cut_comes_back_before_a_part_decays(steps, parts, total):
    """Two parts of 60 under a ceiling of 100: the sum is what the parts are, never less what was cut."""
    text = "".join(f'[decay.quiet-{key}]\nscore = "{key}"\nsteps = [{steps}]\n' for key in ("a", "b"))
    person = Person(compile_text(HELD_SUM + text))
    person.log = [("Visited Web Page", person.today)]
    person.run("When page")
    person.run("When contact")
    assert person.fields["Person Score"] == 100
    person.today += 31
    person.night()
    assert (person.fields["A Score"], person.fields["B Score"]) == parts
    assert person.fields["Person Score"] == total


def test_decays_of_the_parts_of_a_sum_with_bounds_run_one_after_the_other():
    """Side by side both would give back what the ceiling had cut, and both would cut it again."""
    text = "".join(
        f'[decay.quiet-{key}]\nscore = "{key}"\nsteps = [{{ after = "30d", subtract = 10 }}, {{ after = "60d", subtract = 5 }}]\n'
        for key in ("a", "b")
    )
    bundle = compile_text(HELD_SUM + text)
    turn = campaign(bundle, "Nightly decay in turn")
    assert [name for step in turn["flow"] for name in called(step)] == [
        "OP-Scoring-Test model.Decay quiet a 30d",
        "OP-Scoring-Test model.Decay quiet b 30d",
        "OP-Scoring-Test model.Decay quiet a 60d",
        "OP-Scoring-Test model.Decay quiet b 60d",
    ]
    free = compile_text(HELD_SUM.replace("ceiling = 100\n", "") + text)
    assert not any("in turn" in name for name in tables(free, "smart-campaigns"))


def test_a_set_with_any_level_takes_the_sum_along():
    text = (
        '[scores.web]\nkind = "engagement"\n[scores.mail]\nkind = "engagement"\n[scores.all]\nkind = "combined"\noverall = true\n'
        'sum_of = ["web", "mail"]\n[rules.a]\non = { submits = "any-form" }\npoints = { web = 7 }\n'
        '[decay.s]\nscore = "web"\nsteps = [ { after = "30d", at_least = -20, at_most = 20, set = 6 } ]\n'
        "[targets.marketo]\nlargest_score = 300\n"
    )
    for start, left in ((21, 21), (20, 6), (7, 6), (6, 6), (5, 6), (0, 6), (-20, 6), (-21, -21), (300, 300)):
        person = Person(compile_text(text), Web_Score=start, Person_Score=start + 100)
        person.log.append(("Filled Out Form", person.today))
        person.run("Stamp SW Last Active")
        person.today += 31
        person.night()
        assert (person.fields["Web Score"], person.fields["Person Score"]) == (left, left + 100)


def test_who_decays_is_asked_once_where_a_loss_is_several_steps():
    text = (
        '[fields]\nvip = { type = "text" }\n[scores.web]\nkind = "engagement"\n[scores.all]\nkind = "combined"\noverall = true\n'
        'sum_of = ["web"]\n[rules.a]\non = { submits = "any-form" }\npoints = { web = 7 }\n[decay.s]\nscore = "web"\n'
        'when = { field = "vip", known = false }\nsteps = [ { after = "30d", subtract = 27 } ]\n'
    )
    for vip, left in ((None, 0), ("yes", 21)):
        person = Person(compile_text(text), Web_Score=21, Person_Score=21, vip=vip)
        person.fields["Vip"] = vip
        person.log.append(("Filled Out Form", person.today))
        person.today += 31
        person.night()
        assert (person.fields["Web Score"], person.fields["Person Score"]) == (left, left), vip


LOWERING = """score = "lead"
counts_as_activity = {0}
steps = [{{ after = "30d", every = "30d", subtract = 5 }}]
stop_at = 10
"""
FACT = '[rules.buyer]\nwhen = { field = "country", is = "DE" }\npoints = { lead = 10 }\n'
LATE = '[assets]\ndemo = { form = "Demo" }\n[rules.late]\non = { submits = "demo" }\nwait = "40d"\npoints = { lead = 9 }\n'


@pytest.mark.parametrize(
    ("activity", "rules", "spared"),
    [
        ('"awards"', PAGE, True),
        ('"awards"', PAGE + FACT, False),
        ('"awards"', PAGE + LATE, False),
        ('["visits"]', PAGE, True),
        ('["visits", "submits"]', PAGE + LATE, False),
    ],
)
def test_a_step_is_spent_on_the_low_where_points_can_come_in_a_silence(activity, rules, spared):
    made = compile_text(decay(LOWERING.format(activity), rules=rules))
    (batch,) = [
        row for row in tables(made, "smart-campaigns").values() if row["campaign"].startswith("Decay")
    ]
    assert ("Person Score" in {row["rule"] for row in batch["smart_list"]["filters"]}) == spared
