"""How a model is looked after: review dates, the window for changes, the reasons of rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scorewright.checks.agreements import signed_on
from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Review

__all__ = ["FAMILY", "last_due"]

REVIEW_DUE = Rule(
    "SW520",
    "review-due",
    Severity.WARNING,
    """What
The day of a review has passed, and no agreement has been signed since.
Why
A model that is set up once and left alone stays as good as its first guess. The first review is counted from `starts`,
the next ones from there; a new date on a signature in `agreements.toml` says that a review was held.
Example
    [model]
    starts = 2025-01-01
    review = { first = "60d", every = "90d" }
Use instead
Hold the review with sales: how many ready leads became opportunities, which actions should count and which not. Then
both sides sign again, with the day of the review:
    [model]
    starts = 2025-01-01
    review = { first = "60d", every = "90d" }

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    then = [
      { assign = "crm-rule" },
    ]

    # agreements.toml
    [agreements.mql]
    says = "engagement at least 100"
    marketing = { by = "Head of marketing", on = 2026-03-01 }
    sales = { by = "Head of sales", on = 2026-03-01 }
""",
)

NO_REVIEW = Rule(
    "SW521",
    "no-review",
    Severity.ADVICE,
    """What
The model does not say when it is looked at again.
Why
The first version is a best guess. A review after 60 days and then every 90 is a common rhythm.
Example
    [model]
    id = "trial"
Use instead
    [model]
    id = "trial"
    starts = 2026-01-05
    review = { first = "60d", every = "90d" }
""",
)

REVIEW_WITHOUT_START = Rule(
    "SW522",
    "review-without-start",
    Severity.ADVICE,
    """What
The model has review dates, and no `starts` that they could be counted from.
Why
Without it nobody is told that a review is due.
Example
    [model]
    review = { first = "60d", every = "90d" }
Use instead
    [model]
    starts = 2026-01-05
    review = { first = "60d", every = "90d" }
""",
)

NO_SUCH_DAY = Rule(
    "SW523",
    "no-such-day",
    Severity.ERROR,
    """What
A day of `change_window` that no calendar has.
Why
The window says when the model may change; a day that never comes closes it for good.
Example
    [model]
    change_window = { from = "11-31", until = "01-31" }
Use instead
    [model]
    change_window = { from = "11-30", until = "01-31" }
""",
)

NO_REASON = Rule(
    "SW524",
    "no-reason",
    Severity.ADVICE,
    """What
A rule, tier, decay or threshold without `why`, in a model with `evidence = true`.
Why
Such a model asks for the reason of every change; the reason of what is there is what a change is held against.
Example
    [model]
    evidence = true

    [rules.pricing]
    on = { visits = "pricing" }
    points = { engagement = 10 }
Use instead
    [model]
    evidence = true

    [rules.pricing]
    on = { visits = "pricing" }
    points = { engagement = 10 }
    why = "Two in three customers had looked at the prices before their first call."
""",
)


def reviews(subject: Subject) -> Iterator[Finding]:
    """A model has review dates, they can be counted, and the last one was kept."""
    head, path = subject.model.header, ("model", "review")
    if head.review is None:
        help_ = 'add review = { first = "60d", every = "90d" } to [model]'
        yield NO_REVIEW.at(path, "the model does not say when it is looked at again", help=help_)
    elif head.starts is None:
        message = "review dates are counted from 'starts', which is missing"
        yield REVIEW_WITHOUT_START.at(path, message, help="add starts = … to [model]", on="key")
    else:
        due = last_due(_day(head.starts), head.review, subject.today)
        last = max(signed_on(subject.agreements), default=None)
        if due is not None and (last is None or last < due):
            after = f"; the last signature is of {last}" if last else ""
            message = f"a review of the model was due on {due}{after}"
            help_ = "hold it with sales, and let both sides sign agreements.toml with the new date"
            yield REVIEW_DUE.at(path, message, help=help_, on="key")


def _day(iso: str) -> dt.date:
    """The day of ``starts``, which may be written with a time."""
    return dt.date.fromisoformat(iso[:10])


def last_due(start: dt.date, review: Review, today: dt.date) -> dt.date | None:
    """The last review date up to ``today``; ``None`` before the first.  Reviews shorter than a day are daily."""
    first, every = (max(1, part.seconds // 86_400) for part in review)
    passed = (today - start).days - first
    return start + dt.timedelta(days=first + passed // every * every) if passed >= 0 else None


def change_window(subject: Subject) -> Iterator[Finding]:
    """The days of ``change_window`` exist, in a leap year at least."""
    window = subject.model.header.change_window
    for key, day in zip(("from", "until"), window or (), strict=False):
        try:
            dt.date.fromisoformat(f"2024-{day}")
        except ValueError:
            path = ("model", "change_window", key)
            help_ = 'write month and day, for example "11-30"'
            yield NO_SUCH_DAY.at(path, f"no calendar has the day {day!r}", help=help_)


def reasons(subject: Subject) -> Iterator[Finding]:
    """In a model that asks for evidence everything that moves a score or hands over has its reason."""
    model = subject.model
    if not model.header.evidence:
        return
    for table in (model.rules, model.tiers, model.decay, model.thresholds):
        for element in table.values():
            if not element.why.strip():
                message = f"{element.id!r} gives no reason, and the model asks for evidence"
                yield NO_REASON.at(element.path, message, help='add why = "…"', on="key")


FAMILY = Family(
    (REVIEW_DUE, NO_REVIEW, REVIEW_WITHOUT_START, NO_SUCH_DAY, NO_REASON), (reviews, change_window, reasons)
)
