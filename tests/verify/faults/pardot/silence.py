"""Decay of the prospect score: steps, windows, and who falls asleep and wakes."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.pardot.points import LEAD
from tests.verify.faults.pardot.table import HEAD, LESS_DAYS, MORE_DAYS, PAGE, RULES, SCORE, TAG, TIME, TO
from tests.verify.faults.planting import actions, fault, forget, leaves, undo

__all__: list[str] = []

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
