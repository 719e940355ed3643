"""Runs the examples of specs on the reference machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorewright.explain.found import expectation_found
from scorewright.explain.names import Names
from scorewright.explain.person.values import YEARS
from scorewright.explain.rules import EXAMPLE_FAILS, EXAMPLE_OUT_OF_REACH
from scorewright.model.phrases import phrase
from scorewright.semantics.clock import Clock
from scorewright.semantics.examples import run_example

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from scorewright.checks.run import Checked
    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.elements import Example, Expectation, Model
    from scorewright.semantics.examples import Outcome

__all__ = ["Result", "Tested", "expected", "run_examples", "unknown_example"]


@dataclass(frozen=True, slots=True)
class Result:
    """One example, what came of each of its expectations, and where those stand that did not hold."""

    example: Example
    outcomes: tuple[Outcome, ...] = ()
    failures: Mapping[int, Diagnostic] = field(default_factory=dict)
    """By the place of an outcome."""
    refused: Diagnostic | None = None
    """Why the example was not played."""

    @property
    def held(self) -> bool:
        """Whether every expectation did."""
        return self.refused is None and all(outcome.held for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Tested:
    """The examples of one spec that were asked for; none where the spec has errors."""

    spec: str
    checked: Checked
    results: tuple[Result, ...]
    names: Names | None

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the spec itself."""
        if self.checked.ok:
            return ()
        return tuple(each for each in self.checked.diagnostics if each.severity == "error")

    @property
    def held(self) -> bool:
        """Whether the spec has no error and every example came out."""
        return self.checked.ok and all(result.held for result in self.results)


def run_examples(spec: str, checked: Checked, only: Collection[str] = ()) -> Tested:
    """Run the examples of one spec, or those of them that ``only`` names."""
    model = checked.model
    if model is None or not checked.ok:
        return Tested(spec, checked, (), None)
    chosen = [example for key, example in model.examples.items() if not only or key in only]
    names = Names(model, Clock(model.header.timezone), 0)
    return Tested(spec, checked, tuple(_run(checked, model, example) for example in chosen), names)


def _run(checked: Checked, model: Model, example: Example) -> Result:
    from scorewright.source.place import place

    far = _out_of_reach(example)
    try:
        outcomes = run_example(model, example, expectation_found) if far is None else ()
    except OverflowError:  # a date in a field or a condition; the message is about the example all the same
        far = EXAMPLE_OUT_OF_REACH.at(
            example.path, f"a time in {example.id} is out of reach", help=_REACH, on="key"
        )
    if far is not None:
        return Result(example, refused=place([far], checked.document, checked.texts)[0])
    failures = {}
    for number, outcome in enumerate(outcomes):
        if not outcome.held:
            at = outcome.expectation.at.replace("T", " ")
            wanted = expected(model, outcome.expectation)
            message = f"{example.id} at {at}\nexpected: {wanted}\nfound: {outcome.found}"
            finding = EXAMPLE_FAILS.at(outcome.expectation.path, message)
            failures[number] = place([finding], checked.document, checked.texts)[0]
    return Result(example, outcomes, failures)


_REACH = f"times lie in the years {YEARS[0]} to {YEARS[-1]}"


def _out_of_reach(example: Example) -> Finding | None:
    """The first time of an example that the machine does not play."""
    times: list[tuple[str, KeyPath]] = [(example.created, (*example.path, "created"))]
    times += [(event.at, (*event.path, "at")) for event in example.events]
    times += [(expectation.at, (*expectation.path, "at")) for expectation in example.expect]
    for at, path in times:
        if int(at[:4]) not in YEARS:
            return EXAMPLE_OUT_OF_REACH.at(
                path, f"the year {at[:4]} in {example.id} is out of reach", help=_REACH
            )
    return None


def expected(model: Model, expectation: Expectation) -> str:
    """An expectation in words: ``engagement is 3``, ``back has fired once``."""
    if expectation.condition is not None:
        return phrase(expectation.condition, model)
    times = {0: "not at all", 1: "once"}.get(expectation.times, f"{expectation.times} times")
    return f"{expectation.fired} has fired {times}"


def unknown_example(only: Iterable[str], tested: Iterable[Tested]) -> str:
    """A sentence about the first name that is no example of any of the specs; empty when all are."""
    from scorewright.diagnostics.suggest import closest

    specs = list(tested)
    if not all(each.checked.ok for each in specs):
        return ""
    known = [key for each in specs if each.checked.model for key in each.checked.model.examples]
    for word in only:
        if word not in known:
            near = closest(word, known)
            others = f"there are {', '.join(known)}" if known else "there are none"
            return f"no example {word!r}; " + (f"did you mean {near!r}?" if near else others)
    return ""
