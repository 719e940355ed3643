"""Inputs: a number field whose value counts as points, copied into a score bit by bit, since no step adds fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.lower.bounds import by_scores
from scorewright_marketo.lower.context import RefusedError
from scorewright_marketo.lower.edges import of_standing
from scorewright_marketo.lower.expr import Both, both, either
from scorewright_marketo.lower.moments import say_moments
from scorewright_marketo.lower.points import Variant, awarded, held, shift
from scorewright_marketo.lower.scores import largest
from scorewright_marketo.lower.segments import outside
from scorewright_marketo.lower.standing import run_nightly, taking_turns
from scorewright_marketo.lower.sums import put
from scorewright_marketo.lower.timing import nightly
from scorewright_marketo.names import clean
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause, Constraint, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Input
    from scorewright_marketo.lower.context import Builder

__all__ = ["lower_input"]

FOLDER = "03 Facts and tiers"


def lower_input(b: Builder, item: Input) -> None:
    """A field's value as points: what was copied before is taken back bit by bit, the present value given bit by bit."""
    if 100 % item.percent:
        raise RefusedError(
            "not-implemented",
            (*item.path, "percent"),
            "Change Score cannot take this share of a field; shares that divide 100 are taken bit by bit",
            "compute the share where the field is computed, and leave percent out",
            ("score-operations",),
        )
    b.lowering = "input"
    top = item.at_most.value if item.at_most is not None else largest(b)
    bottom = item.at_least.value if item.at_least is not None else -largest(b)
    _say_range(b, item, bottom, top)
    every = 100 // item.percent
    label = b.field_label(item.field)
    record = b.helper("Points", "score", f"The points that “{item.title}” has given.")
    rest = b.helper("Rest", "score", f"What of “{item.title}” is still to be given; for one run only.")
    b.rests_on("lead-token-in-data-value", "choices")
    targets = list(reversed(awarded(b, item.score)))
    steps = [
        *_bits(b, targets, record, top, sign=-1),
        *_bits(b, targets, record, bottom, sign=-1),
    ]
    copied = (
        Choice(Clause(label, "is empty"), "0"),
        Choice(Clause(label, "at least", (str(_edge(top + 1, every)),)), str(every * top)),
        Choice(Clause(label, "less than", (str(_edge(bottom, every)),)), str(every * bottom)),
    )
    steps.append(
        FlowStep(
            "Change Data Value",
            (("Attribute", rest), ("New Value", "{{lead." + label + "}}")),
            "New Value",
            copied,
        )
    )
    steps += [
        *_bits(b, targets, rest, top, sign=1, every=every, keep=record),
        *_bits(b, targets, rest, bottom, sign=1, every=every, keep=record),
    ]
    if taking_turns(b, (item.score,)) is None:
        steps += [step for target in targets for step in held(b, target)]
    _emit_input(b, item, label, tuple(steps))
    b.exact(
        "input",
        f"A nightly batch copies {label} into the score for everybody whose value changed; at most a day late.",
        bounds=of_standing(b, item, ((item.score, *_range(item)),)),
    )
    say_moments(b, item, ((item.score, *_range(item)),))


def _say_range(b: Builder, item: Input, bottom: int, top: int) -> None:
    """Only so many bits are copied."""
    if b.options.largest_score is not None or (item.at_most is not None and item.at_least is not None):
        return
    change = (item.score, None if item.at_most is None else 0, None if item.at_least is None else 0)
    b.bounded(
        "largest-score",
        f"The field is copied between {bottom} and {top}.",
        "what lies beyond is not counted; write at_least and at_most, or [targets.marketo] largest_score",
        bounds=by_scores(b, (change,), "large"),
    )


def _range(item: Input) -> tuple[int | None, int | None]:
    """How much lower and higher the score is while an older value of the field still counts."""
    if item.at_least is None or item.at_most is None:
        return None, None
    span = max(item.at_most.value, 0) - min(item.at_least.value, 0)
    return -span, span


def _edge(points: int, every: int) -> int:
    """The least value of a field that is worth so many points, at one point for every so many, rounded half up."""
    return -(-(2 * every * points - every) // 2)


def _bits(
    b: Builder,
    targets: list[str],
    read: str,
    reach: int,
    *,
    sign: int,
    every: int = 1,
    keep: str | None = None,
) -> list[FlowStep]:
    """For each power of two: who has that much in ``read`` gets it (``sign``) in the score, and spends it."""
    steps: list[FlowStep] = []
    for bit in range(abs(reach).bit_length() - 1, -1, -1):
        coin = 1 << bit if reach > 0 else -(1 << bit)
        edge = _edge(coin, every) if reach > 0 else _edge(coin + 1, every) - 1
        when = Clause(read, "at least" if reach > 0 else "at most", (str(edge),))
        for target in targets:
            steps += shift(b, target, (Variant(when, sign * coin),), 0, "", more=True)
        if keep is not None:
            steps.append(put(keep, DO_NOTHING, (Choice(when, f"{coin:+d}"),)))
        steps.append(put(read, DO_NOTHING, (Choice(when, f"{-coin * every:+d}"),)))
    return steps


def _emit_input(b: Builder, item: Input, label: str, flow: tuple[FlowStep, ...]) -> None:
    recent = (Constraint("Date of Activity", "in past", ("36 hours",)),)
    changed = Clause("Data Value Changed", "is", (label,), "Attribute", recent)
    created = both(Clause("Person was Created", "", (), "", recent), Clause(label, "is not empty"))
    name = b.campaign_name(f"Copy {item.title}")
    followed = _followed(b, item) if b.population != Both(()) else None
    if followed is not None:
        flow = (*flow, FlowStep("Add to List", (("List Name", followed),)))
    run_nightly(
        b,
        name,
        either(changed, created)
        if followed is None
        else either(changed, Clause("Member of List", "not in", (followed,))),
        flow,
        (item.score,),
        role="copy",
        checks=("After a pause of more than a day, run the batch “Start …” of this input once.",),
    )
    start = b.campaign_name(f"Start {item.title}")
    b.campaign(
        start,
        FOLDER,
        "batch",
        Clause(label, "is not empty"),
        flow,
        schedule="Run once",
        stage="start",
        role="start",
        why="Copies the values that are there already.",
    )


def _followed(b: Builder, item: Input) -> str:
    """The list of those whose value has been copied, and who have been scored ever since.

    What changes while somebody is not scored is copied when they are again, however long ago it changed.
    """
    product = f" {b.model.products[item.product].title}" if item.product else ""
    name = clean(f"{b.options.helper_prefix} Copied {item.title}{product}")
    name = b.claim("list", name, ("input", item.key), item.key)
    found = b.static_list(name, f"Whose “{item.title}” is copied; who is scored no longer is taken off.")
    b.campaign(
        b.campaign_name(f"Forget {item.title}"),
        FOLDER,
        "batch",
        both(Clause("Member of List", "in", (found,)), outside(b)),
        (FlowStep("Remove from List", (("List Name", found),)),),
        schedule=nightly(b),
        stage="nightly",
        role="forget",
        population=False,
        why="Who comes back is copied anew.",
    )
    return found
