"""What a platform is known, said or suspected to do: statements with a source and how sure each is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Confidence", "Fact"]


class Confidence(StrEnum):
    """How sure a statement about a platform is."""

    DOCUMENTED = "documented"
    """The vendor's own page says it."""
    PRACTITIONER = "practitioner"
    """People who work with the platform say it."""
    INFERRED = "inferred"
    """It follows from other facts."""
    UNKNOWN = "unknown"
    """Nobody that could be read says; the value is the safe assumption."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about a platform.

    ``value`` is what lowerings go by: true or false, a number, a word.  ``source`` is a public page or its title,
    ``checked`` the ISO date on which it was read.  A fact that is not documented has a ``probe``: what to do in a
    sandbox, and what to look at, to settle it.  An instance overrides ``value`` once that has been done;
    ``alternatives`` are the other values that it could turn out to have.
    """

    id: str
    statement: str
    value: bool | int | str
    confidence: Confidence
    source: str
    checked: str
    probe: str = ""
    alternatives: tuple[bool | int | str, ...] = ()

    @property
    def unsure(self) -> bool:
        """Whether an output that rests on it must say so."""
        return self.confidence is not Confidence.DOCUMENTED
