"""A model and a person's history in a few words, and which situations that history holds."""

from __future__ import annotations

from scorewright.model.history import CRM_KIND, FieldSet, Happening, Person
from scorewright.semantics import run
from scorewright.verify.lives import Life, situations
from tests.semantics.play import spec

DAY = 86_400
HOUR = 3_600
CREATED = 1_767_607_207
"""5 January 2026, 10:00:07 UTC."""

MODEL = spec(
    """
[fields]
opted = { type = "yes_no" }
size = { type = "number" }
[assets]
contact = { form = "Contact us" }
pricing = { pages = "/pricing" }
[scores.lead]
kind = "engagement"
[scores.fit]
kind = "fit"
[rules.contact]
on = { submits = "contact" }
points = { lead = 10 }
limit = { times = 2, per = "7d" }
[rules.director]
when = { field = "job-title", contains_word = "COO" }
points = { fit = 5 }
[rules.free]
when = { field = "email-domain", is = "mail.example" }
points = { fit = -5 }
[decay.quiet]
score = "lead"
counts_as_activity = ["submits", "opens"]
steps = [ { after = "30d", every = "30d", subtract = 1 } ]
[segments.staff]
when = { field = "company", is = "Us" }
[thresholds.mql]
when = { score = "lead", at_least = 50 }
limit = { times = 1 }
then = [ { notify = "owner" } ]
""",
    head='exclude = ["staff"]',
)

FIRST = {"email": "someone@example.com", CRM_KIND: "lead", "opted": False}


def form(day, **more):
    """A form that is filled out so many days after the creation."""
    return Happening(CREATED + int(day * DAY), "submits", "contact", {}, **more)


def page(day, name="/pricing"):
    """A page that is visited, named in the model or not."""
    return Happening(
        CREATED + int(day * DAY), "visits", "pricing" if name == "/pricing" else "any-page", {}, name
    )


def opens(*days):
    """A mail that is opened on each of these days."""
    return [Happening(CREATED + day * DAY, "opens", "any-email", {}) for day in days]


def field(day, name, value):
    """A field that is set."""
    return FieldSet(CREATED + int(day * DAY), name, value)


def held(*history, model=MODEL, settle=24, until=25, created=CREATED, scores=None, marks=(), **fields):
    """The situations that a person with this history holds until a day, on a platform that settles in so many hours."""
    first = {key: value for key, value in {**FIRST, **fields}.items() if value is not None}
    person = Person(created, first, scores or {}, frozenset(marks), history)
    life = Life("made", person, CREATED + until * DAY, ())
    return situations(model, life, run(model, person, life.until), settle)


OPENING = spec(
    """
[fields]
since = { type = "date" }
[assets]
contact = { form = "Contact us" }
[marks]
quiet = {}
[scores.lead]
kind = "engagement"
[rules.contact]
on = { submits = "contact" }
points = { lead = 30 }
[rules.title]
when = { field = "job-title", contains_word = "COO" }
points = { lead = 5 }
[segments.staff]
when = { field = "company", is = "Us" }
[decay.quiet]
score = "lead"
counts_as_activity = ["submits"]
steps = [{ after = "30d", at_least = 3, set = 3 }]
then = [{ mark = "quiet" }]
[thresholds.aged]
when = { field = "since", older_than = "10d" }
then = [{ notify = "owner" }]
[thresholds.back]
when.all = [{ mark = "quiet" }, { score = "lead", at_least = 3 }]
then = [{ notify = "owner" }]
[thresholds.hot]
when.all = [{ score = "lead", at_least = 30 }, { not = { segment = "staff" } }, { field = "company", known = true }]
or_on = [{ submits = "contact" }]
then = [{ notify = "owner" }]
"""
)


def of_element(name, element, *history, **more):
    """How often a situation of an element is so."""
    found = held(*history, model=OPENING, until=60, **more)
    times = sum(1 for item in found if item.startswith(f"{name} {element} "))
    assert (name in found) is any(item.startswith(f"{name} ") for item in found)
    return times
