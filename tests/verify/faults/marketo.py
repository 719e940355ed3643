"""Faults in what is built in Marketo: forms that suggest themselves, and slips of the hand."""

from __future__ import annotations

import copy
from functools import partial

from tests.verify.faults.planting import fault, forget, leaves, set_field, skip, steps

__all__: list[str] = []

CAMPAIGNS, TOKENS = "smart-campaigns", "tokens"
SCORE, VALUE, RUN, WAIT = "Change Score", "Change Data Value", "Execute Campaign", "Wait"
LEAD = "score lead"

HEAD = """
language = 1
[model]
id = "made"
title = "Made"
timezone = "UTC"
counts_as_activity = ["visits", "submits", "clicks"]
[scores.lead]
title = "Lead"
kind = "engagement"
overall = true
"""
PAGE = """
[rules.page]
on = { visits = "any-page" }
points = { lead = 2 }
"""


def campaign(files, name):
    """The campaign of exactly this name."""
    found = [row for row in files.rows(CAMPAIGNS) if row["campaign"] == name]
    assert len(found) == 1, [row["campaign"] for row in files.rows(CAMPAIGNS)]
    return found[0]


def leave_out(files, name):
    gone = campaign(files, name)
    files.tables[CAMPAIGNS] = [row for row in files.tables[CAMPAIGNS] if row is not gone]


def twin(files, name, newer):
    row = campaign(files, name)
    return files.add(CAMPAIGNS, row, name=row["name"].replace(name, newer), campaign=newer)


def token(files, name, value):
    """The number stands twice in a token's table: as it is, and as it is typed."""
    row = next(row for row in files.rows(TOKENS) if row["token"] == name)
    row.update(value=value, shown=f"{value:+d}")


# --- points, limits, waits ------------------------------------------------------------------------------------------

POINTS = (
    HEAD
    + PAGE
    + """
[assets]
contact = { form = "Contact" }
trial = { form = "Trial" }
pricing = { pages = "/pricing" }
paper = { file = "paper.pdf" }
sales = { user = "sales@host.example" }
[scores.pain]
kind = "engagement"
floor = 0
[rules.pricing]
on = { visits = "pricing" }
points = { lead = 10 }
limit = { times = 1, per = "30d" }
[rules.ask]
on.any = [{ submits = "contact" }, { submits = "trial" }]
points = { lead = 30 }
limit = { times = 1 }
[rules.job]
on = { clicks = "any-email" }
points = { pain = -10 }
[rules.pain]
on = { submits = "trial" }
points = { pain = 7 }
[rules.three]
on = { visits = "any-page", at_least = 3, within = "7d" }
points = { lead = 5 }
limit = { times = 1, per = "7d" }
[rules.paper]
on = { downloads = "paper" }
points = { lead = 4 }
limit = { times = 3 }
[rules.silent]
on = { visits = "pricing" }
wait = "6d"
when = { not = { submitted = "contact", within = "6d" } }
points = { lead = 6 }
limit = { times = 1 }
"""
)
on_points = partial(fault, "marketo", POINTS, LEAD)
on_pain = partial(fault, "marketo", POINTS, "score pain")


@on_points()
def a_changed_rule_is_a_second_campaign_that_remembers_nobody(files):
    award = twin(files, "Award ask", "Award ask 2")
    files.add(
        CAMPAIGNS,
        campaign(files, "When ask"),
        name=award["name"].replace("Award", "When"),
        campaign="When ask 2",
    )
    set_field(steps(campaign(files, "When ask 2"), step=RUN)[0], "Campaign", award["name"])


@on_points()
def two_ways_in_have_a_memory_each(files):
    row, award = campaign(files, "When ask"), campaign(files, "Award ask")
    row["flow"], row["qualification"] = copy.deepcopy(award["flow"]), "Only once"
    other = twin(files, "When ask", "When ask by trial")
    first, second = row["smart_list"]["triggers"]
    row["smart_list"]["triggers"], other["smart_list"]["triggers"] = [first], [second]


@on_points()
def an_award_is_paid_every_time(files):
    campaign(files, "Award ask")["qualification"] = "Every time"


@on_points()
def the_way_in_is_open_once_in_a_life(files):
    campaign(files, "When page")["qualification"] = "Only once"


@on_points()
def an_award_within_a_window_is_paid_once_in_a_life(files):
    campaign(files, "Award pricing")["qualification"] = "Only once"


@on_points()
def a_window_is_shorter(files):
    campaign(files, "Award pricing")["qualification"] = "Once every 7 days"


@on_points()
def a_token_has_another_number(files):
    token(files, "Pricing", 11)


@on_points()
def a_token_is_typed_otherwise_than_it_is_told(files):
    token(files, "Ask", 13)


@on_points()
def an_award_reads_a_token_that_its_program_does_not_have(files):
    files.tables[TOKENS] = [row for row in files.tables[TOKENS] if row["token"] != "Pricing"]


@on_pain()
def a_clamp_stands_beside_a_token_that_is_changed(files):
    token(files, "Job", -15)


@on_pain()
def a_clamp_does_what_is_safe_in_a_choice_and_not_by_default(files):
    step = steps(campaign(files, "Award job"), step=SCORE)[0]
    step["choices"] = [
        {"if": {**step["choices"][0]["if"], "operator": "less than"}, "value": "=0"},
    ]
    step["default"] = "{{my.Job}}"


@on_pain()
def a_floor_is_a_listener(files):
    step = steps(campaign(files, "Award job"), step=SCORE)[0]
    step["fields"].append({"label": "Change", "value": "{{my.Job}}"})
    for key in ("varies", "choices", "default"):
        del step[key]
    row = twin(files, "When job", "Floor pain")
    below = {"name": "New Score", "operator": "less than", "values": ["0"]}
    changed = {
        "rule": "Score is Changed",
        "attribute": "Score Name",
        "operator": "is",
        "values": ["Pain Score"],
    }
    row["smart_list"] = {"triggers": [{**changed, "constraints": [below]}]}
    row["flow"] = [{"step": WAIT, "fields": [{"label": "Duration", "value": "5 days"}]}, copy.deepcopy(step)]
    set_field(row["flow"][1], "Change", "=0")


@on_pain()
def a_score_has_no_floor(files):
    step = steps(campaign(files, "Award job"), step=SCORE)[0]
    step["default"] = "{{my.Job}}"


@on_points()
def a_count_is_one_too_high(files):
    asked = leaves(campaign(files, "Award three"), rule="Visited Web Page")[0]
    next(item for item in asked["constraints"] if item["name"].startswith("Min"))["values"] = ["4"]


@on_points()
def a_count_is_taken_on_the_spot(files):
    skip(campaign(files, "When three"), step=WAIT)


@on_points()
def a_count_looks_back_without_end(files):
    asked = leaves(campaign(files, "Award three"), rule="Visited Web Page")[0]
    asked["constraints"] = [item for item in asked["constraints"] if item["name"] != "Date of Activity"]


@on_points()
def the_first_three_are_four(files):
    for item in leaves(campaign(files, "Award paper"), operator="less than"):
        item["values"] = ["4"]


@on_points()
def nobody_counts(files):
    steps(campaign(files, "Award paper"), step=SCORE)
    campaign(files, "Award paper")["flow"] = campaign(files, "Award paper")["flow"][:1]


@on_points()
def who_did_not_send_is_asked_at_once(files):
    skip(campaign(files, "When silent"), step=WAIT)


@on_points()
def who_did_not_send_is_asked_in_the_trigger(files):
    row, award = campaign(files, "When silent"), campaign(files, "Award silent")
    row["smart_list"].update(copy.deepcopy(award["smart_list"]))
    award["smart_list"] = copy.deepcopy(campaign(files, "Award page")["smart_list"])


@on_points()
def who_did_send_is_meant(files):
    leaves(campaign(files, "Award silent"), rule="Not Filled Out Form")[0]["rule"] = "Filled Out Form"


@on_points()
def an_award_goes_to_another_page(files):
    campaign(files, "When pricing")["smart_list"]["triggers"][0]["operator"] = "starts with"


@on_points()
def an_executable_has_no_smart_list(files):
    campaign(files, "Award pricing")["smart_list"] = {}


@on_points()
def a_campaign_is_never_switched_on(files):
    campaign(files, "When pricing")["switched_on"] = ""


@on_points(LEAD, "score pain")
def bots_count(files):
    del campaign(files, "When job")["smart_list"]["triggers"][0]["constraints"]
    campaign(files, "When job")["smart_list"]["triggers"][0]["rule"] = "Opens Email"


# --- thresholds -----------------------------------------------------------------------------------------------------

THRESHOLD = (
    HEAD
    + PAGE
    + """
[assets]
sales = { user = "sales@host.example" }
[rules.form]
on = { submits = "any-form" }
points = { lead = 20 }
[rules.up]
on = { clicks = "any-email" }
points = { lead = 30 }
[rules.down]
on = { clicks = "any-email" }
points = { lead = -29 }
[rules.lost]
on = { unsubscribes = true }
points = { lead = -40 }
[thresholds.hot]
when = { score = "lead", at_least = 50 }
then = [{ notify = "sales" }]
"""
)
DONE = "done thresholds.hot.then.0"
on_threshold = partial(fault, "marketo", THRESHOLD, DONE)
PAST = {"rule": "Member of List"}


@on_threshold()
def a_handoff_fires_at_each_change_above_the_number(files):
    forget(campaign(files, "Cross hot"), **PAST)


@on_threshold()
def a_handoff_fires_once_in_a_life(files):
    campaign(files, "Cross hot")["qualification"] = "Only once"


@on_threshold()
def a_handoff_does_not_wait(files):
    skip(campaign(files, "When hot may open"), step=WAIT)


@on_threshold()
def a_handoff_waits_and_does_not_read_the_score_again(files):
    forget(campaign(files, "Cross hot"), rule="Person Score")


@on_threshold()
def nothing_arms_a_handoff_again(files):
    leave_out(files, "When hot may close")


@on_threshold()
def a_handoff_is_armed_again_by_time(files):
    row = campaign(files, "When hot may open")
    row["flow"] += [
        {"step": WAIT, "fields": [{"label": "Duration", "value": "3 days"}]},
        copy.deepcopy(steps(campaign(files, "Re-arm hot"), step="Remove from List")[0]),
    ]


@on_threshold()
def a_handoff_is_armed_again_below_another_number(files):
    for row, part in (
        (campaign(files, "Re-arm hot"), "filters"),
        (campaign(files, "When hot may close"), "triggers"),
    ):
        for item in row["smart_list"][part]:
            for test in (item, *item.get("constraints", ())):
                if test.get("operator") == "less than":
                    test["values"] = ["20"]


@on_threshold()
def whoever_is_past_it_already_is_not_listed(files):
    leave_out(files, "Start hot")


@on_threshold()
def whoever_is_past_it_already_is_listed_by_another_number(files):
    leaves(campaign(files, "Start hot"), rule="Person Score")[0]["values"] = ["60"]


@on_threshold()
def a_handoff_is_a_point_too_high(files):
    for name in ("Cross hot", "Start hot"):
        leaves(campaign(files, name), rule="Person Score")[0]["values"] = ["51"]


@on_threshold()
def a_handoff_is_a_point_too_low(files):
    for name in ("Cross hot", "Start hot"):
        leaves(campaign(files, name), rule="Person Score")[0]["values"] = ["49"]
    trigger = campaign(files, "When hot may open")["smart_list"]["triggers"][0]
    trigger["constraints"][0]["values"] = ["49"]


@on_threshold()
def a_handoff_is_a_smart_list_which_does_nothing(files):
    leave_out(files, "When hot may open")


@on_threshold()
def nobody_is_told(files):
    skip(campaign(files, "Cross hot"), step=RUN)


# --- silence --------------------------------------------------------------------------------------------------------

SILENT = (
    HEAD
    + PAGE
    + """
[assets]
sales = { user = "sales@host.example" }
[marks.asleep]
[rules.form]
on = { submits = "any-form" }
points = { lead = 20 }
[decay.quiet]
score = "lead"
never_active = true
steps = [
  { after = "30d", at_least = 1, subtract = 10 },
  { after = "60d", at_least = 1, subtract = 5 },
]
then = [{ mark = "asleep" }]
[thresholds.awake]
when.all = [{ mark = "asleep" }, { score = "lead", above = 12 }]
then = [{ unmark = "asleep" }, { notify = "sales" }]
"""
)
ASLEEP, AWAKE = "mark asleep", "done thresholds.awake.then.1"
on_silence = partial(fault, "marketo", SILENT, LEAD)
on_sleep = partial(fault, "marketo", SILENT)


@on_silence(ASLEEP)
def a_decay_runs_once_in_a_life(files):
    campaign(files, "Decay quiet 30d")["qualification"] = "Only once"


@on_silence(ASLEEP)
def a_decay_runs_every_night_of_a_silence(files):
    forget(campaign(files, "Decay quiet 30d"), rule="SW Step quiet")


@on_silence(ASLEEP)
def whoever_was_created_yesterday_decays(files):
    forget(campaign(files, "Decay quiet 30d"), rule="Created At")


@on_silence(ASLEEP)
def nothing_ends_a_silence(files):
    leave_out(files, "Awake quiet")


@on_silence()
def a_decay_has_no_clamp(files):
    step = steps(campaign(files, "Decay quiet 30d"), step=SCORE)[0]
    step["default"] = step["choices"][0]["value"]
    step["choices"] = step["choices"][:1]


@on_silence()
def a_decay_takes_a_point_from_whoever_has_none(files):
    row = campaign(files, "Decay quiet 30d")
    forget(row, rule="Person Score")
    steps(row, step=SCORE)[0]["default"] = "-1"


@on_silence()
def a_decays_token_is_changed_beside_its_clamp(files):
    token(files, "Decay - quiet 30d", -13)


@on_silence()
def the_choices_of_a_clamp_come_the_other_way_round(files):
    step = steps(campaign(files, "Decay quiet 30d"), step=SCORE)[0]
    step["choices"].reverse()


@on_silence(ASLEEP)
def a_step_comes_two_days_late(files):
    for item in campaign(files, "Decay quiet 60d")["smart_list"]["filters"]:
        for test in (item, *item.get("constraints", ())):
            if test.get("values") == ["60 days"]:
                test["values"] = ["62 days"]


@on_silence(ASLEEP)
def forms_end_no_silence(files):
    for name in ("Decay quiet 30d", "Decay quiet 60d"):
        row = campaign(files, name)
        if row["smart_list"]["filter_logic"] == "ALL":
            forget(row, rule="Not Filled Out Form")


@on_silence(ASLEEP)
def a_decay_runs_once_a_month(files):
    campaign(files, "Decay quiet 30d")["schedule"] = "Monthly, on day 1, at 02:01"


@on_sleep(AWAKE)
def a_wake_up_asks_nobody_whether_they_sleep(files):
    for name in ("Act awake", "When awake may open"):
        row = campaign(files, name)
        gone = next(
            n for n, item in enumerate(row["smart_list"]["filters"], 1) if item["rule"] == "Member of List"
        )
        row["smart_list"]["filters"][gone - 1] = {
            "rule": "Created At",
            "operator": "is not empty",
            "values": [],
        }


@on_sleep(AWAKE, ASLEEP)
def a_wake_up_leaves_the_mark_on(files):
    skip(campaign(files, "Act awake"), step="Remove from List")


@on_sleep(AWAKE, ASLEEP)
def a_wake_up_reads_what_a_sibling_writes(files):
    """The guard stands in the trigger, where the award of the same event has not been paid yet."""
    row = campaign(files, "When awake may open")
    for watch in (row, campaign(files, "When anything may open awake")):
        skip(watch, step=WAIT)
    row["smart_list"]["triggers"] = copy.deepcopy(
        [
            *campaign(files, "When page")["smart_list"]["triggers"],
            *campaign(files, "When form")["smart_list"]["triggers"],
        ]
    )


@on_sleep(ASLEEP)
def going_to_sleep_puts_no_mark(files):
    skip(campaign(files, "Decay quiet 30d"), step="Add to List")


LONG = (
    HEAD
    + PAGE
    + """
[rules.form]
on = { submits = "any-form" }
points = { lead = 50 }
[decay.quiet]
score = "lead"
steps = [
  { after = "100d", subtract = 20 },
  { after = "180d", at_least = 5, set = 5 },
]
stop_at = 5
"""
)
on_stamps = partial(fault, "marketo", LONG, LEAD)
STAMP = "SW Last Active"


@on_stamps()
def an_empty_stamp_is_long_ago(files):
    for name in ("Decay quiet 100d", "Decay quiet 180d"):
        forget(campaign(files, name), rule=STAMP, operator="is not empty")


@on_stamps()
def a_visit_leaves_no_stamp(files):
    row = campaign(files, f"Stamp {STAMP}")
    row["smart_list"]["triggers"] = [
        item for item in row["smart_list"]["triggers"] if item["rule"] != "Visits Web Page"
    ]


@on_stamps()
def the_stamp_is_put_once_in_a_life(files):
    campaign(files, f"Stamp {STAMP}")["qualification"] = "Only once"


@on_stamps()
def a_long_silence_is_looked_up_in_the_log(files):
    for name in ("Decay quiet 100d",):
        row = campaign(files, name)
        item = leaves(row, rule=STAMP, operator="in past before")[0]
        days = {"name": "Date of Activity", "operator": "in past", "values": item["values"]}
        item.clear()
        item.update(
            {"rule": "Not Visited Web Page", "attribute": "Web Page", "operator": "is any", "values": []},
            constraints=[days],
        )


# --- facts and tiers ------------------------------------------------------------------------------------------------

FACTS = (
    HEAD
    + PAGE
    + """
[scores.fit]
kind = "fit"
[scores.both]
kind = "combined"
sum_of = ["lead", "fit"]
[fields]
size = { type = "number" }
[segments.private]
when.all = [
  { field = "email-domain", is_any = ["gmail.com", "gmx.de"] },
  { not = { field = "company", known = true } },
]
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
FIT, BOTH = "score fit", "score both"
on_facts = partial(fault, "marketo", FACTS, FIT, BOTH)


@on_facts()
def a_tier_is_never_taken_back(files):
    row = campaign(files, "Re-roll title")
    row["flow"] = [
        step for step in row["flow"] if not any(item["value"] == "-15" for item in step.get("choices", ()))
    ]


@on_facts()
def a_tiers_token_is_changed_and_what_is_taken_back_is_not(files):
    token(files, "Title CEO", 20)


@on_facts()
def the_record_of_a_tier_is_not_kept(files):
    row = campaign(files, "Re-roll title")
    row["flow"] = [
        step
        for step in row["flow"]
        if {"label": "Score Name", "value": "SW Points title"} not in step["fields"]
    ]


@on_facts()
def the_tier_is_written_down_before_the_old_one_is_taken_back(files):
    flow = campaign(files, "Re-roll title")["flow"]
    record = next(
        step for step in flow if {"label": "Score Name", "value": "SW Points title"} in step["fields"]
    )
    flow.remove(record)
    flow.insert(0, record)


@on_facts()
def the_lower_case_of_a_tier_comes_first(files):
    for step in campaign(files, "Re-roll title")["flow"]:
        if {"label": "Score Name", "value": "SW Points title"} in step["fields"]:
            step["choices"][1:] = step["choices"][:0:-1]


@on_facts()
def a_title_that_is_not_known_is_otherwise(files):
    for step in campaign(files, "Re-roll title")["flow"]:
        if {"label": "Score Name", "value": "SW Points title"} in step["fields"]:
            step["choices"] = [item for item in step["choices"] if item["if"]["operator"] != "is empty"]


@on_facts()
def a_tier_is_rolled_once_in_a_life(files):
    campaign(files, "Re-roll title")["qualification"] = "Only once"


@on_facts()
def negatives_are_joined_by_or(files):
    row = campaign(files, "Re-roll elsewhere")
    for step in row["flow"]:
        for item in step.get("choices", ()):
            if item["if"].get("operator") == "not contains":
                item["if"]["values"] = item["if"]["values"][:1]


@on_facts()
def a_kept_fact_is_given_each_night(files):
    campaign(files, "Fact private")["qualification"] = "Every time"


@on_facts()
def a_kept_fact_is_changed_by_a_second_batch(files):
    twin(files, "Fact private", "Fact private 2")


@on_facts()
def the_sum_is_left_behind(files):
    row = campaign(files, "Re-roll large")
    row["flow"] = [
        step
        for step in row["flow"]
        if not any(
            item["label"] == "Score Name" and item["value"] in {"Both Score", "Sum Score"}
            for item in step["fields"]
        )
    ]


@on_facts()
def a_number_is_one_too_high(files):
    row = campaign(files, "Re-roll large")
    tests = [
        *row["smart_list"]["filters"],
        *(item["if"] for step in row["flow"] for item in step.get("choices", ())),
    ]
    for test in tests:
        if test.get("values") == ["200"]:
            test["values"] = ["201"]


@on_facts()
def an_empty_number_is_not_small(files):
    campaign(files, "Re-roll large")["smart_list"]["filter_logic"] = "(1 and 2) or (3 and 5)"


@fault("marketo", FACTS, "segment private", FIT, BOTH)
def a_segment_is_all_or_any(files):
    files.row("smart-lists", "private")["filter_logic"] = "ANY"


@fault("marketo", FACTS, "segment private", FIT, BOTH)
def a_domain_is_looked_for_anywhere_in_an_address(files):
    for item in files.row("smart-lists", "private")["filters"]:
        item["values"] = [value.strip("@|") for value in item["values"]]


@fault("marketo", FACTS, "segment private", FIT, BOTH)
def the_padded_text_is_not_kept_up_to_date(files):
    row = campaign(files, "Fill SW Words Email Address")
    row["smart_list"]["triggers"] = row["smart_list"]["triggers"][:1]


# --- products -------------------------------------------------------------------------------------------------------

PRODUCTS = (
    HEAD
    + PAGE
    + """
[assets]
mba = { form = "MBA" }
law = { form = "Law" }
[products.mba]
values = { request = 20 }
assets = { request = "mba" }
[products.law]
values = { request = 15 }
assets = { request = "law" }
[scores.interest]
kind = "engagement"
each = "product"
feeds = "lead"
[rules.request]
each = "product"
on = { submits = "request" }
points = { interest = "request" }
"""
)
on_products = partial(fault, "marketo", PRODUCTS)
MBA, LAW = "score interest@mba", "score interest@law"


@on_products(MBA, LAW)
def a_clone_goes_on_changing_the_first_products_score(files):
    row = next(row for row in files.rows(CAMPAIGNS, "law.Award") if row["type"] == "executable")
    set_field(steps(row, step=SCORE)[1], "Score Name", "Interest mba Score")


@on_products(LAW, LEAD)
def a_clone_listens_to_the_first_products_form(files):
    row = files.row(CAMPAIGNS, "law.When request")
    row["smart_list"]["triggers"][0]["values"] = ["MBA"]


@on_products(LAW, LEAD)
def a_clone_has_the_first_products_points(files):
    files.row(TOKENS, "law.Request").update(value=20, shown="+20")


@on_products(LAW, LEAD, MBA)
def a_clone_executes_the_first_products_award(files):
    row = files.row(CAMPAIGNS, "law.When request")
    set_field(steps(row, step=RUN)[0], "Campaign", files.row(CAMPAIGNS, "mba.Award request")["name"])


@on_products(LEAD)
def a_part_does_not_feed_the_total(files):
    row = files.row(CAMPAIGNS, "law.Award request")
    row["flow"] = row["flow"][1:]


# --- a start --------------------------------------------------------------------------------------------------------

STARTS = """
language = 1
[model]
id = "made"
title = "Made"
timezone = "UTC"
starts = 2026-02-01
[scores.lead]
title = "Lead"
kind = "engagement"
overall = true
[assets]
sales = { user = "sales@host.example" }
[rules.page]
on = { visits = "any-page" }
points = { lead = 2 }
[rules.title]
when = { field = "job-title", contains = ["CEO", "Chief"] }
points = { lead = 48 }
keep = true
[thresholds.hot]
when = { score = "lead", at_least = 50 }
then = [{ notify = "sales" }]
"""
on_start = partial(fault, "marketo", STARTS, LEAD)


@on_start()
def a_trigger_and_a_batch_have_a_memory_each(files):
    row = twin(files, "Fact title", "When title")
    row.update(type="trigger", switched_on="live", schedule="")
    changed = {
        "rule": "Data Value Changes",
        "attribute": "Attribute",
        "operator": "is",
        "values": ["Job Title"],
    }
    row["smart_list"]["triggers"] = [changed]


@on_start()
def a_batch_runs_once_and_for_nobody_who_comes_later(files):
    campaign(files, "Fact title").update(schedule="Run once", switched_on="start")


@fault("marketo", STARTS, LEAD, "done thresholds.hot.then.0")
def the_past_is_handed_over(files):
    row = campaign(files, "Start hot")
    row["flow"] = copy.deepcopy(campaign(files, "Act hot")["flow"])


# --- what is done ---------------------------------------------------------------------------------------------------

DOING = (
    HEAD
    + PAGE
    + """
[assets]
contact = { form = "Contact" }
order = { form = "Order" }
hot-list = { list = "Hot" }
fair = { campaign = "Fair" }
[marks.customer]
[fields]
state-of = { type = "text" }
letter = { type = "text" }
[rules.contact]
on = { submits = "contact" }
points = { lead = 20 }
[rules.order]
on = { submits = "order" }
points = { lead = 1 }
then = [{ mark = "customer" }]
[rules.lost]
on = { unsubscribes = true }
points = { lead = -30 }
[thresholds.hot]
when.all = [{ score = "lead", at_least = 40 }, { field = "country", is = "France" }]
unless = { mark = "customer" }
then = [
  { add_to_list = "hot-list" },
  { add_to_campaign = "fair", status = "Hot" },
  { task = "Call them", due = "2d" },
  { set_field = "state-of", to = "Hot" },
  { moment = "Is hot" },
]
[grades.profile]
start = "D"
criteria.industry = { when = { field = "industry", is = "Steel" }, thirds = 2 }
criteria.size = { when = { field = "employees", at_least = 200 }, thirds = 1 }
[bands.letter]
score = "lead"
field = "letter"
cases = [{ label = "A", at_least = 40 }, { label = "B", at_least = 10 }, { label = "C" }]
"""
)
on_doing = partial(fault, "marketo", DOING)
ALL_DONE = (
    "list hot-list",
    "campaign fair",
    "field state-of",
    *(f"done thresholds.hot.then.{number}" for number in (1, 2, 4)),
)


@on_doing("list hot-list")
def somebody_is_taken_off_the_list_that_they_are_to_be_put_on(files):
    steps(campaign(files, "Act hot"), step="Add to List")[0]["step"] = "Remove from List"


@on_doing("campaign fair", "done thresholds.hot.then.1")
def the_status_in_the_campaign_is_another(files):
    set_field(
        steps(campaign(files, "Act hot"), step="Change Status in SFDC Campaign")[0], "New Status", "Cold"
    )


@on_doing("done thresholds.hot.then.2")
def no_task_is_made(files):
    skip(campaign(files, "Act hot"), step="Create Task")


@on_doing("field state-of")
def a_field_gets_another_text(files):
    set_field(steps(campaign(files, "Act hot"), step=VALUE)[0], "New Value", "Warm")


@on_doing("done thresholds.hot.then.4")
def a_moment_is_told_twice(files):
    row = campaign(files, "Act hot")
    row["flow"].append(copy.deepcopy(steps(row, step="Interesting Moment")[0]))
    row["flow"].insert(
        0,
        {
            "step": RUN,
            "fields": [{"label": "Campaign", "value": twin(files, "Act hot", "Act again")["name"]}],
        },
    )
    skip(row, step="Interesting Moment")


@on_doing(*ALL_DONE)
def a_threshold_is_open_for_whom_it_is_shut(files):
    row = campaign(files, "Cross hot")
    row["smart_list"]["filters"] = [
        item for item in row["smart_list"]["filters"] if "SW Mark customer" not in str(item["values"])
    ]


@on_doing(*ALL_DONE)
def a_change_of_country_opens_nothing(files):
    for name in ("When hot may open",):
        row = campaign(files, name)
        row["smart_list"]["triggers"] = [
            item for item in row["smart_list"]["triggers"] if item["rule"] != "Data Value Changes"
        ]


@on_doing("grade profile")
def a_criterion_of_a_grade_weighs_less(files):
    for step in campaign(files, "Grade profile")["flow"]:
        for item in step.get("choices", ()):
            item["value"] = "+1" if item["value"] == "+2" else item["value"]


@on_doing("grade profile")
def a_grade_takes_an_empty_field_for_no_match(files):
    for step in campaign(files, "Grade profile")["flow"]:
        if "choices" in step:
            step["choices"] = [item for item in step["choices"] if item["if"]["operator"] != "is empty"]


@on_doing("grade profile")
def a_grade_is_made_once_in_a_life(files):
    campaign(files, "Nightly grade profile")["qualification"] = "Only once"


@on_doing("field letter")
def a_band_has_another_bound(files):
    step = steps(campaign(files, "Label letter"), step=VALUE)[0]
    step["choices"][0]["if"]["values"] = ["41"]


@on_doing("field letter")
def the_bands_come_the_other_way_round(files):
    steps(campaign(files, "Label letter"), step=VALUE)[0]["choices"].reverse()


@on_doing("mark customer")
def a_form_puts_no_mark(files):
    skip(campaign(files, "Award order"), step="Add to List")
