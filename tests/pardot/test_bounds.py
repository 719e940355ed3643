"""Bounds as values: every bounded note has them, and the numbers are those of the lowering."""

from __future__ import annotations

import pytest

from tests.pardot.making import HEAD, TOTAL, compile_text, note, notes

CONTACT = '[assets.contact]\nform = "Contact us"\n[assets.prices]\npages = ["/pricing"]\n'
UNQUIET = {"crowded", "cut-twice", "last-day", "existing", "past-unknown", "above-range"}
"""Where an exact lowering may show something else: where no moment is quiet, or a silence was there before."""
STEPS = """
[decay.silence]
score = "lead"
steps = [
  { after = "30d", every = "30d", %s },
]
"""


def bounds(bundle, element, name, *, quiet=True):
    """Gauge and situation = least and most; what concerns only what is not quiet is left out."""
    found = {(item.gauge, item.when): (item.least, item.most) for item in note(bundle, element, name).bounds}
    return {
        key: room
        for key, room in found.items()
        if not quiet or key[1] not in {"crowded", "cut-twice", "last-day"}
    }


# --- awards ---------------------------------------------------------------------------------------------------------


def test_an_award_once_a_window_may_come_too_often_where_the_limit_holds_one_back():
    rule = '[rules.r]\non = { submits = "contact" }\npoints = { lead = 50 }\nlimit = { times = 1, per = "30d" }\n'
    bundle = compile_text(TOTAL, CONTACT, rule)
    found = bounds(bundle, "rules.r", "once-per-window-late")
    assert found == {("score lead", "held-back"): (0, None)}


def test_a_negative_award_once_a_window_turns_the_bound_round():
    rule = '[rules.r]\non = { submits = "contact" }\npoints = { lead = -5 }\nlimit = { times = 1, per = "30d" }\n'
    bundle = compile_text(TOTAL, CONTACT, rule)
    found = bounds(bundle, "rules.r", "once-per-window-late")
    assert found == {("score lead", "held-back"): (None, 0)}


def test_a_condition_looked_at_later_pays_each_award_once_too_many():
    rule = (
        '[rules.r]\non = { submits = "contact" }\nwhen = { field = "country", is = "France" }\n'
        'points = { lead = 20 }\nlimit = { times = 3 }\nthen = [{ notify = "owner" }]\n'
    )
    bundle = compile_text(TOTAL, CONTACT, rule)
    found = bounds(bundle, "rules.r", "once-looked-at-later")
    assert found == {("score lead", "any"): (0, 60), ("done rules.r.then.0", "any"): (0, 3)}


def test_who_comes_into_the_population_later_is_paid_what_happened_outside():
    head = f'{HEAD}eligible = "french"\n'
    rule = (
        '[segments.french]\nwhen = { field = "country", is = "France" }\n'
        '[rules.r]\non = { submits = "contact" }\npoints = { lead = 20 }\nlimit = { times = 1 }\n'
    )
    found = bounds(compile_text(TOTAL, CONTACT, rule, head=head), "rules.r", "once-looked-at-later")
    assert found == {("score lead", "outside"): (0, 20)}


CHANGE = '[rules.r]\non = { changes = "country" }\nwhen = %s\npoints = { lead = 20 }\nlimit = { times = 1 }\n'


def test_a_change_whose_new_value_is_asked_for_is_looked_at_in_time():
    bundle = compile_text(TOTAL, CHANGE % '{ field = "country", is = "France" }')
    assert "once-looked-at-later" not in dict(notes(bundle, "rules.r"))


def test_a_change_with_another_field_beside_it_is_looked_at_later():
    both = '{ all = [{ field = "country", is = "France" }, { field = "city", is = "Paris" }] }'
    found = bounds(compile_text(TOTAL, CHANGE % both), "rules.r", "once-looked-at-later")
    assert found == {("score lead", "any"): (0, 20)}


def test_an_award_that_feeds_bounds_what_it_feeds_and_a_sum_counts_its_parts():
    scores = (
        '[scores.part]\nkind = "engagement"\nfeeds = "other"\n[scores.other]\nkind = "engagement"\n'
        '[scores.all]\nkind = "combined"\noverall = true\nsum_of = ["part", "other"]\n'
    )
    rule = '[rules.r]\non = { joins = "call" }\npoints = { part = 7 }\nlimit = { times = 1 }\n'
    band = (
        '[bands.one]\nscore = "part"\ncases = [{ label = "A", at_least = 5 }, { label = "B" }]\n'
        '[bands.two]\nscore = "other"\ncases = [{ label = "A", at_least = 5 }, { label = "B" }]\n'
    )
    bundle = compile_text(
        scores, '[assets.call]\ncampaign = "Call"\n', rule, band, category_adjust_moves_overall=False
    )
    found = bounds(bundle, "rules.r", "earlier-ones-never-earn")
    assert found[("score part", "existing")] == (-7, 0)
    assert found[("score other", "existing")] == (-7, 0)
    assert found[("score all", "existing")] == (-14, 0)


def test_what_leaves_a_state_is_missing_for_each_further_time():
    rule = '[assets.call]\ncampaign = "Call"\n[rules.r]\non = { joins = "call" }\npoints = { lead = 7 }\n'
    found = bounds(compile_text(TOTAL, rule), "rules.r", "only-the-first-for-each")
    assert found == {("score lead", "again"): (None, 0)}


def test_a_state_from_before_the_start_is_missing_or_paid_by_when_somebody_becomes_known():
    rule = '[assets.call]\ncampaign = "Call"\n[rules.r]\non = { joins = "call" }\npoints = { lead = 7 }\nlimit = { times = 1 }\n'
    head = HEAD.replace("timezone", "starts = 2026-01-01\ntimezone")
    found = bounds(compile_text(TOTAL, rule, head=head), "rules.r", "earlier-ones-never-earn")
    assert found == {("score lead", "existing"): (-7, 0), ("score lead", "before-start"): (-7, 7)}
    assert ("score lead", "before-start") not in bounds(
        compile_text(TOTAL, rule), "rules.r", "earlier-ones-never-earn"
    )


def test_what_was_done_before_somebody_was_known_is_missing_once_where_it_is_paid_once():
    rule = '[rules.r]\non = { visits = "prices" }\npoints = { lead = 10 }\nlimit = { times = 1 }\n'
    found = bounds(compile_text(TOTAL, CONTACT, rule), "model", "unknown-people-unseen")
    assert found == {("score lead", "past-unknown"): (-10, 0)}


# --- texts ----------------------------------------------------------------------------------------------------------

WORDS = '[terms.chiefs]\nmatch = "contains_word"\nvalues = ["COO"]\n'


def test_a_word_inside_a_longer_one_gives_the_points_of_the_fact():
    rule = '[rules.r]\nwhen = { field = "job-title", in = "chiefs" }\npoints = { lead = 15 }\n'
    found = bounds(compile_text(TOTAL, WORDS, rule), "rules.r", "whole-words-by-containing")
    assert found == {("score lead", "inside-longer"): (0, 15)}


def test_without_the_word_a_longer_one_takes_the_points_of_the_fact():
    rule = '[rules.r]\nwhen = { not = { field = "job-title", in = "chiefs" } }\npoints = { lead = 15 }\n'
    found = bounds(compile_text(TOTAL, WORDS, rule), "rules.r", "whole-words-by-containing")
    assert found == {("score lead", "inside-longer"): (-15, 0)}


def test_a_declared_longer_word_hides_the_word_beside_it():
    rule = '[rules.r]\nwhen = { field = "job-title", in = "chiefs" }\npoints = { lead = 15 }\n'
    options = '[targets.pardot.collisions]\nCOO = ["Coordinator"]\n'
    found = bounds(compile_text(TOTAL, WORDS, rule, options), "rules.r", "whole-words-by-containing")
    assert found == {("score lead", "inside-longer"): (-15, 15)}


def test_a_tiers_case_may_count_instead_of_those_below_it():
    tier = (
        '[tiers.t]\nscore = "lead"\nfield = "job-title"\notherwise = -2\nunknown = 0\n'
        'cases = [{ in = "chiefs", points = 10 }, { is = "Coordinator", points = 25 }]\n'
    )
    found = bounds(compile_text(TOTAL, WORDS, tier), "tiers.t", "whole-words-by-containing")
    assert found == {("score lead", "inside-longer"): (-15, 12)}


def test_a_longer_domain_puts_people_into_the_segment():
    segment = '[segments.free]\nwhen = { field = "email-domain", is = "free.example" }\n'
    found = bounds(compile_text(TOTAL, segment), "segments.free", "domain-by-its-beginning")
    assert found == {("segment free", "inside-longer"): (0, 1)}


# --- decay ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "steps",
    [
        '{ after = "30d", every = "30d", subtract = 10 }',
        '{ after = "7d", every = "7d", at_least = 30, subtract = 4 }, { after = "7d", every = "7d", below = 30, subtract = 1 }',
    ],
)
def test_steps_that_repeat_come_one_at_a_time(steps):
    """No rule meets what another has left, whoever looks between: exact at rest, with what may be off at the edges."""
    bundle = compile_text(TOTAL, f'[decay.silence]\nscore = "lead"\nsteps = [{steps}]')
    found = note(bundle, "decay.silence", "decay-drifts")
    assert {bound.when for bound in found.bounds} <= {*UNQUIET, "drawn-out"}
    unlike = compile_text(
        TOTAL, f'[decay.silence]\nscore = "lead"\nsteps = [{steps}]', repeat_counts_elapsed_days=False
    )
    found = note(unlike, "decay.silence", "automation-rules")
    assert found.result == "exact"
    assert {bound.when for bound in found.bounds} <= UNQUIET


def test_steps_that_repeat_for_more_than_a_year_come_late_by_all_that_they_take_at_most():
    steps = '[decay.silence]\nscore = "lead"\nsteps = [{ after = "30d", every = "30d", subtract = 10 }]\n'
    top = "[targets.pardot]\nrange = { lead = 300 }\n"
    found = bounds(compile_text(TOTAL, steps, top), "decay.silence", "decay-drifts")
    assert found["score lead", "drawn-out"] == (0, 300)


PERCENT = """
[scores.lead]
title = "Lead"
kind = "engagement"
overall = true
ceiling = 100
[decay.silence]
score = "lead"
stop_at = 50
steps = [{ after = "60d", percent = 10 }, { after = "120d", percent = 10 }]
[targets.pardot]
percent_error = 1
"""


def test_a_percent_is_off_by_what_its_bands_are_from_every_start():
    found = bounds(compile_text(PERCENT), "decay.silence", "percent-in-steps")
    least, most = found[("score lead", "any")]
    assert -2 <= least <= 0 <= most <= 2
    assert (least, most) != (0, 0)
    assert ("score lead", "above-range") not in found


def test_bands_in_windows_are_late_by_the_largest_that_waits():
    bundle = compile_text(PERCENT)
    found = bounds(bundle, "decay.silence", "decay-late", quiet=False)
    most = found[("score lead", "crowded")][1]
    assert found[("score lead", "cut-twice")] == (0, None)
    assert f"up to {most} points" in note(bundle, "decay.silence", "decay-late").bound
    assert most == 10


def test_a_condition_that_becomes_so_later_takes_no_more_than_the_silence_would():
    steps = (
        '[decay.silence]\nscore = "lead"\nwhen = { field = "country", is = "France" }\n'
        'steps = [{ after = "30d", subtract = 10 }, { after = "60d", subtract = 15 }]\n'
    )
    found = bounds(compile_text(TOTAL, steps), "decay.silence", "once-looked-at-later")
    assert found[("score lead", "any")] == (-25, 0)


def test_a_category_that_settles_keeps_the_rest_after_one_pass():
    parts = """
[scores.part]
kind = "engagement"
ceiling = 100
[decay.silence]
score = "part"
steps = [{ after = "30d", at_least = 1, set = 0 }]
"""
    bundle = compile_text(TOTAL, parts, category_adjust_moves_overall=False)
    found = bounds(bundle, "decay.silence", "category-settles-slowly", quiet=False)
    assert found[("score part", "crowded")] == (-11, 100)
    assert found[("score part", "cut-twice")] == (None, None)
    assert "59 points" in note(bundle, "decay.silence", "category-settles-slowly").bound


# --- thresholds and the model ---------------------------------------------------------------------------------------

MQL = '[thresholds.mql]\nwhen = { score = "lead", at_least = 100 }\n%s\nthen = [{ notify = "owner" }, { mark = "hot" }]\n[marks]\nhot = {}\n'
TIER = (
    '[tiers.t]\nscore = "lead"\nfield = "country"\n'
    'cases = [{ is = "France", points = 10 }, { is = "Spain", points = 20 }]\n'
)


def test_a_spare_handoff_shows_in_what_is_done_and_not_in_marks_unless_it_is_the_first():
    found = bounds(compile_text(TOTAL, TIER, MQL % ""), "thresholds.mql", "spare-handoff")
    assert found == {
        ("done thresholds.mql.then.0", "exchanged"): (0, 1),
        ("done thresholds.mql.then.0", "existing"): (0, 1),
        ("mark hot", "existing"): (0, 1),
    }


def test_a_label_may_stand_still_too_soon_where_what_moves_the_score_takes_out_of_the_population():
    band = (
        '[fields]\nletter = { type = "text" }\n[bands.b]\nscore = "lead"\nfield = "letter"\n'
        'cases = [{ label = "B", at_least = 10 }, { label = "C" }]\n[marks]\nours = {}\n[segments.ours]\nwhen = { %s }\n'
    )
    head, mark = (
        HEAD + 'exclude = ["ours"]\n',
        CONTACT
        + '[rules.contact]\non = { submits = "contact" }\npoints = { lead = 20 }\nthen = [{ mark = "ours" }]\n',
    )
    out = compile_text(TOTAL, mark, band % 'mark = "ours"', head=head)
    assert bounds(out, "bands.b", "lists-follow-late")[("field letter", "outside")] == (0, 1)
    apart = compile_text(TOTAL, mark, band % 'field = "country", is = "France"', head=head)
    assert ("custom-field", "exact") in notes(apart, "bands.b")


@pytest.mark.parametrize("then", ['{ notify = "owner" }', '{ reset = "lead", to = 0 }'])
def test_what_moves_along_with_a_category_is_off_for_good_where_the_total_is_set_meanwhile(then):
    part = (
        '[assets.demo]\nform = "Demo"\n[scores.part]\nkind = "engagement"\n[rules.demo]\non = { submits = "demo" }\npoints = { part = 1 }\n'
        '[rules.fr]\nwhen = { field = "country", is = "France" }\npoints = { part = 7 }\n'
    )
    bundle = compile_text(TOTAL, part, (MQL % "").replace('{ notify = "owner" }', then))
    found = bounds(bundle, "rules.fr", "category-may-move-total")
    assert found["score lead", "any"] == (-7, 7)
    assert (("score lead", "facts-change") in found) is ("reset" in then)


def test_asking_at_once_may_hand_over_twice_where_the_same_event_brings_them_past_it():
    bundle = compile_text(TOTAL, CONTACT, MQL % 'or_on = [{ submits = "contact" }]')
    found = bounds(bundle, "thresholds.mql", "spare-handoff")
    assert found == {("done thresholds.mql.then.0", "raised-and-crossed"): (0, 1)}


def test_a_spare_handoff_that_nobody_can_see_is_no_bound():
    only = '[thresholds.mql]\nwhen = { score = "lead", at_least = 100 }\nthen = [{ mark = "hot" }]\n[marks]\nhot = {}\n'
    assert ("automation-rules", "exact") in notes(compile_text(TOTAL, TIER, only), "thresholds.mql")


def test_a_blocked_handoff_comes_late_where_the_limit_is_used_up():
    bundle = compile_text(TOTAL, MQL % 'limit = { times = 1, per = "30d" }')
    found = bounds(bundle, "thresholds.mql", "blocked-handoff-comes-late")
    assert found[("done thresholds.mql.then.0", "held-back")] == (0, None)
    assert found[("mark hot", "held-back")] == (0, 1)


def test_a_sum_in_salesforce_is_missing_whole_without_a_record():
    facts = (
        '[scores.fit]\nkind = "fit"\nfloor = -5\n[rules.a]\nwhen = { field = "country", is = "France" }\n'
        'points = { fit = 30 }\n[rules.b]\nwhen = { field = "city", is = "Paris" }\npoints = { fit = -8 }\n'
    )
    found = bounds(compile_text(TOTAL, facts), "scores.fit", "formula-needs-crm-record")
    assert found == {("score fit", "no-crm-record"): (-30, 5)}


def test_a_sum_that_is_set_to_its_ceiling_forgets_what_was_above():
    scores = (
        '[scores.one]\nkind = "engagement"\n[scores.all]\nkind = "combined"\noverall = true\nceiling = 50\nsum_of = ["one"]\n'
        '[rules.p]\non = { visits = "any-page" }\npoints = { one = 1 }\n'
    )
    found = bounds(compile_text(scores), "scores.all", "clamped-later", quiet=False)
    assert found == {("score all", "crowded"): (0, None), ("score all", "any"): (None, 0)}


def test_outsiders_show_more_of_what_actions_and_rows_pay():
    head = f'{HEAD}eligible = "french"\n'
    rule = (
        '[segments.french]\nwhen = { field = "country", is = "France" }\n'
        '[rules.p]\non = { visits = "any-page" }\npoints = { lead = 1 }\n'
        '[rules.b]\non = { submits = "contact" }\npoints = { lead = -4 }\n'
    )
    found = bounds(compile_text(TOTAL, CONTACT, rule, head=head), "model", "outsiders-collect-points")
    assert found == {("score lead", "outside"): (None, None)}


# --- where nothing is quiet -----------------------------------------------------------------------------------------


def test_an_exact_decay_says_what_a_return_within_its_time_keeps():
    steps = '[decay.silence]\nscore = "lead"\nsteps = [{ after = "30d", subtract = 10 }]\n'
    bundle = compile_text(TOTAL, steps, head=HEAD)
    found = bounds(bundle, "decay.silence", "automation-rules", quiet=False)
    assert found[("score lead", "crowded")][1] == 10
    assert found[("score lead", "last-day")] == (-10, 0)


def test_an_exact_handoff_may_be_missed_or_doubled_where_two_things_lie_close_together():
    found = bounds(compile_text(TOTAL, MQL % ""), "thresholds.mql", "automation-rules", quiet=False)
    assert found == {
        ("done thresholds.mql.then.0", "crowded"): (None, None),
        ("mark hot", "crowded"): (-1, 1),
    }


def test_who_is_silent_when_the_rules_are_resumed_keeps_what_earlier_steps_would_have_taken():
    steps = (
        '[decay.silence]\nscore = "lead"\n'
        'steps = [{ after = "30d", subtract = 10 }, { after = "60d", subtract = 15 }]\n'
    )
    found = bounds(compile_text(TOTAL, steps), "decay.silence", "automation-rules")
    assert found[("score lead", "existing")] == found[("score lead", "past-unknown")] == (0, 25)


def test_a_misread_criterion_moves_a_letter_by_its_thirds_each_way():
    grade = (
        '[grades.g]\ncriteria.role = { when = { field = "job-title", contains_word = "Chief" }, thirds = 1 }\n'
        'criteria.size = { when = { field = "employees", at_least = 5 }, thirds = %d }\n'
    )
    for others, most in ((1, 2), (3, 4)):  # a match that is none shows all of them
        found = bounds(compile_text(TOTAL, grade % others), "grades.g", "whole-words-by-containing")
        assert found[("grade g", "inside-longer")] == (0, most)


RESET = """
[thresholds.again]
when.all = [{ score = "lead", at_least = 40 }, { field = "status", is = "back" }]
schedule = "weekly"
then = [{ reset = "lead", to = 5 }]
[fields.status]
type = "text"
[schedules.weekly]
days = ["mon"]
at = ["09:00"]
"""


def test_a_reset_at_another_moment_moves_a_score_within_its_range():
    found = bounds(compile_text(TOTAL, RESET), "thresholds.again", "no-schedule")
    assert found[("score lead", "opened-silently")] == (-80, 80)
    assert found[("score lead", "above-range")] == (None, None)


PARTS = """
[scores.lead]
title = "Lead"
kind = "combined"
sum_of = ["deeds", "profile"]
overall = true
%s
[scores.deeds]
title = "Deeds"
kind = "engagement"
[scores.profile]
title = "Profile"
kind = "fit"
[assets.demo]
form = "Demo"
[assets.news]
form = "News"
[rules.demo]
on = { submits = "demo" }
points = { deeds = 60 }
[rules.news]
on = { submits = "news" }
points = { deeds = 5 }
limit = { times = 1 }
"""


def test_a_row_that_is_there_for_a_category_is_taken_back_on_forms_named_for_something_else():
    bundle = compile_text(PARTS % "")
    actions = {
        item.table["asset"]: item.table["actions"]
        for item in bundle.objects
        if item.kind == "completion-actions"
    }
    assert {"action": "Adjust Prospect Score", "of": "By", "value": "-60"} in actions["News"]
    assert "Demo" not in actions
    assert bounds(bundle, "rules.demo", "row-taken-back", quiet=False)[("score lead", "crowded")] == (0, None)


USE = """
[scores.worth]
title = "Worth"
kind = "engagement"
[assets.quote]
form = "Quote"
[rules.quote]
on = { submits = "quote" }
points = { worth = 5 }
[fields.use]
type = "number"
[tiers.use]
score = "worth"
field = "use"
otherwise = -5
cases = [{ at_least = 9, points = 50 }]
"""


def test_what_the_floor_cuts_of_one_case_stays_with_the_points_of_the_next():
    for bound, most in (("", (-50, 50)), ("floor = 0", (-50, 55))):
        found = bounds(compile_text(TOTAL, bound, USE), "tiers.use", "category-may-move-total")
        assert found[("score lead", "any")] == most


SEEN = """
[assets]
prices = { pages = ["/pricing"] }
demo = { pages = ["/demo"] }
[scores.fit]
kind = "fit"
[rules.prices]
when = { visited = "prices" }
points = { fit = 20 }
[rules.demo]
when = { visited = "demo" }
points = { fit = 30 }
"""


def test_pages_seen_before_somebody_was_known_are_asked_for_in_vain_and_what_each_lacks_adds_up():
    found = bounds(compile_text(SEEN), "model", "unknown-people-unseen")
    assert found == {("score fit", "past-unknown"): (-50, 0)}


def test_a_step_that_lifts_and_comes_before_its_hour_shows_more_until_then():
    spec = """
[schedules.mondays]
at = ["08:00"]
days = ["mon"]
[decay.silence]
score = "lead"
schedule = "mondays"
steps = [{ after = "14d", set = 4 }]
"""
    found = bounds(compile_text(f"{TOTAL}floor = 0\n{spec}"), "decay.silence", "no-schedule")
    assert found["score lead", "any"][1] == 4
