"""More slips in Marketo: the wrong thing chosen in a menu, something built twice, forgotten or never activated."""

from __future__ import annotations

import copy

from tests.verify.faults.marketo.table import (
    ALL_DONE,
    ASLEEP,
    AWAKE,
    BOTH,
    CAMPAIGNS,
    FACTS,
    FIT,
    LEAD,
    RUN,
    SCORE,
    TOKENS,
    VALUE,
    WAIT,
    campaign,
    leave_out,
    on_doing,
    on_facts,
    on_points,
    on_products,
    on_silence,
    on_sleep,
    on_stamps,
    on_threshold,
    twin,
)
from tests.verify.faults.planting import fault, leaves, set_field, skip, steps

__all__: list[str] = []


def trigger(files, name, place=0):
    return campaign(files, name)["smart_list"]["triggers"][place]


def again(files, name, which):
    """The same step once more."""
    row = campaign(files, name)
    row["flow"].append(copy.deepcopy(steps(row, step=which)[0]))


def off(files, name):
    campaign(files, name)["switched_on"] = ""


# --- points ---------------------------------------------------------------------------------------------------------


@on_points()
def a_trigger_listens_to_another_page(files):
    trigger(files, "When pricing and 1 more")["values"] = ["/prices"]


@on_points()
def a_trigger_listens_to_every_page(files):
    trigger(files, "When pricing and 1 more").update(operator="is any", values=[])


@on_points()
def a_trigger_forgets_a_form(files):
    row = campaign(files, "When ask")
    row["smart_list"]["triggers"] = row["smart_list"]["triggers"][:1]


@on_points()
def an_award_changes_another_score(files):
    set_field(steps(campaign(files, "Award pricing"), step=SCORE)[0], "Score Name", "Pain Score")


@on_points()
def an_award_reads_another_token(files):
    set_field(steps(campaign(files, "Award pricing"), step=SCORE)[0], "Change", "{{my.Page}}")


@on_points()
def an_award_sets_the_score(files):
    set_field(steps(campaign(files, "Award pricing"), step=SCORE)[0], "Change", "=10")


@on_points()
def an_award_pays_twice(files):
    again(files, "Award pricing", SCORE)


@on_points()
def a_trigger_executes_another_award(files):
    other = campaign(files, "Award page")["name"]
    set_field(steps(campaign(files, "When pricing and 1 more"), step=RUN)[0], "Campaign", other)


@on_points()
def a_trigger_executes_twice(files):
    again(files, "When page and 1 more", RUN)


@on_points()
def a_trigger_is_built_twice(files):
    twin(files, "When page and 1 more", "When page copy")


@on_points()
def a_trigger_executes_nothing(files):
    skip(campaign(files, "When page and 1 more"), step=RUN)


@on_points()
def a_rule_is_never_activated(files):
    off(files, "When pricing and 1 more")


@on_points()
def a_wait_is_in_hours(files):
    set_field(steps(campaign(files, "When pricing and 1 more"), step=WAIT)[0], "Duration", "6 hours")


@on_points()
def a_wait_is_in_weeks(files):
    set_field(steps(campaign(files, "When pricing and 1 more"), step=WAIT)[0], "Duration", "6 weeks")


@on_points()
def a_question_about_the_past_looks_back_a_day_less(files):
    asked = leaves(campaign(files, "Award silent"), rule="Not Filled Out Form")[0]
    next(item for item in asked["constraints"] if item["name"] == "Date of Activity")["values"] = ["2 days"]


@on_points()
def a_question_about_the_past_is_about_another_form(files):
    leaves(campaign(files, "Award silent"), rule="Not Filled Out Form")[0]["values"] = ["Trial"]


@on_points()
def a_memory_lasts_for_hours_instead_of_days(files):
    campaign(files, "Award pricing")["qualification"] = "Once every 30 hours"


@on_points()
def a_token_of_another_program_is_read(files):
    row = next(row for row in files.rows(TOKENS) if row["token"] == "Pricing")
    row.update(program="Somewhere else", name="Somewhere else.Pricing")


@on_points()
def a_token_is_named_otherwise(files):
    row = next(row for row in files.rows(TOKENS) if row["token"] == "Pricing")
    row.update(token="Prices", name=row["name"].replace("Pricing", "Prices"), reference="{{my.Prices}}")


# --- thresholds -----------------------------------------------------------------------------------------------------


@on_threshold()
def a_handoff_is_never_activated(files):
    off(files, "When hot may open")


@on_threshold()
def a_handoff_is_never_armed_again_because_nobody_activates_it(files):
    off(files, "When hot may close")


@on_threshold()
def a_handoff_tells_twice(files):
    again(files, "Act hot", "Send Alert")


@on_threshold()
def a_handoff_tells_the_owner(files):
    set_field(steps(campaign(files, "Act hot"), step="Send Alert")[0], "Send To", "Person Owner")


@on_threshold()
def a_handoff_sends_another_e_mail(files):
    set_field(steps(campaign(files, "Act hot"), step="Send Alert")[0], "Email", "Newsletter")


@on_threshold()
def arming_again_puts_on_the_list(files):
    steps(campaign(files, "Re-arm hot"), step="Remove from List")[0]["step"] = "Add to List"


@on_threshold()
def crossing_takes_off_the_list(files):
    steps(campaign(files, "Cross hot"), step="Add to List")[0]["step"] = "Remove from List"


@on_threshold()
def nobody_is_put_on_the_list(files):
    skip(campaign(files, "Cross hot"), step="Add to List")


@on_threshold()
def a_handoff_is_armed_again_once_in_a_life(files):
    campaign(files, "Re-arm hot")["qualification"] = "Only once"


@on_threshold()
def crossing_is_for_whoever_is_past_it(files):
    leaves(campaign(files, "Cross hot"), rule="Member of List")[0]["operator"] = "in"


@on_threshold()
def crossing_asks_for_any(files):
    campaign(files, "Cross hot")["smart_list"]["filter_logic"] = "ANY"


@on_threshold()
def crossing_waits_for_days(files):
    set_field(steps(campaign(files, "When hot may open"), step=WAIT)[0], "Duration", "5 days")


@on_threshold()
def a_handoff_listens_to_another_score(files):
    trigger(files, "When hot may open")["values"] = ["Relative Score"]


@on_threshold()
def a_handoff_opens_the_other_way_round(files):
    trigger(files, "When hot may open")["constraints"][0]["operator"] = "less than"


@on_threshold()
def the_list_is_filled_every_night(files):
    campaign(files, "Start hot").update(schedule="Daily, every 1 day, at 03:00", switched_on="nightly")
    leave_out(files, "When hot may open")


# --- silence --------------------------------------------------------------------------------------------------------


@on_silence(ASLEEP)
def a_decay_is_never_scheduled(files):
    off(files, "Decay quiet 30d")


@on_silence(ASLEEP)
def clicks_end_no_silence(files):
    for name in ("Decay quiet 30d", "Decay quiet 60d"):
        row = campaign(files, name)
        items = row["smart_list"]["filters"]
        items[:] = [item for item in items if item["rule"] != "Not Clicked Link in Email"]


@on_silence(ASLEEP)
def clicks_are_looked_up_for_less_long(files):
    row = campaign(files, "Decay quiet 60d")
    asked = leaves(row, rule="Not Clicked Link in Email")[0]
    next(item for item in asked["constraints"] if item["name"] == "Date of Activity")["values"] = ["30 days"]


@on_silence(ASLEEP)
def a_decay_takes_twice(files):
    again(files, "Do quiet 60d", SCORE)
    row = campaign(files, "Do quiet 60d")
    row["flow"].append(copy.deepcopy(row["flow"][0]))


@on_sleep(ASLEEP, AWAKE)
def the_mark_is_put_on_another_list(files):
    step = steps(campaign(files, "Do quiet 30d"), step="Add to List")[0]
    other = files.add("static-lists", files.tables["static-lists"][0])
    other.update(name=f"{other['program']}.Sleepers", list="Sleepers")
    set_field(step, "List Name", other["name"])


@on_sleep(ASLEEP)
def the_mark_is_put_by_the_last_step_alone(files):
    skip(campaign(files, "Do quiet 30d"), step="Add to List")


@on_stamps()
def the_stamp_is_written_into_another_field(files):
    set_field(steps(campaign(files, "Stamp SW Last Active"), step=VALUE)[0], "Attribute", "Website")


@on_stamps()
def the_stamp_is_a_date_of_its_own(files):
    set_field(steps(campaign(files, "Stamp SW Last Active"), step=VALUE)[0], "New Value", "2026-01-01")


@on_stamps()
def the_stamp_is_never_activated(files):
    off(files, "Stamp SW Last Active")


# --- facts, products, what is done ----------------------------------------------------------------------------------


@on_facts()
def a_tier_is_rolled_once_a_month(files):
    campaign(files, "Re-roll title")["schedule"] = "Monthly, on day 1, at 01:00"


@on_facts()
def a_tier_is_never_scheduled(files):
    off(files, "Re-roll title")


@on_facts()
def a_tier_forgets_a_word_of_who_is_rolled(files):
    for item in campaign(files, "Re-roll title")["smart_list"]["filters"]:
        item["values"] = [value for value in item["values"] if value != "Chief"]


@on_facts()
def a_fact_reads_another_field(files):
    row = campaign(files, "Re-roll elsewhere")
    for step in row["flow"]:
        for item in step.get("choices", ()):
            if item["if"]["rule"] == "State":
                item["if"]["rule"] = "Country"


@fault("marketo", FACTS, "segment private", FIT, BOTH)
def a_segment_asks_for_another_field(files):
    for item in files.row("smart-lists", "private")["filters"]:
        if item["rule"] == "Company Name":
            item["rule"] = "Industry"


@fault("marketo", FACTS, "segment private", FIT, BOTH)
def a_segment_forgets_a_value(files):
    item = next(item for item in files.row("smart-lists", "private")["filters"] if len(item["values"]) > 1)
    item["values"] = item["values"][:1]


@on_products(LEAD, "score interest@mba", "score interest@law")
def a_clone_is_never_activated(files):
    files.row(CAMPAIGNS, "law.When request")["switched_on"] = ""


@on_doing(*ALL_DONE)
def a_handoff_asks_for_another_country(files):
    leaves(campaign(files, "Cross hot"), rule="Country")[0]["values"] = ["Franc"]


@on_doing("list hot-list")
def somebody_is_put_on_the_list_of_marks(files):
    step = steps(campaign(files, "Act hot"), step="Add to List")[0]
    set_field(step, "List Name", next(row["name"] for row in files.rows("static-lists", "SW Past")))


@on_doing("campaign fair", "done thresholds.hot.then.1")
def somebody_is_put_into_another_campaign(files):
    set_field(steps(campaign(files, "Act hot"), step="Change Status in SFDC Campaign")[0], "Campaign", "Expo")


@on_doing("done thresholds.hot.then.2")
def a_task_is_made_twice(files):
    again(files, "Act hot", "Create Task")


@on_doing("field state-of")
def another_field_is_written(files):
    set_field(steps(campaign(files, "Act hot"), step=VALUE)[0], "Attribute", "Website")


@on_doing("mark customer", LEAD)
def a_form_puts_its_mark_on_another_form(files):
    trigger(files, "When order")["values"] = ["Orders"]


@on_doing("grade profile")
def a_criterion_of_a_grade_reads_another_field(files):
    for step in campaign(files, "Grade profile")["flow"]:
        for item in step.get("choices", ()):
            if item["if"]["rule"] == "Industry":
                item["if"]["rule"] = "Country"


@on_doing("grade profile")
def a_grade_starts_a_third_lower(files):
    set_field(campaign(files, "Grade profile")["flow"][0], "Change", "=1")


@on_doing("field letter")
def a_letter_is_another_one(files):
    steps(campaign(files, "Label letter"), step=VALUE)[0]["choices"][0]["value"] = "B"


@on_doing("field letter")
def a_letter_is_never_written(files):
    step = steps(campaign(files, "Label letter"), step=VALUE)[0]
    step["choices"] = step["choices"][1:]
