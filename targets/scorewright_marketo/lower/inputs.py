"""Inputs: a number field whose value counts as points, copied into a score bit by bit, since no step adds fields."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.actions import Reset
from scorewright_marketo.folders import FACTS_AND_TIERS
from scorewright_marketo.lower.bounds import by_scores
from scorewright_marketo.lower.edges import of_standing
from scorewright_marketo.lower.expr import Both, both, either
from scorewright_marketo.lower.extents import largest
from scorewright_marketo.lower.moments import say_moments
from scorewright_marketo.lower.nights import changed_lately, run_nightly, taking_turns
from scorewright_marketo.lower.points import Variant, awarded, held, shift
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.segments import outside
from scorewright_marketo.lower.sums import literal, put
from scorewright_marketo.lower.timing import nightly
from scorewright_marketo.names import clean
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Input
    from scorewright_marketo.lower.context import Builder

__all__ = ["lower_input"]


def lower_input(b: Builder, item: Input) -> None:
    """A field's value as points: what was copied before is taken back bit by bit, the present value given bit by bit."""
    b.lowering = "input"
    if not b.fact("batch-person-in-minutes"):
        raise RefusedError(
            "fact-found-otherwise",
            item.path,
            "a value is copied bit by bit, on two nights after it changes, and on this instance a batch needs hours from one "
            "step to the next: all night long the score would be any number between none of it and all of it",
            "give points for ranges of the field by a tier, which takes them back and gives them once",
            ("batch-person-in-minutes",),
        )
    top = item.at_most.value if item.at_most is not None else largest(b)
    bottom = item.at_least.value if item.at_least is not None else -largest(b)
    _say_range(b, item, bottom, top)
    label = b.field_label(item.field)
    _emit_input(b, item, label, _exchange(b, item, label, bottom, top))
    b.exact(
        "input",
        f"A nightly batch copies {label} into the score for everybody whose value changed; at most a day late.",
        bounds=of_standing(b, item, ((item.score, *_range(item)),)),
    )
    say_moments(b, item, ((item.score, *_range(item)),))


def _exchange(b: Builder, item: Input, label: str, bottom: int, top: int) -> tuple[FlowStep, ...]:
    """Take back what the record says, read the field in one step only, and give what was read."""
    share = Fraction(item.percent, 100)
    record = b.helper("Points", "score", f"The points that “{item.title}” has given.")
    rest = b.helper("Rest", "score", f"What of “{item.title}” is still to be given; for one run only.")
    b.rests_on("lead-token-in-data-value", "choices")
    targets = tuple(reversed(awarded(b, item.score)))
    back, given = _Copy(targets, record, None), _Copy(targets, rest, record)
    edges = _edge(bottom, share), _edge(top + 1, share)
    whole = share.numerator == 1
    steps = [
        *_bits(b, back, top, sign=-1),
        *_bits(b, back, bottom, sign=-1),
        FlowStep(
            "Change Data Value",
            (("Attribute", rest), ("New Value", "{{lead." + label + "}}")),
            "New Value",
            _within(label, edges, (share.denominator * bottom, share.denominator * top) if whole else None),
        ),
        *(
            (*_bits(b, given, top, share=share), *_bits(b, given, bottom, share=share))
            if whole
            else _portions(b, given, share, (bottom, top), edges)
        ),
    ]
    if taking_turns(b, (item.score,)) is None:
        steps += [step for target in targets for step in held(b, target)]
    return tuple(steps)


def _within(label: str, edges: tuple[int, int], ends: tuple[int, int] | None) -> tuple[Choice, ...]:
    """What is read instead of the field: 0 where it is empty, and beyond its bounds the end there, or what stands for it."""
    under, over = edges
    least, most = ends if ends is not None else (_beyond(under - 1, -1), _beyond(over, 1))
    return (
        Choice(Clause(label, "is empty"), "0"),
        Choice(Clause(label, "at least", (str(over),)), str(most)),
        Choice(Clause(label, "less than", (str(under),)), str(least)),
    )


def _say_range(b: Builder, item: Input, bottom: int, top: int) -> None:
    """Only so many bits are copied; a counter that is cut, or decays, meanwhile has another past by then."""
    if b.options.largest_score is not None or (item.at_most is not None and item.at_least is not None):
        return
    past = _has_a_past(b, item.score)
    below, above = past or item.at_most is None, past or item.at_least is None
    change = (item.score, None if below else 0, None if above else 0)
    b.bounded(
        "largest-score",
        f"The field is copied between {bottom} and {top}.",
        "what lies beyond is not counted; write at_least and at_most, or [targets.marketo] largest_score",
        bounds=by_scores(b, (change,), "large"),
    )


def _has_a_past(b: Builder, key: str) -> bool:
    """Whether what a score was brought to meanwhile, at a bound or by a decay, is forgotten when a value goes."""
    reached = {*awarded(b, key)}
    scores = [b.model.scores[name] for name in reached if b.model.scores[name].kind == "engagement"]
    cut = any(score.floor is not None or score.ceiling is not None for score in scores)
    tables = (b.model.rules, b.model.decay, b.model.thresholds)
    chains = [item.then for table in tables for item in table.values()]
    reset = any(isinstance(action, Reset) and action.score in reached for chain in chains for action in chain)
    return cut or reset or any(decay.score in reached for decay in b.model.decay.values())


def _range(item: Input) -> tuple[int | None, int | None]:
    """How much lower and higher the score is while an older value of the field still counts."""
    if item.at_least is None or item.at_most is None:
        return None, None
    span = max(item.at_most.value, 0) - min(item.at_least.value, 0)
    return -span, span


def _edge(points: int, share: Fraction) -> int:
    """The least value of a field whose share is worth so many points, rounded half up."""
    return ceil((points - Fraction(1, 2)) / share)


class _Copy(NamedTuple):
    """What is copied into which scores: the field that is read and spent, and the record that is kept of it."""

    targets: tuple[str, ...]
    read: str
    keep: str | None

    def steps(self, b: Builder, rows: list[tuple[Clause, int, str]]) -> list[FlowStep]:
        """Points by the value that is read, and what is spent of it: the score first, since it reads that value."""
        variants = tuple(Variant(when, points) for when, points, _ in rows)
        found = [step for target in self.targets for step in shift(b, target, variants, 0, "", more=True)]
        if self.keep is not None:
            kept = tuple(Choice(when, literal(points)) for when, points, _ in rows)
            found += [put(self.keep, DO_NOTHING, kept)] if any(points for _, points, _ in rows) else []
        spent = tuple(Choice(when, text) for when, _, text in rows if text)
        return [*found, put(self.read, DO_NOTHING, spent)] if spent else found


def _bits(
    b: Builder, copy: _Copy, reach: int, *, sign: int = 1, share: Fraction = Fraction(1)
) -> list[FlowStep]:
    """For each power of two: who has that much gets it (``sign``) in the score, and spends it."""
    steps: list[FlowStep] = []
    for bit in range(abs(reach).bit_length() - 1, -1, -1):
        coin = 1 << bit if reach > 0 else -(1 << bit)
        edge = _edge(coin, share) if reach > 0 else _edge(coin + 1, share) - 1
        when = Clause(copy.read, "at least" if reach > 0 else "at most", (str(edge),))
        steps += copy.steps(b, [(when, sign * coin, f"{-coin * share.denominator:+d}")])
    return steps


def _portions(
    b: Builder, copy: _Copy, share: Fraction, ends: tuple[int, int], edges: tuple[int, int]
) -> list[FlowStep]:
    """3 points for each 20, in powers of two of such portions; what is left is worth a few points, by choices.

    Beyond the bounds stands a value of its own, which is worth the bound: no value need be worth just that.
    """
    (bottom, top), (under, over), portion = ends, edges, share.denominator
    rows = [
        (Clause(copy.read, "at least", (str(_beyond(over, 1)),)), top, "=0"),
        (Clause(copy.read, "at most", (str(_beyond(under - 1, -1)),)), bottom, "=0"),
    ]
    steps = copy.steps(b, rows)
    for most, sign, word in ((over - 1, 1, "at least"), (-under, -1, "at most")):
        for bit in range(max(most // portion, 0).bit_length() - 1, -1, -1):
            size = sign * portion << bit
            points = sign * share.numerator << bit
            steps += copy.steps(b, [(Clause(copy.read, word, (str(size),)), points, f"{-size:+d}")])
        left = _left(share, sign, most)
        steps += copy.steps(b, [(Clause(copy.read, word, (str(edge),)), points, "") for edge, points in left])
    return steps


def _beyond(edge: int, side: int) -> int:
    """What stands for a value beyond a bound; never 0, which stands for no value."""
    return max(edge, 1) if side > 0 else min(edge, -1)


def _left(share: Fraction, sign: int, most: int) -> list[tuple[int, int]]:
    """What less than a portion is worth, the largest first; nothing where it is worth nothing."""
    worth = {
        sign * size: _worth(sign * size * share) for size in range(1, min(share.denominator - 1, most) + 1)
    }
    firsts = {points: size for size, points in reversed(worth.items()) if points}
    return [(size, points) for points, size in firsts.items()]


def _worth(points: Fraction) -> int:
    return floor(points + Fraction(1, 2))


def _emit_input(b: Builder, item: Input, label: str, flow: tuple[FlowStep, ...]) -> None:
    """By night for whose value has changed, or who is not followed yet; and once for everybody who has one."""
    changed, new = changed_lately(label)
    created = both(new, Clause(label, "is not empty"))
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
        FACTS_AND_TIERS,
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
        FACTS_AND_TIERS,
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
