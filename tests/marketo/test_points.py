"""Points at the edges: starts, resets, bounds, full groups, and who is outside the population."""

from __future__ import annotations

from tests.marketo.compiling import HEAD, SCORE, called, campaign, compile_text, tables
from tests.marketo.pieces import ASSETS, FIT, ON_SUBMIT, TWO, names, note

# --- scores ---------------------------------------------------------------------------------------------------------


def test_a_start_below_zero_is_given_too():
    made = tables(compile_text(SCORE.replace("overall = true", "overall = true\nstart = -5")), "tokens")
    assert [row["value"] for row in made.values()] == [-5]


def test_a_reset_of_a_part_begins_by_filling_the_empty_score():
    rule = '[rules.contact]\non = { submits = "contact" }\nthen = [{ reset = "lead", to = 11 }]\n'
    first = campaign(compile_text(SCORE + TWO + ASSETS + rule), "Award contact")["flow"][0]
    assert [(row["if"]["operator"], row["value"]) for row in first["choices"]] == [("is empty", "=0")]


def test_what_is_misread_and_taken_back_under_a_floor_is_off_both_ways():
    fields = '[fields]\nagreed = { type = "yes_no" }\n'
    tier = '[tiers.answer]\nscore = "lead"\nfield = "agreed"\ncases = [{ is = true, points = 9 }]\notherwise = 3\nunknown = 0\n'
    for floor, least in (("", 0), ("\nfloor = -2", -9)):
        bundle = compile_text(SCORE.replace("overall = true", "overall = true" + floor) + fields + tier)
        found = [
            (bound.least, bound.most)
            for bound in note(bundle, "unknown-counts-as-no").bounds
            if bound.when == "unanswered" and bound.gauge == "score lead"
        ]
        assert found == [(least, 9)]


# --- awards ---------------------------------------------------------------------------------------------------------


def test_a_full_group_holds_back_its_own_score_only():
    text = (
        SCORE
        + FIT.replace('"fit"', '"engagement"').replace("fit]", "other]")
        + ASSETS
        + '[groups.web]\nscore = "lead"\nlimit = { points = 20, per = "30d" }\n'
        + '[rules.contact]\non = { submits = "contact" }\npoints = { lead = 10, other = 3 }\ngroup = "web"\n'
    )
    made = campaign(compile_text(text), "Award contact (0 left)")
    assert [row["values"] for row in made["smart_list"]["filters"]] == [["20"]]
    assert [step["fields"][0]["value"] for step in made["flow"]] == ["Other Score"]


def test_points_that_end_are_taken_from_who_is_outside_too():
    text = SCORE + ASSETS + ON_SUBMIT + 'expires = "30d"\n[segments.staff]\nwhen = { member_of = "people" }\n'
    assert "ends-outside-too" not in names(compile_text(text))
    head = HEAD + 'exclude = ["staff"]\n'
    found = note(compile_text(text, head), "ends-outside-too").bounds
    assert ("score lead", None, 0, "outside") in [tuple(bound) for bound in found]


def test_what_holds_is_one_sum_before_it_is_held_in_bounds():
    text = SCORE.replace("overall = true", "overall = true\nfloor = -1") + (
        '[rules.small]\nwhen = { field = "employees", below = 50 }\npoints = { lead = -13 }\n'
        '[rules.here]\nwhen = { field = "country", is = "France" }\npoints = { lead = 11 }\n'
    )
    bundle = compile_text(text)
    turns = [called(step) for step in campaign(bundle, "Nightly re-rolls in turn")["flow"]]
    assert turns == [
        [f"OP-Scoring-Test model.{name}"] for name in ("Re-roll small", "Re-roll here", "Hold Lead score")
    ]
    assert not [step for step in campaign(bundle, "Re-roll small")["flow"] if called(step)]


def test_a_model_of_some_days_gives_no_grade_and_no_start_before_the_first():
    grade = '[grades.profile]\ncriteria.place = { when = { field = "country", is = "France" }, thirds = 3 }\n'
    text = SCORE.replace("overall = true", "overall = true\nstart = 5") + grade
    assert "not-before-active" not in names(compile_text(text))
    found = note(compile_text(text, HEAD + "active = { from = 2026-03-01 }\n"), "not-before-active").bounds
    assert [tuple(bound) for bound in found] == [
        ("score lead", -5, 0, "outside"),
        ("grade profile", 0, None, "outside"),
    ]


def test_a_grade_that_reads_how_long_ago_a_date_was_is_given_anew_each_night_to_everybody():
    grade = (
        '[grades.kind]\nstart = "D"\ncriteria.due = {{ when = {{ field = "replaced", {} }}, thirds = 2 }}\n'
    )
    date = '[fields]\nreplaced = { type = "date" }\n'

    def asked(test):
        bundle = compile_text(date + SCORE + grade.format(test))
        return [
            row["rule"]
            for row in campaign(bundle, "Nightly grade kind").get("smart_list", {}).get("filters", ())
        ]

    assert "Data Value Changed" not in asked('within_next = "365d"')
    assert "Data Value Changed" in asked("known = true")


def test_an_input_is_copied_anew_for_whoever_comes_back_to_be_scored():
    copied = '[fields]\nreview = { type = "number" }\n[inputs.review]\nfield = "review"\nscore = "lead"\nat_least = 0\nat_most = 9\n'
    everybody = compile_text(SCORE + copied)
    assert "Member of List" not in [
        row["rule"] for row in campaign(everybody, "Copy review")["smart_list"]["filters"]
    ]
    staff = '[segments.staff]\nwhen = { field = "company", is = "Us" }\n'
    bundle = compile_text(SCORE + staff + copied, HEAD + 'exclude = ["staff"]\n')
    for name, operator in (("Copy review", "not in"), ("Forget review", "in")):
        made = campaign(bundle, name)
        asked = [row for row in made["smart_list"]["filters"] if row["rule"] == "Member of List"]
        assert [(row["operator"], row["values"]) for row in asked] == [
            (operator, ["OP-Scoring-Test model.SW Copied review"])
        ]
    assert [step["step"] for step in campaign(bundle, "Forget review")["flow"]] == ["Remove from List"]
    assert campaign(bundle, "Copy review")["flow"][-1]["step"] == "Add to List"
