"""The tables that score: scores, groups, rules, tiers, inputs, decay, grades, bands, thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import elements as el
from scorewright.model.read import rules
from scorewright.model.read.actions import actions
from scorewright.model.read.conditions import condition, optional
from scorewright.model.read.events import events
from scorewright.model.read.named import common
from scorewright.model.read.scope import active, bounds, duration, window
from scorewright.model.read.value_tests import one_test
from scorewright.model.values import Bound, Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.read.scope import Scope

__all__ = ["band", "decay", "grade", "group", "input_", "rule", "score", "threshold", "tier"]

_Raw = dict[str, Any]


def _number(key: str, raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> Number | None:
    return scope.number(raw[key], (*path, key)) if key in raw else None


def _name(table: str, key: str, raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> str | None:
    return scope.name(table, raw[key], (*path, key)) if key in raw else None


def _limit(raw: _Raw | None) -> el.Limit | None:
    if raw is None:
        return None
    kind = "times" if "times" in raw else "points"
    return el.Limit(kind, raw[kind], window(raw["per"]) if "per" in raw else None, "each" in raw)


def score(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Score:
    """A number kept for each person."""
    sum_of = tuple(
        scope.score(name, (*path, "sum_of", index)) for index, name in enumerate(raw.get("sum_of", ()))
    )
    shares = raw.get("percent_of", {})
    return el.Score(
        **common(key, raw, path, scope.product),
        kind=raw["kind"],
        overall=raw.get("overall", False),
        floor=_number("floor", raw, path, scope),
        ceiling=_number("ceiling", raw, path, scope),
        start=_number("start", raw, path, scope),
        feeds=scope.score(raw["feeds"], (*path, "feeds")) if "feeds" in raw else None,
        sum_of=sum_of,
        percent_of=tuple(
            (scope.score(name, (*path, "percent_of", name), on="key"), share)
            for name, share in shares.items()
        ),
        names=dict(raw.get("names", {})),
    )


def group(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Group:
    """A limit that several rules share."""
    limit = el.Limit("points", raw["limit"]["points"], window(raw["limit"]["per"]))
    return el.Group(**common(key, raw, path), score=scope.score(raw["score"], (*path, "score")), limit=limit)


def rule(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Rule:
    """Points for what happens, or for what is so."""
    points = tuple(
        (scope.score(name, (*path, "points", name), on="key"), scope.number(number, (*path, "points", name)))
        for name, number in raw.get("points", {}).items()
    )
    return el.Rule(
        **common(key, raw, path, scope.product),
        on=events(raw["on"], (*path, "on"), scope) if "on" in raw else (),
        when=optional(raw.get("when"), (*path, "when"), scope),
        wait=duration(raw["wait"]) if "wait" in raw else None,
        points=points,
        limit=_limit(raw.get("limit")),
        group=_name("groups", "group", raw, path, scope),
        then=actions(raw.get("then", []), (*path, "then"), scope),
        expires=duration(raw["expires"]) if "expires" in raw else None,
        fades=_fades(raw.get("fades"), (*path, "fades"), scope),
        keep=raw.get("keep", False),
        active=active(raw.get("active")),
    )


def _fades(raw: _Raw | None, path: KeyPath, scope: Scope) -> el.Fades | None:
    if raw is None:
        return None
    return el.Fades(_number("subtract", raw, path, scope), raw.get("percent"), duration(raw["every"]))


def tier(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Tier:
    """Ordered cases of which the first that fits counts."""
    field = _name("fields", "field", raw, path, scope)
    cases = tuple(
        _case(item, (*path, "cases", index), field is not None, scope)
        for index, item in enumerate(raw["cases"])
    )
    return el.Tier(
        **common(key, raw, path, scope.product),
        score=scope.score(raw["score"], (*path, "score")),
        field=field,
        cases=cases,
        otherwise=_number("otherwise", raw, path, scope) or Number(0),
        unknown=_number("unknown", raw, path, scope),
    )


def _case(raw: _Raw, path: KeyPath, has_field: bool, scope: Scope) -> el.TierCase:
    points = scope.number(raw["points"], (*path, "points"))
    tests = {name: item for name, item in raw.items() if name not in {"label", "when", "points"}}
    if has_field and "when" in raw:
        message = "this tier has a field, so each case tests it"
        scope.found.append(
            rules.BAD_TEST.at((*path, "when"), message, help="write a test such as at_least = …", on="key")
        )
    elif not has_field and (tests or "when" not in raw):
        message = "this tier has no field, so each case needs a 'when'"
        help_ = "add field = … to the tier, or when = { … } to the case"
        scope.found.append(rules.BAD_TEST.at(path, message, help=help_))
    elif has_field:
        return el.TierCase(one_test(tests, path, scope), None, points, raw.get("label", ""), path)
    when = optional(raw.get("when"), (*path, "when"), scope)
    return el.TierCase(None, when, points, raw.get("label", ""), path)


def input_(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Input:
    """Points that come from a field."""
    return el.Input(
        **common(key, raw, path),
        field=scope.name("fields", raw["field"], (*path, "field")),
        score=scope.score(raw["score"], (*path, "score")),
        percent=raw.get("percent", 100),
        at_least=_number("at_least", raw, path, scope),
        at_most=_number("at_most", raw, path, scope),
    )


def decay(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Decay:
    """What silence takes from a score."""
    own = "counts_as_activity" in raw
    model = scope.declared.get("model", {}).get("counts_as_activity", ())
    activity = raw.get("counts_as_activity", model)
    return el.Decay(
        **common(key, raw, path, scope.product),
        score=scope.score(raw["score"], (*path, "score")),
        activity=(activity,) if isinstance(activity, str) else tuple(dict.fromkeys(activity)),
        own_activity=own,
        never_active=raw.get("never_active", False),
        when=optional(raw.get("when"), (*path, "when"), scope),
        steps=tuple(_step(item, (*path, "steps", index), scope) for index, item in enumerate(raw["steps"])),
        stop_at=_number("stop_at", raw, path, scope),
        limit=raw["limit"]["points"] if "limit" in raw else None,
        then=actions(raw.get("then", []), (*path, "then"), scope),
        schedule=_name("schedules", "schedule", raw, path, scope),
    )


def _step(raw: _Raw, path: KeyPath, scope: Scope) -> el.Step:
    return el.Step(
        duration(raw["after"]),
        duration(raw["every"]) if "every" in raw else None,
        bounds(raw, path, scope),
        _number("subtract", raw, path, scope),
        raw.get("percent"),
        _number("set", raw, path, scope),
        path,
    )


def grade(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Grade:
    """A letter grade."""
    criteria = tuple(
        el.Criterion(
            name,
            condition(item["when"], (*path, "criteria", name, "when"), scope),
            item["thirds"],
            (*path, "criteria", name),
        )
        for name, item in raw["criteria"].items()
    )
    hidden = raw.get("hidden_until_match", True)
    return el.Grade(
        **common(key, raw, path), start=raw.get("start", "D"), hidden_until_match=hidden, criteria=criteria
    )


def band(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Band:
    """Labels for stretches of a score, or labels joined."""
    cases = tuple(
        _band_case(item, (*path, "cases", index), last=index == len(raw["cases"]) - 1, scope=scope)
        for index, item in enumerate(raw.get("cases", ()))
    )
    labels, parts = _extent(raw, scope, {key: (1, 1)})
    if labels > _MOST_LABELS or parts > _MOST_PARTS:
        most = f"{_MOST_LABELS:,} labels" if labels > _MOST_LABELS else f"{_MOST_PARTS} parts"
        help_ = "join fewer bands, or bands of fewer cases"
        finding = rules.TOO_MANY_LABELS.at(
            (*path, "join"), f"joined, these bands have more than {most}", help=help_
        )
        scope.found.append(finding)
    return el.Band(
        **common(key, raw, path),
        score=scope.score(raw["score"], (*path, "score")) if "score" in raw else None,
        cases=cases,
        join=scope.names("bands", raw["join"], (*path, "join")) if "join" in raw else (),
        field=_name("fields", "field", raw, path, scope),
    )


_MOST_LABELS = 1_000
"""Labels that joined bands may make, since each is a choice that a person builds or reads."""
_MOST_PARTS = 20
"""Bands that one may be joined from, those inside others counted."""


def _extent(raw: Any, scope: Scope, known: dict[str, tuple[int, int]]) -> tuple[int, int]:
    """How many labels a band has, and of how many parts, as far as it matters.

    What cannot be read and what stands in a circle counts as one; ``known`` are those looked at already.
    """
    if not isinstance(raw, dict) or "join" not in raw:
        return (len(raw.get("cases", ())) or 1, 1) if isinstance(raw, dict) else (1, 1)
    labels, parts = 1, 0
    for name in raw["join"]:
        if name not in known:
            known[name] = (1, 1)
            known[name] = _extent(scope.declared["bands"].get(name), scope, known)
        labels = min(labels * known[name][0], _MOST_LABELS + 1)
        parts = min(parts + known[name][1], _MOST_PARTS + 1)
    return labels, parts


def _band_case(raw: _Raw, path: KeyPath, *, last: bool, scope: Scope) -> el.BandCase:
    sides = [key for key in ("at_least", "above") if key in raw]
    if len(sides) != (0 if last else 1):
        message = "the last case has no bound" if last else "each case but the last has one bound"
        help_ = (
            "leave the bound out: the last case takes all that is left"
            if last
            else "add at_least = … or above = …"
        )
        scope.found.append(rules.BAD_TEST.at(path, message, help=help_))
    lower = Bound(scope.number(raw[sides[0]], (*path, sides[0])), sides[0] == "at_least") if sides else None
    return el.BandCase(raw["label"], lower, path)


def threshold(key: str, raw: _Raw, path: KeyPath, scope: Scope) -> el.Threshold:
    """What is done when a condition becomes so."""
    ways = tuple(
        event
        for index, item in enumerate(raw.get("or_on", ()))
        for event in events(item, (*path, "or_on", index), scope)
    )
    return el.Threshold(
        **common(key, raw, path, scope.product),
        when=condition(raw["when"], (*path, "when"), scope),
        or_on=ways,
        required_fields=scope.names("fields", raw.get("required_fields", []), (*path, "required_fields")),
        unless=optional(raw.get("unless"), (*path, "unless"), scope),
        limit=_limit(raw.get("limit")),
        schedule=_name("schedules", "schedule", raw, path, scope),
        existing=raw.get("existing", False),
        then=actions(raw["then"], (*path, "then"), scope),
    )
