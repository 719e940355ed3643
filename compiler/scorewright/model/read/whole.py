"""The tables about the model as a whole: header, lifecycle, acceptances, waivers, examples."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from scorewright.model import elements as el
from scorewright.model.read.conditions import condition
from scorewright.model.read.named import common, known_zone
from scorewright.model.read.scope import active, duration, iso
from scorewright.model.vocabulary import VERBS

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.read.scope import Scope

__all__ = ["acceptance", "example", "header", "lifecycle", "waiver"]

_Raw = dict[str, Any]


def header(raw: _Raw, scope: Scope) -> el.Header:
    """``[model]``."""
    path: KeyPath = ("model",)
    activity = raw.get("counts_as_activity", ())
    known = known_zone(raw["timezone"], (*path, "timezone"), scope)
    review, window = raw.get("review"), raw.get("change_window")
    return el.Header(
        id=raw["id"],
        title=raw["title"],
        timezone=raw["timezone"] if known else "UTC",  # so that the rest can be checked
        counts_as_activity=(activity,) if isinstance(activity, str) else tuple(dict.fromkeys(activity)),
        eligible=scope.name("segments", raw["eligible"], (*path, "eligible")) if "eligible" in raw else None,
        exclude=scope.names("segments", raw.get("exclude", []), (*path, "exclude")),
        active=active(raw.get("active")),
        starts=iso(raw["starts"]) if "starts" in raw else None,
        ignore_bots=raw.get("ignore_bots", True),
        steward=raw.get("steward"),
        review=el.Review(duration(review["first"]), duration(review["every"])) if review else None,
        change_window=(window["from"], window["until"], window.get("except", "")) if window else None,
        evidence=raw.get("evidence", False),
        why=raw.get("why", ""),
    )


def lifecycle(raw: _Raw, scope: Scope) -> el.Lifecycle:
    """``[lifecycle]``."""
    field = scope.name("fields", raw["field"], ("lifecycle", "field")) if "field" in raw else None
    return el.Lifecycle(field=field, names=dict(raw.get("names", {})))


def acceptance(key: str, raw: _Raw, path: KeyPath, _scope: Scope) -> el.Acceptance:
    """A bounded lowering taken knowingly."""
    return el.Acceptance(
        id=key, target=raw["target"], note=raw["note"], element=raw["for"], why=raw["why"], path=path
    )


def waiver(key: str, raw: _Raw, path: KeyPath, _scope: Scope) -> el.Waiver:
    """A check switched off for one element."""
    return el.Waiver(id=key, check=raw["check"], element=raw["for"], why=raw["why"], path=path)


def example(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Example:
    """One person's story and what must come of it."""
    person = raw.get("person", {})
    for name in person:
        scope.name("fields", name, (*path, "person", name), on="key")
    scores = tuple(
        (scope.score(name, (*path, "scores", name), on="key"), points)
        for name, points in raw.get("scores", {}).items()
    )
    return el.Example(
        **common(key, raw, path),
        created=iso(raw["created"]),
        person=tuple((name, _plain(value)) for name, value in person.items()),
        scores=scores,
        marks=scope.names("marks", raw.get("marks", []), (*path, "marks")),
        events=tuple(
            _event(item, (*path, "events", index), scope) for index, item in enumerate(raw.get("events", ()))
        ),
        expect=tuple(
            _expect(item, (*path, "expect", index), scope) for index, item in enumerate(raw["expect"])
        ),
    )


def _plain(value: Any) -> el.Scalar:
    """A value as the machine takes it: dates as ISO texts, arrays as tuples."""
    if isinstance(value, dt.date):
        return iso(value)
    return tuple(value) if isinstance(value, list) else cast("el.Scalar", value)


def _event(raw: _Raw, path: KeyPath, scope: Scope) -> el.ExampleEvent:
    at = iso(raw["at"])
    if "sets" in raw:
        field = scope.name("fields", raw["sets"], (*path, "sets"))
        return el.ExampleEvent(at, "sets", field, 1, (), _plain(raw["to"]), path)
    verb = VERBS[next(key for key in raw if key in VERBS)]
    properties = tuple((name, _plain(value)) for name, value in raw.get("with", {}).items())
    named = _object(verb.present, raw[verb.present], (*path, verb.present), scope)
    return el.ExampleEvent(at, verb.present, named, raw.get("times", 1), properties, None, path)


def _object(present: str, raw: Any, path: KeyPath, scope: Scope) -> str:
    verb = VERBS[present]
    if verb.takes == "assets":
        return scope.assets(raw, path, verb.kinds, present)[0]
    if verb.takes == "activities":
        return scope.name("activities", raw, path)
    return "" if verb.takes == "true" else str(raw)


def _expect(raw: _Raw, path: KeyPath, scope: Scope) -> el.Expectation:
    at = iso(raw["at"])
    if "fired" in raw:
        return el.Expectation(
            at, None, scope.name("thresholds", raw["fired"], (*path, "fired")), raw.get("times", 1), path
        )
    rest = {key: value for key, value in raw.items() if key != "at"}
    return el.Expectation(at, condition(rest, path, scope), None, 1, path)
