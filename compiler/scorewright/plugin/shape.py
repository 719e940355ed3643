"""Holds a bundle's tables against a description of their shape, so that an emulator reads nothing misshapen.

A target describes each kind of its objects once, as JSON Schema: pieces are made by the functions here.  What is of the
right shape may still be unbuildable: that is the emulator's to find, in words of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    import jsonschema_rs

    from scorewright.plugin.emulation import Tables

__all__ = [
    "FLAG",
    "NAME",
    "TEXT",
    "WHOLE",
    "Misshapen",
    "Piece",
    "array",
    "gauge",
    "misshapen",
    "one_of",
    "record",
    "row",
    "validator",
    "whole",
]

Piece: TypeAlias = "dict[str, Any]"
"""A piece of JSON Schema, draft 2020-12."""

_MOST = 10**15
"""Up to here a number in JSON is exact in every reader."""

TEXT: Piece = {"type": "string"}
NAME: Piece = {"type": "string", "minLength": 1}
FLAG: Piece = {"type": "boolean"}


def whole(least: int = -_MOST, most: int = _MOST) -> Piece:
    """A whole number within a range; without one, within what any platform holds."""
    return {"type": "integer", "minimum": least, "maximum": most}


WHOLE: Piece = whole()


def one_of(values: Iterable[str]) -> Piece:
    """One of some texts."""
    return {"enum": list(values)}


def array(item: Piece, *, least: int = 0) -> Piece:
    """An array of one thing."""
    return {"type": "array", "items": item, "minItems": least}


def record(required: Mapping[str, Piece], optional: Mapping[str, Piece] | None = None, **more: Any) -> Piece:
    """A closed table: keys that must be there, keys that may, and nothing else."""
    table: Piece = {"type": "object", "properties": {**required, **(optional or {})}, **more}
    return {**table, "required": list(required), "additionalProperties": False}


def row(
    required: Mapping[str, Piece] | None = None, optional: Mapping[str, Piece] | None = None, **more: Any
) -> Piece:
    """An object of a file: beside its own keys it has a name, and says what it exists for and by which lowering."""
    beside = {"for": array(TEXT), "lowering": TEXT}
    return record({"name": NAME, **(required or {})}, {**beside, **(optional or {})}, **more)


def gauge(at: Mapping[str, Piece]) -> Piece:
    """A row of ``gauges``: for each kind of gauge, what its ``at`` looks like."""
    hours = {"settles_in_hours": whole(0), "settles_in_hours_if_prompt": whole(0)}
    apart = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"properties": {"at": piece}}}
        for kind, piece in at.items()
    ]
    return record({"kind": one_of(at), "key": TEXT, "at": {"type": "object"}}, hours, allOf=apart)


def validator(kinds: Mapping[str, Piece], parts: Mapping[str, Piece]) -> jsonschema_rs.Validator:
    """A validator of whole bundles.  ``kinds`` describe a row of each file, ``parts`` what they refer to by name."""
    import jsonschema_rs

    whole_bundle = {**record({}, {kind: array(piece) for kind, piece in kinds.items()}), "$defs": dict(parts)}
    return jsonschema_rs.validator_for(whole_bundle)


class Misshapen(NamedTuple):
    """What is wrong with a bundle: the file, the object (``""``: it has no name), and what it is, in words."""

    kind: str
    name: str
    what: str


def misshapen(checker: jsonschema_rs.Validator, tables: Tables) -> Misshapen | None:
    """The first thing in a bundle that is not of the shape described; ``None`` when all of it is."""
    try:
        if checker.is_valid(tables):
            return _twins(tables)
        instance: Any = tables
        error = next(iter(checker.iter_errors(instance)))
    except ValueError:  # JSON has no such value: a date, a table that is no dict
        instance = _plain(tables)
        found = next(iter(checker.iter_errors(instance)), None)
        if found is None:
            return _twins(tables)
        error = found
    return _told(tables, error)


def _twins(tables: Tables) -> Misshapen | None:
    """Names are unique within a kind."""
    for kind, rows in tables.items():
        seen: set[str] = set()
        for item in rows:
            name = _name(item)
            if name in seen:
                return Misshapen(kind, name, "there are two of that name")
            seen.add(name)
    return None


def _name(item: Any) -> str:
    if not isinstance(item, Mapping):
        return ""
    parts = [item["name"]] if "name" in item else [item.get("kind"), item.get("key")]
    return " ".join(part for part in parts if isinstance(part, str))


_DEEP = 32
"""Values inside one another that are copied: what is deeper was not made by a target that answers."""


def _plain(value: Any, depth: int = 0) -> Any:
    """A copy as JSON has it, nothing in the place of what JSON does not have."""
    if depth > _DEEP:
        return None
    if isinstance(value, Mapping):
        return {str(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, depth + 1) for item in value]
    return value if isinstance(value, (str, bool, int, float)) else None


# --- words ------------------------------------------------------------------------------------------------------------

_WORDS = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "an array",
    "object": "a table",
}
_BEYOND = {
    "minimum": " is too small: the least is {}",
    "maximum": " is too large: the most is {}",
    "minLength": " is empty",
    "minItems": " is empty",
}
_LONGEST = 60


def _told(tables: Tables, error: jsonschema_rs.ValidationError) -> Misshapen:
    path = list(error.instance_path)
    if not path:
        kind = str(getattr(error.kind, "unexpected", ["?"])[0])
        return Misshapen(kind, "", "nobody knows how to build what is in this file")
    kind, inside = str(path[0]), path[2:]
    name = _name(_inside(tables, path[:2])) if len(path) > 1 else ""
    what = _what(error, _inside(tables, path))
    return Misshapen(kind, name, f"{'.'.join(map(str, inside))}: {what}" if inside else what)


def _inside(value: Any, path: list[str | int]) -> Any:
    for part in path:
        value = value[part]
    return value


def _what(error: jsonschema_rs.ValidationError, found: Any) -> str:
    told: Any = error.kind
    if told.name == "required":
        return "an object without a name" if told.property == "name" else f"there is no {told.property!r}"
    if told.name == "additionalProperties":
        return f"no key is called {_shown(told.unexpected[0])} here"
    expected = ""
    if told.name in {"type", "enum"}:
        one = [_WORDS[item] for item in told.types] if told.name == "type" else map(repr, told.options)
        expected = f"expected {' or '.join(one)}, found "
    return expected + _shown(found) + _BEYOND.get(told.name, "").format(getattr(told, "limit", ""))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (Mapping, list, tuple)):
        return "a table" if isinstance(value, Mapping) else "an array"
    text = repr(value) if isinstance(value, (str, int, float)) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
