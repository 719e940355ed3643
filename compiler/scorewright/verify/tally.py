"""What a proof has found so far, as a value that the parts of the work add up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.emulation import Schedule
    from scorewright.verify.compare import Difference
    from scorewright.verify.lives import Life

__all__ = ["Failure", "Sway", "Tally", "add"]


class Failure(NamedTuple):
    """A life that differs under a schedule, in one gauge; ``number`` is its place among the lives.

    ``turns`` is when the moves to another version begin, where there is one.
    """

    number: int
    life: Life
    schedule: Schedule
    difference: Difference
    turns: int = 0


class Sway(NamedTuple):
    """A fact that the result depends on: were it ``value``, this life would differ."""

    fact: str
    value: bool | int | str
    failure: Failure


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over plays; ``used`` says for each bound, by its place, how far it was used below and above."""

    lives: int = 0
    plays: int = 0
    compared: int = 0
    reached: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    """The gauges that were compared at least once."""
    moved: frozenset[str] = frozenset()
    """The gauges that are meant to show two values in one life at least."""
    used: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    sways: tuple[Sway, ...] = ()
    skipped: int = 0
    """Plays that were left out, since they differed before anything changed."""


def add(first: Tally, second: Tally) -> Tally:
    """Both together; of each gauge's failures the one of the earliest life is kept."""
    used = dict(first.used)
    for place, (low, high) in second.used.items():
        before = used.get(place, (0, 0))
        used[place] = (min(before[0], low), max(before[1], high))
    earliest: dict[str, Failure] = {}
    for failure in sorted((*first.failures, *second.failures), key=_order):
        earliest.setdefault(failure.difference.gauge, failure)
    sways: dict[tuple[str, object], Sway] = {}
    for sway in sorted(
        (*first.sways, *second.sways), key=lambda item: (item.fact, str(item.value), _order(item.failure))
    ):
        sways.setdefault((sway.fact, sway.value), sway)
    return Tally(
        first.lives + second.lives,
        first.plays + second.plays,
        first.compared + second.compared,
        first.reached | second.reached,
        first.seen | second.seen,
        first.moved | second.moved,
        used,
        tuple(earliest.values()),
        tuple(sways.values()),
        first.skipped + second.skipped,
    )


def _order(failure: Failure) -> tuple[int, str, int]:
    return (failure.number, failure.schedule.name, failure.schedule.seed)
