"""Facts: points while a condition holds, recorded when given, and taken back by the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.lower.bounds import by_scores
from scorewright_marketo.lower.conditions import clause_for, condition
from scorewright_marketo.lower.edges import of_standing
from scorewright_marketo.lower.moments import say_moments
from scorewright_marketo.lower.rerolls import Outcome, re_roll
from scorewright_marketo.lower.timing import say_dates
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from scorewright.model.elements import Rule
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr

__all__ = ["lower_fact", "reach_of"]


_MOST_FILTERS = 6
"""A batch asks the fact's smart list instead of writing more filters than this out: nobody clicks a condition twice."""


def lower_fact(b: Builder, rule: Rule) -> None:
    """A rule without ``on``: points while its condition holds."""
    assert rule.when is not None
    b.lowering = "fact-batch"
    clause = clause_for(b, rule.when, f"Fact {rule.title}", f"Who the points of “{rule.title}” are for.")
    holds, fails = condition(b, rule.when), condition(b, rule.when, negated=True)
    if len(_filters(holds)) + len(_filters(fails)) > _MOST_FILTERS and clause.rule == "Member of Smart List":
        holds, fails = clause, clause._replace(operator="in" if clause.operator == "not in" else "not in")
    outcomes = (Outcome(holds, clause, rule.points, rule.title), Outcome(fails, None, (), ""))
    keys = sorted(rule.points, key=lambda pair: not pair[1].value)
    re_roll(b, tuple(key for key, _ in keys), outcomes)
    b.exact(
        "fact-batch",
        "A nightly batch gives the points where the condition fits and takes them back where it does not, "
        "by a record of the points; at most a day late.",
        bounds=of_standing(b, rule, reach_of(rule)),
    )
    if rule.active is not None and rule.active.last:
        b.bounded(
            "dates-leave-points",
            f"After {rule.active.last} the batch is switched off, and takes nothing back.",
            "the points of everybody for whom it held on the last day; take them off by hand if they must go",
            path=(*rule.path, "active"),
            bounds=by_scores(b, reach_of(rule)),
        )
    say_moments(b, rule, reach_of(rule))
    say_dates(b, rule)


def reach_of(rule: Rule) -> tuple[tuple[str, int, int], ...]:
    """By how much each score is off while what held before still counts."""
    return tuple((key, -abs(number.value), abs(number.value)) for key, number in rule.points)


def _filters(expr: Expr) -> tuple[Clause, ...]:
    """The filters of a tree, in their order."""
    if isinstance(expr, Clause):
        return (expr,)
    return tuple(item for part in expr.parts for item in _filters(part))
