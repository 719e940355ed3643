"""Static lists, and smart lists that stand on their own: those are cloned and deleted, and made by people only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scorewright_marketo.sandbox.envelope import PlatformError
from scorewright_marketo.sandbox.request import DESCRIPTION
from scorewright_marketo.sandbox.world import NONE, UI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright_marketo.sandbox.request import Request
    from scorewright_marketo.sandbox.store import Row
    from scorewright_marketo.sandbox.world import World

__all__ = [
    "browse_smart",
    "browse_static",
    "clone_smart",
    "create_static",
    "delete_smart",
    "delete_static",
    "list_record",
    "smart_by_id",
    "smart_by_name",
    "static_by_id",
    "static_by_name",
    "static_record",
    "update_static",
]


def list_record(world: World, row: Row, *, rules: bool) -> dict[str, Any]:
    """A smart list; its rules only where they were asked for."""
    shown = {
        "id": row.id,
        "name": row.name,
        "description": row.data["description"],
        "createdAt": row.data["createdAt"],
        "updatedAt": row.data["updatedAt"],
        "url": f"{UI}#SL{row.id}A1",
        "folder": {"id": row.home.id, "type": row.home.type},
        "workspace": world.workspace_of(row.home),
    }
    return {**shown, "rules": row.data["rules"]} if rules else shown


def static_record(world: World, row: Row) -> dict[str, Any]:
    """A static list; a description that is not there is left out."""
    shown = {
        "id": row.id,
        "name": row.name,
        "createdAt": row.data["createdAt"],
        "updatedAt": row.data["updatedAt"],
        "folder": {"id": row.home.id, "type": row.home.type},
        "workspace": world.workspace_of(row.home),
        "computedUrl": f"{UI}#ST{row.id}A1",
    }
    return {**shown, "description": row.data["description"]} if row.data["description"] else shown


def smart_by_id(world: World, request: Request, id: str) -> Sequence[Any]:
    """One smart list."""
    row = world.find("smart_list", id)
    rules = bool(request.flag("includeRules"))
    return NONE if row is None else (list_record(world, row, rules=rules),)


def smart_by_name(world: World, request: Request) -> Sequence[Any]:
    """One smart list of this name."""
    found = world.rows.named("smart_list", request.text("name"))[:1]
    return [list_record(world, row, rules=False) for row in found]


def browse_smart(world: World, request: Request) -> Sequence[Any]:
    """All smart lists, or those of a folder."""
    home = request.home_or_none("folder")
    rows = world.rows.every("smart_list") if home is None else world.listed("smart_list", home)
    return [list_record(world, row, rules=False) for row in request.page(request.updated(rows))]


def clone_smart(world: World, request: Request, id: str) -> Sequence[Any]:
    """A copy with the same rules."""
    row = world.need("smart_list", id)
    name, home = request.text("name", most=255), request.home("folder")
    description = request.optional("description", most=DESCRIPTION) or ""
    world.container(home)
    world.unique("smart_list", name, "Smart List", home=home)
    data = {**row.data, **world.fresh(), "description": description}
    return (list_record(world, world.rows.make("smart_list", name, home, data), rules=False),)


def delete_smart(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001 - one signature for all
    """Delete one that nothing asks for."""
    return _delete(world, world.need("smart_list", id))


def static_by_id(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001
    """One static list."""
    row = world.find("static_list", id)
    return NONE if row is None else (static_record(world, row),)


def static_by_name(world: World, request: Request) -> Sequence[Any]:
    """The static list of exactly this name."""
    return [static_record(world, row) for row in world.rows.named("static_list", request.text("name"))[:1]]


def browse_static(world: World, request: Request) -> Sequence[Any]:
    """All static lists, or those of a folder."""
    home = request.home_or_none("folder")
    rows = world.rows.every("static_list") if home is None else world.listed("static_list", home)
    return [static_record(world, row) for row in request.page(request.updated(rows))]


def create_static(world: World, request: Request) -> Sequence[Any]:
    """An empty list, of a name that no other has."""
    name, home = request.text("name", most=255), request.home("folder")
    description = request.optional("description", most=DESCRIPTION) or ""
    top = world.path(world.container(home)).split("/")[1]
    if top == "Design Studio":
        raise PlatformError("711")
    world.unique("static_list", name, "Static List")
    row = world.rows.make("static_list", name, home, world.fresh(description=description))
    return (static_record(world, row),)


def update_static(world: World, request: Request, id: str) -> Sequence[Any]:
    """Name and description."""
    row = world.need("static_list", id)
    name = request.optional("name", most=255) or row.name
    world.unique("static_list", name, "Static List", but=row.id)
    description = request.optional("description", most=DESCRIPTION)
    said = row.data["description"] if description is None else description
    return (static_record(world, world.changed(row, name=name, description=said)),)


def delete_static(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001
    """Delete one that nothing asks for."""
    return _delete(world, world.need("static_list", id))


def _delete(world: World, row: Row) -> Sequence[Any]:
    program = world.program_of(row.home)
    above = world.rows.get("program", program) if program is not None else None
    asked = json.dumps(row.name if above is None else f"{above.name}.{row.name}", ensure_ascii=False)
    for kind in ("campaign", "smart_list"):
        for other in world.rows.every(kind):
            if asked in json.dumps(other.data, ensure_ascii=False):
                raise PlatformError("709", f"List is in use by {other.name}")
    world.rows.drop(row)
    return ({"id": row.id},)
