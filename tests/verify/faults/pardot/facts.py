"""What holds: facts, tiers, and segments."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.points import LEAD
from tests.verify.faults.pardot.table import BY, HEAD, ON_CATEGORY, PAGE, RULES, TAG
from tests.verify.faults.planting import actions, fault, forget, holders, leaves

__all__: list[str] = []

FACTS = (
    HEAD
    + PAGE
    + """
[scores.fit]
kind = "fit"
[fields]
size = { type = "number" }
[segments.private]
when.all = [
  { field = "email-domain", is_any = ["gmail.com", "gmx.de"] },
  { not = { field = "company", known = true } },
]
[rules.country]
when = { field = "country", is_any = ["France", "Spain"] }
points = { fit = 5 }
[rules.large]
when = { field = "size", at_least = 200 }
points = { fit = 9 }
[rules.private]
when = { segment = "private" }
points = { fit = -6 }
keep = true
[rules.elsewhere]
when = { not = { field = "state", contains = ["Bavaria", "Saxony", "Hesse"] } }
points = { fit = 1 }
[tiers.title]
score = "fit"
field = "job-title"
cases = [
  { contains = ["CEO", "Chief"], points = 15 },
  { contains = "Manager", points = 5 },
]
otherwise = 1
unknown = -2
"""
)
FIT = "score fit"
on_facts = partial(fault, "pardot", FACTS)


@on_facts(FIT)
def a_changed_rule_is_a_second_rule_beside_the_first(files):
    row = files.row(RULES, "private: once and for good")
    newer = files.add(RULES, row, name=f"{row['name']} (2)")
    actions(newer, action=ON_CATEGORY)[0]["value"] = "-8"


@on_facts(FIT)
def a_tier_is_never_taken_back(files):
    files.drop(RULES, "case-1, take back")
    for row in files.rows(RULES, "tiers title"):
        if "give" in row["name"]:
            row["criteria"] = [item for item in row["criteria"] if "case-1" not in item.get("of", "")]


@on_facts(FIT)
def a_tier_takes_back_other_points_than_it_gave(files):
    actions(files.row(RULES, "case-1, take back"), action=ON_CATEGORY)[0]["value"] = "-20"


@on_facts(FIT)
def a_tier_is_given_beside_the_tier_that_counts(files):
    forget(files.row(RULES, "case-2, give"), operator="doesn't contain")
    forget(files.row(RULES, "case-2, take back"), operator="contains")
    for part in ("case-1, give", "case-2, give"):
        row = files.row(RULES, part)
        mine = part.split(",", 1)[0]
        row["criteria"] = [item for item in row["criteria"] if item["criterion"] != TAG or mine in item["of"]]


@on_facts(FIT)
def negatives_that_are_too_long_stand_in_a_group_of_any(files):
    row = files.row(RULES, "elsewhere: give")
    item = leaves(row, operator="doesn't contain")[0]
    pieces = item["value"].split(";")
    group = next(items for items in holders(row) if item in items)
    group[:] = [other for other in group if other is not item] + [{**item, "value": one} for one in pieces]


@on_facts(FIT)
def a_fact_is_given_once_in_a_life(files):
    row = files.row(RULES, "country: give")
    row["repeat"] = False
    del row["days_before_repeat"], row["match_limit"]


@on_facts(FIT)
def a_fact_without_a_tag_pays_each_day(files):
    forget(files.row(RULES, "large: give"), criterion=TAG)


@on_facts(FIT)
def a_field_that_loses_its_value_keeps_the_points(files):
    forget(files.row(RULES, "country: take back"), operator="is empty")


@on_facts(FIT)
def an_empty_field_is_not_elsewhere(files):
    forget(files.row(RULES, "elsewhere: give"), operator="is empty")


@on_facts(FIT)
def a_number_is_one_too_high(files):
    leaves(files.row(RULES, "large: give"), criterion="Prospect custom field")[0]["value"] = "200"


@on_facts(FIT)
def a_title_must_be_the_whole_text(files):
    leaves(files.row(RULES, "case-1, give"), operator="contains")[0]["operator"] = "is"


@on_facts(FIT)
def a_title_that_is_not_known_is_otherwise(files):
    files.drop(RULES, "unknown")
    forget(files.row(RULES, "otherwise, give"), operator="is not empty")


@on_facts(LEAD, FIT)
def facts_are_given_to_the_overall_score(files):
    for part, sign in (("large: give", "+"), ("large: take back", "-")):
        actions(files.row(RULES, part), action=ON_CATEGORY)[0].update(BY, value=f"{sign}18")


@on_facts("segment private", FIT)
def a_segment_is_all_or_any(files):
    files.row("dynamic-lists", "private")["match"] = "any"


@on_facts("segment private", FIT)
def a_segment_forgets_a_value(files):
    item = leaves(files.row("dynamic-lists", "private"), operator="contains")[0]
    item["value"] = item["value"].split(";", 1)[0]


LEVELS = (
    HEAD.replace("[scores.lead]", '[scores.lead]\nsum_of = ["fit"]').replace("engagement", "combined")
    + """
[scores.fit]
kind = "fit"
ceiling = 40
[rules.country]
when = { field = "country", is = "France" }
points = { fit = 30 }
[rules.city]
when = { field = "city", is = "Paris" }
points = { fit = 15 }
"""
)
on_levels = partial(fault, "pardot", LEVELS, LEAD)


@on_levels()
def facts_pass_the_ceiling_of_what_they_add_up_to(files):
    for part, value in (("from-40, give", "+15"), ("from-40, take back", "-15")):
        actions(files.row(RULES, part), **BY)[0]["value"] = value


@on_levels()
def the_highest_level_is_reached_by_one_fact_alone(files):
    for part in ("from-40, give", "from-40, take back"):
        forget(files.row(RULES, part), of="City")


@on_levels()
def a_level_is_not_taken_back_with_the_fact_that_ends(files):
    forget(files.row(RULES, "from-40, take back"), of="Country")


@on_levels()
def the_lowest_level_is_given_for_one_of_the_facts_alone(files):
    forget(files.row(RULES, "from-15, give"), of="City")


DATED = (
    HEAD
    + PAGE
    + """
[rules.country]
when = { field = "country", is = "France" }
points = { lead = 15 }
active = { from = 2026-03-01, until = 2026-04-15 }
"""
)
on_dated = partial(fault, "pardot", DATED, LEAD)


@on_dated()
def nobody_says_that_the_days_are_over(files):
    files.drop(RULES, "outside them")


@on_dated()
def a_fact_is_given_before_its_first_day(files):
    row = files.row(RULES, "country: give")
    leaves(row, criterion=TAG, operator="is")[0].update(operator="isn't", of="nobody bears this")


@on_dated()
def a_fact_is_not_taken_back_after_its_last_day(files):
    forget(files.row(RULES, "country: take back"), of="sw/days/from-2026-03-01-to-2026-04-15/out")


@on_dated()
def the_rule_of_the_days_leaves_the_tag_of_the_others(files):
    row = files.row(RULES, "to 2026-04-15: in them")
    row["actions"] = row["actions"][1:]


FLOORED = (
    HEAD.replace("overall = true", "overall = true\nfloor = 10\nstart = 25")
    + PAGE
    + """
[rules.country]
when = { field = "country", is = "France" }
points = { lead = 14 }
[rules.bad]
on = { submits = "any-form" }
points = { lead = -5 }
"""
)


@fault("pardot", FLOORED, LEAD)
def what_holds_is_given_before_the_floor_has_lifted(files):
    forget(files.row(RULES, "country: give"), criterion=TAG, of="sw/scores/lead/begun")


@fault("pardot", FLOORED, LEAD)
def a_start_counts_from_nothing_and_not_from_the_floor(files):
    actions(files.row(RULES, "start at"), **BY)[0]["value"] = "+25"
