"""Clicks that several kinds of object share: criteria, groups, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Step
from scorewright_pardot.labels import ACTIONS, CRITERIA
from scorewright_pardot.objects import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright_pardot.objects import Act, Criteria, Criterion

__all__ = ["act_steps", "action_steps", "criteria_steps", "criterion_steps", "minutes", "of_admins"]

_NEW_ACTION = Step("click", "+ Add new action")
_MATCH = {"all": "Match All", "any": "Match Any"}
_DEFAULT_MATCH = "Match All"


def criteria_steps(criteria: Criteria) -> Iterator[Step]:
    """Match type, then each criterion or group."""
    yield _match(criteria.match, 0)
    if not criteria.items:
        yield Step("note", "No rules", note="It asks nothing: everybody matches.")
    yield from _items(criteria.items, 0)


def _items(items: Iterable[Criterion | Group], depth: int) -> Iterator[Step]:
    for item in items:
        if isinstance(item, Group):
            yield Step("click", "+ Add new rule group", depth=depth)
            yield _match(item.match, depth + 1)
            yield from _items(item.criteria, depth + 1)
        else:
            yield Step("click", "+ Add new rule", depth=depth)
            yield from criterion_steps(item, depth)


def _match(match: str, depth: int) -> Step:
    wanted = _MATCH[match]
    return Step(
        "choose",
        "Match Type",
        wanted,
        default=_DEFAULT_MATCH if wanted != _DEFAULT_MATCH else "",
        depth=depth,
    )


_THINGS = frozenset(
    CRITERIA[word].text
    for word in (
        "campaign",
        "campaign-status",
        "external-activity",
        "file",
        "form",
        "form_handler",
        "landing_page",
        "list",
        "profile",
        "redirect",
        "tag",
        "webinar",
    )
)
"""Criteria that ask for a thing: the operator is chosen first, then the thing.  Others name a field first."""

_SUB_CHOICES = frozenset((ACTIONS["score"].text,))
"""Actions whose second dropdown is a way (By, To) and not a thing."""

_VALUES = {
    ACTIONS["campaign"].text: "Status",
    ACTIONS["category"].text: "By",
    ACTIONS["profile"].text: "To",
    ACTIONS["task"].text: "Due",
}
"""What an action's last box is called, where it is not a field's new value."""


def criterion_steps(item: Criterion, depth: int) -> Iterator[Step]:
    """One line: the dropdowns from left to right, then the value."""
    if item.what in _THINGS:
        yield Step("choose", f"{item.what} › {item.operator}", item.of, depth=depth)
        if item.value:
            yield Step("choose", "Status", item.value, depth=depth + 1)
        return
    dropdowns = " › ".join(part for part in (item.what, item.of, item.operator) if part)
    yield Step("type" if item.value else "choose", dropdowns, item.value, depth=depth)


def action_steps(actions: Iterable[Act]) -> Iterator[Step]:
    """Each action with what it is done to and its value."""
    for act in actions:
        yield _NEW_ACTION
        yield from act_steps(act, 0)


def act_steps(act: Act, depth: int) -> Iterator[Step]:
    """One action: what it is, what it is done to, the value."""
    if act.label in _SUB_CHOICES:
        yield Step("type", f"{act.label} › {act.of}", act.value, depth=depth)
        return
    yield Step("choose", act.label, act.of or act.value, depth=depth)
    if act.of and act.value:
        yield Step("type", _VALUES.get(act.label, "New value"), act.value, depth=depth + 1)


def minutes(steps: int) -> float:
    """How long a person needs for so many clicks: ten seconds each, and half a minute to look."""
    return round(0.5 + steps / 6, 1)


_OF_ADMINS = ("Account Engagement Settings", "Object and Field Configuration", "Setup ›")


def of_admins(steps: Iterable[Step]) -> bool:
    """Whether these clicks lead through settings of the account, which the role Marketing does not open.

    Source: Salesforce, "Default User Roles" of Account Engagement; a custom role may have been given more.
    """
    return any(step.act == "open" and step.label.startswith(_OF_ADMINS) for step in steps)
