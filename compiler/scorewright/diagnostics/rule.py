"""A rule that a spec can break: its code, its name, how grave it is, and its page of documentation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Finding", "KeyPath", "Rule", "Severity"]

KeyPath = tuple[str | int, ...]
"""A place in the spec as keys and indexes: ``("rules", "contact", "limit", "times")``."""


class Severity(StrEnum):
    """How grave a finding is: an error stops a compile, a warning does not, advice is for the reviewer."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at one place, before the place has been turned into a line and a column.

    ``path`` names a key of the spec; ``on`` says whether the caret belongs under the key or under its value.
    ``file`` is set only where the finding is about a file and not about a key of the merged document, and then
    ``offset`` counts characters into its text.  ``element`` is the element that a waiver would name.
    """

    rule: Rule
    path: KeyPath
    message: str
    help: str = ""
    on: str = "value"
    related: Sequence[tuple[KeyPath, str]] = ()
    file: str | None = None
    offset: int | None = None
    meant: str | None = None
    """The key that was probably meant, for a key that nobody knows."""

    @property
    def element(self) -> str:
        """The element that the finding is about, as ``[waive]`` and ``[accept]`` spell it: ``rules.contact``."""
        return ".".join(str(part) for part in self.path[:2])


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What ``scorewright explain CODE`` prints, and the maker of its findings.

    ``doc`` has four parts, each behind its own heading line: ``What``, ``Why``, ``Example``, ``Use instead``.
    """

    code: str
    name: str
    severity: Severity
    doc: str

    def at(
        self,
        path: KeyPath,
        message: str,
        *,
        help: str = "",
        on: str = "value",
        related: Sequence[tuple[KeyPath, str]] = (),
    ) -> Finding:
        """Make a finding of this rule at a key of the spec."""
        return Finding(self, tuple(path), message, help, on, tuple(related))

    def in_file(self, file: str, message: str, *, help: str = "", offset: int | None = None) -> Finding:
        """Make a finding about a file itself; without ``offset`` it is about the file as a whole."""
        return Finding(self, (), message, help, file=file, offset=offset)
