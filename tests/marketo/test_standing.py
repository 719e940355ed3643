"""Facts, tiers and inputs: points while something holds."""

from __future__ import annotations

import pytest

from tests.marketo.compiling import SCORE, called, campaign, compile_text, notes, tables
from tests.marketo.person import Person

FIT = '[scores.fit]\ntitle = "Fit"\nkind = "fit"\n'

SENIORITY = (
    FIT
    + """
[tiers.seniority]
title = "Seniority"
score = "fit"
field = "job-title"
cases = [
  { contains = ["CEO", "Chief"], points = 15 },
  { contains = "Director", points = 10 },
]
otherwise = 1
unknown = -5
"""
)


def test_a_fact_holds_and_ends():
    text = FIT + '[rules.germany]\nwhen = { field = "country", is = "Germany" }\npoints = { fit = 5 }\n'
    person = Person(compile_text(text))
    seen = []
    for country in ("Germany", "Spain", "Germany", "Germany", None, "Germany"):
        person.fields["Country"] = country
        person.night()
        seen.append(person.fields.get("Fit Score", 0))
    assert seen == [5, 0, 5, 5, 0, 5]


def test_a_fact_over_several_conditions_holds_and_ends():
    text = FIT + "[rules.x]\npoints = { fit = 5 }\nwhen.any = [\n"
    text += '  { all = [{ field = "country", is = "Germany" }, { field = "employees", at_least = 100 }] },\n'
    text += '  { not = { field = "industry", known = true } },\n]\n'
    person = Person(compile_text(text))
    seen = []
    for country, employees, industry in (
        ("Germany", 100, "x"),
        ("Germany", 99, "x"),
        ("Spain", 5, None),
        ("Spain", 5, "x"),
    ):
        person.fields |= {"Country": country, "Num Employees": employees, "Industry": industry}
        person.night()
        seen.append(person.fields.get("Fit Score", 0))
    assert seen == [5, 0, 5, 0]


def test_a_kept_fact_is_given_once_and_for_good():
    text = (
        FIT + '[rules.x]\nwhen = { field = "country", is = "Germany" }\npoints = { fit = 5 }\nkeep = true\n'
    )
    person = Person(compile_text(text), Country="Germany")
    for country in ("Germany", "Spain", "Germany"):
        person.fields["Country"] = country
        person.night()
    assert person.fields["Fit Score"] == 5


def test_tiers_take_the_first_case_and_never_accrue():
    person = Person(compile_text(SENIORITY))
    seen = []
    for title in ("Director", "Chief Director", "Director", "Clerk", None, "CEO", "CEO"):
        person.fields["Job Title"] = title
        person.night()
        seen.append(person.fields["Fit Score"])
    assert seen == [10, 15, 10, 1, -5, 15, 15]


def test_nobody_whose_points_are_right_goes_through_the_batch():
    person = Person(compile_text(SENIORITY), Job_Title="Director")
    assert person.run("Re-roll Seniority")
    assert not person.run("Re-roll Seniority")


def test_earlier_points_can_still_be_taken_back():
    text = SENIORITY + "[targets.marketo]\nearlier_points = { 'tiers.seniority' = [8] }\n"
    person = Person(compile_text(text), Job_Title="Director", Fit_Score=20)
    person.fields["SW Points Seniority"] = 8
    person.night()
    assert person.fields["Fit Score"] == 22


def test_the_token_of_a_case_is_marked_as_taken_back_by_a_literal():
    bundle = compile_text(SENIORITY)
    found = {item.table["token"]: item.table["inverse"] for item in bundle.objects if item.kind == "tokens"}
    assert found == {
        "Seniority Unknown": ["Re-roll Seniority"],
        "Seniority CEO": ["Re-roll Seniority"],
        "Seniority Director": ["Re-roll Seniority"],
        "Seniority Otherwise": ["Re-roll Seniority"],
    }


@pytest.mark.parametrize(
    ("size", "points"), [(0, 1), (9, 1), (10, 5), (99, 5), (100, 9), (5000, 9), (None, 0)]
)
def test_bands_of_numbers(size, points):
    text = FIT + '[tiers.size]\nscore = "fit"\nfield = "employees"\n'
    text += "cases = [{ at_least = 100, points = 9 }, { at_least = 10, points = 5 }, { at_least = 0, points = 1 }]\n"
    person = Person(compile_text(text), Num_Employees=size)
    person.night()
    assert person.fields.get("Fit Score", 0) == points


@pytest.mark.parametrize(
    ("title", "points"),
    [
        ("COO", 9),
        ("Coordinator", 0),
        ("the coo, today", 9),
        ("VP/COO", 9),
        ("COOL", 0),
        (None, 0),
        ("Vice President", 7),
    ],
)
def test_whole_words_by_the_padded_field(title, points):
    text = FIT + '[tiers.title]\nscore = "fit"\nfield = "job-title"\n'
    text += (
        'cases = [{ contains_word = "COO", points = 9 }, { contains_word = "Vice President", points = 7 }]\n'
    )
    person = Person(compile_text(text), Job_Title=title)
    person.run("Start SW Words Job Title")
    person.night()
    assert person.fields.get("Fit Score", 0) == points


def test_word_separators_are_bounded_until_the_spec_lists_them():
    text = (
        FIT
        + '[tiers.title]\nscore = "fit"\nfield = "job-title"\ncases = [{ contains_word = "COO", points = 9 }]\n'
    )
    assert notes(compile_text(text), "bounded") == [("word-separators", "tiers.title")]
    written = compile_text(text + '[targets.marketo]\nword_separators = [" ", "("]\n')
    assert notes(written, "bounded") == []
    values = campaign(written, "Re-roll title")["smart_list"]["filters"][0]["values"]
    assert "(COO " in values
    assert len(values) == 9


def test_a_domain_is_whole():
    text = FIT + '[rules.free]\nwhen = { field = "email-domain", is = "gmail.com" }\npoints = { fit = -2 }\n'
    for address, expected in (("a@gmail.com", -2), ("a@gmail.community", 0), ("a@hotmail.com", 0), (None, 0)):
        person = Person(compile_text(text), Email_Address=address)
        person.run("Start SW Words Email Address")
        person.night()
        assert person.fields.get("Fit Score", 0) == expected, address


def test_an_override_adds_the_empty_field_to_a_negation():
    text = FIT + '[rules.x]\nwhen = { not = { field = "country", is = "Germany" } }\npoints = { fit = 5 }\n'
    filters = campaign(compile_text(text), "Re-roll x")["smart_list"]["filters"]
    assert {"rule": "Country", "operator": "is empty", "values": []} not in filters
    other = campaign(compile_text(text, negative_operators_match_empty=False), "Re-roll x")["smart_list"][
        "filters"
    ]
    assert {"rule": "Country", "operator": "is empty", "values": []} in other


def test_a_clamped_fit_score_is_the_clamped_sum_of_what_holds():
    text = '[fields]\na = { type = "yes_no" }\nb = { type = "yes_no" }\nc = { type = "yes_no" }\n'
    text += '[scores.fit]\ntitle = "Fit"\nkind = "fit"\nceiling = 40\n'
    text += '[scores.total]\ntitle = "Total"\nkind = "combined"\noverall = true\nsum_of = ["fit", "web"]\n'
    text += '[scores.web]\ntitle = "Web"\nkind = "engagement"\n'
    for name, points in (("a", 30), ("b", 15), ("c", 5)):
        text += f'[rules.{name}]\nwhen = {{ field = "{name}", is = true }}\npoints = {{ fit = {points} }}\n'
    person = Person(compile_text(text), A="true", B="true", C="true", Person_Score=100, Web_Score=100)
    person.night()
    assert (person.fields["Fit Score"], person.fields["Person Score"]) == (40, 140)
    person.fields["B"] = "false"
    person.night()
    assert (person.fields["Fit Score"], person.fields["Person Score"]) == (35, 135)
    person.fields["A"] = "false"
    person.night()
    assert (person.fields["Fit Score"], person.fields["Person Score"]) == (5, 105)


@pytest.mark.parametrize(
    ("bound", "before", "after", "start", "expected"),
    [
        ("floor = 0", "Manager", "CEO", 0, 15),
        ("floor = 0", "CEO", "Manager", 0, 0),
        ("ceiling = 100", "Clerk", "Typist", 100, 100),
        ("floor = 0\nceiling = 100", "Manager", "Typist", 0, 0),
    ],
)
def test_what_is_taken_back_and_given_instead_is_one_change_of_a_score_with_bounds(
    bound, before, after, start, expected
):
    """A counter of 5 or 95, whose tier changes: cut in between, it would lose or gain what is never given back."""
    text = SCORE + bound + '\n[tiers.title]\nscore = "lead"\nfield = "job-title"\ncases = [\n'
    for title, points in (("CEO", 30), ("Manager", 20), ("Clerk", -20), ("Typist", -10)):
        text += f'  {{ is = "{title}", points = {points} }},\n'
    person = Person(compile_text(text + "]\n"), Job_Title=before, Person_Score=start)
    person.night()
    person.fields["Person Score"] = {0: 5, 100: 95}[start]
    person.fields["Job Title"] = after
    person.night()
    assert person.fields["Person Score"] == expected


def test_an_input_of_a_score_with_a_floor_is_one_change():
    text = '[fields]\nreview = { type = "number" }\n' + SCORE + "floor = 0\n"
    text += '[inputs.review]\nfield = "review"\nscore = "lead"\nat_least = 0\nat_most = 90\n'
    person = Person(compile_text(text), Person_Score=0, Review=60)
    person.run("Start review")
    person.fields["Person Score"] = 20
    person.fields["Review"] = 70
    person.run("Start review")
    assert person.fields["Person Score"] == 30


def test_an_input_follows_its_field_between_its_bounds():
    text = '[fields]\nreview = { type = "number" }\n' + SCORE
    text += '[inputs.review]\nfield = "review"\nscore = "lead"\nat_least = -10\nat_most = 30\n'
    person = Person(compile_text(text), Person_Score=100)
    for value, expected in ((17, 117), (45, 130), (-4, 96), (-40, 90), (None, 100), (30, 130)):
        person.fields["Review"] = value
        person.log = [("Data Value Changed", person.today)]
        person.night()
        assert person.fields["Person Score"] == expected, value


@pytest.mark.parametrize("percent", [100, 50, 20, 15, 33, 99, 150, 300])
def test_a_share_of_a_field_rounds_half_up(percent):
    text = '[fields]\nreview = { type = "number" }\n' + SCORE
    text += f'[inputs.review]\nfield = "review"\nscore = "lead"\nat_least = -7\nat_most = 30\npercent = {percent}\n'
    bundle = compile_text(text)
    person = Person(bundle, Person_Score=1000)
    for value in (*range(-70, 90), 5000, -5000, 3):
        person.fields["Review"] = value
        person.run("Start review")
        assert person.fields["Person Score"] == 1000 + max(-7, min(30, (2 * value * percent + 100) // 200)), (
            value
        )


def test_an_input_without_bounds_is_bounded_by_a_number():
    text = (
        '[fields]\nreview = { type = "number" }\n'
        + SCORE
        + '[inputs.review]\nfield = "review"\nscore = "lead"\n'
    )
    assert notes(compile_text(text), "bounded") == [("largest-score", "inputs.review")]
    assert notes(compile_text(text + "[targets.marketo]\nlargest_score = 500\n"), "bounded") == []


def test_no_field_is_spent_on_a_kept_fact():
    text = (
        FIT + '[rules.x]\nwhen = { field = "country", is = "Germany" }\npoints = { fit = 5 }\nkeep = true\n'
    )
    assert tables(compile_text(text), "helper-fields") == {}


OPTED = '[fields]\nopted = { type = "yes_no" }\n' + FIT + "[rules.x]\nwhen = WHEN\npoints = { fit = 5 }\n"


@pytest.mark.parametrize(
    ("when", "bounded"),
    [
        ('{ field = "opted", is = true }', False),
        ('{ not = { field = "opted", is = true } }', False),
        ('{ field = "opted", is = false }', True),
        ('{ not = { field = "opted", is = false } }', True),
        ('{ field = "opted", known = true }', True),
    ],
)
def test_an_unknown_yes_no_counts_as_no_and_that_is_said_where_it_matters(when, bounded):
    said = notes(compile_text(OPTED.replace("WHEN", when)), "bounded")
    assert said == ([("unknown-counts-as-no", "rules.x")] if bounded else [])


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ('{ field = "opted", is = true }', {"true": 5, "false": 0, None: 0}),
        ('{ field = "opted", is = false }', {"true": 0, "false": 5, None: 0}),
        ('{ not = { field = "opted", is = true } }', {"true": 0, "false": 5, None: 5}),
        ('{ not = { field = "opted", is = false } }', {"true": 5, "false": 0, None: 5}),
    ],
)
def test_with_an_empty_state_a_yes_no_is_exact(when, expected):
    bundle = compile_text(OPTED.replace("WHEN", when), empty_boolean_is_false=False)
    assert notes(bundle, "bounded") == []
    found = {}
    for answer in expected:
        person = Person(bundle, Opted=answer)
        person.night()
        found[answer] = person.fields.get("Fit Score", 0)
    assert found == expected


SUMMED = (
    SENIORITY
    + """
[scores.eng]
title = "Eng"
kind = "engagement"
[scores.total]
title = "Total"
kind = "combined"
overall = true
sum_of = ["fit", "eng"]
"""
)


class Restless(Person):
    """The job title changes while the batch is between two of its steps."""

    def __init__(self, bundle, after: int) -> None:
        super().__init__(bundle, Job_Title="CEO", Person_Score=0, Fit_Score=0)
        self.left = 0
        self.night()
        self.fields["Job Title"] = "Director"
        self.left = after

    def step(self, step, program) -> None:
        super().step(step, program)
        self.left -= 1
        if self.left == 0:
            self.fields["Job Title"] = "Clerk"


@pytest.mark.parametrize("after", range(1, 8))
def test_a_change_in_the_middle_of_a_re_roll_costs_nobody_a_point(after):
    person = Restless(compile_text(SUMMED), after)
    assert person.fields["Person Score"] == person.fields["Fit Score"] == 15
    person.night()
    assert person.fields["Person Score"] == person.fields["Fit Score"] in {1, 10}
    person.fields["Job Title"] = "Clerk"
    person.night()
    assert person.fields["Person Score"] == person.fields["Fit Score"] == 1


def test_cases_of_the_same_points_are_one_record():
    text = SENIORITY.replace("points = 10", "points = 15").replace("otherwise = 1", "otherwise = 0")
    person = Person(compile_text(text))
    seen = []
    for title in ("Director", "CEO", "Clerk", None, "CEO"):
        person.fields["Job Title"] = title
        person.night()
        seen.append(person.fields["Fit Score"])
    assert seen == [15, 15, 0, -5, 15]
    found = {item.table["token"] for item in compile_text(text).objects if item.kind == "tokens"}
    assert found == {"Seniority CEO", "Seniority Unknown"}


def test_re_rolls_of_a_score_with_a_ceiling_run_one_after_the_other():
    text = '[fields]\na = { type = "yes_no" }\nb = { type = "yes_no" }\n'
    text += '[scores.fit]\ntitle = "Fit"\nkind = "fit"\nceiling = 40\n'
    for name in ("a", "b"):
        text += f'[rules.{name}]\nwhen = {{ field = "{name}", is = true }}\npoints = {{ fit = 30 }}\n'
    campaigns = tables(compile_text(text), "smart-campaigns").values()
    nightly = [table for table in campaigns if table.get("switched_on") == "nightly"]
    assert [table["campaign"] for table in nightly] == ["Nightly re-rolls in turn"]
    assert [name for step in nightly[0]["flow"] for name in called(step)] == [
        "OP-Scoring-Test model.Re-roll a",
        "OP-Scoring-Test model.Re-roll b",
        "OP-Scoring-Test model.Hold Fit",
    ]
    copied = '[fields.review]\ntype = "number"\n[inputs.review]\nfield = "review"\nscore = "fit"\nat_least = 0\nat_most = 9\n'
    turn = campaign(compile_text(text + copied), "Nightly re-rolls in turn")
    assert [name for step in turn["flow"] for name in called(step)][-2:] == [
        "OP-Scoring-Test model.Copy review",
        "OP-Scoring-Test model.Hold Fit",
    ]
    free = tables(compile_text(text.replace("ceiling = 40\n", "")), "smart-campaigns")
    assert sum(table.get("switched_on") == "nightly" for table in free.values()) == 2


WORD = (
    FIT
    + '[tiers.title]\nscore = "fit"\nfield = "job-title"\ncases = [{ contains_word = "COO", points = 9 }]\n'
)


def test_blanks_at_the_end_of_a_value_are_shown_and_rest_on_a_fact():
    sheet = compile_text(WORD).sheet
    steps = [step for section in sheet.sections for task in section.tasks for step in task.steps]
    padded = [step for step in steps if "COO" in step.value and step.label.endswith("contains")]
    assert padded
    for step in padded:
        assert "|COO␣; " in step.value
        assert "␣" in step.note
    cut = compile_text(WORD, filter_values_keep_blanks=False)
    assert ("condition-impossible", "tiers.title") in notes(cut, "refused")
    bars = WORD + '[targets.marketo]\nword_separators = [",", "/"]\n'
    assert notes(compile_text(bars, filter_values_keep_blanks=False), "refused") == []
