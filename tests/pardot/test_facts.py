"""Every fact that could turn out otherwise, turned over on a spec where it matters: what is built changes, and holds."""

from __future__ import annotations

import pytest

from scorewright_pardot import TARGET
from tests.pardot.making import CATEGORY, HEAD, TOTAL, model_of
from tests.verify.flips import flip, flips

FORMS = """
[assets]
demo = { form = "Demo" }
guide = { file = "Guide" }
[rules.any]
on = { submits = "any-form" }
points = { lead = 10 }
[rules.demo]
on = { submits = "demo" }
points = { lead = 15 }
"""
QUIET = """
[rules.page]
on = { visits = "any-page" }
points = { lead = 5 }
[decay.quiet]
score = "lead"
steps = [{ after = "30d", at_least = 3, set = 3 }]
"""
JOBS = """
[fields]
title = { type = "text" }
size = { type = "number" }
"""
FACT = """
[rules.boss]
when = { field = "title", is = "Boss" }
points = { lead = 20 }
"""
MQL = """
[marks]
hot = {}
[thresholds.mql]
when.all = [{ score = "lead", at_least = 20 }]
then = [{ mark = "hot" }]
"""
GRADE = """
[grades.fit]
title = "Fit"
start = "D"
criteria.boss = { when = { field = "title", is = "Boss" }, thirds = 3 }
criteria.big = { when = { field = "size", at_least = 100 }, thirds = 3 }
"""
TITLE = f"{TOTAL}{JOBS}{FACT}"
WEBINARS = """
[assets]
show = { event = "Show" }
[rules.came]
on = { attends = "show" }
points = { lead = 30 }
limit = { times = 1 }
"""
PAGES = """
[assets]
prices = { pages = ["/prices"] }
[rules.prices]
on = { visits = "prices" }
points = { lead = 9 }
limit = { times = 1 }
"""

STEPS = """
[rules.page]
on = { visits = "any-page" }
points = { lead = 5 }
[decay.quiet]
score = "lead"
stop_at = 10
steps = [{ after = "30d", subtract = 20 }, { after = "60d", subtract = 10 }]
"""
WAKES = """
[marks]
asleep = {}
[rules.page]
on = { visits = "any-page" }
points = { lead = 5 }
[decay.quiet]
score = "lead"
steps = [{ after = "30d", at_least = 3, set = 3 }]
then = [{ mark = "asleep" }]
[thresholds.back]
when.all = [{ mark = "asleep" }, { score = "lead", above = 8 }]
then = [{ unmark = "asleep" }]
"""
TIER = """
[tiers.title]
score = "lead"
field = "title"
cases = [{ is = "Boss", points = 20 }, { is = "Clerk", points = 5 }]
"""
FIT = """
[scores.fit]
kind = "fit"
[rules.boss]
when = { field = "title", is = "Boss" }
points = { fit = 20 }
[rules.big]
when = { field = "size", at_least = 100 }
points = { fit = 10 }
"""
TWO_WORTHS = """
[scores.interest]
kind = "engagement"
[assets]
demo = { form = "Demo" }
trial = { form = "Trial" }
[rules.demo]
on = { submits = "demo" }
points = { interest = 10 }
[rules.trial]
on = { submits = "trial" }
points = { interest = 25 }
"""
OLD_CUSTOMERS = """
[segments.customers]
when = { field = "title", is = "Customer" }
[rules.others]
when = { not = { segment = "customers" } }
points = { lead = 5 }
"""
NESTED = """
[rules.fitting]
when.any = [
  { all = [{ field = "title", is = "Boss" }, { any = [{ field = "size", at_least = 100 }, { field = "city", is = "Rome" }] }] },
  { field = "city", is = "Oslo" },
]
points = { lead = 5 }
[fields]
title = { type = "text" }
size = { type = "number" }
"""
LOW = """
[rules.low]
when = { score = "interest", below = 10 }
points = { lead = 2 }
"""
INTEREST_AND_FACT = (
    TITLE
    + """
[scores.interest]
kind = "engagement"
[assets]
demo = { form = "Demo" }
[rules.demo]
on = { submits = "demo" }
points = { interest = 10 }
"""
)
LONG = f"""
{TOTAL}{JOBS}
[rules.{"-".join(["boss"] * 26)}]
when = {{ field = "title", is = "Boss" }}
points = {{ lead = 20 }}
"""
DIGITS = (
    TOTAL
    + CATEGORY
    + '[targets.pardot]\nsettle_form = "digits"\nsettle_days = 3\nrange = { interest = 500 }\n'
)

TABLE = {
    "actions-add-to-baseline": TOTAL + FORMS,
    "actions-lose-scores": TOTAL + FORMS,
    "activity-kinds": TOTAL + QUIET,
    "bots-are-filtered": TOTAL
    + QUIET
    + '[rules.mail]\non = { clicks = "any-email" }\npoints = { lead = 3 }\n',
    "category-adjust-moves-overall": TOTAL + CATEGORY,
    "category-below-zero": TOTAL + CATEGORY + MQL.replace("lead", "interest").replace("at_least", "below"),
    "category-needs-plus": TOTAL + CATEGORY + '[targets.pardot]\nedition = "growth"\n',
    "clock-sweep-days": TOTAL + STEPS,
    "completion-actions-move-categories": TOTAL + TWO_WORTHS,
    "dates-compare-in-days": TOTAL
    + '[fields]\ntrial = { type = "date" }\n[rules.trial]\nwhen = { field = "trial", within_last = "30d" }\npoints = { lead = 5 }\n',
    "days-greater-than-is-strict": TOTAL + QUIET,
    "days-less-than-is-strict": TOTAL + WAKES,
    "external-activity-criterion": TOTAL
    + '[activities]\ncall = { title = "Call" }\n[rules.call]\non = { does = "call" }\npoints = { lead = 3 }\nlimit = { times = 1 }\n',
    "formula-syncs-back": TOTAL + JOBS + FIT,
    "grade-shows-at-first-answer": TOTAL + JOBS + GRADE,
    "increment-completion-action": TOTAL + FORMS + "limit = { times = 3 }\n",
    "list-isnt-matches-others": TOTAL + JOBS + OLD_CUSTOMERS,
    "name-length": LONG,
    "negatives-match-empty-fields": TITLE,
    "nesting-depth": TOTAL + NESTED,
    "never-active-matches": TOTAL + QUIET,
    "opens-count-once": TOTAL + '[rules.mail]\non = { opens = "any-email" }\npoints = { lead = 3 }\n',
    "overall-leaves-categories": INTEREST_AND_FACT,
    "page-actions-apply-tags": TOTAL + PAGES,
    "page-actions-increment": TOTAL
    + '[assets]\njobs = { pages = "/jobs" }\n[rules.jobs]\non = { visits = "jobs", at_least = 3 }\npoints = { lead = -5 }\n'
    + "limit = { times = 1 }\n",
    **dict.fromkeys(
        (
            "program-moves-categories",
            "program-paths-join",
            "program-repeat-counts-from-end",
            "program-repeat-least-days",
            "program-steps-read-afresh",
        ),
        TOTAL + CATEGORY + '[targets.pardot]\ndecays = { quiet = "program" }\n',
    ),
    **dict.fromkeys(
        ("program-acts-as-rules", "program-moves-scores"),
        TOTAL
        + '[decay.quiet]\nscore = "lead"\nsteps = [{ after = "30d", subtract = 5 }]\nthen = [{ notify = "owner" }]\n'
        + '[targets.pardot]\ndecays = { quiet = "program" }\n',
    ),
    "repeat-counts-elapsed-days": TOTAL
    + STEPS.replace('subtract = 20 }, { after = "60d", subtract = 10 }', 'every = "30d", subtract = 5 }'),
    "repeat-least-days": TITLE,
    "rule-acts-in-one-piece": TOTAL + JOBS + TIER + MQL.replace('{ mark = "hot" }]', '{ notify = "owner" }]'),
    "rule-groups-most": DIGITS,
    "rules-advanced": TITLE + '[targets.pardot]\nedition = "advanced"\n',
    "rules-growth": TITLE + '[targets.pardot]\nedition = "growth"\n',
    "rules-plus": TITLE,
    "rules-premium": TITLE + '[targets.pardot]\nedition = "premium"\n',
    "rules-follow-one-another": TOTAL + CATEGORY + "[targets.pardot]\nrange = { interest = 200 }\n",
    "tag-isnt-matches-untagged": TITLE,
    "text-ignores-case": TITLE,
    "text-starts-with": TITLE.replace("is =", "starts_with ="),
    "webinar-criterion": TOTAL + WEBINARS,
}
"""By the fact's id a spec on which its answer matters."""

NOTHING_CHANGES = {
    "criteria-labels": "it is about the words on the page; a consultant reads the menu, and nothing is built otherwise",
    "program-labels": "as criteria-labels",
    "api-field-types-small": "a push asks it, and no compile",
    "api-names-repeat": "as api-field-types-small",
    "rescore-keeps-adjustments": "a migration asks it, and no compile",
    "rules-paused-count": "a first build resumes every rule, so none is left paused when all is done",
}
"""Facts whose answer changes nothing that is built, each with the reason."""


@pytest.mark.parametrize(("fact", "answer"), flips(TARGET))
def test_an_answer_changes_what_is_built_and_what_is_built_then_holds(fact, answer):
    if fact in NOTHING_CHANGES:
        return
    found = flip(TARGET, model_of(HEAD + TABLE[fact]), fact, answer)
    assert found.changed, "nothing of it shows"
    assert not found.differs, found.differs
