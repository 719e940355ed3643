"""Two versions of a bundle side by side: what stays, what changes, what comes, what goes, and what only has a new name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.migration.pairing import renames, under_new_names
from scorewright_marketo.migration.tables import CAMPAIGNS, is_batch, says, written
from scorewright_marketo.objects import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.migration import Since
    from scorewright_marketo.migration.pairing import Rename, Version
    from scorewright_marketo.migration.tables import Key

__all__ = ["KEPT", "Difference", "Pair", "compare", "key_of"]

KEPT = "migration-"
"""What the lowering of an object begins with that a migration has left there."""


class Pair(NamedTuple):
    """An object before and after."""

    old: Emitted
    new: Emitted


@dataclass(frozen=True, slots=True)
class Difference:
    """Objects by what becomes of them, each in the order of building.

    ``renames`` come first, and the old objects of pairs are called as they are after them; ``kept`` are those of earlier
    migrations.
    """

    renames: tuple[Rename, ...]
    same: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    added: tuple[Emitted, ...]
    removed: tuple[Emitted, ...]
    kept: tuple[Emitted, ...]

    def edits(self, *kinds: str) -> tuple[Pair, ...]:
        """The changed objects of some kinds."""
        return tuple(pair for pair in self.changed if pair.new.kind in kinds)

    def comes(self, *kinds: str) -> tuple[Emitted, ...]:
        """The new objects of some kinds."""
        return tuple(item for item in self.added if item.kind in kinds)

    def goes(self, *kinds: str) -> tuple[Emitted, ...]:
        """The objects of some kinds that this version does not have."""
        return tuple(item for item in self.removed if item.kind in kinds)

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What was there and is there."""
        return (*self.same, *self.changed)


def key_of(item: Emitted) -> Key:
    """Kind and name."""
    return item.kind, item.name


def compare(since: Since, now: Version) -> Difference:
    """Match objects by kind and name, once those that are called otherwise now have their new names."""
    found = renames(since, now)
    mine = {key_of(item): item for item in under_new_names(since.objects, found)}
    same, changed, added = [], [], []
    for item in now.objects:
        there = mine.pop(key_of(item), None)
        if there is None:
            added.append(item)
        elif says(dict(there.table)) == says(dict(item.table)):
            same.append(Pair(there, item))
        else:
            changed.append(Pair(there, item))
    used = {text for item in now.objects if item.kind == CAMPAIGNS for text in written(item.table)}
    kept = [
        item for item in mine.values() if item.lowering.startswith(KEPT) and not _is_in_the_way(item, used)
    ]
    gone = [item for item in mine.values() if item not in kept]
    return Difference(found, tuple(same), tuple(changed), _sorted(added), _sorted(gone), _sorted(kept))


def _is_in_the_way(item: Emitted, used: set[str]) -> bool:
    """Whether a batch that an earlier change has left on empties what this version records in again."""
    runs = item.kind == CAMPAIGNS and is_batch(item.table) and bool(item.table.get("switched_on"))
    return runs and bool(used & {*written(item.table)})


def _sorted(items: Iterable[Emitted]) -> tuple[Emitted, ...]:
    return tuple(sorted(items, key=lambda item: KINDS.index(item.kind)))
