"""What a person does with a build sheet, done in the embedded unit: all that there is something to build on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_pardot.emit import KINDS as EMITTED
from scorewright_pardot.sandbox.hand import WORDS
from scorewright_pardot.sandbox.kinds import FIELD_TYPES, KINDS
from scorewright_pardot.sandbox.writing import save
from scorewright_pardot.uses import asset_word, provides, uses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.plugin.emulation import Tables
    from scorewright_pardot.sandbox.store import Record, Store
    from scorewright_pardot.sandbox.unit import Unit
    from scorewright_pardot.uses import Name

__all__ = ["build"]

_KINDS = {word: kind for kind, word in WORDS.items()}
_BY_PUSH = ("custom-fields", "tags", "static-lists")
"""What the API makes: a person leaves it to the push."""
_EMITTED = tuple(kind for kind, *_ in EMITTED)
_RECORDS = {"dynamic-lists": "lists", "engagement-programs": "engagement-studio-programs"}
_LINK = "https://www.localhost/"


def build(unit: Unit, tables: Tables) -> None:
    """Build everything that names only what is there, until nothing more can be built.

    One model at a time: what the sheet before asked for, and this one does not, goes.
    """
    _raze(unit, tables)
    for word, name in _of_the_team(tables):
        full = f"{word}: {name}"
        unit.store.build("prerequisites", full, {"name": full, "kind": word, "called": name})
        _stand(unit, word, name)
    waiting = list(_by_hand(tables))
    while waiting:
        there = _there(unit.store)
        ready = [(kind, table) for kind, table in waiting if _can(kind, table, there)]
        for kind, table in ready:
            _make(unit, kind, table)
        waiting = [one for one in waiting if one not in ready]
        if not ready:
            return


def _of_the_team(tables: Tables) -> Iterator[Name]:
    """What is named and emitted nowhere: a form that a category's folder takes belongs to the team."""
    emitted = {provides(kind, table) for kind, rows in tables.items() if kind in _EMITTED for table in rows}
    for kind in _EMITTED:
        for table in tables.get(kind, ()):
            yield from (name for name in uses(kind, table) if name not in emitted)


def _raze(unit: Unit, tables: Tables) -> None:
    """Take away what an earlier sheet asked for and this one does not; what belongs to the team stays."""
    wanted = {(kind, table["name"]) for kind, table in _by_hand(tables)}
    for kind, name, _ in unit.store.by_hand():
        if kind == "prerequisites" or (kind, name) in wanted:
            continue
        unit.store.unbuild(kind, name)
        for one in unit.store.all(_RECORDS.get(kind, "")):
            if one["name"] == name:
                unit.store.put(_RECORDS[kind], {**one, "isDeleted": True}, unit.seen)


def _by_hand(tables: Tables) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind in _EMITTED:
        if kind not in _BY_PUSH:
            for table in tables.get(kind, ()):
                yield kind, table


def _can(kind: str, table: Mapping[str, Any], there: set[Name]) -> bool:
    """Whether all that it names is there; default fields are always, and it may name itself."""
    own = provides(kind, table)
    return all(name in there or name == own for name in uses(kind, table))


def _there(store: Store) -> set[Name]:
    found: set[Name] = set()
    for kind, word in WORDS.items():
        found |= {(word, _called(one)) for one in store.all(kind) if not one.get("isDeleted")}
    for kind, _, table in store.by_hand():
        name = provides(kind, table)
        if name is not None:
            found.add(name)
    return found


def _called(record: Record) -> str:
    if "username" in record:
        return f"{record['firstName'] or ''} {record['lastName'] or ''}".strip()
    return str(record.get("name"))


def _make(unit: Unit, kind: str, table: Mapping[str, Any]) -> None:
    unit.store.build(kind, table["name"], dict(table))
    makers = {
        "custom-redirects": _redirect,
        "dynamic-lists": _dynamic,
        "engagement-programs": _program,
        "formula-fields": _formula,
        "prerequisites": _prerequisite,
        "scoring-categories": _category,
    }
    if kind in makers:
        makers[kind](unit, table)


def _one(unit: Unit, kind: str, name: str, body: Record) -> Record:
    """The record of this name, made where there is none.  A person is done before the push looks: reads see it."""
    found = [one for one in unit.store.all(kind) if _called(one) == name and not one.get("isDeleted")]
    return found[0] if found else save(unit, kind, {"name": name, **body}, at=unit.seen)


def _prerequisite(unit: Unit, table: Mapping[str, Any]) -> None:
    word = provides("prerequisites", table)
    assert word is not None
    _stand(unit, *word, table.get("check", ""))


def _stand(unit: Unit, word: str, name: str, check: str = "") -> None:
    """Something of the team's that the API shows, as plain as it can be."""
    kind = _KINDS.get(word, "")
    if kind == "users":
        first, _, last = name.rpartition(" ")
        person = {"firstName": first, "lastName": last, "username": f"{name}@localhost", "email": name}
        _one(unit, kind, name, person)
    elif kind == "custom-fields":
        _field(unit, name, check)
    elif kind:
        campaign = {"campaignId": 1} if "campaignId" in KINDS[kind].fields else {}
        link = {"destinationUrl": _LINK} if kind == "custom-redirects" else {}
        _one(unit, kind, name, {**campaign, **link})


def _field(unit: Unit, name: str, check: str) -> None:
    """A field of the team's; its id says nothing, and its type is the first that the sheet asks for."""
    asked = check.removeprefix("type ").lower()
    sort = next((one for one in FIELD_TYPES if asked.startswith(one)), "text")
    number = sum(1 for _ in unit.store.all("custom-fields")) + 1
    _one(unit, "custom-fields", name, {"fieldId": f"Team_field_{number}", "type": sort})


def _formula(unit: Unit, table: Mapping[str, Any]) -> None:
    _field(unit, table["name"], "type number")


def _redirect(unit: Unit, table: Mapping[str, Any]) -> None:
    _one(unit, "custom-redirects", table["name"], {"campaignId": 1, "destinationUrl": _LINK})


def _dynamic(unit: Unit, table: Mapping[str, Any]) -> None:
    _one(unit, "lists", table["name"], {"isDynamic": True})


def _category(unit: Unit, table: Mapping[str, Any]) -> None:
    folder = _one(unit, "folders", table["folder"], {"path": table["folder"], "parentFolderId": 1})
    for asset in table["assets"]:
        kind = _KINDS.get(asset_word(asset["kind"]), "")
        for one in unit.store.all(kind):
            if one.get("name") == asset["name"]:
                save(unit, kind, {"folderId": folder["id"]}, one, at=unit.seen)


def _program(unit: Unit, table: Mapping[str, Any]) -> None:
    ids = {one["name"]: one["id"] for one in unit.store.all("lists") if not one["isDeleted"]}
    body = {
        "status": "running",
        "recipientListIds": [ids[table["recipient_list"]]],
        "suppressionListIds": [ids[name] for name in table["suppression_lists"]],
    }
    kind = "engagement-studio-programs"
    save(unit, kind, body, _one(unit, kind, table["name"], body), at=unit.seen)
