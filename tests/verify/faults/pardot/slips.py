"""More slips in Account Engagement: the wrong thing chosen in a menu, something built twice, forgotten or left paused."""

from __future__ import annotations

import copy

from tests.verify.faults.pardot.categories import on_categories
from tests.verify.faults.pardot.doing import on_doing
from tests.verify.faults.pardot.facts import FIT, on_facts
from tests.verify.faults.pardot.limits import on_limited
from tests.verify.faults.pardot.points import DONE, LEAD, on_points
from tests.verify.faults.pardot.silence import on_sleep, on_steps
from tests.verify.faults.pardot.table import BY, CATEGORY, LESS_DAYS, MORE_DAYS, RULES, TAG, TIME
from tests.verify.faults.planting import actions, leaves

__all__: list[str] = []

HANDED = tuple(f"done thresholds.hot.then.{number}" for number in (1, 2, 3))
OPENED = ("list hot-list", "campaign fair", "field state-of", *HANDED)


def twice(files, kind, part):
    row = files.row(kind, part)
    return files.add(kind, row, name=f"{row['name']} (copy)")


def change(files, part, old, new):
    """Another number in a criterion on the score."""
    leaves(files.row(RULES, part), criterion="Prospect score", value=old)[0]["value"] = new


# --- points ---------------------------------------------------------------------------------------------------------


@on_points(LEAD)
def a_page_action_stands_on_another_page(files):
    files.row("page-actions", "pricing")["path"] = "/prices"


@on_points(LEAD)
def a_page_action_pays_twice(files):
    row = files.row("page-actions", "pricing")
    row["actions"].append(copy.deepcopy(row["actions"][0]))


@on_points(LEAD)
def a_page_action_takes_what_it_should_give(files):
    item = actions(files.row("page-actions", "pricing"), **BY)[0]
    item["value"] = item["value"].replace("+", "-")


@on_points(LEAD)
def a_page_action_sets_the_score(files):
    actions(files.row("page-actions", "pricing"), **BY)[0].update(of="To", value="10")


@on_points(LEAD)
def a_completion_action_stands_on_another_file(files):
    files.row("completion-actions", "file: Paper")["asset"] = "Price list"


@on_points(LEAD)
def a_completion_action_stands_on_a_form_handler(files):
    files.row("completion-actions", "form: Contact")["asset_kind"] = "form_handler"


@on_points(LEAD)
def a_completion_action_pays_twice(files):
    row = files.row("completion-actions", "form: Contact")
    row["actions"].append(copy.deepcopy(row["actions"][0]))


@on_points(LEAD)
def the_row_of_searches_stays_as_shipped(files):
    files.drop("baseline-scoring", "Site Search")


@on_points(LEAD)
def the_row_of_chats_stays_as_shipped(files):
    files.drop("baseline-scoring", "Olark Chat")


@on_points(LEAD)
def e_mails_that_are_opened_pay_a_point(files):
    files.row("baseline-scoring", "Email Open")["points"] = 1


@on_points(LEAD)
def won_opportunities_pay(files):
    files.row("baseline-scoring", "Opportunity Won")["points"] = 50


@on_points(DONE)
def a_handoff_stays_paused(files):
    files.drop(RULES, "hot: hand over")


@on_points(DONE)
def a_handoff_is_built_twice(files):
    twice(files, RULES, "hot: hand over")


@on_points(DONE)
def a_handoff_tells_twice(files):
    row = files.row(RULES, "hot: hand over")
    row["actions"].append(copy.deepcopy(actions(row, action="Notify user")[0]))


@on_points(DONE)
def somebody_else_is_told(files):
    actions(files.row(RULES, "hot: hand over"), action="Notify user")[0]["of"] = "Marketing"


@on_points(DONE)
def the_tag_of_a_handoff_is_written_otherwise_where_it_is_put(files):
    actions(files.row(RULES, "hot: hand over"), action="Apply tags")[0]["of"] += "-over"


@on_points(DONE)
def the_tag_of_a_handoff_is_written_otherwise_where_it_is_read(files):
    leaves(files.row(RULES, "hot: hand over"), criterion=TAG)[0]["of"] += "-over"


@on_points(DONE)
def the_tag_of_a_handoff_is_written_otherwise_where_it_is_taken_off(files):
    actions(files.row(RULES, "below again"), action="Remove tags")[0]["of"] += "-over"


@on_points(DONE)
def a_handoff_needs_any_of_its_criteria(files):
    files.row(RULES, "hot: hand over")["match"] = "any"


@on_points(DONE)
def arming_again_matches_once_in_a_life(files):
    row = files.row(RULES, "below again")
    row["repeat"] = False
    del row["days_before_repeat"], row["match_limit"]


@on_points(DONE)
def a_handoff_may_match_once_more_only(files):
    files.row(RULES, "hot: hand over")["match_limit"] = 1


@on_points(DONE)
def a_handoff_repeats_after_a_year(files):
    files.row(RULES, "hot: hand over")["days_before_repeat"] = 365


@on_points(DONE)
def people_past_it_lose_the_tag_when_it_is_switched_on(files):
    actions(files.row("segmentation-rules", "hot"), action="Apply tags")[0]["action"] = "Remove tags"


# --- steps, sleep ---------------------------------------------------------------------------------------------------


@on_steps()
def a_silence_is_counted_from_when_somebody_was_created(files):
    for part in ("minus 10", "minus 20"):
        for item in leaves(files.row(RULES, part), criterion=TIME):
            item["of"] = "created"


@on_steps()
def a_window_is_open_before_and_shut_after(files):
    row = files.row(RULES, "minus 20")
    leaves(row, operator=MORE_DAYS)[0]["operator"] = LESS_DAYS


@on_steps()
def a_step_gives_what_it_should_take(files):
    actions(files.row(RULES, "minus 20"), **BY)[0]["value"] = "+20"


@on_steps()
def a_step_sets_the_score_to_what_it_should_take(files):
    actions(files.row(RULES, "minus 20"), **BY)[0].update(of="To", value="20")


@on_steps()
def the_last_step_is_paused(files):
    files.drop(RULES, "180 days")


@on_steps()
def a_step_is_built_twice(files):
    twice(files, RULES, "minus 20")


@on_sleep("mark asleep")
def the_mark_is_written_otherwise_where_it_is_put(files):
    actions(files.row(RULES, "set to 3"), action="Apply tags")[0]["of"] += "s"


@on_sleep("mark asleep", "done thresholds.awake.then.1")
def a_wake_up_asks_for_more_points(files):
    change(files, "awake: hand over", "8", "9")


# --- facts, categories ----------------------------------------------------------------------------------------------


@on_facts(FIT)
def a_fact_reads_another_field(files):
    leaves(files.row(RULES, "country: give"), of="Country")[0]["of"] = "State"


@on_facts(FIT)
def a_fact_forgets_one_of_its_values(files):
    leaves(files.row(RULES, "country: give"), of="Country")[0]["value"] = "France"


@on_facts(FIT)
def a_fact_gives_twice(files):
    row = files.row(RULES, "country: give")
    row["actions"].append(copy.deepcopy(row["actions"][0]))


@on_facts(FIT)
def a_fact_that_ends_gives_again(files):
    item = next(item for item in files.row(RULES, "country: take back")["actions"] if "-" in item["value"])
    item["value"] = item["value"].replace("-", "+")


@on_facts(FIT)
def a_tier_forgets_a_word(files):
    leaves(files.row(RULES, "case-1, give"), operator="contains")[0]["value"] = "CEO"


@on_facts("segment private", FIT)
def a_segment_is_a_static_list(files):
    row = files.row("dynamic-lists", "private")
    files.drop("dynamic-lists", "private")
    files.add("static-lists", {key: row[key] for key in ("name", "for", "lowering")})


@on_facts("segment private", FIT)
def a_segment_asks_whether_there_is_a_company(files):
    leaves(files.row("dynamic-lists", "private"), operator="is empty")[0]["operator"] = "is not empty"


@on_categories()
def a_band_takes_from_another_score(files):
    row = next(row for row in files.rows(RULES, " to ") if row["actions"][0]["action"].endswith("Category"))
    row["actions"][0] = {"action": "Adjust Prospect Score", "of": "By", "value": row["actions"][0]["value"]}


@on_categories()
def a_band_asks_for_the_score_of_all(files):
    item = next(item for row in files.rows(RULES, " to ") for item in leaves(row, criterion=CATEGORY))
    item.pop("of")
    item["criterion"] = "Prospect score"


# --- limits, what is done -------------------------------------------------------------------------------------------


@on_limited()
def nobody_counts(files):
    files.drop("completion-actions", "Film")


@on_limited()
def a_counter_counts_twice(files):
    row = files.row("completion-actions", "Film")
    row["actions"].append(copy.deepcopy(actions(row, action="Increment prospect field value")[0]))


@on_doing("list hot-list")
def somebody_is_put_on_another_list(files):
    lists = {
        "kind": "list",
        "called": "Warm",
        "check": "there",
        "name": "list: Warm",
        "for": [],
        "lowering": "asset",
    }
    files.add("prerequisites", lists)
    actions(files.row(RULES, "hand over"), of="Hot")[0]["of"] = "Warm"


@on_doing("campaign fair", "done thresholds.hot.then.1")
def somebody_is_put_into_another_campaign(files):
    actions(files.row(RULES, "hand over"), of="Fair")[0]["of"] = "Fair of last year"


@on_doing("done thresholds.hot.then.3")
def somebody_is_assigned_to_another_queue(files):
    actions(files.row(RULES, "hand over"), of="Desk")[0]["of"] = "Desk 2"


@on_doing("done thresholds.hot.then.2")
def a_task_is_made_twice(files):
    row = files.row(RULES, "hand over")
    row["actions"].append(copy.deepcopy(actions(row, of="Call them")[0]))


@on_doing("field state-of")
def another_field_is_written(files):
    actions(files.row(RULES, "hand over"), of="state of")[0]["of"] = "state"


@on_doing(*OPENED)
def a_handoff_asks_for_another_country(files):
    leaves(files.row(RULES, "hand over"), of="Country")[0]["value"] = "Franc"


@on_doing("mark customer", LEAD)
def a_form_puts_its_mark_on_another_form(files):
    files.row("completion-actions", "Order")["asset"] = "Orders"


@on_doing("grade profile")
def a_criterion_that_matches_is_another_one(files):
    actions(files.row(RULES, "industry, matches"), value="Matches")[0]["of"] = "profile: size"


@on_doing("grade profile")
def a_criterion_that_is_not_known_matches(files):
    item = actions(files.row(RULES, "size, not known"), value="Not known")[0]
    item["value"] = "Matches"


@on_doing("grade profile")
def a_grade_is_made_once_in_a_life(files):
    row = files.row(RULES, "industry, matches")
    row["repeat"] = False
    del row["days_before_repeat"], row["match_limit"]
