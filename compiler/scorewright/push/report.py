"""A plan, a push and a status as one JSON object, which the text is rendered from too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.push.records import version_of
from scorewright.push.values import DEEDS, HANDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.compiling.lock import Locked
    from scorewright.push.apply import Applied
    from scorewright.push.records import Pushed
    from scorewright.push.values import Difference, Item, Plan

__all__ = ["VERSION", "plan_report", "push_report", "status_report"]

VERSION = 1


def plan_report(plan: Plan) -> dict[str, Any]:
    """A plan, as ``plan --format json`` and ``--out`` give it."""
    return {
        "version": VERSION,
        "instance": plan.instance,
        "kind": plan.kind,
        "target": plan.target,
        "account": plan.identity,
        "model": plan.model,
        "spec": plan.spec,
        "digest": plan.digest,
        "clean": plan.clean,
        "counts": {deed: len(plan.having(deed)) for deed in DEEDS},
        "by_hand": {hand: sum(item.hand == hand for item in plan.items) for hand in HANDS if hand},
        "calls": {"read": plan.reads.calls, "write": len(plan.writes)},
        "used": {name: {"used": used, "given": given} for name, (used, given) in plan.reads.used.items()},
        "steps": [step._asdict() for step in plan.steps],
        "confirm": {grave: plan.graves[grave] for grave in plan.grave},
        "items": [_item(item) for item in plan.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "kind": item.key.kind,
        "name": item.key.name,
        "elements": list(item.elements),
        "deed": item.deed,
        "differences": _differences(item.differences),
        "by_hand": item.hand,
        "by_hand_differences": _differences(item.by_hand),
        "unread": list(item.unread),
        "switch": item.switch,
        "confirm": item.grave,
        "why": item.why,
    }


def _differences(found: Iterable[Difference]) -> list[dict[str, Any]]:
    return [{"where": one.where, "found": one.found, "wanted": one.wanted} for one in found]


def status_report(plan: Plan, now: Locked, before: Locked | None, pushed: Pushed | None) -> dict[str, Any]:
    """A plan, with what the lock file knows: what was carried out and pushed, and who has moved since.

    ``clean``: spec, lock file and instance are one.
    """
    moved = [_moved(item, pushed) for item in plan.items if item.deed in {"create", "change", "conflict"}]
    same = before is not None and before.digest == now.digest
    return {
        **plan_report(plan),
        "clean": plan.clean,
        "locked": None if before is None else {"on": before.on, "version": before.digest[:8], "same": same},
        "pushed": None
        if pushed is None
        else {
            "on": pushed.on,
            "objects": len(pushed.made),
            "same": pushed.spec == now.digest,
            "facts": dict(pushed.facts),
        },
        "moved": moved,
    }


def _moved(item: Item, pushed: Pushed | None) -> dict[str, str]:
    """Who has moved since the last push: the spec, the instance, or both; ``new`` where no push has made it."""
    before = pushed.made.get(item.key) if pushed is not None else None
    wanted = item.resource.made if item.resource is not None else {}
    there = {key: item.found.made.get(key) for key in wanted} if item.found is not None else {}
    if before is None:
        who = "new"
    elif before == version_of(wanted):
        who = "instance"
    else:
        who = "spec" if before == version_of(there) else "both"
    return {"kind": item.key.kind, "name": item.key.name, "who": who}


def push_report(plan: Plan, applied: Applied | None) -> dict[str, Any]:
    """What a push or a retire did: the plan, and how far it came.  Without ``applied`` nobody agreed to it."""
    return {
        **plan_report(plan),
        "applied": None
        if applied is None
        else {
            "whole": applied.whole,
            "stopped": applied.stopped,
            "done": [_done(deed, key) for deed, key in applied.done],
            "refused": [{"kind": key.kind, "name": key.name, "why": why} for key, why in applied.refused],
            "not_seen": [
                {"kind": key.kind, "name": key.name, "differences": _differences(odd)}
                for key, odd in applied.odd.items()
            ],
        },
    }


def _done(deed: str, key: Any) -> dict[str, str]:
    return {"deed": deed, "kind": key.kind, "name": key.name}
