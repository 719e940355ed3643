"""Nothing may be made of itself: scores, segments and bands must not lead back to where they began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model.conditions import InSegment, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.conditions import Condition

__all__ = ["FAMILY", "circles"]

CIRCULAR_SCORES = Rule(
    "SW360",
    "circular-scores",
    Severity.ERROR,
    """What
A score that feeds itself, or is a part of itself, by way of others.
Why
Each award would come back and be added again, without end.
Example
    [scores.a]
    kind = "engagement"
    feeds = "b"

    [scores.b]
    kind = "engagement"
    feeds = "a"
Use instead
    [scores.a]
    kind = "engagement"
    feeds = "b"

    [scores.b]
    kind = "engagement"
""",
)

CIRCULAR_SEGMENTS = Rule(
    "SW361",
    "circular-segments",
    Severity.ERROR,
    """What
A segment that is defined by itself, by way of others.
Why
Nothing says who is in it.
Example
    [segments.customers]
    when = { not = { segment = "prospects" } }

    [segments.prospects]
    when = { not = { segment = "customers" } }
Use instead
    [segments.customers]
    when = { crm = "contact" }

    [segments.prospects]
    when = { not = { segment = "customers" } }
""",
)

CIRCULAR_BANDS = Rule(
    "SW362",
    "circular-bands",
    Severity.ERROR,
    """What
A band that is joined from itself, by way of others.
Why
Its label would have no end.
Example
    [bands.letter]
    join = ["class", "figure"]

    [bands.figure]
    score = "engagement"
    cases = [
      { label = "1", at_least = 50 },
      { label = "2" },
    ]

    [bands.class]
    join = ["letter", "figure"]
Use instead
    [bands.letter]
    score = "fit"
    cases = [
      { label = "A", at_least = 50 },
      { label = "B" },
    ]

    [bands.figure]
    score = "engagement"
    cases = [
      { label = "1", at_least = 50 },
      { label = "2" },
    ]

    [bands.class]
    join = ["letter", "figure"]
""",
)

RULES = (CIRCULAR_SCORES, CIRCULAR_SEGMENTS, CIRCULAR_BANDS)


def circles(links: Mapping[str, Mapping[str, KeyPath]]) -> Iterator[tuple[tuple[str, ...], KeyPath]]:
    """Each circle once, from the name that comes first in the spec, with the place that closes it.

    Every name is entered and left once, without recursion: a chain of segments may be as long as the writer likes.
    """
    done: set[str] = set()
    for start in links:
        trail: dict[str, None] = {}
        ways: list[Iterator[tuple[str, KeyPath]]] = []
        step: str | None = start if start not in done else None
        while step is not None or ways:
            if step is not None:
                trail[step] = None
                ways.append(iter(links.get(step, {}).items()))
            step = None
            for name, place in ways[-1]:
                if name in trail:
                    names = list(trail)
                    yield tuple(names[names.index(name) :]), place
                elif name not in done:
                    step = name
                    break
            else:
                ways.pop()
                done.add(trail.popitem()[0])


def _report(
    rule: Rule, what: str, links: Mapping[str, Mapping[str, KeyPath]], help_: str
) -> Iterator[Finding]:
    for circle, place in circles(links):
        shown = " → ".join(name.partition("@")[0] for name in (*circle, circle[0]))
        yield rule.at(place, f"a circle of {what}: {shown}", help=help_)


def scores(subject: Subject) -> Iterator[Finding]:
    """Circles over ``feeds``, ``sum_of`` and ``percent_of``."""
    links: dict[str, dict[str, KeyPath]] = {key: {} for key in subject.model.scores}
    for key, score in subject.model.scores.items():
        # What feeds a score and what it is the sum of are the same direction: from the part to the whole.
        if score.feeds is not None:
            links[key][score.feeds] = (*score.path, "feeds")
        for index, part in enumerate(score.sum_of):
            links.setdefault(part, {})[key] = (*score.path, "sum_of", index)
        for part, _ in score.percent_of:
            links.setdefault(part, {})[key] = (*score.path, "percent_of", part.partition("@")[0])
    yield from _report(CIRCULAR_SCORES, "scores", links, "let one of them stand for itself")


def segments(subject: Subject) -> Iterator[Finding]:
    """Circles over ``{ segment = … }``."""
    links = {key: dict(_named(segment.when)) for key, segment in subject.model.segments.items()}
    yield from _report(CIRCULAR_SEGMENTS, "segments", links, "say for one of them by fields who is in it")


def _named(when: Condition) -> Iterable[tuple[str, KeyPath]]:
    return ((item.segment, (*item.path, "segment")) for item in walk(when) if isinstance(item, InSegment))


def bands(subject: Subject) -> Iterator[Finding]:
    """Circles over ``join``."""
    links = {
        key: {part: (*band.path, "join", index) for index, part in enumerate(band.join)}
        for key, band in subject.model.bands.items()
    }
    yield from _report(CIRCULAR_BANDS, "bands", links, "give one of them a score and cases")


FAMILY = Family(RULES, (scores, segments, bands))
