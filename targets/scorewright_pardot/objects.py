"""The objects of the platform that lowerings make: typed, frozen, before they are written or explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Act",
    "ActionStep",
    "AutomationRule",
    "BaselineRow",
    "Category",
    "CompletionAction",
    "Criteria",
    "Criterion",
    "CustomField",
    "CustomRedirect",
    "DynamicList",
    "EngagementProgram",
    "FormulaField",
    "Group",
    "Made",
    "Object",
    "PageAction",
    "Prerequisite",
    "ProfileCriterion",
    "RuleStep",
    "SegmentationRule",
    "StaticList",
    "Tag",
    "leaves",
]


class Criterion(NamedTuple):
    """One criterion: the first dropdown, what it is about (a field, a list, a tag), the operator, the value."""

    what: str
    of: str
    operator: str
    value: str = ""


class Group(NamedTuple):
    """A rule group with its own match type, ``all`` or ``any``; with groups in it only where the platform nests so deep."""

    match: str
    criteria: tuple[Criterion | Group, ...]


class Criteria(NamedTuple):
    """What a rule or dynamic list asks: a match type, and criteria and groups of them (depth 2)."""

    match: str
    items: tuple[Criterion | Group, ...]


def leaves(criteria: Criteria | Group) -> Iterator[Criterion]:
    """Every single criterion, however deep it stands."""
    for item in criteria.criteria if isinstance(criteria, Group) else criteria.items:
        if isinstance(item, Group):
            yield from leaves(item)
        else:
            yield item


class Act(NamedTuple):
    """One action: the first dropdown, what it is done to, and the value or status."""

    label: str
    of: str = ""
    value: str = ""


class Made(NamedTuple):
    """Why an object exists: the elements that it serves, the lowering that made it, a sentence, and its facts."""

    elements: tuple[str, ...]
    lowering: str
    why: str
    facts: tuple[str, ...] = ()


class Prerequisite(NamedTuple):
    """Something that must be there already: a form, a user, a campaign, a field."""

    kind: str
    name: str
    made: Made
    check: str = ""


class Tag(NamedTuple):
    """A tag on people."""

    name: str
    made: Made


class CustomField(NamedTuple):
    """A custom prospect field that the model keeps; ``type`` is the platform's word in small letters."""

    name: str
    field_id: str
    type: str
    made: Made


class FormulaField(NamedTuple):
    """A Salesforce formula field that adds up ``sources`` (prospect fields), and the prospect field it maps to."""

    name: str
    formula: str
    sources: tuple[str, ...]
    made: Made


class StaticList(NamedTuple):
    """A static list."""

    name: str
    made: Made


class Category(NamedTuple):
    """A scoring category, its folder, and the assets that belong into the folder (kind, name)."""

    name: str
    folder: str
    assets: tuple[tuple[str, str], ...]
    made: Made


class DynamicList(NamedTuple):
    """A dynamic list: people come and go by its criteria."""

    name: str
    criteria: Criteria
    made: Made


class CustomRedirect(NamedTuple):
    """A custom redirect, which an ad or a link must go through to be seen."""

    name: str
    made: Made


class BaselineRow(NamedTuple):
    """A baseline scoring row: the points to type over those that ship."""

    label: str
    points: int
    shipped: int
    made: Made


class PageAction(NamedTuple):
    """What is done whenever a known prospect views a page."""

    name: str
    path: str
    match: str
    actions: tuple[Act, ...]
    made: Made


class CompletionAction(NamedTuple):
    """What is done whenever a known prospect completes an asset."""

    kind: str
    asset: str
    actions: tuple[Act, ...]
    made: Made


class SegmentationRule(NamedTuple):
    """A rule that runs once, over the people who are there: it fills an initial state.

    With a ``phase`` it runs among the automation rules that are resumed, in that order, for it reads what they give;
    without, before any of them.
    """

    name: str
    criteria: Criteria
    actions: tuple[Act, ...]
    made: Made
    phase: int | None = None


class ProfileCriterion(NamedTuple):
    """A criterion of a grading profile; ``thirds`` of a letter grade."""

    profile: str
    name: str
    thirds: int
    made: Made


class Days(NamedTuple):
    """The days on which somebody keeps a rule resumed, both included (ISO dates; ``""``: open); ``outside``: all others."""

    first: str
    last: str
    outside: bool


class AutomationRule(NamedTuple):
    """An automation rule.

    ``repeat`` is the number of days before it is eligible to repeat, ``None`` for once a person; ``matches`` how often
    at most (``None``: unlimited).  ``phase`` orders resuming: lower first.  ``check`` says what the preview must show.
    ``passes`` is how often the rules of a plan fire, one after another, until a category has come down; 0: no plan.
    """

    name: str
    criteria: Criteria
    actions: tuple[Act, ...]
    repeat: int | None
    phase: int
    check: str
    made: Made
    matches: int | None = None
    passes: int = 0
    days: Days | None = None


class RuleStep(NamedTuple):
    """A step of a program that asks, when its ``wait`` (days; 0: immediately) is over.

    All of its criteria must hold; ``yes`` and ``no`` are the numbers of the steps that follow.
    """

    criteria: tuple[Criterion, ...]
    yes: int
    no: int
    wait: int = 0


class ActionStep(NamedTuple):
    """A step of a program that acts, when its ``wait`` is over; ``then`` is the number of the step that follows."""

    act: Act
    then: int
    wait: int = 0


class EngagementProgram(NamedTuple):
    """An engagement program: it takes whoever is on its list through its steps, one prospect one step at a time.

    Steps are numbered from 1; the number after the last one is the end.  ``repeat`` is the number of days before a
    prospect is eligible to go through it again, ``None`` for once a prospect; ``phase`` orders starting.
    """

    name: str
    recipients: str
    steps: tuple[RuleStep | ActionStep, ...]
    repeat: int | None
    phase: int
    check: str
    made: Made
    day: int = 0
    """After how many days of silence it begins."""
    rounds: int = 0
    """How often somebody goes through it in one silence, as far as that is waited for; 0: until nothing is left to take."""

    @property
    def waits(self) -> int:
        """The most days that a prospect waits in it: paths join again, so each number is passed once."""
        return sum(step.wait for step in self.steps)


Object = (
    Prerequisite
    | Tag
    | CustomField
    | FormulaField
    | StaticList
    | Category
    | DynamicList
    | CustomRedirect
    | BaselineRow
    | PageAction
    | CompletionAction
    | SegmentationRule
    | ProfileCriterion
    | AutomationRule
    | EngagementProgram
)
