"""The elements of a model: scores, rules, tiers, decay, thresholds and all that they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.actions import Action
    from scorewright.model.conditions import Condition
    from scorewright.model.events import Event
    from scorewright.model.value_tests import Test
    from scorewright.model.values import Active, Bound, Bounds, Duration, Number, Window

__all__ = [
    "Acceptance",
    "Activity",
    "Asset",
    "Band",
    "BandCase",
    "Criterion",
    "Decay",
    "Element",
    "Example",
    "ExampleEvent",
    "Expectation",
    "Fades",
    "Field",
    "Goal",
    "Grade",
    "Group",
    "Header",
    "Input",
    "Lifecycle",
    "Limit",
    "Mark",
    "Model",
    "Product",
    "Review",
    "Rule",
    "Schedule",
    "Score",
    "Segment",
    "Step",
    "Terms",
    "Threshold",
    "Tier",
    "TierCase",
    "Value",
    "Waiver",
    "Zone",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What every element has.

    ``key`` is unique within its table: the id, or ``id@product`` for a copy made by ``each = "product"``.
    ``path`` is where it stands in the spec, ``(table, id)``; copies share it.
    """

    id: str
    title: str
    path: KeyPath
    why: str = ""
    product: str | None = None

    @property
    def key(self) -> str:
        """The id, or ``id@product`` for a product's copy."""
        return self.id if self.product is None else f"{self.id}@{self.product}"

    @property
    def name(self) -> str:
        """The element as a spec's ``for`` spells it: ``rules.contact``."""
        return f"{self.path[0]}.{self.id}"


# --- what is named --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Element):
    """A named number, with what it was made of when it is a share of another."""

    value: int
    percent: int | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Element):
    """Texts and the mode in which they are compared; ``file`` as written, when they came from one."""

    match: str
    texts: tuple[str, ...]
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Element):
    """A field of the person or the account; ``builtin`` ones come with the language."""

    type: str
    of: str = "person"
    values: tuple[str, ...] = ()
    source: str = "platform"
    names: Mapping[str, str]
    builtin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Element):
    """A kind of activity of the writer's own; ``properties`` pairs a property with its type."""

    properties: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset(Element):
    """Something that people visit, submit, open or join; or somebody to hand over to.

    ``kinds`` has one kind, several only for the built-in ``any-form``; ``texts`` are its names or paths, empty for
    built-in ones, which mean every asset of their kinds.  ``names`` replaces the texts on one platform.
    """

    kinds: tuple[str, ...]
    texts: tuple[str, ...]
    match: str = "is"
    names: Mapping[str, tuple[str, ...]]
    builtin: bool = False

    def texts_on(self, target: str) -> tuple[str, ...]:
        """The names or paths on one platform."""
        return self.names.get(target, self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(Element):
    """A mark on a person: a tag on one platform, a list on another."""

    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Element):
    """A product and what it uses in each role."""

    values: Mapping[str, int]
    assets: Mapping[str, str]
    segments: Mapping[str, str]
    terms: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Element):
    """A group of people."""

    when: Condition


class Zone(NamedTuple):
    """People in a segment live in a time zone."""

    segment: str
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Element):
    """Clock times (``HH:MM``) on days (``mon`` …; empty: every day) in a time zone, with zones by segment."""

    at: tuple[str, ...]
    days: tuple[str, ...]
    timezone: str | None
    zones: tuple[Zone, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Element):
    """A rate that both sides aim at."""

    percent: int


# --- scores and what moves them -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Element):
    """A number kept for each person.

    ``kind`` is ``engagement``, ``fit`` or ``combined``.  ``feeds``, ``sum_of`` and ``percent_of`` hold score keys.
    """

    kind: str
    overall: bool = False
    floor: Number | None = None
    ceiling: Number | None = None
    start: Number | None = None
    feeds: str | None = None
    sum_of: tuple[str, ...] = ()
    percent_of: tuple[tuple[str, int], ...] = ()
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` awards (``kind`` is ``times``) or points, per window; ``by_asset`` counts each asset apart."""

    kind: str
    count: int
    per: Window | None = None
    by_asset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Element):
    """A limit in points that several rules share."""

    score: str
    limit: Limit


class Fades(NamedTuple):
    """An award melts by points or percent, each time a duration has passed."""

    subtract: Number | None
    percent: int | None
    every: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Element):
    """Points for what happens (``on`` is not empty: any of these events), or for what is so.

    ``points`` pairs a score key with a number.
    """

    on: tuple[Event, ...] = ()
    when: Condition | None = None
    wait: Duration | None = None
    points: tuple[tuple[str, Number], ...] = ()
    limit: Limit | None = None
    group: str | None = None
    then: tuple[Action, ...] = ()
    expires: Duration | None = None
    fades: Fades | None = None
    keep: bool = False
    active: Active | None = None


class TierCase(NamedTuple):
    """One case: a test of the tier's field, or a condition; its points; where it stands."""

    test: Test | None
    when: Condition | None
    points: Number
    label: str
    path: KeyPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier(Element):
    """Ordered cases; the first that fits counts, and only while it fits."""

    score: str
    field: str | None
    cases: tuple[TierCase, ...]
    otherwise: Number
    unknown: Number | None
    """``None`` when it is not written, which means 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input(Element):
    """A number field whose value, times ``percent``, counts as points while it stands."""

    field: str
    score: str
    percent: int = 100
    at_least: Number | None = None
    at_most: Number | None = None


class Step(NamedTuple):
    """One step of a decay: exactly one of ``subtract``, ``percent`` and ``set_to`` is set."""

    after: Duration
    every: Duration | None
    level: Bounds
    subtract: Number | None
    percent: int | None
    set_to: Number | None
    path: KeyPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Decay(Element):
    """What silence takes from a score.  ``activity`` are verbs, or ``("awards",)``; ``schedule`` an id."""

    score: str
    activity: tuple[str, ...]
    own_activity: bool = False
    """Whether the decay names its own, or takes the model's."""
    never_active: bool = False
    when: Condition | None = None
    steps: tuple[Step, ...]
    stop_at: Number | None = None
    limit: int | None = None
    then: tuple[Action, ...] = ()
    schedule: str | None = None


class Criterion(NamedTuple):
    """One criterion of a grade, moving it by so many thirds of a letter."""

    id: str
    when: Condition
    thirds: int
    path: KeyPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade(Element):
    """A letter grade."""

    start: str
    hidden_until_match: bool
    criteria: tuple[Criterion, ...]


class BandCase(NamedTuple):
    """A label and its lower bound; the last case has none."""

    label: str
    lower: Bound | None
    path: KeyPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Element):
    """Labels for stretches of a score, or (``join``) labels of other bands joined."""

    score: str | None
    cases: tuple[BandCase, ...]
    join: tuple[str, ...]
    field: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Element):
    """What is done when a condition becomes so."""

    when: Condition
    or_on: tuple[Event, ...] = ()
    required_fields: tuple[str, ...] = ()
    unless: Condition | None = None
    limit: Limit | None = None
    schedule: str | None = None
    existing: bool = False
    then: tuple[Action, ...]


# --- the model as a whole -------------------------------------------------------------------------------------------


class Review(NamedTuple):
    """When the model is looked at again."""

    first: Duration
    every: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """``[model]``: what the model is and whom it scores.  Dates are ISO texts."""

    id: str
    title: str
    timezone: str
    counts_as_activity: tuple[str, ...] = ()
    eligible: str | None = None
    exclude: tuple[str, ...] = ()
    active: Active | None = None
    starts: str | None = None
    ignore_bots: bool = True
    steward: str | None = None
    review: Review | None = None
    change_window: tuple[str, str, str] | None = None
    evidence: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle:
    """The field that holds the stage, and the platform's word for each stage."""

    field: str | None = None
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A bounded lowering that the model takes knowingly."""

    id: str
    target: str
    note: str
    element: str
    """The element as it is written, or ``EVERY``: the note of every element that has it."""
    why: str
    path: KeyPath


EVERY = "*"
"""What an acceptance is for, where one reason holds for a whole note of a target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A check that is switched off for one element."""

    id: str
    check: str
    element: str
    why: str
    path: KeyPath


Scalar = str | int | bool | tuple[str, ...] | None
"""A field's or a property's value in an example: dates are ISO texts, several choices a tuple."""


class ExampleEvent(NamedTuple):
    """One thing that happens at a time (ISO text): an event's verb and object, or a field that is set.

    For a field ``verb`` is ``sets`` and ``what`` the field's id; ``value`` is what it becomes.
    """

    at: str
    verb: str
    what: str
    times: int
    properties: tuple[tuple[str, Scalar], ...]
    value: Scalar
    path: KeyPath


class Expectation(NamedTuple):
    """At a time (ISO text): a condition holds, or a threshold (by id, all copies counted) has fired so many times."""

    at: str
    condition: Condition | None
    fired: str | None
    times: int
    path: KeyPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Element):
    """One person's story and what must come of it.  ``scores`` are by key."""

    created: str
    person: tuple[tuple[str, Scalar], ...]
    scores: tuple[tuple[str, int], ...]
    marks: tuple[str, ...]
    events: tuple[ExampleEvent, ...]
    expect: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A scoring model.  Tables map a key to an element, in the order of the spec; products' copies stand apart.

    ``options`` holds ``[targets.<name>]`` as written; the plugin of that name reads it.
    """

    header: Header
    values: Mapping[str, Value]
    terms: Mapping[str, Terms]
    fields: Mapping[str, Field]
    activities: Mapping[str, Activity]
    assets: Mapping[str, Asset]
    marks: Mapping[str, Mark]
    products: Mapping[str, Product]
    segments: Mapping[str, Segment]
    scores: Mapping[str, Score]
    groups: Mapping[str, Group]
    rules: Mapping[str, Rule]
    tiers: Mapping[str, Tier]
    inputs: Mapping[str, Input]
    decay: Mapping[str, Decay]
    grades: Mapping[str, Grade]
    bands: Mapping[str, Band]
    thresholds: Mapping[str, Threshold]
    lifecycle: Lifecycle
    schedules: Mapping[str, Schedule]
    goals: Mapping[str, Goal]
    accept: Mapping[str, Acceptance]
    waive: Mapping[str, Waiver]
    options: Mapping[str, Mapping[str, object]]
    examples: Mapping[str, Example]

    def elements(self) -> tuple[Element, ...]:
        """Every element that a target must lower or refuse, in the order of the language's tables."""
        tables: tuple[Mapping[str, Element], ...] = (
            self.segments,
            self.scores,
            self.rules,
            self.tiers,
            self.inputs,
            self.decay,
            self.marks,
            self.grades,
            self.bands,
            self.thresholds,
        )
        return tuple(element for table in tables for element in table.values())
