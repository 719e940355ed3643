"""What is so about one person at one instant."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from scorewright.semantics.past import Past

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.model.elements import Rule
    from scorewright.model.history import Scalar

__all__ = ["Award", "Given", "Silence", "State"]


class Given(NamedTuple):
    """An award, or a firing: when it was given, when its event happened, and its points by score."""

    at: int
    event_at: int
    points: Mapping[str, int]


@dataclass(slots=True)
class Award:
    """What one counter has of an award that does not last: how much is left, and when that changes next."""

    score: str
    left: int
    due: int
    rule: Rule


@dataclass(slots=True)
class Silence:
    """One decay's memory of the present silence.

    ``since`` is the last activity (``None``: there was none); ``spent`` says for each step, by its place, how many
    of its occasions are over; ``taken`` is what subtract and percent have really taken.  Nothing is due in a
    silence shorter than ``wakes``.
    """

    since: int | None = None
    spent: dict[int, int] = field(default_factory=dict)
    taken: int = 0
    wakes: timedelta = timedelta(0)


@dataclass(slots=True)
class State:
    """Everything that the machine remembers of a person."""

    now: int
    created: int
    inside: bool = False
    """Whether the person is in the population, and the model has started."""
    fields: dict[str, Scalar] = field(default_factory=dict)
    scores: dict[str, int] = field(default_factory=dict)
    """The counters.  Fit scores are the sum of what holds, combined ones are computed from the others."""
    held: dict[str, int] = field(default_factory=dict)
    """For each fit score the sum of what holds, before floor and ceiling."""
    worth: dict[str, Mapping[str, int]] = field(default_factory=dict)
    """What each fact, tier and input is worth now: by the element's name, the points by score."""
    looked_at: bool = False
    """Whether anything that can hold has been looked at yet."""
    stirred: set[str] = field(default_factory=set)
    """What may have changed since then, in the words of ``reads``."""
    marks: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    campaigns: dict[str, str | None] = field(default_factory=dict)
    """The person's status in each campaign, event and webinar that they are a member of."""
    past: Past = field(default_factory=Past)
    given: defaultdict[str, list[Given]] = field(default_factory=lambda: defaultdict(list))
    """What rules (each asset apart, where the limit says so), groups and thresholds have given or done."""
    open: dict[str, bool] = field(default_factory=dict)
    """Whether each threshold was open at the end of the last moment that could open it, and has not closed since."""
    silences: defaultdict[str, Silence] = field(default_factory=lambda: defaultdict(Silence))
    melting: list[Award] = field(default_factory=list)
    """The awards that are still to be taken back, or to melt."""
