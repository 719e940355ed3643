"""Which nightly batch does what: one of its own, one for all, or one that changes held scores in turn."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from scorewright_marketo.delays import BETWEEN, DECAYS, FACTS
from scorewright_marketo.folders import DECAY, FACTS_AND_TIERS
from scorewright_marketo.lower.context import EVERY_TIME
from scorewright_marketo.lower.expr import EVERYBODY, either
from scorewright_marketo.lower.points import awarded, execute, held
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.sums import affected, many_steps
from scorewright_marketo.lower.timing import nightly
from scorewright_marketo.objects import Clause, Constraint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Score
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.objects import FlowStep

__all__ = [
    "FIRST_RUN",
    "batch_of_all",
    "changed_lately",
    "emit_turns",
    "hold_all",
    "in_one_batch",
    "in_turn",
    "join_batch_of_all",
    "run_nightly",
    "taking_turns",
]

_LATELY = "36 hours"
"""A night and half a day: what changes while a batch runs late, or just after it has looked, is seen by the next one."""
FIRST_RUN = "Thresholds are still inactive when this batch runs for the first time."


def changed_lately(*labels: str) -> tuple[Clause, Clause]:
    """Who has a new value in one of these fields since the last night, and who was created since."""
    since = (Constraint("Date of Activity", "in past", (_LATELY,)),)
    return (
        Clause("Data Value Changed", "is", labels, "Attribute", since),
        Clause("Person was Created", "", (), "", since),
    )


def in_one_batch(b: Builder, scores: tuple[str, ...]) -> bool:
    """Whether one batch re-rolls this with everything else of its program, as the spec wants few campaigns."""
    apart = getattr(b.element, "active", None) is not None or any(_held(b, key) is not None for key in scores)
    return b.options.few_campaigns and not apart


def batch_of_all(b: Builder) -> str:
    """The name of the one batch of this program that re-rolls everything; claimed at its first mention."""
    key = ("name of all in one", b.product)
    if key not in b.memo:
        b.memo[key] = b.campaign_name("Nightly re-rolls")
        b.memo["all in one", b.product] = []
    name: str = b.memo[key]
    return name


def join_batch_of_all(b: Builder, due: Expr, flow: tuple[FlowStep, ...]) -> None:
    """Have the one batch of this program run the element's flow for whom it is due, too."""
    b.memo["all in one", b.product].append((b.element, b.used, due, flow))


def _emit_batch_of_all(b: Builder, product: str | None) -> None:
    """The batch itself, when everybody has joined it."""
    rows = b.memo.get(("all in one", product), ())
    if not rows:
        return
    b.begin(rows[0][0], "fact-batch")
    b.rests_on(*(name for _, used, _, _ in rows for name in used))
    b.campaign(
        batch_of_all(b),
        FACTS_AND_TIERS,
        "batch",
        either(*(due for _, _, due, _ in rows)),
        tuple(step for _, _, _, flow in rows for step in flow),
        schedule=nightly(b),
        stage="nightly",
        role="re-roll-all",
        why="Takes back what is recorded and gives what holds now, for whom anything has changed.",
        checks=(FIRST_RUN,),
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
    checks: tuple[str, ...] = (FIRST_RUN,),
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
        _emit_batch_of_all(b, product)
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
