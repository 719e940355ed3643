"""Creating, changing and deleting as API v5 does it: what may be written, what is refused, and what is answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import category
from urllib.parse import urlencode

from scorewright_pardot.sandbox.errors import ProblemError
from scorewright_pardot.sandbox.hand import holds
from scorewright_pardot.sandbox.kinds import (
    FIELD_TYPES,
    FORMATS,
    KINDS,
    OBJECT_TYPES,
    value_type,
)
from scorewright_pardot.sandbox.reading import IN_BIN, asked_fields, shown_of
from scorewright_pardot.sandbox.unit import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright_pardot.sandbox.reading import Query
    from scorewright_pardot.sandbox.store import Record
    from scorewright_pardot.sandbox.unit import Unit

__all__ = ["change", "check", "create", "created", "delete", "save"]

_REFERENCES = {
    "campaignId": ("campaigns", 38),
    "folderId": ("folders", 97),
    "formHandlerId": ("form-handlers", 192),
    "layoutTemplateId": ("layout-templates", 192),
    "listId": ("lists", 55),
    "prospectId": ("prospects", 3),
    "trackerDomainId": ("tracker-domains", 192),
}
_FIELD_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_JSON: Mapping[str, type | tuple[type, ...]] = {
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "string": str,
    "datetime": str,
}


def create(unit: Unit, kind: str, given: Query, body: Record) -> Outcome:
    """A new record: 201 with its place; nothing looks whether there is one like it."""
    if kind == "campaigns":
        raise ProblemError(128)
    names = asked_fields(unit, kind, given) or ("id",)
    check(unit, kind, body)
    missing = [name for name in KINDS[kind].required if body.get(name) is None]
    if missing:
        raise ProblemError(153, ", ".join(missing))
    _room(unit, kind)
    return created(unit, kind, names, save(unit, kind, body))


def created(unit: Unit, kind: str, names: tuple[str, ...], record: Record) -> Outcome:
    """The answer to a creation."""
    place = f"/api/v5/objects/{kind}/{record['id']}?{urlencode({'fields': ','.join(names)})}"
    return Outcome(201, shown_of(unit, kind, record, names, unit.now), (("Location", unit.link(place)),))


def change(unit: Unit, kind: str, id: int, given: Query, body: Record) -> Outcome:
    """A changed record: what is left out stays; 204 where no fields are asked for."""
    names = asked_fields(unit, kind, given)
    record = unit.store.one(kind, id)
    if record is None:
        raise ProblemError(109)
    if record.get("isDeleted"):
        raise ProblemError(219)
    check(unit, kind, body, record)
    record = save(unit, kind, body, record)
    return Outcome(200, shown_of(unit, kind, record, names, unit.now)) if names else Outcome(204)


def delete(unit: Unit, kind: str, id: int) -> Outcome:
    """A record goes into the recycle bin, or for good where its kind has none."""
    record = unit.store.one(kind, id)
    if record is None:
        raise ProblemError(109)
    if record.get("isDeleted"):
        raise ProblemError(109, "", (IN_BIN,))
    holder = holds(unit.store, kind, record)
    if holder:
        raise ProblemError(108, holder)
    if KINDS[kind].bin:
        unit.store.put(kind, {**record, "isDeleted": True, "updatedAt": unit.stamp}, unit.now)
    else:
        unit.store.drop(kind, id, unit.now)
    _forget(unit, kind, id)
    return Outcome(204)


def _forget(unit: Unit, kind: str, id: int) -> None:
    """What is gone bears no tag, lies in no folder, and a tag that is gone is on nothing."""
    for other in ("tagged-objects", "folder-contents"):
        for one in unit.store.all(other):
            if (one["objectType"], one["objectId"]) == (OBJECT_TYPES.get(kind), id) or (
                kind == "tags" and one.get("tagId") == id
            ):
                unit.store.drop(other, one["id"], unit.now)


def save(
    unit: Unit, kind: str, body: Record, record: Record | None = None, at: float | None = None
) -> Record:
    """Keep a record as it is with a body written into it, and all that follows from it."""
    blank: Record = {name: False if value_type(name) == "boolean" else None for name in KINDS[kind].fields}
    written = {key: value for key, value in body.items() if key != "valuesPrefill"}
    for key in ("type", "dataFormat"):
        if key in written and kind in {"custom-fields", "form-handler-fields"}:
            written[key] = written[key].lower()
    if "fieldId" in written:
        written["fieldId"] = written["fieldId"].removesuffix("__c")
    born = {**blank, "createdAt": unit.stamp, "createdById": 1}
    born.pop("id")
    whole = {**(record or born), **written, "updatedAt": unit.stamp, "updatedById": 1}
    known = {
        name: value for name, value in whole.items() if name in KINDS[kind].fields or name.endswith("__c")
    }
    kept = unit.store.put(kind, known, unit.now if at is None else at)
    if _follows(kept, kind):
        kept = unit.store.put(kind, kept | _follows(kept, kind), unit.now if at is None else at)
    if kind in OBJECT_TYPES and kept.get("folderId") is not None:
        _file_in(unit, kind, kept, unit.now if at is None else at)
    return kept


def _follows(record: Record, kind: str) -> Record:
    """The addresses that the platform gives an asset."""
    link = f"http://go.localhost/l/1/{record['id']}"
    if kind == "custom-redirects":
        path = record.get("vanityUrlPath")
        vanity = None if path is None else f"http://go.localhost/{path.lstrip('/')}"
        return {"trackedUrl": link, "url": record["destinationUrl"], "vanityUrl": vanity}
    if kind == "form-handlers":
        return {"url": link, "embedCode": f'<form action="{link}" method="post"></form>'}
    return {}


def _file_in(unit: Unit, kind: str, record: Record, at: float) -> None:
    sort = OBJECT_TYPES[kind]
    old = next(
        (
            one
            for one in unit.store.all("folder-contents")
            if (one["objectType"], one["objectId"]) == (sort, record["id"])
        ),
        {"createdAt": unit.stamp, "createdById": 1},
    )
    place = {"folderId": record["folderId"], "objectType": sort, "objectId": record["id"]}
    unit.store.put("folder-contents", {**old, **place, "objectName": record.get("name")}, at)


# --- what may be written ----------------------------------------------------------------------------------------------


def check(unit: Unit, kind: str, body: Record, record: Record | None = None) -> None:
    """Raise for anything in a body that this kind does not take; ``record`` is what it is written into."""
    may = {*KINDS[kind].required, *KINDS[kind].writable}
    if record is not None:
        may -= {*KINDS[kind].fixed}
    for name, value in body.items():
        if name not in may and not (kind == "prospects" and _is_custom(unit, name)):
            raise ProblemError(180, name)
        _value(unit, kind, name, value)
    if record is None or "name" in body:
        _unlike_others(unit, kind, body, record)


def _is_custom(unit: Unit, name: str) -> bool:
    return any(f"{one['fieldId']}__c" == name for one in unit.store.all("custom-fields"))


def _value(unit: Unit, kind: str, name: str, value: Any) -> None:
    if value is None or value == "":
        if name in KINDS[kind].required:
            raise ProblemError(36, name)
        return
    sort = "string" if name == "valuesPrefill" or name.endswith("__c") else value_type(name)
    if not isinstance(value, _JSON[sort]) or (isinstance(value, bool) and sort != "boolean"):
        raise ProblemError(29 if name == "score" else 154, name)
    if name in _REFERENCES:
        other, code = _REFERENCES[name]
        found = unit.store.one(other, value) if isinstance(value, int) and 0 <= value < 2**53 else None
        if found is None or found.get("isDeleted"):
            raise ProblemError(code, name)
    if name in _CHECKS and isinstance(value, str):
        _CHECKS[name](unit, kind, value)


def _name(unit: Unit, _kind: str, value: str) -> None:
    if len(value) > unit.settings.name_length:
        raise ProblemError(138)
    if not value.strip() or any(category(char) in {"Cc", "Cs"} for char in value):
        raise ProblemError(139)


def _address(_unit: Unit, _kind: str, value: str) -> None:
    if not value.startswith(("http://", "https://")):
        raise ProblemError(137)


def _field_id(_unit: Unit, _kind: str, value: str) -> None:
    if not _FIELD_ID.fullmatch(value):
        raise ProblemError(154, "fieldId")


def _type(_unit: Unit, kind: str, value: str) -> None:
    if kind == "custom-fields" and value.lower() not in FIELD_TYPES:
        raise ProblemError(154, "type")


def _format(_unit: Unit, _kind: str, value: str) -> None:
    if value.lower() not in FORMATS:
        raise ProblemError(154, "dataFormat")


def _email(_unit: Unit, _kind: str, value: str) -> None:
    if len(value) > 255 or not _EMAIL.fullmatch(value):
        raise ProblemError(4)


_CHECKS: Mapping[str, Callable[[Unit, str, str], None]] = {
    "name": _name,
    "destinationUrl": _address,
    "fieldId": _field_id,
    "type": _type,
    "dataFormat": _format,
    "email": _email,
}


def _unlike_others(unit: Unit, kind: str, body: Record, record: Record | None) -> None:
    """Two fields never share an id, nobody is twice on a list; names are refused twice only where that is set."""
    others = [
        one
        for one in unit.store.all(kind)
        if not one.get("isDeleted") and (record is None or one["id"] != record["id"])
    ]
    if "fieldId" in body:
        wanted = body["fieldId"].removesuffix("__c").casefold()
        if any(one["fieldId"].casefold() == wanted for one in others):
            raise ProblemError(154, "fieldId is in use")
    if kind == "list-memberships" and "listId" in body:
        pair = body["listId"], body.get("prospectId")
        if any((one["listId"], one["prospectId"]) == pair for one in others):
            raise ProblemError(58)
    if kind in unit.settings.unique and isinstance(body.get("name"), str):
        name = body["name"].casefold()
        if any(one["name"].casefold() == name for one in others):
            raise ProblemError(154, "name is in use")


def _room(unit: Unit, kind: str) -> None:
    most = unit.settings.most.get(kind)
    if most is not None and sum(not one.get("isDeleted") for one in unit.store.all(kind)) >= most:
        raise ProblemError(67)
