"""Answers ``trace``: takes a checked spec, a person's file and what was asked, and gives a trace or says what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scorewright.explain.person.read import read_person
from scorewright.explain.person.values import YEARS
from scorewright.explain.trace import score_keys, trace
from scorewright.semantics.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.checks.run import Checked
    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.explain.trace import Trace
    from scorewright.model.elements import Model
    from scorewright.model.history import Person

__all__ = ["Answer", "WrongQuestionError", "answer"]


class WrongQuestionError(Exception):
    """An option asks for what there is not; ``option`` is the one."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


@dataclass(frozen=True, slots=True)
class Answer:
    """The trace, or nothing where the spec or the person's file has errors; and what was found in both."""

    trace: Trace | None
    diagnostics: tuple[Diagnostic, ...]


def answer(checked: Checked, person: Path, moment: str | None, asked: Sequence[str]) -> Answer:
    """Explain the person of a file, as of ``moment`` (ISO; now without one), for the scores that are asked for.

    Raises:
        WrongQuestionError: a score that the spec does not have, or a moment that is none or before the creation.
    """
    model = checked.model
    if model is None or not checked.ok:
        return Answer(None, tuple(each for each in checked.diagnostics if each.severity == "error"))
    for word in asked:
        if not score_keys(model, (word,)):
            raise WrongQuestionError("--score", _no_score(model, word))
    at = _instant(model, moment)
    read = read_person(person, model, Path.cwd())
    if read.person is None:
        return Answer(None, read.diagnostics)
    _after_creation(model, read.person, at, moment)
    return Answer(trace(model, read.person, at, asked), read.diagnostics)


def _no_score(model: Model, word: str) -> str:
    from scorewright.diagnostics.suggest import closest

    near = closest(word, model.scores)
    return f"no score {word!r}; " + (
        f"did you mean {near!r}?" if near else f"there are {', '.join(model.scores)}"
    )


def _instant(model: Model, moment: str | None) -> int:
    if moment is None:
        return int(datetime.now().astimezone().timestamp())
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        parsed = None
    if parsed is None or parsed.year not in YEARS:
        raise WrongQuestionError(
            "--at",
            f"{moment[:60]!r} is no time; write 2026-05-01 or 2026-05-01T10:00, in the years 1970 to 2199",
        )
    return Clock(model.header.timezone).read(parsed.isoformat())


def _after_creation(model: Model, person: Person, at: int, moment: str | None) -> None:
    if at < person.created:
        created = Clock(model.header.timezone).wall(person.created).isoformat(" ", "minutes")
        when = "that is" if moment is not None else "now is"
        raise WrongQuestionError(
            "--at", f"{when} before the person was created ({created}); name a later time"
        )
