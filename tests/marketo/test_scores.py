"""Scores: totals and parts, floors and ceilings, starts."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.marketo.compiling import campaign, compile_text, notes, tables
from tests.marketo.person import Person

PAGES = '[assets]\ngood = { pages = "/good" }\nbad = { pages = "/bad" }\n'
RULES = '[rules.good]\non = { visits = "good" }\npoints = { web = 10 }\n[rules.bad]\non = { visits = "bad" }\npoints = { web = -10 }\n'
WEB = '[scores.web]\ntitle = "Web"\nkind = "engagement"\n'


def test_a_part_feeds_its_total_by_the_same_token_and_the_total_comes_first():
    text = PAGES + '[scores.all]\nkind = "engagement"\noverall = true\n' + WEB + 'feeds = "all"\n' + RULES
    flow = campaign(compile_text(text), "Award good")["flow"]
    assert [[row["value"] for row in step["fields"]] for step in flow] == [
        ["Person Score", "{{my.Good}}"],
        ["Web Score", "{{my.Good}}"],
    ]


def test_a_floor_keeps_a_loss_from_passing_and_gives_nobody_points():
    person = Person(compile_text(PAGES + WEB + "floor = 0\n" + RULES))
    seen = []
    for name in ("bad", "good", "good", "bad", "bad", "bad", "good"):
        person.run(f"When {name}")
        seen.append(person.fields["Web Score"])
    assert seen == [0, 10, 20, 10, 0, 0, 10]


def test_whoever_has_no_score_yet_starts_where_the_spec_says_and_not_at_the_floor():
    """In whichever order the batches of the start run; who has a score already is only brought into the bounds."""
    bundle = compile_text(PAGES + WEB + "floor = 5\nstart = 20\nceiling = 60\n" + RULES)
    assert notes(bundle, "refused") == []
    batches = ["Start bounds of Web", "Start Web for everybody"]
    for order in (batches, batches[::-1]):
        for had, gets in ((None, 20), (0, 5), (70, 60), (30, 30)):
            person = Person(bundle, **({} if had is None else {"Web_Score": had}))
            for name in order:
                person.run(name)
            assert person.fields["Web Score"] == gets


def test_the_safe_value_stands_in_the_default():
    bundle = compile_text(PAGES + WEB + "floor = 0\nceiling = 25\n" + RULES)
    down = campaign(bundle, "Award bad")["flow"][0]
    assert (down["default"], [row["value"] for row in down["choices"]]) == ("=0", ["{{my.Bad}}"])
    up = campaign(bundle, "Award good")["flow"][0]
    assert (up["default"], [row["value"] for row in up["choices"]]) == ("{{my.Good}}", ["=25"])
    coupled = {item.table["token"]: item.table["coupled"] for item in bundle.objects if item.kind == "tokens"}
    assert coupled == {"Good": ["Award good"], "Bad": ["Award bad"]}


def test_a_ceiling_of_a_part_holds_in_the_sum():
    text = (
        PAGES
        + WEB
        + 'ceiling = 25\n[scores.sum]\nkind = "combined"\noverall = true\nsum_of = ["web", "other"]\n'
    )
    text += '[scores.other]\nkind = "engagement"\n' + RULES
    bundle = compile_text(text)
    person = Person(bundle, Person_Score=100)
    seen = []
    for name in ("good", "good", "good", "good", "bad"):
        person.run(f"When {name}")
        seen.append((person.fields["Web Score"], person.fields["Person Score"]))
    assert seen == [(10, 110), (20, 120), (25, 125), (25, 125), (15, 115)]
    assert notes(bundle, "bounded") == [("simultaneous-events", "scores.web")]


def test_an_award_that_a_ceiling_swallows_still_feeds():
    text = (
        PAGES
        + '[scores.all]\nkind = "engagement"\noverall = true\n'
        + WEB
        + 'ceiling = 15\nfeeds = "all"\n'
        + RULES
    )
    person = Person(compile_text(text))
    for _ in range(3):
        person.run("When good")
    assert (person.fields["Web Score"], person.fields["Person Score"]) == (15, 30)


def test_weights_pay_their_share():
    text = (
        PAGES + WEB + '[scores.mix]\nkind = "combined"\noverall = true\npercent_of = { web = 50 }\n' + RULES
    )
    person = Person(compile_text(text))
    person.run("When good")
    assert (person.fields["Web Score"], person.fields["Person Score"]) == (10, 5)


def test_a_start_is_given_once():
    bundle = compile_text(PAGES + WEB + "start = 20\n" + RULES)
    assert campaign(bundle, "Start Web")["qualification"] == "Only once"
    person = Person(bundle)
    for name in ("When created, start Web".replace(",", ""), "Start Web for everybody"):
        person.run(name)
    assert person.fields["Web Score"] == 20


def test_fields_that_can_never_be_deleted_are_counted():
    bundle = compile_text(PAGES + WEB + RULES)
    quota = next(row for row in bundle.quotas if "never" in row.name)
    assert quota.name == "custom field that can never be deleted"
    assert (quota.used, quota.given, quota.fact) == (1, 100, "custom-fields-limit")
    assert tables(bundle, "score-fields")["Web Score"]["api_name"] == "webScore"


@pytest.mark.parametrize("name", ["person", "lead"])
def test_only_the_overall_score_uses_the_platforms_own_field(name):
    text = PAGES + WEB + f'[scores.{name}]\nkind = "combined"\nsum_of = ["web"]\n' + RULES
    bundle = compile_text(text)
    fields = tables(bundle, "score-fields")
    label = f"{name.capitalize()} Score ({name})"
    assert set(fields) == {"Web Score", label}
    assert fields[label]["api_name"] != "leadScore"
    with_overall = compile_text(text + '[scores.all]\nkind = "engagement"\noverall = true\n')
    assert set(tables(with_overall, "score-fields")) == {"Web Score", label, "Person Score"}


@pytest.mark.parametrize("name", ["Person Score", "Lead Score"])
def test_any_score_may_be_kept_in_the_platforms_own_field_but_only_one(name):
    text = PAGES + WEB + f'names = {{ marketo = "{name}" }}\n' + RULES
    alone = compile_text(text)
    assert notes(alone, "refused") == []
    assert tables(alone, "score-fields")[name] | {"why": ""} == {
        "label": name, "api_name": "leadScore", "type": "score", "standard": True, "can_be_deleted": False, "why": "",
    }  # fmt: skip
    assert not any(quota.used for quota in alone.quotas if "never" in quota.name), "it costs no field"
    for more in ("overall = true\n", 'names = { marketo = "lead score" }\n'):
        both = compile_text(f'{text}[scores.all]\nkind = "engagement"\n{more}')
        (note, *_) = [note for note in both.notes if note.name == "field-taken"]
        assert "a subscription has one, and “all” is kept there" in note.message


MIX = """
[scores.mix]
kind = "combined"
percent_of = { web = 35, mail = 12, fit = 7 }
[scores.all]
kind = "combined"
overall = true
sum_of = ["mix", "mail"]
[scores.web]
kind = "engagement"
[scores.mail]
kind = "engagement"
[scores.fit]
kind = "fit"
"""
GIVEN = {"web": (1, 7, -3), "mail": (5, -2, 10)}


def rounded(part: int, percent: int = 100) -> Fraction:
    return Fraction(part * percent, 100)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("web", "mail")), st.integers(0, 2)), max_size=30))
def test_what_shares_lack_of_whole_points_is_kept_and_the_sum_is_rounded_once(awards):
    person = Person(compile_text(MIX + _given() + _country()), Country="DE")
    person.night()
    parts = {"web": 0, "mail": 0, "fit": 11}
    for key, place in awards:
        person.run(f"When {key} {place}")
        parts[key] += GIVEN[key][place]
        exact = rounded(parts["web"], 35) + rounded(parts["mail"], 12) + rounded(parts["fit"], 7)
        mix = floor(exact + Fraction(1, 2))
        assert person.fields.get("Mix Score", 0) == mix
        assert person.fields.get("Person Score", 0) == mix + parts["mail"]


def _given():
    pages = "".join(f'{key}-{n} = {{ pages = "/{key}/{n}" }}\n' for key in GIVEN for n in range(3))
    rule = '[rules.{0}-{1}]\non = {{ visits = "{0}-{1}" }}\npoints = {{ {0} = {2} }}\n'
    rules = (rule.format(key, n, GIVEN[key][n]) for key in GIVEN for n in range(3))
    return "[assets]\n" + pages + "".join(rules)


def _country():
    return '[rules.country]\nwhen = { field = "country", is = "DE" }\npoints = { fit = 11 }\n'


def test_a_fact_that_ends_takes_its_share_back_to_the_point():
    person = Person(compile_text(MIX + _country()), Country="DE")
    for country, mix in (("DE", 1), ("FR", 0), ("DE", 1), ("FR", 0)):
        person.fields["Country"] = country
        person.night()
        assert person.fields.get("Mix Score", 0) == mix
    assert person.fields["SW Rest mix"] == 0


def test_a_rest_that_two_campaigns_can_move_at_once_is_bounded_and_one_that_comes_in_turn_is_exact():
    assert notes(compile_text(MIX + _country()), "bounded") == []
    found = notes(compile_text(MIX + _given()), "bounded")
    assert found == [("simultaneous-events", "scores.mix")]
    assert notes(compile_text(MIX + _given(), runs_interleave=False), "bounded") == []


def test_a_decay_and_a_reset_of_a_part_take_their_shares_too():
    text = MIX + _given() + '[decay.quiet]\nscore = "web"\nsteps = [ { after = "30d", %s } ]\n'
    for step, left in (("subtract = 4", 10), ("at_least = 3, set = 3", 3), ("percent = 50", 7)):
        bundle = compile_text(text % step + "[targets.marketo]\nlargest_score = 100\n")
        assert notes(bundle, "refused") == []
        person = Person(bundle)
        person.run("When web 1")
        person.run("When web 1")
        person.log.append(("Visited Web Page", person.today))
        person.today += 31
        person.night()
        assert person.fields["Web Score"] == left
        assert person.fields["Mix Score"] == floor(rounded(left, 35) + Fraction(1, 2))


@pytest.mark.parametrize(
    ("weights", "share"),
    [("percent_of = { mix = 50 }", (50, 0)), ("percent_of = { mail = 30, mix = 7 }", (7, 30))],
)
def test_a_rounded_sum_with_a_weight_of_its_own_is_rounded_again(weights, share):
    bundle = compile_text(MIX.replace('sum_of = ["mix", "mail"]', weights) + _given() + _country())
    assert notes(bundle, "refused") == []
    person = Person(bundle, Country="DE")
    person.night()
    parts = {"web": 0, "mail": 0}
    for key, place in [("web", 1), ("web", 1), ("mail", 0), ("web", 2), ("mail", 1), ("web", 0)] * 4:
        person.run(f"When {key} {place}")
        parts[key] += GIVEN[key][place]
        exact = rounded(parts["web"], 35) + rounded(parts["mail"], 12) + rounded(11, 7)
        mix = floor(exact + Fraction(1, 2))
        over = rounded(mix, share[0]) + rounded(parts["mail"], share[1])
        assert person.fields["Mix Score"] == mix
        assert person.fields.get("Person Score", 0) == floor(over + Fraction(1, 2))


def test_who_comes_with_points_beyond_a_bound_is_brought_back_with_the_sums_however_far():
    text = (
        '[scores.part]\nkind = "engagement"\nceiling = 50\nfloor = -50\n[scores.lead]\nkind = "combined"\noverall = true\n'
        'sum_of = ["part"]\n[rules.visit]\non = { visits = "any-page" }\npoints = { part = 5 }\n'
    )
    bundle = compile_text(text)
    for start, held in ((20_000, 50), (51, 50), (50, 50), (-9_000, -50)):
        person = Person(bundle, Part_Score=start, Person_Score=start + 7)
        person.run("Start bounds of part")
        assert (person.fields["Part Score"], person.fields["Person Score"]) == (held, held + 7)
