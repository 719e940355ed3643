"""What is so about one person at one instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scorewright.semantics.history import Happening, Scalar

__all__ = ["Award", "Silence", "State"]


@dataclass(slots=True)
class Award:
    """An award to one score that is to be taken back or that melts: what is left of it, and when it changes next."""

    score: str
    left: int
    due: int
    rule: str


@dataclass(slots=True)
class Silence:
    """One decay's memory of the present silence: the steps that are spent, and what was taken."""

    since: int | None = None
    spent: set[tuple[int, int]] = field(default_factory=set)
    taken: int = 0


@dataclass(slots=True)
class State:
    """Everything that the machine remembers of a person.  ``scores`` are the counters; fit and combined are computed."""

    now: int
    created: int
    fields: dict[str, Scalar] = field(default_factory=dict)
    scores: dict[str, int] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    campaigns: dict[str, str | None] = field(default_factory=dict)
    owner: str | None = None
    events: list[Happening] = field(default_factory=list)
    visits: list[int] = field(default_factory=list)
    """For each event, the number of the visit that it belongs to."""
    worth: dict[str, dict[str, int]] = field(default_factory=dict)
    """What each fact, tier and input is worth now, by element key and score key."""
    given: dict[tuple[str, str | None], list[tuple[int, dict[str, int]]]] = field(default_factory=dict)
    """For each rule (and asset, where each is counted apart): when an award was given, and its points by score."""
    group_given: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    fired: dict[str, list[int]] = field(default_factory=dict)
    open: dict[str, bool] = field(default_factory=dict)
    """Whether each threshold was open when it was last looked at."""
    silences: dict[str, Silence] = field(default_factory=dict)
    melting: list[Award] = field(default_factory=list)
    inside: bool = False
    """Whether the person is in the model's population."""
