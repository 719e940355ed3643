"""What two versions of a model say otherwise, as values: changes, their parts, and agreements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["GRAVITIES", "MOST_ELEMENTS", "SHARED", "Agreed", "Change", "Name", "Part"]

GRAVITIES = ("agreement", "behaviour", "reach", "words")
"""How much a change matters, gravest first: what both sides agreed to; what people earn and lose; whom and what the
model looks at; what is only said."""

SHARED = ("values", "terms", "fields", "activities", "assets", "products", "segments", "groups", "schedules")
"""What others use by name; a change of one of these is told once, with its reach."""

MOST_ELEMENTS = 1_500
"""Of a larger model no lives are made, and it is compiled when asked for: whoever reads a pull request waits."""

Name = tuple[str, str]
"""A table and an id: ``("rules", "contact")``."""


class Part(NamedTuple):
    """One thing that an element says otherwise now.  ``None``: not said there."""

    what: str
    gravity: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One element of the spec that was added, removed, changed or renamed.

    ``kind`` is one of these four words; ``was`` the id before a renaming, else the id.  ``products`` are those whose
    copies changed, empty for an element without copies.  ``says`` is the whole element in words, for one that is new
    or gone.  ``reached`` are the elements that say nothing else than before and mean something else now, because they
    use this one; ``moved`` what the named numbers that depend on it were and are: ``half-mql`` 45 → 50.
    """

    kind: str
    name: Name
    was: str
    title: str
    gravity: str
    parts: tuple[Part, ...] = ()
    products: tuple[str, ...] = ()
    says: str = ""
    why: str = ""
    reached: tuple[Name, ...] = ()
    moved: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What a threshold hands over at, before and now, and whether both sides have signed what it says now.

    ``state`` is ``agreed``, ``not-signed`` (a side is missing), ``says-otherwise`` (another text was signed) or
    ``none`` (there is no agreement, and none is asked for).
    """

    threshold: str
    title: str
    before: str | None
    after: str | None
    state: str
    signed: tuple[tuple[str, str, str], ...] = ()
    """Side, who, and the day in ISO form."""
