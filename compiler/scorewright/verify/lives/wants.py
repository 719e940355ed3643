"""What must be so that a condition holds, or does not: every way of it, so that each member decides once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.model import conditions as con
from scorewright.model.value_tests import Known
from scorewright.model.vocabulary import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorewright.model.elements import Grade, Model
    from scorewright.model.events import Event
    from scorewright.model.value_tests import Test

__all__ = ["NOTHING", "Want", "both", "flipped", "unknown", "ways", "within"]

_MOST = 12
"""More ways than this of one condition are left to chance."""
_FAR = 1 << 40
"""Above every number that anything is compared with."""


class Want(NamedTuple):
    """What must be so, all of it.

    ``tests`` are fields with a test and whether it passes; ``facts`` are pairs of what (``mark``, ``list``, ``owner``,
    ``crm``, ``mailable``, ``opportunity``) and which, with whether it is so; ``scores`` the least and the most;
    ``past`` how often at least and at most something has happened.
    """

    tests: tuple[tuple[str, Test, bool], ...] = ()
    facts: tuple[tuple[str, str, bool], ...] = ()
    scores: tuple[tuple[str, int | None, int | None], ...] = ()
    past: tuple[tuple[Event, int, int | None], ...] = ()


NOTHING = Want()


def both(one: Want, other: Want) -> Want | None:
    """What is wanted by both; ``None`` when they contradict each other."""
    together = Want(*(_once((*a, *b)) for a, b in zip(one, other, strict=True)))
    if any((kind, key, not so) in together.facts for kind, key, so in together.facts):
        return None
    if any((field, test, not passes) in together.tests for field, test, passes in together.tests):
        return None
    scores = _narrowed(together.scores)
    return None if scores is None else together._replace(scores=scores)


def _once(items: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(items))


def _narrowed(
    scores: Iterable[tuple[str, int | None, int | None]],
) -> tuple[tuple[str, int | None, int | None], ...] | None:
    found: dict[str, tuple[int | None, int | None]] = {}
    for key, least, most in scores:
        old_least, old_most = found.get(key, (None, None))
        low = max((x for x in (least, old_least) if x is not None), default=None)
        high = min((x for x in (most, old_most) if x is not None), default=None)
        if low is not None and high is not None and low > high:
            return None
        found[key] = (low, high)
    return tuple((key, *pair) for key, pair in found.items())


def within(want: Want, key: str) -> tuple[int | None, int | None]:
    """The least and the most of a score that is wanted."""
    return next(((least, most) for name, least, most in want.scores if name == key), (None, None))


def flipped(condition: con.Condition) -> con.Condition:
    """The opposite."""
    return condition.member if isinstance(condition, con.Not) else con.Not(condition)


def ways(model: Model, condition: con.Condition | None, so: bool = True) -> list[Want]:
    """The ways in which a condition holds (or, with ``so`` false, does not).

    Of ``all`` and ``any`` each member decides in one of them, the others being such that it does.
    """
    if condition is None:
        return [NOTHING] if so else []
    found: dict[object, Want] = {}
    for want in _ways(model, condition, so):
        found.setdefault(tuple(map(frozenset, want)), want)
    return [*found.values()][:_MOST]


def _ways(model: Model, condition: con.Condition, so: bool) -> list[Want]:
    match condition:
        case con.Not(member):
            return ways(model, member, not so)
        case con.All(members) | con.AnyOf(members):
            together = isinstance(condition, con.All) is so
            return _joint(model, members, so) if together else _single(model, members, so)
        case con.InSegment(key):
            return ways(model, model.segments[key].when, so)
        case con.BandTest(key, labels):
            return _band(model, key, labels, so)
        case con.GradeTest(key):
            return _grade(model, model.grades[key], condition, so)
        case _:
            return _atom(condition, so)


def _joint(model: Model, members: Sequence[con.Condition], so: bool) -> list[Want]:
    """All members are (not) so: the first way of each, and every other way of each beside the first of the rest."""
    options = [ways(model, member, so) for member in members]
    if not all(options):
        return []
    found = []
    for place, several in enumerate(options):
        for option in several:
            want: Want | None = option
            for other, rest in enumerate(options):
                if other != place and want is not None:
                    want = _first_fitting(want, rest)
            if want is not None:
                found.append(want)
    return found


def _single(model: Model, members: Sequence[con.Condition], so: bool) -> list[Want]:
    """One member alone is (not) so, the others the opposite where they can be."""
    found = []
    for place, member in enumerate(members):
        for option in ways(model, member, so):
            want = option
            for other, rest in enumerate(members):
                if other != place:
                    want = _first_fitting(want, ways(model, rest, not so)) or want
            found.append(want)
    return found


def _first_fitting(want: Want, options: Iterable[Want]) -> Want | None:
    return next((joined for option in options if (joined := both(want, option)) is not None), None)


def _atom(condition: con.Condition, so: bool) -> list[Want]:
    match condition:
        case con.FieldTest(field, test):
            return [Want(tests=((field, test, so),))]
        case con.ScoreTest(score, bounds):
            return _score(score, bounds.least, bounds.most, so)
        case con.Happened(event, least, most):
            return _past(event, least, most, so)
        case _:
            return [Want(facts=(_fact(condition, so),))]


def _fact(condition: con.Condition, so: bool) -> tuple[str, str, bool]:
    match condition:
        case con.HasMark(mark):
            return "mark", mark, so
        case con.MemberOf(asset, statuses):
            return "list", "\n".join((asset, *statuses)), so
        case con.HasOpportunity(kind):
            return "opportunity", kind, so
        case con.CrmKind(kind):
            return "crm", kind, so
        case con.Assigned(value) | con.Mailable(value):
            return "owner" if isinstance(condition, con.Assigned) else "mailable", "", so is value
        case _:
            raise TypeError(condition)


def _score(key: str, least: int | None, most: int | None, so: bool) -> list[Want]:
    if so:
        return [Want(scores=((key, least, most),))]
    below = [] if least is None else [Want(scores=((key, None, least - 1),))]
    return below + ([] if most is None else [Want(scores=((key, most + 1, None),))])


def _past(event: Event, least: int, most: int | None, so: bool) -> list[Want]:
    if so:
        return [Want(past=((event, least, most),))]
    fewer = [] if least == 0 else [Want(past=((event, 0, least - 1),))]
    return fewer + ([] if most is None else [Want(past=((event, most + 1, None),))])


# --- labels and letters ---------------------------------------------------------------------------------------------


def _band(model: Model, key: str, labels: Sequence[str], so: bool) -> list[Want]:
    return [want for label, want in _stretches(model, key) if (label in labels) is so]


def _stretches(model: Model, key: str) -> list[tuple[str, Want]]:
    """Each label of a band, and the scores that make it."""
    band = model.bands[key]
    if band.join:
        found = [("", NOTHING)]
        for part in band.join:
            found = [
                (label + more, joined)
                for label, want in found
                for more, other in _stretches(model, part)
                if (joined := both(want, other)) is not None
            ]
        return found
    stretches, above = [], _FAR
    assert band.score is not None
    for case in band.cases:
        least = None if case.lower is None else case.lower.number.value + (not case.lower.inclusive)
        if least is None or least < above:
            most = None if above == _FAR else above - 1
            stretches.append((case.label, Want(scores=((band.score, least, most),))))
        above = above if least is None else min(above, least)
    return stretches


def _grade(model: Model, grade: Grade, wanted: con.GradeTest, so: bool) -> list[Want]:
    """Criteria that match, one more at a time, the others unknown: the letters on both sides of the wanted one."""
    found: list[tuple[int, Want]] = []
    for count in range(len(grade.criteria) + 1):
        for first in range(len(grade.criteria) if 0 < count < len(grade.criteria) else 1):
            chosen = [grade.criteria[(first + n) % len(grade.criteria)] for n in range(count)]
            want: Want | None = NOTHING
            for criterion in grade.criteria:
                options = (
                    ways(model, criterion.when) if criterion in chosen else [unknown(model, criterion.when)]
                )
                want = None if want is None else _first_fitting(want, options)
            if want is not None:
                found.append((_place(grade, sum(item.thirds for item in chosen)), want))
    place = LETTERS.index(wanted.letter)
    right = [(at, want) for at, want in found if _letter_is(wanted.mode, at, place) is so]
    return [want for _, want in sorted(right, key=lambda item: abs(item[0] - place))]


def _place(grade: Grade, thirds: int) -> int:
    return max(0, min(LETTERS.index(grade.start) + thirds, len(LETTERS) - 1))


def _letter_is(mode: str, at: int, place: int) -> bool:
    return at == place if mode == "is" else at >= place if mode == "at_least" else at < place


def unknown(model: Model, condition: con.Condition) -> Want:
    """Nothing known of what a criterion reads."""
    fields = []
    for item in con.walk(condition):
        if isinstance(item, con.FieldTest):
            fields.append(item.field)
        elif isinstance(item, con.InSegment):
            fields += [name for name, _, _ in unknown(model, model.segments[item.segment].when).tests]
    return Want(tests=tuple((name, Known(False), True) for name in dict.fromkeys(fields)))
