"""A small model that has one of everything a person's file can name."""

from __future__ import annotations

import datetime as dt

from scorewright.checks.run import check_spec

__all__ = ["SCHOOL", "model_in", "write"]

SCHOOL = """\
language = 1

[model]
id = "school"
title = "School"
timezone = "Europe/Paris"
counts_as_activity = ["visits", "submits"]
exclude = ["staff"]

[fields]
account-type = { type = "choice", values = ["Prospect", "Customer"] }
interests = { type = "choices" }
newsletter = { type = "yes_no" }
next-visit = { type = "date" }

[activities]
trial-start = { properties = { valuable = "yes_no", seats = "number" } }

[assets]
pricing = { pages = ["/pricing", "/tarifs"] }
contact = { form = "Contact us", names = { marketo = "WEB Contact us" } }
thanks = { landing_page = "Thank you" }
brochures = { form = ["Brochure A", "Brochure B"], match = "contains" }
brochure-b = { form = "Brochure B" }
offer = { email = "Offer" }
offer-link = { link = "Offer" }
visitors = { list = "Visitors" }
open-day = { event = "Open day" }
reactivated = { campaign = "Reactivated" }

[products.mba]
title = "MBA"

[products.emba]
title = "Executive MBA"

[segments.staff]
when = { field = "email-domain", is = "school.example" }

[scores.interest]
kind = "engagement"
ceiling = 60
each = "product"
feeds = "lead"

[scores.lead]
title = "Lead score"
kind = "engagement"
overall = true
ceiling = 100

[scores.heat]
kind = "engagement"

[scores.profile]
kind = "fit"
floor = 0

[scores.person]
kind = "combined"
percent_of = { lead = 50, profile = 25 }

[rules.page]
on = { visits = "any-page" }
points = { lead = 1 }
limit = { points = 5, per = "24h" }

[rules.pricing]
title = "pricing page"
on = { visits = "pricing" }
points = { lead = 10 }

[rules.contact]
title = "contact form"
on = { submits = "contact" }
points = { lead = 50 }
limit = { times = 1, per = "30d" }
why = "They ask to be called."

[rules.brochure]
on = { submits = "brochures" }
points = { interest = 30 }
each = "product"

[rules.trial]
on = { does = "trial-start", where = { valuable = { is = true } } }
points = { heat = 20 }
expires = "10d"

[rules.careers]
on = { clicks = "any-email" }
points = { lead = -2 }

[tiers.seniority]
score = "profile"
field = "job-title"
cases = [
  { contains_word = "CEO", points = 30 },
]
unknown = -10

[inputs.size]
field = "employees"
score = "profile"
percent = 1
at_most = 20

[decay.quiet]
score = "lead"
steps = [
  { after = "30d", every = "30d", subtract = 10 },
]

[marks]
ready = { title = "Ready for sales" }

[thresholds.mql]
title = "Marketing qualified"
when.all = [
  { score = "lead", at_least = 80 },
  { field = "company", known = true },
]
unless = { mark = "ready" }
then = [
  { mark = "ready" },
  { notify = "owner" },
  { add_to_campaign = "reactivated", status = "New" },
]
"""


def write(folder, text=SCHOOL):
    """Write the spec into a folder; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.toml").write_text(text, "utf-8")
    return folder


def model_in(folder):
    """The model of the spec, which has no errors."""
    checked = check_spec(write(folder), today=dt.date(2026, 1, 1))
    assert checked.ok, [found.message for found in checked.diagnostics if found.severity == "error"]
    return checked.model
