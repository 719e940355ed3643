"""A schema's errors in the language's own words: what is wrong, and what to write instead."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright.diagnostics.suggest import closest
from scorewright.model.vocabulary import ASSET_KINDS, PAST, VERBS
from scorewright.schema import hints, rules
from scorewright.schema.build import DATE_KEY
from scorewright.schema.grammar import RECORDS, TABLES, TOP_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.schema.faults import Fault
    from scorewright.schema.keys import Record

__all__ = ["findings_of"]

_ENTRY = 2
"""Parts of a path that name a table's entry, as in [rules.contact]."""
_INSIDE_A_LIMIT = frozenset({"group_limit", "decay_limit"})
"""Limits that take less than others: what belongs inside a limit does not belong here."""
_SHOWN = 60
"""Characters of a value that a message quotes."""
_RECORDS: dict[str, Record] = {**RECORDS, **{table.record.name: table.record for table in TABLES.values()}}


def findings_of(faults: Iterable[Fault]) -> list[Finding]:
    """Turn faults into findings, the telling one where several speak of the same table."""
    found: list[Finding] = []
    beside: set[KeyPath] = set()
    unknown: set[KeyPath] = set()
    pending: list[tuple[KeyPath, Finding]] = []
    for fault in faults:
        path = fault.path
        if fault.keyword == "additionalProperties":
            unknown.add(path)
            found.extend(_unknown_keys(fault, path))
        elif fault.named is not None:
            pending.extend(_property_name(fault, fault.named, path, beside))
        elif fault.keyword in {"not", "required"}:
            pending.extend((path, finding) for finding in _missing(fault, path))
        else:
            found.append(_value(fault, path))
    # A misspelt key is also a missing one: say it once.
    found.extend(finding for path, finding in pending if path not in unknown)
    return found


# --- keys -----------------------------------------------------------------------------------------------------------


def _unknown_keys(fault: Fault, path: KeyPath) -> Iterable[Finding]:
    known = fault.schema.get("properties", {})
    record = fault.schema.get("x-record", "")
    for key in fault.instance:
        if key not in known:
            yield _unknown_key(str(key), fault.instance, path, list(known), record)


def _unknown_key(key: str, table: dict[str, Any], path: KeyPath, known: list[str], record: str) -> Finding:
    place = (*path, key)
    tense = _tense(key, record)
    if tense:
        return rules.TENSE.at(place, tense[0], help=tense[1], on="key")
    message = f"{key!r} is not a key of {_where(path, record)}"
    said_here = _slipped_entry(key, table, path) or hints.of_another_tongue(key)
    if said_here:
        return rules.UNKNOWN_KEY.at(place, message, help=said_here, on="key")
    near = closest(key, known)
    elsewhere = "" if record in _INSIDE_A_LIMIT else _other_home(key)
    if near is not None and elsewhere:  # a real key at the wrong place, or a misspelt one: nobody can say
        return rules.UNKNOWN_KEY.at(place, message, help=f"{elsewhere}; or did you mean {near!r}?", on="key")
    if near is not None:
        finding = rules.UNKNOWN_KEY.at(place, message, help=f"did you mean {near!r}?", on="key")
        return replace(finding, meant=near)
    home = "" if record in _INSIDE_A_LIMIT else _home(key)
    return rules.UNKNOWN_KEY.at(place, message, help=home or f"it takes {', '.join(known)}", on="key")


def _where(path: KeyPath, record: str) -> str:
    if not path:
        return "the top of a spec"
    if len(path) <= _ENTRY or not record:
        return f"[{'.'.join(map(str, path))}]"
    return f"{_article(record)} ([{'.'.join(map(str, path[:_ENTRY]))}])"


def _tense(key: str, record: str) -> tuple[str, str] | None:
    if record in {"condition", "expectation", "tier_case"} and key in VERBS:
        past = VERBS[key].past
        ask = f"ask about the past with {past!r}" if past else "ask with 'has_opportunity'"
        return f"{key!r} is something that happens: a condition says what is so", f"move it to 'on', or {ask}"
    if record in {"event", "example_event"} and key in PAST:
        return f"{key!r} asks about the past: an event says what happens", f"write {PAST[key].present!r}"
    return None


def _home(key: str) -> str:
    """Where a key belongs that stands at the wrong place: the line above which header it slipped."""
    if key in {top.name for top in TOP_KEYS}:
        return f"{key!r} belongs at the top of the file, above the first table"
    if key in TABLES:
        return f"[{key}] is a table of its own: write its header at the start of a line"
    return _other_home(key)


def _slipped_entry(key: str, table: dict[str, Any], path: KeyPath) -> str:
    """An entry of its own that stands below another entry's header, or behind a dot in a header."""
    if (
        len(path) != _ENTRY
        or path[0] not in TABLES
        or key in TABLES
        or not _is_entry(table[key], str(path[0]))
    ):
        return ""
    if all(_is_entry(each, str(path[0])) for each in table.values()):
        return f"a dot in a header begins another table: write [{path[0]}.{path[1]}-{key}]"
    if not TABLES[str(path[0])].short:
        return f"{key!r} looks like an entry of its own: write [{path[0]}.{key}]"
    what = _article(TABLES[str(path[0])].record.name)
    return f"{key!r} looks like {what} of its own: move it up under [{path[0]}], or write [{path[0]}.{key}]"


def _is_entry(value: Any, table: str) -> bool:
    """Whether a value has the keys of an entry of a table; for an asset also its kind."""
    known = {item.name for item in TABLES[table].record.keys}
    return (
        isinstance(value, dict)
        and bool(value)
        and set(value) <= known
        and (table != "assets" or bool(set(value) & set(ASSET_KINDS)))
    )


def _other_home(key: str) -> str:
    homes = [table.name for table in TABLES.values() if any(item.name == key for item in table.record.keys)]
    if homes:
        headers = ", ".join(f"[{name}]" if TABLES[name].single else f"[{name}.<id>]" for name in homes[:3])
        return f"{key!r} belongs under {headers}"
    inner = [record.name for record in RECORDS.values() if any(item.name == key for item in record.keys)]
    return f"{key!r} belongs inside {_article(inner[0])}" if inner else ""


def _article(record: str) -> str:
    words = record.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _property_name(
    fault: Fault, key: str, path: KeyPath, seen: set[KeyPath]
) -> Iterable[tuple[KeyPath, Finding]]:
    """A key that may not stand here: an id that is none, or a key that another one excludes."""
    place = (*path, key)
    if place in seen:
        return
    if fault.keyword in {"pattern", "maxLength"}:
        seen.add(place)
        yield path, _bad_id(key, place)
    elif fault.keyword == "enum":
        finding = _beside(fault, key, path, seen)
        if finding is not None:
            yield path, finding


def _beside(fault: Fault, key: str, path: KeyPath, seen: set[KeyPath]) -> Finding | None:
    record = _RECORDS.get(fault.schema.get("x-record", ""))
    if record is None or key not in {item.name for item in record.keys}:
        return None  # An unknown key has its own message.
    allowed = [str(item) for item in fault.asked]
    marks = {mark for variant in record.variants for mark in variant.marks}
    mark = next((item for item in allowed if item in fault.instance and item in marks), None)
    seen.add((*path, key))
    if key in marks and mark is not None:
        seen.add((*path, mark))
        message, help_ = f"{mark!r} and {key!r} exclude each other", "keep one of the two"
    elif mark is not None:
        message = f"{key!r} cannot stand beside {mark!r}"
        help_ = f"beside {mark!r} may stand " + (
            ", ".join(item for item in allowed if item not in marks) or "nothing"
        )
    else:
        needs = next(v.marks[0] for v in record.variants if key in (*v.marks, *v.beside))
        message = f"{key!r} needs {needs!r}"
        help_ = f"without {needs!r} a {record.name} takes {', '.join(allowed)}"
    return rules.CANNOT_STAND_BESIDE.at((*path, key), message, help=help_, on="key")


def _missing(fault: Fault, path: KeyPath) -> Iterable[Finding]:
    if not isinstance(fault.instance, dict):
        return  # It is no table at all, and that is said.
    if fault.keyword == "not":
        words = fault.schema.get("x-one-of", "a key is missing here")
        present = ", ".join(map(str, fault.instance)) or "nothing"
        yield rules.NEEDS_ONE_OF.at(path, f"{words}; found {present}", on="key" if path else "value")
        return
    for key in fault.asked:
        if key == DATE_KEY:
            yield _value(fault, path)
        elif key not in fault.instance:
            where = _named(path)
            help_ = "write `language = 1` as the first line" if key == "language" else f"add {key} = …"
            yield rules.MISSING_KEY.at(path, f"{where} needs {key!r}", help=help_, on="key")


def _named(path: KeyPath) -> str:
    """A table by its header; one inside an array by the header that stands above it."""
    if any(isinstance(part, int) for part in path):
        return f"this table, inside [{'.'.join(map(str, path[:_ENTRY]))}],"
    return f"[{'.'.join(map(str, path))}]" if path else "the file"


# --- values ---------------------------------------------------------------------------------------------------------


def _value(fault: Fault, path: KeyPath) -> Finding:
    word, value, words = fault.keyword, fault.instance, fault.schema.get("x-words", "")
    if word in {"type", "required"}:
        message = f"expected {words or fault.asked}, found {_found(value)}"
        return rules.WRONG_TYPE.at(path, message, help=hints.wrong_type(fault, path))
    if word in {"enum", "const"}:
        return _not_in_list(value, path, fault.asked if word == "enum" else [fault.asked])
    if word in {"minItems", "minProperties"}:
        found = f"an array of {len(value)}" if isinstance(value, list) and value else _found(value)
        return rules.BAD_VALUE.at(path, f"expected {words}, found {found}", help=hints.too_few(fault))
    if word == "pattern" and words.startswith("a text"):
        return rules.BAD_VALUE.at(
            path,
            f"expected {words}, found {'blanks' if value else 'an empty text'}",
            help=hints.too_few(fault),
        )
    if word == "pattern" and words.startswith("an id"):
        return rules.BAD_ID.at(path, f"{_short(value)} is not an id", help=_as_id(str(value)))
    message = f"{_short(value)} is not {words or 'allowed here'}"
    if word in {"minimum", "maximum"}:
        message = f"{value} is out of range: expected {words}"
    return rules.BAD_VALUE.at(path, message, help=hints.wrong_value(value, words))


def _not_in_list(value: Any, path: KeyPath, allowed: list[Any]) -> Finding:
    listed = ", ".join(str(item).lower() if isinstance(item, bool) else str(item) for item in allowed)
    near = closest(str(value), [str(item) for item in allowed])
    help_ = f"did you mean {near!r}? it takes {listed}" if near else f"it takes {listed}"
    if path == ("language",):
        help_ = "this Scorewright reads version 1 of the language; write `language = 1`, or install a newer Scorewright"
    return rules.BAD_VALUE.at(
        path,
        f"{_short(value)} is not one of {listed}"
        if len(allowed) > 1
        else f"expected {listed}, found {_short(value)}",
        help=help_,
    )


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return (
            f"the date {value[DATE_KEY]}" if DATE_KEY in value else "a table" if value else "an empty table"
        )
    if isinstance(value, list):
        return "an empty array" if not value else "an array"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"the text {_short(value)}" if value else "an empty text"
    return f"the number {value}"


def _short(value: Any) -> str:
    text = str(value[DATE_KEY]) if isinstance(value, dict) and DATE_KEY in value else str(value)
    text = text.lower() if isinstance(value, bool) else text
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f'"{shown}"' if isinstance(value, str) else shown


def _bad_id(key: str, place: KeyPath) -> Finding:
    return rules.BAD_ID.at(place, f"{key!r} is not an id", help=_as_id(key), on="key")


def _as_id(text: str) -> str:
    near = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64].strip("-")
    words = "an id is made of lower-case letters, digits and single hyphens, 64 characters at most"
    return f"write {near!r}: {words}" if near else words
