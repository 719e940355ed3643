"""My Tokens: local to a folder or a program; the same call makes one and overwrites it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from scorewright_marketo.limits import given
from scorewright_marketo.sandbox.envelope import PlatformError
from scorewright_marketo.sandbox.store import Home
from scorewright_marketo.sandbox.world import NONE, UI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright_marketo.sandbox.request import Request
    from scorewright_marketo.sandbox.store import Row
    from scorewright_marketo.sandbox.world import World

__all__ = ["delete", "every", "put"]

TYPES = ("date", "number", "rich text", "score", "sfdc campaign", "text")
_NAME = given("token-name")
_WHOLE = re.compile(r"[+-]?[0-9]{1,10}")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _home(world: World, request: Request, id: str, *, needed: bool) -> Home:
    """Where the tokens stand: ``folderType`` decides between two things of the same id."""
    type = request.text("folderType") if needed else request.optional("folderType") or "Folder"
    if type.capitalize() not in {"Folder", "Program"}:
        raise PlatformError("1003", f"Invalid value '{type}' for folderType")
    kind = "program" if type.capitalize() == "Program" else "folder"
    return Home(type.capitalize(), world.need(kind, id).id)


def _record(home: Home, tokens: Sequence[Row]) -> dict[str, Any]:
    shown = [
        {
            "name": row.name,
            "type": row.data["type"],
            "value": row.data["value"],
            "computedUrl": f"{UI}#{'PG' if home.type == 'Program' else 'MF'}{home.id}C3",
        }
        for row in tokens
    ]
    return {"folder": {"type": home.type, "value": home.id}, "tokens": shown}


def every(world: World, request: Request, id: str) -> Sequence[Any]:
    """The local ones; what is inherited from above is not among them."""
    home = _home(world, request, id, needed=False)
    tokens = world.rows.inside("token", home)
    return (_record(home, tokens),) if tokens else NONE


def put(world: World, request: Request, id: str) -> Sequence[Any]:
    """Make one, or overwrite the one of the same name."""
    home = _home(world, request, id, needed=True)
    name, type = request.text("name", most=_NAME), request.text("type")
    if type not in TYPES:
        raise PlatformError("709", f"Token type {type} is not valid")
    value = _value(type, request.text("value"))
    there = [row for row in world.rows.inside("token", home) if row.name.casefold() == name.casefold()]
    if not there:
        row = world.rows.make("token", name, home, world.fresh(type=type, value=value))
    elif there[0].data["type"] != type:
        raise PlatformError("709", "Token with the same name and another type already exists")
    else:
        row = world.changed(there[0], value=value)
    return (_record(home, (row,)),)


def _value(type: str, value: str) -> str:
    if type == "score" and not (_WHOLE.fullmatch(value) and -(2**31) <= int(value) < 2**31):
        raise PlatformError("709", f"Token value {value} is no integer")
    if type == "number" and not _NUMBER.fullmatch(value):
        raise PlatformError("709", f"Token value {value} is no number")
    if type == "date" and not (_DAY.fullmatch(value) and _is_day(value)):
        raise PlatformError("704")
    return value


def _is_day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def delete(world: World, request: Request, id: str) -> Sequence[Any]:
    """Delete by name and type; nobody looks whether a step still asks for it."""
    home = _home(world, request, id, needed=False)
    name, type = request.text("name"), request.text("type")
    for row in world.rows.inside("token", home):
        if row.name == name and row.data["type"] == type:
            world.rows.drop(row)
            return ({"id": home.id},)
    raise PlatformError("702", f"Token {name} not found")
