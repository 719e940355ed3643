"""Smart campaigns: shells are made and described here, switched on and off; rules are read, the flow never is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo.sandbox.envelope import NOT_FOUND, PlatformError, record
from scorewright_marketo.sandbox.lists import list_record
from scorewright_marketo.sandbox.request import DESCRIPTION
from scorewright_marketo.sandbox.rules import EMPTY
from scorewright_marketo.sandbox.world import NONE, UI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright_marketo.sandbox.request import Request
    from scorewright_marketo.sandbox.store import Home, Row
    from scorewright_marketo.sandbox.world import World

__all__ = [
    "activate",
    "browse",
    "by_id",
    "by_name",
    "clone",
    "create",
    "deactivate",
    "delete",
    "schedule",
    "smart_list",
    "trigger",
    "update",
]

SHELL: dict[str, Any] = {
    "rules": EMPTY,
    "flow": [],
    "qualification": {"type": "once"},
    "recurrence": {},
    "isActive": False,
    "executable": False,
    "ran": False,
}
"""What a campaign holds that nobody has built yet."""
_LISTS, _FLOWS = 4000, 90
"""Added to a campaign's id: the ids of its smart list and its flow, in number spaces of their own."""


def campaign_record(world: World, row: Row) -> dict[str, Any]:
    """A campaign; what stands in its flow is not among it."""
    data, program = row.data, world.program_of(row.home)
    qualification = data["qualification"]
    type = "trigger" if data["rules"]["triggers"] else "batch"
    shown = {
        "id": row.id,
        "name": row.name,
        "description": data["description"],
        "createdAt": data["createdAt"],
        "updatedAt": data["updatedAt"],
        "folder": {"id": row.home.id, "type": row.home.type},
        "status": _status(data, type),
        "type": type,
        "isSystem": False,
        "isActive": data["isActive"],
        "isRequestable": any("Requested" in one["name"] for one in data["rules"]["triggers"]),
        "isCommunicationLimitEnabled": False,
        "recurrence": {"weekdayOnly": False, **data["recurrence"]},
        "qualificationRuleType": qualification["type"],
        "workspace": world.workspace_of(row.home),
        "smartListId": row.id + _LISTS,
        "flowId": row.id + _FLOWS,
        "computedUrl": f"{UI}#SC{row.id}A1",
    }
    if qualification["type"] == "interval":
        shown |= {
            "qualificationRuleInterval": qualification["interval"],
            "qualificationRuleUnit": qualification["unit"],
        }
    return shown if program is None else {**shown, "parentProgramId": program}


def _status(data: dict[str, Any], type: str) -> str:
    if type == "trigger":
        return "Active" if data["isActive"] else "Inactive"
    if data["recurrence"]:
        return "Recurring Run"
    return "Single Run" if data["ran"] else "Never Run"


def by_id(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001 - one signature for all
    """One campaign."""
    row = world.find("campaign", id)
    return NONE if row is None else (campaign_record(world, row),)


def by_name(world: World, request: Request) -> Sequence[Any]:
    """One campaign of this name, although programs may each have one."""
    return [campaign_record(world, row) for row in world.rows.named("campaign", request.text("name"))[:1]]


def browse(world: World, request: Request) -> Sequence[Any]:
    """All campaigns, or those of a folder; only active ones where that is asked for."""
    home, active = request.home_or_none("folder"), request.flag("isActive")
    rows = world.rows.every("campaign") if home is None else world.listed("campaign", home)
    rows = tuple(row for row in rows if not active or row.data["isActive"])
    return [campaign_record(world, row) for row in request.page(request.updated(rows))]


def smart_list(world: World, request: Request, id: str) -> Sequence[Any]:
    """The campaign's smart list, with its rules where they are asked for."""
    row = world.find("campaign", id)
    if row is None:
        return NONE
    found = list_record(world, row, rules=bool(request.flag("includeRules")))
    return ({**found, "id": row.id + _LISTS, "url": f"{UI}#SL{row.id + _LISTS}A1"},)


def create(world: World, request: Request) -> Sequence[Any]:
    """An empty batch campaign."""
    return (campaign_record(world, _new(world, request, SHELL)),)


def _new(world: World, request: Request, data: dict[str, Any]) -> Row:
    name, home = request.text("name", most=255), request.home("folder")
    description = request.optional("description", most=DESCRIPTION)
    world.activities(home)
    _unique(world, name, home)
    said = data.get("description", "") if description is None else description
    return world.rows.make("campaign", name, home, {**data, **world.fresh(), "description": said})


def _unique(world: World, name: str, home: Home, *, but: int = 0) -> None:
    """A program has a name once; outside of programs a folder has."""
    program = world.program_of(home)
    for row in world.rows.alike("campaign", name):
        same = row.home == home if program is None else world.program_of(row.home) == program
        if same and row.id != but:
            raise PlatformError("709", "Smart Campaign with the same name already exists")


def update(world: World, request: Request, id: str) -> Sequence[Any]:
    """Name and description, and nothing else."""
    row = world.need("campaign", id)
    name = request.optional("name", most=255) or row.name
    _unique(world, name, row.home, but=row.id)
    description = request.optional("description", most=DESCRIPTION)
    said = row.data["description"] if description is None else description
    return (campaign_record(world, world.changed(row, name=name, description=said)),)


def clone(world: World, request: Request, id: str) -> Sequence[Any]:
    """A copy with rules, flow and qualification, inactive and without a schedule."""
    row = world.need("campaign", id)
    executable = request.flag("isExecutable")
    data = {**row.data, "isActive": False, "recurrence": {}, "ran": False}
    if executable is not None:
        data["executable"] = executable
    return (campaign_record(world, _new(world, request, data)),)


def delete(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001
    """Delete one that is not active."""
    row = world.need("campaign", id)
    if row.data["isActive"]:
        raise PlatformError("709", "Active Smart Campaign can not be deleted")
    world.rows.drop(row)
    return ({"id": row.id},)


def activate(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001
    """Switch a trigger campaign on, once somebody has built it."""
    row = world.need("campaign", id)
    if row.data["isActive"]:
        raise PlatformError("709", "Smart Campaign is already active")
    if not row.data["rules"]["triggers"] or not row.data["flow"]:
        raise PlatformError("709", "Smart Campaign has no trigger or no flow step and can not be activated")
    world.changed(row, isActive=True)
    return ({"id": row.id},)


def deactivate(world: World, request: Request, id: str) -> Sequence[Any]:  # noqa: ARG001
    """Switch it off."""
    row = world.need("campaign", id)
    if not row.data["isActive"]:
        raise PlatformError("709", "Smart Campaign is not active")
    world.changed(row, isActive=False)
    return ({"id": row.id},)


def schedule(world: World, request: Request, id: str) -> Sequence[Any]:
    """Run a batch campaign once.  A trigger campaign is refused as invalid data."""
    request.json()
    row = world.find("campaign", id)
    if row is None or row.data["rules"]["triggers"]:
        return (record(*_REFUSED[row is None]),)
    world.changed(row, ran=True)
    return ({"id": row.id},)


def trigger(world: World, request: Request, id: str) -> Sequence[Any]:
    """Request a trigger campaign for some people: it must be active and wait for requests."""
    body = request.json()
    row = world.find("campaign", id)
    wanted = body.get("input") if isinstance(body, dict) else None
    if not isinstance(wanted, dict) or not isinstance(wanted.get("leads"), list):
        raise PlatformError("1002", "Missing value for the required parameter 'leads'")
    if row is None or not row.data["isActive"] or not campaign_record(world, row)["isRequestable"]:
        return (record(*_REFUSED[row is None]),)
    return ({"id": row.id},)


_REFUSED = {True: ("1013", NOT_FOUND), False: ("1003", "Invalid data: the campaign does not take this call")}
