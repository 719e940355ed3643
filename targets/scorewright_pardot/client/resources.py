"""Every emitted object as the unit is to have it: what the API makes, what it can read, and what is left to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.reach import Key, Resource
from scorewright_pardot.client.kinds import ASSETS, PREREQUISITES, UNREAD, UNREADABLE
from scorewright_pardot.emit import KINDS
from scorewright_pardot.uses import provides, uses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.plugin.emulation import Tables
    from scorewright_pardot.client.settings import Settings
    from scorewright_pardot.uses import Name

__all__ = ["GRAVES", "campaign_key", "grave", "resources"]

Table = "Mapping[str, Any]"
THERE = {"there": True}
"""All that is asked of a thing that belongs to somebody else, or that a person makes."""

GRAVES: Mapping[str, str] = {
    "rescores-everyone": "changing a baseline scoring rule scores every prospect anew, over all of its past, and wakes "
    "every rule and list that asks for a score",
}


def resources(settings: Settings, tables: Tables) -> tuple[Resource, ...]:
    """Every emitted object, in the order in which they are built."""
    named = _named(tables)
    found = [
        _resource(settings, kind, table, _needs(kind, table, named))
        for kind, *_ in KINDS
        for table in tables.get(kind, ())
    ]
    if any("campaign" in item.made for item in found) and all(
        item.key != campaign_key(settings) for item in found
    ):
        found.insert(0, _campaign(settings))
    return tuple(found)


def campaign_key(settings: Settings) -> Key:
    """The campaign that assets are made in."""
    return Key("prerequisites", f"campaign: {settings.campaign}")


def _campaign(settings: Settings) -> Resource:
    return Resource(key=campaign_key(settings), given=True, by_hand=THERE)


def _named(tables: Tables) -> dict[Name, Key]:
    """By what others call it, every object's key."""
    found: dict[Name, Key] = {}
    for kind, *_ in KINDS:
        for table in tables.get(kind, ()):
            name = provides(kind, table)
            if name is not None:
                found.setdefault(name, Key(kind, table["name"]))
    return found


def _needs(kind: str, table: Mapping[str, Any], named: Mapping[Name, Key]) -> tuple[Key, ...]:
    own = Key(kind, table["name"])
    keys = (named[name] for name in uses(kind, table) if name in named)
    return tuple(dict.fromkeys(key for key in keys if key != own))


def _resource(settings: Settings, kind: str, table: Mapping[str, Any], needs: tuple[Key, ...]) -> Resource:
    shape = _SHAPES.get(kind, _plain)(settings, table)
    return Resource(
        **{
            "key": Key(kind, table["name"]),
            "elements": tuple(table.get("for", ())),
            "unread": UNREAD.get(kind, ()),
            "note": UNREADABLE.get(kind, ""),
            **shape,
            "needs": (*shape.get("needs", ()), *needs),
        }
    )


def _plain(_settings: Settings, _table: Mapping[str, Any]) -> dict[str, Any]:
    return {}


def _tag(_settings: Settings, table: Mapping[str, Any]) -> dict[str, Any]:
    return {"made": {"name": table["name"]}}


def _static(_settings: Settings, table: Mapping[str, Any]) -> dict[str, Any]:
    made = {"name": table["name"], "isDynamic": False}
    return {"made": made, "fixed": frozenset({"isDynamic"})}


def _field(_settings: Settings, table: Mapping[str, Any]) -> dict[str, Any]:
    made = {"name": table["name"], "fieldId": table["field_id"], "type": table["type"].lower()}
    return {"made": made, "fixed": frozenset({"fieldId", "type"})}


def _redirect(settings: Settings, table: Mapping[str, Any]) -> dict[str, Any]:
    name, target = table["name"], settings.redirects.get(table["name"])
    missing = [
        *(["where it leads (redirects)"] if target is None else ()),
        *(["the campaign it belongs to (campaign)"] if not settings.campaign else ()),
    ]
    if missing:
        note = f"the API could make it, but the instance's settings do not say {' nor '.join(missing)}"
        return {"by_hand": THERE, "note": note}
    made = {"name": name, "destinationUrl": target, "campaign": settings.campaign}
    return {"made": made, "needs": (campaign_key(settings),)}


def _dynamic(_settings: Settings, _table: Mapping[str, Any]) -> dict[str, Any]:
    return {"by_hand": {"isDynamic": True}}


def _formula(_settings: Settings, _table: Mapping[str, Any]) -> dict[str, Any]:
    return {"by_hand": THERE}


def _category(_settings: Settings, table: Mapping[str, Any]) -> dict[str, Any]:
    assets = sorted([ASSETS[one["kind"]], one["name"]] for one in table["assets"] if one["kind"] in ASSETS)
    return {"by_hand": {"folder": table["folder"], "assets": assets}}


def _program(_settings: Settings, table: Mapping[str, Any]) -> dict[str, Any]:
    lists = {"recipients": [table["recipient_list"]], "suppressions": sorted(table["suppression_lists"])}
    return {"by_hand": lists}


def _row(_settings: Settings, table: Mapping[str, Any]) -> dict[str, Any]:
    """A row that keeps its points is looked at and left alone."""
    return {"grave": "rescores-everyone" if table["points"] != table["shipped"] else ""}


def _prerequisite(settings: Settings, table: Mapping[str, Any]) -> dict[str, Any]:
    kind, name, check = table["kind"], table["called"], table.get("check", "")
    if kind == "form handler" and name in settings.form_handlers:
        return _form_handler(settings, name)
    if kind == "person field" and check.startswith("type "):
        return {"given": True, "by_hand": {"type": check.removeprefix("type ").lower()}}
    unread = (check,) if check else ()
    if kind not in PREREQUISITES:
        note = UNREADABLE.get(kind, f"the API does not show what is meant by {kind}")
        return {"unread": ("whether it is there", *unread), "note": note}
    return {"given": True, "by_hand": THERE, "unread": unread}


def _form_handler(settings: Settings, name: str) -> dict[str, Any]:
    if not settings.campaign:
        note = "the API could make it, but the instance's settings do not say the campaign it belongs to (campaign)"
        return {"by_hand": THERE, "note": note}
    made = {"name": name, "campaign": settings.campaign}
    unread = ("whether a site posts to it",)
    return {"made": made, "unread": unread, "needs": (campaign_key(settings),)}


_SHAPES: Mapping[str, Callable[[Settings, Mapping[str, Any]], dict[str, Any]]] = {
    "baseline-scoring": _row,
    "custom-fields": _field,
    "custom-redirects": _redirect,
    "dynamic-lists": _dynamic,
    "engagement-programs": _program,
    "formula-fields": _formula,
    "prerequisites": _prerequisite,
    "scoring-categories": _category,
    "static-lists": _static,
    "tags": _tag,
}


def grave(kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """What a reviewer must know of a change of one object: another baseline scores everybody anew."""
    points = [table.get("points") for table in (before, after) if table is not None]
    return GRAVES["rescores-everyone"] if kind == "baseline-scoring" and len(set(points)) == 2 else ""
