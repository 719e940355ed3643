"""Scores: their fields, what holds them between floor and ceiling, and what a new person starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright.model.values import Number
from scorewright_marketo.folders import AWARDS, TRIGGERS
from scorewright_marketo.labels import PERSON_SCORE
from scorewright_marketo.lower.bounds import by_scores, joined, rivals
from scorewright_marketo.lower.context import ONLY_ONCE, OWN_API_NAME, field_name, own_field
from scorewright_marketo.lower.expr import EVERYBODY, both, either
from scorewright_marketo.lower.points import around, awarded, clamped, execute, has_memory, shift
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.sums import Amount, affected, change, follow, in_fractions, literal, put
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Score
    from scorewright.plugin.emulation import Bound
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.objects import FlowStep

__all__ = ["bottom_of", "largest", "lower_score", "prepare_scores", "top_of"]


def prepare_scores(b: Builder) -> None:
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


def lower_score(b: Builder, score: Score) -> None:
    """The field, and the campaigns that keep it in bounds and give it its start."""
    _refuse_own_field(b, score)
    _refuse_shared_field(b, score)
    b.declare_score(score)
    b.rests_on("score-operations")
    if ("hold", score.key) in b.memo:
        _emit_hold(b, score)
    _emit_start(b, score)
    _emit_bounds(b, score)
    label = b.score_field(score)
    split = in_fractions(b, score)
    if score.kind == "combined":
        parts = ", ".join(
            f"“{b.model.scores[key].title}”" for key in (*score.sum_of, *(key for key, _ in score.percent_of))
        )
        rest = " What a share lacks of a whole point is kept in a helper field." if split else ""
        b.exact(
            "combined",
            f"Marketo computes no sum, so every change of {parts} is made on {label} as well.{rest}",
            bounds=by_scores(b, ((score.key, -1, 1),), "existing", fed=False) if split else (),
        )
    else:
        b.exact(
            "score",
            f"A score field, {label}" + (", which is Marketo's own." if own_field(label) else "."),
        )
    if ("hold", score.key) in b.memo and b.fact("runs-interleave"):
        b.bounded(
            "simultaneous-events",
            f"{label} is held in its bounds by an executable of several steps.",
            "an award may be cut twice, or not at all, when two campaigns change the score of one person at the same time",
            "runs-interleave",
            bounds=_cut_twice(b, score),
        )
    if split and _apart_from_turns(b, score) and b.fact("runs-interleave"):
        b.bounded(
            "simultaneous-events",
            f"A share of a point goes on to {label} in a step after the award.",
            "one point more or less for good, when two campaigns change the score of one person at the same time",
            "runs-interleave",
            bounds=_cut_twice(b, score),
        )


def _apart_from_turns(b: Builder, score: Score) -> bool:
    """Whether something else than the nightly batches, which come in turn, changes a part of a sum."""
    rules = [rule for rule in b.model.rules.values() if rule.on or rule.keep or rule.active is not None]
    moved = {name for rule in rules for key, _ in rule.points for name in awarded(b, key)}
    moved |= {
        action.score
        for table in (b.model.rules, b.model.thresholds)
        for item in table.values()
        for action in item.then
        if isinstance(action, Reset)
    }
    return any(score in [item for item, _ in affected(b, key)] for key in moved)


def _cut_twice(b: Builder, score: Score) -> tuple[Bound, ...]:
    """Two events, two awards of one event, or an event while the nightly batches run."""
    givers = [
        rule
        for rule in b.model.rules.values()
        if any(
            score in [item for item, _ in affected(b, name)]
            for key, _ in rule.points
            for name in awarded(b, key)
        )
    ]
    near = {rule.key for rule in givers}
    one = any(other.key in near for rule in givers for other in rivals(b, rule))
    cases = ("any",) if one else ("crowded", "day-start")
    return joined(*(by_scores(b, ((score.key, None, None),), when, fed=False) for when in cases))


def _refuse_own_field(b: Builder, score: Score) -> None:
    """A subscription has one score field of Marketo's own, whatever it is called: any score may be kept there, but one."""
    name = score.names.get("marketo", "")
    if score.overall or not own_field(name):
        return
    others = (item for item in b.model.scores.values() if item is not score)
    other = next((item for item in others if own_field(_wanted(item))), None)
    if other is not None:
        raise RefusedError(
            "field-taken",
            (*score.path, "names", "marketo"),
            f"“{name}” is Marketo's own score field ({OWN_API_NAME}), of which a subscription has one, and "
            f"“{other.title}” is kept there: one field cannot hold two scores",
            "give one of the two a field of its own, by another name for Marketo",
        )


def _wanted(score: Score) -> str:
    """The name of the field that a score asks for."""
    return score.names.get("marketo", PERSON_SCORE if score.overall else "")


def _refuse_shared_field(b: Builder, score: Score) -> None:
    """A field of the spec that is the score's own would be written by both."""
    label = b.score_field(score).casefold()
    other = next((item for item in b.model.fields.values() if field_name(item).casefold() == label), None)
    if other is not None:
        raise RefusedError(
            "field-taken",
            (*score.path, "names", "marketo") if "marketo" in score.names else score.path,
            f"“{b.score_field(score)}” is what the field “{other.id}” is called on Marketo too",
            "give the field or the score another name for Marketo; a condition can ask for the score itself",
        )


# --- how far a score goes -----------------------------------------------------------------------------------------------


def largest(b: Builder) -> int:
    """The largest score that steps reach."""
    return b.options.largest_score or 1000


def top_of(b: Builder, score: Score) -> int | None:
    """The greatest value that a score can have, where the model says."""
    if score.ceiling is not None:
        return score.ceiling.value
    return sum(max(0, n) for n in _standing(b, score.key)) if score.kind == "fit" else None


def bottom_of(b: Builder, score: Score) -> int | None:
    """The least value that a score can have, where the model says; without a floor 0, where nothing takes it lower."""
    if score.floor is not None:
        return score.floor.value
    model = b.model
    chains = [item.then for table in (model.rules, model.thresholds) for item in table.values()]
    resets = [
        item for chain in chains for item in chain if isinstance(item, Reset) and item.score == score.key
    ]
    sets = [step.set_to for decay in model.decay.values() if decay.score == score.key for step in decay.steps]
    given = [n for rule in model.rules.values() for name, n in rule.points if score.key in awarded(b, name)]
    numbers = [*given, *(item.to for item in resets), *filter(None, (*sets, score.start))]
    lowest = [number.value for number in numbers] + [*_standing(b, score.key)]
    return 0 if min(lowest, default=0) >= 0 else None


def _standing(b: Builder, key: str) -> Iterator[int]:
    """The greatest and least points of everything that stands in a score, one pair for each."""
    for rule in b.model.rules.values():
        if not rule.on:
            yield from (number.value for name, number in rule.points if key in awarded(b, name))
    for tier in b.model.tiers.values():
        if key in awarded(b, tier.score):
            values = [case.points.value for case in tier.cases] + [
                tier.otherwise.value,
                tier.unknown.value if tier.unknown else 0,
            ]
            yield from (max(values), min(values))
    for item in b.model.inputs.values():
        if key in awarded(b, item.score):
            yield item.at_most.value if item.at_most is not None else largest(b)
            yield item.at_least.value if item.at_least is not None else -largest(b)


def _steps(b: Builder, key: str) -> Iterator[int]:
    """Every amount that can be added to a score at once."""
    for rule in b.model.rules.values():
        yield from (abs(number.value) for name, number in rule.points if key in awarded(b, name))
    yield from map(abs, _standing(b, key))


def _reach(b: Builder, score: Score, *, up: bool) -> int:
    """By how much a clamp can be passed before it is held again."""
    if score.kind == "engagement":
        return max(_steps(b, score.key), default=0)
    if score.kind == "fit":
        total = sum(abs(n) for n in _standing(b, score.key) if (n > 0) is up)
        bound = score.ceiling if up else score.floor
        return max(0, total - (bound.value if up else -bound.value) if bound is not None else total)
    parts = [*((key, 100) for key in score.sum_of), *score.percent_of]
    tops = [(top_of(b, b.model.scores[key]), percent) for key, percent in parts]
    if all(top is not None for top, _ in tops) or b.options.largest_score is not None:
        return sum(-(-(top if top is not None else largest(b)) * percent // 100) for top, percent in tops)
    b.bounded(
        "largest-score",
        f"What “{score.title}” would have above its bound is remembered.",
        f"more than {largest(b)} points above it are forgotten; write the largest score under [targets.marketo] largest_score",
        bounds=by_scores(b, ((score.key, None, None),), "large", fed=False),
    )
    return largest(b)


# --- holding a score in its bounds ----------------------------------------------------------------------------------------


def _emit_hold(b: Builder, score: Score) -> None:
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
        close += _coins(b, score, score.ceiling.value, _reach(b, score, up=True), sign=-1, memory=memory)
    if score.floor is not None:
        close += _coins(b, score, score.floor.value, _reach(b, score, up=False), sign=1, memory=memory)
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
    for bit in range(max(_reach(b, score, up=sign > 0), 1).bit_length() - 1, -1, -1):
        coin = 1 << bit
        word, edge = ("at least", coin) if sign > 0 else ("at most", -coin)
        when = Clause(memory, word, (str(edge),))
        found += follow(b, score.key, [(when, Amount(sign * coin, literal(sign * coin)))])
        found.append(put(memory, DO_NOTHING, (Choice(when, literal(-sign * coin)),)))
    return found


# --- where a score starts ---------------------------------------------------------------------------------------------------


def _emit_bounds(b: Builder, score: Score) -> None:
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


def _emit_start(b: Builder, score: Score) -> None:
    value = score.start.value if score.start else 0
    value = max(value, score.floor.value) if score.floor is not None else value
    value = min(value, score.ceiling.value) if score.ceiling is not None else value
    if value == 0 or score.kind != "engagement":
        return
    number = score.start if score.start and score.start.value == value else Number(value)
    steps = shift(b, score.key, (), number, f"Start {score.title}")
    name = b.campaign_name(f"Start {score.title}")
    b.campaign(
        name,
        AWARDS,
        "executable",
        EVERYBODY,
        steps,
        qualification=ONLY_ONCE,
        role="start",
        population=False,
        why=f"Everybody's {score.title} starts at {value}.",
    )
    watch = b.campaign_name(f"When created, start {score.title}")
    b.campaign(
        watch,
        TRIGGERS,
        "trigger",
        EVERYBODY,
        (execute(b, name),),
        triggers=(Clause("Person is Created"),),
        stage="helpers",
        role="start-when",
        population=False,
        why="New people start there.",
    )
    batch = b.campaign_name(f"Start {score.title} for everybody")
    b.campaign(
        batch,
        AWARDS,
        "batch",
        Clause(b.score_field(score), "is empty"),
        (execute(b, name),),
        schedule="Run once",
        stage="start",
        role="start-all",
        population=False,
        why="People who are there already start there too, unless they have points.",
    )
