"""A better tier that scores less: the linter asks whether that is meant."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from scorewright.checks.cover import Line
from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model.conditions import Happened, Is, Matches, Range
from scorewright.model.phrases import phrase, phrase_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Model, Tier, TierCase

__all__ = ["FAMILY"]

SCORES_NO_MORE = Rule(
    "SW420",
    "better-tier-scores-no-more",
    Severity.WARNING,
    """What
A higher band of a number, or a better label, that is worth fewer points than the one below it.
Why
Most often two numbers have changed places. If it is meant (the very large are no customers of ours), say so in a
waiver, so that nobody puts it right.
Example
    [tiers.size]
    score = "fit"
    field = "employees"
    cases = [
      { at_least = 1000, points = 5 },
      { at_least = 200, points = 20 },
      { at_least = 50, points = 10 },
    ]
Use instead
    [tiers.size]
    score = "fit"
    field = "employees"
    cases = [
      { at_least = 1000, points = 20 },
      { at_least = 200, points = 10 },
      { at_least = 50, points = 5 },
    ]
""",
)


class _Rung(NamedTuple):
    """A case on a ladder: where it stands on it (higher is better), its points, and how to call it."""

    height: float
    points: int
    name: str
    case: TierCase | None


def better_tiers(subject: Subject) -> Iterator[Finding]:
    """Tiers whose points do not go one way with what they are given for."""
    for tier in subject.model.tiers.values():
        found = [*_labels(tier)]
        yield from found or (_bands(tier) if tier.field is not None else _counts(tier, subject.model))


def _finding(better: _Rung, worse: _Rung) -> Finding:
    assert better.case is not None
    message = f"{better.name} is worth {better.points}, less than {worse.name} with {worse.points}"
    help_ = "if it is meant, waive better-tier-scores-no-more for this tier, with the reason; if not, change the points"
    return SCORES_NO_MORE.at((*better.case.path, "points"), message, help=help_)


# --- bands of a number ----------------------------------------------------------------------------------------------


def _bands(tier: Tier) -> Iterator[Finding]:
    """Points that rise and fall along the number line.  All the way down is as orderly as all the way up."""
    rungs = _number_rungs(tier)
    steps = [(low, high) for low, high in pairwise(rungs) if low.points != high.points]
    rises = sum(low.points < high.points for low, high in steps)
    falls = len(steps) - rises
    if not rises or not falls:
        return
    for low, high in steps:
        better, worse = (high, low) if rises >= falls else (low, high)
        if better.points < worse.points and better.case is not None:
            yield _finding(better, worse)


def _number_rungs(tier: Tier) -> list[_Rung]:
    """The bands from the lowest up; below them what `otherwise` gives, where whole numbers above 0 are left."""
    rungs: list[_Rung] = []
    line = Line()
    for case in tier.cases:
        if not isinstance(case.test, Range):
            return []
        stretch = Line.stretch(case.test.bounds)
        begins = line.free(stretch)
        if begins is not None:  # of a wide case below a narrow one only the rest counts
            rungs.append(
                _Rung(begins, case.points.value, f"{tier.field} {phrase_bounds(case.test.bounds)}", case)
            )
        line.add(stretch)
    rungs.sort(key=lambda rung: rung.height)
    if rungs and rungs[0].height > 2:
        rungs.insert(0, _Rung(0, tier.otherwise.value, f"{tier.field} below that", None))
    return rungs


# --- labels with an order -------------------------------------------------------------------------------------------

_ORDERS: tuple[tuple[str, ...], ...] = (
    ("low", "medium", "high"),
    ("low", "mid", "high"),
    ("low", "middle", "high"),
    ("poor", "fair", "good", "excellent"),
    ("weak", "moderate", "strong"),
    ("cold", "warm", "hot"),
    ("bronze", "silver", "gold", "platinum"),
    ("f", "d-", "d", "d+", "c-", "c", "c+", "b-", "b", "b+", "a-", "a", "a+"),
    ("tier 4", "tier 3", "tier 2", "tier 1"),
)
"""Words whose order everybody knows, from the worst to the best."""


def _labels(tier: Tier) -> Iterator[Finding]:
    """Cases that are called by words with a known order."""
    names = [_names(case) for case in tier.cases]
    for candidates in zip(*names, strict=True):
        order = next((order for order in _ORDERS if _fits(candidates, order)), None)
        if order is not None:
            rungs = [
                _Rung(
                    order.index(name), case.points.value, repr(name.upper() if len(name) <= 2 else name), case
                )
                for name, case in zip(candidates, tier.cases, strict=True)
                if name in order
            ]
            yield from _descents(sorted(rungs, key=lambda rung: rung.height))
            return


def _fits(names: Sequence[str], order: Sequence[str]) -> bool:
    known = [name for name in names if name in order]
    return len(set(known)) > 1 and len(known) == len(names)


def _descents(rungs: Sequence[_Rung]) -> Iterator[Finding]:
    for worse, better in pairwise(rungs):
        if better.points < worse.points and better.height > worse.height:
            yield _finding(better, worse)


def _names(case: TierCase) -> tuple[str, ...]:
    """What a case may be called by: its label, the text it tests, the end of its list's id or of its value's."""
    tested = terms = ""
    if isinstance(case.test, Is) and len(case.test.values) == 1:
        tested = str(case.test.values[0])
    elif isinstance(case.test, Matches):
        terms = case.test.terms or ""
        tested = case.test.texts[0] if len(case.test.texts) == 1 and not terms else ""
    return _plain(case.label), _plain(tested), _last(terms), _last(case.points.name or "")


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+(?=\w)", " ", text.strip().casefold())


def _last(name: str) -> str:
    """The word of an id that says the rank: ``high`` of ``titles-high`` and of ``high-titles``."""
    words = name.split("-")
    ranks = {word for order in _ORDERS[:7] for word in order}
    return next((word for word in (*words[-1:], *words[:1]) if word in ranks), "")


# --- counts in windows ----------------------------------------------------------------------------------------------

_MANY = 50
"""Cases that are compared each with each: far more than anybody writes by hand."""


def _counts(tier: Tier, model: Model) -> Iterator[Finding]:
    """Of one event: as many or more, in as long or less, and fewer points."""
    counted = [
        (case, case.when) for case in tier.cases if isinstance(case.when, Happened) and case.when.most is None
    ]
    if len(counted) > _MANY:
        return
    for case, when in counted:
        for other, asked in counted:
            if case.points.value < other.points.value and _beats(when, asked):
                yield _finding(
                    _Rung(1, case.points.value, phrase(when, model), case),
                    _Rung(0, other.points.value, phrase(asked, model), other),
                )
                break


def _beats(better: Happened, worse: Happened) -> bool:
    """Whether doing the one takes more than doing the other."""
    span, spare = _seconds(better), _seconds(worse)
    if (
        span is None
        or spare is None
        or replace(better.event, within=None) != replace(worse.event, within=None)
    ):
        return False
    return better.least >= worse.least and span <= spare


def _seconds(condition: Happened) -> float | None:
    window = condition.event.within
    if window is None:
        return float("inf")
    return None if window.rolling is None else window.rolling.seconds


FAMILY = Family((SCORES_NO_MORE,), (better_tiers,))
