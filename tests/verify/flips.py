"""One answer to one fact turned over, on a spec where it matters: what is built otherwise, and whether that holds."""

from __future__ import annotations

from typing import NamedTuple

from scorewright.plugin.notes import Result
from scorewright.plugin.target import Request
from tests.verify.made import task_of
from tests.verify.thin import differs

__all__ = ["Flipped", "flip", "flips"]


_STEP = 2
"""Of so many lives one is played."""


class Flipped(NamedTuple):
    """What came of an answer: whether anything is built or said otherwise, what is refused, and what does not hold."""

    changed: bool
    refused: tuple[str, ...]
    differs: str


def flips(target):
    """Every fact with every answer that it could turn out to have."""
    return [(fact.id, answer) for fact in target.facts() for answer in fact.alternatives]


def flip(target, model, fact, answer, *, effort=1):
    """Compile a model with the answers as they are and with one turned over, and prove the second by that answer."""
    options = dict(model.options.get(target.name, {}))
    answers = {item.id: item.value for item in target.facts()}
    before = target.compile(Request(model, options, answers))
    answers[fact] = answer
    after = target.compile(Request(model, options, answers))
    refused = tuple(note.element for note in after.notes if note.result is Result.REFUSED)
    changed = _shown(before) != _shown(after)
    if refused:
        return Flipped(changed, refused, "")
    task = task_of(target, model, after, effort=effort, answers=answers)._replace(answered=frozenset((fact,)))
    return Flipped(changed, (), differs(task, target, _STEP, f"{fact} = {answer}"))


def _shown(bundle):
    """What a person sees of a bundle: its objects, its notes with their bounds, the tables to choose by, the quotas."""
    return bundle.objects, bundle.notes, bundle.plans, bundle.quotas
