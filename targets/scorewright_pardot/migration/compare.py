"""Two versions of a bundle side by side: what stays, what changes, what comes, what goes, and what only has a new name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright_pardot.emit import KINDS
from scorewright_pardot.migration.pairing import pair_rules
from scorewright_pardot.migration.tables import bears
from scorewright_pardot.uses import provides, renamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.emulation import Gauge
    from scorewright_pardot.migration.tables import Key

__all__ = ["KEPT", "Difference", "Pair", "compare", "key_of"]

KEPT = "migration-"
"""What the lowering of an object begins with that an earlier migration has left there for a while."""

_ORDER = {kind: place for place, (kind, _, _) in enumerate(KINDS)}
_BY_READ = {
    "Prospect tag": "tags",
    "Prospect scoring category": "scoring-categories",
    "Prospect custom field": "custom-fields",
}
"""What can be read off, and the kind of the object that holds it."""


class Pair(NamedTuple):
    """An object before and after."""

    old: Emitted
    new: Emitted


@dataclass(frozen=True, slots=True)
class Difference:
    """Objects by what becomes of them, each in the order of building; ``kept`` are those of earlier migrations."""

    same: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    added: tuple[Emitted, ...]
    removed: tuple[Emitted, ...]
    kept: tuple[Emitted, ...]

    def of(self, group: Iterable[Emitted], *kinds: str) -> tuple[Emitted, ...]:
        """Those of some kinds."""
        return tuple(item for item in group if item.kind in kinds)

    def rows(self) -> tuple[Pair, ...]:
        """The rows of the baseline that are others now; one of which the version before said nothing is as it shipped."""
        fresh = self.of(self.added, "baseline-scoring")
        shipped = [replace(item, table={**item.table, "points": item.table["shipped"]}) for item in fresh]
        return (*self.edits("baseline-scoring"), *map(Pair, shipped, fresh))

    def edits(self, *kinds: str) -> tuple[Pair, ...]:
        """The changed objects of some kinds."""
        return tuple(pair for pair in self.changed if pair.new.kind in kinds)


def key_of(item: Emitted) -> Key:
    """Kind and name."""
    return item.kind, item.name


def compare(
    old: Sequence[Emitted], new: Sequence[Emitted], before: Sequence[Gauge], after: Sequence[Gauge]
) -> Difference:
    """Match objects by kind and name, and by what a gauge says where a thing has another name now."""
    wanted = {key_of(item): item for item in new}
    tags = {item.name for item in new if item.kind == "tags"}
    # What an earlier change has left goes on waiting, unless this version has it itself, or uses its tag again.
    kept = tuple(
        item
        for item in old
        if item.lowering.startswith(KEPT) and key_of(item) not in wanted and not {*_asked(item)} & tags
    )
    left = {key_of(item) for item in kept}
    mine = {key_of(item): item for item in old if key_of(item) not in left}
    names = _renamed(before, after, mine, wanted)
    called = {word: now[1] for now, was in names.items() if (word := provides(was[0], {"name": was[1]}))}
    kept, there_ = (
        tuple(replace(item, table=renamed(item.kind, item.table, called)) for item in items)
        for items in (kept, mine.values())
    )
    mine = {key_of(item): item for item in there_}
    same, changed, added = [], [], []
    for key, item in wanted.items():
        there = mine.pop(names.get(key, key), None)
        if there is None:
            added.append(item)
        elif there.name == item.name and dict(there.table) == dict(item.table):
            same.append(Pair(there, item))
        else:
            changed.append(Pair(there, item))
    for before_, after_ in pair_rules(tuple(mine.values()), added):
        changed.append(Pair(before_, after_))
        added.remove(after_)
        del mine[key_of(before_)]
    return Difference(tuple(same), tuple(changed), _sorted(added), _sorted(mine.values()), kept)


def _asked(item: Emitted) -> tuple[str, ...]:
    return bears(item.table)[:1] if item.kind == "automation-rules" else ()


def _sorted(items: Iterable[Emitted]) -> tuple[Emitted, ...]:
    return tuple(sorted(items, key=lambda item: _ORDER.get(item.kind, len(_ORDER))))


def _renamed(
    before: Sequence[Gauge], after: Sequence[Gauge], old: Mapping[Key, Emitted], new: Mapping[Key, Emitted]
) -> dict[Key, Key]:
    """New keys of what is read off under another name than before, with the old keys."""
    there = {gauge.name: gauge.at for gauge in before}
    found: dict[Key, Key] = {}
    for gauge in after:
        at = there.get(gauge.name, {})
        kind = _BY_READ.get(str(gauge.at.get("read")))
        if kind is None or at.get("read") != gauge.at.get("read") or at.get("of") == gauge.at.get("of"):
            continue
        was, now = (kind, str(at.get("of"))), (kind, str(gauge.at.get("of")))
        if was in old and now in new and was not in new and now not in old:
            found[now] = was
    return found
