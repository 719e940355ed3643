"""Which features of the language a model uses, and where: what the capability tables are held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import actions as act
from scorewright.model import conditions as con

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Band, Decay, Model, Rule, Score, Threshold, Tier
    from scorewright.model.events import Event

__all__ = ["Use", "features_used"]

_LONG_SILENCE_DAYS = 90
"""Silences beyond this are a feature of their own: platforms forget sooner."""
_DEPTH = 2
"""Groups inside one another that count as plain: an `any` within an `all`."""


class Use(NamedTuple):
    """One use of a feature: by which element (``rules.contact``) and where it stands."""

    feature: str
    element: str
    path: KeyPath


def features_used(model: Model) -> tuple[Use, ...]:
    """Every use of every feature, each (feature, path) once, in the order of the model."""
    uses: dict[tuple[str, KeyPath], Use] = {}
    for element, feature, path in _all(model):
        uses.setdefault((feature, path), Use(feature, element, path))
    return tuple(uses.values())


_Found = tuple[str, str, "KeyPath"]


def _all(model: Model) -> Iterator[_Found]:
    yield from (("model", feature, path) for feature, path in _header(model))
    for score in model.scores.values():
        yield from ((score.name, feature, path) for feature, path in _score(score))
    for rule in model.rules.values():
        yield from ((rule.name, feature, path) for feature, path in _rule(model, rule))
    for tier in model.tiers.values():
        yield from ((tier.name, feature, path) for feature, path in _tier(model, tier))
    for item in model.inputs.values():
        yield item.name, "input", item.path
    for decay in model.decay.values():
        yield from ((decay.name, feature, path) for feature, path in _decay(model, decay))
    for grade in model.grades.values():
        yield grade.name, "grade", grade.path
        for criterion in grade.criteria:
            yield from ((grade.name, feature, path) for feature, path in _condition(model, criterion.when))
    for band in model.bands.values():
        yield from ((band.name, feature, path) for feature, path in _band(band))
    for threshold in model.thresholds.values():
        yield from ((threshold.name, feature, path) for feature, path in _threshold(model, threshold))
    for segment in model.segments.values():
        yield segment.name, "segment", segment.path
        yield from ((segment.name, feature, path) for feature, path in _condition(model, segment.when))
    for mark in model.marks.values():
        yield mark.name, "mark", mark.path


_Feature = tuple[str, "KeyPath"]


def _header(model: Model) -> Iterator[_Feature]:
    head = model.header
    if head.eligible is not None:
        yield "eligible", ("model", "eligible")
    if head.exclude:
        yield "exclude", ("model", "exclude")
    if head.active is not None:
        yield "model-active", ("model", "active")
    if head.starts is not None:
        yield "model-starts", ("model", "starts")
    if not head.ignore_bots:
        yield "bots-count", ("model", "ignore_bots")


def _score(score: Score) -> Iterator[_Feature]:
    path = score.path
    if score.kind == "combined":
        yield ("score-sum" if score.sum_of else "score-weights"), path
    else:
        yield f"score-{score.kind}", path
    if score.feeds is not None:
        yield "score-feeds", (*path, "feeds")
    if score.floor is not None:
        yield "score-floor", (*path, "floor")
    if score.ceiling is not None:
        yield "score-ceiling", (*path, "ceiling")
    if score.start is not None and score.start.value != 0:
        yield "score-start", (*path, "start")
    if not score.overall:
        yield "score-part", path
    if score.product is not None:
        yield "products", (*path, "each")


def _rule(model: Model, rule: Rule) -> Iterator[_Feature]:
    path = rule.path
    if rule.on:
        yield from _events(model, rule.on, (*path, "on"))
        yield "points-event", (*path, "points")
        if any(number.value < 0 for _, number in rule.points):
            yield "points-negative", (*path, "points")
        if rule.when is not None:
            yield "points-conditional", (*path, "when")
        yield from _limit(rule)
    else:
        yield ("points-keep" if rule.keep else "points-fact"), path
    if len(rule.points) > 1:
        yield "points-several", (*path, "points")
    for value, feature, key in (
        (rule.wait, "rule-wait", "wait"),
        (rule.then, "rule-actions", "then"),
        (rule.active, "rule-active", "active"),
        (rule.expires, "award-expires", "expires"),
        (rule.fades, "award-fades", "fades"),
        (rule.group, "limit-group", "group"),
        (rule.product, "products", "each"),
    ):
        if value:
            yield feature, (*path, key)
    yield from _condition(model, rule.when)
    yield from _actions(rule.then)


def _limit(rule: Rule) -> Iterator[_Feature]:
    limit, path = rule.limit, (*rule.path, "limit")
    if limit is None:
        return
    if limit.kind == "points":
        yield ("limit-points" if limit.per is None else "limit-points-per-window"), path
    elif limit.per is None:
        yield ("limit-once" if limit.count == 1 else "limit-first-n"), path
    else:
        yield ("limit-once-per-window" if limit.count == 1 else "limit-n-per-window"), path
    if limit.per is not None and limit.per.calendar:
        yield ("limit-visit" if limit.per.calendar == "visit" else "limit-calendar"), path
    if limit.by_asset:
        yield "limit-by-asset", path


def _events(model: Model, events: Iterable[Event], path: KeyPath) -> Iterator[_Feature]:
    events = tuple(events)
    if len(events) > 1:
        yield "event-any", path
    for event in events:
        yield f"event-{event.verb.replace('_', '-')}", event.path
        yield from _event_details(model, event)


def _event_details(model: Model, event: Event) -> Iterator[_Feature]:
    if event.excluding:
        yield "event-except", (*event.path, "except")
    if event.where:
        yield "event-where", (*event.path, "where")
    if event.nth > 1:
        yield "event-count", (*event.path, "at_least")
    named = [model.assets[key] for key in (*event.objects, *event.excluding) if key in model.assets]
    if any(asset.match != "is" for asset in named):
        yield "event-match", event.path


def _tier(model: Model, tier: Tier) -> Iterator[_Feature]:
    yield "tier", tier.path
    if tier.otherwise.value != 0:
        yield "tier-otherwise", (*tier.path, "otherwise")
    if tier.unknown is not None and tier.unknown.value != 0:
        yield "tier-unknown", (*tier.path, "unknown")
    if tier.product is not None:
        yield "products", (*tier.path, "each")
    for case in tier.cases:
        if tier.field is not None and case.test is not None:
            yield from _condition(model, con.FieldTest(tier.field, case.test, path=case.path))
        yield from _condition(model, case.when)


def _decay(model: Model, decay: Decay) -> Iterator[_Feature]:
    path = decay.path
    steps = (*path, "steps")
    for step in decay.steps:
        kind = "set" if step.set_to is not None else "percent" if step.percent is not None else "subtract"
        yield f"decay-{kind}", steps
        if step.every is not None:
            yield "decay-every", step.path
        if step.level.lower is not None or step.level.upper is not None:
            yield "decay-level", step.path
        if step.after.seconds > _LONG_SILENCE_DAYS * 86_400:
            yield "decay-long", step.path
    if len(decay.steps) > 1:
        yield "decay-steps", steps
    yield ("decay-awards" if decay.activity == ("awards",) else "decay-activity"), path
    for value, feature, key in (
        (decay.stop_at, "decay-stop-at", "stop_at"),
        (decay.limit, "decay-limit", "limit"),
        (decay.never_active, "decay-never-active", "never_active"),
        (decay.when, "decay-when", "when"),
        (decay.then, "decay-actions", "then"),
        (decay.schedule, "schedule", "schedule"),
        (decay.product, "products", "each"),
    ):
        if value:
            yield feature, (*path, key)
    if decay.score in model.scores and not model.scores[decay.score].overall:
        yield "decay-part", (*path, "score")
    yield from _condition(model, decay.when)
    yield from _actions(decay.then)


def _band(band: Band) -> Iterator[_Feature]:
    yield ("band-join" if band.join else "band"), band.path


def _threshold(model: Model, threshold: Threshold) -> Iterator[_Feature]:
    path = threshold.path
    yield "threshold", path
    if isinstance(threshold.when, (con.All, con.AnyOf)):
        yield "threshold-gates", (*path, "when")
    if any(isinstance(item, con.HasMark) for item in con.walk(threshold.when)):
        yield "threshold-reads-mark", (*path, "when")
    for value, feature, key in (
        (threshold.or_on, "threshold-or-on", "or_on"),
        (threshold.required_fields, "threshold-required", "required_fields"),
        (threshold.unless, "threshold-unless", "unless"),
        (threshold.limit, "threshold-limit", "limit"),
        (threshold.existing, "threshold-existing", "existing"),
        (threshold.schedule, "schedule", "schedule"),
        (threshold.product, "products", "each"),
    ):
        if value:
            yield feature, (*path, key)
    schedule = model.schedules.get(threshold.schedule or "")
    if schedule is not None and schedule.zones:
        yield "schedule-zones", (*path, "schedule")
    yield from _condition(model, threshold.when)
    yield from _condition(model, threshold.unless)
    yield from _events(model, threshold.or_on, (*path, "or_on"))
    yield from _actions(threshold.then)


_ACTION_FEATURES: dict[type, str] = {
    act.Assign: "action-assign",
    act.Notify: "action-notify",
    act.AddToCampaign: "action-add-to-campaign",
    act.AddToList: "action-add-to-list",
    act.RemoveFromList: "action-remove-from-list",
    act.SetLifecycle: "action-lifecycle",
    act.CreateTask: "action-task",
    act.Stamp: "action-stamp",
    act.Snapshot: "action-snapshot",
    act.SetField: "action-set-field",
    act.Moment: "action-moment",
    act.PutMark: "action-mark",
    act.TakeMark: "action-unmark",
    act.Reset: "action-reset",
}


def _actions(actions: Iterable[act.Action]) -> Iterator[_Feature]:
    for action in actions:
        yield _ACTION_FEATURES[type(action)], action.path


_SIMPLE: dict[type, str] = {
    con.ScoreTest: "when-score",
    con.GradeTest: "when-grade",
    con.BandTest: "when-band",
    con.HasMark: "when-mark",
    con.InSegment: "when-segment",
    con.MemberOf: "when-member",
    con.HasOpportunity: "when-opportunity",
    con.CrmKind: "when-crm",
    con.Assigned: "when-assigned",
    con.Mailable: "when-mailable",
    con.Not: "when-not",
}


def _condition(model: Model, condition: con.Condition | None) -> Iterator[_Feature]:
    if condition is None:
        return
    if _depth(condition) > _DEPTH:
        yield "when-nested", condition.path
    for item in con.walk(condition):
        if type(item) in _SIMPLE:
            yield _SIMPLE[type(item)], item.path
        elif isinstance(item, con.FieldTest):
            yield from _field_test(model, item)
        elif isinstance(item, con.Happened):
            yield from _happened(model, item)


def _depth(condition: con.Condition) -> int:
    """How many levels of all and any: a list of conditions is one, a list within it two."""
    if isinstance(condition, (con.All, con.AnyOf)):
        return 1 + max(_depth(member) for member in condition.members)
    return _depth(condition.member) if isinstance(condition, con.Not) else 0


_FIELD_FEATURES = {
    "text": "when-text",
    "number": "when-number",
    "date": "when-date",
    "yes_no": "when-yes-no",
    "choice": "when-choice",
    "choices": "when-choice",
}


def _field_test(model: Model, item: con.FieldTest) -> Iterator[_Feature]:
    field = model.fields.get(item.field)
    if field is not None and field.of == "account":
        yield "when-account", item.path
    if field is not None and field.source == "elsewhere":
        yield "when-elsewhere", item.path
    if isinstance(item.test, con.Known):
        yield "when-known", item.path
    elif isinstance(item.test, con.Matches) and item.test.mode == "contains_word":
        yield "when-word", item.path
    elif field is not None:
        yield _FIELD_FEATURES[field.type], item.path


def _happened(model: Model, item: con.Happened) -> Iterator[_Feature]:
    yield ("when-happened" if item.event.within is None else "when-happened-within"), item.path
    if item.least != 1 or item.most is not None:
        yield "when-happened-count", item.path
    yield from _event_details(model, item.event)
