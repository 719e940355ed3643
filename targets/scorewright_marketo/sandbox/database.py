"""The older listings of the lead database, which clients in use still read; there are no people in a sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo.sandbox.envelope import PlatformError, record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright_marketo.sandbox.request import Request
    from scorewright_marketo.sandbox.store import Row
    from scorewright_marketo.sandbox.world import World

__all__ = [
    "BATCH",
    "activity_types",
    "batch",
    "campaign",
    "campaigns",
    "leads",
    "lists",
    "partitions",
    "static_list",
]

BATCH = 300
"""Records a page of the lead database has at most."""
_TYPES = (
    (1, "Visit Webpage", "Webpage ID", "integer"),
    (2, "Fill Out Form", "Webform ID", "integer"),
    (3, "Click Link", "Link ID", "integer"),
    (11, "Click Email", "Mailing ID", "integer"),
    (12, "New Lead", "Source Type", "string"),
    (13, "Change Data Value", "Attribute Name", "string"),
    (22, "Change Score", "Score Name", "string"),
    (104, "Change Status in Progression", "Program ID", "integer"),
)


def batch(request: Request, rows: Sequence[Any]) -> Any:
    """A batch, and where the next one begins."""
    size = request.number("batchSize", BATCH, BATCH) or BATCH
    token = request.optional("nextPageToken") or "0"
    if not (token.isascii() and token.isdigit()):
        raise PlatformError("1003", "Invalid nextPageToken")
    start = int(token[:9])
    more = {"nextPageToken": str(start + size), "moreResult": True} if start + size < len(rows) else {}
    return [*rows[start : start + size]], more


def _wanted(request: Request, name: str, value: str) -> bool:
    """Whether a filter that may hold several values lets one pass."""
    text = request.optional(name)
    return text is None or value in {part.strip() for part in text.split(",")}


def _program(world: World, row: Row) -> Row | None:
    found = world.program_of(row.home)
    return None if found is None else world.rows.get("program", found)


def _head(world: World, row: Row) -> dict[str, Any]:
    program = _program(world, row)
    return {
        "id": row.id,
        "name": row.name,
        "description": row.data["description"],
        **({} if program is None else {"programName": program.name, "programId": program.id}),
        "workspaceName": world.workspace_of(row.home),
        "createdAt": row.data["createdAt"].removesuffix("+0000"),
        "updatedAt": row.data["updatedAt"].removesuffix("+0000"),
    }


def _campaign(world: World, row: Row) -> dict[str, Any]:
    type = "trigger" if row.data["rules"]["triggers"] else "batch"
    return {**_head(world, row), "type": type, "active": row.data["isActive"]}


def _found(request: Request, records: Sequence[dict[str, Any]]) -> Any:
    filters = (
        ("id", "id"),
        ("name", "name"),
        ("programName", "programName"),
        ("workspaceName", "workspaceName"),
    )
    kept = [
        each
        for each in records
        if all(_wanted(request, name, str(each.get(key, ""))) for name, key in filters)
    ]
    return batch(request, kept)


def campaigns(world: World, request: Request) -> Any:
    """Campaigns as they were listed before there was an asset API for them."""
    return _found(request, [_campaign(world, row) for row in world.rows.every("campaign")])


def campaign(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001 - one signature for all
    """One of them."""
    row = world.find("campaign", id)
    return (record("1013", "Campaign not found"),) if row is None else (_campaign(world, row),)


def lists(world: World, request: Request) -> Any:
    """Static lists."""
    return _found(request, [_head(world, row) for row in world.rows.every("static_list")])


def static_list(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001
    """One of them."""
    row = world.find("static_list", id)
    return (record("1013", "List not found"),) if row is None else (_head(world, row),)


def leads(world: World, request: Request) -> Sequence[Any]:  # noqa: ARG001
    """People by a filter: there are none."""
    for name in ("filterType", "filterValues"):
        if not request.optional(name):
            raise PlatformError("1002", f"Missing value for the required parameter '{name}'")
    return ()


def partitions(world: World, request: Request) -> Sequence[Any]:  # noqa: ARG001
    """The one partition."""
    return ({"id": 1, "name": "Default", "description": "Initial system lead partition"},)


def activity_types(world: World, request: Request) -> Sequence[Any]:  # noqa: ARG001
    """Some kinds of activities."""
    return [
        {
            "id": id,
            "name": name,
            "description": name,
            "primaryAttribute": {"name": attribute, "dataType": type},
            "attributes": [],
        }
        for id, name, attribute, type in _TYPES
    ]
