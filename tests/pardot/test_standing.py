from __future__ import annotations

from types import SimpleNamespace

import pytest

from scorewright.plugin.emulation import Bound
from scorewright_pardot.emulator.formulas import read_formula
from tests.pardot.making import TOTAL, compile_text, leaves, note, notes, objects, rules
from tests.pardot.platform import Person, Platform

TITLES = """
[tiers.title]
score = "{score}"
field = "job-title"
cases = [
  {{ contains = "Chief", points = 10 }},
  {{ contains = ["Director", "Head"], points = 5 }},
  {{ contains = "Manager", points = 3 }},
]
otherwise = 1
unknown = -10
"""
FIT = '[scores.fit]\ntitle = "Fit"\nkind = "fit"\n'

STORY = (("Manager", 3), ("Director", 5), ("Chief Director", 10), ("Clerk", 1), ("", -10), ("Manager", 3))


@pytest.mark.parametrize("seed", range(10))
def test_a_tier_in_the_total_is_recomputed_not_accrued(seed):
    bundle = compile_text(TOTAL, TITLES.format(score="lead"))
    platform, person, day = Platform(bundle, seed), Person(score=100), 0
    for title, worth in STORY:
        person.fields["Job Title"] = title
        platform.days(person, day, day + 3)
        assert person.score == 100 + worth, title
        assert len(person.tags) == 1
        day += 4


@pytest.mark.parametrize("seed", range(5))
def test_a_fit_score_of_one_source_is_a_field_that_is_set(seed):
    bundle = compile_text(TOTAL, FIT, TITLES.format(score="fit"))
    platform, person, day = Platform(bundle, seed), Person(), 0
    for title, worth in STORY:
        person.fields["Job Title"] = title
        platform.days(person, day, day + 2)
        assert person.fields["Fit"] == str(worth)
        day += 3
    assert (person.score, person.tags) == (0, set())
    assert notes(bundle, "tiers.title") == [("custom-field", "exact")]


def test_points_in_the_total_leave_a_tag_that_carries_them():
    bundle = compile_text(
        TOTAL, '[rules.bad]\nwhen = { field = "country", is = "Nowhere" }\npoints = { lead = -20 }'
    )
    assert "sw/rules/bad/-20" in objects(bundle, "tags")
    platform, person = Platform(bundle), Person(score=5)
    for country, score in (("Nowhere", -15), ("France", 5), ("nowhere", -15), ("", 5)):
        person.fields["Country"] = country
        platform.days(person, 0 if country == "Nowhere" else score + 40, score + 45)
        assert person.score == score


def test_keep_gives_once_and_for_good():
    bundle = compile_text(
        TOTAL, '[rules.k]\nkeep = true\nwhen = { field = "country", is = "France" }\npoints = { lead = 5 }'
    )
    platform, person = Platform(bundle), Person()
    for day, country in enumerate(("France", "Spain", "France", "Spain", "France")):
        person.fields["Country"] = country
        platform.days(person, 10 * day, 10 * day + 2)
    assert person.score == 5


SECOND = '[rules.big]\nwhen = { field = "employees", at_least = 200 }\npoints = { fit = 15 }\n'


def test_a_fit_score_of_two_sources_is_a_formula_where_nothing_reads_it():
    bundle = compile_text(TOTAL, FIT + "ceiling = 20\n", TITLES.format(score="fit"), SECOND)
    assert notes(bundle, "scores.fit") == [
        ("formula-needs-crm-record", "bounded"),
        ("formula-in-salesforce", "by hand"),
    ]
    formula = objects(bundle, "formula-fields")["Fit"]["formula"]
    assert formula == "MIN(BLANKVALUE(Fit_big__c, 0) + BLANKVALUE(Fit_title__c, 0), 20)"
    assert set(objects(bundle, "custom-fields")) == {"Fit: title", "Fit: big"}


def test_a_fit_score_of_two_sources_that_is_read_is_a_category():
    gate = '[thresholds.t]\nwhen = { score = "fit", at_least = 20 }\nthen = [{ notify = "owner" }]'
    bundle = compile_text(FIT, TITLES.format(score="fit"), SECOND, gate)
    for seed in range(5):
        platform = Platform(bundle, seed)
        person = Person(fields={"Job Title": "Director", "Employees": "500"})
        platform.days(person, 0, 3)
        assert person.categories["Fit"] == 20
        assert len(person.done) == 1
        person.fields["Job Title"] = ""
        platform.days(person, 4, 8)
        assert person.categories["Fit"] == 5


def test_a_category_beside_an_overall_score_waits_for_a_probe():
    gate = '[thresholds.t]\nwhen = { score = "fit", at_least = 20 }\nthen = [{ notify = "owner" }]'
    spec = (TOTAL, FIT, TITLES.format(score="fit"), SECOND, gate)
    assert notes(compile_text(*spec), "rules.big") == [("category-may-move-total", "bounded")]
    coupled = compile_text(*spec, category_adjust_moves_overall=True)
    assert notes(coupled, "rules.big") == [("automation-rules", "exact")]
    give = rules(coupled)["SW rules big: give"]["actions"]
    assert [(act["of"], act.get("value")) for act in give][:2] == [("Fit", "+15"), ("By", "-15")]


def test_a_clamp_that_binds_on_several_facts_is_a_formula_s_and_one_that_cannot_needs_none():
    gate = '[thresholds.t]\nwhen = { score = "fit", at_least = 20 }\nthen = [{ notify = "owner" }]'
    tight = compile_text(FIT + "ceiling = 20\n", TITLES.format(score="fit"), SECOND, gate)
    assert notes(tight, "rules.big") == [("custom-field", "exact")]
    assert ("formula-needs-crm-record", "bounded") in notes(tight, "scores.fit")
    wide = compile_text(FIT + "ceiling = 25\n", TITLES.format(score="fit"), SECOND, gate)
    assert notes(wide, "rules.big") == [("automation-rules", "exact")]


def test_an_input_that_is_the_whole_score_is_the_field_itself():
    spec = '[fields]\nreview = { type = "number", names = { pardot = "Review" } }\n[inputs.r]\nfield = "review"\nscore = "fit"\n'
    gate = '[thresholds.t]\nwhen = { score = "fit", at_least = 20 }\nthen = [{ notify = "owner" }]'
    bundle = compile_text(TOTAL, FIT, spec, gate)
    assert notes(bundle, "inputs.r") == [("read-only", "exact")]
    fire = rules(bundle)["SW thresholds t: hand over"]
    assert next(leaves(fire)) == {
        "criterion": "Prospect custom field",
        "of": "Review",
        "operator": "is greater than",
        "value": "19",
    }


def test_a_short_input_is_a_tier_and_a_long_one_beside_a_ceiling_is_refused():
    fields = '[fields]\nreview = { type = "number" }\n[inputs.r]\nfield = "review"\nscore = "lead"\nat_least = 0\nat_most = {}\n'
    bundle = compile_text(TOTAL, fields.replace("{}", "3"))
    for value, score in (("2", 2), ("9", 3), ("-4", 0), ("", 0)):
        platform, person = Platform(bundle), Person(fields={"review": value})
        platform.days(person, 0, 3)
        assert person.score == score
    assert notes(compile_text(TOTAL, "ceiling = 90\n", fields.replace("{}", "50")), "inputs.r") == [
        ("input-needs-bands", "refused")
    ]


@pytest.mark.parametrize(
    ("percent", "value", "points"),
    [
        (30, "1", 0),
        (30, "2", 1),
        (30, "5", 2),
        (30, "-2", -1),
        (30, "99", 6),
        (250, "1", 3),
        (250, "2", 5),
        (250, "", 0),
    ],
)
def test_a_share_of_an_input_is_rounded_half_up_within_its_bounds(percent, value, points):
    field = '[fields]\nreview = { type = "number" }\n[inputs.r]\nfield = "review"\nscore = "lead"\nat_least = -3\nat_most = 6\n'
    platform, person = (
        Platform(compile_text(TOTAL, f"{field}percent = {percent}\n")),
        Person(fields={"review": value}),
    )
    platform.days(person, 0, 3)
    assert person.score == points


def test_negatives_ask_for_the_empty_field_unless_a_probe_says_they_need_not():
    spec = (TOTAL, '[rules.bad]\nwhen = { field = "country", is = "Nowhere" }\npoints = { lead = -20 }')

    def operators(bundle):
        return [item["operator"] for item in leaves(rules(bundle)["SW rules bad: take back"])]

    assert operators(compile_text(*spec)) == ["is", "isn't", "is empty"]
    assert operators(compile_text(*spec, negatives_match_empty_fields=True)) == ["is", "isn't"]


def test_numeric_tiers_are_half_open_bands():
    spec = '[tiers.t]\nscore = "lead"\nfield = "employees"\ncases = [{ at_least = 1000, points = 9 }, { at_least = 50, points = 4 }]'
    give = rules(compile_text(TOTAL, spec))["SW tiers t: case-2, give"]
    assert [(item["operator"], item.get("value")) for item in leaves(give)][:2] == [
        ("is greater than", "49"),
        ("is less than", "1000"),
    ]


def test_neighbouring_bands_are_asked_as_one_stretch():
    text = """
[scores.fit]
kind = "fit"
[rules.f]
when = { field = "company", is = "X" }
points = { fit = 30 }
[bands.letter]
score = "fit"
cases = [{ label = "A", at_least = 30 }, { label = "B", at_least = 10 }, { label = "C" }]
[bands.figure]
score = "lead"
cases = [{ label = "1", at_least = 50 }, { label = "2" }]
[bands.class]
join = ["letter", "figure"]
[thresholds.t]
when = { band = "class", is_any = ["A1", "B1"] }
then = [{ notify = "owner" }]
"""
    bundle = compile_text(TOTAL, text)
    fire = rules(bundle)["SW thresholds t: hand over"]
    assert not [item for item in leaves(fire) if item["criterion"] == "Prospect list"]
    assert not objects(bundle, "dynamic-lists"), "what lies deeper than a rule can hold is spread out"
    assert [name for name in rules(bundle) if "below again" in name] == ["SW thresholds t: below again"]
    asked = {(item["criterion"], item["operator"], item.get("value")) for item in leaves(fire)}
    assert ("Prospect score", "is greater than", "49") in asked
    assert ("Prospect custom field", "is greater than", "9") in asked
    assert len([item for item in asked if item[1].startswith("is ")]) == 2


DATES = "active = { from = 2026-01-01, until = 2026-12-31 }\n"


def test_what_pays_once_is_switched_by_hand_on_its_days():
    event = '[assets]\ndemo = { form = "Demo" }\n[rules.r]\non = { submits = "demo" }\npoints = { lead = 5 }\nlimit = { times = 1 }\n'
    keep = '[rules.r]\nkeep = true\nwhen = { field = "country", is = "France" }\npoints = { lead = 5 }\n'
    for rule in (event, keep):
        assert ("switch-by-date", "by hand") not in notes(compile_text(TOTAL, rule), "rules.r")
        found = note(compile_text(TOTAL, rule, DATES), "rules.r", "switch-by-date")
        assert (str(found.result), "from 2026-01-01 to 2026-12-31" in found.message) == ("by hand", True)


def test_a_fact_with_days_goes_by_two_tags_that_say_which_day_it_is():
    fact = '[rules.r]\nwhen = { field = "country", is = "France" }\npoints = { lead = 5 }\n'
    bundle = compile_text(TOTAL, fact, DATES)
    assert notes(bundle, "rules.r") == [("automation-rules", "exact"), ("switch-by-date", "by hand")]
    days = "from 2026-01-01 to 2026-12-31"
    on, off = (rules(bundle)[f"SW days {days}: {side}"] for side in ("in them", "outside them"))
    inside, outside = (f"sw/days/{days.replace(' ', '-')}/{side}" for side in ("in", "out"))
    assert next(item["of"] for item in leaves(rules(bundle)["SW rules r: give"])) == inside
    assert outside in [item["of"] for item in leaves(rules(bundle)["SW rules r: take back"])]
    for given, other, row in ((inside, outside, on), (outside, inside, off)):
        assert [item["of"] for item in row["actions"]] == [other, given], (
            "between the two nobody is given anything"
        )
    assert notes(compile_text(TOTAL, fact), "rules.r") == [("automation-rules", "exact")]


def test_facts_with_the_same_days_share_the_rules_that_say_which_day_it_is():
    text = '[rules.{0}]\nwhen = {{ field = "country", is = "{0}" }}\npoints = {{ lead = 5 }}\n'
    bundle = compile_text(TOTAL, text.format("a"), DATES, text.format("b"), DATES)
    shared = [(item.elements, item.lowering) for item in bundle.objects if item.lowering.endswith("-days")]
    assert shared == [(("rules.a", "rules.b"), "in-days"), (("rules.a", "rules.b"), "out-of-days")]


def test_a_date_beside_a_step_is_told_with_what_the_step_takes_of_it():
    fact = '[rules.r]\nwhen = { field = "country", is = "France" }\npoints = { lead = 20 }\n'
    decay = '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", subtract = 5 }]\n'
    assert "date-beside-a-step" not in dict(notes(compile_text(TOTAL, fact, decay), "decay.d"))
    told = note(compile_text(TOTAL, fact, DATES, decay), "decay.d", "date-beside-a-step")
    assert Bound("score lead", -5, 5, "facts-change") in told.bounds


FACT = '[rules.r]\nwhen = { field = "country", is = "France" }\npoints = { lead = 20 }\n'
HALF = '[decay.d]\nscore = "lead"\nsteps = [{ after = "30d", percent = 50 }]\n'
RESET = '[thresholds.t]\nwhen = { score = "lead", at_least = 15 }\nthen = [{ reset = "lead", to = 0 }]\n'


@pytest.mark.parametrize("falls", [HALF, RESET])
def test_a_floor_binds_where_what_a_fact_gave_is_gone_when_it_is_taken_back(falls):
    assert notes(compile_text(TOTAL, "floor = 0\n", FACT), "scores.lead") == [("overall", "exact")]
    bundle = compile_text(TOTAL, "floor = 0\n", FACT, falls)
    assert notes(bundle, "scores.lead") == [("clamped-later", "bounded")]


@pytest.mark.parametrize("falls", [HALF, RESET])
def test_a_floor_does_not_bind_what_events_only_add_to(falls):
    """What an event gave is given for good: nothing takes it back below a decay's end or a reset."""
    more = '[rules.r]\non = { visits = "any-page" }\npoints = { lead = 20 }\n'
    assert notes(compile_text(TOTAL, "floor = 0\n", more, falls), "scores.lead") == [("overall", "exact")]


def test_a_floor_binds_what_events_take_again_and_again():
    less = '[rules.r]\non = { attends = "any-webinar" }\npoints = { lead = -5 }\n'
    bundle = compile_text(TOTAL, "floor = -10\n", less)
    assert notes(bundle, "scores.lead") == [("clamped-later", "bounded")]


def test_a_wide_input_is_read_by_the_formula_itself_rounded_half_up():
    text = '[fields]\nsize = { type = "number" }\n[scores.wide]\nkind = "fit"\n[inputs.size]\nfield = "size"\nscore = "wide"\n'
    bundle = compile_text(TOTAL, text + "percent = 50\nat_least = -1\n")
    (row,) = objects(bundle, "formula-fields").values()
    assert row["formula"] == "IF(ISBLANK(size__c), 0, MAX(MFLOOR((2 * 50 * size__c + 100) / 200), -1))"
    read = read_formula("Wide", row, {"size": "size"})
    values = {"-9": -1, "-3": -1, "-1": 0, "0": 0, "1": 1, "2": 1, "3": 2, "99999": 50000}
    assert {size: read.value(SimpleNamespace(fields={"size": (size,)})) for size in values} == values
    assert read.value(SimpleNamespace(fields={})) == 0
    fed = compile_text(TOTAL, text.replace('"fit"', '"fit"\nfeeds = "lead"'))
    assert notes(fed, "inputs.size") == [("input-needs-bands", "refused")]
