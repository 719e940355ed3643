"""What a compile gives: for one target, and in all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from scorewright.source.place import place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.checks.run import Checked
    from scorewright.diagnostics.diagnostic import Diagnostic
    from scorewright.diagnostics.rule import Finding
    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.facts import Fact
    from scorewright.plugin.migration import Migration
    from scorewright.plugin.target import Target

__all__ = ["Built", "Compiled"]


@dataclass(frozen=True, slots=True)
class Built:
    """What one target made, with the notes and facts that a reader is to be told."""

    target: Target
    model: Model
    """What was lowered: the spec's model without what it leaves out on this target."""
    bundle: Bundle
    options: Mapping[str, Any]
    facts: tuple[Fact, ...]
    """The facts that the bundle rests on, with the values that were gone by."""
    probed: frozenset[str]
    """The ids of those that the instance answers for."""
    answers: Mapping[str, bool | int | str]
    """The value that was gone by of every fact that the target knows."""
    migration: Migration | None = None
    """The way from an earlier version, where one was named."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a compile gave.  With an error among the findings there are no files."""

    checked: Checked
    findings: tuple[Finding, ...]
    built: tuple[Built, ...] = ()
    files: Mapping[str, Mapping[str, bytes]] = field(default_factory=dict)
    """By target and by name within the target's folder."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found, with its place."""
        return place(self.findings, self.checked.document, self.checked.texts) if self.findings else ()
