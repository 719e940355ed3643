"""The JSON Schemas of what ``plan``, ``push``, ``retire``, ``status`` and ``login`` print, and of the file that a plan is."""

from __future__ import annotations

from typing import Any

from scorewright.diagnostics.json_ import closed
from scorewright.diagnostics.json_ import schema as found_schema
from scorewright.push.report import VERSION
from scorewright.push.values import DEEDS, HANDS

__all__ = ["login_schema", "plan_file_schema", "plan_schema", "push_schema", "status_schema"]


def plan_schema() -> dict[str, Any]:
    """What ``plan --format json`` prints: what ``check`` does, and the plan (null: none could be made)."""
    return _printed("plan", _PLAN)


def push_schema() -> dict[str, Any]:
    """What ``push`` and ``retire`` print: the plan, and how far it came."""
    return _printed("push", {**_PLAN, **_with(applied={"anyOf": [_APPLIED, {"type": "null"}]})})


def status_schema() -> dict[str, Any]:
    """What ``status`` prints: the plan, and what the lock file knows."""
    return _printed(
        "status", {**_PLAN, **_with(locked=_or_null(_LOCKED), pushed=_or_null(_PUSHED), moved=_MOVED)}
    )


def login_schema() -> dict[str, Any]:
    """What ``login`` prints."""
    permission = closed(what=_TEXT, missing={**_TEXT, "description": "Empty: nothing is missing."})
    return _printed(
        "login",
        closed(
            version={"const": VERSION},
            instance=_TEXT,
            account=_TEXT,
            way=_TEXT,
            sources={"type": "object", "additionalProperties": _TEXT},
            permissions={"type": "array", "items": permission},
        ),
    )


def plan_file_schema() -> dict[str, Any]:
    """What ``plan --out`` writes, and ``push --plan`` reads."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scorewright plan",
        "description": "What scorewright plan writes with --out.",
        **_PLAN,
    }


def _printed(key: str, one: dict[str, Any]) -> dict[str, Any]:
    return {
        **found_schema(**{key: {**_or_null(one), "description": "null when the command could not begin."}}),
        "title": f"Scorewright {key} report",
        "description": f"What scorewright {key} prints with --format json.",
    }


def _or_null(one: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [one, {"type": "null"}]}


def _with(**more: dict[str, Any]) -> dict[str, Any]:
    """A plan's keys and these."""
    return closed(**_PLAN["properties"], **more)


_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_TEXTS = {"type": "array", "items": _TEXT}
_DIFFERENCES = {"type": "array", "items": closed(where=_TEXT, found={}, wanted={})}
_ITEM = closed(
    kind=_TEXT,
    name=_TEXT,
    elements=_TEXTS,
    deed={"enum": list(DEEDS)},
    differences=_DIFFERENCES,
    by_hand={"enum": list(HANDS)},
    by_hand_differences=_DIFFERENCES,
    unread={**_TEXTS, "description": "Parts that nobody can read back."},
    switch={"enum": ["", "on", "off"]},
    confirm=_TEXT,
    why=_TEXT,
)
_PLAN = closed(
    version={"const": VERSION},
    instance={**_TEXT, "description": "The instance of scorewright.toml."},
    kind={"enum": ["sandbox", "production"]},
    target=_TEXT,
    account={**_TEXT, "description": "The account's own id on the platform."},
    model=_TEXT,
    spec={**_TEXT, "description": "A digest of the spec's files."},
    digest={**_TEXT, "description": "Tells this plan from another: push --plan compares it."},
    clean={"type": "boolean", "description": "Nothing to do for anybody."},
    counts=closed(**dict.fromkeys(DEEDS, _COUNT)),
    by_hand=closed(**{hand: _COUNT for hand in HANDS if hand}),
    calls=closed(read=_COUNT, write=_COUNT),
    used={"type": "object", "additionalProperties": closed(used=_COUNT, given=_COUNT)},
    steps={
        "type": "array",
        "description": "The way from the version that was carried out before, in order.",
        "items": closed(title=_TEXT, by_hand={"type": "boolean"}, minutes={"type": "number"}, hours=_COUNT),
    },
    confirm={"type": "object", "additionalProperties": _TEXT},
    items={"type": "array", "items": _ITEM},
)
_DONE = closed(deed=_TEXT, kind=_TEXT, name=_TEXT)
_APPLIED = closed(
    whole={"type": "boolean", "description": "Everything was done, and is there."},
    stopped={**_TEXT, "description": "Why it stopped before the end; empty: it did not."},
    done={"type": "array", "items": _DONE},
    refused={"type": "array", "items": closed(kind=_TEXT, name=_TEXT, why=_TEXT)},
    not_seen={"type": "array", "items": closed(kind=_TEXT, name=_TEXT, differences=_DIFFERENCES)},
)
_LOCKED = closed(on=_TEXT, version=_TEXT, same={"type": "boolean"})
_PUSHED = closed(
    on=_TEXT,
    objects=_COUNT,
    same={"type": "boolean"},
    facts={"type": "object", "description": "The facts that had been probed then, with their answers."},
)
_MOVED = {
    "type": "array",
    "items": closed(kind=_TEXT, name=_TEXT, who={"enum": ["new", "spec", "instance", "both"]}),
}
