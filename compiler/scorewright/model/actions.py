"""Actions: what is done to a person (``then``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.values import Duration, Number

__all__ = [
    "Action",
    "AddToCampaign",
    "AddToList",
    "Assign",
    "CreateTask",
    "Moment",
    "Notify",
    "PutMark",
    "RemoveFromList",
    "Reset",
    "SetField",
    "SetLifecycle",
    "Snapshot",
    "Stamp",
    "TakeMark",
]


@dataclass(frozen=True, slots=True)
class _At:
    """Where an action stands in the spec; not part of what it says."""

    path: KeyPath = field(compare=False, kw_only=True, default=())


@dataclass(frozen=True, slots=True)
class Assign(_At):
    """Hand over to a queue, user or group (an asset), or by the word ``crm-rule``."""

    to: str


@dataclass(frozen=True, slots=True)
class Notify(_At):
    """Send a notice to a user (an asset), or to ``owner`` or ``opportunity-owner``."""

    to: str


@dataclass(frozen=True, slots=True)
class AddToCampaign(_At):
    """Add to a CRM campaign with a status; without one, who is a member already keeps theirs."""

    campaign: str
    status: str | None = None


@dataclass(frozen=True, slots=True)
class AddToList(_At):
    """Add to a static list."""

    list: str


@dataclass(frozen=True, slots=True)
class RemoveFromList(_At):
    """Remove from a static list."""

    list: str


@dataclass(frozen=True, slots=True)
class SetLifecycle(_At):
    """Write a stage into the lifecycle field."""

    stage: str


@dataclass(frozen=True, slots=True)
class CreateTask(_At):
    """Create a CRM task."""

    subject: str
    due: Duration | None = None


@dataclass(frozen=True, slots=True)
class Stamp(_At):
    """Write the moment into a date field."""

    field: str


@dataclass(frozen=True, slots=True)
class Snapshot(_At):
    """Copy a score, by its key, into a number field."""

    score: str
    field: str


@dataclass(frozen=True, slots=True)
class SetField(_At):
    """Write a value into a field."""

    field: str
    value: str | int | bool


@dataclass(frozen=True, slots=True)
class Moment(_At):
    """Record an interesting moment."""

    text: str


@dataclass(frozen=True, slots=True)
class PutMark(_At):
    """Put a mark on the person."""

    mark: str


@dataclass(frozen=True, slots=True)
class TakeMark(_At):
    """Take a mark off the person."""

    mark: str


@dataclass(frozen=True, slots=True)
class Reset(_At):
    """Set an engagement score, by its key, to a number."""

    score: str
    to: Number


Action = (
    Assign
    | Notify
    | AddToCampaign
    | AddToList
    | RemoveFromList
    | SetLifecycle
    | CreateTask
    | Stamp
    | Snapshot
    | SetField
    | Moment
    | PutMark
    | TakeMark
    | Reset
)
