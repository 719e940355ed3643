"""A person's part, done at once: what belongs to the team, and what the build sheet asks for on what is there."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scorewright_marketo.names import api_name
from scorewright_marketo.recurring import of_words
from scorewright_marketo.sandbox.fields import make_field
from scorewright_marketo.sandbox.rules import rules_of
from scorewright_marketo.sandbox.store import Home

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.plugin.emulation import Tables
    from scorewright_marketo.sandbox.store import Row
    from scorewright_marketo.sandbox.world import World

__all__ = ["build"]

_TEAM = "Team"
"""The folder of what the team has made before."""
_NOWHERE = Home("Folder", 0)
_DEFAULT = Home("Folder", 15)
_TYPE = re.compile(r"\(type (\w+)\)")
_ONCE_EVERY = re.compile(r"Once every (\d+) (hour|day|week|month)s?")


def build(world: World, tables: Tables) -> None:
    """Do what a person does; where a program or campaign is missing, nothing is done about what belongs in it."""
    for table in tables.get("prerequisites", ()):
        if not _is_there(world, table["kind"], table["asset"]):
            _MAKERS.get(table["kind"], _other)(world, table)
    for table in tables.get("smart-lists", ()):
        _smart_list(world, table)
    for table in tables.get("smart-campaigns", ()):
        _campaign(world, table)


def _is_there(world: World, kind: str, name: str) -> bool:
    if kind == "field":
        return any(row.data["displayName"] == name for row in world.rows.every("field"))
    if kind == "program status":
        return any(_has_status(row, name) for row in world.rows.every("channel"))
    rows = world.rows.named(_KINDS.get(kind, "other"), name)
    return any(row.data.get("kind", kind) == kind for row in rows)


def _has_status(row: Row, name: str) -> bool:
    return any(each["name"] == name for each in row.data["progressionStatuses"])


_KINDS = {
    "channel": "channel",
    "program": "program",
    "form": "form",
    "e-mail": "email",
    "static list": "static_list",
    "smart list": "smart_list",
}


def _field(world: World, table: Mapping[str, Any]) -> None:
    said = _TYPE.search(table.get("check", ""))
    make_field(world, api_name(table["asset"]), table["asset"], said[1] if said else "string", custom=True)


def _channel(world: World, table: Mapping[str, Any]) -> None:
    data = world.fresh(applicableProgramType="program", progressionStatuses=[_status("Not in Program", 0)])
    world.rows.make("channel", table["asset"], _NOWHERE, data)


def _status(name: str, step: int) -> dict[str, Any]:
    return {"name": name, "step": step, "description": None, "hidden": False, "success": False}


def _program_status(world: World, table: Mapping[str, Any]) -> None:
    """The status in the channel of events."""
    (row,) = world.rows.named("channel", "Webinar")
    old = row.data["progressionStatuses"]
    world.changed(row, progressionStatuses=[*old, _status(table["asset"], 10 * len(old))])


def _program(world: World, table: Mapping[str, Any]) -> None:
    data = world.fresh(description="", type="Default", channel="Operational", tags=[], costs=[])
    world.rows.make("program", table["asset"], _team(world), data)


def _team(world: World) -> Home:
    for row in world.rows.inside("folder", _DEFAULT):
        if row.name == _TEAM:
            return Home("Folder", row.id)
    data = world.fresh(description="", folderType="Marketing Folder", isSystem=False, isArchive=False)
    return Home("Folder", world.rows.make("folder", _TEAM, _DEFAULT, data).id)


def _list(world: World, table: Mapping[str, Any]) -> None:
    kind = _KINDS[table["kind"]]
    data = world.fresh(description="", rules=rules_of({}))
    world.rows.make(kind, table["asset"], Home("Folder", 21), data)


def _asset(world: World, table: Mapping[str, Any]) -> None:
    world.rows.make(_KINDS[table["kind"]], table["asset"], _NOWHERE, world.fresh())


def _other(world: World, table: Mapping[str, Any]) -> None:
    """What the API does not show: it is only on the page."""
    world.rows.make("other", table["asset"], _NOWHERE, world.fresh(kind=table["kind"]))


_MAKERS: Mapping[str, Callable[[World, Mapping[str, Any]], None]] = {
    "field": _field,
    "channel": _channel,
    "program status": _program_status,
    "program": _program,
    "static list": _list,
    "smart list": _list,
    "form": _asset,
    "e-mail": _asset,
}


def _home(world: World, table: Mapping[str, Any]) -> Home | None:
    found = world.rows.named("program", table["program"])
    return Home("Program", found[0].id) if found else None


def _smart_list(world: World, table: Mapping[str, Any]) -> None:
    """A smart list of its own can be made by people alone."""
    home = _home(world, table)
    if home is None:
        return
    there = [row for row in world.rows.inside("smart_list", home) if row.name == table["list"]]
    if there:
        world.changed(there[0], rules=rules_of(table))
    else:
        data = world.fresh(description="", rules=rules_of(table))
        world.rows.make("smart_list", table["list"], home, data)


def _campaign(world: World, table: Mapping[str, Any]) -> None:
    home = _home(world, table)
    if home is None:
        return
    places = [home, *(Home("Folder", row.id) for row in world.rows.inside("folder", home))]
    for place in places:
        for row in world.rows.inside("campaign", place):
            if row.name == table["campaign"]:
                world.changed(
                    row,
                    rules=rules_of(table.get("smart_list", {})),
                    flow=list(table.get("flow", ())),
                    qualification=_qualification(table.get("qualification", "")),
                    executable=table["type"] == "executable",
                    recurrence=_recurrence(world, table.get("schedule", "")),
                    ran=row.data["ran"] or table.get("schedule") == "Run once",
                )


def _qualification(words: str) -> dict[str, Any]:
    """The choice on the screen as the API names it."""
    every = _ONCE_EVERY.fullmatch(words)
    if every is not None:
        return {"type": "interval", "interval": int(every[1]), "unit": every[2]}
    return {"type": "any" if words == "Every time" else "once"}


def _recurrence(world: World, words: str) -> dict[str, Any]:
    """The next time of the hour that is asked for, in the instance's own zone, which is that of UTC here."""
    found = of_words(words)
    if found is None:
        return {}
    now = datetime.fromtimestamp(world.clock(), UTC)
    start = now.replace(hour=found.clock[0], minute=found.clock[1], second=0, microsecond=0)
    start += timedelta(days=start <= now)
    shown = start.strftime("%Y-%m-%dT%H:%M:%SZ+0000")
    picked: dict[str, Any] = {"weekdayMask": list(found.weekdays)} if found.weekdays else {}
    picked |= {"dayOfMonth": found.day} if found.day is not None else {}
    return {"startAt": shown, "intervalType": found.kind, "interval": found.every, **picked}
