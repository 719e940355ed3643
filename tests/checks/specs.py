"""Small specs for the tests of checks: a fragment of TOML becomes a whole spec, and is checked."""

from __future__ import annotations

import datetime as dt
import tomllib

from scorewright.checks.catalogue import families
from scorewright.checks.subject import Subject
from scorewright.checks.waivers import without_waived
from scorewright.model.read import read
from scorewright.model.read.rules import UNKNOWN_NAME
from scorewright.schema.repair import repair
from scorewright.schema.validate import validate

TODAY = dt.date(2026, 3, 1)

_KIND_OF_VERB = {
    "visits": "pages",
    "visited": "pages",
    "submits": "form",
    "submitted": "form",
    "opens": "email",
    "opened": "email",
    "clicks": "link",
    "clicked": "link",
    "downloads": "file",
    "attends": "webinar",
    "attended": "webinar",
    "member_of": "list",
    "add_to_list": "list",
    "add_to_campaign": "campaign",
    "assign": "queue",
    "notify": "user",
}


def check(text, *, complete=True, today=TODAY, agreements=None):
    """Every finding about a fragment; names that it only mentions are declared when ``complete``."""
    data = tomllib.loads(text)
    if "agreements" in data:  # a page shows both files in one
        agreements = {"language": 1, "agreements": data.pop("agreements")}
    data = whole(data, complete=complete)
    shape = validate(data)
    repaired, broken = repair(data, shape) if shape else (data, frozenset())
    reading = read(repaired, {}, broken)
    found = [*shape, *reading.findings]
    if reading.model is None:
        return found
    is_whole = not shape and not reading.left_out
    subject = Subject(reading.model, reading.uses, agreements or {}, today, is_whole)
    for family in families():
        for look in (*family.checks, *(family.whole_checks if is_whole else ())):
            found.extend(look(subject))
    seen = {}
    for finding in found:  # as where findings are placed: what is said of two copies is said once
        seen.setdefault((finding.rule.code, finding.path, finding.message), finding)
    return without_waived(subject, seen.values())


def names(text, **more):
    """The names of the rules that a fragment breaks, each once, in order."""
    return sorted({finding.rule.name for finding in check(text, **more)})


def only(text, name, **more):
    """The findings of one rule."""
    return [finding for finding in check(text, **more) if finding.rule.name == name]


def whole(data, *, complete=True):
    """The fragment with the first lines and the header that every spec has, and what it mentions declared."""
    model = {"id": "trial", "title": "Trial", "timezone": "UTC", **data.get("model", {})}
    result = {"language": 1, **data, "model": model}
    while complete and (missing := _missing(result)):
        for table, key, stub in missing:
            result[table] = {**result.get(table, {}), key: stub}
    return result


def _missing(data):
    """What the fragment names and nobody declares, with something to declare for it."""
    shape = validate(data)
    repaired, broken = repair(data, shape) if shape else (data, frozenset())
    found = []
    for finding in read(repaired, {}, broken).findings:
        if finding.rule is UNKNOWN_NAME and " score " in finding.message:
            name = finding.message.rsplit("'", 2)[1]
            found.append(("scores", name, {"kind": "fit" if name == "fit" else "engagement"}))
        elif finding.rule is UNKNOWN_NAME:
            found.extend(_stub(finding))
    return found


def _stub(finding):
    name = finding.message.rsplit("'", 2)[1]
    words = finding.message.removeprefix("there is no ").rsplit(" ", 1)[0]
    key = next((part for part in reversed(finding.path) if isinstance(part, str)), "")
    stubs = {
        "asset": ("assets", {_KIND_OF_VERB.get(key, "form"): name}),
        "field": ("fields", {"type": "text"}),
        "segment": ("segments", {"when": {"field": "country", "is": "France"}}),
        "mark": ("marks", {}),
        "value": ("values", 10),
        "activity": ("activities", {}),
        "list of terms": ("terms", {"match": "is", "values": ["A"]}),
    }
    if words in stubs:
        table, stub = stubs[words]
        yield table, name, stub
