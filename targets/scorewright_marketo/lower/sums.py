"""Sums follow their parts: Marketo computes none, so every change of a part is made on each sum that it is in as well.

A share that is no whole number goes on in a helper field: what is left of it, in fractions of a point.  Where the rest
reaches half a point, the sum gets one more and the rest one less, which is rounding half up, once, at the end.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor, lcm
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import Number
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause, FlowStep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorewright.model.elements import Score
    from scorewright_marketo.lower.context import Builder

__all__ = [
    "NOTHING",
    "Amount",
    "Row",
    "affected",
    "change",
    "follow",
    "in_fractions",
    "literal",
    "many_steps",
    "put",
]


class Amount(NamedTuple):
    """So many points; ``text`` is what stands under Change where all of them arrive.

    ``number`` and ``label`` name the token of a whole share of them; without a number a share is a literal.
    """

    value: int
    text: str
    number: Number | None = None
    label: str = ""


NOTHING = Amount(0, DO_NOTHING)

Row = tuple[Clause, Amount]
"""A condition, and what is given under it."""


def literal(amount: int) -> str:
    """A signed literal; nothing to add is doing nothing."""
    return f"{amount:+d}" if amount else DO_NOTHING


def change(b: Builder, score: Score, default: str, choices: tuple[Choice, ...] = ()) -> FlowStep:
    """One Change Score step; the choices set what stands under Change."""
    return put(b.score_field(score), default, choices)


def put(label: str, default: str, choices: tuple[Choice, ...] = ()) -> FlowStep:
    """A Change Score step on a field of type score."""
    return FlowStep(
        "Change Score", (("Score Name", label), ("Change", default)), "Change" if choices else "", choices
    )


# --- which sums -----------------------------------------------------------------------------------------------------


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


def in_fractions(b: Builder, score: Score) -> bool:
    """Whether a change of a part can be worth no whole number here."""
    known: bool | None = b.memo.get(("fractions", score.key))
    if known is None:
        rows = [(key, percent) for key, percent in score.percent_of if percent % 100]
        known = any(amount * percent % 100 for key, percent in rows for amount in _amounts(b, key))
        b.memo["fractions", score.key] = known
    return known


def many_steps(b: Builder, score: Score) -> bool:
    """Whether a change takes several steps that belong together, so that two campaigns must not make one at once."""
    return ("hold", score.key) in b.memo or in_fractions(b, score)


def _amounts(b: Builder, key: str) -> set[int]:
    """By how much a score can change at once; 1 where it is set, clamped or moved bit by bit."""
    model, score = b.model, b.model.scores[key]
    feeding = {name for name in model.scores if key in _fed(b, name)}
    found = {number.value for rule in model.rules.values() for name, number in rule.points if name in feeding}
    for tier in model.tiers.values():
        if tier.score in feeding:
            found |= {case.points.value for case in tier.cases} | {tier.otherwise.value}
            found |= {tier.unknown.value} if tier.unknown is not None else set()
    moved = {item.score for item in model.inputs.values()} & feeding
    moved |= {item.score for item in model.decay.values() if item.score == key}
    rules = [item.then for table in (model.rules, model.thresholds) for item in table.values()]
    moved |= {key for then in rules for action in then if getattr(action, "score", "") == key}
    groups = {group.score for group in model.groups.values()} & feeding
    limited = {
        name
        for rule in model.rules.values()
        if (rule.limit is not None and rule.limit.kind == "points") or rule.fades is not None
        for name, _ in rule.points
    } & feeding
    bounds = score.floor is not None or score.ceiling is not None or score.kind == "combined"
    return found | ({1} if moved or groups or limited or bounds or score.start is not None else set())


def _fed(b: Builder, key: str) -> list[str]:
    found = [key]
    while (feeds := b.model.scores[found[-1]].feeds) is not None and feeds not in found:
        found.append(feeds)
    return found


# --- one change of a part -------------------------------------------------------------------------------------------


class _Spread(NamedTuple):
    """What a change of a part is worth: whole points by score, and rests by sum, in its fractions of a point."""

    whole: Mapping[str, int]
    rest: Mapping[str, int]


def follow(
    b: Builder, key: str, rows: Sequence[Row], default: Amount | None = None, *, itself: bool = True
) -> list[FlowStep]:
    """Change a score by choices, and the sums before it, since the choices may read the score itself."""
    spreads = [_spread(b, key, amount.value) for _, amount in rows]
    other = _spread(b, key, default.value if default is not None else 0)
    found: list[FlowStep] = []
    for item, share in reversed(affected(b, key)):
        if item.key == key and not itself:
            continue
        texts = [_text(b, item, share, row[1], spread) for row, spread in zip(rows, spreads, strict=True)]
        plain = _text(b, item, share, default, other) if default is not None else DO_NOTHING
        found += _unless_idle(b.score_field(item), plain, [row[0] for row in rows], texts)
        rests = [spread.rest.get(item.key, 0) for spread in (*spreads, other)]
        if any(rests):
            label = _rest_field(b, item)
            found += _unless_idle(
                label, literal(rests[-1]), [row[0] for row in rows], [literal(n) for n in rests[:-1]]
            )
            found += _carry(b, item, label)
    return found


def _unless_idle(label: str, default: str, conditions: list[Clause], texts: list[str]) -> list[FlowStep]:
    if default == DO_NOTHING and all(text == DO_NOTHING for text in texts):
        return []
    choices = tuple(Choice(when, text) for when, text in zip(conditions, texts, strict=True))
    return [put(label, default, choices)]


def _text(b: Builder, item: Score, share: Fraction, amount: Amount, spread: _Spread) -> str:
    value = spread.whole[item.key]
    exact = item.key not in spread.rest and value == amount.value * share
    if exact and share == 1:
        return amount.text
    if value == 0:
        return DO_NOTHING
    if exact and amount.number is not None:
        return b.token(Number(value), f"{amount.number.name or amount.label} {item.title}")
    if amount.text.startswith("{{"):
        b.pending.append(amount.text)
    return literal(value)


def _spread(b: Builder, key: str, amount: int) -> _Spread:
    whole, rest = {key: amount}, {}
    for item in _in_order(b, key):
        parts = [(part, 100) for part in item.sum_of] + list(item.percent_of)
        exact = sum((Fraction(whole.get(part, 0) * percent, 100) for part, percent in parts), Fraction(0))
        whole[item.key] = floor(exact)
        left = (exact - whole[item.key]) * unit(item)
        if left:
            rest[item.key] = int(left)
    return _Spread(whole, rest)


def _in_order(b: Builder, key: str) -> list[Score]:
    """The sums over a score, each after those of its parts that are sums over it too."""
    waiting = {item.key: item for item, _ in affected(b, key)[1:]}
    found: list[Score] = []
    while waiting:
        ready = [
            item
            for item in waiting.values()
            if not waiting.keys() & {*item.sum_of, *(part for part, _ in item.percent_of)}
        ]
        found += ready
        for item in ready:
            del waiting[item.key]
    return found


def unit(item: Score) -> int:
    """In how many fractions of a point the rest of a sum is counted."""
    return lcm(*(Fraction(percent, 100).denominator for _, percent in item.percent_of))


def _rest_field(b: Builder, item: Score) -> str:
    element, b.element = b.element, item
    label = b.helper(
        "Rest", "score", f"What {item.title} lacks of a whole point, in {unit(item)} parts of it."
    )
    b.element = element
    b.rests_on("choices")
    return label


def _carry(b: Builder, item: Score, label: str) -> list[FlowStep]:
    """From half a point on, a whole one goes from the rest to the sum; the sums over it follow, rests of theirs too."""
    parts = unit(item)
    full = Clause(label, "at least", (str(-(-parts // 2)),))
    steps = follow(b, item.key, [(full, Amount(1, "+1"))])
    return [*steps, put(label, DO_NOTHING, (Choice(full, literal(-parts)),))]
