"""What every note of a migration is made from: both versions, what is read off, and bounds for what an element moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.notes import Note
from scorewright_marketo.migration.notes import NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Element
    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.emulation import Bound
    from scorewright.plugin.migration import Since
    from scorewright.plugin.notes import Result
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.migration.compare import Difference
    from scorewright_marketo.migration.pairing import Version
    from scorewright_marketo.migration.plan import Plan

__all__ = ["MEMORY", "WHEN", "Ground"]

WHEN = "migrated"
"""The situation in which a bound of a migration holds."""
MEMORY = ("edits-of-active", "qualification-memory")
"""Facts that whatever stays where it is rests on."""


class Ground:
    """A change as whoever tells of it needs it."""

    def __init__(self, b: Builder, since: Since, now: Version, parts: tuple[Difference, Plan]) -> None:
        self.b, self.since, self.gauges = b, since, now.gauges
        self.difference, self.plan = parts
        self.meant = self.plan.meant
        self.elements: dict[str, list[Element]] = {}
        for element in b.model.elements():
            self.elements.setdefault(element.name, []).append(element)

    def note(
        self,
        name: str,
        result: Result,
        element: str,
        *,
        bound: str = "",
        instead: str = "",
        bounds: tuple[Bound, ...] = (),
        facts: tuple[str, ...] = (),
    ) -> Note:
        """One note."""
        path = tuple(element.split("."))
        return Note(name, result, element, path, NOTES[name], bound, instead, facts, None, bounds)

    def now(self) -> Iterator[Emitted]:
        """All that is there once the change is made."""
        yield from (pair.new for pair in self.meant.pairs)
        yield from self.meant.added
