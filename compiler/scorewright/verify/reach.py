"""Which gauges an element moves, and which ones move because another does: what a difference can spread to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import actions as act
from scorewright.model import conditions as con
from scorewright.plugin.emulation import done_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.model.elements import Decay, Element, Model, Rule, Threshold

__all__ = ["Reach", "reach_of"]


class Reach:
    """What moves what, by the gauges' names."""

    def __init__(self, moved: Mapping[str, frozenset[str]], spreads: Mapping[str, frozenset[str]]) -> None:
        self._moved = moved
        self._spreads = spreads

    def of_element(self, element: str, product: str | None) -> frozenset[str]:
        """The gauges that an element moves by itself; without a product those of all its copies."""
        found = [
            names
            for key, names in self._moved.items()
            if key.partition("@")[0] == element and (product is None or key == f"{element}@{product}")
        ]
        return frozenset().union(*found)

    def beyond(self, gauges: Iterable[str]) -> frozenset[str]:
        """The gauges that others can carry a difference to, step by step; not these themselves."""
        first, found = frozenset(gauges), set[str]()
        open_ = [*first]
        while open_:
            for name in self._spreads.get(open_.pop(), ()):
                if name not in found:
                    found.add(name)
                    open_.append(name)
        return frozenset(found - first)


def reach_of(model: Model) -> Reach:
    """Read a model for what moves what."""
    moved: dict[str, frozenset[str]] = {}
    spreads: dict[str, set[str]] = {}
    for element in model.elements():
        moves = frozenset(_moves(model, element))
        moved[f"{element.path[0]}.{element.key}"] = moves
        for read in _reads(model, element):
            spreads.setdefault(read, set()).update(moves - {read})
    for score in model.scores.values():
        for part in (*score.sum_of, *(key for key, _ in score.percent_of)):
            spreads.setdefault(f"score {part}", set()).add(f"score {score.key}")
    return Reach(moved, {name: frozenset(found) for name, found in spreads.items()})


# --- what an element moves ------------------------------------------------------------------------------------------


def _moves(model: Model, element: Element) -> Iterator[str]:
    table, key = element.path[0], element.key
    singular = {"scores": "score", "marks": "mark", "segments": "segment", "grades": "grade"}
    if table in singular:
        yield f"{singular[str(table)]} {key}"
    for score in _scores(element):
        yield from (f"score {name}" for name in _reached(model, score))
    for action in getattr(element, "then", ()):
        yield from _acts(model, action, element)
    if table == "bands" and getattr(element, "field", None):
        yield f"field {element.field}"  # type: ignore[attr-defined]


def _scores(element: Rule | Decay | Element) -> tuple[str, ...]:
    points = getattr(element, "points", None)
    if points is not None:
        return tuple(key for key, _ in points)
    return (element.score,) if element.path[0] in {"tiers", "inputs", "decay"} else ()  # type: ignore[union-attr]


def _reached(model: Model, score: str) -> Iterator[str]:
    """A score, what it feeds, and what is added up from these."""
    open_, seen = [score], set[str]()
    while open_:
        name = open_.pop()
        if name in seen or name not in model.scores:
            continue
        seen.add(name)
        yield name
        if model.scores[name].feeds:
            open_.append(model.scores[name].feeds or "")
        open_ += [
            other.key
            for other in model.scores.values()
            if name in other.sum_of or name in {key for key, _ in other.percent_of}
        ]


def _acts(model: Model, action: act.Action, element: Threshold | Rule | Decay | Element) -> Iterator[str]:
    match action:
        case act.PutMark(name) | act.TakeMark(name):
            yield f"mark {name}"
        case act.AddToList(name) | act.RemoveFromList(name):
            yield f"list {name}"
        case act.Reset(score, _):
            yield from (f"score {name}" for name in _reached(model, score))
        case act.Stamp(field) | act.SetField(field, _):
            yield f"field {field}"
        case act.Snapshot(_, field):
            yield f"field {field}"
        case act.SetLifecycle():
            yield f"field {model.lifecycle.field}"
        case _:
            yield f"done {done_key(action.path, element.product)}"
            if isinstance(action, act.AddToCampaign):
                yield f"campaign {action.campaign}"


# --- what an element reads ------------------------------------------------------------------------------------------


def _reads(model: Model, element: Element) -> Iterator[str]:
    for condition in _conditions(element):
        for item in con.walk(condition):
            yield from _read(model, item)
    for name in (model.header.eligible, *model.header.exclude):
        if name and element.path[0] not in {"segments", "marks"}:
            yield f"segment {name}"
    if element.path[0] == "decay":
        yield f"score {element.score}"  # type: ignore[attr-defined]
    if element.path[0] == "bands":
        yield from _band(model, element.key)
    for action in getattr(element, "then", ()):
        if isinstance(action, act.Snapshot):
            yield f"score {action.score}"


def _conditions(element: Element) -> Iterator[con.Condition | None]:
    for name in ("when", "unless"):
        yield getattr(element, name, None)
    for name in ("cases", "criteria"):
        yield from (getattr(item, "when", None) for item in getattr(element, name, ()))


def _read(model: Model, item: con.Condition) -> Iterator[str]:
    match item:
        case con.ScoreTest(score, _):
            yield f"score {score}"
        case con.GradeTest(grade, _, _):
            yield f"grade {grade}"
        case con.BandTest(band, _):
            yield from _band(model, band)
        case con.HasMark(mark):
            yield f"mark {mark}"
        case con.InSegment(segment):
            yield f"segment {segment}"
        case con.FieldTest(field, _):
            yield f"field {field}"
        case con.Assigned() | con.CrmKind():
            yield from _assigning(model)
        case con.MemberOf(asset, _):
            yield f"list {asset}"
            yield f"campaign {asset}"


def _assigning(model: Model) -> Iterator[str]:
    """What gives somebody an owner, and a record in the CRM where there was none."""
    for table in (model.rules, model.decay, model.thresholds):
        for element in table.values():
            for action in element.then:
                if isinstance(action, act.Assign):
                    yield f"done {done_key(action.path, element.product)}"


def _band(model: Model, key: str) -> Iterator[str]:
    band = model.bands.get(key)
    if band is None:
        return
    if band.score is not None:
        yield f"score {band.score}"
    for other in band.join:
        yield from _band(model, other)
