"""Tiers: one of several amounts at a time, by the first case that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.conditions import FieldTest, Is, Known, Matches, Range
from scorewright.model.values import Bound, Bounds, Number
from scorewright_marketo.lower.conditions import clause_for, condition, test_of_field
from scorewright_marketo.lower.edges import of_standing
from scorewright_marketo.lower.expr import Both, both
from scorewright_marketo.lower.moments import say_moments
from scorewright_marketo.lower.rerolls import Outcome, re_roll
from scorewright_marketo.names import clean, words
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from scorewright.model.conditions import Test
    from scorewright.model.elements import Tier, TierCase
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["lower_tier"]


def lower_tier(b: Builder, tier: Tier) -> None:
    """Cases as choices in their order; the batch lets through only people whose points differ from the record."""
    b.lowering = "tier"
    cases = tuple(_case(b, tier, case) for case in tier.cases)
    outcomes = [
        Outcome(
            _first(b, tier, cases, index),
            cases[index][0],
            ((tier.score, case.points),),
            f"{tier.title} {_label(case)}",
        )
        for index, case in enumerate(tier.cases)
    ]
    none = both(*(negative for _, _, negative in cases))
    asked = (case.points for case in tier.cases if isinstance(case.test, Known) and not case.test.known)
    unknown = next(asked, tier.unknown or Number(0))
    bare = any(
        choice is not holds for choice, holds, _ in cases
    )  # what would take an empty field for one that fits
    if tier.field is None or (unknown.value == tier.otherwise.value and not bare):
        outcomes.append(Outcome(none, None, ((tier.score, tier.otherwise),), f"{tier.title} Otherwise"))
    else:
        empty = test_of_field(b, tier.field, Known(False), (*tier.path, "unknown"), negated=False)
        known = test_of_field(b, tier.field, Known(True), (*tier.path, "unknown"), negated=False)
        assert isinstance(empty, Clause)
        outcomes.insert(0, Outcome(empty, empty, ((tier.score, unknown),), f"{tier.title} Unknown"))
        outcomes.append(
            Outcome(both(known, none), None, ((tier.score, tier.otherwise),), f"{tier.title} Otherwise")
        )
    re_roll(b, (tier.score,), tuple(outcomes))
    b.exact(
        "tier",
        "A nightly batch finds who holds other points than the first case that fits gives, takes those back by the "
        "record, records the new ones, and gives them by the record; at most a day late.",
        bounds=of_standing(b, tier, ((tier.score, -_span(tier), _span(tier)),)),
    )
    say_moments(b, tier, ((tier.score, -_span(tier), _span(tier)),))


def _span(tier: Tier) -> int:
    """From the least points of a tier to the most."""
    values = [tier.otherwise.value, *(case.points.value for case in tier.cases)]
    values += [tier.unknown.value] if tier.unknown is not None else []
    return max(values) - min(values)


_Case = tuple[Clause, "Expr", "Expr"]


def _case(b: Builder, tier: Tier, case: TierCase) -> _Case:
    """A case as a choice, as filters, and as filters of its negation."""
    if tier.field is not None and case.test is not None:
        item = FieldTest(tier.field, case.test, path=case.path)
    else:
        assert case.when is not None
        item = case.when  # type: ignore[assignment]
    holds, fails = condition(b, item), condition(b, item, negated=True)
    if isinstance(holds, Clause):
        return holds, holds, fails
    bare = _without_emptiness(holds)
    if bare is not None:
        return bare, holds, fails
    name = f"Tier {tier.title} {_label(case)}" + (f" {tier.product}" if tier.product else "")
    clause = clause_for(b, item, clean(name), f"Who the case “{_label(case)}” of “{tier.title}” is for.")
    return clause, clause, clause._replace(operator="not in")


def _without_emptiness(expr: Expr) -> Clause | None:
    """The test alone: a choice for the empty field stands before it."""
    if isinstance(expr, Both) and len(expr.parts) == 2:
        first, second = expr.parts
        if (
            isinstance(first, Clause)
            and isinstance(second, Clause)
            and second.operator == "is not empty"
            and first.operator != "is"
        ):
            return first if first.values != ("0",) else None
    return None


def _first(b: Builder, tier: Tier, cases: tuple[_Case, ...], index: int) -> Expr:
    """A case, and none of those before it that could fit the same person."""
    test = tier.cases[index].test
    before = [(tier.cases[k].test, cases[k][2]) for k in range(index)]
    narrowed = _narrowed(test, [other for other, _ in before])
    if narrowed is not None and tier.field is not None:
        return test_of_field(b, tier.field, narrowed, tier.cases[index].path, negated=False)
    return both(cases[index][1], *(negative for other, negative in before if not _disjoint(test, other)))


def _narrowed(test: Test | None, before: list[Test | None]) -> Range | None:
    """A range without those before it, where one range is left."""
    if not isinstance(test, Range):
        return None
    least, most = test.bounds.least, test.bounds.most
    for other in before:
        if not isinstance(other, Range):
            return None
        low, high = other.bounds.least, other.bounds.most
        if high is None and low is not None and (least is None or low > least):
            most = low - 1 if most is None else min(most, low - 1)
        elif low is None and high is not None and (most is None or high < most):
            least = high + 1 if least is None else max(least, high + 1)
        elif not _apart(least, most, low, high):
            return None
    lower = Bound(Number(least), inclusive=True) if least is not None else None
    upper = Bound(Number(most), inclusive=True) if most is not None else None
    return Range(Bounds(lower, upper)) if lower or upper else None


def _apart(least: int | None, most: int | None, low: int | None, high: int | None) -> bool:
    return (most is not None and low is not None and most < low) or (
        least is not None and high is not None and high < least
    )


def _disjoint(one: Test | None, other: Test | None) -> bool:
    """Whether two tests of one field can never both fit."""
    first, second = _wholes(one), _wholes(other)
    if first is not None and second is not None:
        return not first & second
    if isinstance(one, Range) and isinstance(other, Range):
        return _apart(one.bounds.least, one.bounds.most, other.bounds.least, other.bounds.most)
    return False


def _wholes(test: Test | None) -> set[str] | None:
    if isinstance(test, Is):
        return {str(value).casefold() for value in test.values}
    if isinstance(test, Matches) and test.mode == "is":
        return {text.casefold() for text in test.texts}
    return None


def _label(case: TierCase) -> str:
    """A case by its label, the list it reads, its first word, or its bound."""
    test = case.test
    if case.label:
        return case.label
    if case.points.name is not None:
        return words(case.points.name)
    if isinstance(test, Matches):
        return words(test.terms) if test.terms else test.texts[0]
    if isinstance(test, Is):
        return str(test.values[0])
    if isinstance(test, Range):
        least, most = test.bounds.least, test.bounds.most
        return f"From {least}" if most is None else f"To {most}" if least is None else f"{least} to {most}"
    return f"Case {case.path[-1] + 1}" if case.path and isinstance(case.path[-1], int) else "Case"
