"""The shape of every table that this target emits, kind by kind: which keys, of which types, and what must be there.

A key must be there if nobody could build the object without it.  What the emulator refuses in words of its own (an
action that no dropdown offers, say) is a text here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scorewright.plugin import shape
from scorewright.plugin.shape import FLAG, NAME, TEXT, WHOLE, array, one_of, record, row, whole
from scorewright_pardot.labels import FIELD_TYPES

if TYPE_CHECKING:
    import jsonschema_rs

    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.shape import Misshapen, Piece

__all__ = ["PARTS", "SHAPES", "misshapen"]


def _part(name: str) -> Piece:
    return {"$ref": f"#/$defs/{name}"}


_MATCH: dict[str, Piece] = {"match": TEXT, "criteria": array(_part("criterion"))}
_ACTIONS = array(record({"action": TEXT}, {"of": TEXT, "value": TEXT}))

_ALONE = record({"criterion": TEXT, "operator": TEXT}, {"of": TEXT, "value": TEXT})
_STEP = record(
    {"number": whole(1, 1_000), "step": one_of(("Rule", "Action", "End"))},
    {
        "wait_days": whole(0, 36_500),
        "match": TEXT,
        "criteria": array(_ALONE),
        "yes": WHOLE,
        "no": WHOLE,
        "action": TEXT,
        "of": TEXT,
        "value": TEXT,
        "then": WHOLE,
    },
)

PARTS: dict[str, Piece] = {
    "criterion": {
        "type": "object",
        "if": {"required": ["criteria"]},
        "then": record(_MATCH),
        "else": _ALONE,
    },
}
"""What pieces refer to by name: a criterion, or a group of criteria."""

_DAY: Piece = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_ONE_OR_ALL: Piece = {"type": ["string", "array"], "minLength": 1, "minItems": 1, "items": NAME}


def _read(*labels: str, **more: Piece) -> Piece:
    return record({"read": one_of(labels), **more})


_FIELD = ("Prospect custom field", "Prospect default field", "Prospect account field")

AT: dict[str, Piece] = {
    "score": record(
        {"read": one_of(("Prospect score", "Prospect scoring category", *_FIELD))},
        {"of": NAME},
        **{"if": {"properties": {"read": {"const": "Prospect score"}}}, "else": {"required": ["of"]}},
    ),
    "grade": _read("Prospect grade", hidden=TEXT),
    "mark": _read("Prospect tag", of=NAME),
    "segment": _read("Prospect list", of=NAME),
    "list": _read("Prospect list", of=_ONE_OR_ALL),
    "campaign": _read("Prospect CRM campaign", of=_ONE_OR_ALL),
    "field": record({"read": one_of(_FIELD), "of": NAME}, {"type": one_of(FIELD_TYPES)}),
    "done": record(
        {"read": one_of(("what was done",)), "action": NAME, "by": array(NAME)},
        {"of": {**_ONE_OR_ALL, "minLength": 0}, "value": TEXT, "times": WHOLE},
    ),
}

SHAPES: dict[str, Piece] = {
    "prerequisites": row({"kind": TEXT, "called": TEXT}, {"check": TEXT}),
    "custom-fields": row({"field_id": NAME, "type": TEXT}),
    "formula-fields": row({"formula": TEXT}, {"sources": array(NAME)}),
    "tags": row(),
    "profile-criteria": row({"profile": NAME, "criterion": NAME, "thirds": WHOLE}),
    "scoring-categories": row({"folder": TEXT, "assets": array(record({"kind": TEXT, "name": NAME}))}),
    "static-lists": row(),
    "dynamic-lists": row(_MATCH),
    "baseline-scoring": row({"points": WHOLE}, {"shipped": WHOLE}),
    "custom-redirects": row(),
    "page-actions": row({"path": NAME, "match": TEXT, "actions": _ACTIONS}),
    "completion-actions": row({"asset_kind": TEXT, "asset": NAME, "actions": _ACTIONS}),
    "segmentation-rules": row({**_MATCH, "actions": _ACTIONS}, {"resume_phase": WHOLE}),
    "automation-rules": row(
        {**_MATCH, "actions": _ACTIONS, "repeat": FLAG, "state": TEXT, "resume_phase": WHOLE},
        {
            "days_before_repeat": whole(0, 36_500),
            "match_limit": {"type": ["integer", "string"], "minimum": 1},
            "days": record({"outside": FLAG}, {"from": _DAY, "until": _DAY}),
        },
    ),
    "engagement-programs": row(
        {
            "recipient_list": NAME,
            "suppression_lists": array(NAME),
            "repeat": FLAG,
            "state": TEXT,
            "start_phase": WHOLE,
            "steps": array(_STEP),
        },
        {
            "days_before_repeat": whole(0, 36_500),
            "entry_limit": {"type": ["integer", "string"], "minimum": 1},
            "business_hours_only": FLAG,
        },
    ),
    "gauges": shape.gauge(AT),
}
"""A row of each file, by its stem."""


def misshapen(tables: Tables) -> Misshapen | None:
    """The first thing in a bundle that no compile writes so; ``None`` when all of it has its shape."""
    return shape.misshapen(_validator(), tables)


@cache
def _validator() -> jsonschema_rs.Validator:
    return shape.validator(SHAPES, PARTS)
