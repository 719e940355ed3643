"""A number field whose value is added to a score that rules move: binary digits, each a formula field of 0 or 1.

No action adds a field's value, and a rule for each number is too many.  A Salesforce formula tells each digit of the number,
and two rules a digit give its worth and take it back: of a number up to a thousand that is ten fields and twenty rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.values import Number
from scorewright_pardot.labels import field_label
from scorewright_pardot.lower.binding import chain
from scorewright_pardot.lower.cases import Case
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.expression import either, leaf
from scorewright_pardot.names import field_id
from scorewright_pardot.objects import FormulaField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Input
    from scorewright_pardot.lower.context import Context

__all__ = ["by_digits", "can_be_digits", "points_in_formula"]

_MOST_DIGITS = 20
"""A million; each digit is a field of the business unit, and two rules."""


def points_in_formula(cx: Context, item: Input) -> str:
    """What an input is worth, of a field that is known, as a Salesforce formula."""
    name = f"{field_id(field_label(cx.model.fields[item.field]))}__c"
    term = name if item.percent == 100 else f"MFLOOR((2 * {item.percent} * {name} + 100) / 200)"
    for function, bound in (("MAX", item.at_least), ("MIN", item.at_most)):
        term = term if bound is None else f"{function}({term}, {bound.value})"
    return term


def can_be_digits(cx: Context, item: Input) -> bool:
    """Whether the input is bounded, a formula can read its field, and rules move all that it gives to.

    A score with a floor or a ceiling is not moved so: it would be brought back between one digit and the next.
    """
    field, home = cx.model.fields[item.field], cx.homes.of[item.score]
    if item.at_least is None or item.at_most is None or field.of != "person" or field.builtin:
        return False
    moves = [*chain(cx.model, item.score), *([cx.homes.total] if item.score in cx.homes.inside else [])]
    scores = [cx.model.scores[key] for key in moves if key is not None]
    if any(score.floor is not None or score.ceiling is not None for score in scores):
        return False
    moved = home.kind in {"overall", "category", "inside"} and cx.homes.touches(item.score) != ((), False)
    return moved and _span(item).bit_length() <= _MOST_DIGITS and cx.flag("formula-syncs-back")


def _span(item: Input) -> int:
    assert item.at_least is not None
    assert item.at_most is not None
    return item.at_most.value - item.at_least.value


def by_digits(cx: Context, item: Input) -> Iterator[Case]:
    """The least that is given where the field is known, and a case for each digit of what is above it; with its field."""
    assert item.at_least is not None
    assert item.at_most is not None
    low, high = item.at_least.value, item.at_most.value
    label = field_label(cx.model.fields[item.field])
    cx.need("person field", label, item, "type Number")
    if low:
        known = con.FieldTest(item.field, con.Known(known=True), path=item.path)
        some, none = (criteria(cx, known, item, holds=so) for so in (True, False))
        yield Case("known", some, none, ((item.score, Number(low)),), beside=True)
    above = points_in_formula(cx, item) + (f" + {-low}" if low else "")
    for place in range(_span(item).bit_length()):
        worth = 2**place
        name = f"{cx.names.prefix} {item.key} has {worth}"
        digit = f"MFLOOR(({above}) / {worth}) + -2 * MFLOOR(({above}) / {2 * worth})"
        made = cx.made(
            item, "digit-field", "No action adds a field's value; this tells one binary digit of it."
        )
        cx.add(FormulaField(name, f"IF(ISBLANK({field_id(label)}__c), 0, {digit})", (label,), made), name)
        one = leaf("custom-field", name, "greater", 0)
        nought = either(leaf("custom-field", name, "less", 1), leaf("custom-field", name, "empty"))
        yield Case(f"has-{worth}", one, nought, ((item.score, Number(worth)),), beside=True)
    text = f"up to {max(abs(low), abs(high))} points are missing for people who are not in Salesforce, as a lead or a contact"
    missing = (min(0, low - high), max(0, high - low))
    cx.bounded("formula-needs-crm-record", text, bounds=cx.off({item.score: missing}, "no-crm-record"))
