"""Actions of the spec as actions of the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import actions as act
from scorewright_pardot.labels import ACTIONS, FIELD_TYPES, field_label, is_default
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.lasting import let_go
from scorewright_pardot.lower.levels import reset_by_rules
from scorewright_pardot.lower.owners import say_rivals
from scorewright_pardot.lower.scores import set_field_act, set_score_act
from scorewright_pardot.objects import Act

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scorewright.model.elements import Element
    from scorewright_pardot.lower.context import Context

__all__ = ["lower_actions"]


def lower_actions(cx: Context, actions: Iterable[act.Action], element: Element) -> tuple[Act, ...]:
    """One action of the platform for each of the spec's (for each list or campaign name, where there are several)."""
    actions = tuple(actions)
    put = {_put(action) for action in actions}
    found: list[Act] = []
    for action in actions:
        if _taken(action) in put:
            continue  # what is put and taken off in one moment is put; a rule's actions come in no promised order
        found.extend(_TABLE[type(action)](cx, action, element))
    return tuple(found)


def _put(action: act.Action) -> tuple[str, str] | None:
    """The mark or list that an action puts somebody on."""
    match action:
        case act.PutMark(name):
            return "mark", name
        case act.AddToList(name):
            return "list", name
    return None


def _taken(action: act.Action) -> tuple[str, str]:
    """The mark or list that an action takes somebody off."""
    match action:
        case act.TakeMark(name):
            return "mark", name
        case act.RemoveFromList(name):
            return "list", name
    return "", ""


def _act(word: str, of: str = "", value: str = "") -> Act:
    return Act(ACTIONS[word].text, of, value)


def _assign(cx: Context, action: act.Assign, element: Element) -> list[Act]:
    cx.rest_on("assignment-keeps-owner")
    say_rivals(cx, action, element)
    if action.to == "crm-rule":
        return [_act("assign-rule")]
    asset = cx.model.assets[action.to]
    kind = asset.kinds[0]
    name = cx.need(kind, asset.texts_on("pardot")[0], element)
    return [_act(f"assign-{kind}", name)]


def _notify(cx: Context, action: act.Notify, element: Element) -> list[Act]:
    if action.to == "owner":
        return [_act("notify-owner")]
    if action.to == "opportunity-owner":
        raise CannotLowerError(
            "no-action-for-it",
            "no action notifies the owner of an opportunity",
            "add the person to a Salesforce campaign and let a Salesforce flow tell the opportunity's owner",
            action.path,
        )
    names = cx.model.assets[action.to].texts_on("pardot")
    return [_act("notify-user", cx.need("user", name, element)) for name in names]


def _campaign(cx: Context, action: act.AddToCampaign, element: Element) -> list[Act]:
    cx.rest_on("campaign-status-in-action")
    check = f"has the member status {action.status}" if action.status else ""
    names = cx.model.assets[action.campaign].texts_on("pardot")
    return [
        _act("campaign", cx.need("campaign", name, element, check), action.status or "") for name in names
    ]


def _add_to_list(cx: Context, action: act.AddToList, element: Element) -> list[Act]:
    names = cx.model.assets[action.list].texts_on("pardot")
    return [_act("list-add", cx.static_list(name, element, "The model puts people on it.")) for name in names]


def _remove_from_list(cx: Context, action: act.RemoveFromList, element: Element) -> list[Act]:
    names = cx.model.assets[action.list].texts_on("pardot")
    return [
        _act("list-remove", cx.static_list(name, element, "The model takes people off it.")) for name in names
    ]


def _lifecycle(cx: Context, action: act.SetLifecycle, element: Element) -> list[Act]:
    cycle = cx.model.lifecycle
    assert cycle.field is not None
    word = cycle.names.get(action.stage, action.stage.upper())
    return _write(cx, cycle.field, word, element)


def _set_field(cx: Context, action: act.SetField, element: Element) -> list[Act]:
    word = {True: "Yes", False: "No"}[action.value] if isinstance(action.value, bool) else str(action.value)
    return _write(cx, action.field, word, element)


def _write(cx: Context, key: str, word: str, element: Element) -> list[Act]:
    field = cx.model.fields[key]
    if field.of == "account":
        raise CannotLowerError(
            "no-action-for-it",
            "no action writes a field of the account",
            "write a field of the person",
            element.path,
        )
    name = field_label(field)
    if not is_default(field):
        cx.need("person field", name, element, f"type {FIELD_TYPES[field.type]}")
    return [set_field_act(name, word, default=is_default(field))]


def _task(_cx: Context, action: act.CreateTask, _element: Element) -> list[Act]:
    return [_act("task", action.subject, f"due in {action.due}" if action.due else "")]


def _mark(cx: Context, action: act.PutMark, _element: Element) -> list[Act]:
    return [_act("tag-add", cx.homes.tag_of(cx.model.marks[action.mark]))]


def _unmark(cx: Context, action: act.TakeMark, _element: Element) -> list[Act]:
    return [_act("tag-remove", cx.homes.tag_of(cx.model.marks[action.mark]))]


def _reset(cx: Context, action: act.Reset, element: Element) -> list[Act]:
    home = cx.homes.require(cx, action.score, action.path)
    # What is earned between the event and the rule's look is lost with the rest; what was to be lost is kept.
    cx.edge(*cx.off({action.score: (None, None)}, "crowded", feeds=False))
    if home.kind == "category":
        return [reset_by_rules(cx, action, element), *let_go(cx, action.score)]
    if action.score in cx.homes.mirrored:
        return [set_field_act(home.name, action.to.value), *let_go(cx, action.score)]
    if home.kind != "overall":
        raise CannotLowerError(
            "no-home-for-score",
            "the score is not kept apart from the total, so nothing can tell how much of it is left",
            f"{cx.homes.instead_of_category(action.score)}; or give this score events that a scoring category counts",
            action.path,
            ("category-only-adjusts",),
        )
    cx.homes.alone(cx, action.path)
    cx.rest_on("sets-jump-back")
    return [set_score_act(action.to.value), *let_go(cx, action.score)]


def _nothing(_cx: Context, action: act.Action, _element: Element) -> list[Act]:
    what = {
        act.Stamp: "writes the present date",
        act.Snapshot: "copies a score",
        act.Moment: "records a moment",
    }
    raise CannotLowerError(
        "no-action-for-it",
        f"no action of the platform {what[type(action)]}",
        'write { add_to_campaign = "…" } in its place, and let a Salesforce flow on that campaign do it',
        action.path,
    )


_TABLE: dict[type, Callable[[Context, Any, Element], list[Act]]] = {
    act.Assign: _assign,
    act.Notify: _notify,
    act.AddToCampaign: _campaign,
    act.AddToList: _add_to_list,
    act.RemoveFromList: _remove_from_list,
    act.SetLifecycle: _lifecycle,
    act.CreateTask: _task,
    act.Stamp: _nothing,
    act.Snapshot: _nothing,
    act.SetField: _set_field,
    act.Moment: _nothing,
    act.PutMark: _mark,
    act.TakeMark: _unmark,
    act.Reset: _reset,
}
