"""Ways to break a sound spec: in its tables, and in its text."""

from __future__ import annotations

import copy
import datetime as dt
from typing import TYPE_CHECKING, Any

from scorewright.schema.grammar import RECORDS, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.making.choose import Choose

__all__ = ["TABLE_MUTATIONS", "TEXT_MUTATIONS", "breach", "garble"]

_Slot = tuple[Any, Any]
"""A table or array, and a key or index in it."""

ODD_TEXTS = (
    "",
    " ",
    "no-such-thing",
    "any-page",
    "crm-rule",
    "\x00",
    "\x1b[31mred\x1b[0m",
    "\u202eabc",
    "\ufeff",
    "\ud7ff\U0010ffff",
    "x" * 300,
    "Ünïcode name",
    "../../etc/passwd",
    "/etc/passwd",
    "parts/../model.toml",
    "2026-05-01",
    "30d",
    "6m",
    "99999d",
    "calendar decade",
    "{{my.token}}",
    "%s %d {0}",
    "a\nb",
)
ODD_NUMBERS = (
    0,
    -1,
    1,
    2,
    10_001,
    2**31 - 1,
    2**31,
    -(2**31) - 1,
    2**53,
    2**63,
    -(2**63),
    10**400,
    1.5,
    -0.0,
    1e308,
)
ODD_VALUES = (
    True,
    False,
    float("nan"),
    float("inf"),
    dt.date(1, 1, 1),
    dt.date(9999, 12, 31),
    dt.datetime(2026, 5, 1, 10, tzinfo=dt.UTC),
    dt.time(8, 0),
    [],
    {},
    [[]],
    [{}],
    {"a": 1},
    [1, "two", True],
    {"percent": 50, "of": "ready"},
    {"score": "engagement", "at_least": 5},
)
KEYS = tuple(
    dict.fromkeys(
        key.name
        for record in (*RECORDS.values(), *(table.record for table in TABLES.values()))
        for key in record.keys
    )
)


def breach(choose: Choose, data: dict[str, Any], times: int) -> tuple[dict[str, Any], list[str]]:
    """A broken copy of a spec's tables, and how it was broken."""
    broken = copy.deepcopy(data)
    how = [choose.pick([*TABLE_MUTATIONS]) for _ in range(times)]
    for name in how:
        TABLE_MUTATIONS[name](choose, broken)
    return broken, how


def garble(choose: Choose, content: bytes, times: int) -> tuple[bytes, list[str]]:
    """The broken bytes of a file, and how they were broken."""
    how = [choose.pick([*TEXT_MUTATIONS]) for _ in range(times)]
    for name in how:
        content = TEXT_MUTATIONS[name](choose, content)
    return content, how


# --- in the tables --------------------------------------------------------------------------------------------------


def _slots(node: Any) -> Iterator[_Slot]:
    """Every place that holds a value."""
    pairs = (
        list(node.items())
        if isinstance(node, dict)
        else list(enumerate(node))
        if isinstance(node, list)
        else []
    )
    for key, value in pairs:
        yield node, key
        yield from _slots(value)


def _tables(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for holder, key in _slots(node):
        if isinstance(holder[key], dict):
            yield holder[key]


def _slot(choose: Choose, data: Any, of: type | tuple[type, ...] = object) -> _Slot | None:
    slots = [(holder, key) for holder, key in _slots(data) if isinstance(holder[key], of)]
    return choose.pick(slots) if slots else None


def _drop(choose: Choose, data: dict[str, Any]) -> None:
    slot = _slot(choose, data)
    if slot is not None:
        del slot[0][slot[1]]


def _rename(choose: Choose, data: dict[str, Any]) -> None:
    table = choose.pick([*_tables(data)])
    if not table:
        return
    key = choose.pick([*table])
    cut = choose.integer(0, len(key))
    other = choose.pick(
        (key[:cut] + key[cut + 1 :], f"{key}s", key.upper(), choose.pick(KEYS), choose.pick(ODD_TEXTS))
    )
    table[other] = table.pop(key)


def _replace(
    values: tuple[Any, ...], of: type | tuple[type, ...] = object
) -> Callable[[Choose, dict[str, Any]], None]:
    def mutate(choose: Choose, data: dict[str, Any]) -> None:
        slot = _slot(choose, data, of)
        if slot is not None:
            slot[0][slot[1]] = copy.deepcopy(choose.pick(values))

    return mutate


def _swap(choose: Choose, data: dict[str, Any]) -> None:
    """Exchange two texts, ids more often than not."""
    first, second = _slot(choose, data, str), _slot(choose, data, str)
    if first is not None and second is not None:
        one, other = first[0][first[1]], second[0][second[1]]
        first[0][first[1]], second[0][second[1]] = other, one


def _misname(choose: Choose, data: dict[str, Any]) -> None:
    """Put an id of whatever table where a text stands."""
    slot = _slot(choose, data, str)
    ids = [key for table in data.values() if isinstance(table, dict) for key in table]
    if slot is not None and ids:
        slot[0][slot[1]] = choose.pick(ids)


def _move(choose: Choose, data: dict[str, Any]) -> None:
    """Take a key from one table to another, as a line under the wrong header does."""
    tables = [*_tables(data)]
    source, target = choose.pick(tables), choose.pick(tables)
    if source:
        key = choose.pick([*source])
        value = source.pop(key)
        target[key] = copy.deepcopy(value)


def _twin(choose: Choose, data: dict[str, Any]) -> None:
    """Give an entry a second time under another name."""
    table = choose.pick([*_tables(data)])
    if table:
        key = choose.pick([*table])
        table[f"{key}-again"] = copy.deepcopy(table[key])


def _graft(choose: Choose, data: dict[str, Any]) -> None:
    """Put a copy of some value in the place of another."""
    source, target = _slot(choose, data), _slot(choose, data)
    if source is not None and target is not None:
        target[0][target[1]] = copy.deepcopy(source[0][source[1]])


def _add(choose: Choose, data: dict[str, Any]) -> None:
    table = choose.pick([*_tables(data)])
    table[choose.pick(KEYS)] = copy.deepcopy(choose.pick((*ODD_VALUES, *ODD_TEXTS, 3, "engagement")))


def _nest(choose: Choose, data: dict[str, Any]) -> None:
    """Wrap a table in many others."""
    slot = _slot(choose, data, dict)
    if slot is None:
        return
    holder, key = slot
    word = choose.pick(("not", "all", "any", "a"))
    for _ in range(choose.pick((1, 3, 30, 90))):
        holder[key] = {word: [holder[key], {"mark": "quiet"}] if word in {"all", "any"} else holder[key]}


def _circle(choose: Choose, data: dict[str, Any]) -> None:
    """Make things of one another."""
    table, make = choose.pick(
        (
            ("segments", lambda other: {"when": {"segment": other}}),
            ("segments", lambda other: {"when": {"not": {"all": [{"segment": other}, {"assigned": True}]}}}),
            ("values", lambda other: {"percent": 50, "of": other}),
            ("scores", lambda other: {"kind": "combined", "sum_of": [other]}),
            ("scores", lambda other: {"kind": "engagement", "feeds": other}),
            ("bands", lambda other: {"join": [other, other]}),
        )
    )
    entries = data.setdefault(table, {})
    if not isinstance(entries, dict):
        return
    names = [f"round-{number}" for number in range(choose.pick((1, 2, 3, 40)))]
    entries.update({name: make(names[index - 1]) for index, name in enumerate(names)})


def _many(choose: Choose, data: dict[str, Any]) -> None:
    """Make an array long."""
    slot = _slot(choose, data, list)
    if slot is not None:
        slot[0][slot[1]] = slot[0][slot[1]] * choose.pick((2, 50))


TABLE_MUTATIONS: dict[str, Callable[[Choose, dict[str, Any]], None]] = {
    "drop": _drop,
    "rename": _rename,
    "odd value": _replace((*ODD_VALUES, *ODD_NUMBERS, *ODD_TEXTS)),
    "odd number": _replace(ODD_NUMBERS, int),
    "odd text": _replace(ODD_TEXTS, str),
    "swap": _swap,
    "misname": _misname,
    "move": _move,
    "twin": _twin,
    "graft": _graft,
    "add": _add,
    "nest": _nest,
    "circle": _circle,
    "many": _many,
}


# --- in the text ----------------------------------------------------------------------------------------------------


def _at(choose: Choose, content: bytes) -> int:
    return choose.integer(0, len(content))


def _truncate(choose: Choose, content: bytes) -> bytes:
    return content[: _at(choose, content)]


def _cut(choose: Choose, content: bytes) -> bytes:
    start = _at(choose, content)
    return content[:start] + content[start + choose.integer(1, 40) :]


def _insert(*pieces: bytes) -> Callable[[Choose, bytes], bytes]:
    def mutate(choose: Choose, content: bytes) -> bytes:
        place = _at(choose, content)
        return content[:place] + choose.pick(pieces) + content[place:]

    return mutate


def _noise(choose: Choose, content: bytes) -> bytes:
    place = _at(choose, content)
    noise = bytes(choose.integer(0, 255) for _ in range(choose.integer(1, 12)))
    return content[:place] + noise + content[place + len(noise) :]


def _lines(mutate: Callable[[Choose, list[bytes]], None]) -> Callable[[Choose, bytes], bytes]:
    def on_lines(choose: Choose, content: bytes) -> bytes:
        lines = content.split(b"\n")
        mutate(choose, lines)
        return b"\n".join(lines)

    return on_lines


def _line_twice(choose: Choose, lines: list[bytes]) -> None:
    index = choose.integer(0, len(lines) - 1)
    lines.insert(choose.integer(0, len(lines)), lines[index])


def _line_moved(choose: Choose, lines: list[bytes]) -> None:
    line = lines.pop(choose.integer(0, len(lines) - 1))
    lines.insert(choose.integer(0, len(lines)), line)


def _line_gone(choose: Choose, lines: list[bytes]) -> None:
    del lines[choose.integer(0, len(lines) - 1)]


TEXT_MUTATIONS: dict[str, Callable[[Choose, bytes], bytes]] = {
    "truncate": _truncate,
    "cut": _cut,
    "control character": _insert(
        b"\x00", b"\x07", b"\x1b[2J", b"\x7f", b"\r", b"\x0b", b"\xc2\x85", b"\xe2\x80\xae"
    ),
    "sign": _insert(
        b'"', b"'", b"=", b"[", b"]", b"{", b"}", b",", b"#", b".", b"\\", b'"""', b"\n", b"\t", b"[["
    ),
    "word": _insert(
        b"\n[model]\n",
        b"\n[rules.x]\n",
        b"\na.b.c = 1\n",
        b" 05 ",
        b"08:00",
        b"+5",
        b"2.5",
        b"0x1F",
        b"\xef\xbb\xbf",
    ),
    "deep": _insert(
        b"\nx = " + b"[" * 400 + b"]" * 400 + b"\n", b"\nx = " + b"{a=" * 200 + b"1" + b"}" * 200 + b"\n"
    ),
    "noise": _noise,
    "line twice": _lines(_line_twice),
    "line moved": _lines(_line_moved),
    "line gone": _lines(_line_gone),
    "windows": lambda _, content: content.replace(b"\n", b"\r\n"),
    "nothing left": lambda _, __: b"",
}
