"""The state of the instance as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sandboxes import Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright_marketo.sandbox.store import Home, Row
    from scorewright_marketo.sandbox.world import World

__all__ = ["shown"]


def shown(world: World) -> Sequence[Shown]:
    """Programs first, since everything else stands in them; by name, so that the same state looks the same."""
    tables = (
        Shown("Programs", ("Program", "Channel", "Folder", "Description"), _programs(world)),
        Shown("Tokens", ("Program or folder", "Token", "Type", "Value"), _tokens(world)),
        Shown(
            "Smart campaigns",
            (
                "Place",
                "Campaign",
                "Triggers",
                "Filters",
                "Flow steps",
                "Qualification",
                "Status",
                "Description",
            ),
            _campaigns(world),
        ),
        Shown("Smart lists", ("Place", "Smart list", "Filters"), _smart_lists(world)),
        Shown("Static lists", ("Place", "Static list", "Description"), _static_lists(world)),
        Shown("Folders", ("Folder", "Description"), _folders(world)),
        Shown("Custom fields", ("Label", "API name", "Type", "Made by the API"), _fields(world)),
        Shown("Channels", ("Channel", "Program type", "Statuses"), _channels(world)),
        Shown("Other things of the team", ("Kind", "Name"), _others(world)),
    )
    return tuple(table._replace(rows=tuple(sorted(table.rows))) for table in tables)


def _place(world: World, home: Home) -> str:
    row = world.rows.get("program" if home.type == "Program" else "folder", home.id)
    return "" if row is None else world.path(row)


def _programs(world: World) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (row.name, row.data["channel"], _place(world, row.home), row.data["description"])
        for row in world.rows.every("program")
    )


def _tokens(world: World) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (_place(world, row.home), row.name, row.data["type"], row.data["value"])
        for row in world.rows.every("token")
    )


def _rules(rows: Sequence[dict[str, object]]) -> str:
    return "\n".join(str(row["name"]) for row in rows)


def _campaigns(world: World) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            _place(world, row.home),
            row.name,
            _rules(row.data["rules"]["triggers"]),
            _rules(row.data["rules"]["filters"]),
            "\n".join(step["step"] for step in row.data["flow"]),
            " ".join(str(value) for value in row.data["qualification"].values()),
            _status(row),
            row.data["description"],
        )
        for row in world.rows.every("campaign")
    )


def _status(row: Row) -> str:
    if row.data["isActive"]:
        return "active"
    return "recurring" if row.data["recurrence"] else "ran once" if row.data["ran"] else "inactive"


def _smart_lists(world: World) -> tuple[tuple[str, ...], ...]:
    rows = world.rows.every("smart_list")
    return tuple((_place(world, row.home), row.name, _rules(row.data["rules"]["filters"])) for row in rows)


def _static_lists(world: World) -> tuple[tuple[str, ...], ...]:
    rows = world.rows.every("static_list")
    return tuple((_place(world, row.home), row.name, row.data["description"]) for row in rows)


def _folders(world: World) -> tuple[tuple[str, ...], ...]:
    rows = [row for row in world.rows.every("folder") if not row.data["isSystem"]]
    return tuple((world.path(row), row.data["description"]) for row in rows)


def _fields(world: World) -> tuple[tuple[str, ...], ...]:
    rows = [row for row in world.rows.every("field") if row.data["isCustom"]]
    return tuple(
        (row.data["displayName"], row.name, row.data["dataType"], "yes" if row.data["isApiCreated"] else "no")
        for row in rows
    )


def _channels(world: World) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            row.name,
            row.data["applicableProgramType"],
            ", ".join(each["name"] for each in row.data["progressionStatuses"]),
        )
        for row in world.rows.every("channel")
    )


def _others(world: World) -> tuple[tuple[str, ...], ...]:
    kinds = ("form", "email", "other")
    return tuple((row.data.get("kind", kind), row.name) for kind in kinds for row in world.rows.every(kind))
