"""How far a platform can do each feature of the language, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Capability", "Support"]


class Support(StrEnum):
    """How far a target takes a feature."""

    FULL = "full"
    """Lowered exactly (some shapes of it may still be bounded or refused by a note)."""
    BOUNDED = "bounded"
    """Lowered within a bound that the note states and that the spec must accept."""
    BY_HAND = "by hand"
    """Exact, and a person must build it, since no API can."""
    NOT_IMPLEMENTED = "not implemented"
    """The platform could; this version of the target does not."""
    IMPOSSIBLE = "impossible"
    """The platform cannot."""

    @property
    def refused(self) -> bool:
        """Whether a model that uses the feature cannot be compiled for the target."""
        return self in {Support.NOT_IMPLEMENTED, Support.IMPOSSIBLE}


@dataclass(frozen=True, slots=True)
class Capability:
    """What a target says of one feature (an id of ``scorewright.plugin.features``).

    ``reason`` says how it is done or why it cannot be; ``instead`` the nearest thing that works, for what is
    refused; ``source`` the ids of the facts or the public page that the reason rests on.
    """

    feature: str
    support: Support
    reason: str
    source: str = ""
    instead: str = ""
