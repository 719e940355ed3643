"""Cases that nobody reaches: in a tier or a band the first match wins, and an earlier case may take all of a later one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.checks.cover import Line, Texts
from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model import conditions as con

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.checks.cover import Taken
    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Band, Tier, TierCase

__all__ = ["FAMILY"]

UNREACHABLE = Rule(
    "SW405",
    "unreachable-case",
    Severity.WARNING,
    """What
A case of a tier or a band that nobody reaches: earlier cases take everything that it asks for.
Why
The first match wins, so a wide case above a narrow one leaves nothing for it.
Example
    [tiers.size]
    score = "fit"
    field = "employees"
    cases = [
      { at_least = 50, points = 5 },
      { at_least = 1000, points = 20 },
    ]
Use instead
    [tiers.size]
    score = "fit"
    field = "employees"
    cases = [
      { at_least = 1000, points = 20 },
      { at_least = 50, points = 5 },
    ]
""",
)

TAKEN_ENTRY = Rule(
    "SW406",
    "entry-taken-by-earlier-case",
    Severity.WARNING,
    """What
A text in a case of a tier that never decides, because a text in an earlier case stands inside it.
Why
The first match wins: a vice president has "President" in the title, and gets the president's points.
Example
    [tiers.title]
    score = "fit"
    field = "job-title"
    cases = [
      { contains_word = "President", points = 20 },
      { contains_word = ["VP", "Vice President"], points = 10 },
    ]
Use instead
    [tiers.title]
    score = "fit"
    field = "job-title"
    cases = [
      { contains_word = ["VP", "Vice President"], points = 10 },
      { contains_word = "President", points = 20 },
    ]
""",
)


def tiers(subject: Subject) -> Iterator[Finding]:
    """Cases of tiers that earlier cases of the same tier take."""
    for tier in subject.model.tiers.values():
        yield from _by_field(tier) if tier.field is not None else _by_condition(tier)


def _by_field(tier: Tier) -> Iterator[Finding]:
    taken = _Field()
    for index, case in enumerate(tier.cases):
        assert case.test is not None
        if taken.covers(case.test):
            yield _unreachable(case)
        elif isinstance(case.test, con.Matches):
            yield from _entries(tier, case, case.test, taken.texts)
        taken.add(case.test, index)


def _unreachable(case: TierCase) -> Finding:
    message = f"nobody reaches this case: {_earlier(case)} what it asks for"
    return UNREACHABLE.at(case.path, message, help="move it above them, or delete it")


def _earlier(case: TierCase) -> str:
    return "the case before it takes" if case.path[-1] == 1 else "the cases before it take"


def _entries(tier: Tier, case: TierCase, test: con.Matches, texts: Texts) -> Iterator[Finding]:
    """The texts of a case that a case with other points takes first."""
    for index, text in enumerate(test.texts):
        taken = texts.taker(test.mode, text)
        if taken is not None and tier.cases[taken.place].points.value != case.points.value:
            yield _taken(tier, case, test, index, taken)


def _taken(tier: Tier, case: TierCase, test: con.Matches, index: int, taken: Taken) -> Finding:
    points, given = case.points.value, tier.cases[taken.place].points.value
    mine = test.texts[index]
    which = "the same text" if mine.casefold() == taken.text.casefold() else repr(taken.text)
    message = f"{mine!r} is worth {points} here, but {which} in case {taken.place + 1} matches first, with {given} points"
    key = "in" if test.terms is not None else test.mode
    place = (index,) if test.terms is None and len(test.texts) > 1 else ()
    help_ = f"move this case above case {taken.place + 1}, or take the text out of one of them"
    return TAKEN_ENTRY.at((*case.path, key, *place), message, help=help_)


class _Field:
    """What the cases of one field have taken so far."""

    def __init__(self) -> None:
        self.texts = Texts()
        self._line = Line()
        self._words: set[object] = set()
        self._ages: list[con.Age] = []
        self._tests: set[con.Test] = set()

    def add(self, test: con.Test, place: int) -> None:
        self._tests.add(test)
        if isinstance(test, con.Matches):
            for text in test.texts:
                self.texts.add(test.mode, text, place)
        elif isinstance(test, con.Range):
            self._line.add(Line.stretch(test.bounds))
        elif isinstance(test, con.Age):
            self._ages.append(test)
        elif isinstance(test, con.Is):
            for value in test.values:
                self._take(value, place)

    def _take(self, value: str | int | bool, place: int) -> None:
        if isinstance(value, str):
            self.texts.add("is", value, place)
        elif isinstance(value, bool):
            self._words.add(value)
        else:
            self._line.add((2 * value, 2 * value))

    def covers(self, test: con.Test) -> bool:
        """Whether the cases so far take all that passes a test."""
        if con.Known(known=True) in self._tests or test in self._tests:
            return True
        if isinstance(test, con.Matches):
            return bool(test.texts) and all(self.texts.taker(test.mode, text) for text in test.texts)
        if isinstance(test, con.Range):
            return self._line.covers(Line.stretch(test.bounds))
        if isinstance(test, con.Age):
            return any(_takes_age(age, test) for age in self._ages)
        return isinstance(test, con.Is) and all(self._has(value) for value in test.values)

    def _has(self, value: str | int | bool) -> bool:
        if isinstance(value, str):
            return self.texts.taker("is", value) is not None
        if isinstance(value, bool):
            return value in self._words
        return self._line.covers((2 * value, 2 * value))


def _takes_age(earlier: con.Age, later: con.Age) -> bool:
    if earlier.mode != later.mode:
        return False
    wider = earlier.duration.seconds >= later.duration.seconds
    return wider or earlier.duration == later.duration if earlier.mode != "older_than" else not wider


def _by_condition(tier: Tier) -> Iterator[Finding]:
    """A case is taken when an earlier one asks the same, or only a part of what it asks."""
    earlier: set[con.Condition] = set()
    for case in tier.cases:
        assert case.when is not None
        parts = case.when.members if isinstance(case.when, con.All) else ()
        if case.when in earlier or any(part in earlier for part in parts):
            yield _unreachable(case)
        earlier.add(case.when)
        if isinstance(case.when, con.AnyOf):
            earlier.update(case.when.members)


def bands(subject: Subject) -> Iterator[Finding]:
    """Cases of bands that stand below a lower or equal bound."""
    for band in subject.model.bands.values():
        yield from _band(band)


def _band(band: Band) -> Iterator[Finding]:
    lowest: int | None = None
    for case in band.cases:
        if case.lower is None:
            continue
        least = case.lower.number.value + (0 if case.lower.inclusive else 1)
        if lowest is not None and least >= lowest:
            key = "at_least" if case.lower.inclusive else "above"
            message = f"nobody gets the label {case.label!r}: a case above it begins at {lowest} already"
            yield UNREACHABLE.at(
                (*case.path, key), message, help="order the cases from the highest bound to the lowest"
            )
        lowest = least if lowest is None else min(lowest, least)


FAMILY = Family((UNREACHABLE, TAKEN_ENTRY), (tiers, bands))
