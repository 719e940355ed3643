"""Hand-made bundles in a few lines, and people who live in them."""

from __future__ import annotations

from scorewright.model.history import FieldSet, Happening, Listed, Person
from scorewright.plugin.emulation import Schedule
from scorewright_pardot import TARGET
from scorewright_pardot.emulator.emulator import PardotEmulator
from tests.pardot.making import HEAD, TOTAL, model_of

HOUR, DAY = 3_600, 86_400
START = 1_767_603_600  # 2026-01-05 09:00 UTC, a Monday

MODEL = f"""{HEAD}
{TOTAL}
[scores.interest]
title = "Interest"
kind = "engagement"

[fields]
region = {{ title = "Region", type = "text" }}
tier = {{ title = "Tier", type = "number" }}
renewal = {{ title = "Renewal", type = "date" }}
vip = {{ title = "VIP", type = "yes_no" }}
account-type = {{ title = "Type", type = "text", of = "account" }}

[assets]
contact = {{ title = "Contact", form = "Contact" }}
handler = {{ title = "Handler", form_handler = "Handler" }}
offer = {{ title = "Offer", landing_page = "Offer" }}
paper = {{ title = "Paper", file = "Paper" }}
banner = {{ title = "Banner", link = "Banner" }}
advert = {{ title = "Advert", ad = "Advert" }}
mail = {{ title = "Mail", email = "Mail" }}
pricing = {{ title = "Pricing", pages = "/pricing" }}
demo = {{ title = "Demo", webinar = "Demo" }}
fair = {{ title = "Fair", event = "Fair" }}
launch = {{ title = "Launch", campaign = "Launch" }}
board = {{ title = "Board", list = "Board" }}
sales = {{ title = "Sales", user = "sales@host.example" }}

[activities]
call = {{ title = "Call" }}

[marks]
gone = {{ title = "gone" }}

[rules.visit]
title = "Visit"
on = {{ visits = "any-page" }}
points = {{ lead = 1 }}
"""


def model(text=MODEL):
    return model_of(text)


# --- tables -----------------------------------------------------------------------------------------------------------


def criterion(what, of="", operator="is", value=""):
    table = {"criterion": what, "of": of, "operator": operator, "value": value}
    return {key: item for key, item in table.items() if item}


def score(operator, number):
    return criterion("Prospect score", "", f"is {operator} than", str(number))


def category(operator, number, name="Interest"):
    return criterion("Prospect scoring category", name, f"is {operator} than", str(number))


def tag(name, operator="is"):
    return criterion("Prospect tag", name, operator)


def silent(operator, days):
    return criterion("Prospect time", "last activity", f"is {operator} than (days ago)", str(days))


def field(name, operator, value="", kind="default"):
    return criterion(f"Prospect {kind} field", name, operator, value)


def any_of(*criteria):
    return {"match": "any", "criteria": list(criteria)}


def action(label, of="", value=""):
    table = {"action": label, "of": of, "value": value}
    return {key: item for key, item in table.items() if item}


def by(points):
    return action("Adjust Prospect Score", "By", f"{points:+d}")


def to(points):
    return action("Adjust Prospect Score", "To", str(points))


def adjust(points, name="Interest"):
    return action("Adjust Prospect Score for Scoring Category", name, f"{points:+d}")


def put(name):
    return action("Apply tags", name)


def drop(name):
    return action("Remove tags", name)


def notify(user="sales@host.example"):
    return action("Notify user", user)


def rule(name, criteria, actions, repeat=None, phase=20, match="all", limit="unlimited"):
    table = {
        "name": name,
        "match": match,
        "criteria": criteria,
        "actions": actions,
        "repeat": repeat is not None,
    }
    if repeat is not None:
        table.update(days_before_repeat=repeat, match_limit=limit)
    return {**table, "state": "paused", "resume_phase": phase}


def rows(**points):
    """Every row that ships with points is set to 0, but for these."""
    wanted = {name.replace("_", " "): number for name, number in points.items()}
    from scorewright_pardot.emulator.bundle import SHIPPED

    return [{"name": name, "points": wanted.get(name, 0), "shipped": old} for name, old in SHIPPED.items()]


def done(label, of="", value="", kind="automation-rules", name="r"):
    at = {"read": "what was done", "action": label, "of": of, "value": value, "by": [f"{kind}: {name}"]}
    return {"kind": "done", "key": "x", "at": at}


GAUGES = [
    {"kind": "score", "key": "lead", "at": {"read": "Prospect score"}},
    {"kind": "score", "key": "interest", "at": {"read": "Prospect scoring category", "of": "Interest"}},
    {"kind": "mark", "key": "gone", "at": {"read": "Prospect tag", "of": "gone"}},
    {"kind": "grade", "key": "fit", "at": {"read": "Prospect grade", "hidden": "D"}},
    {"kind": "list", "key": "board", "at": {"read": "Prospect list", "of": "Board"}},
    {"kind": "field", "key": "region", "at": {"read": "Prospect custom field", "of": "Region"}},
    {"kind": "field", "key": "tier", "at": {"read": "Prospect custom field", "of": "Tier", "type": "number"}},
    {"kind": "campaign", "key": "launch", "at": {"read": "Prospect CRM campaign", "of": "Launch"}},
]
LISTS = {
    "static-lists": [{"name": "Board"}],
    "prerequisites": [{"name": "profile: P", "kind": "profile", "called": "P"}],
}
FOLDER = {"name": "Interest", "folder": "SW Interest", "assets": []}


def bundle(*rules, gauges=(), **kinds):
    """Tables: baseline rows of 0 unless given, one category with an empty folder, one static list."""
    tables = {
        "baseline-scoring": rows(),
        "scoring-categories": [FOLDER],
        **LISTS,
        **{kind.replace("_", "-"): found for kind, found in kinds.items()},
        "gauges": [*GAUGES, *gauges],
    }
    return {**tables, "automation-rules": list(rules)} if rules else tables


# --- people -----------------------------------------------------------------------------------------------------------


def at(days, hours=0):
    return START + int(days * DAY + hours * HOUR)


def does(days, verb, what="", name=None, hours=0, known=None, **properties):
    return Happening(at(days, hours), verb, what, properties, name, known)


def sets(days, name, value):
    return FieldSet(at(days), name, value)


def lists(days, name, on):
    return Listed(at(days), name, on)


def instance(tables, spec=None, **facts):
    answers = {fact.id: fact.value for fact in TARGET.facts()}
    given = {key.replace("_", "-"): value for key, value in facts.items()}
    assert given.keys() <= answers.keys(), given
    return PardotEmulator(spec or model(), tables, {**answers, **given})


def play(tables, *history, until=400, looks=(), schedule="prompt", seed=0, person=None, spec=None, **facts):
    """What is read off at each look (days), and at the end."""
    who = person or Person(START, {"email": "somebody@host.example"}, history=history)
    if person is not None and history:
        who = Person(person.created, person.fields, person.scores, person.marks, history)
    seen = instance(tables, spec, **facts).play(
        who, [at(day) for day in (*looks, until)], Schedule(schedule, seed)
    )
    return seen.sights


def end(tables, *history, **more):
    """What is read off at the end."""
    return play(tables, *history, **more)[-1]
