"""All that a migration says of itself, in the order in which somebody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.migration.telling.awards import awards
from scorewright_marketo.migration.telling.decays import decays
from scorewright_marketo.migration.telling.ground import Ground
from scorewright_marketo.migration.telling.holding import held, outside
from scorewright_marketo.migration.telling.places import moved
from scorewright_marketo.migration.telling.thresholds import thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.plugin.migration import Since
    from scorewright.plugin.notes import Note
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
    return tuple(dict.fromkeys(notes))
