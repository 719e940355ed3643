"""What holds: facts, tiers and inputs.  Points are recorded when given, and taken back by the record."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.conditions import FieldTest, Is, Known, Matches, Range
from scorewright.model.elements import Rule
from scorewright.model.values import Bound, Bounds, Number
from scorewright_marketo.delays import BETWEEN, DECAYS, FACTS
from scorewright_marketo.folders import DECAY, FACTS_AND_TIERS
from scorewright_marketo.lower.bounds import by_scores
from scorewright_marketo.lower.conditions import clause_for, condition, test_of_field
from scorewright_marketo.lower.context import EVERY_TIME
from scorewright_marketo.lower.edges import of_standing
from scorewright_marketo.lower.expr import EVERYBODY, Both, both, either
from scorewright_marketo.lower.moments import say_moments
from scorewright_marketo.lower.points import Variant, awarded, execute, held, shift
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.sums import affected, many_steps, put
from scorewright_marketo.lower.timing import nightly, say_dates
from scorewright_marketo.lower.tokens import BACK
from scorewright_marketo.names import clean, words
from scorewright_marketo.objects import Choice, Clause

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.conditions import Test
    from scorewright.model.elements import Score, Tier, TierCase
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.objects import FlowStep

__all__ = [
    "emit_turns",
    "hold_all",
    "in_turn",
    "lower_fact",
    "lower_tier",
    "reach_of",
    "run_nightly",
    "taking_turns",
]

_FIRST_RUN = "Thresholds are still inactive when this batch runs for the first time."


class Outcome(NamedTuple):
    """One thing that can hold: who it is for, the choice that tells it (``None``: the default), its points."""

    who: Expr
    choice: Clause | None
    points: tuple[tuple[str, Number], ...]
    label: str


# --- facts ----------------------------------------------------------------------------------------------------------------


def lower_fact(b: Builder, rule: Rule) -> None:
    """A rule without ``on``: points while its condition holds."""
    assert rule.when is not None
    b.lowering = "fact-batch"
    clause = clause_for(b, rule.when, f"Fact {rule.title}", f"Who the points of “{rule.title}” are for.")
    holds, fails = condition(b, rule.when), condition(b, rule.when, negated=True)
    if len(_filters(holds)) + len(_filters(fails)) > 6 and clause.rule == "Member of Smart List":
        holds, fails = clause, clause._replace(operator="in" if clause.operator == "not in" else "not in")
    outcomes = (Outcome(holds, clause, rule.points, rule.title), Outcome(fails, None, (), ""))
    keys = sorted(rule.points, key=lambda pair: not pair[1].value)
    _re_roll(b, tuple(key for key, _ in keys), outcomes)
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


def _filters(expr: Expr) -> tuple[Expr, ...]:
    return (
        (expr,) if isinstance(expr, Clause) else tuple(item for part in expr.parts for item in _filters(part))
    )


# --- tiers ----------------------------------------------------------------------------------------------------------------


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
    _re_roll(b, (tier.score,), tuple(outcomes))
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


# --- the batch that all of them share -----------------------------------------------------------------------------------------


def _re_roll(b: Builder, scores: tuple[str, ...], outcomes: tuple[Outcome, ...]) -> None:
    """Take back what the record says, record what holds now, give what the record says.

    The fields are read in one step only, so that a change between two steps of a long batch cannot give one amount
    and record another.
    """
    element = b.element
    assert element is not None
    record = b.helper(
        "Points", "score", f"The points that “{element.title}” has given, so that they can be taken back."
    )
    together = _in_one_batch(b, scores)
    name = _batch_of_all(b) if together else b.campaign_name(f"Re-roll {element.title}")
    given = {_main(outcome, scores): dict(outcome.points) for outcome in outcomes}
    earlier = b.options.earlier_points.get(element.name, ())
    for value in earlier:
        given.setdefault(value, {scores[0]: Number(value)})
    now = _records(outcomes, scores)
    steps: list[FlowStep] = []
    last = taking_turns(b, scores) is None
    for key in scores:
        for target in reversed(awarded(b, key)):
            steps += _take_back(b, target, key, given, record, more=bool(now) or not last)
    choices = tuple(Choice(o.choice, f"={_main(o, scores)}") for o in outcomes if o.choice is not None)
    default = next(f"={_main(o, scores)}" for o in outcomes if o.choice is None)
    steps.append(put(record, default, choices))
    for key in scores:
        for target in reversed(awarded(b, key)):
            steps += _give(b, target, key, now, record, more=not last)
    b.rests_on("choices", "is-zero-matches-empty", "token-not-in-conditions")
    due = _due(b, outcomes, scores, record)
    if together:
        b.memo["all in one", b.product].append((element, b.used, due, tuple(steps)))
    else:
        run_nightly(b, name, due, tuple(steps), scores)
    for text in [
        choice.value for step in steps for choice in step.choices if choice.value.startswith("{{my.")
    ]:
        b.couple(text, name, inverse=True)


def _in_one_batch(b: Builder, scores: tuple[str, ...]) -> bool:
    """Whether one batch re-rolls this with everything else of its program, as the spec wants few campaigns."""
    apart = getattr(b.element, "active", None) is not None or any(_held(b, key) is not None for key in scores)
    return b.options.few_campaigns and not apart


def _batch_of_all(b: Builder) -> str:
    key = ("name of all in one", b.product)
    if key not in b.memo:
        b.memo[key] = b.campaign_name("Nightly re-rolls")
        b.memo["all in one", b.product] = []
    name: str = b.memo[key]
    return name


def _emit_all_in_one(b: Builder, product: str | None) -> None:
    rows = b.memo.get(("all in one", product), ())
    if not rows:
        return
    b.begin(rows[0][0], "fact-batch")
    b.rests_on(*(name for _, used, _, _ in rows for name in used))
    b.campaign(
        _batch_of_all(b),
        FACTS_AND_TIERS,
        "batch",
        either(*(due for _, _, due, _ in rows)),
        tuple(step for _, _, _, flow in rows for step in flow),
        schedule=nightly(b),
        stage="nightly",
        role="re-roll-all",
        why="Takes back what is recorded and gives what holds now, for whom anything has changed.",
        checks=(_FIRST_RUN,),
        elements=tuple(element.name for element, _, _, _ in rows),
    )


def run_nightly(
    b: Builder,
    name: str,
    due: Expr,
    flow: tuple[FlowStep, ...],
    scores: tuple[str, ...],
    *,
    role: str = "re-roll",
    checks: tuple[str, ...] = (_FIRST_RUN,),
    qualification: str = EVERY_TIME,
) -> None:
    """A batch of its own; or, for scores that are held in bounds, an executable in the one batch of all of them."""
    turn = taking_turns(b, scores)
    if turn is None:
        b.campaign(
            name,
            FACTS_AND_TIERS,
            "batch",
            due,
            flow,
            qualification=qualification,
            schedule=nightly(b, _minutes_of_its_own(b, scores)),
            stage="nightly",
            role=role,
            checks=checks,
        )
        return
    b.campaign(name, FACTS_AND_TIERS, "executable", due, flow, role=role, qualification=qualification)
    in_turn(b, turn, name, checks)
    changed = b.memo.setdefault(("changed in turn", turn.product), {})
    changed.update(dict.fromkeys(target for key in scores for target in awarded(b, key)))


def _minutes_of_its_own(b: Builder, scores: tuple[str, ...]) -> int:
    """When a batch that cannot take turns runs: side by side with another it would cut a held score twice."""
    if not any(_held(b, key) is not None for key in scores):
        return 0
    taken: list[object] = b.memo.setdefault("batches of their own", [])
    taken.append(b.element)
    if len(taken) > len(BETWEEN):
        assert b.element is not None
        raise RefusedError(
            "no-night-left",
            (*b.element.path, "active"),
            f"more than {len(BETWEEN)} elements with dates change scores that are held in bounds, and their batches would overlap",
            "leave the dates out, or the floor or ceiling of the score",
        )
    return BETWEEN[len(taken) - 1]


def taking_turns(b: Builder, scores: tuple[str, ...]) -> Score | None:
    """The score held in its bounds for whose sake these are changed in turn; they are held once, after all of them.

    What is between dates has a batch of its own, which can be switched on and off.
    """
    if getattr(b.element, "active", None) is not None:
        return None
    return next((item for key in scores if (item := _held(b, key)) is not None), None)


def hold_all(b: Builder, keys: Iterable[str]) -> tuple[FlowStep, ...]:
    """Hold what has changed, parts before their sums: what holds is one sum, whatever the order in which it came."""
    steps = {step: None for key in keys for step in held(b, key)}
    below = {step: sum(step in held(b, key) for key in b.model.scores) for step in steps}
    return tuple(sorted(steps, key=lambda step: below[step]))


def in_turn(b: Builder, score: Score, name: str, checks: tuple[str, ...], minutes: int = 0) -> None:
    """Have an executable run in the nightly batch of all that changes scores held in bounds, so late in the night."""
    turn = b.memo.setdefault(("in turn", score.product, minutes > 0), (score, [], {}))
    turn[1].append((minutes, name, b.program))
    turn[2].update(dict.fromkeys(checks))


def _held(b: Builder, key: str) -> Score | None:
    """The score that a change of this one changes by several steps, if there is one."""
    chains = (affected(b, name) for name in awarded(b, key))
    return next((item for chain in chains for item, _ in chain if many_steps(b, item)), None)


def emit_turns(b: Builder) -> None:
    """One batch for each program that re-rolls held scores in turn: side by side they would cut a score twice.

    Decays have a second one, an hour later, where each step follows the ones that are due before it.
    """
    for product in (None, *b.model.products):
        _emit_all_in_one(b, product)
    turns = itertools.product((None, *b.model.products), (False, True))
    for product, late in turns:
        score, rows, checks = b.memo.get(("in turn", product, late), (None, [], {}))
        if score is None:
            continue
        changed = {} if late else b.memo.get(("changed in turn", product), {})
        b.begin(score, "decay-batch" if late else "fact-batch")
        b.campaign(
            b.campaign_name("Nightly decay in turn" if late else "Nightly re-rolls in turn"),
            DECAY if late else FACTS_AND_TIERS,
            "batch",
            EVERYBODY,
            (
                *(execute(b, name, program) for _, name, program in sorted(rows, key=lambda row: row[0])),
                *hold_all(b, changed),
            ),
            schedule=nightly(b, DECAYS if late else FACTS),
            stage="nightly",
            role="decay-in-turn" if late else "in-turn",
            why="Scores that a change takes several steps in are changed by one campaign after the other, never by two at once.",
            checks=tuple(checks),
        )


def _main(outcome: Outcome, scores: tuple[str, ...]) -> int:
    return dict(outcome.points).get(scores[0], Number(0)).value


def _take_back(
    b: Builder, target: str, key: str, given: dict[int, dict[str, Number]], record: str, *, more: bool
) -> tuple[FlowStep, ...]:
    variants = tuple(
        Variant(Clause(record, "is", (str(value),)), _back(b, points[key]), "Back")
        for value, points in given.items()
        if value and key in points
    )
    return shift(b, target, variants, 0, "", more=more) if variants else ()


def _back(b: Builder, given: Number) -> Number | int:
    """What is taken back, for one who was given it: a literal, or a token where the spec names one for a fact."""
    element = b.element
    if element is None or element.name not in b.options.tokens_back:
        return -given.value
    single = isinstance(element, Rule) and [number for _, number in element.points] == [given]
    return Number(-given.value, f"{element.name}{BACK}") if single else -given.value


def _records(outcomes: tuple[Outcome, ...], scores: tuple[str, ...]) -> dict[int, Outcome]:
    """What each record stands for; outcomes of the same points are one, with the token of the first."""
    found: dict[int, Outcome] = {}
    for outcome in outcomes:
        if value := _main(outcome, scores):
            found.setdefault(value, outcome)
    return found


def _give(
    b: Builder, target: str, key: str, now: dict[int, Outcome], record: str, *, more: bool
) -> tuple[FlowStep, ...]:
    variants = tuple(
        Variant(Clause(record, "is", (str(value),)), dict(o.points).get(key, Number(0)), o.label)
        for value, o in now.items()
    )
    return shift(b, target, variants, 0, "", more=more) if variants else ()


def _due(b: Builder, outcomes: tuple[Outcome, ...], scores: tuple[str, ...], record: str) -> Expr:
    """Who holds other points than what fits now."""
    groups: dict[int, list[Expr]] = {}
    for outcome in outcomes:
        groups.setdefault(_main(outcome, scores), []).append(outcome.who)
    return either(*(both(either(*who), _differs(b, record, value)) for value, who in groups.items()))


def _differs(b: Builder, record: str, value: int) -> Expr:
    other = Clause(record, "is not", (str(value),))
    if value == 0 or b.fact("negative-operators-match-empty"):
        return other
    return either(other, Clause(record, "is", ("0",)))
