"""Puts a target to work on the kit's specs, and keeps what came out for every promise to look at."""

from __future__ import annotations

import pickle
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.conformance.hostile import HOSTILE, crowd, long_names
from scorewright.plugin.conformance.specs import SPECS
from scorewright.plugin.target import Request
from scorewright.plugin.usage import features_used

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.checks.run import Checked
    from scorewright.compiling.values import Built, Compiled
    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.capability import Capability
    from scorewright.plugin.conformance.spec import Spec
    from scorewright.plugin.facts import Fact
    from scorewright.plugin.target import Target
    from scorewright.source.document import Document

__all__ = ["Bench", "Case", "Outcome", "SpecFaultyError", "checked"]


class SpecFaultyError(AssertionError):
    """A spec that a plugin's author gave has errors of its own."""


class Case(NamedTuple):
    """One spec to put a target to work on; ``texts`` are the long texts in it that must not be cut."""

    name: str
    text: str
    texts: tuple[str, ...] = ()

    @property
    def model(self) -> Model:
        """What the spec says."""
        model = checked(self.name, self.text).model
        assert model is not None
        return model

    def copy(self) -> Model:
        """What the spec says, as a value of its own, which whoever gets it may spoil."""
        model: Model = pickle.loads(_packed(self.name, self.text))  # noqa: S301 - our own bytes
        return model

    @property
    def document(self) -> Document:
        """The spec with its positions."""
        document = checked(self.name, self.text).document
        assert document is not None
        return document


@lru_cache(maxsize=1024)
def checked(name: str, text: str) -> Checked:
    """Read a spec and hold it to the checks.

    Raises:
        SpecFaultyError: it has errors; the message is what ``scorewright check`` would print.
    """
    import datetime as dt
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from scorewright.checks.run import check_spec
    from scorewright.diagnostics.render import render

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.toml"
        path.write_text(text, "utf-8")
        found = check_spec(path, today=dt.date(2026, 1, 15))
    if not found.ok:
        errors = tuple(each for each in found.diagnostics if each.severity == "error")
        message = f"the spec {name!r} has errors:\n\n{render(errors, 'text')}"
        raise SpecFaultyError(message)
    return found


@lru_cache(maxsize=1024)
def _packed(name: str, text: str) -> bytes:
    """The model as bytes: several times as quick to copy as by deepcopy."""
    return pickle.dumps(checked(name, text).model)


class Outcome(NamedTuple):
    """What a target made of a case: a bundle, or the error that it raised."""

    case: Case
    bundle: Bundle | None
    error: Exception | None


@dataclass(frozen=True)
class Bench:
    """One target and the specs to put it to work on."""

    target: Target
    options: Mapping[str, Any] = field(default_factory=dict)
    specs: Mapping[str, str] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def features(self) -> Mapping[str, tuple[Case, ...]]:
        """The specs of each feature, by its id: the author's own where there is one, else the kit's shapes of it."""
        return {feature: tuple(self._shapes(feature, shapes)) for feature, shapes in SPECS.items()}

    def _shapes(self, feature: str, shapes: tuple[Spec, ...]) -> Iterator[Case]:
        if feature in self.specs:
            yield Case(feature, self.specs[feature])
            return
        for number, spec in enumerate(shapes, 1):
            yield Case(feature if number == 1 else f"{feature}-{number}", spec.text)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every spec: the author's models, those of the features, and the unkind ones."""
        return (
            *(Case(name, text) for name, text in self.models.items()),
            *(case for shapes in self.features.values() for case in shapes),
            *(Case(name, spec.text) for name, spec in HOSTILE.items()),
            *(Case(name, spec.text, texts) for name, spec, texts in long_names()),
            Case("many-rules", crowd(self.refused).text),
        )

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What the target makes of each case."""
        return tuple(self.ask(case) for case in self.cases)

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The target's facts by id."""
        return {fact.id: fact for fact in self.target.facts()}

    @cached_property
    def capabilities(self) -> Mapping[str, Capability]:
        """The target's capabilities by feature."""
        return {capability.feature: capability for capability in self.target.capabilities()}

    @cached_property
    def refused(self) -> frozenset[str]:
        """The features that the target's table refuses."""
        return frozenset(name for name, row in self.capabilities.items() if row.support.refused)

    def left(self, case: Case) -> frozenset[str]:
        """The elements that use what the table refuses, or does not have: the compiler refuses them by itself."""
        has = self.capabilities.keys() - self.refused
        return frozenset(use.element for use in features_used(case.model) if use.feature not in has)

    def request(self, case: Case, **answers: bool | int | str) -> Request:
        """What the target is asked: copies, so that whoever changes one is found out where that is looked for."""
        facts = {fact.id: fact.value for fact in self.target.facts()} | answers
        return Request(case.copy(), deepcopy(dict(self.options)), facts)

    def ask(self, case: Case, **answers: bool | int | str) -> Outcome:
        """Compile a case, with other answers to facts where they are given; an error that it raises is kept."""
        request = self.request(case, **answers)
        try:
            return Outcome(case, self.target.compile(request), None)
        except Exception as error:  # noqa: BLE001 - whatever a plugin raises is what the kit looks for
            return Outcome(case, None, error)

    def bundles(self) -> Iterator[tuple[Case, Bundle]]:
        """Every case with its bundle, where the target raised nothing."""
        for outcome in self.outcomes:
            if outcome.bundle is not None:
                yield outcome.case, outcome.bundle

    def files(self, case: Case, bundle: Bundle) -> dict[str, bytes]:
        """The files of a bundle, as ``scorewright compile`` would write them."""
        from scorewright.compiling.files import files_of
        from scorewright.compiling.places import Places

        return files_of(self.built(case, bundle), case.model, Places(case.document))

    def built(self, case: Case, bundle: Bundle) -> Built:
        """What the compiler keeps of a bundle."""
        from scorewright.compiling.values import Built

        facts = tuple(self.target.facts())
        answers = {fact.id: fact.value for fact in facts}
        return Built(self.target, case.model, bundle, dict(self.options), facts, frozenset(), answers)

    def compiled(self, case: Case, bundle: Bundle) -> Compiled:
        """What ``scorewright push`` would send: the whole compile, with its files."""
        from scorewright.compiling.values import Compiled

        files = {self.target.name: self.files(case, bundle)}
        return Compiled(checked(case.name, case.text), (), (self.built(case, bundle),), files)
