"""Thresholds: who stands between the old one and the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.actions import Reset
from scorewright.plugin.emulation import Bound
from scorewright.plugin.notes import Result
from scorewright_pardot.migration.quarantine import remembers
from scorewright_pardot.migration.tables import crossed_by, leaves, same_repeat
from scorewright_pardot.migration.telling.ground import RULES, WHEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.plugin.bundle import Emitted
    from scorewright.plugin.notes import Note
    from scorewright_pardot.migration.telling.ground import Ground

__all__ = ["thresholds"]


def thresholds(ground: Ground) -> Iterator[Note]:
    """Who stands between the old threshold and the new one."""
    for pair in ground.difference.edits(RULES):
        if pair.new.lowering != "threshold":
            continue
        element = pair.new.elements[0]
        yield ground.note("past-it-counts-as-handed-over", Result.EXACT, element)
        counted = not pair.new.table.get("repeat") or remembers(pair.new.table, ground.shortest)
        if not same_repeat(pair.old.table, pair.new.table) and counted:
            yield ground.note(
                "memory-of-limits-lost",
                Result.BOUNDED,
                element,
                bound="one handoff more for who was handed over before the change, and crosses again",
                bounds=_handed_over(ground, element),
            )
        elif not crossed_by(pair.new.table) and _asks(pair.old) != _asks(pair.new):
            yield ground.note(
                "wakes-up-by-the-change",
                Result.BOUNDED,
                element,
                bound="one handoff more for who bears the mark, was active, and is past it only by the change",
                bounds=_handed_over(ground, element),
            )


def _handed_over(ground: Ground, element: str) -> tuple[Bound, ...]:
    """All that a threshold does, done once more."""
    table, _, key = element.partition(".")
    found = [Bound(name, 0, 1, WHEN) for name in ground.at if name.startswith(f"done {element}.")]
    for name, threshold in getattr(ground.request.model, table).items():
        for action in threshold.then if name.partition("@")[0] == key else ():
            for kind in ("mark", "list", "field", "campaign"):
                gauge = f"{kind} {getattr(action, kind, '')}"
                found += [Bound(gauge, -1, 1, WHEN)] if gauge in ground.at else []
            if isinstance(action, Reset):
                found += [Bound(f"score {each}", None, None, WHEN) for each in ground.reached(action.score)]
    return tuple(dict.fromkeys(found))


def _asks(item: Emitted) -> list[tuple[str, ...]]:
    """What a rule asks for beside tags, which may only be called otherwise."""
    return [tuple(leaf) for leaf in leaves(item.table) if leaf.what != "Prospect tag"]
