"""A target for the tests: it answers for everything, and each of its promises can be broken by a parameter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorewright.plugin.bundle import Bundle, Emitted
from scorewright.plugin.capability import Capability, Support
from scorewright.plugin.facts import Confidence, Fact
from scorewright.plugin.features import FEATURES
from scorewright.plugin.notes import Note, Result
from scorewright.plugin.sheet import Section, Sheet, Step, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.bundle import Quota
    from scorewright.plugin.target import Request

SURE = Fact("sure", "Water is wet.", True, Confidence.DOCUMENTED, "a page", "2026-01-01")
UNSURE = Fact(
    "unsure", "It rains.", True, Confidence.UNKNOWN, "nobody says", "2026-01-01", "Look outside.", (False,)
)


@dataclass
class FakeTarget:
    """One object and one exact note an element; what differs is given by the fields."""

    name: str = "fake"
    title: str = "Fake platform"
    api_version: tuple[int, int] = (1, 0)
    support: Mapping[str, Capability] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    silent_about: tuple[str, ...] = ()
    quotas: tuple[Quota, ...] = ()
    steps: tuple[Step, ...] = (Step("click", "+ Add"), Step("type", "Name", "x"))
    fault: Exception | None = None
    asked: list[Request] = field(default_factory=list)

    def options_schema(self) -> Mapping[str, Any]:
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {"edition": {"enum": ["small", "large"], "description": "The edition."}},
        }

    def facts(self) -> tuple[Fact, ...]:
        return (SURE, UNSURE)

    def capabilities(self) -> tuple[Capability, ...]:
        return tuple(
            self.support.get(feature.id, Capability(feature.id, Support.FULL, "It is easy."))
            for feature in FEATURES
        )

    def compile(self, request: Request) -> Bundle:
        self.asked.append(request)
        if self.fault is not None:
            raise self.fault
        elements = {element.name: element for element in request.model.elements()}
        notes = tuple(
            self.notes.get(
                name, Note("built", Result.EXACT, name, element.path, "built as it is", facts=("unsure",))
            )
            for name, element in elements.items()
            if name not in self.silent_about
        )
        objects = tuple(Emitted("things", name, {"worth": 1}, (name,), "copy") for name in elements)
        tasks = tuple(
            Task(f"things/{name}", f"Thing {element.title}", name, "It is needed.", 2.5, self.steps)
            for name, element in elements.items()
        )
        sheet = Sheet("Things to build", ("Begin at the top.",), (Section("Things", "In order.", tasks),))
        return Bundle(self.name, objects, notes, sheet, self.quotas)
