"""One history that the proof plays: a person, how long to play, and what it is meant to reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from scorewright.model.history import FieldSet, Happening, Listed, Person

__all__ = ["BY_CLOCK", "DAY", "HOUR", "SPACE", "Aimed", "Life", "known_at"]

HOUR = 3_600
DAY = 86_400
SPACE = 2 * DAY
"""How long a platform is left alone between two things, at least, unless a life is about what is closer."""

BY_CLOCK = frozenset({"decay", "expired", "faded", "spent"})
"""Reasons of changes that the clock alone makes, or of its looks that change nothing."""


class Life(NamedTuple):
    """A history to play up to ``until`` (seconds since 1970, this included).

    ``name`` says what it is for and is the same each time; ``aims`` are the elements that it is meant to reach,
    as a spec's ``for`` spells them (``rules.contact``), products' copies with their product.
    """

    name: str
    person: Person
    until: int
    aims: tuple[str, ...]


class Aimed(NamedTuple):
    """A life and the least effort (1 to 10) at which it is played."""

    effort: int
    life: Life


def known_at(item: Happening | FieldSet | Listed, created: int) -> int:
    """When the platform learns of something: nobody is known before they are created."""
    known: int | None = getattr(item, "known", None)
    return max(item.at if known is None else known, created)
