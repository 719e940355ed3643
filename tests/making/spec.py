"""A whole made spec: its tables in canonical order, its list files, and how it is written into a folder."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorewright.model.vocabulary import VERBS
from scorewright.schema.grammar import TABLES
from tests.making import scoring
from tests.making.conditions import condition, segment
from tests.making.text import toml_text
from tests.making.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.making.choose import Choose

__all__ = ["Made", "make_spec"]

_ZONES = ("UTC", "Europe/Paris", "America/Los_Angeles", "Australia/Lord_Howe")
_PART = "parts/rules.toml"


@dataclass(frozen=True, slots=True)
class Made:
    """A sound spec.  ``data`` are the merged tables; ``lists`` the lines of each list file by its path."""

    data: dict[str, Any]
    lists: Mapping[str, tuple[str, ...]]

    @property
    def texts(self) -> dict[str, tuple[str, ...]]:
        """The lines of list files by the id of their terms, as the reader takes them."""
        terms = self.data.get("terms", {})
        return {key: self.lists[entry["file"]] for key, entry in terms.items() if "file" in entry}

    def files(self) -> dict[str, str]:
        """The text of every file of the spec, by its path; a part holds the rules where there are parts."""
        apart = "include" in self.data and isinstance(self.data.get("rules"), dict)
        part = {"language": 1, "rules": self.data["rules"]} if apart else None
        main = {key: value for key, value in self.data.items() if part is None or key != "rules"}
        files = {"model.toml": toml_text(main)}
        if part is not None:
            files[_PART] = toml_text(part)
        return {**files, **{path: "\n".join(lines) + "\n" for path, lines in self.lists.items()}}

    def write(self, folder: Path) -> Path:
        """Write all files below the folder; gives the main one."""
        for name, text in self.files().items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return folder / "model.toml"


def make_spec(choose: Choose) -> Made:
    """Make a spec of the language's own width: valid, every id declared, and sound by the checks of meaning."""
    w = World(choose)
    w.tables["model"] = {"id": "made", "title": w.text(), "timezone": choose.pick(_ZONES)}
    _products(w)
    scoring.scores(w)
    _header(w)
    for _ in range(choose.integer(1, 4)):
        scoring.rule(w)
    for make in (scoring.tier, scoring.input_, scoring.threshold, scoring.threshold):
        if choose.flip():
            make(w)
    for score in w.scores:
        if score.decays:
            scoring.decay(w, score)
    if choose.flip(4):
        w.declare("goals", "accepted", {"percent": 60})
    if choose.flip():
        _example(w)
    include = {"include": [_PART]} if choose.flip(4) else {}
    tables = {name: w.tables[name] for name in TABLES if w.tables.get(name)}
    return Made({"language": 1, **include, **tables}, w.lists)


def _products(w: World) -> None:
    """Products that all fill the same roles."""
    if not w.choose.flip(3):
        return
    tables = w.choose.some(("values", "assets", "segments", "terms"), 0, 4)
    for number in range(w.choose.integer(1, 2)):
        entry: dict[str, Any] = {}
        if "values" in tables:
            entry["values"] = {"its-points": w.choose.integer(1, 50)}
        if "assets" in tables:
            entry["assets"] = {"its-form": w.declare_asset("form"), "its-page": w.declare_asset("pages")}
        if "segments" in tables:
            entry["segments"] = {"its-people": segment(w, facts=True)}
        if "terms" in tables:
            entry["terms"] = {"its-titles": w.terms()}
        w.declare("products", ("mba", "emba")[number], entry)
    kinds = {
        "values": {"its-points": ""},
        "assets": {"its-form": "form", "its-page": "pages"},
        "segments": {"its-people": ""},
        "terms": {"its-titles": ""},
    }
    w.roles.update({table: kinds[table] for table in tables})


def _header(w: World) -> None:
    head = w.tables["model"]
    choose = w.choose
    if choose.flip():
        head["counts_as_activity"] = "awards" if choose.flip(4) else choose.some([*VERBS], 1, 21)
    if choose.flip(6):
        head["eligible"] = segment(w, facts=True)
    if choose.flip(6):
        head["exclude"] = [segment(w, facts=True)]
    optional = {
        "active": lambda: scoring.active(w),
        "starts": lambda: dt.date(2026, 1, 1),
        "ignore_bots": choose.flip,
        "steward": w.text,
        "review": lambda: {"first": "60d", "every": "90d"},
        "change_window": lambda: {"from": "11-01", "until": "01-31", "except": "what is broken"},
        "evidence": choose.flip,
        "why": w.text,
    }
    for key, make in optional.items():
        if choose.flip(8):
            head[key] = make()
    if choose.flip(8):
        w.tables["targets"] = {"pardot": {"edition": "advanced"}}


# --- examples -------------------------------------------------------------------------------------------------------

_CREATED = dt.date(2026, 1, 1)


def _example(w: World) -> None:
    choose = w.choose
    entry: dict[str, Any] = {"created": _CREATED if choose.flip() else dt.datetime(2026, 1, 1, 8, 30)}  # noqa: DTZ001
    if choose.flip():
        fields = {w.field_of(kind): kind for kind in choose.some([*_VALUES], 1, 3)}
        entry["person"] = {name: _VALUES[kind](w) for name, kind in fields.items()}
    if choose.flip():
        entry["scores"] = {w.scores[0].id: choose.integer(0, 50)}
    if choose.flip(3):
        entry["marks"] = [w.mark()]
    if choose.flip():
        entry["events"] = [_example_event(w, hours) for hours in range(1, choose.integer(2, 7))]
    entry["expect"] = choose.several(lambda: _expectation(w), 1, 2)
    w.declare("examples", "golden", entry)


def _example_event(w: World, hours: int) -> dict[str, Any]:
    at = dt.datetime(2026, 1, 2, hours, tzinfo=dt.UTC if w.choose.flip(3) else None)
    if w.choose.flip(4):
        kind = w.choose.pick([*_VALUES])
        return {"at": at, "sets": w.field_of(kind), "to": _VALUES[kind](w)}
    verb = VERBS[w.choose.pick([name for name in VERBS if name != "changes"])]
    named: Any = True
    if verb.takes == "assets":
        named = w.asset(verb.kinds)
    elif verb.takes != "true":
        named = w.activity() if verb.takes == "activities" else w.choose.pick(verb.takes.split())
    entry = {"at": at, verb.present: named}
    if w.choose.flip(4):
        entry["times"] = w.choose.integer(1, 5)
    if verb.properties and w.choose.flip(3):
        name, kind = w.choose.pick(verb.properties)
        entry["with"] = {name: _VALUES[kind](w)}
    return entry


_VALUES = {
    "text": lambda w: w.text(),
    "number": lambda w: w.choose.integer(0, 5000),
    "date": lambda _: dt.date(2025, 12, 24),
    "yes_no": lambda w: w.choose.flip(),
    "choice": lambda _: "Customer",
    "choices": lambda w: w.choose.some(("Customer", "Prospect"), 1, 2),
}


def _expectation(w: World) -> dict[str, Any]:
    at = dt.date(2026, 3, 1) if w.choose.flip() else dt.datetime(2026, 3, 1, 12)  # noqa: DTZ001
    fires = [key for key, entry in w.tables.get("thresholds", {}).items() if "each" not in entry]
    if fires and w.choose.flip():
        return {"at": at, "fired": w.choose.pick(fires), "times": w.choose.integer(0, 2)}
    return {"at": at, **condition(w, facts=False)}
