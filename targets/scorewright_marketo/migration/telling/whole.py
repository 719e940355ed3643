"""All that a migration says of itself, in the order in which somebody reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scorewright_marketo.lower.bounds import joined
from scorewright_marketo.migration.telling.awards import awards
from scorewright_marketo.migration.telling.decays import decays
from scorewright_marketo.migration.telling.ground import Ground
from scorewright_marketo.migration.telling.holding import held, outside
from scorewright_marketo.migration.telling.places import moved
from scorewright_marketo.migration.telling.thresholds import thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scorewright.plugin.migration import Since
    from scorewright.plugin.notes import Note, Result
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.migration.compare import Difference
    from scorewright_marketo.migration.pairing import Version
    from scorewright_marketo.migration.plan import Plan

__all__ = ["tell"]


def tell(
    b: Builder, since: Since, now: Version, parts: tuple[Difference, Plan], lost: Iterable[str]
) -> tuple[Note, ...]:
    """Every note, each once for its element; ``lost`` are those of whom a record says nothing any more."""
    ground = Ground(b, since, now, parts)
    notes = [
        *moved(ground),
        *outside(ground, lost),
        *awards(ground),
        *held(ground),
        *thresholds(ground),
        *decays(ground),
    ]
    return tuple(_as_one(same) for same in _by_name(notes))


def _by_name(notes: Iterable[Note]) -> Iterable[Sequence[Note]]:
    """The notes that one acceptance takes, together."""
    found: dict[tuple[str, str, Result], list[Note]] = {}
    for note in dict.fromkeys(notes):
        found.setdefault((note.name, note.element, note.result), []).append(note)
    return found.values()


def _as_one(same: Sequence[Note]) -> Note:
    """What two causes say of one element under one name is said once, with what both of them bound."""
    words = "; ".join(dict.fromkeys(note.bound for note in same if note.bound))
    bounds = same[0].bounds if len(same) == 1 else joined(*(note.bounds for note in same))
    return replace(same[0], bound=words, bounds=bounds)
