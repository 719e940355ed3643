"""What the API shows and does not make: channels, tag types, segmentations, forms and e-mails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo.sandbox.store import Home
from scorewright_marketo.sandbox.world import UI

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scorewright_marketo.sandbox.request import Request
    from scorewright_marketo.sandbox.store import Row
    from scorewright_marketo.sandbox.world import World

__all__ = [
    "asset_by_name",
    "assets",
    "channel_by_name",
    "channels",
    "none",
    "plant",
    "tag_type_by_name",
    "tag_types",
]

_HOME = Home("Folder", 0)
_CHANNELS = (
    ("Operational", "program", ("Member",)),
    ("Content", "program", ("Viewed", "Engaged")),
    ("Tradeshow", "event", ("Invited", "Visited Booth", "Influenced")),
    ("Webinar", "webinar", ("Invited", "Registered", "No Show", "Attended")),
    ("Nurture", "nurture", ("Member", "Engaged")),
    ("Email Send", "email_batch", ("Sent", "Opened", "Clicked")),
)


def plant(world: World) -> None:
    """What a new instance has."""
    for name, type, statuses in _CHANNELS:
        steps = [{"name": "Not in Program", "step": 0}]
        steps += [{"name": status, "step": 10 * number} for number, status in enumerate(statuses, 1)]
        shown = [{**step, "description": None, "hidden": False, "success": False} for step in steps]
        data = world.fresh(applicableProgramType=type, progressionStatuses=shown)
        world.rows.make("channel", name, _HOME, data)


def _channel(row: Row) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, **row.data}


def channels(world: World, request: Request) -> Sequence[Any]:
    """All channels."""
    return [_channel(row) for row in request.page(world.rows.every("channel"))]


def channel_by_name(world: World, request: Request) -> Sequence[Any]:
    """One channel; one of Adobe's pages spells the parameter with a capital."""
    name = request.optional("Name") or request.text("name")
    return [_channel(row) for row in world.rows.named("channel", name)]


def _tag(row: Row, *, whole: bool) -> dict[str, Any]:
    shown = {
        "tagType": row.name,
        "applicableProgramTypes": f"[{','.join(row.data['programTypes'])}]",
        "required": row.data["required"],
    }
    return {**shown, "allowableValues": f"[{', '.join(row.data['allowableValues'])}]"} if whole else shown


def tag_types(world: World, request: Request) -> Sequence[Any]:
    """All tag types, without the values that they allow."""
    return [_tag(row, whole=False) for row in request.page(world.rows.every("tag_type"))]


def tag_type_by_name(world: World, request: Request) -> Sequence[Any]:
    """One tag type with its values: lists come as texts."""
    return [_tag(row, whole=True) for row in world.rows.named("tag_type", request.text("name"))]


def _asset(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "description": "",
        "createdAt": row.data["createdAt"],
        "updatedAt": row.data["updatedAt"],
        "url": f"{UI}#{row.kind}{row.id}",
        "status": "approved",
        "folder": {"type": "Folder", "value": row.home.id, "folderName": ""},
        "workspace": "Default",
    }


def assets(kind: str) -> Callable[[World, Request], Sequence[Any]]:
    """Browsing what people make: forms, e-mails."""

    def browse(world: World, request: Request) -> Sequence[Any]:
        return [_asset(row) for row in request.page(world.rows.every(kind))]

    return browse


def asset_by_name(kind: str) -> Callable[[World, Request], Sequence[Any]]:
    """One of what people make, by its name."""

    def named(world: World, request: Request) -> Sequence[Any]:
        return [_asset(row) for row in world.rows.named(kind, request.text("name"))]

    return named


def none(world: World, request: Request, *ids: str) -> Sequence[Any]:  # noqa: ARG001 - one signature for all
    """What this instance has none of."""
    return ()
