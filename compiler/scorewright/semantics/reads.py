"""What a condition reads, so that nothing is looked at again while all that it reads stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.history import CRM_KIND, OWNER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.elements import Segment

__all__ = ["MEMBERSHIP", "TIME", "field", "mark", "read_by", "turns", "verb", "written"]

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


def turns(condition: con.Condition | None) -> bool:
    """Whether the clock alone can turn a condition; what its segments ask is not looked at."""
    return any(_is_dated(item) for item in con.walk(condition))


def _is_dated(item: con.Condition) -> bool:
    if isinstance(item, con.Happened):
        tests = [test for _, test in item.event.where]
        return item.event.within is not None or any(isinstance(test, con.Age) for test in tests)
    return isinstance(item, con.FieldTest) and isinstance(item.test, con.Age)


def _read_by(item: con.Condition, segments: Mapping[str, Segment]) -> Iterator[str]:
    if isinstance(item, (con.All, con.AnyOf, con.Not)):
        return  # their members are walked through
    if _is_dated(item):
        yield TIME
    match item:
        case con.FieldTest(name, _):
            yield field(name)
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
        case _:  # a score, grade or band: no fact may read one, and whoever does is always looked at
            yield TIME
