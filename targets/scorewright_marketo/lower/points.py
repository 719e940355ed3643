"""Change Score: how points reach a score, the scores that it feeds, and the sums that it is a part of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import Number
from scorewright_marketo.lower.context import RefusedError
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Score
    from scorewright_marketo.lower.context import Builder

__all__ = [
    "Variant",
    "affected",
    "around",
    "award",
    "awarded",
    "change",
    "clamped",
    "execute",
    "has_memory",
    "held",
    "literal",
    "put",
    "shift",
]


class Variant(NamedTuple):
    """An amount under a condition: a number (which becomes a token) or an integer (which stays a literal)."""

    condition: Clause
    amount: Number | int
    label: str = ""
    back: bool = False
    """Whether the amount takes back what was given, so that the spec says it with the other sign."""


def literal(amount: int) -> str:
    """A signed literal; nothing to add is doing nothing."""
    return f"{amount:+d}" if amount else DO_NOTHING


def clamped(score: Score) -> bool:
    """Whether a floor or ceiling always holds it."""
    return score.floor is not None or score.ceiling is not None


def has_memory(score: Score) -> bool:
    """Whether what a clamp cuts off has to come back later: sums of what holds are clamped, not their changes."""
    return clamped(score) and score.kind != "engagement"


def awarded(b: Builder, key: str) -> tuple[str, ...]:
    """The score that an award is given to, and those that it feeds, in turn."""
    found = [key]
    while (feeds := b.model.scores[found[-1]].feeds) is not None and feeds not in found:
        found.append(feeds)
    return tuple(found)


def affected(b: Builder, key: str) -> tuple[tuple[Score, Fraction], ...]:
    """The score and every sum that it is a part of, with its share; parts stand before their sums."""
    known = b.memo.get(("affected", key))
    if known is None:
        known = b.memo["affected", key] = tuple(_affected(b, key))
    return known


def _affected(b: Builder, key: str) -> list[tuple[Score, Fraction]]:
    shares: dict[str, Fraction] = {key: Fraction(1)}
    queue = [key]
    while queue:
        part = queue.pop(0)
        for score in b.model.scores.values():
            percents = dict(score.percent_of)
            if part in score.sum_of or part in percents:
                share = shares[part] * Fraction(percents.get(part, 100), 100)
                shares[score.key] = shares.get(score.key, Fraction(0)) + share
                queue.append(score.key)
    return [(b.model.scores[name], share) for name, share in shares.items()]


def change(b: Builder, score: Score, default: str, choices: tuple[Choice, ...] = ()) -> FlowStep:
    """One Change Score step; the choices set what stands under Change."""
    fields = (("Score Name", b.score_field(score)), ("Change", default))
    return FlowStep("Change Score", fields, "Change" if choices else "", choices)


def put(label: str, default: str, choices: tuple[Choice, ...] = ()) -> FlowStep:
    """A Change Score step on a helper field of type score."""
    return FlowStep(
        "Change Score", (("Score Name", label), ("Change", default)), "Change" if choices else "", choices
    )


def execute(b: Builder, name: str, program: str | None = None) -> FlowStep:
    """Run an executable inside this flow."""
    b.rests_on("trigger-runs-executable")
    fields = (("Campaign", f"{program or b.program}.{name}"), ("Use Parent Campaign Token Context", "False"))
    return FlowStep("Execute Campaign", fields)


def award(b: Builder, points: tuple[tuple[str, Number], ...], label: str) -> tuple[FlowStep, ...]:
    """The steps of one award: the totals first, then the parts, all with the same token."""
    steps: list[FlowStep] = []
    for key, number in points:
        for name in reversed(awarded(b, key)):
            steps.extend(shift(b, name, (), number, label))
    return tuple(steps)


def shift(
    b: Builder,
    key: str,
    variants: tuple[Variant, ...],
    default: Number | int,
    label: str,
    *,
    more: bool = False,
) -> tuple[FlowStep, ...]:
    """Add to a score, and to the sums that it is a part of, by choices; clamps hold afterwards.

    ``more``: the same score is added to again within this flow, so it is held only then: what is taken back and what
    is given instead are one change.
    """
    score = b.model.scores[key]
    chain = affected(b, key)
    if not variants and clamped(score) and ("hold", key) not in b.memo:
        return (_clamped_step(b, score, default, label),)
    steps = [execute(b, *_hold(b, "open", item)) for item, _ in reversed(chain) if has_memory(item)]
    for item, share in reversed(chain):
        choices = tuple(
            Choice(v.condition, _amount(b, item, v.amount, share, v.label or label, back=v.back))
            for v in variants
        )
        value = _amount(b, item, default, share, label)
        if value != DO_NOTHING or any(choice.value != DO_NOTHING for choice in choices):
            steps.append(change(b, item, value, choices))
    return (*steps, *(() if more else held(b, key)))


def held(b: Builder, key: str) -> tuple[FlowStep, ...]:
    """Hold a score, and the sums that it is a part of, in their bounds after a change."""
    return tuple(
        execute(b, *_hold(b, "close", item)) for item, _ in affected(b, key) if ("hold", item.key) in b.memo
    )


def around(b: Builder, key: str, steps: tuple[FlowStep, ...]) -> tuple[FlowStep, ...]:
    """A change of a score by steps of their own: the sums get back what their bounds had cut, and are held after it."""
    sums = [item for item, _ in affected(b, key)[1:] if ("hold", item.key) in b.memo]
    if not steps or not sums:
        return steps
    opened = [execute(b, *_hold(b, "open", item)) for item in reversed(sums) if has_memory(item)]
    return (*opened, *steps, *(execute(b, *_hold(b, "close", item)) for item in sums))


def _hold(b: Builder, what: str, score: Score) -> tuple[str, str]:
    return b.memo["hold", score.key][what]  # type: ignore[no-any-return]


def _amount(
    b: Builder, score: Score, amount: Number | int, share: Fraction, label: str, *, back: bool = False
) -> str:
    value = amount if isinstance(amount, int) else amount.value
    scaled = value * share
    if scaled.denominator != 1:
        assert b.element is not None
        sign = -1 if back else 1
        raise RefusedError(
            "weights-not-whole",
            b.element.path,
            f"{sign * value} points are {float(sign * scaled):g} in “{score.title}”, and Change Score adds whole numbers only",
            "choose points whose weighted share is whole, or compute the score elsewhere and read it by a field",
            ("score-operations",),
        )
    if scaled == 0:
        return DO_NOTHING
    if isinstance(amount, Number):
        if share == 1:
            return b.token(amount, label)
        return b.token(Number(int(scaled)), f"{amount.name or label} {score.title}")
    return literal(int(scaled))


def _clamped_step(b: Builder, score: Score, amount: Number | int, label: str) -> FlowStep:
    """One step that adds and clamps; the value that is safe for an empty score stands in the default choice."""
    value = amount if isinstance(amount, int) else amount.value
    text = _amount(b, score, amount, Fraction(1), label)
    name = b.score_field(score)
    b.rests_on("choices", "token-not-in-conditions")
    literal_at = text
    if value < 0 and score.floor is not None:
        bottom = score.floor.value
        edge, inside, beyond, held_at = bottom - value, "at least", "less than", f"={bottom}"
        holds_zero = edge <= 0
    elif value > 0 and score.ceiling is not None:
        top = score.ceiling.value
        edge, inside, beyond, held_at = top - value, "at most", "greater than", f"={top}"
        holds_zero = edge >= 0
    else:
        return change(b, score, text)
    if holds_zero:  # an empty score is 0, and takes the default
        choice = Choice(Clause(name, beyond, (str(edge),)), held_at)
    else:
        choice = Choice(Clause(name, inside, (str(edge),)), text)
        text = held_at
    b.pending.append(literal_at)
    return change(b, score, text, (choice,))
