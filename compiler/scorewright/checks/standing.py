"""What holds: facts, tiers and grades may read only what does not depend on scores, and unknown must be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model.conditions import BandTest, GradeTest, InSegment, ScoreTest, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.conditions import Condition
    from scorewright.model.elements import Model

__all__ = ["FAMILY"]

FACT_READS_SCORE = Rule(
    "SW350",
    "fact-reads-a-score",
    Severity.ERROR,
    """What
A rule without `on`, a tier or a criterion of a grade that reads a score, a band or a grade, itself or by way of a
segment.
Why
What holds makes scores, so it may not depend on one: points that give points would have no end. Facts read fields,
segments, marks and past events. A mark that a threshold sets is seen from the next moment on.
Example
    [rules.busy]
    when = { score = "engagement", above = 50 }
    points = { fit = 10 }
Use instead
    [thresholds.busy]
    when = { score = "engagement", above = 50 }
    then = [
      { mark = "busy" },
    ]

    [rules.busy]
    when = { mark = "busy" }
    points = { fit = 10 }
""",
)

UNKNOWN_NOT_WRITTEN = Rule(
    "SW351",
    "unknown-not-written",
    Severity.ERROR,
    """What
A tier with an `otherwise` that is not 0, and without `unknown`.
Why
`otherwise` is for people whose field is known and fits no case. Whether people of whom nothing is known get the same
has to be said: most people in a database have most fields empty.
Example
    [tiers.seniority]
    score = "fit"
    field = "job-title"
    cases = [
      { contains_word = "Director", points = 10 },
    ]
    otherwise = -5
Use instead
    [tiers.seniority]
    score = "fit"
    field = "job-title"
    cases = [
      { contains_word = "Director", points = 10 },
    ]
    otherwise = -5
    unknown = 0
""",
)

UNKNOWN_WITHOUT_FIELD = Rule(
    "SW352",
    "unknown-without-field",
    Severity.ERROR,
    """What
A tier without `field` that says what `unknown` is worth.
Why
Without a field nothing can be unknown: a condition is true or false, and who fits no case gets `otherwise`.
Example
    [tiers.size]
    score = "fit"
    cases = [
      { when = { field = "employees", at_least = 1000 }, points = 10 },
    ]
    unknown = -5
Use instead
    [tiers.size]
    score = "fit"
    field = "employees"
    cases = [
      { at_least = 1000, points = 10 },
    ]
    unknown = -5
""",
)

ELIGIBLE_BY_SCORE = Rule(
    "SW353",
    "eligible-by-score",
    Severity.WARNING,
    """What
The segment behind `eligible` asks for a score that only members can earn.
Why
Outside `eligible` nothing is scored, so whoever is outside stays outside, whatever they do.
Example
    [model]
    eligible = "interested"

    [segments.interested]
    when = { score = "engagement", above = 0 }
Use instead
    [model]
    eligible = "prospects"

    [segments.prospects]
    when = { crm = "lead" }
""",
)

RULES = (FACT_READS_SCORE, UNKNOWN_NOT_WRITTEN, UNKNOWN_WITHOUT_FIELD, ELIGIBLE_BY_SCORE)


# --- what facts read ------------------------------------------------------------------------------------------------


def facts(subject: Subject) -> Iterator[Finding]:
    """Facts, tiers and criteria read no score, band or grade (question 30)."""
    by_segment = _segments_that_read(subject.model)
    for what, condition in _standing(subject.model):
        for part in walk(condition):
            named = _named(part)
            if named is not None:
                key, name = named
                message = f"{what} reads the {key} {name!r}, and what holds may not depend on one"
                yield _finding((*part.path, key), message)
            elif isinstance(part, InSegment) and part.segment in by_segment:
                key, name, way = by_segment[part.segment]
                message = f"{what} reads the {key} {name!r} by way of the segment {part.segment!r}"
                related = ((way, "here"),)
                yield _finding((*part.path, "segment"), message, related)


def _finding(path: KeyPath, message: str, related: tuple[tuple[KeyPath, str], ...] = ()) -> Finding:
    help_ = "let a threshold set a mark, and read the mark; or give the points by an event rule"
    return FACT_READS_SCORE.at(path, message, help=help_, related=related)


def _standing(model: Model) -> Iterator[tuple[str, Condition]]:
    for rule in model.rules.values():
        if not rule.on and rule.when is not None:
            yield f"the fact {rule.id!r}", rule.when
    for tier in model.tiers.values():
        yield from ((f"the tier {tier.id!r}", case.when) for case in tier.cases if case.when is not None)
    for grade in model.grades.values():
        yield from ((f"the grade {grade.id!r}", criterion.when) for criterion in grade.criteria)


def _named(part: Condition) -> tuple[str, str] | None:
    """What a condition reads of scores: the key and the id."""
    if isinstance(part, ScoreTest):
        return "score", part.score.partition("@")[0]
    if isinstance(part, BandTest):
        return "band", part.band
    return ("grade", part.grade) if isinstance(part, GradeTest) else None


def _segments_that_read(model: Model) -> Mapping[str, tuple[str, str, KeyPath]]:
    """The segments that read a score, band or grade, themselves or by way of others: what, and where it says so."""
    found: dict[str, tuple[str, str, KeyPath]] = {}
    users: dict[str, list[str]] = {}
    for key, segment in model.segments.items():
        for part in walk(segment.when):
            named = _named(part)
            if named is not None:
                found.setdefault(key, (*named, (*part.path, named[0])))
            elif isinstance(part, InSegment):
                users.setdefault(part.segment, []).append(key)
    waiting = list(found)
    while waiting:
        key = waiting.pop()
        for user in users.get(key, ()):
            if user not in found:
                found[user] = found[key]
                waiting.append(user)
    return found


# --- unknown and the population -------------------------------------------------------------------------------------


def unknown(subject: Subject) -> Iterator[Finding]:
    """A tier says what unknown is worth where it must, and only where something can be unknown."""
    for tier in subject.model.tiers.values():
        if tier.field is None and tier.unknown is not None:
            message = f"{tier.id!r} tests no field, so nothing is unknown"
            help_ = "name the field, or write otherwise"
            yield UNKNOWN_WITHOUT_FIELD.at((*tier.path, "unknown"), message, help=help_, on="key")
        elif tier.field is not None and tier.unknown is None and tier.otherwise.value != 0:
            message = f"{tier.id!r} does not say what it is worth when {tier.field!r} is unknown"
            help_ = f"add unknown = 0, or unknown = {tier.otherwise.value} if unknown shall count as no fit"
            yield UNKNOWN_NOT_WRITTEN.at((*tier.path, "otherwise"), message, help=help_, on="key")


def eligible(subject: Subject) -> Iterator[Finding]:
    """Nobody has to earn points to be let in."""
    header = subject.model.header
    if header.eligible is None:
        return
    reads = _segments_that_read(subject.model).get(header.eligible)
    if reads is not None:
        key, name, way = reads
        message = f"{header.eligible!r} reads the {key} {name!r}, and outside it nothing is scored"
        help_ = "say by fields, marks or lists who is scored"
        yield ELIGIBLE_BY_SCORE.at(("model", "eligible"), message, help=help_, related=((way, "here"),))


FAMILY = Family(RULES, (facts, unknown, eligible))
