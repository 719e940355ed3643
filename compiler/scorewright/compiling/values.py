"""What a compile gives: for one target, and in all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
    from scorewright.project import Project

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
    project: Project | None = None
    """The defaults that were gone by: what is wrong in their file has its place there."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found, with its place: in the spec, then in the project's file."""
        document = self.project.document if self.project is not None else None
        name = document.files[0].name if document is not None else None
        mine = [finding for finding in self.findings if name is None or finding.file != name]
        others = [replace(finding, file=None) for finding in self.findings if finding not in mine]
        found = place(mine, self.checked.document, self.checked.texts) if mine else ()
        return (*found, *place(others, document)) if others else found
