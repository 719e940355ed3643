"""Whether two rules or two thresholds can act in one moment: by what moves them, and by what they ask.

Errors rest on this, so it answers yes only where one event can move both and nothing that they ask excludes the
other.  Where it cannot follow (too many alternatives) it answers no.  So it does when it is asked the opposite, on which
a promise rests: that the two exclude each other.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright.model.elements import Threshold
from scorewright.model.vocabulary import BUILTIN_ASSETS, LETTERS

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from scorewright.model.elements import Model, Rule
    from scorewright.model.events import Event

__all__ = ["Literal", "Together", "alternatives", "contradict"]

_MOST = 64
"""Alternatives of one condition; a condition with more is not followed."""
_DEEP = 20
"""Segments inside segments; what lies deeper is not opened."""


class Literal(NamedTuple):
    """A condition without ``all``, ``any`` and ``not``, that holds or does not."""

    condition: con.Condition
    holds: bool


# --- conditions as alternatives -------------------------------------------------------------------------------------


def alternatives(
    model: Model, condition: con.Condition | None, *, holds: bool = True
) -> list[tuple[Literal, ...]]:
    """The ways in which a condition can hold (or not hold), each as what holds at the same time.

    Segments are opened.  Empty where there are too many to follow; one empty way where nothing is asked.
    """
    if condition is None:
        return [()]
    return _ways(model, condition, holds, ())


def _ways(
    model: Model, condition: con.Condition, holds: bool, trail: tuple[str, ...]
) -> list[tuple[Literal, ...]]:
    if isinstance(condition, con.Not):
        return _ways(model, condition.member, not holds, trail)
    if isinstance(condition, (con.All, con.AnyOf)):
        members = [_ways(model, member, holds, trail) for member in condition.members]
        together = isinstance(condition, con.All) == holds
        return _product(members) if together else _sum(members)
    own: list[tuple[Literal, ...]] = [(Literal(condition, holds),)]
    if isinstance(condition, con.InSegment) and condition.segment not in trail and len(trail) < _DEEP:
        inner = model.segments[condition.segment].when
        return _product([own, _ways(model, inner, holds, (*trail, condition.segment))])
    return own


def _product(members: list[list[tuple[Literal, ...]]]) -> list[tuple[Literal, ...]]:
    ways: list[tuple[Literal, ...]] = [()]
    for member in members:
        if len(ways) * len(member) > _MOST:
            return []
        ways = [left + right for left, right in product(ways, member)]
    return ways


def _sum(members: list[list[tuple[Literal, ...]]]) -> list[tuple[Literal, ...]]:
    if not all(members) or sum(map(len, members)) > _MOST:
        return []
    return [way for member in members for way in member]


# --- what excludes what ---------------------------------------------------------------------------------------------


def contradict(model: Model, left: Iterable[Literal], right: Iterable[Literal]) -> bool:
    """Whether something on the left cannot hold together with something on the right."""
    right = tuple(right)
    return any(_exclude(model, a, b) for a in left for b in right)


def _exclude(model: Model, a: Literal, b: Literal) -> bool:
    if a.condition == b.condition:
        return a.holds != b.holds
    one, other = _interval(a), _interval(b)
    if one is not None and other is not None and one[0] == other[0]:
        return max(one[1], other[1]) > min(one[2], other[2])
    if isinstance(a.condition, con.FieldTest) and isinstance(b.condition, con.FieldTest):
        same = a.condition.field == b.condition.field
        return same and _fields_exclude(model, (a.condition, a.holds), (b.condition, b.holds))
    if isinstance(a.condition, con.BandTest) and isinstance(b.condition, con.BandTest):
        same = a.condition.band == b.condition.band
        return same and _sets_exclude((set(a.condition.labels), a.holds), (set(b.condition.labels), b.holds))
    return _words_exclude(a, b)


def _words_exclude(a: Literal, b: Literal) -> bool:
    """Conditions that are one word: the kind of CRM record, assigned or not, mailable or not."""
    if type(a.condition) is not type(b.condition):
        return False
    if isinstance(a.condition, con.CrmKind):
        return a.holds and b.holds
    return isinstance(a.condition, (con.Assigned, con.Mailable)) and a.holds == b.holds


_ENDLESS = float("inf")


def _interval(literal: Literal) -> tuple[Hashable, float, float] | None:
    """What is compared, and the numbers between which it lies; ``None`` for what is no comparison."""
    match literal.condition:
        case con.ScoreTest(score, bounds):
            return _side(("score", score), bounds.least, bounds.most, literal.holds)
        case con.GradeTest(grade, mode, letter):
            at = LETTERS.index(letter)
            low, high = {"is": (at, at), "at_least": (at, None), "below": (None, at - 1)}[mode]
            return _side(("grade", grade), low, high, literal.holds)
        case con.Happened(event, least, most):
            return _side(("event", event), least if least > 0 else None, most, literal.holds)
        case con.FieldTest(field, con.Range(bounds)) if literal.holds:
            return _side(("field", field), bounds.least, bounds.most, holds=True)
    return None


def _side(
    key: Hashable, low: int | None, high: int | None, holds: bool
) -> tuple[Hashable, float, float] | None:
    if not holds:
        if low is not None and high is not None:
            return None  # what lies outside two bounds is no stretch
        low, high = (high + 1 if high is not None else None), (low - 1 if low is not None else None)
    return key, (-_ENDLESS if low is None else low), (_ENDLESS if high is None else high)


def _fields_exclude(model: Model, a: tuple[con.FieldTest, bool], b: tuple[con.FieldTest, bool]) -> bool:
    """Two tests of one field.  What passes a test is known; ``not`` of a test also holds for the unknown."""
    if _unknown(*a) or _unknown(*b):
        return _known(*a) or _known(*b)
    left, right = a[0].test, b[0].test
    if isinstance(left, con.Is) and isinstance(right, con.Is):
        if model.fields[a[0].field].type == "choices":
            return False  # several values may stand side by side
        return _sets_exclude((_plain(left), a[1]), (_plain(right), b[1]))
    return False


def _unknown(test: con.FieldTest, holds: bool) -> bool:
    return isinstance(test.test, con.Known) and test.test.known != holds


def _known(test: con.FieldTest, holds: bool) -> bool:
    return test.test.known == holds if isinstance(test.test, con.Known) else holds


def _plain(test: con.Is) -> set[object]:
    return {value.casefold() if isinstance(value, str) else value for value in test.values}


def _sets_exclude(a: tuple[set[object], bool], b: tuple[set[object], bool]) -> bool:
    if a[1] and b[1]:
        return not a[0] & b[0]
    if a[1] != b[1]:
        inside, outside = (a[0], b[0]) if a[1] else (b[0], a[0])
        return inside <= outside
    return False


# --- what moves -----------------------------------------------------------------------------------------------------


class _Way(NamedTuple):
    """One way in which an element comes to act: what moves it, when it is looked at, and what must hold."""

    events: Mapping[str, frozenset[str] | None]
    """Verb to objects; ``None`` for any object."""
    reads: frozenset[tuple[str, str]]
    """The scores and fields that it looks at."""
    clock: str
    cases: list[tuple[Literal, ...]]


class Together:
    """Answers for one model; what moves a score is looked up once."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._parts = _parts(model)
        self._rules: dict[str, list[Rule]] = {}
        for rule in model.rules.values():
            for key, _ in rule.points:
                self._rules.setdefault(key, []).append(rule)
        self._events: dict[frozenset[str], Mapping[str, frozenset[str] | None]] = {}
        self._known: dict[tuple[str, str], tuple[_Way, ...]] = {}

    def can_meet(self, a: Rule | Threshold, b: Rule | Threshold) -> bool:
        """Whether one moment can make both act.  Two rules, or two thresholds: a threshold is looked at after rules."""
        return any(
            left.clock == right.clock
            and _share(left, right)
            and any(not contradict(self._model, x, y) for x in left.cases for y in right.cases)
            for left in self._ways(a)
            for right in self._ways(b)
        )

    def exclude(self, a: Threshold, b: Threshold) -> bool:
        """Whether the two are never open together, whichever way; no where what they ask cannot be followed."""
        cases = [[case for way in self._ways(item) for case in way.cases] for item in (a, b)]
        followed = all(way.cases for item in (a, b) for way in self._ways(item))
        return followed and all(contradict(self._model, x, y) for x in cases[0] for y in cases[1])

    def base_scores(self, condition: con.Condition | None) -> frozenset[str]:
        """The scores behind a condition's scores: their parts, and what feeds those."""
        read = {part.score for part in con.walk(condition) if isinstance(part, con.ScoreTest)}
        read |= {band_score for part in con.walk(condition) for band_score in self._of_band(part)}
        return frozenset(base for score in read for base in self._parts[score])

    def _moved(self, scores: frozenset[str]) -> Mapping[str, frozenset[str] | None]:
        """What happens when one of these scores is given points."""
        if scores not in self._events:
            events = (event for score in scores for rule in self._rules.get(score, ()) for event in rule.on)
            self._events[scores] = _objects(events)
        return self._events[scores]

    def _of_band(self, part: con.Condition) -> Iterator[str]:
        waiting = [part.band] if isinstance(part, con.BandTest) else []
        seen: set[str] = set()
        while waiting:
            band = self._model.bands[waiting.pop()]
            if band.key not in seen:
                seen.add(band.key)
                waiting.extend(band.join)
                yield from (band.score,) if band.score is not None else ()

    def _ways(self, element: Rule | Threshold) -> tuple[_Way, ...]:
        name = (str(element.path[0]), element.key)
        if name not in self._known:
            made = self._of_threshold(element) if isinstance(element, Threshold) else self._of_rule(element)
            self._known[name] = tuple(made)
        return self._known[name]

    def _of_rule(self, rule: Rule) -> Iterator[_Way]:
        cases = alternatives(self._model, rule.when)
        yield _Way(_objects(rule.on), _changed(rule.on), f"wait {rule.wait}", cases)

    def _of_threshold(self, threshold: Threshold) -> Iterator[_Way]:
        closed = alternatives(self._model, threshold.unless, holds=False) if threshold.unless else [()]
        known = tuple(
            Literal(con.FieldTest(field, con.Known(known=True)), holds=True)
            for field in threshold.required_fields
        )
        shut = [(*case, *known) for case in closed]
        opening = _product([alternatives(self._model, threshold.when), shut])
        scores = self.base_scores(threshold.when)
        reads = frozenset({("score", score) for score in scores} | set(_fields(threshold.when)))
        yield _Way(self._moved(scores), reads, f"at {threshold.schedule}", opening)
        if threshold.or_on:
            yield _Way(_objects(threshold.or_on), _changed(threshold.or_on), "at None", shut)


def _fields(condition: con.Condition) -> Iterator[tuple[str, str]]:
    return (("field", part.field) for part in con.walk(condition) if isinstance(part, con.FieldTest))


def _changed(events: Iterable[Event]) -> frozenset[tuple[str, str]]:
    return frozenset(("field", key) for event in events if event.verb == "changes" for key in event.objects)


def _objects(events: Iterable[Event]) -> dict[str, frozenset[str] | None]:
    found: dict[str, set[str]] = {}
    anything: set[str] = set()
    for event in events:
        found.setdefault(event.verb, set()).update(event.objects)
        if not event.objects or any(key in BUILTIN_ASSETS for key in event.objects):
            anything.add(event.verb)
    return {verb: None if verb in anything else frozenset(keys) for verb, keys in found.items()}


def _share(a: _Way, b: _Way) -> bool:
    if a.reads & b.reads:
        return True
    for verb, objects in a.events.items():
        if verb in b.events:
            others = b.events[verb]
            if objects is None or others is None or objects & others:
                return True
    return False


def _parts(model: Model) -> dict[str, frozenset[str]]:
    """For each score itself, the parts that it is computed from, and the scores that feed any of them."""
    inner: dict[str, set[str]] = {key: set() for key in model.scores}
    for key, score in model.scores.items():
        inner[key].update(score.sum_of, (part for part, _ in score.percent_of))
        if score.feeds is not None:
            inner[score.feeds].add(key)
    parts: dict[str, frozenset[str]] = {}
    for key in model.scores:
        seen: set[str] = set()
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting.extend(inner[one])
        parts[key] = frozenset(seen)
    return parts
