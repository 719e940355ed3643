"""Which objects a built object names: what must be there before it, and what it keeps from being deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_pardot.labels import ACTIONS, CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Name", "asset_word", "provides", "renamed", "uses"]

Name = tuple[str, str]
"""What a thing is in a word (``tag``, ``list``, ``field``, ``form``) and what it is called."""

_OF_CRITERIA = {
    "account-field": "account field",
    "campaign": "campaign",
    "campaign-status": "campaign",
    "category": "category",
    "custom-field": "field",
    "external-activity": "external activity",
    "file": "file",
    "form": "form",
    "form_handler": "form handler",
    "landing_page": "landing page",
    "list": "list",
    "profile": "profile",
    "redirect": "custom redirect",
    "tag": "tag",
    "webinar": "webinar",
}
_OF_ACTIONS = {
    "assign-group": "group",
    "assign-queue": "queue",
    "assign-user": "user",
    "campaign": "campaign",
    "category": "category",
    "custom-field": "field",
    "increment": "field",
    "list-add": "list",
    "list-remove": "list",
    "notify-user": "user",
    "profile": "profile criterion",
    "tag-add": "tag",
    "tag-remove": "tag",
}
_CRITERIA = {CRITERIA[key].text: word for key, word in _OF_CRITERIA.items()}
_ACTIONS = {ACTIONS[key].text: word for key, word in _OF_ACTIONS.items()}
_KINDS = {
    "custom-fields": "field",
    "custom-redirects": "custom redirect",
    "dynamic-lists": "list",
    "formula-fields": "field",
    "profile-criteria": "profile criterion",
    "scoring-categories": "category",
    "static-lists": "list",
    "tags": "tag",
}
_ASSETS = {"ad": "custom redirect", "link": "custom redirect"}
_EVENTS = {"event": "webinar", "person field": "field"}


def asset_word(kind: str) -> str:
    """What the kind of an asset is called: ``form_handler`` is a form handler, an ad a custom redirect."""
    return _ASSETS.get(kind, kind.replace("_", " "))


def provides(kind: str, table: Mapping[str, Any]) -> Name | None:
    """What others call an emitted object by; ``None``: nothing names it."""
    if kind == "prerequisites":
        return _EVENTS.get(table["kind"], table["kind"]), table["called"]
    word = _KINDS.get(kind)
    return None if word is None else (word, table["name"])


def uses(kind: str, table: Mapping[str, Any]) -> Iterator[Name]:
    """Everything that an emitted object names, in the order of its table; some of it more than once."""
    yield from _criteria(table.get("criteria", ()))
    yield from _actions(table.get("actions", ()))
    for step in table.get("steps", ()):
        yield from _criteria(step.get("criteria", ()))
        yield from _actions((step,))
    yield from _of_kind(kind, table)


def _criteria(rows: Any) -> Iterator[Name]:
    for row in rows:
        if "criteria" in row:
            yield from _criteria(row["criteria"])
        elif row["criterion"] in _CRITERIA and row.get("of"):
            yield _CRITERIA[row["criterion"]], row["of"]


def _actions(rows: Any) -> Iterator[Name]:
    for row in rows:
        if row.get("action") in _ACTIONS and row.get("of"):
            yield _ACTIONS[row["action"]], row["of"]


def _of_kind(kind: str, table: Mapping[str, Any]) -> Iterator[Name]:
    if kind == "completion-actions" and table["asset"]:
        yield asset_word(table["asset_kind"]), table["asset"]
    elif kind == "scoring-categories":
        for asset in table["assets"]:
            yield asset_word(asset["kind"]), asset["name"]
    elif kind == "formula-fields":
        for source in table["sources"]:
            yield "field", source
    elif kind == "profile-criteria":
        yield "profile", table["profile"]
    elif kind == "engagement-programs":
        for name in (table["recipient_list"], *table["suppression_lists"]):
            yield "list", name


# --- another name -------------------------------------------------------------------------------------------------------


def renamed(kind: str, table: Mapping[str, Any], names: Mapping[Name, str]) -> dict[str, Any]:
    """An object's table as it reads when what it names is called otherwise: the platform shows the new name everywhere."""
    if not names:
        return dict(table)
    found = {
        key: _rows(value, names) if key in {"criteria", "actions", "steps"} else value
        for key, value in table.items()
    }
    if kind == "engagement-programs":
        found["recipient_list"] = _now("list", table["recipient_list"], names)
        found["suppression_lists"] = [_now("list", name, names) for name in table["suppression_lists"]]
    return found


def _rows(rows: Any, names: Mapping[Name, str]) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        word = _CRITERIA.get(row.get("criterion", "")) or _ACTIONS.get(row.get("action", ""))
        inner = {"criteria": _rows(row["criteria"], names)} if "criteria" in row else {}
        own = {"of": _now(word, row["of"], names)} if word and row.get("of") else {}
        found.append({**row, **inner, **own})
    return found


def _now(word: str, name: str, names: Mapping[Name, str]) -> str:
    return names.get((word, name), name)
