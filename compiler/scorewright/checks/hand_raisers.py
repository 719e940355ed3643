"""Thresholds that nothing can close again: somebody who raised a hand once, asked about as a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model import conditions as con
from scorewright.model.together import alternatives
from scorewright.model.vocabulary import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Threshold
    from scorewright.model.together import Literal

__all__ = ["FAMILY"]

NEVER_CLOSES = Rule(
    "SW433",
    "threshold-never-closes",
    Severity.WARNING,
    """What
A threshold whose `when` holds for good once something has happened.
Why
What has happened stays true: whoever asked for a demo once is over the threshold for ever. It fires once and never
again at a second request; or, where a mark keeps it shut, at the very moment when the mark is cleared.
Example
    [assets]
    demo = { form = "Request a demo" }

    [thresholds.mql]
    when.any = [
      { score = "engagement", at_least = 100 },
      { submitted = "demo" },
    ]
    then = [
      { notify = "owner" },
    ]
Use instead
    [assets]
    demo = { form = "Request a demo" }

    [thresholds.mql]
    when = { score = "engagement", at_least = 100 }
    or_on = [
      { submits = "demo" },
    ]
    then = [
      { notify = "owner" },
    ]
""",
)


def never_closes(subject: Subject) -> Iterator[Finding]:
    """Ways over a threshold that ask only for what has ever happened (question 54)."""
    for threshold in subject.model.thresholds.values():
        if _meant(threshold):
            continue
        for way in alternatives(subject.model, threshold.when):
            happened = [part.condition for part in way if isinstance(part.condition, con.Happened)]
            if happened and all(_stays(part) for part in way):
                yield _finding(threshold, happened[0])
                break


def _finding(threshold: Threshold, asked: con.Happened) -> Finding:
    verb = asked.event.verb
    past = VERBS[verb].past
    message = f"who has once {past.replace('_', ' ')} is over {threshold.id!r} for good"
    help_ = (
        f"move it to or_on = [ {{ {verb} = … }} ], which fires at each such event; or ask `within` a window"
    )
    return NEVER_CLOSES.at((*asked.path, past), message, help=help_, on="key")


def _meant(threshold: Threshold) -> bool:
    """Whether it is written to fire once for each person and never again."""
    limit = threshold.limit
    return limit is not None and limit.kind == "times" and limit.count == 1 and limit.per is None


def _stays(part: Literal) -> bool:
    """Whether something holds for good from its first moment."""
    asked = part.condition
    if isinstance(asked, con.InSegment):  # what the segment asks for stands beside it
        return part.holds
    return (
        isinstance(asked, con.Happened)
        and part.holds
        and asked.event.within is None
        and asked.least > 0
        and asked.most is None
    )


FAMILY = Family((NEVER_CLOSES,), (never_closes,))
