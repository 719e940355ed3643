"""What keeps `revisions` from making its sheet (SW821 to SW829)."""

from __future__ import annotations

from scorewright.diagnostics.rule import Rule, Severity

__all__ = ["NO_HISTORY", "OUTCOMES_UNREAD"]

NO_HISTORY = Rule(
    "SW821",
    "no-history",
    Severity.ERROR,
    """What
git has no version of the spec that can be read.
Why
The sheet is made from the commits that changed the spec; what was never committed has no date, author or reason.
Example
    scorewright revisions a-spec-that-was-never-committed
Use instead
    git add models && git commit -m "The first version of the model"
    scorewright revisions models/school
""",
)

OUTCOMES_UNREAD = Rule(
    "SW822",
    "outcomes-unreadable",
    Severity.ERROR,
    """What
The file of outcomes is no table of days and counts.
Why
Figures beside a revision are what the next change is decided by; a row that was passed over would make them wrong.
Example
    date,leads,won
    05/01/2026,12,3
Use instead
A column for the day and three for the counts, a row a day (or a week, by its first day):
    date,leads,opportunities,won
    2026-05-01,12,5,3
""",
)
