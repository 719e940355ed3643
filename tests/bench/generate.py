"""A large model of the usual kinds of rule, for measuring: what both platforms can build, and nothing by chance."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
from typing import TYPE_CHECKING, Any

from tests.making.text import toml_text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["large_spec", "write_changed", "write_spec"]

_PROJECT = """\
specs = ["model.toml"]
out = "out"

[targets.pardot]
edition = "premium"

# No edition holds thousands of automation rules; what is measured is the work, so the count is lifted here.
[instances.pardot-bench]
target = "pardot"
kind = "sandbox"
facts = { rules-premium = 1000000, dynamic-lists-recommended = 1000000, category-adjust-moves-overall = false }
"""

_AGREEMENTS = """\
language = 1

[agreements.ready]
says = "engagement at least 100 and fit at least 10; unless marked mql or in customers"
marketing = { by = "Marketing", on = 2026-01-01 }
sales = { by = "Sales", on = 2026-01-01 }

[agreements.back]
says = "marked quiet-30d and engagement at least 50"
marketing = { by = "Marketing", on = 2026-01-01 }
sales = { by = "Sales", on = 2026-01-01 }
"""

_EVENTS = (
    ("visits", "pages", "/section-{0}/page-{1}", 10),
    ("submits", "form", "Form {1} of section {0}", 6),
    ("clicks", "link", "Link {1} in section {0}", 3),
    ("downloads", "file", "paper-{0}-{1}.pdf", 3),
)
_HOLDING = 40
"""Rules that hold, at most: Marketo needs a custom field for each, and gives a hundred."""
_TITLES = ("Chief", "Director", "Head", "Manager", "Engineer", "Student")


def large_spec(rules: int) -> str:
    """The text of a model of so many rules and tiers: nearly all are points for pages, forms, links and files."""
    pick = random.Random(rules)
    tables: dict[str, Any] = {
        "model": {
            "id": f"bench-{rules}",
            "title": f"{rules} rules",
            "timezone": "Europe/Paris",
            "counts_as_activity": ["visits", "submits", "clicks", "downloads"],
            "starts": dt.date(2026, 1, 1),
            "review": {"first": "9000d", "every": "90d"},
        },
        "values": {"mql": 100, "half-mql": {"percent": 50, "of": "mql"}, "quiet": 3},
        "terms": {"good-titles": {"match": "contains", "values": ["Chief ", "Director of", "Head of"]}},
        "assets": {"sales": {"queue": "Inside sales"}},
        "segments": {"customers": {"when": {"field": "lead-source", "is": "Customer"}}},
        "scores": {
            "engagement": {"kind": "engagement", "overall": True},
            "fit": {"kind": "fit"},
        },
        "rules": {},
        "tiers": {},
        "decay": {},
        "marks": {"quiet-30d": {}, "mql": {}},
        "thresholds": {},
        "accept": {
            "known": {
                "target": "pardot",
                "note": "unknown-people-unseen",
                "for": "model",
                "why": "Only people who are known are sold to.",
            },
            "active": {
                "target": "pardot",
                "note": "activity-is-the-platforms",
                "for": "decay.silence",
                "why": "Whoever searches, fails at a form or begins a visit is not silent either.",
            },
            "late": {
                "target": "pardot",
                "note": "lists-follow-late",
                "for": "thresholds.ready",
                "why": "Who becomes a customer is seen by sales on the same day.",
            },
            "twice": {
                "target": "pardot",
                "note": "spare-handoff",
                "for": "thresholds.ready",
                "why": "Inside sales sees who was handed over.",
            },
        },
    }
    for number in range(rules):
        _one(tables, number, pick)
    _handoff(tables)
    return toml_text({"language": 1, **{name: entries for name, entries in tables.items() if entries}})


def write_spec(folder: Path, rules: int) -> Path:
    """Write such a model, its agreements and a scorewright.toml that lifts the quota; gives the model's file."""
    folder.mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "scorewright.toml").write_text(_PROJECT, "utf-8")
    (folder / "agreements.toml").write_text(_AGREEMENTS, "utf-8")
    model = folder / "model.toml"
    model.write_text(large_spec(rules), "utf-8")
    return model


def write_changed(model: Path, folder: Path) -> Path:
    """The same model a year later: a quarter of the points are others, and the threshold is; gives the model's file."""
    counted = itertools.count()

    def other(found: re.Match[str]) -> str:
        return f"engagement = {int(found[1]) + 1}" if next(counted) % 4 == 0 else found[0]

    later = write_spec(folder, 1)
    text = re.sub(r"engagement = (\d+)", other, model.read_text("utf-8"))
    later.write_text(text.replace("mql = 100\n", "mql = 120\n"), "utf-8")
    return later


def _one(tables: dict[str, Any], number: int, pick: random.Random) -> None:
    kind = number % 20
    if kind == 0 and number < _HOLDING * 20:
        tables["rules"][f"holds-{number}"] = {
            "when": {"field": "job-title", "contains": f"{pick.choice(_TITLES)} of section {number}"},
            "points": {"fit": pick.randint(1, 20)},
        }
    else:
        _event(tables, number, pick)


def _event(tables: dict[str, Any], number: int, pick: random.Random) -> None:
    (verb, kind, name, _) = pick.choices(_EVENTS, [weight for *_, weight in _EVENTS])[0]
    asset, section = f"{kind}-{number}", number // 50
    tables["assets"][asset] = {kind: name.format(section, number)}
    points: int | str = pick.randint(1, 30)
    if number % 4 == 1:
        tables["values"][f"points-{number}"] = points
        points = f"points-{number}"
    entry: dict[str, Any] = {"on": {verb: asset}, "points": {"engagement": points}}
    if number % 10 == 3 and verb != "visits":
        entry["limit"] = {"times": 1}
    if number % 5 == 0:
        entry["title"] = name.format(section, number)
    if number % 9 == 0:
        entry["why"] = "Seen in half of the won opportunities of last year."
    tables["rules"][f"{verb}-{number}"] = entry


def _handoff(tables: dict[str, Any]) -> None:
    tables["tiers"]["size"] = {
        "score": "fit",
        "field": "employees",
        "cases": [{"at_least": 1000, "points": 20}, {"at_least": 100, "points": 10}],
    }
    tables["tiers"]["title"] = {
        "score": "fit",
        "field": "job-title",
        "cases": [{"in": "good-titles", "points": 15}, {"contains": "Manager of", "points": 5}],
        "unknown": -5,
    }
    tables["decay"]["silence"] = {
        "score": "engagement",
        "steps": [{"after": "30d", "at_least": "quiet", "set": "quiet"}],
        "then": [{"mark": "quiet-30d"}],
    }
    tables["thresholds"]["ready"] = {
        "when": {"all": [{"score": "engagement", "at_least": "mql"}, {"score": "fit", "at_least": 10}]},
        "unless": {"any": [{"mark": "mql"}, {"segment": "customers"}]},
        "then": [{"mark": "mql"}, {"assign": "sales"}],
    }
    tables["thresholds"]["back"] = {
        "when": {"all": [{"mark": "quiet-30d"}, {"score": "engagement", "at_least": "half-mql"}]},
        "then": [{"unmark": "quiet-30d"}, {"notify": "owner"}],
    }
