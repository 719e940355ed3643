"""Programs: made empty, cloned with everything inside, deleted with everything inside."""

from __future__ import annotations

import json
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
    "browse",
    "by_id",
    "by_name",
    "by_tag",
    "clone",
    "create",
    "delete",
    "drop_tag",
    "set_tag",
    "update",
]

TYPES = {
    "default": ("Default", "program"),
    "event": ("Event", "event"),
    "event with webinar": ("Event with Webinar", "webinar"),
    "engagement": ("Engagement", "nurture"),
    "email": ("Email", "email_batch"),
}
"""A program's type as the API shows it, and the word for it in channels and tag types."""
_INSIDE = ("campaign", "smart_list", "static_list", "token", "folder")


def program_record(world: World, row: Row, *, whole: bool) -> dict[str, Any]:
    """A program; browsing shows neither tags nor costs."""
    folder = world.rows.get("folder", row.home.id)
    record = {
        "id": row.id,
        "name": row.name,
        "description": row.data["description"],
        "createdAt": row.data["createdAt"],
        "updatedAt": row.data["updatedAt"],
        "url": f"{UI}#PG{row.id}A1",
        "type": row.data["type"],
        "channel": row.data["channel"],
        "folder": {
            "type": row.home.type,
            "value": row.home.id,
            "folderName": folder.name if folder is not None else "",
        },
        "status": "",
        "workspace": world.workspace_of(row.home),
        "headStart": False,
    }
    return (
        {**record, "tags": row.data["tags"] or None, "costs": row.data["costs"] or None} if whole else record
    )


def by_id(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001 - one signature for all
    """One program."""
    row = world.find("program", id)
    return NONE if row is None else (program_record(world, row, whole=True),)


def by_name(world: World, request: Request) -> Sequence[Any]:
    """The program of exactly this name; tags and costs where they are asked for."""
    found = world.rows.named("program", request.text("name"))
    tags, costs = request.flag("includeTags"), request.flag("includeCosts")
    records = [program_record(world, row, whole=True) for row in found]
    hidden = {key for key, on in (("tags", tags), ("costs", costs)) if not on}
    return [{key: value for key, value in one.items() if key not in hidden} for one in records]


def browse(world: World, request: Request) -> Sequence[Any]:
    """All programs, or those that a filter names."""
    filter, values = request.optional("filterType"), request.optional("filterValues")
    rows = world.rows.every("program")
    if filter is not None:
        if filter not in {"id", "programId", "folderId", "workspace"}:
            raise PlatformError("1003", f"Invalid value '{filter}' for filterType")
        if values is None:
            raise PlatformError("1002", "Missing value for the required parameter 'filterValues'")
        wanted = {value.strip() for value in values.split(",")}
        rows = tuple(row for row in rows if _filtered(world, row, filter) in wanted)
    return [program_record(world, row, whole=False) for row in request.page(request.updated(rows))]


def _filtered(world: World, row: Row, filter: str) -> str:
    if filter == "workspace":
        return world.workspace_of(row.home)
    return str(row.home.id) if filter == "folderId" else str(row.id)


def by_tag(world: World, request: Request) -> Sequence[Any]:
    """Programs that carry a tag of this value."""
    tag = {"tagType": request.text("tagType"), "tagValue": request.text("tagValue")}
    rows = [row for row in world.rows.every("program") if tag in row.data["tags"]]
    return [program_record(world, row, whole=True) for row in request.page(request.updated(rows))]


def create(world: World, request: Request) -> Sequence[Any]:
    """An empty program in a folder of Marketing Activities."""
    name, home = request.text("name", most=255), request.home("folder")
    type, channel = request.text("type"), request.text("channel")
    description = request.optional("description", most=DESCRIPTION) or ""
    shown, word = TYPES.get(type.casefold(), ("", ""))
    if not shown:
        raise PlatformError("709", f"Program type {type} is not valid")
    _place(world, home)
    _channel(world, channel, word)
    tags = _tags(world, request, word)
    world.unique("program", name, "Program")
    data = world.fresh(description=description, type=shown, channel=channel, tags=tags, costs=_costs(request))
    return (program_record(world, world.rows.make("program", name, home, data), whole=True),)


def _place(world: World, home: Home) -> None:
    world.activities(home)
    if home.type != "Folder":
        raise PlatformError("711")


def _channel(world: World, channel: str, word: str) -> None:
    found = world.rows.named("channel", channel)
    if not found:
        raise PlatformError("709", f"Channel {channel} not found")
    if found[0].data["applicableProgramType"] != word:
        raise PlatformError("709", f"Channel {channel} is not applicable to this program type")


def _tags(world: World, request: Request, word: str) -> list[dict[str, str]]:
    given = request.nested("tags") or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise PlatformError("611", "System error: tags is no list")
    tags = [
        {"tagType": str(one.get("tagType", "")), "tagValue": str(one.get("tagValue", ""))} for one in given
    ]
    for tag in tags:
        _tag_type(world, tag["tagType"], tag["tagValue"])
    missing = [
        row.name
        for row in world.rows.every("tag_type")
        if row.data["required"]
        and word in row.data["programTypes"]
        and row.name not in {tag["tagType"] for tag in tags}
    ]
    if missing and "tags" not in request.params and request.path.endswith("/programs.json"):
        raise PlatformError("709", f"Required tag {missing[0]} is missing")
    return tags


def _tag_type(world: World, name: str, value: str) -> Row:
    found = world.rows.named("tag_type", name)
    if not found:
        raise PlatformError("709", f"Tag type {name} not found")
    allowed = found[0].data["allowableValues"]
    if value and allowed and value not in allowed:
        raise PlatformError("709", f"Tag value {value} is not allowed")
    return found[0]


def _costs(request: Request) -> list[Any]:
    costs = request.nested("costs") or []
    if not isinstance(costs, list):
        raise PlatformError("611", "System error: costs is no list")
    return costs


def update(world: World, request: Request, id: str) -> Sequence[Any]:
    """Name, description, tags and costs; type and channel stay as they were made."""
    row = world.need("program", id)
    name = request.optional("name", most=255) or row.name
    world.unique("program", name, "Program", but=row.id)
    description = request.optional("description", most=DESCRIPTION)
    tags = {tag["tagType"]: tag for tag in (*row.data["tags"], *_tags(world, request, ""))}
    old = [] if request.flag("costsDestructiveUpdate") else row.data["costs"]
    row = world.changed(
        row,
        name=name,
        description=row.data["description"] if description is None else description,
        tags=list(tags.values()),
        costs=[*old, *_costs(request)],
    )
    return (program_record(world, row, whole=True),)


def set_tag(world: World, request: Request, id: str, tag: str) -> Sequence[Any]:
    """One tag of a program."""
    row = world.need("program", id)
    value = request.text("tagValue")
    _tag_type(world, tag, value)
    others = [one for one in row.data["tags"] if one["tagType"] != tag]
    world.changed(row, tags=[*others, {"tagType": tag, "tagValue": value}])
    return ({"id": row.id},)


def drop_tag(world: World, request: Request, id: str, tag: str) -> Sequence[Any]:  # noqa: ARG001
    """Take a tag off that is not required."""
    row = world.need("program", id)
    if _tag_type(world, tag, "").data["required"]:
        raise PlatformError("709", f"Tag {tag} is required")
    world.changed(row, tags=[one for one in row.data["tags"] if one["tagType"] != tag])
    return ({"id": row.id},)


def clone(world: World, request: Request, id: str) -> Sequence[Any]:
    """A copy with everything inside, inactive, its references pointing to the copies.

    Two clones at once wait for one another's locks, and one of them is refused.
    """
    if any(other.startswith("POST ") and other.endswith("/clone.json") for other in request.beside):
        raise PlatformError("719")
    row = world.need("program", id)
    name, home = request.text("name", most=255), request.home("folder")
    description = request.optional("description", most=DESCRIPTION)
    _place(world, home)
    if world.workspace_of(home) != world.workspace_of(row.home):
        raise PlatformError("611", "System error: the folder is in another workspace")
    world.unique("program", name, "Program")
    data = {**row.data, **world.fresh()}
    data["description"] = row.data["description"] if description is None else description
    copy = world.rows.make("program", name, home, data)
    _copy_inside(world, Home("Program", row.id), Home("Program", copy.id), row.name, name)
    return (program_record(world, copy, whole=True),)


def _copy_inside(world: World, here: Home, there: Home, old: str, new: str) -> None:
    for kind in _INSIDE:
        for row in world.rows.inside(kind, here):
            data = {**_pointed(row.data, old, new), **world.fresh()}
            if kind == "campaign":
                data |= {"isActive": False, "recurrence": {}, "ran": False}
            copy = world.rows.make(kind, row.name, there, data)
            if kind == "folder":
                _copy_inside(world, Home("Folder", row.id), Home("Folder", copy.id), old, new)


def _pointed(data: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    """References to assets of the program itself point to the copies; everything else stays."""
    start = json.dumps(f"{old}.", ensure_ascii=False)[:-1]
    text = json.dumps(data, ensure_ascii=False)
    pointed: dict[str, Any] = json.loads(text.replace(start, json.dumps(f"{new}.", ensure_ascii=False)[:-1]))
    return pointed


def delete(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001
    """A program and all that stands in it, as long as nothing outside uses it."""
    row = world.need("program", id)
    inside = list(_below(world, Home("Program", row.id)))
    if any(one.kind == "campaign" and one.data["isActive"] for one in inside):
        raise PlatformError("709", "Program has active campaigns")
    mine = {(one.kind, one.id) for one in inside}
    start = json.dumps(f"{row.name}.", ensure_ascii=False)[:-1]
    for kind in ("campaign", "smart_list"):
        for other in world.rows.every(kind):
            if (kind, other.id) not in mine and start in json.dumps(other.data, ensure_ascii=False):
                raise PlatformError("709", f"Program is in use by {other.name}")
    for one in (*inside, row):
        world.rows.drop(one)
    return ({"id": row.id},)


def _below(world: World, home: Home) -> Iterator[Row]:
    for kind in _INSIDE:
        for row in world.rows.inside(kind, home):
            yield row
            if kind == "folder":
                yield from _below(world, Home("Folder", row.id))
