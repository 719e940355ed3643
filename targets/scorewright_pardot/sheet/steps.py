"""Clicks that several kinds of object share: criteria, groups, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Step
from scorewright_pardot.labels import CRITERIA
from scorewright_pardot.objects import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright_pardot.objects import Act, Criteria, Criterion

__all__ = ["action_steps", "criteria_steps", "minutes"]

_NEW_RULE = Step("click", "+ Add new rule")
_NEW_RULE_INSIDE = Step("click", "+ Add new rule", depth=1)
_NEW_GROUP = Step("click", "+ Add new rule group")
_NEW_ACTION = Step("click", "+ Add new action")
_MATCH = {"all": "Match All", "any": "Match Any"}
_DEFAULT_MATCH = "Match All"


def criteria_steps(criteria: Criteria) -> Iterator[Step]:
    """Match type, then each criterion or group."""
    yield _match(criteria.match, 0)
    if not criteria.items:
        yield Step("note", "No rules", note="It asks nothing: everybody matches.")
    for item in criteria.items:
        if isinstance(item, Group):
            yield _NEW_GROUP
            yield _match(item.match, 1)
            for inner in item.criteria:
                yield _NEW_RULE_INSIDE
                yield from _criterion(inner, 1)
        else:
            yield _NEW_RULE
            yield from _criterion(item, 0)


def _match(match: str, depth: int) -> Step:
    wanted = _MATCH[match]
    return Step(
        "choose",
        "Match Type",
        wanted,
        default=_DEFAULT_MATCH if wanted != _DEFAULT_MATCH else "",
        depth=depth,
    )


_PICKED = {
    CRITERIA["campaign"].text: "Campaign",
    CRITERIA["campaign-status"].text: "Campaign",
    CRITERIA["external-activity"].text: "External activity",
    CRITERIA["file"].text: "File",
    CRITERIA["form"].text: "Form",
    CRITERIA["form_handler"].text: "Form handler",
    CRITERIA["landing_page"].text: "Landing page",
    CRITERIA["list"].text: "List",
    CRITERIA["profile"].text: "Profile",
    CRITERIA["redirect"].text: "Custom redirect",
    CRITERIA["tag"].text: "Tag",
    CRITERIA["webinar"].text: "Webinar",
}
"""Criteria that ask for a thing: the operator comes first, then the thing is picked.  Others name a field first."""


def _criterion(item: Criterion, depth: int) -> Iterator[Step]:
    picked = _PICKED.get(item.what)
    if picked is not None:
        yield Step("choose", item.what, item.operator, depth=depth)
        yield Step("choose", picked, item.of, depth=depth)
        if item.value:
            yield Step("choose", "Status", item.value, depth=depth)
        return
    if item.of:
        yield Step("choose", item.what, item.of, depth=depth)
    yield Step("choose", item.of or item.what, item.operator, depth=depth)
    if item.value:
        yield Step("type", item.operator, item.value, depth=depth)


def action_steps(actions: Iterable[Act]) -> Iterator[Step]:
    """Each action with what it is done to and its value."""
    for act in actions:
        yield _NEW_ACTION
        yield Step("choose", act.label, act.of or act.value)
        if act.of and act.value:
            yield Step("type", act.of, act.value)


def minutes(steps: int) -> float:
    """How long a person needs for so many clicks: ten seconds each, and half a minute to look."""
    return round(0.5 + steps / 6, 1)
