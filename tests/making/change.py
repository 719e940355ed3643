"""Changes of a spec that nobody has listed: one thing in its tables is another, comes, goes, or stands elsewhere."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.making.choose import Choose

__all__ = ["change"]

_ELEMENTS = (
    "rules",
    "tiers",
    "inputs",
    "decay",
    "thresholds",
    "bands",
    "groups",
    "grades",
    "segments",
    "scores",
)
"""Tables whose entries say what happens; the others only name things."""
_NAMES = ("assets", "marks", "terms", "values", "fields")
_LENGTH = re.compile(r"(\d+)(d|h|m|min|w)")
_LIMITS: tuple[Any, ...] = (
    {"times": 1},
    {"times": 2},
    {"times": 3},
    {"times": 1, "per": "7d"},
    {"times": 1, "per": "30d"},
    {"times": 1, "per": "day"},
    {"times": 2, "per": "30d"},
    {"times": 1, "each": "asset"},
    {"points": 20},
)
_KEYS: dict[str, tuple[tuple[str, tuple[Any, ...]], ...]] = {
    "rules": (("limit", _LIMITS), ("keep", (True,)), ("title", ("Another",)), ("expires", ("30d", "60d"))),
    "scores": (
        ("floor", (0, -10)),
        ("ceiling", (40, 100)),
        ("start", (0, 5)),
        ("title", ("Another",)),
        ("overall", (True,)),
    ),
    "decay": (("stop_at", (0, 5, 20)), ("title", ("Another",))),
    "thresholds": (
        ("existing", (True,)),
        ("limit", ({"times": 1}, {"times": 1, "per": "30d"})),
        ("title", ("Another",)),
    ),
    "tiers": (("title", ("Another",)),),
}
"""Keys that an element may have or not, and what they may be."""

Slot = tuple[Any, Any]
"""A table or array, and a key or index in it."""


def change(choose: Choose, data: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The tables after one change, and what it was; the same tables and ``""`` where it finds nothing to change.

    The result need not be sound: ask the checks.
    """
    made = copy.deepcopy(data)
    edits = (
        _number,
        _number,
        _number,
        _length,
        _flip,
        _text,
        _key,
        _key,
        _gone,
        _gone,
        _twice,
        _swap,
        _item,
        _name,
    )
    said = choose.pick(edits)(choose, made)
    return made, said


def _slots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Slot]]:
    """Every place of a value, with its path."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*path, key), (value, key)
        yield from _slots(inner, (*path, key))


def _some(
    choose: Choose, data: dict[str, Any], fits: Callable[[Any], bool], tables: tuple[str, ...] = _ELEMENTS
) -> tuple[str, Slot] | None:
    """One of the places in the elements whose value fits."""
    found = [
        (".".join(map(str, path)), slot)
        for table in tables
        if table in data
        for path, slot in _slots(data[table], (table,))
        if fits(slot[0][slot[1]])
    ]
    return choose.pick(found) if found else None


def _put(at: tuple[str, Slot] | None, make: Callable[[Any], Any]) -> str:
    if at is None:
        return ""
    path, (inside, key) = at
    before = inside[key]
    inside[key] = make(before)
    return f"{path}: {before!r} -> {inside[key]!r}"


def _number(choose: Choose, data: dict[str, Any]) -> str:
    at = _some(
        choose,
        data,
        lambda value: isinstance(value, int) and not isinstance(value, bool),
        (*_ELEMENTS, "values"),
    )
    by = choose.pick((1, 5, -1, 10, -5, 20, -20))
    return _put(at, lambda value: -value if choose.flip(8) else value + by)


def _length(choose: Choose, data: dict[str, Any]) -> str:
    at = _some(choose, data, lambda value: isinstance(value, str) and _LENGTH.fullmatch(value) is not None)
    factor = choose.pick((2, 3, 4))

    def other(value: str) -> str:
        number, unit = _LENGTH.fullmatch(value).groups()  # type: ignore[union-attr]
        return f"{max(1, int(number) // 2) if choose.flip() else int(number) * factor // 2 + 1}{unit}"

    return _put(at, other)


def _flip(choose: Choose, data: dict[str, Any]) -> str:
    return _put(_some(choose, data, lambda value: isinstance(value, bool)), lambda value: not value)


def _text(choose: Choose, data: dict[str, Any]) -> str:
    """A name or a text is that of something else of the spec."""
    texts = sorted({slot[0][slot[1]] for _, slot in _slots(data) if isinstance(slot[0][slot[1]], str)})
    at = _some(choose, data, lambda value: isinstance(value, str))
    return _put(at, lambda _: choose.pick(texts))


def _key(choose: Choose, data: dict[str, Any]) -> str:
    """A key of an element comes, goes, or is another."""
    found = [
        (table, key, name, values)
        for table, keys in _KEYS.items()
        for key, entry in data.get(table, {}).items()
        if isinstance(entry, dict)
        for name, values in keys
    ]
    if not found:
        return ""
    table, key, name, values = choose.pick(found)
    entry = data[table][key]
    before = entry.pop(name, None)
    if before is None or choose.flip():
        entry[name] = choose.pick(values)
    return f"{table}.{key}.{name}: {before!r} -> {entry.get(name)!r}"


def _entries(data: dict[str, Any], tables: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(table, key) for table in tables for key in data.get(table, {})]


def _gone(choose: Choose, data: dict[str, Any]) -> str:
    found = _entries(data, _ELEMENTS)
    if not found:
        return ""
    table, key = choose.pick(found)
    del data[table][key]
    if not data[table]:
        del data[table]
    return f"{table}.{key} is gone"


def _twice(choose: Choose, data: dict[str, Any]) -> str:
    """An element comes that is like another; it may come first."""
    found = _entries(data, _ELEMENTS)
    if not found:
        return ""
    table, key = choose.pick(found)
    fresh = {f"{key}-too": copy.deepcopy(data[table][key])}
    first = choose.flip()
    data[table] = {**fresh, **data[table]} if first else {**data[table], **fresh}
    return f"{table}.{key}-too comes {'first' if first else 'last'}"


def _swap(choose: Choose, data: dict[str, Any]) -> str:
    """What stands in an order stands in another: entries of a table, or items of an array."""
    tables = [("", data, key) for key in _ELEMENTS if len(data.get(key, ())) > 1]
    arrays = [
        (".".join(map(str, path)), *slot)
        for path, slot in _slots({key: data[key] for key in _ELEMENTS if key in data})
        if isinstance(slot[0][slot[1]], list) and len(slot[0][slot[1]]) > 1
    ]
    if not (tables or arrays):
        return ""
    path, inside, key = choose.pick([*tables, *arrays])
    value = inside[key]
    inside[key] = dict(reversed(value.items())) if isinstance(value, dict) else value[::-1]
    return f"{path or key} stands the other way round"


def _item(choose: Choose, data: dict[str, Any]) -> str:
    """An array loses an item, or has one twice."""
    at = _some(choose, data, lambda value: isinstance(value, list) and bool(value))
    if at is None:
        return ""
    path, (inside, key) = at
    items = inside[key]
    place = choose.integer(0, len(items) - 1)
    if choose.flip():
        items.pop(place)
        return f"{path} has one less, at {place}"
    items.insert(place, copy.deepcopy(items[place]))
    return f"{path} has one twice, at {place}"


def _name(choose: Choose, data: dict[str, Any]) -> str:
    """Something has another id, and whoever names it follows."""
    found = _entries(data, (*_ELEMENTS, *_NAMES))
    if not found:
        return ""
    table, key = choose.pick(found)
    fresh = f"{key}-now"
    data[table] = {fresh if name == key else name: entry for name, entry in data[table].items()}
    for _, (inside, place) in [*_slots(data)]:
        if inside[place] == key:
            inside[place] = fresh
    return f"{table}.{key} is called {fresh}"
