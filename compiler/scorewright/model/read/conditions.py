"""Tables of the document to conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import conditions as con
from scorewright.model.events import Event
from scorewright.model.read import rules
from scorewright.model.read.scope import bounds, many, window
from scorewright.model.read.value_tests import one_test, where_tests
from scorewright.model.values import Bound, Bounds
from scorewright.model.vocabulary import LETTERS, PAST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.read.scope import Scope

__all__ = ["condition", "optional"]


def optional(raw: Mapping[str, Any] | None, path: KeyPath, scope: Scope) -> con.Condition | None:
    """A condition, or ``None`` where the key is absent."""
    return None if raw is None else condition(raw, path, scope)


def condition(raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> con.Condition:
    """One condition; what is wrong with it goes to the scope."""
    subjects = [key for key in raw if key in _SUBJECTS]
    if len(subjects) > 1:
        message = f"a condition has one subject; found {' and '.join(subjects)}"
        help_ = "put each in a condition of its own, inside all = [ … ] or any = [ … ]"
        scope.found.append(rules.ONE_SUBJECT.at((*path, subjects[1]), message, help=help_, on="key"))
    return _SUBJECTS[subjects[0]](subjects[0], raw, path, scope)


def _members(subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    make = con.All if subject == "all" else con.AnyOf
    members = tuple(
        condition(item, (*path, subject, index), scope) for index, item in enumerate(raw[subject])
    )
    return make(members, path=path)


def _not(_subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    return con.Not(condition(raw["not"], (*path, "not"), scope), path=path)


def _field(_subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    field = scope.name("fields", raw["field"], (*path, "field"))
    return con.FieldTest(
        field, one_test({k: v for k, v in raw.items() if k != "field"}, path, scope), path=path
    )


def _score(_subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    score = scope.score(raw["score"], (*path, "score"), raw.get("product"))
    if "is" in raw:
        return _score_is(score, raw, path, scope)
    limits = bounds(raw, path, scope)
    if limits == Bounds():
        help_ = "add above, at_least, below, at_most or is"
        scope.found.append(rules.BAD_TEST.at(path, "a score is compared with nothing", help=help_))
    return con.ScoreTest(score, limits, path=path)


def _score_is(score: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    value, at = raw["is"], (*path, "is")
    if len({"above", "at_least", "below", "at_most"} & set(raw)):
        scope.found.append(rules.BAD_TEST.at(at, "'is' stands alone", help="keep 'is', or the bounds"))
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        scope.found.append(
            rules.BAD_TEST.at(at, "a score is a number", help="write an integer or the id of a value")
        )
        value = 0
    bound = Bound(scope.number(value, at), inclusive=True)
    return con.ScoreTest(score, Bounds(bound, bound), exactly=True, path=path)


def _grade(_subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    grade = scope.name("grades", raw["grade"], (*path, "grade"))
    modes = [key for key in ("is", "at_least", "below") if key in raw]
    if len(modes) != 1:
        message = "a grade is compared once: is, at_least or below"
        scope.found.append(rules.BAD_TEST.at(path, message, help='for example at_least = "B"'))
        return con.GradeTest(grade, "is", LETTERS[0], path=path)
    letter = raw[modes[0]]
    if letter not in LETTERS:
        help_ = f"letters are {', '.join(reversed(LETTERS))}"
        scope.found.append(rules.BAD_TEST.at((*path, modes[0]), f"{letter!r} is no letter grade", help=help_))
    return con.GradeTest(grade, modes[0], str(letter), path=path)


def _band(_subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    band = scope.name("bands", raw["band"], (*path, "band"))
    labels = raw.get("is_any", [raw["is"]] if "is" in raw else [])
    if not labels or ("is" in raw and "is_any" in raw):
        scope.found.append(
            rules.BAD_TEST.at(path, "a band is asked for its label", help='add is = "…" or is_any = […]')
        )
    return con.BandTest(band, tuple(str(label) for label in labels), path=path)


def _mark(_subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    return con.HasMark(scope.name("marks", raw["mark"], (*path, "mark")), path=path)


def _segment(_subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    return con.InSegment(scope.name("segments", raw["segment"], (*path, "segment")), path=path)


def _member_of(_subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    (asset,) = scope.assets(
        raw["member_of"], (*path, "member_of"), ("list", "campaign", "event", "webinar"), "member_of"
    )
    return con.MemberOf(asset, many(raw.get("status", [])), path=path)


def _word(subject: str, raw: Any, path: KeyPath, _scope: Scope) -> con.Condition:
    value = raw[subject]
    if subject == "has_opportunity":
        return con.HasOpportunity(value, path=path)
    if subject == "crm":
        return con.CrmKind(value, path=path)
    return con.Assigned(value, path=path) if subject == "assigned" else con.Mailable(value, path=path)


def _past(subject: str, raw: Any, path: KeyPath, scope: Scope) -> con.Condition:
    verb = PAST[subject]
    event = Event(
        verb.present,
        scope.objects(verb, raw[subject], (*path, subject), subject),
        scope.assets(raw["except"], (*path, "except"), verb.kinds, subject) if "except" in raw else (),
        1,
        window(raw["within"]) if "within" in raw else None,
        where_tests(raw.get("where", {}), (*path, "where"), scope),
        path=path,
    )
    least, most = _count(raw, path, scope)
    return con.Happened(event, least, most, path=path)


def _count(raw: Any, path: KeyPath, scope: Scope) -> tuple[int, int | None]:
    """How many events there must be: (least, most)."""
    given = [key for key in ("at_least", "exactly", "at_most") if key in raw]
    if len(given) > 1:
        message = f"{given[0]} and {given[1]} are two counts"
        scope.found.append(
            rules.BAD_TEST.at((*path, given[1]), message, help="keep one of the two", on="key")
        )
    if given and (not isinstance(raw[given[0]], int) or not 1 <= raw[given[0]] <= _MOST):
        help_ = f"write a count from 1 to {_MOST:,}"
        scope.found.append(rules.BAD_TEST.at((*path, given[0]), f"{raw[given[0]]} is no count", help=help_))
        return 1, None
    if "exactly" in raw:
        return raw["exactly"], raw["exactly"]
    if "at_most" in raw:
        return 0, raw["at_most"]
    return raw.get("at_least", 1), None


_MOST = 10_000
"""The greatest count of an event: more than any person's log holds."""

_SUBJECTS: dict[str, Callable[[str, Any, KeyPath, Scope], con.Condition]] = {
    "all": _members,
    "any": _members,
    "not": _not,
    "field": _field,
    "score": _score,
    "grade": _grade,
    "band": _band,
    "mark": _mark,
    "segment": _segment,
    "member_of": _member_of,
    "has_opportunity": _word,
    "crm": _word,
    "assigned": _word,
    "mailable": _word,
    **dict.fromkeys(PAST, _past),
}
