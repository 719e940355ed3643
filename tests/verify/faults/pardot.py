"""Faults in what is built in Account Engagement: forms that suggest themselves, and slips of the hand."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.planting import actions, fault, forget, holders, leaves, undo

__all__: list[str] = []

RULES = "automation-rules"
SCORE = "Prospect score"
TIME = "Prospect time"
TAG = "Prospect tag"
CATEGORY = "Prospect scoring category"
LESS_DAYS = "is less than (days ago)"
MORE_DAYS = "is greater than (days ago)"
BY = {"action": "Adjust Prospect Score", "of": "By"}
TO = {"action": "Adjust Prospect Score", "of": "To"}
ON_CATEGORY = "Adjust Prospect Score for Scoring Category"
SILENT = {"criterion": TIME, "of": "last activity"}

HEAD = """
language = 1
[model]
id = "made"
title = "Made"
timezone = "UTC"
counts_as_activity = ["visits", "submits", "clicks", "downloads"]
[targets.pardot]
edition = "plus"
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

# --- points ---------------------------------------------------------------------------------------------------------

POINTS = (
    HEAD
    + """
[assets]
contact = { form = "Contact" }
talk = { landing_page = "Talk" }
paper = { file = "Paper" }
pricing = { pages = "/pricing" }
sales = { user = "sales@host.example" }
[rules.page]
on = { visits = "any-page" }
points = { lead = 1 }
[rules.pricing]
on = { visits = "pricing" }
points = { lead = 10 }
[rules.form]
on = { submits = "any-form" }
points = { lead = 20 }
[rules.contact]
on = { submits = "contact" }
points = { lead = 30 }
[rules.talk]
on = { submits = "talk" }
points = { lead = 5 }
[rules.paper]
on = { downloads = "paper" }
points = { lead = 7 }
[rules.lost]
on = { opportunity = "lost" }
points = { lead = -40 }
[thresholds.hot]
when = { score = "lead", at_least = 50 }
then = [{ notify = "sales" }]
"""
)
on_points = partial(fault, "pardot", POINTS)
LEAD, DONE = "score lead", "done thresholds.hot.then.0"


@on_points(LEAD)
def the_row_is_taken_from_each_rule_though_both_rules_pay(files):
    actions(files.row("page-actions", "pricing"), **BY)[0]["value"] = "+9"


@on_points(LEAD)
def the_rest_stands_on_the_form_and_not_on_the_landing_page(files):
    files.drop("completion-actions", "landing page: Talk")


@on_points(LEAD)
def the_landing_pages_row_stays_as_shipped(files):
    files.drop("baseline-scoring", "Landing Page Success")


@on_points(LEAD)
def the_row_of_visits_stays_as_shipped(files):
    files.drop("baseline-scoring", "Visitor Session")


@on_points(LEAD)
def the_row_of_new_opportunities_stays_as_shipped(files):
    files.drop("baseline-scoring", "Opportunity Created")


@on_points(LEAD)
def a_negative_row_is_typed_without_its_sign(files):
    files.row("baseline-scoring", "Opportunity Lost")["points"] = 40


@on_points(LEAD)
def the_row_of_redirects_stays_as_shipped(files):
    files.drop("baseline-scoring", "Custom Redirect Click")


@on_points(LEAD)
def the_row_of_failed_forms_stays_as_shipped(files):
    files.drop("baseline-scoring", "Form Error")


@on_points(LEAD)
def a_row_is_changed_and_the_rest_beside_it_is_not(files):
    files.row("baseline-scoring", "Form Submission")["points"] = 25


@on_points(LEAD)
def a_page_action_runs_on_every_page_below_it(files):
    files.row("page-actions", "pricing")["match"] = "starts_with"


@on_points(LEAD)
def a_file_pays_by_its_row_for_every_file(files):
    files.drop("completion-actions", "file: Paper")
    files.row("baseline-scoring", "File Access")["points"] = 7


# --- thresholds -----------------------------------------------------------------------------------------------------


@on_points(DONE)
def a_threshold_is_a_point_too_high(files):
    for row in (files.row(RULES, "hand over"), files.row("segmentation-rules", "hot")):
        leaves(row, criterion=SCORE)[0]["value"] = "50"


@on_points(DONE)
def a_threshold_is_a_point_too_low(files):
    for row in (files.row(RULES, "hand over"), files.row("segmentation-rules", "hot")):
        leaves(row, criterion=SCORE)[0]["value"] = "48"


@on_points(DONE)
def a_threshold_matches_once_in_a_life(files):
    row = files.row(RULES, "hand over")
    row["repeat"] = False
    del row["days_before_repeat"], row["match_limit"]


@on_points(DONE)
def a_threshold_repeats_for_as_long_as_the_score_is_up(files):
    forget(files.row(RULES, "hand over"), criterion=TAG)


@on_points(DONE)
def nothing_arms_a_threshold_again(files):
    files.drop(RULES, "below again")


@on_points(DONE)
def a_threshold_is_armed_again_by_time(files):
    row = files.row(RULES, "below again")
    leaves(row, criterion=SCORE)[0].update(SILENT, operator=MORE_DAYS, value="29")


@on_points(DONE)
def a_threshold_is_armed_again_at_the_number_itself(files):
    leaves(files.row(RULES, "below again"), criterion=SCORE)[0]["value"] = "51"


@on_points(DONE)
def nobody_is_marked_who_is_past_it_already(files):
    files.drop("segmentation-rules", "hot")


@on_points(DONE)
def people_past_it_are_marked_after_the_handoff_is_switched_on(files):
    files.row("segmentation-rules", "hot")["resume_phase"] = 80


@on_points(DONE)
def a_handoff_is_a_dynamic_list_which_does_nothing(files):
    row = files.row(RULES, "hand over")
    files.drop(RULES, "hand over")
    files.add("dynamic-lists", {key: row[key] for key in ("name", "for", "lowering", "match", "criteria")})


# --- steps ----------------------------------------------------------------------------------------------------------

STEPS = (
    HEAD
    + """
[rules.page]
on = { visits = "any-page" }
points = { lead = 3 }
[rules.form]
on = { submits = "any-form" }
points = { lead = 50 }
[decay.quiet]
score = "lead"
steps = [
  { after = "30d", subtract = 10 },
  { after = "60d", subtract = 10 },
  { after = "90d", subtract = 20 },
  { after = "180d", at_least = 5, set = 5 },
]
stop_at = 5
[targets.pardot.range]
lead = 200
"""
)
on_steps = partial(fault, "pardot", STEPS, LEAD)


@on_steps()
def the_windows_of_steps_have_no_end(files):
    for part in ("minus 10", "minus 20"):
        row = files.row(RULES, part)
        forget(row, criterion=TIME, operator=LESS_DAYS)
        row["days_before_repeat"] = 30


@on_steps()
def the_steps_match_once_in_a_life(files):
    for part in ("minus 10", "minus 20"):
        row = files.row(RULES, part)
        row["repeat"] = False
        del row["days_before_repeat"], row["match_limit"]


@on_steps()
def a_step_repeats_within_its_window(files):
    files.row(RULES, "minus 20")["days_before_repeat"] = 30


@on_steps()
def a_step_may_not_repeat_before_the_next_silence_has_come_to_it(files):
    files.row(RULES, "minus 20")["days_before_repeat"] = 200


@on_steps()
def a_step_comes_a_day_late(files):
    for item in leaves(files.row(RULES, "30, 60 days"), operator=MORE_DAYS, value="29"):
        item["value"] = "30"
    for item in leaves(files.row(RULES, "30, 60 days"), operator=LESS_DAYS, value="32"):
        item["value"] = "31"


@on_steps()
def the_last_step_comes_a_week_late(files):
    leaves(files.row(RULES, "180 days"), operator=MORE_DAYS)[0]["value"] = "186"


@on_steps()
def the_clamp_and_the_step_share_a_window(files):
    leaves(files.row(RULES, "minus 20"), operator=MORE_DAYS)[0]["value"] = "89"


@on_steps()
def what_is_left_above_the_stop_is_not_taken(files):
    files.drop(RULES, "6 to 15")


@on_steps()
def the_stop_lifts_whoever_is_below_it(files):
    forget(files.row(RULES, "90 days, 6 to 25"), criterion=SCORE, operator="is greater than")


@on_steps()
def the_stop_is_a_rule_that_lifts_at_any_time(files):
    row = files.row(RULES, "180 days")
    lifts = {"criterion": SCORE, "operator": "is less than", "value": "5"}
    files.add(RULES, row, name="SW decay quiet: never below 5", criteria=[lifts])


@on_steps()
def a_step_takes_whoever_would_fall_below_the_stop(files):
    for item in leaves(files.row(RULES, "minus 20"), criterion=SCORE):
        item["value"] = "22"
    for item in leaves(files.row(RULES, "6 to 25"), criterion=SCORE, operator="is less than"):
        item["value"] = "23"


PERCENT = (
    HEAD
    + """
[rules.page]
on = { visits = "any-page" }
points = { lead = 3 }
[rules.form]
on = { submits = "any-form" }
points = { lead = 20 }
[decay.quiet]
score = "lead"
steps = [{ after = "60d", percent = 50 }]
stop_at = 0
[targets.pardot.range]
lead = 24
"""
)
on_percent = partial(fault, "pardot", PERCENT, LEAD)


def _windows(files):
    """The windows of the bands, from the lowest band up: the criteria of when each begins and ends."""
    rows = files.rows(RULES, "decay quiet")
    return [
        (
            leaves(row, operator=MORE_DAYS)[0],
            [item for item in row["criteria"] if item["operator"] == LESS_DAYS],
        )
        for row in rows
    ]


@on_percent()
def all_bands_share_one_window_and_cascade(files):
    for begins, ends in _windows(files):
        begins["value"] = "59"
        for item in ends:
            item["value"] = "62"


@on_percent()
def the_bands_windows_come_from_the_highest_down(files):
    windows = _windows(files)
    begun = [begins["value"] for begins, _ in windows]
    for (begins, ends), value in zip(windows, reversed(begun), strict=True):
        begins["value"] = value
        for item in ends:
            item["value"] = str(int(value) + 3)


@on_percent()
def a_point_is_taken_from_whoever_has_none(files):
    leaves(files.row(RULES, ", 1 to 2"), criterion=SCORE, operator="is greater than")[0]["value"] = "-1"


# --- sleeping and waking --------------------------------------------------------------------------------------------

SLEEP = (
    HEAD
    + PAGE
    + """
[assets]
sales = { user = "sales@host.example" }
[marks.asleep]
[rules.form]
on = { submits = "any-form" }
points = { lead = 50 }
[rules.lost]
on = { opportunity = "lost" }
points = { lead = -5 }
[decay.quiet]
score = "lead"
steps = [{ after = "30d", at_least = 3, set = 3 }]
then = [{ mark = "asleep" }]
[thresholds.awake]
when.all = [{ mark = "asleep" }, { score = "lead", above = 8 }]
then = [{ unmark = "asleep" }, { notify = "sales" }]
"""
)
ASLEEP, AWAKE = "mark asleep", "done thresholds.awake.then.1"
on_sleep = partial(fault, "pardot", SLEEP)


@on_sleep(LEAD, ASLEEP)
def going_to_sleep_lifts_whoever_is_lower(files):
    forget(files.row(RULES, "set to 3"), criterion=SCORE, operator="is greater than", value="2")


@on_sleep(ASLEEP)
def whoever_has_the_number_already_is_not_marked(files):
    forget(files.row(RULES, "set to 3"), criterion=TAG)


@on_sleep(AWAKE)
def a_wake_up_fires_for_somebody_who_is_going_to_sleep(files):
    forget(files.row(RULES, "hand over"), criterion=TIME)


@on_sleep(ASLEEP, AWAKE)
def a_wake_up_leaves_the_mark_on(files):
    undo(files.row(RULES, "hand over"), action="Remove tags")


@on_sleep(ASLEEP)
def going_to_sleep_puts_no_mark(files):
    undo(files.row(RULES, "set to 3"), action="Apply tags")


@on_sleep(AWAKE)
def a_wake_up_tells_whoever_was_never_asleep(files):
    forget(files.row(RULES, "hand over"), criterion=TAG)


@on_sleep(LEAD)
def going_to_sleep_sets_one_point_more(files):
    actions(files.row(RULES, "set to 3"), **TO)[0]["value"] = "4"


# --- facts, tiers, segments -----------------------------------------------------------------------------------------

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


# --- categories -----------------------------------------------------------------------------------------------------

CATEGORIES = (
    HEAD
    + PAGE
    + """
[scores.mba]
kind = "engagement"
feeds = "lead"
[assets]
mba = { form = "MBA request" }
paper = { file = "MBA paper" }
[rules.mba]
on = { submits = "mba" }
points = { mba = 20 }
[rules.paper]
on = { downloads = "paper" }
points = { mba = 7 }
[decay.quiet]
score = "mba"
steps = [{ after = "30d", at_least = 0, set = 0 }]
[targets.pardot.range]
mba = 100
"""
)
MBA = "score mba"
on_categories = partial(fault, "pardot", CATEGORIES, MBA)


def _top(files):
    return files.row(RULES, ", from ")


@on_categories()
def the_top_band_is_closed(files):
    bound = int(leaves(_top(files), criterion=CATEGORY)[0]["value"])
    closed = {"criterion": CATEGORY, "of": "mba", "operator": "is less than", "value": str(2 * bound)}
    _top(files)["criteria"].append(closed)


@on_categories()
def the_bands_have_lower_bounds_only(files):
    for row in files.rows(RULES, " to "):
        forget(row, criterion=CATEGORY, operator="is less than")


@on_categories()
def a_band_takes_one_more_than_its_lowest_score(files):
    row = next(row for row in files.rows(RULES, "minus 1") if row["name"].endswith("minus 1"))
    actions(row, action=ON_CATEGORY)[0]["value"] = "-2"


@on_categories()
def the_lowest_band_is_missing(files):
    name = min((row["name"] for row in files.rows(RULES, " to ")), key=lambda name: int(name.rsplit(" ")[-1]))
    files.drop(RULES, name)


@on_categories()
def the_bands_go_on_when_somebody_is_back(files):
    for row in files.rows(RULES, "decay quiet"):
        forget(row, criterion=TIME)
        row["criteria"].append({"criterion": TIME, "of": "created", "operator": MORE_DAYS, "value": "29"})


@on_categories()
def an_asset_is_not_moved_into_the_folder(files):
    row = files.row("scoring-categories", "mba")
    row["assets"] = [item for item in row["assets"] if item["name"] != "MBA paper"]


@on_categories()
def the_folder_holds_an_asset_of_another_category(files):
    files.row("scoring-categories", "mba")["assets"][0]["name"] = "Contact us"


# --- limits ---------------------------------------------------------------------------------------------------------

LIMITED = (
    HEAD
    + PAGE
    + """
[assets]
contact = { form = "Contact" }
film = { file = "Film" }
[rules.contact]
on = { submits = "contact" }
points = { lead = 50 }
limit = { times = 1 }
[rules.film]
on = { downloads = "film" }
points = { lead = 7 }
limit = { times = 3 }
"""
)
on_limited = partial(fault, "pardot", LIMITED, LEAD)


@on_limited()
def what_pays_once_stands_on_the_form(files):
    files.drop(RULES, "contact: once")
    files.row("completion-actions", "Contact")["actions"] = [{**BY, "value": "+50"}]


@on_limited()
def what_pays_once_is_left_to_the_row(files):
    files.drop(RULES, "contact: once")
    files.row("baseline-scoring", "Form Submission")["points"] = 50


@on_limited()
def what_pays_once_repeats_on_a_state(files):
    row = files.row(RULES, "contact: once")
    row.update(repeat=True, days_before_repeat=30, match_limit="unlimited")
    row["criteria"] = [
        {
            "criterion": "Prospect form",
            "of": "Contact",
            "operator": "was completed successfully",
            "value": "Contact",
        }
    ]


@on_limited()
def the_row_pays_beside_the_rule(files):
    files.drop("baseline-scoring", "Form Submission")


@on_limited()
def one_of_the_counted_awards_is_missing(files):
    files.drop(RULES, "film: number 3")


@on_limited()
def one_more_is_counted(files):
    row = files.row(RULES, "film: number 3")
    more = files.add(RULES, row, name=row["name"].replace("3", "4"))
    leaves(more, criterion="Prospect custom field")[0]["value"] = "3"


@on_limited()
def the_counter_is_read_one_too_high(files):
    for row in files.rows(RULES, "film: number"):
        item = leaves(row, criterion="Prospect custom field")[0]
        item["value"] = str(int(item["value"]) + 1)


@on_limited()
def the_surplus_is_taken_back_and_the_counter_set_back(files):
    files.drop(RULES, "film: number 1")
    files.drop(RULES, "film: number 2")
    actions(files.row("completion-actions", "Film")).append({**BY, "value": "+7"})
    files.row("completion-actions", "Film")["actions"].append({**BY, "value": "+7"})
    row = files.row(RULES, "film: number 3")
    row.update(repeat=True, days_before_repeat=1, match_limit="unlimited")
    row["actions"] = [
        {**BY, "value": "-7"},
        {"action": "Change prospect custom field value", "of": "SW film count", "value": "3"},
    ]
    leaves(row, criterion="Prospect custom field")[0]["value"] = "3"


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
desk = { queue = "Desk" }
[marks.customer]
[fields]
state-of = { type = "text" }
[rules.contact]
on = { submits = "contact" }
points = { lead = 20 }
[rules.order]
on = { submits = "order" }
points = { lead = 1 }
then = [{ mark = "customer" }]
[thresholds.hot]
when.all = [{ score = "lead", at_least = 40 }, { field = "country", is = "France" }]
unless = { mark = "customer" }
then = [
  { add_to_list = "hot-list" },
  { add_to_campaign = "fair", status = "Hot" },
  { task = "Call them", due = "2d" },
  { assign = "desk" },
  { set_field = "state-of", to = "Hot" },
]
[grades.profile]
start = "D"
criteria.industry = { when = { field = "industry", is = "Steel" }, thirds = 2 }
criteria.size = { when = { field = "employees", at_least = 200 }, thirds = 1 }
"""
)
on_doing = partial(fault, "pardot", DOING)
ADD = "Add prospect to list"


@on_doing("list hot-list")
def somebody_is_taken_off_the_list_that_they_are_to_be_put_on(files):
    actions(files.row(RULES, "hand over"), action=ADD)[0]["action"] = "Remove prospect from list"


@on_doing("campaign fair", "done thresholds.hot.then.1")
def the_status_in_the_campaign_is_another(files):
    actions(files.row(RULES, "hand over"), of="Fair")[0]["value"] = "Cold"


@on_doing("done thresholds.hot.then.2")
def no_task_is_made(files):
    undo(files.row(RULES, "hand over"), of="Call them")


@on_doing("done thresholds.hot.then.3")
def nobody_is_assigned(files):
    undo(files.row(RULES, "hand over"), of="Desk")


@on_doing("field state-of")
def a_field_gets_another_text(files):
    actions(files.row(RULES, "hand over"), of="state of")[0]["value"] = "Warm"


@on_doing(
    "list hot-list", "campaign fair", "field state-of", *(f"done thresholds.hot.then.{n}" for n in (1, 2, 3))
)
def a_threshold_is_open_for_whom_it_is_shut(files):
    for row in (files.row(RULES, "hand over"), files.row("segmentation-rules", "hot")):
        forget(row, criterion=TAG, of="customer")


@on_doing(
    "list hot-list", "campaign fair", "field state-of", *(f"done thresholds.hot.then.{n}" for n in (1, 2, 3))
)
def a_threshold_is_armed_again_by_one_of_its_two_conditions_only(files):
    forget(files.row(RULES, "below again"), of="Country")


@on_doing("grade profile")
def a_criterion_of_a_grade_weighs_less(files):
    files.row("profile-criteria", "industry")["thirds"] = 1


@on_doing("grade profile")
def a_grade_does_not_come_down(files):
    files.drop(RULES, "size, doesn't match")


@on_doing("grade profile")
def a_grade_takes_an_empty_field_for_a_match(files):
    row = files.row(RULES, "industry, matches")
    leaves(row, of="Industry")[0].update(operator="isn't", value="Wood")


@on_doing("mark customer")
def a_form_puts_no_mark(files):
    undo(files.row("completion-actions", "Order"), action="Apply tags")
