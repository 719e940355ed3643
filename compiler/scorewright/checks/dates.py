"""Dates and times: stretches that run forwards, and examples that begin at the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Example
    from scorewright.model.values import Active

__all__ = ["FAMILY"]

NEVER_IN_FORCE = Rule(
    "SW380",
    "never-in-force",
    Severity.ERROR,
    """What
Something that ends before it begins: an `active` whose `from` is later than its `until`, or a model that `starts`
after its last day.
Why
It would never be in force.
Example
    [rules.fair]
    on = { submits = "contact" }
    points = { engagement = 50 }
    active = { from = 2026-09-30, until = 2026-09-01 }
Use instead
    [rules.fair]
    on = { submits = "contact" }
    points = { engagement = 50 }
    active = { from = 2026-09-01, until = 2026-09-30 }
""",
)

BEFORE_CREATED = Rule(
    "SW381",
    "before-created",
    Severity.ERROR,
    """What
An example in which something happens, or is expected, before the person is created.
Why
Before that day there is nobody to score; most often a year or a month is mistyped.
Example
    [examples.contact]
    created = 2026-01-05
    events = [
      { at = 2025-01-06T09:00:00, submits = "contact" },
    ]
    expect = [
      { at = 2026-01-07, field = "email", known = false },
    ]
Use instead
    [examples.contact]
    created = 2026-01-05
    events = [
      { at = 2026-01-06T09:00:00, submits = "contact" },
    ]
    expect = [
      { at = 2026-01-07, field = "email", known = false },
    ]
""",
)

RULES = (NEVER_IN_FORCE, BEFORE_CREATED)


def stretches(subject: Subject) -> Iterator[Finding]:
    """Whatever is active ends after it begins."""
    header = subject.model.header
    yield from _stretch(header.active, ("model", "active"))
    for rule in subject.model.rules.values():
        yield from _stretch(rule.active, (*rule.path, "active"))
    last = header.active.last if header.active is not None else None
    if header.starts is not None and last is not None and header.starts > last:
        message = f"the model starts on {header.starts} and ends on {last}"
        yield NEVER_IN_FORCE.at(("model", "starts"), message, help="write an earlier day, or a later 'until'")


def _stretch(active: Active | None, path: KeyPath) -> Iterator[Finding]:
    if (
        active is not None
        and active.first is not None
        and active.last is not None
        and active.first > active.last
    ):
        message = f"from {active.first} until {active.last} is no day at all"
        yield NEVER_IN_FORCE.at((*path, "from"), message, help="exchange the two days")


def examples(subject: Subject) -> Iterator[Finding]:
    """An example begins when its person is created."""
    if not subject.model.examples:
        return
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(subject.model.header.timezone)
    for example in subject.model.examples.values():
        yield from _example(example, zone)


def _example(example: Example, zone: tzinfo) -> Iterator[Finding]:
    created = _moment(example.created, zone)
    related = (((*example.path, "created"), "created here"),)
    places = [(told.at, told.path, "happens") for told in example.events]
    places.extend((expected.at, expected.path, "is expected") for expected in example.expect)
    for at, path, what in places:
        if _moment(at, zone) < created:
            message = f"this {what} at {at}, and the person is created at {example.created}"
            help_ = "write a later time, or let the person be created earlier"
            yield BEFORE_CREATED.at((*path, "at"), message, help=help_, related=related)


def _moment(text: str, zone: tzinfo) -> datetime:
    """A time as written; without an offset it is the model's, and a date is the day's start."""
    from datetime import datetime

    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


FAMILY = Family(RULES, (stretches, examples))
