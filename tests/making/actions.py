"""Made actions: every verb, and nothing that two parts of a spec would write in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model.vocabulary import LIFECYCLE_STAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.making.world import World

__all__ = ["actions"]


def actions(w: World) -> list[dict[str, Any]]:
    """The actions of one `then`."""
    return [_ACTIONS[verb](w) for verb in w.choose.some([*_ACTIONS], 1, 3)]


def _campaign(w: World) -> dict[str, Any]:
    entry = {"add_to_campaign": w.asset(("campaign",), builtin=False)}
    return {**entry, "status": w.text()} if w.choose.flip() else entry


def _lifecycle(w: World) -> dict[str, Any]:
    if not w.once("the lifecycle's stage"):  # two thresholds that write one field are an error
        return _mark(w)
    stage = w.choose.pick(LIFECYCLE_STAGES)
    entry: dict[str, Any] = {"field": w.field_of("text", fresh=True)}
    if w.choose.flip():
        entry["names"] = {stage: "Stage of ours"}
    w.tables["lifecycle"] = entry
    return {"lifecycle": stage}


def _task(w: World) -> dict[str, Any]:
    entry = {"task": w.text()}
    return {**entry, "due": w.duration()} if w.choose.flip() else entry


def _snapshot(w: World) -> dict[str, Any]:
    # Copies for two products would write two scores into one field, which is an error.
    score = w.choose.pick(w.scores_that("engagement", "fit", "combined", each=False) or w.scores[:1])
    return {"snapshot": score.id, "in": w.field_of("number", fresh=True)}


def _set_field(w: World) -> dict[str, Any]:
    kind = w.choose.pick(("text", "number", "yes_no"))
    to = {"text": w.text, "number": lambda: w.choose.integer(-5, 99), "yes_no": w.choose.flip}[kind]()
    return {"set_field": w.field_of(kind, fresh=True), "to": to}


def _mark(w: World) -> dict[str, Any]:
    return {"mark": w.mark()}


def _reset(w: World) -> dict[str, Any]:
    score = w.choose.pick(w.scores_that("engagement"))
    return {"reset": score.id, "to": w.number(0, 20)}


def _assign(w: World) -> dict[str, Any]:
    to = "crm-rule" if w.choose.flip() else w.asset(("queue", "user", "group"), builtin=False)
    return {"assign": to}


def _notify(w: World) -> dict[str, Any]:
    to = w.choose.pick(("owner", "opportunity-owner", ""))
    return {"notify": to or w.asset(("user",), builtin=False)}


_ACTIONS: dict[str, Callable[[World], dict[str, Any]]] = {
    "mark": _mark,
    "unmark": lambda w: {"unmark": w.mark()},
    "notify": _notify,
    "assign": _assign,
    "add_to_campaign": _campaign,
    "add_to_list": lambda w: {"add_to_list": w.asset(("list",), builtin=False)},
    "remove_from_list": lambda w: {"remove_from_list": w.asset(("list",), builtin=False)},
    "lifecycle": _lifecycle,
    "task": _task,
    "stamp": lambda w: {"stamp": w.field_of("date", fresh=True)},
    "snapshot": _snapshot,
    "set_field": _set_field,
    "moment": lambda w: {"moment": w.text()},
    "reset": _reset,
}
