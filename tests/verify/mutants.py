"""Falsifies bundles in every place: each number, operator, criterion, action, name, order and setting, one at a time."""

from __future__ import annotations

import copy
import re
from typing import NamedTuple

__all__ = ["Mutant", "mutants"]

NOT_BUILT = {
    "prerequisites": "what must be there already; it is looked for and not built",
    "folders": "where campaigns stand; nothing that runs reads it",
    "programs": "where campaigns and tokens stand, by name",
    "gauges": "where the proof looks: who falsifies this blindfolds it, and changes nothing that is built",
}
"""Kinds that are not falsified, with the reason."""

SAID_ONLY = {
    **dict.fromkeys(("why", "check", "description", "for", "lowering"), "explains"),
    **dict.fromkeys(
        ("name", "campaign", "list", "program", "token", "criterion", "profile", "reference"), "names"
    ),
    **dict.fromkeys(("coupled", "inverse"), "warns whoever changes the number"),
    **dict.fromkeys(
        ("api", "api_name", "field_id", "label"), "names the same thing elsewhere; an unknown one is refused"
    ),
    **dict.fromkeys(("folder", "workspace", "channel", "product"), "says where a thing stands"),
    **dict.fromkeys(("standard", "can_be_deleted", "shipped"), "says what was there before"),
    **dict.fromkeys(("status", "state"), "says how a thing is saved before it is switched on"),
}
"""Keys that are not falsified, with the reason."""

OTHER = {
    "is": "isn't", "isn't": "is", "is not": "is", "is greater than": "is less than", "is less than": "is greater than",
    "is greater than (days ago)": "is less than (days ago)", "is less than (days ago)": "is greater than (days ago)",
    "contains": "is", "doesn't contain": "contains", "starts with": "is", "at least": "greater than", "at most": "less than",
    "greater than": "at least", "less than": "at most", "in": "not in", "not in": "in", "is empty": "is not empty",
    "is not empty": "is empty", "in past": "in past before", "in past before": "in past", "not contains": "contains",
    "all": "any", "any": "all", "ALL": "ANY", "ANY": "ALL", "Every time": "Only once", "Only once": "Every time",
    "By": "To", "To": "By", "live": "", "nightly": "", "Run once": "Daily, every 1 day, at 03:00",
    "Apply tags": "Remove tags", "Remove tags": "Apply tags", "Add to List": "Remove from List",
    "Remove from List": "Add to List", "is any": "is empty", "true": "false", "false": "true",
}  # fmt: skip
"""What somebody chooses who is off by one line in a dropdown."""


class Mutant(NamedTuple):
    """A bundle with one fault: what the fault is, and the elements whose object has it."""

    said: str
    tables: dict
    elements: tuple[str, ...]


def mutants(tables):
    """Every mutant of a bundle's tables, each with a fault in one place; the same ones in the same order each time."""
    pools = _pools(tables)
    for kind, rows in tables.items():
        if kind in NOT_BUILT:
            continue
        for place, row in enumerate(rows):
            name, elements = f"{kind}: {row['name']}", tuple(row.get("for", ()))
            without = [*rows[:place], *rows[place + 1 :]]
            if "shipped" not in row or row["shipped"] != row["points"]:
                yield Mutant(f"{name}: left out", _with(tables, kind, without), elements)
            if kind in _TWICE and row.get("type") != "executable":
                twice = [*rows, {**row, "name": f"{row['name']} (copy)"}]
                yield Mutant(f"{name}: built twice", _with(tables, kind, twice), elements)
            for path, value, said in (*_changes(row, ()), *_renames(kind, row, pools)):
                changed = [*rows[:place], _set(row, path, value), *rows[place + 1 :]]
                yield Mutant(f"{name}: {said}", _with(tables, kind, changed), elements)


# --- wrong names ----------------------------------------------------------------------------------------------------


_TWICE = {"automation-rules", "segmentation-rules", "smart-campaigns"}
"""Kinds of which somebody builds one a second time, under another name; what nothing executes does nothing."""

_ADDS = {
    "Adjust Prospect Score", "Adjust Prospect Score for Scoring Category", "Notify user", "Notify assigned user",
    "Create Salesforce task", "Increment prospect field value",
    "Change Score", "Send Alert", "Create Task", "Interesting Moment", "Execute Campaign",
}  # fmt: skip
"""What is more when it is done twice; nobody is on a list twice."""

_BESIDE = ("criterion", "action", "rule", "attribute", "label", "step", "kind", "asset_kind")
"""What stands beside a name and says what it is a name of."""


def _pools(tables):
    """What a bundle calls things, by what they are: whoever builds by hand picks the next one in a menu."""
    found = {}
    for kind, rows in tables.items():
        if kind not in NOT_BUILT:
            for row in rows:
                for _, which, value in _names(kind, row, (), {}):
                    found.setdefault(which, set()).add(value)
    return {which: sorted(values) for which, values in found.items()}


def _renames(kind, row, pools):
    """(path, new value, in words) for every name: another thing of its kind, or a slip of the keyboard."""
    for path, which, value in _names(kind, row, (), {}):
        others = pools[which]
        other = others[(others.index(value) + 1) % len(others)]
        for new in dict.fromkeys((other, value[:-1])):
            if new not in {value, ""}:
                yield path, new, f"{_dotted(path)} is called {new!r} instead of {value!r}"


def _names(kind, value, path, table):
    """(path, what it is a name of, name) for every text inside a value that names something."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in SAID_ONLY or (key == "name" and "assets" in path):
                yield from _names(kind, inner, (*path, key), value)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _names(kind, inner, (*path, place), table)
    elif isinstance(value, str) and re.search(r"[a-z]{2}", value) and _is_name(path, table):
        key = next(key for key in reversed(path) if isinstance(key, str))
        beside = tuple(table.get(one) for one in _BESIDE if isinstance(table.get(one), str))
        yield path, (kind, key, beside), value


def _is_name(path, table):
    """Whether a text is something's name or what somebody types, and no choice that a menu offers for a setting."""
    key = next(key for key in reversed(path) if isinstance(key, str))
    if key == "value":
        return table.get("label", "") not in {"Duration", "Use Parent Campaign Token Context"}
    if key == "values":
        return table.get("name") != "Date of Activity" and not re.fullmatch(
            r"\d+ \w+", table["values"][0] or "-"
        )
    return key in {"of", "asset", "path", "name", "source", "sources", "default"}


# --- wrong settings -------------------------------------------------------------------------------------------------


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
            if key in _SPECIAL:
                for new in _SPECIAL[key](value):
                    yield (*path, key), new, f"{_dotted((*path, key))} is {new!r} instead of {inner!r}"
            elif key not in SAID_ONLY:
                yield from _changes(inner, (*path, key))
    elif isinstance(value, list):
        for place in range(len(value)):
            if _counts(value[place]) and (len(value) > 1 or path[-1] in {"actions", "flow", "choices"}):
                yield path, value[:place] + value[place + 1 :], f"{_dotted(path)}[{place}] left out"
            yield from _changes(value[place], (*path, place))
        if len(value) > 1 and path[-1] in {"flow", "choices"}:
            yield path, value[::-1], f"{_dotted(path)} the other way round"
        if path[-1] in {"flow", "actions"}:
            yield from _doubled(value, path)
    else:
        for new in _other(value):
            yield path, new, f"{_dotted(path)} is {new!r} instead of {value!r}"


def _doubled(value, path):
    """A step or an action that stands there twice."""
    for place, item in enumerate(value):
        if (item.get("action") or item.get("step")) in _ADDS and item.get("of") != "To":
            yield path, [*value[: place + 1], *value[place:]], f"{_dotted(path)}[{place}] twice"


def _counts(item):
    """A field that says what is so anyway can be left out."""
    return item != {"label": "Use Parent Campaign Token Context", "value": "False"}


def _joined(table):
    """All for any, where there are two or more to join."""
    key = "match" if "match" in table else "filter_logic"
    if len(table.get("criteria", table.get("filters", ()))) > 1:
        yield from _other(table[key])


_SPECIAL = {
    "match": lambda table: _joined(table) if "criteria" in table else _other(table["match"]),
    "filter_logic": _joined,
    "resume_phase": lambda _: (1, 99),  # only the order counts
    "days_before_repeat": lambda table: (
        [table["days_before_repeat"] + 300]
        + [table["days_before_repeat"] - 7] * (table["days_before_repeat"] > 7)
    ),
    "value": lambda table: () if table.get("type") == "score" else _other(table["value"]),
}
"""Keys that are falsified in a way of their own.  A token's number stands twice, and is typed as it is ``shown``."""


def _other(value):
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value - 1, value + 1)
    elif value in OTHER:
        yield OTHER[value]
    elif re.fullmatch(r"([(]*\d+[)]*( and | or ))*[(]*\d+[)]*", value) and " " in value:
        yield from _other_logic(value)
    elif (found := re.search(r"\d+", value)) and not value.startswith("{{"):
        for by in _slips(value):
            yield f"{value[: found.start()]}{int(found[0]) + by}{value[found.end() :]}"
    elif ";" in value:
        yield value.rpartition(";")[0]


def _slips(value):
    """By how much somebody is off.  A day more or less, or some minutes, is what platforms' clocks leave open."""
    if "minute" in value:
        return (600, 14_400)
    return (-3, 3) if "day" in value and "every" not in value else (1,) if "every" in value else (-1, 1)


def _other_logic(value):
    """The first *and* for *or*, and the other way round."""
    for one, other in ((" and ", " or "), (" or ", " and ")):
        if one in value:
            yield value.replace(one, other, 1)


def _dotted(path):
    return ".".join(map(str, path))
