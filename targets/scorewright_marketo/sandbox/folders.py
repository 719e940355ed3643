"""Folders: the roots that every instance has, and what is made below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo.sandbox.envelope import PlatformError
from scorewright_marketo.sandbox.request import DESCRIPTION
from scorewright_marketo.sandbox.store import Home
from scorewright_marketo.sandbox.world import NONE, UI

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright_marketo.sandbox.request import Request
    from scorewright_marketo.sandbox.store import Row
    from scorewright_marketo.sandbox.world import World

__all__ = [
    "ACTIVITIES",
    "ROOTS",
    "browse",
    "by_id",
    "by_name",
    "content",
    "create",
    "delete",
    "plant",
    "update",
]

ACTIVITIES = 14
"""The id of Marketing Activities, where programs and campaigns live."""
ROOTS = (
    (ACTIVITIES, "Marketing Activities", 0, "Zone"),
    (15, "Default", ACTIVITIES, "Zone"),
    (16, "Design Studio", 0, "Zone"),
    (17, "Default", 16, "Zone"),
    (18, "Emails", 17, "Email"),
    (19, "Lead Database", 0, "Zone"),
    (20, "Default", 19, "Zone"),
    (21, "Group Lists", 20, "List"),
)
"""Id, name, the folder above (0: none) and the type of what stands in every instance."""
_CONTENT = ("folder", "program", "campaign", "smart_list", "static_list")
_CONTENT_NAMES = {
    "folder": "Folder",
    "program": "Program",
    "campaign": "Smart Campaign",
    "smart_list": "Smart List",
    "static_list": "Static List",
}


def plant(world: World) -> None:
    """The roots of a new instance."""
    for id, name, above, type in ROOTS:
        data = world.fresh(description="", folderType=type, isSystem=True, isArchive=False)
        world.rows.make("folder", name, Home("Folder", above), data, id=id)


def folder_record(world: World, row: Row, *, loud: bool = False) -> dict[str, Any]:
    """A folder, or a program in the shape of one; ``loud``: newer answers write FOLDER."""
    type = "Program" if row.kind == "program" else "Folder"
    shown = type.upper() if loud else type
    above = None
    if row.home.id:
        above = {"id": row.home.id, "type": row.home.type.upper() if loud else row.home.type}
    return {
        "name": row.name,
        "description": row.data["description"],
        "createdAt": row.data["createdAt"],
        "updatedAt": row.data["updatedAt"],
        "url": None
        if row.data.get("isSystem")
        else f"{UI}#{'PG' if row.kind == 'program' else 'MF'}{row.id}A1",
        "folderId": {"id": row.id, "type": shown},
        "folderType": row.data.get("folderType", "Marketing Program"),
        "parent": above,
        "path": world.path(row),
        "isArchive": row.data.get("isArchive", False),
        "isSystem": row.data.get("isSystem", False),
        "accessZoneId": 1,
        "workspace": world.workspace_of(row.home),
        "id": row.id,
    }


def _kind(type: str | None) -> str:
    if type is None or type.capitalize() not in {"Folder", "Program"}:
        raise PlatformError("701", "type cannot be blank")
    return "program" if type.capitalize() == "Program" else "folder"


def by_id(world: World, request: Request, id: str) -> Sequence[Any]:
    """One folder; ``type`` says in which of the two number spaces the id is."""
    row = world.find(_kind(request.text("type")), id)
    return NONE if row is None else (folder_record(world, row),)


def by_name(world: World, request: Request) -> Sequence[Any]:
    """Every folder or program of exactly this name."""
    name, type, root = request.text("name"), request.optional("type"), request.home_or_none("root")
    if root is not None:
        _kind(type)
    kinds = ("folder", "program") if type is None else (_kind(type),)
    rows = [row for kind in kinds for row in world.rows.named(kind, name)]
    workspace = request.optional("workSpace")
    records = [
        folder_record(world, row, loud=True) for row in rows if root is None or _is_below(world, row, root)
    ]
    return [one for one in records if workspace in {None, one["workspace"]}]


def _is_below(world: World, row: Row, root: Home) -> bool:
    home = row.home
    while home.id:
        if home == root:
            return True
        above = world.rows.get("program" if home.type == "Program" else "folder", home.id)
        if above is None:
            return False
        home = above.home
    return False


def browse(world: World, request: Request) -> Sequence[Any]:
    """A folder and what is below it, ``maxDepth`` levels deep (2 unless told)."""
    root, depth = request.home_or_none("root"), request.number("maxDepth", 2)
    workspace = request.optional("workSpace")
    if root is None:
        tops: Sequence[Row] = [row for row in world.rows.every("folder") if not row.home.id]
    else:
        tops = [world.container(root)]
    rows = [row for top in tops for row in _tree(world, top, depth)]
    records = [folder_record(world, row) for row in rows]
    return request.page([one for one in records if workspace in {None, one["workspace"]}])


def _tree(world: World, row: Row, depth: int) -> Iterator[Row]:
    yield row
    if depth:
        here = Home("Program" if row.kind == "program" else "Folder", row.id)
        for kind in ("folder", "program"):
            for below in world.rows.inside(kind, here):
                yield from _tree(world, below, depth - 1)


def content(world: World, request: Request, id: str) -> Sequence[Any]:
    """Ids and types of what stands right in a folder."""
    kind = _kind(request.optional("type") or "Folder")
    row = world.need(kind, id)
    here = Home("Program" if kind == "program" else "Folder", row.id)
    found = [one for what in _CONTENT for one in world.rows.inside(what, here)]
    return request.page([{"id": one.id, "type": _CONTENT_NAMES[one.kind]} for one in found])


def create(world: World, request: Request) -> Sequence[Any]:
    """A folder below another, or in a program."""
    name, home = request.text("name", most=255), request.home("parent")
    description = request.optional("description", most=DESCRIPTION) or ""
    above = world.container(home)
    world.unique("folder", name, "Folder", home=home)
    type = above.data.get("folderType", "Marketing Folder")
    if type == "Zone":
        top = world.path(above).split("/")[1]
        type = {"Design Studio": "Email", "Lead Database": "List"}.get(top, "Marketing Folder")
    data = world.fresh(description=description, folderType=type, isSystem=False, isArchive=False)
    return (folder_record(world, world.rows.make("folder", name, home, data), loud=True),)


def update(world: World, request: Request, id: str) -> Sequence[Any]:
    """Name, description, archive; programs are not updated here."""
    if _kind(request.text("type")) == "program":
        raise PlatformError("709", "Program can not be updated with Folder API")
    row = world.need("folder", id)
    if row.data["isSystem"]:
        raise PlatformError("709", "System folder can not be updated")
    name = request.optional("name", most=255) or row.name
    world.unique("folder", name, "Folder", but=row.id, home=row.home)
    description, archive = request.optional("description", most=DESCRIPTION), request.flag("isArchive")
    row = world.changed(
        row,
        name=name,
        description=row.data["description"] if description is None else description,
        isArchive=row.data["isArchive"] if archive is None else archive,
    )
    return (folder_record(world, row, loud=True),)


def delete(world: World, request: Request, id: str) -> Sequence[Any]:
    """Only an empty folder that is neither the system's nor a program."""
    if _kind(request.optional("type") or "Folder") == "program":
        raise PlatformError("709", "Program Programs cant be deleted with Folder API")
    row = world.need("folder", id)
    if row.data["isSystem"]:
        raise PlatformError("709", "System folder can not be deleted")
    here = Home("Folder", row.id)
    if any(world.rows.inside(kind, here) for kind in (*_CONTENT, "token")):
        raise PlatformError("709", "Folder is not empty")
    world.rows.drop(row)
    return ({"id": row.id},)
