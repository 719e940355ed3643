"""Engagement programs from levels: questions and actions in order, numbered, each path joining again below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.fitting import fit
from scorewright_pardot.lower.spent import PHASE_DECAY
from scorewright_pardot.objects import ActionStep, DynamicList, EngagementProgram, RuleStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.model.elements import Decay
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.objects import Act, Criterion

__all__ = ["Question", "Runs", "Steps", "add_program", "chain", "only_actions"]

_SILENT = "Who is silent for so long already goes in at once: is the number right?"

Question = tuple["tuple[Criterion, ...]", "tuple[Act, ...]"]
"""What a rule step asks, and what is done where it is so; of the questions of a level at most one is answered with yes."""

Steps = tuple["RuleStep | ActionStep", ...]


def chain(levels: Sequence[Sequence[Question]], wait: int) -> Steps:
    """Levels one after another; before each but the first a prospect waits so many days, so that it reads afresh."""
    found: list[RuleStep | ActionStep] = []
    for place, level in enumerate(levels):
        following = len(found) + 1 + sum(1 + len(acts) for _, acts in level)
        for turn, (criteria, acts) in enumerate(level):
            here = len(found) + 1
            no = here + 1 + len(acts)
            found.append(RuleStep(criteria, here + 1, no, wait if place and not turn else 0))
            for number, act in enumerate(acts, here + 1):
                found.append(ActionStep(act, number + 1 if number + 1 < no else following))
    return tuple(found)


def only_actions(acts: Sequence[Act]) -> Steps:
    """One action after another, for everybody."""
    return tuple(ActionStep(item, number + 1) for number, item in enumerate(acts, 1))


class Runs(NamedTuple):
    """When a program takes people: the first day of silence, the days between two times, and how many times there are.

    ``what`` tells it from the decay's other programs.  No ``repeat``: as soon as it can see what it has done.  ``rounds`` are those of a silence; 0: until nothing is left.
    """

    what: str
    day: int
    repeat: int | None = None
    rounds: int = 0


def add_program(cx: Context, decay: Decay, runs: Runs, whom: Expression, steps: Steps) -> EngagementProgram:
    """A repeating program for whoever is on a list of its own; leaving the list stops a prospect where they are."""
    _check(cx, decay, steps)
    cx.rest_on("dynamic-list-lag", "clock-sweep-days", "program-resumes-where-it-left", "program-labels")
    repeat = runs.repeat
    if repeat is None:
        repeat = max(_between(cx, steps), cx.number("program-repeat-least-days"))
    title = cx.names.list(f"decay {decay.key}", runs.what)
    made = cx.made(decay, "program")
    why = "Whom the program takes; who leaves the list stops where they are."
    cx.dynamic_list(DynamicList(title, fit(cx, whom, decay), made._replace(why=why)))
    program = EngagementProgram(
        title, title, steps, repeat, PHASE_DECAY, _SILENT, made, runs.day, runs.rounds
    )
    cx.add(program, title)
    return program


def _between(cx: Context, steps: Steps) -> int:
    """Days from one time to the next: one at least from the last action to the first question, which must see it."""
    through = sum(step.wait for step in steps)
    return 1 if cx.flag("program-repeat-counts-from-end") else through + 1


def _check(cx: Context, decay: Decay, steps: Steps) -> None:
    """What a business unit's programs must be able to do, and how long they may be."""
    acts = [step.act.label for step in steps if isinstance(step, ActionStep)]
    overall = cx.homes.of[decay.score].kind == "overall"
    needs = [_MOVES_SCORES if overall else _MOVES_CATEGORIES, _JOINS]
    needs += [_ACTS] if any(label not in _POINTS for label in acts) else []
    for fact, lacks in needs:
        if not cx.flag(fact):
            raise _refused(decay, lacks, (fact,))
    most = cx.number("program-steps-most")
    if len(steps) + 1 >= most:
        raise _refused(
            decay, f"{len(steps) + 1} steps, and fewer than {most} can be started", ("program-steps-most",)
        )


_POINTS = {ACTIONS["score"].text, ACTIONS["category"].text}
_MOVES_CATEGORIES = (
    "program-moves-categories",
    "programs neither ask for a scoring category nor adjust one",
)
_MOVES_SCORES = ("program-moves-scores", "programs neither ask for the prospect score nor adjust it")
_JOINS = ("program-paths-join", "paths of a program do not join again")
_ACTS = ("program-acts-as-rules", "a program has not the actions of `then`")


def _refused(decay: Decay, message: str, facts: tuple[str, ...]) -> CannotLowerError:
    instead = f'write decays = {{ {decay.id} = "bands" }} in [targets.pardot]'
    instead += ", or allow more settle_days" if facts == ("program-steps-most",) else ""
    return CannotLowerError("program-cannot", message, instead, decay.path, facts)
