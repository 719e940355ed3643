"""Change Score: how points reach a score, the scores that it feeds, and the sums that it is a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.lower.sums import Amount, affected, change, follow, literal
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Score
    from scorewright.model.values import Number
    from scorewright_marketo.lower.context import Builder

__all__ = [
    "Variant",
    "around",
    "award",
    "awarded",
    "clamped",
    "execute",
    "has_memory",
    "held",
    "reached",
    "score_by_score",
    "shift",
]


class Variant(NamedTuple):
    """An amount under a condition: a number (which becomes a token) or an integer (which stays a literal)."""

    condition: Clause
    amount: Number | int
    label: str = ""


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


def reached(b: Builder, key: str) -> set[str]:
    """The scores that points for one arrive in: those that it feeds, and the sums of all of them."""
    return {score.key for name in awarded(b, key) for score, _ in affected(b, name)}


def execute(b: Builder, name: str, program: str | None = None) -> FlowStep:
    """Run an executable inside this flow."""
    b.rests_on("trigger-runs-executable")
    fields = (("Campaign", f"{program or b.program}.{name}"), ("Use Parent Campaign Token Context", "False"))
    return FlowStep("Execute Campaign", fields)


def award(
    b: Builder, points: tuple[tuple[str, Number], ...], label: str, *, more: bool = False
) -> tuple[FlowStep, ...]:
    """The steps of one award: the totals first, then the parts, all with the same token; ``more`` as in ``shift``."""
    steps: list[FlowStep] = []
    for name, _, number, again in score_by_score(b, points):
        steps.extend(shift(b, name, (), number, label, more=more or again))
    return tuple(steps)


def score_by_score(b: Builder, points: tuple[tuple[str, Number], ...]) -> list[tuple[str, str, Number, bool]]:
    """What an award gives, score by score, with the score that it is meant for: the totals first, then the parts.

    A score that is reached twice is held in its bounds only after the last, which the flag tells: what one moment gives
    is one sum.  Where a step holds it by itself, what leads away from the bound comes first.
    """
    hits = [(name, key, number) for key, number in points for name in reversed(awarded(b, key))]
    names = [name for name, _, _ in hits]
    twice = [b.model.scores[name] for name in dict.fromkeys(names) if names.count(name) > 1]
    if any(score.ceiling is not None and ("hold", score.key) not in b.memo for score in twice):
        hits.sort(key=lambda hit: hit[2].value > 0)
    elif any(score.floor is not None and ("hold", score.key) not in b.memo for score in twice):
        hits.sort(key=lambda hit: hit[2].value < 0)
    return [
        (name, key, number, name in [later for later, _, _ in hits[place + 1 :]])
        for place, (name, key, number) in enumerate(hits)
    ]


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
    rows = [(variant.condition, _amount(b, variant.amount, variant.label or label)) for variant in variants]
    steps += follow(b, key, rows, _amount(b, default, label))
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


def _amount(b: Builder, amount: Number | int, label: str) -> Amount:
    if isinstance(amount, int):
        return Amount(amount, literal(amount))
    text = b.token(amount, label) if amount.value else DO_NOTHING
    return Amount(amount.value, text, amount, label)


def _clamped_step(b: Builder, score: Score, amount: Number | int, label: str) -> FlowStep:
    """One step that adds and clamps; the value that is safe for an empty score stands in the default choice."""
    value = amount if isinstance(amount, int) else amount.value
    text = _amount(b, amount, label).text
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
