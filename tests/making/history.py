"""Made people for any model: what its rules, decays and thresholds ask for happens, at times that meet their windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.history import FieldSet, Happening, Person
from scorewright.model.vocabulary import VERBS
from tests.making.world import PATHS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Model
    from scorewright.model.events import Event
    from scorewright.model.history import Scalar
    from tests.making.choose import Choose

__all__ = ["CREATED", "make_person"]

CREATED = 1_767_261_607
"""1 January 2026, 10:00:07 UTC: nothing that is told ever falls on a whole minute, so on no day's start either."""
_DAY = 86_400
_GAPS = (
    0,
    1,
    60,
    29 * 60,
    30 * 60,
    3_600,
    9 * 3_600,
    _DAY,
    7 * _DAY,
    8 * _DAY,
    30 * _DAY,
    31 * _DAY,
    91 * _DAY,
)


def make_person(choose: Choose, model: Model, *, late: bool = True) -> Person:
    """A person to whom some thirty things happen, some of them known late unless told otherwise."""
    events = tuple(_events(model)) or (None,)
    fields = tuple(_fields(model)) or ("city",)
    at, told = CREATED, []
    for _ in range(choose.integer(0, 30)):
        at += choose.pick(_GAPS)
        event = choose.pick(events)
        if event is None or choose.flip(5):
            field = choose.pick(fields)
            told.append(FieldSet(at, field, _value(choose, model.fields[field].type)))
        else:
            told.append(
                _happening(choose, at, event, choose.pick(_GAPS) if late and choose.flip(6) else None)
            )
    counters = [key for key, score in model.scores.items() if score.kind == "engagement"]
    return Person(
        CREATED,
        {field: _value(choose, model.fields[field].type) for field in choose.some(fields, 0, 4)},
        {choose.pick(counters): choose.integer(-20, 150)} if counters and choose.flip(3) else {},
        frozenset(choose.some([*model.marks], 0, 1)) if model.marks and choose.flip(4) else frozenset(),
        tuple(told),
    )


def _happening(choose: Choose, at: int, event: Event, later: int | None) -> Happening:
    what = choose.pick(event.objects) if event.objects else ""
    name = choose.pick((*PATHS, *WORDS)) if event.verb == "visits" and choose.flip(3) else None
    properties: dict[str, Scalar] = {}
    for key, kind in VERBS[event.verb].properties:
        if choose.flip(3) and kind != "any":
            properties[key] = _value(choose, kind)
    return Happening(at, event.verb, what, properties, name, None if later is None else at + later)


def _value(choose: Choose, kind: str) -> Scalar:
    if choose.flip(6):
        return None
    if kind == "number":
        return choose.pick((0, 3, 50, 51, 5_000))
    if kind == "yes_no":
        return choose.flip()
    if kind == "date":
        return choose.pick(("2025-12-24", "2026-02-01", "2026-06-01T12:00:00"))
    if kind == "choices":
        return ("Customer", "Prospect")[: choose.integer(1, 2)]
    return choose.pick(("Customer", "Prospect") if kind == "choice" else WORDS)


# --- what the model asks for ----------------------------------------------------------------------------------------


def _conditions(model: Model) -> Iterator[con.Condition]:
    asked = [item.when for table in (model.segments, model.rules, model.decay) for item in table.values()]
    for threshold in model.thresholds.values():
        asked += [threshold.when, threshold.unless]
    for tier in model.tiers.values():
        asked += [case.when for case in tier.cases]
    for grade in model.grades.values():
        asked += [criterion.when for criterion in grade.criteria]
    for condition in asked:
        yield from con.walk(condition)


def _events(model: Model) -> Iterator[Event]:
    """Every event that is named, but for changes: a field changes when it is set."""
    named = [event for rule in model.rules.values() for event in rule.on]
    named += [event for threshold in model.thresholds.values() for event in threshold.or_on]
    named += [item.event for item in _conditions(model) if isinstance(item, con.Happened)]
    return (event for event in named if event.verb != "changes")


def _fields(model: Model) -> Iterator[str]:
    named = [item.field for item in _conditions(model) if isinstance(item, con.FieldTest)]
    named += [tier.field for tier in model.tiers.values() if tier.field is not None]
    named += [item.field for item in model.inputs.values()]
    return iter(dict.fromkeys(named))
