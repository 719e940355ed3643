"""A finding with its place in a file: what every renderer prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.diagnostics.rule import Severity

__all__ = ["Diagnostic", "Place", "Related"]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line of one file.  Lines and columns count from 1, in characters, not in bytes."""

    file: str
    line: int = 1
    column: int = 1
    end_column: int = 1
    source: str | None = None
    """The line's text; ``None`` where there is nothing to show (a missing file)."""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that helps to understand the first: the other definition, the rest of a circle."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One message to the user."""

    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    place: Place | None = None
    related: tuple[Related, ...] = ()
    element: str = ""
