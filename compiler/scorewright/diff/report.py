"""The diff as plain JSON values, with a version: what every other form is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diff.values import GRAVITIES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from scorewright.diff.people import Consequences
    from scorewright.diff.platforms import Platform
    from scorewright.diff.platforms.values import Object
    from scorewright.diff.values import Agreed, Change, Name, Part
    from scorewright.diff.whole import Diff

__all__ = ["VERSION", "report"]

VERSION = 1


def report(diff: Diff) -> dict[str, Any]:
    """The diff in the form that ``json_schema`` describes."""
    return {
        "version": VERSION,
        "title": diff.title,
        "base": diff.base,
        "head": diff.head,
        "same": diff.empty,
        "counts": {
            gravity: sum(change.gravity == gravity for change in diff.changes) for gravity in GRAVITIES
        },
        "agreements": [_agreed(each) for each in diff.agreed],
        "changes": [_change(each) for each in diff.changes],
        "window": None
        if diff.window is None
        else {**diff.window._asdict(), "unreasoned": [*diff.window.unreasoned]},
        "people": None if diff.people is None else _people(diff.people),
        "platforms": [_platform(each) for each in diff.platforms],
        "left_out": [*diff.left_out],
    }


def _platform(platform: Platform) -> dict[str, Any]:
    return {
        "target": platform.target,
        "refused": list(platform.refused),
        "objects": {
            "created": _objects(platform.created, platform.by_api),
            "changed": _objects(platform.changed, platform.by_api),
            "retired": _objects(platform.retired, platform.by_api),
        },
        "grave": [one._asdict() for one in platform.graves],
        "notes": {
            "come": [note._asdict() for note in platform.come],
            "gone": [note._asdict() for note in platform.gone],
        },
        "quotas": [used._asdict() for used in platform.used],
        "minutes_by_hand": platform.minutes,
        "hours_to_wait": platform.hours,
        "steps": [step._asdict() for step in platform.steps],
    }


def _people(people: Consequences) -> dict[str, Any]:
    return {
        "source": people.source,
        "people": people.people,
        "scores": [shift._asdict() for shift in people.shifts],
        "thresholds": [crossing._asdict() for crossing in people.crossings],
        "bands": [label._asdict() for label in people.labels],
        "cases": [
            {
                "who": case.who,
                "scores": [_pair("score", *each) for each in case.scores],
                "thresholds": [_pair("threshold", *each) for each in case.thresholds],
            }
            for case in people.cases
        ],
    }


def _pair(what: str, name: str, before: int, after: int) -> dict[str, Any]:
    return {what: name, "before": before, "after": after}


def _agreed(agreed: Agreed) -> dict[str, Any]:
    return {
        "threshold": agreed.threshold,
        "title": agreed.title,
        "before": agreed.before,
        "after": agreed.after,
        "state": agreed.state,
        "signed": [{"side": side, "by": by, "on": on} for side, by, on in agreed.signed],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "gravity": change.gravity,
        "kind": change.kind,
        "element": _name(change.name),
        "was": _name((change.name[0], change.was)),
        "title": change.title,
        "products": list(change.products),
        "parts": _parts(change.parts),
        "says": change.says,
        "why": change.why,
        "reached": [_name(each) for each in change.reached],
        "moved": _parts(change.moved),
    }


def _parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [part._asdict() for part in parts]


def _name(name: Name) -> str:
    return ".".join(filter(None, name))


def _objects(items: Iterable[Object], by_api: Collection[str]) -> list[dict[str, Any]]:
    """Each object, and who acts on it: the platform's API, or a person."""
    return [{**item._asdict(), "by": "API" if item.kind in by_api else "hand"} for item in items]
