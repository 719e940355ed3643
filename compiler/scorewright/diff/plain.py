"""What an element says, apart from where it stands: a form in which two versions are equal or are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.model import elements as el
from scorewright.model.events import Event
from scorewright.model.value_tests import Matches
from scorewright.model.values import Number
from scorewright.model.vocabulary import VERBS

if TYPE_CHECKING:
    from scorewright.diff.values import Name

__all__ = ["plain", "plain_field"]

_NAMES = {"name", "terms"}
"""Attributes of a number and of a match that only name it."""

Moved = Mapping["Name", str]
"""The ids that were renamed: table and old id → new id."""

REFERS: Mapping[type, Mapping[str, str]] = {
    con.FieldTest: {"field": "fields"},
    con.ScoreTest: {"score": "scores"},
    con.GradeTest: {"grade": "grades"},
    con.BandTest: {"band": "bands"},
    con.HasMark: {"mark": "marks"},
    con.InSegment: {"segment": "segments"},
    con.MemberOf: {"asset": "assets"},
    act.Assign: {"to": "assets"},
    act.Notify: {"to": "assets"},
    act.AddToCampaign: {"campaign": "assets"},
    act.AddToList: {"list": "assets"},
    act.RemoveFromList: {"list": "assets"},
    act.Stamp: {"field": "fields"},
    act.Snapshot: {"score": "scores", "field": "fields"},
    act.SetField: {"field": "fields"},
    act.PutMark: {"mark": "marks"},
    act.TakeMark: {"mark": "marks"},
    act.Reset: {"score": "scores"},
    el.Value: {"of": "values"},
    el.Zone: {"segment": "segments"},
    el.Score: {"feeds": "scores", "sum_of": "scores", "percent_of": "scores"},
    el.Group: {"score": "scores"},
    el.Rule: {"points": "scores", "group": "groups"},
    el.Tier: {"score": "scores", "field": "fields"},
    el.Input: {"score": "scores", "field": "fields"},
    el.Decay: {"score": "scores", "schedule": "schedules"},
    el.Band: {"score": "scores", "join": "bands", "field": "fields"},
    el.Threshold: {"required_fields": "fields", "schedule": "schedules"},
    el.Header: {"eligible": "segments", "exclude": "segments"},
    el.Product: {"assets": "assets", "segments": "segments", "terms": "terms"},
    el.Lifecycle: {"field": "fields"},
}
"""Which attributes hold the id of an element of which table."""


def plain(value: Any, moved: Moved, *, named: bool = True) -> Any:
    """A value of a model as nested tuples: no places, old ids as they are called now.

    Numbers and lists of texts that have a name stand by their names, so that what changed behind the name is not a
    change of whoever uses it; unless ``named`` is false.
    """
    if value is None or isinstance(value, (str, int)):
        return value if not isinstance(value, bool) else ("yes",) if value else ("no",)  # 1 == True in Python
    if named and (name := _name_of(value, moved)) is not None:
        return name
    if isinstance(value, Mapping):
        return tuple((key, plain(item, moved, named=named)) for key, item in sorted(value.items()))
    kind: type = type(value)
    names = _attributes(kind)
    if names is None:
        return tuple(plain(item, moved, named=named) for item in value)
    said = tuple(
        plain_field(value, name, moved, named=named) for name in names if named or name not in _NAMES
    )
    return (type(value).__name__, *said)


def _name_of(value: Any, moved: Moved) -> tuple[str, str] | None:
    """What a named number or list of texts goes by; ``None`` for one that says itself what it is."""
    if isinstance(value, Number) and value.name is not None:
        return "value", moved.get(("values", value.name), value.name)
    if isinstance(value, Matches) and value.terms is not None:
        return "in", moved.get(("terms", value.terms), value.terms)
    return None


def plain_field(value: Any, name: str, moved: Moved, *, named: bool = True) -> Any:
    """One attribute of a value in the same form."""
    found = getattr(value, name)
    table = (REFERS.get(type(value), {}).get(name) or _of_event(value, name)) if moved else None
    return plain(found if table is None else _renamed(found, table, moved), moved, named=named)


@cache
def _attributes(kind: type) -> tuple[str, ...] | None:
    """What a value of a model says: every attribute but its place; ``None`` for a plain tuple."""
    if is_dataclass(kind):
        return tuple(each.name for each in fields(kind) if each.compare and each.name != "path")
    named = getattr(kind, "_fields", None)
    return None if named is None else tuple(name for name in named if name != "path")


def _of_event(value: Any, name: str) -> str | None:
    """An event's objects are assets, activities or fields, by its verb."""
    if not isinstance(value, Event) or name not in {"objects", "excluding"}:
        return None
    takes = VERBS[value.verb].takes
    return takes if takes in {"assets", "activities", "fields"} else None


def _renamed(found: Any, table: str, moved: Moved) -> Any:
    """Ids as they are called now; behind a score's ``@`` stands its product."""
    if isinstance(found, str):
        key, at, product = found.partition("@")
        return moved.get((table, key), key) + at + moved.get(("products", product), product)
    if isinstance(found, Mapping):
        return {role: _renamed(item, table, moved) for role, item in found.items()}
    if isinstance(found, tuple):
        return tuple(
            (_renamed(item[0], table, moved), *item[1:])
            if isinstance(item, tuple)
            else _renamed(item, table, moved)
            for item in found
        )
    return found
