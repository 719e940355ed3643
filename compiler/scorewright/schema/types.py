"""The kinds of value that a key can take: how each is written, in words and as JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "BOOL",
    "CLOCK",
    "COUNT",
    "DATE",
    "DATES",
    "DURATION",
    "ID",
    "IDS",
    "ID_ARRAY",
    "ID_PATTERN",
    "LETTER",
    "NUMBER",
    "NUMBER_OR_LETTER",
    "PERCENT",
    "SCALAR",
    "SCALAR_OR_TEXTS",
    "TEXT",
    "TEXTS",
    "TEXT_ARRAY",
    "TIME",
    "VALUE",
    "WINDOW",
    "Type",
    "array",
    "by_id",
    "enum",
    "enums",
    "literal",
    "record",
    "table_of",
    "text_by_target",
    "texts_by_target",
]

ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
_DURATION_PATTERN = "^[1-9][0-9]{0,4}(min|h|d|w)$"
DATES = "x-dates"
"""Marks where a TOML date may stand (``too``) or must (``only``): JSON has no dates."""
_INT32 = {"minimum": -(2**31), "maximum": 2**31 - 1}


def _or_date(types: list[str], **more: object) -> dict[str, object]:
    """Values of these types, or a date; editors take a date only by its format, so each way has a branch of its own."""
    plain = {"type": types, **_INT32, **more}
    return {"anyOf": [plain, {"type": "string", "format": "date"}], DATES: "too"}


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of value: what to call it in a message, and the JSON Schema that accepts it."""

    words: str
    schema: Mapping[str, Any] = field(default_factory=dict)
    record: str | None = None
    """The record that a value (or each member of it) is, for the reference page."""

    def to_schema(self) -> dict[str, Any]:
        """The JSON Schema, with the words beside it for the messages."""
        return {**self.schema, "x-words": self.words}


_ID = {"type": "string", "pattern": ID_PATTERN, "maxLength": 64}

ID = Type("an id (lower-case letters, digits and hyphens)", _ID)
IDS = Type(
    "an id, or an array of ids",
    {"type": ["string", "array"], "pattern": ID_PATTERN, "maxLength": 64, "items": _ID, "minItems": 1},
)
ID_ARRAY = Type("an array of ids", {"type": "array", "items": _ID, "minItems": 1})
_SEEN = {"pattern": r"\S"}
"""Blanks alone are no text: `contains` would find them in everything."""
_TEXT = {"type": "string", **_SEEN, "x-words": "a text"}
TEXT = Type("a text", {"type": "string", **_SEEN})
TEXTS = Type(
    "a text, or an array of texts",
    {"type": ["string", "array"], **_SEEN, "items": _TEXT, "minItems": 1},
)
TEXT_ARRAY = Type("an array of texts", {"type": "array", "items": _TEXT, "minItems": 1})
BOOL = Type("true or false", {"type": "boolean"})
NUMBER = Type(
    "a number: an integer, or the id of a value",
    {"type": ["integer", "string"], **_INT32, "pattern": ID_PATTERN, "maxLength": 64},
)
NUMBER_OR_LETTER = Type(
    "a number: an integer, or the id of a value (for a grade: a letter such as B+)",
    {**NUMBER.schema, "pattern": "^([a-z0-9]+(-[a-z0-9]+)*|[A-D][+-]?|F)$"},
)
COUNT = Type("a count from 1 to 10,000", {"type": "integer", "minimum": 1, "maximum": 10_000})
PERCENT = Type("a percent from 1 to 1000", {"type": "integer", "minimum": 1, "maximum": 1000})
VALUE = Type("a text, an integer, or true or false", {"type": ["string", "integer", "boolean"], **_INT32})
SCALAR = Type("a text, an integer, a date, or true or false", _or_date(["string", "integer", "boolean"]))
SCALAR_OR_TEXTS = Type(
    "a value, or an array of texts",
    _or_date(["string", "integer", "boolean", "array"], items={"type": "string"}),
)
DURATION = Type(
    'a duration such as "15min", "24h", "30d" or "2w"', {"type": "string", "pattern": _DURATION_PATTERN}
)
WINDOW = Type(
    'a window: a duration such as "30d", "visit", or "calendar day", "calendar week", "calendar month", '
    '"calendar quarter" or "calendar year"',
    {
        "type": "string",
        "pattern": "^([1-9][0-9]{0,4}(min|h|d|w)|calendar (day|week|month|quarter|year)|visit)$",
    },
)
DATE = Type("a date such as 2026-05-01, without quotes", {"type": "string", "format": "date", DATES: "only"})
TIME = Type(
    "a time such as 2026-05-01T10:00:00 (or a date), without quotes",
    {
        "anyOf": [{"type": "string", "format": name} for name in ("date", "date-time", "date-time-local")],
        DATES: "only",
    },
)
CLOCK = Type(
    'a clock time in quotes, such as "08:00"',
    {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
)
LETTER = Type("a letter grade from A+ to D-, or F", {"type": "string", "pattern": "^([A-D][+-]?|F)$"})


def enum(*values: str) -> Type:
    """One of these words."""
    return Type("one of " + " ".join(values), {"enum": list(values)})


def literal(value: object) -> Type:
    """This value and no other."""
    return Type(str(value).lower(), {"const": value})


def enums(*values: str) -> Type:
    """An array of these words."""
    return Type(
        "an array of " + " ".join(values), {"type": "array", "items": {"enum": list(values)}, "minItems": 1}
    )


def array(of: Type, least: int = 1) -> Type:
    """An array of values of one type."""
    words = f"an array of {of.record.replace('_', ' ')}s" if of.record else f"an array, each {of.words}"
    return Type(words, {"type": "array", "items": of.to_schema(), "minItems": least}, of.record)


def by_id(of: Type) -> Type:
    """A table whose keys are the writer's ids."""
    return table_of(of, ID_PATTERN)


def table_of(of: Type, pattern: str) -> Type:
    """A table whose keys follow a pattern and whose values are of one type."""
    names = {"pattern": pattern, "maxLength": 64}
    schema = {
        "type": "object",
        "additionalProperties": of.to_schema(),
        "propertyNames": names,
        "minProperties": 1,
    }
    return Type(f"a table: id = {of.words}", schema, of.record)


def record(name: str) -> Type:
    """A table of the language that stands inside others: a condition, an event, a limit."""
    return Type(f"a table ({name.replace('_', ' ')})", {"$ref": f"#/$defs/{name}"}, name)


_TARGET_KEY = "^[a-z0-9]+(-[a-z0-9]+)*$"


def text_by_target() -> Type:
    """One text for each platform: ``{ marketo = "Person Score" }``."""
    return table_of(TEXT, _TARGET_KEY)


def texts_by_target() -> Type:
    """One or several texts for each platform."""
    return table_of(TEXTS, _TARGET_KEY)
