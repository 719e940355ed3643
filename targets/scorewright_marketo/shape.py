"""The shape of every table that this target emits, kind by kind: which keys, of which types, and what must be there.

A key must be there if nobody could build the object without it.  What the emulator refuses in words of its own (a flow
step that is not known, say) is a text here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from scorewright.plugin import shape
from scorewright.plugin.shape import FLAG, NAME, TEXT, WHOLE, array, one_of, record, row, whole

if TYPE_CHECKING:
    import jsonschema_rs

    from scorewright.plugin.emulation import Tables
    from scorewright.plugin.shape import Misshapen, Piece

__all__ = ["PARTS", "SHAPES", "misshapen"]


def _part(name: str) -> Piece:
    return {"$ref": f"#/$defs/{name}"}


_TEXTS = array(TEXT)

PARTS: dict[str, Piece] = {
    "clause": record(
        {"rule": NAME},
        {
            "api": TEXT,
            "attribute": TEXT,
            "operator": TEXT,
            "values": _TEXTS,
            "constraints": array(record({"name": NAME, "operator": TEXT, "values": _TEXTS})),
        },
        dependentRequired={"operator": ["values"], "values": ["operator"]},
    ),
    "step": record(
        {"step": NAME, "fields": array(record({"label": NAME, "value": TEXT}))},
        {
            "api": TEXT,
            "varies": NAME,
            "choices": array(record({"if": _part("clause"), "value": TEXT}), least=1),
            "default": TEXT,
        },
        dependentRequired={
            "varies": ["choices"],
            "choices": ["varies", "default"],
            "default": ["choices"],
        },
    ),
}
"""What pieces refer to by name: a trigger, filter or condition, and a step of a flow."""

_CLAUSES = array(_part("clause"))

DATA_TYPES = (
    "boolean",
    "currency",
    "date",
    "datetime",
    "email",
    "float",
    "integer",
    "percent",
    "phone",
    "score",
    "string",
    "text",
    "url",
)
"""Data types of person fields, as the API calls them (Adobe Developer, Marketo Engage, field types)."""

_FIELD = row(
    {"label": NAME, "type": one_of(DATA_TYPES)},
    {"api_name": TEXT, "standard": FLAG, "can_be_deleted": FLAG, "why": TEXT},
)

AT: dict[str, Piece] = {
    "score": record({"field": NAME}),
    "grade": record({"field": NAME}),
    "mark": record({"list": NAME}),
    "segment": record({"smart_list": NAME}),
    "list": record({"list": NAME}),
    "field": record({"field": NAME}),
    "campaign": record({"campaign": NAME}),
    "done": record(
        {
            "step": NAME,
            "fields": {"type": "object", "additionalProperties": TEXT},
            "campaigns": array(NAME),
        },
        {"nth": whole(1)},
    ),
}

SHAPES: dict[str, Piece] = {
    "prerequisites": row({"kind": TEXT, "asset": TEXT}, {"check": TEXT}),
    "helper-fields": _FIELD,
    "score-fields": _FIELD,
    "programs": row(
        {"program": NAME, "type": one_of(("Default",)), "channel": one_of(("Operational",))},
        {"folder": TEXT, "workspace": TEXT, "description": TEXT, "product": TEXT},
    ),
    "folders": row({"program": NAME, "folder": NAME}),
    "tokens": row(
        {"program": NAME, "token": NAME, "value": WHOLE},
        {
            "type": one_of(("score",)),
            "shown": NAME,
            "reference": TEXT,
            "coupled": _TEXTS,
            "inverse": _TEXTS,
        },
    ),
    "static-lists": row({}, {"program": NAME, "list": NAME, "why": TEXT}),
    "smart-lists": row(
        {"filters": array(_part("clause"), least=1)},
        {"program": NAME, "list": NAME, "filter_logic": NAME, "why": TEXT},
    ),
    "smart-campaigns": row(
        {
            "program": NAME,
            "campaign": NAME,
            "type": TEXT,
            "smart_list": record({}, {"triggers": _CLAUSES, "filters": _CLAUSES, "filter_logic": NAME}),
            "flow": array(_part("step")),
        },
        {
            "folder": TEXT,
            "status": one_of(("inactive",)),
            "qualification": TEXT,
            "schedule": TEXT,
            "switched_on": TEXT,
            "why": TEXT,
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
