"""Objects as the contract's tables: plain TOML values, one file a kind, in the order in which they must be built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.bundle import Emitted
from scorewright_pardot import objects as ob

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["KINDS", "criteria_table", "emit"]

Table = dict[str, Any]


def _criterion(item: ob.Criterion | ob.Group) -> Table:
    if isinstance(item, ob.Group):
        return {"match": item.match, "criteria": [_criterion(inner) for inner in item.criteria]}
    return {
        key: value for key, value in zip(("criterion", "of", "operator", "value"), item, strict=True) if value
    }


def criteria_table(criteria: ob.Criteria) -> Table:
    """Criteria as a table: the match type, and criteria and groups of them."""
    return {"match": criteria.match, "criteria": [_criterion(item) for item in criteria.items]}


def _actions(actions: Iterable[ob.Act]) -> list[Table]:
    return [
        {key: value for key, value in zip(("action", "of", "value"), act, strict=True) if value}
        for act in actions
    ]


def _prerequisite(item: ob.Prerequisite) -> tuple[str, Table]:
    check = {"check": item.check} if item.check else {}
    return f"{item.kind}: {item.name}", {"kind": item.kind, "called": item.name, **check}


def _tag(item: ob.Tag) -> tuple[str, Table]:
    return item.name, {}


def _field(item: ob.CustomField) -> tuple[str, Table]:
    return item.name, {"field_id": item.field_id, "type": item.type}


def _formula(item: ob.FormulaField) -> tuple[str, Table]:
    return item.name, {"formula": item.formula, "sources": list(item.sources)}


def _category(item: ob.Category) -> tuple[str, Table]:
    assets = [{"kind": kind, "name": name} for kind, name in item.assets]
    return item.name, {"folder": item.folder, "assets": assets}


def _dynamic(item: ob.DynamicList) -> tuple[str, Table]:
    return item.name, criteria_table(item.criteria)


def _row(item: ob.BaselineRow) -> tuple[str, Table]:
    return item.label, {"points": item.points, "shipped": item.shipped}


def _page_action(item: ob.PageAction) -> tuple[str, Table]:
    return item.name, {"path": item.path, "match": item.match, "actions": _actions(item.actions)}


def _completion(item: ob.CompletionAction) -> tuple[str, Table]:
    asset = {"asset_kind": item.kind, "asset": item.asset}
    return f"{item.kind.replace('_', ' ')}: {item.asset}", {**asset, "actions": _actions(item.actions)}


def _segmentation(item: ob.SegmentationRule) -> tuple[str, Table]:
    phase = {} if item.phase is None else {"resume_phase": item.phase}
    return item.name, {**criteria_table(item.criteria), "actions": _actions(item.actions), **phase}


def _profile(item: ob.ProfileCriterion) -> tuple[str, Table]:
    return f"{item.profile}: {item.name}", {
        "profile": item.profile,
        "criterion": item.name,
        "thirds": item.thirds,
    }


def _automation(item: ob.AutomationRule) -> tuple[str, Table]:
    repeat: Table = {"repeat": item.repeat is not None}
    if item.repeat is not None:
        repeat["days_before_repeat"] = item.repeat
        repeat["match_limit"] = "unlimited" if item.matches is None else item.matches
    return item.name, {
        **criteria_table(item.criteria),
        "actions": _actions(item.actions),
        **repeat,
        "state": "paused",
        "resume_phase": item.phase,
        **({} if item.days is None else {"days": _days(item.days)}),
    }


def _days(days: ob.Days) -> Table:
    """When somebody keeps a rule resumed."""
    ends = {"from": days.first, "until": days.last}
    return {**{key: day for key, day in ends.items() if day}, "outside": days.outside}


def _program(item: ob.EngagementProgram) -> tuple[str, Table]:
    repeat: Table = {"repeat": item.repeat is not None}
    if item.repeat is not None:
        repeat["days_before_repeat"] = item.repeat
        repeat["entry_limit"] = "unlimited"
    return item.name, {
        "recipient_list": item.recipients,
        "suppression_lists": [],
        **repeat,
        "business_hours_only": False,
        "state": "draft",
        "start_phase": item.phase,
        "steps": [
            *(_step(number, step) for number, step in enumerate(item.steps, 1)),
            {"number": len(item.steps) + 1, "step": "End"},
        ],
    }


def _step(number: int, step: ob.RuleStep | ob.ActionStep) -> Table:
    wait: Table = {"number": number, "wait_days": step.wait}
    if isinstance(step, ob.ActionStep):
        (action,) = _actions((step.act,))
        return {**wait, "step": "Action", **action, "then": step.then}
    criteria = [_criterion(item) for item in step.criteria]
    return {**wait, "step": "Rule", "match": "all", "criteria": criteria, "yes": step.yes, "no": step.no}


def _plain(item: Any) -> tuple[str, Table]:
    return item.name, {}


KINDS: tuple[tuple[str, type, Callable[[Any], tuple[str, Table]]], ...] = (
    ("prerequisites", ob.Prerequisite, _prerequisite),
    ("custom-fields", ob.CustomField, _field),
    ("formula-fields", ob.FormulaField, _formula),
    ("tags", ob.Tag, _tag),
    ("profile-criteria", ob.ProfileCriterion, _profile),
    ("scoring-categories", ob.Category, _category),
    ("static-lists", ob.StaticList, _plain),
    ("dynamic-lists", ob.DynamicList, _dynamic),
    ("baseline-scoring", ob.BaselineRow, _row),
    ("custom-redirects", ob.CustomRedirect, _plain),
    ("page-actions", ob.PageAction, _page_action),
    ("completion-actions", ob.CompletionAction, _completion),
    ("segmentation-rules", ob.SegmentationRule, _segmentation),
    ("automation-rules", ob.AutomationRule, _automation),
    ("engagement-programs", ob.EngagementProgram, _program),
)
"""Kind (the file's stem), its objects, and how one becomes a name and a table; in the order of building."""


def emit(objects: Iterable[ob.Object]) -> tuple[Emitted, ...]:
    """Every object as a table, kinds in the order of building, objects of a kind in the order of the model."""
    by_type: dict[type, list[Any]] = {}
    for item in objects:
        by_type.setdefault(type(item), []).append(item)
    found: list[Emitted] = []
    for kind, type_, render in KINDS:
        for item in by_type.get(type_, ()):
            name, table = render(item)
            made: ob.Made = item.made
            found.append(Emitted(kind, name, table, made.elements, made.lowering, made.facts))
    return tuple(found)
