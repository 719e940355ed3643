"""Why trigger campaigns that one event fires are still several: each is looked at for it, so the reason is said."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from scorewright.plugin.notes import Note, Result
from scorewright_marketo.audit.plant import Plant, asks
from scorewright_marketo.lower.context import EVERY_TIME
from scorewright_marketo.lower.merging import dates, disturbs, event_of, listens, unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Model
    from scorewright_marketo.objects import Campaign, Lowered

__all__ = ["say_apart"]

_NAMED = 3
"""So many pairs are named for each reason, and the others counted."""


def say_apart(lowered: Lowered, model: Model) -> Iterator[Note]:
    """A note for each reason for which campaigns that start at the same events have stayed apart."""
    found: dict[str, list[str]] = {}
    plant = Plant(lowered)
    for one, other in _pairs(lowered.campaigns):
        pair = f"“{one.qualified_name}” and “{other.qualified_name}”"
        found.setdefault(_reason(one, other, plant, model), []).append(pair)
    for reason, pairs in found.items():
        more = f", and {len(pairs) - _NAMED} more pairs" if len(pairs) > _NAMED else ""
        yield Note(
            "triggers-apart",
            Result.EXACT,
            "model",
            ("model",),
            f"One event starts {'; '.join(pairs[:_NAMED])}{more}: {reason}.",
        )


def _pairs(campaigns: Iterable[Campaign]) -> Iterator[tuple[Campaign, Campaign]]:
    """Every two that start at the same events."""
    alike: dict[object, list[Campaign]] = {}
    for item in campaigns:
        if listens(item):
            alike.setdefault(event_of(item), []).append(item)
    return (pair for some in alike.values() for pair in combinations(some, 2))


def _reason(one: Campaign, other: Campaign, plant: Plant, model: Model) -> str:
    """The first thing that keeps them apart; what is left is whom they let in."""
    pair = (one, other)
    rows = (
        (
            one.program != other.program,
            "each product's program is cloned, switched on and retired by itself, so it keeps triggers of its own",
        ),
        (
            one.stage != other.stage,
            "they are switched on one after the other: what the one fills in is there before the other begins",
        ),
        (dates(one, model) != dates(other, model), "a person switches them on and off on different days"),
        (
            any(item.qualification != EVERY_TIME for item in pair),
            "the qualification is a campaign's, and remembers whom it has let through for one award alone",
        ),
        (disturbs([*pair], plant), "the one writes what the other's filter reads, which must be read before"),
        (
            {unit(one), unit(other)} == {"days", "minutes"},
            "a flow waits on from where it stands, and whole days are no number of minutes",
        ),
        (not any(map(asks, pair)), "one of them waits again after it has begun"),
    )
    held = "a filter is read at the event; a choice reads it later, and has one condition"
    return next((reason for applies, reason in rows if applies), held)
