"""Conditions: what is so about a person (``when``, ``unless``, ``not``, members of ``all`` and ``any``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorewright.model.value_tests import Age, Day, Is, Known, Matches, Range, Test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.events import Event
    from scorewright.model.values import Bounds

__all__ = [
    "Age",
    "All",
    "AnyOf",
    "Assigned",
    "BandTest",
    "Condition",
    "CrmKind",
    "Day",
    "FieldTest",
    "GradeTest",
    "Happened",
    "HasMark",
    "HasOpportunity",
    "InSegment",
    "Is",
    "Known",
    "Mailable",
    "Matches",
    "MemberOf",
    "Not",
    "Range",
    "ScoreTest",
    "Test",
    "walk",
]


@dataclass(frozen=True, slots=True)
class _At:
    """Where a condition stands in the spec; not part of what it says."""

    path: KeyPath = field(compare=False, kw_only=True, default=())


@dataclass(frozen=True, slots=True)
class All(_At):
    """Every member holds."""

    members: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(_At):
    """At least one member holds."""

    members: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not(_At):
    """The member does not hold."""

    member: Condition


@dataclass(frozen=True, slots=True)
class FieldTest(_At):
    """A field's present value passes a test; an unknown value passes nothing but ``Known(False)``."""

    field: str
    test: Test


@dataclass(frozen=True, slots=True)
class ScoreTest(_At):
    """A score, by its key, lies inside; ``exactly`` tells ``is`` from a pair of bounds."""

    score: str
    bounds: Bounds
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class GradeTest(_At):
    """A letter grade ``is``, is ``at_least`` or is ``below`` a letter."""

    grade: str
    mode: str
    letter: str


@dataclass(frozen=True, slots=True)
class BandTest(_At):
    """A band's label is one of these."""

    band: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasMark(_At):
    """The person bears a mark."""

    mark: str


@dataclass(frozen=True, slots=True)
class InSegment(_At):
    """The person is in a segment."""

    segment: str


@dataclass(frozen=True, slots=True)
class MemberOf(_At):
    """The person is in a list or campaign, with one of these statuses (none named: any)."""

    asset: str
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HasOpportunity(_At):
    """The person has an opportunity that is ``open``, ``won``, ``lost`` or ``any``."""

    kind: str


@dataclass(frozen=True, slots=True)
class CrmKind(_At):
    """The person's CRM record is a ``lead``, a ``contact`` or ``none``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Assigned(_At):
    """The person has an owner, or has none."""

    value: bool


@dataclass(frozen=True, slots=True)
class Mailable(_At):
    """The person may be mailed, or may not."""

    value: bool


@dataclass(frozen=True, slots=True)
class Happened(_At):
    """Between ``least`` and ``most`` such events lie in the window of ``event.within`` (``most`` ``None``: open)."""

    event: Event
    least: int = 1
    most: int | None = None


Condition = (
    All
    | AnyOf
    | Not
    | FieldTest
    | ScoreTest
    | GradeTest
    | BandTest
    | HasMark
    | InSegment
    | MemberOf
    | HasOpportunity
    | CrmKind
    | Assigned
    | Mailable
    | Happened
)


def walk(condition: Condition | None) -> Iterator[Condition]:
    """A condition and every condition inside it, outermost first."""
    if condition is None:
        return
    yield condition
    if isinstance(condition, (All, AnyOf)):
        for member in condition.members:
            yield from walk(member)
    elif isinstance(condition, Not):
        yield from walk(condition.member)
