"""Which conditions nobody fulfils both of: rules that ask for them never meet one person, so their order does not matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con

if TYPE_CHECKING:
    from scorewright.model.elements import Model

__all__ = ["never_both"]


def never_both(model: Model, one: con.Condition | None, other: con.Condition | None) -> bool:
    """Whether two conditions are sure to exclude each other; ``None`` is always so."""
    if one is None or other is None:
        return False
    return _apart(model, _plain(model, one), _plain(model, other))


def _plain(model: Model, condition: con.Condition, *, so: bool = True) -> con.Condition:
    """A condition (or its opposite) with segments written out, and *not* before single tests alone."""
    if isinstance(condition, con.Not):
        return _plain(model, condition.member, so=not so)
    if isinstance(condition, con.InSegment):
        return _plain(model, model.segments[condition.segment].when, so=so)
    if isinstance(condition, (con.All, con.AnyOf)):
        members = tuple(_plain(model, item, so=so) for item in condition.members)
        return con.All(members) if isinstance(condition, con.All) == so else con.AnyOf(members)
    return condition if so else con.Not(condition)


def _apart(model: Model, one: con.Condition, other: con.Condition) -> bool:
    for here, there in ((one, other), (other, one)):
        if isinstance(here, con.AnyOf):
            return all(_apart(model, member, there) for member in here.members)
    for here, there in ((one, other), (other, one)):
        if isinstance(here, con.All):
            return any(_apart(model, member, there) for member in here.members)
    return _denies(one, other) or _denies(other, one) or _differ(model, one, other)


def _denies(one: con.Condition, other: con.Condition) -> bool:
    """Whether one says not what the other says, or what follows from it."""
    return isinstance(one, con.Not) and (one.member == other or _follows(one.member, other))


def _follows(weak: con.Condition, strong: con.Condition) -> bool:
    """Whether a test of a field is sure to hold where another does."""
    if (
        not isinstance(weak, con.FieldTest)
        or not isinstance(strong, con.FieldTest)
        or weak.field != strong.field
    ):
        return False
    if weak.test == con.Known(known=True):
        return strong.test != con.Known(known=False)
    wide, narrow = _values(weak.test), _values(strong.test)
    if isinstance(weak.test, con.Range) and isinstance(strong.test, con.Range):
        (low, high), (least, most) = _ends(weak.test), _ends(strong.test)
        return low <= least and most <= high
    return wide is not None and narrow is not None and narrow <= wide


def _differ(model: Model, one: con.Condition, other: con.Condition) -> bool:
    """Whether two tests look at one thing that has one value, and want others."""
    match one, other:
        case con.FieldTest(field, test), con.FieldTest(its, wanted) if field == its:
            return model.fields[field].type != "choices" and _no_value(test, wanted)
        case con.CrmKind(kind), con.CrmKind(its):
            return kind != its
        case con.Assigned(value), con.Assigned(wish):
            return value != wish
        case con.Mailable(value), con.Mailable(wish):
            return value != wish
    return False


def _no_value(one: con.Test, other: con.Test) -> bool:
    if con.Known(known=False) in {one, other}:
        return one != other
    if isinstance(one, con.Range) and isinstance(other, con.Range):
        (low, high), (least, most) = _ends(one), _ends(other)
        return high < least or most < low
    mine, its = _values(one), _values(other)
    return mine is not None and its is not None and not mine & its


def _values(test: con.Test) -> frozenset[str] | None:
    """The whole values that a test wants, case folded; ``None`` where it wants others."""
    if isinstance(test, con.Is):
        return frozenset(str(value).casefold() for value in test.values)
    if isinstance(test, con.Matches) and test.mode == "is":
        return frozenset(text.casefold() for text in test.texts)
    return None


def _ends(test: con.Range) -> tuple[float, float]:
    least, most = test.bounds.least, test.bounds.most
    return (float("-inf") if least is None else least, float("inf") if most is None else most)
