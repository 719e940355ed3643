"""What the faults in Marketo share: the models that they are planted in, and where in their files."""

from __future__ import annotations

from functools import partial

from tests.verify.faults.planting import fault

__all__ = [
    "ALL_DONE",
    "ASLEEP",
    "AWAKE",
    "BOTH",
    "CAMPAIGNS",
    "DOING",
    "DONE",
    "FACTS",
    "FIT",
    "HEAD",
    "LAW",
    "LEAD",
    "LONG",
    "MBA",
    "PAGE",
    "PAST",
    "POINTS",
    "PRODUCTS",
    "RUN",
    "SCORE",
    "SILENT",
    "STAMP",
    "STARTS",
    "THRESHOLD",
    "TOKENS",
    "VALUE",
    "WAIT",
    "campaign",
    "leave_out",
    "on_doing",
    "on_facts",
    "on_pain",
    "on_points",
    "on_products",
    "on_silence",
    "on_sleep",
    "on_stamps",
    "on_start",
    "on_threshold",
    "token",
    "twin",
]

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
