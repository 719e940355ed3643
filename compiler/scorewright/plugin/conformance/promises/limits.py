"""What is too long or too much is refused and never cut, and no sound model makes a target raise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scorewright.plugin.conformance.breach import Breach
from scorewright.plugin.notes import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.conformance.bench import Bench

__all__ = ["all_there", "never_raises", "uncut"]

_WORD = re.compile(r"w\d{4}")


def never_raises(bench: Bench) -> Iterator[Breach]:
    """No model that passed the checks makes the target raise."""
    for outcome in bench.outcomes:
        if outcome.error is not None:
            error = outcome.error
            do = "refuse by a note what cannot be lowered; SCOREWRIGHT_DEBUG=1 scorewright compile shows where it is"
            yield Breach(outcome.case.name, f"raises {type(error).__name__}: {_short(str(error))}", do)
    others = {fact.id: fact.alternatives[0] for fact in bench.target.facts() if fact.alternatives}
    for case in bench.cases if others else ():
        error_then = bench.ask(case, **others).error
        if error_then is not None:
            wrong = f"raises {type(error_then).__name__} where facts are otherwise: {_short(str(error_then))}"
            yield Breach(case.name, wrong, "lower for every answer to a fact that its alternatives allow")


def uncut(bench: Bench) -> Iterator[Breach]:
    """A text of the spec stands in objects and on the sheet as a whole, or the element is refused."""
    do = "refuse by a note what is longer than the platform takes; cut nothing"
    for case, bundle in bench.bundles():
        if case.texts and not any(note.result is Result.REFUSED for note in bundle.notes):
            wholes = [_words(text) for text in case.texts]
            for where, text in _written(bundle):
                words = _words(text)
                if words and not any(
                    whole == words[-len(whole) :] or whole == words[: len(whole)] for whole in wholes
                ):
                    yield Breach(f"{case.name}, {where}", f"holds a part of a long text: …{text[-60:]!r}", do)


def _words(text: str) -> list[str]:
    """The words that tell a long text's parts apart, and its end."""
    found = _WORD.findall(text)
    return [*found, *re.findall(r"\b(one|two)\b", text)[-1:]] if found else []


def _written(bundle: Bundle) -> Iterator[tuple[str, str]]:
    for item in bundle.objects:
        yield from ((f"{item.kind}", text) for text in (item.name, *_texts(item.table)))
    for section in bundle.sheet.sections:
        for task in section.tasks:
            yield from (("the sheet", text) for text in (task.title, *(step.value for step in task.steps)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    elif hasattr(value, "values"):
        for item in value.values():
            yield from _texts(item)


def all_there(bench: Bench) -> Iterator[Breach]:
    """Of many rules each is built or refused: none is missing because there are too many."""
    for case, bundle in bench.bundles():
        if case.name == "many-rules":
            built = {name for item in bundle.objects for name in item.elements}
            built |= {task.element for section in bundle.sheet.sections for task in section.tasks}
            refused = {note.element for note in bundle.notes if note.result is Result.REFUSED} | bench.left(
                case
            )
            for rule in case.model.rules.values():
                if rule.name not in built | refused:
                    do = "build every rule and count it in a Quota: the compiler refuses what is over the limit"
                    yield Breach(case.name, f"{rule.name} has no object and is not refused", do)


def _short(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:200]}…"
