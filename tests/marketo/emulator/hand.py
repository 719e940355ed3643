"""Bundles made by hand: a few campaigns, a person, and what Marketo then shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scorewright.model.history import FieldSet, Happening, Listed, Person
from scorewright.plugin.emulation import Schedule
from scorewright_marketo import TARGET
from tests.marketo.compiling import model_of

SPEC = """
[assets]
contact = { form = "Contact" }
demo = { form = "Demo" }
pricing = { pages = ["/pricing"] }
letter = { email = "Letter" }
fair = { event = "Fair" }
back = { campaign = "Back" }
vips = { list = "VIPs" }
[fields]
seats = { type = "number" }
member = { type = "yes_no" }
signed = { type = "date" }
[activities]
trial = { properties = { seats = "number" } }
[scores.lead]
title = "Lead score"
kind = "engagement"
overall = true
[rules.page]
on = { visits = "any-page" }
points = { lead = 1 }
"""
HEAD = """
language = 1
[model]
id = "made"
title = "Made"
timezone = "Europe/Berlin"
counts_as_activity = ["visits"]
"""
PROGRAM = "P"
EVERYBODY = {"rule": "Created At", "operator": "is not empty", "values": []}
FORM = {"rule": "Fills Out Form"}
PAGE = {"rule": "Visits Web Page"}


def at(text: str) -> int:
    """An instant by the wall clock of the subscription, which is in Berlin."""
    import zoneinfo

    return int(dt.datetime.fromisoformat(text).replace(tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")).timestamp())


CREATED = at("2026-01-05T09:00")


def clause(
    rule: str, operator: str = "", *values: str, attribute: str = "", **constraints: Any
) -> dict[str, Any]:
    """A trigger or filter; constraints by their names with underscores, as (operator, value …)."""
    table: dict[str, Any] = {"rule": rule}
    if attribute:
        table["attribute"] = attribute
    if operator:
        table |= {"operator": operator, "values": list(values)}
    if constraints:
        table["constraints"] = [
            {"name": name.replace("_", " "), "operator": word, "values": list(rest)}
            for name, (word, *rest) in constraints.items()
        ]
    return table


def step(name: str, **fields: str) -> dict[str, Any]:
    """A flow step, its fields by their labels with underscores."""
    return {
        "step": name,
        "fields": [{"label": label.replace("_", " "), "value": value} for label, value in fields.items()],
    }


def score(change: str, name: str = "Person Score") -> dict[str, Any]:
    """A Change Score step."""
    return step("Change Score", Score_Name=name, Change=change)


def put(attribute: str, value: str) -> dict[str, Any]:
    """A Change Data Value step."""
    return step("Change Data Value", Attribute=attribute, New_Value=value)


def run(name: str, *, context: str = "False", program: str = PROGRAM) -> dict[str, Any]:
    """An Execute Campaign step."""
    return step("Execute Campaign", Campaign=f"{program}.{name}", Use_Parent_Campaign_Token_Context=context)


def wait(span: str) -> dict[str, Any]:
    """A Wait step."""
    return step("Wait", Duration=span)


def alert() -> dict[str, Any]:
    """A Send Alert step."""
    return step("Send Alert", Email="Alert", Send_To="Person Owner")


def choose(
    table: dict[str, Any], varies: str, default: str, *choices: tuple[dict[str, Any], str]
) -> dict[str, Any]:
    """A step whose last field is set by choices."""
    rows = [{"if": condition, "value": value} for condition, value in choices]
    fields = [row for row in table["fields"] if row["label"] != varies]
    return {**table, "fields": fields, "varies": varies, "choices": rows, "default": default}


def campaign(
    name: str,
    *flow: dict[str, Any],
    kind: str = "trigger",
    on: tuple[dict[str, Any], ...] = (),
    who: tuple[dict[str, Any], ...] = (),
    logic: str = "ALL",
    again: str = "Every time",
    when: str = "",
    stage: str | None = None,
    program: str = PROGRAM,
    **more: Any,
) -> dict[str, Any]:
    """A smart campaign.  What has triggers is live, what has a schedule nightly, unless a stage is said."""
    rules: dict[str, Any] = {}
    if on:
        rules["triggers"] = list(on)
    if who:
        rules |= {"filters": list(who), "filter_logic": logic}
    stages = {"trigger": "live", "batch": "nightly", "executable": ""}
    return {
        "name": f"{program}.{name}",
        "for": ["rules.page"],
        "lowering": "award",
        "program": program,
        "campaign": name,
        "folder": "01",
        "type": kind,
        "smart_list": rules,
        "flow": list(flow),
        "qualification": again,
        "schedule": when,
        "switched_on": stages[kind] if stage is None else stage,
        **more,
    }


def field(label: str, kind: str) -> dict[str, Any]:
    """A field of the person."""
    return {"name": label, "label": label, "type": kind}


def executable(
    name: str, *flow: dict[str, Any], who: tuple[dict[str, Any], ...] = (EVERYBODY,), **more: Any
) -> dict[str, Any]:
    """An executable for everybody."""
    return campaign(name, *flow, kind="executable", who=who, **more)


def nightly(
    name: str, *flow: dict[str, Any], who: tuple[dict[str, Any], ...] = (EVERYBODY,), **more: Any
) -> dict[str, Any]:
    """A nightly batch."""
    more.setdefault("when", "Daily, every 1 day, at 01:00")
    return campaign(name, *flow, kind="batch", who=who, **more)


GAUGES = (
    ("score", "lead", {"field": "Person Score"}),
    ("score", "other", {"field": "Other Score"}),
    ("field", "text", {"field": "SW Text"}),
    ("field", "date", {"field": "SW Date"}),
    ("mark", "past", {"list": "P.Past"}),
    ("campaign", "back", {"campaign": "Back"}),
)


class Hand:
    """An instance with campaigns made by hand; answers with what one person's gauges show."""

    def __init__(
        self, *campaigns: dict[str, Any], facts: dict[str, Any] | None = None, **tables: Any
    ) -> None:
        told = {fact.id: fact.value for fact in TARGET.facts()} | (facts or {})
        rows: dict[str, Any] = {
            "smart-campaigns": list(campaigns),
            "score-fields": [field("Person Score", "score"), field("Other Score", "score")],
            "helper-fields": [
                field("SW Text", "string"),
                field("SW Date", "datetime"),
                field("SW Count", "score"),
                field("SW Number", "integer"),
                *tables.pop("more_fields", []),
            ],
            "static-lists": [{"name": "P.Past"}, {"name": "P.Other"}],
            "tokens": tables.pop("tokens", []),
            "smart-lists": tables.pop("smart_lists", []),
            "gauges": [
                {"kind": kind, "key": key, "at": where, "settles_in_hours": 1} for kind, key, where in GAUGES
            ],
        }
        rows["gauges"] += tables.pop("gauges", [])
        self.emulator = TARGET.emulator(
            model_of(SPEC + tables.pop("rule", ""), HEAD + tables.pop("head", "")), rows, told
        )
        self.history: list[Any] = []

    def happens(
        self,
        when: str,
        verb: str,
        what: str = "",
        *,
        name: str | None = None,
        known: str | None = None,
        **told: Any,
    ) -> Hand:
        """Something happens to the person."""
        seen = None if known is None else at(known)
        self.history.append(Happening(at(when), verb, what, told, name, seen))
        return self

    def submits(self, *whens: str, what: str = "contact") -> Hand:
        """A form is filled out, some times."""
        for when in whens:
            self.happens(when, "submits", what)
        return self

    def visits(self, *whens: str) -> Hand:
        """The pricing page is seen, some times."""
        for when in whens:
            self.happens(when, "visits", "pricing")
        return self

    def sets(self, when: str, field: str, value: Any) -> Hand:
        """A field gets a value from outside."""
        self.history.append(FieldSet(at(when), field, value))
        return self

    def listed(self, when: str, name: str, *, on: bool) -> Hand:
        """Somebody puts the person on a list, or takes them off."""
        self.history.append(Listed(at(when), name, on))
        return self

    def played(self, *looks: str, schedule: str = "prompt", seed: int = 0, **person: Any) -> Any:
        """The play."""
        person.setdefault("created", CREATED)
        whole = Person(history=tuple(self.history), **person)
        return self.emulator.play(whole, [at(look) for look in looks], Schedule(schedule, seed))

    def shown(self, gauge: str, *looks: str, **more: Any) -> Any:
        """What a gauge shows at some times: one value, or a list of them."""
        found = [sight[gauge] for sight in self.played(*looks, **more).sights]
        return found if len(looks) > 1 else found[0]

    def lead(self, *looks: str, **more: Any) -> Any:
        """The person's score."""
        return self.shown("score lead", *looks, **more)
