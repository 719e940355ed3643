"""What holds a score between its floor and its ceiling, by executables, and brings it there at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.folders import AWARDS
from scorewright_marketo.lower.expr import EVERYBODY, both, either
from scorewright_marketo.lower.extents import overshoot
from scorewright_marketo.lower.points import around, awarded, clamped, has_memory
from scorewright_marketo.lower.sums import Amount, affected, change, follow, literal, put
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Score
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.objects import FlowStep

__all__ = ["emit_hold", "emit_start_bounds", "prepare_holds"]


def prepare_holds(b: Builder) -> None:
    """Say which scores are held by executables, before anything gives points."""
    standing = {key for rule in b.model.rules.values() if not rule.on for key, _ in rule.points}
    standing |= {tier.score for tier in b.model.tiers.values()} | {
        item.score for item in b.model.inputs.values()
    }
    grouped = {group.score for group in b.model.groups.values()}
    standing = {name for key in standing | grouped for name in awarded(b, key)}
    several = standing | set(_reached_twice(b))
    for score in b.model.scores.values():
        if clamped(score) and (has_memory(score) or len(affected(b, score.key)) > 1 or score.key in several):
            b.element = score
            names = {
                what: (b.campaign_name(f"{word} {score.title}"), b.program)
                for what, word in (("open", "Loosen"), ("close", "Hold"))
            }
            b.memo["hold", score.key] = names


def _reached_twice(b: Builder) -> Iterator[str]:
    """Scores between two bounds that one award changes twice: neither change may come first."""
    for rule in b.model.rules.values():
        names = [name for key, _ in rule.points for name in awarded(b, key)]
        for name in {name for name in names if names.count(name) > 1}:
            score = b.model.scores[name]
            if score.floor is not None and score.ceiling is not None:
                yield name


def emit_hold(b: Builder, score: Score) -> None:
    """Bit by bit, take off what is over the ceiling (from the sums first), and remember it where it must come back."""
    names = b.memo["hold", score.key]
    memory = (
        b.helper("Excess", "score", f"What {score.title} would have beyond its bounds.")
        if has_memory(score)
        else None
    )
    b.rests_on("choices", "executable-nesting")
    close: list[FlowStep] = []
    if score.ceiling is not None:
        close += _coins(b, score, score.ceiling.value, overshoot(b, score, up=True), sign=-1, memory=memory)
    if score.floor is not None:
        close += _coins(b, score, score.floor.value, overshoot(b, score, up=False), sign=1, memory=memory)
    b.campaign(
        names["close"][0],
        AWARDS,
        "executable",
        EVERYBODY,
        tuple(close),
        role="close",
        population=False,
        why=f"Keeps {score.title} in its bounds; the sums follow.",
    )
    if memory is not None:
        opened = (*_return(b, score, memory, 1), *_return(b, score, memory, -1))
        b.campaign(
            names["open"][0],
            AWARDS,
            "executable",
            EVERYBODY,
            opened,
            role="open",
            population=False,
            why=f"Gives {score.title} back what its bounds had cut, before it changes.",
        )


def _coins(
    b: Builder, score: Score, bound: int, reach: int, *, sign: int, memory: str | None
) -> list[FlowStep]:
    """Steps of 2^j, largest first: each acts on who is that far beyond the bound."""
    label = b.score_field(score)
    found: list[FlowStep] = []
    if bound * sign > 0:  # an empty score is beyond the bound too, and may be no number to compare with
        found.append(change(b, score, DO_NOTHING, (Choice(Clause(label, "is empty"), "=0"),)))
    for bit in range(max(reach, 1).bit_length() - 1, -1, -1):
        coin = 1 << bit
        word, edge = ("at least", bound + coin) if sign < 0 else ("at most", bound - coin)
        when = Clause(label, word, (str(edge),))
        rows = [(when, Amount(sign * coin, literal(sign * coin)))]
        found += follow(b, score.key, rows, itself=False)
        if memory is not None:
            found.append(put(memory, DO_NOTHING, (Choice(when, literal(-sign * coin)),)))
        found.append(change(b, score, DO_NOTHING, (Choice(when, literal(sign * coin)),)))
    return found


def _return(b: Builder, score: Score, memory: str, sign: int) -> list[FlowStep]:
    bound = score.ceiling if sign > 0 else score.floor
    if bound is None:
        return []
    found: list[FlowStep] = []
    for bit in range(max(overshoot(b, score, up=sign > 0), 1).bit_length() - 1, -1, -1):
        coin = 1 << bit
        word, edge = ("at least", coin) if sign > 0 else ("at most", -coin)
        when = Clause(memory, word, (str(edge),))
        found += follow(b, score.key, [(when, Amount(sign * coin, literal(sign * coin)))])
        found.append(put(memory, DO_NOTHING, (Choice(when, literal(-sign * coin)),)))
    return found


def emit_start_bounds(b: Builder, score: Score) -> None:
    """Who is beyond a bound when the model starts is brought back to it."""
    label, rows = b.score_field(score), []
    if score.ceiling is not None:
        rows.append(
            Choice(Clause(label, "greater than", (str(score.ceiling.value),)), f"={score.ceiling.value}")
        )
    if score.floor is not None:
        rows.append(Choice(Clause(label, "less than", (str(score.floor.value),)), f"={score.floor.value}"))
    if not rows or score.kind != "engagement":
        return
    sums = len(affected(b, score.key)) > 1
    steps = _into_bounds(b, score) if sums else (change(b, score, DO_NOTHING, tuple(rows)),)
    beyond = either(*(row.condition for row in rows))
    if score.floor is not None and score.floor.value > 0:  # who has no score yet starts, and may start higher
        beyond = both(Clause(label, "is not empty"), beyond)
    b.campaign(
        b.campaign_name(f"Start bounds of {score.title}"),
        AWARDS,
        "batch",
        beyond,
        steps,
        schedule="Run once",
        stage="start",
        role="start-bounds",
        population=False,
        why=f"Everybody's {score.title} is brought into its bounds.",
        checks=(f"Nobody's {score.title} is further than {_FURTHEST:,} from its bounds.",) if sums else (),
    )


_FURTHEST = (1 << 15) - 1
"""How far beyond a bound somebody is brought back from in one run, when the model starts; the sums follow bit by bit."""


def _into_bounds(b: Builder, score: Score) -> tuple[FlowStep, ...]:
    """Nobody knows how far beyond a bound people are who come with points: further than any award takes them."""
    steps: list[FlowStep] = []
    if score.ceiling is not None:
        steps += _coins(b, score, score.ceiling.value, _FURTHEST, sign=-1, memory=None)
    if score.floor is not None:
        steps += _coins(b, score, score.floor.value, _FURTHEST, sign=1, memory=None)
    return around(b, score.key, tuple(steps))
