"""What a condition reads, so that nothing is looked at again while all that it reads stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.history import CRM_KIND, OWNER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.elements import Segment

__all__ = ["MEMBERSHIP", "TIME", "field", "mark", "read_by", "verb", "written"]

TIME = "time"
"""Read by what can change by itself; it never stands still."""
MEMBERSHIP = "membership"


def field(name: str) -> str:
    """A field's value."""
    return f"field {name}"


def written(name: str) -> frozenset[str]:
    """What changes when a field is written: the field, and the domain that follows from an address."""
    return frozenset({field(name), field("email-domain")} if name == "email" else {field(name)})


def mark(name: str) -> str:
    """Whether the person bears a mark."""
    return f"mark {name}"


def verb(present: str) -> str:
    """What has happened of one kind."""
    return f"verb {present}"


_EVENTS_BEHIND = ("opportunity", "unsubscribes", "bounces", "resubscribes")
"""What makes an opportunity, and what makes a person mailable or not."""


def read_by(condition: con.Condition | None, segments: Mapping[str, Segment]) -> frozenset[str]:
    """Everything that a condition reads, also by way of segments."""
    return frozenset(thing for item in con.walk(condition) for thing in _read_by(item, segments))


def _read_by(item: con.Condition, segments: Mapping[str, Segment]) -> Iterator[str]:
    if isinstance(item, (con.All, con.AnyOf, con.Not)):
        return  # their members are walked through
    match item:
        case con.FieldTest(name, test):
            yield field(name)
            if isinstance(test, con.Age):
                yield TIME
        case con.HasMark(name):
            yield mark(name)
        case con.InSegment(name):
            yield from read_by(segments[name].when, segments)
        case con.MemberOf():
            yield MEMBERSHIP
        case con.CrmKind() | con.Assigned():
            yield field(CRM_KIND if isinstance(item, con.CrmKind) else OWNER)
        case con.HasOpportunity() | con.Mailable():
            yield from map(verb, _EVENTS_BEHIND)
        case con.Happened(event):
            yield verb(event.verb)
            if event.within is not None:
                yield TIME
        case _:  # a score, grade or band: no fact may read one, and whoever does is always looked at
            yield TIME
