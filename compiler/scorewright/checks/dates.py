"""Dates and times: stretches that run forwards, and examples that begin at the beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Example, ExampleEvent
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
An example in which something is expected, or a field is set, before the person is created.
Why
Before that day there is nobody to look at; most often a year or a month is mistyped.
Example
    [examples.contact]
    created = 2026-01-05
    expect = [
      { at = 2025-01-07, field = "email", known = false },
    ]
Use instead
    [examples.contact]
    created = 2026-01-05
    expect = [
      { at = 2026-01-07, field = "email", known = false },
    ]
""",
)

EVENT_BEFORE_CREATED = Rule(
    "SW382",
    "event-before-created",
    Severity.ADVICE,
    """What
An example in which something happens before the person is created.
Why
What somebody did before they were known arrives when they become known, all at once: an example may show that. More
often a year or a month is mistyped.
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

RULES = (NEVER_IN_FORCE, BEFORE_CREATED, EVENT_BEFORE_CREATED)


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
    for expected in example.expect:
        if _moment(expected.at, zone) < created:
            message = f"this is expected at {expected.at}, and the person is created at {example.created}"
            help_ = "write a later time, or let the person be created earlier"
            yield BEFORE_CREATED.at((*expected.path, "at"), message, help=help_, related=related)
    for told in example.events:
        if _moment(told.at, zone) < created:
            yield _too_early(told, example, related)


def _too_early(told: ExampleEvent, example: Example, related: Sequence[tuple[KeyPath, str]]) -> Finding:
    at, when = (*told.path, "at"), f"at {told.at}, and the person is created at {example.created}"
    if told.verb == "sets":
        help_ = "give the field under person, or set it later"
        return BEFORE_CREATED.at(at, f"{told.what!r} is set {when}", help=help_, related=related)
    help_ = "if it is not meant as activity from before the person was known, write a later time"
    return EVENT_BEFORE_CREATED.at(
        at, f"this happens {when}: it counts from then on", help=help_, related=related
    )


def _moment(text: str, zone: tzinfo) -> datetime:
    """A time as written; without an offset it is the model's, and a date is the day's start."""
    from datetime import datetime

    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


FAMILY = Family(RULES, (stretches, examples))
