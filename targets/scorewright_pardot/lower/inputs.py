"""Inputs: the value of a number field that counts as points, read by a formula where it can be, else by rules for each number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.values import Bound, Bounds, Number
from scorewright_pardot.labels import field_label, is_default
from scorewright_pardot.lower.cases import Case
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.digits import by_digits, can_be_digits, points_in_formula
from scorewright_pardot.lower.worth import MOST_BANDS, is_wide
from scorewright_pardot.names import field_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Input
    from scorewright_pardot.lower.context import Context

__all__ = ["in_formula", "is_read", "lower_input"]


def in_formula(cx: Context, item: Input) -> str:
    """What a formula says to count the field's value itself; ``""`` where it counts what rules have set."""
    home, field = cx.homes.of[item.score], cx.model.fields[item.field]
    if home.kind != "formula" or not is_wide(item) or field.of != "person" or is_default(field):
        return ""
    if item.score in cx.homes.summands or any(cx.homes.touches(item.score)):
        return ""
    name = f"{field_id(field_label(field))}__c"
    if item.percent == 100 and item.at_least is None and item.at_most is None:
        return f"BLANKVALUE({name}, 0)"
    return f"IF(ISBLANK({name}), 0, {points_in_formula(cx, item)})"


def is_read(cx: Context, item: Input) -> bool:
    """Whether the field's value itself is the score, or stands in its formula, whoever it belongs to."""
    home = cx.homes.of[item.score]
    return bool(in_formula(cx, item)) or (
        home.kind == "field"
        and home.name == field_label(cx.model.fields[item.field])
        and not any(cx.homes.touches(item.score))
    )


def lower_input(cx: Context, item: Input) -> str:
    """A field that is the score, or that its formula reads; else rules for each number of points.  Raises ``CannotLowerError``."""
    home = cx.homes.require(cx, item.score, (*item.path, "score"))
    field = cx.model.fields[item.field]
    if is_read(cx, item):
        cx.need(f"{field.of} field", field_label(field), item, "type Number")
        return (
            "the formula reads the field itself, rounded and within its bounds"
            if home.kind == "formula"
            else ""
        )
    if is_wide(item) and can_be_digits(cx, item):
        return f"{cx.pool.take(item, tuple(by_digits(cx, item)))}, for each binary digit of the number, which a formula tells"
    low = item.at_least.value if item.at_least is not None else None
    high = item.at_most.value if item.at_most is not None else None
    if low is None or high is None or high - low > MOST_BANDS:
        raise CannotLowerError(
            "input-needs-bands",
            "no action adds the value of a field to a score, so each number of points takes rules of its own, and no edition has "
            "enough of them",
            f"bound it by at_least and at_most (of a built-in field or the account's, or for a score with a floor or a ceiling, to {MOST_BANDS} values or fewer), or give it "
            "to a fit score that is in no sum: a Salesforce formula reads any other field of the person",
            item.path,
        )
    return cx.pool.take(item, tuple(_input_cases(cx, item, low, high)))


def _input_cases(cx: Context, item: Input, low: int, high: int) -> Iterable[Case]:
    """A case for each number of points, within the bounds; no value counts for nothing."""
    known = con.FieldTest(item.field, con.Known(known=True), path=item.path)
    some, none = (criteria(cx, known, item, holds=so) for so in (True, False))
    yield Case("unknown", none, some, ((item.score, Number(0)),))
    for points in range(low, high + 1):
        first, after = _least_for(item, points), _least_for(item, points + 1)
        if first >= after and low < points < high:
            continue  # a percent above 100 passes over it
        least = None if points == low else Bound(Number(first), inclusive=True)
        most = None if points == high else Bound(Number(after - 1), inclusive=True)
        test = con.FieldTest(item.field, con.Range(Bounds(least, most)), path=item.path)
        holds, fails = (criteria(cx, test, item, holds=so) for so in (True, False))
        yield Case(f"is-{points}", holds, fails, ((item.score, Number(points)),))


def _least_for(item: Input, points: int) -> int:
    """The least value of the field that gives so many points, or more: its share is rounded half up."""
    return -(-(2 * points - 1) * 50 // item.percent)
