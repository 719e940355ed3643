"""Tables of the document to actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import actions as act
from scorewright.model.read import rules
from scorewright.model.read.scope import duration

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.read.scope import Scope

__all__ = ["actions"]


def actions(raw: list[dict[str, Any]], path: KeyPath, scope: Scope) -> tuple[act.Action, ...]:
    """The actions of one ``then``, in order."""
    return tuple(_action(item, (*path, index), scope) for index, item in enumerate(raw))


def _action(raw: dict[str, Any], path: KeyPath, scope: Scope) -> act.Action:
    verbs = [key for key in raw if key in _VERBS]
    if len(verbs) > 1:
        message = f"an action has one verb; found {' and '.join(verbs)}"
        finding = rules.ONE_SUBJECT.at((*path, verbs[1]), message, help="write one action a line", on="key")
        scope.found.append(finding)
    return _VERBS[verbs[0]](raw, path, scope)


def _assign(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    to = raw["assign"]
    if to != "crm-rule":
        (to,) = scope.assets(to, (*path, "assign"), ("queue", "user", "group"), "assign")
    return act.Assign(to, path=path)


def _notify(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    to = raw["notify"]
    if to not in {"owner", "opportunity-owner"}:
        (to,) = scope.assets(to, (*path, "notify"), ("user",), "notify")
    return act.Notify(to, path=path)


def _campaign(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    (campaign,) = scope.assets(
        raw["add_to_campaign"], (*path, "add_to_campaign"), ("campaign",), "add_to_campaign"
    )
    return act.AddToCampaign(campaign, raw.get("status"), path=path)


def _add(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    return act.AddToList(_list("add_to_list", raw, path, scope), path=path)


def _remove(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    return act.RemoveFromList(_list("remove_from_list", raw, path, scope), path=path)


def _list(verb: str, raw: Any, path: KeyPath, scope: Scope) -> str:
    (found,) = scope.assets(raw[verb], (*path, verb), ("list",), verb)
    return found


def _lifecycle(raw: Any, path: KeyPath, _scope: Scope) -> act.Action:
    return act.SetLifecycle(raw["lifecycle"], path=path)


def _task(raw: Any, path: KeyPath, _scope: Scope) -> act.Action:
    return act.CreateTask(raw["task"], duration(raw["due"]) if "due" in raw else None, path=path)


def _stamp(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    return act.Stamp(scope.name("fields", raw["stamp"], (*path, "stamp")), path=path)


def _snapshot(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    score = scope.score(raw["snapshot"], (*path, "snapshot"))
    return act.Snapshot(score, scope.name("fields", raw["in"], (*path, "in")), path=path)


def _set_field(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    return act.SetField(scope.name("fields", raw["set_field"], (*path, "set_field")), raw["to"], path=path)


def _moment(raw: Any, path: KeyPath, _scope: Scope) -> act.Action:
    return act.Moment(raw["moment"], path=path)


def _mark(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    return act.PutMark(scope.name("marks", raw["mark"], (*path, "mark")), path=path)


def _unmark(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    return act.TakeMark(scope.name("marks", raw["unmark"], (*path, "unmark")), path=path)


def _reset(raw: Any, path: KeyPath, scope: Scope) -> act.Action:
    to, at = raw["to"], (*path, "to")
    if isinstance(to, bool):
        message = "a score is reset to a number"
        scope.found.append(rules.BAD_TEST.at(at, message, help="write an integer or the id of a value"))
        to = 0
    return act.Reset(scope.score(raw["reset"], (*path, "reset")), scope.number(to, at), path=path)


_VERBS: dict[str, Callable[[Any, KeyPath, Scope], act.Action]] = {
    "assign": _assign,
    "notify": _notify,
    "add_to_campaign": _campaign,
    "add_to_list": _add,
    "remove_from_list": _remove,
    "lifecycle": _lifecycle,
    "task": _task,
    "stamp": _stamp,
    "snapshot": _snapshot,
    "set_field": _set_field,
    "moment": _moment,
    "mark": _mark,
    "unmark": _unmark,
    "reset": _reset,
}
