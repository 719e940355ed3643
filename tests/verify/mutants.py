"""Falsifies bundles in every place: each number, operator, criterion, action, order and setting, one at a time."""

from __future__ import annotations

import copy
import re
from typing import NamedTuple

__all__ = ["Mutant", "mutants"]

NOT_BUILT = {"prerequisites", "folders"}
"""Kinds that say what must be there, and build nothing that acts."""
SAID_ONLY = {
    "name", "for", "lowering", "why", "check", "shown", "shipped", "description", "folder", "workspace", "coupled", "inverse",
    "api", "api_name", "standard", "can_be_deleted", "reference", "status", "state", "program", "campaign", "label", "token",
    "field_id", "channel", "product", "list", "formula",
}  # fmt: skip
"""Keys that name, explain or repeat."""
OTHER = {
    "is": "isn't", "isn't": "is", "is not": "is", "is greater than": "is less than", "is less than": "is greater than",
    "is greater than (days ago)": "is less than (days ago)", "is less than (days ago)": "is greater than (days ago)",
    "contains": "is", "doesn't contain": "contains", "starts with": "is", "at least": "greater than", "at most": "less than",
    "greater than": "at least", "less than": "at most", "in": "not in", "not in": "in", "is empty": "is not empty",
    "is not empty": "is empty", "in past": "in past before", "in past before": "in past", "not contains": "contains",
    "all": "any", "any": "all", "ALL": "ANY", "ANY": "ALL", "Every time": "Only once", "Only once": "Every time",
}  # fmt: skip


class Mutant(NamedTuple):
    """A bundle with one fault, and what the fault is."""

    said: str
    tables: dict


def mutants(tables):
    """Every mutant of a bundle's tables, each with a fault in one place."""
    for kind, rows in tables.items():
        if kind in NOT_BUILT:
            continue
        for place, row in enumerate(rows):
            name = f"{kind}: {row['name']}"
            yield Mutant(f"{name}: left out", _with(tables, kind, [*rows[:place], *rows[place + 1 :]]))
            for path, value, said in _changes(row, ()):
                changed = _set(row, path, value)
                yield Mutant(
                    f"{name}: {said}", _with(tables, kind, [*rows[:place], changed, *rows[place + 1 :]])
                )


def _with(tables, kind, rows):
    return {**tables, kind: tuple(rows)}


def _set(row, path, value):
    changed = copy.deepcopy(dict(row))
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def _changes(value, path):
    """(path, new value, in words) for everything inside a value that can be falsified."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in SAID_ONLY:
                yield from _changes(inner, (*path, key))
    elif isinstance(value, list):
        for place in range(len(value)):
            if len(value) > 1 or path[-1] in {"actions", "flow"}:
                yield path, value[:place] + value[place + 1 :], f"{_dotted(path)}[{place}] left out"
            yield from _changes(value[place], (*path, place))
        if len(value) > 1 and path[-1] == "flow":
            yield path, value[::-1], f"{_dotted(path)} the other way round"
    else:
        for new in _other(value):
            yield path, new, f"{_dotted(path)} is {new!r} instead of {value!r}"


def _other(value):
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif value in OTHER:
        yield OTHER[value]
    elif re.search(r"\d", value) and not value.startswith("{{"):
        for by in (-1, 1):
            yield re.sub(r"\d+", lambda found, by=by: str(int(found[0]) + by), value, count=1)
    if isinstance(value, str) and " and " in value and "or" in value:
        yield value.replace(" and ", " or ", 1)


def _dotted(path):
    return ".".join(map(str, path))
