"""All that a migration says of itself, in the order in which somebody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.migration.telling.awards import awards, starts
from scorewright_pardot.migration.telling.decays import decays
from scorewright_pardot.migration.telling.endings import ends, programs, waits
from scorewright_pardot.migration.telling.grains import grains, narrowed
from scorewright_pardot.migration.telling.ground import Ground
from scorewright_pardot.migration.telling.holding import bounded_anew, brought_within_once, held, outside
from scorewright_pardot.migration.telling.memories import unremembered
from scorewright_pardot.migration.telling.places import moved
from scorewright_pardot.migration.telling.rows import folders, rows
from scorewright_pardot.migration.telling.thresholds import thresholds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorewright.model.elements import Score
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.migration import Since
    from scorewright.plugin.notes import Note
    from scorewright.plugin.target import Request
    from scorewright_pardot.migration.compare import Difference
    from scorewright_pardot.migration.drains import Drain
    from scorewright_pardot.migration.endings import Ending
    from scorewright_pardot.migration.within import Past

__all__ = ["tell"]


def tell(
    request: Request,
    bundle: Bundle,
    since: Since,
    difference: Difference,
    drained: Sequence[Drain],
    *,
    ending: Sequence[Ending],
    begun: Sequence[Score],
    past: Sequence[Past],
    guarded: bool,
) -> tuple[Note, ...]:
    """Every note, each once for its element.

    ``begun`` are scores that take the place of another, ``past`` bounds that no rule keeps any more; ``guarded``: the model leaves somebody out.
    """
    ground = Ground(request, bundle, since, difference)
    notes = [
        *moved(ground, [score.key for score in begun]),
        *programs(ground),
        *waits(ground),
        *ends(ground, ending),
        *rows(ground),
        *folders(ground),
        *awards(ground),
        *starts(ground),
        *(outside(ground, drained) if guarded else ()),
        *held(ground, drained),
        *bounded_anew(ground, drained),
        *brought_within_once(ground, past),
        *thresholds(ground),
        *decays(ground),
        *grains(ground),
        *narrowed(ground),
        *unremembered(ground),
    ]
    return tuple(dict.fromkeys(notes))
