"""What made specs have shown: two things that meet, each of them lowered rightly alone."""

from __future__ import annotations

import pytest

from scorewright.plugin.notes import Result
from scorewright_pardot.names import field_id
from tests.pardot.making import HEAD, TOTAL, compile_text, leaves, note, notes, objects, rules
from tests.pardot.platform import Person, Platform

FACTS = (
    '[rules.hot]\nwhen = { field = "country", is = "France" }\npoints = { lead = %d }\n'
    '[rules.cold]\nwhen = { field = "city", is = "Paris" }\npoints = { lead = %d }\n'
)


def found(bundle, element, name):
    return {(item.gauge, item.when): (item.least, item.most) for item in note(bundle, element, name).bounds}


# --- clamps between what one moment gives and takes -----------------------------------------------------------------


def test_a_floor_between_a_take_and_a_give_forgets_no_more_than_the_give():
    score = f"{TOTAL}floor = -2\n"
    bounds = found(compile_text(score, FACTS % (4, -13)), "scores.lead", "clamped-later")
    assert bounds[("score lead", "any")] == (0, 4), "-13, back to -2, then +4: 2 where -2 is meant"
    assert bounds[("score lead", "facts-change")] == (0, None)


def test_a_floor_forgets_no_more_than_lies_below_it():
    score = f"{TOTAL}floor = -10\n"
    bounds = found(compile_text(score, FACTS % (40, -13)), "scores.lead", "clamped-later")
    assert bounds[("score lead", "any")] == (0, 3)


def test_a_ceiling_forgets_the_other_way_round():
    score = f"{TOTAL}ceiling = 30\n"
    bounds = found(compile_text(score, FACTS % (40, -13)), "scores.lead", "clamped-later")
    assert bounds[("score lead", "any")] == (-10, 0), "40, back to 30, then -13: 17 where 27 is meant"


def test_facts_of_one_sign_are_clamped_alike_in_any_order():
    score = f"{TOTAL}ceiling = 30\n"
    bounds = found(compile_text(score, FACTS % (40, 13)), "scores.lead", "clamped-later")
    assert ("score lead", "any") not in bounds


def test_a_start_is_a_give_like_any_other():
    score = f"{TOTAL}floor = 0\nstart = 6\n"
    fact = '[rules.cold]\nwhen = { field = "city", is = "Paris" }\npoints = { lead = -13 }\n'
    assert found(compile_text(score, fact), "scores.lead", "clamped-later")[("score lead", "any")] == (0, 6)


def test_what_is_paid_later_at_the_same_event_comes_after_the_ceiling_has_forgotten():
    score = f'{TOTAL}ceiling = 100\n[assets.jobs]\npages = "/jobs"\n'
    rules_ = (
        '[rules.any]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
        '[rules.jobs]\non = { visits = "jobs" }\npoints = { lead = -10 }\nlimit = { times = 1 }\n'
    )
    bounds = found(compile_text(score, rules_), "scores.lead", "clamped-later")
    assert bounds[("score lead", "any")] == (-1, 0), "101, back to 100, then -10: 90 where 91 is meant"


# --- criteria -------------------------------------------------------------------------------------------------------

GRADE = "[grades.profile]\ncriteria.industry = {{ thirds = 1, when = {{ {} }} }}\n"


def matching(text):
    rule = rules(compile_text(TOTAL, '[assets.demo]\nform = "Demo"\n', GRADE.format(text)))
    return [
        (item["criterion"], item["operator"]) for item in leaves(rule["SW grades profile: industry, matches"])
    ]


def test_a_criterion_that_holds_without_its_field_asks_that_the_field_is_known():
    text = 'any = [{ field = "industry", is = "Banking" }, { submitted = "demo" }]'
    assert ("Prospect default field", "is not empty") in matching(text)


def test_a_criterion_that_needs_its_field_does_not_ask_twice():
    text = 'all = [{ field = "industry", is = "Banking" }, { submitted = "demo" }]'
    assert ("Prospect default field", "is not empty") not in matching(text)


def test_a_whole_query_is_no_part_of_a_longer_one_and_a_sign_in_it_parts_nothing():
    text = '[segments.s]\nwhen = { searched = true, where = { query = { is = "a;b" } } }\n'
    (item,) = leaves(objects(compile_text(TOTAL, text), "dynamic-lists")["SW segments s"])
    assert (item["operator"], item["value"]) == ("is", '"a;b"')


def test_any_ad_is_seen_by_no_criterion():
    bundle = compile_text(TOTAL, '[segments.s]\nwhen = { clicked = "any-ad" }\n')
    assert notes(bundle, "segments.s") == [("asset-needs-a-name", "refused")]


def test_a_day_that_is_left_to_the_lists_is_counted_by_the_clock():
    rule = (
        '[assets.old]\ncampaign = "Old"\n[rules.r]\nkeep = true\npoints = { lead = 38 }\n'
        'when.not = { all = [{ mailable = false }, { member_of = "old" }] }\n'
    )
    bundle = compile_text(TOTAL, rule)
    facts = {fact for item in bundle.notes if item.element == "rules.r" for fact in item.facts}
    assert "clock-sweep-days" in facts


# --- scores ---------------------------------------------------------------------------------------------------------


def test_the_copies_of_a_score_for_each_product_are_categories_of_their_own():
    text = (
        '[products.mba]\ntitle = "MBA"\n[products.phd]\ntitle = "PhD"\n'
        '[scores.interest]\nkind = "engagement"\neach = "product"\nstart = 1\nnames = { pardot = "Interest" }\n'
    )
    assert set(objects(compile_text(TOTAL, text), "scoring-categories")) == {
        "Interest (MBA)", "Interest (PhD)",
    }  # fmt: skip


def test_a_field_that_is_a_score_and_feeds_another_cannot_be_added():
    text = (
        '[fields.size]\ntype = "number"\n[scores.fit]\nkind = "fit"\nfeeds = "lead"\n'
        '[inputs.review]\nfield = "size"\nscore = "fit"\n'
    )
    refused = [item for item in compile_text(TOTAL, text).notes if item.result is Result.REFUSED]
    assert [item.name for item in refused] == ["input-needs-bands"]


# --- decay ----------------------------------------------------------------------------------------------------------


def test_a_step_that_lifts_may_do_so_for_somebody_who_is_back_on_its_last_day():
    steps = '[decay.silence]\nscore = "lead"\nsteps = [{ after = "30d", set = 6 }]\n'
    bounds = found(compile_text(TOTAL, steps, head=HEAD), "decay.silence", "automation-rules")
    assert bounds[("score lead", "last-day")] == (None, 6)


def test_a_step_that_only_lowers_lifts_nobody():
    steps = '[decay.silence]\nscore = "lead"\nsteps = [{ after = "30d", at_least = 6, set = 6 }]\n'
    bounds = found(compile_text(TOTAL, steps, head=HEAD), "decay.silence", "automation-rules")
    assert bounds[("score lead", "last-day")] == (None, 0)


# --- states that stand for what happened ----------------------------------------------------------------------------


def test_that_somebody_unsubscribed_is_not_what_the_platform_remembers():
    bundle = compile_text(TOTAL, "[segments.s]\nwhen = { unsubscribed = true }\n")
    (refused,) = [item for item in bundle.notes if item.element == "segments.s"]
    assert refused.result is Result.REFUSED
    assert "mailable = false" in refused.instead


def test_that_somebody_once_had_a_status_is_not_what_a_campaign_keeps():
    text = '[assets.fair]\ncampaign = "Fair"\n'
    once = 'when = { joined = "fair", where = { status = { is = "Came" } } }\n'
    bundle = compile_text(TOTAL, text, f"[segments.s]\n{once}")
    assert notes(bundle, "segments.s") == [("no-criterion-for-it", "refused")]
    now = compile_text(TOTAL, text, '[segments.s]\nwhen = { member_of = "fair", status = "Came" }\n')
    assert notes(now, "segments.s") == [("dynamic-list", "exact")]


def test_while_the_rules_are_paused_a_start_is_missing_and_a_grade_is_off_by_its_criteria():
    head = f"{HEAD}active = {{ from = 2026-02-28 }}\n"
    grade = '[grades.g]\ncriteria.c = { when = { field = "industry", is = "Software" }, thirds = 2 }\n'
    bundle = compile_text(f"{TOTAL}start = 8\n", grade, head=head)
    bounds = found(bundle, "model", "outsiders-collect-points")
    assert bounds[("score lead", "outside")] == (-8, 0)
    assert bounds[("grade g", "outside")] == (0, 4)


def test_a_silence_that_is_counted_otherwise_is_off_by_what_it_takes_and_only_a_second_one_by_more():
    head = HEAD.replace('"visits", ', '"opens", "visits", ')
    steps = (
        '[decay.silence]\nscore = "lead"\n'
        'steps = [{ after = "30d", subtract = 10 }, { after = "60d", subtract = 15 }]\nthen = [{ notify = "owner" }]\n'
    )
    bounds = found(compile_text(TOTAL, steps, head=head), "decay.silence", "activity-is-the-platforms")
    assert bounds[("score lead", "other-activity")] == (-25, 25)
    assert bounds[("done decay.silence.then.0", "other-activity")] == (-2, 2)
    assert bounds[("score lead", "other-silences")] == (None, None)


# --- days of a rule -------------------------------------------------------------------------------------------------

DAYS = "active = { from = 2026-02-01, until = 2026-06-01 }\n"
FAIR = '[assets.fair]\npages = "/fair"\n[assets.talk]\nwebinar = "Talk"\n'


def test_a_row_pays_on_every_day_so_a_rule_with_days_needs_actions_of_its_own():
    any_page = f'[rules.r]\non = {{ visits = "any-page" }}\npoints = {{ lead = 3 }}\n{DAYS}'
    assert notes(compile_text(TOTAL, any_page), "rules.r") == [("rule-dates-of-a-row", "refused")]
    named = f'[rules.r]\non = {{ visits = "fair" }}\npoints = {{ lead = 3 }}\n{DAYS}'
    assert ("carriers", "exact") in notes(compile_text(TOTAL, FAIR, named), "rules.r")
    other = '[rules.q]\non = { visits = "fair" }\npoints = { lead = 5 }\n'
    assert ("rule-dates-of-a-row", "refused") in notes(compile_text(TOTAL, FAIR, named, other), "rules.r")


def test_a_rule_that_is_resumed_on_a_day_sees_what_is_left_from_before():
    rule = f'[rules.r]\non = {{ attends = "talk" }}\npoints = {{ lead = 7 }}\nlimit = {{ times = 1 }}\n{DAYS}'
    assert found(compile_text(TOTAL, FAIR, rule), "rules.r", "days-by-hand") == {
        ("score lead", "any"): (-7, 7)
    }


def test_what_comes_before_the_first_day_of_the_model_is_paid_on_it():
    rule = '[rules.r]\non = { attends = "talk" }\npoints = { lead = 7 }\nlimit = { times = 1 }\n'
    bundle = compile_text(TOTAL, FAIR, rule, head=f"{HEAD}active = {{ from = 2026-02-28 }}\n")
    assert found(bundle, "rules.r", "once-looked-at-later")[("score lead", "outside")] == (0, 7)


def test_one_change_that_ends_a_fact_and_leaves_the_population_is_bounded_by_the_fact():
    head = f'{HEAD}exclude = ["owned"]\n'
    text = (
        "[segments.owned]\nwhen = { assigned = true }\n"
        "[rules.r]\nwhen = { assigned = false }\npoints = { lead = 4 }\n"
    )
    bounds = found(compile_text(TOTAL, text, head=head), "rules.r", "lists-follow-late")
    assert bounds[("score lead", "outside")] == (-4, 4)


def test_clicks_rest_on_what_the_platform_takes_for_a_bot():
    text = '[assets.l]\nlink = "L"\n[segments.s]\nwhen = { clicked = "l" }\n'
    (said,) = [item for item in compile_text(TOTAL, text).notes if item.element == "segments.s"]
    assert "bots-are-filtered" in said.facts


# --- what holds -----------------------------------------------------------------------------------------------------


def test_an_input_whose_field_is_lost_counts_for_nothing():
    text = (
        '[fields.size]\ntype = "number"\n[scores.fit]\nkind = "fit"\n'
        '[inputs.review]\nfield = "size"\nscore = "fit"\nat_least = 1\nat_most = 3\n'
    )
    lost = rules(compile_text(TOTAL, text))["SW inputs review: set fit to 0"]
    assert ("Prospect custom field", "is empty") in {
        (item["criterion"], item["operator"]) for item in leaves(lost)
    }


def test_a_fit_score_that_its_ceiling_binds_is_added_up_by_a_formula_even_where_something_reads_it():
    text = (
        '[scores.fit]\nkind = "fit"\nceiling = 40\n'
        '[rules.a]\nwhen = { field = "country", is = "France" }\npoints = { fit = 30 }\n'
        '[rules.b]\nwhen = { field = "city", is = "Paris" }\npoints = { fit = 30 }\n'
        '[thresholds.t]\nwhen = { score = "fit", at_least = 25 }\nthen = [{ notify = "owner" }]\n'
    )
    bundle = compile_text(TOTAL, text)
    assert ("formula-needs-crm-record", "bounded") in notes(bundle, "scores.fit")
    assert objects(bundle, "formula-fields")["fit"]["formula"].startswith("MIN(")


FIT_IN_TOTAL = '[scores.all]\nkind = "combined"\noverall = true\nsum_of = ["fit"]\n[scores.fit]\nkind = "fit"\nceiling = 40\n'


def test_bounds_that_bind_inside_the_overall_score_are_refused_where_facts_come_together_in_too_many_ways():
    rules_ = "".join(
        f'[rules.r{place}]\nwhen = {{ field = "country", is = "C{place}" }}\npoints = {{ fit = {points} }}\n'
        for place, points in enumerate((1, 2, 4, 8, 16, 32, 64, 128, 256))
    )
    bundle = compile_text(FIT_IN_TOTAL, rules_)
    assert notes(bundle, "rules.r0") == [("clamp-of-several-facts", "refused")]
    assert "in 512 ways" in note(bundle, "rules.r0", "clamp-of-several-facts").message
    fewer = compile_text(FIT_IN_TOTAL, rules_.partition("[rules.r6]")[0])
    assert "has 40 values" in note(fewer, "rules.r0", "clamp-of-several-facts").message


@pytest.mark.parametrize("seed", range(4))
def test_what_facts_add_up_to_is_held_by_levels_where_its_ceiling_binds(seed):
    """Under 40 stand 30 + 15 + 5; when the 15 ends, 35 are left."""
    facts = "".join(
        f'[rules.{field}]\nwhen = {{ field = "{field}", is = "Yes" }}\npoints = {{ fit = {points} }}\n{more}'
        for field, points, more in (("country", 30, ""), ("city", 15, ""), ("state", 5, "keep = true\n"))
    )
    platform, person, day = Platform(compile_text(FIT_IN_TOTAL, facts), seed), Person(), 0
    story = (({"State": "Yes"}, 5), ({"Country": "Yes", "City": "Yes"}, 40), ({"City": "No"}, 35))
    for fields, shown in (*story, ({"State": "No"}, 35), ({"Country": "No"}, 5)):
        person.fields.update(fields)
        platform.days(person, day, day + 3)
        assert person.score == shown
        day += 4


def test_what_a_bound_cuts_shows_nowhere_where_the_score_is_fed_on_whole():
    fed = (
        FIT_IN_TOTAL.replace('"combined"', '"engagement"').replace('sum_of = ["fit"]\n', "")
        + 'feeds = "all"\n'
    )
    facts = "".join(
        f'[rules.{field}]\nwhen = {{ field = "{field}", is = "Yes" }}\npoints = {{ fit = 30 }}\n'
        for field in ("country", "city")
    )
    bundle = compile_text(fed, facts)
    assert notes(bundle, "rules.city") == [("automation-rules", "exact")]
    assert len(rules(bundle)) == 4


def test_cases_of_one_label_have_rules_of_their_own():
    tier = (
        '[tiers.t]\nscore = "lead"\ncases = [\n'
        '  { label = "Good", when = { field = "country", is = "France" }, points = 12 },\n'
        '  { label = "Good", when = { field = "city", is = "Rome" }, points = 24 },\n]\n'
    )
    given = [name for name in rules(compile_text(TOTAL, tier)) if name.endswith("give")]
    assert given == ["SW tiers t: good-1, give", "SW tiers t: good-2, give"]


def test_the_first_day_of_a_model_opens_a_threshold_without_an_event():
    head = f"{HEAD}active = {{ from = 2026-02-28 }}\n"
    gate = '[thresholds.t]\nwhen = { score = "lead", at_least = 20 }\nthen = [{ notify = "owner" }]\n'
    bounds = found(compile_text(TOTAL, gate, head=head), "thresholds.t", "opened-without-an-event")
    assert bounds[("done thresholds.t.then.0", "outside")] == (0, 1)


def test_every_field_has_an_id_that_begins_with_a_letter():
    assert field_id("Größe (neu)") == "Gro_udf_e_neu"
    assert field_id("日本") == "u65e5_u672c"
    assert field_id("3 visits") == "F_3_visits"
    assert field_id("SW careers count") == "SW_careers_count"


def test_a_score_is_not_kept_in_a_field_that_the_spec_has_for_something_else():
    text = (
        '[fields.quality]\ntype = "text"\nnames = { pardot = "Fit" }\n[scores.fit]\ntitle = "Fit"\nkind = "fit"\n'
        '[rules.a]\nwhen = { field = "country", is = "France" }\npoints = { fit = 30 }\n'
    )
    assert ("name-twice", "refused") in notes(compile_text(TOTAL, text), "scores.fit")


def test_a_score_is_not_kept_in_a_field_of_the_name_of_one_that_ships():
    text = (
        '[scores.industry]\ntitle = "Industry"\nkind = "fit"\n'
        '[rules.a]\nwhen = { field = "industry", is = "Software" }\npoints = { industry = 30 }\n'
    )
    assert ("name-twice", "refused") in notes(compile_text(TOTAL, text), "scores.industry")


def test_a_score_that_is_a_field_of_the_spec_shares_its_name_with_nothing():
    text = '[fields.size]\ntype = "number"\n[scores.size]\nkind = "fit"\n[inputs.review]\nfield = "size"\nscore = "size"\n'
    assert ("name-twice", "refused") not in notes(compile_text(TOTAL, text), "scores.size")


def test_two_fields_of_one_name_are_one_on_the_platform_and_one_that_ships_may_be_declared_anew():
    text = '[fields]\na = { type = "text", names = { pardot = "Size" } }\nb = { type = "number", names = { pardot = "size" } }\n'
    assert ("name-twice", "refused") in notes(compile_text(TOTAL, text), "fields.b")
    apart = text.replace("{ type", '{ of = "account", type').replace('"Size"', '"Industry"')
    assert not [item for item in compile_text(TOTAL, apart).notes if item.name == "name-twice"]


def test_a_start_on_top_of_what_was_there_may_hand_over_and_the_owner_be_worth_something():
    text = (
        '[assets.sales]\nqueue = "Sales"\n[rules.a]\nwhen = { assigned = true }\npoints = { lead = 2 }\n'
        '[thresholds.t]\nwhen = { score = "lead", at_least = 20 }\nthen = [{ assign = "sales" }]\n'
    )
    bounds = found(compile_text(f"{TOTAL}start = 1\n", text), "scores.lead", "overall")
    assert bounds[("score lead", "existing")] == (-2, 3)
