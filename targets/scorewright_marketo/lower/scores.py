"""Scores: their fields, and what a new person starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright.model.values import Number
from scorewright_marketo.folders import AWARDS, TRIGGERS
from scorewright_marketo.labels import PERSON_SCORE
from scorewright_marketo.lower.bounds import by_scores, joined, rivals
from scorewright_marketo.lower.context import ONLY_ONCE, OWN_API_NAME, field_name, own_field
from scorewright_marketo.lower.expr import EVERYBODY
from scorewright_marketo.lower.holding import emit_hold, emit_start_bounds
from scorewright_marketo.lower.points import awarded, execute, shift
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.sums import affected, in_fractions
from scorewright_marketo.objects import Clause

if TYPE_CHECKING:
    from scorewright.model.elements import Score
    from scorewright.plugin.emulation import Bound
    from scorewright_marketo.lower.context import Builder

__all__ = ["lower_score"]


def lower_score(b: Builder, score: Score) -> None:
    """The field, and the campaigns that keep it in bounds and give it its start."""
    _refuse_own_field(b, score)
    _refuse_shared_field(b, score)
    b.declare_score(score)
    b.rests_on("score-operations")
    if ("hold", score.key) in b.memo:
        emit_hold(b, score)
    _emit_start(b, score)
    emit_start_bounds(b, score)
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


def _emit_start(b: Builder, score: Score) -> None:
    """One executable gives everybody once what a score starts with: who is new, and who is there and has no points."""
    value = score.start.value if score.start else 0
    value = max(value, score.floor.value) if score.floor is not None else value
    value = min(value, score.ceiling.value) if score.ceiling is not None else value
    if value == 0 or score.kind != "engagement":
        return
    number = score.start if score.start and score.start.value == value else Number(value)
    steps = shift(b, score.key, (), number, f"Start {score.title}")
    name = b.campaign(
        b.campaign_name(f"Start {score.title}"),
        AWARDS,
        "executable",
        EVERYBODY,
        steps,
        qualification=ONLY_ONCE,
        role="start",
        population=False,
        why=f"Everybody's {score.title} starts at {value}.",
    )
    b.campaign(
        b.campaign_name(f"When created, start {score.title}"),
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
    b.campaign(
        b.campaign_name(f"Start {score.title} for everybody"),
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
