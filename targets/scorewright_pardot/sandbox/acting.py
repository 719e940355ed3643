"""Record actions of API v5 (``do/…``): tags put on and taken off, prospects upserted, records brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_pardot.sandbox.errors import ProblemError
from scorewright_pardot.sandbox.kinds import KINDS, OBJECT_TYPES
from scorewright_pardot.sandbox.reading import asked_fields, shown_of
from scorewright_pardot.sandbox.unit import Outcome
from scorewright_pardot.sandbox.writing import check, created, save

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright_pardot.sandbox.reading import Query
    from scorewright_pardot.sandbox.store import Record
    from scorewright_pardot.sandbox.unit import Unit

__all__ = ["act", "act_on"]


def act_on(unit: Unit, kind: str, id: int, action: str, body: Record, *, given: Query) -> Outcome:
    """An action on one record."""
    if action in {"addTag", "removeTag"} and KINDS[kind].tagged:
        return _tag(unit, kind, id, action, body)
    if action == "undelete" and action in KINDS[kind].actions:
        return _undelete(unit, kind, id, given)
    raise ProblemError(205, action)


def act(unit: Unit, kind: str, action: str, given: Query, body: Record) -> Outcome:
    """An action on a whole collection."""
    if action not in KINDS[kind].actions:
        raise ProblemError(205, action)
    if action == "undelete":
        _arguments(body, {"id": int})
        return _undelete(unit, kind, body["id"], given)
    return _upsert(unit, body)


def _arguments(body: Record, needed: Mapping[str, type], optional: Mapping[str, type] | None = None) -> None:
    types: Mapping[str, Any] = {**needed, **(optional or {})}
    for name, value in body.items():
        if name not in types:
            raise ProblemError(208, name)
        if not isinstance(value, types[name]) or (isinstance(value, bool) and types[name] is int):
            raise ProblemError(206, name)
    for name in needed:
        if name not in body:
            raise ProblemError(207, name)


def _tag(unit: Unit, kind: str, id: int, action: str, body: Record) -> Outcome:
    """Put a tag on, which makes a tagged object, or take it off, which takes that away."""
    _arguments(body, {"tagId": int})
    record, tag = unit.store.one(kind, id), _small(body["tagId"]) and unit.store.one("tags", body["tagId"])
    if record is None or record.get("isDeleted") or not tag:
        raise ProblemError(109)
    place = {"tagId": tag["id"], "objectType": OBJECT_TYPES[kind], "objectId": id}
    borne = [one for one in unit.store.all("tagged-objects") if place.items() <= one.items()]
    if action == "removeTag":
        for one in borne:
            unit.store.drop("tagged-objects", one["id"], unit.now)
        return Outcome(204)
    name = record.get("name") or record.get("email")
    row = {**place, "objectName": name, "createdAt": unit.stamp, "createdById": 1}
    found = borne[0] if borne else unit.store.put("tagged-objects", row, unit.now)
    return Outcome(200, found)


def _small(id: int) -> bool:
    """Whether a number can be an id at all."""
    return 0 <= id < 2**53


def _undelete(unit: Unit, kind: str, id: int, given: Query) -> Outcome:
    names = asked_fields(unit, kind, given)
    record = unit.store.one(kind, id) if _small(id) else None
    if record is None or not record.get("isDeleted"):
        raise ProblemError(109)
    record = unit.store.put(kind, {**record, "isDeleted": False, "updatedAt": unit.stamp}, unit.now)
    return Outcome(200, shown_of(unit, kind, record, names, unit.now)) if names else Outcome(204)


def _upsert(unit: Unit, body: Record) -> Outcome:
    """The prospect of an email address that was changed last, or a new one: the one write that may be repeated."""
    _arguments(body, {"matchEmail": str, "prospect": dict}, {"fields": list, "secondaryDeletedSearch": bool})
    asked = body.get("fields", [])
    if not all(isinstance(name, str) for name in asked):
        raise ProblemError(206, "fields")
    names = asked_fields(unit, "prospects", (("fields", ",".join(asked)),)) or ("id",)
    match = body["matchEmail"].casefold()
    found = [one for one in unit.store.all("prospects") if (one.get("email") or "").casefold() == match]
    live = [one for one in found if not one["isDeleted"]]
    if not live and body.get("secondaryDeletedSearch"):
        live = [{**one, "isDeleted": False} for one in found]
    record = max(live, key=lambda one: (one["updatedAt"], one["id"]), default=None)
    if record is None:
        check(unit, "prospects", {"email": body["matchEmail"], **body["prospect"]})
        new = save(unit, "prospects", {"email": body["matchEmail"], **body["prospect"]})
        return created(unit, "prospects", names, new)
    check(unit, "prospects", body["prospect"], record)
    record = save(unit, "prospects", body["prospect"], record)
    return Outcome(200, shown_of(unit, "prospects", record, names, unit.now))
