"""The batch that all of what holds shares: take back what the record says, record what holds now, and give that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.elements import Rule
from scorewright.model.values import Number
from scorewright_marketo.lower.expr import both, either
from scorewright_marketo.lower.nights import (
    batch_of_all,
    in_one_batch,
    join_batch_of_all,
    run_nightly,
    taking_turns,
)
from scorewright_marketo.lower.points import Variant, awarded, shift
from scorewright_marketo.lower.sums import put
from scorewright_marketo.lower.tokens import BACK
from scorewright_marketo.objects import Choice, Clause

if TYPE_CHECKING:
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.objects import FlowStep

__all__ = ["Outcome", "re_roll"]


class Outcome(NamedTuple):
    """One thing that can hold: who it is for, the choice that tells it (``None``: the default), its points."""

    who: Expr
    choice: Clause | None
    points: tuple[tuple[str, Number], ...]
    label: str


def re_roll(b: Builder, scores: tuple[str, ...], outcomes: tuple[Outcome, ...]) -> None:
    """By night, for whom the record does not say what holds: the points are exchanged, in a batch of their own or in one of all."""
    element = b.element
    assert element is not None
    record = b.helper(
        "Points", "score", f"The points that “{element.title}” has given, so that they can be taken back."
    )
    together = in_one_batch(b, scores)
    name = batch_of_all(b) if together else b.campaign_name(f"Re-roll {element.title}")
    steps = _exchange(b, scores, outcomes, record)
    b.rests_on("choices", "is-zero-matches-empty", "token-not-in-conditions")
    due = _due(b, outcomes, scores, record)
    if together:
        join_batch_of_all(b, due, steps)
    else:
        run_nightly(b, name, due, steps, scores)
    for amount in (choice.value for step in steps for choice in step.choices):
        if amount.startswith("{{my."):
            b.couple(amount, name, inverse=True)


def _exchange(
    b: Builder, scores: tuple[str, ...], outcomes: tuple[Outcome, ...], record: str
) -> tuple[FlowStep, ...]:
    """Take back what the record says, record what holds now, give what the record says.

    The fields are read in one step only, so that a change between two steps of a long batch cannot give one amount
    and record another.
    """
    given, now = _given(b, scores, outcomes), _records(outcomes, scores)
    last = taking_turns(b, scores) is None
    targets = [(target, key) for key in scores for target in reversed(awarded(b, key))]
    steps: list[FlowStep] = []
    for target, key in targets:
        steps += _take_back(b, target, key, given, record, more=bool(now) or not last)
    choices = tuple(Choice(o.choice, f"={_main(o, scores)}") for o in outcomes if o.choice is not None)
    default = next(f"={_main(o, scores)}" for o in outcomes if o.choice is None)
    steps.append(put(record, default, choices))
    for target, key in targets:
        steps += _give(b, target, key, now, record, more=not last)
    return tuple(steps)


def _given(
    b: Builder, scores: tuple[str, ...], outcomes: tuple[Outcome, ...]
) -> dict[int, dict[str, Number]]:
    """The points that each record may stand for, those of an earlier version of the element among them."""
    assert b.element is not None
    found = {_main(outcome, scores): dict(outcome.points) for outcome in outcomes}
    for value in b.options.earlier_points.get(b.element.name, ()):
        found.setdefault(value, {scores[0]: Number(value)})
    return found


def _main(outcome: Outcome, scores: tuple[str, ...]) -> int:
    """What is recorded of an outcome: its points for the first score."""
    return dict(outcome.points).get(scores[0], Number(0)).value


def _take_back(
    b: Builder, target: str, key: str, given: dict[int, dict[str, Number]], record: str, *, more: bool
) -> tuple[FlowStep, ...]:
    """One step that takes from a score what was given for ``key``, by the record; ``more`` changes follow it."""
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
    """One step that gives a score what now holds for ``key``, by the record; ``more`` changes follow it."""
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
    """Whose record says something else; nothing recorded is 0."""
    other = Clause(record, "is not", (str(value),))
    if value == 0 or b.fact("negative-operators-match-empty"):
        return other
    return either(other, Clause(record, "is", ("0",)))
