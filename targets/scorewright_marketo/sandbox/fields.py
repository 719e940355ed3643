"""Fields of people: described, made a few at a time, changed in how they look, and never deleted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorewright_marketo.limits import given
from scorewright_marketo.sandbox.database import BATCH, batch
from scorewright_marketo.sandbox.envelope import PlatformError, record
from scorewright_marketo.sandbox.store import Home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright_marketo.sandbox.request import Request
    from scorewright_marketo.sandbox.store import Row
    from scorewright_marketo.sandbox.world import World

__all__ = ["by_name", "create", "describe", "describe2", "every", "make_field", "plant", "update"]

_MOST = given("custom-fields")
"""Custom fields that the API makes at all."""
TYPES = (
    "boolean", "currency", "date", "datetime", "email", "float", "integer", "percent", "phone", "score", "string", "url",
)  # fmt: skip
_STANDARD = (
    ("id", "Id", "integer"),
    ("email", "Email Address", "email"),
    ("firstName", "First Name", "string"),
    ("lastName", "Last Name", "string"),
    ("title", "Job Title", "string"),
    ("company", "Company Name", "string"),
    ("department", "Department", "string"),
    ("phone", "Phone Number", "phone"),
    ("industry", "Industry", "string"),
    ("numberOfEmployees", "Num Employees", "integer"),
    ("annualRevenue", "Annual Revenue", "currency"),
    ("website", "Website", "url"),
    ("city", "City", "string"),
    ("state", "State", "string"),
    ("country", "Country", "string"),
    ("leadSource", "Person Source", "string"),
    ("leadScore", "Person Score", "score"),
    ("leadStatus", "Person Status", "string"),
    ("createdAt", "Created At", "datetime"),
    ("updatedAt", "Updated At", "datetime"),
    ("unsubscribed", "Unsubscribed", "boolean"),
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LABEL = re.compile(r"[\w .()\-:>/&]+")
_HOME = Home("Folder", 0)
_CHANGEABLE = ("displayName", "description", "isHidden", "isHtmlEncodingInEmail", "isSensitive")


def plant(world: World) -> None:
    """The fields that every instance has."""
    for name, label, type in _STANDARD:
        make_field(world, name, label, type, custom=False)


def make_field(world: World, name: str, label: str, type: str, *, custom: bool, **more: Any) -> Row:
    """A field as a row."""
    data = {
        "displayName": label,
        "description": "",
        "dataType": type,
        "isHidden": False,
        "isHtmlEncodingInEmail": True,
        "isSensitive": False,
        "isCustom": custom,
        "isApiCreated": False,
        **more,
    }
    return world.rows.make("field", name, _HOME, data)


def _record(row: Row) -> dict[str, Any]:
    return {"name": row.name, **row.data}


def every(world: World, request: Request) -> Any:
    """All fields, a batch at a time: the only call here that pages by a token."""
    records = [_record(row) for row in world.rows.every("field")]
    found, more = batch(request, records)
    return found, {"moreResult": False, **more}


def by_name(world: World, request: Request, name: str) -> Sequence[Any]:  # noqa: ARG001 - one signature for all
    """One field by its API name."""
    found = world.rows.named("field", name)
    return [_record(row) for row in found] or (record("1006", f"Field '{name}' not found"),)


def describe(world: World, request: Request) -> Sequence[Any]:  # noqa: ARG001
    """All fields in the older shape."""
    return [
        {
            "id": row.id,
            "displayName": row.data["displayName"],
            "dataType": row.data["dataType"],
            "rest": {"name": row.name, "readOnly": row.name in {"id", "createdAt", "updatedAt"}},
            "soap": {"name": row.name[:1].upper() + row.name[1:], "readOnly": False},
        }
        for row in world.rows.every("field")
    ]


def describe2(world: World, request: Request) -> Sequence[Any]:  # noqa: ARG001
    """All fields, and by which people can be looked up."""
    fields = [
        {
            "name": row.name,
            "displayName": row.data["displayName"],
            "dataType": row.data["dataType"],
            "updateable": row.data["isCustom"],
            "crmManaged": False,
        }
        for row in world.rows.every("field")
    ]
    return ({"name": "API Lead", "searchableFields": [["id"], ["email"]], "fields": fields},)


def _inputs(request: Request) -> list[dict[str, Any]]:
    body = request.json()
    given = body.get("input") if isinstance(body, dict) else None
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise PlatformError("1002", "Missing value for the required parameter 'input'")
    if len(given) > BATCH:
        raise PlatformError("1003", f"Too many records: at most {BATCH}")
    return given


def create(world: World, request: Request) -> Sequence[Any]:
    """Make fields, each for itself: what is wrong with one is said in its own place."""
    return [_create(world, one) for one in _inputs(request)]


def _create(world: World, given: dict[str, Any]) -> dict[str, Any]:
    for key in ("displayName", "name", "dataType"):
        if not isinstance(given.get(key), str) or not given[key]:
            return record("1002", f"Missing value for the required parameter '{key}'")
    name, label, type = given["name"], given["displayName"], given["dataType"]
    if type not in TYPES:
        return record("1001", f"Invalid value '{type}'. Required of type 'dataType'")
    if not _NAME.fullmatch(name) or not _LABEL.fullmatch(label):
        return record("1003", f"Invalid data: {name if not _NAME.fullmatch(name) else label}")
    if world.rows.alike("field", name) or _labelled(world, label):
        return record("1017", "Object already exists")
    if sum(row.data["isApiCreated"] for row in world.rows.every("field")) >= _MOST:
        return record("1003", f"Invalid data: at most {_MOST} custom fields")
    more = {key: given[key] for key in _CHANGEABLE if key in given}
    make_field(world, name, label, type, custom=True, isApiCreated=True, **more)
    return {"name": name, "status": "created"}


def _labelled(world: World, label: str) -> tuple[Row, ...]:
    rows = world.rows.every("field")
    return tuple(row for row in rows if row.data["displayName"].casefold() == label.casefold())


def update(world: World, request: Request, name: str) -> Sequence[Any]:
    """Change how a field is shown; its type and API name stay."""
    found = world.rows.named("field", name)
    if not found:
        return (record("1006", f"Field '{name}' not found"),)
    (given, *more), row = _inputs(request), found[0]
    if more or set(given) - set(_CHANGEABLE):
        return (record("1003", "Invalid data: these are not changed"),)
    label = given.get("displayName", row.data["displayName"])
    if any(other.name != row.name for other in _labelled(world, label)):
        return (record("1017", "Object already exists"),)
    world.rows.save(row._replace(data={**row.data, **given}))
    return ({"name": row.name, "status": "updated"},)
